"""What a picture of a mark shows: from which size, share and shade on its colour, fill and sign.

Pictures are made pixel by pixel, so that a share is a share. The searched part of the page is
looked at as well: what is rendered, and what is taken off it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from flips import flips, steps
from paper import Box, corners, painted
from PIL import Image, ImageDraw
from shades import grey, lab_grey, shade

from styrmatt.extract.marks import crop
from styrmatt.extract.marks.candidates import MarkCandidate
from styrmatt.extract.marks.picture.appearance import CropAppearance, analyse_crop
from styrmatt.extract.marks.picture.colour_difference import channels, oklab
from styrmatt.extract.model.page import Fill, Page, Ruling

SIDE, MARGIN = 38, 2
"""Pixels of a picture, and of the ground around what is in it, as marks are rendered."""
GREEN, RED, BLUE, AMBER, WHITE, BLACK = (
    "#00b050", "#ff0000", "#0070c0", "#ffc000", "#ffffff", "#000000",
)  # fmt: skip
UP = ((0.5, 0.0), (1.0, 1.0), (0.0, 1.0))

Part = tuple[Any, str]
"""A box of pixels, or ``(centre, radius)`` of a disc, or a polygon; and its colour."""


def picture(*parts: Part, ground: str = WHITE, side: int = SIDE) -> Image.Image:
    """Parts painted one over the other; a box ends before its last pixels."""
    image = Image.new("RGB", (side, side), ground)
    draw = ImageDraw.Draw(image)
    for place, colour in parts:
        if len(place) == 2:
            (x, y), r = place
            draw.ellipse((x - r, y - r, x + r, y + r), fill=colour)
        elif isinstance(place[0], tuple):
            draw.polygon(list(place), fill=colour)
        elif place[2] > place[0] and place[3] > place[1]:
            x0, top, x1, bottom = place
            draw.rectangle((x0, top, x1 - 1, bottom - 1), fill=colour)
    return image


def look(*parts: Part, ground: str = WHITE, side: int = SIDE) -> CropAppearance:
    return analyse_crop(picture(*parts, ground=ground, side=side), MARGIN)


def box(width: int, height: int, left: int = 2, top: int = 2) -> tuple[int, int, int, int]:
    return (left, top, left + width, top + height)


def triangle(size: float, middle: float = 18.5) -> tuple[tuple[float, float], ...]:
    """A triangle upwards about the picture's middle."""
    half = size / 2
    return tuple((middle + (x - 0.5) * size, middle - half + y * size) for x, y in UP)


ALL = box(34, 34)
DISC = ((18.5, 18.5), 16)


def tint(lightness: float) -> str:
    """A green of this lightness."""
    return shade(lightness, 0.06, 150) or ""


def striped(*colours: tuple[str, int]) -> list[Part]:
    """A square of upright stripes: colours and their pixels of width."""
    left, parts = 2, []
    for colour, width in colours:
        parts.append((box(width, 34, left), colour))
        left += width
    return parts


def grainy(others: float) -> str | None:
    """The colour of a square of a grainy colour with so many plain stripes."""
    plain = [RED, BLUE, AMBER, "#7030a0", "#00ffff", "#804000", "#ff00ff"][: int(others)]
    image = picture((ALL, GREEN))
    for x in range(2, 36):
        for y in range(2, 36):
            image.putpixel((x, y), (x % 12, 176 + y % 12, 80 + (x + y) % 12))
    for n, colour in enumerate(plain):
        image.paste(colour, (8 + 3 * n, 2, 11 + 3 * n, 36))
    seen = analyse_crop(image, MARGIN).colour
    return "plain" if seen in plain else "grainy"


def with_outline(thickness: int, line: int = 3) -> str | None:
    """The colour of a bar of this thickness with an outline of so many pixels."""
    bar, inner = box(34, thickness), box(34 - 2 * line, thickness - 2 * line, 2 + line, 2 + line)
    return look((bar, BLUE), (inner, AMBER)).colour


def halo(share: float) -> str | None:
    """Where an arrow points that stands on a grey square, so much as different from white."""
    different = math.dist(oklab(channels(GREEN)), oklab(channels(WHITE)))
    ground = grey(1 - share * different)
    return look((ALL, ground), (triangle(33), GREEN)).arrow.direction


def framed(length: float) -> str | None:
    """The colour of white paper over a grey ground with so much of a frame of two colours."""
    down, across = min(int(length), 34), min(max(int(length) - 34, 0), 29)
    up = max(int(length) - 63, 0)
    bars = ((box(5, down), BLACK), (box(across, 5, 7), "#404040"), (box(5, up, 31, 7), "#404040"))
    return look((ALL, WHITE), *bars, ground="#d9d9d9").colour


def house(size: float) -> tuple[tuple[float, float], ...]:
    """A house that points up about the picture's middle; three quarters of a square."""
    low, high = 19 - size / 2, 18.5 + size / 2
    return ((18.5, low), (high, 19.0), (high, high), (low, high), (low, 19.0))


