"""Links between years that the machine left alone: suggested, for a person to say.

A measure that a report words or defines otherwise than the year before has a series of its own.
What it might be is shown beside it, with both wordings, targets and pages. A person says that it
is the same, that it takes the other's place, or that it has nothing to do with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from rapidfuzz import fuzz

from styrmatt.corrections.overrides import Override
from styrmatt.export.store.select_rows import select_rows
from styrmatt.normalize.series.decisions import AFTER, NOTHING
from styrmatt.printed import Bbox
from styrmatt.review.decisions.corrections_store import Key
from styrmatt.review.messages import Messages
from styrmatt.review.views.joined_series import register_file
from styrmatt.review.views.shown_places import ShownPlace, place_of
from styrmatt.review.views.view import PageView, Query, Table, Workspace

_MOST: Final = 60
"""Suggestions that are shown at a time."""
_LEAST_LIKENESS: Final = 70.0
"""Likeness of two names in words, 0 to 100, from which one is suggested. Of the measures of the
samples that do go on in other words all are above 75, and pairs that do not mostly below 65."""
_COLUMNS: Final = (
    *("series_id", "kind", "organisation", "names", "first_year", "last_year"),
    *("predecessor_series_id", "members"),
)
_DATASET_OF: Final = {"measure": ("measures", "measure_id"), "goal": ("goals", "goal_id")}
"""The dataset and the id of each kind of member."""
FIELD_OF: Final = {"measure": "series_id", "goal": "goal_series_id"}
"""The field of the corrections file that links rows of each kind."""


@dataclass(frozen=True, slots=True)
class LinkSuggestion:
    """A measure or goal of a report, and a series of earlier years that it might be of."""

    kind: str
    organisation: str
    series_id: str
    item: Mapping[str, Any]
    """The member of its own series: report, id, name, goal, target."""
    other_id: str
    other: Mapping[str, Any]
    """The latest member of the other series."""
    redefined: bool
    """Whether the machine holds it to take the other's place."""
    likeness: float
    """Of the names, 0 to 100."""

    @property
    def field(self) -> str:
        """The field that links it."""
        return FIELD_OF[self.kind]

    def answers(self) -> tuple[tuple[str, str], ...]:
        """What a person may say of it, each with the value of the line that says so."""
        follows = self.series_id if self.redefined else f"{AFTER}{self.other_id}"
        return (("same", self.other_id), ("successor", follows), ("none", f"{AFTER}{NOTHING}"))

    @property
    def key(self) -> Key:
        """Report, row and field of the line that decides."""
        return (self.item["document_id"], self.item["item_id"], self.field)


def links(workspace: Workspace, query: Query, say: Messages) -> PageView:
    """The suggestions that nobody has decided yet. ``item`` is the one that the keys are for."""
    found = list(islice(open_links(workspace), _MOST + 1))
    shown = found[:_MOST]
    ids = [link.item["item_id"] for link in shown]
    at = ids.index(query["item"]) if query.get("item") in ids else 0
    boxes = _boxes_of(workspace, shown)
    pages = {key: page for key, (page, _) in boxes.items()}
    values: dict[str, Any] = {
        "links": shown,
        "current": shown[at] if shown else None,
        "before": ids[at - 1] if at else None,
        "after": ids[at + 1] if at + 1 < len(ids) else None,
        "places": _places(workspace, shown[at], boxes, say) if shown else (),
        "pages": pages,
        "more": len(found) > _MOST,
        "reports": workspace.index.reports(),
        "file": workspace.corrections.path,
        "conflict": None,
    }
    header = (
        *("document_id", "id", "name", "target", "page", "series_id", "other_name"),
        *("other_target", "other_document_id", "other_page", "other_series_id", "redefined"),
        "likeness",
    )
    rows = [
        (
            *(s.item["document_id"], s.item["item_id"], s.item["name"], s.item["target_text"]),
            *(pages.get(s.item["item_id"]), s.series_id, s.other["name"]),
            *(s.other["target_text"], s.other["document_id"]),
            *(pages.get(s.other["item_id"]), s.other_id, s.redefined, s.likeness),
        )
        for s in shown
    ]
    return PageView("links.html.j2", say("links.title"), values, Table("links", header, rows))


