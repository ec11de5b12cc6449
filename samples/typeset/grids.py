"""The tables of measures: one grid row for each sex line, with merged or repeated cells."""

from __future__ import annotations

from typeset.blocks import Cell, Mark, Row, Table
from typeset.model import Factor, Line, Measure, Report
from typeset.style import Style
from typeset.words import words

SEX_LETTER = {"all": "", "women": "K", "men": "M"}


class MeasureTables:
    """Makes the tables of one report; the ways of writing the header row take turns."""

    def __init__(self, report: Report, style: Style) -> None:
        self.report, self.style = report, style
        self.tables = 0

    def table(self, factor: Factor) -> Table:
        """The table of a factor's measures."""
        family = self.report.family
        variants = words()["columns"][family][self.style.headers]
        header = [
            text.format(year=self.report.fiscal_year)
            for text in variants[self.tables % len(variants)]
        ]
        self.tables += 1
        rows: list[Row] = []
        for measure in factor.measures:
            rows += self._measure_rows(measure) if family == "a" else self._board_rows(measure)
        widths = self.style.widths or (
            (29, 9, 7, 22, 17, 16) if family == "a" else (22, 22, 22, 17, 17)
        )
        if family == "b":
            rows = self._factor_cells(factor, rows)
        if self.style.arrow_is_status:
            header, rows, widths = (
                header[:-1],
                [row[:-1] for row in rows],
                (*widths[:-2], widths[-2] + widths[-1]),
            )
        return Table("measures", tuple(header), tuple(rows), widths)

    def _factor_cells(self, factor: Factor, rows: list[Row]) -> list[Row]:
        """Put the factor before each row: once for all rows, or again in every row."""
        if not self.style.merge_factor:
            return [(Cell(factor.heading) if row[0] is not None else None, *row) for row in rows]
        first: Cell | None = Cell(factor.heading, rows=len(rows))
        return [(first if index == 0 else None, *row) for index, row in enumerate(rows)]

    def _measure_rows(self, measure: Measure) -> list[Row]:
        rows: list[Row] = []
        merge = self.style.merge_sexes and len(measure.lines) > 1
        span = len(measure.lines) if merge else 1
        for index, line in enumerate(measure.lines):
            first = index == 0 or not merge
            letter = SEX_LETTER[line.sex]
            name = (
                Cell(
                    printed_name(measure, self.style),
                    rows=span,
                    superscript=self._footnote(measure),
                    probe=None if letter else self._probe(measure, line),
                )
                if first
                else None
            )
            board = Cell(measure.board or "", rows=span) if first else None
            sex = Cell(letter, probe=self._probe(measure, line) if letter else None)
            if measure.shared_target and merge:
                target = Cell(line.printed, rows=span) if index == 0 else None
            else:
                target = Cell(line.printed)
            rows.append((name, board, sex, target, *self._marks(measure, line, index, merge)))
        return rows

    def _board_rows(self, measure: Measure) -> list[Row]:
        line = measure.lines[0]
        name = Cell(
            printed_name(measure, self.style),
            superscript=self._footnote(measure),
            probe=self._probe(measure, line),
        )
        return [(name, Cell(line.printed), *self._marks(measure, line, 0, False))]

    def _marks(self, measure: Measure, line: Line, index: int, merge: bool) -> Row:
        if (
            merge
            and self.style.stack_marks
            and all(one.status and one.trend for one in measure.lines)
        ):
            span = len(measure.lines)
            statuses = tuple(Mark("status", one.status) for one in measure.lines)
            trends = tuple(Mark("trend", trend=one.trend) for one in measure.lines)
            return (
                (None, None)
                if index
                else (Cell(marks=statuses, rows=span), Cell(marks=trends, rows=span))
            )
        if self.style.arrow_is_status and line.status:
            return (mark_cell(Mark("both", line.status, line.trend)), Cell())
        status = (
            mark_cell(Mark("status", line.status)) if line.status else Cell(line.status_text or "")
        )
        trend = (
            mark_cell(Mark("trend", trend=line.trend))
            if line.trend
            else Cell(line.trend_text or "")
        )
        return (status, trend)

    def _footnote(self, measure: Measure) -> str:
        return measure.footnote or "" if self.style.superscript else ""

    @staticmethod
    def _probe(measure: Measure, line: Line) -> tuple[str, str, str]:
        return ("measure", measure.measure_id, line.sex)


def printed_name(measure: Measure, style: Style) -> str:
    """The name cell's text, with the footnote mark in brackets unless the style raises it."""
    if measure.footnote and not style.superscript:
        return f"{measure.printed}[{measure.footnote}]"
    return measure.printed


def mark_cell(mark: Mark, rows: int = 1) -> Cell:
    """A cell with the mark, or without one where there is nothing to show."""
    empty = mark.status is None and mark.trend is None
    return Cell(marks=() if empty else (mark,), rows=rows)
