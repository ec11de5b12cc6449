"""Claims against counts: the totals that a report states and those of its extract."""

from __future__ import annotations

from collections.abc import Iterator

from styrmatt.audit.check.basis.checked_report import CheckedReport
from styrmatt.audit.check.basis.findings import FindingPlace, finding
from styrmatt.records import CLAIM_COUNTS, Claim, Finding


def check_totals(report: CheckedReport) -> Iterator[Finding]:
    """A finding for each claim that the extract's count contradicts."""
    for claim in report.extract.claims:
        if claim.agrees is False:
            same_total = claim.total in (None, claim.own_total)
            yield finding(
                report,
                "claim_differs",
                "error" if same_total else "warning",
                f"The report counts {_stated(claim)}; the extract has {_counted(claim)}.",
                FindingPlace(claim.text, claim.page, report.box_of(claim.text, claim.page)),
                _example(report, claim),
                goal_id=claim.goal_id,
            )


def _stated(claim: Claim) -> str:
    counts = [
        f"{value} {status.replace('_', ' ')}"
        for status in CLAIM_COUNTS
        if (value := getattr(claim, status)) is not None
    ]
    of = f" of {claim.total}" if claim.total is not None else ""
    return f"{', '.join(counts)}{of} {claim.subject}"


def _counted(claim: Claim) -> str:
    counts = [
        f"{getattr(claim, f'own_{status}')} {status.replace('_', ' ')}" for status in CLAIM_COUNTS
    ]
    unknown = f", {claim.own_unknown} unknown" if claim.own_unknown else ""
    return f"{', '.join(counts)}{unknown} of {claim.own_total}"


def _example(report: CheckedReport, claim: Claim) -> FindingPlace | None:
    """The goals of the first status whose stated and own count differ, as a quote."""
    if claim.subject != "goals":
        return None
    for status in CLAIM_COUNTS:
        stated, counted = getattr(claim, status), getattr(claim, f"own_{status}")
        if stated is not None and stated != counted:
            goals = [
                goal
                for goal in report.extract.goals
                if goal.assessment == status and claim.perspective in (None, goal.perspective)
            ]
            if goals:
                listed = "; ".join(goal.goal for goal in goals)
                return FindingPlace(
                    f"{status.replace('_', ' ')}: {listed}", goals[0].page, goals[0].bbox
                )
    return None
