"""Marks as a browser draws them: SVG in lines of HTML."""

from __future__ import annotations

from html import escape
from typing import Any

from typeset.breaking import soften

from goaltables.cells import Cell, Sign
from goaltables.drawings import KINDS, data_uri, drawing, picture, svg
from goaltables.looks import BALL, GLYPHS, PALETTES, stars

ARROWS = {
    "u": "M1 6 5 1 9 6H6.4V9H3.6V6Z",
    "f": "M4 1 9 5 4 9V6.4H1V3.6H4Z",
    "d": "M1 4 5 9 9 4H6.4V1H3.6V4Z",
}
"""Block arrows in a box of 10 by 10."""


_RING = f'<circle cx="5" cy="5" r="4.3" fill="none" stroke="{BALL}" stroke-width=".8"/>'
BALLS = {
    "g": f'<circle cx="5" cy="5" r="4.6" fill="{BALL}"/>',
    "y": f'{_RING}<path d="M5 .7A4.3 4.3 0 0 1 5 9.3Z" fill="{BALL}"/>',
    "r": _RING,
}
"""Discs of one colour in a box of 10 by 10: full, half full, empty."""


def _light(sign: Sign, look: dict[str, Any]) -> str:
    """A standing traffic light of three lamps; those that are not lit are outlines."""
    lamps = ""
    for n, status in enumerate("ryg"):
        colour = PALETTES[look["palette"]][status]
        paint = f'fill="{colour}"' if status == sign.status else 'fill="none"'
        lamps += f'<circle cx="5" cy="{5 + 10 * n}" r="4" {paint} stroke="#777" stroke-width=".6"/>'
    size = look["mark_size"]
    box = f'width="{size / 3}pt" height="{size}pt" viewBox="0 0 10 30"'
    return f'<svg {box} style="flex:none">{lamps}</svg>'


def value_html(cell: Cell, look: dict[str, Any]) -> str:
    """A cell's marks and words."""
    words = soften(cell.printed) if look["hyphenate"] else cell.printed
    return f"{signs_html(cell, look)}{text_html(words)}"


def text_html(text: str) -> str:
    """Words with their line breaks (`//`) and places for hyphens (`¬`)."""
    return escape(text.replace("¬", "\u00ad")).replace("//", "<br>")


def signs_html(cell: Cell, look: dict[str, Any], level: int = 0) -> str:
    """A cell's marks; ``level`` is that of the heading that they stand in."""
    return "".join(sign_html(sign, look, level) + " " for sign in cell.signs)


def sign_html(sign: Sign, look: dict[str, Any], level: int) -> str:
    """One mark: words, a character or a drawing."""
    kind = look["arrows" if sign.trend else "marks"]
    size = look["heading_sizes"][level - 1] * 0.8 if level else look["mark_size"]
    colour = PALETTES[look["palette"]].get(sign.status or "k", "#404040")
    if kind in KINDS:
        one = drawing(kind, sign, look)
        if not look["raster"]:
            return svg(one, size)
        wide = size * one.width / one.height
        style = f"width:{wide}pt;height:{size}pt;vertical-align:-1pt"
        return f'<img src="{data_uri(picture(one))}" style="{style}">'
    if kind == "stars":
        return f'<span style="color:{look["gauge_colour"]}">{stars(sign)}</span>'
    if kind == "word":
        return escape(str(look["words"].get(sign.trend or sign.status, "")))
    if kind in GLYPHS:
        colour = look["ink"] or colour
        return f'<span style="color:{colour}">{GLYPHS[kind][sign.trend or sign.status]}</span>'
    if sign.trend:
        shape = f'<path d="{ARROWS[sign.trend]}" fill="{colour}"/>'
    elif kind == "ball":
        shape = BALLS[sign.status]
    elif kind == "light":
        return _light(sign, look)
    elif kind in ("edge", "shade"):
        shape = f'<rect width="10" height="10" fill="{colour}"/>'
    elif sign.status == "w":
        shape = '<circle cx="5" cy="5" r="4.4" fill="none" stroke="#606060" stroke-width=".7"/>'
    else:
        shape = f'<circle cx="5" cy="5" r="4.6" fill="{colour}"/>'
    look_at = f'width="{size}pt" height="{size}pt" viewBox="0 0 10 10"'
    return f'<svg {look_at} style="vertical-align:-1pt;flex:none">{shape}</svg>'
