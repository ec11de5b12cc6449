"""Lines, shading, marks and chains of letters in the picture of a page: from which size, distance
and shade on they are what they are.

Boxes stand for letters: what is measured is where they lie. Lengths are in points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from flips import flips, steps
from PIL import Image
from test_scans import SCALE, draw, letters, paper

from styrmatt.scans.chains import find_chains
from styrmatt.scans.look import PageLook, look_at
from styrmatt.scans.picture import picture_of
from styrmatt.scans.skew import turn_of

Box = tuple[float, float, float, float]
Answer = Callable[[float], object]


HERE = 200 / 72
"""Pixels per point of these pictures: fewer, so that many are looked at."""


def seen_here(image: Image.Image) -> PageLook:
    return look_at(picture_of(image, HERE))


def blank(colour: str = "white") -> Image.Image:
    return Image.new("RGB", (round(230 * HERE), round(120 * HERE)), colour)


def picture(*boxes: Box | tuple[Box, str], ground: str = "white") -> PageLook:
    """What a page of boxes looks like, black ones where no colour is given."""
    image = blank(ground)
    for one in boxes:
        box, colour = one if isinstance(one[0], tuple) else (one, "black")
        x0, y0, x1, y1 = (round(side * HERE) for side in box)
        draw(image).rectangle((x0, y0, x1 - 1, y1 - 1), fill=colour)
    return seen_here(image)


def grey(shade: float) -> str:
    return "#" + 3 * f"{int(shade):02x}"


def discs(
    *places: tuple[float, float, float], colour: str = "#00b050", ring: float = 0
) -> PageLook:
    """Discs by their left side, top and size; rings where they have a line."""
    image = blank()
    for x, y, size in places:
        box = tuple(side * HERE for side in (x, y, x + size, y + size))
        if ring:
            draw(image).ellipse(box, outline=colour, width=round(ring * HERE))
        else:
            draw(image).ellipse(box, fill=colour)
    return seen_here(image)


def level(look: PageLook) -> int:
    return sum(line.orientation == "h" for line in look.lines)


def chains(look: PageLook) -> int:
    return len(find_chains(look))


def word(count: int = 4, x: float = 20, y: float = 50, height: float = 7) -> list[Box]:
    """Letters as boxes, four points wide and two apart."""
    return [(x + 6 * n, y, x + 6 * n + 4, y + height) for n in range(count)]


def in_first_chain(more: Box) -> int:
    """The parts of the chain of a word beside or above which another box stands."""
    return len(find_chains(picture(*word(), more))[0].numbers)


def shaded(box: Box, colour: str = "#d8e4f0", *more: tuple[Box, str]) -> int:
    return len(picture((box, colour), *more).shading)


def row(count: int, size: float = 7, gap: float = 1.5, other: float = 0.0) -> int:
    """The marks that so many discs beside each other make, every other one larger."""
    places = [(30 + n * (size + gap), 60.0, size + other * (n % 2)) for n in range(count)]
    return len(discs(*places, colour="black").marks)


def least_turn(hundredths: float) -> bool:
    image = paper(400, 300)
    for n in range(12):
        letters(image, "Antal nystartade företag per tusen invånare", 30, 20 + 20 * n)
    degrees = hundredths / 100
    tilted = image.rotate(degrees, resample=Image.Resampling.BICUBIC, fillcolor="white")
    return turn_of(picture_of(tilted, SCALE)) != 0


SWEEPS: dict[str, tuple[Answer, Iterable[float], dict[float, object]]] = {
    # --- lines
    "length of a line": (
        lambda x: level(picture((20, 50, 20 + x, 50.7))),
        range(6, 42, 2),
        {6: 0, 18: 1},
    ),
    "thickness of a line": (
        lambda x: level(picture((20, 50, 220, 50 + x))),
        steps(0.25, 6.0, 0.5),
        {0.25: 1, 4.25: 0},
    ),
    "contrast of a line": (
        lambda x: level(picture(((20, 50, 220, 50.7), grey(255 - x)))),
        range(10, 60, 4),
        {10: 0, 22: 1},
    ),
    "gap in a line": (
        lambda x: level(picture((20, 50, 30, 50.7), (30 + x, 50, 40, 50.7))),
        steps(0.0, 6.0, 0.5),
        {0.0: 1, 2.0: 0},
    ),
    "length of a line's pieces": (
        lambda x: level(
            picture(*((20 + n * (x + 1.5), 50, 20 + n * (x + 1.5) + x, 50.7) for n in range(6)))
        ),
        range(3, 24),
        {3: 0, 8: 1},
    ),
    "height between pieces of a line": (
        lambda y: level(picture((20, 50, 60, 50.7), (60.5, 50 + y, 100, 50.7 + y))),
        steps(0.0, 3.0, 0.5),
        {0.0: 1, 1.0: 2},
    ),
    "feet of letters on a line": (
        lambda x: level(
            picture(
                (20, 50, 220, 50.7), *((20 + 10 * n, 46, 20 + 10 * n + x, 50) for n in range(20))
            )
        ),
        steps(0.5, 9.0, 0.5),
        {0.5: 1, 2.0: 4, 2.5: 0},
    ),
    "how near ink stands above a line": (
        lambda y: level(
            picture(
                (20, 50, 220, 50.7),
                *((20 + 10 * n, 44 - y, 26 + 10 * n, 50 - y) for n in range(20)),
            )
        ),
        steps(0.0, 4.0, 0.5),
        {0.0: 0, 1.0: 1},
    ),
    # --- shading
    "width of shading": (lambda x: shaded((40, 40, 40 + x, 80)), range(10, 70, 2), {10: 0, 26: 1}),
    "height of shading": (lambda y: shaded((40, 40, 200, 40 + y)), range(2, 24), {2: 0, 7: 1}),
    "colour of shading": (
        lambda x: shaded((40, 40, 200, 80), grey(255 - x)),
        range(2, 30),
        {2: 0, 9: 1},
    ),
    "letters on shading": (
        lambda y: shaded((40, 40, 200, 80), "#d8e4f0", ((40, 50, 200, 50 + y), "#000000")),
        range(3, 24, 3),
        {3: 2, 6: 1, 9: 3},
    ),
    "two shades beside each other": (
        lambda x: shaded((40, 40, 120, 80), grey(215), ((120, 40, 200, 80), grey(215 + x))),
        range(2, 36, 2),
        {2: 1, 16: 2, 32: 1},
    ),
    "missing corner of shading": (
        lambda x: shaded((40, 40, 200, 80), "#d8e4f0", ((40, 40, 40 + x, 60), "#ffffff")),
        range(8, 96, 8),
        {8: 1, 64: 0},
    ),
    # --- marks
    "size of a disc": (
        lambda x: len(discs((40, 60, x)).marks),
        (2, 3, 4, 5, 6, 20, 40, 44, 46, 48, 60),
        {2: 0, 4: 1, 40: 4},
    ),
    "thickness of a body": (
        lambda x: len(picture((40, 60, 52, 60 + x), (44, 60, 44 + x, 72)).marks),
        steps(1.0, 8.0, 0.5),
        {1.0: 0, 3.5: 1},
    ),
    "body of a tall mark": (
        lambda y: len(picture((40, 60, 46, 60 + y)).marks),
        range(6, 46, 2),
        {6: 1, 22: 0},
    ),
    "size of a ring": (
        lambda x: len(discs((40, 60, x), ring=0.8).marks),
        range(3, 20),
        {3: 0, 6: 1},
    ),
    "line of a ring": (
        lambda x: len(discs((40, 60, 10), ring=x).marks),
        steps(0.5, 4.0, 0.5),
        {0.5: 0, 1.0: 1, 2.0: 0, 3.5: 1},
    ),
    "shape of a ring": (
        lambda x: len(_oval(x).marks),
        steps(6.0, 16.0, 0.5),
        {6.0: 0, 9.0: 1, 12.0: 0},
    ),
    "letter beside a mark": (
        lambda x: len(picture((40, 60, 50, 70), (50 + x, 61, 54 + x, 70)).marks),
        steps(0.5, 10.0, 0.5),
        {0.5: 0, 3.0: 1, 3.5: 2},
    ),
    "height of a letter beside a mark": (
        lambda y: len(picture((40, 60, 50, 70), (51, 70 - y, 55, 70)).marks),
        range(1, 30),
        {1: 1, 5: 2, 6: 0, 20: 1},
    ),
    # --- gauges
    "discs of a gauge": (row, range(1, 8), {1: 1, 2: 0, 4: 4, 5: 5, 6: 6, 7: 7}),
    "height of a gauge": (
        lambda x: row(5, size=x, gap=0.2 * x),
        steps(1.5, 10.0, 0.5),
        {1.5: 0, 3.0: 5},
    ),
    "gap in a gauge": (lambda x: row(5, gap=x), steps(0.5, 8.0, 0.5), {0.5: 0, 1.0: 5}),
    "size of a gauge's parts": (lambda x: row(5, other=x), steps(0.0, 4.0, 0.5), {0.0: 5, 1.0: 0}),
    # --- chains of letters
    "height of letters": (
        lambda y: chains(picture(*word(height=y))),
        [1.0, 2.0, 2.5, 3.0, 3.5, 10.0, 30.0, 39.0, 41.0, 60.0],
        {1.0: 4, 2.0: 3, 2.5: 0, 3.5: 1, 30.0: 5, 41.0: 0},
    ),
    "length of a dash": (
        lambda x: chains(picture((20, 50, 20 + x, 52.5))),
        range(6, 24, 2),
        {6: 1, 16: 0},
    ),
    "space between letters, in heights": (
        lambda x: chains(picture(*word(2), *word(2, x=30 + 7 * x))),
        steps(0.2, 3.0, 0.1),
        {0.2: 1, 1.1: 2, 1.7: 1, 2.7: 2},
    ),
    "height between letters": (
        lambda y: chains(picture(*word(2), *word(2, x=33, y=50 + y))),
        steps(0.0, 8.0, 0.5),
        {0.0: 1, 3.5: 2},
    ),
    "dot above letters": (
        lambda y: in_first_chain((26, 49 - y, 27.5, 50.5 - y)),
        steps(0.0, 9.0, 0.5),
        {0.0: 2, 1.0: 3, 3.5: 1},
    ),
    "dot below letters": (
        lambda y: in_first_chain((26, 56.5 + y, 27.5, 58 + y)),
        steps(0.0, 8.0, 0.5),
        {0.0: 2, 1.0: 3, 2.5: 2},
    ),
    "crumb at a line": (
        lambda y: chains(picture((20, 50, 220, 50.7), (100, 52 + y, 101.5, 53.5 + y))),
        steps(0.0, 8.0, 0.5),
        {0.0: 0, 1.0: 1},
    ),
    "thickness of a crumb": (
        lambda y: chains(picture((20, 50, 220, 50.7), (100, 52.2, 106, 52.2 + y))),
        steps(0.5, 7.0, 0.5),
        {0.5: 0, 2.0: 1, 3.0: 0},
    ),
    # --- turning
    "hundredths of a degree that are turned back": (
        least_turn,
        range(2, 16, 2),
        {2: False, 4: True},
    ),
}


def _oval(width: float) -> PageLook:
    image = blank()
    box = tuple(side * HERE for side in (40, 60, 40 + width, 70))
    draw(image).ellipse(box, outline="black", width=round(0.8 * HERE))
    return seen_here(image)


@pytest.mark.slow
@pytest.mark.parametrize("sweep", SWEEPS)
def test_where_the_answer_flips(sweep: str) -> None:
    answer, values, expected = SWEEPS[sweep]
    assert flips(answer, values) == expected
