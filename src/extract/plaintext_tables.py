"""The measure tables of a text: where each lies, which columns it has, and its rows as printed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from styrmatt.extract.plaintext_breaks import Sheet
from styrmatt.extract.plaintext_cut import END, MORE, Cut, CutRow, Piece, cut
from styrmatt.extract.plaintext_evidence import NAME_LETTERS, TableEvidence
from styrmatt.extract.plaintext_headers import Header
from styrmatt.extract.plaintext_lines import Line, TextLines
from styrmatt.extract.plaintext_words import CellWords, Word, printed_width, read_words
from styrmatt.printed import Cell, Place
from styrmatt.words import squeeze

SURE = 1.5
SHARED = ("measure", "board", "success_factor")
_CODE_IN_BRACKETS = re.compile(r"\(([A-ZÅÄÖ]{2,5}(?:[,/ ]+[A-ZÅÄÖ]{2,5})*)\)\s*$")
_CODE = re.compile(r"[A-ZÅÄÖ]{2,5}")
_TEXT_LINES_AT_END = 3
_WIDE_SHARE = 0.9


@dataclass(frozen=True, slots=True)
class TextRow:
    """One line of a table: cells by field, and whether its cells are certain."""

    cells: Mapping[str, Cell]
    sub: bool
    place: Place
    margin: float

    @property
    def sure(self) -> bool:
        """Whether no other cut of the row comes near this one."""
        return self.margin >= SURE


@dataclass(frozen=True, slots=True)
class TextTable:
    """Lines ``first`` to before ``end`` hold the header(s) and these rows."""

    first: int
    end: int
    rows: tuple[TextRow, ...]
    end_sure: bool


@dataclass(frozen=True, slots=True)
class Region:
    """Lines in which a table can lie: below its header, up to what certainly is no table."""

    header: Header
    stop: int
    closed: bool
    """Whether a heading or another table ends it (else it is cut off in running text)."""


def find_regions(headers: Sequence[Header], stops: Sequence[int], text: TextLines) -> list[Region]:
    """Where each measure table can lie; ``stops`` are the lines of named headings."""
    regions = []
    marks = sorted({*stops, *(header.first for header in headers), len(text.lines)})
    for header in headers:
        if header.table.kind != "measures":
            continue
        stop = next(mark for mark in marks if mark >= header.end)
        far = _running_text(text, header.end, stop)
        regions.append(Region(header, far or stop, far is None))
    return regions


def _running_text(text: TextLines, start: int, stop: int) -> int | None:
    """The line behind the first few full lines of narrative in a row, if there are any."""
    run = 0
    for at in range(start, stop):
        run = run + 1 if len(text.lines[at].text) >= 0.75 * text.text_width else 0
        if run == _TEXT_LINES_AT_END:
            return at + 1
    return None


def known_boards(regions: Sequence[Region], text: TextLines) -> frozenset[str]:
    """Boards' codes: those in brackets behind names of the overview, and those that lead cells."""
    found: Counter[str] = Counter()
    for line in text.lines:
        if match := _CODE_IN_BRACKETS.search(line.text):
            for code in _CODE.findall(match[1]):
                found[code] += 1 if len(line.text) < 0.9 * text.text_width else 0
    bracketed = {code for code, n in found.items() if n >= 2}
    leading: Counter[str] = Counter()
    for region in regions:
        if "board" not in region.header.columns:
            continue
        for line in text.lines[region.header.end : region.stop]:
            first, *others = line.text.split()
            if _CODE.fullmatch(first.split(",")[0].split("/")[0]) and (not others or len(line.text) < 40):
                leading.update(_CODE.findall(first))
    return frozenset(bracketed | {code for code, n in leading.items() if n >= 2 or code in found})


def read_tables(
    regions: Sequence[Region], text: TextLines, cells: CellWords
) -> list[tuple[Region, TextTable]]:
    """The tables with their rows. A header repeated on the next page goes on with the table above."""
    sheet = Sheet(text.text_width, text.blanks_tell, _runs_tell(regions, text))
    drafts = [_draft(group, text, cells, sheet) for group in _joined(regions, text, cells, sheet)]
    widths = _widths(drafts)
    learnt = replace(
        sheet, own_line=_own_lines(drafts), empty=_empties(drafts), names=_name_starts(drafts, cells)
    )
    found = []
    for draft in drafts:
        own = {**widths, **_widths([draft], fewest=4)}
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
    lines: tuple[Line, ...]
    numbers: tuple[int, ...]
    words: tuple[Word, ...]
    cut: Cut | None

    @property
    def reaches_end(self) -> bool:
        """Whether no narrative follows the rows."""
        return self.cut is not None and self.cut.end == len(self.words)

    def table(self, text: TextLines) -> TextTable:
        """The rows with their cells and places."""
        first = self.regions[0].header.first
        if self.cut is None:
            return TextTable(first, self.regions[-1].header.end, (), False)
        end = self.regions[-1].stop
        if self.cut.end < len(self.words):
            end = self.numbers[self.words[self.cut.end].line]
        rows = tuple(self._rows())
        return TextTable(first, max(end, self.regions[-1].header.end), rows, self.cut.end_margin >= SURE)

    def _rows(self) -> Iterator[TextRow]:
        """All lines; those of one measure share its merged cells, with their rests from other pages."""
        assert self.cut is not None
        lines = [(row, self._cells(row)) for row in self.cut.rows]
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
            yield TextRow(both, row.sub, _place(cells, both), row.margin)

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
        place = Place(lines[0].page, lines[-1].page, None, lines[0].label)
        text = ""
        for n, word in enumerate(words):
            text += word.text if not n else f"\n{word.text}" if word.starts_line else f" {word.text}"
        return Cell(text, place)


