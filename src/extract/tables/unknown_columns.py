"""Says of a table's columns that the layout does not know what they print, and which cells are
doubtful because words stand over a bound that was found from words alone.

Heights and lengths are in points, or in ems where they are multiplied with a font size.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from styrmatt.extract.model.page import Page
from styrmatt.extract.model.text_lines import split_at_gaps
from styrmatt.extract.tables.cells import KnownColumn, UnknownColumn
from styrmatt.extract.tables.columns import crosses
from styrmatt.extract.tables.header_row import UNKNOWN, Header, Label
from styrmatt.extract.tables.rows.entry_bands import sex_bands
from styrmatt.extract.tables.rows.row_bands import TableBody
from styrmatt.geometry import Span

_SAMPLE = 3
"""Cells of an unknown column that are quoted: enough to see what it holds."""
_TWO_CELLS = 1.0
"""Ems: words of one line of a cell lie nearer to each other than this, even in a justified one."""


def unknown_columns(
    page: Page,
    body: TableBody,
    bands: Sequence[Span],
    header: Header,
    known: Sequence[KnownColumn] = (),
) -> Iterator[UnknownColumn]:
    """The columns that the layout does not know, from left to right; those ``known`` aside.

    A column without a header is one of them if something stands in it. In an overview it is none:
    the goals' marks stand there.
    """
    cells = iter(header.cells)
    is_overview = header.table.kind == "overview"
    for n, name in enumerate(body.columns.fields):
        label: Label | None = next(cells) if name is not None else None
        if label is None:
            if not is_overview and (body.words[n] or body.marks[n]):
                box = (body.columns.bounds[n], body.top, body.columns.bounds[n + 1], body.bottom)
                yield UnknownColumn("", box, tuple(_sample(page, body, bands, n)))
        elif any(one.column == n for one in known):
            continue
        elif name == UNKNOWN or label.unknown:
            sample = tuple(_sample(page, body, bands, n))
            yield UnknownColumn(label.text, label.bbox, sample, None if name == UNKNOWN else name)


def _sample(page: Page, body: TableBody, bands: Sequence[Span], column: int) -> Iterator[str]:
    """The texts of the first cells of a column that are not empty."""
    found = 0
    for band in bands:
        for top, bottom in sex_bands(page, body, band):
            lines = body.lines_by_column[column]
            text = " ".join(x.text for x in lines if top <= x.middle_height <= bottom)
            if text:
                found += 1
                yield text
            if found == _SAMPLE:
                return


def doubtful_cells(body: TableBody) -> list[tuple[int, float]]:
    """Columns and heights where words cannot be told apart: (column, middle of their line).

    They stand over a bound that was found from words alone, or there are two cells of one line in
    a column beside such a bound.
    """
    guessed = body.columns.guessed
    if not guessed:
        return []
    found: list[tuple[int, float]] = []
    for line in body.lines_across:
        for chain in split_at_gaps(line):
            for n in guessed:
                if crosses(chain, body.columns.bounds[n]):
                    found += [(n - 1, line.middle_height), (n, line.middle_height)]
    beside = {column for n in guessed for column in (n - 1, n)}
    for column in beside:
        for line in body.lines_by_column[column]:
            if any(b.x0 - a.x1 > _TWO_CELLS * b.size for a, b in pairwise(line.words)):
                found.append((column, line.middle_height))
    return found
