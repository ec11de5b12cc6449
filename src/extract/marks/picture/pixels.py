"""Pixels, and the small picture of a mark that is kept as evidence."""

from __future__ import annotations

import base64
import io
import math
import sys
import zlib
from array import array
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from styrmatt.extract.marks.picture.bitmask import Mask
from styrmatt.extract.marks.picture.colour_difference import (
    Lab,
    Rgb,
    as_hex,
    lch,
    oklab,
)

if TYPE_CHECKING:
    pass


Pixel = int
"""Red, green and blue as one number, which is quicker to count than three."""


PACKED = "BGRX"
"""PIL's name for four bytes a pixel, in which the pixels read as whole numbers."""


class CropImage(NamedTuple):
    """A rendered crop, kept as evidence; ``str()`` makes a PNG in a data URI of it.

    The PNG is made late because most marks need no evidence, and the legend decides which do.
    """

    packed: bytes
    """Its pixels as ``PACKED``, compressed: all marks of a report are held until the legend is.
    Where it has ``colours``, a byte for each pixel, the number of its colour, compressed."""
    width: int
    height: int
    colours: tuple[Pixel, ...] = ()

    def __str__(self) -> str:
        from PIL import Image

        out = io.BytesIO()
        size = (self.width, self.height)
        Image.frombytes("RGB", size, self._data(), "raw", PACKED).save(out, "PNG")
        return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode("ascii")

    def pixels(self) -> list[list[Pixel]]:
        """Its pixels, row by row."""
        flat = pixels_of(self._data())
        return [flat[n * self.width : (n + 1) * self.width] for n in range(self.height)]

    def _data(self) -> bytes:
        """Its pixels as ``PACKED``."""
        data = zlib.decompress(self.packed)
        if not self.colours:
            return data
        colours = array("I", map(self.colours.__getitem__, data))
        if sys.byteorder == "big":
            colours.byteswap()
        return colours.tobytes()


def pixels_of(data: bytes) -> list[Pixel]:
    """The pixels of a packed picture, row by row."""
    pixels = array("I", data)
    if sys.byteorder == "big":
        pixels.byteswap()
    return pixels.tolist()


def pixel_of(red: int, green: int, blue: int) -> Pixel:
    """A pixel of its channels."""
    return red << 16 | green << 8 | blue


def rgb_of(pixel: Pixel) -> Rgb:
    """The channels of a pixel."""
    return pixel >> 16, pixel >> 8 & 255, pixel & 255


@lru_cache(maxsize=1 << 16)
def lab_of(pixel: Pixel) -> Lab:
    """A colour in OKLab; the soft edges of marks have the same few thousand colours."""
    return oklab(rgb_of(pixel))


def pixel_difference(one: Pixel, other: Pixel) -> float:
    """The difference between two colours in OKLab."""
    return math.dist(lab_of(one), lab_of(other))


def is_near(one: Pixel, other: Pixel, limit: float) -> bool:
    """Whether two pixels differ by less than a limit (OKLab)."""
    return one == other or pixel_difference(one, other) < limit


@lru_cache(maxsize=512)
def inside_margin(width: int, height: int, margin: int) -> Mask:
    """All pixels inside the margin."""
    row = ((1 << (width - 2 * margin)) - 1) << margin
    empty = (0,) * margin
    return Mask((*empty, *(row for _ in range(height - 2 * margin)), *empty), width)


def is_hued(pixel: Pixel) -> bool:
    """Whether a pixel has a hue, and is no grey."""
    return lch(as_hex(rgb_of(pixel))).saturated


def hue_of(pixel: Pixel) -> float:
    """The hue of a pixel in degrees."""
    return lch(as_hex(rgb_of(pixel))).hue
