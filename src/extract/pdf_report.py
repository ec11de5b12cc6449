"""Reads a report from a PDF: page by page, with tables joined across pages, sections and marks."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from styrmatt.errors import NoLayoutError, UnreadableSourceError
from styrmatt.extract.choose_general import general_layout, with_seen_headers
from styrmatt.extract.choose_layout import ChosenLayout, fits_by_tables_alone, layout_of_pages
from styrmatt.extract.engine.document import PageFailedError, PdfDocument
from styrmatt.extract.engine.names import DEFAULT_ENGINE, EngineName
from styrmatt.extract.grid.page_tables import running_style
from styrmatt.extract.grid.watch import TableWatch
from styrmatt.extract.headers.header_words import header_words_of
from styrmatt.extract.legibility import (
    no_text_error,
    page_kind,
)
from styrmatt.extract.model.page import Page
from styrmatt.extract.report_reader import ReportReader
from styrmatt.extract.scanned_pages import Recogniser, scanned_pages
from styrmatt.extract.sections.headers_footers import LEARNED_MARGIN, RunningLines
from styrmatt.extract.sections.page_order import order_warnings, page_order, printed_numbers
from styrmatt.extract.sections.read_sections import (
    BodyStyle,
)
from styrmatt.extract.sideways.unfold import unfolded
from styrmatt.extract.turn_back import TurnedPages
from styrmatt.files import ReportFile
from styrmatt.layout import Layout
from styrmatt.printed import ExtractedReport, SourceFile
from styrmatt.scans.scanned_page import Scans
from styrmatt.whitespace import squeeze

Progress = Callable[[int, int], None]
_SAMPLED_PAGES = 6
"""Pages that are looked at to choose the layout and to learn the style of running text.

Enough for an overview, several measure tables and the text around them; each is read before the
rest, and reading is the slow part.
"""
_FEWEST_HEADER_LETTERS = 6
"""Letters from which a header's word tells pages with tables; shorter ones stand in any text."""


def read_pdf(
    path: ReportFile,
    layouts: Sequence[Layout],
    *,
    layout_name: str | None = None,
    pages: Container[int] | None = None,
    password: str | None = None,
    engine: EngineName = DEFAULT_ENGINE,
    progress: Progress = lambda done, total: None,
    watch: TableWatch | None = None,
    recogniser: Recogniser | None = None,
    scans: Scans | None = None,
) -> tuple[Layout, ExtractedReport]:
    """The layout that fits and the report as printed.

    ``pages`` limits what is read; ``progress`` is called after each page with pages done and in
    all; ``watch`` notes what a layout of any table sees; ``recogniser`` is asked for the text of
    pages that are scans; ``scans`` are pages of the file that it has recognised. Raises
    StyrmattError where the file cannot be read or no layout fits.
    """
    with PdfDocument(path, password, engine, scans) as document:
        page_texts = list(document.page_texts(LEARNED_MARGIN))
        texts = [page_text.text for page_text in page_texts]
        _check_loaded(document)
        asked = _pages_to_recognise(document, texts, pages, recogniser)
        found = recogniser(asked) if asked and recogniser is not None else None
        if found is not None:
            return read_pdf(
                found[0],
                layouts,
                layout_name=layout_name,
                pages=pages,
                engine=engine,
                progress=progress,
                watch=watch,
                scans=found[1],
            )
        if not any(char.isalpha() for text in texts for char in text):
            kinds = [page_kind(page) for page in _first_pages(document)]
            raise no_text_error(document.name, kinds, document.attached_files())
        wanted = [n for n in range(1, document.page_count + 1) if pages is None or n in pages]
        loaded = [n for n in wanted if n not in document.failed]
        chosen, sample = _chosen_layout(document, texts, layouts, layout_name, loaded)
        layout = chosen.layout
        margins = [page_text.margins for page_text in page_texts]
        running = RunningLines.learn(margins, layout.words.running)
        order = page_order(printed_numbers(margins, layout.words.running))
        every, read = range(1, document.page_count + 1), frozenset(wanted)
        copies = order.copies(texts)
        warnings = [*chosen.warnings, *order_warnings(order, dict(enumerate(every)), read, copies)]
        learn = running_style if layout.any_table else BodyStyle.learn
        style = learn(sample.values())
        reader = ReportReader(layout, running, style, warnings, chosen.is_eased, watch)
        reader.identity.properties(document.properties())
        for done, step in enumerate(order.steps(read, copies), 1):
            number = step.number
            page = sample.pop(number) if number in sample else _page_of(document, number)
            if page is None:
                reader.lose_page(number, document.failed[number])
            else:
                reader.page(page, texts[number - 1], follows=step.follows, lost=step.lost)
            document.close_page(number)
            progress(done, len(wanted))
        numbers = [number for number in wanted if number not in document.failed]
        source = SourceFile(
            document.name,
            document.sha256,
            "pdf",
            document.page_count,
            tuple(numbers),
            tuple(sorted(set(numbers) & set(scans.pages))) if scans else (),
        )
        report = reader.finish(source)
        return layout, report if scans is None else _as_it_came(report, scans)


