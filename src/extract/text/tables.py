"""The measure tables of a text: where each lies, which columns it has, and its rows as printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from styrmatt.extract.text.cut.best_path import (
    SHARED_FIELDS,
    CellSpan,
    CutRow,
    Segmentation,
    segment,
)
from styrmatt.extract.text.cut.break_scores import TextStatistics
from styrmatt.extract.text.cut.cell_scores import TableScores
from styrmatt.extract.text.cut.cell_words import (
    KNOWN_NAME,
    CellLexicon,
    TextWord,
    is_sign,
    read_words,
)
from styrmatt.extract.text.cut.learned_widths import column_widths, learn_statistics
from styrmatt.extract.text.lines import TextLine, TextLines
from styrmatt.extract.text.table_regions import TableRegion, leading_codes
from styrmatt.printed import Cell, Location

SURE_MARGIN = 1.5
"""Points by which every other cut of a row's words must be worse for its cells to be certain.

More than one ordinary cue (about 1, see ``cut.weights``), less than a strong one (2 to 3): a single
cue that misleads does not make a row certain, and a row that one strong cue decides is certain.
"""
_COLUMN_GAP = 3
"""Spaces between two words of a line that stand in different columns: text is typed with one or
two. Twice as many stand before a cell that begins in the middle of a line and goes on below."""
_FEWEST_WRAPPED_LINES = 4
"""Wrapped lines of a column from which a table's own column width replaces that of all tables."""
_TRACE_SHARE = 0.04
"""Share of a table's lines with traces of empty cells, from which the file keeps such traces.

Real ones come with every row that lacks a cell; typed double spaces are rarer than that.
"""
_SENTENCE_BREAK = re.compile(r"[^\W\d_]{3}\.\s+(\w)\w+\s+\w+")


@dataclass(frozen=True, slots=True)
class TextRow:
    """One line of a table: cells by field, and whether its cells are certain.

    ``continues_measure``: a line for another sex of the measure above.
    """

    cells: Mapping[str, Cell]
    continues_measure: bool
    place: Location
    sure: bool


@dataclass(frozen=True, slots=True)
class TextTable:
    """Lines ``first`` to before ``end`` hold the header(s) and these rows.

    ``tail`` is a line behind them that begins with a board as a row would, if there is one.
    """

    first: int
    end: int
    rows: tuple[TextRow, ...]
    tail: int | None = None


def read_tables(
    regions: Sequence[TableRegion], text: TextLines, lexicon: CellLexicon
) -> list[tuple[TableRegion, TextTable]]:
    """The tables with their rows. A header that a page repeats goes on with the table above.

    Tables are cut twice: the first cut teaches the columns' widths for the second.
    """
    traces = _leaves_traces(regions, text)
    statistics = TextStatistics(text.text_width, text.blank_lines_separate, traces)
    groups = _regions_by_table(regions, text, lexicon, statistics)
    first_cuts = [_cut(group, text, lexicon, statistics) for group in groups]
    learned = learn_statistics(statistics, [(cut.words, cut.rows) for cut in first_cuts], lexicon)
    found = []
    for first in first_cuts:
        own_widths = column_widths([(first.words, first.rows)], fewest=_FEWEST_WRAPPED_LINES)
        widths = {**learned.column_widths, **own_widths}
        final = _cut(first.regions, text, lexicon, replace(learned, column_widths=widths))
        found.append((first.regions[0], final.table()))
    return found


def _leaves_traces(regions: Sequence[TableRegion], text: TextLines) -> bool:
    """Whether the file keeps traces of empty cells: lines of spaces, spare spaces."""
    lines = [line for region in regions for line in text.lines[region.header.end : region.stop]]
    traced = sum(1 for line in lines if line.empty_cell_traces)
    return traced >= _TRACE_SHARE * max(1, len(lines))


