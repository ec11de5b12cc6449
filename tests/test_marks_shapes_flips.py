"""Lights, levels, dials and outlines: from which share, size and distance on they are seen.

Pictures are drawn pixel by pixel, pages in points; one length is varied in each sweep.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from draw import Sheet
from flips import flips, steps
from PIL import Image, ImageDraw
from test_marks_levels import LABELS, WORDS, ball

from styrmatt.extract.marks.crop import render_and_analyse
from styrmatt.extract.marks.find import find_marks
from styrmatt.extract.marks.legend.reader import LegendReader
from styrmatt.extract.marks.legend.same_look import look_alike
from styrmatt.extract.marks.mark import Mark
from styrmatt.extract.marks.picture.appearance import CropAppearance, analyse_crop

SIDE = 38
BLUE, GREEN, RED, GREY, DARK = "#1f4e79", "#00b050", "#ff0000", "#6b6b6b", "#333333"
CELL = (90.0, 80.0, 190.0, 140.0)
Answer = Callable[[float], object]


def drawn(
    *parts: tuple[str, tuple[float, ...], str], size: tuple[int, int] = (SIDE, SIDE)
) -> CropAppearance:
    """What a picture shows of boxes, discs and polygons (kind, corners, colour)."""
    image = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(image)
    for kind, corners, colour in parts:
        if kind == "ring":
            pen.ellipse(corners, outline=colour, width=3)
        else:
            {"box": pen.rectangle, "disc": pen.ellipse, "path": pen.polygon}[kind](
                corners, fill=colour
            )
    return analyse_crop(image, 2)


def on_page(draw: Callable[[Sheet], None]) -> tuple[Mark, ...]:
    """The marks of a page that is drawn so."""
    with tempfile.TemporaryDirectory() as folder:
        sheet = Sheet()
        draw(sheet)
        return find_marks(sheet.page(Path(folder)), CELL, WORDS)


# --- outlines


def dot_in_ring(size: float) -> bool:
    middle = (19 - size / 2, 19 - size / 2, 19 + size / 2, 19 + size / 2)
    return drawn(("ring", (3, 3, 34, 34), "#000000"), ("box", middle, "#000000")).inscribed


def chord_in_ring(height: float) -> bool:
    line = (3, height, 34, height + 1)
    return drawn(("ring", (3, 3, 34, 34), "#000000"), ("box", line, "#000000")).inscribed


def ring_on_paper(shade: float) -> bool:
    """Whether a disc in a grey of so much of white, with a dark ring around it, is filled."""
    paper = "#" + 3 * f"{int(shade):02x}"
    return drawn(("disc", (3, 3, 34, 34), paper), ("ring", (3, 3, 34, 34), DARK)).filled


def pale_disc_in_ring(line: float) -> bool:
    """Whether a nearly white disc is filled whose ring is so dark."""
    ring = "#" + 3 * f"{int(line):02x}"
    return drawn(("disc", (3, 3, 34, 34), "#eef0f2"), ("ring", (3, 3, 34, 34), ring)).filled


# --- levels


def level_of_box(width: float) -> str | None:
    return drawn(("box", (2, 2, 2 + width, 15), BLUE)).level


def level_of_cross(arm: float) -> str | None:
    """The level of a cross whose arms are so wide, of 32."""
    low, high = 18 - arm / 2, 18 + arm / 2
    return drawn(("box", (2, low, 34, high), BLUE), ("box", (low, 2, high, 34), BLUE)).level


def sign_of_part(share: float) -> str | None:
    """Where a disc seems to point of which this share of the height is filled from below."""
    image = Image.new("RGB", (SIDE * 4, SIDE * 4), "white")
    full = image.copy()
    ImageDraw.Draw(full).ellipse((8, 8, 143, 143), fill=BLUE)
    top = round(143 - 135 * share)
    image.paste(full.crop((0, top, 152, 152)), (0, top))
    ImageDraw.Draw(image).ellipse((8, 8, 143, 143), outline=BLUE, width=4)
    return analyse_crop(image.resize((SIDE, SIDE), Image.Resampling.LANCZOS), 2).arrow.direction


def level_of_filling(pixels: float) -> str | None:
    box = (4, 4, 33, 33)
    return (
        drawn(
            ("box", box, BLUE),
            ("box", (6, 6, 31, 31), "white"),
            ("box", (6, 32 - pixels, 31, 31), BLUE),
        ).level
        if pixels
        else None
    )


def half_in_another_blue(green: float) -> str | None:
    """The status of a half-filled disc in a blue that differs so much from the legend's."""
    with tempfile.TemporaryDirectory() as folder:
        sheet = Sheet()
        for n, told in enumerate(LABELS):
            ball(sheet, told, BLUE, at=(40, 40 + 15 * n))
            sheet.text(50, 43 + 15 * n, LABELS[told])
        ball(sheet, 0.5, f"#1f{int(green):02x}79")
        page = sheet.page(Path(folder))
        reader = LegendReader(WORDS)
        reader.read_page(page)
        (mark,) = find_marks(page, CELL, WORDS)
        return reader.legend().with_marks([mark]).status(mark).value


