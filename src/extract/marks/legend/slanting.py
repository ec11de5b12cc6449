"""Arrows that slant: between two of the four directions they may be steps of their own, or not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from styrmatt.extract.marks.mark import Mark

_LEVEL: Final = frozenset({"right", "left_right"})
_WAYS: Final = {"up_right": "up", "down_right": "down"}


def slanting_arrows(marks: Iterable[Mark]) -> Mapping[str, str]:
    """The trends that slanting arrows stand for, where a report's arrows leave no other reading.

    That is where they slant both ways and lie level, and none points straight up or down or to the
    left: then they are no steps between others, and no pictures that were turned.
    """
    ways = {mark.apparent_direction for mark in marks} - {None}
    return _WAYS if ways >= _WAYS.keys() and ways & _LEVEL and ways <= _WAYS.keys() | _LEVEL else {}
