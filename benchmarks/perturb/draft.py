"""A report that is going to be typeset, open to every change, with the truth of its rows beside it.

A draft is made of one of the samples' content files in one of the BASES. A perturbation changes its
grids (the tables of measures), what is drawn on its pages, or the finished PDF, and says what that
does to the truth: which fields nobody can read any more, which rows deserve a flag, what is gone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from random import Random
from typing import Any

from typeset.blocks import Block, Cell, Table
from typeset.content import load
from typeset.flow import Flow
from typeset.model import Line, Measure, Report
from typeset.style import Style

from perturb import ROOT

Key = tuple[str, str]
"""A row: the measure's number in the report, and the sex (all, women, men)."""

FIELDS = (
    "measure", "sex", "board", "target_text", "target_value", "status", "trend", "goal", "page",
)  # fmt: skip
"""The fields of a row that are compared."""

SEX_CODE = {"all": "T", "women": "K", "men": "M"}
COLUMNS = {
    "a": ("measure", "board", "sex", "target", "status", "trend"),
    "b": ("success_factor", "measure", "target", "status", "trend"),
}
"""The fields of a family's columns, from left to right."""


@dataclass(frozen=True)
class Base:
    """A typesetting that is perturbed: content, some of its goals, and a style."""

    content: str
    goals: tuple[str, ...]
    style: dict[str, Any]

    @property
    def family(self) -> str:
        return self.content[0]

    @property
    def ruled(self) -> bool:
        """Whether lines stand between the columns."""
        return self.style.get("rules", "full") == "full"

    @property
    def coloured(self) -> bool:
        """Whether status marks are shapes of a colour, and arrows are drawn."""
        return self.style.get("markers", "vector") in ("vector", "form", "picture")


# The faces are of those that every reader of PDFs brings along, so no font file is needed; words
# are not divided, because the patterns for that are no requirement of the project.
_PLAIN = {
    "producer": "reportlab",
    "font": "Helvetica",
    "heading_font": "Helvetica",
    "size": 10.0,
    "table_size": 8.5,
    "hyphenate": "none",
    "running": "all",
}

BASES = {
    "vector": Base("a-2022", ("g04", "g06", "g09"), {}),
    "form": Base(
        "a-2023", ("g02", "g06", "g07"), {"markers": "form", "palette": "flat", "headers": "odd"}
    ),
    "picture": Base(
        "a-2022",
        ("g06", "g07", "g08"),
        {"markers": "picture", "palette": "office", "split_rows": False, "marks_align": "centre"},
    ),
    "space": Base("a-2023", ("g01", "g06", "g07"), {"rules": "none", "palette": "bright"}),
    "horizontal": Base(
        "a-2022",
        ("g02", "g06", "g08"),
        {"rules": "horizontal", "palette": "flat", "arrow_design": "slim"},
    ),
    "board": Base("b-2022", ("g01", "g02", "g03"), {}),
    "board-space": Base(
        "b-2023",
        ("g01", "g03", "g04"),
        {"rules": "header_shade_only", "markers": "form", "palette": "office"},
    ),
    "shade": Base(
        "a-2023",
        ("g04", "g06", "g09"),
        {"markers": "shade", "trend_markers": "vector", "palette": "pale"},
    ),
    "word": Base("b-2022", ("g02", "g03", "g04"), {"markers": "word", "headers": "odd"}),
}
"""By name, the typesettings that perturbations are made of."""


@dataclass(frozen=True)
class Place:
    """Where a cell, or the part of it that is on one page, stands; points from the bottom left."""

    key: Key | None
    field: str
    page: int
    left: float
    bottom: float
    right: float
    top: float
    filled: bool
    """Whether anything is printed in it."""


@dataclass(frozen=True)
class GridCell(Cell):
    """A cell of a table of measures that knows what it holds and may be drawn in another way."""

    key: Key | None = None
    field: str = ""
    shift: tuple[float, float] = (0.0, 0.0)
    """How far what it holds is drawn from where it belongs: right, up."""
    paint: Callable[[Any, Place], None] | None = None
    """Draws what it holds, given the canvas and the place, instead of the typesetter."""
    ruled: bool = True
    """Whether its borders are drawn, where the style draws any."""


