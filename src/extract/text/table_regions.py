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
_TEXT_LINES_AT_END = 3
_FULL_LINE = 0.75
_CELL_LETTERS = 40
_NAME_SHARE = 0.85
_OFTEN = 2


@dataclass(frozen=True, slots=True)
class Region:
    """Lines in which a table can lie: below its header, up to what certainly is no table."""

    header: TextHeader
    stop: int
    closed: bool
    """Whether a heading or another table ends it (else it is cut off in running text)."""


def find_regions(
    headers: Sequence[TextHeader], stops: Sequence[int], text: TextLines
) -> list[Region]:
    """Where each measure table can lie; ``stops`` are the lines of named headings."""
    regions = []
    marks = sorted({*stops, *(header.first for header in headers), len(text.lines)})
    for header in headers:
        if header.table.kind != "measures":
            continue
        stop = next(mark for mark in marks if mark >= header.end)
        far = _running_text(text, header.end, stop)
        regions.append(Region(header, far or stop, far is None))
    return regions


def _running_text(text: TextLines, start: int, stop: int) -> int | None:
    """The line behind the first few full lines of narrative in a row, if there are any."""
    run = 0
    for at in range(start, stop):
        run = run + 1 if len(text.lines[at].text) >= _FULL_LINE * text.text_width else 0
        if run == _TEXT_LINES_AT_END:
            return at + 1
    return None


def known_boards(regions: Sequence[Region], text: TextLines) -> frozenset[str]:
    """Boards' codes: those in brackets behind names of the overview, and those that lead cells."""
    bracketed: Counter[str] = Counter()
    for line in text.lines:
        if len(line.text) < _NAME_SHARE * text.text_width:
            bracketed.update(split_board_codes(line.text)[1])
    leading: Counter[str] = Counter()
    for region in regions:
        if "board" in region.header.columns:
            for line in text.lines[region.header.end : region.stop]:
                leading.update(leading_codes(line.text))
    often = {code for code, n in (bracketed + leading).items() if n >= _OFTEN}
    return frozenset(often)


def leading_codes(line: str) -> list[str]:
    """Board codes that a line begins with, alone or before what fits into the cells beside it."""
    first, *others = line.split()
    codes = _BETWEEN_CODES.split(first.rstrip(",/"))
    return (
        codes
        if all(map(is_board_code, codes)) and (not others or len(line) < _CELL_LETTERS)
        else []
    )
