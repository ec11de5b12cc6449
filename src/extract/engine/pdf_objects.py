"""Single objects of a PDF's file, read with pdfminer one by one.

pdfminer parses a packed stream of objects as a whole when one of them is asked for; a tagged report
has tens of thousands, of which a few hundred matter.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from io import BytesIO
from typing import Any

_DEPTH = 60
"""Trees of pages deeper than this are not followed: they run in circles."""


class SingleObjects:
    """The objects of a file. Raises what pdfminer raises where the file is damaged."""

    def __init__(self, data: bytes, password: str | None) -> None:
        from pdfminer.pdfdocument import PDFDocument
        from pdfminer.pdfparser import PDFParser

        self._data = data
        self._document: Any = PDFDocument(PDFParser(BytesIO(data)), password=password or "")
        self._alone: dict[int, int] = {}
        self._packed: dict[int, tuple[int, int]] = {}
        self._streams: dict[int, _PackedStream] = {}
        self._known: dict[int, Any] = {}
        for xref in reversed(self._document.xrefs):
            for number in xref.get_objids():
                stream, position, _ = xref.get_pos(number)
                if stream is None:
                    self._alone[number] = position
                else:
                    self._packed[number] = (stream, position)

    def resolve(self, value: Any) -> Any:
        """The value, or the object to which it refers."""
        for _ in range(_DEPTH):
            number = getattr(value, "objid", None)
            if number is None or not hasattr(value, "resolve"):
                return value
            value = self._object(number)
        return None

    @property
    def catalog(self) -> Any:
        """The document's catalog."""
        return self._document.catalog

    def with_word(self, word: re.Pattern[bytes]) -> Iterator[Any]:
        """The objects in which a word stands, streams aside."""
        numbers = {position: number for number, position in self._alone.items()}
        starts = sorted(numbers)
        for place in sorted({bisect_right(starts, m.start()) for m in word.finditer(self._data)}):
            if place:
                yield self._object(numbers[starts[place - 1]])
        for number in sorted({stream for stream, _ in self._packed.values()}):
            stream = self._stream(number)
            yield from map(stream.object, stream.with_word(word))

    def page_numbers(self) -> dict[int, int]:
        """From the numbers of the objects that are pages to the pages' numbers, from 1."""
        root = self._document.catalog.get("Pages")
        return {number: n for n, number in enumerate(self._pages(root, 0), 1)}

    def _pages(self, reference: Any, depth: int) -> Iterator[int]:
        node = self.resolve(reference)
        if isinstance(node, dict) and "Kids" in node:
            for kid in self.resolve(node["Kids"]) if depth < _DEPTH else ():
                yield from self._pages(kid, depth + 1)
        elif isinstance(node, dict):
            yield reference.objid

    def _object(self, number: int) -> Any:
        if number not in self._known:
            if number in self._packed:
                stream, index = self._packed[number]
                self._known[number] = self._stream(stream).object(index)
            else:
                self._known[number] = self._document.getobj(number)
        return self._known[number]

    def _stream(self, number: int) -> _PackedStream:
        if number not in self._streams:
            self._streams[number] = _PackedStream(self._document, self._document.getobj(number))
        return self._streams[number]


class _PackedStream:
    """A stream into which objects are packed."""

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

    def with_word(self, word: re.Pattern[bytes]) -> list[int]:
        """The indexes of the objects in which a word stands."""
        found = word.finditer(self._data, self._first)
        return sorted({bisect_right(self._starts, match.start()) - 1 for match in found})
