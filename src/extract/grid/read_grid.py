"""Reads the tables of measures and goals of a page, whatever family they are of.

A table is found by its header and cut into columns and rows without asking what they mean; then
header and cells together say the role of each column, and rows become entries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from styrmatt.extract.grid.columns.grid_columns import (
    GridColumns,
    find_grid_columns,
    words_by_column,
)
from styrmatt.extract.grid.columns.of_headers import ColumnsOfHeaders
from styrmatt.extract.grid.columns.room import with_room
from styrmatt.extract.grid.comment_leads import CommentLeads
from styrmatt.extract.grid.content import Content, content_of
from styrmatt.extract.grid.entries import EntryMaker
from styrmatt.extract.grid.group_rows import GroupRows
from styrmatt.extract.grid.headers.chains import chains_of
from styrmatt.extract.grid.headers.header_block import HeaderBlock
from styrmatt.extract.grid.headers.legend_lines import without_legend
from styrmatt.extract.grid.headers.next_header import Look, header_look, header_top_overleaf
from styrmatt.extract.grid.heading_names import HeadingNames
from styrmatt.extract.grid.name_notes import with_notes
from styrmatt.extract.grid.one_measure import as_one_measure
from styrmatt.extract.grid.roles import KIND_ROLE, TableRoles, assign_roles
from styrmatt.extract.grid.roles_overleaf import alike, may_hold, roles_before
from styrmatt.extract.grid.rows.turned_cells import with_turned_cells
from styrmatt.extract.grid.table_span import GridLine, grid_lines, table_bottom
from styrmatt.extract.grid.unknown_columns import unknown_columns
from styrmatt.extract.model.page import Page, drawn_boxes
from styrmatt.extract.model.text_lines import HYPHENS, PageLine, Word, lines_of
from styrmatt.extract.tables.cells import TableEntry, UnknownColumn
from styrmatt.extract.tables.value_notes import value_note
from styrmatt.geometry import Span, middle_inside
from styrmatt.printed import Bbox
from styrmatt.vocabulary import Vocabulary

_SPAN = "\u2013"
"""The dash from one number to another, at which a line may end."""
_BELOW_HEADER = 1.0
"""Points by which a row may reach into the header: boxes of letters are taller than letters."""
_SEEN_LINES = 60
"""Lines below a header that show where its columns are."""
_SMALL_MARK = 60.0
"""Points: what is drawn larger is a picture or a frame, and no mark."""
_CONTINUED_FROM = 40.0
"""Points: the first line overleaf of a table that goes on without a header lies at the page's top,
no further below the first line of all."""


@dataclass
class GridTable:
    """A table on one page. ``entries`` are its rows; ``roles`` say what its columns are."""

    roles: TableRoles
    columns: GridColumns
    top: float
    bottom: float
    page: int
    entries: list[TableEntry]
    header: HeaderBlock | None
    lines: tuple[PageLine, ...] = ()
    """The lines of the page that it takes, in whole or in part."""
    unknown: tuple[UnknownColumn, ...] = ()
    """Its columns that nothing explains."""
    goal_rows: Sequence[TableEntry] = ()
    """Rows that name a goal and have its mark, among the measures."""
    ending: GroupRows | None = None
    """The goal that holds below its last row, if a row names one."""
    of_goal: bool = False
    """Whether its rows are measures because a goal's heading stands above its header."""
    look: Look | None = None
    """How its header is set."""

    @property
    def left_words(self) -> str:
        """The words of its first column."""
        end = self.columns.bounds[1]
        return " ".join(w.text for line in self.lines for w in line.words if w.x1 <= end)

    @property
    def bbox(self) -> Bbox:
        """The box around it."""
        return (self.columns.bounds[0], self.top, self.columns.bounds[-1], self.bottom)


@dataclass(frozen=True)
class TableLook:
    """A table cut into columns, of which no role is known yet."""

    page: Page
    """The page that it is on, without the letters of its turned cells: these are in ``body``."""
    columns: GridColumns
    body: list[GridLine]
    span: tuple[float, float]
    contents: tuple[Content, ...]
    """What the cells of each column hold."""

    def texts(self, column: int) -> tuple[str, ...]:
        """The lines of text in a column, top to bottom."""
        return tuple(_lines_of_columns(self.page, self.columns, self.body)[column])


