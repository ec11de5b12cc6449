"""Reports with columns that no layout knows, as PDF files: their values, issues and reviews."""

from __future__ import annotations

from pathlib import Path

import pytest
from draw import Sheet

from styrmatt.extract.read import read_report
from styrmatt.extract.report_identity import IdentityReader
from styrmatt.layout_files import load_layouts
from styrmatt.normalize.normalize import normalize
from styrmatt.printed import ExtractedReport
from styrmatt.records import Extract

WIDTH, HEIGHT = 595, 842
UNKNOWN = ["Dnr", "Styrmått", "Nämnd", "K/M", "Kostnad", "Mål", "Måluppfyllelse", "Volym"]
HEADERS = ["Nr", "Styrmått", "Nämnd", "K/M", "Utfall", "Mål", "Måluppfyllelse", "Prognos"]
XS = [50, 70, 230, 275, 310, 360, 420, 500, 550]
ROWS = [
    ["1", "Andel barn i kulturskolan", "RUN", "K", "64 %", "70 %", "", "72 %"],
    ["", "", "", "M", "51 %", "71 %", "", ""],
    ["2", "Antal kommuner med plan", "RUN", "", "9", "12", "", "11"],
    ["3", "Andel fossilfri körning", "RS", "", "97 %", "95 %", "", "97 %"],
]


def draw(
    folder: Path,
    style: str,
    *,
    headers: list[str] = HEADERS,
    target: str = "Mål",
    title: str = "årsredovisning",
) -> Path:
    """A report of one page with two tables of the same columns."""
    sheet = Sheet(WIDTH, HEIGHT)
    sheet.text(50, 50, f"Region Almviks {title} 2022", size=16)
    sheet.text(50, 80, "Strategiskt mål: En region där alla kan leva", size=13)
    for top, rows in ((110, ROWS[:3]), (260, ROWS[3:])):
        sheet.text(50, top, "Framgångsfaktor: God kultur", size=11)
        sheet.text(50, top + 16, "Dialogen med dem som bor i länet är en viktig del av arbetet.")
        ys = [top + 30 + 18 * n for n in range(len(rows) + 2)]
        heads = [target if header == "Mål" else header for header in headers]
        for y, cells in zip(ys, [heads, *rows], strict=False):
            for x, cell in zip(XS, cells, strict=False):
                sheet.text(x + 4, y + 12, cell, size=8)
        if style == "grid":
            sheet.grid(XS, ys)
        elif style == "rules":
            for y in ys:
                sheet.line([(XS[0], y), (XS[-1], y)])
    path = folder / "report.pdf"
    path.write_bytes(sheet.pdf())
    return path


def read(path: Path) -> tuple[ExtractedReport, Extract]:
    layout, printed = read_report(path, load_layouts(), layout_name="styrmatt-med-namnd")
    return printed, normalize(printed, layout, {}, "test")


MEASURES = [
    ("Andel barn i kulturskolan", "RUN", "K", "70 %"),
    ("Andel barn i kulturskolan", "RUN", "M", "71 %"),
    ("Antal kommuner med plan", "RUN", "T", "12"),
    ("Andel fossilfri körning", "RS", "T", "95 %"),
]
STYLES = pytest.mark.parametrize("style", ["grid", "rules", "bare"])


@STYLES
def test_a_report_with_columns_first_last_and_between(tmp_path: Path, style: str) -> None:
    printed, extract = read(draw(tmp_path, style, headers=UNKNOWN))
    assert [(r.measure, r.board, r.sex, r.target_text) for r in extract.records] == MEASURES
    told = [doubt for doubt in printed.doubts if doubt.kind == "unknown_header"]
    assert [doubt.raw_text for doubt in told] == [
        "Dnr | 1 | 2",
        "Kostnad | 64 % | 51 % | 9",
        "Volym | 72 % | 11",
    ]
    assert all(doubt.place is not None and doubt.place.page == 1 for doubt in told)
    assert not any(row.values or "number" in row.cells for row in printed.rows)


@STYLES
def test_columns_whose_headers_are_understood_are_read(tmp_path: Path, style: str) -> None:
    printed, extract = read(draw(tmp_path, style))
    assert [(r.measure, r.board, r.sex, r.target_text) for r in extract.records] == MEASURES
    assert not [doubt for doubt in printed.doubts if doubt.kind == "unknown_header"]
    got = [
        [(value.head.role, value.head.text, value.cell.text) for value in row.values]
        for row in printed.rows
    ]
    assert got == [[("result", "Utfall", row[4]), ("forecast", "Prognos", row[7])] for row in ROWS]
    numbers = [row.cells["number"].text for row in printed.rows if "number" in row.cells]
    assert numbers == ["1", "1", "2", "3"]


@pytest.mark.parametrize(("target", "differs"), [("Mål", 0), ("Mål 2022", 0), ("Mål 2021", 4)])
def test_a_header_of_another_year_is_a_reason_to_review(
    tmp_path: Path, target: str, differs: int
) -> None:
    _, extract = read(draw(tmp_path, "grid", target=target))
    assert [r.target_value for r in extract.records] == [70, 71, 12, 95]
    assert sum("header_year_differs" in r.review for r in extract.records) == differs
    assert extract.document.fiscal_year == 2022


def test_a_header_that_says_more_is_a_reason_to_review(tmp_path: Path) -> None:
    _, extract = read(draw(tmp_path, "grid", target="Mål helår"))
    assert [r.target_value for r in extract.records] == [70, 71, 12, 95]
    assert all("header_unclear" in r.review for r in extract.records)


def test_the_cover_says_the_year_before_a_header_does(tmp_path: Path) -> None:
    _, extract = read(draw(tmp_path, "grid", target="Mål 2023", title="verksamhetsberättelse"))
    assert extract.document.fiscal_year == 2022


@pytest.mark.parametrize(
    ("pages", "year"),
    [
        (["Verksamhetsberättelse 2022", "Måluppfyllelse"], "2022"),
        (["", "Verksamhetsberättelse 2022"], "2022"),
        (["Innehåll", "Verksamhetsberättelse 2022"], "2023"),
        (["Årsrapport 2021 och verksamhetsberättelse 2022", ""], "2023"),
    ],
)
def test_only_a_cover_that_names_one_year_comes_before_headers(pages: list[str], year: str) -> None:
    reader = IdentityReader(next(x for x in load_layouts() if x.name == "styrmatt-med-namnd"))
    for text in pages:
        reader.page(text)
    assert reader.read(2023)[0]["fiscal_year"] == year


def test_a_guess_at_a_header_is_told(tmp_path: Path) -> None:
    headers = ["Nr", "Styrmått", "Nämnd", "K/M", "Noterat", "Mål", "Volym", "Prognos"]
    path = draw(tmp_path, "grid", headers=headers, target="Vi siktar")
    layout, printed = read_report(path, load_layouts(), layout_name="alla-tabeller")
    told = {w.raw_text.partition(" |")[0]: w for w in printed.doubts if w.kind == "unknown_header"}
    assert "role target" in told["Vi siktar"].message
    assert "role result" in told["Noterat"].message
    assert all(w.severity == "warning" for w in told.values())
    extract = normalize(printed, layout, {}, "test")
    assert [r.target_text for r in extract.records if r.sex == "T"] == ["12", "95 %"]
