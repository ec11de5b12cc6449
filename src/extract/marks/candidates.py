"""What may be a mark in a part of a page: drawn shapes, pictures, symbol characters, shading.

Only how things are drawn is judged here, not what they look like: which of the page's objects are
no cell borders and no shading of whole rows, and which belong together as one mark.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from styrmatt.extract.marks.colour_difference import lch
from styrmatt.extract.model.page import Fill, Page, Shape
from styrmatt.geometry import (
    covered_length,
    gap,
    middle_inside,
    share_of_smaller,
    union,
)
from styrmatt.printed import Bbox

_LEAST, _MOST = 2.5, 46.0
"""Least and greatest side (points) of a mark."""
_COVERS = 0.7
"""Share of a column's width from which a filled box is the shading of a cell."""
_ROW_WIDE = 0.6
"""Share of a table's width from which shading of one colour is that of the row."""


class MarkCandidate(NamedTuple):
    """Something drawn that may be a mark or a part of one."""

    kind: Literal["vector", "picture", "glyph", "shading"]
    bbox: Bbox
    fill: str | None = None
    stroke: str | None = None
    alt: str | None = None
    text: str | None = None
    font: str = ""
    upright: bool = True
    outline: tuple[tuple[float, float], ...] = ()

    @property
    def width(self) -> float:
        """Its width."""
        return self.bbox[2] - self.bbox[0]

    @property
    def height(self) -> float:
        """Its height."""
        return self.bbox[3] - self.bbox[1]


def mark_candidates(page: Page, box: Bbox) -> list[list[MarkCandidate]]:
    """Groups of inks whose middles lie in the box, each one mark; shading is not among them."""
    found = [
        *(_drawn(shape, box) for shape in page.shapes if middle_inside(shape.bbox, box)),
        *(
            MarkCandidate("picture", p.bbox, alt=p.alt)
            for p in page.pictures
            if middle_inside(p.bbox, box)
        ),
        *(
            MarkCandidate("glyph", g.bbox, g.colour, None, g.alt, g.text, g.font, g.upright)
            for g in page.glyphs
            if middle_inside(g.bbox, box) and g.text.strip()
        ),
    ]
    inks = [ink for ink in found if ink is not None and max(ink.width, ink.height) <= 2 * _MOST]
    groups = _together(_with_shafts(page, box, inks))
    return [group for group in groups if _fits(union(ink.bbox for ink in group))]


def _fits(box: Bbox) -> bool:
    width, height = box[2] - box[0], box[3] - box[1]
    return (
        max(width, height) >= _LEAST
        and min(width, height) >= 1
        and height <= _MOST
        and width <= 2 * _MOST
    )


def _drawn(shape: Shape, box: Bbox) -> MarkCandidate | None:
    """A shape as an ink; None where it is a border, shading or nothing that is drawn."""
    if shape.fill is None and shape.stroke is None and not _painted_otherwise(shape):
        return None
    ink = MarkCandidate(
        "vector", shape.bbox, shape.fill, shape.stroke, shape.alt, outline=shape.points
    )
    if not shape.is_box:
        return ink
    across = box[2] - box[0]
    if ink.width >= _COVERS * across or min(ink.width, ink.height) < _LEAST:
        return None
    squarish = 0.6 <= ink.width / ink.height <= 1.7
    if shape.fill is None or lch(shape.fill).white:
        clear = shape.bbox[0] > box[0] + 0.8 and shape.bbox[2] < box[2] - 0.8
        return ink if squarish and max(ink.width, ink.height) <= 24 and clear else None
    if not squarish and not lch(shape.fill).saturated:
        return None
    return ink


def _painted_otherwise(shape: Shape) -> bool:
    """A fill of a pattern or unknown colour space has no colour here, and is seen all the same."""
    return shape.kind == "curve" and len(shape.points) >= 3


def _with_shafts(page: Page, box: Bbox, inks: list[MarkCandidate]) -> list[MarkCandidate]:
    """Short rulings that touch a drawn shape are the shaft of an arrow."""
    drawn = [ink for ink in inks if ink.kind == "vector"]
    if not drawn:
        return inks
    shafts = []
    for ruling in page.rulings:
        length = ruling.end - ruling.start
        if ruling.edge_of_fill or length > 30 or length >= 0.8 * (box[2] - box[0]):
            continue
        if ruling.orientation == "h":
            place = (ruling.start, ruling.at - 0.5, ruling.end, ruling.at + 0.5)
        else:
            place = (ruling.at - 0.5, ruling.start, ruling.at + 0.5, ruling.end)
        if middle_inside(place, box) and any(
            gap(place, ink.bbox) < 0.8 and max(ink.width, ink.height) < 2 * length for ink in drawn
        ):
            shafts.append(MarkCandidate("vector", place))
    return inks + shafts


