"""The content of a goal report, free of any typesetting: what every renderer sets and what the
truth files say."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

#: Order of the sexes in a table, and the truth files' words for them.
SEXES = ("all", "women", "men")


@dataclass(frozen=True)
class Line:
    """One sex line of a measure: its target as printed and as meant, and the markers of its row."""

    sex: str
    target: str
    printed: str
    kind: str
    value: float | None = None
    unit: str | None = None
    comparator: str | None = None
    direction: str | None = None
    baseline_year: int | None = None
    components: tuple[dict[str, Any], ...] = ()
    status: str | None = None
    trend: str | None = None
    status_text: str | None = None
    trend_text: str | None = None


@dataclass(frozen=True)
class Measure:
    """A styrmått, kontrollmått or aktivitet with its sex lines; `printed` is the name cell, prefix
    and marks included."""

    measure_id: str
    name: str
    printed: str
    kind: str
    board: str | None
    lines: tuple[Line, ...]
    footnote: str | None = None
    shared_target: bool = False


@dataclass(frozen=True)
class Section:
    """Text under an optional heading; "- " at a paragraph's beginning makes a list item."""

    heading: str | None
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class PlainTable:
    """A table that is not about measures: budget, investments, planning."""

    title: str
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True)
class Factor:
    """A framgångsfaktor: its name in the overview (None: not listed there) and its section's own
    heading."""

    factor_id: str
    name: str | None
    heading: str
    boards: tuple[str, ...] = ()
    heading_goal: str | None = None
    prefixed: bool = True
    measures: tuple[Measure, ...] = ()
    sections: tuple[Section, ...] = ()
    tables: tuple[PlainTable, ...] = ()


@dataclass(frozen=True)
class Goal:
    """A strategic goal with the paragraph that assesses it."""

    goal_id: str
    perspective: str
    name: str
    heading: str
    boards: tuple[str, ...]
    assessment: str | None
    assessment_quote: str
    narrative: tuple[str, ...]
    factors: tuple[Factor, ...]


@dataclass(frozen=True)
class Report:
    """A whole report: family "a" is the region's appendix, family "b" one board's annual report."""

    family: str
    title: str
    organisation: str
    fiscal_year: int
    doc_id: str
    doc_version: str
    goals: tuple[Goal, ...]
    body: str | None = None
    boards: tuple[str, ...] = ()
    published: str = ""
    intro: tuple[Section, ...] = ()
    claim: str = ""
    claim_counts: dict[str, int] = field(default_factory=dict)
    perspectives: dict[str, str] = field(default_factory=dict)
    closing: tuple[Section, ...] = ()
    closing_tables: tuple[PlainTable, ...] = ()
    footnotes: dict[str, str] = field(default_factory=dict)
    outcomes: tuple[dict[str, Any], ...] = ()
    near_misses: tuple[dict[str, Any], ...] = ()
    outcomes_scope: tuple[str, ...] | None = None

    def factors(self) -> list[tuple[Goal, Factor]]:
        """Every factor with its goal, in the order of the report."""
        return [(goal, factor) for goal in self.goals for factor in goal.factors]

    def measures(self) -> list[tuple[Goal, Factor, Measure]]:
        """Every measure with its goal and factor, in the order of the report."""
        return [
            (goal, factor, measure)
            for goal, factor in self.factors()
            for measure in factor.measures
        ]

    def only(self, goal_ids: tuple[str, ...]) -> Report:
        """The report with these goals alone, and without the claim, which counts goals that are
        gone."""
        goals = tuple(goal for goal in self.goals if goal.goal_id in goal_ids)
        kept = {
            measure.measure_id
            for goal in goals
            for factor in goal.factors
            for measure in factor.measures
        }

        def inside(entries: tuple[dict[str, Any], ...]) -> tuple[dict[str, Any], ...]:
            return tuple(entry for entry in entries if entry["measure_id"] in kept)

        return replace(
            self,
            goals=goals,
            claim="",
            claim_counts={},
            outcomes=inside(self.outcomes),
            near_misses=inside(self.near_misses),
            outcomes_scope=None
            if self.outcomes_scope is None
            else tuple(one for one in self.outcomes_scope if one in kept),
        )
