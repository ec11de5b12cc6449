"""Shapes of the markers in a unit square (y upwards), and the same shapes as SVG, pictures, glyphs
and words."""

from __future__ import annotations

import base64
import io
import math

from PIL import Image, ImageDraw

from typeset.blocks import Mark
from typeset.style import Style

#: vector and form: paths in the page or in form XObjects; picture and jpeg: images; glyph:
#: characters of a text font;
#: symbol: private-use characters of a symbol font; shade: the cell's own ground; word: coloured
#: words.
KINDS = ("vector", "form", "picture", "jpeg", "glyph", "symbol", "shade", "word")

Points = list[tuple[float, float]]

ARROWS: dict[str, Points] = {
    "block": [
        (0.5, 0.98),
        (0.9, 0.55),
        (0.68, 0.55),
        (0.68, 0.02),
        (0.32, 0.02),
        (0.32, 0.55),
        (0.1, 0.55),
    ],
    "slim": [
        (0.5, 1.0),
        (0.78, 0.66),
        (0.56, 0.66),
        (0.56, 0.0),
        (0.44, 0.0),
        (0.44, 0.66),
        (0.22, 0.66),
    ],
    "triangle": [(0.5, 0.93), (0.98, 0.1), (0.02, 0.1)],
    "chevron": [(0.5, 0.9), (0.95, 0.35), (0.8, 0.2), (0.5, 0.55), (0.2, 0.2), (0.05, 0.35)],
}
TURN = {"up": 0, "flat": -90, "down": 180}

_GLYPHS = {
    "circle": "\u25cf",
    "hollow": "\u25cb",
    "square": "\u25a0",
    "hollow_square": "\u25a1",
    "block": ("\u2b06", "\u27a1", "\u2b07"),
    "slim": ("\u2191", "\u2192", "\u2193"),
    "triangle": ("\u25b2", "\u25ba", "\u25bc"),
    "dingbat": ("\u2b08", "\u2794", "\u2b0a"),
    "chevron": ("\u2303", "\u203a", "\u2304"),
}
#: Code points of Wingdings in the private use area, as Word writes them: l, F0E9, F0E8, F0EA.
SYMBOL_POINTS = {"circle": 0xF06C, "hollow": 0xF0A1, "up": 0xF0E9, "flat": 0xF0E8, "down": 0xF0EA}


def turned(points: Points, degrees: float) -> Points:
    """The points turned counter-clockwise about the middle of the unit square."""
    angle = math.radians(degrees)
    sin, cos = math.sin(angle), math.cos(angle)
    return [
        (0.5 + (x - 0.5) * cos - (y - 0.5) * sin, 0.5 + (x - 0.5) * sin + (y - 0.5) * cos)
        for x, y in points
    ]


def arrow(style: Style, trend: str) -> Points:
    """The outline of a trend's arrow."""
    return turned(ARROWS[style.arrow_design], TURN[trend])


def shape(style: Style, mark: Mark) -> Points | None:
    """The outline of a mark; None for a circle."""
    if mark.role != "status" and mark.trend:
        return arrow(style, mark.trend)
    if style.status_shape == "square":
        return [(0.06, 0.06), (0.94, 0.06), (0.94, 0.94), (0.06, 0.94)]
    if style.status_shape == "diamond":
        return [(0.5, 0.0), (1.0, 0.5), (0.5, 1.0), (0.0, 0.5)]
    return None


def fill(style: Style, mark: Mark) -> str | None:
    """The colour that fills a mark; None where only its outline is drawn."""
    palette = style.colours()
    return palette.status(mark.status or "not_assessed") if mark.role != "trend" else palette.arrow


def outline(style: Style, mark: Mark) -> str | None:
    """The colour of a mark's outline, if it has one: always where it is not filled."""
    palette = style.colours()
    if fill(style, mark) is None:
        return palette.outline or "#333333"
    return palette.outline if mark.role != "trend" else None


def kind(style: Style, mark: Mark) -> str:
    """How this mark is drawn."""
    return style.trend_kind() if mark.role == "trend" else style.markers


def glyph(style: Style, mark: Mark) -> str:
    """The character that stands for a mark in a font of symbols or text."""
    hollow = fill(style, mark) is None
    if kind(style, mark) == "symbol":
        return chr(
            SYMBOL_POINTS[
                mark.trend
                if mark.role != "status" and mark.trend
                else "hollow"
                if hollow
                else "circle"
            ]
        )
    if mark.role != "status" and mark.trend:
        return _GLYPHS[style.arrow_design][("up", "flat", "down").index(mark.trend)]
    square = style.status_shape == "square"
    return str(
        _GLYPHS[
            ("hollow_square" if square else "hollow")
            if hollow
            else ("square" if square else "circle")
        ]
    )


