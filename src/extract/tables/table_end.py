"""Where a table ends on a page: at its last rule, at a heading, or where narrative runs across.

Heights and lengths are in points, or in ems where they are multiplied with a font size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from styrmatt.extract.model.page import Page
from styrmatt.extract.model.text_lines import PageLine
from styrmatt.extract.sections.heading_patterns import read_heading
from styrmatt.extract.tables.columns import Columns
from styrmatt.extract.tables.rows.row_bands import row_rules
from styrmatt.layout import Headings
from styrmatt.vocabulary import Vocabulary

_LOWEST_BODY = 6.0
"""Points: a body is at least this high. No row is lower; rulings that reach less far below the
header are those of the header."""
_BODY_MARGIN = 6.0
"""Points below its last line where a table without vertical rulings ends at most: a cell's padding
and the rule below it, not the line after."""
_RULE_GAP = 4.0
"""Points by which the pieces of a vertical ruling may lie apart, or a row's ruling off its place:
rulings are drawn cell by cell, with the thickness of horizontal ones between them."""
_ON_BOUND = 3.0
"""Points by which a vertical ruling may miss the bound that was found at the header."""
_OPEN_CELL_ABOVE, _OPEN_CELL_BELOW = 0.5, 0.4
"""Ems by which a line may lie above or begin below the end of the rulings and still stand in the
row that the page cut: less than the gap to a line of text below a table."""
_LEFT_OF_TABLE, _RIGHT_OF_TABLE = 4.0, 6.0
"""Points beyond the outer bounds where a line is no longer the table's: more than words hang over,
less than the indent of a table or of the text around it."""
_IN_FIRST_COLUMN = 2.0
"""Points by which a line of the first column may stick out over its right bound."""
_LARGER = 0.6
"""Points by which a heading's font is larger than that of cells; sizes are rounded to 0.1, and a
heading is at least a point larger."""
_LINE_MARGIN = 0.5
"""Points above a line that ends the table, where the table ends: between it and the line before."""


@dataclass(frozen=True)
class TableVocabulary:
    """The report's vocabulary and its heading patterns, as needed to read a page's tables."""

    words: Vocabulary
    headings: Headings


def body_bottom(
    page: Page,
    columns: Columns,
    top: float,
    below: Sequence[PageLine],
    limit: float,
    vocabulary: TableVocabulary,
) -> float:
    """Where the table's body ends: a height between ``top`` and ``limit``, or right below ``top``.

    ``below`` are the lines below the header, top to bottom.
    """
    reach = _ruled_reach(page, columns, top)
    if reach > top + _LOWEST_BODY:
        return min(_end_of_open_cells(page, columns, reach, below, vocabulary), limit)
    stop, last = limit, top
    seen: list[PageLine] = []
    for line in below:
        if _ends_table(line, columns, seen, vocabulary):
            stop = line.top - _LINE_MARGIN
            break
        seen.append(line)
        last = max(last, line.bottom)
    bottom = min(stop, limit, last + _BODY_MARGIN)
    return _cut_at_last_rule(page, columns, top, bottom, below)


def _end_of_open_cells(
    page: Page,
    columns: Columns,
    reach: float,
    below: Sequence[PageLine],
    vocabulary: TableVocabulary,
) -> float:
    """``reach``, or the end of cells that no rule closes because the page cut the row."""
    if row_rules(page, columns, 0, reach - _RULE_GAP, reach + _RULE_GAP):
        return reach
    for line in below:
        above = line.middle_height <= reach - _OPEN_CELL_ABOVE * line.size
        if not above and line.top < reach + _OPEN_CELL_BELOW * line.size:
            if _ends_table(line, columns, (), vocabulary):
                break
            reach = max(reach, line.bottom + 1)
    return reach


def _ruled_reach(page: Page, columns: Columns, top: float) -> float:
    """How far down the vertical rulings at the columns' bounds go without a break."""
    pieces = sorted(
        (r.start, r.end)
        for r in page.rulings
        if r.orientation == "v"
        and not r.edge_of_fill
        and any(abs(r.at - x) <= _ON_BOUND for x in columns.bounds)
    )
    reach = top
    for start, end in pieces:
        if start <= reach + _RULE_GAP:
            reach = max(reach, end)
    return reach


def _ends_table(
    line: PageLine, columns: Columns, above: Sequence[PageLine], vocabulary: TableVocabulary
) -> bool:
    """Whether a line stands below the table; ``above`` are the table's lines so far."""
    left, right = columns.bounds[0] - _LEFT_OF_TABLE, columns.bounds[-1] + _RIGHT_OF_TABLE
    if line.x0 < left or line.x1 > right:
        return True
    if columns.are_crossed_by(line) and not columns.is_overfull_row(line):
        return True
    if read_heading(line.text, vocabulary.headings):
        return True
    if not above:
        return False
    only_first_column = line.x1 <= columns.first_end + _IN_FIRST_COLUMN
    # One bold name among others goes on below itself; a heading follows lines that are not bold.
    bolder = line.bold and not (above[0].words[0].bold or above[-1].words[0].bold)
    return only_first_column and (bolder or line.size > _largest(above) + _LARGER)


def _largest(lines: Sequence[PageLine]) -> float:
    """The largest font size of the lines' letters and figures; cells may be set in several."""
    sizes = [w.size for line in lines for w in line.words if any(map(str.isalnum, w.text))]
    return max(sizes, default=lines[0].size)


def _cut_at_last_rule(
    page: Page, columns: Columns, top: float, bottom: float, below: Sequence[PageLine]
) -> float:
    """The table's closing rule, where rules part its rows and only a name-like line follows it."""
    span = (top + _RULE_GAP, bottom + _RULE_GAP)
    last_column = row_rules(page, columns, len(columns.fields) - 1, *span)
    rules = [y for y in row_rules(page, columns, 0, *span) if y in last_column]
    if not rules:
        return bottom
    after = [line for line in below if line.top > rules[-1] - 1 and line.bottom <= bottom + 1]
    if any(line.x1 > columns.first_end + _IN_FIRST_COLUMN for line in after):
        return bottom
    return rules[-1]
