"""Perturbations of ink: text that no reader sees, watermarks, letters that are printed twice."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pypdf
import pypdfium2
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject
from reportlab.lib.colors import HexColor
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from typeset.tables import PAD

from perturb.draft import Draft, Place, Row, Typeset
from perturb.drawing import draw_lines, draw_string, text_width
from perturb.kinds import NotHere, kind
from perturb.text import needed
from perturb.words import words

_ROWS = 4
_LAYER = "/Trust1"
_GAP = 3.0
"""Points between a target and the text that is hidden beside it."""


def _beside(
    draft: Draft, draw: Callable[[Any, Place, str, float], None], name: str = "target"
) -> None:
    """Have something drawn after the target of some rows; `draw` gets canvas, place, text and how
    far from the cell's beginning the target ends."""
    rows = needed(draft.figures(_ROWS))
    chosen = {row.key: _hidden(draft) for row in rows}
    ends = {
        row.key: text_width(draft, draft.grid(row.key).cell(row.key, "target").text) + _GAP
        for row in rows
    }

    def page_end(canvas: Any, number: int, places: list[Place]) -> None:
        for place in places:
            if place.key in chosen and place.field == name and place.filled:
                canvas.saveState()
                draw(canvas, place, chosen[place.key], ends[place.key])
                canvas.restoreState()

    draft.page_ends.append(page_end)


def _hidden(draft: Draft) -> str:
    form = draft.random.choice(words()["ink"]["hidden"])
    return str(form.format(draft.random.randint(11, 97)))


@kind("ink", "another figure beside the target, on a layer that is off", "hidden", "target")
def layer_off(draft: Draft) -> None:
    def draw(canvas: Any, place: Place, text: str, end: float) -> None:
        canvas._code.append(f"/OC {_LAYER} BDC")
        draw_string(draft, canvas, place, text, dx=end)
        canvas._code.append("EMC")

    _beside(draft, draw)

    def finish(writer: Any, done: Typeset) -> None:
        layer = writer._add_object(
            DictionaryObject(
                {
                    NameObject("/Type"): NameObject("/OCG"),
                    NameObject("/Name"): TextStringObject("Layer 1"),
                }
            )
        )
        for page in writer.pages:
            page["/Resources"][NameObject("/Properties")] = DictionaryObject(
                {NameObject(_LAYER): layer}
            )
        off = DictionaryObject({NameObject("/OFF"): ArrayObject([layer])})
        writer.root_object[NameObject("/OCProperties")] = DictionaryObject(
            {NameObject("/OCGs"): ArrayObject([layer]), NameObject("/D"): off}
        )

    draft.finishers.append(finish)


@kind("ink", "another figure beside the target, in the mode that draws nothing", "hidden", "target")
def render_mode_3(draft: Draft) -> None:
    def draw(canvas: Any, place: Place, text: str, end: float) -> None:
        draw_string(draft, canvas, place, text, dx=end, mode=3)

    _beside(draft, draw)


@kind("ink", "another figure beside the target, white on white", "hidden", "target")
def white_on_white(draft: Draft) -> None:
    def draw(canvas: Any, place: Place, text: str, end: float) -> None:
        draw_string(draft, canvas, place, text, dx=end, colour="#ffffff")

    _beside(draft, draw)


@kind("ink", "an older target under a white box, on which the target stands", "hidden", "target")
def covered(draft: Draft) -> None:
    rows = needed(draft.figures(_ROWS))
    for row in rows:
        text = draft.grid(row.key).cell(row.key, "target").text
        old = draft.random.choice(words()["ink"]["old"]).format(draft.random.randint(11, 97))

        def paint(canvas: Any, place: Place, text: str = text, old: str = str(old)) -> None:
            draw_string(draft, canvas, place, old)
            high = 1.25 * draft.style.table_size
            canvas.setFillColor(HexColor("#ffffff"))
            wide = place.right - place.left - PAD
            canvas.rect(place.left + PAD / 2, place.top - PAD - high, wide, high, stroke=0, fill=1)
            draw_lines(draft, canvas, place, text)

        draft.put(row, "target", paint=paint)


@kind("ink", "another figure beside the target, outside the clip path", "hidden", "target")
def clipped(draft: Draft) -> None:
    def draw(canvas: Any, place: Place, text: str, end: float) -> None:
        path = canvas.beginPath()
        path.rect(place.left, place.bottom - 400, 1, 1)
        canvas.clipPath(path, stroke=0, fill=0)
        draw_string(draft, canvas, place, text, dx=end)

    _beside(draft, draw)


@kind(
    "ink",
    "words and figures at the height of rows, beyond the page's edge",
    "hidden",
    "target",
    "trend",
)
def off_page(draft: Draft) -> None:
    def draw(canvas: Any, place: Place, text: str, end: float) -> None:
        beyond = draft.style.page[0] - place.left + 6
        draw_string(draft, canvas, place, text, dx=beyond)

    _beside(draft, draw)


