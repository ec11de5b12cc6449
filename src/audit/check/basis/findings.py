"""Makes findings: two places with their quotes, and an id derived from the content."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, Final, Literal

from styrmatt.audit.check.basis.checked_report import CheckedReport, ReportSentence
from styrmatt.printed import Bbox
from styrmatt.records import Finding, Goal, Outcome, Record
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
    """A quote, its page and its box."""

    text: str
    page: int
    bbox: Bbox | None = None


def table_place(line: Record, cell: str | None = None, bbox: Bbox | None = None) -> FindingPlace:
    """A line of a measure table as a quote: measure, sex, target, and ``cell`` if given.

    ``bbox`` is the box of that cell; without one the place has the box of the line.
    """
    target = f", target {line.target_text}" if line.target_text else ""
    quoted_cell = f", {cell}" if cell else ""
    text = f"{line.measure}{_sex(line.sex)}{target}{quoted_cell}"
    return FindingPlace(text, line.page, bbox or line.bbox)


def name_place(report: CheckedReport, line: Record) -> FindingPlace:
    """The name of a line's measure."""
    measure = report.measures[line.measure_id]
    return FindingPlace(measure.measure, measure.page, measure.bbox)


def mark_place(line: Record) -> FindingPlace:
    """A line of a measure table with what its status mark shows, and the mark's box."""
    return table_place(line, f"mark {status_words(line.status)}", line.status_bbox)


def result_place(report: CheckedReport, outcome: Outcome) -> FindingPlace:
    """A stated result: its sentences; a cell with the measure, sex, year, period and area."""
    if outcome.source == "narrative":
        box = outcome.bbox or report.box_of(outcome.text, outcome.page)
        return FindingPlace(outcome.text, outcome.page, box)
    head = (outcome.outcome_year, outcome.period, outcome.area)
    of = " ".join(str(part) for part in head if part is not None)
    name = report.measures[outcome.measure_id].measure
    text = f"{name}{_sex(outcome.sex)}{f', {of}' if of else ''}: {outcome.text}"
    return FindingPlace(text, outcome.page, outcome.bbox)


def sentence_place(sentence: ReportSentence) -> FindingPlace:
    """A sentence of a narrative."""
    return FindingPlace(sentence.text, sentence.page, sentence.bbox)


def goal_place(goal: Goal, mark: str | None) -> FindingPlace:
    """A goal's line in the overview with what its mark shows, and the mark's box."""
    text = f"{goal.goal}, mark {status_words(mark)}"
    return FindingPlace(text, goal.page, goal.assessment_bbox or goal.bbox)


def assessment_place(report: CheckedReport, goal: Goal) -> FindingPlace:
    """The sentence that says how a goal went."""
    text, page = goal.assessment_text or "", goal.assessment_page or goal.page
    return FindingPlace(text, page, goal.assessment_text_bbox or report.box_of(text, page))


def status_words(status: str | None) -> str:
    """A status as it is printed in messages."""
    return (status or "nothing").replace("_", " ")


def _sex(sex: str) -> str:
    return f" [{sex}]" if sex != "T" else ""


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
        bbox=first.bbox,
        other_text=_shortened(other.text) if other else None,
        other_page=other.page if other else None,
        other_bbox=other.bbox if other else None,
        **ids,
    )


def _shortened(text: str) -> str:
    if len(text) <= _MAX_QUOTE_CHARS:
        return text
    return text[: _MAX_QUOTE_CHARS - 1].rstrip() + "…"
