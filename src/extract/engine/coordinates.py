"""Converts PDFium's coordinates to places on a page as it is shown: points from its top left.

The page is its media box, rotated as the page says. PDFium does not report a media box that a page
inherits from above it in the page tree; there the page is its crop box.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from styrmatt.geometry import Point, bounding_box
from styrmatt.printed import Bbox

Matrix = tuple[float, float, float, float, float, float]
"""a, b, c, d, e, f of a PDF transformation: x' = ax + cy + e, y' = bx + dy + f."""

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def combined(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that transforms by one matrix and then by another."""
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
class PageCoordinates:
    """A page's size in points, and how its coordinates become places on it."""

    width: float
    height: float
    matrix: Matrix
    """To the page as it is shown, but with y still counted upwards from its lower end."""
    corner: Point
    """The top left corner of what is shown of the page (its crop box), as a place on it."""

    @property
    def is_rotated(self) -> bool:
        """Whether the page is shown on its side or upside down."""
        return self.matrix[:4] != IDENTITY[:4]

    def to_page(self, points: Iterable[Point], matrix: Matrix = IDENTITY) -> list[Point]:
        """The places of points; ``matrix`` turns them into the page's coordinates first."""
        a, b, c, d, e, f = combined(matrix, self.matrix)
        return [(a * x + c * y + e, self.height - (b * x + d * y + f)) for x, y in points]

    def box_to_page(self, box: Bbox, matrix: Matrix = IDENTITY) -> Bbox:
        """The place of a box; ``matrix`` turns it into the page's coordinates first."""
        x0, y0, x1, y1 = box
        return bounding_box(self.to_page(((x0, y0), (x1, y0), (x1, y1), (x0, y1)), matrix))


def page_coordinates(page: Any) -> PageCoordinates:
    """The coordinates of a page of pypdfium2."""
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
    without_corner = PageCoordinates(width, height, matrix, (0.0, 0.0))
    left, top, _, _ = without_corner.box_to_page(shown)
    return PageCoordinates(width, height, matrix, (left, top))
