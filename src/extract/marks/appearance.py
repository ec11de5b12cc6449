"""What a small rendered crop shows: its colour, whether it is filled, where it points.

This is the judge over all drawing primitives: it sees what a person sees, however it was drawn.
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
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress
from typing import TYPE_CHECKING, NamedTuple

from styrmatt.extract.marks.arrow_direction import NOWHERE, Pointing, pointing
from styrmatt.extract.marks.bitmask import Band, Mask
from styrmatt.extract.marks.colour_difference import Lab, Rgb, as_hex, channels, lch, oklab

if TYPE_CHECKING:
    from PIL.Image import Image

Pixel = int
"""Red, green and blue as one number, which is quicker to count than three."""

_VISIBLE = 0.035
"""Difference in OKLab from which ink stands out from its ground."""
_ALIKE = 0.06
"""Difference in OKLab up to which two pixels belong to one colour."""
_HOLLOW = 0.4
"""Share of ground enclosed by ink from which a shape is an outline only."""
_INK = 0.02
"""Share of the crop that must be ink, or there is nothing to see."""


_PACKED = "BGRX"
"""How PIL puts a picture's pixels into four bytes each, so that they read as whole numbers."""
_BIT = bytes.maketrans(b"01", b"\x00\x01")
_UNSET, _SET = b"01"
_ALL_BYTES = range(256)


class DrawingClues(NamedTuple):
    """A rendered crop; its text is that of a PNG in a data URI, made where it is asked for."""

    packed: bytes
    """Its pixels, compressed: all marks of a report wait for its legend."""
    width: int
    height: int

    def __str__(self) -> str:
        from PIL import Image

        out = io.BytesIO()
        size = (self.width, self.height)
        data = zlib.decompress(self.packed)
        Image.frombytes("RGB", size, data, "raw", _PACKED).save(out, "PNG")
        return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode("ascii")


@dataclass(frozen=True, slots=True)
class CropAppearance:
    """What a crop shows. ``colour`` is that of the fill, or of the outline without a fill."""

    colour: str | None
    filled: bool = True
    pointing: Pointing = NOWHERE
    ink: float = 0.0
    """Share of the crop that differs from the ground."""
    evidence: DrawingClues | None = None


NOTHING = CropAppearance(None, filled=False)


def analyse_crop(
    picture: Image, margin: int, grounds: tuple[str, ...] = (), lines: tuple[Band, ...] = ()
) -> CropAppearance:
    """What a picture shows inside its margin (pixels), which is the ground around it.

    ``grounds`` are colours of areas that lie behind the mark, ``lines`` the pixel rows and columns
    of rulings that run through the picture.
    """
    return _look(
        picture.tobytes("raw", _PACKED), picture.width, picture.height, margin, grounds, lines
    )


@lru_cache(maxsize=512)
def _look(
    data: bytes,
    width: int,
    height: int,
    margin: int,
    behind: tuple[str, ...],
    lines: tuple[Band, ...],
) -> CropAppearance:
    """Marks are drawn alike many times over: equal crops are looked at once."""
    crop = _Crop(_pixels(data), width, height)
    grounds = crop.grounds(margin, [_pixel(*channels(colour)) for colour in behind])
    ink = crop.unlike(grounds[0], _VISIBLE)
    for other in grounds[1:]:
        ink = ink.within(crop.unlike(other, _VISIBLE))
    ink = ink.without(lines).within(_frame(width, height, margin))
    count, inside = ink.size, ink.enclosed()
    if count < max(4, _INK * width * height):
        return NOTHING
    hollow = inside.size / (count + inside.size) >= _HOLLOW
    rim = max(1, round(0.12 * min(width, height) - 1))
    core = _core(ink, rim)
    colour, share = crop.main_colour(ink if hollow else core)
    filled = not hollow and not lch(colour).white
    if not hollow and not filled:
        colour = crop.main_colour(ink)[0]
    half = 0.45 * _apart(_pixel(*channels(colour)), grounds[0])
    solid = crop.unlike(grounds[0], half)
    points = pointing(solid.without(lines).within(ink))
    if points.way is None and filled and (share < 0.97 or inside.size):
        points = crop.sign_in(ink.joined(inside).eroded(rim), colour) or points
    evidence = DrawingClues(zlib.compress(data, 1), width, height)
    return CropAppearance(colour, filled, points, count / (width * height), evidence)


def _pixels(data: bytes) -> list[Pixel]:
    """The pixels of a packed picture."""
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
    """A colour in OKLab; those of a mark's rim come again and again."""
    return oklab(_rgb(pixel))


