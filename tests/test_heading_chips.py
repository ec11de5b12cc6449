"""Headings with a chip before them: a word for the perspective on a ground of its own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.lib.colors import HexColor
from reportlab.pdfbase.pdfmetrics import stringWidth
from test_coded_groups import GOALS, MEASURES
from test_grid_reports import XS, Report, goals, names

from styrmatt.extract.engine.document import PdfDocument
from styrmatt.extract.grid.headers.chips import without_chips
from styrmatt.layout_files import load_layouts

HEADER = ("*Mått", "*2030", "*2031", "*Målvärde", "*Status")


def chip(report: Report, label: str, text: str, *, ground: str, colour: str, size: float) -> None:
    """A heading with a chip before it."""
    canvas, y = report.canvas, report.y
    width = stringWidth(label, "Helvetica", 8)
    canvas.setFillColor(HexColor(ground))
    canvas.rect(XS[0], y - 3, width + 8, 12, stroke=0, fill=1)
    canvas.setFillColor(HexColor(colour))
    canvas.setFont("Helvetica", 8)
    canvas.drawString(XS[0] + 4, y, label)
    canvas.setFillColor(HexColor("#000000"))
    report.line(f"*{text}", XS[0] + width + 15, size=size, down=20)


def table(report: Report, number: int) -> None:
    """The first or second table of two measures."""
    report.row(*HEADER)
    for measure in MEASURES[2 * number : 2 * number + 2]:
        report.row(*measure)
    report.y -= 20


@pytest.mark.parametrize("size", [9.0, 11.0, 13.0])
@pytest.mark.parametrize(("ground", "colour"), [("#1d4e89", "#ffffff"), ("#e3e8d0", "#335500")])
@pytest.mark.parametrize(
    "labels",
    [
        ("Medborgare", "Ekonomi"),
        ("Utveckling", "Verksamhet"),
        ("Resultat", "Utveckling"),
        ("Vårt län", "Våra invånare"),
    ],
)
def test_a_chip_before_a_heading_is_no_part_of_the_goal_or_of_the_header_below(
    tmp_path: Path, labels: Sequence[str], ground: str, colour: str, size: float
) -> None:
    report = Report(tmp_path)
    for n, label in enumerate(labels):
        chip(report, label, GOALS[n], ground=ground, colour=colour, size=size)
        table(report, n)
    rows = report.rows()
    assert names(rows) == [measure[0] for measure in MEASURES]
    assert goals(rows) == [GOALS[0]] * 2 + [GOALS[1]] * 2


def test_words_for_a_status_on_a_ground_before_a_heading_stay_with_it(tmp_path: Path) -> None:
    report = Report(tmp_path)
    for n, (label, ground) in enumerate((("Uppnått", "#00b050"), ("Ej uppnått", "#ff0000"))):
        chip(report, label, GOALS[n], ground=ground, colour="#ffffff", size=11)
        table(report, n)
    report.canvas.save()
    with PdfDocument(report.path) as document:
        assert not without_chips(document.page(2), load_layouts()[0].words)


def test_a_header_whose_first_label_has_a_ground_of_its_own_stays_one(tmp_path: Path) -> None:
    report = Report(tmp_path)
    report.line("*Mål: En öppen kommun", size=11)
    report.canvas.setFillColor(HexColor("#1d4e89"))
    report.canvas.rect(XS[0], report.y - 4, XS[1] - XS[0], 14, stroke=0, fill=1)
    report.canvas.setFillColor(HexColor("#000000"))
    report.row(*HEADER)
    for measure in MEASURES:
        report.row(*measure)
    rows = report.rows()
    assert names(rows) == [measure[0] for measure in MEASURES]
    assert goals(rows) == ["En öppen kommun"] * 4


def box(
    report: Report,
    label: Sequence[str],
    text: Sequence[str],
    ground: str = "#8a1c1c",
    size: float = 11.0,
) -> None:
    """A box with a label of some lines left of a heading, whose lines stand at the same heights."""
    canvas, y = report.canvas, report.y
    canvas.setFillColor(HexColor(ground))
    canvas.rect(XS[0], y - 6 - 13 * (len(label) - 1), 100, 13 * len(label) + 7, stroke=0, fill=1)
    canvas.setFillColor(HexColor("#ffffff"))
    canvas.setFont("Helvetica-Bold", 8.5)
    for n, line in enumerate(label):
        canvas.drawString(XS[0] + 6, y - 13 * n, line)
    canvas.setFillColor(HexColor("#000000"))
    for n, line in enumerate(text):
        report.y = y - 13 * n
        report.line(line, XS[0] + 108, size=size if line.startswith("*") else 8.5)
    report.y = y - 13 * max(len(label), len(text)) - 20


@pytest.mark.parametrize("ground", ["#8a1c1c", "#205080"])
@pytest.mark.parametrize(
    "label", [("Öppna", "hus"), ("En lång väg", "till fler"), ("Fler", "på", "banan")]
)
def test_a_box_of_several_lines_beside_a_heading_is_no_part_of_the_goal(
    tmp_path: Path, label: Sequence[str], ground: str
) -> None:
    report = Report(tmp_path)
    for n, goal in enumerate(GOALS):
        box(report, label, ("Inriktningsmål", f"*{goal}"), ground)
        table(report, n)
    rows = report.rows()
    assert names(rows) == [measure[0] for measure in MEASURES]
    assert goals(rows) == [GOALS[0]] * 2 + [GOALS[1]] * 2


@pytest.mark.parametrize(
    ("label", "text"),
    [
        (("Delvis", "uppnått"), ("Bedömning", "*Fler hittar till biblioteken")),
        (("Mål 1", "av 2"), ("Inriktningsmål", "*Fler hittar till biblioteken")),
        (("Öppna", "hus"), ("Texten i en ruta", "går vidare i nästa rad")),
        (("Öppna",), ("*Fler hittar till biblioteken",)),
    ],
)
def test_a_box_with_a_status_a_number_or_beside_plain_text_is_left(
    tmp_path: Path, label: Sequence[str], text: Sequence[str]
) -> None:
    report = Report(tmp_path)
    box(report, label, text, size=8.5)
    report.canvas.save()
    with PdfDocument(report.path) as document:
        assert not without_chips(document.page(2), load_layouts()[0].words)