@dataclass(frozen=True)
class GridReader:
    """Reads tables of one report: with the words of its headers, and those of its cells."""

    names: HeadingNames
    vocabulary: Vocabulary
    ends_table: Callable[[PageLine], bool]
    """Whether a line over the whole width is a heading that cannot be part of a table."""
    columns_of_headers: ColumnsOfHeaders = field(default_factory=ColumnsOfHeaders)
    """The columns of headers that stood before, in this report."""
    letters: dict[str, str] = field(default_factory=dict)
    """The statuses of letters, as far as the report's text has given them any."""
    told_sexes: set[str] = field(default_factory=set)
    """The abbreviations for sexes that ended names beside others so far."""
    comments: CommentLeads = field(init=False)
    """How comments between rows began, in this report."""

    def __post_init__(self) -> None:
        leads = CommentLeads(self.names.words.words.rows.comment)
        object.__setattr__(self, "comments", leads)

    def table(
        self,
        page: Page,
        block: HeaderBlock,
        lines: Sequence[PageLine],
        limit: float,
        before: GridTable | None = None,
    ) -> GridTable | None:
        """The table under a header, down to ``limit``; None where it has no measures or goals.

        ``before`` is the table of the page before, if this one goes on with it.
        """
        look = self.look(page, block, lines, limit)
        if look is None:
            return None
        roles = before and roles_before(
            (look.columns, look.contents, len(look.body)),
            (before.columns, before.roles, len(before.lines)),
        )
        roles = roles or assign_roles(look.columns.heads, look.contents, of_goal=block.of_years)
        if roles is None:
            return None
        page, columns, body, span = look.page, look.columns, look.body, look.span
        maker, entries = self._entries(page, columns, roles, span, body, before)
        if block.of_years and entries:
            one = as_one_measure(entries, block, self.names.words)
            entries = [one] if one is not None else [] if block.of_one else entries
        if not entries:
            return None
        explained = roles if maker.tells_kinds else roles.without(KIND_ROLE)
        return GridTable(
            roles,
            columns,
            block.bbox[1],
            span[1],
            page.number,
            entries,
            block,
            tuple(one.line for one in body),
            tuple(unknown_columns(page, columns, explained, body, block.bbox[1])),
            maker.goal_rows,
            maker.ending,
            of_goal=block.of_years,
            look=header_look(page, block),
        )

    def look(
        self, page: Page, block: HeaderBlock, lines: Sequence[PageLine], limit: float
    ) -> TableLook | None:
        """The columns under a header, whatever they hold; None where nothing stands below it."""
        header = {id(word) for line in block.lines for word in line.words}
        below = _without(lines, header, block.bbox[3] - _BELOW_HEADER, limit)
        below = without_legend(page, below, self.vocabulary)
        columns = find_grid_columns(page, block, below[:_SEEN_LINES])
        columns = with_room(page, columns, below[:_SEEN_LINES])
        found = self._lines(page, columns, below)
        bottom = table_bottom(
            page, columns, found, block.bbox[3], limit, self.ends_table, self.comments.begin
        )
        bottom = min(bottom, limit)
        body = [one for one in found if one.line.middle_height <= bottom]
        if not body:
            return None
        self.comments.note(body)
        inside = [one.line for one in body]
        columns = with_room(page, self.columns_of_headers.columns(page, block, inside), inside)
        span = (block.bbox[3], bottom)
        page, inside = with_turned_cells(page, columns, inside, span)
        body = self._lines(page, columns, inside)
        contents = self._contents(page, columns, body, span)
        return TableLook(page, columns, body, span, contents)

    def _lines(self, page: Page, columns: GridColumns, lines: Sequence[PageLine]) -> list[GridLine]:
        """The lines with their columns; a goal is a row of its own if its number stands apart."""
        found = grid_lines(page, columns, lines)
        none = self.vocabulary.values.nothing
        found = with_notes(
            page,
            columns,
            found,
            self.names.words.words.rows,
            lambda text: value_note(text, self.names.words, none) is not None,
        )
        parted = {id(one) for one in self._parted_goals(page, found)}
        return [replace(one, wide=True) if id(one) in parted else one for one in found]

    def _parted_goals(self, page: Page, lines: Sequence[GridLine]) -> list[GridLine]:
        """The bold lines that name a goal whose first words a gap parts from the rest.

        None where no row is plain, or where a column says of what kind each row is.
        """
        rows = [one for one in lines if one.is_row]
        plain = [one.line for one in rows if not one.line.bold]
        bold = [one for one in rows if one.line.bold]
        if not plain or not bold:
            return []
        if any(self._is_measure_word(_first_cell(page, line)) for line in plain):
            return []
        return [one for one in bold if self._names_goal(one.line.text)]

    def _names_goal(self, text: str) -> bool:
        """Whether a line names a goal behind a word that says so, and has no figures."""
        named = self.names.named(text)
        return named is not None and not any(map(str.isdecimal, named.name))

    def _is_measure_word(self, text: str) -> bool:
        """Whether a cell is nothing but a word for measures."""
        reading = self.names.words.read(text)
        return reading.whole and reading.roles == {"measure"}

    def continuation(
        self, page: Page, before: GridTable, lines: Sequence[PageLine], limit: float
    ) -> GridTable | None:
        """The rest of a table that goes on at the top of this page without a header, if it does."""
        if not lines:
            return None
        top = lines[0].top - _BELOW_HEADER
        if before.header is not None:
            head = (before.header, before.look)
            limit = header_top_overleaf(page, head, lines, limit, self.names.words)
        below = without_legend(page, _without(lines, set(), top, limit), self.vocabulary)
        columns = _on_this_page(page, before.columns, top)
        found = self._lines(page, columns, below)
        if not found or not any(one.is_row for one in found[:3]):
            return None
        bottom = table_bottom(
            page, columns, found, top, limit, self.ends_table, self.comments.begin
        )
        body = [one for one in found if one.line.middle_height <= bottom]
        if not body or (body[0].wide and not columns.ruled):
            return None
        span = (top, bottom)
        page, inside = with_turned_cells(page, columns, [one.line for one in body], span)
        body = self._lines(page, columns, inside)
        contents = self._contents(page, columns, body, (top, bottom))
        if not alike(assign_roles(columns.heads, contents, of_goal=before.of_goal), before.roles):
            return None
        if not all(map(may_hold, before.roles.columns, contents)):
            return None
        maker, entries = self._entries(page, columns, before.roles, (top, bottom), body, before)
        if not entries:
            return None
        return GridTable(
            before.roles,
            columns,
            top,
            bottom,
            page.number,
            entries,
            None,
            tuple(one.line for one in body),
            goal_rows=maker.goal_rows,
            ending=maker.ending,
            of_goal=before.of_goal,
        )

    def _entries(
        self,
        page: Page,
        columns: GridColumns,
        roles: TableRoles,
        span: Span,
        body: Sequence[GridLine],
        before: GridTable | None,
    ) -> tuple[EntryMaker, list[TableEntry]]:
        """The entries of a table with their maker; a comment above the first goes overleaf."""
        goes_on = before is not None and bool(before.entries)
        above = before.ending if before is not None else None
        maker = EntryMaker(
            page,
            columns,
            roles,
            span,
            self.vocabulary,
            self.names,
            goes_on,
            above,
            self.told_sexes,
        )
        entries = maker.entries(body)
        if before is not None and goes_on:
            for comment in maker.first_comments:
                maker.append_comment(before.entries[-1], comment)
        return maker, entries

    def _contents(
        self, page: Page, columns: GridColumns, body: Sequence[GridLine], span: tuple[float, float]
    ) -> tuple[Content, ...]:
        """What the cells of each column hold."""
        contents = []
        for n, cells in enumerate(_lines_of_columns(page, columns, body)):
            box = (columns.bounds[n], span[0], columns.bounds[n + 1], span[1])
            contents.append(
                content_of(
                    cells, _drawn(page, box), self.vocabulary, self.letters, self._is_measure_word
                )
            )
        return tuple(contents)


