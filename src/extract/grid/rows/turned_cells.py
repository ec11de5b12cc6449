"""Cells whose text is set upwards or downwards, as the goals beside a table's measures may be.

Such a cell spans rows, and its text stands in their middle. Its words are put on the line of the
table there, as those of an upright cell would stand. Lengths are in points, or in ems where they
are multiplied with a font size.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from styrmatt.extract.grid.columns.grid_columns import GridColumns
from styrmatt.extract.grid.headers.turned_labels import DOWNWARDS, TurnedLabel, turned_lines
from styrmatt.extract.model.page import Glyph, Page, Ruling
from styrmatt.extract.model.text_lines import PageLine, Word
from styrmatt.extract.tables.columns import clustered
from styrmatt.geometry import Span, middle, middle_height, middle_inside, union
from styrmatt.printed import Bbox

_FEWEST_LETTERS = 3
"""Letters of a turned cell at least: a single one may be a sign."""
_OVERLAP = 0.5
"""Share of the shorter of two turned lines along which they stand beside each other in one cell."""
_ALONG = 1.0
"""Points by which a ruling may begin inside a turned line's width, or lie within a letter's box."""
_COVERED = 0.6
"""Share of a column's width that a ruling below one of its cells covers at least."""
_GROUND_GAP = 0.5
"""Ems between two letters at least where the edge of a ground parts cells: the ground of a row may
run on behind a cell that spans rows."""


def with_turned_cells(
    page: Page, columns: GridColumns, lines: Sequence[PageLine], span: Span
) -> tuple[Page, list[PageLine]]:
    """The lines of a table with the turned text of its cells, each on the line in its middle.

    The page comes back as well, without the letters of these cells: they are no marks.
    """
    glyphs = [
        glyph
        for glyph in page.glyphs
        if not glyph.upright
        and any(map(str.isprintable, glyph.text))
        and span[0] <= middle_height(glyph.bbox) <= span[1]
        and columns.bounds[0] <= middle((glyph.bbox[0], glyph.bbox[2])) <= columns.bounds[-1]
    ]
    out = list(lines)
    if sum(any(map(str.isalpha, glyph.text)) for glyph in glyphs) < _FEWEST_LETTERS or not out:
        return page, out
    cells = list(_cells(page, columns, glyphs, lines))
    for cell in cells:
        height = middle_height(cell.bbox)
        n = min(range(len(out)), key=lambda n: abs(out[n].middle_height - height))
        words = sorted((*out[n].words, _as_word(cell, out[n])), key=lambda word: word.x0)
        out[n] = PageLine(tuple(words))
    return (_without(page, columns, cells, span) if cells else page), out


def _without(page: Page, columns: GridColumns, cells: Sequence[TurnedLabel], span: Span) -> Page:
    """The page without the letters of cells and the edges of grounds that run on behind these."""
    taken = {id(g) for g in page.glyphs if any(middle_inside(g.bbox, cell.bbox) for cell in cells)}
    rulings = list(page.rulings)
    for column in pairwise(columns.bounds):
        own = [
            cell for cell in cells if column[0] <= middle((cell.bbox[0], cell.bbox[2])) <= column[1]
        ]
        behind = _stripes(page, column, own, span) if own else set()
        rulings = [
            part
            for one in rulings
            for part in ([one] if id(one) not in behind else _beside_column(one, column))
        ]
    rest = tuple(glyph for glyph in page.glyphs if id(glyph) not in taken)
    return replace(page, glyphs=rest, rulings=tuple(rulings))


