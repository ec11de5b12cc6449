"""Draws what was read onto its page: the picture to look at when a report comes out wrong."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from styrmatt.extract.engine.document import PdfDocument
from styrmatt.extract.inspect.page_items import Kind, Seen
from styrmatt.printed import Bbox

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

SCALE: Final = 2.0
"""Pixels per point."""


@dataclass(frozen=True, slots=True)
class _Style:
    """How the boxes of a kind are drawn, and what the legend says about their labels."""

    ink: str
    legend: str
    off: int = 0
    """Pixels by which the box stands off from what it is about."""
    width: int = 1
    beside: bool = False
    """Whether the label belongs into the margin."""


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
_LETTERS: Final = 13
_MARGIN: Final = 6
_GAP: Final = 4
_LINE: Final = _LETTERS + 2
_WORSE: Final = 6
"""Pixels that a label may cover rather than stand at the next spot."""
_STRIP: Final = 180
"""Pixels that are added to the right of the page for labels."""
_EDGE: Final = "#bdbdbd"
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
    path: Path, number: int, seen: Sequence[Seen], title: str, password: str | None = None
) -> Image:
    """The page with a box and a label for all that was seen on it, below a title and a legend.

    What goes on from an earlier page has no place here and is named below the page.
    Raises what opening a PDF raises.
    """
    from PIL import Image, ImageDraw, ImageFont

    with PdfDocument(path, password) as report:
        page, corner = report.picture(number, SCALE)
    font = ImageFont.load_default(_LETTERS)
    assert not isinstance(font, ImageFont.ImageFont), "Pillow was built without FreeType"
    body = Image.new("RGB", (page.width + _STRIP, page.height), "white")
    body.paste(page)
    ImageDraw.Draw(body).line((page.width, 0, page.width, page.height), fill=_EDGE)
    _draw_boxes(body, seen, corner, font)
    foot = [f"from page {item.since}: {item.kind} {item.name}" for item in seen if item.since]
    line = _LETTERS + _MARGIN
    top = 2 * line + _MARGIN
    sheet = Image.new("RGB", (body.width, top + body.height + line * len(foot) + _MARGIN), "white")
    draw = ImageDraw.Draw(sheet)
    write(draw, (_MARGIN, _MARGIN), title, font, "black")
    _legend(draw, font, _MARGIN + line)
    sheet.paste(body, (0, top))
    draw.rectangle((0, top, body.width - 1, top + body.height), outline=_EDGE)
    for n, text in enumerate(foot):
        write(draw, (_MARGIN, top + body.height + _MARGIN + n * line), text, font, "black")
    return sheet


def _draw_boxes(
    body: Image, seen: Sequence[Seen], corner: tuple[float, float], font: FreeTypeFont
) -> None:
    pen = _Pen(body, font)
    for kind, style in STYLES.items():
        boxes = [(s, _pixels(s.bbox, corner, style.off)) for s in seen if s.kind == kind and s.bbox]
        for _, box in boxes:
            pen.outline(box, style, solid=kind == "marker")
        for item, box in boxes:
            pen.label(item.label, box, style)


def _pixels(box: Bbox, corner: tuple[float, float], off: int) -> _Pixels:
    """The box on the picture, made larger by ``off`` pixels on each side; never inside out."""
    x, y = corner
    x0, x1 = (round((value - x) * SCALE) for value in (box[0], box[2]))
    top, bottom = (round((value - y) * SCALE) for value in (box[1], box[3]))
    x0, top = x0 - off, top - off
    return (x0, top, max(x0, x1 + off), max(top, bottom + off))


def _legend(draw: ImageDraw, font: FreeTypeFont, top: int) -> None:
    x = _MARGIN
    for style in STYLES.values():
        draw.rectangle((x, top + 2, x + _LETTERS - 2, top + _LETTERS), outline=style.ink, width=2)
        x += _LETTERS + 3
        write(draw, (x, top), style.legend, font, style.ink)
        x += round(font.getlength(style.legend)) + 3 * _MARGIN


class _Pen:
    """Outlines and labels on a page. A label goes where it covers least of what is there."""

    def __init__(self, page: Image, font: FreeTypeFont) -> None:
        from PIL import ImageDraw

        self._page = page
        self._font = font
        self._draw = ImageDraw.Draw(page)
        self._taken = page.convert("L").point(lambda value: 255 if value < 200 else 0)
        self._take = ImageDraw.Draw(self._taken)

    def outline(self, box: _Pixels, style: _Style, *, solid: bool) -> None:
        """Draw a box; no label covers what is in a ``solid`` one if it can be helped."""
        self._draw.rectangle(box, outline=style.ink, width=style.width)
        if solid:
            self._take.rectangle(box, fill=255)

    def label(self, text: str, box: _Pixels, style: _Style) -> None:
        """Write a label at its box, where it covers least; of two such spots the better one."""
        lines = text.split("\n")
        width = round(max(self._font.getlength(plain(line)) for line in lines)) + 4
        height = _LINE * len(lines)
        spots = _spots(box, width, height, beside=style.beside)
        fitting = [self._within(spot, width, height) for spot in spots]
        costs = [self._cover(s, width, height) + _WORSE * n for n, s in enumerate(fitting)]
        x, y = fitting[costs.index(min(costs))]
        area = (x, y, x + width, y + height)
        self._draw.rectangle(area, fill="white")
        for n, line in enumerate(lines):
            write(self._draw, (x + 2, y + n * _LINE), line, self._font, style.ink)
        self._take.rectangle(area, fill=255)

    def _within(self, spot: tuple[int, int], width: int, height: int) -> tuple[int, int]:
        x, y = spot
        return (
            max(0, min(x, self._page.width - width)),
            max(0, min(y, self._page.height - height)),
        )

    def _cover(self, spot: tuple[int, int], width: int, height: int) -> int:
        """How many pixels that are in use a label there would cover."""
        x, y = spot
        return self._taken.crop((x, y, x + width, y + height)).histogram()[255]


def _spots(box: _Pixels, width: int, height: int, *, beside: bool) -> list[tuple[int, int]]:
    """Where the label of a box may stand, the best first."""
    x0, top, x1, bottom = box
    left, right = (x0 - width - _GAP, top), (x1 + _GAP, top)
    above, below = (x0, top - height - 1), (x0, bottom + 1)
    above_end, below_end = (x1 - width, top - height - 1), (x1 - width, bottom + 1)
    within, within_end = (x1 - width - 3, top + 3), (x1 - width - 3, bottom - height - 2)
    if beside:
        return [left, right, within, within_end, above, below]
    return [within, within_end, right, below, below_end, above_end, above]


def write(draw: ImageDraw, spot: tuple[int, int], text: str, font: FreeTypeFont, ink: str) -> None:
    """Write text. The font has plain letters only; the marks above them are drawn."""
    x, y = spot
    draw.text(spot, plain(text), font=font, fill=ink)
    unit = max(font.size / _LETTERS, 1.0)
    for before, letter, mark in _marked(text):
        middle = x + font.getlength(before) + font.getlength(letter) / 2
        top = y + font.getbbox(letter)[1] - 2 * unit
        if mark == _RING:
            circle = (middle - 1.5 * unit, top - 2 * unit, middle + 1.5 * unit, top + unit)
            draw.ellipse(circle, outline=ink, width=round(unit))
        elif mark == _DOTS:
            for dot in (round(middle - 3 * unit), round(middle + unit)):
                draw.rectangle((dot, top - unit, dot + unit, top), fill=ink)
        else:
            draw.line((middle - unit, top, middle + unit, top - 2 * unit), fill=ink)


def plain(text: str) -> str:
    """The text without marks above its letters; a letter beyond that is a question mark."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_PUNCTUATION))
    return "".join(
        char if char.isascii() else "?" for char in decomposed if not unicodedata.combining(char)
    )


def _marked(text: str) -> Iterable[tuple[str, str, str]]:
    """Letters that have a mark above: the plain text before, the letter, the mark."""
    before = ""
    for char in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", char)
        if len(parts) == 2 and parts[0].isascii():
            yield before, parts[0], parts[1]
        before += plain(char)
