"""Reads what is painted on a page with PDFium: paths and pictures, also within form objects."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from ctypes import addressof, create_string_buffer
from itertools import pairwise
from typing import Any, NamedTuple

from styrmatt.extract.engine.coordinates import IDENTITY, Matrix, PageCoordinates, combined
from styrmatt.extract.engine.graphics import Kind, PaintedPath
from styrmatt.extract.engine.pdfium_ctypes import CArray, Handle, functions
from styrmatt.geometry import Point, bounding_box
from styrmatt.printed import Bbox

_OTHER, _TEXT, _PATH, _IMAGE, _FORM = 0, 1, 2, 3, 5
"""PDFium's numbers for kinds of objects; 0 stands here for shadings, too."""
_BEZIER, MOVE_TO = 1, 2
"""PDFium's numbers for kinds of segments; any other is a straight line."""
_BEZIER_POINTS = 3
"""Segments that PDFium gives for one curve: two points that bend it, and its end."""
_MAX_DEPTH = 20
"""Levels of nested form objects that are followed: far more than a page has, so that a cyclic
reference ends."""
_SAME_POINT = 1e-3
"""Points up to which two places are the same: a file rounds to about as much."""

_colour = CArray("I", 4)
_matrix = CArray("f", 6)
_point = CArray("f", 2)
_mode = CArray("i", 2)
_width = CArray("f", 1)
_length = CArray("L", 1)

_OPTIONAL_CONTENT = "OC"
"""Tag of marked content that belongs to a layer."""
_NAME = b"Name"
_LAYER_NAME_BYTES = 512
"""Room for a layer's name in UTF-16; a longer one is cut off, and then matches none."""


class PageObject(NamedTuple):
    """An object of a page."""

    kind: int
    """As PDFium numbers kinds."""
    handle: Handle
    form_matrix: Matrix
    """From the coordinates of the form object that it is in to those of the page."""
    mcid: int | None
    """Its marked-content identifier on the page, or that of the form object that it is in."""
    layers: tuple[str, ...] = ()
    """Names of the layers in which it lies; empty unless they were asked for."""

    @property
    def is_text(self) -> bool:
        """Whether it consists of characters."""
        return self.kind == _TEXT

    @property
    def is_other(self) -> bool:
        """Whether it is no text, path or picture: a shading, or a form that is seen through."""
        return self.kind == _OTHER


def page_objects(page: Handle, *, with_layers: bool = False) -> list[PageObject]:
    """All objects of a page and of its forms, in the order in which they are painted."""
    call = functions()
    count = call.objects_on_page(page)
    handles = [call.object_on_page(page, n) for n in range(count)]
    return list(_flattened(handles, IDENTITY, None, 0, () if with_layers else None))


def _flattened(
    handles: Sequence[Handle],
    form_matrix: Matrix,
    mcid: int | None,
    depth: int,
    form_layers: tuple[str, ...] | None,
) -> Iterator[PageObject]:
    """The objects, those in forms in place of the forms.

    ``form_layers`` are the layers of the form that they are in; None where nobody asks for layers.
    """
    call = functions()
    for handle in handles:
        kind = call.kind(handle)
        layers = None if form_layers is None else (*form_layers, *layers_of(handle))
        if depth == 0:
            mcid = call.mcid(handle)
            mcid = mcid if mcid >= 0 else None
        if kind == _FORM and depth < _MAX_DEPTH:
            if call.see_through(handle):
                yield PageObject(_OTHER, handle, form_matrix, mcid, layers or ())
            parts = [call.object_in_form(handle, n) for n in range(call.objects_in_form(handle))]
            matrix = combined(matrix_of(handle), form_matrix)
            yield from _flattened(parts, matrix, mcid, depth + 1, layers)
        else:
            known = kind if kind in (_TEXT, _PATH, _IMAGE) else _OTHER
            yield PageObject(known, handle, form_matrix, mcid, layers or ())


def layers_of(handle: Handle) -> Iterator[str]:
    """The names of the layers in which an object lies by its marked content."""
    call = functions()
    room = create_string_buffer(_LAYER_NAME_BYTES)
    for n in range(max(call.marks(handle), 0)):
        mark = call.mark(handle, n)
        if not call.mark_name(mark, addressof(room), len(room), *_length.addresses):
            continue
        if _utf16(room, _length.values[0]) != _OPTIONAL_CONTENT:
            continue
        key = create_string_buffer(_NAME)
        if call.mark_text(mark, addressof(key), addressof(room), len(room), *_length.addresses):
            yield _utf16(room, _length.values[0])


def _utf16(room: Any, length: int) -> str:
    """The text in a buffer that PDFium has filled with so many bytes."""
    return bytes(room.raw[:length]).decode("utf-16-le", "replace").rstrip("\0")


