"""Where drawn outlines point, without what lies behind them on the page."""

from __future__ import annotations

from collections.abc import Sequence

from styrmatt.extract.marks.arrow_direction import Pointing, pointing
from styrmatt.extract.marks.bitmask import Mask
from styrmatt.extract.marks.candidates import MarkCandidate, is_round
from styrmatt.geometry import union

_PIXELS = 40


def drawn_direction(group: Sequence[MarkCandidate]) -> Pointing:
    """Where the filled outlines of a mark point together; nowhere where it has none."""
    outlines = [
        ink.outline
        for ink in group
        if len(ink.outline) >= 3 and ink.fill is not None and not is_round(ink)
    ]
    if not outlines or any(ink.kind != "vector" for ink in group):
        return Pointing(None)
    if len(group) > 1 and any(not _same_place(ink, group[0]) for ink in group):
        return Pointing(None)
    from PIL import Image, ImageDraw

    x0, top, x1, bottom = union(ink.bbox for ink in group)
    scale = _PIXELS / max(x1 - x0, bottom - top)
    size = (round((x1 - x0) * scale) + 1, round((bottom - top) * scale) + 1)
    picture = Image.new("1", size, 0)
    draw = ImageDraw.Draw(picture)
    for outline in outlines:
        draw.polygon([((x - x0) * scale, (y - top) * scale) for x, y in outline], fill=1)
    data, stride = picture.tobytes(), (size[0] + 7) // 8
    rows = (int.from_bytes(data[at : at + stride], "big") for at in range(0, len(data), stride))
    return pointing(Mask(tuple(rows), 8 * stride))


def _same_place(one: MarkCandidate, other: MarkCandidate) -> bool:
    return all(abs(a - b) < 1.0 for a, b in zip(one.bbox, other.bbox, strict=True))
