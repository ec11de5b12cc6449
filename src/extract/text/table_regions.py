"""Where the measure tables of a text can lie, and which boards' codes stand in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from styrmatt.extract.text.header_row import TextHeader
from styrmatt.extract.text.lines import TextLines
from styrmatt.swedish.board_codes import is_board_code, split_board_codes

_BETWEEN_CODES = re.compile(r"[,/]")
_FULL_LINE = 0.75
"""Share of the text's width from which a line may be narrative: here a narrower line will do, since
several in a row are asked for."""
_TEXT_LINES_AT_END = 3
"""Full lines in a row that are narrative for certain; one or two may be cells side by side."""
_CELL_LETTERS = 40
"""Characters of a line up to which it may be a board with the cells beside it, and no sentence that
begins with an abbreviation."""
_NAME_LINE = 0.85
"""Share of the text's width up to which a line may be a name with its boards in brackets; a full
line is a sentence with an abbreviation in brackets."""
_FEWEST_TIMES = 2
"""Times that a code must occur to be a board's: once is some other abbreviation."""


@dataclass(frozen=True, slots=True)
class TableRegion:
    """Lines in which a table can lie: from its header to before ``stop``, which is none of it."""

    header: TextHeader
    stop: int
    closed: bool
    """Whether a heading or another table ends it (else it is cut off in running text)."""


def find_regions(
    headers: Sequence[TextHeader], stops: Sequence[int], text: TextLines
) -> list[TableRegion]:
    """Where each measure table can lie; ``stops`` are the lines of named headings."""
    regions = []
    marks = sorted({*stops, *(header.first for header in headers), len(text.lines)})
    for header in headers:
        if header.table.kind != "measures":
            continue
        stop = next(mark for mark in marks if mark >= header.end)
        narrative = _after_narrative(text, header.end, stop)
        regions.append(TableRegion(header, narrative or stop, closed=narrative is None))
    return regions


def _after_narrative(text: TextLines, start: int, stop: int) -> int | None:
    """The line behind the first few full lines of narrative in a row, if there are any."""
    in_a_row = 0
    for at in range(start, stop):
        full = len(text.lines[at].text) >= _FULL_LINE * text.text_width
        in_a_row = in_a_row + 1 if full else 0
        if in_a_row == _TEXT_LINES_AT_END:
            return at + 1
    return None


def known_boards(regions: Sequence[TableRegion], text: TextLines) -> frozenset[str]:
    """Boards' codes: those in brackets behind names of the overview, and those that lead cells."""
    bracketed: Counter[str] = Counter()
    for line in text.lines:
        if len(line.text) < _NAME_LINE * text.text_width:
            bracketed.update(split_board_codes(line.text)[1])
    leading: Counter[str] = Counter()
    for region in regions:
        if "board" in region.header.columns:
            for line in text.lines[region.header.end : region.stop]:
                leading.update(leading_codes(line.text))
    return frozenset(code for code, n in (bracketed + leading).items() if n >= _FEWEST_TIMES)


def leading_codes(line: str) -> list[str]:
    """Board codes that a line begins with, alone or before what fits into the cells beside it."""
    first, *others = line.split()
    codes = _BETWEEN_CODES.split(first.rstrip(",/"))
    return (
        codes
        if all(map(is_board_code, codes)) and (not others or len(line) < _CELL_LETTERS)
        else []
    )
