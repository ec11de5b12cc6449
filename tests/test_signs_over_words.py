"""A sign above its words in one cell, beside a name of two lines: one row, not two."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from styrmatt.extract.pdf_report import read_pdf
from styrmatt.layout_files import load_layouts

XS = (50.0, 250.0, 310.0, 370.0, 450.0, 545.0)
HEADER = ("Kvalitetsmått", "2031", "2030", "Utveckling", "Alla kommuner 2031")
UP, DOWN = "s", "t"
"""The triangles in the font ZapfDingbats."""
LEADING = 11.0
Cell = tuple[str, tuple[str, ...]]


def names(folder: Path, rows: list[tuple[str, str, Cell]], *, ruled: bool = True) -> list[str]:
    """The measures that are read of rows: each has a name, a figure, and a sign with its words.

    Words of one line stand beside their sign, those after an empty one below it.
    """
    path = folder / "report.pdf"
    canvas = Canvas(str(path), pagesize=(595, 842), invariant=True)
    canvas.setFont("Helvetica-Bold", 18)
    canvas.drawString(50, 780, "Tallmo kommun")
    canvas.drawString(50, 755, "Årsredovisning 2031")
    canvas.setFont("Helvetica-Bold", 13)
    canvas.drawString(50, 715, "Mål 1: Fler ska lära sig simma")
    top = 700.0
    for n, (name, figure, (sign, words)) in enumerate([("", "", ("", ())), *rows]):
        cells = HEADER if n == 0 else (name, figure, "71", "", "75")
        high = max(len(cells[0].split("\n")), len(words), 1) * LEADING + (8 if ruled else 14)
        for k, cell in enumerate(cells):
            for m, line in enumerate(cell.split("\n")):
                canvas.setFont("Helvetica" if n else "Helvetica-Bold", 9)
                canvas.drawString(XS[k] + 3, top - 11 - LEADING * m, line)
        if sign:
            canvas.setFont("ZapfDingbats", 8)
            canvas.drawString(XS[3] + 3, top - 11, sign)
            canvas.setFont("Helvetica", 9)
            for m, line in enumerate(words):
                canvas.drawString(XS[3] + (3 if m else 14), top - 11 - LEADING * m, line)
        if ruled:
            canvas.setLineWidth(0.5)
            canvas.rect(XS[0], top - high, XS[-1] - XS[0], high)
            for x in XS[1:-1]:
                canvas.line(x, top, x, top - high)
        top -= high
    canvas.save()
    rows_read = read_pdf(path, load_layouts())[1].rows
    return [row.cells["measure"].text.replace("\n", " ") for row in rows_read]


BELOW: Cell = (DOWN, ("", "Minskar"))
BESIDE: Cell = (UP, ("Ökar",))
ROWS = [
    ("Barn per tjänst, antal", "5,1", BELOW),
    ("Simkunniga elever i årskurs 6,\n16 år (%)", "36", BELOW),
    ("Kostnad per barn, kr", "168 410", BESIDE),
    ("Bad per 1 000 invånare\n16–64 år", "9,2", BELOW),
    ("Öppna dagar, antal", "301", BESIDE),
]


@pytest.mark.parametrize("ruled", [True, False])
def test_words_below_their_sign_begin_no_row(tmp_path: Path, *, ruled: bool) -> None:
    found = names(tmp_path, ROWS, ruled=ruled)
    assert found == [name.replace("\n", " ") for name, *_ in ROWS]


@pytest.mark.parametrize("ruled", [True, False])
def test_rows_of_one_line_with_signs_and_with_words_stay_apart(
    tmp_path: Path, *, ruled: bool
) -> None:
    rows = [
        ("Barn per tjänst, antal", "5,1", (DOWN, ())),
        ("Simkunniga elever, andel", "36", ("", ("", ""))),
        ("Kostnad per barn, kr", "168 410", BESIDE),
        ("Bad per invånare", "9,2", (DOWN, ())),
    ]
    assert names(tmp_path, rows, ruled=ruled) == [name for name, *_ in rows]
