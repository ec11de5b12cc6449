"""What each colour means: maps of hue, lightness and chroma, and the hues at which answers flip.

tests/golden/colours.txt shows the maps. After a wanted change of a rule write it anew with
``UPDATE_GOLDEN=1 pytest -n0 tests/test_marks_colours.py`` and read the difference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pytest
from flips import check_golden, flips, steps
from shades import grey, lab_grey, shade, vivid

from styrmatt.extract.marks.legend.colour_status import Palette, count_hues
from styrmatt.extract.marks.picture.colour_difference import (
    lch,
    nearest_shade,
    same_hue_shade,
)
from styrmatt.vocabulary import load_vocabulary

SAMPLES = load_vocabulary("sv").colours
LETTERS = {"met": "M", "partly_met": "P", "not_met": "N", "not_assessed": "-", None: "."}
HUES = range(0, 360, 5)
RULER = "".join(f"{hue:<6}" for hue in range(0, 360, 30)).rstrip()
"""Every thirtieth degree stands above its column."""

GREEN, AMBER, RED, BLUE = "#00b050", "#ffc000", "#ff0000", "#0070c0"


def letter(value: str | None) -> str:
    return LETTERS[value]


def status_map(title: str, answer: Callable[[str], str | None]) -> list[str]:
    """Lines of answers for hues from left to right; a space where there is no such colour."""
    lines = ["", title, f"{'':12}{RULER}"]
    for lightness, chroma in (
        *((0.93, 0.035), (0.85, 0.07), (0.75, 0.1), (0.68, 0.14), (0.5, 0.1), (0.35, 0.06)),
        *((0.8, 0.015), (0.8, 0.026), (0.8, 0.045)),
    ):
        colours = [shade(lightness, chroma, hue) for hue in HUES]
        row = "".join(" " if c is None else letter(answer(c)) for c in colours)
        lines.append(f"{lightness:<4} {chroma:<5}  {row}".rstrip())
    greys = (grey(n / 50) for n in range(51))
    return [*lines, f"greys       {''.join(letter(answer(c)) for c in greys)}"]


def palette(marks: Iterable[str] = (), **legend: Sequence[str]) -> Palette:
    return Palette(SAMPLES, {name: tuple(c) for name, c in legend.items()}, tuple(marks))


def test_the_meaning_of_colours_is_as_on_the_maps() -> None:
    """M met, P partly met, N not met, - not assessed, a dot for none."""

    def meaning(of: Palette) -> Callable[[str], str | None]:
        return lambda colour: of.status(colour).value

    lines = ["lightness, chroma; columns are hues in degrees, greys go from black to white"]
    for title, answer in (
        ("the hue alone", lambda colour: same_hue_shade(colour, SAMPLES)),
        ("a mark beside green and red", meaning(palette([GREEN, RED]))),
        ("a mark beside blue and red", meaning(palette([BLUE, RED]))),
        ("a mark beside green and two greys", meaning(palette([GREEN, "#808080", "#d9d9d9"]))),
        ("blue, orange, red in the report", meaning(palette([BLUE, "#ed7d31", "#c00000"]))),
        (
            "a legend of green, amber, red",
            meaning(palette([GREEN, RED], met=[GREEN], partly_met=[AMBER], not_met=[RED])),
        ),
        (
            "a legend of blue and orange",
            meaning(palette([BLUE], met=[BLUE], not_met=["#e69f00"])),
        ),
    ):
        lines += status_map(title, answer)
    check_golden("colours.txt", "\n".join(lines))


def test_the_meaning_of_three_colours_by_their_order_is_as_on_the_map() -> None:
    """Each letter is the answer for the warm colour, beside one of the cool hue and perhaps red."""
    lines = []
    for title, more in (("", ()), (" and red", (RED,)), (" and amber", (AMBER,))):
        lines += ["", f"rows: a cool hue, columns: the hue asked for, beside it{title}"]
        lines.append(f"{'':6}{RULER}")
        for cool in range(90, 350, 15):
            row = "".join(
                letter(palette([vivid(cool), vivid(hue), *more]).status(vivid(hue)).value)
                for hue in HUES
            )
            lines.append(f"{cool:<6}{row}")
    check_golden("colour-orders.txt", "\n".join(lines[1:]))


def hues_beside(first: float) -> Callable[[float], int]:
    return lambda off: count_hues([vivid(first), vivid(first + off)])


def shades_of_green(dark: float) -> str | None:
    colours = [shade(0.8, 0.1, 145), shade(dark, 0.1, 145), RED]
    return palette([c or "" for c in colours]).status(colours[0] or "").value


def two_greys(lightness: float) -> str | None:
    marks = [GREEN, grey(0.75), grey(lightness)]
    return palette(marks).status(grey(0.75)).value


def print_of(off: float) -> str | None:
    """What a grey means that is off by so much from a legend's grey in lightness (CIELAB)."""
    return nearest_shade(lab_grey(60 + off), {"not_assessed": [lab_grey(60)]})


