"""Tells where a silhouette points: arrows, triangles and chevrons are known by their taper.

An arrow is symmetric about the axis along which it points, and not across it. From its tip it
widens evenly up to its barbs, while its other end is as wide as the shaft, or as the whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from styrmatt.extract.marks.picture.bitmask import Mask

Direction = Literal[
    "up",
    "down",
    "left",
    "right",
    "up_right",
    "up_left",
    "down_right",
    "down_left",
    "left_right",
    "up_down",
]

_MIN_PIXELS = 12
"""Pixels of a silhouette from which on its outline means something; fewer are a dot."""
_MIN_SIDE = 4
"""Pixels of width and height below which steps of whole pixels hide a taper."""
_MAIN_PART = 0.7
"""Share of the pixels that must hang together. A line through an arrow, or a shadow, leaves some
apart; where more are apart it is not one silhouette but several."""
_SYMMETRIC = 0.05
"""Unevenness (share of the width) up to which a silhouette is symmetric about an axis. An upright
arrow has 0.01 from rounding to whole pixels, a slanting one 0.09 and more about an upright axis."""
_ASYMMETRIC = 0.035
"""Unevenness across the axis from which a silhouette may point. Discs, squares and diamonds have up
to 0.01, the bluntest arrows 0.05."""
_CLEARLY = 2.5
"""How many times more uneven an arrow is across its axis than along it. Below that the shape is as
lopsided one way as the other, and either axis might be the arrow's."""
_MAX_TAPER_ERROR = 0.36
"""How far a tip's width may be from growing evenly, as a share of its greatest width. A pointed tip
has up to 0.15 from rounding to whole pixels, a rounded one 0.33. A trapezoid, which has no tip, has
0.55 if its top is half as wide as its base."""
_CLEARER_TAPER = 0.6
"""Where both ends taper, the tip is the one whose error is less than this share of the other's: the
tail of a triangle or a notched arrow tapers too, but much less evenly."""
_MIN_HEAD = 0.12
"""Length of a head at least, as a share of the whole: less is the bevel of a bar's end."""
_MIN_HEAD_PIXELS = 3
"""Rows of a head at least; fewer cannot show whether the width grows evenly."""
_AT_BARBS = 0.9
"""Share of the greatest width at which the head has ended: the barbs may be blunt or rounded."""
_DOUBLE_LENGTH = 1.3
"""Length over width from which a symmetric shape may be an arrow with two heads, not a diamond."""
_DOUBLE_WAIST = 0.6
"""Share of the greatest width that an arrow with two heads has in its middle, at most."""
_ALL_HEAD = 0.8
"""Share of its length from which on a head is all there is: a triangle is widest at 0.9 of it, an
arrow with the shortest shaft that is drawn (a fifth of it) before 0.75."""
_SOLID = 0.9
"""Share of its outline that a triangle fills; a chevron fills less than 0.8 of it."""


@dataclass(frozen=True, slots=True)
class ArrowReading:
    """Where something points; no direction but a doubt where it points, and it is not clear where.

    Neither where it is no arrow.
    """

    direction: Direction | None
    doubt: str | None = None
    triangle: bool = False
    """Whether it is a solid triangle, with neither shaft nor notch: a shape of its own as well."""


NO_ARROW = ArrowReading(None)


@lru_cache(maxsize=1024)  # reports draw the same outlines many times over
def arrow_direction(mask: Mask) -> ArrowReading:
    """Where a silhouette points; NO_ARROW for discs, squares and dots."""
    part = mask.largest_part()
    if part.size < _MIN_PIXELS or part.size < _MAIN_PART * mask.size:
        return NO_ARROW
    part = part.cropped()
    across, along = _unevenness(part), _unevenness(part.transposed())
    if max(across, along) < _ASYMMETRIC:
        return _double_headed(part) or NO_ARROW
    straight = _along_axes(part, across, along, ("up", "down", "left", "right"))
    if straight is not None:
        return straight
    part = part.rotated_45().cropped()
    across, along = _unevenness(part), _unevenness(part.transposed())
    slanting = _along_axes(part, across, along, ("up_right", "down_left", "up_left", "down_right"))
    return slanting or NO_ARROW


