"""A report of a region whose headers, headings and words for statuses nobody has heard of.

docs/LAYOUTS.md walks through it: it is of no family that ships, and what its tables say has to be
told by a layout.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from reportlab.pdfgen.canvas import Canvas

NAME = "tallmo.pdf"
XS = (50.0, 235.0, 300.0, 365.0, 440.0, 545.0)
HEADERS = ("Vi spanar på", "Avgång", "Hållplats", "Ändstation", "Färdläge")
GOALS = (
    (
        "Ledstjärna 1: Alla kommer fram",
        (
            ("Andel tåg i rätt tid", "81,5 %", "84,0 %", "85 %", "På god väg"),
            ("Antal resor per invånare", "61", "66", "65", "I hamn"),
            ("Andel nöjda resenärer", "70 %", "64 %", "75 %", "Långt kvar"),
        ),
    ),
    (
        "Ledstjärna 2: Vården är nära",
        (
            ("Andel besök inom tre dagar", "88 %", "91 %", "90 %", "I hamn"),
            ("Antal digitala besök", "12 400", "15 100", "15 000", "I hamn"),
            ("Andel med fast läkare", "41 %", "47 %", "55 %", "På god väg"),
        ),
    ),
)
BUDGET = (
    ("Vi betalade", "Avgång", "Hållplats", "Ändstation", "Färdläge"),
    ("Kollektivtrafik", "410", "422", "420", "-2"),
    ("Sjukvård", "2 910", "3 004", "3 010", "6"),
)
"""A table of money with headers like those of the others: it is to be left alone."""


def third_region(cover: Sequence[str] = ("Region Tallmo", "Årsredovisning 2031")) -> bytes:
    """A cover and two pages with a goal each, and a table of money below the second."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), invariant=True)
    canvas.setFont("Helvetica-Bold", 20)
    for n, text in enumerate(cover):
        canvas.drawString(50, 700 - 30 * n, text)
    for heading, rows in GOALS:
        canvas.showPage()
        canvas.setFont("Helvetica-Bold", 14)
        canvas.drawString(50, 780, heading)
        canvas.setFont("Helvetica", 10)
        canvas.drawString(50, 760, "Året präglades av mycket snö, och många reste kollektivt ändå.")
        _table(canvas, 735, (HEADERS, *rows))
    _table(canvas, 560, BUDGET)
    canvas.save()
    return buffer.getvalue()


def _table(canvas: Canvas, top: float, rows: tuple[tuple[str, ...], ...]) -> None:
    for n, row in enumerate(rows):
        canvas.setFont("Helvetica-Bold" if n == 0 else "Helvetica", 9)
        for x, text in zip(XS, row, strict=False):
            canvas.drawString(x + 3, top - 14 - 20 * n, text)
        canvas.line(XS[0], top - 20 * n, XS[-1], top - 20 * n)
    canvas.line(XS[0], top - 20 * len(rows), XS[-1], top - 20 * len(rows))
