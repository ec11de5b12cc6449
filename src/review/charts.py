"""Charts as SVG: described in Vega-Lite through Altair, drawn here and not in the browser."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from styrmatt.export.load import import_pandas
from styrmatt.pipeline.use_cases.show import SeriesHistory, history
from styrmatt.review.messages import LANGUAGES, Messages, messages
from styrmatt.review.series_view import YearFigures, figures_of
from styrmatt.review.shares_view import pairs_of, shares_of
from styrmatt.review.view import NotFoundError, Workspace

THEMES: Final = ("light", "dark")
_STATUSES: Final = ("not_met", "partly_met", "met", "not_assessed")
_SEX_SHAPES: Final = {"T": "circle", "K": "triangle-up", "M": "square"}
"""Women, men and all differ in shape as well as in colour."""
_SEX_DASHES: Final = {"T": [1, 0], "K": [6, 3], "M": [2, 2]}
_STATUS_SIGNS: Final = {"met": "\u2713", "partly_met": "\u25b2", "not_met": "\u2715"}
"""What stands in a bar beside its number, so that its colour is not all there is."""
_MOST_PAIRS: Final = 30
"""Measures that the chart of women and men shows: more rows than that are read in the table."""
_ROW_HEIGHT: Final = 26
"""Pixels of a row of that chart: two lines of text."""
_WIDTH: Final = 860
"""Pixels of a chart's drawing: with its axes it is as wide as the text; a phone scrolls it."""
_HEIGHT: Final = 260
_LABEL: Final = 420
"""Pixels that the name of a measure may take beside a row."""


@dataclass(frozen=True, slots=True)
class _Theme:
    text: str
    soft: str
    line: str
    sexes: Mapping[str, str]
    statuses: Mapping[str, str]
    on_status: str
    """Of text on a mark's colour."""


_THEME: Final[Mapping[str, _Theme]] = {
    "light": _Theme(
        "#17212b",
        "#55626e",
        "#d5dbe1",
        {"T": "#00558c", "K": "#6b3fa0", "M": "#006b5b"},
        {
            "met": "#1a7a4a",
            "partly_met": "#a3650b",
            "not_met": "#b3261e",
            "not_assessed": "#64707b",
        },
        "#ffffff",
    ),
    "dark": _Theme(
        "#e8edf1",
        "#a9b5c0",
        "#33404b",
        {"T": "#82c7f7", "K": "#c9a6f2", "M": "#6fd6c3"},
        {
            "met": "#5fd094",
            "partly_met": "#ecb95a",
            "not_met": "#ff8f86",
            "not_assessed": "#a3afba",
        },
        "#10161b",
    ),
}


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
    return _drawn(kind, tuple(tuple(row.items()) for row in rows), name, say.language)


def warm_up() -> None:
    """Load the libraries of charts, which takes a second that nobody should wait for."""
    _drawn(
        "shares",
        ((("year", "1"), ("place", "1"), ("status", "met"), ("n", 1)),),
        "light",
        LANGUAGES[0],
    )


@lru_cache(maxsize=256)
def _drawn(
    kind: str, rows: tuple[tuple[tuple[str, Any], ...], ...], theme: str, language: str
) -> str:
    import vl_convert

    import_pandas()
    say = messages(language)
    chart = _CHARTS[kind].draw([dict(row) for row in rows], _THEME[theme], say)
    return str(vl_convert.vegalite_to_svg(_themed(chart, _THEME[theme]).to_dict()))


def _themed(chart: Any, theme: _Theme) -> Any:
    return (
        chart.configure(
            font="system-ui, Noto Sans, Liberation Sans, sans-serif", background="transparent"
        )
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=theme.soft,
            titleColor=theme.soft,
            gridColor=theme.line,
            domainColor=theme.soft,
            tickColor=theme.line,
            labelFontSize=13,
            titleFontSize=13,
            titleFontWeight="normal",
            labelLimit=_LABEL,
        )
        .configure_legend(
            labelColor=theme.text,
            titleColor=theme.soft,
            labelFontSize=13,
            orient="top",
            title=None,
            symbolSize=110,
            symbolStrokeWidth=0,
        )
    )


def _series_rows(workspace: Workspace, about: str, say: Messages) -> list[dict[str, Any]]:
    own, *joined = about.split(",")
    found = _found(workspace, own)
    figures = figures_of(workspace, found, joined)
    return [_point(figure, joined, say) for figure in figures]


