"""Results against targets: whether mark and words say what the figures say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from styrmatt.audit.check.checked_report import CheckedReport
from styrmatt.audit.check.findings import FindingPlace, finding, table_place
from styrmatt.audit.check.marks import status_words
from styrmatt.records import Finding, Outcome, Record

_HIGHER: Final = {"ge": True, "gt": True, "le": False, "lt": False}
_WAYS: Final = {
    "increase": {"increased": True, "decreased": False, "unchanged": False},
    "decrease": {"increased": False, "decreased": True, "unchanged": False},
}
_SURE: Final = ("met", "not_met")


@dataclass(frozen=True, slots=True)
class _Case:
    """A line with its result and its mark: by it one can tell which way is better."""

    report: CheckedReport
    line: Record
    outcome: Outcome
    higher: bool


def check_results(reports: Sequence[CheckedReport]) -> Iterator[Finding]:
    """A finding for each line where result and target say another thing than mark or words.

    Where neither table nor text says which way is better, the marks of the same measure say it:
    those of its other lines, and those of the other years.
    """
    cases: dict[tuple[str, ...], list[_Case]] = {}
    for report in reports:
        for case in _cases(report):
            key = report.key(case.line.measure_id)
            cases.setdefault(key, []).append(case)
    for report in reports:
        for line, outcome in _results(report):
            known = cases.get(report.key(line.measure_id), [])
            yield from _compare(report, line, outcome, known)


def _results(report: CheckedReport) -> Iterator[tuple[Record, Outcome]]:
    """The lines with their results for their own year, where the report gives one."""
    for lines in report.lines.values():
        for line in lines:
            own = [
                o
                for o in report.outcomes[line.measure_id]
                if o.sex == line.sex and o.outcome_year in (None, line.fiscal_year)
            ]
            if len({(o.value, o.unit) for o in own if o.value is not None}) <= 1:
                yield from ((line, outcome) for outcome in own)


def _cases(report: CheckedReport) -> Iterator[_Case]:
    for line, outcome in _results(report):
        value, target = outcome.value, line.target_value
        if line.status in _SURE and comparable(line, outcome) and value != target:
            above = value is not None and target is not None and value > target
            yield _Case(report, line, outcome, above == (line.status == "met"))


def _compare(
    report: CheckedReport, line: Record, outcome: Outcome, cases: Sequence[_Case]
) -> Iterator[Finding]:
    reached, case = is_reached(line, outcome), None
    if reached is None:
        case = _precedent(line, outcome, cases)
        reached = _beyond(line, outcome, case.higher) if case else None
    words = outcome.status_stated
    if case is not None:
        if reached is False and line.status == "met":  # the other line's finding would be the same
            yield _against(report, line, outcome, case)
        return
    for kind, side, status in (
        ("result_against_marker", "mark", line.status),
        ("result_against_words", "text", words),
    ):
        if reached is None or status not in _SURE or reached == (status == "met"):
            continue
        result = f"{outcome.value:g}" if outcome.value is not None else str(outcome.change)
        yield finding(
            report,
            kind,
            "error",
            f"The result {result} {'reaches' if reached else 'does not reach'} the target "
            f"{line.target_text}, but the {side} says {status_words(status)}.",
            FindingPlace(outcome.text, outcome.page),
            table_place(line, f"mark {status_words(line.status)}" if side == "mark" else None),
            goal_id=line.goal_id,
            measure_id=line.measure_id,
            record_id=line.record_id,
            sex=line.sex,
        )


def comparable(line: Record, outcome: Outcome) -> bool:
    """Whether a line's target is one figure in the unit of the result."""
    return (
        line.target_kind == "threshold"
        and line.target_value is not None
        and outcome.value is not None
        and line.target_unit == outcome.unit
        and len(line.target_components) <= 1
    )


def is_reached(line: Record, outcome: Outcome) -> bool | None:
    """Whether a result reaches its target; None where nothing says which way is better."""
    if line.target_kind == "direction" and line.target_direction in _WAYS:
        return _WAYS[line.target_direction].get(_change(outcome) or "")
    if not comparable(line, outcome):
        return None
    higher = _HIGHER.get(line.target_comparator or "")
    if higher is None and line.better is not None:
        higher = line.better == "higher"
    return None if higher is None else _beyond(line, outcome, higher)


def _beyond(line: Record, outcome: Outcome, higher: bool) -> bool | None:
    value, target = outcome.value, line.target_value
    if value is None or target is None:
        return None
    if value == target:
        return line.target_comparator not in ("gt", "lt")
    return (value > target) == higher


def _change(outcome: Outcome) -> str | None:
    """How a result changed; None where words and figures do not say the same."""
    value, previous = outcome.value, outcome.previous_value
    if value is None or previous is None:
        return outcome.change
    way = "increased" if value > previous else "decreased" if value < previous else "unchanged"
    return way if outcome.change in (None, way) else None


def _precedent(line: Record, outcome: Outcome, cases: Sequence[_Case]) -> _Case | None:
    """Another line or year of the same measure that says which way is better, if all agree."""
    others = [case for case in cases if case.line.record_id != line.record_id]
    if not comparable(line, outcome) or len({case.higher for case in others}) != 1:
        return None
    return others[0]


def _against(report: CheckedReport, line: Record, outcome: Outcome, case: _Case) -> Finding:
    """The finding that a line is marked met and another, no worse one is not."""
    made = finding(
        report,
        "result_against_marker",
        "warning",
        f"The result {outcome.value:g} against {line.target_text} is marked met, while in "
        f"{case.report.fiscal_year} {case.outcome.value:g} against {case.line.target_text} is "
        f"marked {status_words(case.line.status)}.",
        FindingPlace(outcome.text, outcome.page),
        table_place(case.line, f"mark {status_words(case.line.status)}"),
        goal_id=line.goal_id,
        measure_id=line.measure_id,
        record_id=line.record_id,
        sex=line.sex,
    )
    elsewhere = case.report.document_id != report.document_id
    return replace(made, other_document_id=case.report.document_id) if elsewhere else made
