"""Boxes of one size beside each other at even distances, as the parts of a gauge are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median_low
from typing import Final

from styrmatt.printed import Bbox

APART: Final = 1.2
"""Share of its width between a part and the next one at most: marks of columns, and marks with
words between them, lie further apart."""
_ALIKE: Final = 0.15
"""Share of a part's width by which parts differ in size, or reach into each other, at most."""
_UNEVEN: Final = 0.2
"""Share of a part's width by which a gap may be wider than others of its row: from there on the
next mark begins."""
_SAME_BAND: Final = 1.0
"""Points by which the parts of one row may lie higher or lower than each other: rounding."""
_ROUND: Final = 0.2
"""Share of its width by which a part may be higher than wide, or wider than high, and still be
nearly a square."""


def even_rows(boxes: Sequence[Bbox]) -> Iterator[list[int]]:
    """The boxes by number in rows, each from left to right; most rows have one box."""
    ordered = sorted(range(len(boxes)), key=lambda n: (boxes[n][1], boxes[n][0]))
    bands: list[list[int]] = []
    for n in ordered:
        if bands and boxes[n][1] - boxes[bands[-1][0]][1] <= _SAME_BAND:
            bands[-1].append(n)
        else:
            bands.append([n])
    for band in bands:
        row: list[int] = []
        for n in sorted(band, key=lambda n: boxes[n][0]):
            if row and not _follows(boxes[row[-1]], boxes[n]):
                yield from _parted(boxes, row)
                row = []
            row.append(n)
        yield from _parted(boxes, row)


def is_nearly_square(box: Bbox) -> bool:
    """Whether a box is as high as wide, as discs and lamps are."""
    width, height = box[2] - box[0], box[3] - box[1]
    return abs(width - height) <= _ROUND * max(width, height)


def _follows(one: Bbox, other: Bbox) -> bool:
    """Whether a box of the same size stands close behind another one."""
    width = one[2] - one[0]
    slack = _ALIKE * width
    alike = (
        abs(other[2] - other[0] - width) <= slack
        and abs((other[3] - other[1]) - (one[3] - one[1])) <= slack
        and abs(other[1] - one[1]) <= slack
    )
    return alike and -slack <= other[0] - one[2] <= APART * width


def _parted(boxes: Sequence[Bbox], row: Sequence[int]) -> Iterator[list[int]]:
    """A row in parts where a gap is wider than most: there one gauge ends and another begins."""
    gaps = [boxes[b][0] - boxes[a][2] for a, b in pairwise(row)]
    if not gaps:
        yield list(row)
        return
    widest = median_low(gaps) + _UNEVEN * (boxes[row[0]][2] - boxes[row[0]][0])
    part = [row[0]]
    for n, gap in zip(row[1:], gaps, strict=True):
        if gap > widest:
            yield part
            part = []
        part.append(n)
    yield part
