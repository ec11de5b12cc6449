"""Reports against earlier ones: previous values that differ from what was reported then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from styrmatt.audit.check.checked_report import CheckedReport
from styrmatt.audit.check.findings import FindingPlace, finding
from styrmatt.audit.rounding import equal_when_rounded
from styrmatt.records import Finding, Outcome

_Key = tuple[str | int, ...]


def check_years(reports: Sequence[CheckedReport]) -> Iterator[Finding]:
    """A finding for each previous value that an earlier report gave differently."""
    reported: dict[_Key, list[tuple[CheckedReport, Outcome]]] = {}
    for report in reports:
        for outcome in _results(report):
            if outcome.value is not None and outcome.outcome_year is not None:
                key = _key(report, outcome, outcome.outcome_year)
                reported.setdefault(key, []).append((report, outcome))
    for report in reports:
        for outcome in _results(report):
            value, year = _earlier(report, outcome)
            if value is None or year is None:
                continue
            earlier = [
                (other, then)
                for other, then in reported.get(_key(report, outcome, year), ())
                if other.fiscal_year < report.fiscal_year
                and then.unit == outcome.unit
                and (outcome.source != "table" or then.period == outcome.period)
            ]
            if earlier and all(not _agrees(then, outcome, value) for _, then in earlier):
                yield _restated(report, outcome, value, year, *earlier[0])


def _results(report: CheckedReport) -> Iterator[Outcome]:
    return chain.from_iterable(report.outcomes.values())


def _earlier(report: CheckedReport, outcome: Outcome) -> tuple[float | None, int | None]:
    """The result of an earlier year that a row gives, and the year.

    That is the one it is compared with; in a table the column of an earlier year itself.
    """
    if outcome.source == "table" and (outcome.outcome_year or 0) < report.fiscal_year:
        return outcome.value, outcome.outcome_year
    return outcome.previous_value, outcome.previous_year


def _agrees(then: Outcome, now: Outcome, value: float) -> bool:
    """Whether an earlier report gave the same; a table may round what a text said, and back."""
    if then.source == now.source:
        return then.value == value
    return equal_when_rounded(then.value or 0.0, value)


def _key(report: CheckedReport, outcome: Outcome, year: int) -> _Key:
    return (*report.key_over_years(outcome.measure_id), outcome.sex, year)


def _restated(
    report: CheckedReport,
    outcome: Outcome,
    value: float,
    year: int,
    other: CheckedReport,
    then: Outcome,
) -> Finding:
    result = finding(
        report,
        "restated",
        "info",
        f"{value:g} is given for {year}; the report of {other.fiscal_year} gave {then.value:g}.",
        FindingPlace(outcome.text, outcome.page),
        FindingPlace(then.text, then.page),
        measure_id=outcome.measure_id,
        sex=outcome.sex,
    )
    return replace(result, other_document_id=other.document_id)
