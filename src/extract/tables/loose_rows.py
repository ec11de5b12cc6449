"""Finds what looks like rows of a measure table outside of the tables that were read.

A page that is missing takes headers with it, and a header that is worded otherwise heads a table
that nobody reads. What is left are rows whose cells only a measure table has side by side: a name,
and to the right of it at least two of a board, a sex, a target and a mark.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from styrmatt.extract.marks.candidates import mark_candidates
from styrmatt.extract.marks.picture.colour_difference import lch
from styrmatt.extract.model.page import Page
from styrmatt.extract.model.text_lines import PageLine, join_words, split_at_gaps
from styrmatt.geometry import middle_inside, union
from styrmatt.layout import Layout
from styrmatt.printed import Bbox
from styrmatt.whitespace import squeeze

Sign = Literal["board", "sex", "target", "mark"]

_PERCENT = re.compile(r"(?:[^\W\d]+ ){0,2}[<>≤≥=]{0,2} ?-?\d[\d ]*(?:[.,]\d+)? ?%")
"""A share, with up to two words before it that compare."""
_YEAR = re.compile(r"20\d\d")
_FEWEST_NAME_LETTERS = 4
"""Letters that the left-most words of a row have at least; less is a number or a code."""
_TEXT_LINE = 45
"""Characters from which words a space apart are running text, as for tables that are ignored."""
_LINES_BETWEEN = 8
"""Lines of a cell between the lines with signs of two rows at most: names of measures are long, and
sentences are longer."""
_NEAR = 1.2
"""Ems below a row's line within which the rest of its name goes on."""
_HEADER_LINES = 4
"""Lines above the first row that may be its header."""
_LINES_ABOVE = 2
"""Lines of its name that may stand above the line with a row's signs at the top of a page."""
_SURE_SIGNS = 3
"""Kinds of signs from which a single row is a table's."""
_MARK_ABOVE = 3.0
"""Points above and below a line within which the middle of its marks lies."""
_WIDEST_SHADE = 0.3
"""Share of the page's width up to which a coloured area is the shading of a cell, not of a row."""
_BESIDE_WORDS = 40.0
"""Points right of a mark within which words for a status belong to it, as in a legend: less than
the width of a column."""
_BAR = 3.0
"""Times its height that a mark is wide at most where it stands alone; a wider one is a bar."""
_SAME_COLUMN = 4.0
"""Points by which marks of one column begin and end elsewhere at most: arrows of some widths."""
_FEWEST_CELLS = 2
"""Cells of a row, and headers of measure tables side by side: one alone is a word of the text."""


