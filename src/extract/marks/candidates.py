"""Finds what may be a mark in a part of a page: shapes, pictures, symbol characters, shading.

Only the page's objects are looked at here, no pixels: which of them are neither cell borders nor
the shading of whole rows, and which belong together as one mark.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from styrmatt.extract.marks.box_grid import BoxGrid
from styrmatt.extract.marks.picture.colour_difference import lch
from styrmatt.extract.marks.rising_bars import rising_bars
from styrmatt.extract.marks.segments import drawn_gauges, is_side
from styrmatt.extract.model.page import Page, Shape
from styrmatt.geometry import (
    Point,
    area,
    contains,
    gap,
    middle_inside,
    share_of_smaller,
    union,
)
from styrmatt.printed import Bbox

_MIN_SIDE, _MAX_SIDE = 2.5, 46.0
"""Points: a mark's longer side at least, and its height at most. Marks are set in or near the size
of the text (8 to 12 points); the largest stand alone in a cell of a summary. A dot of 2 points is a
bullet or the end of a dotted line."""
_MAX_WIDTH = 2 * _MAX_SIDE
"""Points: the width of a mark at most. Pills and traffic lights are wider than they are high."""
_MIN_THICKNESS = 1.0
"""Points: the shorter side of a mark at least; what is thinner is a line."""
COVERS_COLUMN = 0.7
"""Share of a column's width from which a filled box is the shading of a cell and not a mark in
it."""
_SQUARE = (0.6, 1.7)
"""Width over height of a box that is nearly a square, as tick boxes and square marks are."""
_REACH = 12.0
"""Points by which a part of a mark may stick out of the row or table in which its middle lies."""
_MAX_EMPTY_BOX = 24.0
"""Points: sides of an unfilled square at most. A larger one is a frame, or a cell's border."""
_BORDER_GAP = 0.8
"""Points by which an unfilled square stays clear of the cell's sides: else it is its border."""
_SHAFT_LENGTH = 30.0
"""Points: a ruling that is an arrow's shaft is shorter than this."""
_SHAFT_OF_COLUMN = 0.8
"""Share of the column's width that such a ruling stays below; from there on it separates rows."""
_SHAFT_OF_HEAD = 2.0
"""A head is less than so many times as long as its shaft."""
_HALF_LINE = 0.5
"""Points: half of the thickness that a ruling gets as a shaft."""
_TOUCHING = 0.8
"""Points between the parts of one mark at most: a line's thickness. Marks of neighbouring lines are
further apart, unless they touch; then what they are tells (see :func:`_one_mark`)."""
_ONE_MARK = 0.5
"""Share of the smaller object that lies in the other where both are one mark: fill and outline,
disc and sign."""
_ONE_GLYPH = 0.9
"""That share where only one of them is a symbol character, whose box is larger than its ink."""
_FIELDS = 0.05
"""Share of the smaller field's box that lies in that of the next field of a dial: they touch each
other at a slant. Boxes of marks above or beside each other do not overlap."""
_CORNERS = 5
"""Points that the path of a box, a triangle or a disc has at most."""
_BAR = 1.5
"""Length over thickness from which a filled box may be a shaft."""
_ROUND_CORNER = 0.2
"""Share of a box's side that the points of a circle stay away from its corners."""


class MarkCandidate(NamedTuple):
    """Something drawn that may be a mark or a part of one."""

    kind: Literal["vector", "picture", "glyph", "shading"]
    bbox: Bbox
    fill: str | None = None
    stroke: str | None = None
    alt: str | None = None
    """Its alternative text."""
    text: str | None = None
    """The character, of a glyph."""
    font: str = ""
    upright: bool = True
    outline: tuple[Point, ...] = ()
    """The points of its path, of a drawn shape."""

    @property
    def width(self) -> float:
        """Its width in points."""
        return self.bbox[2] - self.bbox[0]

    @property
    def height(self) -> float:
        """Its height in points."""
        return self.bbox[3] - self.bbox[1]

    @property
    def is_round(self) -> bool:
        """Whether its path leaves out the corners of its box: a circle has its quarter points."""
        x0, top, x1, bottom = self.bbox
        return len(self.outline) <= 5 and all(
            min(abs(x - x0), abs(x - x1)) > _ROUND_CORNER * self.width
            or min(abs(y - top), abs(y - bottom)) > _ROUND_CORNER * self.height
            for x, y in self.outline
        )


