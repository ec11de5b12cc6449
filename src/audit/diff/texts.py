"""Printed texts compared, and values of columns as text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Any, Final

_HYPHEN_IN_WORD: Final = re.compile(r"(?<=[^\W\d_])[-\u2010\u2011\u00ad]\s*(?=[^\W\d_])")
_SPACE: Final = re.compile(r"[\s\u00ad]+")
_UNIT_SUFFIXES: Final = {
    "percent": " %",
    "percentage_points": " percentage points",
    "per_1000": " per 1000",
    "count": "",
    "index": "",
    "ratio": "",
}
"""What follows a figure; other units follow as they are, after a space."""
_CACHED_TEXTS: Final = 65536
"""Texts whose key is remembered: more than two large reports have."""
_ROUNDING_SLACK: Final = 1e-9
"""Relative slack for the error of binary fractions where a figure lies exactly half a step away."""


@lru_cache(maxsize=_CACHED_TEXTS)
def comparison_key(text: str) -> str:
    """A text without spaces, case, hyphens between letters and a final full stop."""
    joined = _HYPHEN_IN_WORD.sub("", unicodedata.normalize("NFC", text))
    return _SPACE.sub("", joined).casefold().rstrip(".")


def same_text(first: str | None, second: str | None) -> bool:
    """Whether two texts differ at most in spaces, case, hyphens and a final full stop."""
    if first is None or second is None:
        return first is second
    return comparison_key(first) == comparison_key(second)


def number_text(value: float) -> str:
    """A figure without trailing zero decimals."""
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def quantity_text(value: float | None, unit: str | None) -> str | None:
    """A figure with its unit; None where there is none."""
    if value is None:
        return None
    return number_text(value) + ("" if unit is None else _UNIT_SUFFIXES.get(unit, f" {unit}"))


def display_text(value: Any) -> str | None:
    """A value of any column as text; None where it is missing."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return number_text(value)
    if isinstance(value, tuple):
        return ", ".join(display_text(item) or "" for item in value)
    if is_dataclass(value):
        parts = (display_text(getattr(value, f.name)) for f in fields(value))
        return " ".join(part for part in parts if part)
    return str(value)


def decimals(value: float) -> int:
    """The number of decimals of a figure."""
    return len(number_text(value).partition(".")[2])


def equal_when_rounded(first: float, second: float) -> bool:
    """Whether two figures are equal once the finer is rounded to the decimals of the coarser."""
    if first == second:
        return True
    coarse = min(decimals(first), decimals(second))
    if decimals(first) == decimals(second):
        return False
    half_step = 0.5 / 10.0**coarse
    return abs(first - second) <= half_step * (1 + _ROUNDING_SLACK)


def joined_path(parts: Iterable[str | None]) -> str | None:
    """Perspective, goal and factor in a line, the outermost first; None where all are missing."""
    return " › ".join(part for part in parts if part) or None
