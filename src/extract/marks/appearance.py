"""Reads a small rendered crop: the colour of its mark, whether it is filled, where it points.

Pixels have the last word over what the page's drawing operators say: they are what a person sees,
however a mark was drawn.
"""

from __future__ import annotations

import base64
import io
import math
import sys
import zlib
from array import array
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import compress
from typing import TYPE_CHECKING, Literal, NamedTuple

from styrmatt.extract.marks.arrow_direction import NO_ARROW, ArrowReading, arrow_direction
from styrmatt.extract.marks.bitmask import Band, Mask
from styrmatt.extract.marks.colour_difference import (
    Lab,
    Rgb,
    as_hex,
    channels,
    hue_between,
    lch,
    oklab,
)

if TYPE_CHECKING:
    from PIL.Image import Image

Level = Literal["empty", "quarter", "half", "three_quarters", "full"]
Pixel = int
"""Red, green and blue as one number, which is quicker to count than three."""

_VISIBLE = 0.035
"""Difference in OKLab from which ink stands out from its ground: above the noise of a JPEG on
paper, below the palest yellow that means something (#fff2cc: 0.06 from white)."""
_ALIKE = 0.06
"""Difference in OKLab up to which pixels belong to one colour: the grain of a compressed picture,
not the steps of a soft edge."""
_INNER_SIGN = 0.12
"""Difference in OKLab from which a sign within a filled shape stands out: more than the shading of
a picture's ball or button, less than white or black on any colour in use."""
_HOLLOW = 0.4
"""Share of enclosed ground in ink and ground together from which a shape is an outline only. A ring
has more unless its line is thicker than a third of its radius; a sign that is cut out of a filled
shape has less."""
_MIN_INK = 0.02
"""Share of the crop that must be ink, else there is nothing to see: less than a line of one pixel
from side to side, which is 1/38 of a crop as :mod:`styrmatt.extract.marks.crop` renders it."""
_MIN_INK_PIXELS = 4
"""Pixels that must be ink, for crops so small that their share says nothing."""
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
_OWN_PAPER_EDGE = 0.5
"""Share of the pixels at a picture's edge that must be white for the white to be its paper."""
_OWN_PAPER_INK = 0.1
"""Share of the crop that must differ from that paper: else the white is the mark itself."""
_MAX_COLOURS = 4
"""Groups of colours that are told apart in a mark: fill, outline, sign, and one more."""
_HUED = 0.3
"""Share of the pixels from which a hue counts as the mark's colour before a larger grey: a coloured
disc with a wide grey rim or a grey sign is of its hue."""
_SECOND_HUE = 0.2
"""Share of the pixels from which another hue makes a mark one of two colours: a half, a third or a
quarter of a disc has more, a rim or the soft edge between a mark and a shaded cell less."""
_OTHER_HUE = 25.0
"""Degrees of hue by which the colours of one mark differ if they are two: the light and the shade
of a ball or button stay within it, green and yellow are 40 apart, yellow and red 55."""
_MIN_SIGN, _MAX_SIGN = 0.06, 0.6
"""Share of a filled shape that a sign in it may cover: less is a gleam, more is no longer a sign
on the shape."""
_SIGN_IN_ONE = 0.9
"""Share of a sign's pixels that must hang together: eyes and mouth of a face are no arrow."""

