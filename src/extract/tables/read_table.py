"""Reads the measure and overview tables of a page: which words and marks stand in which cell.

A table is found by its header, or goes on from the page before without one. What comes out are
groups: a measure (or a goal's factor) with the lines of its sexes. Joining what a page break cut is
the business of :mod:`styrmatt.extract.tables.page_breaks`.
"""

from __future__ import annotations

from collections.abc import Sequence

from styrmatt.extract.marks.find import Mark, find_marks, words_of_marks
from styrmatt.extract.model.page import HYPHENS, Page, PageLine, Word, lines_of, union
from styrmatt.extract.tables.cells import Group, PageCell, PageTable, TableLine
from styrmatt.extract.tables.columns import Columns, find_columns
from styrmatt.extract.tables.header_row import Header
from styrmatt.extract.tables.row_bands import (
    Span,
    TableBody,
    goal_spans,
    measure_bands,
    separators,
    sex_bands,
    split_at,
)
from styrmatt.extract.tables.table_end import TableVocabulary, body_bottom
from styrmatt.vocabulary import Vocabulary

_MARKED = ("status", "trend", None)
"""Fields whose cells may hold marks; None is a column without a header."""


def read_table(
    page: Page, header: Header, lines: Sequence[PageLine], limit: float, known: TableVocabulary
) -> PageTable:
    """The table under a header; ``limit`` is where the next table or the running foot begins."""
    below = [line for line in lines if line.top >= header.bbox[3] - 1 and line.bottom <= limit + 1]
    below = _without_labels(below, header)
    columns = find_columns(page, header, below)
    top = _body_top(page, header, columns)
    bottom = body_bottom(page, columns, top, below, limit, known)
    return _table(page, header.table.kind, columns, (top, bottom), header, known)


def _without_labels(lines: Sequence[PageLine], header: Header) -> list[PageLine]:
    own = {id(word) for label in header.labels for word in label.words}
    rest = [PageLine(tuple(w for w in line.words if id(w) not in own)) for line in lines]
    return [line for line in rest if line.words]


def _body_top(page: Page, header: Header, columns: Columns) -> float:
    """Lower end of the header: the ruling or shading below its labels, else the labels' end."""
    bottom = header.bbox[3]
    size = header.labels[0].words[0].size
    rules = separators(page, columns, 0, bottom - 1, bottom + 1.5 * size)
    fits = [y for y in rules if y >= bottom - 1.5 and not _text_between(page, columns, bottom, y)]
    return fits[0] if fits else bottom + 0.5


def _text_between(page: Page, columns: Columns, top: float, bottom: float) -> bool:
    return any(
        top < w.middle < bottom and columns.bounds[0] <= w.x0 <= columns.bounds[-1]
        for w in page.words_at(top, bottom)
    )


def read_fragment(
    page: Page, lines: Sequence[PageLine], before: PageTable, limit: float, known: TableVocabulary
) -> PageTable | None:
    """The part of ``before`` that goes on at the top of this page without a header, if it does."""
    if not lines:
        return None
    start = lines[0].top - 2
    columns, ruled = _same_columns(page, before.columns, start)
    top = start
    if ruled:
        starts = [r.start for r in page.rulings if r.way == "v" and abs(r.start - start) < 16]
        top = min([start, *starts])
    bottom = body_bottom(page, columns, top, lines, limit, known)
    held = [line for line in lines if line.middle_height < bottom]
    if not ruled and not _looks_like_cells(held, columns, before):
        return None
    if not held:
        return None
    return _table(page, before.kind, columns, (top, bottom), None, known)


def _same_columns(page: Page, columns: Columns, start: float) -> tuple[Columns, bool]:
    """The columns, moved where this page's rulings say so, and whether its rulings are the same."""
    xs = sorted({round(r.at, 1) for r in page.rulings if r.way == "v" and r.start <= start + 12})
    if len(xs) < 2:
        return columns, False
    for dx in sorted((x - columns.bounds[0] for x in xs), key=abs):
        moved = columns.shifted(dx)
        if all(any(abs(x - bound) <= 3 for x in xs) for bound in moved.bounds):
            return moved, True
    return columns, False


def _looks_like_cells(held: Sequence[PageLine], columns: Columns, before: PageTable) -> bool:
    """Whether unruled lines at the top of a page are the open table's cells and not narrative."""
    if not held:
        return False
    if any(line.x0 > columns.bounds[1] - 2 or line.x1 > columns.bounds[1] + 4 for line in held):
        return True
    last = before.groups[-1] if before.groups else None
    if last is None:
        return False
    name = last.text("measure") or last.text("success_factor")
    return name.endswith(HYPHENS) or held[0].text[:1].islower()


def _table(
    page: Page,
    kind: str,
    columns: Columns,
    span: Span,
    header: Header | None,
    known: TableVocabulary,
) -> PageTable:
    body = _body(page, columns, span, known.words)
    table = PageTable(kind, columns, span[0], span[1], page.number, [], header)
    if header is not None:
        table.top = header.bbox[1]
    bands = measure_bands(page, body)
    groups = [(band, _group(page, body, band)) for band in bands]
    if kind == "overview":
        _place_goals(page, body, [(band, group) for band, group in groups if group is not None])
    table.groups = [group for _, group in groups if group is not None]
    return table


