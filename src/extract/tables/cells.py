"""What a table holds on a page: groups (measures) of lines (sexes) of cells."""

from __future__ import annotations

from dataclasses import dataclass, field

from styrmatt.extract.marks.find import Mark
from styrmatt.extract.tables.columns import Columns
from styrmatt.extract.tables.header_row import Header
from styrmatt.printed import Bbox


@dataclass(slots=True)
class PageCell:
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

    def extend(self, other: PageCell) -> None:
        """Go on with what stands on the next page."""
        self.lines += other.lines
        self.marks += other.marks
        self.page_last = max(self.page_last, other.page_last)


@dataclass(slots=True)
class TableLine:
    """One printed line of a measure: the cells that may differ between women and men."""

    cells: dict[str, PageCell]
    bbox: Bbox
    page: int
    page_last: int

    def text(self, field: str) -> str:
        """A cell's text; empty where the line has no such cell."""
        cell = self.cells.get(field)
        return cell.text if cell else ""

    def marks(self, field: str) -> list[Mark]:
        """A cell's marks."""
        cell = self.cells.get(field)
        return cell.marks if cell else []


@dataclass(slots=True)
class Group:
    """A measure with its lines; ``cells`` are those that its lines share."""

    cells: dict[str, PageCell]
    lines: list[TableLine]
    review: set[str] = field(default_factory=set)

    def text(self, field: str) -> str:
        """A shared cell's text; empty where there is none."""
        cell = self.cells.get(field)
        return cell.text if cell else ""


@dataclass(slots=True)
class PageTable:
    """The part of a table that stands on one page."""

    kind: str
    columns: Columns
    top: float
    bottom: float
    page: int
    groups: list[Group]
    header: Header | None
    at_page_end: bool = False
    """Nothing but a running foot follows, so the table may go on overleaf."""
    at_page_start: bool = False
