"""What a person decides on the page, as lines of the corrections file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from styrmatt.corrections.fields import FIELDS, parse_value, value_text
from styrmatt.errors import CorrectionsFileError
from styrmatt.pipeline.use_cases.corrections import draft_lines
from styrmatt.review.decisions.corrections_store import CorrectionLine, DecidedMeanwhileError, Key
from styrmatt.review.messages import Messages
from styrmatt.review.views.links_view import FIELD_OF, links
from styrmatt.review.views.queue_view import doubt_of, queue, record
from styrmatt.review.views.view import NotFoundError, PageView, Workspace
from styrmatt.whitespace import single_spaced

Form = Mapping[str, str]
Action = Callable[[Workspace, Form, Messages], "str | PageView"]
"""Writes what a form says, and gives the address to go on to, or the view that says why not."""
_LONGEST_REASON: Final = 2000
"""Letters of a reason: more is a document of its own."""


def accept(workspace: Workspace, form: Form, say: Messages) -> str | PageView:
    """Confirm what the machine reads of a row or that an issue is no warning.

    Raises NotFoundError, and StyrmattError where the file cannot be written.
    """
    doubt = doubt_of(workspace, form.get("report", ""), form.get("item", ""))
    decided = workspace.corrections.decided()
    settling = doubt.settling()
    changes = [
        change
        for change in doubt.accepting()
        if change in settling or (doubt.document_id, *change[:2]) not in decided
    ]
    lines = _drafted(workspace, doubt.document_id, changes, form, say("queue.accepted"))
    return _written(workspace, form, say, lines)


def correct(workspace: Workspace, form: Form, say: Messages) -> str | PageView:
    """Give a field of a row another value, and settle its doubts if the form says so.

    Raises NotFoundError, and StyrmattError where the file cannot be written.
    """
    doubt = doubt_of(workspace, form.get("report", ""), form.get("item", ""))
    name = form.get("field", "")
    if doubt.row is None or name not in FIELDS:
        raise NotFoundError(name)
    value = single_spaced(form.get("value", ""))
    try:
        parsed = parse_value(FIELDS[name], value)
    except ValueError as error:
        return _refused(workspace, form, say, f"{name} {error}")
    if parsed is None and not FIELDS[name].nullable:
        return _refused(workspace, form, say, say("queue.never_empty", field=name))
    changes: list[tuple[str, str, str | None]] = [(doubt.id_of(name), name, value)]
    changes += doubt.settling() if form.get("settles") else ()
    lines = _drafted(workspace, doubt.document_id, changes, form, say("queue.corrected"))
    return _written(workspace, form, say, lines)


def take_back(workspace: Workspace, form: Form, say: Messages) -> str | PageView:
    """Take the lines about a row out of the file."""
    document_id, row_id = form.get("report", ""), form.get("item", "")
    keys = [key for key in workspace.corrections.lines() if key[:2] == (document_id, row_id)]
    if not keys:
        raise NotFoundError(row_id)
    workspace.corrections.take_out(keys)
    return own_path(form.get("back", "")) if form.get("back") else "/queue?show=decided"


def link(workspace: Workspace, form: Form, say: Messages) -> str | PageView:
    """Say which series a measure or goal is of: that of another year, or one of its own."""
    document_id, item = form.get("report", ""), form.get("item", "")
    workspace.report(document_id)
    name = form.get("field", "")
    if name not in FIELD_OF.values():
        raise NotFoundError(name)
    change = (item, name, form.get("value", ""))
    lines = _drafted(workspace, document_id, [change], form, say("links.decided"))
    return _written(workspace, form, say, lines, "/links")


def own_path(path: str) -> str:
    """The path of a view of this server; the start for anything else."""
    is_path = path.startswith("/") and not path.startswith(("//", "/\\")) and "\\" not in path
    return path if is_path and path.isprintable() else "/"


def _drafted(
    workspace: Workspace,
    document_id: str,
    changes: Sequence[tuple[str, str, str | None]],
    form: Form,
    why: str,
) -> list[CorrectionLine]:
    """A line for each change, against what the machine reads; None confirms that."""
    wanted = {(row_id, name): value for row_id, name, value in changes}
    drafts = draft_lines(
        workspace.root,
        list(dict.fromkeys(row_id for row_id, _, _ in changes)),
        list(dict.fromkeys(name for _, name, _ in changes)),
        document=document_id,
    )
    reason = single_spaced(form.get("why", ""))[:_LONGEST_REASON] or why
    found = []
    for draft in drafts:
        key = (draft.id, draft.field)
        if key not in wanted or draft.document_id != document_id:
            continue
        value = wanted.pop(key)
        found.append(
            CorrectionLine(
                document_id=document_id,
                id=draft.id,
                field=draft.field,
                machine_value=draft.machine_value,
                value=draft.machine_value if value is None else _as_text(draft.field, value),
                why=reason,
                who=single_spaced(form.get("who", "")),
                when=date.today().isoformat(),
            )
        )
    return found


def _as_text(name: str, value: str) -> str:
    """A value as the file has it, whichever way a person wrote it."""
    return value_text(parse_value(FIELDS[name], value)) or ""


def _written(
    workspace: Workspace,
    form: Form,
    say: Messages,
    lines: Iterable[CorrectionLine],
    path: str = "/queue",
) -> str | PageView:
    lines = list(lines)
    seen: dict[Key, str] = {}
    if "seen" in form:
        seen = {line.key: form["seen"] for line in lines if line.field == form.get("field")}
    try:
        workspace.corrections.put(lines, seen=seen)
    except DecidedMeanwhileError as conflict:
        return _refused(workspace, form, say, "", conflict.lines)
    except CorrectionsFileError as error:
        return _refused(workspace, form, say, str(error))
    if form.get("back"):
        return own_path(form["back"])
    kept = {name: form[name] for name in ("next", "reason", "only") if form.get(name)}
    query: dict[str, Any] = {"item": kept.get("next"), "reason": kept.get("reason")}
    query["report"] = kept.get("only")
    given = {name: value for name, value in query.items() if value}
    return f"{path}?{urlencode(given)}" if given else path


def _refused(
    workspace: Workspace,
    form: Form,
    say: Messages,
    text: str,
    lines: Sequence[CorrectionLine] = (),
) -> PageView:
    """The queue, the record or the links again, with what was wrong."""
    item, field = form.get("item", ""), form.get("field", "")
    if form.get("field") in FIELD_OF.values():
        view = links(workspace, {"item": item}, say)
    elif form.get("back"):
        view = record(workspace, form.get("report", ""), item, {"field": field}, say)
    else:
        view = queue(workspace, {"item": item, "field": field}, say)
    conflict = {"text": text, "lines": lines, "form": form}
    return PageView(view.template, view.title, {**view.values, "conflict": conflict})
