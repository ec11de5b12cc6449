"""What the picture of a scanned page shows besides text: ruled lines, shading, marks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from styrmatt.scans.components import Array, Components, find_components
from styrmatt.scans.lines import Line, find_lines
from styrmatt.scans.marks import mark_parts
from styrmatt.scans.picture import Picture
from styrmatt.scans.shading import Shading, find_shading

_EDGE: Final = 0.6
"""Points on both sides of a shading's edge whose ink is that of the edge."""
_INK: Final = 48
"""Difference (of 255) in any channel from which a pixel is ink on its ground."""
_AROUND: Final = 0.5
"""Points around a line whose ink is the line's own soft edge."""


@dataclass(frozen=True, slots=True)
class PageLook:
    """What a picture shows, in pixels."""

    picture: Picture
    lines: tuple[Line, ...]
    shading: tuple[Shading, ...]
    marks: tuple[tuple[int, int, int, int], ...]
    """Their boxes: x0, y0, x1, y1."""
    text: Components
    """The parts of the ink that are neither lines nor marks."""
    text_numbers: tuple[int, ...]
    """The numbers of those parts."""
    ground: Array
    """The colour of what lies behind each pixel's ink."""


def look_at(picture: Picture) -> PageLook:
    """Find the lines, the shading and the marks of a page, and the ink that is left for text."""
    import numpy as np

    lines, line_ink = find_lines(picture)
    shading = find_shading(picture, lines)
    ground = np.full_like(picture.rgb, 255)
    edges = _grown(line_ink, picture.pixels(_AROUND))
    reach = picture.pixels(_EDGE)
    for box in shading:
        ground[box.y0 : box.y1, box.x0 : box.x1] = box.rgb
        for y in (box.y0, box.y1):
            edges[max(y - reach, 0) : y + reach, max(box.x0 - reach, 0) : box.x1 + reach] = True
        for x in (box.x0, box.x1):
            edges[max(box.y0 - reach, 0) : box.y1 + reach, max(x - reach, 0) : x + reach] = True
    unlike = np.abs(picture.rgb.astype(np.int16) - ground).max(axis=2) >= _INK
    ink = unlike & ~edges
    parts = find_components(ink)
    marks = mark_parts(ink, parts, picture.scale)
    text = [n for n in range(len(parts.boxes)) if n not in set(marks)]
    boxes = tuple(tuple(parts.boxes[n].tolist()) for n in marks)
    return PageLook(picture, tuple(lines), tuple(shading), boxes, parts, tuple(text), ground)


def _grown(mask: Array, reach: int) -> Array:
    """The mask with all pixels within ``reach`` of it, counted across sides."""
    grown = mask.copy()
    for _ in range(reach):
        wider = grown.copy()
        wider[1:] |= grown[:-1]
        wider[:-1] |= grown[1:]
        wider[:, 1:] |= grown[:, :-1]
        wider[:, :-1] |= grown[:, 1:]
        grown = wider
    return grown