def _stripes(page: Page, column: Span, cells: Sequence[TurnedLabel], span: Span) -> set[int]:
    """The edges of grounds (``id()``) that run on behind a column's cells and part none of them.

    There are more of them than cells, and no line is drawn along them.
    """
    across = [
        rule
        for rule in page.horizontals
        if span[0] < rule.at < span[1]
        and min(rule.end, column[1]) - max(rule.start, column[0])
        > _COVERED * (column[1] - column[0])
    ]
    drawn = [rule.at for rule in across if not rule.edge_of_fill]
    edges = [rule for rule in across if not any(abs(rule.at - y) <= _ALONG for y in drawn)]
    heights = clustered(rule.at for rule in across)
    filled = {bisect(heights, middle_height(cell.bbox)) for cell in cells}
    crossed = any(cell.bbox[1] < rule.at < cell.bbox[3] for cell in cells for rule in edges)
    return set(map(id, edges)) if crossed or len(filled) <= len(heights) else set()


def _beside_column(rule: Ruling, column: Span) -> Iterator[Ruling]:
    """The parts of a ruling on both sides of a column."""
    if rule.start < column[0] - _ALONG:
        yield rule._replace(end=column[0])
    if rule.end > column[1] + _ALONG:
        yield rule._replace(start=column[1])


def _as_word(cell: TurnedLabel, line: PageLine) -> Word:
    """A turned cell's text as a word of a line that it stands beside, in the cell's middle."""
    x0, _, x1, _ = cell.bbox
    height, half = middle_height(cell.bbox), line.size / 2
    return Word(cell.text, x0, height - half, x1, height + half, line.size, line.bold)


def _cells(
    page: Page, columns: GridColumns, glyphs: Sequence[Glyph], lines: Sequence[PageLine]
) -> Iterator[TurnedLabel]:
    """The turned cells of each column, in places where no upright words of it stand."""
    for start, end in pairwise(columns.bounds):
        inside = [g for g in glyphs if start <= middle((g.bbox[0], g.bbox[2])) <= end]
        upright = [w for line in lines for w in line.words if start <= middle((w.x0, w.x1)) <= end]
        for cell in _joined(turned_lines(inside, lambda a, b: _are_parted(page, a, b))):
            free = not any(cell.bbox[1] <= word.middle <= cell.bbox[3] for word in upright)
            if free and sum(map(str.isalpha, cell.text)) >= _FEWEST_LETTERS:
                yield cell


def _are_parted(page: Page, above: Bbox, below: Bbox) -> bool:
    """Whether a ruling runs between two letters, one above the other, of different cells."""
    left, right = min(above[0], below[0]) + _ALONG, max(above[2], below[2]) - _ALONG
    between = [
        rule
        for rule in page.horizontals
        if above[3] - _ALONG <= rule.at <= below[1] + _ALONG
        and rule.start <= left
        and rule.end >= right
    ]
    far = below[1] - above[3] >= _GROUND_GAP * (right - left)
    return any(far or not rule.edge_of_fill for rule in between)


def _joined(lines: Sequence[TurnedLabel]) -> list[TurnedLabel]:
    """The lines of each cell as one: those beside each other, in the order of reading."""
    cells: list[list[TurnedLabel]] = []
    for line in sorted(lines, key=lambda line: line.bbox[0]):
        found = next((c for c in cells if any(_beside(line, other) for other in c)), None)
        if found is None:
            cells.append([line])
        else:
            found.append(line)
    return [_as_one(cell) for cell in cells]


def _beside(one: TurnedLabel, other: TurnedLabel) -> bool:
    shared = min(one.bbox[3], other.bbox[3]) - max(one.bbox[1], other.bbox[1])
    shorter = min(one.bbox[3] - one.bbox[1], other.bbox[3] - other.bbox[1])
    return one.turn == other.turn and shared > _OVERLAP * shorter


def _as_one(lines: Sequence[TurnedLabel]) -> TurnedLabel:
    """The lines of a cell as one: of those set downwards the first stands on the right."""
    ordered = lines[::-1] if lines[0].turn == DOWNWARDS else lines
    text = "\n".join(line.text for line in ordered)
    return TurnedLabel(text, union(line.bbox for line in lines), lines[0].turn)
