"""Marks of several parts that are looked at one by one: traffic lights and gauges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from styrmatt.extract.marks.candidates import MarkCandidate
from styrmatt.extract.marks.crop import (
    SAME_COLOUR,
    render_and_analyse,
    rendered_shade,
    with_overhang,
)
from styrmatt.extract.marks.lamps import Lamp, brightest, is_level
from styrmatt.extract.marks.mark import GaugePart, Mark
from styrmatt.extract.marks.picture.appearance import CropAppearance
from styrmatt.extract.marks.picture.colour_difference import SATURATED, difference, lch
from styrmatt.extract.model.page import Page
from styrmatt.geometry import union

_CLOSE: Final = 1.0
"""Points between two parts of a gauge up to which a picture of one shows the next."""


def read_light(page: Page, lamps: Sequence[Lamp], light: Mark) -> Mark:
    """A traffic light as a mark in the colour of the lamp that is lit.

    Where none is, its colour is that of a lamp; where several are, it has two colours.
    """
    looks, parts = _looks_of(page, lamps)
    colours = [part.colour for part in parts]
    vivid = [
        lch(colour).chroma if look.filled and colour is not None else 0.0
        for colour, look in zip(colours, looks, strict=True)
    ]
    lit = brightest(vivid)
    if is_level(lamps):
        light = replace(light, lamps=parts)
    if lit is not None:
        return replace(light, colour=colours[lit])
    coloured = [
        colour for colour, one in zip(colours, vivid, strict=True) if one >= SATURATED and colour
    ]
    first, second, *_ = (*coloured, None, None)
    return replace(light, colour=first or colours[0], other_colour=second)


def read_gauge(page: Page, parts: Sequence[Sequence[MarkCandidate]], gauge: Mark) -> Mark:
    """A gauge as a mark that knows how each of its parts looks."""
    if _touch(parts):
        seen = tuple(_shade_of(page, part) for part in parts)
    else:
        _, seen = _looks_of(page, parts)
    return replace(gauge, colour=seen[0].colour, gauge=seen)


def _touch(parts: Sequence[Sequence[MarkCandidate]]) -> bool:
    """Whether the drawn parts of a gauge lie so close that a picture of one shows the next."""
    if any(one.kind != "vector" for part in parts for one in part):
        return False
    boxes = [union(one.bbox for one in part) for part in parts]
    return min(other[0] - one[2] for one, other in pairwise(boxes)) <= _CLOSE


def _shade_of(page: Page, part: Sequence[MarkCandidate]) -> GaugePart:
    """A part by the colour of most of it; an outline is empty, whatever ground it lies on."""
    fills = [one.fill for one in part if one.fill is not None]
    box = union(one.bbox for one in part)
    shade = rendered_shade(page, MarkCandidate("shading", box, fills[-1])) if fills else None
    if shade is None or lch(shade).white:
        return GaugePart(next((one.stroke for one in part if one.stroke), None), filled=False)
    return GaugePart(shade, filled=True)


def _looks_of(
    page: Page, parts: Sequence[Sequence[MarkCandidate]]
) -> tuple[list[CropAppearance], tuple[GaugePart, ...]]:
    """How each of several parts looks, and what of that counts."""
    looks: list[CropAppearance] = []
    for part in parts:
        box = union(one.bbox for one in part)
        is_glyph = any(one.kind == "glyph" for one in part)
        looks.append(render_and_analyse(page, with_overhang(box) if is_glyph else box))
    colours = map(seen_colour, parts, looks)
    return looks, tuple(
        GaugePart(colour, look.filled) for colour, look in zip(colours, looks, strict=True)
    )


def seen_colour(group: Sequence[MarkCandidate], look: CropAppearance) -> str | None:
    """The colour that is seen, by its exact value where a drawing operator has it."""
    given = [colour for part in group for colour in (part.fill, part.stroke) if colour is not None]
    if look.colour is None:
        return given[0] if given else None
    seen = look.colour
    nearest = min(given, key=lambda colour: difference(colour, seen), default=seen)
    return nearest if difference(nearest, seen) <= SAME_COLOUR else seen
