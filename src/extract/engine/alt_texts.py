"""Reads the alternative texts of a tagged PDF, by marked content and by box.

Some producers tie a figure's text to marked content, others give the figure's box only. PDFium
reports the former only, and to walk the whole structure tree of a tagged report takes as long as to
read the report. So the file's objects are searched for the key ``/Alt``, and only the elements that
have it are read, together with what is in them and what they are in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from styrmatt.extract.engine.pdf_objects import PdfObjects, text_string
from styrmatt.geometry import share_of_larger
from styrmatt.printed import Bbox

_MAX_DEPTH = 60
"""Levels of a structure tree that are followed: far more than a document has, so that a cyclic
reference ends."""
_MAX_STEPS = 1_000_000
"""Elements that are looked at in all: a tagged report of a thousand pages has some thousands below
its figures. In a file whose elements contain each other there is no end to them."""
_SAME_BOX = 0.6
"""Share of the larger box from which a box of the structure tree is the box of what is drawn:
producers take the figure's frame or its ink for it, but no neighbour overlaps as much."""
_ALT = re.compile(rb"/Alt(?![A-Za-z])")
_TREE = b"/StructTreeRoot"


class DocumentAltTexts:
    """The alternative texts of a document, found once."""

    def __init__(self, data: bytes, objects: Callable[[], PdfObjects], *, tagged: bool) -> None:
        """``data`` are the file's bytes; ``tagged`` is whether the document says it is tagged.

        ``objects`` is called where the file has to be parsed.
        """
        self._steps = 0
        self._by_content: dict[int, dict[int, str]] = {}
        self._by_box: dict[int, list[tuple[Bbox, str]]] = {}
        if tagged or _TREE in data:
            try:
                self._read(objects())
            except Exception:
                return  # a damaged structure tree is no reason not to read the page

    def on_page(self, number: int, to_page: Callable[[Bbox], Bbox]) -> PageAltTexts:
        """Those of page ``number``, from 1. ``to_page`` converts PDF boxes to places on it."""
        boxes = [(to_page(box), text) for box, text in self._by_box.get(number, ())]
        return PageAltTexts(self._by_content.get(number, {}), boxes)

    def _read(self, objects: PdfObjects) -> None:
        self._resolve = objects.resolve
        elements = [found for found in objects.containing(_ALT) if isinstance(found, dict)]
        self._page_numbers = objects.page_numbers() if elements else {}
        for element in elements:
            self._walk(element, self._page_above(element), None, 0, set())

    def _page_above(self, element: dict[str, Any]) -> int | None:
        """The page of an element, or of the nearest element above it that has one."""
        for _ in range(_MAX_DEPTH):
            if not isinstance(element, dict):
                break
            if "Pg" in element:
                return self._page(element, None)
            element = self._resolve(element.get("P"))
        return None

    def _page(self, element: dict[str, Any], otherwise: int | None) -> int | None:
        return self._page_numbers.get(getattr(element.get("Pg"), "objid", 0)) or otherwise

    def _walk(
        self,
        element: dict[str, Any],
        page: int | None,
        alt: str | None,
        depth: int,
        seen: set[int],
    ) -> None:
        """Store the alternative texts of an element and of all below it, which inherit its text.

        ``seen`` are the objects that were walked through below the same element: a tree has each
        once, and what contains itself would have no end.
        """
        page = self._page(element, page)
        element_alt = _text(self._resolve(element.get("Alt")))
        alt = element_alt or alt
        if element_alt and page is not None:
            boxes = [(box, element_alt) for box in self._boxes(element)]
            self._by_box.setdefault(page, []).extend(boxes)
        for reference in _as_list(self._resolve(element.get("K"))):
            self._steps += 1
            number = getattr(reference, "objid", None)
            if number in seen or self._steps > _MAX_STEPS:
                continue
            if number is not None:
                seen.add(number)
            kid = self._resolve(reference)
            if isinstance(kid, int):
                self._store(page, kid, alt)
            elif isinstance(kid, dict) and "MCID" in kid:
                if "Stm" in kid:
                    continue  # numbered within a form object, not on the page
                self._store(self._page(kid, page), self._resolve(kid["MCID"]), alt)
            elif isinstance(kid, dict) and depth < _MAX_DEPTH:
                self._walk(kid, page, alt, depth + 1, seen)

    def _store(self, page: int | None, mcid: Any, alt: str | None) -> None:
        if alt and page is not None and isinstance(mcid, int):
            self._by_content.setdefault(page, {})[mcid] = alt

    def _boxes(self, element: dict[str, Any]) -> Iterator[Bbox]:
        """The boxes of an element, in the page's coordinates."""
        for attributes in _as_list(self._resolve(element.get("A"))):
            attributes = self._resolve(attributes)
            box = self._resolve(attributes.get("BBox")) if isinstance(attributes, dict) else None
            if isinstance(box, list) and len(box) == 4:
                x0, y0, x1, y1 = (float(self._resolve(value)) for value in box)
                yield (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


class PageAltTexts:
    """The alternative texts of one page."""

    def __init__(self, by_content: dict[int, str], by_box: list[tuple[Bbox, str]]) -> None:
        self._by_content, self._by_box = by_content, by_box

    def get(self, mcid: int | None, box: Bbox) -> str | None:
        """The text of what has this marked-content identifier, or lies in this box."""
        if mcid is not None and mcid in self._by_content:
            return self._by_content[mcid]
        texts = (text for place, text in self._by_box if share_of_larger(place, box) >= _SAME_BOX)
        return next(texts, None)


def _as_list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _text(value: Any) -> str | None:
    """A text without spaces around it; None where nothing is left."""
    return (text_string(value) or "").strip() or None
