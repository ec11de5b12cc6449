"""Results against targets: whether mark and words agree with the figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from styrmatt.audit.check.basis.checked_report import CheckedReport
from styrmatt.audit.check.basis.findings import (
    finding,
    mark_place,
    result_place,
    status_words,
    table_place,
)
from styrmatt.records import Finding, Outcome, Record

_HIGHER_IS_BETTER: Final = {"ge": True, "gt": True, "le": False, "lt": False}
_REACHED_BY_CHANGE: Final = {
    "increase": {"increased": True, "decreased": False, "unchanged": False},
    "decrease": {"increased": False, "decreased": True, "unchanged": False},
}
"""By a target's direction: whether a change of the result reaches it."""
_DECIDED: Final = ("met", "not_met")
"""Statuses that say whether a target is reached. Partly met and not assessed fit any result."""


@dataclass(frozen=True, slots=True)
class _MarkedResult:
    """A line whose result and mark together tell which way is better."""

    report: CheckedReport
    line: Record
    outcome: Outcome
    higher_is_better: bool


def check_results(reports: Sequence[CheckedReport]) -> Iterator[Finding]:
    """A finding for each line whose mark or words contradict its result and target.

    Where neither table nor text tells which way is better, the marks of the measure's other lines
    and of other years do.
    """
    marked: dict[tuple[str, ...], list[_MarkedResult]] = {}
    for report in reports:
        for case in marked_results(report):
            key = report.key_over_years(case.line.measure_id)
            marked.setdefault(key, []).append(case)
    for report in reports:
        for line, outcome in _results(report):
            cases = marked.get(report.key_over_years(line.measure_id), [])
            yield from _compare(report, line, outcome, cases)


def _results(report: CheckedReport) -> Iterator[tuple[Record, Outcome]]:
    """Lines with their results for the report's year; none where two values are given."""
    for lines in report.lines.values():
        for line in lines:
            outcomes = [
                o
                for o in report.outcomes[line.measure_id]
                if o.sex == line.sex and o.outcome_year in (None, line.fiscal_year)
            ]
            if len({(o.value, o.unit) for o in outcomes if o.value is not None}) <= 1:
                yield from ((line, outcome) for outcome in outcomes)


def marked_results(report: CheckedReport) -> Iterator[_MarkedResult]:
    """The lines whose mark, result and target show which way is better."""
    for line, outcome in _results(report):
        value, target = outcome.value, line.target_value
        if line.status in _DECIDED and comparable(line, outcome) and value != target:
            above = value is not None and target is not None and value > target
            yield _MarkedResult(report, line, outcome, above == (line.status == "met"))


def _compare(
    report: CheckedReport, line: Record, outcome: Outcome, cases: Sequence[_MarkedResult]
) -> Iterator[Finding]:
    reached, case = is_reached(line, outcome), None
    if reached is None:
        case = _precedent(line, outcome, cases)
        reached = _beyond(line, outcome, case.higher_is_better) if case else None
    if case is not None:
        # The other way round, the finding of the other line says the same.
        if reached is False and line.status == "met":
            yield _contradicted_mark(report, line, outcome, case)
        return
    for kind, side, status in (
        ("result_against_marker", "mark", line.status),
        ("result_against_words", "text", outcome.status_stated),
    ):
        if reached is None or status not in _DECIDED or reached == (status == "met"):
            continue
        result = f"{outcome.value:g}" if outcome.value is not None else str(outcome.change)
        yield finding(
            report,
            kind,
            "error",
            f"The result {result} {'reaches' if reached else 'does not reach'} the target "
            f"{line.target_text}, but the {side} says {status_words(status)}.",
            result_place(report, outcome),
            mark_place(line) if side == "mark" else table_place(line),
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
    if line.target_kind == "direction" and line.target_direction in _REACHED_BY_CHANGE:
        return _REACHED_BY_CHANGE[line.target_direction].get(_change(outcome) or "")
    if not comparable(line, outcome):
        return None
    higher_is_better = _HIGHER_IS_BETTER.get(line.target_comparator or "")
    if higher_is_better is None and line.better is not None:
        higher_is_better = line.better == "higher"
    return None if higher_is_better is None else _beyond(line, outcome, higher_is_better)


def _beyond(line: Record, outcome: Outcome, higher_is_better: bool) -> bool | None:
    """Whether a result reaches its target; None where either is not a figure."""
    value, target = outcome.value, line.target_value
    if value is None or target is None:
        return None
    if value == target:
        return line.target_comparator not in ("gt", "lt")
    return (value > target) == higher_is_better


def _change(outcome: Outcome) -> str | None:
    """How a result changed; None where words and figures contradict each other."""
    value, previous = outcome.value, outcome.previous_value
    if value is None or previous is None:
        return outcome.change
    computed = "increased" if value > previous else "decreased" if value < previous else "unchanged"
    return computed if outcome.change in (None, computed) else None


def _precedent(
    line: Record, outcome: Outcome, cases: Sequence[_MarkedResult]
) -> _MarkedResult | None:
    """Another line or year of the measure that tells which way is better, if all agree."""
    others = [case for case in cases if case.line.record_id != line.record_id]
    if not comparable(line, outcome) or len({case.higher_is_better for case in others}) != 1:
        return None
    return others[0]


def _contradicted_mark(
    report: CheckedReport, line: Record, outcome: Outcome, case: _MarkedResult
) -> Finding:
    """The finding that a line is marked met while a result as good or better is not."""
    result = finding(
        report,
        "result_against_marker",
        "warning",
        f"The result {outcome.value:g} against {line.target_text} is marked met, while in "
        f"{case.report.fiscal_year} {case.outcome.value:g} against {case.line.target_text} is "
        f"marked {status_words(case.line.status)}.",
        result_place(report, outcome),
        mark_place(case.line),
        goal_id=line.goal_id,
        measure_id=line.measure_id,
        record_id=line.record_id,
        sex=line.sex,
    )
    elsewhere = case.report.document_id != report.document_id
    return replace(result, other_document_id=case.report.document_id) if elsewhere else result
