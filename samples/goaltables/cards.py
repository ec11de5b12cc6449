"""Sets a table's rows as cards: the header's cells are labels, each row is a card of its own.

A table of content is set so where it has `[tables.NAME.cards]`; its truth is that of the table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import Any

from reportlab.lib.colors import HexColor

from goaltables.cells import Cell, Sign
from goaltables.content import Line, Table
from goaltables.looks import PALETTES
from goaltables.paint import Sheet, broken, face, width_of

Noted = Callable[[int, int], None]
LEADING = 1.28
LOOK: dict[str, Any] = {
    "form": "card",  # card, run (a paragraph), list (name: first value, the others in brackets)
    "per_row": 1,
    "gap": 10.0,
    "frame": "line",  # line, round, none, fill, edge, title, rule, cells
    "frame_colour": "#7f8c8d",
    "ground": "#f2f5f7",
    "pad": 7.0,
    "labels": "inline",  # inline, left, above, tiles
    "two": False,  # inline labels two on a line
    "left_share": 0.38,
    "colon": True,
    "label_bold": True,
    "label_size": 1.0,
    "label_colour": "#000000",
    "value_size": 1.0,
    "name_bold": True,
    "name_size": 1.1,
    "name_label": False,  # "Indikator: ..." instead of a heading
    "mark_at": "value",  # value, corner, name
    "separator": " ",
    "bullet": "•",
    "breaks": False,
}
"""Keys of a table's [cards] and what holds without them."""


@dataclass
class Piece:
    """Something on a line of a card: text or a mark, `x` from the card's left."""

    x: float
    text: str = ""
    bold: bool = False
    size: float = 0.0
    colour: str = "#000000"
    sign: Sign | None = None
    align: str = "l"


@dataclass
class Row:
    """A line of a card with its height."""

    height: float
    pieces: list[Piece] = field(default_factory=list)
    name: bool = False


def look_of(table: Table) -> dict[str, Any]:
    """How the cards of a table look."""
    return {**LOOK, **(table.cards or {})}


def name_column(table: Table) -> int:
    """The column of the cards' names: the first, of cards that are no measures."""
    return table.roles.index("measure") if "measure" in table.roles else 0


def label(cell: Cell, look: dict[str, Any]) -> str:
    """A label as it is printed before its value."""
    return cell.printed + (":" if look["colon"] and cell.printed else "")


def filled(table: Table, line: Line) -> Iterator[tuple[int, Cell, Cell]]:
    """Number, label and cell of what a card says beside its name; empty cells are left out."""
    name = name_column(table)
    for n, (head, cell) in enumerate(zip(table.header[0], line.cells, strict=True)):
        if n != name and not cell.empty:
            yield n, head, cell


def listed(table: Table, line: Line, look: dict[str, Any]) -> str:
    """A measure as a line of a list: its name, its first value, and the others in brackets."""
    name = line.cells[name_column(table)].printed
    first, *rest = filled(table, line)
    said = [f"{head.printed} {cell.printed}".strip() for _, head, cell in rest]
    more = f" ({', '.join(said)})" if said else ""
    lead = f"{first[1].printed} " if first[1].printed else ""
    return f"{name}: {lead}{first[2].printed}{more}"


def run(table: Table, line: Line, look: dict[str, Any]) -> str:
    """A measure as one paragraph behind its name."""
    return look["separator"].join(
        f"{label(head, look)} {cell.printed}".strip() for _, head, cell in filled(table, line)
    )


