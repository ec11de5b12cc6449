"""Draws what was read onto its page: a picture to look at when a report comes out wrong."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from styrmatt.extract.engine.document import PdfDocument
from styrmatt.extract.inspect.page_items import Kind, PageItem
from styrmatt.printed import Bbox

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

SCALE: Final = 2.0
"""Pixels per point: small print can be read, and a page fits on a large screen."""


@dataclass(frozen=True, slots=True)
class _Style:
    """How the boxes of a kind are drawn, and what the legend says about their labels."""

    colour: str
    legend: str
    """What the legend calls it, and what its label says."""
    offset: int = 0
    """Pixels by which the box is drawn outside of the item's own, so that boxes do not coincide."""
    width: int = 1
    """Pixels of its line."""
    beside: bool = False
    """Whether its label belongs in the margin."""


STYLES: Final = MappingProxyType[Kind, _Style](
    {
        "marker": _Style("#c2185b", "marker: value, how it was read, colour", 3, 2),
        "section": _Style("#0b57d0", "section: kind, heading", 3, 2),
        "note": _Style("#d50000", "note: kind of issue", 5, 2),
        "left alone": _Style("#795548", "table left alone", 4, 2),
        "row": _Style("#e65100", "row: measure", -2, 1, beside=True),
        "goal": _Style("#7b1fa2", "goal of the overview", 2, 1, beside=True),
        "cell": _Style("#00796b", "cell: field", 1, 1),
    }
)
"""The kinds of boxes; labels find their places in this order."""
_FONT_SIZE: Final = 13
"""Pixels, as small as is read with ease: labels share the page with its own text."""
_LINE_HEIGHT: Final = _FONT_SIZE + 2
_MARGIN: Final = 6
"""Pixels around the title, the legend and the page."""
_LABEL_GAP: Final = 4
"""Pixels between a box and a label beside it."""
_LABEL_PADDING: Final = 2
"""Pixels of white at both ends of a label."""
_SPOT_PENALTY: Final = 6
"""Pixels of print that a label may cover rather than go to the next worse spot."""
_PAPER: Final = 200
"""Grey value (0 to 255) from which a pixel is paper that a label may cover."""
_RIGHT_STRIP: Final = 180
"""Pixels that are added to the right of the page for labels, room for most of them."""
_EDGE_COLOUR: Final = "#bdbdbd"
_RING: Final = "\u030a"
_DOTS: Final = "\u0308"
_PUNCTUATION: Final = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
    | dict.fromkeys("\u2018\u2019", "'")
    | dict.fromkeys("\u201c\u201d\u201e", '"')
    | {"\u2026": "..."}
)

_Pixels = tuple[int, int, int, int]


def draw_page(
    path: Path, number: int, items: Sequence[PageItem], title: str, password: str | None = None
) -> Image:
    """Page ``number`` with a box and a label for each item, below a title and a legend.

    An item that goes on from an earlier page has no box and is named below the page. Raises what
    opening a PDF raises.
    """
    from PIL import Image, ImageDraw, ImageFont

    with PdfDocument(path, password) as report:
        page, corner = report.render_page(number, SCALE)
    font = ImageFont.load_default(_FONT_SIZE)
    assert not isinstance(font, ImageFont.ImageFont), "Pillow was built without FreeType"
    body = Image.new("RGB", (page.width + _RIGHT_STRIP, page.height), "white")
    body.paste(page)
    ImageDraw.Draw(body).line((page.width, 0, page.width, page.height), fill=_EDGE_COLOUR)
    _draw_boxes(body, items, corner, font)
    foot = [f"from page {item.since}: {item.kind} {item.name}" for item in items if item.since]
    line = _FONT_SIZE + _MARGIN
    top = 2 * line + _MARGIN
    sheet = Image.new("RGB", (body.width, top + body.height + line * len(foot) + _MARGIN), "white")
    draw = ImageDraw.Draw(sheet)
    draw_text(draw, (_MARGIN, _MARGIN), title, font, "black")
    _legend(draw, font, _MARGIN + line)
    sheet.paste(body, (0, top))
    draw.rectangle((0, top, body.width - 1, top + body.height), outline=_EDGE_COLOUR)
    for n, text in enumerate(foot):
        draw_text(draw, (_MARGIN, top + body.height + _MARGIN + n * line), text, font, "black")
    return sheet


def _draw_boxes(
    body: Image, items: Sequence[PageItem], corner: tuple[float, float], font: FreeTypeFont
) -> None:
    pen = _Pen(body, font)
    for kind, style in STYLES.items():
        boxes = [
            (s, _pixels(s.bbox, corner, style.offset)) for s in items if s.kind == kind and s.bbox
        ]
        for _, box in boxes:
            pen.outline(box, style, solid=kind == "marker")
        for item, box in boxes:
            pen.label(item.label, box, style)


def _pixels(box: Bbox, corner: tuple[float, float], offset: int) -> _Pixels:
    """The box on the picture, ``offset`` pixels larger on each side; never inside out."""
    x, y = corner
    x0, x1 = (round((value - x) * SCALE) for value in (box[0], box[2]))
    top, bottom = (round((value - y) * SCALE) for value in (box[1], box[3]))
    x0, top = x0 - offset, top - offset
    return (x0, top, max(x0, x1 + offset), max(top, bottom + offset))


