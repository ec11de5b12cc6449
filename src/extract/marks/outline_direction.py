"""Tells where drawn outlines point, without what lies behind them on the page."""

from __future__ import annotations

from collections.abc import Sequence

from styrmatt.extract.marks.candidates import MarkCandidate
from styrmatt.extract.marks.picture.arrow_direction import NO_ARROW, ArrowReading, arrow_direction
from styrmatt.extract.marks.picture.bitmask import Mask
from styrmatt.geometry import union

_PIXELS = 40
"""Longer side (pixels) to which outlines are drawn: as much as a rendered mark with its margin."""
_SAME_PLACE = 1.0
"""Points up to which the sides of two outlines may differ: a fill and its outline, drawn apart."""


def outline_direction(group: Sequence[MarkCandidate]) -> ArrowReading:
    """Where the filled outlines of a mark point together; NO_ARROW where it has none."""
    outlines = [
        part.outline
        for part in group
        if len(part.outline) >= 3 and part.fill is not None and not part.is_round
    ]
    if not outlines or any(part.kind != "vector" for part in group):
        return NO_ARROW
    if any(not _same_place(part, group[0]) for part in group[1:]):
        return NO_ARROW
    from PIL import Image, ImageDraw

    x0, top, x1, bottom = union(part.bbox for part in group)
    scale = _PIXELS / max(x1 - x0, bottom - top)
    size = (round((x1 - x0) * scale) + 1, round((bottom - top) * scale) + 1)
    picture = Image.new("1", size, 0)
    draw = ImageDraw.Draw(picture)
    for outline in outlines:
        draw.polygon([((x - x0) * scale, (y - top) * scale) for x, y in outline], fill=1)
    data, bytes_per_row = picture.tobytes(), (size[0] + 7) // 8
    rows = (
        int.from_bytes(data[at : at + bytes_per_row], "big")
        for at in range(0, len(data), bytes_per_row)
    )
    return arrow_direction(Mask(tuple(rows), 8 * bytes_per_row))


def _same_place(one: MarkCandidate, other: MarkCandidate) -> bool:
    return all(abs(a - b) < _SAME_PLACE for a, b in zip(one.bbox, other.bbox, strict=True))
