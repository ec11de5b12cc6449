"""Words for statuses on lines close to each other, of one cell or of two rows."""

from __future__ import annotations

import pytest
from paper import page, text

from styrmatt.extract.marks.text_marks import text_marks_in
from styrmatt.extract.model.page import Ruling
from styrmatt.vocabulary import load_vocabulary

WORDS = load_vocabulary("sv")
COLUMN = (90.0, 80.0, 200.0, 400.0)


def found(*lines: str, ruled: bool = False) -> list[str]:
    """The marks among lines 12 points apart, which a ruling parts two by two if ``ruled``."""
    words = [word for n, line in enumerate(lines) for word in text(line, 100, 100 + 12.0 * n)]
    rules = [Ruling("h", 122.5 + 24 * n, 90, 200) for n in range(len(lines) // 2 if ruled else 0)]
    return [mark.text for mark in text_marks_in(page([*words], rulings=rules), COLUMN, WORDS)]


@pytest.mark.parametrize(
    "lines",
    [
        ("Uppnått", "Delvis", "Ej uppnått"),
        ("Delvis", "Uppnått", "Ej bedömt"),
        ("Ej uppnått", "Helt uppnått", "Delvis"),
        ("Ja", "Delvis", "Nej"),
    ],
)
def test_lines_that_say_all_and_begin_with_a_capital_are_rows(lines: tuple[str, ...]) -> None:
    assert found(*lines) == list(lines)


@pytest.mark.parametrize(
    ("lines", "marks"),
    [
        (("Delvis", "uppnått", "Ej", "uppnått"), ["Delvis uppnått", "Ej uppnått"]),
        (("DELVIS", "UPPNÅTT"), ["DELVIS UPPNÅTT"]),
        (("Ej", "Uppnått"), ["Ej Uppnått"]),
    ],
)
def test_lines_that_go_on_are_one_cell(lines: tuple[str, ...], marks: list[str]) -> None:
    assert found(*lines) == marks


def test_rulings_between_cells_say_more_than_capitals() -> None:
    lines = ("Delvis", "Uppnått", "Helt", "Uppnått")
    assert found(*lines, ruled=True) == ["Delvis Uppnått", "Helt Uppnått"]
