"""A page's picture as arrays: its ink, its paper and its colours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from styrmatt.scans.components import Array

if TYPE_CHECKING:
    from PIL.Image import Image

_INK: Final = 48
"""Difference (of 255) in any of red, green and blue from which a pixel is ink: more than the noise
of a JPEG on paper, less than a grey line or a yellow disc."""
_BLOCK: Final = 48.0
"""Points: the side of the squares whose paper is measured; light falls off slowly over a page."""
_PAPER: Final = 85
"""Percentile of a square's brightness that is its paper: text and marks cover less."""
_BRIGHT: Final = 150
"""The darkest that paper is (of 255); a darker square is a picture or shading."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a page, its light evened out: paper is white."""

    rgb: Array
    """Height x width x 3, from 0 to 255."""
    scale: float
    """Pixels per point."""

    @property
    def gray(self) -> Array:
        """The darkest of the three channels: coloured ink is as dark as black ink."""
        return self.rgb.min(axis=2)

    def pixels(self, points: float) -> int:
        """A length in pixels, one at least."""
        return max(round(points * self.scale), 1)


def picture_of(image: Image, scale: float) -> Picture:
    """The picture with ``scale`` pixels per point as arrays, with paper made white."""
    import numpy as np

    rgb = np.asarray(image.convert("RGB"))
    paper = _paper(rgb, max(round(_BLOCK * scale), 1))
    evened = np.clip(rgb.astype(np.float32) * (255.0 / paper), 0, 255)
    return Picture(evened.astype(np.uint8), scale)


def _paper(rgb: Array, side: int) -> Array:
    """The colour of the paper: that of the whole page, which most of its squares have."""
    import numpy as np

    height, width = rgb.shape[:2]
    found = [
        np.percentile(rgb[y : y + side : 3, x : x + side : 3].reshape(-1, 3), _PAPER, axis=0)
        for y in range(0, height, side)
        for x in range(0, width, side)
    ]
    bright = [colour for colour in found if colour.min() >= _BRIGHT]
    usual = np.median(np.array(bright or [[255.0, 255.0, 255.0]]), axis=0)
    return usual.astype(np.float32)


def ink_of(picture: Picture) -> Array:
    """The pixels that are not paper."""
    return picture.gray < 255 - _INK
