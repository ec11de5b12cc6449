"""Reads a report from its text layer, a text file without any geometry.

Cells come in reading order there. The steps: lines and pages, the layout that fits, headers and
headings, the overviews, the measure tables between header and narrative, and the sections.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Collection, Container, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from styrmatt.errors import UnreadableSourceError
from styrmatt.extract.choose_layout import ChosenLayout, choose, override
from styrmatt.extract.report_identity import IdentityReader
from styrmatt.extract.text.cut.cell_words import CellLexicon
from styrmatt.extract.text.header_row import (
    TextHeader,
    begins_header,
    find_headers,
    find_unknown_headers,
    fit_layouts,
)
from styrmatt.extract.text.headings import (
    TextHeading,
    find_lead_ins,
    find_names,
    find_perspectives,
)
from styrmatt.extract.text.ignored_tables import IgnoredTextTable, find_ignored_tables
from styrmatt.extract.text.lines import TextLines, decode, read_lines
from styrmatt.extract.text.overview import OverviewTable, read_overview
from styrmatt.extract.text.rows import place_of, rows_of
from styrmatt.extract.text.sections import contexts, read_sections
from styrmatt.extract.text.table_regions import TableRegion, find_regions, known_boards
from styrmatt.extract.text.tables import TextTable, read_tables
from styrmatt.extract.words_elsewhere import WordsElsewhere
from styrmatt.files import ReportFile
from styrmatt.layout import Layout
from styrmatt.printed import (
    ExtractedReport,
    ExtractionWarning,
    Location,
    OverviewGoal,
    SectionKind,
    SourceFile,
)
from styrmatt.swedish.board_codes import split_board_codes
from styrmatt.whitespace import shown_name, single_spaced, squeeze

_YEAR = re.compile(r"20\d\d")
_OVERVIEW_LINES = 80
"""Lines below an overview's header that may be its own: about two pages of narrow cells."""
_FULL_LINE = 0.85
"""Share of the text's width from which a line is narrative, as for the overview's cutter."""
_BROKEN_WORD = re.compile(r"(?<=[^\W\d_])-\n(?=([^\W\d_]+))")