def _merged(lines: Sequence[Mapping[str, Cell]]) -> dict[str, Cell]:
    """The cells that the lines of one measure share: its own, with the rests found at later lines."""
    shared: dict[str, Cell] = {}
    for cells in lines:
        for name in SHARED:
            if name in cells:
                shared[name] = _append(shared[name], cells[name]) if name in shared else cells[name]
    return shared


def _place(own: Mapping[str, Cell], cells: Mapping[str, Cell]) -> Place:
    """Where a line begins and ends; the first line of a measure with all of its name."""
    filled = [cell.place for cell in own.values() if cell.text]
    last = max(place.page_last for place in filled)
    if "measure" in own:
        last = max(last, cells["measure"].place.page_last)
    first = min(filled, key=lambda place: place.page)
    return Place(first.page, last, None, first.label)


def _append(cell: Cell, more: Cell) -> Cell:
    """A cell with its rest from the next page."""
    place = replace(cell.place, page_last=more.place.page_last)
    return Cell(f"{cell.text}\n{more.text}" if cell.text else more.text, place)


def _draft(
    regions: tuple[Region, ...], text: TextLines, cells: CellWords, sheet: Sheet
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
    return _Draft(regions, lines, tuple(numbers), words, cut(columns, evidence) if words else None)


def _joined(
    regions: Sequence[Region], text: TextLines, cells: CellWords, sheet: Sheet
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
    group: tuple[Region, ...], region: Region, text: TextLines, cells: CellWords, sheet: Sheet
) -> bool:
    last = group[-1]
    if not last.closed or last.stop != region.header.first:
        return False
    if region.header.columns != last.header.columns or not text.lines[region.header.first].opens_page:
        return False
    return _draft(group, text, cells, sheet).reaches_end


def _pieces(drafts: Sequence[_Draft]) -> Iterator[tuple[str, Sequence[Word]]]:
    """Column and words of every cell that has words."""
    for draft in drafts:
        for row in draft.cut.rows if draft.cut else ():
            for piece in row.pieces:
                if piece.field != END and piece.end > piece.start:
                    yield piece.field, draft.words[piece.start : piece.end]


def _own_lines(drafts: Sequence[_Draft]) -> dict[str, float]:
    """For each column, the share of its cells that begin on a line of their own."""
    starts: dict[str, list[bool]] = {}
    for name, words in _pieces(drafts):
        starts.setdefault(name, []).append(words[0].starts_line)
    return {name: sum(own) / len(own) for name, own in starts.items() if len(own) >= 8}


def _empties(drafts: Sequence[_Draft]) -> dict[str, float]:
    """For board and factor, the share of a measure's first lines that have none."""
    seen: dict[str, list[bool]] = {}
    for draft in drafts:
        for row in draft.cut.rows if draft.cut else ():
            for piece in row.pieces:
                if piece.field in ("board", "success_factor") and not row.sub:
                    seen.setdefault(piece.field, []).append(piece.start == piece.end)
    return {name: sum(empty) / len(empty) for name, empty in seen.items() if len(empty) >= 8}


def _name_starts(drafts: Sequence[_Draft], cells: CellWords) -> frozenset[str]:
    """The first letters of all measures' names without lead-ins, of those that are long enough."""
    found = set()
    for name, words in _pieces(drafts):
        if name == "measure":
            own = words[1:] if cells.is_kind_lead(words[0].text) else words
            start = squeeze(" ".join(word.text for word in own))[:NAME_LETTERS]
            if len(start) == NAME_LETTERS:
                found.add(start)
    return frozenset(found)


def _widths(drafts: Sequence[_Draft], fewest: int = 1) -> dict[str, float]:
    """Width of each column: what the widest lines of its cells take that are followed by another."""
    seen: dict[str, list[float]] = {}
    for name, words in _pieces(drafts):
        seen.setdefault(name.removeprefix(MORE), []).extend(_wrapped(words))
    return {
        name: sorted(widths)[min(len(widths) - 1, int(_WIDE_SHARE * len(widths)))]
        for name, widths in seen.items()
        if len(widths) >= fewest
    }


def _wrapped(words: Sequence[Word]) -> list[float]:
    """Widths of the cell's lines that another line of the cell follows."""
    lines: dict[int, list[str]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word.text)
    return [printed_width(" ".join(texts)) for texts in list(lines.values())[:-1]]
