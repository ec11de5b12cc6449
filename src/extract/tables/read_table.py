"""Reads the measure and overview tables of a page: which words and marks stand in which cell.

A table is found by its header, or goes on from the page before without one. What comes out are
entries: a measure (or a goal's factor) with a line for each sex. What a page break cut is joined in
:mod:`styrmatt.extract.tables.page_breaks`. Heights and lengths are in points, or in ems where they
are multiplied with a font size.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from styrmatt.extract.headers.header_words import load_header_words
from styrmatt.extract.marks.find import find_marks, words_of_marks
from styrmatt.extract.marks.mark import Mark
from styrmatt.extract.model.page import Page
from styrmatt.extract.model.text_lines import HYPHENS, PageLine, Word, lines_of
from styrmatt.extract.tables.cells import (
    EntryLine,
    KnownColumn,
    TableCell,
    TableEntry,
    TableKind,
    TablePart,
)
from styrmatt.extract.tables.columns import Columns, find_columns
from styrmatt.extract.tables.header_row import Header
from styrmatt.extract.tables.rows.entry_bands import goal_spans, measure_bands, sex_bands
from styrmatt.extract.tables.rows.missing_rules import (
    beside_one_letter,
    each_beside_its_letter,
    goes_over_lines,
    has_two_names,
)
from styrmatt.extract.tables.rows.row_bands import TableBody, row_rules, split_at
from styrmatt.extract.tables.rows.straddling_marks import without_straddling
from styrmatt.extract.tables.table_edges import table_edges
from styrmatt.extract.tables.table_end import TableVocabulary, body_bottom
from styrmatt.extract.tables.unknown_columns import doubtful_cells, unknown_columns
from styrmatt.extract.tables.unlabelled_columns import with_unlabelled
from styrmatt.extract.tables.value_columns import known_columns, value_of
from styrmatt.geometry import Span, middle, union
from styrmatt.vocabulary import Vocabulary

_MARKED = ("status", "trend", None)
"""Fields whose cells may hold marks; None is a column without a header."""
_LETTERS = re.compile(r"[^\W\d_]+")
_SHARED_FIELDS = ("measure", "success_factor", "goal", "board")
"""Cells that the lines of an entry share."""
_LINE_FIELDS = ("sex", "target", "status", "trend")
"""Cells that each line of an entry has of its own."""
_ROUNDING = 1.0
"""Points by which a word may reach over the edge of a span that it belongs to: boxes of characters
are a little taller than what is drawn, and rulings have a thickness."""
_HEADER_RULE_WITHIN = 1.5
"""Ems below the labels within which the header's closing rule lies: a padding, no row."""
_HEADER_RULE_ABOVE = 1.5
"""Points by which that rule may lie above the labels' lower end: boxes of letters reach lower than
the letters."""
_HEADER_MARGIN = 0.5
"""Points below its labels where a header without a rule ends."""
_CUT_ROW_PADDING = 2.0
"""Points above its first line where a table that goes on overleaf begins, if no ruling shows it."""
_RULING_STARTS = 16.0
"""Points around that height within which vertical rulings of the table begin overleaf: a padding
and a line, since the first cell may be empty."""
_RULING_BELOW_START = 12.0
"""Points below that height down to which a vertical ruling may begin and still be of the first row.
"""
_SAME_BOUND = 3.0
"""Points by which a ruling may miss the bound of a column on the page before."""
_WITHIN_COLUMN_LEFT, _WITHIN_COLUMN_RIGHT = 2.0, 4.0
"""Points by which a line may reach over the right bound of the first column and still be nothing
but that: with its beginning hardly, with its end as words hang over."""
_SPAN_TOLERANCE = 2.0
"""Points by which the middle of a goal's name may lie outside of the factor beside it."""
_RULE_BETWEEN_LINES = 4.0
"""Points around the cut between two sexes within which a rule parts them."""


def read_table(
    page: Page,
    header: Header,
    lines: Sequence[PageLine],
    limit: float,
    vocabulary: TableVocabulary,
) -> TablePart:
    """The table under a header; ``limit`` is where the next table or the running foot begins."""
    below = [
        line
        for line in lines
        if line.top >= header.bbox[3] - _ROUNDING and line.bottom <= limit + _ROUNDING
    ]
    edges = table_edges(page, header.bbox, header.size)
    below = _without_labels(edges.cut(below), header)
    if header.table.kind == "measures":  # in an overview, marks stand in such a column
        header = with_unlabelled(header, below)
    columns = find_columns(page, header, below, edges)
    top = _body_top(page, header, columns)
    bottom = body_bottom(page, columns, top, below, limit, vocabulary)
    known: tuple[KnownColumn, ...] = ()
    if header.others and header.table.kind == "measures":
        words = load_header_words(vocabulary.words.language)
        known = known_columns(header, columns, words, below)
    return _table_part(page, header.table.kind, columns, (top, bottom), header, vocabulary, known)


