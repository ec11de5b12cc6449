"""Lines for women and men that stand overleaf from the name of their measure."""

from __future__ import annotations

from pathlib import Path

import pytest
from paper import page, text
from reportlab.pdfgen.canvas import Canvas

from styrmatt.extract.grid.page_tables import PageTables
from styrmatt.extract.grid.rows.sex_rows import SexRows
from styrmatt.extract.pdf_report import read_pdf
from styrmatt.extract.sections.read_sections import BodyStyle
from styrmatt.layout_files import load_layouts
from styrmatt.vocabulary import load_vocabulary

XS = (50.0, 300.0, 380.0, 460.0)
HEADER = ("Indikator", "Målvärde", "Utfall 2030", "Utfall 2031")
ROWS = (
    ("Andel nöjda brukare", "85 %", "84 %", "82 %"),
    ("Kvinnor", "", "83 %", "81 %"),
    ("Män", "", "86 %", "84 %"),
    ("Antal besök per vecka", "300 st", "310 st", "312 st"),
    ("Kvinnor", "", "160 st", "162 st"),
    ("Män", "", "150 st", "150 st"),
    ("Andel timavlönade", "8,0 %", "9,1 %", "8,8 %"),
)


def read(folder: Path, *cuts: int, repeated: bool) -> list[tuple[str, str, list[str]]]:
    """Name, sex and results of each row of a table that is cut before some of its rows."""
    path = folder / "report.pdf"
    canvas = Canvas(str(path), pagesize=(595, 842), invariant=True)
    canvas.setFont("Helvetica", 20)
    canvas.drawString(50, 700, "Region Tallmo")
    canvas.drawString(50, 670, "Årsredovisning 2031")
    canvas.setFont("Helvetica", 10)
    canvas.drawString(50, 600, "Året präglades av mycket snö, och många reste kollektivt ändå.")
    y = 0.0
    for n, row in enumerate(ROWS):
        if n == 0 or n in cuts:
            canvas.showPage()
            y = 780.0
            if n == 0 or repeated:
                y = _line(canvas, HEADER, y, "Helvetica-Bold")
        y = _line(canvas, row, y, "Helvetica")
    canvas.save()
    _, found = read_pdf(path, load_layouts())
    return [
        (
            row.cells["measure"].text,
            row.cells["sex"].text if "sex" in row.cells else "T",
            [value.cell.text for value in row.values if value.head.role == "result"],
        )
        for row in found.rows
    ]


@pytest.mark.parametrize("cut", [1, 2])
def test_the_target_that_is_printed_once_is_theirs_as_well(tmp_path: Path, cut: int) -> None:
    read(tmp_path, cut, repeated=True)
    _, found = read_pdf(tmp_path / "report.pdf", load_layouts())
    assert [row.cells["target"].text for row in found.rows[:3]] == ["85 %"] * 3


def _line(canvas: Canvas, cells: tuple[str, ...], y: float, font: str) -> float:
    canvas.setFont(font, 9)
    for x, cell in zip(XS, cells, strict=True):
        indent = 12 if cell in ("Kvinnor", "Män") else 0
        canvas.drawString(x + indent, y, cell)
    canvas.line(XS[0], y - 6, 545, y - 6)
    return y - 20


@pytest.mark.parametrize("repeated", [True, False])
@pytest.mark.parametrize("cuts", [(), (3,), (1,), (2,), (4,), (5,), (2, 5)])
def test_they_are_lines_of_that_measure(
    tmp_path: Path, cuts: tuple[int, ...], repeated: bool
) -> None:
    assert read(tmp_path, *cuts, repeated=repeated) == [
        ("Andel nöjda brukare", "T", ["84 %", "82 %"]),
        ("Andel nöjda brukare", "K", ["83 %", "81 %"]),
        ("Andel nöjda brukare", "M", ["86 %", "84 %"]),
        ("Antal besök per vecka", "T", ["310 st", "312 st"]),
        ("Antal besök per vecka", "K", ["160 st", "162 st"]),
        ("Antal besök per vecka", "M", ["150 st", "150 st"]),
        ("Andel timavlönade", "T", ["9,1 %", "8,8 %"]),
    ]


@pytest.mark.parametrize(("name", "count"), [("Samtliga", 0), ("Väntande", 1)])
def test_a_table_of_rows_for_a_sex_alone_names_no_measure(name: str, count: int) -> None:
    words = [w for n, cell in enumerate(HEADER) for w in text(cell, XS[n], 100, bold=True)]
    for n, cell in enumerate((name, "85 %", "84 %", "82 %")):
        words += text(cell, XS[n], 120)
    layout = next(one for one in load_layouts() if one.any_table)
    reader, made = PageTables(layout, BodyStyle(10, bold=False)), page(words)
    reader.headers(made)
    parts = reader.tables(made, made.lines, 800, goes_on=False)
    assert sum(len(part.entries) for part in parts) == count
    assert len(reader.unread) == 1 - count


SEXES = SexRows(load_vocabulary("sv").sexes)


@pytest.mark.parametrize(
    ("name", "sex"),
    [("• Kvinnor/flickor", "K"), ("pojkar / män", "M"), ("Kvinnor/män", None), ("Män/annan", None)],
)
def test_words_for_children_and_adults_of_one_sex_are_that_sex(name: str, sex: str | None) -> None:
    assert SEXES.whole(name) == sex
    assert SEXES.begins_row(name) == (sex is not None)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Nöjda elever, flickor/kvinnor", ("Nöjda elever", "K")),
        ("Nöjda elever – pojkar/män", ("Nöjda elever", "M")),
        ("Nöjda elever per år/kvinnor", None),
        ("Skillnad kvinnor/män", None),
    ],
)
def test_a_name_may_end_in_both_words_for_one_sex(name: str, found: tuple[str, str] | None) -> None:
    assert SEXES.ending(name) == found
