"""Finds the cards of a page and hands them on as parts of tables: a part for each row of cards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from styrmatt.extract.cards.card_entries import CardEntryMaker, CardRoles, name_of, roles_of
from styrmatt.extract.cards.cut import Card, cards_of
from styrmatt.extract.cards.labels import LabelFinder
from styrmatt.extract.cards.listed import ListReader
from styrmatt.extract.cards.regions import regions_of
from styrmatt.extract.header_words import HeaderWords
from styrmatt.extract.model.page import Page
from styrmatt.extract.model.text_lines import PageLine, lines_of
from styrmatt.extract.tables.cells import TableEntry, TablePart
from styrmatt.extract.tables.columns import Columns
from styrmatt.geometry import Span
from styrmatt.layout import FIGURE_ROLES
from styrmatt.vocabulary import Vocabulary
from styrmatt.whitespace import squeeze

_LONGEST_NAME = 220
"""Characters of the longest name of a measure."""
_AIMS = frozenset({"target", "status", "fulfilment"})
"""Roles of labels of which a card has one, and be it without a value."""
_LONGEST_FIGURE = 45
"""Characters of a value at most that is a figure with its unit, earlier years and sexes."""
_SAYING = frozenset({*FIGURE_ROLES, "status", "trend", "fulfilment"})
"""Roles of labels that say how a measure went."""
_FEWEST_ALIKE = 2
"""Paragraphs with the same labels from which they are cards."""
_FEWEST = 2
"""Labels of such roles that a card has at least."""


@dataclass(frozen=True)
class CardReader:
    """Reads the cards of one report's pages."""

    words: HeaderWords
    vocabulary: Vocabulary
    is_goal_heading: Callable[[PageLine], bool]
    names_goal: Callable[[str], bool]
    """Whether words name a goal behind a lead-in word."""

    def parts(self, page: Page, taken: Sequence[Span]) -> list[TablePart]:
        """The cards on a page, top to bottom; ``taken`` are the heights of its tables."""
        words = [word for word in page.words if not _in_spans(word.middle, taken)]
        finder = LabelFinder(self.words, _values(self.vocabulary))
        found = [
            card
            for region in regions_of(page, words, finder)
            for card in cards_of(region, finder, self.is_goal_heading)
        ]
        cards, roles = self._measures(page, found)
        out = self._parts(page, cards, roles)
        used = {id(word) for card in cards for word in card.words}
        spans = [(part.top, part.bottom) for part in out]
        rest = [w for w in words if id(w) not in used and not _in_spans(w.middle, spans)]
        lists = ListReader(finder, self._begins_measures)
        for listed, has_targets in lists.cards(lines_of(rest)):
            cards, roles = self._measures(page, listed, needs_aims=has_targets, fewest=1)
            out += self._parts(page, cards, roles)
        return sorted(out, key=lambda part: part.top)

    def _measures(
        self, page: Page, found: Sequence[Card], *, needs_aims: bool = True, fewest: int = _FEWEST
    ) -> tuple[list[Card], CardRoles | None]:
        """Those of the cards that are measures, and what their labels mean."""
        found = [card for card in found if _has_name(card)]
        roles = roles_of(page, found, self.vocabulary, needs_aims=needs_aims) if found else None
        if roles is None:
            return [], None
        keys = Counter(frozenset(card.keys) for card in found if card.run_in)
        return [
            card
            for card in found
            if _is_measure(card, roles, fewest)
            and (not card.run_in or fewest == 1 or _is_set_off(card, keys))
        ], roles

    def _parts(
        self, page: Page, cards: Sequence[Card], roles: CardRoles | None
    ) -> list[TablePart]:
        if roles is None:
            return []
        maker = CardEntryMaker(page, roles, self.vocabulary)
        return [
            _part(page, rank, [maker.entry(card) for card in rank], roles)
            for rank in _ranks(cards)
        ]

    def _begins_measures(self, line: PageLine) -> bool:
        """Whether measures follow below a line: it names a goal, or says so."""
        if self.names_goal(line.text):
            return True
        reading = self.words.read(line.text.rstrip(" :"))
        return reading.whole and "measure" in reading.roles


def _in_spans(height: float, spans: Sequence[Span]) -> bool:
    return any(top <= height <= bottom for top, bottom in spans)


def _values(vocabulary: Vocabulary) -> frozenset[str]:
    phrases = (*vocabulary.statuses.values(), *vocabulary.trends.values())
    return frozenset(squeeze(phrase) for group in phrases for phrase in group)


def _has_name(card: Card) -> bool:
    name = " ".join(name_of(card))
    if card.name and not card.run_in and not card.has_bold_name and name.endswith("."):
        return False  # the end of a paragraph
    return any(map(str.isalpha, name)) and len(name) <= _LONGEST_NAME


def _is_measure(card: Card, roles: CardRoles, fewest: int) -> bool:
    """Whether a card says of a measure how it went: with a figure, and by two labels at least."""
    saying = [
        one
        for one in card.fields
        if one.label.key in roles.keys and roles.role(one.label.key) in _SAYING
    ]
    figures = [
        one
        for one in saying
        if roles.role(one.label.key) in FIGURE_ROLES and _is_figure(" ".join(one.texts))
    ]
    is_table = card.has_rows or (card.is_header and card.box is None)
    if fewest > 1 and not any(roles.role(key) in _AIMS for key in card.keys if key in roles.keys):
        return False
    return len(saying) >= fewest and bool(figures) and not is_table


def _is_set_off(card: Card, keys: Mapping[frozenset[str], int]) -> bool:
    """Whether labels in running text are those of a measure: its name is in bold, or others have
    the same."""
    return card.has_bold_name or keys[frozenset(card.keys)] >= _FEWEST_ALIKE


def _is_figure(text: str) -> bool:
    return len(text) <= _LONGEST_FIGURE and any(map(str.isdecimal, text))


def _ranks(cards: Sequence[Card]) -> Iterator[list[Card]]:
    """The cards that stand beside each other, left to right; ranks top to bottom."""
    rank: list[Card] = []
    bottom = 0.0
    for card in sorted(cards, key=lambda card: (card.bbox[1], card.bbox[0])):
        if rank and card.bbox[1] >= bottom - 1:
            yield sorted(rank, key=lambda card: card.bbox[0])
            rank = []
        rank.append(card)
        bottom = max(bottom, card.bbox[3]) if len(rank) > 1 else card.bbox[3]
    if rank:
        yield sorted(rank, key=lambda card: card.bbox[0])


def _part(
    page: Page, cards: Sequence[Card], entries: list[TableEntry], roles: CardRoles
) -> TablePart:
    top = min(card.bbox[1] for card in cards)
    bottom = max(card.bbox[3] for card in cards)
    left, right = min(c.bbox[0] for c in cards), max(c.bbox[2] for c in cards)
    fields = tuple(column.role or None for column in roles.roles.columns)
    bounds = (*(left for _ in fields), right)
    columns = Columns(fields, bounds, estimated=False, ruled=False)
    part = TablePart("measures", columns, top, bottom, page.number, entries, None)
    part.stands_alone = True
    years = (c.reading.year for c in roles.roles.columns if c.role == "result")
    part.result_year = max((year for year in years if year is not None), default=None)
    return part
