"""Marks among the ink of a page: discs, arrows and the like, told from letters by their bodies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from styrmatt.scans.components import Array, Components

_SMALLEST, _LARGEST = 4.0, 46.0
"""Points: the longer side of a mark at least, and its height at most."""
_WIDEST: Final = 92.0
_BODY: Final = 3.0
"""Points: the side of a square that fits into a mark and into no stroke of a letter: strokes of bold
text of 16 points have 2.6."""
_NEAR: Final = 0.3
"""Share of its height that is free beside a mark; the letters of a heading stand closer."""
_SAME_HEIGHT: Final = 0.5
"""Share of its height from which ink beside it is a letter of the same word."""


def mark_parts(ink: Array, parts: Components, scale: float) -> list[int]:
    """The numbers of the parts that are marks."""
    import numpy as np

    solid = _eroded(ink, max(round(_BODY * scale), 2))
    with_body = np.unique(parts.labels[solid & ink])
    boxes = parts.boxes
    return [number for number in with_body.tolist() if _is_mark(number, boxes, scale)]


def _is_mark(number: int, boxes: Array, scale: float) -> bool:
    x0, y0, x1, y1 = boxes[number].tolist()
    width, height = (x1 - x0) / scale, (y1 - y0) / scale
    if max(width, height) < _SMALLEST or height > _LARGEST or width > _WIDEST:
        return False
    return not any(_beside(boxes, x0, y0, x1, y1))


def _beside(boxes: Array, x0: int, y0: int, x1: int, y1: int) -> Iterator[bool]:
    """For each part near the box, left or right of it, whether it is a letter of one word with it."""
    import numpy as np

    height = y1 - y0
    gap = np.maximum(boxes[:, 0] - x1, x0 - boxes[:, 2])
    overlap = np.minimum(boxes[:, 3], y1) - np.maximum(boxes[:, 1], y0)
    heights = boxes[:, 3] - boxes[:, 1]
    near = (gap >= 0) & (gap <= _NEAR * height) & (overlap >= _SAME_HEIGHT * height)
    yield bool((near & (heights <= 2 * height)).any())


def _eroded(ink: Array, side: int) -> Array:
    """The pixels in the middle of squares of ``side`` pixels that are full of ink."""
    import numpy as np

    sums = np.pad(ink.astype(np.int32), ((1, 0), (1, 0))).cumsum(axis=0).cumsum(axis=1)
    squares = sums[side:, side:] - sums[:-side, side:] - sums[side:, :-side] + sums[:-side, :-side]
    eroded = np.zeros_like(ink)
    half = side // 2
    full = squares >= side * side
    eroded[half : half + full.shape[0], half : half + full.shape[1]] = full
    return eroded
