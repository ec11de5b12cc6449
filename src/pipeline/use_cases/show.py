"""Collects what the reports below a root have of one measure or goal over the years."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any, Final

from styrmatt.errors import UsageError
from styrmatt.records import Document, Goal, Outcome, Record, Series, SeriesMember

_SEXES: Final = ("T", "K", "M")
"""All, women, men: the order in which they are shown."""


class _Precedence(IntEnum):
    """Which of several results for a year is shown: the highest, then the last."""

    COMPARED_WITH = 0
    INTERIM = 1
    ANNUAL = 2


@dataclass(frozen=True, slots=True)
class Point:
    """A value of one year."""

    year: int
    value: float


@dataclass(frozen=True, slots=True)
class SeriesLine:
    """What a report has of a measure for one sex, or of a goal.

    The fields are as in the datasets records and goals; what a goal does not have is None.
    """

    sex: str | None
    target: str | None
    value: float | None
    unit: str | None
    value_year: int | None
    previous_value: float | None
    previous_year: int | None
    change: str | None
    status: str | None
    trend: str | None
    status_stated: str | None
    sentence: str | None
    sentence_page: int | None
    page: int
    source: str | None = None
    """Where the result is stated: table or narrative."""
    gap: float | None = None
    fulfilment: float | None = None
    forecast: float | None = None
    forecast_unit: str | None = None
    forecast_year: int | None = None
    comment: str | None = None
    other_years: tuple[Point, ...] = ()
    """Results of whole earlier years, in the same unit, that the table has columns for."""


@dataclass(frozen=True, slots=True)
class Appearance:
    """A series in one report."""

    fiscal_year: int
    document_id: str
    report_kind: str
    source_name: str
    item_id: str
    name: str
    board: str | None
    goal: str | None
    success_factor: str | None
    reason: str
    score: float
    lines: tuple[SeriesLine, ...]


@dataclass(frozen=True, slots=True)
class Curve:
    """The values of one sex over the years, all of one unit."""

    sex: str
    unit: str | None
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class SeriesHistory:
    """A series and its appearances in reports, the earliest first."""

    series: Series
    appearances: tuple[Appearance, ...]
    curves: tuple[Curve, ...]
    predecessor: Series | None
    successors: tuple[Series, ...]


def show(root: Path, text: str) -> SeriesHistory | tuple[Series, ...]:
    """The history of the series that a text names; the series where it fits several.

    Raises UsageError where it fits none, and OutputError for a folder without a register.
    """
    from styrmatt.export.store.series_register import load_register
    from styrmatt.normalize.series.search import search

    register = load_register(root)
    found = search(register, text)
    if not found:
        raise UsageError(
            f"There is no measure or goal like {text!r} in {root}.",
            hint="Give words of its name, a series_id or a measure_id.",
        )
    if len(found) > 1:
        return tuple(found)
    return _history(root, found[0], register)


def history(root: Path, series_id: str) -> SeriesHistory | None:
    """The history of the series with this id; None where there is none. Raises OutputError."""
    from styrmatt.export.store.series_register import series_beside

    found = series_beside(root, series_id)
    return _history(root, found[0], found) if found else None


def _history(root: Path, series: Series, register: Sequence[Series]) -> SeriesHistory:
    by_id = {row.series_id: row for row in register}
    appearances = tuple(_appearances(root, series))
    return SeriesHistory(
        series,
        appearances,
        curves(appearances),
        by_id.get(series.predecessor_series_id or ""),
        tuple(s for s in register if s.predecessor_series_id == series.series_id),
    )


def curves(appearances: Iterable[Appearance]) -> tuple[Curve, ...]:
    """The stated results by sex; where the unit changed, only those in the last one.

    A result counts for the year that it was stated for, and an annual report takes precedence over
    an interim one. A year without a result gets the one that a later report compares its own with.
    """
    lines = [
        (line.sex or "T", appearance, line)
        for appearance in appearances
        for line in appearance.lines
    ]
    found = []
    for sex in _SEXES:
        stated = [
            (appearance, line)
            for line_sex, appearance, line in lines
            if line_sex == sex and line.value is not None
        ]
        if stated:
            unit = stated[-1][1].unit
            points = _points((a, line) for a, line in stated if line.unit == unit)
            found.append(Curve(sex, unit, points))
    return tuple(found)


def _points(stated: Iterable[tuple[Appearance, SeriesLine]]) -> tuple[Point, ...]:
    best: dict[int, tuple[_Precedence, float]] = {}
    for appearance, line in stated:
        own = _Precedence.ANNUAL if appearance.report_kind == "annual" else _Precedence.INTERIM
        year = line.value_year or appearance.fiscal_year
        before = [(line.previous_year, line.previous_value)]
        before += [(point.year, point.value) for point in line.other_years]
        for of_year, value, precedence in (
            (year, line.value, own),
            *((*one, _Precedence.COMPARED_WITH) for one in before),
        ):
            if of_year is None or value is None:
                continue
            if of_year not in best or best[of_year][0] <= precedence:
                best[of_year] = (precedence, value)
    return tuple(Point(year, best[year][1]) for year in sorted(best))


def _appearances(root: Path, series: Series) -> Iterable[Appearance]:
    for member in series.members:
        if not member.present:
            continue
        rows = _rows(root, member, "documents")
        document = next((row for row in rows if isinstance(row, Document)), None)
        if document is None:  # its files were deleted
            continue
        dataset = "goals" if series.kind == "goal" else "records"
        yield Appearance(
            fiscal_year=member.fiscal_year,
            document_id=member.document_id,
            report_kind=document.report_kind,
            source_name=document.source_name,
            item_id=member.item_id,
            name=member.name,
            board=member.board,
            goal=member.goal,
            success_factor=member.success_factor,
            reason=member.reason,
            score=member.score,
            lines=tuple(_lines(root, member, _rows(root, member, dataset))),
        )


def _rows(root: Path, member: SeriesMember, dataset: str) -> Sequence[Any]:
    from styrmatt.export.parquet.rows import read_rows
    from styrmatt.export.store.files import file_path
    from styrmatt.export.store.transaction import read_consistently

    path = root / file_path(dataset, member.fiscal_year, member.document_id)
    return read_consistently(root, lambda: read_rows(path, dataset))


def _lines(root: Path, member: SeriesMember, rows: Sequence[Any]) -> Iterable[SeriesLine]:
    records = [row for row in rows if isinstance(row, Record) and row.measure_id == member.item_id]
    outcomes = _rows(root, member, "outcomes") if records else ()
    for record in sorted(records, key=lambda record: _SEXES.index(record.sex)):
        yield SeriesLine(
            sex=record.sex,
            target=record.target_text,
            value=record.outcome_value,
            unit=record.outcome_unit,
            value_year=record.outcome_year,
            previous_value=record.previous_value,
            previous_year=record.previous_year,
            change=record.outcome_change,
            status=record.status,
            trend=record.trend,
            status_stated=record.status_stated,
            sentence=record.outcome_text,
            sentence_page=record.outcome_page,
            page=record.page,
            source=record.outcome_source,
            gap=record.gap,
            fulfilment=record.fulfilment,
            forecast=record.forecast_value,
            forecast_unit=record.forecast_unit,
            forecast_year=record.forecast_year,
            comment=record.comment,
            other_years=tuple(_other_years(record, outcomes)),
        )
    for goal in rows:
        if isinstance(goal, Goal) and goal.goal_id == member.item_id:
            yield _goal_line(goal)


def _other_years(record: Record, outcomes: Iterable[Outcome]) -> Iterable[Point]:
    """What the columns of earlier years say of the record's measure and sex."""
    for row in outcomes:
        own = (row.measure_id, row.sex, row.unit) == (
            record.measure_id,
            record.sex,
            record.outcome_unit,
        )
        whole = (row.kind, row.source, row.area, row.period) == ("outcome", "table", None, None)
        year, value = row.outcome_year, row.value
        if own and whole and year is not None and year < record.fiscal_year and value is not None:
            yield Point(year, value)


def _goal_line(goal: Goal) -> SeriesLine:
    return SeriesLine(
        sex=None,
        target=None,
        value=None,
        unit=None,
        value_year=None,
        previous_value=None,
        previous_year=None,
        change=None,
        status=goal.assessment,
        trend=None,
        status_stated=goal.assessment_stated,
        sentence=goal.assessment_text,
        sentence_page=goal.assessment_page,
        page=goal.page,
    )
