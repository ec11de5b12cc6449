"""Pointers: dark triangles whose tip touches a coloured scale, and mean its colour there.

The scale may be drawn in any way, also as a gradient, so that only its rendering shows it. Lengths
are in points.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from styrmatt.extract.marks.legend.colour_status import count_hues
from styrmatt.extract.marks.mark import Mark
from styrmatt.extract.marks.picture.colour_difference import as_hex, difference, lch
from styrmatt.extract.model.page import Page

_INTO = (1.5, 3.5)
"""From where to where beyond the tip the scale is looked at: below its edge, above its middle."""
_HALF = 0.8
"""Half of the width of what is looked at."""
_SCALE = 2.0
"""Pixels for each point."""
_ALONG = (-60.0, -40.0, -20.0, 20.0, 40.0, 60.0)
"""Where else along the scale: the shortest are as wide as a card's name."""
_SEVERAL_HUES = 2
"""Hues of a scale at least: the ground of a card has one."""
_OTHER = 10.0
"""CIEDE2000 from which what is beside the triangle is no part of the scale."""


def on_scale(page: Page, mark: Mark) -> Mark:
    """The mark as one in the colour of the scale that it points to; itself where there is none."""
    if mark.apparent_direction not in ("up", "down") or not mark.triangle or mark.is_coloured:
        return mark
    x0, top, x1, bottom = mark.bbox
    middle = (x0 + x1) / 2
    near, far = _INTO
    is_down = mark.apparent_direction == "down"
    span = (bottom + near, bottom + far) if is_down else (top - far, top - near)
    colour = _colour(page, middle, span)
    if colour is None or not lch(colour).saturated:
        return mark
    flat_end = (top + 0.5, top + 2.0) if is_down else (bottom - 2.0, bottom - 0.5)
    beside = _colour(page, x1 + 2.0, flat_end)
    if beside is not None and difference(beside, colour) < _OTHER:
        return mark
    along = [_colour(page, middle + dx, span) for dx in _ALONG]
    if count_hues([colour, *along]) < _SEVERAL_HUES:
        return mark
    return replace(
        mark, colour=colour, apparent_direction=None, triangle=False, read_by="rendering"
    )


def _colour(page: Page, x: float, span: tuple[float, float]) -> str | None:
    """The colour of most of what is seen around a place; None beyond the page."""
    if page.render is None or not 0 < x < page.width:
        return None
    picture = page.render((x - _HALF, span[0], x + _HALF, span[1]), _SCALE)
    data = picture.convert("RGB").tobytes()
    counted = Counter(zip(data[0::3], data[1::3], data[2::3], strict=True))
    return as_hex(counted.most_common(1)[0][0])
