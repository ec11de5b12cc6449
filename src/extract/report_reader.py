"""Reads the pages of a report in order: tables joined over pages, sections, legend and identity."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from operator import attrgetter

from styrmatt.extract.grid.edge_marks import edges_tell
from styrmatt.extract.grid.headers.legend_lines import without_legend
from styrmatt.extract.grid.page_tables import PageTables
from styrmatt.extract.grid.side_titles import parts_beside_titles
from styrmatt.extract.grid.watch import TableWatch
from styrmatt.extract.left_out import left_out_warnings
from styrmatt.extract.legibility import (
    unreadable_warnings,
    with_marked_holes,
)
from styrmatt.extract.marks.legend.meanings import Legend
from styrmatt.extract.marks.legend.reader import LegendReader
from styrmatt.extract.marks.mark import Mark
from styrmatt.extract.marks.segments import without_sides
from styrmatt.extract.marks.unheaded import unheaded_warnings
from styrmatt.extract.model.fold import Fold
from styrmatt.extract.model.page import Page, drawn_boxes
from styrmatt.extract.model.text_lines import PageLine, Word, split_at_gaps
from styrmatt.extract.report_identity import IdentityReader
from styrmatt.extract.sections.headers_footers import RunningLines
from styrmatt.extract.sections.heading_patterns import header_matches
from styrmatt.extract.sections.page_parts import PagePart, page_parts
from styrmatt.extract.sections.read_sections import (
    BodyStyle,
    HeadingContext,
    SectionReader,
    is_contents_page,
)
from styrmatt.extract.sideways.fold_back import folded_back
from styrmatt.extract.tables.assemble import TableCollector
from styrmatt.extract.tables.cells import TablePart
from styrmatt.extract.tables.cut_tables import (
    is_open_below,
    note_cut_row,
    note_cut_table,
    note_full_page,
)
from styrmatt.extract.tables.goal_brackets import without_perspectives
from styrmatt.extract.tables.header_row import Header, find_headers
from styrmatt.extract.tables.left_alone import TablesLeftAlone
from styrmatt.extract.tables.page_breaks import join_cut_row, share_cut_factor
from styrmatt.extract.tables.read_table import read_continuation, read_table
from styrmatt.extract.tables.table_end import TableVocabulary
from styrmatt.extract.tables.unknown_labels import with_unknown_labels
from styrmatt.extract.words_elsewhere import WordsElsewhere
from styrmatt.layout import Layout, by_value
from styrmatt.printed import ExtractedReport, ExtractionWarning, Location, SourceFile
from styrmatt.whitespace import single_spaced, squeeze

_SHOWN_CHARACTERS = 200
"""Of a header and its cells, quoted in an issue: enough to know them again on the page."""
_SAME_START = 1.0
"""Points by which lines of one column or margin begin at the same place."""
_LAST_LINE_MARGIN = 8.0
"""Points below the page's last line where its last table ends at most: a padding and a rule."""
_HIGHEST_MARK = 24.0
"""Points: the height of a mark, or of a lamp of one, that stands beside the last line at most."""
_FULL_PAGE = 0.84
"""Share of its height down to which a page is filled at least that has no room for one more line.
"""
_TABLE_MARGIN = 1.0
"""Points by which a line's middle may lie outside of the table that it belongs to."""


def _without_sliver(lines: list[PageLine]) -> list[PageLine]:
    """The lines without a last one of stray letters.

    Browsers cut a row anywhere when they print, and letters of the next page's first line that
    reach above the cut (rings, ascenders) are drawn on this page, too. Such a line holds single
    small letters and begins where no other line does.
    """
    if len(lines) < 2:
        return lines
    last = lines[-1]
    letters = "".join(word.text for word in last.words)
    if len(letters) > len(last.words) or not (letters.isalpha() and letters.islower()):
        return lines
    starts = (chain[0].x0 for line in lines[:-1] for chain in split_at_gaps(line))
    begins_as_others = any(abs(x - last.x0) < _SAME_START for x in starts)
    return lines if begins_as_others else lines[:-1]


