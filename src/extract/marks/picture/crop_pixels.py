"""The pixels of a small rendered crop: which stand out, of which colours, in which shapes."""

from __future__ import annotations

import math
import zlib
from collections import Counter
from collections.abc import Container, Iterable
from itertools import compress
from typing import Literal

from styrmatt.extract.marks.picture.arrow_direction import ArrowReading, arrow_direction
from styrmatt.extract.marks.picture.bitmask import Mask
from styrmatt.extract.marks.picture.colour_difference import (
    as_hex,
    channels,
    hue_between,
    lch,
)
from styrmatt.extract.marks.picture.pixels import (
    CropImage,
    Pixel,
    hue_of,
    inside_margin,
    is_hued,
    is_near,
    lab_of,
    pixel_of,
    rgb_of,
)

Level = Literal["empty", "quarter", "half", "three_quarters", "full"]


VISIBLE = 0.035
"""Difference in OKLab from which ink stands out from its ground: above the noise of a JPEG on
paper, below the palest yellow that means something (#fff2cc: 0.06 from white)."""


_ALIKE = 0.06
"""Difference in OKLab up to which pixels belong to one colour: the grain of a compressed picture,
not the steps of a soft edge."""


_INNER_SIGN = 0.12
"""Difference in OKLab from which a sign within a filled shape stands out: more than the shading of
a picture's ball or button, less than white or black on any colour in use."""


HOLLOW = 0.4
"""Share of enclosed ground in ink and ground together from which a shape is an outline only. A ring
has more unless its line is thicker than a third of its radius; a sign that is cut out of a filled
shape has less."""


MIN_INK_PIXELS = 4
"""Pixels that must be ink, for crops so small that their share says nothing."""


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


_PALE, _TINT = 0.9, 0.03
"""OKLCH lightness at least and chroma at most of paper as a scan shows it."""
_OUTLINE = 0.3
"""Difference in OKLab from which an outline stands out from paper."""
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


_LONG = 1.8
"""Times as long as it is wide as a traffic light is at least; with three lamps it is 2.5 to 3."""


_SOLID_LIGHT = 0.75
"""Share of the box around it that a traffic light's body covers; three lamps alone cover less."""


_LAMP_MIN, _LAMP_MAX = 0.05, 0.4
"""Share of a traffic light that one of its lamps covers."""


_ONE_HUE = 0.75
"""Share of a light's coloured pixels that are of the hue of its lamp; a scan blurs some of them."""
_LAMP_LONG = 1.7
"""Times as long as it is wide as a lamp is at most: a picture of a light may be stretched."""


_BIT = bytes.maketrans(b"01", b"\x00\x01")


_UNSET, _SET = b"01"


_ALL_BYTES = range(256)


_LEVELS: tuple[tuple[float, Level], ...] = (
    (0.15, "empty"),
    (0.35, "quarter"),
    (0.65, "half"),
    (0.85, "three_quarters"),
    (math.inf, "full"),
)
"""Shares of a shape within its outline up to which its colour fills it to a level."""


