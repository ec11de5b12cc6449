"""Collects the tables of a report, page by page, and gives its rows and overview goals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal

from styrmatt.extract.legibility import has_holes, with_one_sign
from styrmatt.extract.marks.legend.column_of_trends import are_trends
from styrmatt.extract.marks.legend.meanings import Legend, colour_carries_status, shapes_tell
from styrmatt.extract.marks.legend.slanting import slanting_arrows
from styrmatt.extract.marks.legend.trend_marks import is_empty
from styrmatt.extract.marks.mark import Mark
from styrmatt.extract.sections.heading_patterns import BOARDS_BEHIND
from styrmatt.extract.sections.read_sections import HeadingContext
from styrmatt.extract.tables.cells import EntryLine, EntryReview, TableCell, TableEntry, TablePart
from styrmatt.extract.tables.factor_cells import factors_in
from styrmatt.extract.tables.goal_levels import goals_of
from styrmatt.extract.tables.page_breaks import is_other_sex
from styrmatt.printed import Cell, ColumnHead, Location, Marker, OverviewGoal, Row, ValueCell
from styrmatt.whitespace import squeeze

_MARKED = ("status", "trend")
"""Cells whose characters may be marks, of fonts that name none."""


@dataclass
class _MeasureTable:
    """One measure table over its pages. ``estimated``: some columns come from words alone."""

    no: int
    context: HeadingContext
    entries: list[TableEntry]
    estimated: bool
    fields: tuple[str | None, ...]
    years: tuple[int, ...]
    """The years that its header names."""
    unclear: bool
    """Whether a known header has words that the layout does not know."""


@dataclass
class _OverviewEntry:
    """One goal of an overview table, with its factors' cells."""

    context: HeadingContext
    cell: TableCell
    factors: list[TableCell]
    marks: list[Mark]
    only_if_used: bool = False


