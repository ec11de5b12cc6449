from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from styrmatt.audit.check.basis.quantities import QuantityReader
from styrmatt.normalize.series.name_vocabulary import load_name_vocabulary
from styrmatt.normalize.series.parse_name import parse_name
from styrmatt.normalize.targets.tokens import TargetTokenizer
from styrmatt.swedish import lemmas, sentences
from styrmatt.swedish.numbers import FIGURE, parse_number, parse_number_word, without_spaces
from styrmatt.swedish.rules.narrative_patterns import load_patterns
from styrmatt.vocabulary import load_vocabulary

SV = load_vocabulary("sv")
NUMBERS = SV.numbers
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


# -- every reader of text takes figures by the one grammar -------------------------------------

SPACES = (" ", "\u00a0", "\u2009", "\u202f", "\u2007")
SENTENCE = "Det var {} resor"
PATTERNS = load_patterns("sv")


@st.composite
def printed_figures(draw: st.DrawFn) -> str:
    """A figure as reports print it: grouped by a kind of space or not, with decimals or not."""
    number = draw(st.integers(0, 10**10))
    space = draw(st.sampled_from(("", *SPACES)))
    decimals = draw(st.sampled_from(["", ",5", ",25", ",125", ".5", ".25"]))
    return f"{number:,}".replace(",", space) + decimals


def is_year(figure: str) -> bool:
    return figure.isdigit() and len(figure) == 4 and figure[:2] in ("19", "20")


def in_words(sentence: str) -> list[str]:
    return [word for word in lemmas.printed_words(sentence) if word[0].isdigit()]


def in_sentence_words(sentence: str) -> list[str]:
    return [word.text for word in sentences.words_of(sentence) if word.text[0].isdigit()]


def in_target_cell(sentence: str) -> list[str]:
    return [
        token.text for token in TargetTokenizer(SV).tokenize(sentence) if token.text[0].isdigit()
    ]


def in_narrative(sentence: str) -> list[str]:
    assert PATTERNS is not None
    return [match["figure"] for match in PATTERNS.figures.finditer(sentence)]


def in_name(sentence: str) -> list[str]:
    tokens = parse_name(sentence, 2022, "Region Norrfjord", load_name_vocabulary("sv")).tokens
    return [token.raw for token in tokens if token.is_number]


def in_check(sentence: str) -> list[str]:
    return [quantity.printed for quantity in QuantityReader(SV).read(sentence)]


@pytest.mark.parametrize(
    "read", [in_words, in_sentence_words, in_target_cell, in_narrative, in_name, in_check]
)
@settings(deadline=None)  # the first figure loads a dictionary
@given(printed_figures())
def test_every_reader_takes_a_figure_whole(read: Callable[[str], list[str]], figure: str) -> None:
    if read is in_check and is_year(figure):
        return  # a bare year is no quantity
    found = read(SENTENCE.format(figure))
    assert list(map(without_spaces, found)) == [without_spaces(figure)]


@given(printed_figures())
def test_the_check_gives_a_figure_its_value(figure: str) -> None:
    values = [quantity.value for quantity in QuantityReader(SV).read(SENTENCE.format(figure))]
    assert values == ([] if is_year(figure) else [parse_number(figure)])


@given(printed_figures())
def test_what_the_grammar_takes_is_a_number(figure: str) -> None:
    assert re.fullmatch(FIGURE, figure)
    assert parse_number(figure) == float(without_spaces(figure).replace(",", "."))