def mark_candidates(page: Page, box: Bbox) -> list[list[MarkCandidate]]:
    """The objects of marks whose middles lie in the box, in a group each; shading left out."""
    room = (box[0], box[1] - _REACH, box[2], box[3] + _REACH)
    found = [
        *(_drawn(shape, box) for shape in page.shapes if middle_inside(shape.bbox, room)),
        *(
            MarkCandidate("picture", p.bbox, alt=p.alt)
            for p in page.pictures
            if middle_inside(p.bbox, room)
        ),
        *(
            MarkCandidate("glyph", g.bbox, g.colour, None, g.alt, g.text, g.font, g.upright)
            for g in page.glyphs
            if middle_inside(g.bbox, room) and g.text.strip()
        ),
    ]
    gauges = _drawn_gauges(page, room)
    taken = {part.bbox for gauge in gauges for part in gauge}
    wholes = [union(part.bbox for part in gauge) for gauge in gauges]
    parts = [
        part
        for part in found
        if part
        and max(part.width, part.height) <= _MAX_WIDTH
        and part.bbox not in taken
        and not any(contains(part.bbox, whole) for whole in wholes)
    ]
    groups = gauges + _grouped(_with_shafts(page, room, parts))
    wholes = [union(part.bbox for part in group) for group in groups]
    return [
        group
        for n, (group, whole) in enumerate(zip(groups, wholes, strict=True))
        if middle_inside(whole, box) and (n < len(gauges) or _is_mark_sized(whole))
    ]


def _is_mark_sized(box: Bbox) -> bool:
    width, height = box[2] - box[0], box[3] - box[1]
    return (
        max(width, height) >= _MIN_SIDE
        and min(width, height) >= _MIN_THICKNESS
        and height <= _MAX_SIDE
        and width <= _MAX_WIDTH
    )


def _drawn(shape: Shape, box: Bbox) -> MarkCandidate | None:
    """A shape as a candidate; None where it is a border, shading, or painted in no colour."""
    if shape.fill is None and shape.stroke is None and not _has_pattern(shape):
        return None
    found = MarkCandidate(
        "vector", shape.bbox, shape.fill, shape.stroke, shape.alt, outline=shape.points
    )
    if not shape.is_box:
        return found
    column_width = box[2] - box[0]
    if found.width >= COVERS_COLUMN * column_width or min(found.width, found.height) < _MIN_SIDE:
        return None
    narrow, wide = _SQUARE
    squarish = narrow <= found.width / found.height <= wide
    if shape.fill is None or lch(shape.fill).white:
        clear = shape.bbox[0] > box[0] + _BORDER_GAP and shape.bbox[2] < box[2] - _BORDER_GAP
        small = max(found.width, found.height) <= _MAX_EMPTY_BOX
        return found if squarish and small and clear else None
    if not squarish and not lch(shape.fill).saturated:
        return None
    return found


def _drawn_gauges(page: Page, room: Bbox) -> list[list[MarkCandidate]]:
    """The parts of each gauge, the pale and empty ones as well; the bars of some rise."""
    by_box = {
        shape.bbox: shape
        for shape in page.shapes
        if shape.fill is not None and middle_inside(shape.bbox, room) and shape.is_box
    }
    bars = list(by_box.values())
    rising = [[bars[n] for n in row] for row in rising_bars(list(by_box))]
    even = [[shape for part in row for shape in part] for row in drawn_gauges(page, room)]
    return [
        [MarkCandidate("vector", one.bbox, one.fill, one.stroke, one.alt) for one in gauge]
        for gauge in (*rising, *even)
    ]


