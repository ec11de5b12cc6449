"""Draws what was read onto its page: a picture to look at when a report comes out wrong."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from styrmatt.extract.engine.document import PdfDocument
from styrmatt.extract.inspect.labels import LabelPlaces, Pixels, Placed, Wanted
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
_LABEL_PADDING: Final = 2
"""Pixels of white at both ends of a label."""
_RIGHT_STRIP: Final = 180
"""Pixels that are added to the right of the page for labels at least."""
_EDGE_COLOUR: Final = "#bdbdbd"
_RING: Final = "\u030a"
_DOTS: Final = "\u0308"
_PUNCTUATION: Final = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
    | dict.fromkeys("\u2018\u2019", "'")
    | dict.fromkeys("\u201c\u201d\u201e", '"')
    | {"\u2026": "..."}
)


@dataclass(frozen=True, slots=True)
class DrawnLabel:
    """A label with its item and its place, in pixels from the page's corner."""

    item: PageItem
    text: str
    placed: Placed


def draw_page(
    path: Path, number: int, items: Sequence[PageItem], title: str, password: str | None = None
) -> Image:
    """Page ``number`` with a box and a label for each item, below a title and a legend.

    An item that goes on from an earlier page has no box and is named below the page. Raises what
    opening a PDF raises.
    """
    from PIL import Image, ImageDraw

    with PdfDocument(path, password) as report:
        page, corner = report.render_page(number, SCALE)
        words = [word.bbox for word in report.page(number).words]
    font = _font()
    _draw_outlines(page, items, corner)
    labels, width = placed_labels(page, items, words, corner)
    body = Image.new("RGB", (max(width, page.width + _RIGHT_STRIP), page.height), "white")
    body.paste(page)
    ImageDraw.Draw(body).line((page.width, 0, page.width, page.height), fill=_EDGE_COLOUR)
    _draw_labels(body, labels, font)
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


def placed_labels(
    page: Image, items: Sequence[PageItem], words: Sequence[Bbox], corner: tuple[float, float]
) -> tuple[list[DrawnLabel], int]:
    """The labels of a drawn page with their places, and how wide the page is with its margin.

    ``words`` are the boxes of what is printed, in points; ``corner`` is the point at the picture's
    top left. Items without a box or a label have none.
    """
    font = _font()
    boxed = [(item, item.bbox) for item in items if item.bbox is not None]
    marks = [pixels(box, corner, 3) for item, box in boxed if item.kind == "marker"]
    numbers = _row_numbers(items)
    rows = [(numbers[id(i)], pixels(box, corner, 0)) for i, box in boxed if i.kind == "row"]
    taken = [*(pixels(box, corner, 1) for box in words), *marks]
    named = [item for item, _ in boxed if item.kind == "cell" and item.label]
    own_cell = {id(item): number for number, item in enumerate(named, 1)}
    cells = [(own_cell[id(i)], pixels(i.bbox, corner, 0)) for i in named if i.bbox is not None]
    places = LabelPlaces(page.convert("L"), taken, rows, cells)
    out: list[DrawnLabel] = []
    for kind, style in STYLES.items():
        for item, box in boxed:
            if item.kind == kind and item.label:
                own = pixels(box, corner, style.offset)
                row, cell = numbers.get(id(item), 0), own_cell.get(id(item), 0)
                text, placed = "", None
                for text in filter(None, (item.label, item.short)):
                    wanted = Wanted(*_size(text, font), own, style.beside, row, cell)
                    placed = places.near(wanted)
                    if placed is not None:
                        break
                else:
                    placed = places.in_margin(wanted)
                out.append(DrawnLabel(item, text, placed))
    return out, places.width


def _row_numbers(items: Sequence[PageItem]) -> dict[int, int]:
    """The number of the row that an item is part of: its cells and marks come behind a row.

    Lines of one measure are one row: they share merged cells.
    """
    numbers: dict[int, int] = {}
    names: dict[str, int] = {}
    current = 0
    for item in items:
        if item.kind == "row":
            current = names.setdefault(item.name.partition(".")[0], len(names) + 1)
        elif item.kind not in ("cell", "marker"):
            current = 0
        if current:
            numbers[id(item)] = current
    return numbers


def _font() -> FreeTypeFont:
    from PIL import ImageFont

    font = ImageFont.load_default(_FONT_SIZE)
    assert not isinstance(font, ImageFont.ImageFont), "Pillow was built without FreeType"
    return font


def _size(label: str, font: FreeTypeFont) -> tuple[int, int]:
    """Width and height of a label in pixels."""
    lines = label.split("\n")
    width = max(font.getlength(ascii_text(line)) for line in lines)
    return round(width) + 2 * _LABEL_PADDING, _LINE_HEIGHT * len(lines)


def _draw_outlines(page: Image, items: Sequence[PageItem], corner: tuple[float, float]) -> None:
    from PIL import ImageDraw

    draw = ImageDraw.Draw(page)
    for kind, style in reversed(list(STYLES.items())):
        for item in items:
            if item.kind == kind and item.bbox:
                box = pixels(item.bbox, corner, style.offset)
                draw.rectangle(box, outline=style.colour, width=style.width)


def _draw_labels(body: Image, labels: Sequence[DrawnLabel], font: FreeTypeFont) -> None:
    """Draw the lines to labels, then the labels, so that no line runs through one."""
    from PIL import ImageDraw

    draw = ImageDraw.Draw(body)
    for label in labels:
        if label.placed.leader:
            draw.line(list(label.placed.leader), fill=STYLES[label.item.kind].colour, width=1)
    for label in labels:
        x, y, _, _ = label.placed.area
        draw.rectangle(label.placed.area, fill="white")
        colour = STYLES[label.item.kind].colour
        for n, line in enumerate(label.text.split("\n")):
            draw_text(draw, (x + _LABEL_PADDING, y + n * _LINE_HEIGHT), line, font, colour)


def pixels(box: Bbox, corner: tuple[float, float], offset: int) -> Pixels:
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