@kind(
    "ink",
    "another figure beside the target, so small that it is no more than a speck",
    "hidden",
    "target",
)
def speck(draft: Draft) -> None:
    def draw(canvas: Any, place: Place, text: str, end: float) -> None:
        draw_string(draft, canvas, place, text, dx=end, size=0.5)

    _beside(draft, draw)


def _watermark(draft: Draft, degrees: float, *, beneath: bool) -> None:
    text = draft.random.choice(words()["ink"]["watermark"])
    size = draft.random.choice([54, 66, 78])
    grey = draft.random.choice(["#e4e4e4", "#d8d8d8", "#f0e0e0"])
    wide, high = draft.style.page

    def draw(canvas: Any, *_: object) -> None:
        canvas.saveState()
        canvas.translate(wide / 2, high * 0.5)
        canvas.rotate(degrees)
        canvas.setFillColor(HexColor(grey))
        canvas.setFillAlpha(1.0 if beneath else 0.4)
        canvas.setFont(f"{draft.style.font}-Bold", size)
        for step in (-2.2, 0, 2.2):
            canvas.drawCentredString(0, step * size, text)
        canvas.restoreState()

    (draft.page_begins if beneath else draft.page_ends).append(draw)


@kind(
    "ink",
    "a large grey word across each page, turned by about 45 degrees",
    "hidden",
    "status",
    "trend",
)
def watermark_turned(draft: Draft) -> None:
    _watermark(draft, draft.random.choice([35, 45, 55]), beneath=True)


@kind("ink", "a large grey word across each page, level", "hidden", "status", "trend")
def watermark_level(draft: Draft) -> None:
    _watermark(draft, 0, beneath=True)


@kind("ink", "a large see-through word over each page", "hidden", "status", "trend")
def watermark_above(draft: Draft) -> None:
    _watermark(draft, draft.random.choice([0, 30, 50]), beneath=False)


def _twice(draft: Draft, rows: list[Row], name: str, share: float) -> None:
    moved = draft.style.table_size * share
    for row in rows:
        text = draft.grid(row.key).cell(row.key, name).text

        def paint(canvas: Any, place: Place, text: str = text) -> None:
            draw_lines(draft, canvas, place, text)
            draw_lines(draft, canvas, place, text, dx=moved)

        draft.put(row, name, paint=paint)


@kind(
    "ink",
    "targets and names that are printed twice, a little apart, to look bold",
    "target",
    "name",
)
def printed_twice(draft: Draft) -> None:
    share = draft.random.uniform(0.02, 0.1)
    _twice(draft, needed(draft.figures(_ROWS)), "target", share)
    names = [row for row in draft.pick(_ROWS) if row.key[1] != "men"]
    _twice(draft, names, "measure", share)


@kind("ink", "an older target, struck through, before the target", "target", "hidden")
def struck_through(draft: Draft) -> None:
    for row in needed(draft.figures(2)):
        text = draft.grid(row.key).cell(row.key, "target").text
        old = f"{draft.random.randint(11, 97)} %"

        def paint(canvas: Any, place: Place, text: str = text, old: str = old) -> None:
            end = draw_string(draft, canvas, place, old)
            y = place.top - PAD - draft.style.table_size * 0.68
            canvas.setLineWidth(0.8)
            canvas.line(place.left + PAD - 1, y, end + 1, y)
            draw_string(draft, canvas, place, text, dx=end - place.left - PAD + _GAP)

        draft.put(row, "target", paint=paint)
        row.keep("target_value", "target_text")


@kind("ink", "white letters on a dark header, which everybody sees", "column")
def white_on_dark(draft: Draft) -> None:
    draft.style = replace(draft.style, header_shade="#1f3864", header_colour="#ffffff")


@kind("ink", "a page with rows that is a picture of itself", "page", "row", "name", "link")
def page_as_picture(draft: Draft) -> None:
    def finish(writer: Any, done: Typeset) -> None:
        pages = sorted({place.page for place in done.places if place.key and place.filled})
        if not pages:
            raise NotHere
        number = draft.random.choice(pages)
        image = pypdfium2.PdfDocument(done.pdf)[number - 1].render(scale=1.5).to_pil()
        out = io.BytesIO()
        wide, high = done.page_size
        canvas = Canvas(out, pagesize=(wide, high), invariant=1)
        canvas.drawImage(ImageReader(image), 0, 0, wide, high)
        canvas.showPage()
        canvas.save()
        writer.insert_page(_first_page(out), number)
        writer.remove_page(number - 1)
        for row in draft.rows.values():
            here = {p.page for p in done.places if p.key == row.key and p.filled}
            if number in here:
                row.keep(*(name for name in row.values if name not in ("sex", "page")))
                row.printed = here != {number}
        draft.holes.append(f"page {number} is a picture")

    draft.finishers.append(finish)


def _first_page(out: io.BytesIO) -> Any:
    return pypdf.PdfReader(out).pages[0]
