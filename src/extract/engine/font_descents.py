"""How far below the line the fonts of a PDF reach, by what the file says of them.

Where a file says 0 (some producers always do), PDFium guesses by the looks of two glyphs, which may
be anything; then words of one line would seem to stand at different heights.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

_PACKED = re.compile(rb"/ObjStm\b.{0,400}?stream\r?\n", re.DOTALL)
_DESCENT = re.compile(rb"/Descent\s*([+-]?[\d.]+)")
_NAME = re.compile(rb"/FontName\s*/([^\s/<>\[\]()%]+)")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


def read_descents(data: bytes) -> dict[str, float]:
    """From a font's name, without a subset's prefix, to its descent in sizes of the font.

    It is 0 or less. An encrypted file may tell of none.
    """
    found: dict[str, float] = {}
    for part in (data, *_unpacked(data)):
        for descent in _DESCENT.finditer(part):
            start, stop = part.rfind(b"<<", 0, descent.start()), part.find(b">>", descent.end())
            name = _NAME.search(part, start, stop) if 0 <= start < stop else None
            if name is not None:
                found[_plain(name[1])] = -abs(_number(descent[1])) / 1000
    return found


def _unpacked(data: bytes) -> Iterator[bytes]:
    """The streams into which a file's objects are packed, as far as they can be unpacked."""
    for head in _PACKED.finditer(data):
        try:
            yield zlib.decompressobj().decompress(data[head.end() :])
        except zlib.error:
            continue


def _number(text: bytes) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _plain(name: bytes) -> str:
    bare = _ESCAPED.sub(lambda code: bytes([int(code[1], 16)]), name)
    return bare.decode("utf-8", "replace").rpartition("+")[2]
