"""Draws text and marks into cells as the typesetter would, with one thing changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics
from typeset import marks
from typeset.breaking import break_lines
from typeset.tables import PAD

from perturb.draft import Draft, Place

LEADING = 1.2
"""Line to line within a cell, in sizes of the table's text; as in typeset.tables."""


def lines_of(draft: Draft, place: Place, text: str) -> Iterator[tuple[float, float, str]]:
    """Where the lines of a cell's text begin, and what they are."""
    size, font = draft.style.table_size, draft.style.font
    width = place.right - place.left - 2 * PAD
    lines = break_lines(text, width, lambda s: float(pdfmetrics.stringWidth(s, font, size)))
    for number, line in enumerate(lines, 1):
        yield place.left + PAD, place.top - PAD - (number * LEADING - 0.25) * size, line


def draw_lines(
    draft: Draft, canvas: Any, place: Place, text: str, *, font: str | None = None,
    colour: str = "#000000", dx: float = 0.0, dy: float = 0.0,
) -> None:  # fmt: skip
    """Draw a cell's text, moved by dx, dy."""
    canvas.setFillColor(HexColor(colour))
    for x, y, line in lines_of(draft, place, text):
        size = draft.style.table_size
        if font:  # another face must not take more room than the typesetter has measured
            size *= min(
                1.0, text_width(draft, line) / (pdfmetrics.stringWidth(line, font, size) or 1)
            )
        canvas.setFont(font or draft.style.font, size)
        canvas.drawString(x + dx, y + dy, line)


def draw_string(
    draft: Draft, canvas: Any, place: Place, text: str, *, dx: float = 0.0, dy: float = 0.0,
    colour: str = "#000000", mode: int = 0, char_space: float = 0.0, size: float | None = None,
) -> float:  # fmt: skip
    """Draw a text on the first line of a cell, unbroken; returns where it ends."""
    font = draft.style.font
    x = place.left + PAD + dx
    y = place.top - PAD - (LEADING - 0.25) * draft.style.table_size + dy
    line = canvas.beginText(x, y)
    line.setFont(font, size or draft.style.table_size)
    line.setFillColor(HexColor(colour))
    line.setCharSpace(char_space)
    line.setTextRenderMode(mode)
    line.textOut(text)
    line.setTextRenderMode(0)
    canvas.drawText(line)
    return x + text_width(draft, text)


def text_width(draft: Draft, text: str) -> float:
    """The width of a text as tables have it."""
    return float(pdfmetrics.stringWidth(text, draft.style.font, draft.style.table_size))


def mark_corner(draft: Draft, place: Place) -> tuple[float, float]:
    """The lower left corner of a mark in a cell."""
    size = draft.style.mark_size
    free = place.right - place.left - 2 * PAD - size
    left = place.left + PAD + (free / 2 if draft.style.marks_align == "centre" else 0)
    return left, place.top - PAD - max(size * 1.15, draft.style.table_size * 1.2)


def disc(
    draft: Draft, canvas: Any, place: Place, colour: str | None, dx: float = 0.0, dy: float = 0.0
) -> None:
    """A status mark of a colour, moved by dx, dy; without a colour an empty ring."""
    size = draft.style.mark_size
    x, y = mark_corner(draft, place)
    canvas.setFillColor(HexColor(colour or "#ffffff"))
    canvas.setStrokeColor(HexColor("#7f7f7f"))
    canvas.setLineWidth(0.6)
    canvas.circle(x + dx + size / 2, y + dy + size / 2, size * 0.46, stroke=1, fill=1)


def arrow(
    draft: Draft, canvas: Any, place: Place, degrees: float, colour: str | None = None,
    points: marks.Points | None = None,
) -> None:  # fmt: skip
    """A trend mark that points so many degrees to the left of upwards."""
    size = draft.style.mark_size
    x, y = mark_corner(draft, place)
    up = points or marks.arrow(draft.style, "up")
    canvas.setFillColor(HexColor(colour or draft.style.colours().arrow))
    path = canvas.beginPath()
    for number, (px, py) in enumerate(marks.turned(up, degrees)):
        (path.lineTo if number else path.moveTo)(x + px * size, y + py * size)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)
