"""Reports against earlier ones: results of earlier years that differ from those reported then."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from styrmatt.audit.check.basis.checked_report import CheckedReport
from styrmatt.audit.check.basis.findings import Severity, finding, result_place
from styrmatt.audit.check.basis.rounding import half_step
from styrmatt.audit.check.stated_results import UNREAD
from styrmatt.records import Finding, Outcome

_PLACES: Final = re.compile(r"\d[.,](\d{1,2})(?!\d)")
"""The places behind the comma of a printed figure."""
_Key = tuple[str | int | None, ...]


class _Earlier(NamedTuple):
    """A result that a report gives for a year before its own."""

    outcome: Outcome
    value: float
    year: int


def check_years(reports: Sequence[CheckedReport]) -> Iterator[Finding]:
    """A finding for each result of an earlier year that the report of then gave differently.

    That is usual, as results are corrected; it is more where this report gives as its own year's
    result what the earlier one gave for its year.
    """
    reported: dict[_Key, list[tuple[CheckedReport, Outcome]]] = {}
    for report in reports:
        for outcome in _own_results(report):
            if outcome.value is not None and outcome.outcome_year is not None:
                key = _key(report, outcome, outcome.outcome_year)
                reported.setdefault(key, []).append((report, outcome))
    for report in reports:
        for earlier in _earlier_results(report):
            then = [
                (other, outcome)
                for other, outcome in reported.get(_key(report, earlier.outcome, earlier.year), ())
                if other.fiscal_year < report.fiscal_year and outcome.unit == earlier.outcome.unit
            ]
            then = _of_same_period(then, earlier.outcome.period)
            if then and not any(_is_same(outcome, earlier) for _, outcome in then):
                yield _restated(report, earlier, *then[0])


def _of_same_period(
    then: list[tuple[CheckedReport, Outcome]], period: str | None
) -> list[tuple[CheckedReport, Outcome]]:
    """The results of that part of the year; the one that there is where no part is said now."""
    same = [item for item in then if item[1].period == period]
    return same or (then if period is None and len(then) == 1 else [])


def _is_same(then: Outcome, earlier: _Earlier) -> bool:
    """Whether two printed results are one, the one with fewer places rounded."""
    step = max(
        _half_step(then.text, then.value or 0.0), _half_step(earlier.outcome.text, earlier.value)
    )
    return abs((then.value or 0.0) - earlier.value) < step


def _half_step(text: str, value: float) -> float:
    """Half of the last place of a figure as it is printed: a cell may say 5,0 where 5 is read."""
    places = _PLACES.search(text)
    return 0.5 * 10.0 ** -len(places[1]) if places else half_step(value)


def _own_results(report: CheckedReport) -> Iterator[Outcome]:
    for outcome in report.extract.outcomes:
        own = outcome.kind == "outcome" and outcome.area is None
        if own and UNREAD.isdisjoint(outcome.review):
            yield outcome


def _earlier_results(report: CheckedReport) -> Iterator[_Earlier]:
    for outcome in _own_results(report):
        if outcome.previous_value is not None and outcome.previous_year is not None:
            yield _Earlier(outcome, outcome.previous_value, outcome.previous_year)
        year, value = outcome.outcome_year, outcome.value
        if value is not None and year is not None and year < report.fiscal_year:
            yield _Earlier(outcome, value, year)


def _key(report: CheckedReport, outcome: Outcome, year: int) -> _Key:
    return (*report.key_over_years(outcome.measure_id), outcome.sex, year)


def _restated(
    report: CheckedReport, earlier: _Earlier, other: CheckedReport, then: Outcome
) -> Finding:
    outcome, name = earlier.outcome, report.measures[earlier.outcome.measure_id].measure
    moved = [
        own
        for own in report.outcomes[outcome.measure_id]
        if own.value == then.value
        and own.outcome_year == report.fiscal_year
        and (own.kind, own.area, own.sex, own.period) == ("outcome", None, then.sex, then.period)
    ]
    severity: Severity = "warning" if moved else "info"
    result = finding(
        report,
        "year_differs" if moved else "restated",
        severity,
        f"The report of {other.fiscal_year} gave {then.value:g} for {earlier.year}, this one gives "
        + (f"it for {report.fiscal_year} and " if moved else "")
        + f"{earlier.value:g} for {earlier.year}: “{name}”.",
        result_place(report, moved[0] if moved else outcome),
        result_place(other, then),
        measure_id=outcome.measure_id,
        sex=outcome.sex,
    )
    return replace(result, other_document_id=other.document_id)