_WHITE: Pixel = 0xFFFFFF
_SQUARISH, _SOLID_SHAPE = 1.3, 0.7
"""Length over width of a disc or square at most, and the share of the box around it that it covers
at least; a disc covers 0.785, an arrow up to 0.6."""
_QUARTER = 0.2
"""Share of a quarter of a disc up to which it is empty, and short of which it is full: the soft
edge of a disc that is filled to the half covers a tenth, an arrow leaves a third of it."""
_FIELD, _HUES_OF_DIAL = 0.08, 3
"""Share of a dial that one of its fields covers at least, and the hues that it has: half a dozen
fields from red over yellow to green, while a sign on a disc makes two at most."""
_LINES_INSIDE, _UNDIVIDED = 0.04, 0.8
"""Share of what an outline encloses that lines in it cover at least: the eyes of a face have 5 %;
and share of it that hangs together where no line parts it."""
_LONG = 1.8
"""Times as long as it is wide as a traffic light is at least; with three lamps it is 2.5 to 3."""
_SOLID_LIGHT = 0.75
"""Share of the box around it that a traffic light's body covers; three lamps alone cover less."""
_LAMP_MIN, _LAMP_MAX = 0.05, 0.4
"""Share of a traffic light that one of its lamps covers."""
_LAMP_LONG = 1.5
"""Times as long as it is wide as a lamp is at most."""

_PACKED = "BGRX"
"""PIL's name for four bytes a pixel, in which the pixels read as whole numbers."""
_BIT = bytes.maketrans(b"01", b"\x00\x01")
_UNSET, _SET = b"01"
_ALL_BYTES = range(256)


class CropImage(NamedTuple):
    """A rendered crop, kept as evidence; ``str()`` makes a PNG in a data URI of it.

    The PNG is made late because most marks need no evidence, and the legend decides which do.
    """

    packed: bytes
    """Its pixels as ``_PACKED``, compressed: all marks of a report are held until the legend is.
    Where it has ``colours``, a byte for each pixel, the number of its colour, compressed."""
    width: int
    height: int
    colours: tuple[Pixel, ...] = ()

    def __str__(self) -> str:
        from PIL import Image

        out = io.BytesIO()
        size = (self.width, self.height)
        Image.frombytes("RGB", size, self._data(), "raw", _PACKED).save(out, "PNG")
        return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode("ascii")

    def pixels(self) -> list[list[Pixel]]:
        """Its pixels, row by row."""
        flat = _pixels(self._data())
        return [flat[n * self.width : (n + 1) * self.width] for n in range(self.height)]

    def _data(self) -> bytes:
        """Its pixels as ``_PACKED``."""
        data = zlib.decompress(self.packed)
        if not self.colours:
            return data
        colours = array("I", map(self.colours.__getitem__, data))
        if sys.byteorder == "big":
            colours.byteswap()
        return colours.tobytes()


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


_LEVELS: tuple[tuple[float, Level], ...] = (
    (0.15, "empty"),
    (0.35, "quarter"),
    (0.65, "half"),
    (0.85, "three_quarters"),
    (1.01, "full"),
)
"""Shares of a shape within its outline up to which its colour fills it to a level."""

NO_INK = CropAppearance(None, filled=False)


