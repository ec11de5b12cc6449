"""How charts look: each described in Vega-Lite through Altair, for a light or a dark page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from styrmatt.review.messages import Messages

_COLOUR: Final = re.compile(r"#[0-9a-f]{6}\b")
ASSESSED: Final = ("not_met", "partly_met", "met", "not_assessed")
_SEX_SHAPES: Final = {"T": "circle", "K": "triangle-up", "M": "square"}
"""Women, men and all differ in shape as well as in colour."""
_SEX_DASHES: Final = {"T": [1, 0], "K": [6, 3], "M": [2, 2]}
_SEX_PLACES: Final = {"T": 0, "K": -14, "M": 14}
"""Pixels from a year's middle at which a mark without a result stands."""
_PLACE_SHAPES: Final = (
    *("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right"),
)
"""Organisations beside each other differ in shape as well."""
STATUS_SIGNS: Final = {"met": "\u2713", "partly_met": "\u25b2", "not_met": "\u2715"}
"""What stands in a bar beside its number, and below a point, so that colour is not all there is."""
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
    places: Sequence[str]
    """Of organisations beside each other."""

    def colours(self) -> tuple[str, ...]:
        """All of them, in an order that themes share."""
        named = (self.text, self.soft, self.line, self.on_status)
        return (*named, *self.sexes.values(), *self.statuses.values(), *self.places)


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
        ("#00558c", "#a3460b", "#006b5b", "#6b3fa0", "#8a6100", "#b3261e", "#3d4a56"),
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
        ("#82c7f7", "#f3b36d", "#6fd6c3", "#c9a6f2", "#e8dc6a", "#ff8f86", "#c5d0da"),
    ),
}


DRAWN: Final = "light"
"""The theme that charts are drawn in; others have other colours and the same lines."""


def recoloured(svg: str, theme: str) -> str:
    """A drawing of the theme DRAWN in the colours of another one."""
    other = dict(zip(THEMES[DRAWN].colours(), THEMES[theme].colours(), strict=True))
    return _COLOUR.sub(lambda found: other.get(found[0], found[0]), svg)


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
    """Results as lines, targets as bars, by year; a rule where the definition changed.

    Lines of one organisation differ by sex, those of several by organisation. Figures and marks
    stand at the points of the first one.
    """
    import altair as alt

    look = _Look.of(rows, theme)
    value: dict[str, Any] = {
        "title": next((row["unit"] for row in rows if row["unit"]), None),
        "scale": alt.Scale(zero=False, padding=22),
        "axis": alt.Axis(labelExpr=f"replace(datum.label, '.', '{say('figures.decimal')}')"),
    }
    legend = None if len(look.groups) == 1 else alt.Legend(columns=3, labelLimit=_LABEL)
    colours = alt.Scale(domain=look.groups, range=look.colours)
    base = alt.Chart(alt.Data(values=[dict(row) for row in rows])).encode(
        x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, grid=False)),
        color=alt.Color("group:N", scale=colours, legend=legend),
    )
    results = base.transform_filter("isValid(datum.result)").encode(y=alt.Y("result:Q", **value))
    shapes = alt.Scale(domain=look.groups, range=look.shapes)
    dashes = alt.Scale(domain=look.words, range=[_SEX_DASHES[sex] for sex in look.sexes])
    of_sexes = alt.Legend(
        symbolType="stroke", symbolSize=700, symbolStrokeWidth=2.5, symbolStrokeColor=theme.soft
    )
    dash_legend = of_sexes if look.by_place and len(look.words) > 1 else None
    targets = (
        base.transform_filter("isValid(datum.target) && datum.is_own")
        .mark_tick(thickness=3, size=44, opacity=0.75)
        .encode(y=alt.Y("target:Q", **value), color=alt.value(theme.soft))
    )
    lines = results.mark_line(strokeWidth=2.5)
    points = results.mark_point(filled=True, size=110, opacity=1)
    layers = [
        targets,
        lines.encode(strokeDash=alt.StrokeDash("word:N", scale=dashes, legend=dash_legend)),
        points.encode(shape=alt.Shape("group:N", scale=shapes, legend=legend)),
        _labels(results, theme, say),
        *_signs(rows, base, results, theme),
        *_breaks(rows, theme),
    ]
    return alt.layer(*layers).properties(width=_WIDTH, height=_HEIGHT)


@dataclass(frozen=True, slots=True)
class _Look:
    """What tells the lines of a chart apart: sexes, or organisations where there are several."""

    by_place: bool
    groups: list[str]
    colours: list[str]
    shapes: list[str]
    words: list[str]
    sexes: list[str]

    @classmethod
    def of(cls, rows: Sequence[Mapping[str, Any]], theme: ChartTheme) -> _Look:
        """The look of these rows; an earlier definition is grey."""
        first: dict[str, Mapping[str, Any]] = {}
        for row in rows:
            first.setdefault(row["group"], row)
        by_place = not all(row["is_own"] for row in rows)
        groups = sorted(
            first, key=lambda group: (first[group]["break"], not first[group]["is_own"])
        )
        colours, shapes = [], []
        for number, row in enumerate(first[group] for group in groups):
            at = number % len(theme.places)
            colour = theme.places[at] if by_place else theme.sexes[row["sex"]]
            colours.append(theme.soft if row["break"] else colour)
            shapes.append(_PLACE_SHAPES[at] if by_place else _SEX_SHAPES[row["sex"]])
        sexes = {row["word"]: row["sex"] for row in rows}
        return cls(by_place, groups, colours, shapes, list(sexes), list(sexes.values()))


def _labels(results: Any, theme: ChartTheme, say: Messages) -> Any:
    """The figures above the points."""
    import altair as alt

    return (
        results.transform_filter("datum.is_own")
        .mark_text(dy=-14, fontSize=13)
        .encode(text=alt.Text("label:N"), color=alt.value(theme.text))
        .transform_calculate(label=_number_expression("result", say))
    )


def _signs(
    rows: Sequence[Mapping[str, Any]], base: Any, results: Any, theme: ChartTheme
) -> list[Any]:
    """The marks below the points; at the foot of the chart for years without a result.

    Each layer takes a tenth of a second, so there are those alone that show something.
    """
    import altair as alt

    colour = alt.when("datum.status == 'met'").then(alt.value(theme.statuses["met"]))
    for status in tuple(STATUS_SIGNS)[1:]:
        colour = colour.when(f"datum.status == '{status}'").then(alt.value(theme.statuses[status]))

    def signs(chart: Any, **place: float) -> Any:
        own = chart.transform_filter("datum.is_own && isValid(datum.sign)")
        return own.mark_text(fontSize=14, fontWeight=700, **place).encode(
            text="sign:N", color=colour.otherwise(alt.value(theme.soft))
        )

    marked = [row for row in rows if row["is_own"] and row["sign"]]
    layers = [signs(results, dy=17)] if any(r["result"] is not None for r in marked) else []
    for sex in dict.fromkeys(row["sex"] for row in marked if row["result"] is None):
        without = base.transform_filter(f"!isValid(datum.result) && datum.sex == '{sex}'")
        layers.append(signs(without, dx=_SEX_PLACES[sex]).encode(y=alt.value(_HEIGHT - 9)))
    return layers


def _breaks(rows: Sequence[Mapping[str, Any]], theme: ChartTheme) -> list[Any]:
    """A rule before the first year of the definition that holds now, where there was another."""
    import altair as alt

    years = [row["year"] for row in rows if row["is_own"] and not row["break"]]
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
            "label": f"{STATUS_SIGNS[row['status']]} {row['n']}",
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
