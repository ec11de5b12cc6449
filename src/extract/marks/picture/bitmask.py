"""Black and white pictures of marks, each row an integer with one bit per pixel.

A small picture is grown, eroded or measured by a few operations on such rows, without NumPy.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

Band = tuple[Literal["h", "v"], int, int]
"""Rows (h) or columns (v) of pixels: the first, and one past the last."""


class Mask(NamedTuple):
    """A picture: rows from top to bottom; the leftmost pixel is the highest of ``width`` bits."""

    rows: tuple[int, ...]
    width: int

    @property
    def size(self) -> int:
        """The number of pixels that are set."""
        return sum(map(int.bit_count, self.rows))

    def cropped(self) -> Mask:
        """The mask without empty rows and columns at its sides; no rows where nothing is set."""
        filled = [n for n, row in enumerate(self.rows) if row]
        if not filled:
            return Mask((), 0)
        rows = self.rows[filled[0] : filled[-1] + 1]
        joined = _joined(rows)
        shift = (joined & -joined).bit_length() - 1
        return Mask(tuple(row >> shift for row in rows), joined.bit_length() - shift)

    def transposed(self) -> Mask:
        """The mask with rows and columns exchanged."""
        if not self.rows:
            return Mask((), 0)
        binary = f"0{self.width}b"
        pixels = "".join([format(row, binary) for row in self.rows])
        columns = [int(pixels[x :: self.width], 2) for x in range(self.width)]
        return Mask(tuple(columns), len(self.rows))

    def rotated_45(self) -> Mask:
        """The mask turned 45 degrees anticlockwise: what pointed up and right points up."""
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
        """The mask without its pixels within ``depth`` of the rim, counted across sides."""
        rows: Sequence[int] = self.rows
        for _ in range(depth):
            padded = [0, *rows, 0]
            rows = [
                row & row << 1 & row >> 1 & above & below
                for above, row, below in zip(padded, rows, padded[2:], strict=False)
            ]
        return Mask(tuple(rows), self.width)

    def bridged(self, start: int, end: int) -> Mask:
        """The mask with the rows from ``start`` to before ``end`` filled in from both sides.

        A pixel is set there if it is set in the row above them and in the row below.
        """
        start, end = min(max(start, 0), len(self.rows)), max(min(end, len(self.rows)), 0)
        above = self.rows[start - 1] if start > 0 else 0
        below = self.rows[end] if end < len(self.rows) else 0
        filled = (above & below,) * max(end - start, 0)
        return Mask((*self.rows[:start], *filled, *self.rows[max(end, start) :]), self.width)

    def without(self, bands: Iterable[Band]) -> Mask:
        """The mask without lines that run through the picture; what they cross stays connected."""
        mask = self
        for orientation, start, end in bands:
            mask = (
                mask.bridged(start, end)
                if orientation == "h"
                else mask.transposed().bridged(start, end).transposed()
            )
        return mask

    def within(self, other: Mask) -> Mask:
        """The pixels that are set in both."""
        return Mask(tuple(a & b for a, b in zip(self.rows, other.rows, strict=True)), self.width)

    def joined(self, other: Mask) -> Mask:
        """The pixels that are set in either."""
        return Mask(tuple(a | b for a, b in zip(self.rows, other.rows, strict=True)), self.width)

    def quarters(self) -> list[Mask]:
        """The mask in four, parted in the middle of what is set; each as large as the whole."""
        filled = [n for n, row in enumerate(self.rows) if row]
        if not filled:
            return []
        middle = (filled[0] + filled[-1] + 1) // 2
        joined = _joined(self.rows)
        low = (joined & -joined).bit_length() - 1
        right = (1 << (low + joined.bit_length()) // 2) - 1
        upper = [row if n < middle else 0 for n, row in enumerate(self.rows)]
        lower = [row if n >= middle else 0 for n, row in enumerate(self.rows)]
        return [
            Mask(tuple(row & side for row in half), self.width)
            for half in (upper, lower)
            for side in (right, ~right)
        ]

    def spans(self) -> list[tuple[int, int]]:
        """For each row that is not empty its first pixel, and one past its last."""
        return [
            (self.width - row.bit_length(), self.width - (row & -row).bit_length() + 1)
            for row in self.rows
            if row
        ]

    def largest_part(self) -> Mask:
        """The largest connected part; pixels that touch at a corner are connected."""
        rest = list(self.rows)
        best: list[int] = []
        size = 0
        while any(rest):
            y = next(n for n, row in enumerate(rest) if row)
            seed = [0] * len(rest)
            seed[y] = rest[y] & -rest[y]
            part = _grown(seed, rest, corners=True)
            rest = [row & ~taken for row, taken in zip(rest, part, strict=True)]
            count = sum(map(int.bit_count, part))
            if count > size:
                best, size = part, count
        return Mask(tuple(best or rest), self.width)

    def enclosed(self) -> Mask:
        """The empty pixels that cannot be reached from the picture's sides."""
        full = (1 << self.width) - 1
        empty = [full & ~row for row in self.rows]
        sides = 1 | 1 << (self.width - 1)
        seed = [row & sides for row in empty]
        seed[0], seed[-1] = empty[0], empty[-1]
        reached = _grown(seed, empty, corners=False)
        inner = tuple(row & ~outside for row, outside in zip(empty, reached, strict=True))
        return Mask(inner, self.width)


def _joined(rows: Iterable[int]) -> int:
    joined = 0
    for row in rows:
        joined |= row
    return joined


def _grown(seed: Sequence[int], within: Sequence[int], *, corners: bool) -> list[int]:
    """The seed with all pixels of ``within`` that are connected to it.

    The rows are swept down and up until nothing is added.
    """
    rows, before, everything = list(seed), [-1], list(within)
    while rows not in (before, everything):
        before = list(rows)
        for order in (range(len(rows)), range(len(rows) - 1, -1, -1)):
            previous = 0
            for n in order:
                near = previous | previous << 1 | previous >> 1 if corners else previous
                rows[n] = previous = _spread((rows[n] | near) & within[n], within[n])
    return rows


def _spread(row: int, within: int) -> int:
    """A row grown sideways through the pixels that are set in ``within``."""
    if row in (0, within):
        return row
    while (wider := (row | row << 1 | row >> 1) & within) != row:
        row = wider
    return row
