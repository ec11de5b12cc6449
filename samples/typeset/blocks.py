"""What a page is made of: headings, paragraphs, tables of cells with text and marks. Renderers
know nothing else."""

from __future__ import annotations

from dataclasses import dataclass

#: A probe names the place whose page the facts need: (kind, id, sex), kind being measure, goal,
#: factor, overview or claim.
Probe = tuple[str, str, str]


@dataclass(frozen=True)
class Mark:
    """A marker to draw: role is status, trend or both (an arrow whose colour is the status)."""

    role: str
    status: str | None = None
    trend: str | None = None


@dataclass(frozen=True)
class Cell:
    """A table cell. `rows` is its row span; the covered cells are None in the rows below."""

    text: str = ""
    marks: tuple[Mark, ...] = ()
    rows: int = 1
    bold: bool = False
    probe: Probe | None = None
    superscript: str = ""
    right: bool = False


Row = tuple[Cell | None, ...]


@dataclass(frozen=True)
class Table:
    """A table: `role` is measures, overview, plain or legend; widths are relative."""

    role: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    widths: tuple[float, ...]


@dataclass(frozen=True)
class Heading:
    """A heading of level 0 (title) to 4."""

    level: int
    text: str
    probe: Probe | None = None


@dataclass(frozen=True)
class Para:
    """A paragraph or, with a bullet, a list item; `small` is a footnote."""

    text: str
    bullet: bool = False
    small: bool = False
    probe: Probe | None = None


@dataclass(frozen=True)
class PageBreak:
    """The next block begins a page."""


@dataclass(frozen=True)
class Figure:
    """A bar chart of this height in points: what real reports set between sections, and what
    pushes rows over page ends."""

    height: float


Block = Heading | Para | Table | PageBreak | Figure


def groups(rows: tuple[Row, ...]) -> list[list[Row]]:
    """Rows that row spans hold together, in order."""
    out: list[list[Row]] = []
    reach = 0
    for index, row in enumerate(rows):
        if index >= reach:
            out.append([])
        out[-1].append(row)
        reach = max([reach, index + 1] + [index + cell.rows for cell in row if cell is not None])
    return out
