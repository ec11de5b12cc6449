"""The measure tables of a text: where each lies, which columns it has, and its rows as printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from styrmatt.extract.text.cut.best_path import MORE, CutRow, Piece, Segmentation, cut
from styrmatt.extract.text.cut.break_scores import TextStatistics
from styrmatt.extract.text.cut.cell_scores import TableEvidence
from styrmatt.extract.text.cut.cell_words import (
    KNOWN_NAME,
    CellWords,
    TextWord,
    is_sign,
    read_words,
)
from styrmatt.extract.text.cut.learned_widths import column_widths, learn
from styrmatt.extract.text.lines import TextLine, TextLines
from styrmatt.extract.text.table_regions import Region, leading_codes
from styrmatt.printed import Cell, Location

SURE = 1.5
SHARED = ("measure", "board", "success_factor")
_FAR = 3
_STOP = re.compile(r"[^\W\d_]{3}\.\s+(\w)\w+\s+\w+")


@dataclass(frozen=True, slots=True)
class TextRow:
    """One line of a table: cells by field, and whether its cells are certain."""

    cells: Mapping[str, Cell]
    sub: bool
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
    regions: Sequence[Region], text: TextLines, cells: CellWords
) -> list[tuple[Region, TextTable]]:
    """The tables with their rows. A header that a page repeats goes on with the table above."""
    sheet = TextStatistics(text.text_width, text.blanks_tell, _runs_tell(regions, text))
    drafts = [_draft(group, text, cells, sheet) for group in _joined(regions, text, cells, sheet)]
    cuts = [(draft.words, draft.rows) for draft in drafts]
    learnt = learn(sheet, cuts, cells)
    found = []
    for draft in drafts:
        own = {**learnt.widths, **column_widths([(draft.words, draft.rows)], fewest=4)}
        final = _draft(draft.regions, text, cells, replace(learnt, widths=own))
        found.append((draft.regions[0], final.table(text)))
    return found


def _runs_tell(regions: Sequence[Region], text: TextLines) -> bool:
    """Whether the file keeps traces of empty cells: lines of spaces, spare spaces."""
    lines = [line for region in regions for line in text.lines[region.header.end : region.stop]]
    return sum(1 for line in lines if line.runs) >= 0.04 * max(1, len(lines))


@dataclass(frozen=True)
class _Draft:
    """Regions of one table, their lines and words, and how these were cut."""

    regions: tuple[Region, ...]
    lines: tuple[TextLine, ...]
    numbers: tuple[int, ...]
    words: tuple[TextWord, ...]
    known: CellWords
    cut: Segmentation | None

    @property
    def reaches_end(self) -> bool:
        """Whether no narrative follows the rows."""
        return self.cut is not None and self.cut.end == len(self.words)

    def table(self, text: TextLines) -> TextTable:
        """The rows with their cells and places."""
        first = self.regions[0].header.first
        if self.cut is None:
            return TextTable(first, self.regions[-1].header.end, ())
        end = self.regions[-1].stop
        if self.cut.end < len(self.words):
            end = self.numbers[self.words[self.cut.end].line]
        end = max(end, self.regions[-1].header.end)
        return TextTable(first, end, tuple(self._rows()), self._tail(end))

    def _tail(self, end: int) -> int | None:
        """The first line behind ``end`` that a known board leads."""
        for number, line in zip(self.numbers, self.lines, strict=True):
            codes = leading_codes(line.text) if number >= end else []
            if codes and self.known.boards.issuperset(codes):
                return number
        return None

    def _rows(self) -> Iterator[TextRow]:
        """All lines; those of one measure share its merged cells."""
        lines = [(row, self._cells(row)) for row in self.rows]
        shared: dict[str, Cell] = {}
        factor: Cell | None = None
        for n, (row, cells) in enumerate(lines):
            if not row.sub:
                own = [cells]
                for other, more in lines[n + 1 :]:
                    if not other.sub:
                        break
                    own.append(more)
                shared = _merged(own)
                if "success_factor" in shared:
                    factor = shared["success_factor"] if shared["success_factor"].text else factor
                    shared["success_factor"] = factor or shared["success_factor"]
            both = shared | {name: cell for name, cell in cells.items() if name not in shared}
            sure = row.margin >= SURE and not self._is_odd(both) and not self._is_spread(row)
            yield TextRow(both, row.sub, _place(cells, both), sure)

    def _is_odd(self, cells: Mapping[str, Cell]) -> bool:
        """Whether a row looks as if it were cut wrongly, however clear the cut was."""
        name, target = cells["measure"].text, cells["target"].text
        boards = any(p.field == "board" and p.end > p.start for r in self.rows for p in r.pieces)
        if boards and not cells["board"].text:
            return True
        broken = any(text.endswith("-") and len(text) > 1 for text in (name, target))
        if self._has_strange_factor(cells):
            return True
        sentences = any(hit[1].isupper() for t in (name, target) for hit in _STOP.finditer(t))
        return broken or sentences or name[:1].islower() or any(map(is_sign, target))

    def _has_strange_factor(self, cells: Mapping[str, Cell]) -> bool:
        """Whether the factor's cell holds what no overview and no heading names."""
        factor = cells["success_factor"].text if "success_factor" in cells else ""
        return bool(factor) and self.known.likeness_to_factor(factor) < KNOWN_NAME

    def _is_spread(self, row: CutRow) -> bool:
        """Whether cells seem to stand side by side, so that their lines are mixed up."""
        for piece in row.pieces:
            words = self.words[piece.start : piece.end]
            if any(word.spaces >= _FAR for word in words[1:]):
                return True
            if words and words[0].spaces >= 2 * _FAR and any(word.starts_line for word in words):
                return True
        return False

    @property
    def rows(self) -> tuple[CutRow, ...]:
        """The lines as cut; none where nothing could be."""
        return self.cut.rows if self.cut else ()

    def _cells(self, row: CutRow) -> dict[str, Cell]:
        cells: dict[str, Cell] = {}
        for piece in row.pieces:
            name = piece.field.removeprefix(MORE)
            cell = self._cell(piece)
            cells[name] = _append(cells[name], cell) if name in cells else cell
        return cells

    def _cell(self, piece: Piece) -> Cell:
        words = self.words[piece.start : piece.end]
        anchor = words or self.words[max(0, piece.start - 1) : max(1, piece.start)]
        lines = [self.lines[word.line] for word in anchor]
        place = Location(lines[0].page, lines[-1].page, None, lines[0].label)
        text = ""
        for n, word in enumerate(words):
            text += (
                word.text if not n else f"\n{word.text}" if word.starts_line else f" {word.text}"
            )
        return Cell(text, place)