@dataclass(frozen=True)
class _Place:
    """Which of a page's parts one is."""

    is_first: bool = True
    is_last: bool = True


_WHOLE = _Place()
"""The place of a page without columns of text."""


def _end_of_rows(page: Page, lines: Sequence[PageLine]) -> float:
    """Where the last table of a page ends at most: below its last line and the mark beside it."""
    end = max((line.bottom for line in lines), default=page.height) + _LAST_LINE_MARGIN
    for _, top, _, bottom in sorted(drawn_boxes(page), key=lambda box: box[1]):
        if top <= end < bottom + _LAST_LINE_MARGIN and bottom - top <= _HIGHEST_MARK:
            end = bottom + _LAST_LINE_MARGIN
    return end


@dataclass
class ReportReader:
    """Takes a report's pages in order by :meth:`page`; :meth:`finish` gives what was read."""

    layout: Layout
    running: RunningLines
    style: BodyStyle
    warnings: list[ExtractionWarning] = field(default_factory=list)
    layout_is_eased: bool = False
    """Whether tables are read that lack columns which their layout needs."""
    watch: TableWatch | None = None
    """Where what is seen of tables is noted, for a person who writes a layout."""

    def __post_init__(self) -> None:
        self.vocabulary = TableVocabulary(self.layout.words, self.layout.headings)
        self.sections = SectionReader(self.layout.headings, self.layout.words, self.style)
        self.identity = IdentityReader(self.layout)
        self.legend = LegendReader(self.layout.words, by_value(self.layout.colours))
        self.tables = TableCollector()
        self.elsewhere = WordsElsewhere()
        self.left_alone = TablesLeftAlone(self.layout, warnings=self.warnings)
        self.grid = (
            PageTables(self.layout, self.style, watch=self.watch) if self.layout.any_table else None
        )
        """Reads tables of any family, where the layout lists none."""
        self._layout_tables = [t for t in self.layout.tables if t.kind != "ignored"]
        self._open: TablePart | None = None
        """The last table, as long as no other text followed it."""
        self._unknown_headers: set[tuple[str, str | None]] = set()
        """Headers that were said to be unknown: their letters, and the known field if any."""
        self._unheaded: list[tuple[Mark, ...]] = []
        """The marks of each table that are read as statuses without a header."""
        self._open_goes_on = False
        """Whether the page that is read is the one behind the last table's."""
        self._headings_lost = False
        self._page_lost = False
        """Whether the page before could not be loaded."""
        self._folds: dict[int, Fold] = {}
        """Pages that hold what was set sideways."""
        self._lowest = 0.0
        """Where the last line of a page ends at most, in points."""
        self._seen: list[tuple[str, Location]] = []
        """Headers of the tables that have no row."""

    def page(self, page: Page, text: str, *, follows: bool = True, lost: bool = False) -> None:
        """Read one page.

        ``follows``: the page that was read last is the one before it; ``lost``: pages between them
        are missing.
        """
        if page.fold is not None:
            self._folds[page.number] = page.fold
        lost, self._page_lost = lost or self._page_lost, False
        self._open_goes_on = follows and not lost
        if not self._open_goes_on:
            self._close_open()
        if lost:
            self._lose_headings()
        page = without_sides(with_marked_holes(page))
        self.identity.page(text)
        self.legend.read_page(page)
        headers = find_headers(page, self._layout_tables, self.identity.year_so_far)
        known = [word for h in headers for label in h.labels for word in label.words]
        headers = [with_unknown_labels(page, header, known) for header in headers]
        in_header = {id(word) for h in headers for label in h.cells for word in label.words}
        if self.grid is not None:
            blocks = self.grid.headers(page)
            in_header |= {id(w) for block in blocks for line in block.lines for w in line.words}

        def is_content(line: PageLine) -> bool:
            header = any(id(word) in in_header for word in line.words)
            return header or self.sections.is_named_heading(line)

        height = page.sheet_height
        on_sheet = [line for line in page.lines if page.fold is None or line.top < height]
        below = page.lines[len(on_sheet) :]
        lines, _ = self.running.split(page.number, height, on_sheet, is_content)
        lines = _without_sliver(lines)
        self._lowest = max([self._lowest, _FULL_PAGE * height, *(line.bottom for line in lines)])
        lines += below
        page = replace(page, words=tuple(word for line in lines for word in line.words))
        label = self.running.page_label.get(page.number)
        self.warnings += [*left_out_warnings(page, label), *unreadable_warnings(page, label)]
        titles = self.layout.words.running.contents_heading
        if is_contents_page(lines, titles, has_table=bool(in_header)):
            self._close_open()
            self.sections.add_contents_page(page.number, lines)
            return
        parts = self._parts(page, lines)
        if len(parts) == 1:
            self._part(page, lines, headers, label)
            return
        if self.grid is not None:
            self.grid.note_columns([part.page for part in parts if not part.aside])
        for n, part in enumerate(parts):
            place = _Place(is_first=n == 0, is_last=n == len(parts) - 1)
            with ExitStack() as around:
                if part.aside:
                    around.enter_context(self.sections.aside())
                if part.aside and self.grid is not None:
                    around.enter_context(self.grid.aside())
                self._column(part.page, known, label, place)

    def _parts(self, page: Page, lines: Sequence[PageLine]) -> tuple[PagePart, ...]:
        """The parts of a page that are read one after the other; mostly the page alone."""
        if self.grid is None:
            return page_parts(page, lines)
        beside = parts_beside_titles(page, lines, self.grid.read_label)
        return beside or page_parts(page, lines, partial(self.grid.across, page, lines))

    def _column(self, part: Page, known: Sequence[Word], label: str | None, place: _Place) -> None:
        """Read a part of a page with columns of text; ``known`` words are headers of the page."""
        headers = find_headers(part, self._layout_tables, self.identity.year_so_far)
        headers = [with_unknown_labels(part, header, known) for header in headers]
        if self.grid is not None:
            self.grid.headers(part)
            if not place.is_first:
                self.grid.begin_column()
        if not place.is_first:
            self.sections.begin_column()
        self._part(part, part.lines, headers, label, place)

    def _part(
        self,
        page: Page,
        lines: Sequence[PageLine],
        headers: Sequence[Header],
        label: str | None,
        place: _Place = _WHOLE,
    ) -> None:
        """Read a page, or a part of one with columns of text."""
        if not place.is_first:
            self._close_open()
        tables = self._page_tables(page, lines, headers, place)
        spans = [(table.top, table.bottom) for table in tables]
        boards = self.tables.boards
        legend: set[int] = set()
        on_page = lines
        if self.grid is not None:
            lines = self.left_alone.without_named(page, lines, self.grid.left_alone, label)
            self._note_unread(page, label)
            rest = without_legend(page, lines, self.layout.words)
            legend = {id(line) for line in lines} - {id(line) for line in rest}
        rows = [line for line in lines if id(line) not in legend]
        rows = self.left_alone.without(page, rows, spans, label, boards, self._is_heading)
        kept = {id(line) for line in rows} | legend
        self.elsewhere.add(line.text for line in on_page if id(line) not in kept)
        lines = [line for line in lines if id(line) in kept]
        if self.left_alone.lost_at_top:
            self._close_open()
            self._lose_headings()
        self._read_in_order(page, lines, tables, label)

    def lose_page(self, number: int, why: str) -> None:
        """Note that a page cannot be loaded; what goes on behind it may lack its beginning."""
        self._close_open()
        self._lose_headings()
        self._page_lost = True
        message = f"Page {number} could not be loaded and was not read: {why}."
        place = Location(number, number, None, None)
        self.warnings.append(ExtractionWarning("page_failed", message, "", place, "error"))

    def _note_unread(self, page: Page, label: str | None) -> None:
        """Say of tables whose headers name measures that no row of them could be read."""
        assert self.grid is not None
        for block in self.grid.unread:
            header = " | ".join(single_spaced(text) for text in block.texts)
            place = Location(page.number, page.number, block.bbox, label)
            self._seen.append((header, place))
            message = (
                "A table whose header names measures was left alone: it has no column of targets, "
                "results or statuses that is understood, or no rows."
            )
            self.warnings.append(
                ExtractionWarning("unknown_table", message, header[:_SHOWN_CHARACTERS], place)
            )

    def _is_heading(self, line: PageLine) -> bool:
        return self.sections.is_named_heading(line) or self.style.is_heading(line)

    def _lose_headings(self) -> None:
        """Forget the headings so far: pages are missing, which may have others."""
        self.sections.forget_headings()
        if self.grid is not None:
            self.grid.forget_headings()
        self._headings_lost = True

    def _page_tables(
        self,
        page: Page,
        lines: Sequence[PageLine],
        headers: Sequence[Header],
        place: _Place = _WHOLE,
    ) -> list[TablePart]:
        end, follows = _end_of_rows(page, lines), self._open_goes_on
        if self.grid is not None:
            goes_on = self._open is not None and self._open.at_page_end and follows
            tables = self.grid.tables(page, lines, end, goes_on=goes_on, follows=follows)
        else:
            tables = self._listed_tables(page, lines, headers, end)
        self._mark_ends(page, lines, tables, place)
        return tables

    def _listed_tables(
        self, page: Page, lines: Sequence[PageLine], headers: Sequence[Header], end: float
    ) -> list[TablePart]:
        """The tables of a page whose headers the layout lists, down to a height."""
        tables: list[TablePart] = []
        tops = [header.bbox[1] for header in headers]
        if self._open is not None and self._open.at_page_end:
            limit = min([*tops, end]) - _TABLE_MARGIN
            above = [line for line in lines if line.bottom < limit]
            overleaf = read_continuation(page, above, self._open, limit, self.vocabulary)
            if overleaf is not None:
                self._drop_header_rest(self._open, overleaf)
            if overleaf is not None and overleaf.entries:
                overleaf.at_page_start = True
                tables.append(overleaf)
        for header in headers:
            below = [top for top in tops if top > header.bbox[1] + _TABLE_MARGIN]
            limit = min([top - _TABLE_MARGIN for top in below] + [end])
            tables.append(read_table(page, header, lines, limit, self.vocabulary))
        return tables

    def _drop_header_rest(self, before: TablePart, overleaf: TablePart) -> None:
        """Drop what is left overleaf of a header row that the page break cut."""
        if before.entries or before.header is None or not overleaf.entries:
            return
        headers: dict[str, tuple[str, ...]] = {
            c.field: c.headers for c in before.header.table.columns
        }
        labels = {
            label.field: "".join(w.text for w in label.words) for label in before.header.labels
        }
        first = overleaf.entries[0]
        cells = {**first.cells, **first.lines[0].cells}
        texts = {name: cell.text for name, cell in cells.items() if cell.text}
        if texts and all(
            any(header_matches(labels.get(name, "") + text, h) for h in headers.get(name, ()))
            for name, text in texts.items()
        ):
            overleaf.entries.pop(0)

    def _mark_ends(
        self,
        page: Page,
        lines: Sequence[PageLine],
        tables: Sequence[TablePart],
        place: _Place = _WHOLE,
    ) -> None:
        for table in tables:
            top, bottom = table.top - _TABLE_MARGIN, table.bottom + _TABLE_MARGIN
            below = any(line.middle_height > bottom for line in lines)
            above = any(line.middle_height < top for line in lines)
            table.at_page_end = place.is_last and not below
            table.at_page_start = place.is_first and not above
            table.is_open_below = table.at_page_end and is_open_below(page, table)

    def _read_in_order(
        self, page: Page, lines: Sequence[PageLine], tables: Sequence[TablePart], label: str | None
    ) -> None:
        waiting = sorted(tables, key=lambda table: table.top)
        for line in lines:
            while waiting and waiting[0].top <= line.middle_height:
                self._add_table(page, waiting.pop(0), label)
            if not any(
                t.top - _TABLE_MARGIN <= line.middle_height <= t.bottom + _TABLE_MARGIN
                for t in tables
            ):
                self._close_open()
                if self.grid is not None:
                    line = self.grid.plain(line)
                    if not line.words:
                        continue  # the rest of what a heading says of its goal
                    self.grid.add_line(page.number, line)
                self.sections.add_line(page.number, line, label)
        for table in waiting:
            self._add_table(page, table, label)

    def _add_table(self, page: Page, table: TablePart, label: str | None) -> None:
        before = self._open
        continues = (
            before is not None
            and before.at_page_end
            and table.at_page_start
            and not (before.stands_alone or table.stands_alone)
            and self._open_goes_on
            and before.page != table.page
            and before.kind == table.kind
            and (table.header is None or table.columns.fields == before.columns.fields)
        )
        if not continues:
            self._close_open()
        context = self.sections.context_at_table()
        if self.grid is not None:
            context = self.grid.context(table.columns.fields)
        self._note_unknown_columns(table, label)
        self._mark_doubts(table, context)
        if table.header is not None and not table.entries:
            cells = (" ".join(w.text for w in label.words) for label in table.header.labels)
            place = Location(table.page, table.page, table.header.bbox, label)
            self._seen.append((" | ".join(cells), place))
        if continues and table.entries:
            self._join(table)
        self.tables.add(table, context, continues=continues, label=label)
        if table.unheaded_marks:
            self._unheaded.append(table.unheaded_marks)
        for kind, name in self.tables.new_names():
            self.sections.add_known_name(kind, name)
        self._open = table

    def _mark_doubts(self, table: TablePart, context: HeadingContext) -> None:
        """Mark the rows of a table whose headings are lost, or that lacks columns."""
        if table.kind != "measures":
            return
        in_cells = "success_factor" in table.columns.fields and self.tables.known_factors
        for entry in table.entries:
            if self._headings_lost and context.goal is None and not in_cells:
                entry.review.add("page_missing")
            if self.layout_is_eased:
                entry.review.add("layout_incomplete")

    def _close_open(self) -> None:
        """The last table does not go on: note where the page's end cut it."""
        table, self._open = self._open, None
        if table is None or table.kind != "measures" or not table.at_page_end:
            return
        if table.stands_alone:
            return
        last = self.tables.last_entry
        if last is None:
            return
        if (warning := note_cut_table(table, last)) is not None:
            self.warnings.append(warning)
            self._lose_headings()
        elif (doubt := note_full_page(table, last, self._end_of_page(table.page))) is not None:
            self.warnings.append(doubt)

    def _end_of_page(self, number: int) -> float:
        """Where the last line of a page, or of what is folded out below it, ends at most."""
        fold = self._folds.get(number)
        if fold is None or not fold.begins:
            return self._lowest
        return fold.begins + _FULL_PAGE * fold.size[1]

    def _join(self, table: TablePart) -> None:
        """Join what the page break cut: the first row, and a factor's cell that goes on."""
        last, known = self.tables.last_entry, self.tables.known_factors
        if last is None:
            return
        first, rest = table.entries[0], ""
        if not join_cut_row(last, first, known, self._is_lead_in):
            if (warning := note_cut_row(last)) is not None:
                self.warnings.append(warning)
        else:
            rest = first.text("success_factor") if "measure" in first.cells else ""
            table.entries.pop(0)
        if "measure" in first.cells:
            share_cut_factor(last, table.entries, known, joined=rest)

    def _note_unknown_columns(self, table: TablePart, label: str | None) -> None:
        """Say what columns the layout does not know, each wording of a header once."""
        for column in table.unknown:
            key = (squeeze(column.header), column.field)
            if key in self._unknown_headers:
                continue
            self._unknown_headers.add(key)
            place = Location(table.page, table.page, column.bbox, label)
            text = " | ".join([column.header, *column.cells]).strip(" |")
            message = (
                f"A header of a table is not known; its words hint at the role {column.field}."
                if column.guessed
                else "A header of a table says more than the layout knows."
                if column.field
                else "A column of a table has a header that the layout does not know."
                if column.header
                else "A column of a table has no header."
            )
            self.warnings.append(
                ExtractionWarning("unknown_header", message, text[:_SHOWN_CHARACTERS], place)
            )

    def _is_lead_in(self, name: str) -> bool:
        start = squeeze(name.partition(":")[0]) if ":" in name else ""
        lead_ins = {squeeze(word) for words in self.layout.words.kinds.values() for word in words}
        return start in lead_ins

    def _forget_ranks(self, number: int, line: PageLine) -> None:
        """Let the marks be no statuses: the report says that their colours are ranks."""
        if any(self.tables.marks("status")):
            self.tables.forget_marks("status")
            message = "Colours in the tables are ranks among others and no statuses."
            place = Location(number, number, line.bbox)
            self.warnings.append(
                ExtractionWarning("unknown_marker", message, line.text, place, "info")
            )

    def _part_trends(self, legend: Legend) -> None:
        """Let marks of status columns be trends, where the legend explains them so."""
        unheaded = {mark for marks in self._unheaded for mark in marks}
        parted = set(self.tables.part_trends(legend, unheaded))
        headed = parted - unheaded
        self._unheaded = [marks for marks in self._unheaded if parted.isdisjoint(marks)]
        if headed:
            first = min(headed, key=lambda mark: (mark.page, mark.bbox[1]))
            message = "By the legend the marks of this column are trends and no statuses."
            place = Location(first.page, first.page, first.bbox)
            self.warnings.append(ExtractionWarning("unknown_marker", message, "", place, "info"))

    def finish(self, source: SourceFile) -> ExtractedReport:
        """The whole report."""
        self._close_open()
        if self.grid is not None:
            self.grid.settle_areas()
        if self.watch is not None:
            self.watch.legend = tuple(self.legend.entries)
        if not edges_tell(self.tables.marks("status")):
            self.tables.forget_statuses(attrgetter("edge"))
        if not any(m.beside_figure and m.is_coloured for m in self.tables.marks("status")):
            self.tables.forget_statuses(attrgetter("beside_figure"))
        self.tables.share_edges()
        legend = self.legend.legend().with_marks(self.tables.marks("status"))
        if self.grid is not None and self.grid.ranks and not legend.has_statuses:
            self._forget_ranks(*self.grid.ranks)
        if self.grid is not None:
            legend = legend.with_words(self.grid.letters)
            legend = replace(legend, told_trends=self.grid.colour_trends)
            self._part_trends(legend)
            legend = legend.with_levels(self.grid.levels, self.tables.marks("status"))
            self.warnings += unheaded_warnings(self._unheaded, legend, self.grid.letters)
        identity, identity_warnings = self.identity.read(
            self.tables.header_year, self.tables.result_year
        )
        year = identity.get("fiscal_year", "")
        rows = self.tables.rows(legend, int(year) if year.isdecimal() else None)
        if self.grid is not None:
            rows = without_perspectives(rows, self.layout.words.perspectives)
        report = ExtractedReport(
            source=source,
            rows=rows,
            overview=self.tables.overview(legend, self.sections.factors),
            sections=self.sections.finish(),
            doubts=(*self.warnings, *identity_warnings),
            ignored=tuple(sorted(self.left_alone.ignored.items())),
            unknown_table_rows=self.left_alone.unknown_rows,
            identity=identity,
            ignored_places=tuple(self.left_alone.places),
            seen_tables=() if rows else tuple(self._seen + self.left_alone.seen),
        )
        words = self.elsewhere.of_broken(report.lines())
        return folded_back(replace(report, words_elsewhere=words), self._folds)
