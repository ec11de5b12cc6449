"""Headers of nothing but years, or of years over women, men and total: nothing names the rows.

The unit of all figures may stand before them. Tables of all kinds begin so, those of accounts as
well. Such a header counts only where a heading above it names a goal, which its caller has to know.
One before which a unit of money stands is that of accounts, unless a row of targets is below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from styrmatt.extract.grid.headers.chains import chain_text, chains_of
from styrmatt.extract.grid.headers.header_block import (
    HeaderBlock,
    goes_on,
)
from styrmatt.extract.grid.headers.header_cells import HeaderCell, header_cells
from styrmatt.extract.headers.header_reading import HeaderReading
from styrmatt.extract.headers.header_words import HeaderWords
from styrmatt.extract.model.page import Page
from styrmatt.extract.model.text_lines import PageLine, Word
from styrmatt.geometry import union

_FEWEST_COLUMNS: Final = 2
"""Columns of figures at least."""
_SEEN_LINES: Final = 8
"""Lines below such a header among which its rows begin."""
_FEWEST_ROWS: Final = 2
"""Rows among them at least."""
_MOST_ROWS_OF_ONE: Final = 4
"""Rows at most of a table of one measure: its target, its result, and what lies between them."""
_SAME_PLACE: Final = 6.0
"""Points by which a figure may stand beside the year that it is of."""

_FIGURES = re.compile(r"\d+")

_Chains = Sequence[Sequence[Word]]


def year_headers(
    page: Page, lines: Sequence[PageLine], taken: Sequence[HeaderBlock], words: HeaderWords
) -> Iterator[tuple[HeaderBlock, bool]]:
    """The headers of years alone on a page, top to bottom, outside of those taken already.

    With each comes whether one of the first rows below it is named as one of targets.
    """
    mine = {id(word) for block in taken for line in block.lines for word in line.words}
    chains = [chains_of(page, line) for line in lines]
    columns: list[_Chains] = [row[_has_unit(row, words) :] for row in chains]
    for n, line in enumerate(lines):
        said = [words.read(chain_text(chain)) for chain in columns[n]]
        if not _are_years(said) or any(id(word) in mine for word in line.words):
            continue
        last = n
        if n + 1 < len(lines) and goes_on(line, lines[n + 1]):
            sexes = _sexes_of(columns[n + 1], words)
            if sexes:
                columns[n + 1], last = sexes, n + 1
            elif _name_sexes(columns[n + 1], words):
                continue  # what the figures below the years are of is not known
        if len(columns[last]) < _FEWEST_COLUMNS or not _are_behind(
            chains, columns, (n, last), words
        ):
            continue
        below = range(last + 1, min(len(lines), last + 1 + _SEEN_LINES))
        below_it = [chains[m] for m in below if _is_row(chains[m], columns[last])]
        if len(below_it) < _FEWEST_ROWS:
            continue
        units = [row[0] for row in chains[n : last + 1] if _has_unit(row, words)]
        unit = tuple(units[0]) if units else ()
        is_money = chain_text(unit).casefold() in words.words.modifiers.money if unit else False
        aims = any(words.is_aim(chain_text(row[0])) for row in below_it[:_MOST_ROWS_OF_ONE])
        if is_money and not aims:
            continue
        rows = columns[n : last + 1]
        cells = _cells_of_groups(rows, words) if last > n else header_cells(rows, words)
        if not cells:
            continue  # which year is above which of the sexes is not sure
        block = HeaderBlock(cells, tuple(lines[n : last + 1]), of_years=True, unit=unit)
        yield replace(block, of_one=is_money), aims


def _has_unit(row: _Chains, words: HeaderWords) -> bool:
    """Whether the first cell of a line is a unit of figures, and nothing else."""
    reading = words.read(chain_text(row[0])) if row else HeaderReading("")
    is_unit = bool(reading.unit) and reading.whole and not reading.roles
    return is_unit and not reading.says_something


def _are_behind(
    chains: Sequence[_Chains],
    columns: Sequence[_Chains],
    numbers: tuple[int, int],
    words: HeaderWords,
) -> bool:
    """Whether a unit in one of the lines stands left of the cells of all of them."""
    left = min(columns[m][0][0].x0 for m in numbers)
    units = (row[0] for m in numbers if _has_unit(row := chains[m], words))
    return all(unit[-1].x1 < left for unit in units)


def _cells_of_groups(rows: Sequence[_Chains], words: HeaderWords) -> tuple[HeaderCell, ...]:
    """The cells of years over sexes that are the same below each year; none where they are not.

    A year may stand above the middle one of them, and be narrower than it.
    """
    years, sexes = rows
    size, rest = divmod(len(sexes), len(years))
    groups = [sexes[n * size : (n + 1) * size] for n in range(len(years))]
    said = {tuple(words.read(chain_text(chain)).sex for chain in group) for group in groups}
    if rest or len(said) != 1 or len(set(*said)) != size:
        return ()
    cells: list[HeaderCell] = []
    for year, group in zip(years, groups, strict=True):
        if not group[0][0].x0 <= (year[0].x0 + year[-1].x1) / 2 <= group[-1][-1].x1:
            return ()
        for chain in group:
            text = f"{chain_text(year)}\n{chain_text(chain)}"
            box = union(word.bbox for word in chain)
            cells.append(HeaderCell(text, box, tuple(chain), words.header(text)))
    return tuple(cells)


def _are_years(readings: Sequence[HeaderReading]) -> bool:
    """Whether cells are years that rise or fall, and nothing else."""
    years = [reading.year for reading in readings if reading.whole and _is_plain(reading)]
    found = [year for year in years if year is not None]
    in_order = found in (sorted(set(found)), sorted(set(found), reverse=True))
    return len(found) == len(readings) > 0 and in_order


def _is_plain(reading: HeaderReading) -> bool:
    more = reading.roles or reading.area or reading.sex or reading.period or reading.unit
    return not more and len(_FIGURES.findall(reading.text)) == 1


def _sexes_of(row: _Chains, words: HeaderWords) -> _Chains:
    """The cells of a line of women, men and total, in any order; none where it is another line.

    Narrow columns may stand only a space apart: then each word is a cell.
    """
    single = [[word] for chain in row for word in chain]
    for cells in (row, single):
        said = [words.read(chain_text(cell)) for cell in cells]
        sexes = [reading.sex for reading in said if reading.whole and not reading.roles]
        if len(sexes) == len(cells) > 1 and None not in sexes and len(set(sexes)) > 1:
            return cells
    return ()


def _name_sexes(row: _Chains, words: HeaderWords) -> bool:
    """Whether a line without figures has words for women, men or total."""
    if any(map(str.isdecimal, "".join(map(chain_text, row)))):
        return False
    single = [words.read(word.text) for chain in row for word in chain]
    return sum(reading.sex is not None and reading.whole for reading in single) > 1


def _is_row(row: _Chains, header: _Chains) -> bool:
    """Whether a line has a name left of all columns, and figures in one of them or more."""
    name, *cells = row
    text = chain_text(name)
    if name[-1].x1 > header[0][0].x0 or not any(map(str.isalpha, text)):
        return False
    return any(_is_under(cell, column) for cell in cells for column in header)


def _is_under(cell: Sequence[Word], column: Sequence[Word]) -> bool:
    figure = not any(map(str.isalpha, chain_text(cell)))
    left, right = column[0].x0 - _SAME_PLACE, column[-1].x1 + _SAME_PLACE
    return figure and min(cell[-1].x1, right) - max(cell[0].x0, left) > 0
