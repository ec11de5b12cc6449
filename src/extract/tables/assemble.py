"""Collects the tables of a report and turns them into rows and overview goals as printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal

from styrmatt.extract.marks.find import Mark
from styrmatt.extract.marks.legend import Legend, colour_carries_status
from styrmatt.extract.sections.heading_patterns import BOARDS_BEHIND
from styrmatt.extract.sections.read_sections import HeadingContext
from styrmatt.extract.tables.cells import Group, PageCell, PageTable, TableLine
from styrmatt.extract.tables.factor_cells import factors_in
from styrmatt.extract.tables.page_breaks import is_other_sex
from styrmatt.layout import Layout
from styrmatt.printed import Cell, ExtractionWarning, Location, Marker, OverviewGoal, Row
from styrmatt.whitespace import squeeze


@dataclass
class _Measures:
    """One measure table over its pages."""

    no: int
    context: HeadingContext
    groups: list[Group]
    estimated: bool
    fields: tuple[str | None, ...]


@dataclass
class _Goal:
    """One goal of an overview table, with its factors' cells."""

    context: HeadingContext
    cell: PageCell
    factors: list[PageCell]
    marks: list[Mark]


@dataclass
class Assembly:
    """All tables so far. Names of the overview are known as soon as it was read."""

    layout: Layout
    doubts: list[ExtractionWarning] = field(default_factory=list)
    known_factors: set[str] = field(default_factory=set)
    last_group: Group | None = None
    _tables: list[_Measures] = field(default_factory=list)
    _goals: list[_Goal] = field(default_factory=list)
    _labels: dict[int, str] = field(default_factory=dict)
    _years: Counter[int] = field(default_factory=Counter)
    _told: int = 0

    @property
    def header_year(self) -> int | None:
        """The year that most headers print (``Mål 2020``)."""
        return max(self._years, key=lambda y: (self._years[y], y)) if self._years else None

    def add(
        self, table: PageTable, context: HeadingContext, *, goes_on: bool, label: str | None
    ) -> None:
        """Take the part of a table that stands on a page."""
        if label:
            self._labels[table.page] = label
        if table.header is not None and table.header.year is not None:
            self._years[table.header.year] += 1
        if table.kind == "overview":
            self._add_overview(table, context)
        else:
            if not goes_on or not self._tables:
                number, fields = len(self._tables) + 1, table.columns.fields
                new = _Measures(number, context, [], table.columns.estimated, fields)
                self._tables.append(new)
            for group in table.groups:
                self._add_group(self._tables[-1].groups, group)
        if table.groups:
            own = self._tables[-1].groups if table.kind == "measures" else table.groups
            self.last_group = own[-1]
        elif not goes_on:
            self.last_group = None

    def _add_group(self, groups: list[Group], group: Group) -> None:
        if groups and is_other_sex(groups[-1], group):
            groups[-1].lines += group.lines
            groups[-1].review |= group.review
        else:
            groups.append(group)

    def _add_overview(self, table: PageTable, context: HeadingContext) -> None:
        for group in table.groups:
            goal, factor = group.cells.get("goal"), group.cells.get("success_factor")
            marks = [mark for line in group.lines for mark in line.marks("status")]
            if goal is not None and goal.lines:
                self._goals.append(_Goal(context, goal, [], marks))
            elif self._goals:
                self._goals[-1].marks += marks
            if factor is not None and factor.lines and self._goals:
                self._goals[-1].factors.append(factor)

    def new_names(self) -> Iterator[tuple[Literal["goal", "success_factor"], str]]:
        """Names of goals and factors that overview tables gave since the last call."""
        for goal in self._goals[max(self._told - 1, 0) :]:
            yield "goal", _plain(goal.cell.text)
            for factor in goal.factors:
                name = _plain(factor.text)
                self.known_factors.add(squeeze(name))
                yield "success_factor", name
        self._told = len(self._goals)

    def overview(self, legend: Legend, headed: Iterable[str]) -> tuple[OverviewGoal, ...]:
        """The goals of the overview tables, in order.

        ``headed`` are the factors that headings name: a cell that is nothing but several of them
        in a row holds several factors that no rule or space parts.
        """
        names = sorted({squeeze(name) for name in headed if name}, key=len, reverse=True)
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
        )

    def marks(self, name: str) -> Iterator[Mark]:
        """All marks of the measure tables' cells of a field."""
        for table in self._tables:
            for group in table.groups:
                for line in group.lines:
                    yield from line.marks(name)

    def rows(self, legend: Legend) -> tuple[Row, ...]:
        """The lines of all measure tables, in order.

        What they are made from goes meanwhile: a long report would be held twice.
        """
        arrows_tell = not any(self.marks("status")) and colour_carries_status(self.marks("trend"))
        out: list[Row] = []
        measure_no = 0
        for table in self._tables:
            factor: PageCell | None = None
            table.groups.reverse()
            while table.groups:
                group = table.groups.pop()
                measure_no += 1
                own = group.cells.get("success_factor")
                factor = own if own is not None and own.lines else factor
                for line in group.lines:
                    _share_arrows(table.fields, line, arrows_tell=arrows_tell)
                    out.append(self._row(table, measure_no, group, factor, line, legend))
        return tuple(out)

    def _row(
        self,
        table: _Measures,
        measure_no: int,
        group: Group,
        factor: PageCell | None,
        line: TableLine,
        legend: Legend,
    ) -> Row:
        cells = {name: self._cell(cell, ()) for name, cell in group.cells.items()}
        if factor is not None:
            cells["success_factor"] = self._cell(factor, ())
        for name, cell in line.cells.items():
            cells[name] = self._cell(cell, self._read(name, cell, legend))
        first = line is group.lines[0]
        last_page = max([line.page_last, *(c.page_last for c in group.cells.values() if first)])
        review = set(group.review) | ({"columns_estimated"} if table.estimated else set())
        return Row(
            table_no=table.no,
            measure_no=measure_no,
            cells=MappingProxyType(cells),
            place=Location(line.page, last_page, line.bbox, self._labels.get(line.page)),
            perspective_heading=table.context.perspective,
            goal_heading=table.context.goal,
            factor_heading=table.context.success_factor,
            review=tuple(sorted(review)),
        )

    def _read(self, name: str, cell: PageCell, legend: Legend) -> tuple[Marker, ...]:
        if name == "status":
            return tuple(legend.status(mark) for mark in cell.marks)
        if name == "trend":
            return tuple(legend.trend(mark) for mark in cell.marks)
        return ()

    def _cell(self, cell: PageCell, markers: tuple[Marker, ...]) -> Cell:
        return Cell(cell.text, self._place(cell), markers)

    def _place(self, cell: PageCell) -> Location:
        return Location(cell.page, cell.page_last, cell.bbox, self._labels.get(cell.page))


def _share_arrows(fields: Sequence[str | None], line: TableLine, *, arrows_tell: bool) -> None:
    """Give a coloured arrow to both cells where it is status and trend in one.

    It stands in the status column of a table that has no trend column, or in the trend column of a
    report that has no other marks and whose arrows are coloured like statuses.
    """
    if "trend" not in fields and (cell := line.cells.get("status")):
        arrows = [mark for mark in cell.marks if mark.apparent_direction is not None]
        if arrows:
            line.cells["trend"] = replace(cell, lines=[], marks=arrows)
    if arrows_tell and (cell := line.cells.get("trend")) and cell.marks:
        words = line.cells["status"].lines if "status" in line.cells else []
        line.cells["status"] = replace(cell, lines=words)


def _plain(text: str) -> str:
    """A goal's or factor's name without the boards in brackets at its end."""
    return BOARDS_BEHIND.sub("", text.rstrip()) or text
