"""Turns the tables of a text into the report's rows, and into warnings about what was left out."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

from styrmatt.extract.legibility import has_holes
from styrmatt.extract.text.lines import TextLines
from styrmatt.extract.text.sections import TextContext, context_at
from styrmatt.extract.text.table_regions import TableRegion
from styrmatt.extract.text.tables import TextRow, TextTable
from styrmatt.printed import ExtractionWarning, Location, Row

_JUMBLED_SHARE = 0.5
"""Share of uncertain rows, or of unread tables, beyond which no row of the text is certain: where
most cuts are guesses, one that looks clear may be wrong in the same way."""

Tables = Sequence[tuple[TableRegion, TextTable]]


def rows_of(
    tables: Tables,
    contexts: Sequence[tuple[int, TextContext]],
    text: TextLines,
    *,
    unknown_headers: int,
) -> tuple[tuple[Row, ...], list[ExtractionWarning]]:
    """The rows, and a warning for each row left out, table without rows and lost tail.

    ``contexts`` are the headings that hold from a line on; ``unknown_headers`` is the number of
    tables whose header is not known. Where most of a text could not be cut with certainty (its
    cells stand side by side, say), only certain rows are given, and each is to be reviewed.
    """
    jumbled = _is_jumbled(tables, unknown_headers)
    rows: list[Row] = []
    warnings: list[ExtractionWarning] = []
    measure_no = 0
    for table_no, (region, table) in enumerate(tables, 1):
        context = context_at(contexts, table.first)
        given = True
        for line in table.rows:
            given = (line.sure or not jumbled) and (given or not line.continues_measure)
            measure_no += not line.continues_measure
            if given:
                sure = line.sure and not jumbled
                rows.append(_row(line, table_no, measure_no, context, sure))
            else:
                message = "A line of a table could not be cut into cells with certainty."
                warnings.append(
                    ExtractionWarning("row_rejected", message, _printed(line), line.place)
                )
        warnings += _table_warnings(region, table, text)
    return tuple(rows), warnings


def _is_jumbled(tables: Tables, unknown_headers: int) -> bool:
    lines = [line for _, table in tables for line in table.rows]
    empty = sum(1 for _, table in tables if not table.rows)
    unsure = sum(1 for line in lines if not line.sure)
    tried = len(tables) + unknown_headers
    return unsure > _JUMBLED_SHARE * len(lines) or empty + unknown_headers > _JUMBLED_SHARE * tried


def _row(line: TextRow, table_no: int, measure_no: int, context: TextContext, sure: bool) -> Row:
    return Row(
        table_no=table_no,
        measure_no=measure_no,
        cells=MappingProxyType(dict(line.cells)),
        place=line.place,
        perspective_heading=context.perspective,
        goal_heading=context.goal,
        factor_heading=context.factor,
        review=_review(line, sure=sure),
    )


def _review(line: TextRow, *, sure: bool) -> tuple[str, ...]:
    """Why the row may be wrong."""
    holes = any(has_holes(cell.text) for cell in line.cells.values())
    return ("ambiguous_cells",) * (not sure) + ("unreadable_characters",) * holes


def _printed(line: TextRow) -> str:
    return "\n".join(cell.text for cell in line.cells.values() if cell.text)


def _table_warnings(
    region: TableRegion, table: TextTable, text: TextLines
) -> list[ExtractionWarning]:
    warnings = []
    if not table.rows:
        message = "No row could be made out in a table."
        warnings.append(
            ExtractionWarning(
                "row_rejected", message, region.header.printed, place_of(text, table.first)
            )
        )
    if table.tail is not None:
        message = "Lines behind a table look like rows of it and were left out."
        printed = "\n".join(line.text for line in text.lines[table.end : table.tail + 1])
        warnings.append(
            ExtractionWarning("row_rejected", message, printed, place_of(text, table.tail))
        )
    return warnings


def place_of(text: TextLines, line: int) -> Location:
    """The page of a line."""
    at = text.lines[line]
    return Location(at.page, at.page, None, at.page_label)
