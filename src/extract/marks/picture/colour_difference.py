"""Measures how alike two colours look, and tells which of some named shades a colour is.

Colours are ``#rrggbb``. Hue, chroma and lightness are those of OKLCH (Ottosson 2020), in which
equal steps look alike; the difference between two shades is CIEDE2000 (CIE 142-2001).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

Rgb = tuple[int, int, int]
"""Red, green and blue, 0 to 255."""
Lab = tuple[float, float, float]
"""Lightness, a and b of OKLab."""

NEUTRAL = 0.022
"""OKLCH chroma below which a colour is a grey, black or white. The tinted greys of office themes
(#eeece1, #d6dce4: 0.015) lie below."""
SATURATED = 0.03
"""OKLCH chroma from which a colour has a hue that anyone would name. The palest tints that office
programs offer (#fce4d6, #e2f0d9: 0.032, 0.034) lie above. What lies between this and NEUTRAL is
neither grey nor coloured, and gets no meaning."""
WHITE = 0.965
"""OKLCH lightness from which a grey looks like paper: above the lightest grey that is chosen as
shading (#f2f2f2: 0.961), below the off-white of compressed pictures (#f7f7f7: 0.976)."""

_SAME_SHADE = 7.0
"""CIEDE2000 up to which two prints of one colour (JPEG, rounding, CMYK) may differ. Less than half
of what lies between two greens that one report uses side by side (#00b050, #92d050: 15)."""
_CLEARLY_NEARER = 2.0
"""How many times nearer than the second the nearest meaning has to be: else a colour half way
between two of a legend would be given to one of them by chance."""
_INVISIBLE = 1.0
"""CIEDE2000 that is added to that limit: so small a difference is not seen, so a second meaning
within it is as good as one that is met exactly."""
_SAME_HUE = 11.0
"""Degrees of hue up to which a shade goes with a sample. Tints and shades of one colour stay within
it; amber (#ffc000: 85) and orange (#ff9800: 64, #ed7d31: 51) do not."""
_HUE_MARGIN = 12.0
"""Degrees of hue by which the samples of every other meaning have to be further away: what lies
half way between yellow and red, or green and yellow, means neither by itself."""
_SAME_GREY = 0.09
"""Difference in OKLCH lightness up to which a grey goes with a sample. Further off, a grey may as
well be an ink that is not quite black, or the shading of a row."""


@dataclass(frozen=True, slots=True)
class Lch:
    """A colour as lightness (0 to 1), chroma (0 to about 0.3) and hue (degrees)."""

    lightness: float
    chroma: float
    hue: float

    @property
    def neutral(self) -> bool:
        """Whether it is a grey, black or white."""
        return self.chroma < NEUTRAL

    @property
    def saturated(self) -> bool:
        """Whether it has a hue that anyone would name."""
        return self.chroma >= SATURATED

    @property
    def white(self) -> bool:
        """Whether it looks like paper."""
        return self.neutral and self.lightness >= WHITE


def channels(colour: str) -> Rgb:
    """Red, green and blue (0 to 255) of ``#rrggbb``."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def as_hex(rgb: Sequence[int]) -> str:
    """Red, green and blue as ``#rrggbb``."""
    return f"#{rgb[0]:02x}{rgb[1]:02x}{rgb[2]:02x}"


def oklab(rgb: Rgb) -> Lab:
    """The lightness, a and b of an sRGB colour in OKLab."""
    r, g, b = map(_linear, rgb)
    long = math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    medium = math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    short = math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


@lru_cache(maxsize=65536)
def lch(colour: str) -> Lch:
    """A colour ``#rrggbb`` in OKLCH."""
    lightness, a, b = oklab(channels(colour))
    return Lch(lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360)


@lru_cache(maxsize=256)
def _linear(channel: int) -> float:
    c = channel / 255
    return c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4


@lru_cache(maxsize=4096)
def cielab(colour: str) -> tuple[float, float, float]:
    """The CIE L*, a*, b* of an sRGB colour ``#rrggbb`` under D65."""
    r, g, b = (_linear(c) for c in channels(colour))
    x = (0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047
    y = 0.2126729 * r + 0.7151522 * g + 0.0721750 * b
    z = (0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883
    fx, fy, fz = (_lab_f(t) for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def _lab_f(t: float) -> float:
    return math.cbrt(t) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116


def difference(one: str, other: str) -> float:
    """The CIEDE2000 difference of two colours ``#rrggbb``; 1 is about the least that one sees."""
    return ciede2000(cielab(one), cielab(other))


def ciede2000(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    """The CIEDE2000 difference of two CIELAB colours (Sharma, Wu, Dalal 2005)."""
    l1, a1, b1 = one
    l2, a2, b2 = other
    mean7 = ((math.hypot(a1, b1) + math.hypot(a2, b2)) / 2) ** 7
    g = 1.5 - 0.5 * math.sqrt(mean7 / (mean7 + 25.0**7))
    c1, c2 = math.hypot(a1 * g, b1), math.hypot(a2 * g, b2)
    h1, h2 = math.degrees(math.atan2(b1, a1 * g)) % 360, math.degrees(math.atan2(b2, a2 * g)) % 360
    turn = 0.0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    if turn == -180:
        turn = 180.0
    lightness, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    hue = h1 + h2 if c1 * c2 == 0 else h1 + turn / 2
    weights = _weights(lightness, chroma, hue % 360)
    dl, dc = (l2 - l1) / weights[0], (c2 - c1) / weights[1]
    dh = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2)) / weights[2]
    return math.sqrt(dl * dl + dc * dc + dh * dh + weights[3] * dc * dh)


def _weights(lightness: float, chroma: float, hue: float) -> tuple[float, float, float, float]:
    """CIEDE2000's weights of lightness, chroma and hue, and its rotation term."""

    def cos(times: float, off: float) -> float:
        return math.cos(math.radians(times * hue + off))

    t = 1 - 0.17 * cos(1, -30) + 0.24 * cos(2, 0) + 0.32 * cos(3, 6) - 0.20 * cos(4, -63)
    off = (lightness - 50) ** 2
    turned = math.sin(math.radians(60 * math.exp(-(((hue - 275) / 25) ** 2))))
    rotation = -2 * math.sqrt(chroma**7 / (chroma**7 + 25.0**7)) * turned
    return (
        1 + 0.015 * off / math.sqrt(20 + off),
        1 + 0.045 * chroma,
        1 + 0.015 * chroma * t,
        rotation,
    )


def hue_between(one: float, other: float) -> float:
    """Degrees between two hues, 0 to 180."""
    return abs((one - other + 180) % 360 - 180)


def nearest_shade(colour: str, shades: Mapping[str, Iterable[str]]) -> str | None:
    """The name of the shade that ``colour`` is a print of; None where none is, or two may be.

    For shades that a report itself defines, by which it has to be met closely.
    """
    found = sorted(
        (min(difference(colour, shade) for shade in group), name)
        for name, group in ((name, tuple(group)) for name, group in shades.items())
        if group
    )
    if not found or found[0][0] > _SAME_SHADE:
        return None
    if len(found) > 1 and found[1][0] < _CLEARLY_NEARER * found[0][0] + _INVISIBLE:
        return None
    return found[0][1]


def same_hue_shade(colour: str, samples: Mapping[str, Iterable[str]]) -> str | None:
    """The name whose samples have the hue of ``colour``; None where none has, or two nearly do.

    For colours that no legend defines: pale and dark shades of one hue belong together, greys among
    themselves by lightness.
    """
    this = lch(colour)
    if this.white or not (this.neutral or this.saturated):
        return None
    limit, margin = (_SAME_GREY, _SAME_GREY) if this.neutral else (_SAME_HUE, _HUE_MARGIN)
    found: list[tuple[float, str]] = []
    for name, group in samples.items():
        distances = [_distance(this, lch(sample)) for sample in group]
        nearest = min((value for value in distances if value is not None), default=None)
        if nearest is not None:
            found.append((nearest, name))
    found.sort()
    if not found or found[0][0] > limit:
        return None
    if len(found) > 1 and found[1][0] < found[0][0] + margin:
        return None
    return found[0][1]


def _distance(one: Lch, other: Lch) -> float | None:
    """The difference in lightness of two greys or in hue of two colours; None for one of each."""
    if one.neutral and other.neutral:
        return abs(one.lightness - other.lightness)
    if one.neutral or other.neutral:
        return None
    return hue_between(one.hue, other.hue)
