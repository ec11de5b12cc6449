"""Finds tables of a text that hold no measures: budgets, investments, plans. They are not read.

Without geometry such a table is a run of short lines with figures or broken words, far shorter
than the lines of the narrative around it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from styrmatt.extract.text.headings import TextHeading
from styrmatt.extract.text.lines import TextLines
from styrmatt.extract.text.sections import is_bullet
from styrmatt.layout import Layout
from styrmatt.whitespace import squeeze

_SHORT = 0.6
"""Share of the text's width below which a line may be a table's: a table's row is not full."""
_FEWEST_LINES = 5
"""Lines that a table has at least: a header and some rows, more than a heading with an address."""
_CELL_LIKE_SHARE = 0.4
"""Share of its lines that must be as cells are: row titles in words stand between figures."""
_FIGURES = re.compile(r"(?<!\w)[+-]?\d[\d ]*(?:[,.]\d+)?(?: ?%)?(?!\w)")
_LISTED = re.compile(r"^\W*\d+[.)]\s")


@dataclass(frozen=True, slots=True)
class IgnoredTextTable:
    """Lines ``first`` to before ``end`` hold no measures.

    ``kind`` and ``message`` are those of the warning about it; ``ignored`` is the layout's name for
    such tables, where it has one, and then no warning is needed.
    """

    first: int
    end: int
    kind: Literal["unknown_header", "unknown_table"]
    message: str
    printed: str
    rows: int
    ignored: str | None


def find_ignored_tables(
    text: TextLines,
    layout: Layout,
    taken: set[int],
    unknown_headers: Sequence[tuple[int, int]],
    headings: Sequence[TextHeading],
) -> tuple[list[IgnoredTextTable], set[int]]:
    """Tables that hold no measures, or whose header is not known, and the lines of all of them.

    ``taken`` are lines of other tables.
    """
    closed = taken | {n for heading in headings for n in range(heading.first, heading.end)}
    found = [_below_unknown_header(text, first, end, closed) for first, end in unknown_headers]
    for table in found:
        closed |= set(range(table.first, table.end))
    at = 0
    while at < len(text.lines):
        end = _run_end(text, closed, at)
        first, last = _trimmed(text, at, end)
        if last - first >= _FEWEST_LINES and _is_table(text, first, last):
            found.append(_ignored_table(text, layout, first, last))
        at = max(end, at + 1)
    found.sort(key=lambda table: table.first)
    return found, {n for table in found for n in range(table.first, table.end)}


def _below_unknown_header(
    text: TextLines, first: int, end: int, closed: set[int]
) -> IgnoredTextTable:
    stop = _run_end(text, closed, end)
    printed = "\n".join(line.text for line in text.lines[first:stop])
    message = "A measure table has a header that the layout does not know; its rows were left out."
    return IgnoredTextTable(
        first, stop, "unknown_header", message, printed, _count(text, end, stop), None
    )


def _run_end(text: TextLines, closed: set[int], at: int) -> int:
    """The end of the run of short lines that begins with line ``at``; ``at`` where it is none."""
    end = at
    while end < len(text.lines) and end not in closed and _is_short(text, end):
        end += 1
    return end


def _is_short(text: TextLines, at: int) -> bool:
    """Whether a line is far from full and no item of a list and no address of a page."""
    line = text.lines[at]
    listed = _LISTED.match(line.text) or (is_bullet(line) and not _FIGURES.search(line.text))
    return len(line.text) < _SHORT * text.text_width and not listed and "://" not in line.text


def _trimmed(text: TextLines, first: int, end: int) -> tuple[int, int]:
    """A run without the last line of a paragraph before it and headings behind it."""
    while first < end and text.lines[first].text.endswith("."):
        first += 1
    while first < end and not _is_cell_like(text, end - 1):
        end -= 1
    return first, end


def _is_cell_like(text: TextLines, at: int) -> bool:
    """Whether a line has figures of its own or breaks off in a word, as cells do."""
    line = text.lines[at].text
    return bool(_FIGURES.search(line)) or line.endswith("-")


def _is_table(text: TextLines, first: int, end: int) -> bool:
    """Whether many of the lines are as cells are."""
    like_cells = sum(_is_cell_like(text, at) for at in range(first, end))
    return like_cells >= _CELL_LIKE_SHARE * (end - first)


def _ignored_table(text: TextLines, layout: Layout, first: int, end: int) -> IgnoredTextTable:
    printed = "\n".join(line.text for line in text.lines[first:end])
    above = "\n".join(line.text for line in text.lines[max(0, first - 1) : first])
    words = squeeze(f"{above}\n{printed}")
    name = next(
        (t.name for t in layout.tables_of("ignored") if all(squeeze(w) in words for w in t.words)),
        None,
    )
    message = "A table that no layout table describes was left alone."
    return IgnoredTextTable(
        first, end, "unknown_table", message, printed, _count(text, first, end), name
    )


def _count(text: TextLines, first: int, end: int) -> int:
    """Rows of such a table, as near as lines with figures tell; at least one."""
    return max(1, sum(bool(_FIGURES.search(line.text)) for line in text.lines[first:end]))