def _point(figure: YearFigures, joined: Sequence[str], say: Messages) -> dict[str, Any]:
    word = say.word("sex", figure.sex)
    who = f"{figure.organisation}, {word}" if joined else word
    if figure.earlier_definition:
        who = f"{who} ({say('series.earlier')})"
    return {
        "year": str(figure.year),
        "sex": figure.sex,
        "who": who,
        "result": figure.result,
        "target": figure.target,
        "break": figure.earlier_definition,
        "unit": say.word("unit_name", figure.unit) if figure.unit else None,
    }


def _series_chart(rows: Sequence[Mapping[str, Any]], theme: _Theme, say: Messages) -> Any:
    import altair as alt

    who = list(dict.fromkeys(row["who"] for row in rows))
    sex_of = {row["who"]: row["sex"] for row in rows}
    unit = next((row["unit"] for row in rows if row["unit"]), None)
    colours = [theme.sexes[sex_of[name]] for name in who]
    legend = None if len(who) == 1 else alt.Legend()
    colour = alt.Color("who:N", scale=alt.Scale(domain=who, range=colours), legend=legend)
    shape = alt.Shape(
        "who:N",
        scale=alt.Scale(domain=who, range=[_SEX_SHAPES[sex_of[name]] for name in who]),
        legend=legend,
    )
    dash = alt.StrokeDash(
        "who:N",
        scale=alt.Scale(domain=who, range=[_SEX_DASHES[sex_of[name]] for name in who]),
        legend=None,
    )
    base = alt.Chart(alt.Data(values=[dict(row) for row in rows])).encode(
        x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, grid=False)), color=colour
    )
    scale = alt.Scale(zero=False, padding=12)
    marks = alt.Axis(labelExpr=f"replace(datum.label, '.', '{say('figures.decimal')}')")
    value = alt.Y("result:Q", title=unit, scale=scale, axis=marks)
    results = base.transform_filter("isValid(datum.result)")
    lines = results.mark_line(strokeWidth=2.5).encode(y=value, strokeDash=dash)
    points = results.mark_point(filled=True, size=110, opacity=1).encode(y=value, shape=shape)
    labels = (
        results.mark_text(dy=-14, fontSize=13)
        .encode(y=value, text=alt.Text("label:N"), color=alt.value(theme.text))
        .transform_calculate(label=_number_expression("result", say))
    )
    targets = (
        base.transform_filter("isValid(datum.target)")
        .mark_tick(thickness=3, size=44, opacity=0.75)
        .encode(
            y=alt.Y("target:Q", title=unit, scale=scale, axis=marks), color=alt.value(theme.soft)
        )
    )
    layers = [targets, lines, points, labels]
    breaks = [row["year"] for row in rows if not row["break"]]
    if any(row["break"] for row in rows) and breaks:
        rule = alt.Chart(alt.Data(values=[{"year": min(breaks)}])).mark_rule(
            strokeDash=[4, 4], strokeWidth=2, color=theme.soft, xOffset=-40
        )
        layers.append(rule.encode(x="year:O"))
    return alt.layer(*layers).properties(width=_WIDTH, height=_HEIGHT)


def _number_expression(field: str, say: Messages) -> str:
    """The expression that writes a figure with this language's decimal mark."""
    return f"replace(format(datum.{field}, '.6~g'), '.', '{say('figures.decimal')}')"


def _goal_rows(workspace: Workspace, about: str, say: Messages) -> list[dict[str, Any]]:
    found = _found(workspace, about)
    return [
        {"year": str(a.fiscal_year), "status": say.word("status", line.status), "key": line.status}
        for a in found.appearances
        for line in a.lines
        if line.status in _STATUSES
    ]


def _goal_chart(rows: Sequence[Mapping[str, Any]], theme: _Theme, say: Messages) -> Any:
    import altair as alt

    words = [say.word("status", status) for status in reversed(_STATUSES[:3])]
    words += [say.word("status", _STATUSES[3])]
    keys = ["met", "partly_met", "not_met", "not_assessed"]
    base = alt.Chart(alt.Data(values=[dict(row) for row in rows])).encode(
        x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, grid=False)),
        y=alt.Y("status:N", title=None, sort=words, scale=alt.Scale(domain=words)),
    )
    points = base.mark_point(filled=True, size=320, opacity=1).encode(
        color=alt.Color(
            "key:N",
            scale=alt.Scale(domain=keys, range=[theme.statuses[key] for key in keys]),
            legend=None,
        ),
        shape=alt.Shape(
            "key:N",
            scale=alt.Scale(domain=keys, range=["circle", "triangle-up", "square", "diamond"]),
            legend=None,
        ),
    )
    return (base.mark_line(color=theme.line, strokeWidth=2) + points).properties(
        width=_WIDTH, height=160
    )


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


