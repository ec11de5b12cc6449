"""Titles on a coloured ground left of a table: the goals of the measures beside them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.lib.colors import HexColor
from test_grid_reports import FIRST, HEADER, SECOND, THIRD, Report, goals, names

from styrmatt.printed import Row

XS = (170.0, 310.0, 370.0, 430.0, 490.0)
BLUE, RED = "#24506b", "#8a3434"
TITLES = ("Alla ska\ntrivas i\nkommunen", "Fler ska\ncykla", "Rent vatten")


class Sided(Report):
    """A report whose tables have a ground at their left."""

    def side(
        self, title: str, top: float, colour: str = BLUE, font: str = "Helvetica-Bold"
    ) -> None:
        """A ground from a height down to the last row, with a title at its top."""
        self.canvas.setFillColor(HexColor(colour))
        bottom = self.y + 11
        self.canvas.rect(50, bottom, 112, top - bottom, stroke=0, fill=1)
        self.canvas.setFillColor(HexColor("#ffffff"))
        self.canvas.setFont(font, 11)
        for n, text in enumerate(title.split("\n")):
            self.canvas.drawString(56, top - 13 - 14 * n, text)
        self.canvas.setFillColor(HexColor("#000000"))

    def table(self, title: str, *rows: Sequence[str], **look: str) -> None:
        """A table with a title beside it."""
        top = self.y + 12
        for cells in ([f"*{cell}" for cell in HEADER], *rows):
            self.row(*cells, xs=XS, rule=XS[0])
        self.side(title, top, **look)
        self.y -= 20


ROWS = (FIRST, SECOND, THIRD)


def figures(rows: Sequence[Row]) -> list[list[str]]:
    return [[value.cell.text for value in row.values] for row in rows]


@pytest.mark.parametrize("font", ["Helvetica-Bold", "Helvetica"])
@pytest.mark.parametrize("colour", [BLUE, RED])
def test_the_title_beside_a_table_is_the_goal_of_its_measures(
    tmp_path: Path, font: str, colour: str
) -> None:
    report = Sided(tmp_path)
    for title in TITLES:
        report.table(title, *ROWS, font=font, colour=colour)
    rows = report.rows()
    assert names(rows) == [cells[0] for cells in ROWS] * 3
    wanted = [" ".join(title.split()) for title in TITLES]
    assert goals(rows) == [title for title in wanted for _ in ROWS]
    assert figures(rows) == [list(cells[1:3]) for cells in ROWS] * 3
    assert [row.cells["target"].text for row in rows] == [cells[3] for cells in ROWS] * 3


def test_a_title_goes_on_overleaf_until_the_next(tmp_path: Path) -> None:
    report = Sided(tmp_path)
    report.table(TITLES[0], *ROWS)
    report.page()
    report.table(TITLES[1], *ROWS)
    assert goals(report.rows()) == ["Alla ska trivas i kommunen"] * 3 + ["Fler ska cykla"] * 3


@pytest.mark.parametrize("title", ["3", "A 1", "Mått", "Mål", "70 %"])
def test_labels_numbers_and_figures_on_a_ground_name_no_goal(tmp_path: Path, title: str) -> None:
    report = Sided(tmp_path)
    report.line("*En trygg kommun", size=13)
    report.table(title, *ROWS)
    assert set(goals(report.rows())) <= {"En trygg kommun"}


def striped(folder: Path, label: str, *cells: str) -> Sequence[Row]:
    """A table whose first column is one coloured stripe, its header in it."""
    report = Sided(folder)
    report.line("*En trygg kommun", size=13)
    top = report.y + 12
    places = []
    header = HEADER if label else HEADER[1:]
    for row in (header, *(r if label else r[1:] for r in ROWS)):
        places.append(report.y)
        own = [f"*{cell}" for cell in row] if row is header else row
        report.row(*own, xs=XS if label else XS[1:], rule=50)
    report.side("", top)
    report.canvas.setFillColor(HexColor("#ffffff"))
    report.canvas.setFont("Helvetica-Bold", 9)
    for y, text in zip(places, (label or HEADER[0], *cells), strict=True):
        report.canvas.drawString(53, y, text)
    report.canvas.setFillColor(HexColor("#000000"))
    return report.rows()


def test_a_stripe_of_the_names_stays_a_column(tmp_path: Path) -> None:
    rows = striped(tmp_path, "", *(cells[0] for cells in ROWS))
    assert names(rows) == [cells[0] for cells in ROWS]
    assert set(goals(rows)) == {"En trygg kommun"}


def test_a_stripe_of_goals_with_its_label_stays_a_column(tmp_path: Path) -> None:
    rows = striped(tmp_path, "Mål", "Fler ska cykla", "Alla ska trivas", "Rent vatten")
    assert names(rows) == [cells[0] for cells in ROWS]
    assert goals(rows) == ["Fler ska cykla", "Alla ska trivas", "Rent vatten"]