def read_text(
    path: ReportFile,
    layouts: Sequence[Layout],
    *,
    layout_name: str | None = None,
    pages: Container[int] | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[Layout, ExtractedReport]:
    """The layout that fits and the report as printed, from a text file.

    ``pages`` limits what is read; ``progress`` is called with pages done and in all. Raises
    StyrmattError where the file is no text or no layout fits.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableSourceError(f"{path.name} cannot be read: {error.strerror}.") from error
    raw = decode(data, path.name)
    text = read_lines(raw, layouts[0].words.running, lambda line: begins_header(line, layouts))
    if pages is not None:
        text = _limited(text, pages)
    if layout_name is not None:
        chosen = override(layouts, layout_name, lambda layout: fit_layouts(text.lines, [layout])[0])
    else:
        chosen = ChosenLayout(choose(fit_layouts(text.lines, layouts), path.name))
    numbers = sorted({line.page for line in text.lines})
    source = SourceFile(
        shown_name(path.name),
        hashlib.sha256(data).hexdigest(),
        "text",
        text.page_count,
        tuple(numbers),
    )
    layout = chosen.layout
    printed = _TextReportReader(layout, text, chosen).read(source)
    for done in range(1, len(numbers) + 1):
        progress(done, len(numbers))
    return layout, printed


def _limited(text: TextLines, pages: Container[int]) -> TextLines:
    """The text of these pages alone."""
    return replace(
        text,
        lines=tuple(line for line in text.lines if line.page in pages),
        page_warnings=tuple(w for w in text.page_warnings if w.place and w.place.page in pages),
    )


@dataclass
class _TextReportReader:
    layout: Layout
    text: TextLines
    chosen: ChosenLayout

    def read(self, source: SourceFile) -> ExtractedReport:
        """The whole report."""
        text, layout = self.text, self.layout
        headers = find_headers(text.lines, layout)
        unknown_headers = find_unknown_headers(text.lines, layout, headers)
        perspectives = find_perspectives(text, layout, headers)
        lead_ins = find_lead_ins(text, layout, headers, self._overview_text(headers))
        overviews = self._overviews(headers, lead_ins, perspectives)
        regions = self._regions(headers, [*lead_ins, *perspectives], unknown_headers)
        names = _Names.of(lead_ins, overviews)
        lexicon = CellLexicon(layout.words, known_boards(regions, text), names.factors)
        tables = read_tables(regions, text, lexicon)
        taken = _lines_of_tables(overviews, tables)
        ignored, ignored_lines = find_ignored_tables(
            text, layout, taken, unknown_headers, [*lead_ins, *perspectives]
        )
        taken |= ignored_lines
        in_headings = {n for h in (*lead_ins, *perspectives) for n in range(h.first, h.end)}
        known_names: dict[SectionKind, tuple[str, ...]] = {
            "goal": names.goals,
            "success_factor": names.factors,
            "other": _measure_names(tables, layout),
        }
        plain = find_names(text, taken | in_headings, known_names)
        headings = [*lead_ins, *perspectives, *plain]
        identity, identity_warnings = self._identity(headers)
        rows, row_warnings = rows_of(
            tables, contexts(headings), text, unknown_headers=len(unknown_headers)
        )
        report = ExtractedReport(
            source=source,
            rows=rows,
            overview=tuple(goal for overview in overviews for goal in overview.goals),
            sections=read_sections(text, headings, taken, layout.words.names),
            doubts=(
                *self.chosen.warnings,
                *self.text.page_warnings,
                *identity_warnings,
                *row_warnings,
                *self._table_warnings(overviews, ignored),
            ),
            ignored=_rows_by_name(ignored),
            unknown_table_rows=sum(table.rows for table in ignored if table.ignored is None),
            identity=identity,
            seen_tables=() if rows else self._seen(headers, ignored),
        )
        elsewhere = WordsElsewhere()
        elsewhere.add(text.lines[n].text for n in sorted(ignored_lines))
        return replace(report, words_elsewhere=elsewhere.of_broken(report.lines()))

    def _seen(
        self, headers: Sequence[TextHeader], ignored: Sequence[IgnoredTextTable]
    ) -> tuple[tuple[str, Location], ...]:
        """The headers of tables and the first lines of those left alone, in order."""
        found = [(header.first, header.printed) for header in headers]
        found += [(table.first, "\n".join(table.printed.splitlines()[:2])) for table in ignored]
        return tuple((printed, place_of(self.text, first)) for first, printed in sorted(found))

    def _overview_text(self, headers: Sequence[TextHeader]) -> str:
        """The text below the overviews' headers, down to the first full line of narrative."""
        texts: list[str] = []
        for header in headers:
            if header.table.kind == "overview":
                for line in self.text.lines[header.end : header.end + _OVERVIEW_LINES]:
                    if len(line.text) >= _FULL_LINE * self.text.text_width:
                        break
                    texts.append(line.text)
        return "\n".join(texts)

    def _regions(
        self,
        headers: Sequence[TextHeader],
        headings: Sequence[TextHeading],
        unknown_headers: Sequence[tuple[int, int]],
    ) -> list[TableRegion]:
        stops = [heading.first for heading in headings] + [first for first, _ in unknown_headers]
        return find_regions(headers, stops, self.text)

    def _overviews(
        self,
        headers: Sequence[TextHeader],
        lead_ins: Sequence[TextHeading],
        perspectives: Sequence[TextHeading],
    ) -> list[OverviewTable]:
        goals = list(dict.fromkeys(single_spaced(h.name) for h in lead_ins if h.kind == "goal"))
        factors = list(
            dict.fromkeys(single_spaced(h.name) for h in lead_ins if h.kind == "success_factor")
        )
        marks = sorted([h.first for h in headers] + [h.first for h in (*lead_ins, *perspectives)])
        found = []
        for header in headers:
            if header.table.kind != "overview":
                continue
            stop = next((mark for mark in marks if mark >= header.end), len(self.text.lines))
            above = [p.name for p in perspectives if p.first < header.first]
            found.append(
                read_overview(
                    header,
                    stop,
                    self.text,
                    self.layout,
                    perspective=above[-1] if above else None,
                    goals=goals,
                    factors=factors,
                )
            )
        return found

    def _identity(
        self, headers: Sequence[TextHeader]
    ) -> tuple[Mapping[str, str], tuple[ExtractionWarning, ...]]:
        reader = IdentityReader(self.layout)
        pages: dict[int, list[str]] = {}
        suspend = self.layout.words.hyphens.suspend_before
        for line in self.text.lines:
            pages.setdefault(line.page, []).append(line.text)
        for lines in pages.values():
            reader.page(_dehyphenated("\n".join(lines), suspend))
        for head in self.text.running_heads:
            reader.page(head)
        years = Counter(
            int(y) for h in headers for y in _YEAR.findall(h.printed) if h.table.kind == "measures"
        )
        year = max(years, key=lambda y: (years[y], y)) if years else None
        identity, warnings = reader.read(year)
        return MappingProxyType(dict(identity)), warnings

    def _table_warnings(
        self, overviews: Sequence[OverviewTable], ignored: Sequence[IgnoredTextTable]
    ) -> list[ExtractionWarning]:
        """Warnings about overviews without goals, and tables that no layout describes."""
        warnings = []
        for overview in overviews:
            if not overview.goals:
                message = "No goal could be made out in an overview table."
                warnings.append(
                    ExtractionWarning(
                        "unknown_table", message, "", place_of(self.text, overview.first)
                    )
                )
        for table in ignored:
            if table.ignored is None:
                place = place_of(self.text, table.first)
                warnings.append(ExtractionWarning(table.kind, table.message, table.printed, place))
        return warnings


@dataclass(frozen=True)
class _Names:
    """Names of goals and factors that overview and headings give."""

    goals: tuple[str, ...]
    factors: tuple[str, ...]

    @classmethod
    def of(cls, headings: Sequence[TextHeading], overviews: Sequence[OverviewTable]) -> _Names:
        goals = [h.name for h in headings if h.kind == "goal"]
        factors = [h.name for h in headings if h.kind == "success_factor"]
        all_goals: list[OverviewGoal] = [goal for overview in overviews for goal in overview.goals]
        goals += [split_board_codes(goal.goal.text)[0] for goal in all_goals]
        factors += [split_board_codes(cell.text)[0] for goal in all_goals for cell in goal.factors]
        return cls(tuple(dict.fromkeys(goals)), tuple(dict.fromkeys(factors)))


def _dehyphenated(text: str, suspend: Collection[str]) -> str:
    """The text with words that lines broke joined again; before ``suspend`` no word is broken."""

    def joint(hit: re.Match[str]) -> str:
        if hit[1] in suspend:
            return "- "
        return "" if hit[1].islower() else hit[0]

    return _BROKEN_WORD.sub(joint, text)


def _lines_of_tables(
    overviews: Sequence[OverviewTable], tables: Sequence[tuple[TableRegion, TextTable]]
) -> set[int]:
    spans = [(o.first, o.end) for o in overviews] + [(t.first, t.end) for _, t in tables]
    return {n for first, end in spans for n in range(first, end)}


def _measure_names(
    tables: Sequence[tuple[TableRegion, TextTable]], layout: Layout
) -> tuple[str, ...]:
    """Names of measures without lead-ins: a heading of the narrative often is one."""
    lead_ins = {squeeze(word) for words in layout.words.kinds.values() for word in words}
    names = []
    for _, table in tables:
        for row in table.rows:
            lead, colon, name = row.cells["measure"].text.partition(":")
            names.append(name if colon and squeeze(lead) in lead_ins else row.cells["measure"].text)
    return tuple(dict.fromkeys(names))


def _rows_by_name(ignored: Sequence[IgnoredTextTable]) -> tuple[tuple[str, int], ...]:
    """For each of the layout's names of ignored tables, the rows of such tables, by name."""
    counts: Counter[str] = Counter()
    for table in ignored:
        if table.ignored is not None:
            counts[table.ignored] += table.rows
    return tuple(sorted(counts.items()))
