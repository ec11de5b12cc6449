"""What is drawn on a page, whichever engine read it: as rulings, as shading, as shapes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal, NamedTuple

from styrmatt.extract.model.page import Fill, Ruling, Shape
from styrmatt.geometry import Point, is_upright_rectangle
from styrmatt.printed import Bbox

Kind = Literal["curve", "rect", "line"]
Alternative = Callable[[int | None, Bbox], str | None]
"""The alternative text of what has a marked-content number, or stands in a box."""

_RULING = 2.0
"""A box at most this thick (points) is a ruling."""
_SHORT = 6.0
"""A straight line shorter than this (points) is part of a drawing, not a ruling."""
_WHITES = (None, "#ffffff", "#fefefe")


class Drawn(NamedTuple):
    """A path as it was painted: its points without those that only bend a curve, its colours."""

    kind: Kind
    bbox: Bbox
    points: tuple[Point, ...]
    filled: bool
    stroked: bool
    fill: str | None
    """The colour in which it is, or would be, filled; None for patterns and none."""
    stroke: str | None
    line_width: float
    """Width of the outline in points, whether or not it has one."""
    content: int | None = None
    """Its marked-content number."""
    order: int = 0
    """Its place among the page's objects, in the order in which they are painted."""
    opaque: bool = True
    """Whether nothing of what lies behind its fill can be seen."""

    @property
    def width_of_outline(self) -> float:
        """Width in points; 0 where it has none."""
        return self.line_width if self.stroked else 0.0

    @property
    def is_ruling(self) -> bool:
        """Whether it is as thin and as long as a line between rows or columns."""
        width, height = self.bbox[2] - self.bbox[0], self.bbox[3] - self.bbox[1]
        return min(width, height) <= _RULING and max(width, height) >= _SHORT

    @property
    def is_box(self) -> bool:
        """Whether it is an upright rectangle, however it was drawn."""
        return self.kind == "rect" or is_upright_rectangle(self.points, self.bbox)

    @property
    def is_white(self) -> bool:
        """Whether it is white as a line: then it can be seen beside shading alone."""
        return (self.stroke if self.stroked else self.fill) in _WHITES


def in_order(drawn: Iterable[Drawn], *kinds: Kind) -> list[Drawn]:
    """The paths of these kinds, kind by kind, each as drawn."""
    paths = list(drawn)
    return [path for kind in kinds for path in paths if path.kind == kind]


def rulings(drawn: Iterable[Drawn]) -> Iterator[Ruling]:
    """The lines, and the edges of boxes."""
    for path in in_order(drawn, "line", "rect", "curve"):
        x0, top, x1, bottom = path.bbox
        if path.is_ruling:
            thick = max(min(x1 - x0, bottom - top), path.width_of_outline)
            if x1 - x0 >= bottom - top:
                yield Ruling("h", (top + bottom) / 2, x0, x1, path.is_white, thick)
            else:
                yield Ruling("v", (x0 + x1) / 2, top, bottom, path.is_white, thick)
        elif x1 - x0 >= _SHORT and bottom - top >= _SHORT and path.is_box:
            unseen = not path.stroked or path.is_white
            yield from _edges(path.bbox, unseen, path.width_of_outline)


def _edges(box: Bbox, edge_of_fill: bool, thickness: float) -> Iterator[Ruling]:
    x0, top, x1, bottom = box
    yield Ruling("h", top, x0, x1, edge_of_fill, thickness)
    yield Ruling("h", bottom, x0, x1, edge_of_fill, thickness)
    yield Ruling("v", x0, top, bottom, edge_of_fill, thickness)
    yield Ruling("v", x1, top, bottom, edge_of_fill, thickness)


def fills(drawn: Iterable[Drawn]) -> Iterator[Fill]:
    """The shaded boxes."""
    for path in in_order(drawn, "rect", "curve"):
        if path.filled and path.is_box and not path.is_ruling:
            yield Fill(path.bbox, path.fill)


def shapes(drawn: Iterable[Drawn], alternative: Alternative) -> Iterator[Shape]:
    """All that is not a ruling."""
    for path in in_order(drawn, "curve", "line", "rect"):
        if not path.is_ruling:
            yield Shape(
                bbox=path.bbox,
                points=path.points,
                fill=path.fill if path.filled else None,
                stroke=path.stroke if path.stroked else None,
                kind=path.kind,
                alt=alternative(path.content, path.bbox),
            )


def hex_colour(colour: Any) -> str | None:
    """A PDF colour (gray, RGB or CMYK in 0..1) as ``#rrggbb``; None for patterns and none."""
    if colour is None:
        return None
    parts = list(colour) if isinstance(colour, (tuple, list)) else [colour]
    if not all(isinstance(part, (int, float)) for part in parts):
        return None
    if len(parts) == 1:
        parts = parts * 3
    elif len(parts) == 4:
        cyan, magenta, yellow, black = parts
        parts = [(1 - c) * (1 - black) for c in (cyan, magenta, yellow)]
    elif len(parts) != 3:
        return None
    return "#" + "".join(f"{round(min(max(part, 0), 1) * 255):02x}" for part in parts)
