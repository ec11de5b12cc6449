"""Where a silhouette points: the head of an arrow, triangle or chevron is known by its taper.

An arrow is symmetric about the axis along which it points, and not across it; seen from its tip it
widens evenly up to its barbs, while its other end is as wide as the shaft, or as the whole.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

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
Mask = list[list[bool]]

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


def pointing(mask: Mask) -> Pointing:
    """Where a silhouette points; nowhere for discs, squares and dots."""
    part = largest_part(mask)
    whole, size = sum(map(sum, mask)), sum(map(sum, part))
    if size < 12 or size < 0.8 * whole:
        return NOWHERE
    part = _cropped(part)
    if straight := _along_axes(part, ("up", "down", "left", "right")):
        return straight
    if slanting := _along_axes(
        _cropped(_turned(part)), ("up_right", "down_left", "up_left", "down_right")
    ):
        return slanting
    return NOWHERE


def _along_axes(mask: Mask, ways: tuple[Way, Way, Way, Way]) -> Pointing | None:
    """The way along one of the mask's two axes; None where it is no arrow along them."""
    if len(mask) < 4 or len(mask[0]) < 4:
        return None
    across, along = _unevenness(mask), _unevenness(_transposed(mask))
    if across <= _EVEN and along >= max(_LOPSIDED, _CLEARLY * across):
        return _ends(mask, ways[0], ways[1])
    if along <= _EVEN and across >= max(_LOPSIDED, _CLEARLY * along):
        return _ends(_transposed(mask), ways[2], ways[3])
    if ways[0] == "up" and max(across, along) < _LOPSIDED:
        return _both_ends(mask)
    return None


def _unevenness(mask: Mask) -> float:
    """How far the middles of the rows lie off one upright line, as a mean share of the width."""
    middles = sorted(
        (row.index(True) + len(row) - row[::-1].index(True)) / 2 for row in mask if any(row)
    )
    line = middles[len(middles) // 2]
    return sum(abs(middle - line) for middle in middles) / len(middles) / len(mask[0])


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
    for turned, way in ((mask, "up_down"), (_transposed(mask), "left_right")):
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
    """From the leftmost to the rightmost pixel of each row; the thin end rows of soft edges left out."""
    out: list[float] = []
    for row in mask:
        at = [x for x, flag in enumerate(row) if flag]
        out.append(at[-1] - at[0] + 1.0 if at else 0.0)
    return out


def largest_part(mask: Mask) -> Mask:
    """The largest connected part, corners counted as connections."""
    height, width = len(mask), len(mask[0])
    seen = [[False] * width for _ in range(height)]
    best: list[tuple[int, int]] = []
    for y in range(height):
        for x in range(width):
            if mask[y][x] and not seen[y][x]:
                part = _grown(mask, seen, y, x)
                best = max(best, part, key=len)
    out = [[False] * width for _ in range(height)]
    for y, x in best:
        out[y][x] = True
    return out


def _grown(mask: Mask, seen: Mask, y: int, x: int) -> list[tuple[int, int]]:
    todo, part = [(y, x)], []
    seen[y][x] = True
    while todo:
        y, x = todo.pop()
        part.append((y, x))
        for j in range(max(y - 1, 0), min(y + 2, len(mask))):
            for i in range(max(x - 1, 0), min(x + 2, len(mask[0]))):
                if mask[j][i] and not seen[j][i]:
                    seen[j][i] = True
                    todo.append((j, i))
    return part


def _cropped(mask: Mask) -> Mask:
    rows = [y for y, row in enumerate(mask) if any(row)]
    columns = [x for x in range(len(mask[0])) if any(row[x] for row in mask)]
    return [row[columns[0] : columns[-1] + 1] for row in mask[rows[0] : rows[-1] + 1]]


def _transposed(mask: Mask) -> Mask:
    return [list(column) for column in zip(*mask, strict=True)]


def _turned(mask: Mask) -> Mask:
    """The mask turned by 45 degrees against the clock: what pointed up and right points up."""
    height, width = len(mask), len(mask[0])
    side = math.ceil(math.hypot(height, width))
    half, s = side / 2, math.sqrt(0.5)

    def at(x: int, y: int) -> bool:
        dx, dy = x + 0.5 - half, y + 0.5 - half
        column, row = math.floor(width / 2 + s * (dx - dy)), math.floor(height / 2 + s * (dx + dy))
        return 0 <= row < height and 0 <= column < width and mask[row][column]

    return [[at(x, y) for x in range(side)] for y in range(side)]
