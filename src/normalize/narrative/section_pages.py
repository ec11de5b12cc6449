"""The page of a sentence, from the pages of its section's lines."""

from __future__ import annotations

from bisect import bisect_right

from styrmatt.printed import Section
from styrmatt.whitespace import squeeze


class SectionPages:
    """Finds the page on which a piece of a section's clean text begins."""

    def __init__(self, section: Section) -> None:
        self._first = section.place.page
        self._letters = ""
        self._starts: list[int] = []
        self._pages: list[int] = []
        for line, page in zip(section.lines, section.pages, strict=False):
            self._starts.append(len(self._letters))
            self._pages.append(page)
            self._letters += squeeze(line)

    def page(self, text: str) -> int:
        """The page where ``text`` begins; the section's first where it cannot be found."""
        at = self._letters.find(squeeze(text))
        return self._pages[bisect_right(self._starts, at) - 1] if at >= 0 else self._first
