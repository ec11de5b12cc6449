"""A report: its page with boxes on the left, its goals, factors and measures on the right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from styrmatt.review.extract_index import ReportSummary
from styrmatt.review.messages import Messages
from styrmatt.review.pictures.page_boxes import boxes_on, goal_assessments
from styrmatt.review.pictures.page_images import WIDTHS
from styrmatt.review.pictures.page_text import text_on
from styrmatt.review.views.report_rows import (
    FILTERS,
    FLAGS,
    LINE_COLUMNS,
    NONE,
    RowChoice,
    changed_since,
    choose_rows,
    filter_values,
    page_of,
    pages_with_rows,
)
from styrmatt.review.views.view import (
    NotFoundError,
    PageView,
    Query,
    Table,
    Workspace,
    report_name,
    whole_number,
)

_MOST_VALUES: Final = 40
"""Values that a filter lists at most: boards and perspectives are some ten."""


def report(workspace: Workspace, document_id: str, query: Query, say: Messages) -> PageView:
    """The view of a report.

    ``page`` is the page that is shown, ``row`` the record that is chosen, ``only`` set where just
    the rows of that page are listed; the filters are those of the rows. Raises NotFoundError.
    """
    summary = workspace.report(document_id)
    row = query.get("row") or None
    page = whole_number(query.get("page"))
    if row is not None:
        of_row = page_of(workspace.index, document_id, row)
        if of_row is None:
            raise NotFoundError(row)
        page = page or of_row
    with_rows = pages_with_rows(workspace.index, document_id)
    page = page or next(iter(with_rows), 1)
    if page > summary.page_count:
        raise NotFoundError(f"page {page}")
    values = filter_values(workspace.index, document_id)
    choice = _choice(query, values, page)
    chosen = choose_rows(workspace.index, document_id, choice, row)
    changed = changed_since(workspace.index, document_id)
    shown: dict[str, Any] = {
        "report": summary,
        "name": report_name(summary, say),
        "page": page,
        "row": row,
        "chosen": chosen,
        "choice": choice,
        "filters": {name: found[:_MOST_VALUES] for name, found in values.items()},
        "none": NONE,
        "flags": FLAGS,
        "changed": changed,
        "kept": _kept(query),
        "siblings": workspace.index.siblings(document_id),
        "before": workspace.index.previous(document_id),
        "pages_with_rows": with_rows,
        "assessments": goal_assessments(workspace.index, document_id),
        "text": text_on(workspace.index, document_id, page),
        **sheet_of(workspace, summary, page),
        "boxes": boxes_on(workspace.index, document_id, page),
    }
    table = Table(document_id, LINE_COLUMNS, [[r[c] for c in LINE_COLUMNS] for r in chosen.lines])
    return PageView("report.html.j2", shown["name"], shown, table)


def sheet_of(workspace: Workspace, summary: ReportSummary, page: int) -> dict[str, Any]:
    """What a template needs to show a page: its box in points, and why there is no picture."""
    sheet = workspace.images.sheet(summary, page)
    _, missing = workspace.images.source(summary)
    return {"sheet": sheet, "missing": missing, "widths": WIDTHS}


def _choice(query: Query, values: Mapping[str, Any], page: int) -> RowChoice:
    return RowChoice(
        {name: query[name] for name in FILTERS if query.get(name) in values[name]},
        frozenset(flag for flag in FLAGS if query.get(flag)),
        page if query.get("only") else None,
        whole_number(query.get("part"), 1) or 1,
    )


def _kept(query: Query) -> dict[str, str]:
    """What links within the report keep of its address: the filters."""
    names = (*FILTERS, *FLAGS, "only")
    return {name: query[name] for name in names if query.get(name)}
