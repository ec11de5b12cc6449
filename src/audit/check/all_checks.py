"""Does a report agree with itself, and with those before it? All checks in one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from styrmatt.audit.check.figures import check_figures
from styrmatt.audit.check.marks import check_marks
from styrmatt.audit.check.report import Report
from styrmatt.audit.check.results import check_results
from styrmatt.audit.check.slips import check_slips
from styrmatt.audit.check.summary import check_summary
from styrmatt.audit.check.targets import check_targets
from styrmatt.audit.check.totals import check_totals
from styrmatt.audit.check.years import check_years
from styrmatt.records import SEVERITIES, Extract, Finding
from styrmatt.vocabulary import Vocabulary

CHECKS: Final[tuple[Callable[[Report], Iterator[Finding]], ...]] = (
    check_totals,
    check_marks,
    check_targets,
    check_figures,
    check_summary,
    check_slips,
)


def check(extracts: Sequence[tuple[Extract, Vocabulary]]) -> tuple[Finding, ...]:
    """The contradictions within and between reports: by report, the worst first, then by page."""
    reports = [Report(extract, vocabulary) for extract, vocabulary in extracts]
    found = [finding for report in reports for run in CHECKS for finding in run(report)]
    found += [*check_results(reports), *check_years(reports)]
    once = {finding.finding_id: finding for finding in found}
    return tuple(sorted(once.values(), key=_order))


def _order(finding: Finding) -> tuple[int, str, int, int, str]:
    return (
        finding.fiscal_year,
        finding.document_id,
        -SEVERITIES.index(finding.severity),
        finding.page,
        finding.finding_id,
    )
