"""Groups printed rows into measures, and makes an entry for each sex that a row holds.

A *line* is one entry of a measure: for the total, for women or for men. Most rows are one line; a
row with marks for both sexes is two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby

from styrmatt.normalize.goals.overview import FactorEntry, GoalEntry
from styrmatt.normalize.issues import IssueBook
from styrmatt.normalize.measures.mark_cells import ONCE, TableMarkReader, change_in
from styrmatt.normalize.measures.marks import CellProblem, MarkReading, SexReader
from styrmatt.normalize.measures.name import MeasureName, MeasureReader
from styrmatt.normalize.measures.result_cells import (
    TOTAL,
    Interim,
    ResultCellReader,
    RowValues,
    StatedValue,
    sexes_with_results,
)
from styrmatt.normalize.targets.parse import TargetReader, TargetReading
from styrmatt.normalize.targets.units import PrintedUnit
from styrmatt.normalize.values.read import ValueReader
from styrmatt.normalize.values.sign_marks import SignMarks
from styrmatt.printed import Bbox, Cell, Row
from styrmatt.swedish.board_codes import BoardReader
from styrmatt.swedish.dehyphenate import Cleaner
from styrmatt.vocabulary import Vocabulary
from styrmatt.whitespace import squeeze


@dataclass
class MeasureEntry:
    """One line of a measure: its target, status and trend for one sex (T, K or M)."""

    row: Row
    sex: str
    target_text: str | None
    target_raw: str | None
    target: TargetReading
    status: MarkReading
    trend: MarkReading
    review: list[str] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)
    """What could not be read in its cells."""
    values: list[StatedValue] = field(default_factory=list)
    """The results, forecasts and baselines of its row, those of sexes without a line with the
    first."""
    fulfilment: float | None = None
    comment: str | None = None
    responsible: str | None = None
    change: str | None = None
    """increased, decreased or unchanged, as a column of changes says."""
    change_amount: float | None = None
    target_bbox: Bbox | None = None
    """The box of the target cell; None where it stands on another page than the row begins on."""
    id: str = ""


@dataclass
class MeasureDraft:
    """A measure with its lines. Goal, factor and ids are filled in when names are linked."""

    name: MeasureName
    raw: str
    rows: list[Row]
    board: str | None = None
    codes: tuple[str, ...] = ()
    board_problem: bool = False
    number: str | None = None
    lines: list[MeasureEntry] = field(default_factory=list)
    goal: GoalEntry | None = None
    factor: FactorEntry | None = None
    review: list[str] = field(default_factory=list)
    id: str = ""


@dataclass
class MeasureRowReader:
    """Reads the rows of a report; ``rejected`` counts those that gave no line."""

    cleaner: Cleaner
    measures: MeasureReader
    boards: BoardReader
    vocabulary: Vocabulary
    fiscal_year: int
    issues: IssueBook
    interim: Interim | None = None
    bracket_year: int | None = None
    """The earlier year of which the report says that figures in brackets are."""
    sign_marks: SignMarks = SignMarks.NONE
    """Whether signs before figures are marks, as the report's text says."""
    dots_group: bool = False
    """Whether a dot before three digits groups thousands in the report."""
    rejected: int = 0

    def __post_init__(self) -> None:
        words = self.vocabulary
        self._sexes = SexReader(words.sexes, words.targets.also)
        self._targets = TargetReader(words, self.fiscal_year, dots_group=self.dots_group)
        self._marks = TableMarkReader(words)
        self._figures = ValueReader(words, dots_group=self.dots_group)
        self._results = ResultCellReader(
            words,
            self._clean,
            self.fiscal_year,
            self.interim,
            self.bracket_year,
            self.sign_marks,
            dots_group=self.dots_group,
        )
        self._aimed: set[int] = set()
        self._every_board = frozenset(map(squeeze, words.board_words.every))

    def read(self, rows: Iterable[Row]) -> list[MeasureDraft]:
        """The measures of the rows, in printed order."""
        rows = list(rows)
        self._marks.look_at(rows)
        self._aimed = {row.table_no for row in rows if _text(row, "target")}
        drafts: list[MeasureDraft] = []
        for (table, _), group in groupby(rows, key=lambda row: (row.table_no, row.measure_no)):
            printed = list(group)
            found = list(self._measure(printed))
            if not found and drafts and drafts[-1].rows[0].table_no == table:
                _flag_lost_line(drafts[-1], printed)
            drafts.extend(found)
        return drafts

    def _measure(self, rows: list[Row]) -> Iterator[MeasureDraft]:
        cell = next((c for row in rows if (c := row.cells.get("measure")) and c.text.strip()), None)
        name = self.measures.read(cell.text, _text(rows[0], "kind")) if cell else None
        if cell is None or name is None or not name.name:
            for row in rows:
                self._reject(row, "A line of a measure table holds no measure.")
            return
        if rows[0].table_no in self._aimed and self._sums_up(rows, name.name):
            for row in rows:
                self._reject(row, "The line sums up measures and has no target or status.")
            return
        draft = self._draft(name, cell, rows)
        shared = _shared_cells(rows)
        for row in self._with_shared_target(rows, name.name):
            for line in self._lines(row, name.name, shared, alone=len(rows) == 1):
                if any(other.sex == line.sex for other in draft.lines):
                    yield draft  # the same sex again: another measure of the same name
                    draft = self._draft(name, cell, [row])
                draft.lines.append(line)
        if draft.lines:
            yield draft

    def _sums_up(self, rows: list[Row], name: str) -> bool:
        """Whether rows are a sum or average of others, which a measure with a target is not."""
        if not self.vocabulary.names.totals.search(name):
            return False
        keys = ("target", "status", "trend", "fulfilment")
        cells = [cell for row in rows for key in keys if (cell := row.cells.get(key))]
        aims = any(
            column.head.role == "target" and column.cell.text for r in rows for column in r.values
        )
        return not aims and not any(cell.text.strip() or cell.markers for cell in cells)

    def _with_shared_target(self, rows: list[Row], name: str) -> Iterator[Row]:
        """The rows; one without a target gets that of another row which names its sex.

        The cell may be merged without anything drawn that says so.
        """
        if all(_text(row, "target") for row in rows):  # as most
            yield from rows
            return
        named = {
            sex: cell
            for row in rows
            if (cell := row.cells.get("target"))
            for sex in self._targets.read(self._clean(cell), "T", name).sexes
        }
        for row in rows:
            codes = self._sexes.read(self._clean(row.cells.get("sex"))) or ()
            cell = named.get(codes[0]) if len(codes) == 1 else None
            if cell is not None and not _text(row, "target"):
                row = replace(row, cells={**row.cells, "target": cell})
            yield row

    def _is_every_board(self, text: str | None) -> bool:
        """Whether the cell of a board says that all of them are responsible."""
        return squeeze(text or "") in self._every_board

    def _responsible(self, row: Row) -> str | None:
        """Who is responsible; all boards where the cell of the board says so."""
        board = self._clean(row.cells.get("board"))
        every = board if self._is_every_board(board) else None
        return self._clean(row.cells.get("responsible")) or every

    def _draft(self, name: MeasureName, cell: Cell, rows: list[Row]) -> MeasureDraft:
        printed = next((t for row in rows if (t := self._clean(row.cells.get("board")))), None)
        board, known = self.boards.read_cell(None if self._is_every_board(printed) else printed)
        number = next((t for row in rows if (t := self._clean(row.cells.get("number")))), None)
        return MeasureDraft(
            name,
            cell.text,
            rows,
            board,
            self.boards.codes(board),
            board_problem=not known,
            number=number,
        )

    def _lines(
        self, row: Row, name: str, shared: frozenset[int], *, alone: bool
    ) -> Iterator[MeasureEntry]:
        sex_text = self._clean(row.cells.get("sex"))
        codes = self._sexes.read(sex_text)
        problems: list[CellProblem] = []
        if codes is None:
            if not alone:
                self._reject(row, f"The line's sex is not known: {sex_text}.")
                return
            message = f"The sex cell holds {sex_text}; the line is taken as total."
            problems.append(CellProblem("unknown_sex", message, sex_text))
        sexes = tuple(codes or ())
        found = self._results.read(row, name, sexes[0] if len(sexes) == 1 else TOTAL, shared)
        if not sexes and (columns := self._sexes_of_columns(row, found)):
            yield from self._lines_of_columns(row, name, columns, found, problems)
            return
        both = sexes if len(sexes) > 1 else ()
        if not sexes:
            both = self._targets.read(self._clean(row.cells.get("target")), "T", name).sexes
        if len(both) == 2 and self._marks_per_sex(row):
            for n, sex in enumerate(both):
                line = self._line(row, sex, name, n, list(problems), found.unit)
                yield line if n else self._with_values(line, found)
        else:
            sex = sexes[0] if len(sexes) == 1 else TOTAL
            line = self._line(row, sex, name, None, problems, found.unit)
            yield self._with_values(line, found)

    def _sexes_of_columns(self, row: Row, found: RowValues) -> list[str]:
        """The sexes that a row without one has by its columns: those with results of their own.

        The total is among them where it has a column, or where something is printed once.
        """
        if not any(column.head.sex not in (None, TOTAL) for column in row.values):
            return []
        sexes = [sex for sex in sexes_with_results(found.values) if sex != TOTAL]
        targets = [c for c in row.values if c.head.role == "target" and self._clean(c.cell)]
        sexes += [c.head.sex for c in targets if c.head.sex and c.head.sex not in (*sexes, TOTAL)]
        total = any(c.head.sex in (None, TOTAL) and c.head.area is None for c in row.values)
        marks = any(
            cell.text.strip() or cell.markers
            for key in ("status", "trend", "fulfilment")
            if (cell := row.cells.get(key))
        )
        return [TOTAL, *sexes] if total or marks or not sexes else sexes

    def _lines_of_columns(
        self,
        row: Row,
        name: str,
        sexes: list[str],
        found: RowValues,
        problems: list[CellProblem],
    ) -> Iterator[MeasureEntry]:
        """A line for each sex; marks that are printed once are the total's alone."""
        marked = {key: row.cells[key] for key in row.cells if key not in ONCE}
        for n, sex in enumerate(sexes):
            of_sex = row if sex == TOTAL else replace(row, cells=marked)
            line = self._line(of_sex, sex, name, None, list(problems), found.unit)
            line.row = row
            yield line if n else self._with_values(line, found)

    def _with_values(self, line: MeasureEntry, found: RowValues) -> MeasureEntry:
        """The line with all that the columns of its row state."""
        line.values = found.values
        line.problems.extend(found.problems)
        return line

    def _marks_per_sex(self, row: Row) -> bool:
        """Whether a cell has a mark for each sex, and none has a mark for one of them alone."""
        cells = (row.cells.get(key) for key in ("status", "trend"))
        counts = {len(cell.markers) for cell in cells if cell is not None}
        return 2 in counts and 1 not in counts

    def _line(
        self,
        row: Row,
        sex: str,
        name: str,
        nth: int | None,
        problems: list[CellProblem],
        unit: PrintedUnit | None,
    ) -> MeasureEntry:
        target_cell, several = self._target_cell(row, sex)
        text = self._clean(target_cell)
        of_change = target_cell is not None and _is_of_change(row, target_cell)
        target = self._targets.read(text, sex, name, unit, of_change=of_change)
        raw = target_cell.text if target_cell and text else None
        line = MeasureEntry(
            row,
            sex,
            text,
            raw,
            target,
            self._marks.status(row, self._clean, nth),
            self._marks.trend(row, self._clean, nth),
            [*row.review, *self._header_review(row), *target.review],
            problems,
            fulfilment=self._fulfilment(row),
            comment=self._clean(row.cells.get("comment")),
            responsible=self._responsible(row),
            target_bbox=_box_of(target_cell, row) if text else None,
        )
        line.change, line.change_amount = self._change(row)
        if several is not None:
            line.review.append(several.kind)
            problems.append(several)
        if target.lacks_unit:
            message = f"The target {text} is a bare figure, and nothing says its unit."
            problems.append(CellProblem("target_without_unit", message, raw))
        if any(problem.kind == "unknown_sex" for problem in problems):
            line.review.append("sex_unclear")
        if target.doubt:
            problems.append(CellProblem("target_unparsed", f"Target cell: {target.doubt}.", raw))
        for what, reading in (("status", line.status), ("trend", line.trend)):
            if reading.problem:
                problems.append(reading.problem)
            if reading.unread:
                line.review.append(f"{what}_unread")
        return line

    def _header_review(self, row: Row) -> Iterator[str]:
        if any(year != self.fiscal_year for year in row.header_years):
            yield "header_year_differs"

    def _target_cell(self, row: Row, sex: str) -> tuple[Cell | None, CellProblem | None]:
        """The cell with the target of the report's own year for a sex: its own column's first.

        None with what is wrong, where several columns may be it that nothing tells apart.
        """
        own = [
            column
            for column in row.values
            if column.head.role == "target" and column.head.year in (None, self.fiscal_year)
        ]
        for column in own:
            if column.head.sex == sex and column.cell.text.strip():
                return column.cell, None
        if "target" in row.cells:
            return row.cells["target"], None
        shared = [column for column in own if column.head.sex is None]
        alike = [c for c in shared if squeeze(c.head.text) == squeeze(shared[0].head.text)]
        texts = dict.fromkeys(text for column in alike if (text := self._clean(column.cell)))
        if len(texts) > 1:
            printed = ", ".join(texts)
            message = (
                f"Columns of one name hold several targets, and none says its year: {printed}."
            )
            return None, CellProblem("target_unparsed", message, printed)
        return next((column.cell for column in shared), None), None

    def _fulfilment(self, row: Row) -> float | None:
        """The degree of fulfilment, in percent; it may stand in the column of the status."""
        for key in ("fulfilment", "status"):
            text = self._clean(row.cells.get(key))
            values = self._figures.read(text).values
            if len(values) == 1 and (key == "fulfilment" or values[0].unit == "percent"):
                return values[0].value
        return None

    def _change(self, row: Row) -> tuple[str | None, float | None]:
        """How the result changed, and by how much, by a column of changes."""
        cell = row.cells.get("change")
        text = self._clean(cell)
        values = self._figures.read(text).values
        if len(values) != 1:
            return change_in(cell, text, self.vocabulary.change_means), None
        amount = values[0].value
        return ("increased" if amount > 0 else "decreased" if amount < 0 else "unchanged"), amount

    def _clean(self, cell: Cell | None) -> str | None:
        return (self.cleaner.clean(cell.text).text or None) if cell else None

    def _reject(self, row: Row, message: str) -> None:
        self.rejected += 1
        cells = [*row.cells.values(), *(column.cell for column in row.values)]
        raw = " | ".join(cell.text for cell in cells if cell.text.strip())
        self.issues.note("row_rejected", message, raw, row.place)


