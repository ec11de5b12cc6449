"""The pages of an open document of pypdfium2, opened once where they are looked at several times.

To open a page takes PDFium as long as to tell what is on it, and a report is gone through twice:
its text first, then all else. So the first pages stay open in between, as many as memory is worth.
"""

from __future__ import annotations

from typing import Any, Final

from styrmatt.extract.engine.annotations import flatten_annotations

_ROOM: Final = 100
"""Pages that stay open from the first look to the second; each takes some hundred kilobytes."""


class OpenPages:
    """Opens pages (from 1) when they are first asked for. Who opened the document closes it."""

    def __init__(self, pdf: Any) -> None:
        self.document = pdf
        self._pages: dict[int, Any] = {}
        self._texts: dict[int, Any] = {}

    def page(self, number: int) -> Any:
        """The page."""
        if number not in self._pages:
            page = self.document[number - 1]
            if flatten_annotations(page):
                page.close()
                page = self.document[number - 1]
            self._pages[number] = page
        return self._pages[number]

    def text(self, number: int) -> Any:
        """Its text page."""
        if number not in self._texts:
            self._texts[number] = self.page(number).get_textpage()
        return self._texts[number]

    def leave(self, number: int) -> None:
        """Close a page that will be looked at again, unless there is room to keep it open."""
        if len(self._pages) > _ROOM:
            self.close(number)

    def close(self, number: int) -> None:
        """Close a page that is done; it can be opened again."""
        for opened in (self._texts, self._pages):
            if number in opened:
                opened.pop(number).close()