@dataclass
class TableCollector:
    """All tables so far.

    ``known_factors`` are the squeezed names of factors in overviews read so far; ``last_entry`` is
    the last entry of the last table, if that may go on.
    """

    known_factors: set[str] = field(default_factory=set)
    boards: set[str] = field(default_factory=set)
    """What stands in the cells of boards so far."""
    last_entry: TableEntry | None = None
    _tables: list[_MeasureTable] = field(default_factory=list)
    _goals: list[_OverviewEntry] = field(default_factory=list)
    _page_labels: dict[int, str] = field(default_factory=dict)
    _years: Counter[int] = field(default_factory=Counter)
    _result_years: Counter[int] = field(default_factory=Counter)
    _goals_reported: int = 0
    _goals_above: set[str] = field(default_factory=set)
    """Squeezed names of the goals that rows stand under, once these were given."""

    @property
    def header_year(self) -> int | None:
        """The year that most headers print (``Mål 2020``)."""
        return _most_common(self._years)

    @property
    def result_year(self) -> int | None:
        """The last year of results, in most tables whose results stand in columns."""
        return _most_common(self._result_years)

    def add(
        self, table: TablePart, context: HeadingContext, *, continues: bool, label: str | None
    ) -> None:
        """Add the part of a table that stands on a page.

        ``context`` are the headings above it, ``label`` is the page's printed number; ``continues``
        says that the part belongs to the table that was added last.
        """
        if label:
            self._page_labels[table.page] = label
        if table.header is not None and table.header.year is not None:
            self._years[table.header.year] += 1
        if table.result_year is not None:
            self._result_years[table.result_year] += 1
        if table.lower_goals and not context.goal_is_group:
            for entry in table.entries:
                entry.goal_is_lower = True
        if context.goal_is_named:  # what stands in the table without such a word is a subheading
            for entry in table.entries:
                entry.goal = entry.goal if entry.heading is None else None
        if table.kind == "overview":
            self._add_overview(table, context)
        else:
            if not continues or not self._tables:
                number, columns = len(self._tables) + 1, table.columns
                years = table.header.years if table.header is not None else ()
                unclear = any(column.field for column in table.unknown)
                self._tables.append(
                    _MeasureTable(
                        number, context, [], columns.estimated, columns.fields, years, unclear
                    )
                )
            for entry in table.entries:
                self._add_entry(self._tables[-1].entries, entry)
        if table.entries:
            entries = self._tables[-1].entries if table.kind == "measures" else table.entries
            self.last_entry = entries[-1]
        elif not continues:
            self.last_entry = None

    def _add_entry(self, entries: list[TableEntry], entry: TableEntry) -> None:
        if board := entry.text("board"):
            self.boards.add(board)
        if entries and is_other_sex(entries[-1], entry):
            entries[-1].lines += entry.lines
            entries[-1].review |= entry.review
        else:
            entries.append(entry)

    def _add_overview(self, table: TablePart, context: HeadingContext) -> None:
        for entry in table.entries:
            goal, factor = entry.cells.get("goal"), entry.cells.get("success_factor")
            marks = [mark for line in entry.lines for mark in line.marks("status")]
            if goal is not None and goal.lines:
                self._goals.append(_OverviewEntry(context, goal, [], marks, table.only_if_used))
            elif self._goals:
                self._goals[-1].marks += marks
            if factor is not None and factor.lines and self._goals:
                self._goals[-1].factors.append(factor)

    def new_names(self) -> Iterator[tuple[Literal["goal", "success_factor"], str]]:
        """Names of goals and factors that overview tables gave since the last call.

        The last goal of the call before is given again: its factors may have gone on overleaf.
        """
        for goal in self._goals[max(self._goals_reported - 1, 0) :]:
            yield "goal", _without_boards(goal.cell.text)
            for factor in goal.factors:
                name = _without_boards(factor.text)
                self.known_factors.add(squeeze(name))
                yield "success_factor", name
        self._goals_reported = len(self._goals)

    def overview(self, legend: Legend, heading_factors: Iterable[str]) -> tuple[OverviewGoal, ...]:
        """The goals of the overview tables, in order.

        ``heading_factors`` are the factors that headings name: a cell that is nothing but several
        of them in a row holds several factors that no rule or space parts.
        """
        names = sorted({squeeze(name) for name in heading_factors if name}, key=len, reverse=True)
        return tuple(
            OverviewGoal(
                perspective=goal.context.perspective or goal.context.other,
                goal=self._cell(goal.cell, ()),
                factors=tuple(
                    self._cell(part, ())
                    for factor in goal.factors
                    for part in factors_in(factor, names)
                ),
                marker=legend.status(goal.marks[0]) if len(goal.marks) == 1 else None,
                place=self._place(goal.cell),
            )
            for goal in self._goals
            if not goal.only_if_used or squeeze(goal.cell.text) in self._goals_above
        )

    def marks(self, name: str) -> Iterator[Mark]:
        """All marks of the measure tables' cells of a field."""
        for table in self._tables:
            for entry in table.entries:
                for line in entry.lines:
                    yield from line.marks(name)

    def forget_marks(self, name: str) -> None:
        """Forget the marks of the measure tables' cells of a field."""
        for table in self._tables:
            for entry in table.entries:
                for line in entry.lines:
                    if name in line.cells:
                        line.cells[name].marks = []

    def forget_statuses(self, kind: Callable[[Mark], bool]) -> None:
        """Forget the statuses whose marks are of a kind; their cells hold nothing else."""
        for table in self._tables:
            for entry in table.entries:
                for line in entry.lines:
                    if any(map(kind, line.marks("status"))):
                        del line.cells["status"]

    def part_trends(self, legend: Legend, unheaded: set[Mark]) -> list[Mark]:
        """Let the marks of status cells be trends in tables where the legend explains them so.

        Gives these marks. A mark that the legend leaves out is dropped: an empty shape, which says
        that there is no trend. Where other columns hold trends, only ``unheaded`` marks may be.
        """
        parted: list[Mark] = []
        others = any(self.marks("trend"))
        for table in self._tables:
            lines = [line for entry in table.entries for line in entry.lines]
            marks = [mark for line in lines for mark in line.marks("status")]
            if any(line.marks("trend") for line in lines) or not are_trends(marks, legend):
                continue
            if others and not unheaded.issuperset(marks):
                continue
            parted += marks
            for line in lines:
                _part_trend(line)
        return parted

    def share_edges(self) -> None:
        """Let an edge in one colour along all lines of a measure be that of the first, the total's.

        Lines for women and men have edges of their own only where the colours differ.
        """
        for table in self._tables:
            for entry in table.entries:
                marks = [mark for line in entry.lines for mark in line.marks("status")]
                edges = all(mark.edge for mark in marks) and len({m.colour for m in marks}) == 1
                if not edges or len(marks) != len(entry.lines):
                    continue
                for line in entry.lines[1:]:
                    del line.cells["status"]

    def rows(self, legend: Legend, year: int | None = None) -> tuple[Row, ...]:
        """The lines of all measure tables, in order. May be called once.

        ``year`` is the report's own, if it is known: of several columns of targets, the one for
        that year holds the target. Entries are dropped as their rows are made, so that a long
        report is not held twice.
        """
        arrows = (*self.marks("status"), *self.marks("trend"))
        legend = replace(legend, slanting=slanting_arrows(arrows))
        explained = bool(legend.palette.legend)
        arrows_are_statuses = (
            any("target" in table.fields for table in self._tables)  # else nothing is to be met
            and not any(self.marks("status"))
            and not legend.arrows_are_trends
            and colour_carries_status(self.marks("trend"), explained=explained)
        )
        by_shape = shapes_tell(self.marks("status"))
        out: list[Row] = []
        measure_no = 0
        for table in self._tables:
            factor: TableCell | None = None
            table.entries.reverse()
            while table.entries:
                entry = table.entries.pop()
                measure_no += 1
                cell = entry.cells.get("success_factor")
                factor = cell if cell is not None and cell.lines else factor
                for line in entry.lines:
                    if "trend" not in table.fields:
                        _share_status_arrows(line, legend, by_shape=by_shape)
                    if arrows_are_statuses:
                        _share_trend_arrows(line)
                    out.append(self._row(table, measure_no, entry, factor, line, legend, year))
                    self._goals_above.add(squeeze(out[-1].goal_heading or ""))
        return tuple(out)

    def _row(
        self,
        table: _MeasureTable,
        measure_no: int,
        entry: TableEntry,
        factor: TableCell | None,
        line: EntryLine,
        legend: Legend,
        year: int | None,
    ) -> Row:
        cells = {name: self._cell(cell, ()) for name, cell in entry.cells.items()}
        goals = goals_of(entry, table.context)
        if factor is not None:
            cells["success_factor"] = self._cell(factor, ())
        for name, cell in line.cells.items():
            cells[name] = self._cell(cell, self._markers(name, cell, legend))
        target, values = self._values(line, year)
        if target is not None:
            cells["target"] = target.cell
        shared = entry.cells.values() if line is entry.lines[0] else ()
        last_page = max([line.page_last, *(cell.page_last for cell in shared)])
        review: set[EntryReview] = set(entry.review)
        if table.estimated:
            review.add("columns_estimated")
        if table.unclear:
            review.add("header_unclear")
        if any(has_holes(cell.text) for name, cell in cells.items() if name not in _MARKED):
            review.add("unreadable_characters")
        return Row(
            table_no=table.no,
            measure_no=measure_no,
            cells=MappingProxyType(cells),
            place=Location(line.page, last_page, line.bbox, self._page_labels.get(line.page)),
            perspective_heading=goals.perspective,
            goal_heading=goals.goal,
            factor_heading=goals.factor,
            higher_goal_heading=goals.above,
            review=tuple(sorted(review)),
            header_years=table.years,
            values=values,
            target_is_change=target is not None and target.head.of_change,
        )

    def _values(
        self, line: EntryLine, year: int | None
    ) -> tuple[ValueCell | None, tuple[ValueCell, ...]]:
        """The target of the report's own year, if any, and the other cells of figures."""
        values = [
            ValueCell(
                ColumnHead(
                    value.role,
                    value.text,
                    value.year
                    or (year - value.years_before if year and value.years_before else None),
                    value.period,
                    value.sex,
                    value.area,
                    value.of_change,
                ),
                self._cell(value.cell, ()),
            )
            for value in line.values
        ]
        target = own_target(values, year)
        return target, tuple(value for value in values if value is not target)

    def _markers(self, name: str, cell: TableCell, legend: Legend) -> tuple[Marker, ...]:
        if name == "status":
            letter = legend.letters.get(cell.text.strip()) if not cell.marks else None
            if letter is not None:
                return (Marker(letter, "text", self._place(cell)),)
            return tuple(legend.status(mark) for mark in cell.marks)
        if name == "trend":
            return tuple(legend.trend(mark) for mark in cell.marks)
        return ()

    def _cell(self, cell: TableCell, markers: tuple[Marker, ...]) -> Cell:
        return Cell(with_one_sign(cell.text), self._place(cell), markers)

    def _place(self, cell: TableCell) -> Location:
        return Location(cell.page, cell.page_last, cell.bbox, self._page_labels.get(cell.page))


