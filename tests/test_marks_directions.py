"""Where shapes of every build and turn point, and from which build on they do.

tests/golden/directions.txt shows it. After a wanted change write it anew with
``UPDATE_GOLDEN=1 pytest -n0 tests/test_marks_directions.py`` and read the difference.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from draw import CHEVRON, NOTCHED, TRIANGLE
from flips import check_golden, flips, steps

from styrmatt.extract.marks.picture.arrow_direction import arrow_direction
from styrmatt.extract.marks.picture.bitmask import Mask

Points = Sequence[tuple[float, float]]
PIXELS = 34
SIGNS = {"up": "↑", "down": "↓", "left": "←", "right": "→", "up_right": "↗", "up_left": "↖"} | {
    "down_right": "↘", "down_left": "↙", "left_right": "↔", "up_down": "↕", None: "."
}  # fmt: skip


def mirrored(*right: tuple[float, float]) -> Points:
    """A shape of which the right half is given from top to bottom, as distances from the middle."""
    points = [(0.5 + x, y) for x, y in right]
    return [*points, *((1 - x, y) for x, y in reversed(points))]


def arrow(head: float = 0.5, shaft: float = 0.3, tip: float = 0.0, length: float = 1.0) -> Points:
    """An arrow upwards: shares of its width and, of the head, of its length."""
    half, neck = shaft / 2, head * length
    return mirrored((tip / 2, 0.0), (0.5, neck), (half, neck), (half, length))


def double(head: float = 0.3, waist: float = 0.3, width: float = 0.5) -> Points:
    """An arrow up and down, as long as the square and so wide; the waist is a share of that."""
    wide, narrow = width / 2, waist * width / 2
    low = 1 - head
    return mirrored(
        (0.0, 0.0), (wide, head), (narrow, head), (narrow, low), (wide, low), (0.0, 1.0)
    )


def trapezoid(top: float) -> Points:
    return mirrored((top / 2, 0.0), (0.5, 1.0))


def house(roof: float) -> Points:
    """A square of which so much is a roof."""
    return mirrored((0.0, 0.0), (0.5, roof), (0.5, 1.0))


def ellipse(width: float) -> Points:
    angles = (2 * math.pi * n / 24 for n in range(24))
    return [(0.5 + width / 2 * math.cos(a), 0.5 + math.sin(a) / 2) for a in angles]


def leaning(shape: Points, by: float) -> Points:
    """A shape whose upper end is moved to the right by this share."""
    return [(x + by * (1 - y), y) for x, y in shape]


def mask(shape: Points, turn: float = 0.0, pixels: int = PIXELS, *more: Points) -> Mask:
    """The pixels whose middles lie in a shape of the unit square (or in another), turned."""
    sin, cos = math.sin(math.radians(turn)), math.cos(math.radians(turn))
    shapes = [
        [
            (0.5 + (x - 0.5) * cos - (y - 0.5) * sin, 0.5 + (x - 0.5) * sin + (y - 0.5) * cos)
            for x, y in one
        ]
        for one in (shape, *more)
    ]
    around = pixels // 4 + 1
    rows = []
    for n in range(-around, pixels + around):
        y = (n + 0.503) / pixels
        row = 0
        crossings = [_crossings(one, y) for one in shapes]
        for m in range(-around, pixels + around):
            x = (m + 0.503) / pixels
            row = row << 1 | any(sum(at < x for at in xs) % 2 for xs in crossings)
        rows.append(row)
    return Mask(tuple(rows), pixels + 2 * around)


def _crossings(shape: Points, y: float) -> list[float]:
    """Where the level y crosses the sides of a shape."""
    sides = zip(shape, [*shape[1:], shape[0]], strict=True)
    return [
        x0 + (y - y0) / (y1 - y0) * (x1 - x0)
        for (x0, y0), (x1, y1) in sides
        if (y0 > y) != (y1 > y)
    ]


def sign(of: Mask) -> str:
    reading = arrow_direction(of)
    return "?" if reading.doubt else SIGNS[reading.direction]


def rows(*spans: tuple[int, int]) -> Mask:
    """A mask of rows that are set from one pixel to another."""
    width = max(end for _, end in spans)
    return Mask(tuple((1 << (width - a)) - (1 << (width - b)) for a, b in spans), width)


def centred(*widths: int) -> Mask:
    """A mask of rows of these odd widths about one middle."""
    middle = max(widths) // 2
    return rows(*((middle - w // 2, middle + w // 2 + 1) for w in widths))


SHAPES: dict[str, Points] = {
    "triangle": TRIANGLE,
    "chevron": CHEVRON,
    "notched": NOTCHED,
    "disc": ellipse(1.0),
    "square": house(0.0),
    **{f"arrow, shaft {s:.2f}": arrow(shaft=s) for s in (0.1, 0.2, 0.35, 0.5, 0.7, 0.85)},
    **{f"arrow, head {h:.2f}": arrow(head=h) for h in (0.08, 0.15, 0.25, 0.4, 0.7, 0.9)},
    **{f"arrow, tip {t:.2f}": arrow(tip=t) for t in (0.1, 0.2, 0.3, 0.45, 0.6)},
    **{f"arrow, length {w:.2f}": arrow(length=w) for w in (0.4, 0.6, 1.3)},
    **{f"trapezoid, top {t:.2f}": trapezoid(t) for t in (0.1, 0.25, 0.4, 0.5, 0.7)},
    **{f"house, roof {r:.2f}": house(r) for r in (0.1, 0.2, 0.3, 0.5, 0.7, 0.85)},
    **{f"double, waist {w:.2f}": double(waist=w) for w in (0.15, 0.35, 0.5, 0.65, 0.8)},
    **{f"double, width {w:.2f}": double(width=w) for w in (0.25, 0.4, 0.6, 0.75, 0.9)},
    **{f"double, head {h:.2f}": double(head=h) for h in (0.08, 0.15, 0.45)},
    **{f"leaning triangle {b:.2f}": leaning(TRIANGLE, b) for b in (0.1, 0.2, 0.35, 0.5)},
    **{f"leaning arrow {b:.2f}": leaning(arrow(), b) for b in (0.1, 0.2, 0.35)},
}
TURNS = (0, 15, 30, 45, 90, 180)


def test_shapes_point_as_in_the_golden_file() -> None:
    """Rows are shapes, columns are turns; a dot is for none, a question mark for a doubt."""
    lines = [f"{'turned by degrees:':24}" + ", ".join(map(str, TURNS))]
    for name, shape in SHAPES.items():
        lines.append(f"{name:24}" + "".join(sign(mask(shape, turn)) for turn in TURNS))
    check_golden("directions.txt", "\n".join(lines))


def test_small_shapes_point_as_in_the_golden_file() -> None:
    """Rows are heights in pixels, columns are widths from 1 to 20."""
    lines = []
    for name, shape in (("triangle", TRIANGLE), ("arrow", arrow())):
        lines.append(f"{name}")
        for height in range(1, 15):
            found = "".join(sign(sized(shape, width, height)) for width in range(1, 21))
            lines.append(f"{height:<6}{found}")
    check_golden("small-directions.txt", "\n".join(lines))


def sized(shape: Points, width: int, height: int) -> Mask:
    """A shape drawn so many pixels wide and high."""
    xs, ys = zip(*shape, strict=True)
    x0, y0, x1, y1 = min(xs), min(ys), max(xs), max(ys)
    largest = max(width, height)
    placed = [
        ((x - x0) / (x1 - x0) * width / largest, (y - y0) / (y1 - y0) * height / largest)
        for x, y in shape
    ]
    return mask(placed, pixels=largest)


def with_blob(pixels: float) -> str:
    """A triangle of 64 pixels and, apart below it, rows of so many pixels together."""
    triangle = centred(*range(1, 16, 2))
    full, rest = divmod(int(pixels), 15)
    return sign(Mask((*triangle.rows, 0, *[(1 << 15) - 1] * full, (1 << rest) - 1), 15))


@pytest.mark.parametrize(
    ("answer", "values", "expected"),
    [
        pytest.param(
            lambda shaft: sign(centred(1, 3, 5, *[1] * int(shaft))),
            range(1, 21),
            {1: ".", 3: "↑"},
            id="a shape of less than 12 pixels points nowhere",
        ),
        pytest.param(
            with_blob,
            range(3, 60, 3),
            {3: "↑", 30: "."},
            id="three tenths of the pixels may lie apart",
        ),
        pytest.param(
            lambda by: sign(mask(leaning(TRIANGLE, by))),
            steps(0.02, 0.5, 0.04),
            {0.02: "↑", 0.26: ".", 0.34: "↘"},
            id="a triangle that leans more and more points to another of its corners",
        ),
        pytest.param(
            lambda by: sign(mask(leaning(CHEVRON, by))),
            steps(0.02, 0.6, 0.04),
            {0.02: "↑", 0.3: "."},
            id="a chevron that leans points nowhere",
        ),
        pytest.param(
            lambda roof: sign(mask(house(roof))),
            steps(0.02, 0.98, 0.04),
            {0.02: ".", 0.3: "↑"},
            id="a house points up from a roof of three tenths on",
        ),
        pytest.param(
            lambda top: sign(mask(trapezoid(top))),
            steps(0.02, 0.98, 0.04),
            {0.02: "↑", 0.38: "."},
            id="a trapezoid has no tip from a third on",
        ),
        pytest.param(
            lambda head: sign(mask(arrow(head=head, shaft=0.5))),
            steps(0.02, 0.98, 0.04),
            {0.02: ".", 0.14: "↑"},
            id="a head is an eighth of the arrow",
        ),
        pytest.param(
            lambda width: sign(mask(double(width=width))),
            steps(0.1, 0.98, 0.04),
            {0.1: ".", 0.18: "↕", 0.86: "."},
            id="an arrow with two heads is nearly one and a half times as long as wide",
        ),
        pytest.param(
            lambda waist: sign(mask(double(waist=waist))),
            steps(0.1, 0.98, 0.04),
            {0.1: "↕", 0.54: "."},
            id="its waist is half of its heads",
        ),
    ],
)
def test_where_the_answer_flips(
    answer: Callable[[float], Any], values: Sequence[float], expected: dict[float, Any]
) -> None:
    assert flips(answer, values) == expected


def notched(depth: float) -> Points:
    """A triangle whose base is cut in towards its tip by this share of its length."""
    return [(0.5, 0.0), (1.0, 1.0), (0.5, 1.0 - depth), (0.0, 1.0)]


@pytest.mark.parametrize(
    ("shape", "is_one"),
    [
        (TRIANGLE, True),
        (arrow(head=0.95), True),
        (arrow(head=0.8), False),
        (arrow(head=0.7), False),
        (house(0.7), False),
        (notched(0.05), True),
        (notched(0.25), False),
        (CHEVRON, False),
        (NOTCHED, False),
    ],
)
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_triangle_is_solid_and_has_no_shaft(shape: Points, is_one: bool, turn: float) -> None:
    reading = arrow_direction(mask(shape, turn))
    assert reading.direction and reading.triangle == is_one