def _legend(draw: ImageDraw, font: FreeTypeFont, top: int) -> None:
    x = _MARGIN
    for style in STYLES.values():
        draw.rectangle(
            (x, top + 2, x + _FONT_SIZE - 2, top + _FONT_SIZE), outline=style.colour, width=2
        )
        x += _FONT_SIZE + 3
        draw_text(draw, (x, top), style.legend, font, style.colour)
        x += round(font.getlength(style.legend)) + 3 * _MARGIN


class _Pen:
    """Draws outlines and labels on a page. A label goes where it covers least of what is there."""

    def __init__(self, page: Image, font: FreeTypeFont) -> None:
        from PIL import ImageDraw

        self._page = page
        self._font = font
        self._draw = ImageDraw.Draw(page)
        self._used = page.convert("L").point(lambda value: 255 if value < _PAPER else 0)
        self._mark_used = ImageDraw.Draw(self._used)

    def outline(self, box: _Pixels, style: _Style, *, solid: bool) -> None:
        """Draw a box. Labels avoid what is in a ``solid`` one."""
        self._draw.rectangle(box, outline=style.colour, width=style.width)
        if solid:
            self._mark_used.rectangle(box, fill=255)

    def label(self, text: str, box: _Pixels, style: _Style) -> None:
        """Write a label at its box where it covers least; of two such spots at the better one."""
        lines = text.split("\n")
        width = (
            round(max(self._font.getlength(ascii_text(line)) for line in lines))
            + 2 * _LABEL_PADDING
        )
        height = _LINE_HEIGHT * len(lines)
        spots = _spots(box, width, height, beside=style.beside)
        fitting = [self._within(spot, width, height) for spot in spots]
        costs = [self._covered(s, width, height) + _SPOT_PENALTY * n for n, s in enumerate(fitting)]
        x, y = fitting[costs.index(min(costs))]
        area = (x, y, x + width, y + height)
        self._draw.rectangle(area, fill="white")
        for n, line in enumerate(lines):
            draw_text(
                self._draw,
                (x + _LABEL_PADDING, y + n * _LINE_HEIGHT),
                line,
                self._font,
                style.colour,
            )
        self._mark_used.rectangle(area, fill=255)

    def _within(self, spot: tuple[int, int], width: int, height: int) -> tuple[int, int]:
        x, y = spot
        return (
            max(0, min(x, self._page.width - width)),
            max(0, min(y, self._page.height - height)),
        )

    def _covered(self, spot: tuple[int, int], width: int, height: int) -> int:
        """How many pixels of print, boxes and labels a label there would cover."""
        x, y = spot
        return self._used.crop((x, y, x + width, y + height)).histogram()[255]


def _spots(box: _Pixels, width: int, height: int, *, beside: bool) -> list[tuple[int, int]]:
    """The top left corners where the label of a box may go, the best first."""
    x0, top, x1, bottom = box
    left, right = (x0 - width - _LABEL_GAP, top), (x1 + _LABEL_GAP, top)
    above, below = (x0, top - height - 1), (x0, bottom + 1)
    above_end, below_end = (x1 - width, top - height - 1), (x1 - width, bottom + 1)
    within, within_end = (x1 - width - 3, top + 3), (x1 - width - 3, bottom - height - 2)
    if beside:
        return [left, right, within, within_end, above, below]
    return [within, within_end, right, below, below_end, above_end, above]


def draw_text(
    draw: ImageDraw, spot: tuple[int, int], text: str, font: FreeTypeFont, colour: str
) -> None:
    """Write text. The font has ASCII letters only; the marks above others are drawn."""
    x, y = spot
    draw.text(spot, ascii_text(text), font=font, fill=colour)
    unit = max(font.size / _FONT_SIZE, 1.0)
    for before, letter, mark in _marked(text):
        middle = x + font.getlength(before) + font.getlength(letter) / 2
        top = y + font.getbbox(letter)[1] - 2 * unit
        if mark == _RING:
            circle = (middle - 1.5 * unit, top - 2 * unit, middle + 1.5 * unit, top + unit)
            draw.ellipse(circle, outline=colour, width=round(unit))
        elif mark == _DOTS:
            for dot in (round(middle - 3 * unit), round(middle + unit)):
                draw.rectangle((dot, top - unit, dot + unit, top), fill=colour)
        else:
            draw.line((middle - unit, top, middle + unit, top - 2 * unit), fill=colour)


def ascii_text(text: str) -> str:
    """The text without the marks above its letters; ``?`` for what is not ASCII even so."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_PUNCTUATION))
    return "".join(
        char if char.isascii() else "?" for char in decomposed if not unicodedata.combining(char)
    )


def _marked(text: str) -> Iterable[tuple[str, str, str]]:
    """The letters that have a mark above: the text before (as ASCII), the letter, the mark."""
    before = ""
    for char in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", char)
        if len(parts) == 2 and parts[0].isascii():
            yield before, parts[0], parts[1]
        before += ascii_text(char)
