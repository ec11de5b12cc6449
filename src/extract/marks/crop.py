"""Crops of a page as a person sees them: a mark without its background, a cell's shading."""

from __future__ import annotations

import math
from collections import Counter

from styrmatt.extract.marks.appearance import NOTHING, CropAppearance, analyse_crop
from styrmatt.extract.marks.bitmask import Band
from styrmatt.extract.marks.candidates import MarkCandidate
from styrmatt.extract.marks.colour_difference import as_hex, difference
from styrmatt.extract.model.page import Page
from styrmatt.geometry import contains, overlaps
from styrmatt.printed import Bbox

_PIXELS = 34
"""Longer side of the crop that a mark is rendered to."""
_MARGIN = 2
"""Pixels of ground around it."""
_ASIDE = 0.25
"""Share of a pixel by which it stands off whole ones: pictures are drawn to whole pixels, and must
not be one larger or smaller by chance."""
_LINE = 0.4
"""Least thickness in points that a ruling shows."""
SAME_INK = 3.0
"""CIEDE2000 up to which the rendered colour is that of the drawing primitive."""


def with_overhang(box: Bbox) -> Bbox:
    """The box of a character is that of its font; its ink may stick out."""
    over = 0.12 * (box[3] - box[1])
    return (box[0] - over / 2, box[1] - over, box[2] + over / 2, box[3] + over)


def render_and_analyse(page: Page, bbox: Bbox) -> CropAppearance:
    """What a box of the page renders to, without the rulings and shading behind it."""
    if page.render is None:
        return NOTHING
    scale = round(_PIXELS / max(bbox[2] - bbox[0], bbox[3] - bbox[1], 1.0), 3)
    margin = (_MARGIN + _ASIDE) / scale
    around = (bbox[0] - margin, bbox[1] - margin, bbox[2] + margin, bbox[3] + margin)
    picture = page.render(around, scale)
    return analyse_crop(picture, _MARGIN, _behind(page, bbox, around), _lines(page, around, scale))


def _behind(page: Page, bbox: Bbox, around: Bbox) -> tuple[str, ...]:
    """The colours of shading that begins or ends behind a mark."""
    return tuple(
        sorted(
            {
                fill.colour
                for fill in page.fills
                if fill.colour is not None
                and overlaps(fill.bbox, around)
                and (fill.bbox[0] < bbox[0] - 3 or fill.bbox[2] > bbox[2] + 3)
                and not contains(fill.bbox, around)
            }
        )
    )


def _lines(page: Page, around: Bbox, scale: float) -> tuple[Band, ...]:
    """The rows and columns of the crop through which rulings run from side to side."""
    bands: set[Band] = set()
    for ruling in page.rulings:
        n = 1 if ruling.orientation == "h" else 0
        if ruling.edge_of_fill or not around[n] - 1 <= ruling.at <= around[n + 2] + 1:
            continue
        if ruling.start <= around[1 - n] and ruling.end >= around[3 - n]:
            at, half = (ruling.at - around[n]) * scale, max(ruling.thickness, _LINE) / 2 * scale
            bands.add((ruling.orientation, math.floor(at - half - 0.5), math.ceil(at + half + 0.5)))
    return tuple(sorted(bands))


def shade_seen(page: Page, ink: MarkCandidate) -> str | None:
    """The colour of most of a shaded cell, as rendered."""
    if page.render is None:
        return ink.fill
    x0, top, x1, bottom = ink.bbox
    inset_x, inset_y = 0.06 * (x1 - x0), 0.08 * (bottom - top)
    box = (x0 + inset_x, top + inset_y, x1 - inset_x, bottom - inset_y)
    picture = page.render(box, min(1.0, 40 / max(x1 - x0, bottom - top)))
    data = picture.tobytes()
    counted = Counter(zip(data[0::3], data[1::3], data[2::3], strict=True))
    rgb, times = counted.most_common(1)[0]
    seen = as_hex(rgb)
    if ink.fill is not None and difference(ink.fill, seen) <= SAME_INK:
        return ink.fill
    return seen if 2 * times > counted.total() else None
