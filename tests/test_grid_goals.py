"""Which goal holds for a measure where headings, columns and rows of a table name goals."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from styrmatt.extract.pdf_report import read_pdf
from styrmatt.layout_files import load_layouts
from styrmatt.printed import Row

XS = (50.0, 200.0, 340.0, 400.0, 460.0, 545.0)
HEADERS = ("Nämndens mål", "Indikator", "Mål 2031", "Utfall 2031", "Måluppfyllelse")
ROWS = (
    ("God kvalitet", "Andel nöjda besökare", "85 %", "81 %", "Ej uppnått"),
    ("", "Antal öppna dagar", "300", "310", "Uppnått"),
    ("Nära invånaren", "Andel besök inom tre dagar", "90 %", "91 %", "Uppnått"),
    ("", "Antal digitala besök", "15 000", "15 100", "Uppnått"),
)


def report(folder: Path, heading: str) -> Sequence[Row]:
    """The rows of a report with one heading above one ruled table, goals merged over rows."""
    path = folder / "report.pdf"
    canvas = Canvas(str(path), pagesize=(595, 842), invariant=True)
    canvas.setFont("Helvetica-Bold", 20)
    canvas.drawString(50, 700, "Region Tallmo")
    canvas.drawString(50, 670, "Årsredovisning 2031")
    canvas.showPage()
    canvas.setFont("Helvetica-Bold", 14)
    canvas.drawString(50, 780, heading)
    canvas.setFont("Helvetica", 10)
    canvas.drawString(50, 760, "Året präglades av mycket snö, och många reste kollektivt ändå.")
    for n, row in enumerate((HEADERS, *ROWS)):
        canvas.setFont("Helvetica-Bold" if n == 0 else "Helvetica", 9)
        for x, text in zip(XS, row, strict=False):
            canvas.drawString(x + 3, 721 - 20 * n, text)
        canvas.line(XS[0] if row[0] else XS[1], 735 - 20 * n, XS[-1], 735 - 20 * n)
    canvas.line(XS[0], 635, XS[-1], 635)
    for x in XS:
        canvas.line(x, 735, x, 635)
    canvas.save()
    _, found = read_pdf(path, load_layouts())
    return found.rows


@pytest.mark.parametrize(
    ("heading", "goals"),
    [
        ("Strategiskt mål: En trygg region", [("En trygg region", "God kvalitet")] * 2),
        ("Måluppfyllelse", [(None, "God kvalitet")] * 2),
        ("Mål för god ekonomisk hushållning", [(None, "God kvalitet")] * 2),
    ],
)
def test_goals_of_a_board_stand_below_a_heading_that_names_a_goal(
    tmp_path: Path, heading: str, goals: list[tuple[str, str | None]]
) -> None:
    rows = report(tmp_path, heading)
    assert len(rows) == len(ROWS)
    assert [(row.higher_goal_heading, row.goal_heading) for row in rows[:2]] == goals
    assert all(row.factor_heading is None for row in rows)
