"""A report as a year-on-year comparison uses it: measures with lines, goals, boards covered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from styrmatt.records import SEXES, Extract, Goal, Measure, Outcome, Record
from styrmatt.whitespace import squeeze

_DOUBTFUL_KIND: Final = "series_doubtful"
_LOST_PAGE_KINDS: Final = frozenset({"page_failed"})
"""Kinds of issue about a page whose content is missing."""


@dataclass(frozen=True, slots=True)
class ReportMeasure:
    """A measure of a report with its table lines, one per sex."""

    measure: Measure
    lines: tuple[Record, ...]
    boards: frozenset[str]

    @property
    def entry_id(self) -> str:
        """The measure's id."""
        return self.measure.measure_id

    @property
    def first(self) -> Record | None:
        """Its first line; None for a measure without lines."""
        return self.lines[0] if self.lines else None

    @property
    def sexes(self) -> tuple[str, ...]:
        """The sexes of its lines."""
        return tuple(line.sex for line in self.lines)


@dataclass(slots=True)
class ReportIndex:
    """One report's rows by id."""

    extract: Extract
    some_pages: bool = False
    """Whether only chosen pages of it were read (``--pages``)."""
    boards: frozenset[str] = field(init=False)
    """Codes of the boards whose measures it holds; empty where they are unknown."""
    entries: tuple[ReportMeasure, ...] = field(init=False)
    goals: dict[str, Goal] = field(init=False)
    goal_boards: dict[str, frozenset[str]] = field(init=False)
    outcomes: dict[tuple[str, str], list[Outcome]] = field(init=False)
    doubts: dict[str, str] = field(init=False)
    """By id of a measure or goal: why its link to a series is uncertain."""

    def __post_init__(self) -> None:
        extract = self.extract
        of_lines = {record.board_code for record in extract.records if record.board_code}
        self.boards = frozenset(of_lines | set(extract.document.boards_covered))
        lines: dict[str, list[Record]] = {}
        for record in sorted(extract.records, key=lambda record: SEXES.index(record.sex)):
            lines.setdefault(record.measure_id, []).append(record)
        self.entries = tuple(
            ReportMeasure(measure, tuple(of_measure), self._boards(measure.board, of_measure))
            for measure in sorted(extract.measures, key=lambda m: m.measure_id)
            for of_measure in (lines.get(measure.measure_id, []),)
        )
        self.goals = {goal.goal_id: goal for goal in extract.goals}
        self.goal_boards = {goal.goal_id: self._goal_boards(goal) for goal in extract.goals}
        self.outcomes = {}
        for outcome in extract.outcomes:
            if outcome.kind == "outcome" and outcome.area is None:
                self.outcomes.setdefault((outcome.measure_id, outcome.sex), []).append(outcome)

        self.doubts = {
            issue.measure_id or issue.goal_id or "": issue.message
            for issue in sorted(extract.issues, key=lambda issue: issue.issue_id)
            if issue.kind == _DOUBTFUL_KIND
        }

    @property
    def is_text(self) -> bool:
        """Whether it was read from a text file, which has no marks."""
        return self.extract.document.source_kind == "text"

    @property
    def is_partial(self) -> bool:
        """Whether content may be missing: pages were left out or could not be read."""
        return self.some_pages or any(i.kind in _LOST_PAGE_KINDS for i in self.extract.issues)

    def why_not_covered(self, boards: frozenset[str], owner: ReportIndex) -> str | None:
        """Why this report may lack what ``owner`` has of these boards; None if it covers them."""
        ours, theirs = self.extract.document, owner.extract.document
        if squeeze(ours.organisation) != squeeze(theirs.organisation):
            return "the other report is of another organisation"
        if boards and self.boards and not boards <= self.boards:
            covered = ", ".join(sorted(self.boards))
            return f"of board {', '.join(sorted(boards))}; the other report covers {covered}"
        same_body = squeeze(ours.body or "") == squeeze(theirs.body or "")
        if not same_body and not (boards and self.boards):
            return "the reports are of different bodies, and nothing says which boards they share"
        if self.is_partial:
            return "not all pages of the other report were read"
        return None

    def _boards(self, printed: str | None, lines: list[Record]) -> frozenset[str]:
        codes = {line.board_code for line in lines} | {printed}
        return frozenset(code for code in codes if code) or self._boards_of_body()

    def _boards_of_body(self) -> frozenset[str]:
        """The boards of the report of one body; empty for the report of a whole organisation."""
        return self.boards if self.extract.document.body else frozenset()

    def _goal_boards(self, goal: Goal) -> frozenset[str]:
        if goal.boards:
            return frozenset(goal.boards)
        below = [entry.boards for entry in self.entries if entry.measure.goal_id == goal.goal_id]
        return frozenset().union(*below) or self._boards_of_body()
