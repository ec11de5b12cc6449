"""Calls the functions of PDFium that are needed for every character and path, cheaply.

A report of 74 pages has 170,000 characters, so what a call costs decides how long a page takes.
These functions take handles and memory addresses as plain integers, so that ``map`` can call them.
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
"""The address of one of PDFium's objects."""

_handle, _address = ctypes.c_void_p, ctypes.c_void_p
_number, _code, _real, _size = ctypes.c_int, ctypes.c_uint, ctypes.c_float, ctypes.c_size_t
_long = ctypes.c_ulong


class PdfiumFunctions:
    """PDFium's functions by what they return. Those that fill memory return whether they did."""

    def __init__(self) -> None:
        import pypdfium2.raw as raw

        def call(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
            """The function with integers for handles, called without releasing the GIL.

            The calls are so short that to release it would cost more than other threads gain.
            """
            address = ctypes.cast(function, ctypes.c_void_p).value or 0
            return ctypes.PYFUNCTYPE(result, *arguments)(address)

        self.unicode = call(raw.FPDFText_GetUnicode, _code, _handle, _number)
        self.text = call(raw.FPDFText_GetText, _number, _handle, _number, _number, _address)
        self.origin = call(raw.FPDFText_GetCharOrigin, _number, _handle, _number, *[_address] * 2)
        self.text_matrix = call(raw.FPDFText_GetMatrix, _number, _handle, _number, _address)

        # Called for every character, with arguments that were converted to C before (no argtypes).
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
        self.mark_name = call(
            raw.FPDFPageObjMark_GetName, _number, _handle, _address, _long, _address
        )
        self.mark_text = call(
            raw.FPDFPageObjMark_GetParamStringValue,
            _number,
            _handle,
            _address,
            _address,
            _long,
            _address,
        )

        self.font = call(raw.FPDFTextObj_GetFont, _handle, _handle)
        self.font_size = call(raw.FPDFTextObj_GetFontSize, _number, _handle, _address)
        self.font_name = call(raw.FPDFFont_GetBaseFontName, _size, _handle, _address, _size)
        self.descent = call(raw.FPDFFont_GetDescent, _number, _handle, _real, _address)
        self.advance = call(raw.FPDFFont_GetGlyphWidth, _number, _handle, _code, _real, _address)

        self.kind = call(raw.FPDFPageObj_GetType, _number, _handle)
        self.matrix = call(raw.FPDFPageObj_GetMatrix, _number, _handle, _address)
        self.bounds = call(raw.FPDFPageObj_GetBounds, _number, _handle, *[_address] * 4)
        self.mcid = call(raw.FPDFPageObj_GetMarkedContentID, _number, _handle)
        self.fill = call(raw.FPDFPageObj_GetFillColor, _number, _handle, *[_address] * 4)
        self.stroke = call(raw.FPDFPageObj_GetStrokeColor, _number, _handle, *[_address] * 4)
        self.line_width = call(raw.FPDFPageObj_GetStrokeWidth, _number, _handle, _address)
        self.objects_on_page = call(raw.FPDFPage_CountObjects, _number, _handle)
        self.object_on_page = call(raw.FPDFPage_GetObject, _handle, _handle, _number)
        self.objects_in_form = call(raw.FPDFFormObj_CountObjects, _number, _handle)
        self.object_in_form = call(raw.FPDFFormObj_GetObject, _handle, _handle, _size)

        self.draw_mode = call(raw.FPDFPath_GetDrawMode, _number, _handle, _address, _address)
        self.segments = call(raw.FPDFPath_CountSegments, _number, _handle)
        self.segment = call(raw.FPDFPath_GetPathSegment, _handle, _handle, _number)
        self.segment_kind = call(raw.FPDFPathSegment_GetType, _number, _handle)
        self.segment_point = call(raw.FPDFPathSegment_GetPoint, _number, _handle, *[_address] * 2)
        self.segment_closes = call(raw.FPDFPathSegment_GetClose, _number, _handle)


functions = cache(PdfiumFunctions)
"""All functions, looked up when first used."""


def handle_of(wrapper: Any) -> Handle:
    """The handle of a page or a text page of pypdfium2."""
    return ctypes.cast(wrapper.raw, ctypes.c_void_p).value or 0


_LINE_END_HYPHEN = 0xFFFE
"""What a page's text has for a hyphen at the end of a line; a single character has its own code."""


def character_codes(textpage: Handle, count: int) -> list[int]:
    """The code of each character of a page.

    Where the page's text has one code for each character, all are fetched at once, but for hyphens
    at ends of lines.
    """
    call = functions()
    codes = array("H", bytes(2 * count + 2))
    fetched = call.text(textpage, 0, count, codes.buffer_info()[0]) - 1
    if fetched != count:
        return list(map(call.unicode, repeat(textpage), range(count)))
    if sys.byteorder == "big":  # PDFium always writes UTF-16LE
        codes.byteswap()
    found = codes[:count].tolist()
    for at in [at for at, code in enumerate(found) if code == _LINE_END_HYPHEN]:
        found[at] = call.unicode(textpage, at)
    return found


class CArray:
    """An array in memory for C functions to write into."""

    def __init__(self, kind: str, count: int) -> None:
        """``kind`` is a type code of :mod:`array`: f, d, i, I."""
        self.values: array[Any] = array(kind, bytes(array(kind).itemsize * count))
        start, step = self.values.buffer_info()[0], self.values.itemsize
        self.addresses = tuple(range(start, start + step * count, step))
        """The address of each value."""


def lacks_unicode(textpage: Handle, count: int) -> Iterator[int]:
    """For each character whether its font does not say which character it is (0 or 1)."""
    return _of_each(functions().is_unmapped, textpage, count)


def text_objects(textpage: Handle, count: int) -> list[Handle | None]:
    """For each character the object that drew it; None for those that PDFium has added."""
    return list(_of_each(functions().text_object, textpage, count))


def _of_each(function: Callable[..., Any], textpage: Handle, count: int) -> Iterator[Any]:
    """What a function returns for each character.

    The handle is converted to C once; to do so for each character takes as long as the call.
    """
    return map(function, repeat(_handle.from_param(textpage)), range(count))


_BATCH: Final = 4096
"""Boxes that are fetched before they are copied out: more than most pages have characters."""


def horizontal_extents(textpage: Handle, count: int) -> tuple[array[float], array[float]]:
    """Left and right ends of a page's characters, in its coordinates; equal for a turned one."""
    values, addresses = _box_batch()
    handle = repeat(_handle.from_param(textpage))
    lefts, rights = array("f"), array("f")
    for start in range(0, count, _BATCH):
        numbers = range(start, min(start + _BATCH, count))
        deque(map(functions().box, handle, numbers, addresses), maxlen=0)
        lefts += values[0 : 4 * len(numbers) : 4]
        rights += values[2 : 4 * len(numbers) : 4]
    return lefts, rights


def box_of(textpage: Handle, at: int) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a character's box on a page, in its coordinates."""
    values, addresses = _box_batch()
    functions().box(_handle.from_param(textpage), ctypes.c_int(at), addresses[0])
    left, top, right, bottom = values[:4]
    return left, top, right, bottom


@cache
def _box_batch() -> tuple[array[float], list[Any]]:
    """Memory for a batch of boxes of four numbers, and each box's address, converted to C."""
    boxes = CArray("f", 4 * _BATCH)
    return boxes.values, list(map(_address.from_param, boxes.addresses[::4]))
