"""Tells trends by the looks that a legend gives them: where marks point, and in which colours.

"Green arrow: has improved, yellow arrow: unchanged, red arrow: has got worse": then a green arrow
says nothing of a target, whatever the column's header is, or where it has none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from styrmatt.extract.marks.legend.colour_status import count_hues
from styrmatt.extract.marks.legend.entries import LegendEntry
from styrmatt.extract.marks.mark import Mark

_SEVERAL_HUES: Final = 2
"""Hues of a legend's trends from which it explains colours, and not just where arrows point."""


def explained_in_colour(trends: Sequence[LegendEntry]) -> bool:
    """Whether entries of a legend say of several hues which trend each is."""
    return count_hues(entry.mark.colour for entry in trends) >= _SEVERAL_HUES


def trend_of(mark: Mark, trends: Sequence[LegendEntry]) -> str | None:
    """The trend of a legend's marks that point where this one does, in its colour; None if none."""
    values = {entry.value for entry in trends if _is_like(entry.mark, mark)}
    return values.pop() if len(values) == 1 else None


def is_empty(mark: Mark) -> bool:
    """Whether a mark is an outline without a colour that points nowhere."""
    return mark.apparent_direction is None and not (mark.filled or mark.is_coloured)


def _is_like(one: Mark, other: Mark) -> bool:
    if one.apparent_direction != other.apparent_direction or one.filled != other.filled:
        return False
    if not (one.is_coloured and other.is_coloured):
        return one.is_coloured == other.is_coloured
    return count_hues((one.colour, other.colour)) == 1