def _as_it_came(report: ExtractedReport, scans: Scans) -> ExtractedReport:
    """The report with its places on the pages as they came, and with what is not sure."""
    pages = TurnedPages(scans.turned, scans.middles)
    return pages.report(replace(report, unsure=scans.unsure))


def _pages_to_recognise(
    document: PdfDocument,
    texts: Sequence[str],
    pages: Container[int] | None,
    recogniser: Recogniser | None,
) -> list[int]:
    """The pages whose text is to be recognised: all that are read, or those that are scans."""
    if recogniser is None:
        return []
    found: Iterable[int] = range(1, document.page_count + 1)
    if not recogniser.force:
        found = scanned_pages(texts, lambda number: _page_of(document, number))
    return [number for number in found if pages is None or number in pages]


def _page_of(document: PdfDocument, number: int) -> Page | None:
    """The page; None where it cannot be loaded, which ``document.failed`` notes."""
    if number in document.failed:
        return None
    with suppress(PageFailedError):
        return unfolded(document.page(number))
    return None


def _first_pages(document: PdfDocument) -> Iterator[Page]:
    """The first pages that can be loaded."""
    for number in range(1, min(document.page_count, _SAMPLED_PAGES) + 1):
        if (page := _page_of(document, number)) is not None:
            yield page


def _check_loaded(document: PdfDocument) -> None:
    """Raise UnreadableSourceError where no page can be loaded."""
    if len(document.failed) == document.page_count:
        why = next(iter(document.failed.values()))
        raise UnreadableSourceError(
            f"None of the {document.page_count} pages of {document.name} can be loaded ({why}).",
            hint="Fetch the report again.",
        )


def _chosen_layout(
    document: PdfDocument,
    texts: Sequence[str],
    layouts: Sequence[Layout],
    layout_name: str | None,
    numbers: Sequence[int],
) -> tuple[ChosenLayout, dict[int, Page]]:
    """The layout of a family that fits, else one that reads any table, and the pages looked at.

    Raises NoLayoutError where no page has a table that can be read.
    """
    families = [layout for layout in layouts if not layout.any_table]
    sample = _sampled(document, _pages_like_tables(texts, families, numbers))

    def pages_for(layout: Layout) -> Mapping[int, Page]:
        wanted = _pages_with_most(texts, header_words_of(layout).table_words, numbers)
        sample.update(_sampled(document, [n for n in wanted if n not in sample]))
        return sample

    try:
        chosen = layout_of_pages(
            document.name, sample, layouts, layout_name, document.attached_files
        )
    except NoLayoutError as error:
        if layout_name is not None:
            raise
        general = general_layout(document.name, layouts, pages_for)
        if general is None:
            raise with_seen_headers(error, document.name, layouts, pages_for) from error
        return ChosenLayout(general), sample
    if layout_name is None and fits_by_tables_alone(chosen.layout, sample.values()):
        general = general_layout(document.name, layouts, pages_for)
        if general is not None:
            return ChosenLayout(general), sample
    return chosen, sample


def _sampled(document: PdfDocument, numbers: Sequence[int]) -> dict[int, Page]:
    """The pages of those numbers that can be loaded."""
    return {n: page for n in numbers if (page := _page_of(document, n)) is not None}


def _pages_like_tables(
    texts: Sequence[str], layouts: Sequence[Layout], numbers: Sequence[int]
) -> list[int]:
    """The pages most likely to hold tables: those with most of the layouts' header words."""
    headers = {
        squeeze(header.replace("{year}", ""))
        for layout in layouts
        for table in layout.tables
        for column in table.columns
        for header in column.headers
    }
    words = [word for word in headers if len(word) >= _FEWEST_HEADER_LETTERS]

    return _pages_with_most(texts, words, numbers)


def _pages_with_most(
    texts: Sequence[str], words: Sequence[str], numbers: Sequence[int]
) -> list[int]:
    """Some pages: those with most of the words, which are squeezed, in the order of the pages."""

    def count(number: int) -> int:
        text = squeeze(texts[number - 1])
        return sum(word in text for word in words)

    ranked = sorted(numbers, key=lambda n: (-count(n), n))
    return sorted(ranked[:_SAMPLED_PAGES])
