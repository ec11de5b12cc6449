"""Reports against earlier ones: previous values that differ from what was reported then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from styrmatt.audit.check.checked_report import CheckedReport
from styrmatt.audit.check.findings import finding, result_place
from styrmatt.records import Finding, Outcome

_Key = tuple[str | int, ...]


def check_years(reports: Sequence[CheckedReport]) -> Iterator[Finding]:
    """A finding for each previous value that an earlier report gave differently."""
    reported: dict[_Key, list[tuple[CheckedReport, Outcome]]] = {}
    for report in reports:
        for outcome in report.extract.outcomes:
            if outcome.value is not None and outcome.outcome_year is not None:
                key = _key(report, outcome, outcome.outcome_year)
                reported.setdefault(key, []).append((report, outcome))
    for report in reports:
        for outcome in report.extract.outcomes:
            if outcome.previous_value is None or outcome.previous_year is None:
                continue
            earlier = [
                (other, then)
                for other, then in reported.get(_key(report, outcome, outcome.previous_year), ())
                if other.fiscal_year < report.fiscal_year and then.unit == outcome.unit
            ]
            if earlier and all(then.value != outcome.previous_value for _, then in earlier):
                yield _restated(report, outcome, *earlier[0])


def _key(report: CheckedReport, outcome: Outcome, year: int) -> _Key:
    return (*report.key_over_years(outcome.measure_id), outcome.sex, year)


def _restated(
    report: CheckedReport, outcome: Outcome, other: CheckedReport, then: Outcome
) -> Finding:
    result = finding(
        report,
        "restated",
        "info",
        f"{outcome.previous_value:g} is given for {outcome.previous_year}; "
        f"the report of {other.fiscal_year} gave {then.value:g}.",
        result_place(report, outcome),
        result_place(other, then),
        measure_id=outcome.measure_id,
        sex=outcome.sex,
    )
    return replace(result, other_document_id=other.document_id)
