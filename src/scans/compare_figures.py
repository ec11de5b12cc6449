"""Reads pictures of figures and says where they show others than their text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from styrmatt.scans.tesseract import read_lines
from styrmatt.scans.tools import languages_to_read

if TYPE_CHECKING:
    from PIL.Image import Image

_DPI: Final = 300
_MARGIN: Final = 12
"""Pixels of white around a picture."""


def differing_figures(texts: Sequence[str], pictures: Sequence[Image]) -> dict[int, str]:
    """By its place, what is seen instead of a text whose figures are not those of its picture.

    All models that are installed have to see the same figures, and others than the text: one alone
    misreads some. Raises CalledProcessError where Tesseract fails.
    """
    if not pictures:
        return {}
    framed = [_framed(picture) for picture in pictures]
    readings = [
        ["".join(word.text for word in words) for words in read_lines(framed, language, _DPI)]
        for language in languages_to_read()
    ]
    found = {}
    for n, text in enumerate(texts):
        seen = {only_figures(reading[n]) for reading in readings}
        if len(seen) == 1 and (figures := seen.pop()) and figures != only_figures(text):
            found[n] = readings[0][n]
    return found


def only_figures(text: str) -> str:
    """The figures of a text alone: a comma is a speck, and is not compared."""
    return "".join(letter for letter in text if letter.isdecimal())


def _framed(picture: Image) -> Image:
    from PIL import ImageOps

    return ImageOps.expand(picture.convert("L"), _MARGIN, 255)
