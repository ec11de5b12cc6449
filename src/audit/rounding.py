"""Figures as text, and figures that are equal but for rounding."""

from __future__ import annotations

from typing import Final

_ROUNDING_SLACK: Final = 1e-9
"""Relative slack for the error of binary fractions where a figure lies exactly half a step away."""


def number_text(value: float) -> str:
    """A figure without trailing zero decimals."""
    return str(int(value)) if float(value).is_integer() else repr(float(value))


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
