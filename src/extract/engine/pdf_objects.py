"""Reads single objects of a PDF file with pdfminer, one by one.

pdfminer parses an object stream as a whole when one of its objects is asked for; a tagged report
has tens of thousands, of which a few hundred matter.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from io import BytesIO
from typing import Any

_MAX_DEPTH = 60
"""Levels of the page tree, and references from one to the next, that are followed: far more than a
file has, so that a cyclic reference ends."""


def text_string(value: Any) -> str | None:
    """A PDF text string: UTF-16 or UTF-8 by its byte order mark, else (nearly) Latin-1.

    None for what is no text.
    """
    if isinstance(value, bytes):
        encodings = {b"\xfe\xff": "utf-16", b"\xff\xfe": "utf-16", b"\xef\xbb": "utf-8-sig"}
        return value.decode(encodings.get(value[:2], "latin-1"), errors="replace")
    return value if isinstance(value, str) else None


class PdfObjects:
    """The objects of a file, by number. Raises what pdfminer raises where the file is damaged."""

    def __init__(self, data: bytes, password: str | None) -> None:
        from pdfminer.pdfdocument import PDFDocument
        from pdfminer.pdfparser import PDFParser

        self._data = data
        self._document: Any = PDFDocument(PDFParser(BytesIO(data)), password=password or "")
        self._offsets: dict[int, int] = {}
        self._packed: dict[int, tuple[int, int]] = {}
        self._streams: dict[int, _ObjectStream] = {}
        self._parsed: dict[int, Any] = {}
        for xref in reversed(self._document.xrefs):
            for number in xref.get_objids():
                stream, position, _ = xref.get_pos(number)
                if stream is None:
                    self._offsets[number] = position
                else:
                    self._packed[number] = (stream, position)

    def resolve(self, value: Any) -> Any:
        """The value, or the object to which it refers; None where references have no end."""
        for _ in range(_MAX_DEPTH):
            number = getattr(value, "objid", None)
            if number is None or not hasattr(value, "resolve"):
                return value
            value = self._object(number)
        return None

    @property
    def catalog(self) -> Any:
        """The document's catalog, a dictionary."""
        return self._document.catalog

    def containing(self, pattern: re.Pattern[bytes]) -> Iterator[Any]:
        """The objects in whose source a pattern occurs; the contents of streams do not count."""
        numbers = {position: number for number, position in self._offsets.items()}
        starts = sorted(numbers)
        for place in sorted(
            {bisect_right(starts, m.start()) for m in pattern.finditer(self._data)}
        ):
            if place:
                yield self._object(numbers[starts[place - 1]])
        for number in sorted({stream for stream, _ in self._packed.values()}):
            stream = self._stream(number)
            yield from map(stream.object, stream.containing(pattern))

    def page_numbers(self) -> dict[int, int]:
        """The page numbers, from 1, by the numbers of the objects that are the pages."""
        root = self._document.catalog.get("Pages")
        return {number: n for n, number in enumerate(self._pages(root, 0), 1)}

    def _pages(self, reference: Any, depth: int) -> Iterator[int]:
        node = self.resolve(reference)
        if isinstance(node, dict) and "Kids" in node:
            for kid in self.resolve(node["Kids"]) if depth < _MAX_DEPTH else ():
                yield from self._pages(kid, depth + 1)
        elif isinstance(node, dict):
            yield reference.objid

    def _object(self, number: int) -> Any:
        if number not in self._parsed:
            if number in self._packed:
                stream, index = self._packed[number]
                self._parsed[number] = self._stream(stream).object(index)
            else:
                self._parsed[number] = self._document.getobj(number)
        return self._parsed[number]

    def _stream(self, number: int) -> _ObjectStream:
        if number not in self._streams:
            self._streams[number] = _ObjectStream(self._document, self._document.getobj(number))
        return self._streams[number]


class _ObjectStream:
    """A stream into which several objects are packed."""

    def __init__(self, document: Any, stream: Any) -> None:
        self._document = document
        self._data: bytes = stream.get_data()
        self._first = int(stream["First"])
        head = self._data[: self._first].split()
        self._starts = [self._first + int(word) for word in head[1::2]]
        self._ends = [*self._starts[1:], len(self._data)]

    def object(self, index: int) -> Any:
        """The object with this index."""
        from pdfminer.pdfparser import PDFStreamParser

        parser = PDFStreamParser(self._data[self._starts[index] : self._ends[index]])
        parser.set_document(self._document)
        return parser.nextobject()[1]

    def containing(self, pattern: re.Pattern[bytes]) -> list[int]:
        """The indexes of the objects in whose source a pattern occurs."""
        found = pattern.finditer(self._data, self._first)
        return sorted({bisect_right(self._starts, match.start()) - 1 for match in found})
