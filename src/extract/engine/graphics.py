"""Sorts what is painted on a page, whichever engine read it, into rulings, shading and shapes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal, NamedTuple

from styrmatt.extract.model.page import Fill, Ruling, Shape
from styrmatt.geometry import Point, is_upright_rectangle
from styrmatt.printed import Bbox

Kind = Literal["curve", "rect", "line"]
AltTextLookup = Callable[[int | None, Bbox], str | None]
"""The alternative text of what has a marked-content identifier, or lies in a box."""

_MAX_THICKNESS = 2.0
"""Points: the thickness of a ruling at most. Table borders are up to 1.5 points thick; the bars of
symbols and the shading of an empty row are thicker."""
_MIN_LENGTH = 6.0
"""Points: the length of a ruling at least. What is shorter is part of a drawing, as the barb of an
arrow is; no cell is as narrow."""
_BENT = 0.5
"""Points by which a line bends at least that is no ruling but a sign, as a wave is."""
_LONGEST_SIGN = 24.0
"""Points: the length of such a sign at most; what is longer is drawn between rows or columns."""
_SIGN_HEIGHT = 0.5
"""Share of a sign's length that it gets as room across: a curve bends out of the box around the
places through which it runs."""
_WHITES = (None, "#ffffff", "#fefefe")
"""Colours of lines that are seen beside shading only; the last is a white from CMYK."""


class PaintedPath(NamedTuple):
    """A path as it was painted: its points without those that only bend a curve, its colours."""

    kind: Kind
    bbox: Bbox
    points: tuple[Point, ...]
    filled: bool
    stroked: bool
    fill: str | None
    """The colour in which it is, or would be, filled; None for a pattern or no colour."""
    stroke: str | None
    """The colour of its outline, likewise."""
    line_width: float
    """Width of the outline in points, whether it has one or not."""
    mcid: int | None = None
    """Its marked-content identifier."""
    order: int = 0
    """Its place among the page's objects, in the order in which they are painted."""
    opaque: bool = True
    """Whether nothing of what lies behind its fill can be seen."""

    @property
    def outline_width(self) -> float:
        """Width in points; 0 where it has no outline."""
        return self.line_width if self.stroked else 0.0

    @property
    def is_ruling(self) -> bool:
        """Whether it is as thin and as long as a line between rows or columns."""
        thin, long = self._sides
        return thin <= _MAX_THICKNESS and long >= _MIN_LENGTH and not self.is_bent_sign

    @property
    def is_bent_sign(self) -> bool:
        """Whether it is a short line that bends: a wave, say."""
        thin, long = self._sides
        line = self.kind == "curve" and self.stroked and not self.filled
        return line and _BENT <= thin <= _MAX_THICKNESS and long <= _LONGEST_SIGN

    @property
    def _sides(self) -> tuple[float, float]:
        """The shorter and the longer side of its box."""
        width, height = self.bbox[2] - self.bbox[0], self.bbox[3] - self.bbox[1]
        return (width, height) if width < height else (height, width)

    @property
    def is_box(self) -> bool:
        """Whether it is an upright rectangle, however it was drawn."""
        return self.kind == "rect" or is_upright_rectangle(self.points, self.bbox)

    @property
    def is_white(self) -> bool:
        """Whether it is white as a line: then it is seen beside shading only."""
        return (self.stroke if self.stroked else self.fill) in _WHITES


def in_order(paths: Iterable[PaintedPath], *kinds: Kind) -> list[PaintedPath]:
    """The paths of these kinds: kind by kind, each in the order in which they were painted."""
    painted = list(paths)
    return [path for kind in kinds for path in painted if path.kind == kind]


def rulings(paths: Iterable[PaintedPath]) -> Iterator[Ruling]:
    """The lines among the paths, and the edges of boxes."""
    for path in in_order(paths, "line", "rect", "curve"):
        x0, top, x1, bottom = path.bbox
        if path.is_ruling:
            thickness = max(min(x1 - x0, bottom - top), path.outline_width)
            colour = path.stroke if path.stroked else path.fill
            if x1 - x0 >= bottom - top:
                yield Ruling("h", (top + bottom) / 2, x0, x1, path.is_white, thickness, colour)
            else:
                yield Ruling("v", (x0 + x1) / 2, top, bottom, path.is_white, thickness, colour)
        elif x1 - x0 >= _MIN_LENGTH and bottom - top >= _MIN_LENGTH and path.is_box:
            edge_of_fill = not path.stroked or path.is_white
            yield from _edges(path.bbox, edge_of_fill, path.outline_width)


def _edges(box: Bbox, edge_of_fill: bool, thickness: float) -> Iterator[Ruling]:
    x0, top, x1, bottom = box
    yield Ruling("h", top, x0, x1, edge_of_fill, thickness)
    yield Ruling("h", bottom, x0, x1, edge_of_fill, thickness)
    yield Ruling("v", x0, top, bottom, edge_of_fill, thickness)
    yield Ruling("v", x1, top, bottom, edge_of_fill, thickness)


def fills(paths: Iterable[PaintedPath]) -> Iterator[Fill]:
    """The shaded boxes among the paths."""
    for path in in_order(paths, "rect", "curve"):
        if path.filled and path.is_box and not path.is_ruling:
            yield Fill(path.bbox, path.fill)


def shapes(paths: Iterable[PaintedPath], alt_text: AltTextLookup) -> Iterator[Shape]:
    """All paths that are no rulings, with their alternative texts."""
    for path in in_order(paths, "curve", "line", "rect"):
        if not path.is_ruling:
            yield Shape(
                bbox=_with_room(path.bbox) if path.is_bent_sign else path.bbox,
                points=path.points,
                fill=path.fill if path.filled else None,
                stroke=path.stroke if path.stroked else None,
                kind=path.kind,
                alt=alt_text(path.mcid, path.bbox),
            )


def _with_room(box: Bbox) -> Bbox:
    """The box of a sign that is a bent line, at least half as high as it is long."""
    x0, top, x1, bottom = box
    width, height = x1 - x0, bottom - top
    across = max((_SIGN_HEIGHT * height - width) / 2, 0.0)
    down = max((_SIGN_HEIGHT * width - height) / 2, 0.0)
    return (x0 - across, top - down, x1 + across, bottom + down)


def hex_colour(colour: Any) -> str | None:
    """A PDF colour (gray, RGB or CMYK in 0 to 1) as ``#rrggbb``; None for patterns and none."""
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