LOOKS: dict[str, tuple[Callable[[Any], Any], Sequence[float], dict[float, Any]]] = {
    "a grey is seen on white below a lightness of 0.965": (
        lambda lightness: look((DISC, grey(lightness))).colour is not None,
        steps(0.8, 1.0, 0.01),
        {0.8: True, 0.97: False},
    ),
    "shades of a colour count together up to a difference of 0.06": (
        lambda off: look(*striped((RED, 14), (tint(0.6), 10), (tint(0.6 + off), 10))).colour == RED,
        steps(0.01, 0.3, 0.02),
        {0.01: False, 0.07: True},
    ),
    "a sign on a disc is seen from a difference of 0.12 on": (
        lambda off: look((DISC, tint(0.6)), (triangle(14), tint(0.6 + off))).arrow.direction,
        steps(0.03, 0.35, 0.02),
        {0.03: None, 0.13: "up"},
    ),
    "a disc of 16 pixels is an outline where its hole has four tenths of its area": (
        lambda radius: look((DISC, RED), (((18.5, 18.5), radius), WHITE)).filled,
        range(1, 16),
        {1: True, 10: False},
    ),
    "a dot in a picture of 38 by 38 pixels is seen from 2 in 100 of its area on": (
        lambda size: look((box(int(size), int(size), 10, 10), RED)).colour is not None,
        range(1, 20),
        {1: False, 6: True},
    ),
    "a dot in a small picture is seen from 4 pixels on": (
        lambda pixels: look((box(int(pixels), 1, 2, 4), RED), side=9).colour is not None,
        range(1, 6),
        {1: False, 4: True},
    ),
    "an outline of up to 7 pixels leaves its colour to the fill, for 4 of them are the rim": (
        lambda line: (
            look((ALL, BLUE), (box(34 - 2 * line, 34 - 2 * line, 2 + line, 2 + line), AMBER)).colour
        ),
        range(1, 17),
        {1: AMBER, 8: BLUE},
    ),
    "a bar of which little is left within the rim has the colour of most of it": (
        with_outline,
        range(8, 20),
        {8: BLUE, 10: AMBER},
    ),
    "a grey of less than 0.45 of an arrow's difference from white does not hide it": (
        halo,
        steps(0.04, 0.96, 0.04),
        {0.04: "up", 0.48: None},
    ),
    "a sign on a disc is seen from 6 in 100 of it on": (
        lambda size: look((DISC, GREEN), (triangle(int(size)), BLACK)).arrow.direction,
        range(2, 20),
        {2: None, 7: "up"},
    ),
    "a sign on a square is seen up to six tenths of it": (
        lambda size: look((ALL, GREEN), (house(int(size)), WHITE)).arrow.direction,
        range(2, 33),
        {2: None, 7: "up", 23: None},
    ),
    "white is the paper of a picture where half of its edge is white": (
        framed,
        range(4, 90, 4),
        {4: WHITE, 40: BLACK, 60: WHITE},
    ),
    "white is a picture's paper where a tenth of it is something else": (
        lambda size: (
            look((ALL, WHITE), (box(int(size), int(size), 10, 10), BLACK), ground="#d9d9d9").colour
        ),
        range(2, 24),
        {2: WHITE, 13: BLACK},
    ),
    "a grainy colour is found beside three plain ones": (
        grainy,
        range(7),
        {0: "grainy", 4: "plain"},
    ),
    "a hue goes before a larger grey from three tenths on": (
        lambda width: look(*striped((GREEN, int(width)), ("#7f7f7f", 34 - int(width)))).colour,
        range(6, 34),
        {6: "#7f7f7f", 12: GREEN},
    ),
    "a second hue makes two colours from a fifth on": (
        lambda width: look(*striped((GREEN, 34 - int(width)), (RED, int(width)))).other_colour,
        range(2, 17),
        {2: None, 10: RED},
    ),
    "two hues are 25 degrees apart": (
        lambda apart: (
            look(
                *striped((str(shade(0.6, 0.2, 290)), 18), (str(shade(0.6, 0.2, 290 + apart)), 16))
            ).other_colour
            is not None
        ),
        range(5, 45),
        {5: False, 26: True},
    ),
    "a sign hangs together but for a tenth": (
        lambda dots: (
            look(
                (DISC, GREEN), (triangle(12), WHITE), (box(int(dots), 2, 12, 28), WHITE)
            ).arrow.direction
        ),
        range(1, 14),
        {1: "up", 5: None},
    ),
}


@pytest.mark.parametrize(
    ("answer", "values", "expected"),
    [pytest.param(*row, id=sentence) for sentence, row in LOOKS.items()],
)
def test_where_the_answer_flips(
    answer: Callable[[float], Any], values: Sequence[float], expected: dict[float, Any]
) -> None:
    assert flips(answer, values) == expected


def page(*things: Fill | Ruling, render: Callable[[Box, float], Image.Image]) -> Page:
    fills = tuple(thing for thing in things if isinstance(thing, Fill))
    rulings = tuple(thing for thing in things if isinstance(thing, Ruling))
    return Page(1, 300, 300, (), rulings, fills, render=render)


