"""Sets one table: header rows with merged cells, full-width rows, marks, page breaks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from reportlab.lib.colors import HexColor

from goaltables.cells import Cell
from goaltables.content import Line, Table
from goaltables.looks import EDGE_WIDTH, PALETTES
from goaltables.paint import Sheet, broken, face, width_of

Noted = Callable[[int, int], None]
"""Called with the index of a line and the page on which it stands."""
LEADING = 1.22
WIDE = ("goal", "name", "group", "comment", "sub")
"""Kinds of lines that are one cell over all columns."""
LIGHT_TYPE = ("comment", "sub")
BOLD = ("apart", "marked")
"""Kinds of rows that are set in bold."""


class TableSetter:
    """Sets a table on the sheet, and notes the page of every line."""

    def __init__(self, sheet: Sheet, table: Table, noted: Noted) -> None:
        self.sheet, self.table, self.noted = sheet, table, noted
        self.look: dict[str, Any] = {**sheet.style, **table.style}
        self._place()
        self.count = 0

    def _place(self) -> None:
        """Where the columns begin and end on this page, or in this column of text."""
        sheet, widths = self.sheet, self.table.widths
        scale = sheet.width * self.look["table_width"] / sum(widths)
        self.left = sheet.left + self.look["table_left"]
        self.edges = [self.left]
        for one in widths:
            self.edges.append(self.edges[-1] + one * scale)

    def set(self) -> None:
        """Set header and lines, turning pages where they are full."""
        lines = self.table.lines
        need = self._height_of_header() + self._height(lines[0].cells, "row")
        if self.look["keep"]:
            need = self._height_of_header() + sum(self._height(x.cells, x.kind) for x in lines)
        if self.sheet.room < need + 10 and not self.sheet.empty:
            self.sheet.turn()
            self._place()
        self.top = self.sheet.y
        if not self.look["header_under_goals"]:
            self._header()
        for group in self._groups():
            if group[0][1].kind == "page":
                self._turn()
                continue
            heights = [self._height(line.cells, line.kind) for _, line in group]
            self._stretch(group, heights)
            while self.look["cut"] and len(group) == 1 and self.sheet.room < sum(heights):
                index, line = group[0]
                first, rest = self._cut(line)
                if first is None:
                    break
                self._group([(index, first)], [self._height(first.cells, first.kind)])
                self._turn()
                group, heights = [(index, rest)], [self._height(rest.cells, rest.kind)]
            if self.sheet.room < sum(heights) and not self.sheet.empty:
                self._turn()
            self._group(group, heights)
            if self.look["header_under_goals"] and group[0][1].kind == "goal":
                self._header()
        self._frame_end()

    def _cut(self, line: Line) -> tuple[Line | None, Line]:
        """The lines of a row's cells that fit on the page, and the rest; None where none fits."""
        leading = self.look["table_size"] * LEADING
        count = int((self.sheet.room - 2 * self.look["pad_y"]) // leading)
        if count < 1:
            return None, line
        heads, tails = [], []
        for n, cell in enumerate(line.cells):
            lines = self._text_lines(cell, self._room(n, 1), False)
            heads.append(replace(cell, printed="//".join(lines[:count])))
            tails.append(replace(cell, printed="//".join(lines[count:]), signs=(), raised=""))
        return Line(line.kind, tuple(heads)), Line(line.kind, tuple(tails))

    def _turn(self) -> None:
        self._frame_end()
        self.sheet.turn()
        self._place()
        if self.look["repeat_header"]:
            self._header()
        else:
            self.top = self.sheet.y

    def _groups(self) -> list[list[tuple[int, Line]]]:
        """Lines that merged cells hold together."""
        out: list[list[tuple[int, Line]]] = []
        for index, line in enumerate(self.table.lines):
            joined = any(cell.above for cell in line.cells)
            if joined and out:
                out[-1].append((index, line))
            else:
                out.append([(index, line)])
        return out

    # --- heights

    def _span(self, cells: tuple[Cell, ...], column: int) -> int:
        """How many columns the cell there covers."""
        end = column + 1
        while end < len(cells) and cells[end].left:
            end += 1
        return end - column

    def _room(self, column: int, span: int) -> float:
        return self.edges[column + span] - self.edges[column] - 2 * float(self.look["pad_x"])

    def _text_lines(self, cell: Cell, width: float, bold: bool) -> list[str]:
        font, size = face(self.look["font"], bold), self.look["table_size"]
        taken = sum(self.sheet.sign_width(s, self.look) + 3 for s in cell.signs)
        return broken(cell.printed, width - taken, font, size) if cell.printed else []

    def _cell_height(self, cell: Cell, width: float, bold: bool) -> float:
        size = self.look["table_size"] * LEADING
        height = len(self._text_lines(cell, width, bold)) * size
        if cell.signs:
            height = max(height, self.look["mark_size"] + 1, size)
        return height + 2 * float(self.look["pad_y"])

    def _height(self, cells: tuple[Cell, ...], kind: str, bold: bool = False) -> float:
        if kind == "page":
            return 0.0
        if kind in WIDE:
            bold = kind not in LIGHT_TYPE and self.look["group_bold"]
            return self._cell_height(cells[0], self._room(0, len(self.table.widths)), bold)
        return max(
            self._cell_height(cell, self._room(n, self._span(cells, n)), bold)
            for n, cell in enumerate(cells)
            if not cell.left and not self._merged(cell)
        )

    def _merged(self, cell: Cell) -> bool:
        return cell.above

    def _stretch(self, group: list[tuple[int, Line]], heights: list[float]) -> None:
        """Make room for cells that are merged over rows: they do not count in their first row."""
        if len(group) < 2:
            return
        for n in range(len(group[0][1].cells)):
            start = 0
            for row in range(1, len(group) + 1):
                if row < len(group) and group[row][1].cells[n].above:
                    continue
                if row - start > 1:
                    cells = group[start][1].cells
                    need = self._cell_height(cells[n], self._room(n, 1), False)
                    others = max(
                        self._cell_height(c, self._room(m, 1), False)
                        for m, c in enumerate(cells)
                        if m != n and not c.above
                    )
                    heights[start] = min(heights[start], others)
                    lack = need - sum(heights[start:row])
                    if lack > 0:
                        heights[row - 1] += lack
                start = row

    def _height_of_header(self) -> float:
        return sum(self._header_heights())

    def _header_heights(self) -> list[float]:
        bold, turned = self.look["header_bold"], self.look["turned_header"]
        if not turned:
            return [self._height(row, "header", bold) for row in self.table.header]
        font, (row,) = face(self.look["font"], bold), self.table.header
        long = [width_of(row[n].printed, font, self.look["table_size"]) for n in turned]
        return [max(long) + 2 * float(self.look["pad_y"])]

    # --- drawing

    def _header(self) -> None:
        self.top = self.sheet.y
        bold = self.look["header_bold"]
        rows = self.table.header
        heights = self._header_heights()
        if len(rows) > 1:
            heights = [
                max(
                    self._cell_height(cell, self._room(n, self._span(row, n)), bold)
                    for n, cell in enumerate(row)
                    if not cell.left
                    and not cell.above
                    and not (k + 1 < len(rows) and rows[k + 1][n].above)
                )
                for k, row in enumerate(rows)
            ]
        bottom = self.sheet.y - sum(heights)
        if rows and self.look["header_fill"]:
            self.sheet.fill(
                self.edges[0], bottom, self.edges[-1], self.sheet.y, self.look["header_fill"]
            )
        if rows and self.look["rules"] in ("horizontal", "header", "outer"):
            self._rule(self.sheet.y)
        for k, row in enumerate(rows):
            top = self.sheet.y
            for n, cell in enumerate(row):
                if cell.left or cell.above:
                    continue
                span = self._span(row, n)
                last = k
                while last + 1 < len(rows) and rows[last + 1][n].above:
                    last += 1
                low = top - sum(heights[k : last + 1])
                self._draw(cell, n, span, top, low, bold, header=True)
                if self.look["rules"] == "grid":
                    self._box(n, span, top, low)
            self.sheet.y -= heights[k]
        if rows and self.look["rules"] in ("horizontal", "header", "outer"):
            self._rule(self.sheet.y)
        if rows:
            self.sheet.empty = False

    def _group(self, group: list[tuple[int, Line]], heights: list[float]) -> None:
        tops = [self.sheet.y - sum(heights[:n]) for n in range(len(group) + 1)]
        self._stripes(group, tops)
        for k, (index, line) in enumerate(group):
            self.noted(index, self.sheet.number)
            wide = line.kind in WIDE
            if wide:
                self._wide(line, tops[k], tops[k + 1])
            else:
                self._row(group, k, tops)
        self.sheet.y = tops[-1]
        self.sheet.empty = False

    def _stripes(self, group: list[tuple[int, Line]], tops: list[float]) -> None:
        """Shade every other row, but for cells that are merged over rows."""
        for k, (_, line) in enumerate(group):
            if line.kind in WIDE or not self.look["zebra"]:
                continue
            self.count += 1
            for n in range(len(line.cells) if self.count % 2 == 0 else 0):
                below = k + 1 < len(group) and group[k + 1][1].cells[n].above
                if not (line.cells[n].above or below):
                    ends = self.edges[n], self.edges[n + 1]
                    self.sheet.fill(ends[0], tops[k + 1], ends[1], tops[k], self.look["zebra"])

    def _wide(self, line: Line, top: float, low: float) -> None:
        fill = {"comment": "", "sub": self.look["sub_fill"]}.get(line.kind, self.look["group_fill"])
        if fill:
            self.sheet.fill(self.edges[0], low, self.edges[-1], top, fill)
        bold = line.kind not in LIGHT_TYPE and self.look["group_bold"]
        self._draw(line.cells[0], 0, len(self.table.widths), top, low, bold)
        if self.look["rules"] == "grid":
            self._box(0, len(self.table.widths), top, low)
        elif self.look["rules"] == "horizontal":
            self._rule(low)
        if line.kind != "comment":
            self.count = 0

    def _row(self, group: list[tuple[int, Line]], k: int, tops: list[float]) -> None:
        cells = group[k][1].cells
        for n, cell in enumerate(cells):
            if cell.left or cell.above:
                continue
            end = k + 1
            while end < len(group) and group[end][1].cells[n].above:
                end += 1
            span = self._span(cells, n)
            self._draw(cell, n, span, tops[k], tops[end], group[k][1].kind in BOLD)
            if self.look["rules"] == "grid":
                self._box(n, span, tops[k], tops[end])
            elif self.look["rules"] == "horizontal":
                self._rule(tops[end], self.edges[n], self.edges[n + span])

    def _draw(
        self,
        cell: Cell,
        column: int,
        span: int,
        top: float,
        low: float,
        bold: bool,
        header: bool = False,
    ) -> None:
        look, sheet = self.look, self.sheet
        font, size = face(look["font"], bold), look["table_size"]
        if header and column in look["turned_header"]:
            self._turned(cell, column, low, font)
            return
        if look["marks"] == "shade" and cell.signs and cell.signs[0].status:
            colour = PALETTES[look["palette"]][cell.signs[0].status]
            sheet.fill(self.edges[column], low, self.edges[column + span], top, colour)
        if look["marks"] == "edge" and cell.signs and not header:
            colour = PALETTES[look["palette"]][cell.signs[0].status]
            sheet.line(self.edges[0], low, self.edges[0], top, EDGE_WIDTH, colour)
            cell = replace(cell, signs=())
        room = self._room(column, span)
        lines = self._text_lines(cell, room, bold)
        x0, align = self.edges[column] + look["pad_x"], self.table.align[column]
        if header and look["header_align"]:
            align = look["header_align"]
        if header and span > 1:
            align = "c"
        if span == len(self.table.widths):
            align = "l"
        height = max(len(lines) * size * LEADING, look["mark_size"] if cell.signs else 0)
        start = top - look["pad_y"]
        if look["valign"] == "middle" or (header and look["valign"] == "header_middle"):
            start = (top + low + height) / 2
        elif look["valign"] == "bottom":
            start = low + look["pad_y"] + height
        taken = sum(sheet.sign_width(s, look) + 3 for s in cell.signs)
        x, y = x0, start - (look["mark_size"] + size * LEADING) / 2
        if cell.signs and not cell.printed and align != "l":
            x = x0 + (room - taken + 3) / (2 if align == "c" else 1)
        if cell.signs and look["marks_after"] and lines:
            x = x0 + width_of(lines[0], font, size) + 4
        for sign in cell.signs:
            sheet.sign(sign, x, y, look)
            x += sheet.sign_width(sign, look) + 3
        if look["marks_after"]:
            taken = 0
        sheet.canvas.setFillColor(HexColor(look["header_colour"] if header else "#000000"))
        for n, text in enumerate(lines):
            base = start - size * LEADING * (n + 1) + size * 0.32
            at = {"l": x0 + taken, "r": x0 + room, "c": x0 + taken + (room - taken) / 2}[align]
            sheet.string(at, base, text, font, size, align)
            if cell.raised and n == len(lines) - 1:
                end = at + (width_of(text, font, size) if align == "l" else 0)
                end += width_of(text, font, size) / 2 if align == "c" else 0
                sheet.string(
                    end + 0.5, base + size * 0.35, cell.raised, font, size * look["raised_size"]
                )
        sheet.canvas.setFillColor(HexColor("#000000"))

    def _turned(self, cell: Cell, column: int, low: float, font: str) -> None:
        """A header that is read from below."""
        canvas, size = self.sheet.canvas, self.look["table_size"]
        middle = (self.edges[column] + self.edges[column + 1]) / 2
        canvas.saveState()
        canvas.setFillColor(HexColor(self.look["header_colour"]))
        canvas.translate(middle + size * 0.35, low + self.look["pad_y"])
        canvas.rotate(90)
        self.sheet.string(0, 0, cell.printed, font, size)
        canvas.restoreState()

    # --- rulings

    def _rule(self, y: float, x0: float | None = None, x1: float | None = None) -> None:
        x0, x1 = self.edges[0] if x0 is None else x0, self.edges[-1] if x1 is None else x1
        self.sheet.line(x0, y, x1, y, self.look["rule_width"], self.look["rule_colour"])

    def _box(self, column: int, span: int, top: float, low: float) -> None:
        canvas = self.sheet.canvas
        canvas.setStrokeColor(HexColor(self.look["rule_colour"]))
        canvas.setLineWidth(self.look["rule_width"])
        left, right = self.edges[column], self.edges[column + span]
        canvas.rect(left, low, right - left, top - low, stroke=1, fill=0)

    def _frame_end(self) -> None:
        if self.look["rules"] in ("header", "outer"):
            self._rule(self.sheet.y)
        if self.look["rules"] == "outer":
            for x in (self.edges[0], self.edges[-1]):
                self.sheet.line(
                    x, self.top, x, self.sheet.y, self.look["rule_width"], self.look["rule_colour"]
                )
