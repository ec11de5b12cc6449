"""Values on a line of their own below measures' names: "Senaste värdet: 71 % (2020)"."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.lib.colors import HexColor
from test_grid_reports import Report, goals, names

from styrmatt.extract.headers.header_words import header_words_of
from styrmatt.extract.tables.value_notes import value_note
from styrmatt.layout_files import load_layouts
from styrmatt.printed import Row

LAYOUT = next(layout for layout in load_layouts() if layout.any_table and not layout.columns)
WORDS = header_words_of(LAYOUT)
NONE = frozenset(word.casefold() for word in LAYOUT.words.values.none)


@pytest.mark.parametrize(
    ("text", "role", "year", "value"),
    [
        ("Senaste värdet: 71 % (2030)", "result", 2030, "71 %"),
        ("Utfall 2029: 1 204 st", "result", 2029, "1 204 st"),
        ("Senaste utfall: 9 127 st./100 000 inv. (2031)", "result", 2031, "9 127 st./100 000 inv."),
        ("Resultat: -3,5", "result", None, "-3,5"),
        ("Utgångsvärde: 66 % (2024)", "baseline", 2024, "66 %"),
        ("Prognos: ca 75 %", "forecast", None, "ca 75 %"),
        ("Senaste värdet: saknas", "result", None, "saknas"),
    ],
)
def test_a_label_with_a_figure_is_a_value(
    text: str, role: str, year: int | None, value: str
) -> None:
    found = value_note(text, WORDS, NONE)
    assert found is not None
    assert (found.role, found.reading.year, found.text) == (role, year, value)


@pytest.mark.parametrize(
    "text",
    [
        "Resultat: Fler har sökt sig till badet under året.",
        "Resultat: 3 av fyra skolor har tagit fram en plan som alla följer.",
        "Utfall: 2031",
        "Utfall 2030: 71 % (2031)",
        "utfall: 71 %",
        "Andel nöjda: 71 %",
        "Utfall 71 %",
        "Källa: 12 enkäter",
        "Mål: 71 %",
        ": 71 %",
    ],
)
def test_other_lines_are_no_values(text: str) -> None:
    assert value_note(text, WORDS, NONE) is None


GOAL = "Fler ska hitta till badet"
HEADER = ("*Mått", "*Målnivå", "*Når vi målet?", "*Trend")
XS = (50.0, 240.0, 330.0, 430.0, 520.0)
ROWS = (
    (("*Simkunniga barn",), "Senaste värdet: 71 % (2030)", "minst 75 %", "Positiv"),
    (
        ("*Besök i badhusen och på", "*badplatser"),
        "Senaste värdet: 3 400 (2031)",
        "4 000",
        "Negativ",
    ),
    (("*Öppna dagar",), "Senaste värdet: saknas", "300", "Positiv"),
    (("*Nöjda med status på", "*bryggor"), "Senaste värdet: 64 % (2029)", "70 %", "Negativ"),
)
WORDS_OF_STATUS = (
    "Målet bedöms kunna nås",
    "Målet är uppnått",
    "Målet är inte uppnått",
    "Målet nås",
)


def draw(report: Report, rule: float = 0.0, gap: float = 11.0) -> None:
    """A table with values below names, and a status below a gauge."""
    report.line(f"*{GOAL}", size=14)
    report.row(*HEADER, xs=XS)
    for n, (name, value, target, trend) in enumerate(ROWS):
        top = report.y
        for k, cell in enumerate(("", target, "", f"{trend} utveckling")):
            report.y = top
            report.line(cell, XS[k] + 3, down=11)
        report.y = top
        for line in name:
            report.line(line, XS[0] + 3, down=11)
        report.canvas.setFillColor(HexColor("#666666"))
        report.line(value, XS[0] + 3, down=11)
        report.canvas.setFillColor(HexColor("#000000"))
        bottom = report.y
        for k in range(5):
            report.canvas.setFillColor(HexColor("#70ad47" if k == n else "#e4e4e4"))
            report.canvas.rect(XS[2] + 3 + 16 * k, top, 14, 6, stroke=0, fill=1)
        report.canvas.setFillColor(HexColor("#000000"))
        report.y = top - 11
        report.line(WORDS_OF_STATUS[n], XS[2] + 3, size=7, down=11)
        report.y = bottom - gap
        if rule:
            report.canvas.line(XS[0], report.y + 12, XS[-1], report.y + 12)


def printed(rows: Sequence[Row]) -> list[tuple[object, ...]]:
    """Name, target, trend, and the values with their years."""
    return [
        (
            " ".join(row.cells["measure"].text.split()),
            row.cells["target"].text,
            row.cells["trend"].text,
            [(value.head.year, value.cell.text) for value in row.values],
        )
        for row in rows
    ]


@pytest.mark.parametrize("rule", [0.0, 1.0])
@pytest.mark.parametrize("gap", [8.0, 14.0])
def test_a_value_below_a_name_is_one_of_the_measure_and_no_row(
    tmp_path: Path, rule: float, gap: float
) -> None:
    report = Report(tmp_path)
    draw(report, rule, gap)
    rows = report.rows()
    assert goals(rows) == [GOAL] * 4
    assert printed(rows) == [
        ("Simkunniga barn", "minst 75 %", "Positiv utveckling", [(2030, "71 %")]),
        ("Besök i badhusen och på badplatser", "4 000", "Negativ utveckling", [(2031, "3 400")]),
        ("Öppna dagar", "300", "Positiv utveckling", [(None, "saknas")]),
        ("Nöjda med status på bryggor", "70 %", "Negativ utveckling", [(2029, "64 %")]),
    ]


def test_a_measure_whose_name_is_a_word_for_a_result_stays_one(tmp_path: Path) -> None:
    report = Report(tmp_path)
    report.line(f"*{GOAL}", size=14)
    report.row("*Mått", "*Mål 2031", "*Utfall 2031", "*Utfall 2030")
    rows = (
        ("Resultat", "2 %", "3 %", "1 %"),
        ("Utfall: bad", "4", "5", "6"),
        ("Bad", "1", "2", "3"),
    )
    for row in rows:
        report.row(*row)
    assert names(report.rows()) == [name for name, *_ in rows]
