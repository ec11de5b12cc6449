"""Marks against words: the status a mark shows, and the one the text states of the same thing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from styrmatt.audit.check.basis.checked_report import CheckedReport
from styrmatt.audit.check.basis.findings import (
    Severity,
    assessment_place,
    finding,
    goal_place,
    mark_place,
    result_place,
    status_words,
)
from styrmatt.audit.check.basis.measure_words import MeasureWords
from styrmatt.records import Finding, Outcome, Record

_MIN_NAME_COVERAGE: Final = 0.3
"""Share of a measure's name, by weight, from which on a sentence without a result is about it.
Names are paraphrased in running text, so that most of a name is too much to ask; with less, one
common word of the name is enough."""


def check_marks(report: CheckedReport) -> Iterator[Finding]:
    """A finding for each goal and each table line whose mark the words contradict."""
    yield from _goal_marks(report)
    index = report.words
    for lines in report.lines.values():
        for line in lines:
            stated = _stated_result(report, line, index)
            if stated is not None and not _compatible(line.status, stated.status_stated):
                yield finding(
                    report,
                    "marker_against_words",
                    severity(line.status, stated.status_stated),
                    f"The mark shows {status_words(line.status)}, "
                    f"the text says {status_words(stated.status_stated)}.",
                    mark_place(line),
                    result_place(report, stated),
                    goal_id=line.goal_id,
                    measure_id=line.measure_id,
                    record_id=line.record_id,
                    sex=line.sex,
                )


def severity(first: str | None, second: str | None) -> Severity:
    """The severity of two statuses that differ: met against not met is an error."""
    return "error" if {first, second} == {"met", "not_met"} else "warning"


def _goal_marks(report: CheckedReport) -> Iterator[Finding]:
    for goal in report.extract.goals:
        mark, words = goal.assessment_marker, goal.assessment_stated
        if mark and words and mark != words:
            yield finding(
                report,
                "marker_against_words",
                severity(mark, words),
                f"The goal's mark shows {status_words(mark)}, the text says {status_words(words)}.",
                goal_place(goal, mark),
                assessment_place(report, goal),
                goal_id=goal.goal_id,
            )


def _compatible(mark: str | None, words: str | None) -> bool:
    """Whether a line's mark and words agree. A target "nearly met" is also called not met."""
    return mark == words or (mark, words) == ("partly_met", "not_met")


def _stated_result(report: CheckedReport, line: Record, index: MeasureWords) -> Outcome | None:
    """A stated result for the line's sex; None without one, or where several disagree."""
    if line.status in (None, "not_assessed"):
        return None
    stated = [
        outcome
        for outcome in report.outcomes[line.measure_id]
        if outcome.sex == line.sex and outcome.status_stated and _is_sure(report, outcome, index)
    ]
    return stated[0] if len({outcome.status_stated for outcome in stated}) == 1 else None


def _is_sure(report: CheckedReport, outcome: Outcome, index: MeasureWords) -> bool:
    """Whether a statement is surely about its measure.

    It has a result, names the measure, or stands in the measure's own section.
    """
    if outcome.value is not None or outcome.change is not None:
        return True
    if index.coverage(outcome.measure_id, index.content_words(outcome.text)) >= _MIN_NAME_COVERAGE:
        return True
    return any(
        outcome.text in (narrative.text or "")
        for narrative in report.extract.narratives
        if narrative.measure_id == outcome.measure_id
    )