def _place_goals(page: Page, body: TableBody, groups: Sequence[tuple[Span, Group]]) -> None:
    """Give each goal's name and marks to the first factor beside it, and to no other."""
    for _, group in groups:
        group.cells.pop("goal", None)
        for line in group.lines:
            line.cells.pop("status", None)
    for span in goal_spans(page, body):
        beside = [g for band, g in groups if span[0] <= (band[0] + band[1]) / 2 <= span[1]]
        if not beside:
            beside = [
                g for band, g in groups if band[0] - 2 <= (span[0] + span[1]) / 2 <= band[1] + 2
            ]
        cell = _cell(page, body, "goal", span)
        if beside and cell.lines:
            beside[0].cells["goal"] = cell
        if beside:
            beside[0].lines[0].cells["status"] = _marks_between(page, body, span)


def _marks_between(page: Page, body: TableBody, span: Span) -> PageCell:
    """The marks of an overview's marker column, which may lack a header."""
    columns = body.columns.fields
    names = [name for name in columns if name in _MARKED] or ["goal"]
    cell = _cell(page, body, names[0], span)
    return PageCell([], cell.bbox, page.number, page.number, cell.marks)


def _body(page: Page, columns: Columns, span: Span, words: Vocabulary) -> TableBody:
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
        if top - 1 <= word.middle <= bottom + 1 and id(word) not in marked:
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


def _group(page: Page, body: TableBody, band: Span) -> Group | None:
    shared: dict[str, PageCell] = {}
    for name in ("measure", "success_factor", "goal", "board"):
        if name in body.columns.fields:
            shared[name] = _cell(page, body, name, _own_band(page, body, name, band))
    lines: list[TableLine] = []
    subs = sex_bands(page, body, band)
    for n, sub in enumerate(subs):
        cells = {
            name: _line_cell(page, body, name, band, subs, n)
            for name in body.columns.fields
            if name in ("sex", "target", "status", "trend")
        }
        box = (body.columns.bounds[0], sub[0], body.columns.bounds[-1], sub[1])
        lines.append(
            TableLine({k: v for k, v in cells.items() if k}, box, page.number, page.number)
        )
    group = Group(shared, lines)
    return group if _has_anything(group) else None


def _has_anything(group: Group) -> bool:
    cells = [*group.cells.values(), *(cell for line in group.lines for cell in line.cells.values())]
    return any(cell.text or cell.marks for cell in cells)


def _own_band(page: Page, body: TableBody, name: str, band: Span) -> Span:
    """The band of a cell that may be merged over several measures: goal and success factor."""
    if name not in ("success_factor", "goal") or "measure" not in body.columns.fields:
        return band
    column = body.columns.fields.index(name)
    cuts = separators(page, body.columns, column, body.top, body.bottom)
    main = separators(
        page, body.columns, body.columns.fields.index("measure"), body.top, body.bottom
    )
    if len(split_at(body.top, body.bottom, main)) < 2:
        return band
    spans = split_at(body.top, body.bottom, cuts)
    middle = (band[0] + band[1]) / 2
    return next((span for span in spans if span[0] <= middle <= span[1]), band)


def _cell(page: Page, body: TableBody, name: str | None, span: Span) -> PageCell:
    column = body.columns.fields.index(name)
    words = [w for w in body.words[column] if span[0] - 1 <= w.middle <= span[1] + 1]
    marks = [m for m in body.marks[column] if span[0] <= (m.bbox[1] + m.bbox[3]) / 2 <= span[1]]
    x0, x1 = body.columns.bounds[column], body.columns.bounds[column + 1]
    box = union(word.bbox for word in words) if words else (x0, span[0], x1, span[1])
    return PageCell(
        [line.text for line in lines_of(words)], box, page.number, page.number, list(marks)
    )


def _line_cell(
    page: Page, body: TableBody, name: str, band: Span, subs: Sequence[Span], n: int
) -> PageCell:
    """A cell of line ``n`` of a measure; a cell merged over the lines belongs to each of them."""
    cell = _cell(page, body, name, subs[n])
    if len(subs) == 1 or name == "sex":
        return cell
    whole = _cell(page, body, name, band)
    if len(whole.marks) == len(subs):
        cell.marks = [whole.marks[n]]
    if _merged(page, body, name, subs):
        if len(whole.marks) != len(subs):
            cell.marks = list(whole.marks)
        cell.lines = list(whole.lines)
    return cell


def _merged(page: Page, body: TableBody, name: str, subs: Sequence[Span]) -> bool:
    """Whether the lines share a cell: only the sex column is ruled, or there is one text."""
    cut = subs[0][1]
    column, sex = body.columns.fields.index(name), body.columns.fields.index("sex")
    near = (cut - 4, cut + 4)
    if separators(page, body.columns, sex, *near):
        return not separators(page, body.columns, column, *near)
    texts = [_cell(page, body, name, sub).lines for sub in subs]
    return sum(map(bool, texts)) == 1
