"""Colours for tests, made by lightness, chroma and hue."""

from __future__ import annotations

import math

from styrmatt.extract.marks.picture.colour_difference import as_hex


def shade(lightness: float, chroma: float, hue: float) -> str | None:
    """A colour of OKLCH as ``#rrggbb``; None where screens cannot show it."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    if not all(-0.001 <= value <= 1.001 for value in linear):
        return None
    curved = (
        12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055
        for value in (min(max(value, 0.0), 1.0) for value in linear)
    )
    return as_hex([round(255 * value) for value in curved])


def vivid(hue: float, lightness: float = 0.68) -> str:
    """A clear colour of a hue."""
    colour = shade(lightness, 0.1, hue)
    assert colour is not None
    return colour


def grey(lightness: float) -> str:
    colour = shade(lightness, 0.0, 0.0)
    assert colour is not None
    return colour


def lab_grey(lightness: float) -> str:
    """The grey of a lightness of CIELAB, 0 to 100."""
    y = ((lightness + 16) / 116) ** 3
    value = round(255 * (1.055 * y ** (1 / 2.4) - 0.055))
    return as_hex([value] * 3)
