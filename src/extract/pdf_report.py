"""A PDF report as printed: pages in order, tables joined across them, sections, overview, marks."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, field, replace

from styrmatt.extract.choose_layout import choose, fit_pages, named_layout
from styrmatt.extract.engine.document import PdfDocument
from styrmatt.extract.engine.names import DEFAULT_ENGINE, EngineName
from styrmatt.extract.marks.legend import LegendReader
from styrmatt.extract.model.page import Page
from styrmatt.extract.model.text_lines import PageLine, split_at_gaps
from styrmatt.extract.report_identity import IdentityReader
from styrmatt.extract.sections.headers_footers import LEARNED_MARGIN, RunningLines
from styrmatt.extract.sections.heading_patterns import header_matches
from styrmatt.extract.sections.read_sections import BodyStyle, SectionReader, is_contents
from styrmatt.extract.tables.assemble import Assembly
from styrmatt.extract.tables.cells import PageTable
from styrmatt.extract.tables.header_row import Header, find_headers
from styrmatt.extract.tables.ignored_tables import find_others
from styrmatt.extract.tables.page_breaks import join_cut_row, share_cut_factor
from styrmatt.extract.tables.read_table import read_fragment, read_table
from styrmatt.extract.tables.table_end import TableVocabulary
from styrmatt.files import ReportFile
from styrmatt.geometry import middle_inside
from styrmatt.layout import Layout
from styrmatt.printed import ExtractedReport, ExtractionWarning, Location, SourceFile
from styrmatt.whitespace import squeeze

Progress = Callable[[int, int], None]
_SAMPLED = 6
"""Pages that are looked at to recognise the layout and the style of running text."""


def read_pdf(
    path: ReportFile,
    layouts: Sequence[Layout],
    *,
    layout_name: str | None = None,
    pages: Container[int] | None = None,
    password: str | None = None,
    engine: EngineName = DEFAULT_ENGINE,
    progress: Progress = lambda done, total: None,
) -> tuple[Layout, ExtractedReport]:
    """The layout that fits and the report as printed.

    ``pages`` limits what is read; ``progress`` is called after each page with pages done and in
    all. Raises StyrmattError where the file cannot be read or no layout fits.
    """
    with PdfDocument(path, password, engine) as report:
        page_texts = list(report.page_texts(LEARNED_MARGIN))
        texts = [page_text.text for page_text in page_texts]
        report.require_text(texts)
        numbers = [n for n in range(1, report.page_count + 1) if pages is None or n in pages]
        sample = {n: report.page(n) for n in _telling_pages(texts, layouts, numbers)}
        if layout_name is not None:
            layout = named_layout(layouts, layout_name)
        else:
            layout = choose(fit_pages(layouts, sample.values()), path.name)
        running = RunningLines.learn(
            (page_text.margins for page_text in page_texts), layout.words.running
        )
        reader = _PdfReportReader(layout, running, BodyStyle.learn(sample.values()))
        for done, number in enumerate(numbers, 1):
            page = sample.pop(number) if number in sample else report.page(number)
            reader.page(page, texts[number - 1])
            report.close_page(number)
            progress(done, len(numbers))
        source = SourceFile(report.name, report.sha256, "pdf", report.page_count, tuple(numbers))
        return layout, reader.finish(source)


def _telling_pages(
    texts: Sequence[str], layouts: Sequence[Layout], numbers: Sequence[int]
) -> list[int]:
    """Pages likely to hold tables: those with most of the layouts' header words, spread out."""
    headers = {
        squeeze(header.replace("{year}", ""))
        for layout in layouts
        for table in layout.tables
        for column in table.columns
        for header in column.headers
    }
    words = [word for word in headers if len(word) > 5]

    def told(number: int) -> int:
        text = squeeze(texts[number - 1])
        return sum(word in text for word in words)

    ranked = sorted(numbers, key=lambda n: (-told(n), n))
    return sorted(ranked[:_SAMPLED])


