"""Tables on the reportlab page: rows that row spans hold together, cut by page breaks line by
line."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics

from typeset import marks
from typeset.blocks import Cell, Mark, Probe, Row, Table, groups
from typeset.breaking import break_lines, soften

if TYPE_CHECKING:
    from typeset.canvas import Page

PAD = 3.0
HAIR = 0.5


@dataclass(frozen=True)
class Piece:
    """One line of a cell: a line of text or a marker, with its height."""

    height: float
    text: str = ""
    mark: Mark | None = None
    raised: str = ""
    probe: Probe | None = None


@dataclass
class Box:
    """A cell of a group: where it stands, how many rows it covers, and its lines."""

    column: int
    row: int
    span: int
    pieces: list[Piece] = field(default_factory=list)
    cell: Cell = field(default_factory=Cell)

    @property
    def height(self) -> float:
        return sum(piece.height for piece in self.pieces) + 2 * PAD


@dataclass
class Group:
    """Rows that stand or fall together, as boxes over `count` rows."""

    count: int
    boxes: list[Box]

    def heights(self) -> list[float]:
        """Height of each row; a spanning cell that needs more stretches the last row it covers."""
        out = [2 * PAD] * self.count
        for box in sorted(self.boxes, key=lambda one: one.span):
            last = box.row + box.span - 1
            lack = box.height - sum(out[box.row : last + 1])
            if lack > 0:
                out[last] += lack
        return out

    def cut(self, room: float) -> tuple[Group, Group] | None:
        """The part that fits into `room` and the rest, cut between rows or between lines; None if
        nothing fits."""
        heights = self.heights()
        row, top = 0, 0.0
        while row < self.count and top + heights[row] <= room:
            top += heights[row]
            row += 1
        inside = [box for box in self.boxes if box.row == row]
        taken = {id(box): _fitting(box.pieces, room - top - 2 * PAD) for box in inside}
        partial = any(taken.values())
        if row == 0 and not partial:
            return None
        head, tail = Group(row + partial, []), Group(self.count - row, [])
        for box in self.boxes:
            end = box.row + box.span
            if end <= row:
                head.boxes.append(box)
            elif box.row > row or (box.row == row and not partial):
                tail.boxes.append(replace(box, row=box.row - row))
            else:
                start = sum(heights[: box.row])
                count = (
                    taken[id(box)]
                    if box.row == row
                    else _fitting(box.pieces, (room if partial else top) - start - 2 * PAD)
                )
                head.boxes.append(
                    replace(box, span=head.count - box.row, pieces=box.pieces[:count])
                )
                tail.boxes.append(replace(box, row=0, span=end - row, pieces=box.pieces[count:]))
        return head, tail


def _fitting(pieces: list[Piece], room: float) -> int:
    """How many of the lines fit into `room`."""
    used = 0.0
    for count, piece in enumerate(pieces):
        used += piece.height
        if used > room + 0.01:
            return count
    return len(pieces)


class TableSetter:
    """Sets one table on the page, turning pages as it goes."""

    def __init__(self, page: Page, table: Table) -> None:
        self.page, self.table, self.style = page, table, page.style
        self.plain = table.role == "legend"
        width = self.style.text_width() - self.style.table_indent
        scale = width / sum(table.widths)
        self.widths = [one * scale for one in table.widths]
        left = self.style.margins[3] + self.style.table_indent
        self.lefts = [left + sum(self.widths[:index]) for index in range(len(self.widths))]
        self.count = 0

    def set(self) -> None:
        """Set the header and every group of rows."""
        y_room = sum(self._group([self._header()]).heights()) if self.table.header else 0.0
        if self.page.room < y_room + 3 * self.style.table_size * 1.3 and not self.page.empty:
            self.page.turn()
        self._set_header()
        for rows in groups(self.table.rows):
            group = self._group(rows)
            while group.count:
                group = self._set_group(group)
            self.count += len(rows)

    def _header(self) -> Row:
        return tuple(Cell(text, bold=True) for text in self.table.header)

    def _set_header(self) -> None:
        if self.table.header:
            self._draw(self._group([self._header()], header=True), header=True)

    def _set_group(self, group: Group) -> Group:
        """Draw what fits of a group; returns the rest, empty when all of it is drawn."""
        nothing = Group(0, [])
        if sum(group.heights()) <= self.page.room:
            self._draw(group)
            return nothing
        parts = group.cut(self.page.room) if self.style.split_rows and not self.plain else None
        if parts is None:
            if self.page.empty:
                self._draw(group)
                return nothing
            self._next_page()
            return group
        self._draw(parts[0])
        self._next_page()
        return parts[1]

    def _next_page(self) -> None:
        self.page.turn()
        if self.style.repeat_header:
            self._set_header()

    # --- boxes

    def _group(self, rows: list[Row], header: bool = False) -> Group:
        boxes = [
            Box(column, index, cell.rows, self._pieces(cell, column, header), cell)
            for index, row in enumerate(rows)
            for column, cell in enumerate(row)
            if cell is not None
        ]
        return Group(len(rows), boxes)

    def _pieces(self, cell: Cell, column: int, header: bool) -> list[Piece]:
        if cell.marks:
            height = max(self.style.mark_size * 1.15, self.style.table_size * 1.2)
            return [Piece(height, mark=mark) for mark in cell.marks]
        if not cell.text:
            return []
        font = self.page.table_bold if cell.bold else self.page.table
        size = self.style.table_size
        text = soften(cell.text) if self.style.hyphenate != "none" and not header else cell.text
        lines = break_lines(
            text,
            self.widths[column] - 2 * PAD,
            lambda piece: pdfmetrics.stringWidth(piece, font, size),
        )
        pieces = [Piece(size * 1.2, line) for line in lines]
        pieces[0] = replace(pieces[0], probe=cell.probe)
        pieces[-1] = replace(pieces[-1], raised=cell.superscript)
        return pieces

    # --- drawing

    def _draw(self, group: Group, header: bool = False) -> None:
        heights = group.heights()
        tops = [self.page.y - sum(heights[:index]) for index in range(group.count + 1)]
        for box in group.boxes:
            top, bottom = tops[box.row], tops[box.row + box.span]
            self._ground(box, top, bottom, header)
            self._content(box, top, bottom)
        if not self.plain:
            self._rules(group, tops, header)
        self.page.y = tops[-1]
        self.page.empty = False

    def _ground(self, box: Box, top: float, bottom: float, header: bool) -> None:
        colour = self.style.header_shade if header else None
        if (
            not header
            and self.style.zebra
            and not self.plain
            and (self.count + box.row) % 2
            and box.span == 1
        ):
            colour = "#f2f2f2"
        for mark in box.cell.marks:
            if marks.kind(self.style, mark) == "shade":
                colour = marks.fill(self.style, mark)
        if colour:
            self.page.canvas.setFillColor(HexColor(colour))
            self.page.canvas.rect(
                self.lefts[box.column],
                bottom,
                self.widths[box.column],
                top - bottom,
                stroke=0,
                fill=1,
            )

    def _content(self, box: Box, top: float, bottom: float) -> None:
        canvas, size = self.page.canvas, self.style.table_size
        left, width = self.lefts[box.column] + PAD, self.widths[box.column] - 2 * PAD
        y = top - PAD
        if self.style.valign == "middle":
            y = (top + bottom + box.height) / 2 - PAD
        for piece in box.pieces:
            y -= piece.height
            self.page.probe(piece.probe)
            if piece.mark:
                if marks.kind(self.style, piece.mark) != "shade":
                    free = width - self.page.pens.width(piece.mark)
                    x = left + (free / 2 if self.style.marks_align == "centre" else 0)
                    self.page.pens.draw(piece.mark, x, y)
                continue
            font = self.page.table_bold if box.cell.bold else self.page.table
            canvas.setFont(font, size)
            canvas.setFillColor(HexColor(self.style.header_colour if box.cell.bold else "#000000"))
            if box.cell.right:
                canvas.drawRightString(left + width, y + size * 0.25, piece.text)
            else:
                canvas.drawString(left, y + size * 0.25, piece.text)
            if piece.raised:
                canvas.setFont(font, size * 0.62)
                canvas.drawString(
                    left + pdfmetrics.stringWidth(piece.text, font, size),
                    y + size * 0.6,
                    piece.raised,
                )

    def _rules(self, group: Group, tops: list[float], header: bool) -> None:
        if self.style.rules == "none" or self.style.rules == "header_shade_only":
            return
        canvas = self.page.canvas
        canvas.setStrokeColor(HexColor(self.style.rule_colour))
        canvas.setLineWidth(HAIR)
        for box in group.boxes:
            top, bottom = tops[box.row], tops[box.row + box.span]
            left, right = self.lefts[box.column], self.lefts[box.column] + self.widths[box.column]
            if self.style.rules == "full":
                canvas.rect(left, bottom, right - left, top - bottom, stroke=1, fill=0)
            else:
                canvas.line(left, bottom, right, bottom)
                if header:
                    canvas.line(left, top, right, top)
