"""Black and white pictures of marks: a row is a whole number with one bit for each pixel.

Small pictures are grown, eroded and measured in few operations on such rows.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

Band = tuple[Literal["h", "v"], int, int]
"""Rows (h) or columns (v) from the second up to the third."""


class Mask(NamedTuple):
    """Rows from top to bottom; the leftmost pixel is the highest of ``width`` bits."""

    rows: tuple[int, ...]
    width: int

    @property
    def size(self) -> int:
        """How many pixels are set."""
        return sum(map(int.bit_count, self.rows))

    def cropped(self) -> Mask:
        """Without empty rows and columns at its sides; an empty mask has no rows."""
        full = [n for n, row in enumerate(self.rows) if row]
        if not full:
            return Mask((), 0)
        rows = self.rows[full[0] : full[-1] + 1]
        joined = _joined(rows)
        shift = (joined & -joined).bit_length() - 1
        return Mask(tuple(row >> shift for row in rows), joined.bit_length() - shift)

    def transposed(self) -> Mask:
        """Mirrored at the falling diagonal."""
        if not self.rows:
            return Mask((), 0)
        size = f"0{self.width}b"
        whole = "".join([format(row, size) for row in self.rows])
        columns = [int(whole[x :: self.width], 2) for x in range(self.width)]
        return Mask(tuple(columns), len(self.rows))

    def turned(self) -> Mask:
        """Turned by 45 degrees against the clock: what pointed up and right points up."""
        height, width = len(self.rows), self.width
        side = math.ceil(math.hypot(height, width))
        s, half = math.sqrt(0.5), side / 2
        rows = []
        for y in range(side):
            dy = y + 0.5 - half
            row = 0
            for x in range(side):
                dx = x + 0.5 - half
                column, line = (
                    math.floor(width / 2 + s * (dx - dy)),
                    math.floor(height / 2 + s * (dx + dy)),
                )
                inside = 0 <= line < height and 0 <= column < width
                row = row << 1 | (inside and self.rows[line] >> (width - 1 - column) & 1)
            rows.append(row)
        return Mask(tuple(rows), side)

    def eroded(self, depth: int) -> Mask:
        """Without the pixels within ``depth`` of the rim."""
        rows: Sequence[int] = self.rows
        for _ in range(depth):
            padded = [0, *rows, 0]
            rows = [
                row & row << 1 & row >> 1 & above & below
                for above, row, below in zip(padded, rows, padded[2:], strict=False)
            ]
        return Mask(tuple(rows), self.width)

    def bridged(self, start: int, end: int) -> Mask:
        """The rows from ``start`` up to ``end`` replaced by what the rows on both sides share."""
        start, end = min(max(start, 0), len(self.rows)), max(min(end, len(self.rows)), 0)
        above = self.rows[start - 1] if start > 0 else 0
        below = self.rows[end] if end < len(self.rows) else 0
        filled = (above & below,) * max(end - start, 0)
        return Mask((*self.rows[:start], *filled, *self.rows[max(end, start) :]), self.width)

    def without(self, bands: Iterable[Band]) -> Mask:
        """Without lines that run through the picture; what they cross stays whole."""
        mask = self
        for way, start, end in bands:
            mask = (
                mask.bridged(start, end)
                if way == "h"
                else mask.transposed().bridged(start, end).transposed()
            )
        return mask

    def within(self, other: Mask) -> Mask:
        """The pixels that are set in both."""
        return Mask(tuple(a & b for a, b in zip(self.rows, other.rows, strict=True)), self.width)

    def joined(self, other: Mask) -> Mask:
        """The pixels that are set in either."""
        return Mask(tuple(a | b for a, b in zip(self.rows, other.rows, strict=True)), self.width)

    def spans(self) -> list[tuple[int, int]]:
        """First pixel and one past the last of each row that is not empty."""
        return [
            (self.width - row.bit_length(), self.width - (row & -row).bit_length() + 1)
            for row in self.rows
            if row
        ]

    def largest_part(self) -> Mask:
        """The largest connected part, corners counted as connections."""
        left = list(self.rows)
        best: list[int] = []
        size = 0
        while any(left):
            y = next(n for n, row in enumerate(left) if row)
            seed = [0] * len(left)
            seed[y] = left[y] & -left[y]
            part = _grown(seed, left, corners=True)
            left = [row & ~taken for row, taken in zip(left, part, strict=True)]
            count = sum(map(int.bit_count, part))
            if count > size:
                best, size = part, count
        return Mask(tuple(best or left), self.width)

    def enclosed(self) -> Mask:
        """The empty pixels that cannot be reached from the sides."""
        full = (1 << self.width) - 1
        empty = [full & ~row for row in self.rows]
        sides = 1 | 1 << (self.width - 1)
        seed = [row & sides for row in empty]
        seed[0], seed[-1] = empty[0], empty[-1]
        reached = _grown(seed, empty, corners=False)
        inner = tuple(row & ~got for row, got in zip(empty, reached, strict=True))
        return Mask(inner, self.width)


def _joined(rows: Iterable[int]) -> int:
    joined = 0
    for row in rows:
        joined |= row
    return joined


def _grown(seed: Sequence[int], within: Sequence[int], *, corners: bool) -> list[int]:
    """The seed with all that is connected to it, swept down and up until nothing is added."""
    rows, before, whole = list(seed), [-1], list(within)
    while rows not in (before, whole):
        before = list(rows)
        for order in (range(len(rows)), range(len(rows) - 1, -1, -1)):
            previous = 0
            for n in order:
                near = previous | previous << 1 | previous >> 1 if corners else previous
                rows[n] = previous = _spread((rows[n] | near) & within[n], within[n])
    return rows


def _spread(row: int, within: int) -> int:
    """A row grown sideways through what is set in ``within``."""
    if row in (0, within):
        return row
    while (wider := (row | row << 1 | row >> 1) & within) != row:
        row = wider
    return row
