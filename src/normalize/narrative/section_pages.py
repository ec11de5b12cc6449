"""The page and the box of a sentence, from those of its section's lines."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate

from styrmatt.geometry import union
from styrmatt.printed import Bbox, Location, Section
from styrmatt.whitespace import squeeze


class SectionPages:
    """Finds the page on which a piece of a section's clean text begins, and its box there."""

    def __init__(self, section: Section) -> None:
        self._section = section
        self._first = section.place.page
        self._pages = section.pages

    @cached_property
    def _boxes(self) -> Sequence[Bbox]:
        return self._section.line_boxes

    @cached_property
    def _of_lines(self) -> list[str]:
        """The letters of each line. Most sections are never asked for a place."""
        lines = zip(self._section.lines, self._section.pages, strict=False)
        return [squeeze(line) for line, _ in lines]

    @cached_property
    def _letters(self) -> str:
        return "".join(self._of_lines)

    @cached_property
    def _starts(self) -> list[int]:
        """Where each line begins in the letters of all."""
        return list(accumulate(map(len, self._of_lines[:-1]), initial=0))

    def page(self, text: str) -> int:
        """The page where ``text`` begins; the section's first where it cannot be found."""
        return self.place(text).page

    def place(self, text: str, number: int = 0) -> Location:
        """The page where ``text`` begins, and the box of its lines there.

        ``number`` says how often the text stands in the section before, as a sentence does that is
        printed below each measure. The section's first page and no box where it cannot be found;
        no box in a text file.
        """
        letters = squeeze(text)
        at = self._letters.find(letters)
        for _ in range(number):
            further = self._letters.find(letters, at + len(letters))
            at = further if further >= 0 else at
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