def analyse_crop(
    picture: Image, margin: int, grounds: tuple[str, ...] = (), lines: tuple[Band, ...] = ()
) -> CropAppearance:
    """What a picture shows inside its margin (pixels), which is the ground around it.

    ``grounds`` are colours of areas that lie behind the mark, ``lines`` the pixel rows and columns
    of rulings that run through the picture. NO_INK where there is nothing to see.
    """
    return _analyse(
        picture.tobytes("raw", _PACKED), picture.width, picture.height, margin, grounds, lines
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
    crop = _Crop(_pixels(data), width, height)
    grounds = crop.grounds(margin, [_pixel(*channels(colour)) for colour in behind])
    ink = crop.unlike(grounds[0], _VISIBLE)
    for other in grounds[1:]:
        ink = ink.within(crop.unlike(other, _VISIBLE))
    ink = ink.without(lines).within(_inside_margin(width, height, margin))
    count, enclosed = ink.size, ink.enclosed()
    if count < max(_MIN_INK_PIXELS, _MIN_INK * width * height):
        return NO_INK
    lamp = crop.lit_lamp(ink.joined(enclosed))
    if lamp is not None:
        return CropAppearance(lamp, ink=count / (width * height), evidence=crop.image(data))
    hollow = enclosed.size / (count + enclosed.size) >= _HOLLOW
    rim = max(1, round(_RIM * min(width, height) - 1))
    core = _core(ink, rim)
    colour, share = crop.main_colour(ink if hollow else core)
    filled = not hollow and not lch(colour).white
    if not hollow and not filled:
        colour = crop.main_colour(crop.outline_of_white(ink))[0]
    other_colour = crop.second_hue(core, colour) if filled and share < _PLAIN else None
    limit = _SOLID * _difference(_pixel(*channels(colour)), grounds[0])
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
    inscribed = hollow and _has_lines_inside(ink, enclosed)
    share = count / (width * height)
    return CropAppearance(colour, filled, arrow, other_colour, share, level, inscribed, evidence)


def _has_lines_inside(ink: Mask, enclosed: Mask) -> bool:
    """Whether lines stand in an outline, or part what it encloses."""
    outline = ink.largest_part()
    inside = ink.size - outline.size
    whole = inside + enclosed.size
    return inside >= _LINES_INSIDE * whole or enclosed.largest_part().size < _UNDIVIDED * whole


def _pixels(data: bytes) -> list[Pixel]:
    """The pixels of a packed picture, row by row."""
    pixels = array("I", data)
    if sys.byteorder == "big":
        pixels.byteswap()
    return pixels.tolist()


def _pixel(red: int, green: int, blue: int) -> Pixel:
    return red << 16 | green << 8 | blue


def _rgb(pixel: Pixel) -> Rgb:
    return pixel >> 16, pixel >> 8 & 255, pixel & 255


@lru_cache(maxsize=1 << 16)
def _lab(pixel: Pixel) -> Lab:
    """A colour in OKLab; the soft edges of marks have the same few thousand colours."""
    return oklab(_rgb(pixel))


def _difference(one: Pixel, other: Pixel) -> float:
    """The difference between two colours in OKLab."""
    return math.dist(_lab(one), _lab(other))


def _near(one: Pixel, other: Pixel, limit: float) -> bool:
    return one == other or _difference(one, other) < limit


@lru_cache(maxsize=512)
def _inside_margin(width: int, height: int, margin: int) -> Mask:
    """All pixels inside the margin."""
    row = ((1 << (width - 2 * margin)) - 1) << margin
    empty = (0,) * margin
    return Mask((*empty, *(row for _ in range(height - 2 * margin)), *empty), width)


def _core(ink: Mask, rim: int) -> Mask:
    """The ink without its rim (pixels), or all of it where too little would be left."""
    core = ink.eroded(rim)
    return core if core.size >= max(_MIN_CORE * ink.size, _MIN_INK_PIXELS) else ink


def _is_hued(pixel: Pixel) -> bool:
    return lch(as_hex(_rgb(pixel))).saturated


class _Crop:
    """The pixels of a crop, row by row."""

    def __init__(self, pixels: list[Pixel], width: int, height: int) -> None:
        self.pixels, self.width, self.height = pixels, width, height
        self._colours = list(dict.fromkeys(pixels))
        self._labs = list(map(_lab, self._colours))
        self._numbers = self._numbered() if len(self._colours) <= len(_ALL_BYTES) else None
        self._differences: dict[Pixel, list[float]] = {}

    def image(self, data: bytes) -> CropImage:
        """The crop as evidence; ``data`` are its packed pixels, of which few colours need less."""
        if self._numbers is None:
            return CropImage(zlib.compress(data, 1), self.width, self.height)
        packed = zlib.compress(self._numbers, 1)
        return CropImage(packed, self.width, self.height, tuple(self._colours))

    def _numbered(self) -> bytes:
        """For each pixel the index of its colour."""
        index_of = dict(zip(self._colours, range(len(self._colours)), strict=True))
        return bytes(map(index_of.__getitem__, self.pixels))

    def unlike(self, ground: Pixel, limit: float) -> Mask:
        """The pixels whose colours differ from a ground by ``limit`` or more (OKLab)."""
        if ground not in self._differences:
            ground_lab = _lab(ground)
            self._differences[ground] = [math.dist(lab, ground_lab) for lab in self._labs]
        bits = [_SET if far >= limit else _UNSET for far in self._differences[ground]]
        text = self._recoloured(bits)
        starts = range(0, len(text), self.width)
        return Mask(tuple([int(text[at : at + self.width], 2) for at in starts]), self.width)

    def like(self, colour: Pixel, limit: float) -> Mask:
        """The pixels whose colours differ from one by less than ``limit`` (OKLab)."""
        full = (1 << self.width) - 1
        return Mask(tuple(full & ~row for row in self.unlike(colour, limit).rows), self.width)

    def _recoloured(self, values: list[int]) -> bytes:
        """The picture with a byte for each pixel, chosen by its colour."""
        if self._numbers is not None:
            return self._numbers.translate(bytes(values).ljust(len(_ALL_BYTES)))
        value_of = dict(zip(self._colours, values, strict=True))
        return bytes(map(value_of.__getitem__, self.pixels))

    def counts(self, mask: Mask) -> Counter[Pixel]:
        """How many pixels of each colour the mask has."""
        text = "".join([format(row, f"0{self.width}b") for row in mask.rows])
        return Counter(compress(self.pixels, text.encode().translate(_BIT)))

    def ring(self, depth: int) -> Counter[Pixel]:
        """The colours of the pixels that lie ``depth`` from the edge; none in a small crop."""
        left, right = depth, self.width - 1 - depth
        top, bottom = depth, self.height - 1 - depth
        if right < left or bottom < top:
            return Counter()
        found: list[Pixel] = []
        for y in range(top, bottom + 1):
            row = self.pixels[y * self.width + left : y * self.width + right + 1]
            inner = y not in (top, bottom) and right > left
            found += (row[0], row[-1]) if inner else row
        return Counter(found)

    def grounds(self, margin: int, behind: Iterable[Pixel] = ()) -> list[Pixel]:
        """The colour around the mark, then a white picture's own paper, then those ``behind``."""
        ground = self.ring(0).most_common(1)[0][0]
        edge = self.ring(margin + 1)
        paper, times = edge.most_common(1)[0] if edge else (ground, 0)
        if (
            _near(paper, ground, _VISIBLE)
            or not lch(as_hex(_rgb(paper))).white
            or times < _OWN_PAPER_EDGE * edge.total()
        ):
            return [ground, *behind]
        inside = _inside_margin(self.width, self.height, margin + 1)
        others = self.unlike(paper, _ALIKE).within(inside)
        own_paper = [paper] if others.size > _OWN_PAPER_INK * len(self.pixels) else []
        return [ground, *own_paper, *behind]

    def colours(self, mask: Mask) -> list[tuple[int, Pixel]]:
        """The largest groups of like colours, largest first: how many pixels, of which colour."""
        rest = dict(self.counts(mask))
        groups: list[tuple[int, Pixel]] = []
        while rest and len(groups) < _MAX_COLOURS:
            _, centre = max(zip(rest.values(), rest, strict=True))
            members = [rgb for rgb in rest if _near(rgb, centre, _ALIKE)]
            groups.append((sum(rest.pop(rgb) for rgb in members), centre))
        return sorted(groups, reverse=True)

    def main_colour(self, mask: Mask) -> tuple[str, float]:
        """The colour of most pixels and their share; a hue goes before a grey of like size."""
        groups, total = self.colours(mask), mask.size
        hued = [g for g in groups if _is_hued(g[1]) and g[0] >= _HUED * total]
        size, centre = (hued or groups)[0]
        return as_hex(_rgb(centre)), size / total

    def outline_of_white(self, ink: Mask) -> Mask:
        """The outline of a shape that is white within; all of the ink where it has none."""
        drawn = ink.within(self.unlike(_WHITE, _VISIBLE))
        within = drawn.enclosed().size
        return drawn if within and within >= _HOLLOW * (drawn.size + within) else ink

    def level(self, shape: Mask, colour: str, rim: int) -> Level | None:
        """How much of a disc or square a colour fills, its outline aside; None of other shapes."""
        whole = shape.cropped()
        short, long = sorted((whole.width, len(whole.rows)))
        inner = shape.eroded(rim + 1)
        if (
            long > _SQUARISH * short
            or shape.size < _SOLID_SHAPE * short * long
            or inner.size < _MIN_INK_PIXELS
        ):
            return None
        filled = inner.within(self.like(_pixel(*channels(colour)), 2 * _ALIKE))
        share = filled.size / inner.size
        return next(level for end, level in _LEVELS if share < end)

    def is_pie(self, shape: Mask, colour: str, rim: int) -> bool:
        """Whether each quarter of a disc or square is full or empty, as those of no arrow are."""
        filled = self.like(_pixel(*channels(colour)), 2 * _ALIKE)
        for part in shape.eroded(rim + 1).quarters():
            share = part.within(filled).size / max(part.size, 1)
            if _QUARTER < share < 1 - _QUARTER:
                return False
        return True

    def is_dial(self, ink: Mask) -> bool:
        """Whether a mark has fields of three hues or more, as a dial has."""
        hues: list[float] = []
        for size, pixel in self.colours(ink):
            hue = lch(as_hex(_rgb(pixel))).hue
            is_new = all(hue_between(hue, other) > _OTHER_HUE for other in hues)
            if size >= _FIELD * ink.size and _is_hued(pixel) and is_new:
                hues.append(hue)
        return len(hues) >= _HUES_OF_DIAL

    def lit_lamp(self, light: Mask) -> str | None:
        """The colour of the lamp that is lit in a light that stands or lies, all else of it grey.

        None for what is no light: what is not long, or not solid, or has several hues or none.
        """
        shape = light.cropped()
        thin, long = sorted((shape.width, len(shape.rows)))
        if long < _LONG * thin or shape.size < _SOLID_LIGHT * thin * long:
            return None
        hued = [(size, pixel) for size, pixel in self.colours(light) if _is_hued(pixel)]
        if not hued or not _LAMP_MIN <= hued[0][0] / light.size <= _LAMP_MAX:
            return None
        colour = hued[0][1]
        hue = lch(as_hex(_rgb(colour))).hue
        if any(hue_between(lch(as_hex(_rgb(p))).hue, hue) > _OTHER_HUE for _, p in hued[1:]):
            return None
        lamp = light.within(self.like(colour, _ALIKE)).largest_part()
        place = lamp.cropped()
        across, along = sorted((place.width, len(place.rows)))
        is_round = along <= _LAMP_LONG * across and lamp.size >= _SIGN_IN_ONE * hued[0][0]
        return as_hex(_rgb(colour)) if is_round else None

    def second_hue(self, mask: Mask, colour: str) -> str | None:
        """Another hue that covers nearly as much as the main colour, as of a disc in two halves."""
        main = _pixel(*channels(colour))
        if not _is_hued(main):
            return None
        return next(
            (
                as_hex(_rgb(centre))
                for size, centre in self.colours(mask)
                if size >= _SECOND_HUE * mask.size
                and _is_hued(centre)
                and hue_between(lch(as_hex(_rgb(centre))).hue, lch(colour).hue) > _OTHER_HUE
            ),
            None,
        )

    def sign_in(self, core: Mask, colour: str) -> ArrowReading | None:
        """Where a sign within a filled shape points, as a white arrow on a coloured disc does."""
        fill = _pixel(*channels(colour))
        sign = self.unlike(fill, _INNER_SIGN).within(core)
        part = sign.largest_part()
        if (
            not _MIN_SIGN * core.size <= part.size <= _MAX_SIGN * core.size
            or part.size < _SIGN_IN_ONE * sign.size
        ):
            return None
        found = arrow_direction(part)
        return found if found.direction is not None else None
