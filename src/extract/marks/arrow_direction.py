"""Where a silhouette points: the head of an arrow, triangle or chevron is known by its taper.

An arrow is symmetric about the axis along which it points, and not across it; seen from its tip it
widens evenly up to its barbs, while its other end is as wide as the shaft, or as the whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from styrmatt.extract.marks.bitmask import Mask

Way = Literal[
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
_EVEN = 0.05
"""How far the middles of the rows may lie off one line, as a share of the width: symmetric."""
_LOPSIDED = 0.035
"""From how far on a silhouette is not symmetric."""
_CLEARLY = 2.5
"""How many times further off the middles across the axis have to be than those along it."""
_TAPER = 0.36
"""How far a tip's width may be from growing evenly, as a share of its greatest width."""
_HEAD = 0.12
"""Least length of a head, as a share of the whole length."""


@dataclass(frozen=True, slots=True)
class Pointing:
    """Where something points; None with a doubt where it seems to point, but not clearly."""

    way: Way | None
    doubt: str | None = None


NOWHERE = Pointing(None)


@lru_cache(maxsize=1024)  # outlines are drawn alike many times over
def pointing(mask: Mask) -> Pointing:
    """Where a silhouette points; nowhere for discs, squares and dots."""
    part = mask.largest_part()
    if part.size < 12 or part.size < 0.7 * mask.size:
        return NOWHERE
    part = part.cropped()
    across, along = _unevenness(part), _unevenness(part.transposed())
    if max(across, along) < _LOPSIDED:
        return _both_ends(part) or NOWHERE
    straight = _along_axes(part, across, along, ("up", "down", "left", "right"))
    if straight is not None:
        return straight
    part = part.turned().cropped()
    across, along = _unevenness(part), _unevenness(part.transposed())
    slanting = _along_axes(part, across, along, ("up_right", "down_left", "up_left", "down_right"))
    return slanting or NOWHERE


def _along_axes(
    mask: Mask, across: float, along: float, ways: tuple[Way, Way, Way, Way]
) -> Pointing | None:
    """The way along one of the mask's two axes; None where it is no arrow along them."""
    if len(mask.rows) < 4 or mask.width < 4:
        return None
    if across <= _EVEN and along >= max(_LOPSIDED, _CLEARLY * across):
        return _ends(mask, ways[0], ways[1])
    if along <= _EVEN and across >= max(_LOPSIDED, _CLEARLY * along):
        return _ends(mask.transposed(), ways[2], ways[3])
    return None


def _unevenness(mask: Mask) -> float:
    """How far the middles of the rows lie off one upright line, as a mean share of the width."""
    middles = sorted((start + end) / 2 for start, end in mask.spans())
    line = middles[len(middles) // 2]
    return sum(abs(middle - line) for middle in middles) / len(middles) / mask.width


def _ends(mask: Mask, first: Way, last: Way) -> Pointing | None:
    """``first`` where the mask tapers towards its top, ``last`` where towards its bottom."""
    widths = _widths(mask)
    top, bottom = _taper(widths), _taper(widths[::-1])
    if top is not None and (bottom is None or top < 0.6 * bottom):
        return Pointing(first)
    if bottom is not None and (top is None or bottom < 0.6 * top):
        return Pointing(last)
    if top is not None and bottom is not None:
        return Pointing(None, "it tapers at both ends")
    return None


def _both_ends(mask: Mask) -> Pointing | None:
    """An arrow with two heads is long, symmetric, and thin in the middle."""
    for turned, way in ((mask, "up_down"), (mask.transposed(), "left_right")):
        widths = _widths(turned)
        length, most = len(widths), max(widths)
        middle = widths[length // 2]
        if length > 1.3 * most and middle < 0.6 * most and _taper(widths) is not None:
            return Pointing("up_down" if way == "up_down" else "left_right")
    return None


def _taper(widths: Sequence[float]) -> float | None:
    """How far the width is from growing evenly from the first row up to the barbs; None: no tip."""
    most = max(widths)
    reach = next(n for n, width in enumerate(widths) if width >= 0.9 * most)
    if reach + 1 < max(3, _HEAD * len(widths)):
        return None
    barb = widths[reach]
    off = max(abs(widths[n] / barb - (n + 0.5) / (reach + 0.5)) for n in range(reach + 1))
    return off if off <= _TAPER else None


def _widths(mask: Mask) -> list[float]:
    """From the first to the last pixel of each row."""
    return [float(end - start) for start, end in mask.spans()]
