"""Rows that look like the header of a table and that nobody understands.

They are shown to a person who may know what they say. A row of labels counts, side by side, with
rows of figures, marks or text in the same columns below it. Lengths are in points, or in ems where
they are multiplied with a font size.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from styrmatt.extract.grid.headers.chains import chains_of
from styrmatt.extract.grid.headers.header_block import HeaderBlock
from styrmatt.extract.grid.headers.header_cells import header_cells
from styrmatt.extract.headers.header_words import HeaderWords
from styrmatt.extract.model.page import Page, drawn_boxes
from styrmatt.extract.model.text_lines import PageLine, Word
from styrmatt.geometry import middle_height

_FEWEST_CELLS = 3
"""Cells of a header: two words side by side are a label and its text."""
_LONGEST_LABEL = 60
"""Characters of the longest label of a header."""
_FEWEST_ROWS = 2
"""Rows below a header that show that it heads a table."""
_SEEN_LINES = 12
"""Lines below a header among which its rows are: cells may have several lines."""
_APART = 3.0
"""Ems: a wider gap parts a table from what stands below."""
_LEADING = 0.9
"""Ems: a wider gap between two lines of one header is a row's padding."""
_SAME_START = 6.0
"""Points by which a row's cell may begin left of its label, or end right of it."""
_MOST_LINES = 4
"""Lines of the tallest header."""
_WITH_UNIT = re.compile(r"[-–−+<>≥≤]?\s?\d[\d\s.,]*[^\W\d_]+\.?")
"""A figure with its unit, as "1 204st", "8,1 miljoner": no label."""


def header_like_blocks(
    page: Page,
    lines: Sequence[PageLine],
    taken: Sequence[tuple[float, float]],
    words: HeaderWords,
) -> list[HeaderBlock]:
    """The rows like headers on a page outside of the heights ``taken``, top to bottom."""
    free = [
        line for line in lines if not any(top <= line.middle_height <= end for top, end in taken)
    ]
    chains = [chains_of(page, line) for line in free]
    marks = [middle_height(box) for box in drawn_boxes(page)]
    found: list[HeaderBlock] = []
    n = 0
    while n < len(free):
        last = _header_end(free, chains, n)
        if last is None:
            n += 1
            continue
        below = _table_below(free, last)
        cells = header_cells(chains[n : last + 1], words)
        rows = [m for m in below if _is_row(free[m], chains[m], chains[n : last + 1], marks)]
        if len(cells) >= _FEWEST_CELLS and len(rows) >= _FEWEST_ROWS:
            found.append(HeaderBlock(cells, tuple(free[n : last + 1])))
            n = below[-1] + 1
        else:
            n += 1
    return found


def _header_end(
    lines: Sequence[PageLine], chains: Sequence[list[list[Word]]], first: int
) -> int | None:
    """The last line of a header that begins with a line; None where none does."""
    if len(chains[first]) < 2 or not all(map(is_label, chains[first])):
        return None
    last = first
    while (
        last + 1 < min(len(lines), first + _MOST_LINES)
        and lines[last + 1].top - lines[last].bottom <= _LEADING * lines[last].size
        and lines[last + 1].bold == lines[first].bold
        and lines[first].bold
        and all(map(is_label, chains[last + 1]))
    ):
        last += 1
    widest = max(len(chains[n]) for n in range(first, last + 1))
    return last if widest >= _FEWEST_CELLS else None


def is_label(chain: Sequence[Word]) -> bool:
    """Whether a cell may be a label: a few words, or a year, and no other figure."""
    text = " ".join(word.text for word in chain)
    digits = "".join(filter(str.isdecimal, text))
    figure = bool(digits) and not any(char.isalpha() for char in text)
    is_year = len(digits) == len("2022") and digits[:2] in ("19", "20")
    figure = figure or bool(_WITH_UNIT.fullmatch(text))
    return len(text) <= _LONGEST_LABEL and (not figure or is_year)


def _table_below(lines: Sequence[PageLine], last: int) -> list[int]:
    """The lines below a header down to a gap, some of them at most."""
    found: list[int] = []
    end = min(len(lines), last + 1 + _SEEN_LINES)
    for upper, lower in pairwise(range(last, end)):
        if lines[lower].top - lines[upper].bottom > _APART * lines[upper].size:
            break
        found.append(lower)
    return found


def _is_row(
    line: PageLine,
    chains: Sequence[Sequence[Word]],
    header: Sequence[Sequence[Sequence[Word]]],
    marks: Sequence[float],
) -> bool:
    """Whether a line has cells in two columns of a header, or a cell and a mark."""
    under = [
        chain
        for chain in chains
        if any(
            chain[0].x0 <= label[-1].x1 + _SAME_START and label[0].x0 <= chain[-1].x1 + _SAME_START
            for row in header
            for label in row
        )
    ]
    marked = any(line.top - 2 < y < line.bottom + 2 for y in marks)
    return len(under) > 1 or (len(under) == 1 and marked)
