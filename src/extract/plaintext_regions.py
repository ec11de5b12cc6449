"""Where the measure tables of a text can lie, and which boards' codes stand in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from styrmatt.extract.plaintext_headers import Header
from styrmatt.extract.plaintext_lines import TextLines

_CODE_IN_BRACKETS = re.compile(r"\(([A-ZÅÄÖ]{2,5}(?:[,/ ]+[A-ZÅÄÖ]{2,5})*)\)\s*$")
_CODE = re.compile(r"[A-ZÅÄÖ]{2,5}")
_TEXT_LINES_AT_END = 3
_FULL_LINE = 0.75
_CELL_LETTERS = 40


@dataclass(frozen=True, slots=True)
class Region:
    """Lines in which a table can lie: below its header, up to what certainly is no table."""

    header: Header
    stop: int
    closed: bool
    """Whether a heading or another table ends it (else it is cut off in running text)."""


def find_regions(headers: Sequence[Header], stops: Sequence[int], text: TextLines) -> list[Region]:
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
    found: Counter[str] = Counter()
    for line in text.lines:
        if match := _CODE_IN_BRACKETS.search(line.text):
            for code in _CODE.findall(match[1]):
                found[code] += 1 if len(line.text) < 0.9 * text.text_width else 0
    bracketed = {code for code, n in found.items() if n >= 2}
    leading: Counter[str] = Counter()
    for region in regions:
        if "board" not in region.header.columns:
            continue
        for line in text.lines[region.header.end : region.stop]:
            first, *others = line.text.split()
            if _CODE.fullmatch(first.split(",")[0].split("/")[0]) and (
                not others or len(line.text) < _CELL_LETTERS
            ):
                leading.update(_CODE.findall(first))
    return frozenset(bracketed | {code for code, n in leading.items() if n >= 2 or code in found})