def _along_axes(
    mask: Mask,
    across: float,
    along: float,
    directions: tuple[Direction, Direction, Direction, Direction],
) -> ArrowReading | None:
    """The direction along one of the mask's axes; None where it is no arrow along either.

    ``directions`` are what its top, bottom, left and right ends stand for.
    """
    if len(mask.rows) < _MIN_SIDE or mask.width < _MIN_SIDE:
        return None
    top, bottom, left, right = directions
    if across <= _SYMMETRIC and along >= max(_ASYMMETRIC, _CLEARLY * across):
        return _tapering_end(mask, top, bottom)
    if along <= _SYMMETRIC and across >= max(_ASYMMETRIC, _CLEARLY * along):
        return _tapering_end(mask.transposed(), left, right)
    return None


def _unevenness(mask: Mask) -> float:
    """How far the rows' middles lie off one upright line on average, as a share of the width."""
    middles = sorted((start + end) / 2 for start, end in mask.spans())
    line = middles[len(middles) // 2]
    return sum(abs(middle - line) for middle in middles) / len(middles) / mask.width


def _tapering_end(mask: Mask, at_top: Direction, at_bottom: Direction) -> ArrowReading | None:
    """``at_top`` where the mask tapers towards its top, ``at_bottom`` where towards its bottom."""
    widths = _widths(mask)
    top, bottom = _taper_error(widths), _taper_error(widths[::-1])
    if top is not None and (bottom is None or top < _CLEARER_TAPER * bottom):
        return ArrowReading(at_top, triangle=_is_triangle(mask, widths))
    if bottom is not None and (top is None or bottom < _CLEARER_TAPER * top):
        return ArrowReading(at_bottom, triangle=_is_triangle(mask, widths[::-1]))
    if top is not None and bottom is not None:
        return ArrowReading(None, "it tapers at both ends")
    return None


def _is_triangle(mask: Mask, widths: Sequence[float]) -> bool:
    """Whether the mask is solid and widens up to its end; ``widths`` begin at its tip."""
    barbs = next(n for n, width in enumerate(widths) if width >= _AT_BARBS * max(widths))
    return barbs + 1 >= _ALL_HEAD * len(widths) and mask.size >= _SOLID * sum(widths)


def _double_headed(mask: Mask) -> ArrowReading | None:
    """The reading of an arrow with two heads: long, symmetric, and thin in the middle."""
    upright: tuple[Mask, Direction] = (mask, "up_down")
    lying: tuple[Mask, Direction] = (mask.transposed(), "left_right")
    for shape, direction in (upright, lying):
        widths = _widths(shape)
        length, widest = len(widths), max(widths)
        waist = widths[length // 2]
        if (
            length > _DOUBLE_LENGTH * widest
            and waist < _DOUBLE_WAIST * widest
            and _taper_error(widths) is not None
        ):
            return ArrowReading(direction)
    return None


def _taper_error(widths: Sequence[float]) -> float | None:
    """How far the width is from growing evenly from the first row to the barbs; None: no tip."""
    widest = max(widths)
    barbs = next(n for n, width in enumerate(widths) if width >= _AT_BARBS * widest)
    if barbs + 1 < max(_MIN_HEAD_PIXELS, _MIN_HEAD * len(widths)):
        return None
    at_barbs = widths[barbs]
    error = max(abs(widths[n] / at_barbs - (n + 0.5) / (barbs + 0.5)) for n in range(barbs + 1))
    return error if error <= _MAX_TAPER_ERROR else None


def _widths(mask: Mask) -> list[float]:
    """For each row the pixels from its first to its last one that is set."""
    return [float(end - start) for start, end in mask.spans()]
