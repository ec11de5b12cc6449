"""Finds the parts of gauges that are drawn: like boxes or discs in an even row, however painted.

They are found before anything is taken for a mark: segments may touch each other, and an empty one
is an outline, grey, pale or white. Lengths are in points.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from styrmatt.extract.marks.box_grid import BoxGrid
from styrmatt.extract.marks.even_rows import even_rows, is_nearly_square
from styrmatt.extract.marks.picture.colour_difference import hue_between, lch
from styrmatt.extract.model.page import Page, Ruling, Shape
from styrmatt.extract.model.symbols import all_symbols
from styrmatt.geometry import covered_length, middle_inside, share_of_both, union
from styrmatt.printed import Bbox

STEPS: Final = range(3, 11)
"""The parts of a gauge: more than ten are a chart."""
_LEAST, _HIGHEST, _WIDEST = 2.5, 16.0, 30.0
"""The sides of a part at least, its height and its width at most."""
_STACKED: Final = 1.0
"""Points between rows of cells that stand right above each other, and by which their starts differ,
at most."""
_ON_SIDE: Final = 0.3
"""How far a ruling lies off the side of a box at most, or is longer than it at each end."""
_ONE_PLACE: Final = 0.8
"""Share of what two shapes cover that both cover, if they are fill and outline of one part."""
_OPEN: Final = 0.3
"""The gap between parts of which none is filled at least: empty cells of a table touch."""
_LIGHTER: Final = 0.12
"""OKLCH lightness by which an empty part is lighter than a filled one, if it is not a grey beside a
colour."""
_ONE_HUE: Final = 25.0
"""Degrees of hue by which the tint of an empty part may be off the colour of filled ones."""
DARK: Final = 0.45
"""OKLCH lightness up to which three like parts in grey are filled: lamps that are not lit, and
empty parts, are lighter."""
_LAMPS: Final = 3
"""Parts of a row that may be the lamps of a traffic light as well."""


def drawn_gauges(page: Page, room: Bbox) -> list[list[list[Shape]]]:
    """The gauges that are drawn in a part of a page: for each its parts, with their shapes.

    Some parts may lie beside it: to count those inside alone would make another gauge.
    """
    beside = (0.0, room[1], page.width, room[3])
    places = _places([one for one in page.shapes if _may_be_part(one, beside)])
    boxes = [place[0].bbox for place in places]
    rows = [[places[n] for n in row] for row in even_rows(boxes) if len(row) in STEPS]
    return [
        row for row in rows if _is_in(row, room) and _is_gauge(row) and not _holds_words(page, row)
    ]


def is_side(ruling: Ruling, boxes: Iterable[Bbox]) -> bool:
    """Whether a ruling is the side of outlined boxes, of several where these touch each other."""
    axis = 1 if ruling.orientation == "h" else 0
    sides = [
        (max(box[1 - axis], ruling.start), min(box[3 - axis], ruling.end))
        for box in boxes
        if min(abs(box[axis] - ruling.at), abs(box[axis + 2] - ruling.at)) <= _ON_SIDE
    ]
    covered = covered_length(side for side in sides if side[0] < side[1])
    return covered >= ruling.end - ruling.start - 2 * _ON_SIDE


def without_sides(page: Page) -> Page:
    """The page without the rulings that are sides of a gauge's parts: they part no cells.

    Cells without words that are set right above each other are not taken for gauges.
    """
    rows = drawn_gauges(page, (0.0, 0.0, page.width, page.height))
    wholes = [union(place[0].bbox for place in row) for row in rows]
    boxes = [
        place[0].bbox
        for row, whole in zip(rows, wholes, strict=True)
        if not any(_is_stacked(whole, other) for other in wholes)
        for place in row
    ]
    if not boxes:
        return page
    grid = BoxGrid(boxes)
    rulings = [
        ruling
        for ruling in page.rulings
        if not is_side(ruling, map(boxes.__getitem__, grid.near(ruling.bbox, 1.0)))
    ]
    return replace(page, rulings=tuple(rulings))


def _is_stacked(one: Bbox, other: Bbox) -> bool:
    """Whether two rows stand right above each other, as the cells of a table do."""
    apart = max(one[1], other[1]) - min(one[3], other[3])
    return one != other and abs(one[0] - other[0]) <= _STACKED and abs(apart) <= _STACKED


def _is_in(row: Sequence[Sequence[Shape]], room: Bbox) -> bool:
    """Whether most parts lie in a part of the page: of cells beside each other one does."""
    return 2 * sum(middle_inside(place[0].bbox, room) for place in row) > len(row)


def _may_be_part(shape: Shape, room: Bbox) -> bool:
    x0, top, x1, bottom = shape.bbox
    return (
        _LEAST <= x1 - x0 <= _WIDEST
        and _LEAST <= bottom - top <= _HIGHEST
        and bool(shape.fill or shape.stroke)
        and middle_inside(shape.bbox, room)
    )


def _places(shapes: Sequence[Shape]) -> list[list[Shape]]:
    """The shapes by where they lie, each place from below to above."""
    grid = BoxGrid()
    places: list[list[Shape]] = []
    for shape in shapes:
        near = grid.near(shape.bbox, 0.0)
        here = (n for n in near if share_of_both(places[n][0].bbox, shape.bbox) >= _ONE_PLACE)
        number = next(here, None)
        if number is None:
            grid.add(len(places), shape.bbox)
            places.append([shape])
        else:
            places[number].append(shape)
    return places


def _holds_words(page: Page, row: Sequence[Sequence[Shape]]) -> bool:
    """Whether words stand in the parts, as in the cells of a table."""
    boxes = [place[0].bbox for place in row]
    words = page.words_at(boxes[0][1], boxes[0][3])
    return any(
        middle_inside(word.bbox, box) and not all_symbols(word.text, word.font)
        for word in words
        for box in boxes
    )


def _is_gauge(row: Sequence[Sequence[Shape]]) -> bool:
    """Whether like shapes in an even row are one gauge, and neither cells, lamps nor marks."""
    fills = [_fill(place) for place in row]
    if not any(fills):
        gap = row[1][0].bbox[0] - row[0][0].bbox[2]
        return len(row) > _LAMPS and gap >= _OPEN
    return len(row) > _LAMPS or is_gauge_of_three(
        fills, may_be_lamps=is_nearly_square(row[0][0].bbox)
    )


def is_gauge_of_three(fills: Sequence[str | None], *, may_be_lamps: bool) -> bool:
    """Whether three parts are a gauge: filled in one colour from an end, and the others empty.

    A single coloured one of three that ``may_be_lamps`` is the lamp of a light that is lit.
    """
    for lit in (fills, fills[::-1]):
        alike = [fill == lit[0] for fill in lit]
        count = alike.index(False) if False in alike else _LAMPS
        colour, rest = lit[0], lit[count:]
        if colour is None or any(alike[count:]) or not all(is_paler(one, colour) for one in rest):
            continue
        if count == _LAMPS:
            return lch(colour).saturated or lch(colour).lightness < DARK
        if count > 1 or (lit is fills and not may_be_lamps):
            return True
        return lit is fills and not lch(colour).saturated
    return False


def is_paler(fill: str | None, colour: str) -> bool:
    """Whether a part looks empty beside one that is filled in a colour: a grey, or a tint of it."""
    if fill is None:
        return True
    one, other = lch(fill), lch(colour)
    lighter = one.lightness >= other.lightness + _LIGHTER
    if one.saturated:
        return lighter and other.saturated and hue_between(one.hue, other.hue) <= _ONE_HUE
    return lighter or other.saturated


def _fill(place: Sequence[Shape]) -> str | None:
    """The colour in which a part is filled; None of an outline, or of white."""
    fills: Iterator[str] = (one.fill for one in reversed(place) if one.fill is not None)
    fill = next(fills, None)
    return None if fill is None or lch(fill).white else fill
