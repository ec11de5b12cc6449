"""Where a table ends on a page: at its last rule, at a heading, or where narrative runs across."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from styrmatt.extract.model.page import Page, PageLine
from styrmatt.extract.sections.heading_patterns import read_heading
from styrmatt.extract.tables.columns import Columns
from styrmatt.extract.tables.row_bands import separators
from styrmatt.layout import Headings
from styrmatt.vocabulary import Vocabulary


@dataclass(frozen=True)
class TableVocabulary:
    """What reading a page needs to know of the report's language and headings."""

    words: Vocabulary
    headings: Headings


def body_bottom(
    page: Page,
    columns: Columns,
    top: float,
    below: Sequence[PageLine],
    limit: float,
    known: TableVocabulary,
) -> float:
    """Where the table's body ends."""
    reach = _ruled_reach(page, columns, top)
    if reach > top + 6:
        return min(_with_open_end(page, columns, reach, below, known), limit)
    stop, last = limit, top
    first: PageLine | None = None
    for line in below:
        if _ends_table(line, columns, first, known):
            stop = line.top - 0.5
            break
        first = first or line
        last = max(last, line.bottom)
    bottom = min(stop, max(last + 6, top)) if stop < limit else min(limit, last + 6)
    return _cut_at_last_rule(page, columns, top, bottom, below)


def _with_open_end(
    page: Page, columns: Columns, reach: float, below: Sequence[PageLine], known: TableVocabulary
) -> float:
    """``reach``, or the end of cells that no rule closes because the page cut the row."""
    if separators(page, columns, 0, reach - 4, reach + 4):
        return reach
    for line in below:
        if reach - 0.5 * line.size < line.middle_height and line.top < reach + 0.4 * line.size:
            if _ends_table(line, columns, None, known):
                break
            reach = max(reach, line.bottom + 1)
    return reach


def _ruled_reach(page: Page, columns: Columns, top: float) -> float:
    """How far down the vertical rulings at the columns' bounds go without a break."""
    pieces = sorted(
        (r.start, r.end)
        for r in page.rulings
        if r.way == "v" and not r.edge_of_fill and any(abs(r.at - x) <= 3 for x in columns.bounds)
    )
    reach = top
    for start, end in pieces:
        if start <= reach + 4:
            reach = max(reach, end)
    return reach


def _ends_table(
    line: PageLine, columns: Columns, first: PageLine | None, known: TableVocabulary
) -> bool:
    if line.x0 < columns.bounds[0] - 4 or line.x1 > columns.bounds[-1] + 6:
        return True
    if columns.crosses(line) or read_heading(line.text, known.headings):
        return True
    if first is None:
        return False
    only_first_column = line.x1 <= columns.bounds[1] + 2
    bolder = line.bold and not first.words[0].bold
    return only_first_column and (bolder or line.size > first.size + 0.6)


def _cut_at_last_rule(
    page: Page, columns: Columns, top: float, bottom: float, below: Sequence[PageLine]
) -> float:
    """The table's closing rule, where rules part its rows and only a name-like line follows it."""
    rules = [
        y
        for y in separators(page, columns, 0, top + 4, bottom + 4)
        if y in separators(page, columns, len(columns.fields) - 1, top + 4, bottom + 4)
    ]
    if not rules:
        return bottom
    after = [line for line in below if line.top > rules[-1] - 1 and line.bottom <= bottom + 1]
    if any(line.x1 > columns.bounds[1] + 2 for line in after):
        return bottom
    return rules[-1]
