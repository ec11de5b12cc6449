"""Signs that Tesseract's models read badly, told by their shape: per cent, at least, at most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from styrmatt.scans.components import Array, find_components

PERCENT, AT_MOST, AT_LEAST = "%", "≤", "≥"
_TOUCHING: Final = 0.12
"""Share of the smaller one's width by which parts of one sign overlap at least."""
_PERCENT_ASPECT = (0.7, 1.7)
"""Width over height of a per cent sign; figures have 0.4 to 0.65."""
_HOLE: Final = 0.012
"""Share of the sign's box that each of its two rings encloses at least."""
_DIAGONAL = (0.4, 0.3)
"""Shares of width and height by which the ring below lies to the right and lower."""
_COMPARISON_ASPECT = (0.5, 1.2)
"""Width over height of a comparison."""
_BAR: Final = 0.85
"""Share of the width that the bar below a comparison fills."""
_LOWEST_BAR: Final = 0.4
"""Share of the height below which that bar, and the gap above it, lies."""
_POINT, _SIDE = 0.42, 0.28
"""Shares of the width at one side in which a wedge's point lies, and at the other its two ends; the
arch of a 2 lies in the middle."""
_ENDS = (0.08, 0.92)
"""Shares of the wedge's height at which its ends are looked for."""

_SEVERAL_STROKES: Final = 0.1
"""Share of a wedge's rows that may have more than one stroke; the head of a 2 has more."""


class Sign(NamedTuple):
    """A sign and the numbers of the parts that make it up."""

    text: str
    numbers: tuple[int, ...]


def find_signs(numbers: Sequence[int], boxes: Sequence[Sequence[int]], labels: Array) -> list[Sign]:
    """The signs among the parts of one line of text."""
    found = []
    for group in _glyphs(numbers, boxes):
        text = _sign_of(group, boxes, labels)
        if text is not None:
            found.append(Sign(text, tuple(group)))
    return found


def _glyphs(numbers: Sequence[int], boxes: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """The parts in groups that stand above each other or overlap, from left to right."""
    group: list[int] = []
    end = 0
    for number in sorted(numbers, key=lambda n: boxes[n][0]):
        x0, x1 = boxes[number][0], boxes[number][2]
        smaller = min([x1 - x0, *(boxes[n][2] - boxes[n][0] for n in group)])
        if group and end - x0 < _TOUCHING * smaller:
            yield group
            group = []
        end = x1 if not group else max(end, x1)
        group.append(number)
    if group:
        yield group


def _sign_of(group: Sequence[int], boxes: Sequence[Sequence[int]], labels: Array) -> str | None:
    import numpy as np

    x0, y0 = min(boxes[n][0] for n in group), min(boxes[n][1] for n in group)
    x1, y1 = max(boxes[n][2] for n in group), max(boxes[n][3] for n in group)
    aspect = (x1 - x0) / (y1 - y0)
    if len(group) > 3 or not min(_PERCENT_ASPECT + _COMPARISON_ASPECT) <= aspect:
        return None
    ink = np.isin(labels[y0:y1, x0:x1], group)
    if _COMPARISON_ASPECT[0] <= aspect <= _COMPARISON_ASPECT[1]:
        comparison = _comparison(ink)
        if comparison is not None:
            return comparison
    is_wide = _PERCENT_ASPECT[0] <= aspect <= _PERCENT_ASPECT[1]
    return PERCENT if is_wide and _has_two_rings(ink) else None


def _has_two_rings(ink: Array) -> bool:
    """Whether two rings lie in the upper left and the lower right of a sign."""
    holes = sorted(_holes(ink))
    height, width = ink.shape
    if len(holes) != 2:
        return False
    (ax, ay), (bx, by) = holes
    return bool(bx - ax >= _DIAGONAL[0] * width and by - ay >= _DIAGONAL[1] * height)


def _holes(ink: Array) -> list[tuple[float, float]]:
    """The middles of the enclosed areas that are as large as those of rings."""
    import numpy as np

    paper = find_components(~np.pad(ink, 1))
    outside = paper.labels[0, 0]
    least = _HOLE * ink.size
    return [
        ((x0 + x1) / 2 - 1, (y0 + y1) / 2 - 1)
        for n, (x0, y0, x1, y1) in enumerate(paper.boxes.tolist())
        if n != outside and paper.sizes[n] >= least
    ]


def _comparison(ink: Array) -> str | None:
    """The sign that a wedge above a bar is; None for anything else."""
    import numpy as np

    height, width = ink.shape
    full = ink.sum(axis=1) >= _BAR * width
    if not full[-max(height // 10, 1) :].any():
        return None
    wedge = ink[: int(np.argmax(full & (np.arange(height) > (1 - _LOWEST_BAR) * height)))]
    rows = np.nonzero(wedge.any(axis=1))[0]
    if not len(rows) or full[: len(wedge)].any():
        return None
    wedge = wedge[rows[0] : rows[-1] + 1]
    strokes = (np.diff(np.pad(wedge, ((0, 0), (1, 0))).astype(np.int8), axis=1) == 1).sum(axis=1)
    if (strokes != 1).mean() > _SEVERAL_STROKES:
        return None
    upper, lower = (_middle(wedge[int(share * (len(wedge) - 1))]) for share in _ENDS)
    point = _middle(wedge[len(wedge) // 2])
    if point <= _POINT and min(upper, lower) >= 1 - _SIDE:
        return AT_MOST
    return AT_LEAST if point >= 1 - _POINT and max(upper, lower) <= _SIDE else None


def _middle(row: Array) -> float:
    """Where the middle of a row's ink is, as a share of its width; 0.5 where there is none."""
    import numpy as np

    xs = np.nonzero(row)[0]
    return float(xs.mean() + 0.5) / len(row) if len(xs) else 0.5
