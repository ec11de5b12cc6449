"""Triangles that point to a place on a coloured scale mean its colour, and no trend."""

from __future__ import annotations

from dataclasses import replace

import pytest
from paper import corners, page, painted

from styrmatt.extract.marks.mark import Mark
from styrmatt.extract.marks.pointers import on_scale
from styrmatt.extract.model.page import Page

RED, YELLOW, GREEN = "#cf3a3a", "#f0b429", "#3a9d5d"
FIELDS = (RED, YELLOW, GREEN)


def scale(*colours: str, ground: str = "#ffffff") -> Page:
    """A scale of fields, each 40 points wide, that begins at 100, 200."""
    inks = [(corners((50.0, 100.0, 400.0, 300.0)), ground)]
    inks += [
        (corners((100.0 + 40 * n, 200.0, 140.0 + 40 * n, 208.0)), colour)
        for n, colour in enumerate(colours)
    ]
    return replace(page([]), render=painted(inks))


def triangle(at: float, *, down: bool = True, colour: str = "#000000") -> Mark:
    """A triangle whose tip touches the scale from above or below."""
    top = 192.5 if down else 207.5
    way = "down" if down else "up"
    box = (at - 4, top, at + 4, top + 8)
    return Mark(1, box, "glyph", colour, apparent_direction=way, triangle=True)


@pytest.mark.parametrize("down", [True, False])
@pytest.mark.parametrize(("at", "colour"), [(110.0, RED), (160.0, YELLOW), (205.0, GREEN)])
def test_a_pointer_means_the_colour_below_its_tip(at: float, colour: str, down: bool) -> None:
    mark = on_scale(scale(*FIELDS), triangle(at, down=down))
    assert (mark.colour, mark.apparent_direction) == (colour, None)


def test_other_triangles_show_a_trend() -> None:
    coloured = triangle(160, colour=GREEN)
    assert on_scale(scale(*FIELDS), coloured) is coloured
    plain = triangle(160)
    assert on_scale(scale(), plain) is plain
    assert on_scale(scale(GREEN, GREEN, GREEN), plain) is plain
    assert on_scale(scale(GREEN, ground=GREEN), plain) is plain
    arrow = replace(plain, triangle=False)
    assert on_scale(scale(*FIELDS), arrow) is arrow
