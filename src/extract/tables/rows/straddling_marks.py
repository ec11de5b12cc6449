"""Marks that stand on the border of two rows, so that nobody can say whose they are.

Heights are in points from the top of the page.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from styrmatt.extract.marks.mark import Mark
from styrmatt.extract.tables.cells import TableEntry
from styrmatt.extract.tables.rows.row_bands import TableBody
from styrmatt.geometry import Span

_ON_BORDER = 0.35
"""Share of a mark's height that lies in each of two rows where it stands on their border. The box
of a symbol that is larger than its line reaches into the next row with up to 0.28; a mark that is
drawn on the border has half of it there."""


_NEAR: Final = 3
"""Entries from the first that ends below a mark's top: the mark is in it, and may reach into the
next one. One more is for bands that overlap a little."""


def without_straddling(body: TableBody, entries: Sequence[tuple[Span, TableEntry]]) -> None:
    """Empty the cells of the marks that stand on the border of two entries, given with their bands.

    Both entries are to be reviewed. Shaded cells are left alone: they end where rows do.
    """
    ends = [band[1] for band, _ in entries]
    for column, marks in enumerate(body.marks):
        for mark in marks:
            first = bisect_left(ends, mark.bbox[1])  # bands go down the page; no other is near
            for upper, lower in pairwise(entries[first : first + _NEAR]):
                if mark.read_by != "shading" and _is_on_border(mark, upper[0], lower[0]):
                    _empty(upper[1], body.columns.fields[column], mark)
                    _empty(lower[1], body.columns.fields[column], mark)


def _empty(entry: TableEntry, name: str | None, mark: Mark) -> None:
    """Take a mark out of the entry's cells; one that has no other was its only reading."""
    entry.review.add("ambiguous_cells")
    for line in entry.lines:
        cell = line.cells.get(name or "")
        if cell is not None:
            cell.marks = [other for other in cell.marks if other is not mark]


def _is_on_border(mark: Mark, upper: Span, lower: Span) -> bool:
    top, bottom = mark.bbox[1], mark.bbox[3]
    least = _ON_BORDER * (bottom - top)
    return upper[1] - top >= least and bottom - lower[0] >= least and top >= upper[0] - least