@dataclass(frozen=True)
class LooseRows:
    """Rows that look like those of a measure table, and what heads them."""

    lines: tuple[PageLine, ...]
    """All lines from the header to the last row, top to bottom."""
    rows: int
    header: tuple[str, ...]
    """The words above the first row, cell by cell; empty where nothing heads it."""
    labels: tuple[str, ...]
    """Those of them that are headers of measure tables."""
    opens_page: bool
    """Whether nothing but the rest of a name stands above it on the page."""

    @property
    def bbox(self) -> Bbox:
        """The box around its words."""
        return union(line.bbox for line in self.lines)

    @property
    def text(self) -> str:
        """Its lines as printed."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True)
class _RowLine:
    """A line by its index, with its signs; ``named``: it begins with a name."""

    at: int
    signs: frozenset[Sign]
    named: bool
    marks: tuple[Bbox, ...] = ()
    """Boxes of what may be marks."""


class _Cells(NamedTuple):
    """The words of a line in groups that are far apart, and the right end of the first group."""

    texts: tuple[str, ...]
    starts: tuple[float, ...]
    """Where each group begins."""
    first_end: float


class LooseRowFinder:
    """Finds such rows on the pages of one report."""

    def __init__(self, layout: Layout) -> None:
        words = layout.words
        self._sexes = {w for ws in words.sexes.values() for w in ws if len(w) == 1}
        self._phrases = words.mark_phrases
        self._ends = tuple(words.status_phrases)
        self._labels = {
            squeeze(header.replace("{year}", "")): column.field
            for table in layout.tables_of("measures")
            for column in table.columns
            for header in column.headers
        }

    def find(
        self,
        page: Page,
        lines: Sequence[PageLine],
        boards: Collection[str],
        is_heading: Callable[[PageLine], bool],
    ) -> list[LooseRows]:
        """The rows among lines outside of tables, top to bottom; ``boards`` are known codes."""
        cells = {at: made for at, line in enumerate(lines) if (made := _cells_of(line))}
        rows = [row for at in cells if (row := self._row(page, lines, at, cells[at], boards))]
        found = [
            self._loose(lines, group)
            for group in _groups(lines, rows, is_heading)
            if _is_table(group, lines)
        ]
        inside = {id(line) for one in found for line in one.lines}
        for at, (texts, _, _) in cells.items():
            if id(lines[at]) not in inside and (labels := self._labels_in(texts)):
                body = _body_below(lines, at, is_heading)
                count = max(1, len(body))
                found.append(LooseRows((lines[at], *body), count, texts, labels, at == 0))
        return sorted(found, key=lambda one: one.lines[0].top)

    def _labels_in(self, cells: Sequence[str]) -> tuple[str, ...]:
        """The headers of measure tables that stand side by side in a line, if they head one."""
        named = {cell: field for cell in cells if (field := self._field(cell))}
        fields = set(named.values())
        heads = "measure" in fields or {"target", "status"} <= fields
        return tuple(named) if heads and len(fields) >= _FEWEST_CELLS else ()

    def names(self, cell: str, field: str) -> bool:
        """Whether a cell is a header of that field's column."""
        return self._field(cell) == field

    def _field(self, cell: str) -> str | None:
        return self._labels.get(squeeze(_YEAR.sub("", cell)))

    def _row(
        self,
        page: Page,
        lines: Sequence[PageLine],
        at: int,
        row: _Cells,
        boards: Collection[str],
    ) -> _RowLine | None:
        """What a line has of a row of measures; None where that is less than two signs.

        The second line of a measure, that of the other sex, has a sign and no name. Words for a
        status or trend are marks; they may stand a little higher or lower than the name.
        """
        line, texts = lines[at], row.texts
        if squeeze(texts[0]) in self._phrases:
            return None  # a legend, whose explanations stand beside each other
        kinds = [self._sign(cell, boards) for cell in texts]
        if texts[0].endswith(":") and not {"board", "sex", "target"} & set(kinds):
            return None  # the same behind a word for what they explain
        named = self._is_name(texts[0]) and kinds[0] != "mark"
        kinds = [None, *kinds[1:]] if named else kinds
        signs = {kind for kind in kinds if kind}
        if not signs and not (page.shapes or page.pictures or page.glyphs):
            return None
        left = row.first_end if named else line.x0
        marks = tuple(_marks_beside(page, line, left))
        if signs:
            marks += tuple(_shades_beside(page, line, left))
        high = line.bottom - line.top
        marks += tuple(
            (x, line.top, x + high, line.bottom)
            for x, kind in zip(row.starts, kinds, strict=True)
            if kind == "mark" and not any(0 <= x - box[2] <= _BESIDE_WORDS for box in marks)
        )
        beside = lines[max(0, at - 1) : at + 2]
        named = named or any(self._names_beside(other, line) for other in beside)
        found = _RowLine(at, frozenset(signs), named, marks)
        return found if len(signs - {"mark"}) + len(marks) > 1 else None

    def _is_name(self, words: str) -> bool:
        """Whether words may name a measure: they are long enough, and end in no status.

        What ends in one explains a mark of the legend ("The goal is met").
        """
        letters = sum(map(str.isalpha, words))
        return letters >= _FEWEST_NAME_LETTERS and not squeeze(words).endswith(self._ends)

    def _names_beside(self, other: PageLine, line: PageLine) -> bool:
        """Whether a line that overlaps another in height begins with a name, to its left."""
        overlap = other.top < line.bottom and line.top < other.bottom
        first = next(iter(split_at_gaps(other)))
        return overlap and first[-1].x1 < line.x0 and self._is_name(join_words(first))

    def _sign(self, cell: str, boards: Collection[str]) -> Sign | None:
        if cell in self._sexes:
            return "sex"
        if squeeze(cell) in self._phrases:
            return "mark"
        if cell in boards:
            return "board"
        return "target" if _PERCENT.fullmatch(cell) else None

    def _loose(self, lines: Sequence[PageLine], group: Sequence[_RowLine]) -> LooseRows:
        first, last = group[0].at, group[-1].at
        header, above = self._header(lines, first)
        end = last + 1
        while end < len(lines) and _goes_on(lines[end - 1], lines[end]):
            end += 1
        return LooseRows(
            tuple(lines[above:end]),
            sum(row.named for row in group) or 1,
            header,
            tuple(cell for cell in header if self._field(cell)),
            above <= _LINES_ABOVE and not header,
        )

    def _header(self, lines: Sequence[PageLine], first: int) -> tuple[tuple[str, ...], int]:
        """The header's cells above a row, and the index of its first line (else of the row's)."""
        for at in range(first - 1, max(-1, first - 1 - _HEADER_LINES), -1):
            cells = tuple(join_words(chain) for chain in split_at_gaps(lines[at]))
            if max(map(len, cells)) >= _TEXT_LINE:
                break
            if len(cells) > _FEWEST_CELLS or self._labels_in(cells):
                return cells, at
        return (), first


