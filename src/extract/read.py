"""The entrance of the extract stage: reads a report from a PDF or a text file."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence

from styrmatt.errors import UnreadableSourceError
from styrmatt.extract.engine.names import DEFAULT_ENGINE, EngineName
from styrmatt.extract.scanned_pages import Recogniser
from styrmatt.files import ReportFile
from styrmatt.layout import Layout
from styrmatt.printed import ExtractedReport
from styrmatt.scans.scanned_page import Scans


def read_report(
    path: ReportFile,
    layouts: Sequence[Layout],
    *,
    layout_name: str | None = None,
    pages: Container[int] | None = None,
    password: str | None = None,
    engine: EngineName = DEFAULT_ENGINE,
    progress: Callable[[int, int], None] = lambda done, total: None,
    recogniser: Recogniser | None = None,
    scans: Scans | None = None,
) -> tuple[Layout, ExtractedReport]:
    """The layout that fits and the report as printed, from a PDF or a text file.

    ``layout_name`` chooses a layout, ``pages`` limits what is read, ``password`` opens a PDF,
    ``engine`` reads its pages; ``progress`` is called with pages done and in all. ``recogniser`` is
    asked for the text of pages that are scans; ``scans`` are those that it has recognised. Raises
    StyrmattError where the file is not what its name says, or no layout fits.
    """
    if path.suffix.casefold() == ".txt":
        from styrmatt.extract.text.text_report import read_text

        return read_text(path, layouts, layout_name=layout_name, pages=pages, progress=progress)
    if path.suffix.casefold() == ".pdf":
        from styrmatt.extract.pdf_report import read_pdf

        return read_pdf(
            path,
            layouts,
            layout_name=layout_name,
            pages=pages,
            password=password,
            engine=engine,
            progress=progress,
            recogniser=recogniser,
            scans=scans,
        )
    raise UnreadableSourceError(
        f"{path.name} is neither a PDF nor a text file by its name.", hint="Give a .pdf or a .txt."
    )
