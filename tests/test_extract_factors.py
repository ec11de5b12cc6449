"""Factors that an overview prints without rule or space between, told apart by headings."""

from __future__ import annotations

from styrmatt.extract.tables.cells import TableCell
from styrmatt.extract.tables.factor_cells import factors_in
from styrmatt.whitespace import squeeze

HEADED = [
    squeeze(name)
    for name in (
        "En budget i balans",
        "Insatser för fler invånare och fler arbetade timmar i länet",
        "Beslut på nationell- och EU-nivå gynnar länet",
        "Fler i arbete",
    )
]


def texts(*lines: str) -> list[str]:
    cell = TableCell(list(lines), (0, 0, 100, 50), 1, 1, [])
    return [part.text for part in factors_in(cell, HEADED)]


def test_two_names_in_a_row_are_two_factors_though_one_is_worded_differently() -> None:
    assert texts(
        "En budget i balans", "Insatser för fler invånare och fler", "arbetade timmar"
    ) == [
        "En budget i balans",
        "Insatser för fler invånare och fler\narbetade timmar",
    ]


def test_a_name_of_several_lines_stays_one_factor() -> None:
    lines = ("Beslut på nationell nivå och EU-nivå", "gynnar länet")
    assert texts(*lines) == ["\n".join(lines)]


def test_lines_that_no_heading_names_stay_together() -> None:
    lines = ("En budget i balans", "och en vård som räcker till alla")
    assert texts(*lines) == ["\n".join(lines)]


def test_one_heading_does_not_name_two_factors() -> None:
    lines = ("Fler i arbete", "Fler i arbete")
    assert texts(*lines) == ["\n".join(lines)]


def test_without_headings_nothing_is_cut() -> None:
    cell = TableCell(["En", "två"], (0, 0, 100, 50), 1, 1, [])
    assert factors_in(cell, []) == [cell]