def _boxes_of(
    workspace: Workspace, suggested: Sequence[LinkSuggestion]
) -> dict[str, tuple[int, Bbox | None]]:
    """The page and box of each measure and goal, by its id."""
    wanted: dict[tuple[str, str], set[str]] = {}
    for link in suggested:
        for member in (link.item, link.other):
            if member["document_id"] in workspace.index.reports():
                key = (member["document_id"], link.kind)
                wanted.setdefault(key, set()).add(member["item_id"])
    found: dict[str, tuple[int, Bbox | None]] = {}
    for (document_id, kind), ids in wanted.items():
        dataset, key_column = _DATASET_OF[kind]
        file = workspace.index.file(dataset, document_id)
        columns = (key_column, "page", "bbox")
        for row in select_rows(file, dataset, columns, where={key_column: ids}).rows:
            found[row[key_column]] = (row["page"], row["bbox"])
    return found


def _places(
    workspace: Workspace,
    link: LinkSuggestion,
    boxes: Mapping[str, tuple[int, Bbox | None]],
    say: Messages,
) -> tuple[ShownPlace, ...]:
    """Both places of a suggestion, the earlier first, those whose report is there."""
    return tuple(
        place_of(
            workspace, workspace.report(member["document_id"]), *boxes[member["item_id"]], None, say
        )
        for member in (link.other, link.item)
        if member["item_id"] in boxes
    )


def open_links(workspace: Workspace) -> Iterator[LinkSuggestion]:
    """The suggestions that nobody has decided, those of the machine first."""
    decided: Mapping[Key, Override] = workspace.corrections.decided()
    for suggestion in suggestions(workspace):
        if suggestion.key not in decided:
            yield suggestion


def suggestions(workspace: Workspace) -> tuple[LinkSuggestion, ...]:
    """What might go on from an earlier year: what the machine named, then what is worded alike."""
    rows = select_rows(register_file(workspace.root), "series", _COLUMNS).rows
    by_id = {row["series_id"]: row for row in rows}
    named = list(_named(rows, by_id))
    taken = {suggestion.key for suggestion in named}
    alike = [one for one in _alike(rows) if one.key not in taken]
    alike.sort(key=lambda one: -one.likeness)
    return (*named, *alike)


def _named(
    rows: Sequence[Mapping[str, Any]], by_id: Mapping[str, Mapping[str, Any]]
) -> Iterator[LinkSuggestion]:
    for row in rows:
        for item in row["members"]:
            for candidate in item["candidates"]:
                other = by_id.get(candidate)
                earlier = other and _before(other, item["fiscal_year"])
                if other and earlier and item["present"] and candidate != row["series_id"]:
                    redefined = row["predecessor_series_id"] == candidate
                    yield _suggestion(row, item, other, earlier, redefined=redefined)


def _alike(rows: Sequence[Mapping[str, Any]]) -> Iterator[LinkSuggestion]:
    """Series that begin where one of a like name has ended, the likest of each."""
    ended: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    has_successor = {row["predecessor_series_id"] for row in rows}
    latest: dict[str, int] = {}
    for row in rows:
        latest[row["organisation"]] = max(latest.get(row["organisation"], 0), row["last_year"])
    for row in rows:
        if row["last_year"] < latest[row["organisation"]] and row["series_id"] not in has_successor:
            ended.setdefault((row["organisation"], row["kind"]), []).append(row)
    for row in rows:
        if row["predecessor_series_id"] is not None or not row["members"]:
            continue
        item = row["members"][0]
        scored = [
            (_likeness(item, earlier), other, earlier)
            for other in ended.get((row["organisation"], row["kind"]), ())
            if other["last_year"] < row["first_year"]
            and (earlier := _before(other, row["first_year"])) is not None
        ]
        if scored and item["present"]:
            likeness, other, earlier = max(scored, key=lambda one: (one[0], one[1]["series_id"]))
            if likeness >= _LEAST_LIKENESS:
                yield _suggestion(row, item, other, earlier, redefined=False)


def _before(row: Mapping[str, Any], year: int) -> Mapping[str, Any] | None:
    """The latest member of a series before a year."""
    earlier = [member for member in row["members"] if member["fiscal_year"] < year]
    return earlier[-1] if earlier else None


def _likeness(one: Mapping[str, Any], other: Mapping[str, Any]) -> float:
    return float(fuzz.token_sort_ratio(one["name"].casefold(), other["name"].casefold()))


def _suggestion(
    row: Mapping[str, Any],
    item: Mapping[str, Any],
    other: Mapping[str, Any],
    earlier: Mapping[str, Any],
    *,
    redefined: bool,
) -> LinkSuggestion:
    return LinkSuggestion(
        kind=row["kind"],
        organisation=row["organisation"],
        series_id=row["series_id"],
        item=item,
        other_id=other["series_id"],
        other=earlier,
        redefined=redefined,
        likeness=round(_likeness(item, earlier), 1),
    )
