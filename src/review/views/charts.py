"""Charts as SVG: described in Vega-Lite through Altair, drawn here and not in the browser."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from styrmatt.export.load import import_pandas
from styrmatt.pipeline.use_cases.show import SeriesHistory, history
from styrmatt.review.messages import LANGUAGES, Messages, messages
from styrmatt.review.views.chart_drawings import (
    ASSESSED,
    DRAWN,
    STATUS_SIGNS,
    THEMES,
    ChartTheme,
    goal_chart,
    recoloured,
    series_chart,
    sex_chart,
    share_chart,
    themed,
)
from styrmatt.review.views.series_view import YearFigures, figures_of
from styrmatt.review.views.shares_view import pairs_of, shares_of
from styrmatt.review.views.view import NotFoundError, Workspace

_MOST_PAIRS: Final = 30
"""Measures that the chart of women and men shows: more rows than that are read in the table."""


def chart_svg(workspace: Workspace, kind: str, about: str, theme: str, say: Messages) -> str:
    """A chart as SVG: ``series`` or ``goal`` of a series, ``shares`` or ``sexes`` of a report.

    ``about`` may join ids of other series by commas. Raises NotFoundError.
    """
    name = theme.removesuffix(".svg")
    if kind not in _CHARTS or name not in THEMES:
        raise NotFoundError(kind)
    rows = _CHARTS[kind].rows(workspace, about, say)
    if not rows:
        raise NotFoundError(about)
    drawn = _drawn(kind, tuple(tuple(row.items()) for row in rows), say.language)
    return drawn if name == DRAWN else recoloured(drawn, name)


def warm_up() -> None:
    """Load the libraries of charts, which takes a second that nobody should wait for."""
    _drawn(
        "shares",
        ((("year", "1"), ("place", "1"), ("status", "met"), ("n", 1)),),
        LANGUAGES[0],
    )


@lru_cache(maxsize=256)
def _drawn(kind: str, rows: tuple[tuple[tuple[str, Any], ...], ...], language: str) -> str:
    import vl_convert

    import_pandas()
    say = messages(language)
    chart = _CHARTS[kind].draw([dict(row) for row in rows], THEMES[DRAWN], say)
    return str(vl_convert.vegalite_to_svg(themed(chart, THEMES[DRAWN]).to_dict(validate=False)))


def _series_rows(workspace: Workspace, about: str, say: Messages) -> list[dict[str, Any]]:
    own, *joined = about.split(",")
    found = _found(workspace, own)
    figures = figures_of(workspace, found, joined)
    units = [figure.unit for figure in figures if figure.series_id == own and figure.unit]
    drawn = [f for f in figures if not units or f.unit == units[-1]]  # others cannot share an axis
    return [_point(figure, joined, say) for figure in drawn]


def _point(figure: YearFigures, joined: Sequence[str], say: Messages) -> dict[str, Any]:
    """A point of the chart. Lines are of one group and sex: an organisation, or the sex itself."""
    word = say.word("sex", figure.sex)
    group = figure.organisation if joined else word
    return {
        "year": str(figure.year),
        "sex": figure.sex,
        "word": word,
        "group": f"{group} ({say('series.earlier')})" if figure.earlier_definition else group,
        "is_own": figure.series_id not in joined,
        "status": figure.status,
        "sign": STATUS_SIGNS.get(figure.status or ""),
        "result": figure.result,
        "target": figure.target,
        "break": figure.earlier_definition,
        "unit": say.word("unit_name", figure.unit) if figure.unit else None,
    }


def _goal_rows(workspace: Workspace, about: str, say: Messages) -> list[dict[str, Any]]:
    found = _found(workspace, about)
    return [
        {"year": str(a.fiscal_year), "status": say.word("status", line.status), "key": line.status}
        for a in found.appearances
        for line in a.lines
        if line.status in ASSESSED
    ]


def _share_rows(workspace: Workspace, about: str, say: Messages) -> list[dict[str, Any]]:
    found = shares_of(workspace, workspace.report(about))
    return [
        {
            "year": str(share.report.fiscal_year),
            "place": share.perspective or say("shares.all"),
            "status": status,
            "n": share.statuses.get(status, 0),
        }
        for share in found
        for status in ("met", "partly_met", "not_met")
    ]


def _sex_rows(workspace: Workspace, about: str, say: Messages) -> list[dict[str, Any]]:
    pairs = [p for p in pairs_of(workspace, workspace.report(about)) if p.difference is not None]
    percent = [pair for pair in pairs if pair.women["outcome_unit"] == "percent"]
    return [
        {"measure": pair.women["measure"], "sex": sex, "value": line["outcome_value"]}
        for pair in percent[:_MOST_PAIRS]
        for sex, line in (("K", pair.women), ("M", pair.men))
    ]


def _found(workspace: Workspace, series_id: str) -> SeriesHistory:
    found = history(workspace.root, series_id)
    if found is None:
        raise NotFoundError(series_id)
    return found


@dataclass(frozen=True, slots=True)
class _ChartKind:
    rows: Callable[[Workspace, str, Messages], list[dict[str, Any]]]
    draw: Callable[[Sequence[Mapping[str, Any]], ChartTheme, Messages], Any]


_CHARTS: Final[Mapping[str, _ChartKind]] = {
    "series": _ChartKind(_series_rows, series_chart),
    "goal": _ChartKind(_goal_rows, goal_chart),
    "shares": _ChartKind(_share_rows, share_chart),
    "sexes": _ChartKind(_sex_rows, sex_chart),
}
