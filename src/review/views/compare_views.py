"""What changed between two years, and where reports contradict themselves, with both places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from itertools import groupby, islice
from typing import Any, Final

from styrmatt.differences import Change
from styrmatt.export.store.select_rows import select_rows
from styrmatt.pipeline.use_cases.diff import ReportFilter, compare
from styrmatt.printed import Bbox
from styrmatt.review.extract_index import ReportSummary
from styrmatt.review.messages import Messages
from styrmatt.review.pictures.page_images import WIDTHS
from styrmatt.review.views.shown_places import ShownPlace, place_of
from styrmatt.review.views.view import (
    NotFoundError,
    PageView,
    Query,
    Table,
    Workspace,
    report_name,
    whole_number,
)

_MOST_FINDINGS: Final = 25
"""Findings that are shown at a time, each with two pictures."""
_MOST_PAIRS: Final = 400
"""Pairs of years that are listed to choose from."""
_FINDING_COLUMNS: Final = (
    *("finding_id", "document_id", "kind", "severity", "message", "measure_id", "record_id"),
    *("sex", "text", "page", "bbox", "other_text", "other_page", "other_bbox"),
    "other_document_id",
)
_CHANGE_COLUMNS: Final = (
    *("kind", "dataset", "old_name", "new_name", "sexes", "field", "old", "new", "old_page"),
    *("new_page", "old_quote", "new_quote", "reason"),
)


def findings(
    workspace: Workspace, query: Query, say: Messages, at_a_time: int = _MOST_FINDINGS
) -> PageView:
    """What `styrmatt check` found, of all reports or of ``report``."""
    asked = query.get("report")
    of_report = workspace.report(asked) if asked else None
    part = whole_number(query.get("part"), 1) or 1
    of_reports = [r for r in workspace.index.reports().values() if not asked or r == of_report]
    count = sum(report.all_findings for report in of_reports)
    shown = _findings(workspace, of_reports, (part - 1) * at_a_time, at_a_time)
    values = {
        "findings": [_with_places(workspace, row, say) for row in shown],
        "count": count,
        "part": part,
        "parts": max(-(-count // at_a_time), 1),
        "report_id": asked,
        "reports": workspace.index.reports(),
        "widths": WIDTHS,
    }
    rows = (
        [row[name] for name in _FINDING_COLUMNS]
        for row in _findings(workspace, of_reports, 0, count)
    )
    table = Table("findings", _FINDING_COLUMNS, rows)
    return PageView("findings.html.j2", say("findings.title"), values, table)


def diff(workspace: Workspace, *about: Any) -> PageView:
    """Two reports compared, or without any the pairs to choose from. Raises NotFoundError."""
    *ids, query, say = about
    if not ids and query.get("a") and query.get("b"):
        ids = [query["a"], query["b"]]
    if not ids:
        return _pairs(workspace, say)
    left, right = (workspace.report(document_id) for document_id in ids)
    found = compare(
        left.document_id, right.document_id, data=workspace.root, reports=ReportFilter()
    ).diffs[0]
    numbered = enumerate(found.changes, 1)
    groups = [(kind, list(of)) for kind, of in groupby(numbered, lambda one: one[1].kind)]
    at = whole_number(query.get("change"))
    if at is not None and at > len(found.changes):
        raise NotFoundError(f"change {at}")
    chosen = found.changes[at - 1] if at else None
    values: dict[str, Any] = {
        "left": left,
        "right": right,
        "left_name": report_name(left, say),
        "right_name": report_name(right, say),
        "groups": groups,
        "counts": found.counts,
        "notes": found.notes,
        "chosen": chosen,
        "places": _change_places(workspace, chosen, left, right, say) if chosen else (),
    }
    rows = [[asdict(change)[name] for name in _CHANGE_COLUMNS] for change in found.changes]
    title = say("diff.of", left=values["left_name"], right=values["right_name"])
    return PageView("diff.html.j2", title, values, Table("diff", _CHANGE_COLUMNS, rows))


def pairs(workspace: Workspace) -> Iterator[tuple[ReportSummary, ReportSummary]]:
    """The reports of each publisher with those of the year before them that there are."""
    for report in workspace.index.reports().values():
        before = workspace.index.previous(report.document_id)
        if before is not None:
            yield before, report


def _pairs(workspace: Workspace, say: Messages) -> PageView:
    found = [
        (left, right, report_name(right, say))
        for left, right in islice(pairs(workspace), _MOST_PAIRS)
    ]
    choices = {key: report_name(r, say) for key, r in workspace.index.reports().items()}
    values = {"pairs": found, "choices": choices}
    return PageView("diffs.html.j2", say("diff.title"), values)


def _findings(
    workspace: Workspace, reports: Iterable[ReportSummary], offset: int, limit: int
) -> Iterator[Mapping[str, Any]]:
    """The findings of some reports, from ``offset`` on; only the files that hold them are read."""
    for report in reports:
        if limit <= 0:
            return
        if offset >= report.all_findings:
            offset -= report.all_findings
            continue
        file = workspace.index.file("findings", report.document_id)
        found = select_rows(file, "findings", _FINDING_COLUMNS, offset=offset, limit=limit).rows
        offset, limit = 0, limit - len(found)
        yield from found


def _with_places(workspace: Workspace, row: Mapping[str, Any], say: Messages) -> dict[str, Any]:
    reports = workspace.index.reports()
    first = place_of(
        workspace, reports[row["document_id"]], row["page"], row["bbox"], row["text"], say
    )
    other = reports.get(row["other_document_id"] or row["document_id"])
    places = [first]
    if row["other_page"] is not None and other is not None:
        about = (row["other_page"], row["other_bbox"], row["other_text"])
        places.append(place_of(workspace, other, *about, say))
    return {**row, "places": places}


def _change_places(
    workspace: Workspace, change: Change, left: ReportSummary, right: ReportSummary, say: Messages
) -> list[ShownPlace]:
    """Both places of a change, as far as it has them."""
    sides = (
        (left, change.old_id, change.old_page, change.old_quote or change.old),
        (right, change.new_id, change.new_page, change.new_quote or change.new),
    )
    return [
        place_of(workspace, report, page, _box_of(workspace, report, row_id, page), text, say)
        for report, row_id, page, text in sides
        if page is not None
    ]


def _box_of(
    workspace: Workspace, report: ReportSummary, row_id: str | None, page: int
) -> Bbox | None:
    """The box of a record, measure or goal on a page; None where it has none there."""
    for dataset, column in (
        ("records", "record_id"),
        ("measures", "measure_id"),
        ("goals", "goal_id"),
    ):
        rows = select_rows(
            workspace.index.file(dataset, report.document_id),
            dataset,
            ("bbox", "page"),
            where={column: (row_id,)},
        ).rows
        if rows and row_id is not None:
            return rows[0]["bbox"] if rows[0]["page"] == page else None
    return None
