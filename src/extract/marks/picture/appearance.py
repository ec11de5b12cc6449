"""Reads a small rendered crop: the colour of its mark, whether it is filled, where it points.

Pixels have the last word over what the page's drawing operators say: they are what a person sees,
however a mark was drawn.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from styrmatt.extract.marks.picture.arrow_direction import NO_ARROW, ArrowReading, arrow_direction
from styrmatt.extract.marks.picture.bitmask import Band, Mask
from styrmatt.extract.marks.picture.colour_difference import (
    channels,
    lch,
)
from styrmatt.extract.marks.picture.crop_pixels import HOLLOW, MIN_INK_PIXELS, VISIBLE, Crop, Level
from styrmatt.extract.marks.picture.pixels import (
    PACKED,
    CropImage,
    inside_margin,
    pixel_difference,
    pixel_of,
    pixels_of,
)

if TYPE_CHECKING:
    from PIL.Image import Image


_MIN_INK = 0.02
"""Share of the crop that must be ink, else there is nothing to see: less than a line of one pixel
from side to side, which is 1/38 of a crop as :mod:`styrmatt.extract.marks.crop` renders it."""
_RIM = 0.12
"""Share of the shorter side, less one pixel, that is outline and soft edge: the colour of a fill is
taken from within it."""
_MIN_CORE = 0.12
"""Share of the ink that must be left without its rim to decide on the colour; thin shapes have
hardly anything else and keep their rim."""
_SOLID = 0.45
"""Share of the difference between colour and ground from which a soft-edged pixel counts to the
silhouette: about half, so that the edge lies where it was drawn."""
_PLAIN = 0.97
"""Share of the core in one colour from which a filled shape has no sign in it to look for."""

_LINES_INSIDE, _UNDIVIDED = 0.04, 0.8
"""Share of what an outline encloses that lines in it cover at least: the eyes of a face have 5 %;
and share of it that hangs together where no line parts it."""


@dataclass(frozen=True, slots=True)
class CropAppearance:
    """What a crop shows. ``colour`` is that of the fill, or of the outline where there is none."""

    colour: str | None
    filled: bool = True
    arrow: ArrowReading = NO_ARROW
    other_colour: str | None = None
    """A second hue that covers nearly as much."""
    ink: float = 0.0
    """Share of the crop, 0 to 1, that differs from the ground."""
    level: Level | None = None
    """How much of a disc or square its colour fills."""
    inscribed: bool = False
    """Whether it is an outline with lines in it: a face, a crossed ring."""
    evidence: CropImage | None = None


NO_INK = CropAppearance(None, filled=False)


def analyse_crop(
    picture: Image, margin: int, grounds: tuple[str, ...] = (), lines: tuple[Band, ...] = ()
) -> CropAppearance:
    """What a picture shows inside its margin (pixels), which is the ground around it.

    ``grounds`` are colours of areas that lie behind the mark, ``lines`` the pixel rows and columns
    of rulings that run through the picture. NO_INK where there is nothing to see.
    """
    return _analyse(
        picture.tobytes("raw", PACKED), picture.width, picture.height, margin, grounds, lines
    )


@lru_cache(maxsize=512)
def _analyse(
    data: bytes,
    width: int,
    height: int,
    margin: int,
    behind: tuple[str, ...],
    lines: tuple[Band, ...],
) -> CropAppearance:
    """As :func:`analyse_crop`; cached, since a report repeats the same few marks many times."""
    crop = Crop(pixels_of(data), width, height)
    grounds = crop.grounds(margin, [pixel_of(*channels(colour)) for colour in behind])
    ink = crop.unlike(grounds[0], VISIBLE)
    for other in grounds[1:]:
        ink = ink.within(crop.unlike(other, VISIBLE))
    ink = ink.without(lines).within(inside_margin(width, height, margin))
    count, enclosed = ink.size, ink.enclosed()
    if count < max(MIN_INK_PIXELS, _MIN_INK * width * height):
        return NO_INK
    lamp = crop.lit_lamp(ink.joined(enclosed))
    if lamp is not None:
        return CropAppearance(lamp, ink=count / (width * height), evidence=crop.image(data))
    hollow = enclosed.size / (count + enclosed.size) >= HOLLOW
    rim = max(1, round(_RIM * min(width, height) - 1))
    core = _core(ink, rim)
    colour, share = crop.main_colour(ink if hollow else core)
    filled = not hollow and not lch(colour).white
    if not hollow and not filled:
        colour = crop.main_colour(crop.outline_of_white(ink))[0]
    if (outline := crop.outline_of_pale(ink, colour)) is not None:
        colour, filled = crop.main_colour(outline)[0], False
    other_colour = crop.second_hue(core, colour) if filled and share < _PLAIN else None
    limit = _SOLID * pixel_difference(pixel_of(*channels(colour)), grounds[0])
    solid = crop.unlike(grounds[0], limit)
    arrow = arrow_direction(solid.without(lines).within(ink))
    shape = ink.joined(enclosed)
    level = crop.level(shape, colour, rim)
    if arrow.direction is None and filled and (share < _PLAIN or enclosed.size):
        within = crop.sign_in(shape.eroded(rim), colour)
        arrow = replace(within, triangle=False) if within else arrow
    partly = level in ("quarter", "half", "three_quarters")
    if arrow.direction and ((partly and crop.is_pie(shape, colour, rim)) or crop.is_dial(ink)):
        arrow = NO_ARROW
    evidence = crop.image(data)
    inscribed = not filled and _has_lines_inside(solid.within(ink))
    share = count / (width * height)
    return CropAppearance(colour, filled, arrow, other_colour, share, level, inscribed, evidence)


def _has_lines_inside(lines: Mask) -> bool:
    """Whether lines stand in an outline, or part what it encloses.

    Soft edges and the noise of a scan are none of the ``lines``.
    """
    inside = lines.size - lines.largest_part().size
    enclosed = lines.enclosed()
    whole = inside + enclosed.size
    return inside >= _LINES_INSIDE * whole or enclosed.largest_part().size < _UNDIVIDED * whole


def _core(ink: Mask, rim: int) -> Mask:
    """The ink without its rim (pixels), or all of it where too little would be left."""
    core = ink.eroded(rim)
    return core if core.size >= max(_MIN_CORE * ink.size, MIN_INK_PIXELS) else ink
