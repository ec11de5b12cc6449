"""Gives a column of text the room that its longest line takes.

The bound between two columns lies in the middle between the words of their rows; the further lines
of a name may be longer than the first, and run over it without reaching the next column's cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from styrmatt.extract.grid.columns.grid_columns import GridColumns
from styrmatt.extract.grid.headers.chains import chains_of
from styrmatt.extract.model.page import Page
from styrmatt.extract.model.text_lines import PageLine, Word

_LEADING: Final = 0.6
"""Ems between two lines of one name at most."""
_SAME_PLACE: Final = 2.0
"""Points by which two lines of one name may begin beside each other."""
_FEWEST_CELLS: Final = 3
"""Cells of a line that show where cells of the columns begin: fewer may be a goal and its mark."""


def with_room(page: Page, columns: GridColumns, lines: Sequence[PageLine]) -> GridColumns:
    """The columns, their bounds moved behind the lines of text that run over them.

    What begins at the table's left end stays: it may be a row over the whole width, however short.
    The first line of a name that goes on below is none.
    """
    if columns.ruled:
        return columns
    chains = [chains_of(page, line) for line in lines]
    begins = _beginnings(columns, chains)
    bounds = list(columns.bounds)
    for k, row in enumerate(chains):
        for chain in row if len(row) < _FEWEST_CELLS else ():
            crossed = columns.crossed_by(chain)
            if len(crossed) != 1:
                continue
            if chain[0].x0 < columns.bounds[1] and not _goes_on_below(lines[k : k + 3], row):
                continue
            (n,) = crossed
            end, begin = chain[-1].x1, begins.get(n, 0.0)
            if end < begin:
                bounds[n] = max(bounds[n], (end + begin) / 2)
    return replace(columns, bounds=tuple(bounds))


def _goes_on_below(lines: Sequence[PageLine], row: Sequence[Sequence[Word]]) -> bool:
    """Whether the first of some lines is one of a name that goes on below it.

    There it begins with a small letter, or with the rest of a number. ``row`` are the words of the
    first line, which has nothing else then; the other cells of the row may stand in the middle
    between the two lines.
    """
    line = lines[0]
    below = next((one for one in lines[1:] if abs(one.x0 - line.x0) <= _SAME_PLACE), None)
    if below is None or len(row) > 1:
        return False
    is_near = below.top - line.bottom <= _LEADING * line.size
    first, last = below.text[:1], line.text[-1:]
    goes_on = first.islower() or (first.isdecimal() and last.isdecimal())
    return is_near and goes_on and below.words[0].bold == line.bold


def _beginnings(columns: GridColumns, rows: Sequence[Sequence[Sequence[Word]]]) -> dict[int, float]:
    """Where the cells of each column begin at the left, by column."""
    begins: dict[int, float] = {}
    for chains in rows:
        for chain in chains if len(chains) >= _FEWEST_CELLS else ():
            column = columns.column_of(chain[0].x0, chain[-1].x1)
            if column is not None and not columns.crossed_by(chain):
                begins[column] = min(begins.get(column, chain[0].x0), chain[0].x0)
    return begins
