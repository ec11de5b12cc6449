"""The marks of one table: in which columns they stand, and to which row each belongs."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import Final

from styrmatt.extract.grid.columns.grid_columns import GridColumns
from styrmatt.extract.grid.edge_marks import edge_at, edge_marks
from styrmatt.extract.grid.roles import TableRoles
from styrmatt.extract.grid.rows.row_block import RowBlock
from styrmatt.extract.grid.table_span import GridLine
from styrmatt.extract.marks.find import find_marks, words_of_marks
from styrmatt.extract.marks.mark import Mark
from styrmatt.extract.model.page import Page
from styrmatt.extract.model.text_lines import PageLine
from styrmatt.extract.tables.cells import TableCell
from styrmatt.geometry import Span, middle_height
from styrmatt.printed import Bbox
from styrmatt.vocabulary import Vocabulary
from styrmatt.whitespace import squeeze

_TWO_LINES = 1.7
"""Ems from which words are on two lines."""
_TALLEST_SIGN = 30.0
"""Points: half the height of the tallest sign above words of its cell."""
_CELL_GAP = 0.75
"""Share of its height by which a line is below the one above it in its cell at most."""
_BESIDE_NAME = 40.0
"""Points: a larger drawing in a name's cell is no mark."""

_FEWEST_TO_PART: Final = 2
"""Marks of several lines that are shared out; a single one is of all lines of its cell."""
_NOWHERE: Final = (0.0, 0.0)
"""The span of a row with which no goal begins."""


