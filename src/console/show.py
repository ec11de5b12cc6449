"""Prints one measure or goal over the years."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from styrmatt.console.style import plain_table, stdout_console
from styrmatt.pipeline.use_cases.show import Appearance, Curve, Point, SeriesHistory, SeriesLine
from styrmatt.records import SERIES_REASONS, Series

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_BARS: Final = "▁▂▃▄▅▆▇█"
_ARROWS: Final = {"up": "↑", "flat": "→", "down": "↓"}
_STYLES: Final = {
    "met": "green",
    "partly_met": "yellow",
    "not_met": "red",
    "not_assessed": "dim",
}
_UNITS: Final = {"percent": " %", "percentage_points": " percentage points", "count": ""}
_NO_VALUE: Final = "·"
"""Stands in a sparkline for a year without a value."""


def print_history(history: SeriesHistory, format: str) -> None:
    """Print a series over the years as text or JSON."""
    if format == "json":
        print(json.dumps(asdict(history), ensure_ascii=False, indent=2))
        return
    console = stdout_console()
    _print_head(console, history)
    console.print()
    console.print(_line_table(history.appearances, with_sex=history.series.kind == "measure"))
    if history.curves:
        console.print()
        console.print(_curve_table(history.curves))
    _print_sentences(console, history.appearances)


def print_candidates(series: Sequence[Series], format: str) -> None:
    """Print the series that a text fits, as text or JSON."""
    if format == "json":
        print(json.dumps([asdict(row) for row in series], ensure_ascii=False, indent=2))
        return
    table = plain_table()
    for header in ("series", "years", "what"):
        table.add_column(header, no_wrap=True)
    table.add_column("name", overflow="fold", ratio=1)
    for row in series:
        table.add_row(row.series_id, _years(row), row.kind, row.names[-1])
    console = stdout_console()
    console.print(f"{len(series)} measures or goals fit; name one by its series.")
    console.print(table)


def sparkline(points: Sequence[Point]) -> str:
    """The values as bars, one for each year; a dot for a year without one."""
    if not points:
        return ""
    low, high = min(p.value for p in points), max(p.value for p in points)
    values = {p.year: p.value for p in points}
    return "".join(
        _bar(values[year], low, high) if year in values else _NO_VALUE
        for year in range(points[0].year, points[-1].year + 1)
    )


def value_with_unit(value: float | None, unit: str | None) -> str:
    """A value with its unit: ``39 %``, ``1 234.5 tkr``; empty for no value."""
    if value is None:
        return ""
    number = f"{value:,.10g}".replace(",", "\u00a0")
    return number + (_UNITS.get(unit, f" {unit}") if unit else "")


def _bar(value: float, low: float, high: float) -> str:
    if high == low:
        return _BARS[len(_BARS) // 2]
    return _BARS[round((value - low) / (high - low) * (len(_BARS) - 1))]


def _years(series: Series) -> str:
    if series.first_year == series.last_year:
        return str(series.first_year)
    return f"{series.first_year}–{series.last_year}"


def _print_head(console: Console, history: SeriesHistory) -> None:
    series = history.series
    console.print(series.names[-1], style="bold", soft_wrap=True)
    about = (series.kind, series.organisation, _years(series), series.series_id)
    console.print(" | ".join(about), style="dim", soft_wrap=True)
    others = [("Earlier", history.predecessor)] if history.predecessor else []
    for when, other in (*others, *(("Later", after) for after in history.successors)):
        name = f"{other.names[-1]} ({_years(other)}, {other.series_id})"
        console.print(f"{when}, with another definition: {name}", soft_wrap=True)
    if not history.appearances:
        console.print("No report in this folder has it any more.")
    for appearance in history.appearances:
        console.print()
        console.print(f"{appearance.fiscal_year}  {appearance.name}", soft_wrap=True)
        for line in _origin(appearance):
            console.print(f"      {line}", style="dim", soft_wrap=True)


def _origin(appearance: Appearance) -> Iterator[str]:
    """Where a measure or goal is in a report, and why it belongs to the series."""
    board = f"{appearance.board}, " if appearance.board else ""
    place = " / ".join(filter(None, (appearance.goal, appearance.success_factor)))
    if place:
        yield f"{board}{place}"
    pages = sorted({line.page for line in appearance.lines})
    where = f", page {', '.join(map(str, pages))}" if pages else ""
    yield f"{appearance.source_name}{where}"
    if appearance.reason != "founding":
        score = "" if appearance.reason == "decided" else f" ({appearance.score:.2f})"
        yield f"{appearance.reason}: {SERIES_REASONS[appearance.reason]}{score}"


def _line_table(appearances: Sequence[Appearance], *, with_sex: bool) -> Table:
    from rich.text import Text

    table = plain_table()
    lines = [line for appearance in appearances for line in appearance.lines]
    forecast = any(line.forecast is not None for line in lines)
    heads = ["year", "report", "sex", "target", "result", "status", "trend", "page"]
    if forecast:
        heads.insert(5, "forecast")
    goal_heads = ["year", "report", "status", "page"]
    for head in heads if with_sex else goal_heads:
        table.add_column(head, justify="right" if head == "page" else "left", overflow="fold")
    for appearance in appearances:
        for line in appearance.lines:
            status = Text(line.status or "", style=_STYLES.get(line.status or "", ""))
            first = (str(appearance.fiscal_year), appearance.report_kind)
            where = str(line.page)
            if with_sex:
                what = [line.sex or "", line.target or "", value_with_unit(line.value, line.unit)]
                if forecast:
                    what.append(value_with_unit(line.forecast, line.forecast_unit))
                table.add_row(*first, *what, status, _ARROWS.get(line.trend or "", ""), where)
            else:
                table.add_row(*first, status, where)
    return table


def _curve_table(curves: Sequence[Curve]) -> Table:
    table = plain_table()
    for head in ("sex", "results", "years", "values"):
        table.add_column(head)
    for curve in curves:
        years = [point.year for point in curve.points]
        values = ", ".join(
            f"{p.year}: {value_with_unit(p.value, curve.unit)}" for p in curve.points
        )
        span = f"{years[0]}–{years[-1]}" if len(years) > 1 else str(years[0])
        table.add_row(curve.sex, sparkline(curve.points), span, values)
    return table


def _print_sentences(console: Console, appearances: Sequence[Appearance]) -> None:
    printed: set[tuple[str, str]] = set()
    for appearance in appearances:
        for line in appearance.lines:
            in_text = line.sentence if line.source != "table" else None
            for text, where in (
                (in_text, _source(appearance, line)),
                (line.comment, f"{appearance.fiscal_year}, comment, page {line.page}"),
            ):
                if text and (appearance.document_id, text) not in printed:
                    printed.add((appearance.document_id, text))
                    console.print()
                    console.print(where, style="dim", soft_wrap=True)
                    console.print(f"  {text}", soft_wrap=True)


def _source(appearance: Appearance, line: SeriesLine) -> str:
    stated = f", says {line.status_stated}" if line.status_stated else ""
    page = line.sentence_page or line.page
    return f"{appearance.fiscal_year}, {appearance.source_name}, page {page}{stated}"