def _apart(one: Pixel, other: Pixel) -> float:
    """The difference between two colours in OKLab."""
    return math.dist(_lab(one), _lab(other))


def _near(one: Pixel, other: Pixel, limit: float) -> bool:
    return one == other or _apart(one, other) < limit


@lru_cache(maxsize=512)
def _frame(width: int, height: int, margin: int) -> Mask:
    """All pixels inside the margin."""
    row = ((1 << (width - 2 * margin)) - 1) << margin
    empty = (0,) * margin
    return Mask((*empty, *(row for _ in range(height - 2 * margin)), *empty), width)


def _core(ink: Mask, depth: int) -> Mask:
    """The ink without its rim, where enough is left without it."""
    core = ink.eroded(depth)
    return core if core.size >= max(0.12 * ink.size, 4) else ink


class _Crop:
    """The pixels of a crop, row by row."""

    def __init__(self, pixels: list[Pixel], width: int, height: int) -> None:
        self.pixels, self.width, self.height = pixels, width, height
        self._colours = list(dict.fromkeys(pixels))
        self._labs = list(map(_lab, self._colours))
        self._numbers = self._numbered() if len(self._colours) <= len(_ALL_BYTES) else None
        self._differences: dict[Pixel, list[float]] = {}

    def _numbered(self) -> bytes:
        """Each pixel's colour by its place among the colours."""
        number_of = dict(zip(self._colours, range(len(self._colours)), strict=True))
        return bytes(map(number_of.__getitem__, self.pixels))

    def unlike(self, ground: Pixel, limit: float) -> Mask:
        """The pixels whose colours differ from that of a ground by a limit or more."""
        if ground not in self._differences:
            own = _lab(ground)
            self._differences[ground] = [math.dist(lab, own) for lab in self._labs]
        bits = [_SET if far >= limit else _UNSET for far in self._differences[ground]]
        text = self._painted(bits)
        starts = range(0, len(text), self.width)
        return Mask(tuple([int(text[at : at + self.width], 2) for at in starts]), self.width)

    def _painted(self, signs: list[int]) -> bytes:
        """The picture with a sign for each of its colours."""
        if self._numbers is not None:
            return self._numbers.translate(bytes(signs).ljust(len(_ALL_BYTES)))
        sign_of = dict(zip(self._colours, signs, strict=True))
        return bytes(map(sign_of.__getitem__, self.pixels))

    def counts(self, mask: Mask) -> Counter[Pixel]:
        """How often each colour stands where the mask is set."""
        text = "".join([format(row, f"0{self.width}b") for row in mask.rows])
        return Counter(compress(self.pixels, text.encode().translate(_BIT)))

    def ring(self, depth: int) -> Counter[Pixel]:
        """The colours of the pixels that stand ``depth`` from the edge; none in a small crop."""
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
        """The colour around the mark, others behind it, and a white picture's own paper."""
        ground = self.ring(0).most_common(1)[0][0]
        edge = self.ring(margin + 1)
        own, times = edge.most_common(1)[0] if edge else (ground, 0)
        if (
            _near(own, ground, _VISIBLE)
            or not lch(as_hex(_rgb(own))).white
            or times < 0.5 * edge.total()
        ):
            return [ground, *behind]
        inside = _frame(self.width, self.height, margin + 1)
        others = self.unlike(own, _ALIKE).within(inside)
        own_paper = [own] if others.size > 0.1 * len(self.pixels) else []
        return [ground, *own_paper, *behind]

    def main_colour(self, mask: Mask) -> tuple[str, float]:
        """The colour of most pixels (a hue before a grey of like size), and their share."""
        rest = dict(self.counts(mask))
        total = sum(rest.values())
        groups: list[tuple[int, Pixel]] = []
        while rest and len(groups) < 4:
            _, centre = max(zip(rest.values(), rest, strict=True))
            members = [rgb for rgb in rest if _near(rgb, centre, _ALIKE)]
            groups.append((sum(rest.pop(rgb) for rgb in members), centre))
        groups.sort(reverse=True)
        hued = [g for g in groups if lch(as_hex(_rgb(g[1]))).saturated and g[0] >= 0.3 * total]
        size, centre = (hued or groups)[0]
        return as_hex(_rgb(centre)), size / total

    def sign_in(self, core: Mask, colour: str) -> Pointing | None:
        """Where a sign within a filled shape points, as in a white arrow on a coloured disc."""
        main = _pixel(*channels(colour))
        sign = self.unlike(main, 0.12).within(core)
        part = sign.largest_part()
        if not 0.06 * core.size <= part.size <= 0.6 * core.size or part.size < 0.9 * sign.size:
            return None
        found = pointing(part)
        return found if found.way is not None else None
