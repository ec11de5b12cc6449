"""Pictures of pages, drawn by PDFium when they are asked for and kept for a while."""

from __future__ import annotations

import io
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final, Literal, TypeVar

from styrmatt.errors import StyrmattError
from styrmatt.extract.engine.document import PdfDocument
from styrmatt.pipeline.use_cases.source_files import SourceFiles
from styrmatt.printed import Bbox
from styrmatt.review.extract_index import ReportSummary

if TYPE_CHECKING:
    from PIL.Image import Image

WIDTHS: Final = (800, 1200, 1800)
"""Pixels of a page's width that pictures come in: for a phone, for half of a common screen, and for
half of a screen with two pixels for each of its points."""
_KEPT_BYTES: Final = 64_000_000
"""Bytes of pictures that are kept: about a hundred pages, more than one leafs through at a time."""
_KEPT_SHEETS: Final = 20_000
"""Sizes of pages that are kept: those of some hundred reports, in two megabytes."""
_MOST_PIXELS: Final = 24_000_000
"""Pixels of a picture at most, whatever size the page claims to have: an A0 sheet at the largest
width has as many."""
_OPEN_REPORTS: Final = 2
"""PDFs that are open at a time: two pages of different years are looked at side by side."""
_PNG_EFFORT: Final = 1
"""Of 9: the least, as pictures go to the same machine and time counts more than bytes."""
_WEBP_QUALITY: Final = 70
"""Of 100: print of six points is still sharp; the sample pages take about 60 kB each."""
_WEBP_EFFORT: Final = 2
"""Of 6: higher ones take twice the time and save a tenth."""

PictureKind = Literal["png", "webp"]
Answer = TypeVar("Answer")


@dataclass
class PageImages:
    """The pages of reports as pictures. It may be asked from several threads: one draws at a time.

    PDFium allows no more than one thread.
    """

    sources: SourceFiles
    password: str | None = None
    _lock: Lock = field(default_factory=Lock)
    _open: OrderedDict[Path, PdfDocument] = field(default_factory=OrderedDict)
    _kept: OrderedDict[tuple[str, int, int, PictureKind], bytes] = field(
        default_factory=OrderedDict
    )
    _sheets: dict[tuple[str, int], Bbox | None] = field(default_factory=dict)
    _found: dict[str, tuple[Path | None, str | None]] = field(default_factory=dict)

    def source(self, report: ReportSummary) -> tuple[Path | None, str | None]:
        """The file that a report was read from and None; or None and what is wrong."""
        with self._lock:
            key = report.source_sha256
            if key not in self._found:
                self._found[key] = self.sources.find(report.source_name, key)
            return self._found[key]

    def found_sources(self, reports: Iterable[ReportSummary]) -> list[Path]:
        """The sources of these reports that are there, by their names: nothing is read."""
        return self.sources.named(report.source_name for report in reports)

    def sheet(self, report: ReportSummary, page: int) -> Bbox | None:
        """The box of a page in points; None where it cannot be drawn."""
        key = (report.source_sha256, page)
        if key not in self._sheets:
            if len(self._sheets) >= _KEPT_SHEETS:
                self._sheets.clear()
            self._sheets[key] = self._ask(report, page, lambda document: document.sheet(page))
        return self._sheets[key]

    def picture(
        self, report: ReportSummary, page: int, width: int, kind: PictureKind = "png"
    ) -> bytes | None:
        """A page as a file of this kind, ``width`` pixels wide; None where it cannot be drawn."""
        key = (report.source_sha256, page, width, kind)
        if key in self._kept:
            with self._lock:
                if key in self._kept:
                    self._kept.move_to_end(key)
                    return self._kept[key]

        def draw(document: PdfDocument) -> bytes:
            x0, top, x1, bottom = document.sheet(page)
            scale = width / max(x1 - x0, 1.0)
            pixels = width * (bottom - top) * scale
            if pixels > _MOST_PIXELS:
                scale *= (_MOST_PIXELS / pixels) ** 0.5
            return _encoded(document.render_page(page, scale)[0], kind)

        drawn = self._ask(report, page, draw)
        if drawn is not None:
            with self._lock:
                self._keep(key, drawn)
        return drawn

    def _ask(
        self, report: ReportSummary, page: int, ask: Callable[[PdfDocument], Answer]
    ) -> Answer | None:
        """What the open report answers; None where it or the page cannot be opened."""
        path, _ = self.source(report)
        if path is None or report.source_kind != "pdf" or not 1 <= page <= report.page_count:
            return None
        with self._lock:
            try:
                document = self._opened(path)
                try:
                    return ask(document)
                finally:
                    document.close_page(page)
            except StyrmattError:
                return None

    def _opened(self, path: Path) -> PdfDocument:
        if path not in self._open:
            self._open[path] = PdfDocument(path, self.password, only_drawn=True)
        self._open.move_to_end(path)
        while len(self._open) > _OPEN_REPORTS:
            _, oldest = self._open.popitem(last=False)
            oldest.__exit__()
        return self._open[path]

    def _keep(self, key: tuple[str, int, int, PictureKind], drawn: bytes) -> None:
        self._kept[key] = drawn
        while sum(map(len, self._kept.values())) > _KEPT_BYTES and len(self._kept) > 1:
            self._kept.popitem(last=False)


def _encoded(picture: Image, kind: PictureKind) -> bytes:
    file = io.BytesIO()
    if kind == "png":
        picture.save(file, format="PNG", compress_level=_PNG_EFFORT)
    else:
        picture.save(file, format="WEBP", quality=_WEBP_QUALITY, method=_WEBP_EFFORT)
    return file.getvalue()