def _first_cell(page: Page, line: PageLine) -> str:
    return " ".join(word.text for word in chains_of(page, line)[0])


def _lines_of_columns(
    page: Page, columns: GridColumns, body: Sequence[GridLine]
) -> list[list[str]]:
    """The lines of text in each column, top to bottom."""
    by_column: list[list[Word]] = [[] for _ in columns.heads]
    for one in body:
        if not one.wide and not one.note:
            for n, words in enumerate(words_by_column(columns, chains_of(page, one.line))):
                by_column[n] += words
    return [_unbroken(line.text for line in lines_of(words)) for words in by_column]


def _unbroken(lines: Iterable[str]) -> list[str]:
    """Lines of text, those that end in the dash of a span together with the next one."""
    out: list[str] = []
    for line in lines:
        if (
            out
            and len(out[-1]) > 1
            and out[-1].endswith((*HYPHENS, _SPAN))
            and out[-1][-2].isalnum()
        ):
            out[-1] += line
        else:
            out.append(line)
    return out


def _without(
    lines: Sequence[PageLine], taken: set[int], top: float, limit: float
) -> list[PageLine]:
    """The lines between two heights, without the words of the header."""
    out = []
    for line in lines:
        if not top <= line.middle_height <= limit:
            continue
        rest = tuple(word for word in line.words if id(word) not in taken)
        if len(rest) == len(line.words):
            out.append(line)
        elif rest:
            out.append(PageLine(rest))
    return out


def _drawn(page: Page, box: Bbox) -> int:
    """How many small things are drawn in a box: shapes, pictures, symbols."""
    drawn = [
        *drawn_boxes(page),
        *(
            fill.bbox
            for fill in page.fills
            if fill.bbox[2] - fill.bbox[0] < 0.5 * (box[2] - box[0])
        ),
    ]
    heights = {
        round((b[1] + b[3]) / 2)
        for b in drawn
        if middle_inside(b, box) and b[3] - b[1] < _SMALL_MARK and b[2] - b[0] < 2 * _SMALL_MARK
    }
    return len(heights)


def _on_this_page(page: Page, columns: GridColumns, top: float) -> GridColumns:
    """The columns as this page's rulings are: pages may have mirrored margins."""
    xs = sorted({r.at for r in page.rulings if r.orientation == "v" and r.start < top + 12})
    for dx in sorted((x - columns.bounds[0] for x in xs), key=abs):
        moved = columns.shifted(dx)
        if len(xs) >= len(moved.bounds) - 1 and all(
            any(abs(x - bound) <= 3.0 for x in xs) for bound in moved.bounds[:-1]
        ):
            return moved
    return columns
