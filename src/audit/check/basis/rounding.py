"""Whether two printed figures can be one: rounded to other places."""

from __future__ import annotations

import math
from typing import Final

_FEWEST_ROUNDED: Final = 1000.0
"""Whole figures from which zeros at the end may stand for rounding: "163 000" for 163,482. In
shorter ones a zero is a figure: 80 per cent are not 78."""
_SHOWN_DIGITS: Final = 10
"""Significant digits of a figure that are looked at: more come from binary fractions."""
_SLACK: Final = 1e-9
"""For sums of binary fractions: less than any printed place."""


def agree(first: float, second: float) -> bool:
    """Whether two figures are one, as far as the one that is rounded more tells."""
    return abs(first - second) <= max(half_step(first), half_step(second)) + _SLACK


def half_step(value: float) -> float:
    """Half of a figure's last place, by which it may be off: 0.05 for 78.4, 0.5 for 80."""
    text = f"{value:.{_SHOWN_DIGITS}g}"
    if "e" in text or not math.isfinite(value):
        return 0.0
    _, _, places = text.partition(".")
    if places:
        return 0.5 * 10.0 ** -len(places)
    zeros = len(text) - len(text.rstrip("0")) if abs(value) >= _FEWEST_ROUNDED else 0
    return 0.5 * 10.0**zeros
