"""What a table holds on a page: entries (measures) with lines (one for each sex) of cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

from styrmatt.extract.headers.header_reading import HeaderReading
from styrmatt.extract.marks.mark import Mark
from styrmatt.extract.tables.columns import Columns
from styrmatt.extract.tables.header_row import Header
from styrmatt.printed import Bbox, ValueRole

TableKind = Literal["measures", "overview", "ignored"]
EntryReview = Literal[
    "row_joined",
    "columns_estimated",
    "ambiguous_cells",
    "header_unclear",
    "unreadable_characters",
    "row_cut",
    "page_missing",
    "layout_incomplete",
]
"""Why an entry may be wrong: joined or parted at a page break on weak evidence; cut into columns by
words alone, some of which stand over a bound; a header says more than is known; characters that no
font names; cut without a rest; under lost headings; the layout's table is not there whole."""


@dataclass(slots=True)
class TableCell:
    """A cell as read from one page, or put together from two."""

    lines: list[str]
    bbox: Bbox
    page: int
    page_last: int
    marks: list[Mark] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The lines as printed."""
        return "\n".join(self.lines)

    def extend(self, other: TableCell) -> None:
        """Append what stands on the next page."""
        self.lines += other.lines
        self.marks += other.marks
        self.page_last = max(self.page_last, other.page_last)


SINGLE_ROLES: Final = ("comment", "responsible", "unit", "period", "source", "change", "number")
"""Roles of columns whose cells belong to a measure as they stand."""


class KnownColumn(NamedTuple):
    """A column by its number, the role that its header says, and what else that says."""

    column: int
    role: str
    reading: HeaderReading

    @property
    def is_value(self) -> bool:
        """Whether it holds figures for a year."""
        return self.role not in SINGLE_ROLES


@dataclass(slots=True)
class ValueColumn:
    """A cell of a column of figures, with what the column's header says of them."""

    role: ValueRole
    text: str
    cell: TableCell
    year: int | None = None
    years_before: int = 0
    """How many years before the report's own, where the header says that and no year."""
    period: str | None = None
    sex: str | None = None
    area: str | None = None
    of_change: bool = False
    """Whether the header calls its targets changes."""


@dataclass(slots=True)
class EntryLine:
    """One line of an entry: the cells that may differ between women and men, by field."""

    cells: dict[str, TableCell]
    bbox: Bbox
    page: int
    page_last: int
    values: list[ValueColumn] = field(default_factory=list)
    """Its cells of columns of which a table may have several, from left to right."""

    def text(self, field: str) -> str:
        """A cell's text; empty where the line has no such cell."""
        cell = self.cells.get(field)
        return cell.text if cell else ""

    def marks(self, field: str) -> list[Mark]:
        """A cell's marks."""
        cell = self.cells.get(field)
        return cell.marks if cell else []


@dataclass(slots=True)
class TableEntry:
    """A measure, or a factor of an overview's goal, with its lines.

    ``cells`` are those that its lines share, by field; ``review`` says why the entry may be wrong.
    """

    cells: dict[str, TableCell]
    lines: list[EntryLine]
    review: set[EntryReview] = field(default_factory=set)
    goal: str | None = None
    """The goal that a row or cell of the table names for it, if one does."""
    factor: str | None = None
    """The same for its success factor."""
    goal_above: str | None = None
    """The goal of a higher level above its goal, if the table names one."""
    goal_is_lower: bool = False
    """Whether its goal is one of a lower level: a goal that a heading names stands above it."""
    heading: TableCell | None = None
    """The row over the whole width that named the goal, if it was one."""
    outer_goal: str | None = None
    """The goal that held above that row."""

    def text(self, field: str) -> str:
        """A shared cell's text; empty where there is none."""
        cell = self.cells.get(field)
        return cell.text if cell else ""


def share_target(entry: TableEntry) -> None:
    """Let a target that is printed once for the lines of several sexes be that of each."""
    columns = range(min((len(line.values) for line in entry.lines), default=0))
    if len(entry.lines) < len("KM"):
        return
    for n in columns:
        values = [line.values[n] for line in entry.lines]
        printed = [value for value in values if value.cell.lines]
        if values[0].role == "target" and len({id(value.cell) for value in printed}) == 1:
            for value in values:
                value.cell = printed[0].cell


@dataclass(frozen=True, slots=True)
class UnknownColumn:
    """A column that no layout describes, or a known one whose header says more.

    ``header`` is its header as printed, empty where it has none; ``cells`` are some of its cells.
    """

    header: str
    bbox: Bbox
    cells: tuple[str, ...]
    field: str | None = None
    """The known field, if its header has words that are unknown."""
    guessed: bool = False
    """Whether its header is unknown, and its words only hint at the field."""


@dataclass(slots=True)
class TablePart:
    """The part of a table that stands on one page, from ``top`` to ``bottom`` in points."""

    kind: TableKind
    columns: Columns
    top: float
    bottom: float
    page: int
    entries: list[TableEntry]
    header: Header | None
    at_page_end: bool = False
    """Nothing but a running foot follows, so the table may go on overleaf."""
    at_page_start: bool = False
    """Nothing but a running head stands above."""
    unknown: tuple[UnknownColumn, ...] = ()
    """What of its header the layout does not know."""
    known: tuple[KnownColumn, ...] = ()
    """Columns that the layout does not name and whose headers say what they hold."""
    is_open_below: bool = False
    """Rulings show that the page cut its last row."""
    lower_goals: bool = False
    """Whether its goals stand below one that a heading names: "Nämndens mål"."""
    unheaded_marks: tuple[Mark, ...] = ()
    """Marks that are read as statuses though their column has no header."""
    result_year: int | None = None
    """The last year whose results it has a column for."""
    stands_alone: bool = False
    """Whether nothing of it goes on overleaf: measures that are cards."""
    only_if_used: bool = False
    """Whether its goals are goals only where measures stand below a heading of that name."""
