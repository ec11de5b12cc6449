"""Rows of goals among measures, told by a column that says of what kind each row is.

Such a column holds a letter or a word in each row, "M" before goals and "N" before measures, say.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from itertools import pairwise

from styrmatt.extract.grid.coded_groups import is_parent
from styrmatt.extract.tables.cells import TableEntry
from styrmatt.whitespace import squeeze


def goals_by_kind(
    entries: Sequence[TableEntry],
    kinds: Sequence[str],
    style_of: Callable[[TableEntry], Hashable],
    names_goal: Callable[[TableEntry, str], bool],
    *,
    goes_on: bool = False,
) -> set[int]:
    """The entries (``id()``) that are goals by their kind; empty where nothing shows which are.

    ``kinds`` are what stands in the column of kinds beside each entry. The rows of one kind, and no
    others, have no figures; the first of them begins the table, and measures stand below each. To
    tell goals from tasks, which have no figures either, something else has to show them as goals:
    codes that those of the rows below go on, or how they are set, or words (``names_goal``).
    ``style_of`` says how an entry's name is set, ``goes_on`` that the table began overleaf.
    """
    found = list(map(squeeze, kinds))
    bare = {kind for kind in found if kind} - {
        kind for kind, entry in zip(found, entries, strict=True) if has_figures(entry)
    }
    if len(bare) != 1 or not all(found) or not (goes_on or found[0] in bare):
        return set()
    if any(upper == lower and upper in bare for upper, lower in pairwise(found)):
        return set()
    upper = [n for n, kind in enumerate(found) if kind in bare]
    above = [n for n in upper if n + 1 < len(found)]  # the measures of the last may be overleaf
    if not above:
        return set()
    goals = [entries[n] for n in upper]
    others = [entry for entry, kind in zip(entries, found, strict=True) if kind not in bare]
    styles = set(map(style_of, others))
    if (
        all(is_parent(entries[n].text("number"), entries[n + 1].text("number")) for n in above)
        or all(style_of(goal) not in styles for goal in goals)
        or all(names_goal(entries[n], kinds[n]) for n in upper)
    ):
        return {id(goal) for goal in goals}
    return set()


def has_figures(entry: TableEntry) -> bool:
    """Whether an entry has a figure, a word in its place, or a target."""
    cells = [value.cell for line in entry.lines for value in line.values]
    cells += [cell for line in entry.lines for role, cell in line.cells.items() if role == "target"]
    return any(cell.lines for cell in cells)
