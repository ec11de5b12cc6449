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
from styrmatt.normalize.measures.marks import CellProblem, MarkReader, MarkReading, SexReader
from styrmatt.normalize.measures.name import MeasureName, MeasureReader
from styrmatt.normalize.targets.parse import TargetReader, TargetReading
from styrmatt.printed import Cell, Marker, Row
from styrmatt.swedish.board_codes import BoardReader
from styrmatt.swedish.dehyphenate import Cleaner
from styrmatt.vocabulary import Vocabulary


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
    rejected: int = 0

    def __post_init__(self) -> None:
        self._sexes = SexReader(self.vocabulary.sexes, self.vocabulary.targets.also)
        self._targets = TargetReader(self.vocabulary, self.fiscal_year)
        self._status = MarkReader("status", self.vocabulary.statuses)
        self._trend = MarkReader("trend", self.vocabulary.trends)

    def read(self, rows: Iterable[Row]) -> list[MeasureDraft]:
        """The measures of the rows, in printed order."""
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
        draft = self._draft(name, cell, rows)
        for row in self._with_shared_target(rows, name.name):
            for line in self._lines(row, name.name, alone=len(rows) == 1):
                if any(other.sex == line.sex for other in draft.lines):
                    yield draft  # the same sex again: another measure of the same name
                    draft = self._draft(name, cell, [row])
                draft.lines.append(line)
        if draft.lines:
            yield draft

    def _with_shared_target(self, rows: list[Row], name: str) -> Iterator[Row]:
        """The rows; one without a target gets that of another row which names its sex.

        The cell may be merged without anything drawn that says so.
        """
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

    def _draft(self, name: MeasureName, cell: Cell, rows: list[Row]) -> MeasureDraft:
        printed = next((t for row in rows if (t := self._clean(row.cells.get("board")))), None)
        board, known = self.boards.read_cell(printed)
        return MeasureDraft(
            name, cell.text, rows, board, self.boards.codes(board), board_problem=not known
        )

    def _lines(self, row: Row, name: str, *, alone: bool) -> Iterator[MeasureEntry]:
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
        marked = self._targets.read(self._clean(row.cells.get("target")), "T", name).sexes
        both = sexes if len(sexes) > 1 else () if sexes else marked
        if len(both) == 2 and self._marks_per_sex(row):
            for n, sex in enumerate(both):
                yield self._line(row, sex, name, n, list(problems))
        else:
            yield self._line(row, sexes[0] if len(sexes) == 1 else "T", name, None, problems)

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
    ) -> MeasureEntry:
        target_cell = row.cells.get("target")
        text = self._clean(target_cell)
        target = self._targets.read(text, sex, name)
        raw = target_cell.text if target_cell and text else None
        line = MeasureEntry(
            row,
            sex,
            text,
            raw,
            target,
            self._mark(self._status, row, "status", nth),
            self._mark(self._trend, row, "trend", nth),
            [*row.review, *self._header_review(row), *target.review],
            problems,
        )
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

    def _mark(self, reader: MarkReader, row: Row, key: str, nth: int | None) -> MarkReading:
        cell = row.cells.get(key)
        return reader.read(cell, self._clean(cell), _nth(cell, nth))

    def _clean(self, cell: Cell | None) -> str | None:
        return (self.cleaner.clean(cell.text).text or None) if cell else None

    def _reject(self, row: Row, message: str) -> None:
        self.rejected += 1
        raw = " | ".join(cell.text for cell in row.cells.values() if cell.text.strip())
        self.issues.note("row_rejected", message, raw, row.place)


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


def _nth(cell: Cell | None, nth: int | None) -> tuple[Marker, ...]:
    """The marks of a cell, or of one of two sexes where the cell holds a mark for each."""
    if cell is None:
        return ()
    return (cell.markers[nth],) if nth is not None and len(cell.markers) == 2 else cell.markers
