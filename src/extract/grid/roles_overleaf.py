"""Whether columns on a page have the roles that they had on the page before.

A few rows overleaf show little of what their columns are: a goal that names a year, alone on its
page, looks like a target.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from styrmatt.extract.grid.columns.grid_columns import GridColumns
from styrmatt.extract.grid.content import Content
from styrmatt.extract.grid.roles import ColumnRole, TableRoles
from styrmatt.layout import VALUE_ROLES

_FEWEST_TO_TELL: Final = 3
"""Cells of a column that show what it holds."""


def roles_before(
    here: tuple[GridColumns, Sequence[Content], int], before: tuple[GridColumns, TableRoles, int]
) -> TableRoles | None:
    """The roles of columns whose header is repeated, where more lines showed them before.

    ``here`` has the columns, what they hold and how many lines of text; ``before`` the columns
    overleaf, their roles and how many lines. None where the columns differ, or hold other things.
    """
    columns, contents, lines = here
    others, roles, more = before
    if more <= lines or _texts(columns) != _texts(others):
        return None
    return roles if all(map(may_hold, roles.columns, contents)) else None


def _texts(columns: GridColumns) -> list[str | None]:
    return [None if head is None else head.text for head in columns.heads]


def may_hold(column: ColumnRole, content: Content) -> bool:
    """Whether cells below no header may be those of a column: a few that fit show that."""
    if content.filled < _FEWEST_TO_TELL:
        return True
    if column.role in ("status", "trend"):
        return bool(content.marks or content.phrases or content.dashes)
    if column.role in VALUE_ROLES:
        return content.figures + content.dashes + content.digits > 0
    return True


def alike(roles: TableRoles | None, before: TableRoles) -> bool:
    """Whether cells that were read without a header fit the roles of the table before."""
    return roles is not None and roles.shape == before.shape
