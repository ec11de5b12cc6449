"""Collects what is true of a report while its blocks are set, whoever sets them."""

from __future__ import annotations

from typing import Any

from goaltables.cells import STATUS, Cell
from goaltables.content import Block, Report, Table
from goaltables.truth import marked_goals_of, rows_of, statuses_of


class Teller:
    """The rows and goals of a report's truth, as headings and tables are gone through."""

    def __init__(self, report: Report) -> None:
        self.report = report
        told = report.told
        self.foot = told.get("foot", f"{told['organisation']} – {told['title']}")
        self.rows: list[dict[str, Any]] = []
        self.goals: list[dict[str, Any]] = []
        self.goal: str | None = None
        self.goal_level = 0
        self.also: str | None = None
        self.statuses: dict[str, str] = {}

    def headed(self, block: Block) -> None:
        """Take a heading: it names a goal, or ends the one that holds."""
        if block.goal:
            self.goal, self.goal_level = block.goal, block.level
            self.goals.append({"goal": block.goal, "status": None})
            if self.also:
                self.goals[-1]["goal_also"] = self.also
            self.assess(block.cell)
        elif block.level <= self.goal_level:
            self.goal, self.goal_level = None, 0

    def assess(self, cell: Cell | None) -> None:
        """Note the assessment of the goal whose heading this is, or stands above it."""
        assert self.goal is not None
        if cell is not None and cell.signs and cell.signs[0].status:
            self.statuses[self.goal] = STATUS[cell.signs[0].status]
        elif cell is not None and cell.said:
            self.statuses[self.goal] = cell.said

    def goal_above(self) -> None:
        """The last heading names a goal that stands over the goals below it."""
        self.also, self.goal, self.goal_level = self.goal, None, 0
        self.goals.pop()

    def tabled(self, table: Table, pages: dict[int, int]) -> None:
        """Take a table; `pages` are those of its lines."""
        if table.roles[:1] == ("goalname",):
            self.statuses = statuses_of(table)
        elif not table.alone:
            for goal, status in marked_goals_of(table).items():
                self.goals.append({"goal": goal, "status": status})
                self.statuses[goal] = status
            self.rows += rows_of(table, pages, self.goal, self.also)
