"""Measures and goals of a report as linking sees them, and how well their places agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from rapidfuzz import fuzz

from styrmatt.normalize.series.compare_names import compare
from styrmatt.normalize.series.name_vocabulary import NameVocabulary, load_name_vocabulary
from styrmatt.normalize.series.parse_name import ParsedName, parse_name
from styrmatt.printed import Bbox
from styrmatt.records import Extract, Record, Series, SeriesMember
from styrmatt.whitespace import squeeze

MEASURE: Final = "measure"
GOAL: Final = "goal"

FACTOR, ABOVE, TARGET, BOARD = 0.5, 0.2, 0.2, 0.1
"""What each part of a measure's place weighs."""
SAME_PLACE: Final = 0.8
"""Likeness of two factors' names from which on they are one factor."""
_UNITS: Final = {"kr": "kr", "tkr": "kr", "mnkr": "kr", "ratio": None, "percentage_points": None}
_LEVELS: Final = ("threshold", "milestone")


@dataclass(frozen=True)
class Item:
    """A measure or goal of a report, or a member of a series as the register has it."""

    kind: str
    member: SeriesMember
    organisation: str
    vocabulary: str
    page: int = 0
    bbox: Bbox | None = field(default=None, compare=False)
    raw: str = ""
    boards: frozenset[str] = field(default=frozenset(), compare=False)
    """Codes of all boards of the report."""

    @property
    def wording(self) -> ParsedName:
        """Its name, taken apart."""
        lexis = load_name_vocabulary(self.vocabulary)
        return parse_name(self.member.name, self.member.fiscal_year, self.organisation, lexis)

    @property
    def id(self) -> str:
        """The measure's or goal's id."""
        return self.member.item_id


def items_of(extract: Extract, vocabulary: str) -> list[Item]:
    """The measures and goals of a report, in the order of their ids."""
    document = extract.document
    organisation = document.organisation
    perspectives = {goal.goal_id: goal.perspective for goal in extract.goals}
    lines: dict[str, list[Record]] = {}
    for record in extract.records:
        lines.setdefault(record.measure_id, []).append(record)
    boards = frozenset(r.board_code for r in extract.records if r.board_code)
    items = []
    for measure in extract.measures:
        own = sorted(lines.get(measure.measure_id, []), key=lambda record: record.record_id)
        first = own[0] if own else None
        targets = dict.fromkeys(record.target_text for record in own if record.target_text)
        member = SeriesMember(
            document_id=document.document_id,
            fiscal_year=document.fiscal_year,
            item_id=measure.measure_id,
            name=measure.measure,
            board=first.board_code if first else measure.board,
            perspective=perspectives.get(measure.goal_id or ""),
            goal=first.goal if first else None,
            success_factor=first.success_factor if first else None,
            target_text="; ".join(targets) or None,
            unit=_unit(own),
            reason="founding",
            score=1.0,
            present=True,
        )
        where = measure.page, measure.bbox, measure.measure_raw, boards
        items.append(Item(MEASURE, member, organisation, vocabulary, *where))
    for goal in extract.goals:
        member = SeriesMember(
            document_id=document.document_id,
            fiscal_year=document.fiscal_year,
            item_id=goal.goal_id,
            name=goal.goal,
            perspective=goal.perspective,
            reason="founding",
            score=1.0,
            present=True,
        )
        items.append(Item(GOAL, member, organisation, vocabulary, goal.page, goal.bbox, goal.goal))
    return sorted(items, key=lambda item: item.id)


def _unit(lines: Iterable[Record]) -> str | None:
    """The unit of what is measured; a target that says by how much to change has another."""
    units = Counter(
        line.target_unit for line in lines if line.target_unit and line.target_kind in _LEVELS
    )
    return units.most_common(1)[0][0] if len(units) == 1 else None


def units_agree(one: SeriesMember, other: SeriesMember) -> bool:
    """Whether what two members measure can have one unit; amounts of money are one."""
    mine, theirs = (_UNITS.get(m.unit or "", m.unit) for m in (one, other))
    return mine is None or theirs is None or mine == theirs


def boards_agree(one: SeriesMember, other: SeriesMember) -> bool:
    """Whether two members can be of one board."""
    return one.board is None or other.board is None or one.board == other.board


class PlaceComparison:
    """How well the places of two members of one organisation agree."""

    def __init__(self, organisation: str, lexis: NameVocabulary) -> None:
        self._organisation, self._lexis = organisation, lexis

    def factor_likeness(self, one: SeriesMember, other: SeriesMember) -> float:
        """How alike the success factors of two members are, or their goals without any."""
        mine, theirs = ((m.success_factor or m.goal, m.fiscal_year) for m in (one, other))
        return self._like(mine, theirs)

    def likeness(self, kind: str, one: SeriesMember, other: SeriesMember) -> float:
        """How well the places of two members agree, 0 to 1."""
        years = one.fiscal_year, other.fiscal_year
        if kind == GOAL:
            return self._like((one.perspective, years[0]), (other.perspective, years[1]))
        factor = self._like((one.success_factor, years[0]), (other.success_factor, years[1]))
        above = self._like((one.goal, years[0]), (other.goal, years[1]))
        board = 1.0 if one.board == other.board else 0.5 if boards_agree(one, other) else 0.0
        target = _alike(one.target_text, other.target_text)
        return FACTOR * factor + ABOVE * above + TARGET * target + BOARD * board

    def _like(self, one: tuple[str | None, int], other: tuple[str | None, int]) -> float:
        if not one[0] or not other[0]:
            return 0.0 if one[0] or other[0] else 1.0
        names = (
            parse_name(one[0], one[1], self._organisation, self._lexis),
            parse_name(other[0], other[1], self._organisation, self._lexis),
        )
        found = compare(*names, self._lexis)
        return 1.0 if found.verdict in ("same", "reworded") else found.likeness


def _alike(one: str | None, other: str | None) -> float:
    """How alike two targets are, 0 to 1."""
    if not one or not other:
        return 0.0 if one or other else 1.0
    return fuzz.ratio(squeeze(one), squeeze(other)) / 100


def current_members(series: Series) -> tuple[SeriesMember, ...]:
    """The members that their reports still have; all of them where none is left."""
    return tuple(m for m in series.members if m.present) or series.members
