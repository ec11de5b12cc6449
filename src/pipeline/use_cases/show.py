"""One measure or goal over the years: what the reports below a root have of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from styrmatt.errors import UsageError
from styrmatt.records import Document, Goal, Record, Series, SeriesMember


@dataclass(frozen=True, slots=True)
class SeriesLine:
    """What a report has of a measure for one sex, or of a goal."""

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
class Point:
    """A value of one year."""

    year: int
    value: float


@dataclass(frozen=True, slots=True)
class Curve:
    """The values of one sex over the years, all of one unit."""

    sex: str
    unit: str | None
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A series with all that the reports have of it, the earliest first."""

    series: Series
    appearances: tuple[Appearance, ...]
    curves: tuple[Curve, ...]
    predecessor: Series | None
    successors: tuple[Series, ...]


def show(root: Path, text: str) -> Shown | tuple[Series, ...]:
    """The series that a text means; several where it is not clear which.

    Raises UsageError where none is like it, and OutputError for a folder without a register.
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
    (series,) = found
    by_id = {row.series_id: row for row in register}
    appearances = tuple(_appearances(root, series))
    return Shown(
        series,
        appearances,
        curves(appearances),
        by_id.get(series.predecessor_series_id or ""),
        tuple(s for s in register if s.predecessor_series_id == series.series_id),
    )


def curves(appearances: Iterable[Appearance]) -> tuple[Curve, ...]:
    """The stated results by sex; where units changed, those of the last one.

    A result counts for the year that it was stated for. One that a later report only compares
    with fills a year that has none of its own; an annual report goes before an interim one.
    """
    lines = [
        (line.sex or "T", appearance, line)
        for appearance in appearances
        for line in appearance.lines
    ]
    made = []
    for sex in ("T", "K", "M"):
        own = [(a, line) for s, a, line in lines if s == sex and line.value is not None]
        if own:
            unit = own[-1][1].unit
            points = _points((a, line) for a, line in own if line.unit == unit)
            made.append(Curve(sex, unit, points))
    return tuple(made)


def _points(stated: Iterable[tuple[Appearance, SeriesLine]]) -> tuple[Point, ...]:
    values: dict[int, tuple[int, float]] = {}
    for appearance, line in stated:
        rank = 2 if appearance.report_kind == "annual" else 1
        year = line.value_year or appearance.fiscal_year
        options = [(year, line.value, rank), (line.previous_year, line.previous_value, 0)]
        for when, value, weight in options:
            if when is not None and value is not None and values.get(when, (-1, 0.0))[0] <= weight:
                values[when] = (weight, value)
    return tuple(Point(year, values[year][1]) for year in sorted(values))


def _appearances(root: Path, series: Series) -> Iterable[Appearance]:
    for member in series.members:
        if not member.present:
            continue
        rows = _rows(root, member, "documents")
        document = next((row for row in rows if isinstance(row, Document)), None)
        if document is None:  # its files were taken away
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
            lines=tuple(_lines(member, _rows(root, member, dataset))),
        )


def _rows(root: Path, member: SeriesMember, dataset: str) -> Sequence[Any]:
    from styrmatt.export.parquet.rows import read_rows
    from styrmatt.export.store.files import file_path
    from styrmatt.export.store.transaction import read_consistently

    path = root / file_path(dataset, member.fiscal_year, member.document_id)
    return read_consistently(root, lambda: read_rows(path, dataset))


def _lines(member: SeriesMember, rows: Sequence[Any]) -> Iterable[SeriesLine]:
    order: Mapping[str, int] = {"T": 0, "K": 1, "M": 2}
    own = [r for r in rows if isinstance(r, Record) and r.measure_id == member.item_id]
    for record in sorted(own, key=lambda r: order[r.sex]):
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
        )
    for goal in rows:
        if isinstance(goal, Goal) and goal.goal_id == member.item_id:
            yield _goal_line(goal)


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
