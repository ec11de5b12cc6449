"""Collects where a report says what it is: its first pages, and running heads and feet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from typing import Final

from styrmatt.extract.cover import Cover, CoverReader
from styrmatt.vocabulary import Running
from styrmatt.whitespace import single_spaced, squeeze

_FRONT_PAGES: Final = 3
"""Pages with text at a report's beginning on which its title stands: behind a logo's page and an
inner one comes the text."""
_FRONT_LINES: Final = 25
"""Lines of the longest page that may come before the title's; running text has more."""
_COVER_LINES: Final = 40
"""Lines of a front page that are looked at. Where a report has no cover, its text begins there."""
_LONGEST_LINE: Final = 200
"""Characters of a line that are looked at: titles and names are shorter, and a page without breaks
would take the patterns of names very long."""
_HEAD_LINES: Final = 3
"""Lines at a page's top and bottom that may be a running head or foot."""
_HEAD_PAGES: Final = 3
"""Pages on which a line must stand to be one: on two the same heading may stand by chance."""
_HEAD_SHARE: Final = 0.3
"""And the share of pages: heads of left and right pages differ, and chapters have none."""
_BROKEN: Final = re.compile(
    r"(?<=[^\W\d_])(?:[-\u00ad\u2010]\r?\n|[\ufffe\x02](?:\r?\n)?)(?=([^\W\d_]+))"
    r"|[\ufffe\x02\u00ad]"
)
"""Where a line breaks a word; pdfium gives U+0002 or U+FFFE for the hyphen and leaves the break
out."""
_YEAR_DIGITS: Final = 4
"""Digits of a year; a report's first pages have numbers of fewer."""
_PAGE_NUMBER: Final = re.compile(r"^[0-9]{1,3}\s+(?=[^\W\d])|\s+[0-9]{1,3}\s?(?:\([0-9]{1,3}\))?$")
"""A page's number beside a running head."""


class FrontPages:
    """Takes pages in their order; :attr:`cover` is what the first ones say so far."""

    def __init__(self, covers: CoverReader, words: Running, suspend: Collection[str] = ()) -> None:
        """Before the words ``suspend`` a hyphen is no broken word: "barn- och"."""
        self._covers = covers
        self._suspend = frozenset(suspend)
        self._contents = {squeeze(word) for word in words.contents_heading}
        self._page_marks = words.page_marks
        self._lines: list[str] = []
        self._front_pages = 0
        self._is_open = True
        self._heads: Counter[str] = Counter()
        self._pages = 0
        self.cover = Cover()
        """What the pages say on which the title stands or may stand."""

    def page(self, text: str) -> None:
        """Take a page's text, its lines apart where it has any."""
        printed = self._lines_of(text)
        if not printed:
            return
        self._pages += 1
        inner = printed[_HEAD_LINES : max(len(printed) - _HEAD_LINES, _HEAD_LINES)]
        top, bottom = printed[:_HEAD_LINES], printed[_HEAD_LINES + len(inner) :]
        top, bottom = (list(map(self._without_number, part)) for part in (top, bottom))
        lines = [line for line in (*top, *inner, *bottom) if line]
        if not lines:
            return
        self._heads.update({*top, *bottom} - {""})
        if self._is_open:
            self._take(lines)

    def _lines_of(self, text: str) -> list[str]:
        """The lines of a page, cut where none is a title any more; later on those at its edges."""
        if self._is_open:
            printed = _BROKEN.sub(self._joint, text).split("\n")
        else:
            printed = [line for line in text.split("\n") if not line.isspace() and line]
            printed = printed[:_HEAD_LINES] + printed[_HEAD_LINES:][-_HEAD_LINES:]
        lines = (single_spaced(line[:_LONGEST_LINE]) for line in printed)
        return [line for line in lines if line]

    def _take(self, lines: list[str]) -> None:
        """Read the cover anew with another page of the report's beginning."""
        if squeeze(lines[0]) in self._contents:
            self._is_open = False
            return
        self._lines += lines[:_COVER_LINES]
        self._front_pages += 1
        self.cover = self._covers.read(self._lines)
        has_title = self.cover.report_title is not None and bool(self.cover.report_title.years)
        is_last = len(lines) > _FRONT_LINES or self._front_pages == _FRONT_PAGES
        self._is_open = not (has_title or is_last)

    def head_lines(self) -> list[str]:
        """The running heads and feet, the most frequent first, without numbers of pages."""
        least = max(_HEAD_PAGES, _HEAD_SHARE * self._pages)
        return [line for line, count in self._heads.most_common() if count >= least]

    def _without_number(self, line: str) -> str:
        """A line at a page's edge without the number of the page, which is no part of a title."""
        for mark in self._page_marks:
            line = mark.sub(_unless_year, line).strip()
        return self._covers.without_number(line, _PAGE_NUMBER.sub("", line))

    def _joint(self, hyphen: re.Match[str]) -> str:
        """What stands where a line ends in a hyphen: nothing within a word, else the hyphen."""
        word = hyphen[1]
        if word is None or word.islower():
            return "- " if word in self._suspend else ""
        return "-"


def _unless_year(mark: re.Match[str]) -> str:
    """Nothing for a page's mark; a year on a line of its own looks like one and stays."""
    return mark[0] if len(mark.groupdict().get("page") or "") >= _YEAR_DIGITS else ""
