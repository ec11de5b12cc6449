"""Gives the places of a levelled scan as they are on the page of the file as it came."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from types import MappingProxyType
from typing import Any

from styrmatt.geometry import Point, bounding_box
from styrmatt.printed import Bbox, ExtractedReport, Location, Section, packed_box


@dataclass(slots=True)
class TurnedPages:
    """Pages that were turned to be level, about their middles."""

    turned: Mapping[int, float]
    """Degrees by which each was turned anticlockwise, by its number."""
    middles: Mapping[int, Point]
    """The middle of each, in points."""
    _done: dict[int, tuple[Any, Any]] = field(default_factory=dict)
    """What was turned, by ``id()``, with what came of it: cells of several rows stay one cell."""

    def box(self, page: int, box: Bbox) -> Bbox:
        """The box around what a box of the levelled page holds, on the page as it came."""
        angle = math.radians(-self.turned.get(page, 0.0))
        if not angle:
            return box
        middle_x, middle_y = self.middles[page]
        cosine, sine = math.cos(angle), math.sin(angle)
        corners = [(x - middle_x, y - middle_y) for x in (box[0], box[2]) for y in (box[1], box[3])]
        return bounding_box(
            [
                (middle_x + x * cosine + y * sine, middle_y - x * sine + y * cosine)
                for x, y in corners
            ]
        )

    def report(self, report: ExtractedReport) -> ExtractedReport:
        """The report with all of its places turned back."""
        turned: ExtractedReport = self._of(report)
        unsure = tuple((page, self.box(page, box)) for page, box in report.unsure)
        return replace(turned, unsure=unsure)

    def _of(self, value: Any) -> Any:
        if id(value) in self._done:
            return self._done[id(value)][1]
        found = self._turned(value)
        self._done[id(value)] = (value, found)
        return found

    def _turned(self, value: Any) -> Any:
        if isinstance(value, Location):
            return value if value.bbox is None else self._place(value, value.bbox)
        if isinstance(value, Section):
            return self._section(value)
        if is_dataclass(value) and not isinstance(value, type):
            return replace(
                value, **{one.name: self._of(getattr(value, one.name)) for one in fields(value)}
            )
        if isinstance(value, Mapping):
            return MappingProxyType({key: self._of(one) for key, one in value.items()})
        return tuple(map(self._of, value)) if isinstance(value, tuple) else value

    def _place(self, place: Location, box: Bbox) -> Location:
        return replace(place, bbox=self.box(place.page, box))

    def _section(self, section: Section) -> Section:
        pages = section.pages or (section.place.page,) * len(section.line_boxes)
        boxes = zip(pages, section.line_boxes, strict=True)
        packed = b"".join(packed_box(self.box(page, box)) for page, box in boxes)
        return replace(section, place=self._of(section.place), boxes=packed)
