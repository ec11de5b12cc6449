"""Which pages of a report are scans: pictures of paper, without text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice
from typing import Final, Protocol

from styrmatt.extract.legibility import page_kind
from styrmatt.extract.model.page import Page
from styrmatt.files import ReportFile
from styrmatt.scans.scanned_page import Scans

_LITTLE_TEXT: Final = 20
"""Letters and figures from which a page has text and is not looked at."""
_SCALE: Final = 0.25
"""Pixels per point of the picture that is looked at for paper."""
_BRIGHT: Final = 200
"""Brightness (of 255) from which a pixel is paper."""
_PAPER: Final = 0.5
"""Share of a scan that is paper; a photograph over a whole page has less."""


class Recogniser(Protocol):
    """Recognises the text of scanned pages."""

    @property
    def force(self) -> bool:
        """Whether it is asked for all pages, not for scans alone."""

    def __call__(self, pages: Sequence[int], /) -> tuple[ReportFile, Scans] | None:
        """The report with these pages recognised; None where that cannot be done here.

        Raises a StyrmattError.
        """


def scanned_pages(texts: Sequence[str], page_of: Callable[[int], Page | None]) -> list[int]:
    """The numbers of the pages that are scans. ``texts`` are those of all pages.

    Pages with text are not opened, so that a report with text takes no longer.
    """
    bare = [n for n, text in enumerate(texts, 1) if not _has_text(text)]
    return [n for n in bare if (page := page_of(n)) is not None and _is_scan(page)]


def _has_text(text: str) -> bool:
    return sum(1 for _ in islice(filter(str.isalnum, text), _LITTLE_TEXT)) == _LITTLE_TEXT


def _is_scan(page: Page) -> bool:
    """Whether a page is the picture of a sheet of paper."""
    if page_kind(page) != "picture" or page.render is None:
        return False
    drawn = page.render((0.0, 0.0, page.width, page.height), _SCALE).convert("L")
    bright = sum(drawn.histogram()[_BRIGHT:])
    return bright >= _PAPER * drawn.width * drawn.height
