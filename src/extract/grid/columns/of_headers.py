"""The columns of headers that come again: short tables have those of longer ones.

A table of a row or two shows little of where its columns part. Reports print one such table for
each goal, with the same header in the same place, and some of them are longer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from styrmatt.extract.grid.columns.grid_columns import GridColumns, find_grid_columns
from styrmatt.extract.grid.headers.chains import chains_of
from styrmatt.extract.grid.headers.header_block import HeaderBlock
from styrmatt.extract.model.page import Page
from styrmatt.extract.model.text_lines import PageLine

_FEW_ROWS: Final = 3
"""Rows with several cells of which a table shows where its columns part: those of one more."""
_Key = tuple[tuple[str, int, int], ...]
"""The texts of a header's cells, each with where it begins and ends, in whole points."""


@dataclass
class ColumnsOfHeaders:
    """Finds the columns under headers, and keeps them for the next header of the same look."""

    _known: dict[_Key, GridColumns] = field(default_factory=dict)

    def columns(self, page: Page, block: HeaderBlock, body: Sequence[PageLine]) -> GridColumns:
        """The columns of the table under a header; ``body`` are all its lines."""
        own = find_grid_columns(page, block, body)
        if own.ruled:
            return own
        key = tuple((c.text, round(c.bbox[0]), round(c.bbox[2])) for c in block.cells)
        rows = [row for line in body if len(row := chains_of(page, line)) > 1]
        if len(rows) >= _FEW_ROWS:
            if not own.unsure:
                self._known[key] = own
            return own
        known = self._known.get(key)
        if known is None or any(known.crossed_by(chain) for row in rows for chain in row):
            return own
        cells = iter(block.cells)
        heads = tuple(next(cells) if head is not None else None for head in known.heads)
        return replace(known, heads=heads)
