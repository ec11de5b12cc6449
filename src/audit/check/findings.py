"""Makes findings: two places with their quotes, and an id derived from the content."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, Final, Literal

from styrmatt.audit.check.checked_report import CheckedReport
from styrmatt.records import Finding, Record
from styrmatt.whitespace import squeeze

Severity = Literal["info", "warning", "error"]
"""As in :data:`styrmatt.records.SEVERITIES`."""
_ID_DIGITS: Final = 14
"""Hex digits of a finding's id: 56 bits tell apart any number of findings of one root. Changing it
changes the id of every finding."""
_MAX_QUOTE_CHARS: Final = 600
"""Characters of a quote that are kept: several sentences, enough to find the place. A paragraph
that stands in two sections can fill half a page."""


@dataclass(frozen=True, slots=True)
class FindingPlace:
    """A quote and its page."""

    text: str
    page: int


def table_place(line: Record, cell: str | None = None) -> FindingPlace:
    """A line of a measure table as a quote: measure, sex, target, and ``cell`` if given."""
    sex = f" [{line.sex}]" if line.sex != "T" else ""
    target = f", target {line.target_text}" if line.target_text else ""
    quoted_cell = f", {cell}" if cell else ""
    return FindingPlace(f"{line.measure}{sex}{target}{quoted_cell}", line.page)


def finding(
    report: CheckedReport,
    kind: str,
    severity: Severity,
    message: str,
    first: FindingPlace,
    other: FindingPlace | None = None,
    **ids: Any,
) -> Finding:
    """A finding of a report; ``ids`` are id columns and sex, by name."""
    parts = (
        report.document_id,
        kind,
        first.text,
        other.text if other else "",
        *map(str, ids.values()),
    )
    digest = hashlib.sha256("\x1f".join(map(squeeze, parts)).encode()).hexdigest()
    return Finding(
        finding_id=f"x-{digest[:_ID_DIGITS]}",
        document_id=report.document_id,
        fiscal_year=report.fiscal_year,
        kind=kind,
        severity=severity,
        message=message,
        text=_shortened(first.text),
        page=first.page,
        other_text=_shortened(other.text) if other else None,
        other_page=other.page if other else None,
        **ids,
    )


def _shortened(text: str) -> str:
    if len(text) <= _MAX_QUOTE_CHARS:
        return text
    return text[: _MAX_QUOTE_CHARS - 1].rstrip() + "…"
