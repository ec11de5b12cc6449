"""The page and the box of a sentence, from those of its section's lines."""

from __future__ import annotations

from bisect import bisect_right

from styrmatt.geometry import union
from styrmatt.printed import Bbox, Location, Section
from styrmatt.whitespace import squeeze


class SectionPages:
    """Finds the page on which a piece of a section's clean text begins, and its box there."""

    def __init__(self, section: Section) -> None:
        self._first = section.place.page
        self._letters = ""
        self._starts: list[int] = []
        self._pages: list[int] = []
        self._boxes = section.line_boxes
        for line, page in zip(section.lines, section.pages, strict=False):
            self._starts.append(len(self._letters))
            self._pages.append(page)
            self._letters += squeeze(line)

    def page(self, text: str) -> int:
        """The page where ``text`` begins; the section's first where it cannot be found."""
        return self.place(text).page

    def place(self, text: str) -> Location:
        """The page where ``text`` begins, and the box of its lines there.

        The section's first page and no box where it cannot be found; no box in a text file.
        """
        letters = squeeze(text)
        at = self._letters.find(letters)
        if at < 0:
            return Location(self._first, self._first)
        first = bisect_right(self._starts, at) - 1
        last = bisect_right(self._starts, at + max(0, len(letters) - 1)) - 1
        page = self._pages[first]
        return Location(page, self._pages[last], self._box(first, last, page))

    def _box(self, first: int, last: int, page: int) -> Bbox | None:
        lines = range(first, last + 1)
        boxes = [self._boxes[n] for n in lines if self._boxes and self._pages[n] == page]
        return union(boxes) if boxes else None
