"""Cards that a page's end cuts: the rest stands at the top of the next page, without a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from styrmatt.extract.grid.cards.card import Card
from styrmatt.extract.grid.cards.card_entries import name_of
from styrmatt.extract.model.page import Page
from styrmatt.extract.model.text_lines import PageLine
from styrmatt.extract.tables.cells import TableCell, TableEntry
from styrmatt.geometry import union

_SAME_SIZE = 0.4
"""Points by which lines in the style of a name differ in size at most."""
_LEADING = 0.8
"""Ems between two lines of one text at most."""
_MOST_LINES = 7
"""Lines of a begun card at the end of a page at most: a name, and labels without a figure."""
_SENTENCE_ENDS = (".", "!", "?", ":")


@dataclass
class CutCard:
    """What stands at the end of a page and may go on overleaf.

    That is a card with its entry, or the lines of a name below the last card.
    """

    page: Page
    card: Card | None = None
    entry: TableEntry | None = None
    name: tuple[PageLine, ...] = ()
    is_begun: bool = False
    """Whether the card holds too little to be one, without what is overleaf."""

    @property
    def span(self) -> tuple[float, float] | None:
        """From where to where the lines of the name reach, if there is one."""
        return (self.name[0].top, self.name[-1].bottom) if self.name else None


def lines_below(
    lines: Sequence[PageLine], cards: Sequence[Card]
) -> tuple[Card | None, list[PageLine]]:
    """The last card of a page, and the lines below it."""
    if not cards:
        return None, []
    card = max(cards, key=lambda card: card.bbox[3])
    return card, [line for line in lines if line.middle_height > card.bbox[3]]


def lines_at_top(lines: Sequence[PageLine]) -> list[PageLine]:
    """The first lines of a page that follow each other closely."""
    out = list(lines[:1])
    for line in lines[1:]:
        if line.top - out[-1].bottom > _LEADING * line.size:
            break
        out.append(line)
    return out


def begun_below(card: Card, below: Sequence[PageLine]) -> bool:
    """Whether the lines below the last card of a page begin with the name of another."""
    return 0 < len(below) <= _MOST_LINES and _is_like_name(below[0], card)


def all_name(card: Card, below: Sequence[PageLine]) -> bool:
    """Whether they are nothing but a name."""
    return all(_is_like_name(line, card) for line in below)


def _is_like_name(line: PageLine, card: Card) -> bool:
    """Whether a line is set as the name of a card is."""
    words = [word for chain in card.name for word in chain]
    if not words or not card.has_bold_name:
        return False
    return line.bold and abs(words[0].size - line.size) <= _SAME_SIZE


def named_from_overleaf(card: Card, before: CutCard) -> None:
    """Give a card without a name that of the page before."""
    card.named_overleaf = True
    card.name = [list(line.words) for line in before.name]
    if before.card is not None:
        card.name = before.card.name


def is_rest(card: Card | None, before: CutCard | None, lines: Sequence[PageLine]) -> bool:
    """Whether a card is the rest of one that the page before has begun."""
    if card is None or before is None or name_of(card) or not lines:
        return False
    if lines[0].top < card.bbox[1] - 1:
        return False
    return before.card is None or not card.keys & before.card.keys


def join_rest(before: CutCard, rest: TableEntry) -> None:
    """Add what the rest of a card says to its entry."""
    entry = before.entry
    assert entry is not None
    line, more = entry.lines[0], rest.lines[0]
    for name, cell in rest.cells.items():
        if name != "measure":
            entry.cells.setdefault(name, cell)
    for name, cell in more.cells.items():
        line.cells.setdefault(name, cell)
    line.values += more.values
    line.page_last = more.page_last


def begins_before(entry: TableEntry, before: CutCard) -> None:
    """Say of an entry that its name stands on the page before."""
    number, box = before.page.number, union(line.bbox for line in before.name)
    name = entry.cells["measure"]
    entry.cells["measure"] = TableCell(name.lines, box, number, number)
    entry.lines[0] = replace(entry.lines[0], bbox=box, page=number)


def text_overleaf(before: CutCard | None, lines: Sequence[PageLine]) -> list[PageLine]:
    """The lines at the top of a page that go on with the last text of a cut card."""
    if before is None or before.card is None or not before.card.fields or not lines:
        return []
    last = before.card.fields[-1]
    if not last.texts or last.texts[-1].endswith(_SENTENCE_ENDS):
        return []
    size = last.lines[-1][0].size
    if not lines[0].text[:1].islower() or abs(lines[0].size - size) > _SAME_SIZE:
        return []
    out = [lines[0]]
    for line in lines[1:]:
        if line.top - out[-1].bottom > _LEADING * size or abs(line.size - size) > _SAME_SIZE:
            break
        out.append(line)
    return out
