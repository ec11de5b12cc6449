"""Applies corrections of links between years: which series a measure or a goal is of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple, TypeVar

from styrmatt.corrections.fields import LINK_FIELDS
from styrmatt.corrections.overrides import Override, concerning
from styrmatt.normalize.corrections.apply import (
    no_such_field,
    not_applied,
    row_of,
    with_corrections,
)
from styrmatt.normalize.issues import IssueBook
from styrmatt.normalize.series.decisions import OWN_SERIES, Decisions, followed_series
from styrmatt.records import Correction, Extract

Register = TypeVar("Register")
"""What linking returns beside the report; passed through."""
_ID_FIELDS: Final = {"series_id": "measure_id", "goal_series_id": "goal_id"}
"""The id of the row that each link field is of."""
_DATASET_IDS: Final = {
    "documents": "document_id",
    "goals": "goal_id",
    "success_factors": "success_factor_id",
    "measures": "measure_id",
    "records": "record_id",
    "outcomes": "outcome_id",
}
"""The id of each dataset, for saying what a row is that has no series."""


class _Refusal(NamedTuple):
    """Why an override is not applied, as an issue."""

    kind: str
    reason: str
    severity: str


def correct_links(
    extract: Extract,
    overrides: Iterable[Override],
    link: Callable[[Extract, Decisions], tuple[Extract, Register]],
) -> tuple[Extract, Register]:
    """The report linked with the decisions in ``overrides``, and what else ``link`` returns.

    The report is first linked without them: an override that was made against another series than
    the machine finds today is not applied, and leaves an issue.
    """
    of_links = [
        override
        for override in sorted(
            concerning(overrides, extract.document.document_id), key=lambda o: o.key
        )
        if override.field in LINK_FIELDS
    ]
    if not of_links:
        return link(extract, ())
    by_machine, register = link(extract, ())
    series_of = _series_by_row(by_machine)
    issues = IssueBook(extract.document.document_id, extract.document.fiscal_year)
    refusals: dict[tuple[str, str, str], _Refusal] = {}
    for override in of_links:
        refusal = _refusal(override, series_of, extract)
        if refusal is not None:
            refusals[override.key] = refusal
    confirmed = {o.key for o in of_links if o.value == o.machine_value}
    decisions = [
        (o.row_id, o.value) for o in of_links if o.key not in refusals and o.key not in confirmed
    ]
    linked, register = link(extract, decisions) if decisions else (by_machine, register)
    rows = []
    for override in of_links:
        series_id = series_of.get((override.field, override.row_id))
        applied = override.key not in refusals and _is_applied(override, linked)
        dataset = LINK_FIELDS[override.field] if series_id else None
        rows.append(row_of(override, extract, dataset, series_id, applied=applied))
        if override.key in refusals:
            kind, reason, severity = refusals[override.key]
            about: dict[str, Any] = (
                {_ID_FIELDS[override.field]: override.row_id} if series_id else {}
            )
            issues.note(kind, not_applied(override, reason), severity=severity, **about)
    changed = [row for row in rows if row.value != row.made_against]
    return with_corrections(_with_corrected_links(linked, changed), rows, issues), register


def _series_by_row(extract: Extract) -> dict[tuple[str, str], str | None]:
    """The series of each measure and goal, by link field and id."""
    of_measures = {("series_id", row.measure_id): row.series_id for row in extract.measures}
    of_goals = {("goal_series_id", row.goal_id): row.goal_series_id for row in extract.goals}
    return of_measures | of_goals


def _refusal(
    override: Override, series_of: Mapping[tuple[str, str], str | None], extract: Extract
) -> _Refusal | None:
    """Why an override is not to be applied; None where it is.

    Raises CorrectionsFileError where the row is one that has no such field.
    """
    if (override.field, override.row_id) not in series_of:
        ids = {getattr(row, key): d for d, key in _DATASET_IDS.items() for row in extract.rows(d)}
        if override.row_id in ids:
            raise no_such_field(override, [ids[override.row_id]])
        reason = f"No row of the report has the id {override.row_id}"
        return _Refusal("correction_unused", reason, "warning")
    series_id = series_of[(override.field, override.row_id)]
    if series_id == override.value == override.machine_value:
        return None  # a person looked, and it is right
    if series_id == override.value:
        reason = f"The machine finds the series {series_id} now, too"
        return _Refusal("correction_unused", reason, "info")
    if series_id != override.machine_value:
        reason = f"The machine finds the series {series_id} now, not {override.machine_value}"
        return _Refusal("correction_outdated", reason, "warning")
    return None


def _is_applied(override: Override, linked: Extract) -> bool:
    if followed_series(override.value) is not None:
        return not any(
            issue.kind == "series_decision_gone"
            and override.row_id in (issue.measure_id, issue.goal_id)
            for issue in linked.issues
        )
    on_its_own = override.value in (None, OWN_SERIES)
    return (
        on_its_own
        or _series_by_row(linked).get((override.field, override.row_id)) == override.value
    )


def _with_corrected_links(extract: Extract, rows: Sequence[Correction]) -> Extract:
    """The report with each applied link listed in the ``corrected`` column of its rows."""
    applied = {(row.field, row.row_id) for row in rows if row.applied}

    def with_field(row: Any, field: str, item_id: str) -> Any:
        if (field, item_id) not in applied:
            return row
        return replace(row, corrected=tuple(sorted({*row.corrected, field})))

    return replace(
        extract,
        measures=tuple(with_field(m, "series_id", m.measure_id) for m in extract.measures),
        records=tuple(with_field(r, "series_id", r.measure_id) for r in extract.records),
        goals=tuple(with_field(g, "goal_series_id", g.goal_id) for g in extract.goals),
    )
