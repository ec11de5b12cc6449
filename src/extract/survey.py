"""Reads a report by one layout of any table and notes what was seen of its tables on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from styrmatt.errors import UsageError
from styrmatt.extract.grid.watch import TableWatch
from styrmatt.extract.pdf_report import read_pdf
from styrmatt.layout import Layout
from styrmatt.printed import ExtractedReport


@dataclass(frozen=True)
class Survey:
    """A report as printed, with what was seen of its tables."""

    layout: Layout
    report: ExtractedReport
    watch: TableWatch


def survey_report(
    path: Path,
    layout: Layout,
    *,
    password: str | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Survey:
    """A report read by a layout of any table. Raises UsageError where it is no PDF.

    Also raises StyrmattError where it cannot be read.
    """
    if path.suffix.casefold() != ".pdf":
        raise UsageError(
            f"{path.name} is not a PDF; tables are found by their headers in PDFs only.",
            hint="Give a .pdf.",
        )
    watch = TableWatch()
    _, report = read_pdf(
        path,
        [layout],
        layout_name=layout.name,
        password=password,
        progress=progress,
        watch=watch,
    )
    return Survey(layout, report, watch)