class CardSetter:
    """Sets the cards of one table on the sheet, and notes the page of each."""

    def __init__(self, sheet: Sheet, table: Table, noted: Noted) -> None:
        self.sheet, self.table, self.noted = sheet, table, noted
        self.look: dict[str, Any] = {**sheet.style, **table.style, **look_of(table)}
        self.size = float(self.look["table_size"])
        count, gap = self.look["per_row"], self.look["gap"]
        self.width = (sheet.width - gap * (count - 1)) / count

    def set(self) -> None:
        """Set all cards, `per_row` beside each other."""
        waiting: list[tuple[int, Line]] = []
        for index, line in enumerate(self.table.lines):
            if line.kind == "row":
                waiting.append((index, line))
                if len(waiting) == self.look["per_row"]:
                    self._rank(waiting)
                    waiting = []
            elif line.kind == "page":
                self.sheet.turn()
            else:
                self._rank(waiting)
                waiting = []
                self._heading(line)
        self._rank(waiting)

    def _heading(self, line: Line) -> None:
        """A goal above the cards below it."""
        size = self.size * 1.35
        if self.sheet.room < 90:
            self.sheet.turn()
        self.sheet.y -= size * 1.8
        text = line.cells[0].printed
        self.sheet.string(self.sheet.left, self.sheet.y, text, face(self.look["font"], True), size)
        self.sheet.y -= size * 0.6
        self.sheet.empty = False

    def _rank(self, cards: list[tuple[int, Line]]) -> None:
        if not cards:
            return
        laid = [list(self._rows(line)) for _, line in cards]
        inner = max(sum(row.height for row in rows) for rows in laid)
        height = inner + 2 * self.look["pad"]
        if self.sheet.room < height and not self.look["breaks"] and not self.sheet.empty:
            self.sheet.turn()
        top = self.sheet.y
        for n, ((index, line), rows) in enumerate(zip(cards, laid, strict=True)):
            x = self.sheet.left + n * (self.width + self.look["gap"])
            self.noted(index, self.sheet.number)
            if self.look["breaks"] and self.sheet.room < height:
                self._broken(x, rows, line)
                return
            self._frame(x, top, height, line, rows)
            self._draw(x, top - self.look["pad"], rows)
        self.sheet.y = top - height - self.look["gap"]
        self.sheet.empty = False

    def _broken(self, x: float, rows: list[Row], line: Line) -> None:
        """A card of which as much stands on the page as finds room there."""
        room, first = self.sheet.room - 2 * self.look["pad"], []
        while rows and sum(row.height for row in first) + rows[0].height < room:
            first.append(rows.pop(0))
        for part in (first, rows):
            height = sum(row.height for row in part) + 2 * self.look["pad"]
            self._frame(x, self.sheet.y, height, line, part)
            self._draw(x, self.sheet.y - self.look["pad"], part)
            self.sheet.y -= height + self.look["gap"]
            if part is first:
                self.sheet.turn()
        self.sheet.empty = False

    # --- what stands in a card

    def _rows(self, line: Line) -> Iterator[Row]:
        look, pad = self.look, self.look["pad"]
        room = self.width - 2 * pad
        name = line.cells[name_column(self.table)]
        corner = self._corner(line)
        if look["form"] == "card" and not look["name_label"]:
            yield from self._name(name, room, corner)
        parts = list(filled(self.table, line))
        if look["name_label"]:
            n = name_column(self.table)
            parts.insert(0, (n, self.table.header[0][n], name))
        if look["form"] == "run":
            yield from self._run(line, room)
        elif look["form"] == "list":
            yield from self._listed(line, room)
        elif look["labels"] == "tiles":
            yield from self._tiles([p for p in parts if p[1].printed], room)
            for part in parts:
                if not part[1].printed:
                    yield from self._part(part, room, 0.0, corner)
        elif look["two"]:
            short = [p for p in parts if len(p[2].printed) < 24 and p[1].printed]
            for left, right in zip_longest(short[::2], short[1::2]):
                rows = list(self._part(left, room / 2, 0.0, corner))
                if right is not None:
                    more = list(self._part(right, room / 2, room / 2, corner))
                    rows[0].pieces += more[0].pieces
                yield from rows
            for part in parts:
                if part not in short:
                    yield from self._part(part, room, 0.0, corner)
        else:
            for part in parts:
                yield from self._part(part, room, 0.0, corner)

    def _corner(self, line: Line) -> tuple[Sign, ...]:
        """The marks that stand beside the name and not with their labels."""
        if self.look["mark_at"] == "value":
            return ()
        for role, cell in zip(self.table.roles, line.cells, strict=True):
            if role == "status" and cell.signs:
                return () if self.look["mark_at"] == "none" else cell.signs
        return ()

    def _name(self, cell: Cell, room: float, corner: tuple[Sign, ...]) -> Iterator[Row]:
        look, size = self.look, self.size * self.look["name_size"]
        font = face(look["font"], look["name_bold"])
        taken = sum(self.sheet.sign_width(s, look) + 4 for s in corner)
        before = taken if look["mark_at"] == "name" else 0.0
        for n, text in enumerate(broken(cell.printed, room - taken, font, size)):
            row = Row(size * LEADING, name=True)
            row.pieces.append(Piece(before, text, look["name_bold"], size))
            if n == 0:
                x = 0.0 if before else room - taken + 4
                for sign in corner:
                    row.pieces.append(Piece(x, sign=sign))
                    x += self.sheet.sign_width(sign, look) + 4
            yield row
        yield Row(size * 0.35)

    def _part(
        self, part: tuple[int, Cell, Cell], room: float, x: float, corner: tuple[Sign, ...]
    ) -> Iterator[Row]:
        n, head, cell = part
        look = self.look
        if (corner or look["mark_at"] == "none") and self.table.roles[n] == "status":
            if not cell.printed:
                return
            cell = replace(cell, signs=())
        text, size = label(head, look), self.size * look["label_size"]
        font = face(look["font"], look["label_bold"])
        piece = Piece(x, text, look["label_bold"], size, look["label_colour"])
        wide = width_of(text, font, size)
        if look["labels"] == "above" and text:
            yield Row(size * LEADING, [piece])
            yield from self._value(cell, room, x, x)
            yield Row(self.size * 0.3)
            return
        start = x + wide + (self.size * 0.32 if text else 0)
        if look["labels"] == "left" and text:
            start = x + room * look["left_share"]
        hang = start if look["labels"] == "left" and text else x
        rows = list(self._value(cell, room, start, hang))
        if text:
            rows[0].pieces.insert(0, piece)
        yield from rows

    def _value(self, cell: Cell, room: float, start: float, hang: float) -> Iterator[Row]:
        """The lines of a value: its first at `start`, the others at `hang`."""
        look, size = self.look, self.size * self.look["value_size"]
        font = face(look["font"])
        row = Row(size * LEADING)
        x = start
        for sign in cell.signs:
            row.pieces.append(Piece(x, sign=sign))
            x += self.sheet.sign_width(sign, look) + 4
        words = cell.printed.split(" ") if cell.printed else []
        text = ""
        end = room + (hang if self.look["two"] else 0)
        for word in words:
            longer = f"{text} {word}".strip()
            if text and x + width_of(longer, font, size) > end:
                row.pieces.append(Piece(x, text, size=size))
                yield row
                row, x, longer = Row(size * LEADING), hang, word
            text = longer
        if text:
            row.pieces.append(Piece(x, text, size=size))
        yield row

    def _tiles(self, parts: list[tuple[int, Cell, Cell]], room: float) -> Iterator[Row]:
        """Labels beside each other with the values below them."""
        look = self.look
        wide = room / len(parts)
        heads, values = Row(self.size * look["label_size"] * LEADING), Row(0.0)
        for n, (_, head, cell) in enumerate(parts):
            size = self.size * look["label_size"]
            text = label(head, look)
            heads.pieces.append(
                Piece(n * wide, text, look["label_bold"], size, look["label_colour"])
            )
            rows = list(self._value(cell, wide - 4, n * wide, n * wide))
            values.pieces += rows[0].pieces
            values.height = max(values.height, rows[0].height)
        yield heads
        yield values

    def _run(self, line: Line, room: float) -> Iterator[Row]:
        name = line.cells[name_column(self.table)].printed
        font, bold = face(self.look["font"]), face(self.look["font"], self.look["name_bold"])
        lead = f"{name}. "
        row, x = Row(self.size * LEADING), 0.0
        words = [(w, self.look["name_bold"]) for w in lead.split()]
        words += [(w, False) for w in run(self.table, line, self.look).split()]
        space = width_of(" ", font, self.size)
        for word, is_bold in words:
            wide = width_of(word, bold if is_bold else font, self.size)
            if x and x + wide > room:
                yield row
                row, x = Row(self.size * LEADING), 0.0
            row.pieces.append(Piece(x, word, is_bold, self.size))
            x += wide + space
        yield row

    def _listed(self, line: Line, room: float) -> Iterator[Row]:
        indent = 12.0 if self.look["bullet"] else 0.0
        text = listed(self.table, line, self.look)
        for n, one in enumerate(broken(text, room - indent, face(self.look["font"]), self.size)):
            row = Row(self.size * LEADING, [Piece(indent, one, size=self.size)])
            if n == 0 and self.look["bullet"]:
                row.pieces.insert(0, Piece(2, self.look["bullet"], size=self.size))
            yield row

    # --- drawing

    def _frame(self, x: float, top: float, height: float, line: Line, rows: list[Row]) -> None:
        look, sheet, kind = self.look, self.sheet, self.look["frame"]
        canvas, low = sheet.canvas, top - height
        canvas.setStrokeColor(HexColor(self._edge(line)))
        canvas.setLineWidth(0.7)
        if kind == "line":
            canvas.rect(x, low, self.width, height, stroke=1, fill=0)
        elif kind == "round":
            canvas.setFillColor(HexColor(look["ground"]))
            canvas.roundRect(x, low, self.width, height, 6, stroke=1, fill=1)
        elif kind in ("fill", "edge"):
            ground = self._edge(line) if look["ground"] == "status" else look["ground"]
            sheet.fill(x, low, x + self.width, top, ground)
        if kind == "edge":
            sheet.fill(x, low, x + 3.5, top, self._edge(line))
        elif kind == "title":
            canvas.rect(x, low, self.width, height, stroke=1, fill=0)
            bar = look["pad"] + sum(row.height for row in rows if row.name)
            sheet.fill(x, top - bar, x + self.width, top, look["ground"])
        elif kind == "rule":
            sheet.line(x, top, x + self.width, top, 0.8, look["frame_colour"])
        elif kind == "cells":
            y = top
            split = x + look["pad"] + (self.width - 2 * look["pad"]) * look["left_share"] - 4
            canvas.rect(x, low, self.width, height, stroke=1, fill=0)
            for row in rows:
                begins = bool(row.pieces) and row.pieces[0].x == 0.0
                if begins and y < top - 1:
                    sheet.line(x, y, x + self.width, y, 0.5, look["frame_colour"])
                y -= row.height + (look["pad"] if y == top else 0)
            sheet.line(split, low, split, top, 0.5, look["frame_colour"])
        canvas.setFillColor(HexColor("#000000"))

    def _edge(self, line: Line) -> str:
        if "status" not in (self.look["frame_colour"], self.look["ground"]):
            return str(self.look["frame_colour"])
        n = self.table.roles.index("status")
        return PALETTES[self.look["palette"]][line.cells[n].signs[0].status]

    def _draw(self, x: float, top: float, rows: list[Row]) -> None:
        y, sheet = top, self.sheet
        for row in rows:
            y -= row.height
            for piece in row.pieces:
                at = x + self.look["pad"] + piece.x
                if piece.sign is not None:
                    sheet.sign(piece.sign, at, y + 1.5, self.look)
                    continue
                sheet.canvas.setFillColor(HexColor(piece.colour))
                font = face(self.look["font"], piece.bold)
                base = y + piece.size * 0.3
                sheet.string(at, base, piece.text, font, piece.size)
                sheet.canvas.setFillColor(HexColor("#000000"))
