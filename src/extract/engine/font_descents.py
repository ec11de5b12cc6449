"""Reads from a PDF's bytes how far its fonts reach below the baseline.

Where a file says 0 (some producers always do), PDFium guesses from the looks of two glyphs, which
may give anything; then the words of one line would seem to stand at different heights.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

_OBJECT_STREAM = re.compile(rb"/ObjStm\b.{0,400}?stream\r?\n", re.DOTALL)
_DESCENT = re.compile(rb"/Descent\s*([+-]?[\d.]+)")
_NAME = re.compile(rb"/FontName\s*/([^\s/<>\[\]()%]+)")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_UNITS_PER_EM = 1000
"""A PDF gives a font's measures in thousandths of its size."""


def read_descents(data: bytes) -> dict[str, float]:
    """The descents of a file's fonts, 0 or less, in ems, by name without the prefix of a subset.

    Empty for an encrypted file, whose bytes cannot be read in this way.
    """
    found: dict[str, float] = {}
    for part in (data, *_object_streams(data)):
        for descent in _DESCENT.finditer(part):
            start, stop = part.rfind(b"<<", 0, descent.start()), part.find(b">>", descent.end())
            name = _NAME.search(part, start, stop) if 0 <= start < stop else None
            if name is not None:
                found[_font_name(name[1])] = -abs(_number(descent[1])) / _UNITS_PER_EM
    return found


def _object_streams(data: bytes) -> Iterator[bytes]:
    """The unpacked streams that hold a file's objects, as far as they can be unpacked."""
    for head in _OBJECT_STREAM.finditer(data):
        try:
            yield zlib.decompressobj().decompress(data[head.end() :])
        except zlib.error:
            continue


def _number(text: bytes) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _font_name(name: bytes) -> str:
    """A name with its escapes decoded and without the prefix of a subset."""
    unescaped = _ESCAPED.sub(lambda code: bytes([int(code[1], 16)]), name)
    return unescaped.decode("utf-8", "replace").rpartition("+")[2]
