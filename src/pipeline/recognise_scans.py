"""Has the scanned pages of a report recognised, once for each source and set of tools."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from styrmatt.files import Fetched, ReportFile
from styrmatt.pipeline.progress import OnPage, ignore_pages
from styrmatt.printed import ExtractedReport
from styrmatt.scans.scanned_page import Scans

if TYPE_CHECKING:
    from styrmatt.scans.recognise import RecognisedPdf

_LOOK_SCALE: Final = 2.0
"""Pixels per point of the picture in which the turn of a page is measured: 144 for each inch."""


def checked_text(
    path: ReportFile, report: ExtractedReport, password: str | None
) -> ExtractedReport:
    """The report with a doubt wherever figures of its tables look otherwise than their text says.

    A text file has no looks. Raises what opening the report raises.
    """
    from styrmatt.extract.printed_figures import figure_words, with_differences
    from styrmatt.scans.compare_figures import differing_figures

    if report.source.kind != "pdf":
        return report
    words = list(figure_words(path, report, password))
    seen = differing_figures([word.text for word in words], [word.picture for word in words])
    return with_differences(report, words, seen)


@dataclass(frozen=True, slots=True)
class CachedRecogniser:
    """What the extract stage asks for the text of a report's scans."""

    report: ReportFile
    force: bool = False
    """Whether pages that have text are recognised as well."""
    root: Path | None = None
    """The output root below which what is recognised is kept."""
    refresh: bool = False
    """Whether to ignore what is kept and replace it."""
    on_page: OnPage = ignore_pages

    def __call__(self, pages: Sequence[int]) -> tuple[ReportFile, Scans] | None:
        """The report with these pages recognised; None where tools are missing, unless forced.

        Raises a StyrmattError.
        """
        from styrmatt.pipeline.cache.scan_cache import scan_cache_of
        from styrmatt.scans.recognise import check_tools, recognise
        from styrmatt.scans.tools import missing_tools

        if not self.force and missing_tools() is not None:
            return None
        name, data = self.report.name, self.report.read_bytes()
        check_tools(name)
        sha256 = hashlib.sha256(data).hexdigest()
        cache = None
        if self.root is not None:
            cache = scan_cache_of(self.root, sha256, refresh=self.refresh)
        found = None if cache is None else cache.get(pages, force=self.force)
        if found is None:
            found = recognise(name, data, pages, force=self.force, on_page=self._tell)
            found = self._with_turns(found)
            if cache is not None:
                cache.put(pages, found, force=self.force)
        return Fetched(name, found.pdf), found.scans(sha256)

    def _tell(self, done: int, total: int) -> None:
        self.on_page(done, total, "recognising page")

    def _with_turns(self, recognised: RecognisedPdf) -> RecognisedPdf:
        """The same with the turn of each page, which OCRmyPDF does not say."""
        from styrmatt.extract.engine.document import PdfDocument
        from styrmatt.scans.picture import picture_of
        from styrmatt.scans.skew import turn_of

        turned, middles = {}, {}
        with PdfDocument(self.report) as document:
            for number in recognised.pages:
                drawn, _ = document.render_page(number, _LOOK_SCALE)
                turned[number] = turn_of(picture_of(drawn, _LOOK_SCALE))
                middles[number] = (drawn.width / _LOOK_SCALE / 2, drawn.height / _LOOK_SCALE / 2)
        return replace(recognised, turned=turned, middles=middles)
