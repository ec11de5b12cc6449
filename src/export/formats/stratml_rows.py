"""The rows of one report by goal, factor and measure, as StratML nests them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from styrmatt.export.store.scan import ExtractReader

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ReportRows:
    """The rows of a report. Goals and factors also stand for "none", so that no measure is lost."""

    document: Row
    goals: Sequence[Row]
    success_factors: Sequence[Row]
    measures: Sequence[Row]
    records: Sequence[Row]
    outcomes: Sequence[Row]

    def factors(self, goal_id: str | None) -> list[Row]:
        """The success factors below a goal, last the one that stands for none."""
        own = [row for row in self.success_factors if row["goal_id"] == goal_id]
        listed = {row["success_factor_id"] for row in own}
        loose = [m for m in self.measures if m["goal_id"] == goal_id]
        if any(m["success_factor_id"] not in listed for m in loose):
            own.append({"goal_id": goal_id, "success_factor_id": None, "success_factor": None})
        return own

    def measures_of(self, goal_id: str | None, factor_id: str | None) -> list[Row]:
        """The measures below a factor; below none: those whose factor is not among the goal's."""
        listed = {r["success_factor_id"] for r in self.success_factors if r["goal_id"] == goal_id}
        below = [row for row in self.measures if row["goal_id"] == goal_id]
        if factor_id is not None:
            return [row for row in below if row["success_factor_id"] == factor_id]
        return [row for row in below if row["success_factor_id"] not in listed]

    def lines(self, measure_id: str) -> list[Row]:
        """The sex lines of a measure."""
        return [row for row in self.records if row["measure_id"] == measure_id]

    def results(self, measure_id: str) -> list[Row]:
        """The stated results of a measure."""
        return [row for row in self.outcomes if row["measure_id"] == measure_id]


def rows_of(extracted: ExtractReader, document_id: str) -> ReportRows:
    """The rows of the report with this id, in the order in which they stand in it."""
    rows = {
        name: [row for row in extracted.rows(name) if row["document_id"] == document_id]
        for name in ("documents", "goals", "success_factors", "measures", "records", "outcomes")
    }
    goals = sorted(rows["goals"], key=_place)
    known = {row["goal_id"] for row in goals}
    measures = [
        row if row["goal_id"] in known else row | {"goal_id": None} for row in rows["measures"]
    ]
    factors = [
        row if row["goal_id"] in known else row | {"goal_id": None}
        for row in rows["success_factors"]
    ]
    loose = any(row["goal_id"] is None for row in (*measures, *factors))
    if loose or not goals:
        goals.append({"goal_id": None, "goal": "", "page": None})
    return ReportRows(
        rows["documents"][0],
        goals,
        sorted(factors, key=_place),
        sorted(measures, key=_place),
        rows["records"],
        rows["outcomes"],
    )


def _place(row: Row) -> tuple[Any, ...]:
    """Page and height on the page, then the id."""
    box = row["bbox"]
    return (
        row["page"],
        box[1] if box else 0.0,
        *[str(v) for k, v in row.items() if k.endswith("_id")],
    )
