"""Targets that are a wanted change and no level, as the header of their column says."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_grid_reports import Report

from styrmatt.extract.headers.header_words import load_header_words
from styrmatt.normalize.targets.parse import TargetReader
from styrmatt.printed import Row
from styrmatt.vocabulary import load_vocabulary

WORDS = load_header_words("sv")
TARGETS = TargetReader(load_vocabulary("sv"), 2031)


@pytest.mark.parametrize(
    "header",
    [
        "Målvärde, förändring",
        "Målvärde,\nförändring",
        "Mål (förändring)",
        "Mål 2031, utveckling",
        "Måltal (föränd-\nring)",
        "Önskad förändring",
        "Målsatt förändring 2031",
    ],
)
def test_a_target_with_a_word_for_a_change_is_one(header: str) -> None:
    reading = WORDS.header(header)
    assert reading.roles == {"target"} and reading.of_change


@pytest.mark.parametrize(
    "header",
    ["Förändring", "Målvärde", "Mål, 2031", "Måluppfyllelse (förändring)", "Utfall, förändring"],
)
def test_other_headers_are_of_no_wanted_change(header: str) -> None:
    assert not WORDS.header(header).of_change


@pytest.mark.parametrize(
    ("text", "name", "value", "direction", "unit"),
    [
        ("+1", "Antal besök", 1.0, "increase", "count"),
        ("-10 %", "Andel trycksår", -10.0, "decrease", "percent"),
        ("−0,5 procentenheter", "Andel", -0.5, "decrease", "percentage_points"),
        ("+ 5 000", "Besök", 5000.0, "increase", None),
        ("+5", "Andel nöjda", 5.0, "increase", None),
        ("500", "Besök", 500.0, None, None),
        ("Minska med 10 %", "Andel trycksår", 10.0, "decrease", "percent"),
    ],
)
def test_a_sign_is_the_direction_of_a_change(
    text: str, name: str, value: float, direction: str | None, unit: str | None
) -> None:
    read = TARGETS.read(text, "T", name, of_change=True)
    assert (read.kind, read.value, read.direction, read.unit) == ("change", value, direction, unit)
    assert read.better[0] == {"increase": "higher", "decrease": "lower"}.get(direction or "")


@pytest.mark.parametrize("text", ["Öka", "", "Handlingsplan antagen"])
def test_a_cell_without_a_figure_is_no_amount(text: str) -> None:
    assert TARGETS.read(text, "T", "Besök", of_change=True) == TARGETS.read(text, "T", "Besök")


def test_a_sign_below_another_header_is_a_level() -> None:
    assert TARGETS.read("-2", "T", "Resultat, mnkr").kind == "threshold"


@pytest.mark.parametrize(
    ("header", "is_change"), [("*Målvärde,\n*förändring", True), ("*Målvärde", False)]
)
def test_rows_say_what_the_header_of_their_target_says(
    tmp_path: Path, header: str, *, is_change: bool
) -> None:
    report = Report(tmp_path)
    report.row("*Mått", "*Utfall 2031", "*Utfall 2030", header, "*Måluppfyllelse")
    report.row("Antal besök", "300", "310", "+500", "92 %")
    report.row("Andel trycksår", "9,8 %", "10,6 %", "-10 %", "76 %")
    rows: list[Row] = list(report.rows())
    assert [row.cells["target"].text for row in rows] == ["+500", "-10 %"]
    assert [row.target_is_change for row in rows] == [is_change] * 2
