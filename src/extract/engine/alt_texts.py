"""Alternative texts of a tagged PDF, by marked content and by place.

Some producers tie a figure's text to marked content, others give the figure's box alone. PDFium
tells of the former only, and to walk the whole tree of a tagged report takes as long as to read the
report. So the word is looked for in the file's objects, and only the elements that have it are
read, with what is in them and what they stand in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from styrmatt.extract.engine.pdf_objects import SingleObjects
from styrmatt.geometry import share_of_larger
from styrmatt.printed import Bbox

_DEPTH = 60
"""Structure trees deeper than this are not followed: they run in circles."""
_HAS_TEXT = re.compile(rb"/Alt(?![A-Za-z])")
_TREE = b"/StructTreeRoot"


class AlternativeTexts:
    """The alternative texts of a document, found once."""

    def __init__(self, data: bytes, password: str | None, *, tagged: bool) -> None:
        """``tagged`` is whether the document says that it is; ``data`` are the file's bytes."""
        self._by_content: dict[int, dict[int, str]] = {}
        self._by_place: dict[int, list[tuple[Bbox, str]]] = {}
        if tagged or _TREE in data:
            try:
                self._read(data, password)
            except Exception:
                return  # a damaged structure tree is no reason not to read the page

    def of(self, number: int, place: Callable[[Bbox], Bbox]) -> PageAlternativeTexts:
        """Those of page ``number``, from 1. ``place`` turns its coordinates into places."""
        places = [(place(box), text) for box, text in self._by_place.get(number, ())]
        return PageAlternativeTexts(self._by_content.get(number, {}), places)

    def _read(self, data: bytes, password: str | None) -> None:
        objects = SingleObjects(data, password)
        self._resolve = objects.resolve
        elements = [found for found in objects.with_word(_HAS_TEXT) if isinstance(found, dict)]
        self._numbers = objects.page_numbers() if elements else {}
        for element in elements:
            self._walk(element, self._page_above(element), None, 0)

    def _page_above(self, element: dict[str, Any]) -> int | None:
        """The page of an element, or of the nearest above it that has one."""
        for _ in range(_DEPTH):
            if not isinstance(element, dict):
                break
            if "Pg" in element:
                return self._page(element, None)
            element = self._resolve(element.get("P"))
        return None

    def _page(self, element: dict[str, Any], otherwise: int | None) -> int | None:
        return self._numbers.get(getattr(element.get("Pg"), "objid", 0)) or otherwise

    def _walk(self, element: dict[str, Any], page: int | None, alt: str | None, depth: int) -> None:
        page = self._page(element, page)
        own = _text(self._resolve(element.get("Alt")))
        alt = own or alt
        if own and page is not None:
            self._by_place.setdefault(page, []).extend((box, own) for box in self._boxes(element))
        for kid in _listed(self._resolve(element.get("K"))):
            kid = self._resolve(kid)
            if isinstance(kid, int):
                self._note(page, kid, alt)
            elif isinstance(kid, dict) and "MCID" in kid:
                if "Stm" in kid:
                    continue  # numbered within a form object, not on the page
                self._note(self._page(kid, page), self._resolve(kid["MCID"]), alt)
            elif isinstance(kid, dict) and depth < _DEPTH:
                self._walk(kid, page, alt, depth + 1)

    def _note(self, page: int | None, content: Any, alt: str | None) -> None:
        if alt and page is not None and isinstance(content, int):
            self._by_content.setdefault(page, {})[content] = alt

    def _boxes(self, element: dict[str, Any]) -> Iterator[Bbox]:
        for attributes in _listed(self._resolve(element.get("A"))):
            attributes = self._resolve(attributes)
            box = self._resolve(attributes.get("BBox")) if isinstance(attributes, dict) else None
            if isinstance(box, list) and len(box) == 4:
                x0, y0, x1, y1 = (float(self._resolve(value)) for value in box)
                yield (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


class PageAlternativeTexts:
    """The alternative texts of one page."""

    def __init__(self, by_content: dict[int, str], by_place: list[tuple[Bbox, str]]) -> None:
        self._by_content, self._by_place = by_content, by_place

    def get(self, content: int | None, box: Bbox) -> str | None:
        """The text of what has this marked-content number, or stands in this box."""
        if content is not None and content in self._by_content:
            return self._by_content[content]
        return next((text for place, text in self._by_place if _same(place, box)), None)


def _same(one: Bbox, other: Bbox) -> bool:
    """Whether two boxes share most of what they cover."""
    return share_of_larger(one, other) >= 0.6


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _text(value: Any) -> str | None:
    """A PDF text string: UTF-16 or UTF-8 by its mark, else (nearly) Latin-1."""
    if isinstance(value, bytes):
        marked = {b"\xfe\xff": "utf-16", b"\xff\xfe": "utf-16", b"\xef\xbb": "utf-8-sig"}
        value = value.decode(marked.get(value[:2], "latin-1"), errors="replace")
    return value.strip() or None if isinstance(value, str) else None
