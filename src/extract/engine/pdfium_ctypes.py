"""The functions of PDFium that are called for every character and every path, made cheap to call.

A report of 74 pages has 170,000 characters: what a call costs decides how long a page takes. These
take handles and places in memory as plain numbers, so that ``map`` can call them in a row.
"""

from __future__ import annotations

import ctypes
import sys
from array import array
from collections import deque
from collections.abc import Callable, Iterator
from functools import cache
from itertools import repeat
from typing import Any, Final

Handle = int
"""Where one of PDFium's objects lies in memory."""
Matrix = tuple[float, float, float, float, float, float]

_handle, _place = ctypes.c_void_p, ctypes.c_void_p
_number, _code, _real, _size = ctypes.c_int, ctypes.c_uint, ctypes.c_float, ctypes.c_size_t
_long = ctypes.c_ulong


class Calls:
    """Each function by what it tells. Those that fill memory say whether they did."""

    def __init__(self) -> None:
        import pypdfium2.raw as raw

        def call(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
            """The function with its handles as numbers; it is too short to let others run."""
            place = ctypes.cast(function, ctypes.c_void_p).value or 0
            return ctypes.PYFUNCTYPE(result, *arguments)(place)

        self.unicode = call(raw.FPDFText_GetUnicode, _code, _handle, _number)
        self.text = call(raw.FPDFText_GetText, _number, _handle, _number, _number, _place)
        self.origin = call(raw.FPDFText_GetCharOrigin, _number, _handle, _number, _place, _place)
        self.turn = call(raw.FPDFText_GetMatrix, _number, _handle, _number, _place)

        # Asked of every character: they take what _of_each and boxes have made ready for C.
        self.is_unmapped = call(raw.FPDFText_HasUnicodeMapError, _number)
        self.text_object = call(raw.FPDFText_GetTextObject, _handle)
        self.box = call(raw.FPDFText_GetLooseCharBox, _number)

        self.text_mode = call(raw.FPDFTextObj_GetTextRenderMode, _number, _handle)
        self.clip_path = call(raw.FPDFPageObj_GetClipPath, _handle, _handle)
        self.clip_paths = call(raw.FPDFClipPath_CountPaths, _number, _handle)
        self.clip_segments = call(raw.FPDFClipPath_CountPathSegments, _number, _handle, _number)
        self.clip_segment = call(
            raw.FPDFClipPath_GetPathSegment, _handle, _handle, _number, _number
        )
        self.see_through = call(raw.FPDFPageObj_HasTransparency, _number, _handle)
        self.marks = call(raw.FPDFPageObj_CountMarks, _number, _handle)
        self.mark = call(raw.FPDFPageObj_GetMark, _handle, _handle, _size)
        self.mark_name = call(raw.FPDFPageObjMark_GetName, _number, _handle, _place, _long, _place)
        self.mark_text = call(
            raw.FPDFPageObjMark_GetParamStringValue, _number, _handle, _place, _place, _long, _place
        )

        self.font = call(raw.FPDFTextObj_GetFont, _handle, _handle)
        self.font_size = call(raw.FPDFTextObj_GetFontSize, _number, _handle, _place)
        self.font_name = call(raw.FPDFFont_GetBaseFontName, _size, _handle, _place, _size)
        self.descent = call(raw.FPDFFont_GetDescent, _number, _handle, _real, _place)
        self.advance = call(raw.FPDFFont_GetGlyphWidth, _number, _handle, _code, _real, _place)

        self.kind = call(raw.FPDFPageObj_GetType, _number, _handle)
        self.matrix = call(raw.FPDFPageObj_GetMatrix, _number, _handle, _place)
        self.content = call(raw.FPDFPageObj_GetMarkedContentID, _number, _handle)
        self.fill = call(raw.FPDFPageObj_GetFillColor, _number, _handle, *[_place] * 4)
        self.stroke = call(raw.FPDFPageObj_GetStrokeColor, _number, _handle, *[_place] * 4)
        self.line_width = call(raw.FPDFPageObj_GetStrokeWidth, _number, _handle, _place)
        self.objects_on_page = call(raw.FPDFPage_CountObjects, _number, _handle)
        self.object_on_page = call(raw.FPDFPage_GetObject, _handle, _handle, _number)
        self.objects_in_form = call(raw.FPDFFormObj_CountObjects, _number, _handle)
        self.object_in_form = call(raw.FPDFFormObj_GetObject, _handle, _handle, _size)

        self.draw_mode = call(raw.FPDFPath_GetDrawMode, _number, _handle, _place, _place)
        self.segments = call(raw.FPDFPath_CountSegments, _number, _handle)
        self.segment = call(raw.FPDFPath_GetPathSegment, _handle, _handle, _number)
        self.segment_kind = call(raw.FPDFPathSegment_GetType, _number, _handle)
        self.segment_point = call(raw.FPDFPathSegment_GetPoint, _number, _handle, _place, _place)
        self.segment_closes = call(raw.FPDFPathSegment_GetClose, _number, _handle)


calls = cache(Calls)
"""All functions, looked up once."""


def handle_of(thing: Any) -> Handle:
    """The handle of a page or a text page of pypdfium2."""
    return ctypes.cast(thing.raw, ctypes.c_void_p).value or 0


_BROKEN_OFF = 0xFFFE
"""How the text of a whole page tells of a hyphen at the end of a line."""


def codes_of(textpage: Handle, count: int) -> list[int]:
    """What PDFium tells of each character by itself, asked for all at once where that is the same.

    It is, but for broken-off hyphens, where the page's text has one code for each character.
    """
    call = calls()
    codes = array("H", bytes(2 * count + 2))
    told = call.text(textpage, 0, count, codes.buffer_info()[0]) - 1
    if told != count:
        return list(map(call.unicode, repeat(textpage), range(count)))
    if sys.byteorder == "big":  # PDFium tells it in the order of the other kind of machine
        codes.byteswap()
    found = codes[:count].tolist()
    for at in [at for at, code in enumerate(found) if code == _BROKEN_OFF]:
        found[at] = call.unicode(textpage, at)
    return found


class Slots:
    """Numbers side by side in memory, to be filled: ``at`` are their places."""

    def __init__(self, kind: str, count: int) -> None:
        """``kind`` as in :mod:`array`: f, d, i, I."""
        self.values: array[Any] = array(kind, bytes(array(kind).itemsize * count))
        start, step = self.values.buffer_info()[0], self.values.itemsize
        self.at = tuple(range(start, start + step * count, step))


def unmapped(textpage: Handle, count: int) -> Iterator[int]:
    """For each character whether its font does not tell what it is."""
    return _of_each(calls().is_unmapped, textpage, count)


def owners(textpage: Handle, count: int) -> list[Handle | None]:
    """For each character the object that drew it; None for those that PDFium has added."""
    return list(_of_each(calls().text_object, textpage, count))


def _of_each(function: Callable[..., Any], textpage: Handle, count: int) -> Iterator[Any]:
    """What a function tells of each character.

    The handle is made ready once: to turn it into C's for each takes as long as the call.
    """
    return map(function, repeat(_handle.from_param(textpage)), range(count))


def boxes(textpage: Handle, count: int) -> tuple[array[float], array[float]]:
    """Left and right ends of a text page's characters; they are equal where one is turned."""
    values, places = _rooms()
    handle = repeat(_handle.from_param(textpage))
    lefts, rights = array("f"), array("f")
    for start in range(0, count, _ROOMS):
        numbers = range(start, min(start + _ROOMS, count))
        deque(map(calls().box, handle, numbers, places), maxlen=0)
        lefts += values[0 : 4 * len(numbers) : 4]
        rights += values[2 : 4 * len(numbers) : 4]
    return lefts, rights


_ROOMS: Final = 4096
"""Boxes that are asked for before they are taken over: more than most pages have characters."""


@cache
def _rooms() -> tuple[array[float], list[Any]]:
    """Numbers to be filled, four for a box, and their places, made ready for C."""
    slots = Slots("f", 4 * _ROOMS)
    return slots.values, list(map(_place.from_param, slots.at[::4]))
