"""Shares the lines of a column out to the rows of a table, in the way that costs least."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from styrmatt.extract.model.text_lines import HYPHENS, PageLine

Alignment = Literal["top", "middle", "bottom"]
"""How cells of several lines stand to the figures of their row."""
ALIGNMENTS: Final[tuple[Alignment, ...]] = ("top", "middle", "bottom")
_BREAKS_WORD, _BREAKS_NAME, _NO_CAPITAL = 6.0, 3.0, 0.5
"""What it costs, in lines, to begin a row within a hyphenated word, with a small letter or bracket,
or with a figure or sign."""
_GAP_WORTH = 1.5
"""What a gap wider than the leading is worth where a row begins, in lines for each em."""


def height_of(cell: Sequence[PageLine], alignment: Alignment) -> float:
    """Where a cell stands that is set in this way: its first line, its last, or its middle."""
    if alignment == "top":
        return cell[0].middle_height
    if alignment == "bottom":
        return cell[-1].middle_height
    return (cell[0].top + cell[-1].bottom) / 2


def share_lines(
    lines: Sequence[PageLine],
    anchors: Sequence[float],
    alignment: Alignment,
    leading: float,
    *,
    must: bool,
) -> tuple[list[list[PageLine]], float]:
    """The lines of a column shared out to the rows in order, and what that costs, in lines.

    ``must``: each row has at least one line where there are enough.
    """
    count, rows = len(lines), len(anchors)
    if not lines:
        return [[] for _ in anchors], 0.0
    least = 1 if must and count >= rows else 0
    size = max(line.size for line in lines)
    infinite = float("inf")
    best = [[infinite] * (count + 1) for _ in range(rows + 1)]
    back = [[0] * (count + 1) for _ in range(rows + 1)]
    best[0][0] = 0.0
    for row in range(1, rows + 1):
        for end in range(count + 1):
            for start in range(end - least + 1):
                before = best[row - 1][start]
                if before == infinite:
                    continue
                cost = before + _cost(lines, start, end, anchors[row - 1], alignment, leading, size)
                if cost < best[row][end]:
                    best[row][end], back[row][end] = cost, start
    groups: list[list[PageLine]] = []
    end = count
    for row in range(rows, 0, -1):
        start = back[row][end]
        groups.append(list(lines[start:end]))
        end = start
    return groups[::-1], best[rows][count]


def _cost(
    lines: Sequence[PageLine],
    start: int,
    end: int,
    anchor: float,
    alignment: Alignment,
    leading: float,
    size: float,
) -> float:
    """What it costs to give lines ``start`` to ``end`` to the row at ``anchor``, in lines."""
    if start == end:
        return 0.0
    cell = lines[start:end]
    cost = abs(height_of(cell, alignment) - anchor) / size
    if start:
        above, first = lines[start - 1], lines[start]
        if above.text.endswith(HYPHENS):
            cost += _BREAKS_WORD
        elif first.text[:1].islower() or first.text.startswith("("):
            cost += _BREAKS_NAME
        elif not first.text[:1].isupper():
            cost += _NO_CAPITAL
        gap = first.top - above.bottom
        cost -= _GAP_WORTH * max(0.0, gap - leading) / size
    return cost
