"""Cells whose text is set upwards or downwards, as the goals beside a table's measures may be.

Such a cell spans rows, and its text stands in their middle. Its words are put on the line of the
table there, as those of an upright cell would stand. Lengths are in points, or in ems where they
are multiplied with a font size.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from styrmatt.extract.grid.columns.grid_columns import GridColumns
from styrmatt.extract.grid.headers.turned_labels import DOWNWARDS, TurnedLabel, turned_lines
from styrmatt.extract.model.page import Glyph, Page
from styrmatt.extract.model.text_lines import PageLine, Word
from styrmatt.geometry import Span, middle, middle_height, middle_inside, union
from styrmatt.printed import Bbox

_FEWEST_LETTERS = 3
"""Letters of a turned cell at least: a single one may be a sign."""
_OVERLAP = 0.5
"""Share of the shorter of two turned lines along which they stand beside each other in one cell."""
_ALONG = 1.0
"""Points by which a ruling may begin inside a turned line's width, or lie within a letter's box."""
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
    taken = {
        id(glyph) for glyph in glyphs if any(middle_inside(glyph.bbox, cell.bbox) for cell in cells)
    }
    rest = tuple(glyph for glyph in page.glyphs if id(glyph) not in taken)
    return (replace(page, glyphs=rest) if taken else page), out


def _as_word(cell: TurnedLabel, line: PageLine) -> Word:
    """A turned cell's text as a word of a line that it stands beside."""
    return Word(cell.text, cell.bbox[0], line.top, cell.bbox[2], line.bottom, line.size, line.bold)


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