def _has_pattern(shape: Shape) -> bool:
    """Whether it may be filled with a pattern, which has no one colour and is seen all the same."""
    return shape.kind == "curve" and len(shape.points) >= 3


def _with_shafts(page: Page, box: Bbox, parts: list[MarkCandidate]) -> list[MarkCandidate]:
    """The candidates and the short rulings that touch one of them, as an arrow's shaft does."""
    drawn = [part for part in parts if part.kind == "vector"]
    if not drawn:
        return parts
    shafts = []
    grid = BoxGrid(part.bbox for part in drawn)
    outlined = [shape.bbox for shape in page.shapes if shape.stroke and shape.is_box]
    boxes = BoxGrid(outlined)
    for ruling in page.rulings:
        length = ruling.end - ruling.start
        if (
            ruling.edge_of_fill
            or length > _SHAFT_LENGTH
            or length >= _SHAFT_OF_COLUMN * (box[2] - box[0])
        ):
            continue
        x0, top, x1, bottom = ruling.bbox
        if ruling.orientation == "h":
            place = (x0, top - _HALF_LINE, x1, bottom + _HALF_LINE)
        else:
            place = (x0 - _HALF_LINE, top, x1 + _HALF_LINE, bottom)
        touches = any(
            gap(place, part.bbox) < _TOUCHING
            and max(part.width, part.height) < _SHAFT_OF_HEAD * length
            for part in map(drawn.__getitem__, grid.near(place, _TOUCHING))
        )
        if not touches or not middle_inside(place, box):
            continue
        if not is_side(ruling, map(outlined.__getitem__, boxes.near(place, 0.0))):
            shafts.append(MarkCandidate("vector", place))
    return parts + shafts


def _grouped(parts: Sequence[MarkCandidate]) -> list[list[MarkCandidate]]:
    """The candidates in groups that make up one mark each."""
    ordered = sorted(parts, key=lambda part: -area(part.bbox))
    grid = BoxGrid()
    groups: dict[int, list[int]] = {}
    """By the number of the part that joined last: its parts."""
    group_of: dict[int, int] = {}
    for number, part in enumerate(ordered):
        joined: set[int] = set()
        for other in grid.near(part.bbox, _TOUCHING):
            if group_of[other] not in joined and _one_mark(part, ordered[other]):
                joined.add(group_of[other])
        members = [other for group in sorted(joined) for other in groups.pop(group)]
        groups[number] = [*members, number]
        group_of |= dict.fromkeys(groups[number], number)
        grid.add(number, part.bbox)
    return [[ordered[number] for number in group] for group in groups.values()]


def _one_mark(one: MarkCandidate, other: MarkCandidate) -> bool:
    """Whether two candidates are one mark: on one another, or a shaft that touches its head."""
    share = share_of_smaller(one.bbox, other.bbox)
    if "glyph" in (one.kind, other.kind) and one.kind != other.kind:
        return share >= _ONE_GLYPH
    if share >= _ONE_MARK:
        return True
    drawn = one.kind == other.kind == "vector" and one.fill is not None and other.fill is not None
    if share >= _FIELDS and drawn and (_is_field(one) or _is_field(other)):
        return True
    touching = gap(one.bbox, other.bbox) < _TOUCHING
    return touching and one.kind == other.kind == "vector" and (_is_shaft(one) or _is_shaft(other))


def _is_field(part: MarkCandidate) -> bool:
    """Whether it may be a field of a dial: neither a box nor a disc nor a triangle."""
    return len(part.outline) > _CORNERS


def _is_shaft(part: MarkCandidate) -> bool:
    """Whether it is a bar or a line, as the shaft or a barb of an arrow drawn in pieces."""
    if len(part.outline) <= 3 and part.fill is None:
        return True
    length, thickness = max(part.width, part.height), max(min(part.width, part.height), 0.1)
    return len(part.outline) <= 5 and length >= _BAR * thickness and not part.is_round
