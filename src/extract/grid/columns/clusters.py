"""Which label heads which column, where cells stand in columns that white space parts.

Labels may be set to the left and figures to the right of a column, so that no label stands over its
own figures. Then the order tells: labels and columns are matched from left to right, so that what
belongs together lies as near as possible. Lengths are in points.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from styrmatt.geometry import Span

_CORRIDOR = 2.5
"""Points: a narrower gap between the cells of all rows parts no columns."""
_NO_LABEL, _NO_CELLS = 40.0, 30.0
"""What a column without a label and a label without cells cost, in points that a label may lie
beside the cells of its column."""
_BESIDE = 8.0
"""What it costs besides that a label stands over none of its cells."""
_ALIGNED = 2.0
"""Points by which the words of a column set flush with its label may stand out."""
_FARTHEST = 90.0
"""Points by which a label may lie beside the cells that it heads at most."""


class Matched(NamedTuple):
    """A column from left to right: the label that heads it, by number, and where it stands."""

    label: int | None
    span: Span


def clusters(spans: Iterable[Span]) -> list[Span]:
    """The columns that cells stand in: spans with no gap between them, left to right."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start - found[-1][1] <= _CORRIDOR:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def match_labels(labels: Sequence[Span], columns: Sequence[Span]) -> list[Matched] | None:
    """The columns with the label that heads each; None where they cannot be matched in order.

    A column may have no label, and a label no cells: then it stands where the label does.
    """
    infinite = float("inf")
    rows, width = len(labels), len(columns)
    best = [[infinite] * (width + 1) for _ in range(rows + 1)]
    move = [[""] * (width + 1) for _ in range(rows + 1)]
    best[0][0] = 0.0
    for label in range(rows + 1):
        for column in range(width + 1):
            options: list[tuple[float, str]] = []
            if label and column:
                cost = _cost(labels[label - 1], columns[column - 1])
                options.append((best[label - 1][column - 1] + cost, "both"))
            if column:
                options.append((best[label][column - 1] + _NO_LABEL, "column"))
            if label:
                options.append((best[label - 1][column] + _NO_CELLS, "label"))
            if options:
                best[label][column], move[label][column] = min(options)
    nearest = _in_order(labels, columns, move) if best[rows][width] < infinite else None
    if nearest is None or any(one.label is None for one in nearest):
        return _by_alignment(labels, columns) or nearest
    return nearest


def _by_alignment(labels: Sequence[Span], columns: Sequence[Span]) -> list[Matched] | None:
    """The columns where each begins at its label or behind, or each ends at it or before.

    So stand figures at the far side of wide columns. None where one stands
    beside another's label, or has no counterpart.
    """
    if len(labels) != len(columns):
        return None
    starts = [label[0] - _ALIGNED for label in labels]
    ends = [label[1] + _ALIGNED for label in labels]
    behind = zip(columns, starts, [*starts[1:], float("inf")], strict=True)
    before = zip(columns, [-float("inf"), *ends[:-1]], ends, strict=True)
    within = all(start <= one[0] and one[1] <= end for one, start, end in behind)
    if within or all(start <= one[0] and one[1] <= end for one, start, end in before):
        return [Matched(number, span) for number, span in enumerate(columns)]
    return None


def _in_order(
    labels: Sequence[Span], columns: Sequence[Span], move: Sequence[Sequence[str]]
) -> list[Matched] | None:
    """The columns of the best match from left to right; None where two of them overlap."""
    out: list[Matched] = []
    label, column = len(labels), len(columns)
    while label or column:
        step = move[label][column]
        if step != "label":
            column -= 1
        if step != "column":
            label -= 1
        span = labels[label] if step == "label" else columns[column]
        out.append(Matched(None if step == "column" else label, span))
    out.reverse()
    apart = all(a.span[1] < b.span[0] for a, b in pairwise(out))
    return out if apart else None


def _cost(label: Span, column: Span) -> float:
    """How far a label lies from a column; 0 where it stands over it."""
    gap = max(label[0] - column[1], column[0] - label[1], 0.0)
    if gap > _FARTHEST:
        return float("inf")
    return gap + _BESIDE if gap else 0.0
