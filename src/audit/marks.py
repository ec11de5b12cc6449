"""Marks against words: what a mark shows and what the text says of the same goal or measure."""

from __future__ import annotations

from collections.abc import Iterator

from styrmatt.audit.extracts import Report
from styrmatt.audit.findings import Place, finding, table_place
from styrmatt.records import Finding, Outcome, Record


def check_marks(report: Report) -> Iterator[Finding]:
    """A finding for each goal and each line of a table whose mark the words contradict."""
    yield from _goals(report)
    for lines in report.lines.values():
        for line in lines:
            said = _said(report, line)
            if said is not None and not _compatible(line.status, said.status_stated):
                yield finding(
                    report,
                    "marker_against_words",
                    severity(line.status, said.status_stated),
                    f"The mark shows {readable(line.status)}, "
                    f"the text says {readable(said.status_stated)}.",
                    table_place(line, f"mark {readable(line.status)}"),
                    Place(said.text, said.page),
                    goal_id=line.goal_id,
                    measure_id=line.measure_id,
                    record_id=line.record_id,
                    sex=line.sex,
                )


def severity(first: str | None, second: str | None) -> str:
    """How bad it is that two statuses differ: met against not met is an error."""
    return "error" if {first, second} == {"met", "not_met"} else "warning"


def readable(status: str | None) -> str:
    """A status in words."""
    return (status or "nothing").replace("_", " ")


def _goals(report: Report) -> Iterator[Finding]:
    for goal in report.extract.goals:
        mark, words = goal.assessment_marker, goal.assessment_stated
        if mark and words and mark != words:
            yield finding(
                report,
                "marker_against_words",
                severity(mark, words),
                f"The goal's mark shows {readable(mark)}, the text says {readable(words)}.",
                Place(f"{goal.goal}, mark {readable(mark)}", goal.page),
                Place(goal.assessment_text or "", goal.assessment_page or goal.page),
                goal_id=goal.goal_id,
            )


def _compatible(mark: str | None, words: str | None) -> bool:
    """Whether a line's mark and words may stand together: "nearly" is a target not met, too."""
    return mark == words or (mark, words) == ("partly_met", "not_met")


def _said(report: Report, line: Record) -> Outcome | None:
    """The statement about a line's very sex that its mark can be compared with."""
    if line.status in (None, "not_assessed"):
        return None
    said = [o for o in report.outcomes[line.measure_id] if o.sex == line.sex and o.status_stated]
    if len({outcome.status_stated for outcome in said}) != 1:
        return None
    return said[0]
