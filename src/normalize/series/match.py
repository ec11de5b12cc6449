"""Which series each measure or goal of one report belongs to.

Pairs of an item and a series with the same name are made first, the surest before others; a pair
counts only where neither side has another one that is nearly as good. What remains is, in this
order: in doubt between series, a changed definition of a series, or the first of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from styrmatt.normalize.series.compare_names import NameComparison, compare
from styrmatt.normalize.series.items import (
    GOAL,
    MEASURE,
    MIN_SAME_PLACE,
    Item,
    PlaceComparison,
    boards_agree,
    current_members,
    units_agree,
)
from styrmatt.normalize.series.name_vocabulary import load_name_vocabulary
from styrmatt.records import Series, SeriesMember

NAME_WEIGHT: Final = 0.7
"""Weight of the name in a pair's score, which with PLACE_WEIGHT is a share of 1, set by hand. A
measure keeps its name more faithfully than its place."""
PLACE_WEIGHT: Final = 0.3
"""Weight of the place: enough to choose between equal names (see MIN_LEAD)."""
MIN_LEAD: Final = 0.05
"""By how much a pair must score more than any other of its item or series. With 0, the order of
ids decides between two series that fit alike; a sixth of the place's weight is less than what
another success factor makes (PLACE_WEIGHT × FACTOR_WEIGHT = 0.15)."""
MIN_PLACE: Final = 0.6
"""How well places must agree where the name alone tells nothing: more than the success factor or
all the rest can give by themselves (0.5 each)."""
MIN_CHANGED_LIKENESS: Final = 0.6
"""Likeness of two names, within one place, from which one is a changed definition of the other:
as much as a name that lies within the other has at least."""
MIN_CHANGED_LIKENESS_ELSEWHERE: Final = 0.75
"""The same in another place: three words of four. With no place to say that one followed the other,
names that begin alike ("Andel patienter som ...") would be changes of each other."""
_REMEMBERED: Final = 8
"""Names and places by which a series is known, the latest ones; it bounds the work for series of
many years. More than the years that an organisation keeps its goals."""
_MIN_SPECIFIC_TOKENS: Final = 3
"""Words that a name must have to be known under another board: a shorter one ("the budget is kept")
is each board's own."""


@dataclass(frozen=True, slots=True)
class SeriesMatch:
    """What becomes of an item: a series, or none; with the series that it may also be of."""

    series_id: str | None
    reason: str
    score: float
    candidates: tuple[str, ...] = ()
    """Series that it may be of, or of which it is a changed definition."""
    predecessor: str | None = None
    """The series of earlier years of which it is a changed definition."""
    successor: str | None = None
    """The series of later years that is a changed definition of it."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """An item beside a series that may be its own."""

    item: Item
    series: Series
    comparison: NameComparison
    place: float
    factor: float
    same_board: bool
    same_unit: bool

    @property
    def score(self) -> float:
        return NAME_WEIGHT * self.comparison.likeness + PLACE_WEIGHT * self.place

    @property
    def same_name(self) -> bool:
        return self.comparison.verdict in ("same", "reworded")

    @property
    def same_factor(self) -> bool:
        return self.factor >= MIN_SAME_PLACE

    @property
    def order(self) -> tuple[float, str, str]:
        """The key by which pairs are sorted, the surest first."""
        return -round(self.score, 6), self.item.id, self.series.series_id


class SeriesLinker:
    """Links the items of one kind of one report to the series of its organisation."""

    def __init__(
        self, kind: str, organisation: str, series: Iterable[Series], vocabulary: str
    ) -> None:
        self._kind, self._vocabulary = kind, load_name_vocabulary(vocabulary)
        self._places = PlaceComparison(organisation, self._vocabulary)
        self._series = [s for s in series if s.kind == kind]
        self._members = {
            s.series_id: [Item(kind, m, organisation, vocabulary) for m in _distinct_members(s)]
            for s in self._series
        }
        self._repeated_names = self._names_of_two_series()

    def link(
        self, items: Sequence[Item], taken: Collection[str], all_items: Collection[Item]
    ) -> dict[str, SeriesMatch]:
        """What becomes of each item, by id; items that are like no series are left out.

        ``taken`` are series that have a member of the report. ``all_items`` are those of the whole
        report, for the names that it prints twice.
        """
        repeated = self._repeated_names | _repeated_names(all_items)
        pairs = [
            pair
            for item in items
            for series in self._series
            if series.series_id not in taken and (pair := self._pair(item, series)) is not None
        ]
        sure = [p for p in pairs if p.same_name and p.same_unit and self._is_sure(p, repeated)]
        found: dict[str, SeriesMatch] = {}
        used: set[str] = set()
        for verdict in ("same", "reworded"):
            of_verdict = [p for p in sure if p.comparison.verdict == verdict]
            for pair in _clearly_best(of_verdict, found, used):
                found[pair.item.id] = SeriesMatch(
                    pair.series.series_id, self._reason(pair), round(pair.score, 3)
                )
        self._add_doubtful(pairs, found, used)
        self._add_changed(pairs, found, used)
        return found

    def _pair(self, item: Item, series: Series) -> _Pair | None:
        """An item beside a series, by the member that is most alike; None where all are unlike."""
        best: _Pair | None = None
        for member in self._members[series.series_id]:
            comparison = compare(member.name, item.name, self._vocabulary)
            if comparison.verdict == "unlike":
                continue
            pair = _Pair(
                item,
                series,
                comparison,
                self._places.likeness(self._kind, item.member, member.member),
                self._places.factor_likeness(item.member, member.member),
                boards_agree(item.member, member.member),
                units_agree(item.member, member.member),
            )
            if best is None or (pair.same_name, pair.score) > (best.same_name, best.score):
                best = pair
        return best

    def _is_sure(self, pair: _Pair, repeated: Collection[str]) -> bool:
        """Whether the name is enough, or the place agrees as well.

        A name that a report prints more than once means what its place makes it mean. A measure
        of another board is the same where its name is specific and the report, which is of the
        old board, too, no longer has it there.
        """
        item = pair.item
        if self._kind == GOAL:
            return item.name.exact not in repeated or pair.place >= MIN_SAME_PLACE
        if item.name.exact in repeated:
            return pair.same_board and pair.same_factor and pair.place >= MIN_PLACE
        if pair.same_board:
            return True
        boards = {m.board for m in current_members(pair.series) if m.board}
        return len(item.name.tokens) >= _MIN_SPECIFIC_TOKENS and boards <= item.boards

    def _reason(self, pair: _Pair) -> str:
        if pair.comparison.verdict == "reworded":
            return "reworded"
        stays = pair.place >= MIN_SAME_PLACE if self._kind == GOAL else pair.same_factor
        return "same" if stays else "moved"

    def _add_doubtful(
        self, pairs: list[_Pair], found: dict[str, SeriesMatch], used: set[str]
    ) -> None:
        """Add the items that have the name of free series, but are surely of none of them."""
        open_pairs = [
            p
            for p in pairs
            if p.same_name
            and p.same_unit
            and p.item.id not in found
            and p.series.series_id not in used
        ]
        for item_id, of_item in _by_item(open_pairs):
            found[item_id] = _doubtful(of_item)

    def _add_changed(
        self, pairs: list[_Pair], found: dict[str, SeriesMatch], used: set[str]
    ) -> None:
        """Add the items that are changed definitions of free series, or may be; fills ``used``."""
        open_pairs = [
            p
            for p in pairs
            if p.item.id not in found
            and p.series.series_id not in used
            and _is_of_other_years(p)
            and self._is_changed(p)
        ]
        best = {p.item.id: p for p in _clearly_best(open_pairs, found, used)}
        for item_id, of_item in _by_item(open_pairs):
            pair = best.get(item_id)
            if pair is None:
                free = [p for p in of_item if p.series.series_id not in used]
                if free:
                    found[item_id] = _doubtful(free)
                continue
            later = pair.series.first_year > pair.item.member.fiscal_year
            found[item_id] = SeriesMatch(
                None,
                "changed_definition",
                round(pair.score, 3),
                (pair.series.series_id,),
                predecessor=None if later else pair.series.series_id,
                successor=pair.series.series_id if later else None,
            )

    def _is_changed(self, pair: _Pair) -> bool:
        """Whether so much of name and place is the same that one took the other's place."""
        if pair.same_name:  # the units differ
            return pair.same_board
        if not pair.same_board:
            return False
        is_near = max(pair.factor, pair.place) >= MIN_PLACE
        same_place = is_near and (self._kind == MEASURE or pair.place >= MIN_SAME_PLACE)
        needed = MIN_CHANGED_LIKENESS if same_place else MIN_CHANGED_LIKENESS_ELSEWHERE
        return pair.comparison.likeness >= needed

    def _names_of_two_series(self) -> set[str]:
        """Names that two series have in one report."""
        seen: dict[tuple[str, str], set[str]] = defaultdict(set)
        for series_id, members in self._members.items():
            for member in members:
                seen[member.member.document_id, member.name.exact].add(series_id)
        return {name for (_, name), ids in seen.items() if len(ids) > 1}


