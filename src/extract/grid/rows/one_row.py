"""Whether lines are one row or one cell, though figures stand at several heights of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

from styrmatt.extract.grid.rows.merged_cells import TALL_LINE
from styrmatt.extract.grid.rows.notes import is_smaller
from styrmatt.extract.grid.rows.row_block import RowBlock
from styrmatt.extract.model.text_lines import HYPHENS, PageLine

_OFF_MIDDLE: Final = 0.25
"""Ems by which the middles of cells of one row differ that are set in its middle."""
_OPEN_END: Final = re.compile(r"[(\[<>≥≤=±]\s?[-–−]?$|\S\s[-–−]$")
"""How a line ends whose cell goes on with a figure: a sign of comparison, a bracket, a minus behind
other words."""
_YEAR: Final = re.compile(r"(?:19|20)\d\d\.?")
_YEAR_LED: Final = re.compile(r"((?:19|20)\d\d)\s?:")
_HALVES: Final = 2
_BELOW_NAME: Final = 0.6
"""Ems between a name and the smaller text below it at most."""
_LAST_DIGITS: Final = re.compile(r"0\d\d(?![\d.,])")
_NEVER_FIRST: Final = tuple("%‰,;.)]")
"""Signs that no cell begins with."""


def goes_on(line: PageLine) -> bool:
    """Whether a line begins with what no cell begins with, so that it goes on the line above.

    Nothing but dots is a code for a missing figure, and a cell of its own.
    """
    return line.text.startswith(_NEVER_FIRST) and bool(line.text.strip(" ."))


def is_next_year(above: PageLine, line: PageLine) -> bool:
    """Whether two lines of a cell list figures by year: "2030: 5", and "2031: 7" below it."""
    years = [_YEAR_LED.match(one.text) for one in (above, line)]
    first, second = (int(year[1]) if year else None for year in years)
    return first is not None and second is not None and abs(second - first) == 1


def has_open_sign(line: PageLine) -> bool:
    """Whether a line ends with a sign behind which a figure has to follow."""
    return bool(_OPEN_END.search(line.text.rstrip()))


def goes_on_above(line: PageLine, lines: Sequence[PageLine]) -> bool:
    """Whether a line goes on with the one above it in its cell, whose mark makes that line taller.

    It begins with a small letter, and the one above with a capital.
    """
    above = [one for one in lines if one.middle_height < line.middle_height]
    if not above or not line.text[:1].islower() or not above[-1].text[:1].isupper():
        return False
    return line.top - above[-1].bottom <= TALL_LINE * line.size


def take_brackets(above: RowBlock, row: RowBlock, figures: Sequence[int]) -> None:
    """Move cells that are a bracket alone, as "(RS)", to the cells above, which they go on.

    Rows with figures keep theirs: the bracket may be all of their name that is printed.
    """
    if any(row.lines[n] for n in figures):
        return
    for n, lines in enumerate(row.lines):
        text = " ".join(line.text for line in lines)
        if text.startswith("(") and text.find(")") == len(text) - 1 and above.lines[n]:
            above.lines[n] += lines
            row.lines[n] = []


def with_texts_below(
    rows: Sequence[RowBlock], names: Sequence[int], marks: Sequence[Sequence[float]]
) -> list[RowBlock]:
    """The rows between two rulings, those that are only smaller text below a name with the name's.

    ``names`` are the columns of those, ``marks`` the heights of marks in each column.
    """
    out: list[RowBlock] = []
    heights = [height for some in marks for height in some]
    for row in rows:
        if out and _is_text_below(out[-1], row, names, heights):
            for n in names:
                out[-1].lines[n] += row.lines[n]
        else:
            out.append(row)
    return out


def _is_text_below(
    above: RowBlock, row: RowBlock, names: Sequence[int], marks: Sequence[float]
) -> bool:
    """Whether a row is nothing but text in smaller type, right below the name of another."""
    filled = [n for n, lines in enumerate(row.lines) if lines]
    if len(filled) != 1 or filled[0] not in names or not above.lines[filled[0]]:
        return False
    name, lines = above.lines[filled[0]], row.lines[filled[0]]
    near = lines[0].top - name[-1].bottom <= _BELOW_NAME * name[-1].size
    marked = any(lines[0].top <= height <= lines[-1].bottom for height in marks)
    return near and not marked and all(is_smaller(line, name[0]) for line in lines)


def middle_of_one(
    part: Sequence[Sequence[PageLine]], figures: Sequence[int], leading: float
) -> float | None:
    """The middle of a row one or two of whose figures are broken, where all are centred.

    ``part`` are the lines of each column, ``figures`` the columns of figures; ``leading`` is the
    widest gap within a cell, in points. Where all other cells have one line, any gap is narrow
    enough that has no room for another. Of two rows, more figures would stand on two lines than on
    one, or not about one middle: then None.
    """
    filled = [part[n] for n in figures if part[n]]
    whole = [lines[0] for lines in filled if len(lines) == 1]
    broken = [lines for lines in filled if len(lines) > 1]
    if len(whole) < 2 or len(whole) <= len(broken):
        return None
    middle, size = whole[0].middle_height, whole[0].size
    if sum(len(lines) > 1 for lines in part) == len(broken) == 1:
        leading = max(leading, size)  # the only line between them stands beside both
    off = [line.middle_height - middle for line in whole]
    for lines in broken:
        if any(low.top - high.bottom > leading for high, low in pairwise(lines)):
            return None
        off.append((lines[0].top + lines[-1].bottom) / 2 - middle)
    return middle if max(map(abs, off)) <= _OFF_MIDDLE * size else None


def middle_of_name(
    names: Sequence[Sequence[PageLine]],
    cells: Sequence[Sequence[PageLine]],
    leading: float,
    is_figure: Callable[[str], bool],
) -> float | None:
    """The middle of a row with one name, about which all its cells are centred; else None.

    ``names`` and ``cells`` are the lines of such columns, ``leading`` the widest gap within a cell,
    in points. None of the cells holds two figures, as the lines of two rows do. Beside a name and
    a cell of one line, the two lines of another may lie farther apart: no line has room in between.
    """
    filled = [lines for lines in names if lines]
    if len(filled) != 1 or any(low.text[:1].isupper() for low in filled[0][1:]):
        return None
    name, others = filled[0], [lines for lines in cells if lines]
    if any(count_figures(lines, is_figure) > 1 for lines in others):
        return None
    broken = [lines for lines in others if len(lines) > 1]
    if len(name) == 1 and len(broken) < len(others) and all(map(_are_two_halves, broken)):
        leading = max(leading, name[0].size)
    for lines in (name, *others):
        if any(low.top - high.bottom > leading for high, low in pairwise(lines)):
            return None
    middle = (name[0].top + name[-1].bottom) / 2
    off = [abs((lines[0].top + lines[-1].bottom) / 2 - middle) for lines in others]
    return middle if others and max(off) <= _OFF_MIDDLE * name[0].size else None


def _are_two_halves(lines: Sequence[PageLine]) -> bool:
    """Whether a cell has two lines, the second of which begins no text of its own."""
    return len(lines) == _HALVES and not lines[1].text[:1].isupper()


def count_figures(lines: Sequence[PageLine], is_figure: Callable[[str], bool]) -> int:
    """How many lines of a cell have a figure of their own: a year behind another is not one.

    Nor are the last digits of thousands, which no figure begins with: "780 per 100" and "000 inv".
    """
    goes_on = {
        id(low)
        for high, low in pairwise(lines)
        if high.text.rstrip()[-1:].isdecimal() and _LAST_DIGITS.match(low.text)
    }
    found = [line.text for line in lines if is_figure(line.text) and id(line) not in goes_on]
    values = [text for text in found if not _YEAR.fullmatch(text.strip())]
    return len(values) or len(found)


def has_one_name(
    names: Sequence[Sequence[PageLine]],
    figures: Sequence[Sequence[PageLine]],
    marks: Sequence[Sequence[float]],
    begins_row: Callable[[str], bool],
    is_figure: Callable[[str], bool],
) -> bool:
    """Whether lines are one row by its name: it begins with a capital and goes on with small ones.

    ``names`` and ``figures`` are the lines of such columns, ``marks`` the heights of marks in each
    column of those. ``begins_row`` says of a line that begins small whether it is of a row of its
    own, as a line for one sex. No column has two figures or marks; or one cell has several figures,
    where there is a single mark beside it; or a hyphen breaks each line of the name.
    """
    filled = [lines for lines in names if lines]
    if not filled or not all(_is_one_name(lines, begins_row) for lines in filled):
        return False
    if all(line.text.endswith(HYPHENS) for lines in filled for line in lines[:-1]):
        return True
    most_marks = max(map(len, marks), default=0)
    if all(count_figures(lines, is_figure) <= 1 for lines in figures):
        return most_marks <= 1
    return most_marks == 1 and sum(len(lines) > 1 for lines in figures) == 1


def _is_one_name(lines: Sequence[PageLine], begins_row: Callable[[str], bool]) -> bool:
    return (
        len(lines) > 1
        and lines[0].text[:1].isupper()
        and all(
            (low.text[:1].islower() or high.text.endswith(HYPHENS)) and not begins_row(low.text)
            for high, low in pairwise(lines)
        )
    )