def _share_chart(rows: Sequence[Mapping[str, Any]], theme: _Theme, say: Messages) -> Any:
    import altair as alt

    keys = ["met", "partly_met", "not_met"]
    words = [say.word("status", key) for key in keys]
    order = {key: number for number, key in enumerate(keys)}
    values = [
        {
            **row,
            "word": say.word("status", row["status"]),
            "order": order[row["status"]],
            "label": f"{_STATUS_SIGNS[row['status']]} {row['n']}",
        }
        for row in rows
    ]
    places = list(dict.fromkeys(row["place"] for row in rows))
    base = alt.Chart(alt.Data(values=values)).encode(
        y=alt.Y("year:O", title=None, axis=alt.Axis(domain=False, ticks=False)), order="order:Q"
    )
    bars = base.mark_bar().encode(
        x=alt.X("n:Q", stack="normalize", title=say("shares.axis"), axis=alt.Axis(format="%")),
        color=alt.Color(
            "word:N",
            scale=alt.Scale(domain=words, range=[theme.statuses[key] for key in keys]),
            legend=alt.Legend(),
        ),
    )
    texts = (
        base.transform_filter("datum.n > 0")
        .mark_text(fontSize=12, fontWeight=600, color=theme.on_status)
        .encode(
            x=alt.X("n:Q", stack="normalize", bandPosition=0.5),
            text="label:N",
            detail="word:N",
        )
    )
    layered = alt.layer(bars, texts).properties(width=_WIDTH, height=alt.Step(_ROW_HEIGHT))
    return layered.facet(
        row=alt.Row(
            "place:N",
            sort=places,
            title=None,
            header=alt.Header(
                labelAngle=0,
                labelAnchor="start",
                labelOrient="top",
                labelColor=theme.text,
                labelFontSize=14,
                labelFontWeight=600,
            ),
        ),
        spacing=14,
    )


def _sex_rows(workspace: Workspace, about: str, say: Messages) -> list[dict[str, Any]]:
    pairs = [p for p in pairs_of(workspace, workspace.report(about)) if p.difference is not None]
    percent = [pair for pair in pairs if pair.women["outcome_unit"] == "percent"]
    return [
        {"measure": pair.women["measure"], "sex": sex, "value": line["outcome_value"]}
        for pair in percent[:_MOST_PAIRS]
        for sex, line in (("K", pair.women), ("M", pair.men))
    ]


def _sex_chart(rows: Sequence[Mapping[str, Any]], theme: _Theme, say: Messages) -> Any:
    import altair as alt

    sexes = ["K", "M"]
    words = [say.word("sex", sex) for sex in sexes]
    values = [{**row, "who": say.word("sex", row["sex"])} for row in rows]
    base = alt.Chart(alt.Data(values=values)).encode(
        y=alt.Y(
            "measure:N",
            title=None,
            sort=list(dict.fromkeys(row["measure"] for row in rows)),
            axis=alt.Axis(grid=True, domain=False, ticks=False),
        ),
        x=alt.X("value:Q", title=say.word("unit_name", "percent"), scale=alt.Scale(zero=False)),
    )
    lines = base.mark_line(color=theme.soft, strokeWidth=2).encode(detail="measure:N")
    points = base.mark_point(filled=True, size=130, opacity=1).encode(
        color=alt.Color(
            "who:N", scale=alt.Scale(domain=words, range=[theme.sexes[sex] for sex in sexes])
        ),
        shape=alt.Shape(
            "who:N", scale=alt.Scale(domain=words, range=[_SEX_SHAPES[sex] for sex in sexes])
        ),
    )
    return (lines + points).properties(width=_WIDTH, height=alt.Step(_ROW_HEIGHT + 8))


def _found(workspace: Workspace, series_id: str) -> SeriesHistory:
    found = history(workspace.root, series_id)
    if found is None:
        raise NotFoundError(series_id)
    return found


@dataclass(frozen=True, slots=True)
class _ChartKind:
    rows: Callable[[Workspace, str, Messages], list[dict[str, Any]]]
    draw: Callable[[Sequence[Mapping[str, Any]], _Theme, Messages], Any]


_CHARTS: Final[Mapping[str, _ChartKind]] = {
    "series": _ChartKind(_series_rows, _series_chart),
    "goal": _ChartKind(_goal_rows, _goal_chart),
    "shares": _ChartKind(_share_rows, _share_chart),
    "sexes": _ChartKind(_sex_rows, _sex_chart),
}
