"""Rows of a table that name no measure and are set apart from those that do: goals, subheadings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from styrmatt.extract.pdf_report import read_pdf
from styrmatt.layout_files import load_layouts

XS = (50.0, 300.0, 380.0, 460.0, 545.0)
HEADERS = ("Indikator", "Mål 2031", "Utfall 2031", "Måluppfyllelse")
CELLS = ("85 %", "81 %", "Ej uppnått")
GOAL, SUB, NAME, NOTE = "Helvetica-Bold", "Helvetica-Oblique", "Helvetica", "note"
Printed = Sequence[tuple[str, str]]
TWO_LEVELS: Printed = [
    (GOAL, "En attraktiv arbetsgivare"),
    (SUB, "Hälsa"),
    (NAME, "Sjukfrånvaro totalt"),
    (NAME, "Andel timavlönade"),
    (SUB, "Villkor"),
    (NAME, "Antal sökande per tjänst"),
    (GOAL, "En god ålderdom i kommunen"),
    (SUB, "Kvalitet"),
    (NAME, "Väntetid till boende"),
]


def read(folder: Path, *pages: Printed) -> list[tuple[str, str | None]]:
    """The measures of a table that goes on from page to page, each with its goal.

    A note stands in smaller type right below the name that it belongs to.
    """
    path = folder / "report.pdf"
    canvas = Canvas(str(path), pagesize=(595, 842), invariant=True)
    canvas.setFont("Helvetica", 20)
    canvas.drawString(50, 700, "Region Tallmo")
    canvas.drawString(50, 670, "Årsredovisning 2031")
    canvas.setFont("Helvetica", 10)
    canvas.drawString(50, 600, "Året präglades av mycket snö, och många reste kollektivt ändå.")
    for page in pages:
        canvas.showPage()
        y = 760.0
        for style, text in ((GOAL, HEADERS[0]), *page):
            y -= 9 if style == NOTE else 20
            canvas.setFont(
                "Helvetica-Oblique" if style == NOTE else style, 7 if style == NOTE else 9
            )
            canvas.drawString(XS[0] + 3, y, text)
            cells = HEADERS[1:] if text == HEADERS[0] else CELLS if style == NAME else ()
            for x, cell in zip(XS[1:], cells, strict=False):
                canvas.drawString(x + 3, y, cell)
    canvas.save()
    _, found = read_pdf(path, load_layouts())
    return [(" ".join(r.cells["measure"].text.split()), r.goal_heading) for r in found.rows]


def test_subheadings_below_goals_are_no_measures(tmp_path: Path) -> None:
    assert read(tmp_path, TWO_LEVELS) == [
        ("Sjukfrånvaro totalt", "En attraktiv arbetsgivare"),
        ("Andel timavlönade", "En attraktiv arbetsgivare"),
        ("Antal sökande per tjänst", "En attraktiv arbetsgivare"),
        ("Väntetid till boende", "En god ålderdom i kommunen"),
    ]


CENTRED = (
    ("Andel elever som går ut", "skolan med betyg"),
    ("Antal besök på kommunens", "bibliotek"),
)


def centred(folder: Path, *, goal: bool, bold: bool) -> list[tuple[str, str | None]]:
    """Measures whose names of two lines all stand about the middle of their row, below a goal."""
    path = folder / "report.pdf"
    canvas = Canvas(str(path), pagesize=(595, 842), invariant=True)
    canvas.setFont("Helvetica", 20)
    canvas.drawString(50, 700, "Region Tallmo")
    canvas.drawString(50, 670, "Årsredovisning 2031")
    canvas.showPage()
    y = 760.0
    canvas.setFont(GOAL, 9)
    for x, cell in zip(XS, HEADERS, strict=False):
        canvas.drawString(x + 3, y, cell)
    for n, (first, second) in enumerate(CENTRED):
        if goal and n == 0:
            canvas.line(XS[0], y - 8, XS[-1], y - 8)
            y -= 22
            canvas.setFont(GOAL, 9)
            canvas.drawString(XS[0] + 3, y, "En skola för alla")
        canvas.line(XS[0], y - 8, XS[-1], y - 8)
        y -= 36
        canvas.setFont(NAME, 9)
        canvas.drawString(XS[0] + 3, y + 11, first)
        canvas.drawString(XS[0] + 3, y - 1, second)
        for k, (x, cell) in enumerate(zip(XS[1:], CELLS, strict=False)):
            canvas.setFont(GOAL if bold and k < 2 else NAME, 9)
            canvas.drawString(x + 3, y + 5, cell)
    canvas.line(XS[0], y - 8, XS[-1], y - 8)
    canvas.save()
    _, found = read_pdf(path, load_layouts())
    return [(" ".join(r.cells["measure"].text.split()), r.goal_heading) for r in found.rows]


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("goal", [False, True])
def test_the_first_lines_of_centred_names_are_no_rows_of_their_own(
    tmp_path: Path, goal: bool, bold: bool
) -> None:
    names = [" ".join(name) for name in CENTRED]
    found = centred(tmp_path, goal=goal, bold=bold)
    assert found == [(name, "En skola för alla" if goal else None) for name in names]


def test_they_are_none_overleaf(tmp_path: Path) -> None:
    """A page that begins with one has no goal above it to tell them by."""
    rest = [(SUB, "Resurser"), (NAME, "Andel larm"), (SUB, "Utbud"), (NAME, "Antal besök")]
    found = read(tmp_path, TWO_LEVELS, rest)
    assert found[4:] == [
        ("Andel larm", "En god ålderdom i kommunen"),
        ("Antal besök", "En god ålderdom i kommunen"),
    ]


def test_rows_in_italics_alone_are_the_goals(tmp_path: Path) -> None:
    rows = [(SUB if style == GOAL else style, text) for style, text in TWO_LEVELS if style != SUB]
    assert [goal for _, goal in read(tmp_path, rows)] == [
        *["En attraktiv arbetsgivare"] * 3,
        "En god ålderdom i kommunen",
    ]


def test_longer_rows_below_short_ones_are_the_goals(tmp_path: Path) -> None:
    """The short ones are areas or perspectives."""
    rows = [
        (GOAL, "Medborgare"),
        (SUB, "Alla som behöver stöd får det i tid"),
        (NAME, "Antal dagar till beslut"),
        (GOAL, "Miljö"),
        (SUB, "Kommunen är fri från fossila bränslen"),
        (NAME, "Andel fossilfria fordon"),
    ]
    assert [goal for _, goal in read(tmp_path, rows)] == [
        "Alla som behöver stöd får det i tid",
        "Kommunen är fri från fossila bränslen",
    ]


@pytest.mark.parametrize("note", ["Källa: Kolada", "Mäts vartannat år"])
def test_a_note_right_below_a_name_is_no_subheading(tmp_path: Path, note: str) -> None:
    rows = [
        (GOAL, "En attraktiv arbetsgivare"),
        (NAME, "Sjukfrånvaro totalt"),
        (NOTE, note),
        (NAME, "Andel timavlönade"),
        (NOTE, note),
    ]
    found = read(tmp_path, rows)
    assert [goal for _, goal in found] == ["En attraktiv arbetsgivare"] * 2


def test_a_row_in_italics_among_measures_is_as_it_was(tmp_path: Path) -> None:
    """None stands above the first measure: it may be a remark."""
    rows = [
        (GOAL, "En attraktiv arbetsgivare"),
        (NAME, "Sjukfrånvaro totalt"),
        (SUB, "Siffror saknas ännu"),
        (NAME, "Andel timavlönade"),
    ]
    found = read(tmp_path, rows)
    assert ("Andel timavlönade", "En attraktiv arbetsgivare") in found


def test_a_name_in_italics_above_its_lines_for_women_and_men_is_their_measure(
    tmp_path: Path,
) -> None:
    rows = [
        (GOAL, "En attraktiv arbetsgivare"),
        (SUB, "Sjukfrånvaro"),
        (NAME, "Kvinnor"),
        (NAME, "Män"),
        (SUB, "Heltid"),
        (NAME, "Kvinnor"),
        (NAME, "Män"),
    ]
    found = read(tmp_path, rows)
    assert {name for name, _ in found} == {"Sjukfrånvaro", "Heltid"}


def test_subheadings_above_measures_with_lines_for_women_and_men_are_no_measures(
    tmp_path: Path,
) -> None:
    sexes = [(NAME, "– kvinnor"), (NAME, "– män")]
    rows = [*TWO_LEVELS[:3], *sexes, *TWO_LEVELS[3:], *sexes]
    names = dict(read(tmp_path, rows))
    assert "Hälsa" not in names
    assert "Villkor" not in names
    assert names["Sjukfrånvaro totalt"] == "En attraktiv arbetsgivare"


def test_a_name_in_the_type_of_subheadings_right_above_its_lines_is_a_measure(
    tmp_path: Path,
) -> None:
    rows = [
        (GOAL, "En attraktiv arbetsgivare"),
        (SUB, "Sjukfrånvaro totalt"),
        (NAME, "– kvinnor"),
        (NAME, "– män"),
        (SUB, "Andel timavlönade"),
        (NAME, "– kvinnor"),
        (NAME, "– män"),
    ]
    assert list(dict.fromkeys(name for name, _ in read(tmp_path, rows))) == [
        "Sjukfrånvaro totalt",
        "Andel timavlönade",
    ]
