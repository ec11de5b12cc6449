"""Goals that are set upwards or downwards in cells beside their measures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from styrmatt.extract.pdf_report import read_pdf
from styrmatt.layout_files import load_layouts
from styrmatt.printed import Row

XS = (60.0, 100.0, 330.0, 390.0, 450.0, 520.0)
"""Where the columns begin: goals, measures, targets, results, statuses; and their end."""
TOP, HEADER, ROW, SIZE = 640.0, 20.0, 26.0, 9.0
GOALS = (
    ("Trygga barn, glada barn", 4),
    ("Rent vatten", 3),
    ("Hus för alla", 3),
)
"""Each goal with how many rows it has."""
MEASURES = ("Andel nöjda", "Antal besök", "Antal öppna dagar", "Antal nya platser", "Andel svar")
GREEN, RED = "#2e9e4f", "#d0342c"


@dataclass
class Table:
    """How a table with turned goals looks."""

    goals: Sequence[tuple[str, int]] = GOALS
    turn: int = 90
    rules: str = "cells"
    """"cells": a grid with merged cells, "groups": rulings between goals, "": none at all."""
    striped: bool = False
    heading: str = "Mål"
    margin: str = ""
    """Words turned at the page's edge."""
    overleaf: Sequence[tuple[str, int]] = ()
    """The goals with which the table goes on overleaf."""

    def draw(self, path: Path) -> Path:
        """The report as a file."""
        canvas = Canvas(str(path / "report.pdf"), pagesize=(595, 842), invariant=True)
        canvas.setFont("Helvetica-Bold", 20)
        canvas.drawString(60, 760, "Tallmo kommun")
        canvas.drawString(60, 730, "Årsredovisning 2031")
        canvas.setFont("Helvetica-Bold", 14)
        canvas.drawString(60, 690, "Uppföljning av målen")
        self._turned(canvas, self.margin, 20.0, (300.0, 560.0))
        row = self._table(canvas, self.goals, 0)
        if self.overleaf:
            canvas.showPage()
            self._table(canvas, self.overleaf, row)
        canvas.save()
        return path / "report.pdf"

    def _table(self, canvas: Canvas, goals: Sequence[tuple[str, int]], row: int) -> int:
        """The header and the rows of some goals from a row on; the row behind them comes back."""
        for n, text in enumerate((self.heading, "Indikator", "Målvärde", "Utfall", "Status")):
            canvas.setFont("Helvetica-Bold", SIZE)
            canvas.drawString(XS[n] + 4, TOP - 14, text)
        bottom = TOP - HEADER - ROW * sum(count for _, count in goals)
        y = TOP - HEADER
        for goal, count in goals:
            if self.striped:
                canvas.setFillColor(HexColor("#e8eef4"))
                for k in range(0, count, 2):
                    canvas.rect(XS[0], y - ROW * (k + 1), XS[-1] - XS[0], ROW, stroke=0, fill=1)
                canvas.setFillColor(HexColor("#000000"))
            if self.rules:
                canvas.line(XS[0], y, XS[-1], y)
            self._turned(canvas, goal, XS[0] + 12, (y - ROW * count, y))
            for _ in range(count):
                self._row(canvas, y, row)
                y, row = y - ROW, row + 1
                if self.rules == "cells":
                    canvas.line(XS[1], y, XS[-1], y)
        if self.rules:
            canvas.line(XS[0], y, XS[-1], y)
        if self.rules == "cells":
            canvas.line(XS[0], TOP, XS[-1], TOP)
            for x in XS:
                canvas.line(x, bottom, x, TOP)
        return row

    def _row(self, canvas: Canvas, top: float, row: int) -> None:
        canvas.setFont("Helvetica", SIZE)
        y = top - ROW / 2 - 3
        name = f"{MEASURES[row % len(MEASURES)]} i grupp {'ABCDEFGHIJKLMNOP'[row]}"
        for x, text in zip(XS[1:], (name, f"{70 + row}", f"{60 + 2 * row}"), strict=False):
            canvas.drawString(x + 4, y, text)
        canvas.setFillColor(HexColor(GREEN if row % 2 else RED))
        canvas.circle(XS[4] + 30, y + 3, 4, stroke=0, fill=1)
        canvas.setFillColor(HexColor("#000000"))

    def _turned(self, canvas: Canvas, text: str, x: float, span: tuple[float, float]) -> None:
        """Lines of a text in the middle between two heights, side by side."""
        canvas.setFont("Helvetica-Bold", SIZE)
        lines = text.split("\n")
        for n, line in enumerate(lines if self.turn == 90 else lines[::-1]):
            canvas.saveState()
            canvas.translate(x + 11 * n + (8 if self.turn == 90 else 0), sum(span) / 2)
            canvas.rotate(self.turn)
            canvas.drawCentredString(0, 0, line)
            canvas.restoreState()