@dataclass
class Grid:
    """The table of a factor's measures."""

    number: int
    table: Table
    header: list[GridCell]
    keys: list[Key]
    rows: list[list[GridCell | None]]
    widths: list[float]
    cut: tuple[int, int] | None = None
    """A page ends within this row, after so many of its lines."""
    bare: bool = False
    """Whether it is printed without its header."""
    tail: bool = True
    """Whether what the page end cuts off is printed on the next page."""

    def column(self, name: str) -> int:
        """The column of a field."""
        return [cell.field for cell in self.header].index(name)

    def cell(self, key: Key, name: str) -> GridCell:
        """The cell of a row, which may begin in a row above it."""
        column = self.column(name)
        for row in reversed(self.rows[: self.keys.index(key) + 1]):
            if (cell := row[column]) is not None:
                return cell
        raise KeyError((key, name))

    def put(self, key: Key, name: str, **changes: Any) -> None:
        """Change the cell of a row."""
        cell, column = self.cell(key, name), self.column(name)
        row = self.keys.index(cell.key or key)
        self.rows[row][column] = replace(cell, **changes)

    def insert(
        self, at: int, header: str, texts: Iterable[str], width: float, name: str = "extra"
    ) -> None:
        """A column more, with a text for each row."""
        self.header.insert(at, GridCell(header, bold=True, field=name))
        self.widths.insert(at, width)
        for key, row, text in zip(self.keys, self.rows, texts, strict=True):
            row.insert(at, GridCell(text, key=key, field=name))

    def split(self) -> None:
        """End cells that go over several rows: each row has its own, empty but in the first."""
        for key, row in zip(self.keys, self.rows, strict=True):
            for column, cell in enumerate(row):
                name = self.header[column].field
                if cell is None:
                    row[column] = GridCell(key=key, field=name)
                elif cell.rows > 1:
                    row[column] = replace(cell, rows=1)


@dataclass
class Row:
    """What a reader who looks at the page would take down of one row."""

    key: Key
    values: dict[str, Any]
    accepted: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    """By field, other readings that are as good."""
    unreadable: set[str] = field(default_factory=set)
    """Fields of which nobody can be sure: right is null or one of `accepted`."""
    named: bool = False
    """Whether a flag on this row is a good one, even where all that is read is right."""
    must: bool = False
    """Whether a flag has to be there: without one the row passes for what it is not."""
    printed: bool = True

    def doubt(self, *names: str, accept: Any = ()) -> None:
        """Nobody can be sure of these fields; `accept` is what they may be read as all the same."""
        self.named = True
        self.unreadable.update(names)
        for name in names:
            extra = tuple(accept) if isinstance(accept, (tuple, list)) else (accept,)
            self.accepted[name] = (*self.accepted.get(name, ()), *extra)

    def keep(self, *names: str) -> None:
        """Nobody can be sure of these fields, but what they were before is a good reading."""
        for name in names:
            self.doubt(name, accept=(self.values[name],))


