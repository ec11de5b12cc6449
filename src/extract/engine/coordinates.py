"""From PDFium's coordinates to places on a page as it is shown: points from its upper left corner.

The page is its media box, turned as the page says. PDFium does not tell a media box that stands
higher up in the tree of pages: there the page is what is shown of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from styrmatt.geometry import Point, bounding_box
from styrmatt.printed import Bbox

Matrix = tuple[float, float, float, float, float, float]

SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def times(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that does one thing after another."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


@dataclass(frozen=True, slots=True)
class Frame:
    """A page's size, and the matrix to its shown state, in which y still points up from below."""

    width: float
    height: float
    matrix: Matrix
    corner: Point
    """Where the upper left corner of what is shown (the crop box) lies."""

    @property
    def turned(self) -> bool:
        """Whether the page is shown on its side or upside down."""
        return self.matrix[:4] != SAME[:4]

    def places(self, points: Iterable[Point], matrix: Matrix = SAME) -> list[Point]:
        """Points of an object with a matrix of its own as places on the page."""
        a, b, c, d, e, f = times(matrix, self.matrix)
        return [(a * x + c * y + e, self.height - (b * x + d * y + f)) for x, y in points]

    def place(self, box: Bbox, matrix: Matrix = SAME) -> Bbox:
        """The place of a box."""
        x0, y0, x1, y1 = box
        corners = self.places(((x0, y0), (x1, y0), (x1, y1), (x0, y1)), matrix)
        return bounding_box(corners)


def frame_of(page: Any) -> Frame:
    """The frame of a page of pypdfium2."""
    shown: Bbox = page.get_bbox()
    x0, y0, x1, y1 = page.get_mediabox(fallback_ok=False) or shown
    x0, x1, y0, y1 = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
    width, height = x1 - x0, y1 - y0
    matrix: Matrix = {
        90: (0.0, -1.0, 1.0, 0.0, -y0, x1),
        180: (-1.0, 0.0, 0.0, -1.0, x1, y1),
        270: (0.0, 1.0, -1.0, 0.0, y1, -x0),
    }.get(page.get_rotation(), (1.0, 0.0, 0.0, 1.0, -x0, -y0))
    if matrix[0] == 0.0:
        width, height = height, width
    frame = Frame(width, height, matrix, (0.0, 0.0))
    left, top, _, _ = frame.place(shown)
    return Frame(width, height, matrix, (left, top))
