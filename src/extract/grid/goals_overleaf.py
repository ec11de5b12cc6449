"""What holds on from one table to the next: its goal, and the rest of its last row."""

from __future__ import annotations

from collections.abc import Sequence

from styrmatt.extract.grid.read_grid import GridTable
from styrmatt.extract.tables.cells import TableCell, TableEntry
from styrmatt.whitespace import squeeze

_NEXT_TABLE = 30.0
"""Points between a row that names a goal and the header of the goal's own table at most."""


def hold_on(entries: Sequence[TableEntry], before: GridTable) -> None:
    """Let the goal that held at the end of the table before hold for the rows without one."""
    last, ending = before.entries[-1], before.ending
    above = last.goal_above
    for entry in entries:
        above = above if entry.goal_above is None else None
        if entry.goal is not None:
            entry.goal_above = entry.goal_above or (above if entry.goal_is_lower else None)
            continue
        if ending is not None and ending.heading is not None and _is_name_of(last, ending.heading):
            _stand_as(last, entry)  # it named a measure, and no goal
        elif ending is not None and ending.goal is not None:
            ending.give(entry)
        else:
            _stand_as(last, entry)


def _stand_as(last: TableEntry, entry: TableEntry) -> None:
    """Let an entry stand under the goal and factor that another one stands under."""
    entry.goal, entry.factor = last.goal, last.factor
    entry.goal_above, entry.goal_is_lower = last.goal_above, last.goal_is_lower


def _is_name_of(entry: TableEntry, heading: TableCell) -> bool:
    """Whether a row over the whole width is the name of a measure, above its lines for sexes."""
    return squeeze(heading.text) == squeeze(entry.text("measure"))


def names_goal_below(before: GridTable, table: GridTable) -> bool:
    """Whether the last row of a table names the goal of the next one right below it."""
    ending = before.ending
    return (
        ending is not None
        and ending.goal is not None
        and ending.goal != before.entries[-1].goal
        and before.page == table.page
        and 0 <= table.top - before.bottom < _NEXT_TABLE
    )


def is_rest_of(entry: TableEntry, last: TableEntry) -> bool:
    """Whether the first row of a page is the name of the last one overleaf, which has none."""
    has_values = any(
        cell.text or cell.marks
        for line in entry.lines
        for cell in (*line.cells.values(), *(value.cell for value in line.values))
    )
    return bool(entry.text("measure")) and not has_values and not last.text("measure")


def add_rest(last: TableEntry, rest: TableEntry) -> None:
    """Take the cells of a row's rest overleaf into those that are empty."""
    for field_name, cell in rest.cells.items():
        if not last.text(field_name):
            last.cells[field_name] = cell
