"""The results, forecasts and baselines that a row of a table prints in columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from styrmatt.normalize.measures.marks import CellProblem
from styrmatt.normalize.measures.two_years import split_at_brackets, year_in_brackets
from styrmatt.normalize.targets.units import PrintedUnit, implied_unit, whole_words
from styrmatt.normalize.values.periods import Period
from styrmatt.normalize.values.read import CellReading, ReadValue, ValueReader
from styrmatt.normalize.values.sign_marks import SignMarks, read_without_mark
from styrmatt.normalize.values.units import unit_of_cell, unit_of_header
from styrmatt.printed import Cell, ColumnHead, Location, Row, ValueCell
from styrmatt.vocabulary import Vocabulary
from styrmatt.whitespace import single_spaced

_KINDS: Final = {"result": "outcome", "forecast": "forecast", "baseline": "baseline"}
"""What the figures of a column are called in the dataset of outcomes, by the column's role."""
_WHOLE: Final = 100.0
TOTAL: Final = "T"


class Interim(NamedTuple):
    """The part of the year that an interim report is of."""

    period: str
    month: float | None
    """The month that it ends with."""


@dataclass(frozen=True)
class StatedValue:
    """What a cell of a result, forecast or baseline says, for one sex, year and period."""

    kind: str
    sex: str
    year: int | None
    period: str | None
    area: str | None
    value: float | None
    unit: str | None
    text: str
    place: Location
    month: float | None = None
    """The month that its period ends with; None for the whole year, or where it is not known."""
    previous_value: float | None = None
    previous_year: int | None = None
    review: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str | int | None, ...]:
        """What there is one figure of: kind, sex, year, period and area."""
        return self.kind, self.sex, self.year, self.period, self.area


@dataclass
class RowValues:
    """The stated values of a row, its unit, and what could not be read."""

    values: list[StatedValue] = field(default_factory=list)
    unit: PrintedUnit | None = None
    """The unit of a bare target of the row; None where the measure's name is to say it."""
    problems: list[CellProblem] = field(default_factory=list)


@dataclass(frozen=True)
class _ReadCell:
    """A cell of figures with what was read in it."""

    head: ColumnHead
    cell: Cell
    text: str
    reading: CellReading


