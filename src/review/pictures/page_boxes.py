"""What was read on a page, as boxes that lead to records; and how each goal went."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from styrmatt.export.store.select_rows import select_rows
from styrmatt.printed import Bbox
from styrmatt.review.extract_index import ExtractIndex

_MOST_BOXES: Final = 600
"""Boxes drawn on a page at most: a full page of the densest table has about 200 cells."""
_BOXES: Final = (
    *("record_id", "measure", "sex", "page", "page_last", "bbox", "target_bbox", "status_bbox"),
    *("trend_bbox", "outcome_page", "outcome_bbox", "target_text", "status", "trend"),
)
_GOALS: Final = (
    *("goal_id", "goal", "page", "bbox", "assessment", "assessment_text", "assessment_page"),
    "assessment_bbox",
)


@dataclass(frozen=True, slots=True)
class Box:
    """A box on a page, and the record that it is of."""

    kind: str
    """row, target, status, trend, result, goal, factor, issue."""
    bbox: Bbox
    target: str
    """The id of the record or issue that it leads to."""
    label: str
    """What is there, for those who do not see it."""
    page: int
    """The page on which the record's line begins."""


@dataclass(frozen=True, slots=True)
class GoalAssessment:
    """How a goal went, and where the report says so."""

    status: str | None
    text: str | None
    page: int


def boxes_on(index: ExtractIndex, document_id: str, page: int) -> tuple[Box, ...]:
    """The boxes of all that was read on a page, large ones first, so that small ones lie on top."""
    file = index.file("records", document_id)
    of_lines = select_rows(file, "records", _BOXES, where={"page": (page,)}, limit=_MOST_BOXES).rows
    of_results = select_rows(
        file, "records", _BOXES, where={"outcome_page": (page,)}, limit=_MOST_BOXES
    ).rows
    found = [box for row in of_lines for box in _boxes_of_line(row)]
    found += [box for row in of_results for box in _box_of_result(row)]
    found += _boxes_of_goals(index, document_id, page)
    found.sort(key=lambda box: -_area(box.bbox))
    return tuple(found[:_MOST_BOXES])


def goal_assessments(index: ExtractIndex, document_id: str) -> Mapping[str, GoalAssessment]:
    """How each goal of a report went, by its id."""
    rows = select_rows(index.file("goals", document_id), "goals", _GOALS).rows
    return {
        row["goal_id"]: GoalAssessment(
            row["assessment"], row["assessment_text"], row["assessment_page"] or row["page"]
        )
        for row in rows
    }


def _boxes_of_line(row: Mapping[str, Any]) -> Iterator[Box]:
    texts = {"target": row["target_text"], "status": row["status"], "trend": row["trend"]}
    if row["bbox"]:
        yield Box("row", row["bbox"], row["record_id"], row["measure"], row["page"])
    for kind, text in texts.items():
        if row[f"{kind}_bbox"]:
            yield Box(kind, row[f"{kind}_bbox"], row["record_id"], text or "", row["page"])


def _boxes_of_goals(index: ExtractIndex, document_id: str, page: int) -> Iterator[Box]:
    """The goals of the overview on a page; each leads to its first record."""
    goals = select_rows(
        index.file("goals", document_id),
        "goals",
        _GOALS,
        where={"page": (page,)},
        limit=_MOST_BOXES,
    ).rows
    if not goals:
        return
    lines = select_rows(
        index.file("records", document_id), "records", ("goal_id", "record_id", "page")
    ).rows
    first = {line["goal_id"]: line for line in reversed(lines)}
    for goal in goals:
        line = first.get(goal["goal_id"])
        for kind, bbox in (("goal", goal["bbox"]), ("status", goal["assessment_bbox"])):
            if line is not None and bbox:
                yield Box(kind, bbox, line["record_id"], goal["goal"], line["page"])


def _box_of_result(row: Mapping[str, Any]) -> Iterator[Box]:
    if row["outcome_bbox"]:
        yield Box("result", row["outcome_bbox"], row["record_id"], row["measure"], row["page"])


def _area(box: Bbox) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
