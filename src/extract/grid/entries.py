"""Makes entries of a table's lines: measures with their cells, marks, and what stands over them.

Rows over the whole width are goals above their measures, comments below them, or subheadings.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from styrmatt.extract.grid.columns.grid_columns import GridColumns, words_by_column
from styrmatt.extract.grid.group_rows import GroupRows
from styrmatt.extract.grid.headers.chains import chains_of
from styrmatt.extract.grid.heading_names import HeadingNames, without_number
from styrmatt.extract.grid.merged_goals import fill_merged
from styrmatt.extract.grid.roles import KIND_ROLE, ColumnRole, TableRoles
from styrmatt.extract.grid.row_kinds import goals_by_kind
from styrmatt.extract.grid.rows.below_names import BelowNames
from styrmatt.extract.grid.rows.notes import name_and_note, role_of_note
from styrmatt.extract.grid.rows.one_row import goes_on
from styrmatt.extract.grid.rows.row_block import RowBlock
from styrmatt.extract.grid.rows.row_blocks import RowCutter
from styrmatt.extract.grid.rows.sex_rows import SexRows, lines_of_measures
from styrmatt.extract.grid.rows.sex_values import by_sex
from styrmatt.extract.grid.table_marks import TableMarks, part_arrows
from styrmatt.extract.grid.table_span import GridLine
from styrmatt.extract.model.page import Page
from styrmatt.extract.model.text_lines import PageLine, Word, lines_of
from styrmatt.extract.tables.cells import EntryLine, TableCell, TableEntry, ValueColumn
from styrmatt.extract.tables.columns import Columns
from styrmatt.extract.tables.rows.row_bands import row_rules, split_at
from styrmatt.extract.tables.value_columns import value_of
from styrmatt.extract.tables.value_notes import value_note
from styrmatt.geometry import Span, union
from styrmatt.vocabulary import Vocabulary
from styrmatt.whitespace import squeeze

_FIGURES = (
    "result",
    "previous",
    "same_period_before",
    "forecast",
    "baseline",
    "target",
    "fulfilment",
    "status",
    "trend",
    "change",
    "period",
    "unit",
    "number",
    "sex",
    KIND_ROLE,
)
"""Roles whose cells mostly have one line, at the height of their row."""
_SHARED = (
    "measure",
    "success_factor",
    "board",
    "number",
    "unit",
    "comment",
    "responsible",
    "period",
    "source",
    "change",
    "fulfilment",
    KIND_ROLE,
)
"""Cells that the lines of a measure share."""
_OF_LINE = ("sex", "target", "status", "trend")
"""Cells that each line of a measure has of its own."""
_MARKED = ("status", "trend")
_LOOSE = ("goal", "success_factor", "perspective")
"""Cells that may be merged over several measures."""


@dataclass
class EntryMaker:
    """Makes the entries of one table on one page."""

    page: Page
    columns: GridColumns
    roles: TableRoles
    span: Span
    vocabulary: Vocabulary
    names: HeadingNames
    goes_on: bool = False
    """Whether the table goes on one of the page before, whose last row may have a comment here."""
    before: GroupRows | None = None
    """The rows over the whole width of that table."""
    told_sexes: set[str] = field(default_factory=set)
    """The abbreviations for sexes that ended names of the report so far."""
    first_comments: list[TableCell] = field(init=False, default_factory=list)
    """Comments before the first row of such a table."""
    goal_rows: list[TableEntry] = field(init=False, default_factory=list)
    """Rows that name a goal and have its mark: an overview of goals among their measures."""
    ending: GroupRows | None = field(init=False, default=None)
    """The goal that holds below the last row."""
    tells_kinds: bool = field(init=False, default=True)
    """Whether it is known which kinds of rows a column of kinds tells, if there is one."""
    marks: TableMarks = field(init=False)
    _notes: dict[int, str] = field(init=False, default_factory=dict)
    """The words (by id) below names in their cells, with the role of what they say."""
    _last: TableEntry | None = field(init=False, default=None)
    """The entry that was made last."""
    _crossed: list[float] = field(init=False, default_factory=list)
    """Heights of lines whose words run over a bound."""
    _below_names: BelowNames = field(init=False)
    """What stands below names without a label that says what it is."""

    def __post_init__(self) -> None:
        self.marks = TableMarks(self.page, self.columns, self.roles, self.span, self.vocabulary)
        self._below_names = BelowNames(self.names.words.words.rows)

    def entries(self, body: Sequence[GridLine]) -> list[TableEntry]:
        """The measures, or goals of an overview, top to bottom."""
        body = [self.marks.with_real_marks(one) for one in body]
        groups = GroupRows(self.page, self.columns, self.roles, self.names)
        groups.learn_styles(body, self.before, lambda name: self._sex_rows.whole(name) is not None)
        wide: list[PageLine] = []
        narrow: list[GridLine] = []
        above: PageLine | None = None
        for one in body:
            goes_on = above is not None and bool(wide) and above is wide[-1]
            if one.note or one.has_note:
                narrow.append(one)
            elif groups.is_group_line(one, body) or (goes_on and groups.goes_on(wide[-1], one)):
                wide.append(groups.text_of(one))
                above = wide[-1]
                continue
            else:
                narrow.append(one)
            above = one.line
        out: list[TableEntry] = []
        rows = self._rows(narrow, wide)
        made = [
            item if isinstance(item, PageLine) else self._entry(item)
            for item in _in_order(rows, wide)
        ]
        entries = [one for one in made if isinstance(one, TableEntry)]
        by_kind = self._goals_by_kind(entries, body, groups)
        goal_rows = by_kind or self._goal_rows(entries, body)
        for entry in made:
            if isinstance(entry, PageLine):
                groups.add(entry, bool(out) or self.goes_on)
                continue
            for text in groups.comments():
                if out:
                    self._below_names.note_row(out[-1], text)
                else:
                    self.first_comments.append(text)
            if entry is None:
                continue
            if (out or self.goes_on) and self._is_comment(entry, groups):
                if out:
                    self._below_names.note_row(out[-1], entry.cells["measure"])
                else:
                    self.first_comments.append(entry.cells["measure"])
                continue
            if id(entry) in goal_rows:
                name = groups.begin(entry.cells["measure"])
                if _is_judged(entry):
                    self.goal_rows.append(_as_goal(entry, name))
                continue
            groups.give(entry)
            if "goal" in entry.cells and entry.cells["goal"].lines:
                first, *rest = entry.cells["goal"].lines
                entry.cells["goal"].lines = [without_number(first), *rest]
            out.append(entry)
        for text in groups.comments():
            if out:
                self._below_names.note_row(out[-1], text)
        self._below_names.settle(self.append_comment)
        self.ending = groups
        if self.roles.index("sex") is not None:
            out = lines_of_measures(out)
        fill_merged(out, self.roles, self.names.words)
        self._flag_crossed(out)
        return self._sex_rows.joined(out) if self.roles.shape == "measures" else out

    @cached_property
    def _sex_rows(self) -> SexRows:
        return SexRows.of(self.vocabulary, self.names.words, self.told_sexes)

    def _goals_by_kind(
        self, entries: Sequence[TableEntry], body: Sequence[GridLine], groups: GroupRows
    ) -> set[int]:
        """The entries (by id) that a column of kinds shows to be goals."""
        kinds = [entry.cells.pop(KIND_ROLE, None) for entry in entries]
        if self.roles.index(KIND_ROLE) is None:
            return set()

        def style_of(entry: TableEntry) -> Hashable:
            beside = _lines_beside(entry.cells["measure"], body)
            return groups.style_of_name(beside[0]) if beside else None

        def names_goal(entry: TableEntry, kind: str) -> bool:
            is_goal = "goal" in self.names.words.read(kind).roles
            return is_goal or self.names.named(" ".join(entry.cells["measure"].lines)) is not None

        texts = ["" if kind is None else " ".join(kind.lines) for kind in kinds]
        found = goals_by_kind(entries, texts, style_of, names_goal, goes_on=self.goes_on)
        self.tells_kinds = bool(found) or (self.goes_on and len(set(texts)) == 1)
        return found

    def _goal_rows(self, entries: Sequence[TableEntry], body: Sequence[GridLine]) -> set[int]:
        """The entries (by id) that are goals with their own status above their measures.

        They have no figures, and are worded as goals, or set in bold as no measure is. Those with
        marks may also begin the table and each group of measures in it.
        """
        if self.roles.shape != "measures":
            return set()
        judged = [n for n, entry in enumerate(entries) if _has_status_only(entry)]
        found = [n for n in judged if _has_mark_only(entries[n])]
        if not judged or len(judged) == len(entries):
            return set()
        groups = len(found) > 1 and found[0] == 0 and found[-1] < len(entries) - 1
        if groups and all(right - left > 1 for left, right in pairwise(found)):
            return {id(entries[n]) for n in found}
        own = {n: _lines_beside(entries[n].cells["measure"], body) for n in judged}
        of_goals = {id(one) for lines in own.values() for one in lines}
        plain = not any(
            one.line.words[0].bold for one in body if one.is_row and id(one) not in of_goals
        )
        return {
            id(entries[n])
            for n, lines in own.items()
            if self.names.named(" ".join(entries[n].cells["measure"].lines)) is not None
            or (plain and lines and all(one.line.bold for one in lines))
        }

    def _is_comment(self, entry: TableEntry, groups: GroupRows) -> bool:
        """Whether an entry is a sentence below a measure, and no measure of its own."""
        if any(role != "measure" for role in entry.cells):
            return False
        cells = [c for line in entry.lines for c in line.cells.values()]
        cells += [value.cell for line in entry.lines for value in line.values]
        if any(cell.lines or cell.marks for cell in cells):
            return False
        return groups.is_sentence(entry.text("measure"))

    def append_comment(self, entry: TableEntry, cell: TableCell) -> None:
        """Add a comment that stands below a measure, or overleaf, to that in its row, if any."""
        cell.lines = self._without_lead(cell.lines)
        own = entry.cells.get("comment")
        elsewhere = {squeeze(text) for text in self.names.words.words.rows.elsewhere}
        if own is None or not own.lines or squeeze(own.text) in elsewhere:
            entry.cells["comment"] = cell
        else:
            own.lines += cell.lines

    def _add_note(self, entry: TableEntry, lines: Sequence[PageLine]) -> None:
        """Note what stands below a measure's name in its cell, with the role it was given."""
        values = [one for one in lines if self._notes.get(id(one.words[0])) == "value"]
        for one in values:
            self._add_value(entry, one)
        texts = [one for one in lines if one not in values]
        if texts:
            role = self._notes.get(id(texts[0].words[0])) or role_of_note(texts)
            self._below_names.note(entry, texts, role, self.page.number)

    def _add_value(self, entry: TableEntry, line: PageLine) -> None:
        """Add a value that stands below a measure's name, behind its label."""
        found = value_note(line.text, self.names.words, self.vocabulary.values.nothing)
        if found is not None and len(entry.lines) == 1:
            entry.lines[0].values.append(found.column(line.bbox, self.page.number))

    def _without_lead(self, lines: Sequence[str]) -> list[str]:
        """The lines of a comment without the word "Kommentar:" before them."""
        leads = self.names.words.words.rows.comment
        lead, colon, rest = lines[0].partition(":") if lines else ("", "", "")
        if (colon or (len(lines) > 1 and not rest)) and lead.strip().casefold() in leads:
            return [rest.strip(), *lines[1:]] if rest.strip() else list(lines[1:])
        return list(lines)

    # -- rows ---------------------------------------------------------------------------------

    def _rows(self, narrow: Sequence[GridLine], wide: Sequence[PageLine]) -> list[RowBlock]:
        by_column: list[list[Word]] = [[] for _ in self.columns.heads]
        marked = self.marks.words()
        for one in narrow:
            chains = chains_of(self.page, one.line)
            if not one.note and any(map(self.columns.crossed_by, chains)):
                self._crossed.append(one.line.middle_height)
            if one.note:
                self._notes |= dict.fromkeys(map(id, one.line.words), one.note)
                by_column[min(one.columns)] += one.line.words
                continue
            for n, words in enumerate(words_by_column(self.columns, chains)):
                by_column[n] += [word for word in words if id(word) not in marked]
        lines = [lines_of(words) for words in by_column]
        merged = self._goals_are_merged()
        names = self.roles.indexes("measure", "success_factor") if merged else ()
        cutter = RowCutter(
            lines,
            figures=self.roles.indexes(*_FIGURES),
            names=names
            or self.roles.indexes("measure")
            or self.roles.indexes("success_factor", "goal"),
            marks=[] if merged else list(self.marks.heights(narrow)),
            sex=self.roles.index("sex"),
            loose={n: self._rules(n) for n in self._loose_columns()},
            drawn=[r.at for r in self.page.horizontals if not r.edge_of_fill],
            begins_row=self._sex_rows.begins_row,
            below_name=lambda line: self._notes.get(id(line.words[0])) == "value",
            under_sign=self.marks.are_under_sign,
            goes_on=self.goes_on,
            grid=self._is_grid(),
            limits=self.vocabulary.targets.limits,
        )
        cuts = [
            self.span[0],
            *sorted(
                self._rules(self._name_column())
                + [y for w in wide for y in (w.top - 1, w.bottom + 1)]
            ),
        ]
        rows = cutter.rows(split_at(self.span[0], self.span[1], cuts))
        if merged:
            self.marks.spread_over_goals(rows)
        return rows

    def _is_grid(self) -> bool:
        """Whether rulings part all columns, and in each the rows that they part by their names."""
        if not self.columns.ruled:
            return False
        rows = len(self._rules(self._name_column()))
        others = (n for n in range(len(self.columns.heads)) if n not in self._loose_columns())
        return rows > 1 and all(len(self._rules(n)) >= rows for n in others)

    def _goals_are_merged(self) -> bool:
        """Whether the cells of an overview's goals, and their marks, span several factors."""
        goal, factor = self.roles.index("goal"), self.roles.index("success_factor")
        if self.roles.shape != "overview" or goal is None or factor is None:
            return False
        return len(self._rules(goal)) < len(self._rules(factor))

    def _flag_crossed(self, entries: Sequence[TableEntry]) -> None:
        """Let a person look at rows whose words could be cut in more than one place."""
        for entry in entries:
            spans = [(line.bbox[1] - 1, line.bbox[3] + 1) for line in entry.lines]
            if any(top <= y <= bottom for y in self._crossed for top, bottom in spans):
                entry.review.add("ambiguous_cells")

    def _loose_columns(self) -> tuple[int, ...]:
        if self.roles.shape == "overview":
            goals = ("goal",) if self._goals_are_merged() else ()
            return self.roles.indexes("perspective", *goals)
        return self.roles.indexes(*_LOOSE)

    def _table_columns(self) -> Columns:
        fields = tuple(column.role or None for column in self.columns_roles)
        return Columns(fields, self.columns.bounds, bool(self.columns.unsure), self.columns.ruled)

    @property
    def columns_roles(self) -> tuple[ColumnRole, ...]:
        """The roles, one for each column."""
        return self.roles.columns

    def _name_column(self) -> int:
        """The column of the names that tell rows apart."""
        found = (self.roles.index(role) for role in ("measure", "success_factor", "goal"))
        return next(n for n in found if n is not None)

    def _rules(self, column: int) -> list[float]:
        """The heights of rulings under a column: each parts two of its cells."""
        return row_rules(self.page, self._table_columns(), column, *self.span)

    # -- cells --------------------------------------------------------------------------------

    def _entry(self, row: RowBlock) -> TableEntry | None:
        note: list[PageLine] = []
        if (named := self.roles.index("measure")) is not None:
            note = [one for one in row.lines[named] if id(one.words[0]) in self._notes]
            if note:
                row.lines[named] = [one for one in row.lines[named] if one not in note]
            else:
                row.lines[named], note = name_and_note(row.lines[named])
        lines = self._lines(row)
        cells: dict[str, TableCell] = {}
        for n, column in enumerate(self.roles.columns):
            if column.role in _SHARED and (row.lines[n] or column.role == "measure"):
                cells[column.role] = self._cell(n, _printed_once(row.lines[n]), row)
            elif column.role == "goal" and row.lines[n]:
                cells["goal"] = self._cell(n, row.lines[n], row)
        name = cells.get("measure")
        filled = any(row.lines[n] for n, c in enumerate(self.roles.columns) if c.role != "measure")
        marks = any(cell.marks for line in lines for cell in line.cells.values())
        if not filled and not marks and not (name is not None and name.lines):
            if note and self._last is not None:  # below the name, but farther than its own lines
                self._add_note(self._last, note)
            return None
        entry = self._last = TableEntry(cells, lines)
        if note:
            self._add_note(entry, note)
        return entry

    def _lines(self, row: RowBlock) -> list[EntryLine]:
        sex = self.roles.index("sex")
        heights = [line.middle_height for line in row.lines[sex]] if sex is not None else []
        if len(heights) < 2:
            return [self._line(row, {n: row.lines[n] for n in range(len(row.lines))}, None)]
        out = []
        for height in heights:
            own = {
                n: _at(lines, heights, height)
                if n != sex
                else [line for line in lines if line.middle_height == height]
                for n, lines in enumerate(row.lines)
            }
            out.append(self._line(row, own, (heights, height)))
        return out

    def _line(
        self,
        row: RowBlock,
        lines: dict[int, list[PageLine]],
        of: tuple[Sequence[float], float] | None,
    ) -> EntryLine:
        cells: dict[str, TableCell] = {}
        values: list[ValueColumn] = []
        for n, column in enumerate(self.roles.columns):
            if column.is_value:
                value = value_of(column.role, column.reading, self._cell(n, lines[n], row))
                values += by_sex(value, self.vocabulary.sexes)
            elif column.role in _OF_LINE:
                cell = self._cell(n, lines[n], row)
                if column.role in ("status", "trend"):
                    cell.marks = self.marks.at(n, row, of)
                cells[column.role] = cell
        self.marks.add_beside_names(cells, row, of)
        self.marks.add_edge(cells, row, of)
        part_arrows(cells)
        every = [line for group in lines.values() for line in group] or row.all_lines
        top, bottom = (
            (min(line.top for line in every), max(line.bottom for line in every))
            if every
            else row.span or (row.anchor or 0.0, row.anchor or 0.0)
        )
        box = (self.columns.bounds[0], top, self.columns.bounds[-1], bottom)
        return EntryLine(cells, box, self.page.number, self.page.number, values)

    def _cell(self, column: int, lines: Sequence[PageLine], row: RowBlock) -> TableCell:
        x0, x1 = self.columns.bounds[column], self.columns.bounds[column + 1]
        if lines:
            box = union(line.bbox for line in lines)
        else:
            y = (
                row.anchor
                if row.anchor is not None
                else min((line.top for line in row.all_lines), default=self.span[0])
            )
            box = (x0, y, x1, y)
        return TableCell([line.text for line in lines], box, self.page.number, self.page.number)