def _without_labels(lines: Sequence[PageLine], header: Header) -> list[PageLine]:
    """The lines without the header's words; a label of several lines may reach below the others."""
    in_labels = {id(word) for label in header.cells for word in label.words}
    rest = [PageLine(tuple(w for w in line.words if id(w) not in in_labels)) for line in lines]
    return [line for line in rest if line.words]


def _body_top(page: Page, header: Header, columns: Columns) -> float:
    """Lower end of the header: the ruling or shading below its labels, else the labels' end."""
    bottom = header.bbox[3]
    size = header.size
    rules = row_rules(page, columns, 0, bottom - _ROUNDING, bottom + _HEADER_RULE_WITHIN * size)
    closing = [
        y
        for y in rules
        if y >= bottom - _HEADER_RULE_ABOVE and not _text_between(page, columns, bottom, y)
    ]
    return closing[0] if closing else bottom + _HEADER_MARGIN


def _text_between(page: Page, columns: Columns, top: float, bottom: float) -> bool:
    return any(
        top < w.middle < bottom and columns.bounds[0] <= w.x0 <= columns.bounds[-1]
        for w in page.words_at(top, bottom)
    )


def read_continuation(
    page: Page,
    lines: Sequence[PageLine],
    before: TablePart,
    limit: float,
    vocabulary: TableVocabulary,
) -> TablePart | None:
    """The part of ``before`` that goes on at the top of this page without a header, if it does."""
    if not lines:
        return None
    start = lines[0].top - _CUT_ROW_PADDING
    columns, ruled = _same_columns(page, before.columns, start)
    top = start
    if ruled:
        starts = [
            r.start
            for r in page.rulings
            if r.orientation == "v" and abs(r.start - start) < _RULING_STARTS
        ]
        top = min([start, *starts])
    bottom = body_bottom(page, columns, top, lines, limit, vocabulary)
    inside = [line for line in lines if line.middle_height < bottom]
    if not inside or (not ruled and not _looks_like_cells(inside, columns, before)):
        return None
    span = (top, bottom)
    return _table_part(page, before.kind, columns, span, None, vocabulary, before.known)


def _same_columns(page: Page, columns: Columns, start: float) -> tuple[Columns, bool]:
    """The columns, moved as this page's rulings are, and whether rulings stand at all bounds."""
    reach = start + _RULING_BELOW_START
    xs = sorted({round(r.at, 1) for r in page.rulings if r.orientation == "v" and r.start <= reach})
    if len(xs) < 2:
        return columns, False
    for dx in sorted((x - columns.bounds[0] for x in xs), key=abs):
        moved = columns.shifted(dx)
        if all(any(abs(x - bound) <= _SAME_BOUND for x in xs) for bound in moved.bounds):
            return moved, True
    return columns, False


def _looks_like_cells(lines: Sequence[PageLine], columns: Columns, before: TablePart) -> bool:
    """Whether unruled lines at the top of a page are the open table's cells and not narrative."""
    bound = columns.first_end
    if any(
        line.x0 > bound - _WITHIN_COLUMN_LEFT or line.x1 > bound + _WITHIN_COLUMN_RIGHT
        for line in lines
    ):
        return True
    last = before.entries[-1] if before.entries else None
    if last is None:
        return False
    name = last.text("measure") or last.text("success_factor")
    return name.endswith(HYPHENS) or lines[0].text[:1].islower()


def _table_part(
    page: Page,
    kind: TableKind,
    columns: Columns,
    span: Span,
    header: Header | None,
    vocabulary: TableVocabulary,
    known: Sequence[KnownColumn],
) -> TablePart:
    body = _body(page, columns, span, vocabulary.words)
    table = TablePart(kind, columns, span[0], span[1], page.number, [], header)
    table.known = tuple(known)
    if header is not None:
        table.top = header.bbox[1]
    bands = measure_bands(page, body)
    doubtful = doubtful_cells(body)
    entries = [
        (band, entry) for band in bands if (entry := _entry(page, body, band, doubtful, known))
    ]
    if kind == "overview":
        _place_goals(page, body, entries)
    else:
        without_straddling(body, entries)
    table.entries = [entry for _, entry in entries]
    if header is not None:
        table.unknown = tuple(unknown_columns(page, body, bands, header, known))
    return table


