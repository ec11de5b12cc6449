"""A report as printed: rows, cells, markers and sections, with nothing interpreted.

The extract stage makes these records from a PDF or a text file, the normalize stage turns them into
:mod:`styrmatt.records`. Lengths are in points, the origin is the top left corner of the page, and
pages count from 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from struct import Struct
from types import MappingProxyType
from typing import Final, Literal

Bbox = tuple[float, float, float, float]
"""x0, top, x1, bottom in points."""

SourceKind = Literal["pdf", "text"]
MarkerReading = Literal["alt_text", "vector", "picture", "glyph", "shading", "text", "rendering"]
SectionKind = Literal["perspective", "goal", "success_factor", "other"]

_BOX: Final = Struct("<4f")
"""A box as it is packed: single precision, as the datasets have it."""


def packed_box(box: Bbox) -> bytes:
    """A box as :attr:`Section.boxes` holds it."""
    return _BOX.pack(*box)


@dataclass(frozen=True, slots=True)
class Location:
    """Where something stands: first and last page, and its box on the first page (null in text)."""

    page: int
    page_last: int
    bbox: Bbox | None = None
    label: str | None = None
    """The page number as printed on the first page."""


@dataclass(frozen=True, slots=True)
class Marker:
    """One mark in a cell that carries meaning by colour or shape.

    ``value`` is a status (met, partly_met, not_met, not_assessed) or a trend (up, flat, down);
    None where the mark could not be read, and then ``doubt`` says why.
    """

    value: str | None
    read_by: MarkerReading
    place: Location
    colour: str | None = None
    doubt: str | None = None
    evidence: str | None = None
    """A small PNG of the mark as a data URI, given where it is in doubt."""
    means: Literal["figure", "judgement"] | None = None
    """What the legend says of an arrow: it points with the figure, or says better or worse."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: its lines as printed (joined by newlines) and the marks in it."""

    text: str
    place: Location
    markers: tuple[Marker, ...] = ()


ValueRole = Literal["result", "forecast", "baseline", "target"]
"""What the figures of a column are that a table may print more than once."""


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """What the header of a column of figures says: ``Utfall 2022 Kvinnor``, ``Riket 2021``.

    Null is what it does not say. Headings that span several columns are part of ``text``.
    """

    role: ValueRole
    text: str
    year: int | None = None
    period: str | None = None
    """The part of the year as printed (``T1``, ``2021/2022``); null: the whole year."""
    sex: str | None = None
    """T, K, M."""
    area: str | None = None
    """Whose figure it is if not the organisation's own, as printed: ``Riket``, ``Länet``."""
    of_change: bool = False
    """Whether its targets are amounts of change and no levels: ``Målvärde, förändring``."""


@dataclass(frozen=True, slots=True)
class ValueCell:
    """A cell of a column of figures, with what its header says."""

    head: ColumnHead
    cell: Cell


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a measure table: a measure, or one sex of a measure that has lines for K and M.

    ``cells`` goes from the field name (measure, board, sex, target, status, trend, success_factor;
    in tables of other families also number, unit, comment, responsible, fulfilment, change, period,
    source) to the cell; a column that the table lacks is absent. ``values`` holds results,
    forecasts, baselines and targets of other years or for one sex, from left to right; the target
    of the report's own year is in ``cells``. Lines of one measure share ``measure_no`` and its
    merged cells. ``goal_heading`` and ``factor_heading`` are the headings that the table stands
    under, or its group rows and cells that name them, without their lead-in words.
    ``higher_goal_heading`` is the goal above that goal, where there are goals of two levels.
    ``target_is_change`` says that the header of the target in ``cells`` calls it a change.
    """

    table_no: int
    measure_no: int
    cells: Mapping[str, Cell]
    place: Location
    perspective_heading: str | None = None
    goal_heading: str | None = None
    factor_heading: str | None = None
    review: tuple[str, ...] = ()
    header_years: tuple[int, ...] = ()
    values: tuple[ValueCell, ...] = ()
    target_is_change: bool = False
    higher_goal_heading: str | None = None


@dataclass(frozen=True, slots=True)
class OverviewGoal:
    """A strategic goal in an overview table, with the cells of its success factors."""

    perspective: str | None
    goal: Cell
    factors: tuple[Cell, ...]
    marker: Marker | None
    place: Location


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the text below it, up to the next heading. Tables are not part of the text.

    ``text`` has the lines as printed, an empty one between paragraphs. ``heading_path`` are the
    headings above, outermost first, this one last. ``pages`` holds the page of each line, and of
    an empty one the page of the line before it; where it is empty all lines stand on the first.
    ``boxes`` are the boxes of the lines in the same order, packed: as tuples they take more memory
    than the text. It is empty where the source has no boxes.
    """

    kind: SectionKind
    heading: str
    heading_path: tuple[str, ...]
    text: str
    place: Location
    pages: tuple[int, ...] = ()
    boxes: bytes = b""

    @property
    def line_boxes(self) -> tuple[Bbox, ...]:
        """The box of each line; empty where the source has none."""
        return tuple(_BOX.iter_unpack(self.boxes))

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines of the text, which take twice the memory: a long report has 100,000."""
        return tuple(self.text.split("\n")) if self.text else ()


@dataclass(frozen=True, slots=True)
class ExtractionWarning:
    """Something that the extract stage could not read, or left out; it becomes an Issue."""

    kind: str
    message: str
    raw_text: str
    place: Location | None
    severity: Literal["info", "warning", "error"] = "warning"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The file that was read."""

    name: str
    sha256: str
    kind: SourceKind
    page_count: int
    pages_read: tuple[int, ...]
    pages_recognised: tuple[int, ...] = ()
    """Those of them that are scans, whose text was recognised."""


@dataclass(frozen=True, slots=True)
class ExtractedReport:
    """All of a report, as printed."""

    source: SourceFile
    rows: tuple[Row, ...]
    overview: tuple[OverviewGoal, ...]
    sections: tuple[Section, ...]
    doubts: tuple[ExtractionWarning, ...]
    ignored: tuple[tuple[str, int], ...] = ()
    """Rows of tables that the layout ignores by name: (name, rows)."""
    unknown_table_rows: int = 0
    """Rows of tables that no layout table describes; each such table is one of the doubts."""
    identity: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """organisation, body, title, fiscal_year, doc_number, ...; absent where not found."""
    ignored_places: tuple[tuple[str, Location], ...] = ()
    """Where the ignored tables stand: (name, place); not known in text."""
    seen_tables: tuple[tuple[str, Location], ...] = ()
    """Of a report without rows: the first row of each table that was left alone, and its place."""
    unsure: tuple[tuple[int, Bbox], ...] = ()
    """Page and box of each word of a scan that was recognised without being sure."""
    words_elsewhere: tuple[str, ...] = ()
    """Words of what is left alone that begin as a word does which a line of the rest breaks."""

    def lines(self) -> Iterator[str]:
        """Every line of its text, with an empty one wherever a text ends."""
        for section in self.sections:
            yield from (*section.heading.splitlines(), "", *section.lines, "")
        seen: set[int] = set()
        cells = [cell for row in self.rows for cell in row.cells.values()]
        for goal in self.overview:
            cells += [goal.goal, *goal.factors]
        for cell in cells:
            if id(cell) not in seen:  # merged cells are shared by the rows that they span
                seen.add(id(cell))
                yield from (*cell.text.splitlines(), "")
