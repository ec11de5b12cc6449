"""Tables that are not read: those that hold no measures, and those that seem to and fit no layout.

They are kept out of the running text and counted. What a layout names is no more than that; what
looks like measures is a warning, because rows are lost there; the rest is a note.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from styrmatt.extract.model.page import Page
from styrmatt.extract.model.text_lines import PageLine
from styrmatt.extract.tables.ignored_tables import IgnoredTable, find_ignored_tables
from styrmatt.extract.tables.loose_rows import LooseRowFinder, LooseRows
from styrmatt.geometry import middle_inside
from styrmatt.layout import Layout
from styrmatt.printed import Bbox, ExtractionWarning, Location

_SHOWN_CHARACTERS = 200
"""Characters of an unknown table that its note quotes: its header and first rows."""
_SHOWN_OF_LOST_ROWS = 1000
"""Characters of rows that are lost, which a person needs to find them: some twenty rows."""
_TABLE_TOLERANCE = 2.0
"""Points by which the middle of an ignored table's line may lie outside of its box."""
_NEAR_TOP = 2.0
"""Points by which a line may reach over the table below it and still stand above it."""


@dataclass
class TablesLeftAlone:
    """Collects the tables of a report that are not read."""

    layout: Layout
    ignored: dict[str, int] = field(default_factory=dict)
    """Rows of tables that the layout ignores by name."""
    places: list[tuple[str, Location]] = field(default_factory=list)
    """Where those tables stand."""
    unknown_rows: int = 0
    """Rows of the other tables."""
    seen: list[tuple[str, Location]] = field(default_factory=list)
    """First rows of the other tables, as printed."""
    warnings: list[ExtractionWarning] = field(default_factory=list)
    lost_at_top: bool = False
    """Whether the last page begins with rows whose table begins on no page."""

    def __post_init__(self) -> None:
        self._finder = LooseRowFinder(self.layout)

    def without_named(
        self,
        page: Page,
        lines: Sequence[PageLine],
        named: Sequence[tuple[str, int, Bbox]],
        label: str | None,
    ) -> list[PageLine]:
        """The page's lines without tables that were read and are left alone by name.

        ``named`` are name, rows and box of each.
        """
        for name, rows, box in named:
            self.ignored[name] = self.ignored.get(name, 0) + rows
            self.places.append((name, Location(page.number, page.number, box, label)))
        return [line for line in lines if not any(_is_in(line, box) for _, _, box in named)]

    def without(
        self,
        page: Page,
        lines: Sequence[PageLine],
        known: Sequence[tuple[float, float]],
        label: str | None,
        boards: Collection[str],
        is_heading: Callable[[PageLine], bool],
    ) -> list[PageLine]:
        """The page's lines without those tables.

        ``known`` are the heights of tables that are read, ``boards`` the codes of boards in them.
        """
        self.lost_at_top = False
        rest = [
            line
            for line in lines
            if not any(top <= line.middle_height <= bottom for top, bottom in known)
        ]
        left: set[int] = set()
        for table in find_ignored_tables(page, lines, known):
            inside = [line for line in rest if _is_in(line, table.bbox)]
            rest = [line for line in rest if not _is_in(line, table.bbox)]
            left |= {id(line) for line in lines if _is_in(line, table.bbox)}
            rows = self._finder.find(page, inside, boards, lambda line: False)
            above = any(line.bottom < table.bbox[1] + _NEAR_TOP for line in lines)
            self._note_ruled(page, table, rows, label, at_top=not above)
        for loose in self._finder.find(page, rest, boards, is_heading):
            top = loose.bbox[1]
            at_top = loose.opens_page and not any(end <= top for _, end in known)
            self._note_lost(page, loose, loose.bbox, label, at_top=at_top)
            left |= {id(line) for line in loose.lines}
        return [line for line in lines if id(line) not in left]

    def _note_ruled(
        self,
        page: Page,
        table: IgnoredTable,
        rows: Sequence[LooseRows],
        label: str | None,
        *,
        at_top: bool,
    ) -> None:
        place = Location(page.number, page.number, table.bbox, label)
        name = table.name(self.layout.tables)
        if name is not None:
            self.ignored[name] = self.ignored.get(name, 0) + table.rows
            self.places.append((name, place))
            return
        if rows:
            self._note_lost(
                page, rows[0], table.bbox, label, at_top=at_top, text=table.text, count=table.rows
            )
            return
        self.unknown_rows += table.rows
        self.seen.append((" | ".join(table.header), place))
        message = f"A table of {table.rows} rows that the layout does not describe was left alone."
        self.warnings.append(
            ExtractionWarning(
                "unknown_table", message, table.text[:_SHOWN_CHARACTERS], place, "info"
            )
        )

    def _note_lost(
        self,
        page: Page,
        rows: LooseRows,
        box: Bbox,
        label: str | None,
        *,
        at_top: bool,
        text: str | None = None,
        count: int | None = None,
    ) -> None:
        """Note rows that seem to be of measures and are not read."""
        place = Location(page.number, page.number, box, label)
        count = rows.rows if count is None else count
        self.unknown_rows += count
        self.seen.append((" | ".join(rows.header) or rows.lines[0].text, place))
        many = f"{count} row{'s' if count > 1 else ''}"
        if rows.labels:
            kind = "unknown_header"
            lacks = self._lacking(rows.labels)
            message = (
                f"A table of {many} on page {page.number} was left out: its header has "
                f"{', '.join(rows.labels)}" + (f" and lacks {', '.join(lacks)}." if lacks else ".")
            )
        elif rows.header:
            kind = "unknown_table"
            message = (
                f"A table of {many} on page {page.number} was left alone, though its rows look "
                "like those of measures: the layout does not describe its header."
            )
        else:
            kind = "rows_without_header"
            message = (
                f"On page {page.number}, {many} like those of a measure table stand without a "
                "header and were left out"
                + ("; a page before it may be missing." if at_top else ".")
            )
            self.lost_at_top |= at_top
        shown = (text or rows.text)[:_SHOWN_OF_LOST_ROWS]
        self.warnings.append(ExtractionWarning(kind, message, shown, place))

    def _lacking(self, labels: Sequence[str]) -> list[str]:
        """The headers of needed columns that are not among the labels."""
        columns = [c for t in self.layout.tables_of("measures") for c in t.columns]
        return [
            column.headers[0]
            for column in columns
            if not column.optional and not any(self._finder.names(x, column.field) for x in labels)
        ]


def _is_in(line: PageLine, box: Bbox) -> bool:
    return middle_inside(line.bbox, box, tolerance=_TABLE_TOLERANCE)