def _place_goals(page: Page, body: TableBody, entries: Sequence[tuple[Span, TableEntry]]) -> None:
    """Give each goal's name and marks to the first factor beside it, and to no other."""
    for _, entry in entries:
        entry.cells.pop("goal", None)
        for line in entry.lines:
            line.cells.pop("status", None)
    for span in goal_spans(page, body):
        beside = [e for band, e in entries if span[0] <= middle(band) <= span[1]]
        if not beside:
            beside = [
                entry
                for (top, bottom), entry in entries
                if top - _SPAN_TOLERANCE <= middle(span) <= bottom + _SPAN_TOLERANCE
            ]
        cell = _cell(page, body, "goal", span)
        if beside and cell.lines:
            beside[0].cells["goal"] = cell
        if beside:
            beside[0].lines[0].cells["status"] = _marks_between(page, body, span)


def _marks_between(page: Page, body: TableBody, span: Span) -> TableCell:
    """The marks of an overview's marker column, which may lack a header."""
    columns = body.columns.fields
    names = [name for name in columns if name in _MARKED] or ["goal"]
    cell = _cell(page, body, names[0], span)
    return TableCell([], cell.bbox, page.number, page.number, cell.marks)


def _body(page: Page, columns: Columns, span: Span, words: Vocabulary) -> TableBody:
    """The words and marks of a table by column; words that are marks count as marks alone."""
    top, bottom = span
    by_column: list[list[Word]] = [[] for _ in columns.fields]
    marks: list[tuple[Mark, ...]] = [() for _ in columns.fields]
    marked: set[int] = set()
    for n, name in enumerate(columns.fields):
        if name in _MARKED or (name == "goal" and None not in columns.fields):
            box = (columns.bounds[n], top, columns.bounds[n + 1], bottom)
            marks[n] = find_marks(page, box, words)
            marked |= words_of_marks(marks[n], page.words)
    for word in page.words:
        if top - _ROUNDING <= word.middle <= bottom + _ROUNDING and id(word) not in marked:
            column = _column_of(word, columns)
            if column is not None:
                by_column[column].append(word)
    return TableBody(columns, top, bottom, tuple(map(tuple, by_column)), tuple(marks))


def _column_of(word: Word, columns: Columns) -> int | None:
    """The column that holds most of the word; None where it stands beside the table."""
    shares = [
        min(word.x1, columns.bounds[n + 1]) - max(word.x0, columns.bounds[n])
        for n in range(len(columns.fields))
    ]
    best = max(range(len(shares)), key=shares.__getitem__)
    return best if shares[best] > 0 else None


def _entry(
    page: Page,
    body: TableBody,
    band: Span,
    doubtful: Sequence[tuple[int, float]],
    known: Sequence[KnownColumn],
) -> TableEntry | None:
    """The measure in a band; None where nothing stands there.

    Cells that are ``doubtful`` (column, height) are empty, the measure's name aside; columns that
    are ``known`` by their headers alone hold its further values.
    """
    shared: dict[str, TableCell] = {}
    for name in _SHARED_FIELDS:
        if name in body.columns.fields:
            shared[name] = _cell(page, body, name, _merged_band(page, body, name, band))
    lines: list[EntryLine] = []
    line_bands = sex_bands(page, body, band)
    for n, (top, bottom) in enumerate(line_bands):
        cells = {
            name: _line_cell(page, body, name, band, line_bands, n)
            for name in body.columns.fields
            if name in _LINE_FIELDS
        }
        box = (body.columns.bounds[0], top, body.columns.bounds[-1], bottom)
        values = [
            value_of(one.role, one.reading, _cell_at(page, body, one.column, (top, bottom)))
            for one in known
            if one.is_value
        ]
        lines.append(
            EntryLine({k: v for k, v in cells.items() if k}, box, page.number, page.number, values)
        )
    entry = TableEntry(shared, lines)
    if not _has_anything(entry):
        return None
    if has_two_names(body, band) or _may_be_of_one_sex(page, body, line_bands):
        entry.review.add("ambiguous_cells")
    for one in known:
        if not one.is_value:
            entry.cells[one.role] = _cell_at(page, body, one.column, band)
    for column, height in doubtful:
        _empty_values(entry, [one.column for one in known if one.is_value], column, height)
        single = next((c.role for c in known if c.column == column and not c.is_value), None)
        _empty(
            entry,
            single or body.columns.fields[column],
            height,
            list(zip(line_bands, lines, strict=True)),
            band,
        )
    return entry


def _empty(
    entry: TableEntry,
    name: str | None,
    height: float,
    lines: Sequence[tuple[Span, EntryLine]],
    band: Span,
) -> None:
    """Empty the cell of a field at a height, and say that the entry is to be reviewed."""
    if name is None or not band[0] - _ROUNDING <= height <= band[1] + _ROUNDING:
        return
    entry.review.add("ambiguous_cells")
    if name in entry.cells and name != "measure":
        entry.cells[name].lines = []
    for span, line in lines:
        if name in line.cells and span[0] - _ROUNDING <= height <= span[1] + _ROUNDING:
            line.cells[name].lines = []


