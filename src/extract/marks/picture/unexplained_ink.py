"""Finds marks that a person sees in a part of a page and none of the page's objects explains.

The part is rendered, what its fills should look like is taken off, and so is whatever lies where
words, rulings and known marks are. What is left is ink of patterns, soft masks and the like.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from styrmatt.extract.marks.picture.colour_difference import channels
from styrmatt.extract.model.page import Page, Picture
from styrmatt.geometry import middle_inside, touches
from styrmatt.printed import Bbox

if TYPE_CHECKING:
    from PIL.Image import Image

_SCALE = 2.0
"""Pixels per point: a mark of 5 points has 10, and a whole column is still rendered quickly."""
_VISIBLE = 30
"""Difference (of 255) in any of red, green and blue from which ink stands out: more than what soft
edges and colour conversion leave of a fill that was drawn as expected."""
_MIN_AREA_SIDE = 4.0
"""Points: the sides that a part of a page must have for a mark to be in it."""
_MIN_SIDE, _MAX_SIDE = 5.0, 46.0
"""Points: shorter side of such a mark at least, longer side at most. Less is what is left at the
edges of explained ink; more is a picture or a frame."""
_WORD_MARGIN, _OBJECT_MARGIN = 1.0, 1.5
"""Points around a word, and around any other known object, that its ink may stick out: soft edges,
accents, thick outlines."""
_RULING_NEAR = 2.0
"""Points from the part of the page within which a ruling's ink may reach into it."""
_COVERS = 0.7
"""Share of the part's width from which a filled shape is a ground and explains no ink on it."""
_BRIDGED = 2
"""Pixels: gaps of so many empty rows or columns do not part a mark, as between a head and shaft."""

_PixelBox = tuple[int, int, int, int]


def find_unexplained_ink(page: Page, box: Bbox, explained: Sequence[Bbox]) -> list[Bbox]:
    """Boxes (points) of mark-sized ink that is no word, ruling, shading or ``explained`` box.

    Nothing is rendered on a page whose objects tell all that they show, as most do.
    """
    if page.render is None or box[2] - box[0] < _MIN_AREA_SIDE or box[3] - box[1] < _MIN_AREA_SIDE:
        return []
    if not page.may_hide_ink and not any(map(_may_hold_marks, page.pictures)):
        return []
    rest = _unexplained(page.render(box, _SCALE), page, box, explained)
    if rest is None:
        return []
    found = [_in_points(part, box) for part in _parts(rest)]
    return [part for part in found if _is_mark_sized(part) and middle_inside(part, box)]


def _may_hold_marks(picture: Picture) -> bool:
    """Whether a picture is larger than a mark: a table may be drawn in it."""
    x0, top, x1, bottom = picture.bbox
    return max(x1 - x0, bottom - top) > _MAX_SIDE


def _is_mark_sized(part: Bbox) -> bool:
    sides = (part[2] - part[0], part[3] - part[1])
    return min(sides) >= _MIN_SIDE and max(sides) <= _MAX_SIDE


def _unexplained(rendered: Image, page: Page, box: Bbox, explained: Sequence[Bbox]) -> Image | None:
    """The rendered box with 255 for each pixel that nothing explains, 0 for the others.

    None where all are explained, as in most.
    """
    from PIL import Image, ImageChops, ImageDraw

    expected = Image.new("RGB", rendered.size, "white")
    paint = ImageDraw.Draw(expected)
    for fill in page.fills:
        if fill.colour is not None and touches(fill.bbox, box):
            paint.rectangle(_in_pixels(fill.bbox, box, 0), fill=channels(fill.colour))
    rest = ImageChops.difference(rendered, expected)
    clear = ImageDraw.Draw(rest)
    for place in _known_places(page, box, explained):
        clear.rectangle(place, fill=(0, 0, 0))
    extremes: Any = rest.getextrema()
    if all(most < _VISIBLE for _, most in extremes):
        return None
    red, green, blue = rest.split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue).point(
        [0] * _VISIBLE + [255] * (256 - _VISIBLE)
    )


def _known_places(page: Page, box: Bbox, explained: Sequence[Bbox]) -> Iterator[list[float]]:
    """The places (pixels) of all that is known to lie in the box, with room for its edges."""
    x0, top, x1, bottom = box
    for word in page.words:
        if word.top <= bottom and top <= word.bottom and word.x0 <= x1 and x0 <= word.x1:
            yield _in_pixels(word.bbox, box, _WORD_MARGIN)
    shapes = (shape.bbox for shape in page.shapes if shape.fill is not None)
    for place in (
        *explained,
        *(glyph.bbox for glyph in page.glyphs),
        *(place for place in shapes if place[2] - place[0] <= _COVERS * (x1 - x0)),
    ):
        if touches(place, box):
            yield _in_pixels(place, box, _OBJECT_MARGIN)
    for ruling in page.rulings:
        if touches(ruling.bbox, box, _RULING_NEAR):
            yield _in_pixels(ruling.bbox, box, _OBJECT_MARGIN)


def _in_pixels(place: Bbox, box: Bbox, margin: float) -> list[float]:
    return [
        (place[0] - margin - box[0]) * _SCALE,
        (place[1] - margin - box[1]) * _SCALE,
        (place[2] + margin - box[0]) * _SCALE,
        (place[3] + margin - box[1]) * _SCALE,
    ]


def _in_points(part: _PixelBox, box: Bbox) -> Bbox:
    return (
        box[0] + part[0] / _SCALE,
        box[1] + part[1] / _SCALE,
        box[0] + part[2] / _SCALE,
        box[1] + part[3] / _SCALE,
    )


def _parts(rest: Image) -> list[_PixelBox]:
    """Boxes (pixels) of the parts that empty rows and columns separate."""
    width, height = rest.size
    data = rest.tobytes()
    rows = [int.from_bytes(data[at : at + width], "big") for at in range(0, width * height, width)]
    return [
        (x0, y0 + top, x1, y0 + bottom)
        for y0, y1 in _runs([bool(row) for row in rows])
        for x0, x1 in _runs(_columns(rows[y0:y1], width))
        for top, bottom in _runs([bool(row & _between(x0, x1, width)) for row in rows[y0:y1]])
    ]


def _columns(rows: Sequence[int], width: int) -> list[bool]:
    """For each column whether any row has a pixel in it; a row has a byte for each pixel."""
    joined = 0
    for row in rows:
        joined |= row
    return [bool(byte) for byte in joined.to_bytes(width, "big")]


def _between(x0: int, x1: int, width: int) -> int:
    """A row in which the bytes of the columns from ``x0`` to before ``x1`` are set."""
    return ((1 << 8 * (x1 - x0)) - 1) << 8 * (width - x1)


def _runs(flags: Sequence[bool]) -> list[tuple[int, int]]:
    """Starts and ends of the runs of true flags; small gaps do not end a run."""
    runs: list[tuple[int, int]] = []
    for n, flag in enumerate(flags):
        if flag and runs and n - runs[-1][1] <= _BRIDGED:
            runs[-1] = (runs[-1][0], n + 1)
        elif flag:
            runs.append((n, n + 1))
    return runs
