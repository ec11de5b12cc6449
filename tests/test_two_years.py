"""Columns whose cells give the result of the year and, in brackets, that of an earlier one."""

from __future__ import annotations

import pytest
from test_normalize_results import LAYOUT, extract, outcomes, result, row

from styrmatt.extract.headers.header_words import load_header_words
from styrmatt.normalize.measures.result_cells import ResultCellReader
from styrmatt.normalize.measures.two_years import split_at_brackets, year_of_brackets

TWO = "Resultat 2022 (resultat 2020)"


@pytest.mark.parametrize(
    ("header", "cell", "expected"),
    [
        (TWO, "71,5 %\n(69,0 %)", [(2020, 69.0), (2022, 71.5)]),
        (TWO, "71,5 (69,0 %)", [(2020, 69.0), (2022, 71.5)]),
        ("Andel 2022 (2021)", "64 (66)", [(2021, 66.0), (2022, 64.0)]),
        ("Andel 2022 (2021)", "i.u. (66)", [(2021, 66.0), (2022, None)]),
        ("Andel 2022 (2021)", "64 (–)", [(2022, 64.0)]),
        ("Andel 2022 (2021)", "64", [(2022, 64.0)]),
    ],
)
def test_a_header_with_a_year_in_brackets_says_whose_figure_stands_in_brackets(
    header: str, cell: str, expected: list[tuple[int, float | None]]
) -> None:
    got = extract(row(result(cell, 2022, text=header)))
    assert sorted(outcomes(got, "outcome_year", "value")) == expected
    assert all(unit in ("percent", None) for (unit,) in outcomes(got, "unit"))
    (record,) = got.records
    stated = dict(expected)
    assert record.outcome_value == stated.get(2022)
    earlier = [pair for pair in expected if pair[0] < 2022]
    assert [(record.previous_year, record.previous_value)] == (earlier or [(None, None)])


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("Resultat 2022", "64 (66)"),
        ("Resultat 2022 (enligt enkäten 2021)", "64 (66)"),
        ("Resultat 2022 (2023)", "64 (66)"),
        ("Resultat (2021)", "64 (66)"),
    ],
)
def test_a_figure_in_brackets_is_no_outcome_of_its_own_where_no_header_gives_its_year(
    header: str, cell: str
) -> None:
    got = extract(row(result(cell, 2022, text=header)))
    assert outcomes(got, "outcome_year", "value", "previous_value") == [(2022, 64.0, 66.0)]


def test_figures_of_women_and_men_in_brackets_are_of_no_earlier_year() -> None:
    got = extract(row(result("9 % (K 8, M 10)", 2022, text=TWO)))
    assert {year for (year,) in outcomes(got, "outcome_year")} == {2022}


@pytest.mark.parametrize("cell", ["64", "64 (66) (67)", "64 (66) procent"])
def test_a_cell_with_other_than_one_pair_of_brackets_at_its_end_is_not_split(cell: str) -> None:
    assert split_at_brackets(cell) is None


def test_the_year_of_a_header_is_the_one_before_the_brackets_whatever_words_they_hold() -> None:
    read = load_header_words("sv").read
    assert read("Resultat 2022\n(resultat 2021)").year == 2022
    assert read("Utfall (resultat 2021)").year == 2021


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("62 % (2021: 58 %)", [(2021, 58.0), (2022, 62.0)]),
        ("1 204 (2020: 1 310)", [(2020, 1310.0), (2022, 1204.0)]),
        ("– (2021: 58 %)", [(2021, 58.0), (2022, None)]),
    ],
)
def test_brackets_that_name_an_earlier_year_are_an_outcome_of_it(
    cell: str, expected: list[tuple[int, float | None]]
) -> None:
    got = extract(row(result(cell, 2022, text="Resultat")))
    assert sorted(outcomes(got, "outcome_year", "value")) == expected
    (record,) = got.records
    assert (record.previous_year, record.previous_value) == expected[0]


@pytest.mark.parametrize(
    "cell",
    ["62 % (2022: 58 %)", "62 % (2025: 70 %)", "62 % (K 60, M 64)", "62 % (58 % våren 2021)"],
)
def test_brackets_of_no_earlier_year_are_no_outcome_of_one(cell: str) -> None:
    got = extract(row(result(cell, 2022, text="Resultat")))
    assert {year for (year,) in outcomes(got, "outcome_year")} == {2022}


def test_a_sentence_says_of_which_year_figures_in_brackets_are() -> None:
    words = ["parentes"]
    said = "Alla mål följs upp. Siffran inom\nparentes är utfallet 2019. Se bilaga 2."
    assert year_of_brackets(["Inget.", said], words, 2020) == 2019
    assert year_of_brackets([said, "Inom parentes: 2018"], words, 2020) is None
    assert year_of_brackets(["Inom parentes står 2020"], words, 2020) is None
    assert year_of_brackets(["Ansvarig nämnd inom parentes."], words, 2020) is None
    reader = ResultCellReader(
        LAYOUT.words, lambda cell: cell.text if cell else None, 2022, bracket_year=2021
    )
    (one,) = reader.read(row(result("79 (82)", None)), "Trygga elever", "T").values[1:]
    assert (one.year, one.value) == (2021, 82.0)
    assert len(reader.read(row(result("79 (82)", 2020)), "Trygga elever", "T").values) == 1
