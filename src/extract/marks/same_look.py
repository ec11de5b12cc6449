"""Tells whether two marks look the same, pixel by pixel: one of a cell and one of the legend.

Every mark is rendered to one size, so that the same drawing gives the same picture wherever it
stands. What has neither a colour of its own nor a known sign is known by that: a gauge with three of
five parts filled, a face of which only the mouth tells, a needle that points to the third field.
"""

from __future__ import annotations

import math
from functools import lru_cache

from styrmatt.extract.marks.appearance import CropImage
from styrmatt.extract.marks.colour_difference import oklab

_LIKE = 0.2
"""Difference in OKLab up to which pixels look alike: half of that between a fill and the pale part
beside it, so that soft edges belong to one side."""
_NEAR = 1
"""Pixels by which the same line may lie elsewhere: rounding of where the mark begins."""
_OTHER = 0.02
"""Share of a picture's ink up to which it may be unlike the other: the mouth of a face is some 5 %
of its lines, one of ten parts of a gauge 6 % of it, the rounding of soft edges below 1 %."""
_SIZE = 2
"""Pixels by which the sides of two pictures of one mark may differ."""
_INK = 0.05
"""Difference in OKLab from a picture's corner from which a pixel is ink."""

Lab = tuple[float, float, float]


def look_the_same(one: CropImage, other: CropImage) -> bool:
    """Whether no more of either picture than rounding explains is unlike the other."""
    if abs(one.width - other.width) > _SIZE or abs(one.height - other.height) > _SIZE:
        return False
    return _unlike(one, other) <= _OTHER and _unlike(other, one) <= _OTHER


@lru_cache(maxsize=1024)
def _unlike(one: CropImage, other: CropImage) -> float:
    """The share of one picture's ink that has nothing like it at the same place in the other."""
    mine, theirs = _pixels(one), _pixels(other)
    ground = mine[0][0]
    ink = odd = 0
    for y, row in enumerate(mine):
        for x, pixel in enumerate(row):
            there = theirs[min(y, other.height - 1)][min(x, other.width - 1)]
            visible = math.dist(pixel, ground) >= _INK
            ink += visible
            if math.dist(pixel, there) > _LIKE and not _has_near(theirs, x, y, pixel):
                odd += 1
    return odd / max(ink, 1)


def _has_near(picture: tuple[tuple[Lab, ...], ...], x: int, y: int, pixel: Lab) -> bool:
    return any(
        math.dist(pixel, there) <= _LIKE
        for row in picture[max(y - _NEAR, 0) : y + _NEAR + 1]
        for there in row[max(x - _NEAR, 0) : x + _NEAR + 1]
    )


@lru_cache(maxsize=512)
def _pixels(picture: CropImage) -> tuple[tuple[Lab, ...], ...]:
    """The colours of a picture in OKLab, row by row."""
    return tuple(
        tuple(oklab((pixel >> 16, pixel >> 8 & 255, pixel & 255)) for pixel in row)
        for row in picture.pixels()
    )
