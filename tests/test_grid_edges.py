"""The coloured edge of a row is its status, where rows have edges in several colours."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from styrmatt.extract.pdf_report import read_pdf
from styrmatt.layout_files import load_layouts

XS = (60.0, 300.0, 380.0, 460.0)
HEADERS = ("Indikator", "Mål 2031", "Utfall 2030", "Utfall 2031")
NAMES = ("Andel nöjda besökare", "Antal öppna dagar", "Andel besök i tid", "Antal besök")
GREEN, YELLOW, RED, BLUE = "#6aa84f", "#f1c232", "#cc0000", "#1f4e79"
MIXED = (GREEN, GREEN, RED, YELLOW)
FOUND = ["met", "met", "not_met", "partly_met"]


def read(
    folder: Path,
    colours: Sequence[str | None],
    how: str = "line",
    *,
    width: float = 4,
    x: float = 55,
    in_column: bool = False,
    tables: int = 1,
) -> list[str | None]:
    """The status of each row whose edge has one of these colours, in tables of four rows."""
    path = folder / "report.pdf"
    canvas = Canvas(str(path), pagesize=(595, 842), invariant=True)
    canvas.setFont("Helvetica", 20)
    canvas.drawString(50, 700, "Region Tallmo")
    canvas.drawString(50, 670, "Årsredovisning 2031")
    for own in (colours[4 * k : 4 * k + 4] for k in range(tables)):
        canvas.showPage()
        canvas.setFont("Helvetica", 10)
        canvas.drawString(50, 780, "Året präglades av mycket snö, och många reste kollektivt ändå.")
        heads = (*HEADERS, "Status") if in_column else HEADERS
        for n, name in enumerate((heads[0], *NAMES)):
            y = 720 - 20.0 * n
            canvas.setFillColor(HexColor("#000000"))
            canvas.setFont("Helvetica-Bold" if n == 0 else "Helvetica", 9)
            cells = heads[1:] if n == 0 else ("85 %", "84 %", "81 %", "Uppnått")[: len(heads) - 1]
            canvas.drawString(XS[0], y, name)
            for at, cell in zip((*XS[1:], 520.0), cells, strict=False):
                canvas.drawString(at, y, cell)
            if n and (colour := own[n - 1]):
                up = 20 if how == "joined" and n % 2 == 0 else 0
                _edge(canvas, how, x, width, y - 7, y + 13 + up, colour)
            canvas.setLineWidth(0.5)
            canvas.setStrokeColor(HexColor("#888888"))
            canvas.line(55, y - 7, 545, y - 7)
    canvas.save()
    _, found = read_pdf(path, load_layouts())
    marks = [row.cells["status"].markers if "status" in row.cells else () for row in found.rows]
    assert len(marks) == tables * len(NAMES)
    return [one[0].value if one else None for one in marks]


def _edge(
    canvas: Canvas, how: str, x: float, width: float, low: float, high: float, colour: str
) -> None:
    canvas.setStrokeColor(HexColor(colour))
    canvas.setFillColor(HexColor(colour))
    if how == "line":
        canvas.setLineWidth(width)
        canvas.line(x, low, x, high)
    else:
        canvas.rect(x - width / 2, low, width, high - low, fill=1, stroke=0)


@pytest.mark.parametrize("how", ["line", "box"])
@pytest.mark.parametrize("width", [1.8, 3, 5])
def test_the_edge_of_a_row_is_its_status(tmp_path: Path, how: str, width: float) -> None:
    assert read(tmp_path, MIXED, how, width=width) == FOUND


def test_it_may_be_at_the_right(tmp_path: Path) -> None:
    assert read(tmp_path, MIXED, x=545) == FOUND


def test_a_row_without_an_edge_has_no_status(tmp_path: Path) -> None:
    assert read(tmp_path, (GREEN, None, RED, YELLOW)) == ["met", None, "not_met", "partly_met"]


@pytest.mark.parametrize("colours", [(BLUE,) * 4, (GREEN,) * 4, ("#000000", "#888888") * 2])
def test_edges_of_one_colour_or_in_grey_are_a_frame(tmp_path: Path, colours: Sequence[str]) -> None:
    assert read(tmp_path, colours) == [None] * 4


def test_a_column_of_statuses_goes_before(tmp_path: Path) -> None:
    assert read(tmp_path, MIXED, in_column=True) == ["met"] * 4


def test_an_edge_is_at_least_as_thick_as_a_persons_eye_needs(tmp_path: Path) -> None:
    assert read(tmp_path, MIXED, width=1) == [None] * 4
    assert read(tmp_path, MIXED, width=14) == [None] * 4


def test_one_edge_along_several_rows_is_that_of_each(tmp_path: Path) -> None:
    """Typesetters join what has one colour; here every second edge is drawn over the one above."""
    colours = (BLUE, GREEN, BLUE, RED)
    assert read(tmp_path, colours, "joined") == ["met", "met", "not_met", "not_met"]


def test_a_table_whose_rows_are_all_green_has_statuses_where_others_have_other_colours(
    tmp_path: Path,
) -> None:
    found = read(tmp_path, (*MIXED, *[GREEN] * 4), tables=2)
    assert found == [*FOUND, *["met"] * 4]
    assert read(tmp_path, (GREEN,) * 8, tables=2) == [None] * 8