def _without_sliver(lines: list[PageLine]) -> list[PageLine]:
    """The lines without a last one of stray letters.

    Browsers that print cut a row anywhere, and letters of the next page's first line that reach
    above the cut (rings, ascenders) are drawn on this page too, alone and in the middle of nowhere.
    """
    if len(lines) < 2:
        return lines
    last = lines[-1]
    letters = "".join(word.text for word in last.words)
    starts = [chain[0].x0 for line in lines[:-1] for chain in split_at_gaps(line)]
    alone = all(len(word.text) == 1 for word in last.words) and letters.isalpha()
    indented = not any(abs(x - last.x0) < 1.0 for x in starts)
    return lines[:-1] if alone and indented and letters.islower() else lines


@dataclass
class _PdfReportReader:
    layout: Layout
    running: RunningLines
    style: BodyStyle
    doubts: list[ExtractionWarning] = field(default_factory=list)
    ignored: dict[str, int] = field(default_factory=dict)
    ignored_places: list[tuple[str, Location]] = field(default_factory=list)
    unknown_rows: int = 0

    def __post_init__(self) -> None:
        self.known = TableVocabulary(self.layout.words, self.layout.headings)
        self.sections = SectionReader(self.layout.headings, self.layout.words, self.style)
        self.identity = IdentityReader(self.layout)
        self.legend = LegendReader(self.layout.words)
        self.assembly = Assembly(self.layout)
        self._tables = [t for t in self.layout.tables if t.kind != "ignored"]
        self._open: PageTable | None = None
        self._after_break = False

    def page(self, page: Page, text: str) -> None:
        """Read one page."""
        self.identity.page(text)
        self.legend.read_page(page)
        headers = find_headers(page, self._tables)
        in_header = {id(word) for h in headers for label in h.labels for word in label.words}

        def own(line: PageLine) -> bool:
            return any(id(word) in in_header for word in line.words) or self.sections.names(line)

        lines, _ = self.running.split(page.number, page.height, page.lines, own)
        lines = _without_sliver(lines)
        page = replace(page, words=tuple(word for line in lines for word in line.words))
        label = self.running.page_label.get(page.number)
        if not page.words:
            self._note_empty(page)
        if is_contents(lines, self.layout.words.running.contents_heading):
            self.sections.contents(page.number, lines)
            self._open = None
            return
        tables = self._page_tables(page, lines, headers)
        lines = self._without_others(page, lines, tables, label)
        self._in_order(page, lines, tables, label)

    def _without_others(
        self, page: Page, lines: Sequence[PageLine], tables: Sequence[PageTable], label: str | None
    ) -> list[PageLine]:
        """The lines outside tables that hold no measures; counts and names those tables."""
        others = find_others(page, lines, [(table.top, table.bottom) for table in tables])
        for other in others:
            place = Location(page.number, page.number, other.bbox, label)
            name = other.name(self.layout.tables)
            if name is not None:
                self.ignored[name] = self.ignored.get(name, 0) + other.rows
                self.ignored_places.append((name, place))
                continue
            self.unknown_rows += other.rows
            message = (
                f"A table of {other.rows} rows that the layout does not describe was left alone."
            )
            self.doubts.append(
                ExtractionWarning("unknown_table", message, other.text[:200], place, "info")
            )
        return [
            line
            for line in lines
            if not any(middle_inside(line.bbox, other.bbox, tolerance=2) for other in others)
        ]

    def _note_empty(self, page: Page) -> None:
        if page.pictures:
            message = (
                f"Page {page.number} has pictures and no text layer; nothing was read from it."
            )
            self.doubts.append(
                ExtractionWarning("empty_page", message, "", Location(page.number, page.number))
            )

    def _page_tables(
        self, page: Page, lines: Sequence[PageLine], headers: Sequence[Header]
    ) -> list[PageTable]:
        tables: list[PageTable] = []
        tops = [header.bbox[1] for header in headers]
        end = max((line.bottom for line in lines), default=page.height) + 8
        if self._open is not None and self._open.at_page_end:
            limit = min([*tops, end]) - 1
            above = [line for line in lines if line.bottom < limit]
            fragment = read_fragment(page, above, self._open, limit, self.known)
            if fragment is not None:
                self._drop_header_rest(self._open, fragment)
            if fragment is not None and fragment.groups:
                fragment.at_page_start = True
                tables.append(fragment)
        for header in headers:
            limit = min([top - 1 for top in tops if top > header.bbox[1] + 1] + [end])
            tables.append(read_table(page, header, lines, limit, self.known))
        self._mark_ends(lines, tables)
        return tables

    def _drop_header_rest(self, before: PageTable, fragment: PageTable) -> None:
        """Drop what is left overleaf of a header row that the page break cut."""
        if before.groups or before.header is None or not fragment.groups:
            return
        headers: dict[str, tuple[str, ...]] = {
            c.field: c.headers for c in before.header.table.columns
        }
        labels = {
            label.field: "".join(w.text for w in label.words) for label in before.header.labels
        }
        first = fragment.groups[0]
        cells = {**first.cells, **first.lines[0].cells}
        texts = {name: cell.text for name, cell in cells.items() if cell.text}
        if texts and all(
            any(header_matches(labels.get(name, "") + text, h) for h in headers.get(name, ()))
            for name, text in texts.items()
        ):
            fragment.groups.pop(0)

    def _mark_ends(self, lines: Sequence[PageLine], tables: Sequence[PageTable]) -> None:
        for table in tables:
            table.at_page_end = not any(line.middle_height > table.bottom + 1 for line in lines)
            table.at_page_start = not any(line.middle_height < table.top - 1 for line in lines)

    def _in_order(
        self, page: Page, lines: Sequence[PageLine], tables: Sequence[PageTable], label: str | None
    ) -> None:
        waiting = sorted(tables, key=lambda table: table.top)
        for line in lines:
            while waiting and waiting[0].top <= line.middle_height:
                self._table(page, waiting.pop(0), label)
            if not any(t.top - 1 <= line.middle_height <= t.bottom + 1 for t in tables):
                self.sections.line(page.number, line, label)
                self._open = None
        for table in waiting:
            self._table(page, table, label)

    def _table(self, page: Page, table: PageTable, label: str | None) -> None:
        before = self._open
        goes_on = (
            before is not None
            and before.at_page_end
            and table.at_page_start
            and before.page + 1 == table.page
            and before.kind == table.kind
            and (table.header is None or table.columns.fields == before.columns.fields)
        )
        context = self.sections.at_table(page.number)
        if table.header is not None and table.header.unknown:
            self._note_unknown_header(table)
        if goes_on and table.groups:
            self._join(table)
        self.assembly.add(table, context, goes_on=goes_on, label=label)
        for kind, name in self.assembly.new_names():
            self.sections.know(kind, name)
        self._open = table

    def _join(self, table: PageTable) -> None:
        """Join what the page break cut: the first row, and a factor's cell that goes on."""
        last, known = self.assembly.last_group, self.assembly.known_factors
        if last is None:
            return
        first, rest = table.groups[0], ""
        if join_cut_row(last, first, known, self._is_lead_in):
            rest = first.text("success_factor") if "measure" in first.cells else ""
            table.groups.pop(0)
        if "measure" in first.cells:
            share_cut_factor(last, table.groups, known, joined=rest)

    def _note_unknown_header(self, table: PageTable) -> None:
        assert table.header is not None
        text = " ".join(word.text for word in table.header.unknown)
        place = Location(table.page, table.page, table.header.bbox)
        message = "A column of a measure table has a header that the layout does not know."
        self.doubts.append(ExtractionWarning("unknown_header", message, text, place))

    def _is_lead_in(self, name: str) -> bool:
        start = squeeze(name.partition(":")[0]) if ":" in name else ""
        leads = {squeeze(word) for words in self.layout.words.kinds.values() for word in words}
        return start in leads

    def finish(self, source: SourceFile) -> ExtractedReport:
        """The whole report."""
        legend = self.legend.legend().with_marks(self.assembly.marks("status"))
        identity, doubts = self.identity.read(self.assembly.header_year)
        return ExtractedReport(
            source=source,
            rows=self.assembly.rows(legend),
            overview=self.assembly.overview(legend, self.sections.factors),
            sections=self.sections.finish(),
            doubts=(*self.doubts, *doubts, *self.assembly.doubts),
            ignored=tuple(sorted(self.ignored.items())),
            unknown_table_rows=self.unknown_rows,
            identity=identity,
            ignored_places=tuple(self.ignored_places),
        )