def _cells_of(line: PageLine) -> _Cells | None:
    """The cells of a line; None for a line of text, which has no gaps, as most have none."""
    if len(line.words) < _FEWEST_CELLS:
        return None
    chains = list(split_at_gaps(line))
    if len(chains) < _FEWEST_CELLS:
        return None
    starts = tuple(chain[0].x0 for chain in chains)
    return _Cells(tuple(map(join_words, chains)), starts, max(word.x1 for word in chains[0]))


def _marks_beside(page: Page, line: PageLine, left: float) -> Iterator[Bbox]:
    """The boxes of what is drawn beside the line, right of ``left``, and may be marks.

    Shading may be drawn as shapes, too: it has words on it.
    """
    beside = (left, line.top - _MARK_ABOVE, page.width, line.bottom + _MARK_ABOVE)
    words = [word for word in line.words if any(map(str.isalnum, word.text))]
    for group in mark_candidates(page, beside):
        box = union(part.bbox for part in group)
        if group[0].kind == "glyph" or not any(middle_inside(word.bbox, box) for word in words):
            yield box


def _shades_beside(page: Page, line: PageLine, left: float) -> Iterator[Bbox]:
    """The coloured areas behind cells right of ``left``: marks only where cells say so, too."""
    for fill in page.fills:
        x0, top, x1, bottom = fill.bbox
        beside = x0 >= left and top <= line.middle_height <= bottom
        coloured = fill.colour is not None and lch(fill.colour).saturated
        if beside and coloured and x1 - x0 <= _WIDEST_SHADE * page.width:
            yield fill.bbox


def _count_signs(rows: Sequence[_RowLine]) -> int:
    """How many kinds of signs the rows have; each column of marks is one.

    Marks of a column begin and end alike: a bar of a chart begins where the others do and ends
    elsewhere. The marks of a single row have to be no bars.
    """
    kinds = frozenset[Sign]().union(*(row.signs for row in rows))
    boxes = [(n, box) for n, row in enumerate(rows) for box in row.marks]
    columns: list[Bbox] = []
    for n, box in boxes:
        if len(rows) == 1:
            is_mark = box[2] - box[0] <= _BAR * (box[3] - box[1])
        else:
            others = [other for m, other in boxes if n != m and other != box]
            is_mark = any(_in_one_column(box, other) for other in others)
        if is_mark and not any(_in_one_column(box, other) for other in columns):
            columns.append(box)
    return len(kinds - {"mark"}) + max(len(columns), "mark" in kinds)


def _in_one_column(one: Bbox, other: Bbox) -> bool:
    return max(abs(one[0] - other[0]), abs(one[2] - other[2])) <= _SAME_COLUMN


def _groups(
    lines: Sequence[PageLine], rows: Iterable[_RowLine], is_heading: Callable[[PageLine], bool]
) -> Iterator[list[_RowLine]]:
    """The rows that follow each other with nothing but lines of cells between them."""
    group: list[_RowLine] = []
    for row in rows:
        between = lines[group[-1].at + 1 : row.at] if group else ()
        if group and (
            len(between) > _LINES_BETWEEN
            or any(_is_running(line) or is_heading(line) for line in between)
        ):
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _is_running(line: PageLine) -> bool:
    return max(len(join_words(chain)) for chain in split_at_gaps(line)) >= _TEXT_LINE


def _is_table(group: Sequence[_RowLine], lines: Sequence[PageLine]) -> bool:
    """Whether rows are so many, or have so many signs, that they are a table's."""
    named = [row for row in group if row.named]
    if not named:
        return False
    signs = _count_signs(group)
    marked = any(row.marks or "mark" in row.signs for row in group)
    at_top = named[0].at <= _LINES_ABOVE
    return signs > 1 and (len(named) > 1 or signs >= _SURE_SIGNS or marked or at_top)


def _goes_on(line: PageLine, below: PageLine) -> bool:
    """Whether a line below a row is the rest of its cells."""
    near = below.top - line.bottom < _NEAR * line.size
    return near and not _is_running(below) and abs(below.size - line.size) < 1


def _body_below(
    lines: Sequence[PageLine], header: int, is_heading: Callable[[PageLine], bool]
) -> Sequence[PageLine]:
    """The lines below a header that nothing but its look tells from text: up to a full line."""
    end = header + 1
    while end < len(lines) and not _is_running(lines[end]) and not is_heading(lines[end]):
        end += 1
    return lines[header + 1 : end]
