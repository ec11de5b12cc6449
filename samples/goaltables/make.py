"""Sets a report of a content file and writes its truth."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from reportlab.lib.colors import HexColor
from typeset.marks import chart_bars

from goaltables.cards import CardSetter
from goaltables.cells import STATUS, Cell
from goaltables.content import Block, Report, load
from goaltables.paint import Sheet, broken, face
from goaltables.tables import TableSetter
from goaltables.truth import marked_goals_of, rows_of, statuses_of, truth_of


class Setter:
    """Goes through the blocks of a report once: sets them, and collects what is true."""

    def __init__(self, report: Report) -> None:
        self.report = report
        told = report.told
        foot = told.get("foot", f"{told['organisation']} – {told['title']}")
        self.sheet = Sheet(report.style, told["title"], foot)
        self.rows: list[dict[str, Any]] = []
        self.goals: list[dict[str, Any]] = []
        self.goal: str | None = None
        self.goal_level = 0
        self.also: str | None = None
        self.statuses: dict[str, str] = {}

    def set(self) -> bytes:
        """The bytes of the PDF."""
        for block in self.report.blocks:
            getattr(self, f"_{block.kind}")(block)
        return self.sheet.finish()

    # --- blocks

    def _page(self, block: Block) -> None:
        if not self.sheet.empty:
            self.sheet.turn()

    def _upper(self, block: Block) -> None:
        self._heading(block)
        self.also, self.goal, self.goal_level = self.goal, None, 0
        self.goals.pop()

    def _heading(self, block: Block) -> None:
        style, sheet = self.sheet.style, self.sheet
        if block.level == style["new_page_at"] and not sheet.empty:
            sheet.turn()
        if block.goal:
            self.goal, self.goal_level = block.goal, block.level
            self.goals.append({"goal": block.goal, "status": None})
            if self.also:
                self.goals[-1]["goal_also"] = self.also
            self._assess(block.cell)
        elif block.level <= self.goal_level:
            self.goal, self.goal_level = None, 0
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

    def _assess(self, cell: Cell | None) -> None:
        """Note the assessment of the goal whose heading this is, or stands above it."""
        assert self.goal is not None
        if cell is not None and cell.signs:
            self.statuses[self.goal] = STATUS[cell.signs[0].status]
        elif cell is not None and cell.said:
            self.statuses[self.goal] = cell.said

    def _status(self, block: Block) -> None:
        """The mark and the words of a goal, below its heading."""
        assert block.cell is not None
        style, sheet = self.sheet.style, self.sheet
        size, font = style["size"], face(style["font"])
        self._assess(block.cell)
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
        lines = broken(block.text, sheet.width - indent, font, size)
        for index, line in enumerate(lines):
            if sheet.room < size * 1.3:
                sheet.turn()
            sheet.y -= size * 1.3
            if indent and index == 0:
                sheet.string(sheet.left + 3, sheet.y + size * 0.25, "•", font, size)
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
        if table.roles[:1] == ("goalname",):
            self.statuses = statuses_of(table)
        elif not table.alone:
            for goal, status in marked_goals_of(table).items():
                self.goals.append({"goal": goal, "status": status})
                self.statuses[goal] = status
            self.rows += rows_of(table, pages, self.goal, self.also)


def make(content: Path, pdf: Path, truth: Path) -> None:
    """Set the report of a content file; the same bytes every time."""
    report = load(content)
    setter = Setter(report)
    data, count = setter.set(), setter.sheet.number
    if report.told.get("producer") == "chromium":
        from goaltables.web import printed, with_pages  # what it needs is not needed for the rest

        data = printed(report)
        count = with_pages(data, setter.rows)
    for goal in setter.goals:
        goal["status"] = setter.statuses.get(goal["goal"])
    told = truth_of(report, setter.rows, setter.goals, count)
    pdf.parent.mkdir(parents=True, exist_ok=True)
    pdf.write_bytes(data)
    told = {year: {"pdf": pdf.name, **one} for year, one in told.items()}
    text = json.dumps(told, ensure_ascii=False, indent=1)
    truth.write_text(text + "\n", encoding="utf-8")
