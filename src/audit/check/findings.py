"""Making findings: both places, both quotes, an id from the content."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from styrmatt.audit.check.checked_report import CheckedReport
from styrmatt.records import Finding, Record
from styrmatt.whitespace import squeeze

_DIGITS = 14
_LONGEST = 600


@dataclass(frozen=True, slots=True)
class FindingPlace:
    """A quote and the page where it stands."""

    text: str
    page: int


def table_place(line: Record, cell: str | None = None) -> FindingPlace:
    """The line of the table as a quote: measure, sex, target, and the cell that is meant."""
    sex = f" [{line.sex}]" if line.sex != "T" else ""
    target = f", target {line.target_text}" if line.target_text else ""
    mark = f", {cell}" if cell else ""
    return FindingPlace(f"{line.measure}{sex}{target}{mark}", line.page)


def finding(
    report: CheckedReport,
    kind: str,
    severity: str,
    message: str,
    first: FindingPlace,
    other: FindingPlace | None = None,
    **ids: Any,
) -> Finding:
    """A finding of a report; ``ids`` may hold the id columns and sex."""
    parts = (
        report.document_id,
        kind,
        first.text,
        other.text if other else "",
        *map(str, ids.values()),
    )
    digest = hashlib.sha256("\x1f".join(map(squeeze, parts)).encode()).hexdigest()
    return Finding(
        finding_id=f"x-{digest[:_DIGITS]}",
        document_id=report.document_id,
        fiscal_year=report.fiscal_year,
        kind=kind,
        severity=severity,
        message=message,
        text=_short(first.text),
        page=first.page,
        other_text=_short(other.text) if other else None,
        other_page=other.page if other else None,
        **ids,
    )


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
