"""Rows of a text's tables as they are handed on, and what could not be made into one."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

from styrmatt.extract.text.lines import TextLines
from styrmatt.extract.text.sections import TextContext, context_at
from styrmatt.extract.text.table_regions import Region
from styrmatt.extract.text.tables import TextRow, TextTable
from styrmatt.printed import ExtractionWarning, Location, Row

JUMBLED = 0.5
"""Share of rows, and of tables, beyond which a text is too mixed up to be sure of any row."""

Tables = Sequence[tuple[Region, TextTable]]


def rows_of(
    tables: Tables, holding: Sequence[tuple[int, TextContext]], text: TextLines, *, strange: int
) -> tuple[tuple[Row, ...], list[ExtractionWarning]]:
    """The rows, and a doubt for each that was left out, table without rows and lost tail.

    ``strange`` is the number of tables whose header is not known. Where most of a text could not
    be cut with certainty (its lines stand side by side, say), only certain rows are rows, and
    each of them says that it may be wrong.
    """
    jumbled = _is_jumbled(tables, strange)
    rows: list[Row] = []
    doubts: list[ExtractionWarning] = []
    measure_no = 0
    for table_no, (region, table) in enumerate(tables, 1):
        context = context_at(holding, table.first)
        kept = True
        for line in table.rows:
            kept = (line.sure or not jumbled) and (kept or not line.sub)
            measure_no += not line.sub
            if kept:
                sure = line.sure and not jumbled
                rows.append(_row(line, table_no, measure_no, context, sure))
            else:
                message = "A line of a table could not be cut into cells with certainty."
                doubts.append(
                    ExtractionWarning("row_rejected", message, _printed(line), line.place)
                )
        doubts += _table_doubts(region, table, text)
    return tuple(rows), doubts


def _is_jumbled(tables: Tables, strange: int) -> bool:
    lines = [line for _, table in tables for line in table.rows]
    empty = sum(1 for _, table in tables if not table.rows)
    unsure = sum(1 for line in lines if not line.sure)
    tried = len(tables) + strange
    return unsure > JUMBLED * len(lines) or empty + strange > JUMBLED * tried


def _row(line: TextRow, table_no: int, measure_no: int, context: TextContext, sure: bool) -> Row:
    return Row(
        table_no=table_no,
        measure_no=measure_no,
        cells=MappingProxyType(dict(line.cells)),
        place=line.place,
        perspective_heading=context.perspective,
        goal_heading=context.goal,
        factor_heading=context.factor,
        review=() if sure else ("ambiguous_cells",),
    )


def _printed(line: TextRow) -> str:
    return "\n".join(cell.text for cell in line.cells.values() if cell.text)


def _table_doubts(region: Region, table: TextTable, text: TextLines) -> list[ExtractionWarning]:
    doubts = []
    if not table.rows:
        message = "No row could be made out in a table."
        doubts.append(
            ExtractionWarning(
                "row_rejected", message, region.header.printed, place_of(text, table.first)
            )
        )
    if table.tail is not None:
        message = "Lines behind a table look like rows of it and were left out."
        printed = "\n".join(line.text for line in text.lines[table.end : table.tail + 1])
        doubts.append(
            ExtractionWarning("row_rejected", message, printed, place_of(text, table.tail))
        )
    return doubts


def place_of(text: TextLines, line: int) -> Location:
    """Where a line stands."""
    at = text.lines[line]
    return Location(at.page, at.page, None, at.label)
