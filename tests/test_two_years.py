"""Columns whose cells give the result of the year and, in brackets, that of an earlier one."""

from __future__ import annotations

import pytest
from test_normalize_results import extract, outcomes, result, row

from styrmatt.extract.header_words import load_header_words
from styrmatt.normalize.measures.two_years import split_at_brackets

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