def _merged(lines: Sequence[Mapping[str, Cell]]) -> dict[str, Cell]:
    """The cells that a measure's lines share, with the rests found at later lines."""
    shared: dict[str, Cell] = {}
    for cells in lines:
        for name in SHARED:
            if name in cells:
                shared[name] = _append(shared[name], cells[name]) if name in shared else cells[name]
    return shared


def _place(own: Mapping[str, Cell], cells: Mapping[str, Cell]) -> Location:
    """Where a line begins and ends; the first line of a measure with all of its name."""
    filled = [cell.place for cell in own.values() if cell.text]
    last = max(place.page_last for place in filled)
    if "measure" in own:
        last = max(last, cells["measure"].place.page_last)
    first = min(filled, key=lambda place: place.page)
    return Location(first.page, last, None, first.label)


def _append(cell: Cell, more: Cell) -> Cell:
    """A cell with its rest from the next page."""
    place = replace(cell.place, page_last=more.place.page_last)
    return Cell(f"{cell.text}\n{more.text}" if cell.text else more.text, place)


def _draft(
    regions: tuple[Region, ...], text: TextLines, cells: CellWords, sheet: TextStatistics
) -> _Draft:
    numbers = [n for region in regions for n in range(region.header.end, region.stop)]
    hard: set[int] = set()
    count = 0
    for region in regions[:-1]:
        count += region.stop - region.header.end
        hard.add(count)
    lines = tuple(text.lines[n] for n in numbers)
    words = read_words(lines)
    columns = regions[0].header.columns
    evidence = TableEvidence(
        lines, words, cells, sheet, columns=columns, hard=frozenset(hard), closed=regions[-1].closed
    )
    found = cut(columns, evidence) if words else None
    return _Draft(regions, lines, tuple(numbers), words, cells, found)


def _joined(
    regions: Sequence[Region], text: TextLines, cells: CellWords, sheet: TextStatistics
) -> list[tuple[Region, ...]]:
    """Regions in groups: those of one table, whose header stands again on each of its pages."""
    groups: list[tuple[Region, ...]] = []
    for region in regions:
        if groups and _goes_on(groups[-1], region, text, cells, sheet):
            groups[-1] = (*groups[-1], region)
        else:
            groups.append((region,))
    return groups


def _goes_on(
    group: tuple[Region, ...],
    region: Region,
    text: TextLines,
    cells: CellWords,
    sheet: TextStatistics,
) -> bool:
    last = group[-1]
    if not last.closed or last.stop != region.header.first:
        return False
    if (
        region.header.columns != last.header.columns
        or not text.lines[region.header.first].opens_page
    ):
        return False
    return _draft(group, text, cells, sheet).reaches_end
