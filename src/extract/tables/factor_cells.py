"""Splits a cell of an overview that holds several success factors without rule or space between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from rapidfuzz import fuzz

from styrmatt.extract.tables.cells import TableCell
from styrmatt.whitespace import squeeze

_SAME_NAME: Final = 85.0
"""Likeness (0 to 100) from which two names may be one factor's, worded a little differently; lines
of a factor that happen to begin like another are less alike."""
Names = tuple[tuple[str, ...], ...]
"""Names one after the other, each by its printed lines."""


def factors_in(cell: TableCell, names: Sequence[str]) -> list[TableCell]:
    """The cell, or a cell for each of the names that its lines are made of.

    An overview may word a name differently from its heading, so names that are nearly alike count;
    the cell as one name has to be less alike than its parts.
    """
    as_one, _ = _most_alike(cell.lines, names)
    if len(cell.lines) < 2 or as_one >= _SAME_NAME:
        return [cell]
    parts, worst = _named_parts(tuple(cell.lines), names)
    if len(parts) < 2 or worst < max(_SAME_NAME, as_one):
        return [cell]
    return [replace(cell, lines=list(lines)) for lines in parts]


def _named_parts(lines: tuple[str, ...], names: Sequence[str]) -> tuple[Names, float]:
    """The lines cut into names, each another one, and how alike the worst of them is (0 to 100)."""
    best: tuple[Names, float] = ((), 0.0)
    for end in range(1, len(lines) + 1):
        likeness, name = _most_alike(lines[:end], names)
        if likeness < _SAME_NAME:
            continue
        rest: Names = ()
        worst = 100.0
        if end < len(lines):
            rest, worst = _named_parts(lines[end:], [n for n in names if n != name])
        if min(likeness, worst) > best[1]:
            best = ((lines[:end], *rest), min(likeness, worst))
    return best


def _most_alike(lines: Sequence[str], names: Sequence[str]) -> tuple[float, str]:
    """The name that is most like the lines put together, and how alike it is (0 to 100)."""
    text = squeeze("".join(lines))
    return max(((fuzz.ratio(text, name), name) for name in names), default=(0.0, ""))
