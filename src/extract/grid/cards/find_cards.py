"""Finds the cards of a page and hands them on as parts of tables: a part for each row of cards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from styrmatt.extract.grid.cards.card import Card
from styrmatt.extract.grid.cards.card_edges import CardEdges
from styrmatt.extract.grid.cards.card_entries import CardEntryMaker, CardRoles, roles_of
from styrmatt.extract.grid.cards.card_lines import FEWEST_ALIKE
from styrmatt.extract.grid.cards.card_marks import CardMarks
from styrmatt.extract.grid.cards.cut import cards_of
from styrmatt.extract.grid.cards.labels import LabelFinder
from styrmatt.extract.grid.cards.large_values import name_above_large_words, sizes_of_names
from styrmatt.extract.grid.cards.listed import ListReader
from styrmatt.extract.grid.cards.measures import ALIKE, FEWEST, has_name, is_measure, is_set_off
from styrmatt.extract.grid.cards.name_at_left import cards_with_names_at_left
from styrmatt.extract.grid.cards.overleaf import (
    CutCard,
    all_name,
    begins_before,
    begun_below,
    is_rest,
    join_rest,
    lines_at_top,
    lines_below,
    named_from_overleaf,
    text_overleaf,
)
from styrmatt.extract.grid.cards.regions import Region, regions_of
from styrmatt.extract.grid.merged_goals import factors_are_goals, let_hold
from styrmatt.extract.grid.roles import UNKNOWN_ROLE
from styrmatt.extract.headers.header_words import HeaderWords
from styrmatt.extract.marks.status_phrases import legend_value
from styrmatt.extract.model.page import Page
from styrmatt.extract.model.text_lines import PageLine, Word, lines_of
from styrmatt.extract.tables.cells import TableEntry, TablePart, UnknownColumn
from styrmatt.extract.tables.columns import Columns
from styrmatt.geometry import Span
from styrmatt.vocabulary import Vocabulary
from styrmatt.whitespace import squeeze


@dataclass
class CardReader:
    """Reads the cards of one report, page by page."""

    words: HeaderWords
    vocabulary: Vocabulary
    is_goal_heading: Callable[[PageLine], bool]
    names_goal: Callable[[str], bool]
    """Whether words name a goal behind a lead-in word."""
    _before: CutCard | None = None
    """What the end of the page before may have cut."""
    _pool: list[Card] = field(default_factory=list)
    """The cards of the page before, whose labels say what those of a rest mean."""
    _last: tuple[Page, LabelFinder, list[Card]] | None = None
    """What may be cards on the page that was looked at last."""
    _edges: CardEdges = field(default_factory=CardEdges)
    _values: dict[str, bool] = field(default_factory=dict)
    """Texts that were asked about, and whether they are a status or trend."""

    def __post_init__(self) -> None:
        self._phrases = _phrases(self.vocabulary)
        said = self.vocabulary.targets
        aims = (said.increase, said.decrease, said.maintain, said.follow, said.none)
        self._aims = frozenset(word.casefold() for words in aims for word in words)
        self._generic = self.words.words.headings.no_names

    def parts(
        self, page: Page, lines: Sequence[PageLine], taken: Sequence[Span], *, goes_on: bool
    ) -> list[TablePart]:
        """The cards on a page, top to bottom.

        ``lines`` are those between running head and foot, ``taken`` the heights of the page's
        tables; ``goes_on`` says that the page follows the one that was read last.
        """
        words = [word for word in page.words if not _in_spans(word.middle, taken)]
        before = self._before if goes_on else None
        finder, found = self._found(page)
        found = [card for card in found if not any(_meets(card, span) for span in taken)]
        out = self._overleaf_text(page, lines, before)
        first = min(found, key=lambda card: card.bbox[1], default=None)
        if before is not None and (first is None or first.bbox[1] > lines[0].bottom):
            first = self._at_top(page, lines, finder)
            if first is not None and is_rest(first, before, lines):
                found.append(first)
        if not is_rest(first, before, lines):
            first = before = None
        elif first is not None and before is not None:
            named_from_overleaf(first, before)
        cards, roles = self._measures(page, found, self._pool if before else ())
        if first is not None and first not in cards:
            if roles is None or before is None or before.card is None:
                first = before = None
            else:
                cards.append(first)
        if self._before is not None and self._before.is_begun and self._before is not before:
            assert self._before.entry is not None
            self._before.entry.review.add("row_cut")
        parts, entries = self._parts(page, cards, roles, first, before)
        out += parts
        self._pool = cards
        self._before = self._cut(page, lines, cards, entries, roles, finder)
        if self._before is not None and self._before.entry is None and self._before.span:
            out.append(_nothing(page, self._before.span))
        if self._before is not None and self._before.is_begun:
            assert roles is not None and self._before.card and self._before.entry
            out.append(_part(page, [self._before.card], [self._before.entry], roles))
        out += self._lists(page, words, cards, out, finder)
        return sorted(out, key=lambda part: part.top)

    def _at_top(self, page: Page, lines: Sequence[PageLine], finder: LabelFinder) -> Card | None:
        """The card that the first lines of a page make, be it one label with its value."""
        words = tuple(word for line in lines_at_top(lines) for word in line.words)
        cards = cards_of(Region(words, page.width), finder, self.is_goal_heading)
        return cards[0] if len(cards) == 1 else None

    def _cut(
        self,
        page: Page,
        lines: Sequence[PageLine],
        cards: Sequence[Card],
        entries: Sequence[TableEntry],
        roles: CardRoles | None,
        finder: LabelFinder,
    ) -> CutCard | None:
        """What of a page's cards may go on overleaf; None where other text follows them."""
        last, below = lines_below(lines, cards)
        if last is None or roles is None:
            return None
        if not below:
            return CutCard(page, last, entries[cards.index(last)])
        if not begun_below(last, below):
            return None
        if all_name(last, below):
            return CutCard(page, name=tuple(below))
        words = tuple(word for line in below for word in line.words)
        begun = cards_of(Region(words, page.width), finder, self.is_goal_heading)
        if len(begun) != 1 or not self._has_name(begun[0]) or len(begun[0].words) < len(words):
            return None
        entry = CardEntryMaker(page, roles, self.vocabulary).entry(begun[0])
        return CutCard(page, begun[0], entry, is_begun=True)

    def _is_value(self, text: str) -> bool:
        """Whether words are a status or trend, as in a legend."""
        if text not in self._values:
            value = legend_value(text, self.vocabulary.statuses, self.vocabulary)
            self._values[text] = value is not None or squeeze(text) in self._phrases
        return self._values[text]

    def _found(self, page: Page) -> tuple[LabelFinder, list[Card]]:
        """The finder of labels for a page, and all that may be cards on it."""
        if self._last is None or self._last[0] is not page:
            finder = LabelFinder(self.words, self._is_value, self._aims)
            regions = list(self._regions(page, finder))
            cards = self._of_regions(regions, finder)
            if len(large := sizes_of_names(cards)) >= FEWEST_ALIKE:
                cards = self._of_regions(regions, finder, large)
            name_above_large_words(cards)
            self._last = (page, finder, cards)
        return self._last[1], list(self._last[2])

    def _of_regions(
        self, regions: Sequence[Region], finder: LabelFinder, large: Sequence[float] = ()
    ) -> list[Card]:
        """All that may be cards in parts of a page."""
        found = (cards_of(one, finder, self.is_goal_heading, large) for one in regions)
        return [card for some in found for card in some]

    def _regions(self, page: Page, finder: LabelFinder) -> Iterator[Region]:
        """The parts of a page that may hold cards; cards with names at their left come first."""
        stacked = list(cards_with_names_at_left(page, finder))
        own = {id(word) for region in stacked for word in region.words}
        yield from stacked
        yield from regions_of(page, finder, own)

    def labels(self, page: Page) -> set[int]:
        """The words (``id()``) of a page's cards that are no header of a table.

        These are their labels, and all that stands in a box of their own. Labels on one line are
        a table's header, unless several boxes have the same ones, each with a name.
        """
        cards, _ = self._measures(page, self._found(page)[1])
        boxed = Counter(frozenset(card.keys) for card in cards if card.box and card.name)
        found = [
            card
            for card in cards
            if not card.is_header or (card.box and boxed[frozenset(card.keys)] >= ALIKE)
        ]
        own = {id(word) for card in found if card.box is not None for word in card.words}
        return own | {id(word) for card in found for one in card.fields for word in one.label.words}

    def _overleaf_text(
        self, page: Page, lines: Sequence[PageLine], before: CutCard | None
    ) -> list[TablePart]:
        """Take the rest of the last text of a card; what it takes is a part without entries."""
        rest = text_overleaf(before, lines)
        if not rest or before is None or before.card is None or before.entry is None:
            return []
        last = before.card.fields[-1]
        cells = (*before.entry.cells.values(), *before.entry.lines[0].cells.values())
        cell = next((cell for cell in cells if cell.lines == last.texts), None)
        if cell is None:
            return []
        cell.lines += [line.text for line in rest]
        cell.page_last = before.entry.lines[0].page_last = page.number
        return [_nothing(page, (rest[0].top, rest[-1].bottom))]

    def _lists(
        self,
        page: Page,
        words: Sequence[Word],
        cards: Sequence[Card],
        parts: Sequence[TablePart],
        finder: LabelFinder,
    ) -> list[TablePart]:
        """The measures that stand in lists outside of cards."""
        used = {id(word) for card in cards for word in card.words}
        spans = [(part.top, part.bottom) for part in parts]
        rest = [w for w in words if id(w) not in used and not _in_spans(w.middle, spans)]
        out: list[TablePart] = []
        lists = ListReader(finder, self._begins_measures, self.vocabulary)
        for listed, has_targets in lists.cards(lines_of(rest)):
            measures, roles = self._measures(page, listed, needs_aims=has_targets, fewest=1)
            out += self._parts(page, measures, roles)[0]
        return out

    def _measures(
        self,
        page: Page,
        found: Sequence[Card],
        pool: Sequence[Card] = (),
        *,
        needs_aims: bool = True,
        fewest: int = FEWEST,
    ) -> tuple[list[Card], CardRoles | None]:
        """Those of the cards that are measures, and what their labels mean.

        ``pool`` are cards of the page before, whose labels count as well.
        """
        found = [card for card in found if self._has_name(card)]
        if not found:
            return [], None
        telling = [card for card in found if len(card.fields) >= fewest] or found
        roles = roles_of(page, [*pool, *telling], self.vocabulary, needs_aims=needs_aims)
        if roles is None:
            return [], None
        keys = Counter(frozenset(card.keys) for card in found if card.run_in)
        return [
            card
            for card in found
            if is_measure(card, roles, fewest)
            and (not card.run_in or fewest == 1 or is_set_off(card, keys))
        ], roles

    def _has_name(self, card: Card) -> bool:
        """Whether a card has a name, which is more than a word for a status."""
        return has_name(card, self._generic) and not self._is_value(" ".join(card.name_lines))

    def _parts(
        self,
        page: Page,
        cards: Sequence[Card],
        roles: CardRoles | None,
        first: Card | None = None,
        before: CutCard | None = None,
    ) -> tuple[list[TablePart], list[TableEntry]]:
        """The ranks of cards as parts of tables, and the entry of each card.

        ``first`` is the rest of what the page before has ``before``.
        """
        if roles is None:
            return [], []
        maker = CardEntryMaker(page, roles, self.vocabulary)
        made = {id(card): maker.entry(card) for card in cards}
        if factors_are_goals(roles.roles, self.words):
            for entry in made.values():
                if (lower := entry.cells.pop("success_factor", None)) is not None:
                    let_hold(entry, lower.text)
        edges = [(card, made[id(card)]) for card in cards]
        self._edges.add(CardMarks(page, self.vocabulary), edges)
        if first is not None and before is not None:
            if before.entry is None:
                begins_before(made[id(first)], before)
            else:
                join_rest(before, made[id(first)])
        joined = first if before is not None and before.entry is not None else None
        parts = [
            _part(page, rank, [made[id(card)] for card in rank if card is not joined], roles)
            for rank in _ranks(cards)
        ]
        return parts, [made[id(card)] for card in cards]

    def _begins_measures(self, line: PageLine) -> bool:
        """Whether measures follow below a line: it names a goal, or says so."""
        if self.names_goal(line.text):
            return True
        reading = self.words.read(line.text.rstrip(" :"))
        return reading.whole and "measure" in reading.roles


