"""Carries corrected values to the rows that repeat them: records, and totals that are checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from styrmatt.corrections.fields import CORRECTABLE, OUTCOME_COLUMNS
from styrmatt.normalize.corrections.rows import ReportRows
from styrmatt.normalize.gap import with_gap
from styrmatt.normalize.narrative.claims import with_new_count
from styrmatt.normalize.shown_outcome import may_be_shown, shown_outcome
from styrmatt.records import Outcome, Record

_FROM_DOCUMENT: Final = ("organisation", "organisation_code", "body", "period_end")
_FROM_MEASURE: Final = (
    "measure", "measure_number", "measure_kind", "board", "goal_id", "success_factor_id",
)  # fmt: skip
"""Columns of records that repeat those of their document and of their measure."""
_COMPARED: Final = frozenset(
    {
        "outcome_value", "outcome_unit", "target_value", "target_unit", "target_kind",
        "target_is_change", "better",
    }
)  # fmt: skip
"""Columns on which the gap between result and target depends."""
_COUNTED: Final = ("goals", "measures", "records")
"""Datasets whose rows are counted for what the report claims in ``claims``."""


def propagate(rows: ReportRows) -> None:
    """Change the rows that repeat values of changed rows, or are counted from them."""
    _update_records(rows)
    _update_results(rows)
    for record_id, names in rows.changed("records").items():
        if not _COMPARED.isdisjoint(names):
            again = with_gap(rows.get("records", record_id))
            rows.change("records", record_id, gap=again.gap, gap_reason=again.gap_reason)
    if any(rows.changed(dataset) for dataset in (*_COUNTED, "claims")):
        goals, measures, records = (rows.all(name) for name in _COUNTED)
        for claim in rows.all("claims"):
            rows.current["claims"][claim.claim_id] = with_new_count(claim, goals, measures, records)


def _update_records(rows: ReportRows) -> None:
    documents = rows.changed("documents")
    changed = {name: rows.changed(name) for name in ("goals", "success_factors", "measures")}
    targets = rows.changed("targets")
    for record in rows.all("records"):
        values: dict[str, Any] = {}
        if record.document_id in documents:
            document = rows.get("documents", record.document_id)
            values |= _repeated(document, documents[record.document_id], _FROM_DOCUMENT)
        if record.measure_id in changed["measures"]:
            measure = rows.get("measures", record.measure_id)
            names = changed["measures"][record.measure_id]
            values |= _repeated(measure, names, _FROM_MEASURE)
            if "board" in values:
                values |= _board_columns(rows, values["board"])
        values |= _goal_columns(rows, record, values, changed["goals"])
        values |= _factor_columns(rows, record, values, changed["success_factors"])
        if record.record_id in targets:
            target = rows.get("targets", record.record_id)
            values |= _repeated(target, targets[record.record_id], CORRECTABLE["targets"])
        if values:
            rows.change("records", record.record_id, **values)


def _repeated(row: Any, names: list[str], shared: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names if name in shared}


def _board_columns(rows: ReportRows, board: str | None) -> dict[str, Any]:
    """Code and source of a board; without one, those of the body whose report it is."""
    if board is not None:
        return {"board_code": board, "board_source": "correction"}
    of_body = (r.board_code for r in rows.read["records"].values() if r.board_source == "body")
    code = next(of_body, None)
    return {"board_code": code, "board_source": "body" if code else None}


def _goal_columns(
    rows: ReportRows, record: Record, values: dict[str, Any], changed: dict[str, list[str]]
) -> dict[str, Any]:
    goal_id = values.get("goal_id", record.goal_id)
    if "goal_id" not in values and goal_id not in changed:
        return {}
    goal = rows.get("goals", goal_id) if goal_id else None
    return {name: getattr(goal, name, None) for name in ("goal", "perspective")}


def _factor_columns(
    rows: ReportRows, record: Record, values: dict[str, Any], changed: dict[str, list[str]]
) -> dict[str, Any]:
    factor_id = values.get("success_factor_id", record.success_factor_id)
    if "success_factor_id" not in values and factor_id not in changed:
        return {}
    factor = rows.get("success_factors", factor_id) if factor_id else None
    return {"success_factor": getattr(factor, "success_factor", None)}


def _update_results(rows: ReportRows) -> None:
    """Set the results of records whose outcome, or whose sex, was changed."""
    outcomes = rows.changed("outcomes")
    affected = {_measure_and_sex(rows.get("outcomes", row_id)) for row_id in outcomes}
    affected |= {_measure_and_sex(r) for i, r in rows.read["outcomes"].items() if i in outcomes}
    sexes = {i for i, names in rows.changed("targets").items() if "sex" in names}
    current, read = rows.all("outcomes"), list(rows.read["outcomes"].values())
    for record in rows.all("records"):
        if _measure_and_sex(record) in affected or record.record_id in sexes:
            outcome = _to_show(record, rows, current, read, outcomes)
            names = {"bbox": "outcome_bbox", "source": "outcome_source", **OUTCOME_COLUMNS}
            values = {column: getattr(outcome, n, None) for n, column in names.items()}
            values |= _earlier_result(record, outcome, current)
            rows.change("records", record.record_id, **values)


def _to_show(
    record: Record,
    rows: ReportRows,
    current: list[Outcome],
    read: list[Outcome],
    changed: Mapping[str, Any],
) -> Outcome | None:
    """The result that a record is to show: a corrected one, else that which it showed, else any."""
    possible = [one for one in current if may_be_shown(one, record)]
    corrected = [one for one in possible if one.outcome_id in changed]
    before = shown_outcome(rows.as_read("records", record.record_id), read)
    same = [one for one in possible if before is not None and one.outcome_id == before.outcome_id]
    return next(iter([*reversed(corrected), *same, *reversed(possible)]), None)


def _earlier_result(
    record: Record, outcome: Outcome | None, current: list[Outcome]
) -> dict[str, Any]:
    """The earlier result where a row of its own states it, as columns of older years do."""
    if outcome is not None and outcome.previous_value is not None:
        return {}
    earlier = [
        one
        for one in current
        if _measure_and_sex(one) == _measure_and_sex(record)
        and (one.kind, one.area) == ("outcome", None)
        and one.value is not None
        and one.outcome_year is not None
        and one.outcome_year < record.fiscal_year
        and (outcome is None or outcome.value is None or one.unit == outcome.unit)
    ]
    if not earlier:
        return {}
    latest = max(earlier, key=lambda one: (one.outcome_year or 0, one.period is None))
    unit = (
        {} if outcome is not None and outcome.value is not None else {"outcome_unit": latest.unit}
    )
    return {"previous_value": latest.value, "previous_year": latest.outcome_year, **unit}


def _measure_and_sex(row: Outcome | Record) -> tuple[str, str]:
    return row.measure_id, row.sex
