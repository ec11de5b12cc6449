"""Made-up reports for tests of what happens between years: a row is a measure and its place."""

from __future__ import annotations

import dataclasses
import hashlib
from dataclasses import dataclass
from typing import Any

from conftest import make_extract

from styrmatt.records import Extract


@dataclass(frozen=True)
class Row:
    """A measure of a made-up report."""

    name: str
    factor: str = "Bussen kommer i tid"
    goal: str = "Resan är trygg"
    target: str | None = "Öka"
    unit: str | None = None
    kind: str = "direction"
    board: str | None = "RS"
    perspective: str | None = "Samhälle"


def report(
    year: int,
    *rows: Row | str,
    organisation: str = "Region Tallmo",
    body: str = "",
    kind: str = "annual",
) -> Extract:
    """A report with these measures; a name alone is a row of its own kind."""
    document_id = f"{organisation.lower().replace(' ', '-')}-{body}{year}-{kind}"
    sha256 = hashlib.sha256(document_id.encode()).hexdigest()
    base = make_extract(document_id, year=year, source_sha256=sha256)
    document = dataclasses.replace(base.document, organisation=organisation, report_kind=kind)
    goals: dict[str, Any] = {}
    measures, records = [], []
    for row in (row if isinstance(row, Row) else Row(row) for row in rows):
        goal_id = ident("g", document_id, row.goal)
        goals[goal_id] = dataclasses.replace(
            base.goals[0], goal_id=goal_id, goal=row.goal, perspective=row.perspective
        )
        measure_id = ident("m", document_id, row.name, row.goal, row.factor, row.board)
        ids = {"measure_id": measure_id, "goal_id": goal_id, "success_factor_id": None}
        named = {"measure": row.name, "measure_raw": row.name, "board": row.board}
        measures.append(dataclasses.replace(base.measures[0], **ids, **named))
        records.append(
            dataclasses.replace(
                base.records[0],
                **ids,
                **named,
                record_id=f"{measure_id}-T",
                sex="T",
                organisation=organisation,
                goal=row.goal,
                perspective=row.perspective,
                success_factor=row.factor,
                board_code=row.board,
                target_text=row.target,
                target_kind=row.kind,
                target_unit=row.unit,
                target_value=None,
                target_components=(),
            )
        )
    return dataclasses.replace(
        base,
        document=document,
        goals=tuple(goals.values()),
        success_factors=(),
        measures=tuple(measures),
        records=tuple(records),
        targets=(),
        outcomes=(),
        claims=(),
        narratives=(),
        issues=(),
    )


def ident(prefix: str, *parts: str | None) -> str:
    """An id from content."""
    return prefix + hashlib.sha256(repr(parts).encode()).hexdigest()[:10]


def series_by_name(extract: Extract) -> dict[str, str | None]:
    """The series of each measure of a report, by its name."""
    return {measure.measure: measure.series_id for measure in extract.measures}