def _printed_once(lines: Sequence[PageLine]) -> Sequence[PageLine]:
    """The lines of a shared cell; one of them where each of a measure's lines repeats it."""
    return lines[:1] if len({squeeze(line.text) for line in lines}) == 1 else lines


def _at(lines: Sequence[PageLine], heights: Sequence[float], height: float) -> list[PageLine]:
    """The lines of a cell beside one sex's letter; a cell printed once belongs to all."""
    if not lines or any(map(goes_on, lines[1:])):
        return list(lines)
    nearest = {min(heights, key=lambda y: abs(y - line.middle_height)) for line in lines}
    if len(nearest) == 1:
        middle = (lines[0].top + lines[-1].bottom) / 2
        centre = (heights[0] + heights[-1]) / 2
        closest = min(abs(middle - y) for y in heights)
        return list(lines) if abs(middle - centre) < closest or height in nearest else []
    return [
        line for line in lines if min(heights, key=lambda y: abs(y - line.middle_height)) == height
    ]


def _in_order(rows: Sequence[RowBlock], wide: Sequence[PageLine]) -> Iterator[RowBlock | PageLine]:
    """Rows and lines over the whole width, top to bottom."""
    items: list[tuple[float, int, RowBlock | PageLine]] = [
        *((row.first_line, 1, row) for row in rows),
        *((line.top, 0, line) for line in wide),
    ]
    for _, _, item in sorted(items, key=lambda item: item[:2]):
        yield item


