"""Marks of several parts that are looked at one by one: traffic lights and gauges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from styrmatt.extract.marks.candidates import MarkCandidate
from styrmatt.extract.marks.crop import (
    SAME_COLOUR,
    render_and_analyse,
    with_overhang,
)
from styrmatt.extract.marks.lamps import Lamp, brightest
from styrmatt.extract.marks.mark import GaugePart, Mark
from styrmatt.extract.marks.picture.appearance import CropAppearance
from styrmatt.extract.marks.picture.colour_difference import SATURATED, difference, lch
from styrmatt.extract.model.page import Page
from styrmatt.geometry import union


def read_light(page: Page, lamps: Sequence[Lamp], light: Mark) -> Mark:
    """A traffic light as a mark in the colour of the lamp that is lit.

    Where none is, its colour is that of a lamp; where several are, it has two colours.
    """
    looks = [render_and_analyse(page, union(part.bbox for part in lamp)) for lamp in lamps]
    colours = [seen_colour(lamp, look) for lamp, look in zip(lamps, looks, strict=True)]
    vivid = [
        lch(colour).chroma if look.filled and colour is not None else 0.0
        for colour, look in zip(colours, looks, strict=True)
    ]
    lit = brightest(vivid)
    if lit is not None:
        return replace(light, colour=colours[lit])
    coloured = [
        colour for colour, one in zip(colours, vivid, strict=True) if one >= SATURATED and colour
    ]
    first, second, *_ = (*coloured, None, None)
    return replace(light, colour=first or colours[0], other_colour=second)


def read_gauge(page: Page, parts: Sequence[Sequence[MarkCandidate]], gauge: Mark) -> Mark:
    """A gauge as a mark that knows how each of its parts looks."""
    seen: list[GaugePart] = []
    for part in parts:
        box = union(one.bbox for one in part)
        is_glyph = any(one.kind == "glyph" for one in part)
        look = render_and_analyse(page, with_overhang(box) if is_glyph else box)
        seen.append(GaugePart(seen_colour(part, look), look.filled))
    return replace(gauge, colour=seen[0].colour, gauge=tuple(seen))


def seen_colour(group: Sequence[MarkCandidate], look: CropAppearance) -> str | None:
    """The colour that is seen, by its exact value where a drawing operator has it."""
    given = [colour for part in group for colour in (part.fill, part.stroke) if colour is not None]
    if look.colour is None:
        return given[0] if given else None
    seen = look.colour
    nearest = min(given, key=lambda colour: difference(colour, seen), default=seen)
    return nearest if difference(nearest, seen) <= SAME_COLOUR else seen