def matrix_of(handle: Handle) -> Matrix:
    """From an object's coordinates to those of the page or form object that it is in."""
    functions().matrix(handle, _matrix.addresses[0])
    a, b, c, d, e, f = _matrix.values
    return (a, b, c, d, e, f)


def colour_of(handle: Handle, which: Callable[..., int]) -> str | None:
    """An object's colour as ``#rrggbb``; None for patterns and none.

    ``which`` is PDFium's function for its fill or its stroke.
    """
    if not which(handle, *_colour.addresses):
        return None
    red, green, blue, _ = _colour.values
    return f"#{red:02x}{green:02x}{blue:02x}"


def painted_paths(objects: Sequence[PageObject], coordinates: PageCoordinates) -> list[PaintedPath]:
    """The paths among the objects; each subpath is one."""
    return [
        path
        for order, found in enumerate(objects)
        if found.kind == _PATH
        for path in _painted(found, order, coordinates)
    ]


def picture_boxes(
    objects: Sequence[PageObject], coordinates: PageCoordinates
) -> Iterator[tuple[Bbox, int | None, int]]:
    """The boxes of the pictures, with their marked-content identifiers and order of painting."""
    for order, found in enumerate(objects):
        if found.kind == _IMAGE:
            matrix = combined(matrix_of(found.handle), found.form_matrix)
            yield coordinates.box_to_page((0.0, 0.0, 1.0, 1.0), matrix), found.mcid, order


def _painted(found: PageObject, order: int, coordinates: PageCoordinates) -> Iterator[PaintedPath]:
    call = functions()
    call.draw_mode(found.handle, *_mode.addresses)
    filled, stroked = (bool(flag) for flag in _mode.values)
    if not filled and not stroked:
        return
    call.line_width(found.handle, *_width.addresses)
    matrix = combined(matrix_of(found.handle), found.form_matrix)
    fill, stroke = colour_of(found.handle, call.fill), colour_of(found.handle, call.stroke)
    width = float(_width.values[0])
    opaque = not (filled and call.see_through(found.handle))
    for points, straight in _subpaths(found.handle):
        places = coordinates.to_page(points, matrix)
        kind = _kind(places, straight)
        if kind == "line":
            places = places[:2]
        elif kind == "rect":
            (x0, y0), (x1, y1) = places[0], places[2]
            places = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
        yield PaintedPath(
            kind=kind,
            bbox=bounding_box(places),
            points=tuple(places),
            filled=filled,
            stroked=stroked,
            fill=fill,
            stroke=stroke,
            line_width=width,
            mcid=found.mcid,
            order=order,
            opaque=opaque,
        )


def _subpaths(path: Handle) -> Iterator[tuple[list[Point], bool]]:
    """The points of each subpath, and whether all its segments are straight.

    A closed subpath ends where it began (PDFium adds a line for that unless its last segment is a
    curve). Points that only bend a curve are left out.
    """
    call = functions()
    points: list[Point] = []
    straight, bezier_points = True, 0
    for n in range(call.segments(path)):
        segment = call.segment(path, n)
        kind = call.segment_kind(segment)
        if kind == MOVE_TO:
            if len(points) > 1:
                yield points, straight
            points, straight, bezier_points = [], True, 0
        call.segment_point(segment, *_point.addresses)
        if kind == _BEZIER:
            straight, bezier_points = False, bezier_points + 1
        if kind != _BEZIER or bezier_points % _BEZIER_POINTS == 0:
            points.append((_point.values[0], _point.values[1]))
        if kind == _BEZIER and call.segment_closes(segment):
            points.append(points[0])
    if len(points) > 1:
        yield points, straight


def _kind(places: Sequence[Point], straight: bool) -> Kind:
    """The kind of a subpath; a line there and back is a line."""
    if not straight:
        return "curve"
    if len(places) == 2 or (len(places) == 3 and places[0] == places[2]):
        return "line"
    return "rect" if _is_rect(places) else "curve"


def _is_rect(places: Sequence[Point]) -> bool:
    """Whether a subpath is an upright rectangle that ends where it began."""
    if len(places) != 5 or not _same_point(places[0], places[4]):
        return False
    sides = [
        tuple(abs(end - start) < _SAME_POINT for start, end in zip(one, other, strict=True))
        for one, other in pairwise(places)
    ]
    return any(all(side[(n + first) % 2] for n, side in enumerate(sides)) for first in (0, 1))


def _same_point(one: Point, other: Point) -> bool:
    return abs(one[0] - other[0]) < _SAME_POINT and abs(one[1] - other[1]) < _SAME_POINT
