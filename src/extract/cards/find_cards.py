"""Finds the cards of a page and hands them on as parts of tables: a part for each row of cards."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from styrmatt.extract.cards.card_entries import CardEntryMaker, CardRoles, name_of, roles_of
from styrmatt.extract.cards.cut import Card, cards_of
from styrmatt.extract.cards.labels import LabelFinder
from styrmatt.extract.cards.regions import regions_of
from styrmatt.extract.header_words import HeaderWords
from styrmatt.extract.model.page import Page
from styrmatt.extract.model.text_lines import PageLine
from styrmatt.extract.tables.cells import TableEntry, TablePart
from styrmatt.extract.tables.columns import Columns
from styrmatt.geometry import Span
from styrmatt.layout import FIGURE_ROLES
from styrmatt.vocabulary import Vocabulary

_LONGEST_NAME = 220
"""Characters of the longest name of a measure."""
_LONGEST_FIGURE = 45
"""Characters of a value at most that is a figure with its unit, earlier years and sexes."""
_SAYING = frozenset({*FIGURE_ROLES, "status", "trend", "fulfilment"})
"""Roles of labels that say how a measure went."""
_FEWEST = 2
"""Labels of such roles that a card has at least."""


@dataclass(frozen=True)
class CardReader:
    """Reads the cards of one report's pages."""

    words: HeaderWords
    vocabulary: Vocabulary
    is_goal_heading: Callable[[PageLine], bool]

    def parts(self, page: Page, taken: Sequence[Span]) -> list[TablePart]:
        """The cards on a page, top to bottom; ``taken`` are the heights of its tables."""
        words = [
            word
            for word in page.words
            if not any(top <= word.middle <= bottom for top, bottom in taken)
        ]
        finder = LabelFinder(self.words)
        found = [
            card
            for region in regions_of(page, words, finder)
            for card in cards_of(region, finder, self.is_goal_heading)
        ]
        found = [card for card in found if _has_name(card)]
        roles = roles_of(page, found, self.vocabulary) if found else None
        if roles is None:
            return []
        cards = [card for card in found if _is_measure(card, roles)]
        maker = CardEntryMaker(page, roles, self.vocabulary)
        return [
            _part(page, rank, [maker.entry(card) for card in rank], roles)
            for rank in _ranks(cards)
        ]


def _has_name(card: Card) -> bool:
    name = " ".join(name_of(card))
    return any(map(str.isalpha, name)) and len(name) <= _LONGEST_NAME


def _is_measure(card: Card, roles: CardRoles) -> bool:
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
    return len(saying) >= _FEWEST and bool(figures) and not is_table


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
