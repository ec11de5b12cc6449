"""What is drawn on a page, by PDFium: paths and pictures, also those within form objects."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from ctypes import addressof, create_string_buffer
from itertools import pairwise
from typing import Any, NamedTuple

from styrmatt.extract.engine.coordinates import SAME, Frame, Matrix, times
from styrmatt.extract.engine.graphics import Drawn, Kind
from styrmatt.extract.engine.pdfium_ctypes import Handle, Slots, calls
from styrmatt.geometry import Point, bounding_box
from styrmatt.printed import Bbox

_TEXT, _PATH, _IMAGE, _FORM = 1, 2, 3, 5
"""Kinds of objects, as PDFium numbers them."""
_BEZIER, _MOVE = 1, 2
"""Kinds of segments; all else is a straight line."""
_DEPTH = 20
"""Form objects nested deeper than this are not followed: they run in circles."""
_EXACT = 1e-3
"""Points (of a page) up to which two places are the same."""

_colour = Slots("I", 4)
_matrix = Slots("f", 6)
_point = Slots("f", 2)
_mode = Slots("i", 2)
_width = Slots("f", 1)
_length = Slots("L", 1)


class PageObject(NamedTuple):
    """An object of a page: its kind, what turns its coordinates into the page's."""

    kind: int
    handle: Handle
    form: Matrix
    content: int | None
    """Its marked-content number on the page; that of the form it is part of."""
    layers: tuple[str, ...] = ()
    """Names of the layers in which it lies; only where they were asked for."""

    @property
    def is_text(self) -> bool:
        """Whether it is characters."""
        return self.kind == _TEXT


def find_objects(page: Handle, *, with_layers: bool = False) -> list[PageObject]:
    """All objects of a page and of its forms, in the order in which they are drawn."""
    call = calls()
    count = call.objects_on_page(page)
    handles = [call.object_on_page(page, n) for n in range(count)]
    return list(_found(handles, SAME, None, 0, () if with_layers else None))


def _found(
    handles: Sequence[Handle],
    form: Matrix,
    content: int | None,
    depth: int,
    above: tuple[str, ...] | None,
) -> Iterator[PageObject]:
    """The objects behind the handles; ``above`` are the form's layers, None to ask for none."""
    call = calls()
    for handle in handles:
        kind = call.kind(handle)
        number = content
        layers = None if above is None else (*above, *layers_of(handle))
        if depth == 0:
            own = call.content(handle)
            number = own if own >= 0 else None
        if kind == _FORM and depth < _DEPTH:
            parts = [call.object_in_form(handle, n) for n in range(call.objects_in_form(handle))]
            yield from _found(parts, times(matrix_of(handle), form), number, depth + 1, layers)
        elif kind in (_TEXT, _PATH, _IMAGE):
            yield PageObject(kind, handle, form, number, layers or ())


_OPTIONAL = "OC"
"""Tag of the marked content that belongs to a layer, which PDF calls optional content."""
_NAME = b"Name"
_LONGEST_NAME = 512
"""Bytes of UTF-16: a longer name of a layer is cut off, and then matches none."""


def layers_of(handle: Handle) -> Iterator[str]:
    """The names of the layers in which an object lies by its marked content."""
    call = calls()
    room = create_string_buffer(_LONGEST_NAME)
    for n in range(max(call.marks(handle), 0)):
        mark = call.mark(handle, n)
        if call.mark_name(mark, addressof(room), len(room), *_length.at):
            if _utf16(room, _length.values[0]) != _OPTIONAL:
                continue
            key = create_string_buffer(_NAME)
            if call.mark_text(mark, addressof(key), addressof(room), len(room), *_length.at):
                yield _utf16(room, _length.values[0])


def _utf16(room: Any, length: int) -> str:
    return bytes(room.raw[:length]).decode("utf-16-le", "replace").rstrip("\0")


def matrix_of(handle: Handle) -> Matrix:
    """What turns an object's own coordinates into those of what holds it."""
    calls().matrix(handle, _matrix.at[0])
    a, b, c, d, e, f = _matrix.values
    return (a, b, c, d, e, f)


