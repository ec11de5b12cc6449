"""Lays out made-up measure tables on a page: any columns, aligned and ruled in any way."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from paper import WIDTH, page

from styrmatt.extract.model.page import Page, Ruling
from styrmatt.extract.model.text_lines import Word, lines_of
from styrmatt.extract.tables.cells import TablePart
from styrmatt.extract.tables.header_row import find_headers
from styrmatt.extract.tables.read_table import read_table
from styrmatt.extract.tables.table_end import TableVocabulary
from styrmatt.extract.tables.unknown_labels import with_unknown_labels
from styrmatt.layout_files import load_layouts

LAYOUT = next(layout for layout in load_layouts() if layout.name == "styrmatt-med-namnd")
LEADING = 1.2
LEFT, TOP = 50.0, 100.0


@dataclass
class Column:
    """A column: its header, its cells from top to bottom, its width in points and alignment."""

    header: str
    cells: Sequence[str]
    width: float = 0.0
    align: str = "l"
    header_align: str = ""


@dataclass
class Made:
    """How a table looks; ``style`` is grid, rules, booktabs, shaded or bare."""

    columns: Sequence[Column]
    style: str = "grid"
    bold: bool = True
    size: float = 9
    padding: float = 4
    row_padding: float = 4
    header_at: str = "m"
    cells_at: str = "m"
    more: list[Word] = field(default_factory=list)

    def page(self) -> Page:
        """The page with the table and what else stands on it."""
        boxes: list[tuple[float, float]] = []
        x = LEFT
        for column in self.columns:
            texts = [*column.header.split("\n"), *column.cells]
            width = column.width or max(length(t, self.size) for t in texts)
            boxes.append((x + self.padding, x + self.padding + width))
            x += width + 2 * self.padding
        words, heights = list(self.more), [TOP]
        heads = [column.header for column in self.columns]
        rows = [heads, *map(list, zip(*(column.cells for column in self.columns), strict=True))]
        for n, row in enumerate(rows):
            words += self._row(row, boxes, heights[-1], is_header=n == 0)
            lines = max(len(self._lines(t, box)) for t, box in zip(row, boxes, strict=True))
            heights.append(heights[-1] + lines * LEADING * self.size + 2 * self.row_padding)
        return page(words, self._rulings(heights, [LEFT, *(b + self.padding for _, b in boxes)]))

    def _lines(self, text: str, box: tuple[float, float]) -> list[str]:
        return [line for part in text.split("\n") for line in wrapped(part, box, self.size)]

    def _row(
        self, row: Sequence[str], boxes: Sequence[tuple[float, float]], top: float, is_header: bool
    ) -> list[Word]:
        cells = [self._lines(text, box) for text, box in zip(row, boxes, strict=True)]
        most, at = max(map(len, cells)), self.header_at if is_header else self.cells_at
        out: list[Word] = []
        for column, lines, box in zip(self.columns, cells, boxes, strict=True):
            free = (most - len(lines)) * LEADING * self.size
            y = top + self.row_padding + {"t": 0.0, "m": free / 2, "b": free}[at]
            align = (column.header_align if is_header else "") or column.align
            for n, line in enumerate(lines):
                height = y + n * LEADING * self.size
                out += self._line(line, box, height, align, bold=is_header and self.bold)
        return out

    def _line(
        self, line: str, box: tuple[float, float], top: float, align: str, bold: bool
    ) -> list[Word]:
        free = box[1] - box[0] - length(line, self.size)
        x = box[0] + {"l": 0.0, "c": free / 2, "r": free}[align]
        out: list[Word] = []
        for text in line.split():
            end = x + WIDTH * self.size * len(text)
            out.append(Word(text, x, top, end, top + self.size, self.size, bold))
            x = end + 0.3 * self.size
        return out

    def _rulings(self, heights: Sequence[float], xs: Sequence[float]) -> list[Ruling]:
        shown = {
            "grid": heights,
            "rules": heights,
            "shaded": heights,
            "booktabs": [*heights[:2], heights[-1]],
            "bare": [],
        }[self.style]
        fill = self.style == "shaded"
        across = [Ruling("h", y, xs[0], xs[-1], fill and n < 2) for n, y in enumerate(shown)]
        if self.style == "grid":
            return across + [Ruling("v", x, heights[0], heights[-1]) for x in xs]
        return across


def length(text: str, size: float) -> float:
    """The width of a line of text."""
    return sum(WIDTH * size * len(t) for t in text.split(" ")) + 0.3 * size * text.count(" ")


def wrapped(text: str, box: tuple[float, float], size: float) -> list[str]:
    """The lines of a text in a box."""
    out: list[str] = []
    for word in text.split():
        if out and length(f"{out[-1]} {word}", size) <= box[1] - box[0] + 0.1:
            out[-1] += f" {word}"
        else:
            out.append(word)
    return out


def read(made: Made | Page, year: str | None = "2022") -> TablePart:
    """The table of the page as it is read."""
    paper = made if isinstance(made, Page) else made.page()
    tables = [table for table in LAYOUT.tables if table.kind == "measures"]
    (header,) = find_headers(paper, tables, year)
    vocabulary = TableVocabulary(LAYOUT.words, LAYOUT.headings)
    header = with_unknown_labels(paper, header)
    return read_table(paper, header, lines_of(paper.words), 800, vocabulary)


def lines(table: TablePart, *fields: str) -> list[tuple[str, ...]]:
    """The texts of fields, for each line of the table, without line breaks."""
    return [
        tuple((entry.text(name) or line.text(name)).replace("\n", " ") for name in fields)
        for entry in table.entries
        for line in entry.lines
    ]


NAMES = ("Andel barn som når kulturskolan", "Antal kommuner med plan", "Andel nöjda besökare")
BOARDS, SEXES, TARGETS = ("RUN", "HSN", "RS"), ("", "", ""), ("70 %", "9", "minst 85 %")
NAME, BOARD = Column("Styrmått", NAMES, 110), Column("Nämnd", BOARDS)
SEX, TARGET = Column("K/M", SEXES), Column("Mål", TARGETS)
STATUS = Column("Måluppfyllelse", ("", "", ""))
KNOWN = (NAME, BOARD, SEX, TARGET, STATUS)
VALUES = list(zip(NAMES, BOARDS, TARGETS, strict=True))


UNDERSTOOD = {
    "Nr": ("1", "2", "3"),
    "Utfall\n2021": ("71 %", "1 204", ""),
    "Utfall\n2022": ("64 %", "9", "87 %"),
    "Prognos": ("", "12", "90 %"),
    "Enhet": ("procent", "antal", "procent"),
    "Ansvarig": ("Anna Ek", "RD", "Chef"),
    "Kommentar": ("Ny rutin är på plats sedan maj", "", "Arbetet går enligt plan"),
}
"""Columns that the layout does not name, whose headers say what they hold, with their cells."""
UNKNOWN = {
    "Löpnr": ("1", "2", "3"),
    "Kostnad\n2021": ("71 %", "1 204", ""),
    "Kostnad\n2022": ("64 %", "9", "87 %"),
    "Utfall jämfört\nmed mål": ("-6", "0", "2"),
    "Utförd av": ("Anna Ek", "RD", "Chef"),
    "Genomfört": ("Ny rutin är på plats sedan maj", "", "Arbetet går enligt plan"),
}
"""Columns whose headers say nothing that is known."""


def further(table: TablePart) -> dict[str, tuple[str, ...]]:
    """The cells of columns that the layout does not name and whose headers are understood.

    By header, one text for each measure, without line breaks.
    """
    out: dict[str, tuple[str, ...]] = {}
    for column in table.known:
        header, value_columns = column.reading.text, [c for c in table.known if c.is_value]
        if column.is_value:
            n = value_columns.index(column)
            cells = [line.values[n].cell for entry in table.entries for line in entry.lines]
            texts = [cell.text for cell in cells]
        else:
            texts = [entry.text(column.role) for entry in table.entries]
        out[header.replace("\n", " ")] = tuple(text.replace("\n", " ") for text in texts)
    return out


def some_table(seed: int) -> tuple[Made, list[str]]:
    """A table with up to three columns that no layout names, and their headers."""
    choose = random.Random(seed)
    figures, heads = choose.choice([("l", "l"), ("r", "l"), ("r", "r"), ("c", "l"), ("c", "c")])
    pool = {**UNDERSTOOD, **UNKNOWN}
    left = ("Ansvarig", "Kommentar", "Enhet", "Utförd av", "Genomfört")
    wide = ("Kommentar", "Genomfört")
    columns = [
        NAME,
        BOARD,
        SEX,
        Column("Mål", TARGETS, choose.choice([0, 60]), figures, heads),
        STATUS,
    ]
    headers = choose.sample(sorted(pool), choose.choice([1, 1, 2, 3]))
    for header in headers:
        align = ("l", "l") if header in left else (figures, heads)
        column = Column(header, pool[header], 90 if header in wide else 0, *align)
        first = 0 if header in ("Nr", "Löpnr") else 1
        columns.insert(choose.randint(first, len(columns)), column)
    style = choose.choice(["grid", "rules", "booktabs", "shaded", "bare"])
    made = Made(
        columns,
        style,
        bold=style == "shaded" or choose.random() < 0.7,
        size=choose.choice([8, 9, 10]),
        padding=choose.choice([3, 4, 6]),
        row_padding=choose.choice([3, 5]),
        header_at=choose.choice("tmb"),
        cells_at=choose.choice("tm"),
    )
    return made, headers