def _empty_values(entry: TableEntry, columns: Sequence[int], column: int, height: float) -> None:
    """Empty a further value of an entry at a height, if it is in doubt."""
    if column not in columns:
        return
    for line in entry.lines:
        if line.bbox[1] - _ROUNDING <= height <= line.bbox[3] + _ROUNDING:
            line.values[columns.index(column)].cell.lines = []
            entry.review.add("ambiguous_cells")


def _has_anything(entry: TableEntry) -> bool:
    cells = [*entry.cells.values(), *(cell for line in entry.lines for cell in line.cells.values())]
    return any(cell.text or cell.marks for cell in cells)


def _merged_band(page: Page, body: TableBody, name: str, band: Span) -> Span:
    """The band of a cell that may be merged over several measures: goal and success factor."""
    if name not in ("success_factor", "goal") or "measure" not in body.columns.fields:
        return band
    column = body.columns.fields.index(name)
    cuts = row_rules(page, body.columns, column, body.top, body.bottom)
    main = row_rules(
        page, body.columns, body.columns.fields.index("measure"), body.top, body.bottom
    )
    if len(split_at(body.top, body.bottom, main)) < 2:
        return band
    spans = split_at(body.top, body.bottom, cuts)
    return next((span for span in spans if span[0] <= middle(band) <= span[1]), band)


def _cell(page: Page, body: TableBody, name: str | None, span: Span) -> TableCell:
    """What stands in a column between two heights; its box is that of its words, if it has any."""
    return _cell_at(page, body, body.columns.fields.index(name), span)


def _cell_at(page: Page, body: TableBody, column: int, span: Span) -> TableCell:
    """The same by the column's number."""
    top, bottom = span[0] - _ROUNDING, span[1] + _ROUNDING
    words = body.words_between(column, top, bottom)
    marks = body.marks_between(column, *span)
    x0, x1 = body.columns.bounds[column], body.columns.bounds[column + 1]
    box = union(word.bbox for word in words) if words else (x0, span[0], x1, span[1])
    return TableCell(
        [line.text for line in lines_of(words)], box, page.number, page.number, list(marks)
    )


def _line_cell(
    page: Page, body: TableBody, name: str, band: Span, line_bands: Sequence[Span], n: int
) -> TableCell:
    """A cell of line ``n`` of a measure; a cell merged over the lines belongs to each of them."""
    cell = _cell(page, body, name, line_bands[n])
    if len(line_bands) == 1 or name == "sex":
        return cell
    across = _cell(page, body, name, band)
    if len(across.marks) == len(line_bands):
        cell.marks = [across.marks[n]]
    if _merged(page, body, name, line_bands):
        if len(across.marks) != len(line_bands):
            cell.marks = list(across.marks)
        cell.lines = list(across.lines)
    return cell


def _may_be_of_one_sex(page: Page, body: TableBody, line_bands: Sequence[Span]) -> bool:
    """Whether the only target may be that of the first line alone: it stands beside its letter.

    Where a ruling parts the lines it shows whose the cell is, and a cell may name them itself.
    """
    if len(line_bands) == 1 or not {"target", "sex"} <= set(body.columns.fields):
        return False
    cut, sex = line_bands[0][1], body.columns.fields.index("sex")
    ruled = row_rules(page, body.columns, sex, cut - _RULE_BETWEEN_LINES, cut + _RULE_BETWEEN_LINES)
    if ruled or beside_one_letter(body, "target", line_bands) != 0:
        return False
    letters = {_cell(page, body, "sex", band).text for band in line_bands}
    return not letters & set(_LETTERS.findall(_cell(page, body, "target", line_bands[0]).text))


def _merged(page: Page, body: TableBody, name: str, line_bands: Sequence[Span]) -> bool:
    """Whether the lines share a cell: only the sex column is ruled, or there is one text."""
    cut = line_bands[0][1]
    column, sex = body.columns.fields.index(name), body.columns.fields.index("sex")
    near = (cut - _RULE_BETWEEN_LINES, cut + _RULE_BETWEEN_LINES)
    if row_rules(page, body.columns, sex, *near):
        if row_rules(page, body.columns, column, *near):
            return False
        return not each_beside_its_letter(body, name, line_bands)
    texts = [_cell(page, body, name, band).lines for band in line_bands]
    if sum(map(bool, texts)) == 1:
        return not beside_one_letter(body, name, line_bands)  # nor the last one's own
    return goes_over_lines(body, name, line_bands)
