"""Which series each measure or goal of one report belongs to.

What belongs together beyond doubt is paired first, the surest pair before others; a pair counts
only where neither side has another one that is nearly as good. What remains is, in this order:
in doubt between series, a changed definition of a series, or the first of its own.
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
    SAME_PLACE,
    Item,
    PlaceComparison,
    boards_agree,
    current_members,
    units_agree,
)
from styrmatt.normalize.series.name_vocabulary import load_name_vocabulary
from styrmatt.records import Series, SeriesMember

NAME, PLACE = 0.7, 0.3
"""What name and place weigh in a score."""
CLEARLY: Final = 0.05
"""By how much a pair must be better than the next."""
TELLING_PLACE: Final = 0.6
"""How well places agree where the name alone tells nothing."""
CHANGED: Final = 0.6
"""Share of a name that a changed definition keeps, within its place; elsewhere:"""
CHANGED_FREELY: Final = 0.75
_REMEMBERED: Final = 8
"""Wordings and places by which a series is known, the latest ones."""
_SPECIFIC: Final = 3
"""Words that a name has at least to be known under another board."""


@dataclass(frozen=True, slots=True)
class SeriesMatch:
    """What became of an item: a series, or none; with the series that it may also be of."""

    series_id: str | None
    reason: str
    score: float
    candidates: tuple[str, ...] = ()
    predecessor: str | None = None
    successor: str | None = None
    """A series of later years that began with this definition changed."""
    difference: str = ""


@dataclass(frozen=True, slots=True)
class _Pair:
    item: Item
    series: Series
    comparison: NameComparison
    place: float
    factor: float
    same_board: bool
    same_unit: bool

    @property
    def score(self) -> float:
        return NAME * self.comparison.likeness + PLACE * self.place

    @property
    def same_name(self) -> bool:
        return self.comparison.verdict in ("same", "reworded")

    @property
    def same_factor(self) -> bool:
        return self.factor >= SAME_PLACE

    @property
    def order(self) -> tuple[float, str, str]:
        return -round(self.score, 6), self.item.id, self.series.series_id


class SeriesLinker:
    """Links the items of one kind of one report to the series of its organisation."""

    def __init__(
        self, kind: str, organisation: str, series: Iterable[Series], vocabulary: str
    ) -> None:
        self._kind, self._lexis = kind, load_name_vocabulary(vocabulary)
        self._places = PlaceComparison(organisation, self._lexis)
        self._series = [s for s in series if s.kind == kind]
        self._members = {
            s.series_id: [Item(kind, m, organisation, vocabulary) for m in _wordings(s)]
            for s in self._series
        }
        self._repeated = self._names_printed_twice()

    def link(
        self, items: Sequence[Item], taken: Collection[str], twice: Collection[Item]
    ) -> dict[str, SeriesMatch]:
        """What becomes of each item. ``taken`` are series that have a member of the report.

        ``twice`` are all items of the report, for the names that it prints twice.
        """
        repeated = self._repeated | _repeated(twice)
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
            of_this = [p for p in sure if p.comparison.verdict == verdict]
            for pair in _settle(of_this, found, used):
                found[pair.item.id] = SeriesMatch(
                    pair.series.series_id, self._reason(pair), round(pair.score, 3)
                )
        self._doubt(pairs, found, used)
        self._changed(pairs, found, used)
        return found

    def _pair(self, item: Item, series: Series) -> _Pair | None:
        """An item beside a series, by the member that is likest; None where they are unlike."""
        best: _Pair | None = None
        for member in self._members[series.series_id]:
            comparison = compare(member.wording, item.wording, self._lexis)
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
        """Whether the name is enough, or the place says the same.

        A name that a report prints more than once means what its place makes it mean. A measure
        of another board is the same where its name is specific and its old board, whose report
        this is, too, no longer has it.
        """
        item = pair.item
        if self._kind == GOAL:
            return item.wording.exact not in repeated or pair.place >= SAME_PLACE
        if item.wording.exact in repeated:
            return pair.same_board and pair.same_factor and pair.place >= TELLING_PLACE
        if pair.same_board:
            return True
        boards = {m.board for m in current_members(pair.series) if m.board}
        return len(item.wording.tokens) >= _SPECIFIC and boards <= item.boards

    def _reason(self, pair: _Pair) -> str:
        if pair.comparison.verdict == "reworded":
            return "reworded"
        stays = pair.place >= SAME_PLACE if self._kind == GOAL else pair.same_factor
        return "same" if stays else "moved"

    def _doubt(self, pairs: list[_Pair], found: dict[str, SeriesMatch], used: set[str]) -> None:
        """An item that has the name of free series, but is none of them surely, is in doubt."""
        open_ = [
            p
            for p in pairs
            if p.same_name
            and p.same_unit
            and p.item.id not in found
            and p.series.series_id not in used
        ]
        for item_id, own in _by_item(open_):
            found[item_id] = _doubtful(own)

    def _changed(self, pairs: list[_Pair], found: dict[str, SeriesMatch], used: set[str]) -> None:
        open_ = [
            p
            for p in pairs
            if p.item.id not in found
            and p.series.series_id not in used
            and _succeeds(p)
            and self._is_changed(p)
        ]
        settled = {p.item.id: p for p in _settle(open_, found, used)}
        for item_id, own in _by_item(open_):
            pair = settled.get(item_id)
            if pair is None:
                free = [p for p in own if p.series.series_id not in used]
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
                difference=pair.comparison.difference,
            )

    def _is_changed(self, pair: _Pair) -> bool:
        """Whether so much of name and place is the same that one took the other's place."""
        if pair.same_name:  # the units differ
            return pair.same_board
        if not pair.same_board:
            return False
        near = max(pair.factor, pair.place) >= TELLING_PLACE
        here = near and (self._kind == MEASURE or pair.place >= SAME_PLACE)
        return pair.comparison.likeness >= (CHANGED if here else CHANGED_FREELY)

    def _names_printed_twice(self) -> set[str]:
        """Names that two series have in one report."""
        seen: dict[tuple[str, str], set[str]] = defaultdict(set)
        for series_id, members in self._members.items():
            for member in members:
                seen[member.member.document_id, member.wording.exact].add(series_id)
        return {name for (_, name), ids in seen.items() if len(ids) > 1}


