"""Writes a report of one table as a PDF and reads it: lines of text, cells, colours of cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from draw import arrow
from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from styrmatt.extract.pdf_report import read_pdf
from styrmatt.layout_files import load_layouts
from styrmatt.normalize.normalize import normalize
from styrmatt.records import Extract

HEIGHT = 24.0
"""Points from one row to the next."""


def small_report(
    folder: Path,
    rows: Sequence[Sequence[str]],
    xs: Sequence[float],
    *,
    above: Sequence[str] = (),
    fills: Mapping[tuple[int, int], str] | None = None,
    marks: Mapping[tuple[int, int], str] | None = None,
    merged: Mapping[int, Sequence[int]] | None = None,
    arrows: Mapping[tuple[int, int], tuple[str, str]] | None = None,
    legend: Sequence[tuple[str, str, str]] = (),
) -> Extract:
    """What is read of a report of 2031 with one table, its header the first of ``rows``.

    ``xs`` is where each column begins, ``above`` are lines of text over the table, ``fills`` the
    colours behind cells by row and column, ``marks`` those of discs in them. A line break in a
    cell is one. ``merged`` has, by row, the columns whose cells go on in the next row, ``arrows``
    the colour of an arrow in a cell and where it points. ``legend`` are marks above the table, each
    with a colour, where it points ("" for a disc) and its words.
    """
    path = folder / "report.pdf"
    canvas = Canvas(str(path), pagesize=(595, 842), invariant=True)
    canvas.setFont("Helvetica", 20)
    canvas.drawString(50, 700, "Region Tallmo")
    canvas.drawString(50, 670, "Årsredovisning 2031")
    canvas.showPage()
    canvas.setFont("Helvetica", 10)
    for n, line in enumerate(above):
        canvas.drawString(50, 790 - 14 * n, line)
    for n, (colour, way, words) in enumerate(legend):
        canvas.setFillColor(HexColor(colour))
        if way:
            _draw_arrow(canvas, 60, 740 - 16 * n, colour, way)
        else:
            canvas.circle(60, 740 - 16 * n, 4, stroke=0, fill=1)
        canvas.setFillColor(HexColor("#000000"))
        canvas.drawString(72, 737 - 16 * n, words)
    ends = [*xs[1:], 560.0]
    for n, row in enumerate(rows):
        y = 640 - HEIGHT * n
        for k, cell in enumerate(row):
            if fill := (fills or {}).get((n, k)):
                canvas.setFillColor(HexColor(fill))
                canvas.rect(xs[k], y - 8, ends[k] - xs[k], HEIGHT, stroke=0, fill=1)
            canvas.setFillColor(HexColor("#000000"))
            canvas.setFont("Helvetica-Bold" if n == 0 else "Helvetica", 9)
            for m, part in enumerate(cell.split("\n")):
                canvas.drawString(xs[k] + 3, y + 4 - 10 * m, part)
            if disc := (marks or {}).get((n, k)):
                canvas.setFillColor(HexColor(disc))
                canvas.circle((xs[k] + ends[k]) / 2, y + 4, 4, stroke=0, fill=1)
            if pointer := (arrows or {}).get((n, k)):
                _draw_arrow(canvas, (xs[k] + ends[k]) / 2, y + 4, *pointer)
        canvas.setLineWidth(0.5)
        canvas.setStrokeColor(HexColor("#888888"))
        for k, x in enumerate(xs):
            if k not in (merged or {}).get(n, ()):
                canvas.line(x, y - 8, ends[k], y - 8)
        for x in (*xs, 560.0):
            canvas.line(x, y - 8, x, y - 8 + HEIGHT)
    canvas.save()
    layout, found = read_pdf(path, load_layouts())
    return normalize(found, layout, {}, "test")


def _draw_arrow(canvas: Canvas, x: float, y: float, colour: str, way: str) -> None:
    """Draw an arrow around a place, whose heights go upwards."""
    path = canvas.beginPath()
    for n, (at, down) in enumerate(arrow((-5, -5, 5, 5), way)):
        (path.lineTo if n else path.moveTo)(x + at, y - down)
    path.close()
    canvas.setFillColor(HexColor(colour))
    canvas.drawPath(path, stroke=0, fill=1)
