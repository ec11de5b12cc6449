"""Where on a sheet of paper something stands that was turned upright to be read.

What is set sideways is read below the sheet, as if it lay on a flap that is folded out and turned.
"""

from __future__ import annotations

from dataclasses import dataclass

from styrmatt.geometry import Point, bounding_box
from styrmatt.printed import Bbox

UPWARDS, UPSIDE_DOWN, DOWNWARDS = 90, 180, 270
"""Degrees to the left by which text is turned that is read upwards, upside down, downwards."""


@dataclass(frozen=True, slots=True)
class Fold:
    """A flap of a page: by what its text is turned on the sheet, and where the flap begins."""

    turn: int
    """Degrees to the left: 90, 180 or 270."""
    width: float
    height: float
    """Of the sheet, in points."""
    begins: float = 0.0
    """The height at which the flap begins; 0 where all of the sheet was turned."""

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the flap."""
        across = self.turn != UPSIDE_DOWN
        return (self.height, self.width) if across else (self.width, self.height)

    def point(self, place: Point) -> Point:
        """The place on the flap of a place on the sheet."""
        x, y = place
        u, v = {
            UPWARDS: (self.height - y, x),
            UPSIDE_DOWN: (self.width - x, self.height - y),
            DOWNWARDS: (y, self.width - x),
        }[self.turn]
        return (u, self.begins + v)

    def box(self, box: Bbox) -> Bbox:
        """The box on the flap of a box on the sheet."""
        return bounding_box((self.point(box[:2]), self.point(box[2:])))

    def back(self, box: Bbox) -> Bbox:
        """The box on the sheet of a box on the flap."""
        return bounding_box((self._back(box[:2]), self._back(box[2:])))

    def on_sheet(self, box: Bbox) -> Bbox:
        """The box on the sheet of one that stands on the sheet or on the flap.

        Of one that reaches from the sheet to the flap it is the part on the sheet.
        """
        if self.begins and box[1] < min(self.height, self.begins):
            return (box[0], box[1], min(box[2], self.width), min(box[3], self.height))
        return self.back(box)

    def _back(self, place: Point) -> Point:
        u, v = place[0], place[1] - self.begins
        return {
            UPWARDS: (v, self.height - u),
            UPSIDE_DOWN: (self.width - u, self.height - v),
            DOWNWARDS: (self.width - v, u),
        }[self.turn]
