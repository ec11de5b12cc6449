"""A place in a report with the picture around it, as views put it beside another one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from styrmatt.printed import Bbox
from styrmatt.review.extract_index import ReportSummary
from styrmatt.review.messages import Messages
from styrmatt.review.views.view import Workspace, report_name

_CROP_MARGIN: Final = 28.0
"""Points of the page that are shown above and below a place: two rows of a table."""
_LEAST_WIDTH: Final = 430.0
"""Points of width that a crop has at least: the text of an A4 page without its margins."""
_LEAST_CROP: Final = 150.0
"""Points of height that a crop has at least, so that a row is seen among its neighbours."""


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """A place on a page with the picture around it, where there is one."""

    report: ReportSummary
    name: str
    page: int
    bbox: Bbox | None
    text: str | None
    sheet: Bbox | None
    part: tuple[float, ...] | None


def place_of(
    workspace: Workspace,
    report: ReportSummary,
    page: int,
    bbox: Bbox | None,
    text: str | None,
    say: Messages,
) -> ShownPlace:
    """A place on a page of a report, with the part of its picture that is shown."""
    sheet = workspace.images.sheet(report, page)
    part = crop_of(sheet, bbox) if sheet is not None and bbox is not None else None
    return ShownPlace(report, report_name(report, say), page, bbox, text, sheet, part)


def crop_of(sheet: Sequence[float], bbox: Sequence[float] | None) -> tuple[float, ...]:
    """The part of a page around a box: left, top, width, height; all of it without a box."""
    left, top, right, bottom = sheet
    if bbox is None:
        return (left, top, right - left, bottom - top)
    x, width = _stretch((bbox[0], bbox[2]), (left, right), _LEAST_WIDTH)
    y, height = _stretch((bbox[1], bbox[3]), (top, bottom), _LEAST_CROP)
    return (x, y, width, height)


def _stretch(
    inner: tuple[float, float], outer: tuple[float, float], least: float
) -> tuple[float, float]:
    """Where a stretch around ``inner`` begins within ``outer``, and how long it is."""
    length = min(max(inner[1] - inner[0] + 2 * _CROP_MARGIN, least), outer[1] - outer[0])
    start = (inner[0] + inner[1] - length) / 2
    return min(max(start, outer[0]), outer[1] - length), length
