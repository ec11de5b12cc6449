"""What was seen of a report's tables while they were read, for a person who writes a layout."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from styrmatt.extract.grid.content import Content
from styrmatt.extract.grid.headers.header_block import HeaderBlock
from styrmatt.extract.grid.headers.header_cells import HeaderCell
from styrmatt.extract.grid.headers.header_like import header_like_blocks
from styrmatt.extract.grid.nearest_role import nearest_roles
from styrmatt.extract.grid.read_grid import GridTable, TableLook
from styrmatt.extract.grid.roles import ColumnRole, TableShape
from styrmatt.extract.headers.header_reading import HeaderReading
from styrmatt.extract.headers.header_words import HeaderWords
from styrmatt.extract.marks.legend.entries import LegendEntry
from styrmatt.extract.model.page import Page
from styrmatt.extract.model.text_lines import PageLine
from styrmatt.layout import LayoutHeader
from styrmatt.printed import Bbox
from styrmatt.whitespace import single_spaced

_Look = Callable[[Page, HeaderBlock, Sequence[PageLine], float], TableLook | None]
"""Cuts the table below a header into columns, down to a height."""


@dataclass(frozen=True)
class SeenColumn:
    """A column of a table: its header, the role that it was read as, and what it may be."""

    text: str
    """The header with the headings that span it; empty where it has none."""
    role: str
    """What it was read as; empty where it was not read."""
    known: bool
    """Whether the header says the role; else its cells or the other columns do."""
    nearest: str | None
    """The nearest role where it was not read, if any is near."""
    by_layout: LayoutHeader | None = None
    """What the layout says of the header, where it names it."""
    year: int | None = None
    words: tuple[str, ...] = ()
    """The texts of its cells, if it may hold statuses in words and was not read."""


@dataclass
class SeenTable:
    """A table with a header, or a row like a header, and where it stands."""

    page: int
    columns: tuple[SeenColumn, ...]
    shape: TableShape | None
    """What it was read as; None where it was left alone."""
    spans: list[tuple[int, float, float]]
    """Page, top and bottom of each of its parts."""
    is_header: bool = True
    """Whether its header was understood as one."""

    @property
    def header(self) -> str:
        """The cells of its header in one line."""
        return " | ".join(column.text for column in self.columns)

    def holds(self, page: int, box: Bbox | None) -> bool:
        """Whether a row at this place is one of the table's."""
        return box is not None and any(
            page == on and top <= (box[1] + box[3]) / 2 <= bottom for on, top, bottom in self.spans
        )


@dataclass
class TableWatch:
    """Notes the tables, and the headings above them, of pages that are read in order."""

    tables: list[SeenTable] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    """Page and text of the lines that are set as headings, or name something."""
    ignored: list[tuple[str, int, float, float]] = field(default_factory=list)
    """Name, page, top and bottom of the tables that the layout has left alone by name."""
    legend: tuple[LegendEntry, ...] = ()
    """What the report says of its marks."""

    def seen(
        self,
        page: Page,
        block: HeaderBlock,
        look: TableLook | None,
        table: GridTable | None,
        words: HeaderWords,
    ) -> None:
        """Note a header; ``table`` is what was read below it, if anything was."""
        bottom = table.bottom if table else look.span[1] if look else block.bbox[3]
        spans = [(page.number, block.bbox[1], bottom)]
        shape = table.roles.shape if table else None
        columns = _columns(block, look, table, words)
        self.tables.append(SeenTable(page.number, columns, shape, spans))

    def goes_on(self, table: GridTable) -> None:
        """Note that the last table that was read goes on without a header."""
        for seen in reversed(self.tables):
            if seen.shape is not None:
                seen.spans.append((table.page, table.top, table.bottom))
                return

    def headers_not_known(
        self, page: Page, lines: Sequence[PageLine], look_at: _Look, words: HeaderWords
    ) -> None:
        """Note the rows of the page that look like headers outside of the tables seen so far."""
        taken = [
            (top, bottom)
            for table in self.tables
            for on, top, bottom in table.spans
            if on == page.number
        ]
        taken += [(top, bottom) for _, on, top, bottom in self.ignored if on == page.number]
        tops = [top for top, _ in taken]
        for block in header_like_blocks(page, lines, taken, words):
            limit = min([top for top in tops if top > block.bbox[3]], default=page.height)
            look = look_at(page, block, lines, limit)
            bottom = look.span[1] if look else block.bbox[3]
            columns = _columns(block, look, None, words)
            spans = [(page.number, block.bbox[1], bottom)]
            self.tables.append(SeenTable(page.number, columns, None, spans, is_header=False))


def _columns(
    block: HeaderBlock, look: TableLook | None, table: GridTable | None, words: HeaderWords
) -> tuple[SeenColumn, ...]:
    heads: Sequence[HeaderCell | None] = block.cells
    if table is not None:
        heads = table.columns.heads
    elif look is not None:
        heads = look.columns.heads
    contents: Sequence[Content | None] = [None] * len(heads)
    if look is not None and len(look.contents) == len(heads):
        contents = look.contents
    roles: Sequence[ColumnRole | None] = table.roles.columns if table else [None] * len(heads)
    found: list[SeenColumn] = []
    taken = {role.role for role in roles if role}
    for n, (head, content, role) in enumerate(zip(heads, contents, roles, strict=True)):
        text = single_spaced(head.text) if head else ""
        reading = head.reading if head else HeaderReading("")
        near = nearest_roles(head.text if head else "", words, content)
        nearest = None
        if not (role and role.role):
            nearest = next((one for one in near if one not in taken), next(iter(near), None))
            if nearest in ("measure", "status"):
                taken.add(nearest)
        found.append(
            SeenColumn(
                text,
                role.role if role else "",
                bool(role and role.role in reading.roles and reading.whole),
                nearest,
                reading.by_layout,
                reading.year,
                look.texts(n) if look is not None and nearest == "status" else (),
            )
        )
    return tuple(found)