def read(table: Table, folder: Path) -> Sequence[Row]:
    return read_pdf(table.draw(folder), load_layouts())[1].rows


def goals(rows: Sequence[Row]) -> list[tuple[str, int]]:
    """The goals of the rows, each with how many have it."""
    found: list[tuple[str, int]] = []
    for row in rows:
        goal = " ".join((row.goal_heading or "").split())
        if found and found[-1][0] == goal:
            found[-1] = (goal, found[-1][1] + 1)
        else:
            found.append((goal, 1))
    return found


def has_own_marks(rows: Sequence[Row]) -> bool:
    """Whether each row has its disc as the status, and no other mark."""
    colours = [[mark.colour for mark in row.cells["status"].markers] for row in rows]
    no_trend = all("trend" not in row.cells for row in rows)
    return no_trend and colours == [[GREEN if n % 2 else RED] for n in range(len(rows))]


@pytest.mark.parametrize("turn", [90, 270])
@pytest.mark.parametrize("rules", ["cells", "groups", ""])
def test_goals_set_upwards_or_downwards_are_those_of_the_rows_beside_them(
    tmp_path: Path, turn: int, rules: str
) -> None:
    rows = read(Table(turn=turn, rules=rules), tmp_path)
    assert goals(rows) == list(GOALS)
    assert has_own_marks(rows)


@pytest.mark.parametrize("turn", [90, 270])
def test_a_turned_goal_of_two_lines_is_read_in_order(tmp_path: Path, turn: int) -> None:
    table = Table((("Barn och unga\nska ha det bra", 4), ("Rent vatten", 3)), turn)
    rows = read(table, tmp_path)
    assert goals(rows) == [("Barn och unga ska ha det bra", 4), ("Rent vatten", 3)]
    assert has_own_marks(rows)


@pytest.mark.parametrize("rules", ["cells", "groups"])
def test_goals_that_fill_their_cells_are_parted_by_the_ruling_between_them(
    tmp_path: Path, rules: str
) -> None:
    long = (("Alla barn får plats i tid", 4), ("Vattnet är rent överallt", 4))
    rows = read(Table(long, rules=rules), tmp_path)
    assert goals(rows) == list(long)


def test_the_ground_of_rows_that_runs_on_behind_a_turned_goal_does_not_part_it(
    tmp_path: Path,
) -> None:
    rows = read(Table(striped=True), tmp_path)
    assert goals(rows) == list(GOALS)
    assert has_own_marks(rows)


def test_turned_words_at_the_edge_of_the_page_are_no_goal(tmp_path: Path) -> None:
    plain = Table([("", count) for _, count in GOALS], heading="", margin="Årsredovisning 2031")
    found = {goal for goal, _ in goals(read(plain, tmp_path))}
    assert found <= {"", "Uppföljning av målen"}
    rows = read(Table(margin="Årsredovisning 2031"), tmp_path)
    assert goals(rows) == list(GOALS)


def test_a_column_of_turned_goals_needs_no_header(tmp_path: Path) -> None:
    rows = read(Table(heading=""), tmp_path)
    assert goals(rows) == list(GOALS)


@pytest.mark.parametrize("again", ["", "Hus för alla"])
def test_a_turned_goal_holds_overleaf_whether_it_is_printed_again_or_not(
    tmp_path: Path, again: str
) -> None:
    table = Table(overleaf=((again, 2), ("Friska djur", 3)))
    rows = read(table, tmp_path)
    assert goals(rows) == [*GOALS[:2], ("Hus för alla", 5), ("Friska djur", 3)]
    assert has_own_marks(rows)


def test_a_cell_without_a_turned_goal_has_that_of_the_cell_above(tmp_path: Path) -> None:
    rows = read(Table((("Trygga barn, glada barn", 4), ("", 3))), tmp_path)
    assert goals(rows) == [("Trygga barn, glada barn", 7)]
