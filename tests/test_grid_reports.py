"""Whole reports with tables that stand beside legends, go on overleaf, or repeat their goals."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from styrmatt.extract.pdf_report import read_pdf
from styrmatt.layout_files import load_layouts
from styrmatt.printed import Row

XS = (50.0, 290.0, 350.0, 410.0, 470.0, 545.0)
HEADER = ("Mått", "Utfall 2030", "Utfall 2031", "Målvärde", "Status")
SIZE = 9
Cells = Sequence[str]


class Report:
    """Draws pages from top to bottom; a star before a text makes it bold."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "report.pdf"
        self.canvas = Canvas(str(self.path), pagesize=(595, 842), invariant=True)
        self.y = 0.0
        self.page()
        self.line("*Tallmo kommun", size=20)
        self.line("*Årsredovisning 2031", size=20)
        self.page()
        self.line("*Uppföljning av målen", size=16)
        self.line("Året präglades av mycket snö, och många reste kollektivt ändå.", size=10)
        self.y -= 20

    def page(self) -> None:
        """Begin the next page."""
        if self.y:
            self.canvas.showPage()
        self.y = 780.0

    def line(self, text: str, x: float = XS[0], size: float = SIZE, down: float = 0.0) -> None:
        """A text; ``down`` is how far below it the next one begins, or two ems."""
        font = "Helvetica-Bold" if text.startswith("*") else "Helvetica"
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, self.y, text.removeprefix("*"))
        self.y -= down or 2 * size

    def row(self, *cells: str, xs: Sequence[float] = XS, rule: float = XS[0]) -> None:
        """A row of cells of one or more lines, with a ruling below it from ``rule`` on."""
        top = self.y
        lines = [cell.split("\n") for cell in cells]
        for x, cell in zip(xs, lines, strict=False):
            self.y = top
            for text in cell:
                self.line(text, x + 3, down=11)
        self.y = top - 11 * max(map(len, lines)) - 2
        if rule:
            self.canvas.line(rule, self.y + 7, XS[-1], self.y + 7)
        self.y -= 5

    def discs(self, *explained: tuple[str, str]) -> None:
        """A line of discs in some colours, each with what it means."""
        self.canvas.setFont("Helvetica", SIZE)
        for n, (colour, text) in enumerate(explained):
            x = XS[0] + 100 * n
            self.canvas.setFillColor(HexColor(colour))
            self.canvas.circle(x + 4, self.y + 3, 4, stroke=0, fill=1)
            self.canvas.setFillColor(HexColor("#000000"))
            self.canvas.drawString(x + 11, self.y, text)
        self.y -= 16

    def rows(self) -> Sequence[Row]:
        """What is read of it."""
        self.canvas.save()
        return read_pdf(self.path, load_layouts())[1].rows


def names(rows: Sequence[Row]) -> list[str]:
    return [" ".join(row.cells["measure"].text.split()) for row in rows]


def goals(rows: Sequence[Row]) -> list[str | None]:
    return [" ".join(row.goal_heading.split()) if row.goal_heading else None for row in rows]


def comment(row: Row) -> str:
    return " ".join(row.cells["comment"].text.split()) if "comment" in row.cells else ""


FIRST = ("Andel nöjda besökare", "70 %", "72 %", "75 %", "Delvis")
SECOND = ("Antal öppna dagar", "300", "310", "300", "Ja")
THIRD = ("Antal digitala besök", "150", "160", "155", "Ja")
LEGEND = (
    ("#2e9e4f", "Målet är uppnått"),
    ("#f2c014", "Målet är delvis nått"),
    ("#d0342c", "Målet är inte nått"),
    ("#999999", "Kan inte bedömas"),
)


def test_a_legend_right_above_a_header_is_no_part_of_it(tmp_path: Path) -> None:
    report = Report(tmp_path)
    report.line("Mål och mått:", down=0.01)
    report.discs(("#ffffff", ""), *LEGEND)
    report.y += 4
    header = ("*Mål och mått", "*2030", "*2031", "*Målvärde", "*Bedömning")
    for cells in (header, FIRST, SECOND):
        report.row(*cells)
    rows = report.rows()
    assert names(rows) == [FIRST[0], SECOND[0]]
    assert [row.cells["target"].text for row in rows] == ["75 %", "300"]


def test_a_goal_above_a_header_and_comments_below_rows_make_no_cards(tmp_path: Path) -> None:
    """The lead-in word of the goal and the word above each comment are labels of cards, too."""
    report = Report(tmp_path)
    for goal in ("Mål: En trygg kommun", "Mål: Ett rent vatten"):
        report.line(f"*{goal}", size=11)
        report.row(*(f"*{cell}" for cell in HEADER))
        for cells in (FIRST, SECOND):
            report.row(*cells)
            report.row("Kommentar\nFler har svarat än i fjol, och det är bra.")
        report.y -= 20
    rows = report.rows()
    assert names(rows) == [FIRST[0], SECOND[0]] * 2
    assert goals(rows) == ["En trygg kommun"] * 2 + ["Ett rent vatten"] * 2
    assert {comment(row) for row in rows} == {"Fler har svarat än i fjol, och det är bra."}


