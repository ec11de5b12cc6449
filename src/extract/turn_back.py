"""Gives the places of a levelled scan as they are on the page of the file as it came."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from styrmatt.extract.model.moved_places import MovedPlaces
from styrmatt.geometry import Point, bounding_box
from styrmatt.printed import Bbox, ExtractedReport


@dataclass(slots=True)
class TurnedPages:
    """Pages that were turned to be level, about their middles."""

    turned: Mapping[int, float]
    """Degrees by which each was turned anticlockwise, by its number."""
    middles: Mapping[int, Point]
    """The middle of each, in points."""

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
        turned = MovedPlaces(self.box).report(report)
        unsure = tuple((page, self.box(page, box)) for page, box in report.unsure)
        return replace(turned, unsure=unsure)
