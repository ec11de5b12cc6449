"""What is in doubt first: one row or issue after the other, with its place and what it means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from styrmatt.corrections.fields import CORRECTABLE, FIELDS, value_text
from styrmatt.export.store.select_rows import select_rows
from styrmatt.review.decisions.corrections_store import CorrectionLine
from styrmatt.review.decisions.doubts import (
    LINK_KINDS,
    Doubt,
    doubts_of,
    is_decided,
    record_as_doubt,
)
from styrmatt.review.extract_index import ReportSummary
from styrmatt.review.messages import Messages
from styrmatt.review.views.report_view import sheet_of
from styrmatt.review.views.shown_places import crop_of
from styrmatt.review.views.view import NotFoundError, PageView, Query, Table, Workspace, report_name

_LISTED: Final = 100
"""Doubts that are listed beside the one that is shown: as many as one scrolls through."""
_MOST_READ: Final = 150
"""Doubts that are read at a time, in less than a second; the next ones come as these are decided.
Whoever looks for others chooses a report or a reason."""
_ROW_FIELDS: Final = tuple(
    name
    for dataset in ("measures", "targets", "records")
    for name in CORRECTABLE[dataset]
    if name not in ("review", "series_id")
)
"""The fields of a record that a person may correct on the page."""
_NAMED: Final = {
    "goal_id": ("goals", "goal"),
    "success_factor_id": ("success_factors", "success_factor"),
}
"""Fields that hold an id, with the dataset and column of what is called by it."""
_MOST_NAMES: Final = 500
"""Goals or success factors to choose from at most; a report has some tens."""


@dataclass(frozen=True, slots=True)
class FieldForm:
    """A field of a row that is to be corrected, and what its value can be."""

    name: str
    value: str
    decided: CorrectionLine | None
    """What the file says of it already."""
    options: tuple[tuple[str, str], ...]
    """The values that it can have, each with its words; empty for any text or figure."""
    nullable: bool


def queue(workspace: Workspace, query: Query, say: Messages) -> PageView:
    """The queue. ``item`` is what is shown, ``report`` and ``reason`` limit it.

    With ``show=decided`` it is what people have decided. Raises NotFoundError.
    """
    if query.get("show") == "decided":
        return _decided(workspace, say)
    decided = workspace.corrections.decided()
    wanted, asked = query.get("reason"), query.get("report")
    undecided = (
        doubt
        for doubt in _doubts(workspace, asked, wanted)
        if not is_decided(doubt, decided) and (not wanted or wanted in doubt.reasons)
    )
    open_ones = list(islice(undecided, _MOST_READ))
    reasons = _reasons(workspace, asked)
    at = next((n for n, doubt in enumerate(open_ones) if doubt.id == query.get("item")), 0)
    current = open_ones[at] if open_ones else None
    first = max(at - _LISTED // 2, 0)
    values: dict[str, Any] = {
        "doubts": open_ones[first : first + _LISTED],
        "count": len(open_ones),
        "current": current,
        "number": at + 1,
        "before": open_ones[at - 1].id if at else None,
        "after": open_ones[at + 1].id if at + 1 < len(open_ones) else None,
        "reasons": reasons,
        "reason": wanted,
        "report_id": asked,
        "reports": workspace.index.reports(),
        "kept": {name: query[name] for name in ("report", "reason") if query.get(name)},
        "file": workspace.corrections.path,
        "conflict": None,
        "more": len(open_ones) == _MOST_READ,
    }
    if current is not None:
        values |= _shown(workspace, current, query.get("field"), say)
    return PageView("queue.html.j2", say("queue.title"), values, _table(open_ones))


def _table(doubts: Sequence[Doubt]) -> Table:
    header = ("document_id", "id", "reasons", "page", "message")
    rows = [
        (
            *(doubt.document_id, doubt.id, list(doubt.reasons), doubt.page),
            " ".join(issue["message"] for issue in doubt.messages),
        )
        for doubt in doubts
    ]
    return Table("doubts", header, rows)


def doubt_of(workspace: Workspace, document_id: str, item: str) -> Doubt:
    """The doubt or record of a report with this id. Raises NotFoundError."""
    workspace.report(document_id)
    for doubt in doubts_of(workspace.index, document_id):
        if doubt.id == item:
            return doubt
    found = record_as_doubt(workspace.index, document_id, item)
    if found is None:
        raise NotFoundError(item)
    return found


def record(
    workspace: Workspace, document_id: str, record_id: str, query: Query, say: Messages
) -> PageView:
    """One record, to confirm or correct it whether it is in doubt or not. Raises NotFoundError."""
    found = doubt_of(workspace, document_id, record_id)
    if found.row is None:
        raise NotFoundError(record_id)
    values: dict[str, Any] = {
        "current": found,
        "after": None,
        "kept": {},
        "conflict": None,
        "file": workspace.corrections.path,
        **_shown(workspace, found, query.get("field"), say),
    }
    return PageView("record.html.j2", str(found.row["measure"]), values)


def _doubts(workspace: Workspace, report: str | None, reason: str | None) -> Iterator[Doubt]:
    """The doubts of all reports or of one, of those that have the reason if one is wanted."""
    if report:
        workspace.report(report)
    for summary in _in_doubt(workspace, report):
        if not reason or reason in summary.reasons or reason in summary.issue_kinds:
            yield from doubts_of(workspace.index, summary.document_id)


def _in_doubt(workspace: Workspace, report: str | None) -> Iterator[ReportSummary]:
    for summary in workspace.index.reports().values():
        of_report = not report or summary.document_id == report
        if of_report and (summary.doubts or summary.issues):
            yield summary


def _reasons(workspace: Workspace, report: str | None) -> Counter[str]:
    """How many rows and issues have which reason; an issue about a row is not counted again."""
    counts: Counter[str] = Counter()
    for summary in _in_doubt(workspace, report):
        counts.update(summary.reasons)
        kinds = summary.issue_kinds.items()
        counts.update({k: n for k, n in kinds if k not in summary.reasons and k not in LINK_KINDS})
    return counts


def _shown(workspace: Workspace, doubt: Doubt, field: str | None, say: Messages) -> dict[str, Any]:
    summary = workspace.report(doubt.document_id)
    shown: dict[str, Any] = {
        "report": summary,
        "name": report_name(summary, say),
        "fields": _fields(doubt),
        "form": _form(workspace, doubt, field, say),
        **sheet_of(workspace, summary, doubt.page or 1),
    }
    if shown["sheet"] is not None and doubt.page is not None:
        shown["crop"] = crop_of(shown["sheet"], doubt.bbox)
    else:
        shown["crop"] = None
    return shown


def _fields(doubt: Doubt) -> tuple[str, ...]:
    """The fields that can be corrected, those in doubt first."""
    if doubt.row is None:
        return ()
    names = dict.fromkeys((*doubt.fields(), *_ROW_FIELDS))
    return tuple(name for name in names if name in doubt.row and name in FIELDS)


def _form(workspace: Workspace, doubt: Doubt, field: str | None, say: Messages) -> FieldForm | None:
    """The form of the field that is wanted, else of the first in doubt; None for an issue."""
    names = _fields(doubt)
    if doubt.row is None or not names:
        return None
    name = field if field in names else names[0]
    value = doubt.row[name]
    line = workspace.corrections.lines().get((doubt.document_id, doubt.id_of(name), name))
    text = value_text(tuple(value) if isinstance(value, list) else value) or ""
    known = FIELDS[name]
    options = tuple((option, say.value(name, option)) for option in known.values or ())
    if name in _NAMED:
        options = _names(workspace, doubt.document_id, name)
    return FieldForm(name, line.value if line else text, line, options, known.nullable)


def _names(workspace: Workspace, document_id: str, name: str) -> tuple[tuple[str, str], ...]:
    """The goals or success factors of a report by id, to choose from."""
    dataset, column = _NAMED[name]
    file = workspace.index.file(dataset, document_id)
    rows = select_rows(file, dataset, (name, column), limit=_MOST_NAMES).rows
    return tuple((row[name], row[column]) for row in rows)


def _decided(workspace: Workspace, say: Messages) -> PageView:
    lines = list(workspace.corrections.lines().values())
    by_place: dict[tuple[str, str], list[CorrectionLine]] = {}
    for line in lines:
        by_place.setdefault((line.document_id, line.id), []).append(line)
    values = {
        "groups": by_place,
        "reports": workspace.index.reports(),
        "file": workspace.corrections.path,
        "others": workspace.corrections.others,
    }
    header = ("document_id", "id", "field", "machine_value", "value", "why", "who", "when")
    table = Table("decided", header, [[getattr(line, name) for name in header] for line in lines])
    return PageView("decided.html.j2", say("decided.title"), values, table)
