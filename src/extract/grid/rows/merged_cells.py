"""Cells that may span several rows, and the row with which each of them begins."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from styrmatt.extract.grid.rows.row_block import RowBlock
from styrmatt.extract.model.text_lines import PageLine

WIDEST_LEADING = 0.5
"""Ems: a wider gap between two lines is no leading of one cell, where no line shows otherwise."""

TALL_LINE = 1.2
"""Ems between two lines of one cell at most where the lower one goes on with the upper: the mark of
a goal makes its line taller."""
_BESIDE = 0.3
"""Ems by which the tops of two lines beside each other differ at most: less than half of a line."""
_SAME_LINE = 1.0
"""Points by which a line that is drawn lies off the edge of a ground along it."""
_ROUNDING = 1.5
"""Points by which a cell may begin above or below the row that it begins with."""
_UNCOVERED = 3.0
"""Points that a row above the first cell counts for as if the cell lay so far from its row."""


@dataclass
class MergedCell:
    """A cell that may span rows: its lines, and the ruling above it."""

    rule: float | None
    lines: list[PageLine]

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return (self.lines[0].top + self.lines[-1].bottom) / 2


def merged_cells(
    lines: Sequence[PageLine], rules: Sequence[float], leading: float
) -> list[MergedCell]:
    """Cells that may span rows, each with the ruling above it, if there is one."""
    cells: list[MergedCell] = []
    anew = _printed_anew(lines)
    for line in lines:
        above = [y for y in rules if y <= line.middle_height]
        rule = above[-1] if above else None
        if (
            cells
            and cells[-1].rule == rule
            and line.text not in anew
            and _is_near(cells[-1], line, leading)
        ):
            cells[-1].lines.append(line)
        else:
            cells.append(MergedCell(rule, [line]))
    return cells


def _printed_anew(lines: Sequence[PageLine]) -> set[str]:
    """The first lines of cells that are printed in each row: they stand below different lines.

    A line within such a cell stands below the same one each time.
    """
    above: dict[str, set[str]] = {}
    for upper, line in pairwise([None, *lines]):
        if line is not None:
            above.setdefault(line.text, set()).add(upper.text if upper is not None else "")
    return {text for text, others in above.items() if len(others) > 1 and text[:1].isupper()}


def parting_rules(
    lines: Sequence[PageLine],
    rules: Sequence[float],
    drawn: Sequence[float],
    tops: Sequence[float],
    leading: float,
) -> list[float]:
    """The rulings that part cells of a column; those that run through one cell are left out.

    A ground that is shaded in every other row runs through cells that span rows, a ``drawn`` line
    does not. Lines as near as those of one cell, the lower of which begins beside no row's
    ``tops``, are of one cell, unless each row has lines of its own.
    """
    filled = {bisect_right(rules, line.middle_height) for line in lines}
    if len(filled) >= len(tops):
        return list(rules)
    within = [
        (upper.middle_height, lower.middle_height)
        for upper, lower in pairwise(lines)
        if lower.top - upper.bottom <= max(leading, WIDEST_LEADING * lower.size)
        and not any(abs(lower.top - top) <= _BESIDE * lower.size for top in tops)
    ]
    return [
        y
        for y in rules
        if any(abs(y - line) <= _SAME_LINE for line in drawn)
        or not any(above < y <= below for above, below in within)
    ]


def _is_near(cell: MergedCell, line: PageLine, leading: float) -> bool:
    """Whether a line is so near below a cell that it is its next one."""
    gap = line.top - cell.lines[-1].bottom
    if gap <= max(leading, WIDEST_LEADING * line.size):
        return True
    continues = line.text[:1].islower() and cell.lines[0].text[:1].isupper()
    return continues and gap <= TALL_LINE * line.size


def share_out(
    rows: Sequence[RowBlock],
    column: int,
    cells: Sequence[MergedCell],
    ruled: bool,
    *,
    goes_on: bool = False,
) -> None:
    """Give each cell of a column whose cells may span rows to the first row that it holds for.

    Rulings show it where each cell has its own; else the cells stand at the top, in the middle or
    at the bottom of the rows that they hold for, whichever fits all of them best. Where the table
    ``goes_on`` from the page before, its first rows may be of a cell on that page.
    """
    if not rows or not cells:
        return
    own = [cell.rule for cell in cells]
    if ruled and len(set(own)) == len(own):
        for cell in cells:
            first = _first_below(rows, cell.rule)
            rows[first].lines[column] += cell.lines
        return
    tops = [row.top for row in rows]
    middles = [row.anchor if row.anchor is not None else row.top for row in rows]
    if len(cells) > len(rows):
        for cell in cells:
            at = max([n for n, top in enumerate(tops) if top <= cell.middle], default=0)
            rows[at].lines[column] += cell.lines
        return
    first_lines = [row.first_line for row in rows]
    last_lines = [max((x.bottom for x in row.all_lines), default=row.top) for row in rows]

    def off_top(cell: int, start: int, _: int) -> float:
        return abs(cells[cell].lines[0].top - first_lines[start])

    def off_middle(cell: int, start: int, stop: int) -> float:
        return abs(cells[cell].middle - (middles[start] + middles[stop - 1]) / 2)

    def off_bottom(cell: int, _: int, stop: int) -> float:
        return abs(cells[cell].lines[-1].bottom - last_lines[stop - 1])

    at_top = _starts(len(cells), len(rows), off_top, from_first=False)
    ways = [at_top]
    off = at_top[0] - _UNCOVERED * at_top[1][0]
    if not goes_on or off > _ROUNDING * len(cells):  # else cells begin just where rows do
        ways.append(_starts(len(cells), len(rows), off_middle, from_first=True))
        ways.append(_starts(len(cells), len(rows), off_bottom, from_first=True))
    for cell, start in zip(cells, min(ways)[1], strict=True):
        rows[start].lines[column] += cell.lines


def _first_below(rows: Sequence[RowBlock], rule: float | None) -> int:
    """The first row below a ruling; the first of all where there is none.

    The first row's span may begin above the ruling, at the end of the header's words.
    """
    if rule is None:
        return 0
    return next((n for n, row in enumerate(rows) if _middle(row) > rule - 1), len(rows) - 1)


def _middle(row: RowBlock) -> float:
    return (row.span[0] + row.span[1]) / 2 if row.span else row.first_line


def _starts(
    cells: int, rows: int, off: Callable[[int, int, int], float], *, from_first: bool
) -> tuple[float, list[int]]:
    """The row with which each cell begins, in order, and how far the cells lie from their rows.

    ``off`` says how far a cell lies from rows, from one to before another. Each row belongs to the
    cell before it. Cells in the middle or at the bottom of their rows hold from the first row on;
    cells at the top of theirs may have rows above them, of a cell on the page before.
    """
    infinite = float("inf")
    best = [[infinite] * (rows + 1) for _ in range(cells + 1)]
    back = [[0] * (rows + 1) for _ in range(cells + 1)]
    best[0][0] = 0.0
    if not from_first:
        best[0] = [_UNCOVERED * row for row in range(rows)] + [infinite]
    for n in range(cells):
        for stop in range(n + 1, rows + 1):
            for start in range(n, stop):
                cost = best[n][start] + off(n, start, stop)
                if cost < best[n + 1][stop]:
                    best[n + 1][stop], back[n + 1][stop] = cost, start
    starts: list[int] = []
    stop = rows
    for n in range(cells, 0, -1):
        stop = back[n][stop]
        starts.append(stop)
    return best[cells][rows], starts[::-1]