# --- dials and lights


def dial_hues(width: float) -> str | None:
    """Where a triangle of blue points with two more hues, each a bar so wide."""
    bars = [
        ("box", (7 + 14 * n, 27, 6 + 14 * n + width, 34), c) for n, c in enumerate((RED, GREEN))
    ]
    return drawn(("path", (19, 3, 35, 35, 3, 35), BLUE), *bars).arrow.direction


def light(radius: float = 4, long: float = 0, cut: float = 0, stain: float = 0) -> bool:
    """Whether the lamp of a standing light is seen: its size, how much longer it is than wide, how
    much of the body's corner is missing, and how much of it has another hue."""
    parts = [("box", (2, 2, 15, 35), DARK)]
    parts += [("disc", (5, 16, 12, 23), GREY)] if radius < 8 else []
    parts += [("disc", (8.5 - radius, 9 - radius, 8.5 + radius, 9 + radius + long), GREEN)]
    parts += [("box", (2, 35 - cut, 8, 35), "white")] if cut else []
    parts += [("box", (4, 28, 3 + stain, 31), RED)] if stain else []
    return drawn(*parts, size=(18, SIDE)).colour == GREEN


def three_lamps(
    gap: float = 1.0, taller: float = 0.0, lower: float = 0.0, wider: float = 0.0, hue: int = 0
) -> int:
    """The marks that three lamps beside each other make, one of them changed."""

    def draw(sheet: Sheet) -> None:
        x = 100.0
        for n, colour in enumerate((GREY, GREEN, GREY)):
            other = n == 1
            width, height = 8 + wider * other, 8 + (taller + wider) * other
            top = 100 + lower * other
            sheet.path(_disc((x, top, x + width, top + height)), fill=colour)
            x += width + gap

    return len(on_page(draw))


def _disc(box: tuple[float, float, float, float]) -> list[tuple[float, float]]:
    x0, top, x1, bottom = box
    rx, ry = (x1 - x0) / 2, (bottom - top) / 2
    turn = math.pi / 8
    return [
        (x0 + rx + rx * math.cos(k * turn), top + ry + ry * math.sin(k * turn)) for k in range(16)
    ]


def hues_of_lamps(red: float) -> int:
    """The marks that lamps in colours of their own make; the middle one goes from green to red."""

    def draw(sheet: Sheet) -> None:
        colours = ("#2e9e4f", f"#{int(red):02x}9e4f", "#d93025")
        for n, colour in enumerate(colours):
            sheet.circle(104 + 9 * n, 104, 4, fill=colour)

    return len(on_page(draw))


def ring_beside_fill(by: float) -> int:
    """The marks of three lamps whose outlines lie so much beside their fills."""

    def draw(sheet: Sheet) -> None:
        for n, colour in enumerate((GREY, GREEN, GREY)):
            sheet.circle(104 + 10 * n, 104, 4, fill=colour)
            sheet.circle(104 + 10 * n + by, 104, 4, stroke="#888888", width=0.3)

    return len(on_page(draw))


# --- what belongs to a mark


def fields(apart: float, points: int = 10) -> int:
    """The marks of two fields, the second so far below and beside the first of ten points."""

    def field(x: float, y: float) -> list[tuple[float, float]]:
        turn = 2 * math.pi / points
        return [(x + 5 * math.cos(k * turn), y + 5 * math.sin(k * turn)) for k in range(points)]

    def draw(sheet: Sheet) -> None:
        sheet.path(field(110, 105), fill="#ff0000")
        sheet.path(field(110 + apart, 105 + apart), fill="#00b050")

    return len(on_page(draw))


