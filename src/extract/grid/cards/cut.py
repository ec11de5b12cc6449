"""Cuts the lines of a region into cards: a name, then labels with their values."""

from __future__ import annotations

from collections.abc import Sequence

from styrmatt.extract.grid.cards.card import FIGURE, Card
from styrmatt.extract.grid.cards.card_lines import (
    LARGE,
    LEADING,
    SAME_SIZE,
    CardLine,
    HeadingTest,
    first_of_one_type,
    groups_of,
    name_at_top,
    parted,
)
from styrmatt.extract.grid.cards.card_values import CardValues
from styrmatt.extract.grid.cards.labels import LabelFinder
from styrmatt.extract.grid.cards.name_beside import (
    with_words_beside,
    words_beside_labels,
    words_beside_stack,
)
from styrmatt.extract.grid.cards.regions import Region
from styrmatt.extract.grid.cards.transposed import columns_as_cards
from styrmatt.extract.model.symbols import all_symbols
from styrmatt.extract.model.text_lines import Word, join_words, lines_of


def cards_of(
    region: Region, finder: LabelFinder, is_heading: HeadingTest, large: Sequence[float] = ()
) -> list[Card]:
    """The cards of a region, top to bottom; a lone one in a drawn box has all that it holds.

    ``large`` are the sizes of large figures right above the labels of cards on the page.
    """
    framed = region.box is not None
    beside = words_beside_labels(region, finder)
    stacked = [] if beside else words_beside_stack(region, finder)
    beside = beside or stacked
    within = [word for word in region.words if word not in beside] if beside else region.words
    printed = with_words_beside(lines_of(within))
    lines = [parted(line, finder, is_heading, framed=framed) for line in printed]
    groups = groups_of(lines, framed=framed, is_value=finder.is_value, large=large)
    out = [
        card
        for name, body in groups
        for card in columns_as_cards(name, body)
        or [_card(name, body, finder, framed=len(groups) == 1 and framed, right=region.right)]
    ]
    if len(out) == 1 and region.box is not None:
        out[0].box = region.box
        if beside and not out[0].name:
            parts = [parted(one, finder, is_heading, framed=True) for one in lines_of(beside)]
            named = first_of_one_type(parts) if stacked else parts
            _take_name(out[0], named)
            out[0].free += [chain for one in parts[len(named) :] for chain in one.chains]
            return out
        first = lines.index(groups[0][1][0])
        taken = [*groups[0][0], *(one for one in lines[:first] if one.chains is lines[first].above)]
        above = [one for one in lines[:first] if one not in taken]
        named = name_at_top(above)
        if named and (not out[0].name or _is_value_above(out[0], finder)):
            _give_figure(out[0])
            _take_name(out[0], named)
            above = [one for one in above if one not in named]
        out[0].free += [chain for one in above for chain in one.chains]
    return out


def _card(
    name: Sequence[CardLine],
    body: Sequence[CardLine],
    finder: LabelFinder,
    *,
    framed: bool,
    right: float,
) -> Card:
    """The card of a name's lines and those below them; ``right`` is where its region ends."""
    first = body[0]
    lead = _lead_in(first)
    card = Card([], [], run_in=bool(lead) or _is_run_in(body), name_in_text=bool(lead))
    if not lead:
        if len(name) > 1 and _is_above_all(name[0], name[1], first):
            card.figure, name = list(name[0].line.words), name[1:]
        _take_name(card, name)
    else:
        above = [one.line.words for one in name if _is_text_above(one, first)]
        card.name = [*map(list, above), lead]
    widest = max((one.line.x1 for one in body), default=0.0)
    values = CardValues(card, framed, widest, right, finder.is_value)
    values.read(body, len(lead))
    return card


def _is_value_above(card: Card, finder: LabelFinder) -> bool:
    """Whether what stands right above a card's labels is a figure, or says that there is none.

    Words for that, or a dash, are no name where one stands above them.
    """
    if len(card.name) != 1:
        return False
    text = join_words(card.name[0])
    return bool(FIGURE.match(text)) or not any(map(str.isalnum, text)) or finder.is_value(text)


def _is_above_all(one: CardLine, name: CardLine, first: CardLine) -> bool:
    """Whether a line is so much larger than the labels that it is what the card is about."""
    if one.line.size < LARGE * first.line.size:
        return False
    return _is_figure(one) or one.line.size >= LARGE * name.line.size


def _is_figure(one: CardLine) -> bool:
    return bool(FIGURE.match(one.line.text))


def _give_figure(card: Card) -> None:
    """Give the figure in place of a card's name to the label below it, if that has no value."""
    if card.name:
        label = card.fields[0]
        if label.label.alone and not label.lines:
            label.lines.append(card.name[0])
        else:
            card.free.append(card.name[0])
        card.name = []


def _take_name(card: Card, name: Sequence[CardLine]) -> None:
    """Give a card the lines of its name; what stands beside them is none of it."""
    for one in name:
        chains = [c for c in one.chains if not _is_symbols(c)] or one.chains
        card.name.append(chains[0])
        card.free += [chain for chain in one.chains if chain is not chains[0]]


def _is_symbols(words: Sequence[Word]) -> bool:
    return all(all_symbols(word.text, word.font) for word in words)


def _lead_in(first: CardLine) -> list[Word]:
    """The words before the first label in its own chain."""
    for chain, labels in zip(first.chains, first.labels, strict=True):
        if labels:
            return list(chain[: labels[0].start])
    return []


def _is_run_in(body: Sequence[CardLine]) -> bool:
    """Whether labels stand in running text: several in a chain of words."""
    return any(len(labels) > 1 for one in body for labels in one.labels)


def _is_text_above(one: CardLine, first: CardLine) -> bool:
    """Whether a line is the text before a label's own line."""
    gap = first.line.top - one.line.bottom
    return gap < LEADING * one.line.size and abs(one.line.size - first.line.size) <= SAME_SIZE
