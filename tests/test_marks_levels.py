"""Discs and squares of one colour that are full, half full or empty, as a legend explains them."""

from __future__ import annotations

from pathlib import Path

import pytest
from draw import Sheet
from PIL import Image, ImageDraw

from styrmatt.extract.marks.find import find_marks
from styrmatt.extract.marks.legend.reader import LegendReader
from styrmatt.extract.marks.mark import Mark
from styrmatt.extract.marks.picture.appearance import analyse_crop
from styrmatt.vocabulary import load_vocabulary

WORDS = load_vocabulary("sv")
CELL = (100.0, 90.0, 170.0, 140.0)
BLUE, GREY, STRIPE = "#1f4e79", "#404040", "#f1f1ee"
LABELS = {1.0: "Helt uppfyllt", 0.5: "Delvis uppfyllt", 0.0: "Ej uppfyllt"}
STATUSES = {1.0: "met", 0.5: "partly_met", 0.0: "not_met"}
SIDES = {"right": (0, -1, 1, 1), "left": (-1, -1, 0, 1), "lower": (-1, 0, 1, 1)}


def ball(
    sheet: Sheet,
    level: float,
    colour: str,
    *,
    at: tuple[float, float] = (120, 110),
    side: str = "right",
    square: bool = False,
) -> None:
    """A disc or square in an outline, filled to a level from one side."""
    x, y, r = *at, 4.0
    u0, v0, u1, v1 = SIDES[side] if level == 0.5 else (-1, -1, 1, 1)
    if square:
        sheet.rect((x - r, y - r, x + r, y + r), fill="#ffffff", stroke=colour, width=0.8)
        if level:
            sheet.rect((x + u0 * r, y + v0 * r, x + u1 * r, y + v1 * r), fill=colour)
        return
    sheet.circle(x, y, r, fill="#ffffff" if level < 1 else colour, stroke=colour, width=0.8)
    if level == 0.5:
        angles = {"right": -90, "left": 90, "lower": 0}[side]
        sheet.path(_half(x, y, r, angles), fill=colour)


def _half(x: float, y: float, r: float, start: float) -> list[tuple[float, float]]:
    from math import cos, radians, sin

    return [
        (x + r * cos(radians(start + n * 9)), y + r * sin(radians(start + n * 9)))
        for n in range(21)
    ]


def read(
    folder: Path, level: float, colour: str, *, levels: tuple[float, ...] = (1.0, 0.5, 0.0),
    stripe: bool = False, side: str = "right", square: bool = False,
) -> str | None:  # fmt: skip
    """The status of a mark in a cell of a page whose legend explains the levels."""
    sheet = Sheet()
    sheet.text(20, 20, "Made-up words of a page whose letters are black")
    for n, told in enumerate(levels):
        ball(sheet, told, colour, at=(40, 40 + 15 * n), side=side, square=square)
        sheet.text(50, 43 + 15 * n, LABELS[told])
    if stripe:
        sheet.rect((20, 100, 280, 120), fill=STRIPE)
    ball(sheet, level, colour, side=side, square=square)
    page = sheet.page(folder)
    reader = LegendReader(WORDS)
    reader.read_page(page)
    (mark,) = find_marks(page, CELL, WORDS)
    return reader.legend().with_marks([mark]).status(mark).value


@pytest.mark.parametrize("level", LABELS)
@pytest.mark.parametrize("colour", [BLUE, GREY])
@pytest.mark.parametrize("side", SIDES)
def test_full_half_full_and_empty_say_what_the_legend_says(
    tmp_path: Path, level: float, colour: str, side: str
) -> None:
    assert read(tmp_path, level, colour, side=side) == STATUSES[level]


@pytest.mark.parametrize("level", LABELS)
@pytest.mark.parametrize("colour", [BLUE, GREY])
def test_they_do_on_a_striped_row_and_as_squares(tmp_path: Path, level: float, colour: str) -> None:
    assert read(tmp_path, level, colour, stripe=True) == STATUSES[level]
    assert read(tmp_path, level, colour, square=True) == STATUSES[level]


def test_a_level_that_the_legend_lacks_says_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, 0.5, BLUE, levels=(1.0, 0.0)) is None


def test_without_a_legend_levels_of_blue_say_nothing() -> None:
    for level in ("full", "half", "empty"):
        mark = Mark(1, CELL, "vector", BLUE, filled=level != "empty", level=level)
        assert LegendReader(WORDS).legend().status(mark).value is None


def _level(share: float) -> str | None:
    """The level of a square of 30 pixels that is filled up to a share of its width."""
    image = Image.new("RGB", (38, 38), "white")
    pen = ImageDraw.Draw(image)
    pen.rectangle((4, 4, 33, 33), fill="white", outline=BLUE)
    pen.rectangle((4, 4, 4 + round(29 * share), 33), fill=BLUE)
    return analyse_crop(image, 2).level


def test_from_which_share_on_a_mark_is_half_full() -> None:
    shares = (0.0, 0.05, 0.25, 0.4, 0.5, 0.55, 0.7, 0.95, 1.0)
    assert [_level(share) for share in shares] == [
        "empty", "empty", "quarter", "half", "half", "half", "three_quarters", "full", "full",
    ]  # fmt: skip


def test_an_arrow_has_no_level() -> None:
    image = Image.new("RGB", (38, 38), "white")
    ImageDraw.Draw(image).polygon(
        [(18, 4), (33, 20), (22, 20), (22, 33), (14, 33), (14, 20), (3, 20)], fill=BLUE
    )
    assert analyse_crop(image, 2).level is None