@dataclass
class TableMarks:
    """The marks of one table on one page, by column."""

    page: Page
    columns: GridColumns
    roles: TableRoles
    span: Span
    vocabulary: Vocabulary
    edges: tuple[Mark, ...] = field(init=False, default=())
    """The coloured edges of rows, in a table that has no other mark of a status."""
    by_column: dict[int, tuple[Mark, ...]] = field(init=False, default_factory=dict)
    _goal_spans: dict[int, Span] = field(init=False, default_factory=dict)
    """From where to where goals reach that are merged over factors, by row (``id()``)."""
    _by_height: dict[int, list[tuple[float, int]]] = field(init=False, default_factory=dict)
    """The heights of marks and their places in ``by_column``, by column, from high to low."""

    def __post_init__(self) -> None:
        self._find_marks()

    def words(self) -> set[int]:
        """The words (``id()``) that are marks."""
        return {
            word
            for marks in self.by_column.values()
            for word in words_of_marks(marks, self.page.words)
        }

    def with_real_marks(self, one: GridLine) -> GridLine:
        """The line, without marks if what is drawn beside it is none: a white fill, say."""
        if not one.has_marks or len(one.columns) > 1:
            return one
        top, bottom = one.line.top - 2, one.line.bottom + 2
        heights = (middle_height(m.bbox) for marks in self.by_column.values() for m in marks)
        return replace(one, has_marks=any(top < y < bottom for y in heights))

    def heights(self, lines: Sequence[GridLine]) -> Iterator[list[float]]:
        """The middles of marks, by column; words on several lines may begin at a row's top.

        Words right below a sign that stands alone are of its cell.
        """
        size = max((one.line.size for one in lines), default=0.0)
        for column, marks in self.by_column.items():
            yield [
                middle_height(mark.bbox)
                for mark in marks
                if mark.read_by != "text"
                or (
                    mark.bbox[3] - mark.bbox[1] < _TWO_LINES * size
                    and not self._is_under_sign(mark.bbox, column)
                )
            ]

    def are_under_sign(self, line: PageLine) -> bool:
        """Whether words of a column of marks stand right below a sign of their cell."""
        return any(
            self._is_under_sign(line.bbox, column)
            for column in self.by_column
            if self.columns.bounds[column] <= line.x0 < self.columns.bounds[column + 1]
        )

    def _is_under_sign(self, box: Bbox, column: int) -> bool:
        """Whether a sign stands alone on the line above words, which begin where it does."""
        x0, top, _, low = box
        reach = _CELL_GAP * (low - top) + _TALLEST_SIGN
        for sign in self._marks_within(column, (top - reach, low)):
            left, _, right, bottom = sign.bbox
            is_above = bottom <= (top + low) / 2 and top - bottom <= _CELL_GAP * (low - top)
            begins = left - (right - left) <= x0 <= right
            alone = sign.read_by != "text" and not self._has_words_beside(sign.bbox, column)
            if alone and is_above and begins and not self._parted(column, bottom, low):
                return True
        return False

    def _has_words_beside(self, sign: Bbox, column: int) -> bool:
        """Whether words stand behind a sign on its line in its cell."""
        _, top, right, bottom = sign
        return any(
            right - 1 <= word.x0 < self.columns.bounds[column + 1]
            for word in self.page.words_at(top, bottom)
        )

    def spread_over_goals(self, rows: Sequence[RowBlock]) -> None:
        """Note from where to where each goal's cell reaches: its mark stands in the middle."""
        goal, below = self.roles.index("goal"), self.span[1]
        for row in reversed([row for row in rows if row.all_lines]):
            begins = goal is not None and bool(row.lines[goal])
            self._goal_spans[id(row)] = (row.top, below) if begins else _NOWHERE
            below = row.top if begins else below

    def _find_marks(self) -> None:
        for n, column in enumerate(self.roles.columns):
            if column.role in ("status", "trend"):
                self.by_column[n] = find_marks(self.page, self._box(n), self.vocabulary)
        if self.roles.index("status") is None or self.roles.index("trend") is None:
            for n in self._columns_with_loose_marks():
                self.by_column[n] = _loose(find_marks(self.page, self._box(n), self.vocabulary))
        self._exchange_marks()
        self._find_marks_of_results()
        if self.roles.index("status") is None and not any(self.by_column.values()):
            ends = (self.columns.bounds[0], self.columns.bounds[-1])
            self.edges = edge_marks(self.page, ends, self.span)

    def _exchange_marks(self) -> None:
        """Let arrows be the trend, where columns without headers hold arrows and other marks."""
        status, trend = self.roles.index("status"), self.roles.index("trend")
        if status is None or trend is None or self.columns.heads[status] is not None:
            return
        ours, theirs = self.by_column.get(status, ()), self.by_column.get(trend, ())
        point = [mark.apparent_direction is not None for mark in (*ours, *theirs)]
        if all(point[: len(ours)]) and not any(point[len(ours) :]):
            self.by_column[status], self.by_column[trend] = theirs, ours

    def _find_marks_of_results(self) -> None:
        """The marks in the cells of the latest results, where no other mark is of a status.

        They are drawn beside the figures; else the shading of the cells is the mark.
        """
        if self.roles.index("status") is not None or any(self.by_column.values()):
            return
        results = self._own_results()
        if not results or not (self._may_have_loose_marks or self.page.fills):
            return
        latest = max(results, key=lambda n: self.roles.columns[n].reading.year or 0)
        found = find_marks(self.page, self._box(latest), self.vocabulary)
        shaded = [mark for mark in found if mark.read_by == "shading"]
        coloured = [mark for mark in shaded if mark.is_coloured]
        # A grey cell among coloured ones is not assessed; many are how the column is set off.
        few_grey = len(shaded) <= 2 * len(coloured)
        drawn = [
            replace(mark, beside_figure=True)
            for mark in _loose(found)
            if not self._is_of_figure(mark)
        ]
        self.by_column[latest] = tuple(drawn or (shaded if few_grey else coloured))

    def _own_results(self) -> list[int]:
        """The columns of results that may be the organisation's own.

        Of the only municipality or region that a header names they may be, where no others are.
        """
        columns = [(n, self.roles.columns[n].reading) for n in self.roles.indexes("result")]
        named = [(n, reading) for n, reading in columns if reading.of_publisher]
        is_one = len({squeeze(reading.area or "") for _, reading in named}) == 1
        plain = [n for n, reading in columns if not reading.area]
        return plain or ([n for n, _ in named] if is_one else [])

    def _is_of_figure(self, mark: Mark) -> bool:
        """Whether a mark is a character of a figure, as a minus of a symbol font."""
        known = "".join(self.vocabulary.glyphs.values())
        return mark.sign is not None and mark.sign not in known

    @property
    def _may_have_loose_marks(self) -> bool:
        return bool(self.page.shapes or self.page.pictures or self.page.glyphs)

    def _columns_with_loose_marks(self) -> list[int]:
        """Columns whose cells may hold a mark beside words: that of the name, and unknown ones."""
        if not self._may_have_loose_marks:
            return []
        return [
            n
            for n, column in enumerate(self.roles.columns)
            if column.role in ("measure", "goal", "") and n not in self.by_column
        ]

    def _box(self, column: int) -> Bbox:
        return (
            self.columns.bounds[column],
            self.span[0],
            self.columns.bounds[column + 1],
            self.span[1],
        )

    def at(
        self, column: int, row: RowBlock, of: tuple[Sequence[float], float] | None
    ) -> list[Mark]:
        """The marks of a row in a column; ``of``: all lines' heights, and that of one of them."""
        marks = self._of_row(column, row)
        if of is None:
            return marks
        heights, height = of
        if len(marks) < _FEWEST_TO_PART and not self._is_of_total(marks, row, heights):
            return [m for m in marks if not self._parted(column, middle_height(m.bbox), height)]
        return [
            m for m in marks if min(heights, key=lambda y: abs(y - middle_height(m.bbox))) == height
        ]

    def _is_of_total(self, marks: Sequence[Mark], row: RowBlock, heights: Sequence[float]) -> bool:
        """Whether a mark stands on the line of the total, and not in the middle of all lines."""
        sex = self.roles.index("sex")
        if sex is None or not marks:
            return False
        at = middle_height(marks[0].bbox)
        nearest = min(row.lines[sex], key=lambda line: abs(line.middle_height - at))
        total = {squeeze(word) for word in self.vocabulary.sexes["T"]}
        middle = (heights[0] + heights[-1]) / 2
        is_off = abs(nearest.middle_height - at) < abs(middle - at)
        return is_off and squeeze(nearest.text) in total

    def _parted(self, column: int, one: float, other: float) -> bool:
        """Whether a ruling below a cell of a column runs between two heights."""
        middle = (self.columns.bounds[column] + self.columns.bounds[column + 1]) / 2
        low, high = sorted((one, other))
        return any(
            low < rule.at < high and rule.start <= middle <= rule.end
            for rule in self.page.horizontals_within(low, high)
        )

    def add_beside_names(
        self, cells: dict[str, TableCell], row: RowBlock, of: tuple[Sequence[float], float] | None
    ) -> None:
        """Marks beside the name: one that points is the trend, another the status."""
        for n, column in enumerate(self.roles.columns):
            if column.role in ("status", "trend") or n not in self.by_column:
                continue
            own = self.at(n, row, of)
            for mark in own:
                points = mark.apparent_direction is not None and not self._is_shape(mark, own, n)
                role = "trend" if points else "status"
                if role in cells and (cells[role].marks or cells[role].lines):
                    continue
                cells[role] = TableCell([], mark.bbox, self.page.number, self.page.number, [mark])

    def _is_shape(self, mark: Mark, of_row: Sequence[Mark], column: int) -> bool:
        """Whether a triangle is a shape among others and no arrow: it stands where they stand."""
        others = self.by_column[column]
        return (
            mark.triangle and len(of_row) == 1 and any(m.apparent_direction is None for m in others)
        )

    def add_edge(
        self, cells: dict[str, TableCell], row: RowBlock, of: tuple[Sequence[float], float] | None
    ) -> None:
        """The coloured edge of a row as its status."""
        lines = row.all_lines
        if not self.edges or not lines:
            return
        height = of[1] if of else (row.first_line + max(line.bottom for line in lines)) / 2
        if (mark := edge_at(self.edges, height)) is not None:
            number = self.page.number
            cells["status"] = TableCell([], mark.bbox, number, number, [mark])

    def _places(self, column: int) -> list[tuple[float, int]]:
        """The heights of a column's marks, and their places among these, from high to low."""
        if column not in self._by_height:
            marks = self.by_column.get(column, ())
            places = sorted((middle_height(mark.bbox), n) for n, mark in enumerate(marks))
            self._by_height[column] = places
        return self._by_height[column]

    def _marks_within(self, column: int, span: Span) -> Iterator[Mark]:
        """The marks of a column whose middles lie between two heights."""
        return (self.by_column[column][n] for _, n in _within(self._places(column), span))

    def _of_row(self, column: int, row: RowBlock) -> list[Mark]:
        """The marks in a column that are a row's, or those of the goal that begins with it."""
        places = self._places(column)
        if (goal := self._goal_spans.get(id(row))) is not None:
            found = {n for height, n in _within(places, goal) if height < goal[1]}
        else:
            found = {n for span in row.spans() for _, n in _within(places, span)}
        return [self.by_column[column][n] for n in sorted(found)]


def _within(places: list[tuple[float, int]], span: Span) -> list[tuple[float, int]]:
    """The places, sorted by height, that lie in a span."""
    begin = bisect_left(places, span[0], key=itemgetter(0))
    return places[begin : bisect_right(places, span[1], key=itemgetter(0))]


def _loose(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Those of the marks of a cell that are drawn beside its words, and small."""
    return tuple(
        mark
        for mark in marks
        if mark.read_by not in ("text", "rendering", "shading")
        and mark.bbox[2] - mark.bbox[0] < _BESIDE_NAME
    )


def part_arrows(cells: dict[str, TableCell]) -> None:
    """Let an arrow beside another mark be the trend, in a table without a column for trends."""
    status = cells.get("status")
    if status is None:
        return
    if (trend := cells.get("trend")) is not None:
        own = {mark.bbox for mark in trend.marks}
        rest = [mark for mark in status.marks if mark.bbox not in own]
        status.marks = rest or status.marks
        return
    arrows = [mark for mark in status.marks if mark.apparent_direction is not None]
    others = [mark for mark in status.marks if mark.apparent_direction is None]
    if len(arrows) == 1 and others:
        status.marks = others
        cells["trend"] = TableCell([], arrows[0].bbox, status.page, status.page_last, arrows)
