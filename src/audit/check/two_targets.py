"""One measure that stands in two places of the tables with two targets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from styrmatt.audit.check.basis.checked_report import CheckedReport
from styrmatt.audit.check.basis.findings import finding, table_place
from styrmatt.audit.check.targets import target_figures
from styrmatt.records import Finding, Record
from styrmatt.whitespace import squeeze

_PLACES: Final = 2
"""Places in which one measure is compared. A name that stands three times and more is asked of
every board or unit, each with a target of its own."""
_OTHER_YEAR: Final = frozenset({"header_year_differs"})


def check_two_targets(report: CheckedReport) -> Iterator[Finding]:
    """A finding for each measure and sex with two targets of one unit.

    Measures of two boards, and those with two results, are two.
    """
    places: dict[tuple[str, str, str | None], list[Record]] = {}
    for lines in report.lines.values():
        for line in lines:
            key = squeeze(line.measure), line.sex, line.board
            places.setdefault(key, []).append(line)
    for lines in places.values():
        if len(lines) == _PLACES and _contradict(*lines):
            first, second = lines
            yield finding(
                report,
                "targets_differ",
                "error" if _same_result(first, second) else "warning",
                f"The target is {first.target_text} in one place and {second.target_text} in the "
                f"other: “{first.measure}”.",
                table_place(first),
                table_place(second),
                goal_id=first.goal_id,
                measure_id=first.measure_id,
                record_id=first.record_id,
                sex=first.sex,
            )


def _contradict(first: Record, second: Record) -> bool:
    figures = target_figures(first), target_figures(second)
    return (
        first.measure_id != second.measure_id
        and all(figures)
        and figures[0].isdisjoint(figures[1])
        and first.target_kind == second.target_kind
        and first.target_unit == second.target_unit
        and first.target_baseline_year == second.target_baseline_year
        and _OTHER_YEAR.isdisjoint((*first.review, *second.review))
        and (_same_result(first, second) or None in (first.outcome_value, second.outcome_value))
    )


def _same_result(first: Record, second: Record) -> bool:
    return first.outcome_value is not None and first.outcome_value == second.outcome_value