def ruling_at_the_end(by: float) -> str | None:
    """The level of a disc below a ruling that begins so far behind the disc's left side."""
    with tempfile.TemporaryDirectory() as folder:
        sheet = Sheet()
        sheet.circle(104, 104, 4, fill=BLUE)
        sheet.line([(100 + by, 98), (280, 98)], width=0.5)
        return render_and_analyse(sheet.page(Path(folder)), (100, 97.5, 108, 108)).level


def pale_ink(shade: float) -> bool | None:
    """Whether pictures are alike that differ in a few pixels beside a large pale area."""
    marks = []
    for odd in (False, True):
        image = Image.new("RGB", (SIDE, SIDE), "white")
        pen = ImageDraw.Draw(image)
        pen.rectangle((2, 2, 35, 35), fill="#" + 3 * f"{int(shade):02x}")
        pen.rectangle((8, 8, 12, 20), fill="black")
        if odd:
            pen.rectangle((20, 20, 22, 22), fill="black")
        marks.append(Mark(1, CELL, "picture", evidence=analyse_crop(image, 2).evidence))
    return look_alike(*marks)


SWEEPS: dict[str, tuple[Answer, Iterable[float], dict[float, object]]] = {
    "a dot in a ring": (dot_in_ring, range(16), {0: False, 4: True, 14: False}),
    "a line across a ring": (chord_in_ring, range(4, 20), {4: False, 13: True}),
    "a ring around paper": (ring_on_paper, range(150, 256, 5), {150: True, 225: False}),
    "how dark the ring around paper is": (
        pale_disc_in_ring,
        range(0, 230, 5),
        {0: False, 145: True},
    ),
    "length of a box of 14": (level_of_box, range(8, 34), {8: None, 10: "full", 18: None}),
    "arms of a cross": (level_of_cross, range(2, 34), {2: None, 14: "full"}),
    "share of a disc that is filled": (sign_of_part, steps(0.3, 0.8, 0.02), {0.3: None}),
    "pixels of filling": (
        level_of_filling,
        range(1, 27),
        {1: "empty", 6: "quarter", 10: "half", 16: "three_quarters", 20: "full"},
    ),
    "colour of a half-filled disc": (
        half_in_another_blue,
        range(0x4E, 0xC0, 4),
        {78: "partly_met", 102: None},
    ),
    "fields of a dial": (dial_hues, range(1, 14), {1: "up", 6: None}),
    "radius of a lamp": (light, steps(1, 12, 0.5), {1.0: False, 2.5: True}),
    "how much longer than wide a lamp is": (
        lambda long: light(3, long),
        range(22),
        {0: True, 5: False, 15: True},
    ),
    "missing corner of a light": (lambda cut: light(cut=cut), range(30), {0: True, 17: False}),
    "another hue in a light": (lambda stain: light(stain=stain), range(12), {0: True, 6: False}),
    "gap between lamps": (lambda gap: three_lamps(gap), steps(0.2, 12, 0.2), {0.2: 1, 9.8: 3}),
    "height of a lamp": (lambda by: three_lamps(taller=by), steps(0.0, 4.0, 0.1), {0.0: 1, 1.3: 3}),
    "how much lower a lamp is": (
        lambda by: three_lamps(lower=by),
        steps(0.0, 4.0, 0.1),
        {0.0: 1, 1.1: 3},
    ),
    "how much larger a lamp is": (
        lambda by: three_lamps(wider=by),
        steps(0.0, 4.0, 0.1),
        {0.0: 1, 1.3: 3},
    ),
    "hue of a lamp": (hues_of_lamps, range(0x2E, 0xE0, 4), {46: 3, 134: 1}),
    "outline of a lamp beside it": (
        ring_beside_fill,
        steps(0.0, 6.0, 0.1),
        {0.0: 1, 2.1: 3, 4.1: 6, 6.0: 4},
    ),
    "fields that overlap": (fields, steps(4.0, 11.0, 0.1), {4.0: 1, 7.6: 2}),
    "points of a field": (lambda n: fields(7.0, int(n)), range(4, 16), {4: 2, 5: 1}),
    "where a ruling begins": (
        ruling_at_the_end,
        steps(-2.0, 6.0, 0.25),
        {-2.0: "full", 1.25: None},
    ),
    "shade of pale ink": (pale_ink, range(200, 256, 2), {200: True, 240: False}),
}


@pytest.mark.parametrize("sweep", SWEEPS)
def test_where_the_answer_flips(sweep: str) -> None:
    answer, values, expected = SWEEPS[sweep]
    assert flips(answer, values) == expected
