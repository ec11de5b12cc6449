"""Cells of figures for women and men: which parts of them are whose."""

from __future__ import annotations

import pytest

from styrmatt.extract.grid.rows.sex_values import by_sex
from styrmatt.extract.tables.cells import TableCell, ValueColumn
from styrmatt.vocabulary import load_vocabulary

SEXES = load_vocabulary("sv").sexes


def parts(text: str, header: str = "Utfall 2023", sex: str | None = None) -> dict[str | None, str]:
    """The parts of a cell by the sex that they are of."""
    cell = TableCell(text.split("\n"), (0.0, 0.0, 1.0, 1.0), 1, 1)
    found = by_sex(ValueColumn("result", header, cell, 2023, sex=sex), SEXES)
    return {value.sex: value.cell.text for value in found}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("K 64 M 66", {"K": "64", "M": "66"}),
        ("K: 64,1 %\nM: 66 %", {"K": "64,1 %", "M": "66 %"}),
        ("Kvinnor 64, män 66, totalt 65", {"K": "64", "M": "66", "T": "65"}),
        ("K 1 250 / M –", {"K": "1 250", "M": "–"}),
        ("9,1 % (K 8,8, M 10,5)", {"T": "9,1 %", "K": "8,8", "M": "10,5"}),
        ("355 (K 382, M 378)", {"T": "355", "K": "382", "M": "378"}),
        ("31 841 (K 33 913, M 32 529)", {"T": "31 841", "K": "33 913", "M": "32 529"}),
        ("76 %\n(kvinnor: 86 %; män: 81 %)", {"T": "76 %", "K": "86 %", "M": "81 %"}),
        ("9,1 [M 10,5 / K 8,8]", {"T": "9,1", "M": "10,5", "K": "8,8"}),
        ("9,1 % (K 8,8, M < 5)", {"T": "9,1 %", "K": "8,8", "M": "< 5"}),
        ("– (K 8, M –)", {"T": "–", "K": "8", "M": "–"}),
    ],
)
def test_each_part_is_of_the_sex_that_the_cell_names(text, expected):
    assert parts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "9,1 %",
        "",
        "9,1 % (8,8)",
        "9,1 % (K 8,8)",
        "K 64, K 66",
        "9,1 % K 8,8 M 10,5",
        "9,1 % (K 8,8, M 10,5) 2022",
        "9,1 (T 9, K 8, M 10)",
        "Nöjda (K 8,8, M 10,5)",
        "9,1 / 9,4 (K 8,8, M 10,5)",
        "9,1 (K 8,8 år 2022, M 10,5 år 2021)",
        "9,1 (K 8,8, M 10,5]",
        "64 / 66",
        "5 m (k 8, m 10)",
    ],
)
def test_a_cell_that_may_be_cut_otherwise_stays_whole(text):
    assert parts(text) == {None: text}


@pytest.mark.parametrize(
    ("header", "text", "expected"),
    [
        ("Kvinnor/män 2023", "64 / 66", {"K": "64", "M": "66"}),
        ("Utfall\nkvinnor/män", "38,9 / 42,0", {"K": "38,9", "M": "42,0"}),
        ("Män/kvinnor", "39 823/44 255", {"M": "39 823", "K": "44 255"}),
        ("Flickor och pojkar", "64 % / –", {"K": "64 %", "M": "–"}),
        ("Utfall K/M", "64/66", {"K": "64", "M": "66"}),
    ],
)
def test_a_header_names_the_sexes_in_the_cells_order(header, text, expected):
    assert parts(text, header) == expected


@pytest.mark.parametrize(
    ("header", "text"),
    [
        ("Kvinnor/män", "64"),
        ("Kvinnor/män", "64 / 66 / 65"),
        ("Kvinnor", "64 / 66"),
        ("Kvinnor/män", "64 / 66 (2022)"),
        ("Kvinnor/män", "fler / färre"),
        ("Kvinnor/kvinnor", "64 / 66"),
        ("Utfall t.o.m. k 2", "64 / 66"),
    ],
)
def test_without_a_figure_for_each_sex_of_the_header_a_cell_stays_whole(header, text):
    assert parts(text, header) == {None: text}


def test_a_column_of_one_sex_is_that_sexs_whatever_its_cells_hold():
    assert parts("K 64 M 66", sex="K") == {"K": "K 64 M 66"}
