"""Marks as lists of shapes, which reportlab, a browser and a picture paint alike.

A drawing has a box as high as the mark; `y` runs downwards in it, as in SVG.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from math import cos, pi, sin
from typing import Any

from PIL import Image, ImageDraw

from goaltables.cells import Sign
from goaltables.looks import BALL, LIGHT, PALETTES

Point = tuple[float, float]
STEPS = 5
PALE = "#d0d4d8"
INK = "#303030"
KINDS = (
    *("dots", "segments", "thin", "needle"),
    *("smiley", "check", "lamps", "lamps-flat", "disc-half"),
)


@dataclass(frozen=True)
class Shape:
    """A closed path or a line: its points, the colours of its inside and of its line."""

    points: tuple[Point, ...]
    fill: str = ""
    stroke: str = ""
    width: float = 0.0
    closed: bool = True


@dataclass(frozen=True)
class Drawing:
    """Shapes in a box of so many units."""

    width: float
    height: float
    shapes: tuple[Shape, ...]


def arc(x: float, y: float, r: float, start: float = 0, end: float = 360) -> tuple[Point, ...]:
    """Points of an arc; degrees go clockwise from the right."""
    count = max(2, round(abs(end - start) / 10))
    angles = [(start + (end - start) * n / count) * pi / 180 for n in range(count + 1)]
    return tuple((x + r * cos(a), y + r * sin(a)) for a in angles)


def drawing(kind: str, sign: Sign, look: dict[str, Any]) -> Drawing:
    """The drawing of a mark."""
    colour = look["ink"] or PALETTES[look["palette"]].get(sign.status, BALL)
    if kind == "dots":
        return Drawing(58, 10, tuple(_dots(sign.steps, look["gauge_colour"])))
    if kind == "segments":
        return Drawing(45, 10, tuple(_segments(sign.steps, look["gauge_colour"])))
    if kind == "thin":
        return Drawing(59, 4, tuple(_thin(sign.steps, look["gauge_colour"])))
    if kind == "lamps-flat":
        upright = _lamps(sign.status, look["palette"])
        turned = (replace(s, points=tuple((y, x) for x, y in s.points)) for s in upright)
        return Drawing(28, 10, tuple(turned))
    if kind == "needle":
        return Drawing(20, 11, tuple(_needle(sign.steps, look["palette"])))
    if kind == "smiley":
        return Drawing(10, 10, tuple(_smiley(sign.status, colour, bool(look["ink"]))))
    if kind == "check":
        return Drawing(10, 10, tuple(_check(sign.status, colour)))
    if kind == "lamps":
        return Drawing(10, 28, tuple(_lamps(sign.status, look["palette"])))
    return Drawing(10, 10, tuple(_half(sign.status, look["gauge_colour"])))


def _dots(steps: int, colour: str) -> list[Shape]:
    return [
        Shape(arc(5 + 12 * n, 5, 4.5), colour if n < steps else "#ffffff", colour, 0.7)
        for n in range(STEPS)
    ]


def _segments(steps: int, colour: str) -> list[Shape]:
    return [
        Shape(_box(9 * n + 0.5, 0, 9 * n + 8, 10), colour if n < steps else PALE)
        for n in range(STEPS)
    ]


def _thin(steps: int, colour: str) -> list[Shape]:
    return [
        Shape(_box(12 * n, 0, 12 * n + 11, 4), colour if n < steps else PALE) for n in range(STEPS)
    ]


def _box(x0: float, y0: float, x1: float, y1: float) -> tuple[Point, ...]:
    return (x0, y0), (x1, y0), (x1, y1), (x0, y1)


def _needle(steps: int, palette: str) -> list[Shape]:
    """Half a dial of five fields from red to green, and a needle."""
    colours = PALETTES[palette]
    fields = (colours["r"], "#f39c12", colours["y"], "#a4c639", colours["g"])
    out = []
    for n, colour in enumerate(fields):
        start, end = 180 + 36 * n, 180 + 36 * (n + 1)
        out.append(Shape((*arc(10, 10, 9.5, start, end), *arc(10, 10, 5.5, end, start)), colour))
    middle = 180 + 36 * (steps - 0.5)
    tip = arc(10, 10, 8.5, middle, middle + 1)[0]
    left, right = (
        arc(10, 10, 1, middle - 90, middle - 89)[0],
        arc(10, 10, 1, middle + 90, middle + 91)[0],
    )
    return [*out, Shape((left, tip, right), INK), Shape(arc(10, 10, 1.2), INK)]


def _smiley(status: str, colour: str, lines: bool) -> list[Shape]:
    """A face: of one colour with a dark line, or an outline alone."""
    line = colour if lines else INK
    head = Shape(arc(5, 5, 4.6), "" if lines else colour, line, 0.6)
    eyes = [Shape(arc(x, 3.6, 0.6), line) for x in (3.4, 6.6)]
    mouths = {
        "g": arc(5, 5.2, 2.6, 20, 160),
        "y": ((2.8, 6.8), (7.2, 6.8)),
        "r": arc(5, 8.6, 2.4, 200, 340),
    }
    return [head, *eyes, Shape(mouths[status], "", line, 0.7, closed=False)]


def _check(status: str, colour: str) -> list[Shape]:
    lines: dict[str, list[tuple[Point, ...]]] = {
        "g": [((1, 5.5), (4, 8.5), (9, 1.5))],
        "y": [((1, 6), (3, 4), (5, 5), (7, 6), (9, 4))],
        "r": [((1.5, 1.5), (8.5, 8.5)), ((8.5, 1.5), (1.5, 8.5))],
    }
    return [Shape(one, "", colour, 1.6, closed=False) for one in lines[status]]


def _lamps(status: str, palette: str) -> list[Shape]:
    body = Shape(_box(0, 0, 10, 28), LIGHT["body"])
    lamps = [
        Shape(arc(5, 5 + 9 * n, 3.6), PALETTES[palette][one] if one == status else LIGHT["unlit"])
        for n, one in enumerate("ryg")
    ]
    return [body, *lamps]


def _half(status: str, colour: str) -> list[Shape]:
    """A disc that is filled from below: all of it, half of it, nothing."""
    ring = Shape(arc(5, 5, 4.4), "", colour, 0.8)
    filled = {"g": arc(5, 5, 4.4), "y": arc(5, 5, 4.4, 0, 180), "r": ()}[status]
    return [Shape(filled, colour), ring] if filled else [ring]


def size_of(kind: str, sign: Sign, look: dict[str, Any], high: float) -> tuple[float, float]:
    """Width and height of a mark that is so high."""
    one = drawing(kind, sign, look)
    return one.width * high / one.height, high


def svg(one: Drawing, high: float) -> str:
    """The drawing as SVG of so many points."""
    parts = ""
    for shape in one.shapes:
        points = "M" + "L".join(f"{x:.3f} {y:.3f}" for x, y in shape.points)
        line = f' stroke="{shape.stroke}" stroke-width="{shape.width}"' if shape.stroke else ""
        end = "Z" if shape.closed else ""
        parts += f'<path d="{points}{end}" fill="{shape.fill or "none"}"{line}/>'
    size = f'width="{one.width * high / one.height:.2f}pt" height="{high}pt"'
    box = f'viewBox="0 0 {one.width} {one.height}"'
    return f'<svg {size} {box} style="vertical-align:-1pt;flex:none">{parts}</svg>'


def picture(one: Drawing, pixels: int = 8) -> Image.Image:
    """The drawing as a picture of so many pixels a unit, with soft edges."""
    fine = 3 * pixels
    image = Image.new("RGB", (round(one.width * fine), round(one.height * fine)), "#ffffff")
    draw = ImageDraw.Draw(image)
    for shape in one.shapes:
        points = [(x * fine, y * fine) for x, y in shape.points]
        if shape.fill:
            draw.polygon(points, shape.fill)
        if shape.stroke:
            ends = [*points, points[0]] if shape.closed else points
            draw.line(ends, shape.stroke, round(shape.width * fine), joint="curve")
    size = (round(one.width * pixels), round(one.height * pixels))
    return image.resize(size, Image.Resampling.LANCZOS)


def data_uri(image: Image.Image) -> str:
    """A picture as it stands in HTML."""
    from base64 import b64encode

    out = io.BytesIO()
    image.save(out, "PNG")
    return "data:image/png;base64," + b64encode(out.getvalue()).decode("ascii")
