"""The ruled lines of a page, as its picture shows them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal, NamedTuple

from styrmatt.scans.components import Array, find_components

_SHORTEST: Final = 16.0
"""Points that a line is long at least: longer than the strokes of a heading's letters, shorter than
the height of a row of two lines."""
_GAP: Final = 0.35
"""Points of a line that may be missing: specks of paper in a thin line."""
_THICKEST: Final = 2.2
"""Points that a line is thick at most: a thicker one is a bar or shading."""


_BESIDE: Final = 1.0
"""Points above and below a line where it is looked at what stands there."""
_BUSY: Final = 0.2
"""Share of a line with ink close to it on one side from which it is the feet of letters and no line;
where other lines and letters touch it there is less."""


class Line(NamedTuple):
    """A ruled line, in pixels."""

    orientation: Literal["h", "v"]
    at: float
    start: float
    end: float
    thickness: float


def find_lines(ink: Array, scale: float) -> tuple[list[Line], Array]:
    """The level and upright lines of a page, and the pixels that are theirs."""
    import numpy as np

    level, level_ink = _level_lines(ink, scale)
    upright, upright_ink = _level_lines(np.ascontiguousarray(ink.T), scale)
    lines = [Line("h", *line) for line in level] + [Line("v", *line) for line in upright]
    return lines, level_ink | upright_ink.T


def _level_lines(
    ink: Array, scale: float
) -> tuple[list[tuple[float, float, float, float]], Array]:
    """The height, first pixel, end and thickness of each level line, and their pixels."""
    import numpy as np

    long = _long_runs(_closed(ink, max(round(_GAP * scale), 1)), round(_SHORTEST * scale))
    parts = find_components(long)
    found, taken = [], np.zeros_like(ink)
    for number, (x0, y0, x1, y1) in enumerate(parts.boxes.tolist()):
        thickness = parts.sizes[number] / (x1 - x0)
        if thickness > _THICKEST * scale:
            continue
        area = (slice(y0, y1), slice(x0, x1))
        own = parts.labels[area] == number
        if _is_busy(ink, y0, y1, x0, x1, max(round(_BESIDE * scale), 1)):
            continue
        taken[area] |= own
        ys = np.nonzero(own)[0]
        found.append((y0 + float(ys.mean()) + 0.5, float(x0), float(x1), float(thickness)))
    return found, taken


def _is_busy(ink: Array, y0: int, y1: int, x0: int, x1: int, beside: int) -> bool:
    """Whether much ink stands right above or below a level line."""
    rows = [y for y in (y0 - beside, y1 - 1 + beside) if 0 <= y < ink.shape[0]]
    return any(float(ink[y, x0:x1].mean()) >= _BUSY for y in rows)


def _closed(ink: Array, gap: int) -> Array:
    """The ink with gaps of so many pixels within a row filled."""
    closed = ink.copy()
    for _ in range(gap):
        closed[:, 1:] |= closed[:, :-1].copy()
    for _ in range(gap):
        closed[:, :-1] &= closed[:, 1:].copy()
    return closed


def _long_runs(ink: Array, length: int) -> Array:
    """The runs of a row's ink that are so long, as a mask."""
    import numpy as np

    from styrmatt.scans.components import runs_of

    rows, starts, ends = runs_of(ink)
    long = ends - starts >= length
    steps = np.zeros((ink.shape[0], ink.shape[1] + 1), dtype=np.int32)
    np.add.at(steps, (rows[long], starts[long]), 1)
    np.add.at(steps, (rows[long], ends[long]), -1)
    return np.cumsum(steps, axis=1)[:, :-1] > 0


def joined_lines(lines: Iterable[Line], reach: float) -> list[Line]:
    """The lines with those joined that are one line cut in pieces, ``reach`` pixels apart at most."""
    joined: list[Line] = []
    for line in sorted(lines, key=lambda one: (one.orientation, one.start, one.at)):
        for n in range(len(joined) - 1, -1, -1):
            other = joined[n]
            same = other.orientation == line.orientation and abs(other.at - line.at) <= reach
            if same and line.start <= other.end + reach:
                joined[n] = _one(other, line)
                break
        else:
            joined.append(line)
    return joined


def _one(one: Line, other: Line) -> Line:
    lengths = (one.end - one.start, other.end - other.start)
    total = sum(lengths) or 1.0
    at = (one.at * lengths[0] + other.at * lengths[1]) / total
    start, end = min(one.start, other.start), max(one.end, other.end)
    return Line(one.orientation, at, start, end, max(one.thickness, other.thickness))