@dataclass(frozen=True)
class _RegionCut:
    """Regions of one table, their lines and words, and how these were cut.

    ``numbers`` are the lines' indices in the text; ``cut`` is None where no cut is possible.
    """

    regions: tuple[TableRegion, ...]
    lines: tuple[TextLine, ...]
    numbers: tuple[int, ...]
    words: tuple[TextWord, ...]
    lexicon: CellLexicon
    cut: Segmentation | None

    @property
    def reaches_end(self) -> bool:
        """Whether no narrative follows the rows."""
        return self.cut is not None and self.cut.end == len(self.words)

    def table(self) -> TextTable:
        """The rows with their cells and places."""
        first = self.regions[0].header.first
        if self.cut is None:
            return TextTable(first, self.regions[-1].header.end, ())
        end = self.regions[-1].stop
        if self.cut.end < len(self.words):
            end = self.numbers[self.words[self.cut.end].line]
        end = max(end, self.regions[-1].header.end)
        return TextTable(first, end, tuple(self._text_rows()), self._tail(end))

    def _tail(self, end: int) -> int | None:
        """The first line behind ``end`` that a known board leads."""
        for number, line in zip(self.numbers, self.lines, strict=True):
            codes = leading_codes(line.text) if number >= end else []
            if codes and self.lexicon.boards.issuperset(codes):
                return number
        return None

    def _text_rows(self) -> Iterator[TextRow]:
        """All lines; those of one measure share its merged cells."""
        lines = [(row, self._cells(row)) for row in self.rows]
        shared: dict[str, Cell] = {}
        factor: Cell | None = None
        for n, (row, cells) in enumerate(lines):
            if not row.continues_measure:
                of_measure = [cells]
                for other, more in lines[n + 1 :]:
                    if not other.continues_measure:
                        break
                    of_measure.append(more)
                shared = _merged(of_measure)
                if "success_factor" in shared:
                    factor = shared["success_factor"] if shared["success_factor"].text else factor
                    shared["success_factor"] = factor or shared["success_factor"]
            both = shared | {name: cell for name, cell in cells.items() if name not in shared}
            certain = row.margin >= SURE_MARGIN
            sure = certain and not self._is_odd(both) and not self._is_spread(row)
            yield TextRow(both, row.continues_measure, _place(cells, both), sure)

    def _is_odd(self, cells: Mapping[str, Cell]) -> bool:
        """Whether a row looks as if it were cut wrongly, however clear the cut was."""
        name, target = cells["measure"].text, cells["target"].text
        boards = any(s.field == "board" and s.end > s.start for r in self.rows for s in r.spans)
        if boards and not cells["board"].text:
            return True
        broken = any(text.endswith("-") and len(text) > 1 for text in (name, target))
        if self._has_strange_factor(cells):
            return True
        sentences = any(
            hit[1].isupper() for text in (name, target) for hit in _SENTENCE_BREAK.finditer(text)
        )
        return broken or sentences or name[:1].islower() or any(map(is_sign, target))

    def _has_strange_factor(self, cells: Mapping[str, Cell]) -> bool:
        """Whether the factor's cell holds what no overview and no heading names."""
        factor = cells["success_factor"].text if "success_factor" in cells else ""
        return bool(factor) and self.lexicon.likeness_to_factor(factor) < KNOWN_NAME

    def _is_spread(self, row: CutRow) -> bool:
        """Whether cells seem to stand side by side, so that their lines are mixed up."""
        for span in row.spans:
            words = self.words[span.start : span.end]
            if any(word.spaces >= _COLUMN_GAP for word in words[1:]):
                return True
            begins_within_line = bool(words) and words[0].spaces >= 2 * _COLUMN_GAP
            if begins_within_line and any(word.starts_line for word in words):
                return True
        return False

    @property
    def rows(self) -> tuple[CutRow, ...]:
        """The lines as cut; none where nothing could be."""
        return self.cut.rows if self.cut else ()

    def _cells(self, row: CutRow) -> dict[str, Cell]:
        cells: dict[str, Cell] = {}
        for span in row.spans:
            name, cell = span.field, self._cell(span)
            cells[name] = _append(cells[name], cell) if name in cells else cell
        return cells

    def _cell(self, span: CellSpan) -> Cell:
        words = self.words[span.start : span.end]
        anchor = words or self.words[max(0, span.start - 1) : max(1, span.start)]
        lines = [self.lines[word.line] for word in anchor]
        place = Location(lines[0].page, lines[-1].page, None, lines[0].page_label)
        parts = [(word.text, word.starts_line) for word in words]
        return Cell(as_printed(parts), place)


