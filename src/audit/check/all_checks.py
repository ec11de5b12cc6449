"""Runs every check over a set of reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from styrmatt.audit.check.basis.checked_report import CheckedReport
from styrmatt.audit.check.copy_errors import check_copy_errors
from styrmatt.audit.check.figures import check_figures
from styrmatt.audit.check.goals import check_goals
from styrmatt.audit.check.limits import check_limits
from styrmatt.audit.check.marks import check_marks
from styrmatt.audit.check.results import check_results
from styrmatt.audit.check.sexes import check_sexes
from styrmatt.audit.check.stated_differences import check_differences
from styrmatt.audit.check.stated_results import check_stated_results
from styrmatt.audit.check.summary import check_summary
from styrmatt.audit.check.targets import check_targets
from styrmatt.audit.check.totals import check_totals
from styrmatt.audit.check.trends import check_trends
from styrmatt.audit.check.two_targets import check_two_targets
from styrmatt.audit.check.years import check_years
from styrmatt.records import SEVERITIES, Extract, Finding
from styrmatt.vocabulary import Vocabulary

CHECKS: Final[tuple[Callable[[CheckedReport], Iterator[Finding]], ...]] = (
    check_totals,
    check_marks,
    check_targets,
    check_figures,
    check_summary,
    check_copy_errors,
    check_stated_results,
    check_sexes,
    check_differences,
    check_trends,
    check_goals,
    check_two_targets,
    check_limits,
)
"""The checks of one report at a time."""


def check(extracts: Sequence[tuple[Extract, Vocabulary]]) -> tuple[Finding, ...]:
    """The findings of all checks, sorted by report, severity (errors first) and page.

    A contradiction that two checks find in the same words is listed once.
    """
    reports = [CheckedReport(extract, vocabulary) for extract, vocabulary in extracts]
    findings = [finding for report in reports for run in CHECKS for finding in run(report)]
    findings += [*check_results(reports), *check_years(reports)]
    by_id = {finding.finding_id: finding for finding in findings}
    return tuple(sorted(by_id.values(), key=_order))


def _order(finding: Finding) -> tuple[int, str, int, int, str]:
    return (
        finding.fiscal_year,
        finding.document_id,
        -SEVERITIES.index(finding.severity),
        finding.page,
        finding.finding_id,
    )
