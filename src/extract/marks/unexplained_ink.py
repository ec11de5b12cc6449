"""What a person sees in a part of a page and no drawing primitive tells of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from styrmatt.extract.marks.colour_difference import channels
from styrmatt.extract.model.page import Page
from styrmatt.geometry import middle_inside, touches
from styrmatt.printed import Bbox

if TYPE_CHECKING:
    from PIL.Image import Image

_SCALE = 2.0
_VISIBLE = 30
"""Difference in any of red, green and blue from which ink stands out."""
_LEAST, _MOST = 5.0, 46.0
"""Least and greatest side (points) of a stray mark."""


def find_unexplained_ink(page: Page, box: Bbox, known: Sequence[Bbox]) -> list[Bbox]:
    """Boxes of ink that neither words, rulings, shading nor the ``known`` boxes explain."""
    if page.render is None or box[2] - box[0] < 4 or box[3] - box[1] < 4:
        return []
    seen = page.render(box, _SCALE)
    left = _unexplained(seen, page, box, known)
    if left.getbbox() is None:
        return []
    found = [_in_points(part, box) for part in _parts(left)]
    return [part for part in found if _is_mark(part) and middle_inside(part, box)]


def _is_mark(part: Bbox) -> bool:
    sides = (part[2] - part[0], part[3] - part[1])
    return min(sides) >= _LEAST and max(sides) <= _MOST


def _unexplained(seen: Image, page: Page, box: Bbox, known: Sequence[Bbox]) -> Image:
    from PIL import Image, ImageChops, ImageDraw

    expected = Image.new("RGB", seen.size, "white")
    paint = ImageDraw.Draw(expected)
    for fill in page.fills:
        if fill.colour is not None and touches(fill.bbox, box):
            paint.rectangle(_in_pixels(fill.bbox, box, 0), fill=channels(fill.colour))
    red, green, blue = ImageChops.difference(seen, expected).split()
    left = ImageChops.lighter(ImageChops.lighter(red, green), blue).point(
        [0] * _VISIBLE + [255] * (256 - _VISIBLE)
    )
    clear = ImageDraw.Draw(left)
    x0, top, x1, bottom = box
    for word in page.words:
        if word.top <= bottom and top <= word.bottom and word.x0 <= x1 and x0 <= word.x1:
            clear.rectangle(_in_pixels(word.bbox, box, 1.0), fill=0)
    for place in [
        *known,
        *(glyph.bbox for glyph in page.glyphs),
        *(
            shape.bbox
            for shape in page.shapes
            if shape.fill is not None and not _large(shape.bbox, box)
        ),
    ]:
        if touches(place, box):
            clear.rectangle(_in_pixels(place, box, 1.5), fill=0)
    for ruling in page.rulings:
        if touches(ruling.bbox, box, 2):
            clear.rectangle(_in_pixels(ruling.bbox, box, 1.5), fill=0)
    return left


def _large(place: Bbox, box: Bbox) -> bool:
    return place[2] - place[0] > 0.7 * (box[2] - box[0])


def _in_pixels(place: Bbox, box: Bbox, grow: float) -> list[float]:
    return [
        (place[0] - grow - box[0]) * _SCALE,
        (place[1] - grow - box[1]) * _SCALE,
        (place[2] + grow - box[0]) * _SCALE,
        (place[3] + grow - box[1]) * _SCALE,
    ]


def _in_points(part: tuple[int, int, int, int], box: Bbox) -> Bbox:
    return (
        box[0] + part[0] / _SCALE,
        box[1] + part[1] / _SCALE,
        box[0] + part[2] / _SCALE,
        box[1] + part[3] / _SCALE,
    )


def _parts(left: Image) -> list[tuple[int, int, int, int]]:
    """Boxes (pixels) of the parts that empty rows and columns keep apart."""
    width, height = left.size
    data = left.tobytes()
    rows = [int.from_bytes(data[at : at + width], "big") for at in range(0, width * height, width)]
    return [
        (x0, y0 + top, x1, y0 + bottom)
        for y0, y1 in _runs([bool(row) for row in rows])
        for x0, x1 in _runs(_columns(rows[y0:y1], width))
        for top, bottom in _runs([bool(row & _between(x0, x1, width)) for row in rows[y0:y1]])
    ]


def _columns(rows: Sequence[int], width: int) -> list[bool]:
    joined = 0
    for row in rows:
        joined |= row
    return [bool(byte) for byte in joined.to_bytes(width, "big")]


def _between(x0: int, x1: int, width: int) -> int:
    return ((1 << 8 * (x1 - x0)) - 1) << 8 * (width - x1)


def _runs(flags: Sequence[bool]) -> list[tuple[int, int]]:
    """Starts and ends of what is set; gaps of two are no gaps."""
    runs: list[tuple[int, int]] = []
    for n, flag in enumerate(flags):
        if flag and runs and n - runs[-1][1] <= 2:
            runs[-1] = (runs[-1][0], n + 1)
        elif flag:
            runs.append((n, n + 1))
    return runs
