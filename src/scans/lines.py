"""The ruled lines of a page, as its picture shows them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal, NamedTuple

from styrmatt.scans.components import Array, find_components, long_runs
from styrmatt.scans.picture import Picture

_SHORTEST: Final = 16.0
"""Points that a line is long at least: longer than the strokes of a heading's letters, shorter than
the height of a row of two lines."""
_PIECE: Final = 8.0
"""Points that a piece of a line is long at least: lines that cross it cut it."""
_CROSSED: Final = 2.0
"""Points between two pieces of one line at most: the thickness of one that crosses it."""
_WHITE: Final = 255
_LEVEL: Final = 1.0
"""Points by which pieces of one line differ in height at most."""
_CONTRAST: Final = 22
"""Difference (of 255) by which a line is darker than what lies on both of its sides: grey hairlines
are blurred to that by a coarse scan, and noise does not stand in line."""
_ASIDE: Final = (1.2, 2.0)
"""Points above and below a line where its ground is looked at, of hairlines and of the thickest: at
more than half of the thickness, and as near as letters do not stand."""
_GAP: Final = 0.35
"""Points of a line that may be missing: specks of paper in a thin line."""
_THICKEST: Final = 2.2
"""Points that a line is thick at most: a thicker one is a bar or shading."""


_BESIDE: Final = 1.0
"""Points above and below a line where it is looked at what stands there."""
_BUSY: Final = 0.2
"""Share of a line with ink close to it on one side from which it is the feet of letters and no
line; where other lines and letters touch it there is less."""
_GROUND: Final = 90
"""Percentile of the brightness beside a line that is its ground."""


class Line(NamedTuple):
    """A ruled line, in pixels."""

    orientation: Literal["h", "v"]
    at: float
    start: float
    end: float
    thickness: float


def find_lines(picture: Picture) -> tuple[list[Line], Array]:
    """The level and upright lines of a page, and the pixels that are theirs."""
    import numpy as np

    gray, scale = picture.gray.astype(np.int16), picture.scale
    level, level_ink = _level_lines(gray, "h", scale)
    upright, upright_ink = _level_lines(gray.T, "v", scale)
    return level + upright, level_ink | upright_ink.T


def _level_lines(
    gray: Array, orientation: Literal["h", "v"], scale: float
) -> tuple[list[Line], Array]:
    """The level lines and their pixels; ``orientation`` is what they are called."""
    import numpy as np

    near, far = (_ridges(gray, max(round(aside * scale), 1)) for aside in _ASIDE)
    ridges = near | far
    long = long_runs(_closed(ridges, max(round(_GAP * scale), 1)), round(_PIECE * scale))
    parts = find_components(long)
    pieces: dict[Line, int] = {}
    for number, (x0, y0, x1, y1) in enumerate(parts.boxes.tolist()):
        thickness = float(parts.sizes[number] / (x1 - x0))
        if thickness > _THICKEST * scale or _is_busy(
            gray, y0, y1, x0, x1, max(round(_BESIDE * scale), 1)
        ):
            continue
        ys = np.nonzero(parts.labels[y0:y1, x0:x1] == number)[0]
        at = y0 + float(ys.mean()) + 0.5
        pieces[Line(orientation, at, float(x0), float(x1), thickness)] = number
    lines, taken = [], []
    for line, of in _joined(pieces, _LEVEL * scale, _CROSSED * scale):
        if line.end - line.start >= _SHORTEST * scale:
            lines.append(line)
            taken += [pieces[piece] for piece in of]
    ink = np.isin(parts.labels, taken)
    for line in lines:  # what is left of it where others cross it
        half = line.thickness / 2 + 1
        band = (slice(round(line.at - half), round(line.at + half)), slice(*map(int, line[2:4])))
        ink[band] |= gray[band] < _WHITE - _CONTRAST
    return lines, ink


def _ridges(gray: Array, aside: int) -> Array:
    """The pixels that are darker than what lies above and below them."""
    import numpy as np

    ridges = np.zeros(gray.shape, dtype=bool)
    middle = gray[aside:-aside] + _CONTRAST
    ridges[aside:-aside] = (middle <= gray[: -2 * aside]) & (middle <= gray[2 * aside :])
    return ridges


def _is_busy(gray: Array, y0: int, y1: int, x0: int, x1: int, beside: int) -> bool:
    """Whether much ink stands right above or below a level line, on whatever ground."""
    import numpy as np

    for y in (y0 - beside, y1 - 1 + beside):
        if 0 <= y < gray.shape[0]:
            row = gray[y, x0:x1]
            dark = row < np.percentile(row, _GROUND) - 2 * _CONTRAST
            if float(dark.mean()) >= _BUSY:
                return True
    return False


def _closed(ink: Array, gap: int) -> Array:
    """The ink with gaps of so many pixels within a row filled."""
    closed = ink.copy()
    for _ in range(gap):
        closed[:, 1:] |= closed[:, :-1].copy()
    for _ in range(gap):
        closed[:, :-1] &= closed[:, 1:].copy()
    return closed


def _joined(
    pieces: Iterable[Line], level: float, gap: float
) -> list[tuple[Line, tuple[Line, ...]]]:
    """The lines that pieces make up, each with its pieces; lengths in pixels."""
    joined: list[tuple[Line, tuple[Line, ...]]] = []
    for line in sorted(pieces, key=lambda one: (one.start, one.at)):
        for n in range(len(joined) - 1, -1, -1):
            other, of = joined[n]
            if abs(other.at - line.at) <= level and line.start <= other.end + gap:
                joined[n] = (_one(other, line), (*of, line))
                break
        else:
            joined.append((line, (line,)))
    return joined


def _one(one: Line, other: Line) -> Line:
    lengths = (one.end - one.start, other.end - other.start)
    total = sum(lengths) or 1.0
    at = (one.at * lengths[0] + other.at * lengths[1]) / total
    start, end = min(one.start, other.start), max(one.end, other.end)
    return Line(one.orientation, at, start, end, max(one.thickness, other.thickness))
