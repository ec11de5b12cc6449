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

FACTOR_WEIGHT: Final = 0.5
"""Weight of the success factor in how well two places agree: half, as a measure stands right below
it. The four weights are shares of 1, set by hand."""
GOAL_WEIGHT: Final = 0.2
"""Weight of the goal above the factor; goals are worded anew more often than factors move."""
TARGET_WEIGHT: Final = 0.2
"""Weight of the target as printed. It changes from year to year, but seldom into a neighbour's."""
BOARD_WEIGHT: Final = 0.1
"""Weight of the board: least, as all of a board's report has the same."""
UNKNOWN_BOARD: Final = 0.5
"""How far the boards of two members agree where one has none: half-way, as nothing is known."""
MIN_SAME_PLACE: Final = 0.8
"""Likeness of two factors' names from which they are one factor, and of two places from which they
are one place. Names that are changed in one word of five reach it; below, neighbouring factors
that share their common words would be one."""
_UNIT_FAMILIES: Final = {
    "kr": "kr",
    "tkr": "kr",
    "mnkr": "kr",
    "ratio": None,
    "percentage_points": None,
}
"""Units that may be of one measure; None may be of any."""
_LEVEL_KINDS: Final = ("threshold", "milestone")
"""Kinds of target whose value is a level of the measure and has its unit."""


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
    """Its name as printed."""
    boards: frozenset[str] = field(default=frozenset(), compare=False)
    """Codes of all boards of the report."""

    @property
    def name(self) -> ParsedName:
        """Its name, taken apart."""
        vocabulary = load_name_vocabulary(self.vocabulary)
        return parse_name(self.member.name, self.member.fiscal_year, self.organisation, vocabulary)

    @property
    def id(self) -> str:
        """The measure's or goal's id."""
        return self.member.item_id


def items_of(extract: Extract, vocabulary: str) -> list[Item]:
    """The measures and goals of a report, in the order of their ids."""
    document = extract.document
    organisation = document.organisation
    perspectives = {goal.goal_id: goal.perspective for goal in extract.goals}
    records_of: dict[str, list[Record]] = {}
    for record in extract.records:
        records_of.setdefault(record.measure_id, []).append(record)
    boards = frozenset(r.board_code for r in extract.records if r.board_code)
    items = []
    for measure in extract.measures:
        records = sorted(
            records_of.get(measure.measure_id, []), key=lambda record: record.record_id
        )
        first = records[0] if records else None
        targets = dict.fromkeys(record.target_text for record in records if record.target_text)
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
            unit=_unit(records),
            reason="founding",
            score=1.0,
            present=True,
        )
        printed = measure.page, measure.bbox, measure.measure_raw, boards
        items.append(Item(MEASURE, member, organisation, vocabulary, *printed))
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


def _unit(records: Iterable[Record]) -> str | None:
    """The one unit of a measure's levels; a target that says by how much to change has another.

    Where no target says it, the results of the table do.
    """
    records = list(records)
    units = Counter(
        r.target_unit for r in records if r.target_unit and r.target_kind in _LEVEL_KINDS
    ) or Counter(r.outcome_unit for r in records if r.outcome_unit and r.outcome_source == "table")
    return units.most_common(1)[0][0] if len(units) == 1 else None


def units_agree(one: SeriesMember, other: SeriesMember) -> bool:
    """Whether what two members measure can have one unit; amounts of money are one."""
    first, second = (_UNIT_FAMILIES.get(m.unit or "", m.unit) for m in (one, other))
    return first is None or second is None or first == second


def boards_agree(one: SeriesMember, other: SeriesMember) -> bool:
    """Whether two members can be of one board."""
    return one.board is None or other.board is None or one.board == other.board


class PlaceComparison:
    """Compares the places of two members of one organisation."""

    def __init__(self, organisation: str, vocabulary: NameVocabulary) -> None:
        self._organisation, self._vocabulary = organisation, vocabulary

    def factor_likeness(self, one: SeriesMember, other: SeriesMember) -> float:
        """How alike their success factors, or goals where there is no factor, are, 0 to 1."""
        return self._name_likeness(
            (one.success_factor or one.goal, one.fiscal_year),
            (other.success_factor or other.goal, other.fiscal_year),
        )

    def likeness(self, kind: str, one: SeriesMember, other: SeriesMember) -> float:
        """How well their places agree, 0 to 1: a goal's perspective, all above a measure."""
        year, other_year = one.fiscal_year, other.fiscal_year
        if kind == GOAL:
            return self._name_likeness((one.perspective, year), (other.perspective, other_year))
        factor = self._name_likeness((one.success_factor, year), (other.success_factor, other_year))
        goal = self._name_likeness((one.goal, year), (other.goal, other_year))
        if one.board == other.board:
            board = 1.0
        else:
            board = UNKNOWN_BOARD if boards_agree(one, other) else 0.0
        target = _target_likeness(one.target_text, other.target_text)
        return (
            FACTOR_WEIGHT * factor
            + GOAL_WEIGHT * goal
            + TARGET_WEIGHT * target
            + BOARD_WEIGHT * board
        )

    def _name_likeness(self, one: tuple[str | None, int], other: tuple[str | None, int]) -> float:
        """How alike two names are, each with its report's year; 1.0 where both have none."""
        if not one[0] or not other[0]:
            return 0.0 if one[0] or other[0] else 1.0
        names = (
            parse_name(one[0], one[1], self._organisation, self._vocabulary),
            parse_name(other[0], other[1], self._organisation, self._vocabulary),
        )
        compared = compare(*names, self._vocabulary)
        return 1.0 if compared.verdict in ("same", "reworded") else compared.likeness


def _target_likeness(one: str | None, other: str | None) -> float:
    """How alike two targets are as printed, 0 to 1; 1.0 where both have none."""
    if not one or not other:
        return 0.0 if one or other else 1.0
    return fuzz.ratio(squeeze(one), squeeze(other)) / 100


def current_members(series: Series) -> tuple[SeriesMember, ...]:
    """The members that their reports still have; all of them where none is left."""
    return tuple(m for m in series.members if m.present) or series.members