def _together(inks: Sequence[MarkCandidate]) -> list[list[MarkCandidate]]:
    """The inks in groups that make up one mark each."""
    groups: list[list[MarkCandidate]] = []
    for ink in sorted(inks, key=lambda i: -(i.width * i.height)):
        mine = [group for group in groups if any(_one_mark(ink, other) for other in group)]
        groups = [group for group in groups if group not in mine]
        groups.append([other for group in mine for other in group] + [ink])
    return groups


def _one_mark(one: MarkCandidate, other: MarkCandidate) -> bool:
    share = share_of_smaller(one.bbox, other.bbox)
    if "glyph" in (one.kind, other.kind) and one.kind != other.kind:
        return share >= 0.9
    if share >= 0.5:
        return True
    touching = gap(one.bbox, other.bbox) < 0.8
    return touching and one.kind == other.kind == "vector" and (_is_shaft(one) or _is_shaft(other))


def _is_shaft(ink: MarkCandidate) -> bool:
    """Whether an ink is a bar or line, as the shaft or a barb of an arrow drawn in pieces."""
    if len(ink.outline) <= 3 and ink.fill is None:
        return True
    long, short = max(ink.width, ink.height), max(min(ink.width, ink.height), 0.1)
    return len(ink.outline) <= 5 and long >= 1.5 * short and not is_round(ink)


def is_round(ink: MarkCandidate) -> bool:
    """Whether the corners of the box are empty: a circle is given by its quarter points."""
    x0, top, x1, bottom = ink.bbox
    return len(ink.outline) <= 5 and all(
        min(abs(x - x0), abs(x - x1)) > 0.2 * ink.width
        or min(abs(y - top), abs(y - bottom)) > 0.2 * ink.height
        for x, y in ink.outline
    )


def shading_in(page: Page, box: Bbox) -> list[MarkCandidate]:
    """A column's shaded cells, cut at its rulings; neither white nor the shading of whole rows."""
    column = box[2] - box[0]
    chosen: list[Fill] = []
    for fill in page.fills:
        x0, top, x1, bottom = fill.bbox
        overlap = min(x1, box[2]) - max(x0, box[0])
        if (
            overlap < _COVERS * column
            or bottom - top < 5
            or not box[1] - 1 <= (top + bottom) / 2 <= box[3] + 1
        ):
            continue
        if fill.colour is not None and lch(fill.colour).white:
            continue
        if x1 - x0 > 1.5 * column or _row_wide(page, fill):
            continue
        chosen = [other for other in chosen if share_of_smaller(other.bbox, fill.bbox) < 0.5]
        chosen.append(fill)
    return [piece for fill in chosen for piece in _pieces(page, fill)]


def _row_wide(page: Page, fill: Fill) -> bool:
    """Whether cells of the same colour beside this one make up most of the row."""
    top, bottom = fill.bbox[1], fill.bbox[3]

    def beside(box: Bbox) -> bool:
        return min(box[3], bottom) - max(box[1], top) > 0.5 * min(box[3] - box[1], bottom - top)

    alike = [
        other.bbox for other in page.fills if other.colour == fill.colour and beside(other.bbox)
    ]
    covered = covered_length((box[0], box[2]) for box in alike)
    words = [word.bbox for word in page.words_at(top, bottom)]
    whole = union([fill.bbox, *words, *alike])
    return covered >= _ROW_WIDE * (whole[2] - whole[0]) and len(alike) > 1


def _pieces(page: Page, fill: Fill) -> Iterator[MarkCandidate]:
    x0, top, x1, bottom = fill.bbox
    cuts = sorted(
        ruling.at
        for ruling in page.horizontals
        if not ruling.edge_of_fill
        and top + 5 < ruling.at < bottom - 5
        and min(ruling.end, x1) - max(ruling.start, x0) > 0.6 * (x1 - x0)
    )
    whole = MarkCandidate("shading", fill.bbox, fill.colour)
    for start, end in zip([top, *cuts], [*cuts, bottom], strict=True):
        if end - start >= 5:
            yield whole._replace(bbox=(x0, start, x1, end))
