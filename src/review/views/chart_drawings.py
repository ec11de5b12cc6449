"""How charts look: each described in Vega-Lite through Altair, for a light or a dark page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from styrmatt.review.messages import Messages

ASSESSED: Final = ("not_met", "partly_met", "met", "not_assessed")
_SEX_SHAPES: Final = {"T": "circle", "K": "triangle-up", "M": "square"}
"""Women, men and all differ in shape as well as in colour."""
_SEX_DASHES: Final = {"T": [1, 0], "K": [6, 3], "M": [2, 2]}
_STATUS_SIGNS: Final = {"met": "\u2713", "partly_met": "\u25b2", "not_met": "\u2715"}
"""What stands in a bar beside its number, so that its colour is not all there is."""
_ROW_HEIGHT: Final = 26
"""Pixels of a row of that chart: two lines of text."""
_WIDTH: Final = 860
"""Pixels of a chart's drawing: with its axes it is as wide as the text; a phone scrolls it."""
_HEIGHT: Final = 260
_LABEL: Final = 420
"""Pixels that the name of a measure may take beside a row."""


@dataclass(frozen=True, slots=True)
class ChartTheme:
    """Colours of charts, as #rrggbb."""

    text: str
    soft: str
    line: str
    sexes: Mapping[str, str]
    statuses: Mapping[str, str]
    on_status: str
    """Of text on a mark's colour."""


THEMES: Final[Mapping[str, ChartTheme]] = {
    "light": ChartTheme(
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
    "dark": ChartTheme(
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


def themed(chart: Any, theme: ChartTheme) -> Any:
    """A chart with the colours and sizes of text that all have."""
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


def series_chart(rows: Sequence[Mapping[str, Any]], theme: ChartTheme, say: Messages) -> Any:
    """Results as lines, targets as bars, by year; a rule where the definition changed."""
    import altair as alt

    sex_of = {row["who"]: row["sex"] for row in rows}
    who = list(sex_of)
    legend = None if len(who) == 1 else alt.Legend()

    earlier = {row["who"] for row in rows if row["break"]}
    colours = [theme.soft if name in earlier else theme.sexes[sex_of[name]] for name in who]

    def by_who(values: Mapping[str, Any]) -> Any:
        return alt.Scale(domain=who, range=[values[sex_of[name]] for name in who])

    value: dict[str, Any] = {
        "title": next((row["unit"] for row in rows if row["unit"]), None),
        "scale": alt.Scale(zero=False, padding=12),
        "axis": alt.Axis(labelExpr=f"replace(datum.label, '.', '{say('figures.decimal')}')"),
    }
    base = alt.Chart(alt.Data(values=[dict(row) for row in rows])).encode(
        x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, grid=False)),
        color=alt.Color("who:N", scale=alt.Scale(domain=who, range=colours), legend=legend),
    )
    results = base.transform_filter("isValid(datum.result)").encode(y=alt.Y("result:Q", **value))
    dash = alt.StrokeDash("who:N", scale=by_who(_SEX_DASHES), legend=None)
    shape = alt.Shape("who:N", scale=by_who(_SEX_SHAPES), legend=legend)
    targets = (
        base.transform_filter("isValid(datum.target)")
        .mark_tick(thickness=3, size=44, opacity=0.75)
        .encode(y=alt.Y("target:Q", **value), color=alt.value(theme.soft))
    )
    layers = [
        targets,
        results.mark_line(strokeWidth=2.5).encode(strokeDash=dash),
        results.mark_point(filled=True, size=110, opacity=1).encode(shape=shape),
        _labels(results, theme, say),
        *_breaks(rows, theme),
    ]
    return alt.layer(*layers).properties(width=_WIDTH, height=_HEIGHT)


def _labels(results: Any, theme: ChartTheme, say: Messages) -> Any:
    """The figures above the points."""
    import altair as alt

    return (
        results.mark_text(dy=-14, fontSize=13)
        .encode(text=alt.Text("label:N"), color=alt.value(theme.text))
        .transform_calculate(label=_number_expression("result", say))
    )


def _breaks(rows: Sequence[Mapping[str, Any]], theme: ChartTheme) -> list[Any]:
    """A rule before the first year of the definition that holds now, where there was another."""
    import altair as alt

    years = [row["year"] for row in rows if not row["break"]]
    if not years or not any(row["break"] for row in rows):
        return []
    first = alt.Chart(alt.Data(values=[{"year": min(years)}]))
    rule = first.mark_rule(strokeDash=[4, 4], strokeWidth=2, color=theme.soft, xOffset=-40)
    return [rule.encode(x="year:O")]


def _number_expression(field: str, say: Messages) -> str:
    """The expression that writes a figure with this language's decimal mark."""
    return f"replace(format(datum.{field}, '.6~g'), '.', '{say('figures.decimal')}')"


def goal_chart(rows: Sequence[Mapping[str, Any]], theme: ChartTheme, say: Messages) -> Any:
    """How a goal went, by year."""
    import altair as alt

    words = [say.word("status", status) for status in reversed(ASSESSED[:3])]
    words += [say.word("status", ASSESSED[3])]
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


def share_chart(rows: Sequence[Mapping[str, Any]], theme: ChartTheme, say: Messages) -> Any:
    """Shares of marks as bars, by perspective and year, with their numbers."""
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


def sex_chart(rows: Sequence[Mapping[str, Any]], theme: ChartTheme, say: Messages) -> Any:
    """Results of women and men of each measure, joined by a line."""
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
