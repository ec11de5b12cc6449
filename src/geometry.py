"""Geometry of boxes and spans on a page, for every stage that has boxes.

A box is (x0, top, x1, bottom) in points from the top left corner of the page, see
:data:`styrmatt.printed.Bbox`; what a function says of points holds for any other unit as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from styrmatt.printed import Bbox

Point = tuple[float, float]
"""x and y."""
Span = tuple[float, float]
"""Start and end along one axis."""

_CORNER_TOLERANCE = 0.1
"""Points by which a corner may miss its box: far below any line width, above rounding in a PDF."""
_SMALLEST_AREA = 0.01
"""Square points that stand in for the area of a box without one, so that it can be divided by."""


def union(boxes: Iterable[Bbox]) -> Bbox:
    """The smallest box around all boxes; ValueError if there is none."""
    first, *others = boxes
    if not others:  # as most words and marks are
        return first
    x0s, tops, x1s, bottoms = zip(first, *others, strict=True)
    return (min(x0s), min(tops), max(x1s), max(bottoms))


def bounding_box(points: Iterable[Point]) -> Bbox:
    """The smallest box around all points; ValueError if there is none."""
    xs, ys = zip(*points, strict=True)
    return (min(xs), min(ys), max(xs), max(ys))


def intersection(boxes: Iterable[Bbox]) -> Bbox:
    """The box that lies in all boxes; ends before it begins where there is none.

    ValueError if there are no boxes.
    """
    x0s, tops, x1s, bottoms = zip(*boxes, strict=True)
    return (max(x0s), max(tops), min(x1s), min(bottoms))


def middle_height(box: Bbox) -> float:
    """The height on the page of a box's middle."""
    return (box[1] + box[3]) / 2


def middle_inside(box: Bbox, area: Bbox, tolerance: float = 0.0) -> bool:
    """Whether the middle of ``box`` lies in ``area``, or less than ``tolerance`` outside of it."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return (
        area[0] - tolerance <= x <= area[2] + tolerance
        and area[1] - tolerance <= y <= area[3] + tolerance
    )


def contains(area: Bbox, box: Bbox) -> bool:
    """Whether all of ``box`` lies in ``area``; their sides may touch."""
    return area[0] <= box[0] and area[1] <= box[1] and area[2] >= box[2] and area[3] >= box[3]


def overlaps(one: Bbox, other: Bbox) -> bool:
    """Whether two boxes overlap; boxes that only touch do not."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def touches(one: Bbox, other: Bbox, tolerance: float = 0.0) -> bool:
    """Whether two boxes overlap, touch, or lie at most ``tolerance`` apart on either axis."""
    return (
        one[0] <= other[2] + tolerance
        and other[0] <= one[2] + tolerance
        and one[1] <= other[3] + tolerance
        and other[1] <= one[3] + tolerance
    )


def gap(one: Bbox, other: Bbox) -> float:
    """The larger of the gaps across and down between two boxes; 0 where they touch or overlap."""
    across = max(one[0] - other[2], other[0] - one[2], 0.0)
    down = max(one[1] - other[3], other[1] - one[3], 0.0)
    return max(across, down)


def area(box: Bbox) -> float:
    """The area of a box."""
    return (box[2] - box[0]) * (box[3] - box[1])


def shared_area(one: Bbox, other: Bbox) -> float:
    """The area that two boxes have in common; 0 where they do not overlap."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return width * height if width > 0 and height > 0 else 0.0


def share_of_smaller(one: Bbox, other: Bbox) -> float:
    """The share of the smaller box, 0 to 1, that lies in the other."""
    return shared_area(one, other) / max(min(area(one), area(other)), _SMALLEST_AREA)


def share_of_larger(one: Bbox, other: Bbox) -> float:
    """The share of the larger box, 0 to 1, that lies in the other."""
    return shared_area(one, other) / max(area(one), area(other), _SMALLEST_AREA)


def share_of_both(one: Bbox, other: Bbox) -> float:
    """The share of what two boxes cover together, 0 to 1, that both cover."""
    shared = shared_area(one, other)
    return shared / (area(one) + area(other) - shared) if shared else 0.0


def middle(span: Span) -> float:
    """The middle of a span along one axis."""
    return (span[0] + span[1]) / 2


def clusters(spans: Iterable[Span], gap: float) -> list[Span]:
    """Spans along one axis, sorted, as one where the gap between them is no wider than ``gap``."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start - found[-1][1] <= gap:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def covered_length(spans: Iterable[Span]) -> float:
    """The length that spans along one axis cover together; what several cover counts once."""
    total, reach = 0.0, float("-inf")
    for start, end in sorted(spans):
        total += max(end - max(start, reach), 0.0)
        reach = max(reach, end)
    return total


def is_upright_rectangle(points: Sequence[Point], bbox: Bbox) -> bool:
    """Whether points are the corners of their bounding box, the first perhaps once more as last."""
    x0, top, x1, bottom = bbox
    return len(points) in (4, 5) and all(
        min(abs(x - x0), abs(x - x1)) < _CORNER_TOLERANCE
        and min(abs(y - top), abs(y - bottom)) < _CORNER_TOLERANCE
        for x, y in points
    )
