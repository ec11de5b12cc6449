"""Titles on a coloured ground left of a table, as tall as the table: the goal of its measures.

The ground begins at the table's header and is no column of it: the header has a label for what the
rows are right of it. The page is cut so that each title is read before its table. Lengths are in
points, or in ems where they are multiplied with a font size.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final, NamedTuple

from styrmatt.extract.headers.header_reading import HeaderReading
from styrmatt.extract.marks.picture.colour_difference import lch
from styrmatt.extract.model.page import Fill, Page, Ruling
from styrmatt.extract.model.text_lines import PageLine, Word, lines_of, split_at_gaps
from styrmatt.extract.sections.page_parts import PagePart, limited
from styrmatt.extract.sections.text_boxes import stacked
from styrmatt.geometry import middle_inside
from styrmatt.printed import Bbox

_HIGHEST_HEADER: Final = 2.5
"""Ems from the top of the ground to the middle of the table's header at most."""
_FEWEST_ROWS: Final = 2
"""Lines beside the ground at least: the header and a row."""
_FEWEST_CELLS: Final = 3
"""Cells of the header at least."""
_WIDEST: Final = 0.4
"""Share of the page's width that the ground takes at most."""
_LEADING: Final = 0.9
"""Ems between two lines of a title at most: names of rows lie farther apart."""
_MOST_LINES: Final = 8
"""Lines of a title at most."""
_AT_EDGE: Final = 2.0
"""Points by which words and rulings may miss the ground's edges."""
_SHORTEST: Final = 4
"""Letters of a title at least: a letter or number counts something."""

Read = Callable[[str], HeaderReading]


class _Side(NamedTuple):
    """A ground beside a table, and the words of the title on it."""

    box: Bbox
    words: tuple[Word, ...]


def parts_beside_titles(page: Page, lines: Sequence[PageLine], read: Read) -> tuple[PagePart, ...]:
    """The page cut before each such title and behind it, top to bottom; empty where it has none.

    ``lines`` are the page's words as lines, ``read`` says what a header's label means. The words of
    a title count as bold: their ground sets them apart.
    """
    sides = sorted(_sides(page, lines, read), key=lambda side: side.box[1])
    if not sides or any(low.box[1] < high.box[3] for high, low in pairwise(sides)):
        return ()
    titles = {id(word) for side in sides for word in side.words}
    rest = [word for word in page.words if id(word) not in titles]
    plain = _without_grounds(page, [side.box for side in sides])
    tops = [side.box[1] - _AT_EDGE for side in sides]
    found = []
    for n, top in enumerate([0.0, *tops]):
        bottom = tops[n] if n < len(tops) else page.height
        if n:
            box = sides[n - 1].box
            title = tuple(word._replace(bold=True) for word in sides[n - 1].words)
            found.append(PagePart(limited(plain, title, box)))
        words = tuple(word for word in rest if top <= word.middle < bottom)
        if words:
            found.append(PagePart(limited(plain, words, (0.0, top, page.width, bottom))))
    return tuple(found)


def _sides(page: Page, lines: Sequence[PageLine], read: Read) -> list[_Side]:
    """The grounds that are such titles."""
    return [
        side
        for box in _tall_grounds(page.fills)
        if box[2] - box[0] <= _WIDEST * page.width
        and (side := _side(page, lines, box, read)) is not None
    ]


def _tall_grounds(fills: Sequence[Fill]) -> list[Bbox]:
    """The coloured areas, those of one colour right below each other as one."""
    by_colour: dict[str, list[Bbox]] = {}
    for fill in fills:
        if fill.colour is not None and not lch(fill.colour).white:
            by_colour.setdefault(fill.colour, []).append(fill.bbox)
    return [box for boxes in by_colour.values() for box in stacked(boxes)]


def _side(page: Page, lines: Sequence[PageLine], box: Bbox, read: Read) -> _Side | None:
    """The title on a ground and the ground, if it stands beside a table; else None."""
    left, top, right, bottom = box
    beside = [line for line in lines if top <= line.middle_height <= bottom]
    inside = [word for line in beside for word in line.words if middle_inside(word.bbox, box)]
    own = {id(word) for word in inside}
    others = [word for line in beside for word in line.words if id(word) not in own]
    if not inside or any(word.x0 < right - _AT_EDGE for word in others):
        return None
    if any(word.x0 < left - _AT_EDGE or word.x1 > right + _AT_EDGE for word in inside):
        return None
    table = lines_of(others)
    if not _is_title(lines_of(inside), read) or not _is_table(table, top, read):
        return None
    header = table[0].words
    if _looks(header) & _looks(inside):
        return None  # the title may be the first label of the header
    return _Side(box, tuple(inside))


def _looks(words: Sequence[Word]) -> set[tuple[str | None, float]]:
    return {(word.colour, round(word.size, 1)) for word in words}


def _is_title(lines: Sequence[PageLine], read: Read) -> bool:
    """Whether lines are one text, all set alike, and no label of a header."""
    text = " ".join(line.text for line in lines)
    if len(lines) > _MOST_LINES or sum(map(str.isalpha, text)) < _SHORTEST:
        return False
    if read(text).whole or read(lines[0].text).whole:
        return False
    alike = len({(word.colour, word.bold, round(word.size, 1)) for x in lines for word in x.words})
    near = all(low.top - high.bottom <= _LEADING * low.size for high, low in pairwise(lines))
    return near and alike == 1


def _is_table(lines: Sequence[PageLine], top: float, read: Read) -> bool:
    """Whether lines begin with a header whose first label is for measures, and have rows."""
    if len(lines) < _FEWEST_ROWS:
        return False
    header, *rows = lines
    cells = [" ".join(word.text for word in chain) for chain in split_at_gaps(header)]
    first = read(cells[0])
    if header.middle_height - top > _HIGHEST_HEADER * header.size or len(cells) < _FEWEST_CELLS:
        return False
    names = first.whole and "measure" in first.roles
    return names and any(len(list(split_at_gaps(row))) > 1 for row in rows)


def _without_grounds(page: Page, boxes: Sequence[Bbox]) -> Page:
    """The page without these grounds and their edges, which are no edges of the tables."""

    def is_kept(rule: Ruling) -> bool:
        return not rule.edge_of_fill or not any(_is_edge(rule, box) for box in boxes)

    return replace(
        page,
        fills=tuple(f for f in page.fills if not any(middle_inside(f.bbox, b) for b in boxes)),
        rulings=tuple(rule for rule in page.rulings if is_kept(rule)),
    )


def _is_edge(rule: Ruling, box: Bbox) -> bool:
    """Whether a ruling lies on a ground or its edge."""
    left, top, right, bottom = box
    low, high = (top, bottom) if rule.orientation == "h" else (left, right)
    first, last = (left, right) if rule.orientation == "h" else (top, bottom)
    on = low - _AT_EDGE <= rule.at <= high + _AT_EDGE
    return on and first - _AT_EDGE <= rule.start and rule.end <= last + _AT_EDGE
