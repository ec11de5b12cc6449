"""Traffic lights: three lamps in a row or one above the other, of which one is lit.

The others are grey, outlines, or tinted in a pale or dark shade of their own colours. The light
may have a body around its lamps or not.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from itertools import combinations

from styrmatt.extract.marks.candidates import MarkCandidate
from styrmatt.extract.marks.even_rows import APART, is_nearly_square
from styrmatt.extract.marks.picture.colour_difference import SATURATED, hue_between, lch
from styrmatt.extract.marks.segments import is_gauge_of_three
from styrmatt.extract.model.page import Page
from styrmatt.extract.model.symbols import all_symbols
from styrmatt.geometry import share_of_both, union
from styrmatt.printed import Bbox

Lamp = tuple[MarkCandidate, ...]
"""The parts that are drawn on one place: fill and outline."""

_LAMPS = 3
_APART = (APART, 0.4)
"""Share of its width between a lamp and the next one at most, beside and above each other: the
marks of two rows lie further apart."""
_ALIKE = 0.15
"""Share of a lamp's width by which the lamps of a light may differ, or miss one line."""
_SAME_BAND = 1.0
"""Points by which the lamps of one light may lie higher or lower than each other: rounding."""
_ONE_PLACE = 0.8
"""Share of what two parts cover that both cover, if they are fill and outline of one lamp."""
_OTHER_HUE = 25.0
"""Degrees of hue by which the lamps of a light differ, if each is painted in its own colour."""
BRIGHTER = 1.5
"""Times as vivid as any other (in chroma) as the lamp is that is lit."""


def places_of(group: Sequence[MarkCandidate]) -> list[list[MarkCandidate]]:
    """The objects of a mark by where they lie: fill and outline of one part are one."""
    places: list[list[MarkCandidate]] = []
    for part in group:
        place = next((p for p in places if on_one_place(p[0].bbox, part.bbox)), None)
        if place is None:
            places.append([part])
        else:
            place.append(part)
    return places


def lamps_of(group: Sequence[MarkCandidate]) -> list[Lamp]:
    """The lamps of a mark that is a traffic light, in order; none where it is something else."""
    if len(group) < _LAMPS:
        return []
    places = places_of(group)
    lamps = [tuple(place) for place in places if _is_lamp(place)]
    inside = [lamp for lamp in lamps if len(lamps) == _LAMPS]
    body = [place for place in places if tuple(place) not in lamps]
    if len(inside) != _LAMPS or len(body) > 1:
        return []
    ordered = sorted(inside, key=lambda lamp: _box(lamp)[0] + _box(lamp)[1])
    boxes = [_box(lamp) for lamp in ordered]
    fills = [_fill(lamp) for lamp in ordered]
    if is_level(ordered) and is_gauge_of_three(fills, may_be_lamps=True):
        return []
    return ordered if _in_a_row(boxes) else []


def is_level(lamps: Sequence[Sequence[MarkCandidate]]) -> bool:
    """Whether lamps lie beside each other."""
    return _in_a_row([_box(lamp) for lamp in lamps], (0,))


def with_lights(page: Page, groups: Sequence[list[MarkCandidate]]) -> list[list[MarkCandidate]]:
    """The marks, with three lamps that have no body around them as one where one is lit.

    Marks above each other that have a line of words each are those of rows, or of a legend.
    """
    lamps = [group for group in groups if len(group) <= 2 and _is_lamp(group)]
    joined: list[list[list[MarkCandidate]]] = []
    for across in (True, False):
        taken = {id(group) for light in joined for group in light}
        found = _lights([group for group in lamps if id(group) not in taken], across=across)
        joined += [light for light in found if across or not _have_own_lines(page, light)]
    if not joined:
        return list(groups)
    taken = {id(group) for light in joined for group in light}
    rest = [group for group in groups if id(group) not in taken]
    return rest + [[part for group in light for part in group] for light in joined]


def _lights(
    lamps: Sequence[list[MarkCandidate]], *, across: bool
) -> Iterator[list[list[MarkCandidate]]]:
    """Rows of exactly three lamps of which one is lit; ``across``: beside each other."""
    for row in rows_of_one_size([_box(lamp) for lamp in lamps], axis=0 if across else 1):
        light = [lamps[n] for n in row]
        if _is_light(light):
            yield light


