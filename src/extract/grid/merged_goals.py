"""Columns that name goals: a cell holds for the rows below it, up to the next one.

Where two columns name goals of two levels, the lower one is that of the measures.
"""

from __future__ import annotations

from collections.abc import Sequence

from styrmatt.extract.grid.heading_names import without_number
from styrmatt.extract.grid.roles import TableRoles
from styrmatt.extract.headers.header_words import HeaderWords
from styrmatt.extract.tables.cells import TableCell, TableEntry


def fill_merged(entries: Sequence[TableEntry], roles: TableRoles, words: HeaderWords) -> None:
    """Let goals and factors whose cells span several rows hold for each of them."""
    if roles.shape == "overview":
        return
    with_own_goal = {id(one) for one in entries if _filled(one, "goal")}
    for role in ("goal", "success_factor"):
        if roles.index(role) is None:
            continue
        cell: TableCell | None = None
        for entry in entries:
            if _filled(entry, role):
                cell = entry.cells[role]
            if cell is not None:
                entry.cells[role] = cell
                if role == "goal":
                    entry.goal = without_number(cell.text)
    if roles.index("goal") is None:
        return
    for entry in entries:
        entry.cells.pop("goal", None)
    if factors_are_goals(roles, words):
        _let_lower_goals_hold(entries, with_own_goal)


def _filled(entry: TableEntry, role: str) -> bool:
    return role in entry.cells and bool(entry.cells[role].lines)


def factors_are_goals(roles: TableRoles, words: HeaderWords) -> bool:
    """Whether the success factors are goals of a lower level, by their header."""
    column = roles.index("success_factor")
    return column is not None and words.ends_in_goal(roles.columns[column].reading.text)


def _let_lower_goals_hold(entries: Sequence[TableEntry], with_own_goal: set[int]) -> None:
    """Let goals of a lower level be the goals, and those of the other column stand above.

    A goal of the other column that begins beside no goal of its own stands alone.
    """
    ended = before = None
    for entry in entries:
        cell = entry.cells.pop("success_factor", None)
        if id(entry) in with_own_goal and cell is before:
            ended = cell
        before = cell
        if cell is not None and cell.lines and cell is not ended:
            let_hold(entry, cell.text)


def let_hold(entry: TableEntry, lower: str) -> None:
    """Let a goal of a lower level be that of an entry, and the one that it had stand above."""
    entry.goal_above, entry.goal = entry.goal, without_number(lower)
    entry.factor, entry.goal_is_lower = None, True
