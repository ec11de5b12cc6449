"""By how much a scanned page is turned, from the lines of its ink."""

from __future__ import annotations

from typing import Final

from styrmatt.scans.components import Array
from styrmatt.scans.picture import Picture, ink_of

_WIDEST: Final = 5.0
"""Degrees that a page is looked at to be turned by at most; scanners feed it straighter."""
_STEPS: Final = (0.5, 0.1, 0.02)
"""Degrees between the angles that are tried: each finer step around the best of the one before.
The last moves the end of a line of 160 mm by 0.06 mm."""
_LEAST_TURN: Final = 0.05
"""Degrees below which a page is level: turning it would blur it for nothing."""
_COLUMNS: Final = 1200
"""Ink is counted in so many columns at most, which keeps each try quick."""


def turn_of(picture: Picture) -> float:
    """Degrees by which a page is turned anticlockwise to be level; 0 where it is level enough."""
    angle = skew_of(ink_of(picture))
    return angle if abs(angle) >= _LEAST_TURN else 0.0


def skew_of(ink: Array) -> float:
    """Degrees by which the page has to be turned anticlockwise so that its lines are level.

    Lines of text are level where the ink of a row of pixels is most or least: the sum of squares
    over the rows is largest. 0 for a page without ink.
    """
    import numpy as np

    step = max(ink.shape[1] // _COLUMNS, 1)
    ys, xs = np.nonzero(_edges(ink)[:, ::step])
    if not len(ys):
        return 0.0
    across = xs * step - ink.shape[1] / 2
    best, reach = 0.0, _WIDEST
    for finer in _STEPS:
        angles = np.arange(best - reach, best + reach + finer / 2, finer)
        scores = [_levelness(ys, across, angle) for angle in angles]
        best, reach = float(angles[int(np.argmax(scores))]), finer
    return round(best, 2)


def _edges(ink: Array) -> Array:
    """The lower ends of the ink: base lines and rulings, and little of areas."""
    import numpy as np

    edges = np.zeros_like(ink)
    edges[:-1] = ink[:-1] & ~ink[1:]
    return edges


def _levelness(ys: Array, across: Array, angle: float) -> float:
    import numpy as np

    levelled = ys - across * np.tan(np.radians(angle))
    rows = np.bincount(np.round(levelled - levelled.min()).astype(np.int64))
    return float((rows.astype(np.float64) ** 2).sum())