def _as_goal(entry: TableEntry, name: str) -> TableEntry:
    """A goal of an overview, from a row of a table of measures."""
    cell = entry.cells["measure"]
    goal = TableCell([name], cell.bbox, cell.page, cell.page_last)
    return TableEntry({"goal": goal}, entry.lines)


def _lines_beside(name: TableCell, body: Sequence[GridLine]) -> list[GridLine]:
    """The lines at the height of a name."""
    top, bottom = name.bbox[1], name.bbox[3]
    return [one for one in body if top - 1 <= one.line.middle_height <= bottom + 1]


def _has_mark_only(entry: TableEntry) -> bool:
    """Whether an entry has a name and a status mark, and no figure or other word."""
    marks = [mark for line in entry.lines for mark in line.marks("status")]
    return len(marks) == 1 and not entry.text("number") and _has_status_only(entry)


def _has_status_only(entry: TableEntry) -> bool:
    """Whether an entry has a name, a status and perhaps a number, and no figure or other word."""
    name = entry.cells.get("measure")
    others = [c for role, c in entry.cells.items() if role not in ("measure", "number")]
    for line in entry.lines:
        others += [value.cell for value in line.values]
        others += [cell for role, cell in line.cells.items() if role not in _MARKED]
    is_named = name is not None and bool(name.lines)
    return is_named and _is_judged(entry) and not any(cell.lines for cell in others)


def _is_judged(entry: TableEntry) -> bool:
    """Whether an entry has a word or mark for a status."""
    return any(line.text("status") or line.marks("status") for line in entry.lines)