def values_of(draft: MeasureDraft) -> tuple[StatedValue, ...]:
    """What the table states of a measure, each value once."""
    return tuple(dict.fromkeys(value for line in draft.lines for value in line.values))


def _is_of_change(row: Row, target: Cell) -> bool:
    """Whether the header of a target's column calls its figures changes."""
    if row.cells.get("target") is target:
        return row.target_is_change
    return any(column.head.of_change for column in row.values if column.cell is target)


def _box_of(cell: Cell | None, row: Row) -> Bbox | None:
    """The box of a cell on the page on which its row begins."""
    if cell is None or cell.place.page != row.place.page:
        return None
    return cell.place.bbox


def _flag_lost_line(above: MeasureDraft, rows: Iterable[Row]) -> None:
    """Flag a measure below which a row without a name has cells: for its other sex, most likely."""
    cells = [row.cells.get(key) for row in rows for key in ("target", "status", "trend")]
    lost = any(cell is not None and (cell.text.strip() or cell.markers) for cell in cells)
    if lost and "sex" in above.rows[0].cells:
        for line in above.lines:
            line.review.append("sex_unclear")


def _text(row: Row, key: str) -> str | None:
    cell = row.cells.get(key)
    return cell.text if cell else None


def _shared_cells(rows: list[Row]) -> frozenset[int]:
    """The ids of cells of figures that several lines of a measure have in common."""
    seen: set[int] = set()
    shared: set[int] = set()
    for row in rows:
        own = {id(column.cell) for column in row.values}
        shared |= seen & own
        seen |= own
    return frozenset(shared)