@pytest.mark.parametrize("header_again", [True, False])
def test_the_goal_at_the_end_of_a_page_is_that_of_the_rows_overleaf(
    tmp_path: Path, header_again: bool
) -> None:
    report = Report(tmp_path)
    report.row(*(f"*{cell}" for cell in HEADER))
    report.row("*En trygg kommun")
    report.row(*FIRST)
    report.row(*SECOND)
    report.y = 70
    report.row("*Ett rent vatten")
    report.page()
    if header_again:
        report.row(*(f"*{cell}" for cell in HEADER))
    report.row(*THIRD)
    rows = report.rows()
    assert names(rows)[-1] == THIRD[0]


def test_goals_that_each_row_repeats_stay_one_for_each_row(tmp_path: Path) -> None:
    report = Report(tmp_path)
    xs = (XS[0], 150.0, *XS[1:])
    report.row("*Mål", *(f"*{cell}" for cell in HEADER), xs=xs, rule=0)
    for cells in (FIRST, SECOND, THIRD):
        report.y += 5  # as close as the lines of one cell
        report.row("En trygg och\nvacker kommun", *cells, xs=xs, rule=0)
    assert goals(report.rows()) == ["En trygg och vacker kommun"] * 3


def test_figures_of_thousands_that_narrow_columns_break_are_one_row(tmp_path: Path) -> None:
    report = Report(tmp_path)
    report.row(*(f"*{cell}" for cell in HEADER))
    report.row("Kostnad per elev i årskurs\n1–9", "112\n706 kr", "111\n521 kr", "113\n000 kr", "Ja")
    report.row(*SECOND)
    rows = report.rows()
    assert names(rows) == ["Kostnad per elev i årskurs 1–9", SECOND[0]]
    assert " ".join(rows[0].cells["target"].text.split()) == "113 000 kr"


def test_lines_for_women_and_men_overleaf_are_of_the_measure_before_the_page_break(
    tmp_path: Path,
) -> None:
    header = ("*Mått", "*Kön", "*Utfall 2030", "*Utfall 2031", "*Målvärde")

    def lines(report: Report, name: str, start: int, letters: str) -> None:
        for n, letter in enumerate("TKM"):
            if letter in letters:
                figures = (f"{start + n} %", f"{start + n + 10} %")
                named = (name, "75 %") if letter == "T" else ("", "")
                report.row(named[0], letter, *figures, named[1], rule=XS[1])

    report = Report(tmp_path)
    report.row(*header)
    lines(report, "Andel nöjda besökare", 40, "TKM")
    lines(report, "Andel trygga besökare", 50, "T")
    report.page()
    report.row(*header)
    lines(report, "", 50, "KM")
    lines(report, "Andel nöjda elever", 60, "TKM")
    lines(report, "Andel trygga elever", 70, "TKM")
    rows = report.rows()
    found = [
        (row.cells["measure"].text, row.cells["sex"].text, row.values[0].cell.text) for row in rows
    ]
    assert {row.cells["target"].text for row in rows} == {"75 %"}
    named = ("nöjda besökare", "trygga besökare", "nöjda elever", "trygga elever")
    assert found == [
        (f"Andel {name}", letter, f"{40 + 10 * k + n} %")
        for k, name in enumerate(named)
        for n, letter in enumerate("TKM")
    ]


def test_the_first_goal_of_a_page_may_stand_below_rows_of_the_page_before(tmp_path: Path) -> None:
    """Goals stand at the top of their rows, without rulings."""
    xs = (XS[0], 150.0, *XS[1:])
    header = ("*Mål", *(f"*{cell}" for cell in HEADER))
    report = Report(tmp_path)
    report.row(*header, xs=xs, rule=0)
    report.row("En trygg\nkommun", *FIRST, xs=xs, rule=0)
    report.row("", *SECOND, xs=xs, rule=0)
    report.page()
    report.row(*header, xs=xs, rule=0)
    report.row("", *THIRD, xs=xs, rule=0)
    report.row("Ett rent\nvatten", "Andel rena sjöar", *FIRST[1:], xs=xs, rule=0)
    for name in ("Antal badplatser", "Antal rena badplatser"):
        report.row("", name, *SECOND[1:], xs=xs, rule=0)
    assert goals(report.rows()) == ["En trygg kommun"] * 3 + ["Ett rent vatten"] * 3