def _distinct_members(series: Series) -> list[SeriesMember]:
    """The members by which a series is known: the latest of each name, place and unit."""
    latest = {
        (m.name, m.success_factor, m.goal, m.perspective, m.board, m.unit): m
        for m in current_members(series)
    }
    return list(latest.values())[-_REMEMBERED:]


def _repeated_names(items: Iterable[Item]) -> set[str]:
    names = [item.name.exact for item in items]
    return {name for name in names if names.count(name) > 1}


def _is_of_other_years(pair: _Pair) -> bool:
    """Whether all years of the series are before the item's, or after it and without one before."""
    year, series = pair.item.member.fiscal_year, pair.series
    if series.last_year < year:
        return True
    return year < series.first_year and series.predecessor_series_id is None


def _clearly_best(pairs: Iterable[_Pair], found: Collection[str], used: set[str]) -> list[_Pair]:
    """The pairs that are clearly best on both sides, the surest first; fills ``used``."""
    best: list[_Pair] = []
    left = sorted(
        (p for p in pairs if p.item.id not in found and p.series.series_id not in used),
        key=lambda pair: pair.order,
    )
    while True:
        pair = next((p for p in left if _is_clear(p, left)), None)
        if pair is None:
            return best
        best.append(pair)
        used.add(pair.series.series_id)
        left = [p for p in left if p.item is not pair.item and p.series is not pair.series]


def _is_clear(pair: _Pair, left: Iterable[_Pair]) -> bool:
    """Whether no other pair of its item or series comes near its score."""
    return all(
        other is pair
        or (other.item is not pair.item and other.series is not pair.series)
        or pair.score - other.score >= MIN_LEAD
        for other in left
    )


def _doubtful(pairs: Sequence[_Pair]) -> SeriesMatch:
    """The first of a series of its own that may also be of these series."""
    ranked = sorted(pairs, key=lambda pair: pair.order)
    ids = tuple(dict.fromkeys(pair.series.series_id for pair in ranked))
    return SeriesMatch(None, "founding", round(ranked[0].score, 3), ids)


def _by_item(pairs: Iterable[_Pair]) -> list[tuple[str, list[_Pair]]]:
    groups: dict[str, list[_Pair]] = defaultdict(list)
    for pair in pairs:
        groups[pair.item.id].append(pair)
    return sorted(groups.items())