def rows_of_one_size(boxes: Sequence[Bbox], *, axis: int) -> Iterator[list[int]]:
    """Boxes of one size close beside (0) or above (1) each other, by number, row by row."""
    ordered = sorted(range(len(boxes)), key=lambda n: (boxes[n][1 - axis], boxes[n][axis]))
    bands: list[list[int]] = []
    for n in ordered:
        level = bands and boxes[n][1 - axis] - boxes[bands[-1][0]][1 - axis] <= _SAME_BAND
        if level:
            bands[-1].append(n)
        else:
            bands.append([n])
    for band in bands:
        row: list[int] = []
        for n in sorted(band, key=lambda n: boxes[n][axis]):
            if row and not _in_a_row([boxes[row[-1]], boxes[n]], (axis,)):
                yield row
                row = []
            row.append(n)
        yield row


def _have_own_lines(page: Page, light: Sequence[Sequence[MarkCandidate]]) -> bool:
    """Whether a line of words stands beside each of the lamps; symbols are no words."""
    heights = set[int]()
    for box in map(_box, light):
        words = [w for w in page.words_at(box[1], box[3]) if not all_symbols(w.text, w.font)]
        heights |= {round(word.middle) for word in words[:1]}
    return len(heights) == len(light)


def _is_light(row: Sequence[Sequence[MarkCandidate]]) -> bool:
    """Whether three lamps are one light: one is painted as lit, or each in a colour of its own.

    Of those some may be transparent, which only a rendering shows.
    """
    if len(row) != _LAMPS:
        return False
    painted = [lch(colour) if (colour := _fill(lamp)) else None for lamp in row]
    if brightest([shade.chroma if shade else 0.0 for shade in painted]) is not None:
        return True
    hues = [shade.hue for shade in painted if shade is not None and shade.saturated]
    return len(hues) == _LAMPS and all(
        hue_between(one, other) > _OTHER_HUE for one, other in combinations(hues, 2)
    )


def brightest(vividness: Sequence[float]) -> int | None:
    """Which of the lamps is lit; None where none is, or more than one."""
    *others, most = sorted(vividness)
    is_lit = most >= SATURATED and most >= BRIGHTER * others[-1]
    return vividness.index(most) if is_lit else None


def _fill(lamp: Sequence[MarkCandidate]) -> str | None:
    """The colour in which a lamp is filled; None of one that is an outline."""
    fills = [part.fill for part in lamp if part.fill is not None]
    return fills[-1] if fills else None


def _is_lamp(parts: Sequence[MarkCandidate]) -> bool:
    drawn = all(part.kind != "picture" and part.alt is None for part in parts)
    return drawn and is_nearly_square(_box(parts))


def on_one_place(one: Bbox, other: Bbox) -> bool:
    """Whether two boxes are those of one part: its fill and its outline."""
    return share_of_both(one, other) >= _ONE_PLACE


def _box(parts: Sequence[MarkCandidate]) -> Bbox:
    return union(part.bbox for part in parts)


def _in_a_row(boxes: Sequence[Bbox], axes: Sequence[int] = (0, 1)) -> bool:
    """Whether boxes of one size lie beside (0) or above (1) each other, a small gap apart.

    Marks above each other may be those of rows that are set tight, so that the gap is smaller.
    """
    side, high = boxes[0][2] - boxes[0][0], boxes[0][3] - boxes[0][1]
    slack = _ALIKE * side

    def follows(one: Bbox, other: Bbox, axis: int) -> bool:
        level = abs(one[1 - axis] - other[1 - axis]) <= slack
        return level and -slack <= other[axis] - one[axis + 2] <= _APART[axis] * side

    alike = all(
        abs(box[2] - box[0] - side) <= slack and abs(box[3] - box[1] - high) <= slack
        for box in boxes
    )
    pairs = list(itertools.pairwise(boxes))
    return alike and any(all(follows(one, other, axis) for one, other in pairs) for axis in axes)