class Renders:
    """Renders red squares, and keeps what was asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[Box, float]] = []
        self.colour = RED

    def __call__(self, place: Box, scale: float) -> Image.Image:
        self.asked.append((place, scale))
        return painted([(corners((0, 0, 300, 300)), self.colour)])(place, scale)


@pytest.mark.parametrize("size", [(3.4, 3.4), (34.0, 10.0), (5.0, 40.0)])
def test_a_mark_is_rendered_to_39_pixels_whatever_its_size(size: tuple[float, float]) -> None:
    """34 for itself, 2 on each side for the ground, and half of one to be off whole pixels."""
    renders = Renders()
    x0, top, x1, bottom = 100.0, 100.0, 100.0 + size[0], 100.0 + size[1]
    crop.render_and_analyse(page(render=renders), (x0, top, x1, bottom))
    place, scale = renders.asked[0]
    assert scale * max(size) == pytest.approx(34, rel=0.01)
    around = (x0 - place[0], top - place[1], place[2] - x1, place[3] - bottom)
    assert [round(scale * gap, 2) for gap in around] == [2.25] * 4


def test_a_shaded_cell_is_rendered_without_its_borders_to_no_more_than_40_pixels() -> None:
    """A sixteenth of its width and a twelfth of its height are left out on each side."""
    renders = Renders()
    places = []
    for width, height in ((20.0, 10.0), (50.0, 100.0), (200.0, 20.0)):
        shaded = MarkCandidate("shading", (50, 50, 50 + width, 50 + height), RED)
        assert crop.rendered_shade(page(render=renders), shaded) == RED
        place, scale = renders.asked[-1]
        places.append([round(v, 2) for v in (*place, scale)])
    assert places == [
        [51.2, 50.8, 68.8, 59.2, 1.0],
        [53.0, 58.0, 97.0, 142.0, 0.4],
        [62.0, 51.6, 238.0, 68.4, 0.2],
    ]


def test_a_colour_is_that_of_the_operator_where_what_is_seen_differs_by_up_to_3() -> None:
    def whose(off: float) -> str:
        renders = Renders()
        renders.colour = lab_grey(60 + off)
        shaded = MarkCandidate("shading", (50, 50, 90, 90), lab_grey(60))
        seen = crop.rendered_shade(page(render=renders), shaded)
        return {lab_grey(60): "the operator's", renders.colour: "what is seen"}[seen or ""]

    assert flips(whose, range(1, 15)) == {1: "the operator's", 4: "what is seen"}


def taken_off(monkeypatch: pytest.MonkeyPatch, *things: Fill | Ruling) -> tuple[Any, Any]:
    """(colours behind, bands of pixels) that are taken off a mark of 34 by 34 points."""
    asked: list[tuple[Any, Any]] = []

    def analyse(_: Image.Image, __: int, behind: Any, lines: Any) -> CropAppearance:
        asked.append((behind, lines))
        return crop.NO_INK

    monkeypatch.setattr(crop, "analyse_crop", analyse)
    crop.render_and_analyse(page(*things, render=Renders()), (100, 100, 134, 134))
    return asked[0]


def test_shading_that_sticks_out_by_3_points_lies_behind_a_mark(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def behind(out: float) -> int:
        shaded = Fill((100 - out, 110, 130, 200), AMBER)
        return len(taken_off(monkeypatch, shaded)[0])

    assert flips(behind, steps(0.25, 9.25, 0.5)) == {0.25: 0, 3.25: 1}


@pytest.mark.parametrize(
    ("thickness", "bands"),
    [
        (0.0, {100.02: (1, 3), 100.07: (1, 4), 100.47: (2, 4), 101.07: (2, 5), 101.47: (3, 5)}),
        (0.3, {100.02: (1, 3), 100.07: (1, 4), 100.47: (2, 4), 101.07: (2, 5), 101.47: (3, 5)}),
        (0.6, {100.02: (1, 4), 100.57: (2, 4), 100.97: (2, 5), 101.57: (3, 5), 101.97: (3, 6)}),
    ],
)
def test_a_ruling_is_taken_off_with_the_pixels_that_its_edge_blurs(
    monkeypatch: pytest.MonkeyPatch, thickness: float, bands: dict[float, tuple[int, int]]
) -> None:
    """Rows of pixels of a point; the first is 2.25 above 100. Thin rulings are as one of 0.4."""

    def band(at: float) -> tuple[int, int]:
        ruling = Ruling("h", at, 50, 200, False, thickness)
        ((_, first, end),) = taken_off(monkeypatch, ruling)[1]
        return (first, end)

    assert flips(band, steps(100.02, 101.97, 0.05)) == bands


def test_a_symbol_has_room_for_ink_beyond_the_box_of_its_font() -> None:
    """An eighth of its height above and below it, and half of that at its sides."""
    assert crop.with_overhang((100, 100, 120, 150)) == (97, 94, 123, 156)
