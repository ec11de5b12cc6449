"""Statuses that are the coloured edges of a table's rows, at its left or right side.

Whether edges say anything is seen when all of the report's are known: a frame has one colour.
Lengths are in points.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from styrmatt.extract.marks.candidates import MarkCandidate
from styrmatt.extract.marks.crop import rendered_shade
from styrmatt.extract.marks.legend.colour_status import count_hues
from styrmatt.extract.marks.mark import Mark
from styrmatt.extract.model.page import Page
from styrmatt.geometry import Span
from styrmatt.printed import Bbox

_THINNEST, _THICKEST = 1.5, 10.0
"""Thickness of a coloured edge: thinner lines part cells, wider areas are cells."""
_SLENDER = 2.0
"""An edge is so many times as long as it is thick at least: a disc or square is no edge."""
_WIDEST_CELL = 18.0
"""Width of a cell of nothing but colour at a table's side: wider ones hold something."""
_MEETS = 1.0
"""Points by which an edge may miss the rule or edge that it reaches to: half of a thick rule."""
_OUTSIDE, _INSIDE = 12.0, 6.0
"""How far outside and inside of the table's bound the middle of an edge lies at most."""
_FEWEST_HUES = 2
"""Different hues that a report's edges have, if they say something."""


def edge_marks(page: Page, bounds: Span, span: Span) -> tuple[Mark, ...]:
    """The coloured edges of rows between two heights as marks, those at one side of the table.

    ``bounds`` are the table's left and right ends. An edge may run along several rows.
    """
    for bound, outwards in ((bounds[0], -1), (bounds[1], 1)):
        near = sorted((bound + outwards * _OUTSIDE, bound - outwards * _INSIDE))
        marks = [
            Mark(page.number, edge.bbox, "vector", colour, edge=True)
            for edge in _edges(page, (near[0], near[1]), span)
            if (colour := rendered_shade(page, edge)) is not None
        ]
        if coloured := [mark for mark in marks if mark.is_coloured]:
            return tuple(m for m in marks if m.is_coloured or _in_line(m.bbox, coloured[0].bbox))
    return ()


def edges_tell(marks: Iterable[Mark]) -> bool:
    """Whether the edges among a report's marks are statuses: they have several hues."""
    return count_hues(mark.colour for mark in marks if mark.edge) >= _FEWEST_HUES


def edge_at(marks: Sequence[Mark], height: float) -> Mark | None:
    """The edge that runs along a height."""
    return next((mark for mark in marks if mark.bbox[1] <= height <= mark.bbox[3]), None)


def _edges(page: Page, near: Span, span: Span) -> Iterator[MarkCandidate]:
    for box, colour in _upright(page):
        x0, top, x1, bottom = box
        thickness = x1 - x0
        if not near[0] <= (x0 + x1) / 2 <= near[1] or min(bottom, span[1]) <= max(top, span[0]):
            continue
        slender = thickness <= _THICKEST and bottom - top >= _SLENDER * thickness
        if thickness >= _THINNEST and (slender or _fills_row(page, box)):
            yield MarkCandidate("vector", box, colour)


def _in_line(one: Bbox, other: Bbox) -> bool:
    """Whether two edges stand above each other: a grey one among coloured ones is an edge, too."""
    return abs(one[0] - other[0]) <= _MEETS and abs(one[2] - other[2]) <= _MEETS


def _fills_row(page: Page, box: Bbox) -> bool:
    """Whether a coloured cell at a table's side is an edge: it reaches from rule to rule.

    Where rows have no rules, the next one's edge begins where it ends.
    """
    holds = any(w.x0 < box[2] and w.x1 > box[0] for w in page.words_at(box[1], box[3]))
    if holds or box[2] - box[0] > _WIDEST_CELL:
        return False
    ends = [rule.at for rule in page.horizontals if rule.start < box[2] + _MEETS < rule.end]
    ends += [y for f in page.fills if f.bbox != box and _in_line(f.bbox, box) for y in f.bbox[1::2]]
    return all(any(abs(y - end) <= _MEETS for end in ends) for y in box[1::2])


def _upright(page: Page) -> Iterator[tuple[Bbox, str | None]]:
    """Upright lines and boxes with their colours."""
    for ruling in page.verticals:
        half = ruling.thickness / 2
        if not ruling.edge_of_fill:
            yield (ruling.at - half, ruling.start, ruling.at + half, ruling.end), ruling.colour
    for fill in page.fills:
        yield fill.bbox, fill.colour