class ResultCellReader:
    """Reads the columns of figures of one report's rows."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        clean: Callable[[Cell | None], str | None],
        fiscal_year: int,
        interim: Interim | None = None,
        bracket_year: int | None = None,
        marks: SignMarks = SignMarks.NONE,
        *,
        dots_group: bool = False,
    ) -> None:
        """``interim`` is what the results of an interim report are of, unless they say.

        ``bracket_year`` is the earlier year of which the report says that figures in brackets are,
        ``marks`` says how signs before figures are marks, ``dots_group`` that a dot before three
        digits groups thousands in it.
        """
        self._units = vocabulary.units
        self._clean = clean
        self._year = fiscal_year
        self._interim = interim
        self._bracket_year = bracket_year
        self._sign_marks = marks
        self._reader = ValueReader(vocabulary, dots_group=dots_group)

    def read(
        self, row: Row, name: str, sex: str, shared: frozenset[int] = frozenset()
    ) -> RowValues:
        """What the columns of a row say of the measure of that name.

        ``sex`` is the row's. ``shared`` are the ids of cells that several lines of the measure have
        in common: what they print is of the total.
        """
        found = RowValues()
        cells = list(self._read_cells(row))
        if not cells and "unit" not in row.cells:
            return found
        column = unit_of_cell(self._clean(row.cells.get("unit")), self._units)
        by_name = implied_unit(name, self._units)
        target = self._clean(row.cells.get("target"))
        common = self._common_unit([cell.reading for cell in cells], target)
        found.unit = column or (PrintedUnit(common) if common and by_name is None else None)
        period = self._reader.periods.read(self._clean(row.cells.get("period")))
        for cell in cells:
            of_sex = TOTAL if id(cell.cell) in shared else sex
            unit = column or unit_of_header(cell.head.text, self._units)
            code = unit.code if unit else by_name or common
            for value in self._values(cell, of_sex, code, period):
                found.values.append(self._with_doubts(value, name))
            if cell.reading.doubt:
                message = f"The cell {cell.head.text}: {cell.reading.doubt}."
                found.problems.append(CellProblem("outcome_unparsed", message, cell.text))
        found.values = list(self._without_repeated(found.values, found.problems))
        return found

    def _read_cells(self, row: Row) -> Iterator[_ReadCell]:
        for column in row.values:
            if column.head.role == "target":
                continue
            text = self._clean(column.cell)
            if not text:
                continue
            two = tuple(self._of_two_years(column, text) or self._of_year_in_cell(column, text))
            yield from two or [_ReadCell(column.head, column.cell, text, self._read(text))]

    def _read(self, text: str) -> CellReading:
        """What a cell, or a part of one, gives."""
        return read_without_mark(text, self._sign_marks, self._reader.read)

    def _of_two_years(self, column: ValueCell, text: str) -> list[_ReadCell]:
        """A cell in two: its figure and the one in brackets, where the header has two years so.

        None where the header names one year, or where either part gives more than one figure.
        """
        year = year_in_brackets(column.head)
        parts = split_at_brackets(text) if year else None
        if year is None or parts is None:
            return []
        own, earlier = map(self._read, parts)
        if not _plain(own) or not _plain(earlier) or not earlier.values:
            return []
        if not own.values and parts[0] and not self._reader.says_none(parts[0]):
            return []
        return [
            _ReadCell(column.head, column.cell, text, own),
            _ReadCell(replace(column.head, year=year), column.cell, text, earlier),
        ]

    def _of_year_in_cell(self, column: ValueCell, text: str) -> list[_ReadCell]:
        """A cell in two where the brackets name their year, or the report's text does.

        None where that is no earlier year, or the cell has not one figure before the brackets (or
        says that there is none) and one of the same kind within them.
        """
        head = column.head
        parts = split_at_brackets(text) if head.role == "result" and "(" in text else None
        if parts is None or head.period is not None:
            return []
        own, within = map(self._read, parts)
        if len(within.values) != 1 or within.doubt or within.values[0].sex:
            return []
        (earlier,) = within.values
        named = earlier.period
        of_report = head.year in (None, self._year) and named is None and within.period is None
        year = self._bracket_year if of_report else None
        if named is not None and named.label is None:
            year = named.year
        if year is None or year >= (head.year or self._year):
            return []
        whole = self._read(text)
        if not own.values and self._reader.says_none(parts[0]):
            whole = own
        elif len(whole.values) != 1 or whole.values[0].previous_value is None:
            return []
        unit = earlier.unit or (whole.values[0].unit if whole.values else None)
        earlier = replace(earlier, period=None, unit=unit)
        return [
            _ReadCell(head, column.cell, text, whole),
            _ReadCell(replace(head, year=year), column.cell, text, CellReading((earlier,))),
        ]

    def _common_unit(self, readings: Iterable[CellReading], target: str | None) -> str | None:
        """The one unit that cells of the row print; None where they print none, or several."""
        values = [value for one in (*readings, self._reader.read(target)) for value in one.values]
        units = {value.unit for value in values if value.has_unit}
        return units.pop() if len(units) == 1 else None

    # -- values -------------------------------------------------------------------------------

    def _values(
        self, cell: _ReadCell, sex: str, unit: str | None, period: Period | None
    ) -> Iterator[StatedValue]:
        """The stated values of a cell; one without a figure where it holds none."""
        for read in cell.reading.values:
            yield self._value(cell, sex, unit, read.period or cell.reading.period, period, read)
        if not cell.reading.values:
            yield self._value(cell, sex, unit, cell.reading.period, period, None)

    def _value(
        self,
        cell: _ReadCell,
        sex: str,
        unit: str | None,
        own: Period | None,
        of_row: Period | None,
        read: ReadValue | None,
    ) -> StatedValue:
        head, kind = cell.head, _KINDS[cell.head.role]
        year, label, month = self._when(head, own, of_row)
        if self._interim and kind == "outcome" and label is None and year == self._year:
            label, month = self._interim
        review = ["outcome_unparsed"] if cell.reading.doubt else []
        if kind == "outcome" and year is not None and year > self._year:
            review.append("outcome_year_differs")
        of_before = (
            (year - 1 if year else None) if read and read.previous_value is not None else None
        )
        return StatedValue(
            kind=kind,
            sex=(read.sex if read and read.sex else None) or head.sex or sex,
            year=year,
            period=single_spaced(label) if label else None,
            area=single_spaced(head.area) if head.area else None,
            value=read.value if read else None,
            unit=None if read is None else read.unit if read.has_unit else unit,
            text=cell.text,
            place=cell.cell.place,
            month=month,
            previous_value=read.previous_value if read else None,
            previous_year=(read.previous_year if read else None) or of_before,
            review=tuple(review),
        )

    def _when(
        self, head: ColumnHead, own: Period | None, of_row: Period | None
    ) -> tuple[int | None, str | None, float | None]:
        """Year, period as printed and last month: the cell's own, the header's, the row's."""
        if own is not None:
            year = own.year if own.first_year is None else self._year_of_two(own, head.year)
            return year or head.year or self._year, own.label, own.last_month
        if head.period is not None:
            period = self._reader.periods.find(head.period)
            month = period.last_month if period else None
            return head.year or self._year, head.period, month
        if of_row is not None and head.role == "result":
            years = {of_row.year, of_row.first_year} - {None}
            if head.year is None or head.year in years or not years:
                year = head.year or (self._year_of_two(of_row, None) if years else self._year)
                return year, of_row.label, of_row.last_month
        baseline = head.role == "baseline"
        return head.year or (None if baseline else self._year), None, None

    def _year_of_two(self, period: Period, of_head: int | None) -> int | None:
        """The year that a school year counts for: the header's or the report's, else its last."""
        years = (period.first_year, period.year)
        return next((y for y in (of_head, self._year) if y is not None and y in years), period.year)

    # -- doubts -------------------------------------------------------------------------------

    def _with_doubts(self, value: StatedValue, name: str) -> StatedValue:
        """The value, flagged where it is hardly possible for a measure of that name."""
        if value.value is None or not whole_words(self._units.percent_names).search(name):
            return value
        beyond = value.unit == "percent" and not 0 <= value.value <= _WHOLE
        if beyond or value.unit == "count":
            return replace(value, review=(*value.review, "outcome_doubtful"))
        return value

    def _without_repeated(
        self, values: Sequence[StatedValue], problems: list[CellProblem]
    ) -> Iterator[StatedValue]:
        """The values, one for each key; two that differ are both kept, and flagged."""
        by_key: dict[tuple[str | int | None, ...], list[StatedValue]] = {}
        for value in values:
            same = by_key.setdefault(value.key, [])
            if all(value.value != other.value for other in same):
                same.append(value)
        for same in by_key.values():
            stated = [value for value in same if value.value is not None] or same[:1]
            if len(stated) == 1:
                yield stated[0]
                continue
            texts = ", ".join(value.text for value in stated)
            message = f"Two cells give the same result differently: {texts}."
            problems.append(CellProblem("outcome_twice", message, texts))
            for value in stated:
                yield replace(value, review=(*value.review, "outcome_twice"))


def _plain(reading: CellReading) -> bool:
    """Whether it is one figure of all and of the whole year, or none, and nothing in doubt."""
    beyond = any(value.sex or value.period or value.previous_year for value in reading.values)
    return len(reading.values) <= 1 and not (beyond or reading.doubt or reading.period)


def sexes_with_results(values: Iterable[StatedValue]) -> list[str]:
    """The sexes that have a result of the organisation itself, or one that could not be read."""
    return list(
        dict.fromkeys(
            value.sex
            for value in values
            if value.kind == "outcome"
            and value.area is None
            and (value.value is not None or value.review)
        )
    )


def latest(values: Iterable[StatedValue]) -> StatedValue | None:
    """Of results of one year the one that records show: of the whole year, else of the latest part.

    Of parts whose order is not known the last one printed. None where there is none, or where two
    cells say it differently.
    """
    ordered = sorted(
        enumerate(values), key=lambda item: (item[1].period is None, item[1].month or 0, item[0])
    )
    best = ordered[-1][1] if ordered else None
    return None if best is None or "outcome_twice" in best.review else best
