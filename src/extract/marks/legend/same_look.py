"""Tells whether two marks look the same, pixel by pixel: one of a cell and one of the legend.

Every mark is rendered to one size, so that the same drawing gives the same picture wherever it
stands. What has neither a colour of its own nor a known sign is known by that: a face of which only
the mouth tells, a needle that points to the third field.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

from styrmatt.extract.marks.mark import GaugePart, Mark
from styrmatt.extract.marks.picture.colour_difference import Lab, difference, lch, oklab
from styrmatt.extract.marks.picture.pixels import CropImage
from styrmatt.extract.marks.segments import DARK, is_paler

_LIKE = 0.2
"""Difference in OKLab up to which pixels look alike: half of that between a fill and the pale part
beside it, so that soft edges belong to one side."""
_NEAR = 1
"""Pixels by which the same line may lie elsewhere: rounding of where the mark begins."""
_OTHER = 0.02
"""Share of a picture's ink up to which it may be unlike the other: the mouths of two faces differ
by 3 to 5 % of it, needles in two fields of a dial by 4 to 8 %, soft edges by less than 1 %."""
_SIZE = 2
"""Pixels by which the sides of two pictures of one mark may differ."""
_INK = 0.05
"""Difference in OKLab from a picture's corner from which a pixel is ink."""

_SAME_PART = 12.0
"""CIEDE2000 up to which parts of two gauges are of one colour: above the noise of a scan, far below
the difference between a part that is filled and one that is not."""
_SAME_GROUND = 3.0
"""CIEDE2000 up to which two shaded grounds are of one colour: pale green and pale yellow, which a
legend tells apart, differ by ten and more."""
_PALE = 0.92
"""OKLCH lightness from which a part is empty: the blur of its outline in a scan, and paler than the
grey of segments that are not filled."""


def look_alike(one: Mark, other: Mark) -> bool | None:
    """Whether marks look the same: gauges part by part, others by their pictures.

    Shaded ground looks as its colour does: the words on it are no part of it. None where one of
    them has no picture.
    """
    if one.gauge or other.gauge:
        return len(one.gauge) == len(other.gauge) and all(map(_same_part, one.gauge, other.gauge))
    if "shading" in (one.read_by, other.read_by) and one.colour and other.colour:
        return difference(one.colour, other.colour) <= _SAME_GROUND
    first, second = one.evidence, other.evidence
    if not (isinstance(first, CropImage) and isinstance(second, CropImage)):
        return None
    if abs(first.width - second.width) > _SIZE or abs(first.height - second.height) > _SIZE:
        return False
    return _unlike(first, second) <= _OTHER and _unlike(second, first) <= _OTHER


def filled_parts(gauge: Sequence[GaugePart]) -> int | None:
    """How many parts of a gauge are filled, from the left; None where that is not clear."""
    fills = [_fill(part) for part in gauge]
    if not any(fills):
        return 0
    first = fills[0]
    alike = [_same_part(part, gauge[0]) for part in gauge]
    count = alike.index(False) if False in alike else len(gauge)
    if first is None or any(alike[count:]):
        return None
    if count == len(gauge):
        is_clear = lch(first).saturated or lch(first).lightness < DARK
    else:
        is_clear = all(is_paler(fill, first) for fill in fills[count:])
    return count if is_clear else None


def _same_part(one: GaugePart, other: GaugePart) -> bool:
    first, second = _fill(one), _fill(other)
    if first is None or second is None:
        return first is second
    return difference(first, second) <= _SAME_PART


def _fill(part: GaugePart) -> str | None:
    """The colour in which a part is filled; None of an empty one, into which its outline blurs."""
    if not part.filled or part.colour is None or lch(part.colour).lightness >= _PALE:
        return None
    return part.colour


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
