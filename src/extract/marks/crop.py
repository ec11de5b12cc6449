"""Renders crops of a page and reads them: a mark without its background, a cell's shading."""

from __future__ import annotations

import math
from collections import Counter

from styrmatt.extract.marks.candidates import MarkCandidate
from styrmatt.extract.marks.picture.appearance import NO_INK, CropAppearance, analyse_crop
from styrmatt.extract.marks.picture.bitmask import Band
from styrmatt.extract.marks.picture.colour_difference import as_hex, difference
from styrmatt.extract.model.page import Page
from styrmatt.geometry import contains, overlaps
from styrmatt.printed import Bbox

_PIXELS = 34
"""Longer side (pixels) to which a mark is rendered: enough to tell an arrow's head from its shaft,
few enough to measure in Python."""
_MARGIN = 2
"""Pixels of ground around it: one may be blurred by a soft edge, the other shows the ground."""
_OFFSET = 0.25
"""Share of a pixel by which the crop is off whole ones: PDFium draws pictures to whole pixels, and
a picture whose side fell on one would be a pixel larger or smaller by chance."""
_MIN_LINE = 0.4
"""Points: the least thickness that a ruling shows, since a renderer draws thinner ones as well."""
_LINE_BLUR = 0.5
"""Pixels on both sides of a ruling that its soft edge reaches."""
_AT_END = 1.0
"""Points by which a ruling may begin or end short of the mark's side: a mark stands at the end of a
ruling where a table begins, or its first column."""
_BEYOND = 3.0
"""Points by which shading sticks out beside a mark from which on it is the ground behind the mark,
and not the mark's own fill."""
_OVERHANG = 0.12
"""Share of a symbol's height by which its ink may stick out above and below the box of its font;
half of it at the sides. Circled signs of symbol fonts do so."""
_INSET_X, _INSET_Y = 0.06, 0.08
"""Shares of a shaded cell's width and height that are left out at its sides: its borders."""
_THIN, _THIN_PIXELS = 3.0, 4.0
"""Points: the shorter side of a bar that is rendered larger, and the pixels that it takes then:
with fewer there is nothing of it but soft edges."""
_SHADE_PIXELS = 40
"""Longer side (pixels) to which a shaded cell is rendered at most: only its colour counts."""
SAME_COLOUR = 3.0
"""CIEDE2000 up to which the rendered colour is that of the drawing operator, whose exact value is
then reported: above the rounding of a colour space, below what a person sees as another colour."""


def with_overhang(box: Bbox) -> Bbox:
    """A symbol's box with room for ink that sticks out of the box of its font."""
    over = _OVERHANG * (box[3] - box[1])
    return (box[0] - over / 2, box[1] - over, box[2] + over / 2, box[3] + over)


def render_and_analyse(page: Page, bbox: Bbox) -> CropAppearance:
    """What a box of the page shows, without the rulings and shading behind it.

    NO_INK where nothing is to be seen, or the page cannot be rendered.
    """
    if page.render is None:
        return NO_INK
    scale = round(_PIXELS / max(bbox[2] - bbox[0], bbox[3] - bbox[1], 1.0), 3)
    margin = (_MARGIN + _OFFSET) / scale
    area = (bbox[0] - margin, bbox[1] - margin, bbox[2] + margin, bbox[3] + margin)
    picture = page.render(area, scale)
    return analyse_crop(
        picture, _MARGIN, _behind(page, bbox, area), _lines(page, bbox, area, scale)
    )


def _behind(page: Page, bbox: Bbox, area: Bbox) -> tuple[str, ...]:
    """The colours of shading behind a mark that begins or ends within the rendered area."""
    return tuple(
        sorted(
            {
                fill.colour
                for fill in page.fills
                if fill.colour is not None
                and overlaps(fill.bbox, area)
                and (fill.bbox[0] < bbox[0] - _BEYOND or fill.bbox[2] > bbox[2] + _BEYOND)
                and not contains(fill.bbox, area)
            }
        )
    )


def _lines(page: Page, bbox: Bbox, area: Bbox, scale: float) -> tuple[Band, ...]:
    """The rows and columns of the crop through which rulings run: past the mark, and out of it."""
    bands: set[Band] = set()
    for ruling in page.rulings:
        axis = 1 if ruling.orientation == "h" else 0
        if ruling.edge_of_fill or not area[axis] - 1 <= ruling.at <= area[axis + 2] + 1:
            continue
        ends = ruling.start - _AT_END, ruling.end + _AT_END
        past = ends[0] <= bbox[1 - axis] and ends[1] >= bbox[3 - axis]
        if past and (ruling.start <= area[1 - axis] or ruling.end >= area[3 - axis]):
            at = (ruling.at - area[axis]) * scale
            half = max(ruling.thickness, _MIN_LINE) / 2 * scale
            first, end = math.floor(at - half - _LINE_BLUR), math.ceil(at + half + _LINE_BLUR)
            bands.add((ruling.orientation, first, end))
    return tuple(sorted(bands))


def rendered_shade(page: Page, shading: MarkCandidate) -> str | None:
    """The colour of most of a shaded cell as rendered; None where no colour covers most of it."""
    if page.render is None:
        return shading.fill
    x0, top, x1, bottom = shading.bbox
    inset_x, inset_y = _INSET_X * (x1 - x0), _INSET_Y * (bottom - top)
    box = (x0 + inset_x, top + inset_y, x1 - inset_x, bottom - inset_y)
    scale = min(1.0, _SHADE_PIXELS / max(x1 - x0, bottom - top))
    if (thin := min(x1 - x0, bottom - top)) < _THIN:
        scale = _THIN_PIXELS / max(thin, 1.0)
    picture = page.render(box, scale)
    data = picture.tobytes()
    counted = Counter(zip(data[0::3], data[1::3], data[2::3], strict=True))
    rgb, times = counted.most_common(1)[0]
    colour = as_hex(rgb)
    if shading.fill is not None and difference(shading.fill, colour) <= SAME_COLOUR:
        return shading.fill
    return colour if 2 * times > counted.total() else None