def _meets(card: Card, span: Span) -> bool:
    """Whether the labels of a card stand at the heights of a table."""
    return any(span[0] <= one.label.bbox[1] <= span[1] for one in card.fields)


def _in_spans(height: float, spans: Sequence[Span]) -> bool:
    return any(top <= height <= bottom for top, bottom in spans)


def _phrases(vocabulary: Vocabulary) -> frozenset[str]:
    phrases = (*vocabulary.statuses.values(), *vocabulary.trends.values())
    return frozenset(squeeze(phrase) for group in phrases for phrase in group)


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


def _nothing(page: Page, span: Span) -> TablePart:
    """A part without entries, whose lines are no text of the page."""
    columns = Columns(("measure",), (0.0, page.width), estimated=False, ruled=False)
    part = TablePart("measures", columns, *span, page.number, [], None)
    part.stands_alone = True
    return part


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
    part.unknown = tuple(_unknown(cards, roles))
    years = (c.reading.year for c in roles.roles.columns if c.role == "result")
    part.result_year = max((year for year in years if year is not None), default=None)
    return part


def _unknown(cards: Sequence[Card], roles: CardRoles) -> Iterator[UnknownColumn]:
    """The labels that nothing explains, with their values."""
    for key in dict.fromkeys(one.label.key for card in cards for one in card.fields):
        if key in roles.keys and roles.role(key) == UNKNOWN_ROLE:
            same = [one for card in cards for one in card.fields if one.label.key == key]
            values = [" ".join(one.texts) for one in same]
            yield UnknownColumn(same[0].label.reading.text, same[0].label.bbox, tuple(values))
