"""Columns of a table that nothing explains, and those whose header was only guessed.

They are said, with their header and some cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from styrmatt.extract.grid.columns.grid_columns import GridColumns, words_by_column
from styrmatt.extract.grid.headers.chains import chains_of
from styrmatt.extract.grid.roles import UNKNOWN_ROLE, TableRoles
from styrmatt.extract.grid.table_span import GridLine
from styrmatt.extract.model.page import Page
from styrmatt.extract.model.text_lines import PageLine, join_words
from styrmatt.extract.tables.cells import UnknownColumn

_SAMPLE = 3
"""Cells of an unknown column that are quoted: enough to see what it holds."""


def unknown_columns(
    page: Page, columns: GridColumns, roles: TableRoles, body: Sequence[GridLine], top: float
) -> Iterator[UnknownColumn]:
    """The columns without a sure role in which something stands, from left to right.

    ``top`` is the upper end of the table on the page, in points.
    """
    for n, column in enumerate(roles.columns):
        guessed = column.reading.guessed and column.role not in (UNKNOWN_ROLE, "leave")
        if column.role != UNKNOWN_ROLE and not guessed:
            continue
        lines = [one.line for one in body if not one.wide]
        texts = (_cell(page, columns, line, n) for line in lines)
        cells = [text for text in texts if any(map(str.isalnum, text))]  # marks are read as such
        head = columns.heads[n]
        if cells or head is not None:
            bottom = max(one.line.bottom for one in body)
            box = (columns.bounds[n], top, columns.bounds[n + 1], bottom)
            header = " ".join(head.text.split()) if head is not None else ""
            field = column.role if guessed else None
            yield UnknownColumn(
                header, head.bbox if head else box, tuple(cells[:_SAMPLE]), field, guessed
            )


def _cell(page: Page, columns: GridColumns, line: PageLine, column: int) -> str:
    return join_words(words_by_column(columns, chains_of(page, line))[column])