def svg(style: Style, mark: Mark, size: float) -> str:
    """The mark as an SVG element of the given size in points."""
    paint = fill(style, mark) or "none"
    stroke = outline(style, mark)
    line = f' stroke="{stroke}" stroke-width="5"' if stroke else ""
    points = shape(style, mark)
    if points is None:
        body = f'<circle cx="50" cy="50" r="46" fill="{paint}"{line}/>'
    elif style.rotate_arrows and mark.role != "status" and mark.trend:
        path = " ".join(f"{x * 100:.1f},{100 - y * 100:.1f}" for x, y in ARROWS[style.arrow_design])
        turn = f"rotate({-TURN[mark.trend]} 50 50)"
        polygon = f'<polygon points="{path}" fill="{paint}"{line}/>'
        body = f'<g transform="{turn}">{polygon}</g>'
    else:
        path = " ".join(f"{x * 100:.1f},{100 - y * 100:.1f}" for x, y in points)
        body = f'<polygon points="{path}" fill="{paint}"{line}/>'
    box = f'width="{size}pt" height="{size}pt" viewBox="0 0 100 100"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{body}</svg>'


def picture(style: Style, mark: Mark, pixels: int = 48) -> Image.Image:
    """The mark as a picture: RGBA with a soft edge, drawn four times too large and brought down."""
    scale = pixels * 4
    image = Image.new("RGBA", (scale, scale), (255, 255, 255, 0))
    draw = ImageDraw.Draw(image)
    paint, stroke, points = fill(style, mark), outline(style, mark), shape(style, mark)
    width = scale // 20 if stroke else 0
    if points is None:
        edge = scale * 0.04
        draw.ellipse(
            (edge, edge, scale - edge, scale - edge), fill=paint, outline=stroke, width=width
        )
    else:
        draw.polygon(
            [(x * scale, (1 - y) * scale) for x, y in points],
            fill=paint,
            outline=stroke,
            width=max(width, 1),
        )
    return image.resize((pixels, pixels), Image.Resampling.LANCZOS)


def picture_bytes(style: Style, mark: Mark) -> tuple[bytes, str]:
    """The mark as the bytes of a PNG or JPEG file, and its media type."""
    image, out = picture(style, mark), io.BytesIO()
    if kind(style, mark) == "jpeg":
        ground = Image.new("RGB", image.size, "white")
        ground.paste(image, mask=image.getchannel("A"))
        ground.save(out, "JPEG", quality=80)
        return out.getvalue(), "image/jpeg"
    image.save(out, "PNG", optimize=True)
    return out.getvalue(), "image/png"


def data_uri(content: bytes, media: str) -> str:
    """Bytes as a data address, so that a page needs no other file."""
    return f"data:{media};base64,{base64.b64encode(content).decode()}"


def chart_bars(width: float, height: float) -> list[tuple[float, float, float, float, str]]:
    """The bars of a chart of this size, as left, bottom, width, height (bottom up) and colour; the
    last one is its axis."""
    shares = (0.55, 0.7, 0.62, 0.85, 0.4, 0.95)
    step, room = width / (len(shares) + 1), max(height - 16, 4)
    bars = [
        (
            step * (index + 0.6),
            8.0,
            step * 0.55,
            room * share,
            "#9dc3e6" if index % 2 else "#5b9bd5",
        )
        for index, share in enumerate(shares)
    ]
    return [*bars, (0.0, 7.0, width, 1.0, "#808080")]


def chart_picture(width: float, height: float) -> bytes:
    """The chart as a PNG of two pixels to the point."""
    image = Image.new("RGB", (int(width * 2), int(height * 2)), "white")
    draw = ImageDraw.Draw(image)
    for left, bottom, wide, high, colour in chart_bars(width, height):
        draw.rectangle(
            (left * 2, (height - bottom - high) * 2, (left + wide) * 2, (height - bottom) * 2),
            fill=colour,
        )
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def chart_svg(width: float, height: float) -> str:
    """The chart as an SVG element."""
    bars = "".join(
        f'<rect x="{left:.1f}" y="{height - bottom - high:.1f}" '
        f'width="{wide:.1f}" height="{high:.1f}" fill="{colour}"/>'
        for left, bottom, wide, high, colour in chart_bars(width, height)
    )
    return f'<svg width="{width}pt" height="{height}pt" viewBox="0 0 {width} {height}">{bars}</svg>'
