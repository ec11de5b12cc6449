"""Keeps pages of a pypdfium2 document open between the two times that a report is gone through.

To open a page takes PDFium as long as to read it, and a report is gone through twice: its text
first, then everything else. So the first pages stay open in between, as many as memory allows.
"""

from __future__ import annotations

from typing import Any, Final

from styrmatt.extract.engine.annotations import flatten_annotations

_MAX_OPEN: Final = 100
"""Pages that stay open from the first time to the second; each takes some hundred kilobytes. Most
reports have fewer, and a longer one is not to take more memory than tens of megabytes."""


class OpenPages:
    """Opens pages (from 1) when they are first asked for. Who opened the document closes it."""

    def __init__(self, pdf: Any) -> None:
        self.document = pdf
        self._pages: dict[int, Any] = {}
        self._texts: dict[int, Any] = {}

    def page(self, number: int) -> Any:
        """The page, as pypdfium2's PdfPage."""
        if number not in self._pages:
            page = self.document[number - 1]
            if flatten_annotations(page):
                page.close()
                page = self.document[number - 1]
            self._pages[number] = page
        return self._pages[number]

    def text(self, number: int) -> Any:
        """The page's text, as pypdfium2's PdfTextPage."""
        if number not in self._texts:
            self._texts[number] = self.page(number).get_textpage()
        return self._texts[number]

    def release(self, number: int) -> None:
        """Close a page that will be asked for again, unless it can stay open."""
        if len(self._pages) > _MAX_OPEN:
            self.close(number)

    def close(self, number: int) -> None:
        """Close a page; it is opened again when it is asked for."""
        for opened in (self._texts, self._pages):
            if number in opened:
                opened.pop(number).close()