def own_target(values: Sequence[ValueCell], year: int | None) -> ValueCell | None:
    """The target of the report's own year among the cells of a line; None where none is sure.

    That is the target for its year; one whose header names no year, where it is the only such one;
    else the only target of all.
    """
    targets = [v for v in values if v.head.role == "target" and v.head.sex in (None, "T")]
    of_year = [v for v in targets if v.head.year == year and year is not None]
    without = [v for v in targets if v.head.year is None]
    for group in (of_year, without, targets):
        if len(group) == 1:
            return group[0]
        if group:
            whole = [v for v in group if v.head.period is None]
            return whole[0] if len(whole) == 1 else None
    return None


def _part_trend(line: EntryLine) -> None:
    """Put the marks of a status cell into the trend's."""
    cell = line.cells.get("status")
    if cell is None or not cell.marks:
        return
    if marks := [mark for mark in cell.marks if not is_empty(mark)]:
        line.cells["trend"] = replace(cell, lines=[], marks=marks)
    cell.marks = []
    if not cell.lines:
        del line.cells["status"]


def _share_status_arrows(line: EntryLine, legend: Legend, *, by_shape: bool) -> None:
    """Put arrows of a status cell into the trend's, too, in a table that has no trend column."""
    if cell := line.cells.get("status"):
        arrows = [mark for mark in cell.marks if legend.points(mark, shapes_tell=by_shape)]
        if arrows:
            line.cells["trend"] = replace(cell, lines=[], marks=arrows)


def _share_trend_arrows(line: EntryLine) -> None:
    """Put arrows of a trend cell into the status's, too: they are coloured like statuses."""
    if (cell := line.cells.get("trend")) and cell.marks:
        status_lines = line.cells["status"].lines if "status" in line.cells else []
        line.cells["status"] = replace(cell, lines=status_lines)


def _without_boards(text: str) -> str:
    """A goal's or factor's name without the boards in brackets at its end."""
    return BOARDS_BEHIND.sub("", text.rstrip()) or text


def _most_common(years: Counter[int]) -> int | None:
    """The year that is there most often, the later one of two."""
    return max(years, key=lambda year: (years[year], year), default=None)