def colour_of(handle: Handle, which: Callable[..., int]) -> str | None:
    """An object's colour as ``#rrggbb``; None for patterns and none."""
    if not which(handle, *_colour.at):
        return None
    red, green, blue, _ = _colour.values
    return f"#{red:02x}{green:02x}{blue:02x}"


def drawn(objects: Sequence[PageObject], frame: Frame) -> list[Drawn]:
    """The paths among the objects; each part of a path that begins anew is one."""
    return [
        path
        for order, found in enumerate(objects)
        if found.kind == _PATH
        for path in _parts(found, frame, order)
    ]


def pictures(objects: Sequence[PageObject], frame: Frame) -> Iterator[tuple[Bbox, int | None, int]]:
    """The places of the pictures among the objects, with their content's numbers and order."""
    for order, found in enumerate(objects):
        if found.kind == _IMAGE:
            matrix = times(matrix_of(found.handle), found.form)
            yield frame.place((0.0, 0.0, 1.0, 1.0), matrix), found.content, order


def _parts(found: PageObject, frame: Frame, order: int) -> Iterator[Drawn]:
    call = calls()
    call.draw_mode(found.handle, *_mode.at)
    filled, stroked = (bool(flag) for flag in _mode.values)
    if not filled and not stroked:
        return
    call.line_width(found.handle, *_width.at)
    matrix = times(matrix_of(found.handle), found.form)
    fill, stroke = colour_of(found.handle, call.fill), colour_of(found.handle, call.stroke)
    width = float(_width.values[0])
    opaque = not (filled and call.see_through(found.handle))
    for points, straight in _subpaths(found.handle):
        places = frame.places(points, matrix)
        kind = _kind(places, straight)
        if kind == "line":
            places = places[:2]
        elif kind == "rect":
            (x0, y0), (x1, y1) = places[0], places[2]
            places = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
        yield Drawn(
            kind=kind,
            bbox=bounding_box(places),
            points=tuple(places),
            filled=filled,
            stroked=stroked,
            fill=fill,
            stroke=stroke,
            line_width=width,
            content=found.content,
            order=order,
            opaque=opaque,
        )


def _subpaths(path: Handle) -> Iterator[tuple[list[Point], bool]]:
    """The points of each part of a path, and whether all its lines are straight.

    A part that is closed ends where it began (PDFium adds a line for that unless a curve is the
    last). Points that only bend a curve are left out.
    """
    call = calls()
    points: list[Point] = []
    straight, bends = True, 0
    for n in range(call.segments(path)):
        segment = call.segment(path, n)
        kind = call.segment_kind(segment)
        if kind == _MOVE:
            if len(points) > 1:
                yield points, straight
            points, straight, bends = [], True, 0
        call.segment_point(segment, *_point.at)
        if kind == _BEZIER:
            straight, bends = False, bends + 1
        if kind != _BEZIER or bends % 3 == 0:
            points.append((_point.values[0], _point.values[1]))
        if kind == _BEZIER and call.segment_closes(segment):
            points.append(points[0])
    if len(points) > 1:
        yield points, straight


def _kind(places: Sequence[Point], straight: bool) -> Kind:
    """What a part of a path is; a line there and back is a line."""
    if not straight:
        return "curve"
    if len(places) == 2 or (len(places) == 3 and places[0] == places[2]):
        return "line"
    return "rect" if _is_rect(places) else "curve"


def _is_rect(places: Sequence[Point]) -> bool:
    """Whether it is an upright rectangle that ends where it began."""
    if len(places) != 5 or not _same(places[0], places[4]):
        return False
    sides = [
        tuple(abs(end - start) < _EXACT for start, end in zip(one, other, strict=True))
        for one, other in pairwise(places)
    ]
    return any(all(side[(n + first) % 2] for n, side in enumerate(sides)) for first in (0, 1))


def _same(one: Point, other: Point) -> bool:
    return abs(one[0] - other[0]) < _EXACT and abs(one[1] - other[1]) < _EXACT