class Draft:
    """One report before it is typeset."""

    def __init__(self, base: Base, random: Random) -> None:
        self.base, self.random = base, random
        self.report = _content(base.content).only(base.goals)
        self.style = Style(name="trust", **(_PLAIN | base.style))
        self.rows: dict[Key, Row] = {}
        self.grids: list[Grid] = []
        self.blocks: list[Block | Grid] = self._blocks()
        self.page_ends: list[Callable[[Any, int, list[Place]], None]] = []
        """Called at the end of each page with the canvas, the page and the places on it."""
        self.page_begins: list[Callable[[Any, int], None]] = []
        self.finishers: list[Callable[[Any, Typeset], None]] = []
        """Called with the writer of the finished PDF."""
        self.holes: list[str] = []
        """What is gone from the report, so that an issue has to say so."""

    @property
    def family(self) -> str:
        return self.report.family

    def _blocks(self) -> list[Block | Grid]:
        """The report's blocks, its tables of measures as grids."""
        out: list[Block | Grid] = []
        factors = iter([pair for pair in self.report.factors() if pair[1].measures])
        for block in Flow(self.report, self.style).blocks():
            if not (isinstance(block, Table) and block.role == "measures"):
                out.append(block)
                continue
            goal, factor = next(factors)
            lines = [
                (measure, line)
                for measure in factor.measures
                for line in (measure.lines if self.report.family == "a" else measure.lines[:1])
            ]
            for measure, line in lines:
                row = _row(self.report, measure, line)
                row.values["goal"] = goal.name
                self.rows[row.key] = row
            grid = _grid(len(self.grids), self.report.family, block, list(lines))
            self.grids.append(grid)
            out.append(grid)
        return out

    # --- choosing

    def grid(self, key: Key) -> Grid:
        """The grid of a row."""
        return next(grid for grid in self.grids if key in grid.keys)

    def pick(self, count: int, where: Callable[[Row], bool] = lambda row: True) -> list[Row]:
        """So many rows of those that fit, in the order of the report; fewer where few do."""
        fit = [row for row in self.rows.values() if where(row)]
        chosen = self.random.sample(fit, min(count, len(fit)))
        return [row for row in fit if row in chosen]

    def figures(self, count: int, least: float = 0) -> list[Row]:
        """Rows whose target is a bare number, with or without a percent sign."""
        return self.pick(
            count,
            lambda row: (
                (row.values["target_value"] or -1) >= least
                and str(row.values["target_text"]).replace("%", "").replace(" ", "").isdigit()
                and self.grid(row.key).cell(row.key, "target").rows == 1
            ),
        )

    def marked(self, count: int, name: str) -> list[Row]:
        """Rows with a mark for status or trend, in a cell of their own."""
        return self.pick(
            count,
            lambda row: (
                row.values[name] is not None
                and len(self.grid(row.key).cell(row.key, name).marks) == 1
            ),
        )

    # --- changing

    def put(self, row: Row, name: str, **changes: Any) -> None:
        """Change the cell of a row."""
        self.grid(row.key).put(row.key, name, **changes)

    def retarget(self, row: Row, text: str, value: float | None = None) -> None:
        """Print another target; the truth is the text, and the value as it is given."""
        self.put(row, "target", text=text)
        row.values["target_text"], row.values["target_value"] = text, value


@dataclass
class Typeset:
    """A finished report: the PDF, where everything stands, and the pages as they are now."""

    pdf: bytes
    places: list[Place]
    order: list[int]
    """The typesetter's page on each page of the file."""
    page_size: tuple[float, float]

    def page(self, key: Key) -> int | None:
        """The page of the file on which a row begins; None where it is not in the file."""
        pages = [place.page for place in self.places if place.key == key and place.filled]
        first = min(pages, default=0)
        return self.order.index(first) + 1 if first in self.order else None


@cache
def _content(name: str) -> Report:
    return load(ROOT / "samples" / "content" / f"{name}.toml")


def _row(report: Report, measure: Measure, line: Line) -> Row:
    key = (measure.measure_id, line.sex)
    dash = {"-", ""}
    return Row(
        key,
        {
            "measure": measure.name,
            "sex": SEX_CODE[line.sex],
            "board": measure.board,
            "target_text": None if line.target in dash else line.target,
            "target_value": line.value,
            "status": line.status,
            "trend": line.trend,
        },
        {"target_text": ("-",)} if line.target in dash else {},
    )


def _grid(number: int, family: str, table: Table, lines: list[tuple[Measure, Line]]) -> Grid:
    names = COLUMNS[family]
    keys = [(measure.measure_id, line.sex) for measure, line in lines]
    rows = [
        [
            None if cell is None else GridCell(**vars(cell), key=key, field=name)
            for cell, name in zip(row, names, strict=True)
        ]
        for key, row in zip(keys, table.rows, strict=True)
    ]
    header = [
        GridCell(text, bold=True, field=name)
        for text, name in zip(table.header, names, strict=True)
    ]
    return Grid(number, table, header, keys, rows, list(table.widths))
