"""The start: organisations and years with what their reports amount to, and a search."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from styrmatt.records import STATUSES
from styrmatt.review.extract_index import ReportSummary
from styrmatt.review.messages import Messages
from styrmatt.review.views.search import MOST_FOUND, SHORTEST, search
from styrmatt.review.views.view import PageView, Query, Table, Workspace, whole_number

_PUBLISHERS: Final = 30
"""Publishers that are listed at a time: some screens to scroll, and a page of a few hundred kB."""


@dataclass(frozen=True, slots=True)
class PublisherReports:
    """An organisation or body with its reports of one kind."""

    organisation: str
    body: str | None
    report_kind: str
    by_year: Mapping[int, Sequence[ReportSummary]]

    @property
    def missing(self) -> tuple[int, ...]:
        """The years between two of its reports for which there is none."""
        years = sorted(self.by_year)
        return tuple(y for y in range(years[0], years[-1]) if y not in self.by_year)


def start(
    workspace: Workspace, query: Query, say: Messages, at_a_time: int = _PUBLISHERS
) -> PageView:
    """The start view. ``q`` is what to look for, ``from`` the part of the publishers shown."""
    reports = list(workspace.index.reports().values())
    publishers = _publishers(reports)
    wanted = (query.get("q") or "").strip()
    part = whole_number(query.get("from"), 1) or 1
    shown = publishers[(part - 1) * at_a_time : part * at_a_time]
    years = sorted({year for publisher in shown for year in publisher.by_year})
    values: dict[str, Any] = {
        "publishers": shown,
        "years": list(range(years[0], years[-1] + 1)) if years else [],
        "total": _total(reports, publishers),
        "q": wanted,
        "found": search(workspace, wanted) if len(wanted) >= SHORTEST else None,
        "most_found": MOST_FOUND,
        "part": part,
        "parts": max(-(-len(publishers) // at_a_time), 1),
        "statuses": (*STATUSES, None),
    }
    return PageView("start.html.j2", say("start.title"), values, _table(reports, say))


def _publishers(reports: Sequence[ReportSummary]) -> list[PublisherReports]:
    found: dict[tuple[str, str | None, str], dict[int, list[ReportSummary]]] = {}
    for report in reports:
        found.setdefault(report.publisher, {}).setdefault(report.fiscal_year, []).append(report)
    return [PublisherReports(*publisher, by_year) for publisher, by_year in found.items()]


def _total(
    reports: Sequence[ReportSummary], publishers: Sequence[PublisherReports]
) -> dict[str, Any]:
    statuses: Counter[str | None] = Counter()
    for report in reports:
        statuses.update(report.statuses)
    return {
        "reports": len(reports),
        "organisations": len({report.organisation for report in reports}),
        "measures": sum(report.measures for report in reports),
        "lines": sum(report.lines for report in reports),
        "results": sum(report.results for report in reports),
        "doubts": sum(report.doubts for report in reports),
        "findings": sum(report.findings for report in reports),
        "missing": sum(len(publisher.missing) for publisher in publishers),
        "statuses": statuses,
    }


def _table(reports: Sequence[ReportSummary], say: Messages) -> Table:
    header = (
        *("organisation", "body", "report_kind", "fiscal_year", "document_id", "measures"),
        *("lines", *STATUSES, "no_status", "results", "doubts", "findings"),
    )
    rows = [
        (
            *(r.organisation, r.body, r.report_kind, r.fiscal_year, r.document_id, r.measures),
            r.lines,
            *(r.statuses.get(status, 0) for status in (*STATUSES, None)),
            *(r.results, r.doubts, r.findings),
        )
        for r in reports
    ]
    return Table("reports", header, rows)