def as_printed(parts: Sequence[tuple[str, bool]]) -> str:
    """Texts in one, with a line break before each that begins a line and else a space."""
    return "".join(
        text if not n else f"\n{text}" if starts_line else f" {text}"
        for n, (text, starts_line) in enumerate(parts)
    )


def _merged(lines: Sequence[Mapping[str, Cell]]) -> dict[str, Cell]:
    """The cells that a measure's lines share, with the rests found at later lines."""
    shared: dict[str, Cell] = {}
    for cells in lines:
        for name in SHARED_FIELDS:
            if name in cells:
                shared[name] = _append(shared[name], cells[name]) if name in shared else cells[name]
    return shared


def _place(line: Mapping[str, Cell], cells: Mapping[str, Cell]) -> Location:
    """Where a line begins and ends; the first line of a measure with all of its name.

    ``line`` are the cells that the line itself holds, ``cells`` those with the shared ones.
    """
    filled = [cell.place for cell in line.values() if cell.text]
    last = max(place.page_last for place in filled)
    if "measure" in line:
        last = max(last, cells["measure"].place.page_last)
    first = min(filled, key=lambda place: place.page)
    return Location(first.page, last, None, first.label)


def _append(cell: Cell, more: Cell) -> Cell:
    """A cell with its rest from the next page."""
    place = replace(cell.place, page_last=more.place.page_last)
    return Cell(f"{cell.text}\n{more.text}" if cell.text else more.text, place)


def _cut(
    regions: tuple[TableRegion, ...],
    text: TextLines,
    lexicon: CellLexicon,
    statistics: TextStatistics,
) -> _RegionCut:
    """The lines of a table's regions, cut into cells as one text."""
    numbers = [n for region in regions for n in range(region.header.end, region.stop)]
    repeats: set[int] = set()
    count = 0
    for region in regions[:-1]:
        count += region.stop - region.header.end
        repeats.add(count)
    lines = tuple(text.lines[n] for n in numbers)
    words = read_words(lines)
    columns = regions[0].header.columns
    scores = TableScores(
        lines,
        words,
        lexicon,
        statistics,
        columns=columns,
        header_repeat_lines=frozenset(repeats),
        closed=regions[-1].closed,
    )
    cut = segment(columns, scores) if words else None
    return _RegionCut(regions, lines, tuple(numbers), words, lexicon, cut)


def _regions_by_table(
    regions: Sequence[TableRegion],
    text: TextLines,
    lexicon: CellLexicon,
    statistics: TextStatistics,
) -> list[tuple[TableRegion, ...]]:
    """Regions in groups: those of one table, whose header stands again on each of its pages."""
    groups: list[tuple[TableRegion, ...]] = []
    for region in regions:
        if (
            groups
            and _repeats_header(groups[-1][-1], region, text)
            and _cut(groups[-1], text, lexicon, statistics).reaches_end
        ):
            groups[-1] = (*groups[-1], region)
        else:
            groups.append((region,))
    return groups


def _repeats_header(last: TableRegion, region: TableRegion, text: TextLines) -> bool:
    """Whether a region's header follows the region before it at once, alike, on a new page."""
    return (
        last.closed
        and last.stop == region.header.first
        and region.header.columns == last.header.columns
        and text.lines[region.header.first].opens_page
    )
