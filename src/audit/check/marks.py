"""Marks against words: what a mark shows and what the text says of the same goal or measure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from styrmatt.audit.check.checked_report import CheckedReport
from styrmatt.audit.check.findings import FindingPlace, finding, table_place
from styrmatt.audit.check.measure_words import MeasureWords
from styrmatt.records import Finding, Outcome, Record

_NAMED: Final = 0.3  # of the measure's name, from which on a sentence without a result is about it


def check_marks(report: CheckedReport) -> Iterator[Finding]:
    """A finding for each goal and each line of a table whose mark the words contradict."""
    yield from _goals(report)
    index = MeasureWords(report.extract.measures, report.vocabulary.checks)
    for lines in report.lines.values():
        for line in lines:
            said = _said(report, line, index)
            if said is not None and not _compatible(line.status, said.status_stated):
                yield finding(
                    report,
                    "marker_against_words",
                    severity(line.status, said.status_stated),
                    f"The mark shows {status_words(line.status)}, "
                    f"the text says {status_words(said.status_stated)}.",
                    table_place(line, f"mark {status_words(line.status)}"),
                    FindingPlace(said.text, said.page),
                    goal_id=line.goal_id,
                    measure_id=line.measure_id,
                    record_id=line.record_id,
                    sex=line.sex,
                )


def severity(first: str | None, second: str | None) -> str:
    """How bad it is that two statuses differ: met against not met is an error."""
    return "error" if {first, second} == {"met", "not_met"} else "warning"


def status_words(status: str | None) -> str:
    """A status in words."""
    return (status or "nothing").replace("_", " ")


def _goals(report: CheckedReport) -> Iterator[Finding]:
    for goal in report.extract.goals:
        mark, words = goal.assessment_marker, goal.assessment_stated
        if mark and words and mark != words:
            yield finding(
                report,
                "marker_against_words",
                severity(mark, words),
                f"The goal's mark shows {status_words(mark)}, the text says {status_words(words)}.",
                FindingPlace(f"{goal.goal}, mark {status_words(mark)}", goal.page),
                FindingPlace(goal.assessment_text or "", goal.assessment_page or goal.page),
                goal_id=goal.goal_id,
            )


def _compatible(mark: str | None, words: str | None) -> bool:
    """Whether a line's mark and words may stand together: "nearly" is a target not met, too."""
    return mark == words or (mark, words) == ("partly_met", "not_met")


def _said(report: CheckedReport, line: Record, index: MeasureWords) -> Outcome | None:
    """The statement about a line's very sex that its mark can be compared with."""
    if line.status in (None, "not_assessed"):
        return None
    said = [
        outcome
        for outcome in report.outcomes[line.measure_id]
        if outcome.sex == line.sex and outcome.status_stated and _is_sure(report, outcome, index)
    ]
    if len({outcome.status_stated for outcome in said}) != 1:
        return None
    return said[0]


def _is_sure(report: CheckedReport, outcome: Outcome, index: MeasureWords) -> bool:
    """Whether a statement has a result, names its measure, or stands in its own section."""
    if outcome.value is not None or outcome.change is not None:
        return True
    if index.coverage(outcome.measure_id, index.telling(outcome.text)) >= _NAMED:
        return True
    own = (n.text or "" for n in report.extract.narratives if n.measure_id == outcome.measure_id)
    return any(outcome.text in text for text in own)