def _wordings(series: Series) -> list[SeriesMember]:
    """The members by which a series is known: the latest of each name, place and unit."""
    latest = {
        (m.name, m.success_factor, m.goal, m.perspective, m.board, m.unit): m
        for m in current_members(series)
    }
    return list(latest.values())[-_REMEMBERED:]


def _repeated(items: Iterable[Item]) -> set[str]:
    names = [item.wording.exact for item in items]
    return {name for name in names if names.count(name) > 1}


def _succeeds(pair: _Pair) -> bool:
    """Whether item and series are of different years, one wholly after the other."""
    year, series = pair.item.member.fiscal_year, pair.series
    if series.last_year < year:
        return True
    return year < series.first_year and series.predecessor_series_id is None


def _settle(pairs: Iterable[_Pair], found: Collection[str], used: set[str]) -> list[_Pair]:
    """The pairs that are clearly best on both sides, the surest first; fills ``used``."""
    settled: list[_Pair] = []
    left = sorted(
        (p for p in pairs if p.item.id not in found and p.series.series_id not in used),
        key=lambda pair: pair.order,
    )
    while True:
        pair = next((p for p in left if _is_clear(p, left)), None)
        if pair is None:
            return settled
        settled.append(pair)
        used.add(pair.series.series_id)
        left = [p for p in left if p.item is not pair.item and p.series is not pair.series]


def _is_clear(pair: _Pair, left: Iterable[_Pair]) -> bool:
    return all(
        other is pair
        or (other.item is not pair.item and other.series is not pair.series)
        or pair.score - other.score >= CLEARLY
        for other in left
    )


def _doubtful(pairs: Sequence[_Pair]) -> SeriesMatch:
    ranked = sorted(pairs, key=lambda pair: pair.order)
    ids = tuple(dict.fromkeys(pair.series.series_id for pair in ranked))
    return SeriesMatch(None, "founding", round(ranked[0].score, 3), ids)


def _by_item(pairs: Iterable[_Pair]) -> list[tuple[str, list[_Pair]]]:
    groups: dict[str, list[_Pair]] = defaultdict(list)
    for pair in pairs:
        groups[pair.item.id].append(pair)
    return sorted(groups.items())
