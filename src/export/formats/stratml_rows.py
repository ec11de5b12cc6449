"""The rows of one report nested by goal, success factor and measure, as StratML needs them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from styrmatt.export.store.scan import ExtractReader

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ReportRows:
    """The rows of a report.

    Measures without a goal or factor get one whose id is None, so that none is left out.
    """

    document: Row
    goals: Sequence[Row]
    success_factors: Sequence[Row]
    measures: Sequence[Row]
    records: Sequence[Row]
    outcomes: Sequence[Row]

    def factors(self, goal_id: str | None) -> list[Row]:
        """The success factors of a goal; last, if needed, one with the id None."""
        factors = [row for row in self.success_factors if row["goal_id"] == goal_id]
        listed = {row["success_factor_id"] for row in factors}
        measures = [m for m in self.measures if m["goal_id"] == goal_id]
        if any(m["success_factor_id"] not in listed for m in measures):
            factors.append({"goal_id": goal_id, "success_factor_id": None, "success_factor": None})
        return factors

    def measures_of(self, goal_id: str | None, factor_id: str | None) -> list[Row]:
        """The measures of a factor; for None those whose factor is not among the goal's."""
        listed = {r["success_factor_id"] for r in self.success_factors if r["goal_id"] == goal_id}
        measures = [row for row in self.measures if row["goal_id"] == goal_id]
        if factor_id is not None:
            return [row for row in measures if row["success_factor_id"] == factor_id]
        return [row for row in measures if row["success_factor_id"] not in listed]

    def lines(self, measure_id: str) -> list[Row]:
        """The sex lines of a measure."""
        return [row for row in self.records if row["measure_id"] == measure_id]

    def results(self, measure_id: str) -> list[Row]:
        """The results of a measure that are the organisation's own, in figures or words.

        Forecasts are none, nor is a cell that says that there is no result.
        """
        return [
            row
            for row in self.outcomes
            if row["measure_id"] == measure_id
            and row["kind"] in (None, "outcome")
            and row["area"] is None
            and (row["value"] is not None or row["source"] != "table")
        ]


def rows_of(extract: ExtractReader, document_id: str) -> ReportRows:
    """The rows of the report with this id, in their order in the report."""
    rows = {
        name: [row for row in extract.rows(name) if row["document_id"] == document_id]
        for name in ("documents", "goals", "success_factors", "measures", "records", "outcomes")
    }
    goals = sorted(rows["goals"], key=_position)
    goal_ids = {row["goal_id"] for row in goals}
    measures = [
        row if row["goal_id"] in goal_ids else row | {"goal_id": None} for row in rows["measures"]
    ]
    factors = [
        row if row["goal_id"] in goal_ids else row | {"goal_id": None}
        for row in rows["success_factors"]
    ]
    without_goal = any(row["goal_id"] is None for row in (*measures, *factors))
    if without_goal or not goals:
        goals.append({"goal_id": None, "goal": "", "page": None})
    return ReportRows(
        rows["documents"][0],
        goals,
        sorted(factors, key=_position),
        sorted(measures, key=_position),
        rows["records"],
        rows["outcomes"],
    )


def _position(row: Row) -> tuple[Any, ...]:
    """Page, top of the box (points), then ids."""
    box = row["bbox"]
    return (
        row["page"],
        box[1] if box else 0.0,
        *[str(v) for k, v in row.items() if k.endswith("_id")],
    )
