from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styrmatt.layout import load_vocabulary
from styrmatt.swedish.numbers import parse_number, parse_number_word

NUMBERS = load_vocabulary("sv").numbers
TENS = {
    20: "tjugo",
    30: "trettio",
    40: "fyrtio",
    50: "femtio",
    60: "sextio",
    70: "sjuttio",
    80: "åttio",
    90: "nittio",
}
UNITS = ["", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("9,8", 9.8),
        ("7 124", 7124),
        ("7\u00a0124", 7124),
        ("7\u2009124,5", 7124.5),
        ("119,5", 119.5),
        ("5.5", 5.5),
        ("1.250.000", 1250000),
        ("0.125", 0.125),
        ("-2", -2),
        ("−2,5", -2.5),
        ("+5", 5),
        ("+/- 0", 0),
        ("±0", 0),
        ("100", 100),
        ("0", 0),
        ("1,250", 1.25),
        ("12 345 678", 12345678),
    ],
)
def test_figures_as_printed(text: str, value: float) -> None:
    assert parse_number(text) == value


@pytest.mark.parametrize(
    "text", ["", "en", "1.250", "1:1", "1 25", "5 %", "K40", "1,2,3", "1.250,5", "- 5", "--5"]
)
def test_what_is_no_figure_or_could_be_two_is_none(text: str) -> None:
    assert parse_number(text) is None


def swedish(number: float, decimals: int, space: str) -> str:
    return f"{number:,.{decimals}f}".replace(",", space).replace(".", ",")


@given(st.integers(0, 10**9), st.sampled_from([" ", "\u00a0", "\u202f", ""]))
def test_whole_numbers_come_back(number: int, space: str) -> None:
    assert parse_number(swedish(number, 0, space)) == number


@given(st.integers(-(10**8), 10**8), st.integers(1, 3))
def test_decimals_come_back(digits: int, decimals: int) -> None:
    number = digits / 10**decimals
    assert parse_number(swedish(number, decimals, " ")) == pytest.approx(number)


@given(st.integers(1, 999))
def test_number_words_come_back(number: int) -> None:
    hundreds, rest = divmod(number, 100)
    word = (UNITS[hundreds] if hundreds > 1 else "") + ("hundra" if hundreds else "")
    if rest >= 20:
        word += TENS[rest // 10 * 10] + UNITS[rest % 10]
    elif rest:
        word += next(name for name, value in NUMBERS.items() if value == rest and name != "en")
    assert parse_number_word(word, NUMBERS) == number


def test_number_words_in_capitals_and_thousands() -> None:
    assert parse_number_word("Tjugofem", NUMBERS) == 25
    assert parse_number_word("tvåtusen", NUMBERS) == 2000
    assert parse_number_word("tretusenfemhundra", NUMBERS) == 3500


@pytest.mark.parametrize(
    "word", ["femfem", "tjugotio", "sexig", "tretal", "enhet", "etta", "hundratals", "åttiotjugo"]
)
def test_other_words_are_no_numbers(word: str) -> None:
    assert parse_number_word(word, NUMBERS) is None


@given(st.text(max_size=12))
def test_no_text_breaks_the_parsers(text: str) -> None:
    parse_number(text)
    parse_number_word(text, NUMBERS)
