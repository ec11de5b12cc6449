"""Sets a report of a content file and writes its truth."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from reportlab.lib.colors import HexColor
from typeset.marks import chart_bars

from goaltables.cards import CardSetter
from goaltables.content import Block, Report, load
from goaltables.paint import Sheet, broken, face
from goaltables.tables import TableSetter
from goaltables.tell import Teller
from goaltables.truth import truth_of

if TYPE_CHECKING:
    from goaltables.web import WebSetter


class Setter(Teller):
    """Goes through the blocks of a report once: sets them, and collects what is true."""

    def __init__(self, report: Report) -> None:
        super().__init__(report)
        self.sheet = Sheet(report.style, report.told["title"], self.foot)

    @property
    def page_count(self) -> int:
        """The pages set so far."""
        return self.sheet.number

    def set(self) -> bytes:
        """The bytes of the PDF."""
        for block in self.report.blocks:
            getattr(self, f"_{block.kind}")(block)
        return self.sheet.finish()

    # --- blocks

    def _page(self, block: Block) -> None:
        if not self.sheet.empty:
            self.sheet.turn_page()

    def _columns(self, block: Block) -> None:
        self.sheet.begin_columns(block.text)

    def _next(self, block: Block) -> None:
        self.sheet.turn()

    def _end(self, block: Block) -> None:
        self.sheet.end_columns()

    def _photo(self, block: Block) -> None:
        """A picture as wide as the text."""
        sheet, height = self.sheet, float(block.text)
        if sheet.room < height:
            sheet.turn()
        sheet.y -= height
        sheet.photo(sheet.left, sheet.y, sheet.width, height)
        sheet.y -= 8
        sheet.empty = False

    def _fact(self, block: Block) -> None:
        """A box with a heading and text on a ground of its own."""
        style, sheet = self.sheet.style, self.sheet
        size, room = style["size"] * 0.95, sheet.width - 16
        heading, _, text = block.text.partition(": ")
        bold, plain = face(style["font"], True), face(style["font"])
        lines = [(one, bold) for one in broken(heading, room, bold, size)]
        lines += [(one, plain) for one in broken(text, room, plain, size)]
        height = size * 1.3 * len(lines) + 14
        if sheet.room < height + 10:
            sheet.turn()
        sheet.y -= 4
        sheet.fill(sheet.left, sheet.y - height, sheet.left + sheet.width, sheet.y, style["fact"])
        for n, (line, font) in enumerate(lines, 1):
            sheet.string(sheet.left + 8, sheet.y - 7 - size * (1.3 * n - 0.3), line, font, size)
        sheet.y -= height + 10
        sheet.empty = False

    def _upper(self, block: Block) -> None:
        self._heading(block)
        self.goal_above()

    def _heading(self, block: Block) -> None:
        style, sheet = self.sheet.style, self.sheet
        if block.level == style["new_page_at"] and not sheet.empty:
            sheet.turn()
        self.headed(block)
        size = style["heading_sizes"][block.level - 1]
        font = face(style["heading_font"] or style["font"], True)
        signs = block.cell.signs if block.cell else ()
        indent = sum(sheet.sign_width(s, style) + 4 for s in signs)
        lines = broken(block.text, sheet.width - indent - 6, font, size)
        if sheet.room < size * 1.25 * len(lines) + 70 and not sheet.empty:
            sheet.turn()
        sheet.y -= 0 if sheet.empty else size * 0.6
        if style["heading_bar"] and block.goal:
            low = sheet.y - size * 1.25 * len(lines) - 4
            sheet.fill(sheet.left, low, sheet.left + sheet.width, sheet.y, style["heading_bar"])
        x = sheet.left + (4 if style["heading_bar"] and block.goal else 0)
        for sign in signs:
            sheet.sign(sign, x, sheet.y - size * 1.05, {**style, "mark_size": size * 0.8})
            x += sheet.sign_width(sign, style) + 4
        sheet.canvas.setFillColor(HexColor(style["heading_colour"]))
        for line in lines:
            sheet.y -= size * 1.25
            sheet.string(x, sheet.y + size * 0.3, line, font, size)
        sheet.canvas.setFillColor(HexColor("#000000"))
        sheet.y -= size * 0.35 + 2
        sheet.empty = False

    def _status(self, block: Block) -> None:
        """The mark and the words of a goal, below its heading."""
        assert block.cell is not None
        style, sheet = self.sheet.style, self.sheet
        size, font = style["size"], face(style["font"])
        self.assess(block.cell)
        sheet.y -= size * 1.3
        x = sheet.left
        for sign in block.cell.signs:
            sheet.sign(sign, x, sheet.y + size * 0.1, {**style, "mark_size": size * 0.95})
            x += sheet.sign_width(sign, style) + 5
        sheet.string(x, sheet.y + size * 0.25, block.cell.printed, font, size)
        sheet.y -= size * 0.5

    def _text(self, block: Block, indent: float = 0.0, scale: float = 1.0) -> None:
        style, sheet = self.sheet.style, self.sheet
        size, font = style["size"] * scale, face(style["font"])
        lines = broken(block.text, sheet.width - indent, font, size, style["hyphenate"])
        for index, line in enumerate(lines):
            if sheet.room < size * 1.3:
                sheet.turn()
            sheet.y -= size * 1.3
            if indent and index == 0:
                sheet.string(sheet.left + 3, sheet.y + size * 0.25, "•", font, size)
            if style["justify"] and index + 1 < len(lines):
                room = sheet.width - indent
                sheet.filled(sheet.left + indent, sheet.y + size * 0.25, line, font, size, room)
            else:
                sheet.string(sheet.left + indent, sheet.y + size * 0.25, line, font, size)
        sheet.y -= size * 0.5
        sheet.empty = False

    def _bullet(self, block: Block) -> None:
        self._text(block, indent=14)

    def _small(self, block: Block) -> None:
        self._text(block, scale=0.78)

    def _gap(self, block: Block) -> None:
        self.sheet.y -= float(block.text)

    def _legend(self, block: Block) -> None:
        """The legend: one line for each mark, or all of them in one line."""
        style, sheet = self.sheet.style, self.sheet
        size, font = style["table_size"], face(style["font"])
        x = sheet.left
        if sheet.room < size * 1.7 * (1 if block.text == "line" else len(self.report.legend)):
            sheet.turn()
        if block.text == "line":
            sheet.y -= size * 1.7
        for cell, words in self.report.legend:
            if block.text != "line":
                x = sheet.left
                sheet.y -= size * 1.7
            for sign in cell.signs:
                sheet.sign(sign, x, sheet.y, style)
                x += sheet.sign_width(sign, style) + 3
            label = f"{cell.printed} {words}".strip()
            sheet.string(x + 2, sheet.y + size * 0.2, label, font, size)
            x += 16 + sheet.canvas.stringWidth(label, font, size)
        sheet.y -= size
        sheet.empty = False

    def _bars(self, block: Block) -> None:
        """A chart."""
        height = float(block.text or 100)
        if self.sheet.room < height:
            self.sheet.turn()
        for left, low, wide, high, colour in chart_bars(self.sheet.width * 0.7, height):
            x, y = self.sheet.left + left, self.sheet.y - height + low
            self.sheet.fill(x, y, x + wide, y + high, colour)
        self.sheet.y -= height + 6

    def _table(self, block: Block) -> None:
        table = self.report.tables[block.text]
        pages: dict[int, int] = {}
        self.sheet.y -= 3
        setter = TableSetter if table.cards is None else CardSetter
        setter(self.sheet, table, pages.setdefault).set()
        self.sheet.y -= 9
        self.tabled(table, pages)


def _setter(report: Report) -> Setter | WebSetter:
    """Who sets a report: reportlab, or a browser where it asks for one."""
    if report.told.get("producer") != "chromium":
        return Setter(report)
    from goaltables.web import WebSetter  # what it needs is not needed for the rest

    return WebSetter(report)


def make(content: Path, pdf: Path, truth: Path) -> None:
    """Set the report of a content file; the same bytes every time."""
    report = load(content)
    setter = _setter(report)
    data = setter.set()
    for goal in setter.goals:
        goal["status"] = setter.statuses.get(goal["goal"])
    told = truth_of(report, setter.rows, setter.goals, setter.page_count)
    pdf.parent.mkdir(parents=True, exist_ok=True)
    pdf.write_bytes(data)
    told = {year: {"pdf": pdf.name, **one} for year, one in told.items()}
    text = json.dumps(told, ensure_ascii=False, indent=1)
    truth.write_text(text + "\n", encoding="utf-8")