def between(off: float, apart: float) -> str | None:
    """What a grey means that lies between two greys of a legend."""
    legend = {"met": [lab_grey(50)], "not_met": [lab_grey(50 + apart)]}
    return nearest_shade(lab_grey(50 + off), legend)


@pytest.mark.parametrize(
    ("answer", "values", "expected"),
    [
        pytest.param(
            hues_beside(140),
            steps(1, 41, 2),
            {1: 1, 13: 2},
            id="hues up to 12 degrees apart are one",
        ),
        pytest.param(
            lambda hue: count_hues([vivid(hue)]),
            steps(2, 358, 4),
            {2: 1, 278: 0, 338: 1},
            id="purple, from 275 to 335 degrees, is neither warm nor cool",
        ),
        pytest.param(
            shades_of_green,
            steps(0.35, 0.79, 0.02),
            {0.35: None, 0.59: "met"},
            id="a much darker green is another shade",
        ),
        pytest.param(
            two_greys,
            steps(0.45, 0.95, 0.02),
            {0.45: None, 0.65: "not_assessed", 0.89: None},
            id="greys that differ by more than 0.12 in lightness are several",
        ),
        pytest.param(
            print_of,
            steps(-25, 25, 1),
            {-25: None, -7: "not_assessed", 9: None},
            id="a print of a legend's colour differs by up to 7",
        ),
        pytest.param(
            lambda off: between(off, 12),
            steps(-3, 15, 1),
            {-3: "met", 4: None, 9: "not_met"},
            id="a colour is that of a legend from which the other is twice as far",
        ),
        pytest.param(
            lambda apart: between(0, apart),
            steps(0.4, 6, 0.4),
            {0.4: None, 1.2: "met"},
            id="colours of a legend that nobody tells apart mean nothing",
        ),
        pytest.param(
            lambda hue: same_hue_shade(vivid(hue), {"met": [vivid(140)]}),
            steps(101, 179, 2),
            {101: None, 131: "met", 153: None},
            id="a hue goes with a sample up to 11 degrees away",
        ),
        pytest.param(
            lambda hue: same_hue_shade(vivid(140), {"met": [vivid(141)], "not_met": [vivid(hue)]}),
            steps(141, 190, 2),
            {141: None, 153: "met"},
            id="another meaning's sample has to be 12 degrees further away",
        ),
        pytest.param(
            lambda lightness: same_hue_shade(grey(lightness), {"not_assessed": [grey(0.6)]}),
            steps(0.31, 0.9, 0.02),
            {0.31: None, 0.51: "not_assessed", 0.71: None},
            id="a grey goes with a sample up to 0.09 lighter or darker",
        ),
        pytest.param(
            lambda lightness: lch(grey(lightness)).white,
            steps(0.3, 1.0, 0.01),
            {0.3: False, 0.97: True},
            id="a grey looks like paper from a lightness of 0.965 on",
        ),
        pytest.param(
            lambda chroma: lch(shade(0.8, chroma, 140) or "").neutral,
            steps(0.0, 0.1, 0.004),
            {0.0: True, 0.024: False},
            id="a colour is a grey up to a chroma of 0.022",
        ),
        pytest.param(
            lambda chroma: lch(shade(0.8, chroma, 140) or "").saturated,
            steps(0.0, 0.1, 0.004),
            {0.0: False, 0.032: True},
            id="a colour has a hue from a chroma of 0.03 on",
        ),
    ],
)
def test_where_the_answer_flips(
    answer: Callable[[float], Any], values: list[float], expected: dict[float, Any]
) -> None:
    assert flips(answer, values) == expected