class Crop:
    """The pixels of a crop, row by row."""

    def __init__(self, pixels: list[Pixel], width: int, height: int) -> None:
        self.pixels, self.width, self.height = pixels, width, height
        self._colours = list(dict.fromkeys(pixels))
        self._labs = list(map(lab_of, self._colours))
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
            ground_lab = lab_of(ground)
            self._differences[ground] = [math.dist(lab, ground_lab) for lab in self._labs]
        bits = [_SET if far >= limit else _UNSET for far in self._differences[ground]]
        text = self._recoloured(bits)
        starts = range(0, len(text), self.width)
        return Mask(tuple([int(text[at : at + self.width], 2) for at in starts]), self.width)

    def like(self, colour: Pixel, limit: float) -> Mask:
        """The pixels whose colours differ from one by less than ``limit`` (OKLab)."""
        full = (1 << self.width) - 1
        return Mask(tuple(full & ~row for row in self.unlike(colour, limit).rows), self.width)

    def of(self, colours: Container[Pixel]) -> Mask:
        """The pixels of these colours."""
        text = self._recoloured([_SET if pixel in colours else _UNSET for pixel in self._colours])
        starts = range(0, len(text), self.width)
        return Mask(tuple([int(text[at : at + self.width], 2) for at in starts]), self.width)

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
            is_near(paper, ground, VISIBLE)
            or not lch(as_hex(rgb_of(paper))).white
            or times < _OWN_PAPER_EDGE * edge.total()
        ):
            return [ground, *behind]
        inside = inside_margin(self.width, self.height, margin + 1)
        others = self.unlike(paper, _ALIKE).within(inside)
        own_paper = [paper] if others.size > _OWN_PAPER_INK * len(self.pixels) else []
        return [ground, *own_paper, *behind]

    def colours(self, mask: Mask) -> list[tuple[int, Pixel]]:
        """The largest groups of like colours, largest first: how many pixels, of which colour."""
        rest = dict(self.counts(mask))
        groups: list[tuple[int, Pixel]] = []
        while rest and len(groups) < _MAX_COLOURS:
            _, centre = max(zip(rest.values(), rest, strict=True))
            members = [rgb for rgb in rest if is_near(rgb, centre, _ALIKE)]
            groups.append((sum(rest.pop(rgb) for rgb in members), centre))
        return sorted(groups, reverse=True)

    def hues(self, mask: Mask) -> list[tuple[int, set[Pixel]]]:
        """The coloured pixels by hue, most first: how many there are, and their colours."""
        rest = {pixel: n for pixel, n in self.counts(mask).items() if is_hued(pixel)}
        groups: list[tuple[int, set[Pixel]]] = []
        while rest:
            hue = hue_of(max(rest, key=lambda pixel: (rest[pixel], pixel)))
            alike = {pixel for pixel in rest if hue_between(hue_of(pixel), hue) <= _OTHER_HUE}
            groups.append((sum(rest.pop(pixel) for pixel in alike), alike))
        return sorted(groups, key=lambda group: -group[0])

    def main_colour(self, mask: Mask) -> tuple[str, float]:
        """The colour of most pixels and their share; a hue goes before a grey of like size."""
        groups, total = self.colours(mask), mask.size
        hued = [g for g in groups if is_hued(g[1]) and g[0] >= _HUED * total]
        size, centre = (hued or groups)[0]
        return as_hex(rgb_of(centre)), size / total

    def outline_of_white(self, ink: Mask) -> Mask:
        """The outline of a shape that is white within; all of the ink where it has none."""
        drawn = ink.within(self.unlike(_WHITE, VISIBLE))
        within = drawn.enclosed().size
        return drawn if within and within >= HOLLOW * (drawn.size + within) else ink

    def outline_of_pale(self, ink: Mask, colour: str) -> Mask | None:
        """The outline of a shape that is nearly white within, as the paper of a scan is; else None.

        It stands out from the paper, and encloses most of the shape.
        """
        shade = lch(colour)
        if shade.lightness < _PALE or shade.chroma > _TINT:
            return None
        outline = ink.within(self.unlike(pixel_of(*channels(colour)), _OUTLINE))
        within = outline.enclosed().size
        return outline if within and within >= HOLLOW * ink.size else None

    def level(self, shape: Mask, colour: str, rim: int) -> Level | None:
        """How much of a disc or square a colour fills, its outline aside; None of other shapes."""
        whole = shape.cropped()
        short, long = sorted((whole.width, len(whole.rows)))
        inner = shape.eroded(rim + 1)
        if (
            long > _SQUARISH * short
            or shape.size < _SOLID_SHAPE * short * long
            or inner.size < MIN_INK_PIXELS
        ):
            return None
        filled = inner.within(self.like(pixel_of(*channels(colour)), 2 * _ALIKE))
        share = filled.size / inner.size
        return next(level for end, level in _LEVELS if share < end)

    def is_pie(self, shape: Mask, colour: str, rim: int) -> bool:
        """Whether each quarter of a disc or square is full or empty, as those of no arrow are."""
        filled = self.like(pixel_of(*channels(colour)), 2 * _ALIKE)
        for part in shape.eroded(rim + 1).quarters():
            share = part.within(filled).size / max(part.size, 1)
            if _QUARTER < share < 1 - _QUARTER:
                return False
        return True

    def is_dial(self, ink: Mask) -> bool:
        """Whether a mark has fields of three hues or more, as a dial has."""
        return sum(size >= _FIELD * ink.size for size, _ in self.hues(ink)) >= _HUES_OF_DIAL

    def lit_lamp(self, light: Mask) -> str | None:
        """The colour of the lamp that is lit in a light that stands or lies, all else of it grey.

        None for what is no light: what is not long, or not solid, or has several hues or none.
        """
        shape = light.cropped()
        thin, long = sorted((shape.width, len(shape.rows)))
        if long < _LONG * thin or shape.size < _SOLID_LIGHT * thin * long:
            return None
        hues = self.hues(light)
        size = hues[0][0] if hues else 0
        if size < _ONE_HUE * sum(n for n, _ in hues):
            return None
        if not _LAMP_MIN <= size / light.size <= _LAMP_MAX:
            return None
        lit = self.of(hues[0][1]).within(light)
        lamp = lit.largest_part()
        place = lamp.cropped()
        across, along = sorted((place.width, len(place.rows)))
        is_round = along <= _LAMP_LONG * across and lamp.size >= _SIGN_IN_ONE * size
        core = lamp.eroded(1)
        return self.main_colour(core if core.size else lamp)[0] if is_round else None

    def second_hue(self, mask: Mask, colour: str) -> str | None:
        """Another hue that covers nearly as much as the main colour, as of a disc in two halves."""
        main = pixel_of(*channels(colour))
        if not is_hued(main):
            return None
        return next(
            (
                as_hex(rgb_of(centre))
                for size, centre in self.colours(mask)
                if size >= _SECOND_HUE * mask.size
                and is_hued(centre)
                and hue_between(lch(as_hex(rgb_of(centre))).hue, lch(colour).hue) > _OTHER_HUE
            ),
            None,
        )

    def sign_in(self, core: Mask, colour: str) -> ArrowReading | None:
        """Where a sign within a filled shape points, as a white arrow on a coloured disc does."""
        fill = pixel_of(*channels(colour))
        sign = self.unlike(fill, _INNER_SIGN).within(core)
        part = sign.largest_part()
        if (
            not _MIN_SIGN * core.size <= part.size <= _MAX_SIGN * core.size
            or part.size < _SIGN_IN_ONE * sign.size
        ):
            return None
        found = arrow_direction(part)
        return found if found.direction is not None else None
