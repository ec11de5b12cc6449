"""Font files by family name, as the system's fontconfig finds them, and a tiny symbol font made on
the spot."""

from __future__ import annotations

import functools
import io
import subprocess
from typing import TYPE_CHECKING

from PIL import ImageFont

from typeset import marks

if TYPE_CHECKING:
    from fontTools.pens.ttGlyphPen import TTGlyphPen

SYMBOL_FAMILY = "Sample Symbols"


@functools.cache
def font_file(family: str, bold: bool = False) -> str:
    """The file of a family's regular or bold face."""
    weight = "bold" if bold else "regular"
    return subprocess.run(
        ["fc-match", "-f", "%{file}", f"{family}:{weight}"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout


@functools.cache
def symbol_font() -> bytes:
    """A TrueType font whose private-use characters are a disc, a ring and three arrows, numbered
    as in Wingdings."""
    from fontTools.fontBuilder import FontBuilder

    order = [".notdef", "space", *list(marks.SYMBOL_POINTS)]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(order)
    points = {code: name for name, code in marks.SYMBOL_POINTS.items()}
    builder.setupCharacterMap({0x20: "space", **points})
    glyphs = {name: _glyph(name) for name in order}
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics(dict.fromkeys(order, (900, 0)))
    builder.setupHorizontalHeader(ascent=850, descent=-150)
    builder.setupNameTable(
        {
            "familyName": SYMBOL_FAMILY,
            "styleName": "Regular",
            "psName": "SampleSymbols",
            "uniqueFontIdentifier": "sample-symbols",
            "fullName": SYMBOL_FAMILY,
            "version": "1.0",
        }
    )
    builder.setupOS2(sTypoAscender=850, sTypoDescender=-150, usWinAscent=850, usWinDescent=150)
    builder.setupPost()
    # A fixed date, so that the same font comes out on every day.
    builder.font["head"].created = builder.font["head"].modified = 3_500_000_000
    builder.font.recalcTimestamp = False
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()


def _glyph(name: str) -> object:
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    pen = TTGlyphPen(None)
    if name in marks.TURN:
        points = marks.turned(marks.ARROWS["block"], marks.TURN[name])
        _contour(pen, [(50 + x * 780, y * 780) for x, y in points][::-1])
    elif name in ("circle", "hollow"):
        _disc(pen, 390)
        if name == "hollow":
            _disc(pen, 320, inner=True)
    return pen.glyph()


def _contour(pen: TTGlyphPen, points: list[tuple[float, float]]) -> None:
    pen.moveTo(points[0])
    for point in points[1:]:
        pen.lineTo(point)
    pen.closePath()


def _disc(pen: TTGlyphPen, radius: float, inner: bool = False) -> None:
    """A circle of four quadratic curves with implied points; the inner one turns the other way and
    makes a hole."""
    middle_x, middle_y, corner = 440.0, 390.0, radius * 0.4142
    offsets = [
        (-radius, corner),
        (-corner, radius),
        (corner, radius),
        (radius, corner),
        (radius, -corner),
        (corner, -radius),
        (-corner, -radius),
        (-radius, -corner),
    ]
    ring = [(middle_x + x, middle_y + y) for x, y in (offsets[::-1] if inner else offsets)]
    pen.qCurveTo(*ring, None)
    pen.closePath()


@functools.cache
def _measure(family: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(font_file(family), 100)


def text_width(text: str, family: str, size: float) -> float:
    """The width of a text in a family's regular face."""
    return _measure(family).getlength(text) * size / 100
