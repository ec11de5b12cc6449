"""Marks among the ink of a page: discs, arrows and the like, told from letters by their bodies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from styrmatt.scans.components import Array, Components, find_components

_SMALLEST, _LARGEST = 4.0, 46.0
"""Points: the longer side of a mark at least, and its height at most."""
_WIDEST: Final = 92.0
_BODY: Final = 3.0
"""Points: the side of a square that fits into a mark and into no stroke of a letter: strokes of
bold text of 16 points have 2.6."""
_BODY_OF_HEIGHT: Final = 0.3
"""Share of a mark's height that the square's side is at least: large letters have thick strokes."""
_NEAR: Final = 0.3
"""Share of its height that is free beside a mark; the letters of a heading stand closer."""
_SAME_HEIGHT: Final = 0.5
"""Share of its height from which ink beside it is a letter of the same word."""
_RING: Final = 6.0
"""Points: the height of an unfilled mark at least; it stands alone, as no O does."""
_RING_ASPECT = (0.88, 1.14)
"""Width over height of such a mark; a nought is narrower."""
_RING_INK: Final = 0.5
_RING_INSIDE: Final = 0.4
"""Shares of its box that its outline has at most, and that it encloses at least."""


_FEWEST_STEPS: Final = 4
"""Parts of a gauge: three are the lamps of a light, or letters."""
_LEAST_STEP: Final = 2.5
"""Points: the height of a gauge's part at least; leaders are lines of smaller dots."""
_SOLID_BOX, _SOLID_DISC = 0.9, 0.7
"""Shares of its box that a segment and a disc cover at least; letters cover less."""
_ROUND_STEP = (0.85, 1.18)
"""Width over height of a disc or ring."""
_SAME_STEP: Final = 0.2
"""Share of their size by which the parts of a gauge may differ: a pixel or two in a scan."""
_NEXT_STEP: Final = 0.5
"""Share of its width between a part and the next at most."""


def mark_parts(ink: Array, parts: Components, scale: float) -> list[int]:
    """The numbers of the parts that are marks."""
    import numpy as np

    solid = _eroded(ink, max(round(_BODY * scale), 2))
    with_body = np.unique(parts.labels[solid & ink])
    boxes = parts.boxes
    rings = [n for n in range(len(boxes)) if _may_be_ring(boxes[n].tolist(), parts.sizes[n], scale)]
    found = [n for n in with_body.tolist() if _is_mark(n, boxes, scale) and _has_body(parts, n)]
    found += [
        n for n in rings if n not in found and _is_mark(n, boxes, scale) and _is_ring(parts, n)
    ]
    found += [n for n in gauge_parts(parts, scale) if n not in found]
    return sorted(found)


def gauge_parts(parts: Components, scale: float) -> list[int]:
    """The numbers of the parts that are discs, rings or segments of a gauge, which has four or more
    of one size beside each other, as no word has."""
    boxes = parts.boxes.tolist()
    likely = [n for n in range(len(boxes)) if _may_be_of_gauge(parts, n, scale)]
    likely.sort(key=lambda n: boxes[n][0])
    rows: list[list[int]] = []
    for number in likely:
        row = next((r for r in rows if _is_next(boxes[r[-1]], boxes[number])), None)
        if row is None:
            rows.append([number])
        else:
            row.append(number)
    return sorted(n for row in rows if len(row) >= _FEWEST_STEPS for n in row)


def _may_be_of_gauge(parts: Components, number: int, scale: float) -> bool:
    x0, y0, x1, y1 = parts.boxes[number].tolist()
    width, height, size = x1 - x0, y1 - y0, parts.sizes[number]
    if height < _LEAST_STEP * scale or max(width, height) > _LARGEST * scale:
        return False
    if size >= _SOLID_BOX * width * height:
        return True
    is_round = _ROUND_STEP[0] <= width / height <= _ROUND_STEP[1]
    return is_round and (size >= _SOLID_DISC * width * height or _is_ring(parts, number))


def _is_next(one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether a box of the same size begins right behind another, on the same height."""
    width, height = one[2] - one[0], one[3] - one[1]
    alike = abs(other[2] - other[0] - width) <= _SAME_STEP * width
    level = max(abs(other[1] - one[1]), abs(other[3] - one[3])) <= _SAME_STEP * height
    return alike and level and 0 <= other[0] - one[2] <= _NEXT_STEP * width


def _has_body(parts: Components, number: int) -> bool:
    """Whether a square fits into a part that is large for its height."""
    x0, y0, x1, y1 = parts.boxes[number].tolist()
    side = max(round(_BODY_OF_HEIGHT * (y1 - y0)), 2)
    return bool(_eroded(parts.labels[y0:y1, x0:x1] == number, side).any())


def _may_be_ring(box: Sequence[int], size: int, scale: float) -> bool:
    """Whether a part is as round, as large and as empty as an unfilled disc or square."""
    x0, y0, x1, y1 = box
    width, height = x1 - x0, y1 - y0
    round_enough = _RING_ASPECT[0] <= width / height <= _RING_ASPECT[1]
    return round_enough and height >= _RING * scale and size <= _RING_INK * width * height


def _is_ring(parts: Components, number: int) -> bool:
    """Whether a part encloses most of its box."""
    import numpy as np

    x0, y0, x1, y1 = parts.boxes[number].tolist()
    own = np.pad(parts.labels[y0:y1, x0:x1] == number, 1)
    paper = find_components(~own)
    outside = paper.sizes[paper.labels[0, 0]]
    inside = own.size - int(own.sum()) - int(outside)
    return bool(inside >= _RING_INSIDE * (x1 - x0) * (y1 - y0))


def _is_mark(number: int, boxes: Array, scale: float) -> bool:
    x0, y0, x1, y1 = boxes[number].tolist()
    width, height = (x1 - x0) / scale, (y1 - y0) / scale
    if max(width, height) < _SMALLEST or height > _LARGEST or width > _WIDEST:
        return False
    return not _has_neighbour(boxes, x0, y0, x1, y1)


def _has_neighbour(boxes: Array, x0: int, y0: int, x1: int, y1: int) -> bool:
    """Whether a part stands so close to the box, left or right, that both are letters of a word."""
    import numpy as np

    height = y1 - y0
    gap = np.maximum(boxes[:, 0] - x1, x0 - boxes[:, 2])
    overlap = np.minimum(boxes[:, 3], y1) - np.maximum(boxes[:, 1], y0)
    heights = boxes[:, 3] - boxes[:, 1]
    near = (gap >= 0) & (gap <= _NEAR * height) & (overlap >= _SAME_HEIGHT * height)
    return bool((near & (heights <= 2 * height)).any())


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
