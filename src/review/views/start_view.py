"""The start: organisations and years with what their reports amount to, and a search."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from styrmatt.export.store.scan import dataset_files
from styrmatt.export.store.select_rows import find_rows
from styrmatt.records import STATUSES
from styrmatt.review.extract_index import ReportSummary
from styrmatt.review.messages import Messages
from styrmatt.review.views.view import PageView, Query, Table, Workspace, whole_number

_PUBLISHERS: Final = 60
"""Publishers that are listed at a time: some screens to scroll, and a page of a few hundred kB."""
_MOST_FOUND: Final = 40
"""Rows that a search shows of each kind: a person who gets more writes another word."""
_AROUND: Final = 90
"""Letters of a text that are shown on each side of what was looked for: about a sentence."""
_SHORTEST_SEARCH: Final = 2
"""Letters of a search at least: a single one is in every row."""


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


@dataclass(frozen=True, slots=True)
class Found:
    """A row in which what was looked for stands."""

    report: ReportSummary
    text: str
    page: int
    row: str | None


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
        "found": _search(workspace, wanted) if len(wanted) >= _SHORTEST_SEARCH else None,
        "most_found": _MOST_FOUND,
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


def _search(workspace: Workspace, text: str) -> dict[str, list[Found]]:
    return {
        "measures": list(islice(_in_records(workspace, text), _MOST_FOUND)),
        "goals": list(islice(_in_goals(workspace, text), _MOST_FOUND)),
        "texts": list(islice(_in_texts(workspace, text), _MOST_FOUND)),
    }


def _in_records(workspace: Workspace, text: str) -> Iterator[Found]:
    columns = ("document_id", "measure_id", "record_id", "measure", "page")
    seen = set()
    for row in _rows(workspace, "records", "measure", text, columns):
        if row["measure_id"] not in seen:
            seen.add(row["measure_id"])
            yield Found(row["report"], row["measure"], row["page"], row["record_id"])


def _in_goals(workspace: Workspace, text: str) -> Iterator[Found]:
    for row in _rows(workspace, "goals", "goal", text, ("document_id", "goal", "page")):
        yield Found(row["report"], row["goal"], row["page"], None)


def _in_texts(workspace: Workspace, text: str) -> Iterator[Found]:
    columns = ("document_id", "text", "paragraph_pages", "page_first")
    for row in _rows(workspace, "narratives", "text", text, columns):
        at = row["text"].casefold().find(text.casefold())
        paragraph = row["text"].count("\n\n", 0, max(at, 0))
        pages = row["paragraph_pages"]
        page = pages[paragraph] if paragraph < len(pages) else row["page_first"]
        yield Found(row["report"], _cutting(row["text"], at, len(text)), page, None)


def _rows(
    workspace: Workspace, dataset: str, column: str, text: str, columns: Sequence[str]
) -> Iterator[dict[str, Any]]:
    reports = workspace.index.reports()
    files = dataset_files(workspace.root, dataset)
    for row in find_rows(files, dataset, column, text, columns):
        report = reports.get(row["document_id"])
        if report is not None:
            yield {**row, "report": report}


def _cutting(text: str, at: int, length: int) -> str:
    """What stands around a place of a text, from space to space."""
    start, end = max(at - _AROUND, 0), at + length + _AROUND
    start = text.find(" ", start, at) + 1 if start else 0
    stop = text.rfind(" ", at + length, end) if end < len(text) else len(text)
    cut = text[start : stop if stop > 0 else end].replace("\n\n", " ")
    return f"{'… ' if start else ''}{cut}{' …' if stop < len(text) else ''}"


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
