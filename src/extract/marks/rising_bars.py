"""Gauges of bars on one line that rise from left to right, as signs of reception do.

Lengths are in points, or shares of a bar's width.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from styrmatt.printed import Bbox

BARS: Final = range(4, 11)
"""The bars of such a gauge: fewer are rather a picture, more a chart."""
_HIGHEST, _WIDEST = 30.0, 12.0
"""Sides of a bar at most; larger ones are a chart."""
_ALIKE = 0.15
"""Share of its width by which a bar may be wider than another, or reach into it."""
_LEVEL = 1.0
"""By which the lower ends of bars differ at most."""
_STEP = 0.4
"""By which a bar is higher than the one before it at least."""


def rising_bars(boxes: Sequence[Bbox]) -> Iterator[list[int]]:
    """The gauges among boxes, each as the numbers of its bars from left to right."""
    small = [
        n
        for n, (x0, top, x1, bottom) in enumerate(boxes)
        if bottom - top <= _HIGHEST and x1 - x0 <= _WIDEST
    ]
    if len(small) < BARS.start:
        return
    row: list[int] = []
    for n in sorted(small, key=lambda n: (round(boxes[n][3]), boxes[n][0])):
        if row and not _rises(boxes[row[-1]], boxes[n]):
            if len(row) in BARS:
                yield row
            row = []
        row.append(n)
    if len(row) in BARS:
        yield row


def _rises(one: Bbox, other: Bbox) -> bool:
    """Whether a bar stands right behind another one, and is higher."""
    width = one[2] - one[0]
    near = -_ALIKE * width <= other[0] - one[2] <= width
    level = abs(one[3] - other[3]) <= _LEVEL and other[1] <= one[1] - _STEP
    return near and level and abs(other[2] - other[0] - width) <= _ALIKE * width
