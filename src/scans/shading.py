"""The shaded areas of a page, as its picture shows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from styrmatt.scans.components import Array, find_components, long_runs
from styrmatt.scans.lines import Line
from styrmatt.scans.picture import Picture

_FLAT: Final = 24
"""Difference (of 255) between the lightest and the darkest pixel of a block of one colour: above
the noise of a JPEG, below the edge of a letter."""
_SHADED: Final = 9
"""Difference of a colour from white, in any channel, from which it is shading: the palest greys
that tables are striped with have 10."""
_ALIKE: Final = 14
"""Difference up to which blocks have one colour."""
_FEWEST_BLOCKS: Final = 60
"""Blocks (of a square point) of one colour that a page has at least where it is a shading's."""
_CLOSED: Final = 9
"""Blocks of text within shading that are taken to be shaded: the height of a line of letters."""
_WIDE, _HIGH = 24, 6
"""Points: the width and height of shading at least. What is smaller is a mark."""
_FULL: Final = 0.8
"""Share of its box that shading covers at least."""
_SEEN: Final = 0.3
"""Share of each side's blocks, and of all, that show the colour itself; text hides the others."""
_EVERYWHERE: Final = 0.93
"""Share of its width in which the colour shows at some height: text leaves it above and below, and
between the discs of a gauge is paper."""
_COLOURS: Final = 24
"""Colours of a page that are looked at: more than its tables have."""


class Shading(NamedTuple):
    """A shaded box, in pixels, with its colour."""

    x0: int
    y0: int
    x1: int
    y1: int
    rgb: tuple[int, int, int]


def find_shading(picture: Picture, lines: Iterable[Line]) -> list[Shading]:
    """The shaded boxes of a page, cut at its ruled lines."""
    import numpy as np

    side = picture.pixels(1.0)
    colours, flat = _blocks(picture.rgb, side)
    shaded = flat & ((255 - colours.min(axis=2)) >= _SHADED)
    ruled = _ruled_blocks(shaded.shape, lines, side)
    found: list[Shading] = []
    for colour in _main_colours(colours, shaded):
        alike = shaded & (np.abs(colours.astype(np.int16) - colour).max(axis=2) <= _ALIKE)
        shaded &= ~alike
        area = _opened(_closed(alike, _CLOSED) & ~ruled)
        found += _boxes(area, alike, picture, side, colour)
    return found


def _blocks(rgb: Array, side: int) -> tuple[Array, Array]:
    """The colour of each square of ``side`` pixels, and whether it has one colour only."""
    import numpy as np

    height, width = (length // side for length in rgb.shape[:2])
    cut = rgb[: height * side, : width * side].reshape(height, side, width, side, 3)
    spread = cut.max(axis=(1, 3)).astype(np.int16) - cut.min(axis=(1, 3))
    return cut[:, side // 2, :, side // 2], spread.max(axis=2) < _FLAT


def _ruled_blocks(shape: tuple[int, int], lines: Iterable[Line], side: int) -> Array:
    import numpy as np

    ruled = np.zeros(shape, dtype=bool)
    for line in lines:
        at = min(int(line.at // side), shape[0 if line.orientation == "h" else 1] - 1)
        along = slice(int(line.start // side), int(line.end // side) + 1)
        if line.orientation == "h":
            ruled[at, along] = True
        else:
            ruled[along, at] = True
    return ruled


def _main_colours(colours: Array, shaded: Array) -> Iterator[Array]:
    """The colours of most of the shaded blocks that are left each time, most frequent first."""
    import numpy as np

    for _ in range(_COLOURS):
        left = colours[shaded].astype(np.int64)
        if len(left) < _FEWEST_BLOCKS:
            return
        keys = (left // 8 * np.array([1 << 16, 1 << 8, 1])).sum(axis=1)
        values, counts = np.unique(keys, return_counts=True)
        members = left[keys == values[int(counts.argmax())]]
        yield np.median(members, axis=0).astype(np.int16)


def _closed(mask: Array, reach: int) -> Array:
    """The mask with gaps of up to ``reach`` blocks filled, across and then down."""
    import numpy as np

    closed = mask
    for axis in (1, 0):
        index = np.arange(mask.shape[axis])
        index = index[None, :] if axis == 1 else index[:, None]
        before = np.maximum.accumulate(np.where(closed, index, -(10**6)), axis=axis)
        flipped = np.where(closed, index, 10**6)
        after = np.flip(np.minimum.accumulate(np.flip(flipped, axis), axis=axis), axis)
        closed = closed | (after - before <= reach)
    return closed


def _opened(area: Array) -> Array:
    """The area without what is too narrow or too low for shading: noise around letters."""
    for _ in range(2):
        area = long_runs(area, _WIDE)
        area = long_runs(area.T, _HIGH).T
    return area


def _boxes(
    area: Array, alike: Array, picture: Picture, side: int, colour: Array
) -> Iterator[Shading]:
    parts = find_components(area)
    rgb = tuple(int(channel) for channel in colour)
    for number, found in enumerate(parts.boxes.tolist()):
        if parts.sizes[number] < _FULL * (found[2] - found[0]) * (found[3] - found[1]):
            continue
        x0, y0, x1, y1 = _trimmed(alike, found)
        inside = alike[y0:y1, x0:x1]
        if x1 - x0 < _WIDE or y1 - y0 < _HIGH or inside.mean() < _SEEN:
            continue
        if inside.any(axis=0).mean() < _EVERYWHERE:
            continue
        box = (x0 * side, y0 * side, x1 * side, y1 * side)
        yield Shading(*_to_edges(picture.rgb, box, colour, 2 * side), rgb)  # type: ignore[arg-type]


def _trimmed(alike: Array, box: Sequence[int]) -> tuple[int, int, int, int]:
    """The box without sides at which hardly a block shows the colour."""
    x0, y0, x1, y1 = box
    while y0 < y1 and alike[y0, x0:x1].mean() < _SEEN:
        y0 += 1
    while y1 > y0 and alike[y1 - 1, x0:x1].mean() < _SEEN:
        y1 -= 1
    while x0 < x1 and y0 < y1 and alike[y0:y1, x0].mean() < _SEEN:
        x0 += 1
    while x1 > x0 and y0 < y1 and alike[y0:y1, x1 - 1].mean() < _SEEN:
        x1 -= 1
    return x0, y0, x1, y1


def _to_edges(
    rgb: Array, box: tuple[int, int, int, int], colour: Array, reach: int
) -> tuple[int, int, int, int]:
    """The box of blocks moved to the pixels where the colour ends."""
    import numpy as np

    x0, y0, x1, y1 = box
    half = max(int(255 - colour.min()) // 2, _SHADED // 2)

    def is_shaded(line: Array) -> bool:
        unlike = np.abs(np.median(line.astype(np.int16), axis=0) - colour).max()
        return bool(unlike <= half)

    height, width = rgb.shape[:2]
    top = next((y for y in range(max(y0 - reach, 0), y0) if is_shaded(rgb[y, x0:x1])), y0)
    bottom = next(
        (y for y in range(min(y1 + reach, height), y1, -1) if is_shaded(rgb[y - 1, x0:x1])), y1
    )
    left = next((x for x in range(max(x0 - reach, 0), x0) if is_shaded(rgb[y0:y1, x])), x0)
    right = next(
        (x for x in range(min(x1 + reach, width), x1, -1) if is_shaded(rgb[y0:y1, x - 1])), x1
    )
    return left, top, right, bottom
