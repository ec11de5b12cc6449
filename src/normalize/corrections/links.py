"""Applies what people say of links between years: which series a measure or a goal is of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, Final, TypeVar

from styrmatt.corrections.fields import LINK_FIELDS
from styrmatt.corrections.overrides import Override, concerning
from styrmatt.normalize.corrections.apply import (
    no_such_field,
    not_applied,
    row_of,
    with_corrections,
)
from styrmatt.normalize.issues import IssueBook
from styrmatt.records import Correction, Extract

Register = TypeVar("Register")
Decisions = Sequence[tuple[str, str | None]]
"""(measure or goal id, series id or "own"): what the linking is told."""
_ITEMS: Final = {"series_id": "measure_id", "goal_series_id": "goal_id"}


def correct_links(
    extract: Extract,
    rulings: Iterable[Override],
    link: Callable[[Extract, Decisions], tuple[Extract, Register]],
) -> tuple[Extract, Register]:
    """The report as ``link`` links it where it is told what people said, and what else it gives.

    What the machine would do is asked first: a ruling that was made against another series than
    the machine finds today is not passed on, and leaves an issue.
    """
    ours = [
        ruling
        for ruling in sorted(concerning(rulings, extract.document.document_id), key=_key)
        if ruling.field in LINK_FIELDS
    ]
    if not ours:
        return link(extract, ())
    machine, register = link(extract, ())
    series_of = _series(machine)
    issues = IssueBook(extract.document.document_id, extract.document.fiscal_year)
    judged = {ruling.key: _refusal(ruling, series_of, extract) for ruling in ours}
    refused = {key: why for key, why in judged.items() if why is not None}
    decisions = [(r.row_id, r.value) for r in ours if r.key not in refused]
    linked, register = link(extract, decisions) if decisions else (machine, register)
    rows = []
    for ruling in ours:
        now = series_of.get((ruling.field, ruling.row_id))
        applied = ruling.key not in refused and _is_done(ruling, linked)
        dataset = LINK_FIELDS[ruling.field] if now else None
        rows.append(row_of(ruling, extract, dataset, now, applied=applied))
        if ruling.key in refused:
            kind, said, severity = refused[ruling.key]
            about: dict[str, Any] = {_ITEMS[ruling.field]: ruling.row_id} if now else {}
            issues.note(kind, not_applied(ruling, said), severity=severity, **about)
    return with_corrections(_marked(linked, rows), rows, issues), register


def _series(extract: Extract) -> dict[tuple[str, str], str | None]:
    """The series of each measure and goal, by field and id."""
    made = {("series_id", row.measure_id): row.series_id for row in extract.measures}
    return made | {("goal_series_id", row.goal_id): row.goal_series_id for row in extract.goals}


def _refusal(
    ruling: Override, series_of: dict[tuple[str, str], str | None], extract: Extract
) -> tuple[str, str, str] | None:
    """Kind, sentence and severity of the issue where a ruling is not to be applied."""
    if (ruling.field, ruling.row_id) not in series_of:
        ids = {getattr(row, key): d for d, key in _KEYS.items() for row in extract.rows(d)}
        if ruling.row_id in ids:
            raise no_such_field(ruling, [ids[ruling.row_id]])
        return "correction_unused", f"No row of the report has the id {ruling.row_id}", "warning"
    now = series_of[(ruling.field, ruling.row_id)]
    if now == ruling.value:
        return "correction_unused", f"The machine finds the series {now} now, too", "info"
    if now != ruling.machine_value:
        said = f"The machine finds the series {now} now, not {ruling.machine_value}"
        return "correction_outdated", said, "warning"
    return None


_KEYS: Final = {
    "documents": "document_id",
    "goals": "goal_id",
    "success_factors": "success_factor_id",
    "measures": "measure_id",
    "records": "record_id",
    "outcomes": "outcome_id",
}


def _is_done(ruling: Override, linked: Extract) -> bool:
    alone = ruling.value in (None, "own")
    return alone or _series(linked).get((ruling.field, ruling.row_id)) == ruling.value


def _marked(extract: Extract, rows: Sequence[Correction]) -> Extract:
    """The report with the corrected links said of their rows."""
    done = {(row.field, row.row_id) for row in rows if row.applied}

    def marked(row: Any, field: str, item_id: str) -> Any:
        if (field, item_id) not in done:
            return row
        return replace(row, corrected=tuple(sorted({*row.corrected, field})))

    return replace(
        extract,
        measures=tuple(marked(m, "series_id", m.measure_id) for m in extract.measures),
        records=tuple(marked(r, "series_id", r.measure_id) for r in extract.records),
        goals=tuple(marked(g, "goal_series_id", g.goal_id) for g in extract.goals),
    )


def _key(ruling: Override) -> tuple[str, str, str]:
    return ruling.key
