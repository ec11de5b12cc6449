"""Misprints of target cells are null and flagged; what good reports print is read as before."""

# ruff: noqa: E501
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styrmatt.normalize.targets.parse import TargetReader, TargetReading
from styrmatt.vocabulary import load_vocabulary

READER = TargetReader(load_vocabulary("sv"), 2022)


def read(text: str, sex: str = "T", name: str = "Andel nöjda") -> TargetReading:
    return READER.read(text, sex, name)


@pytest.mark.parametrize(
    "text",
    [
        # letters for figures, inside, beside, and with a decimal sign between
        "8O %", "l00 %", "Minst 8o %", "≥ 8S %", "Öka till 8O %", "1O0 procent", "B0 %", "8Z", "O,5 %", "8,O %", "IO %",
        "8 O %", "≤ l5 dagar", "Öka till 8O", "K: 8O %, M: 75 %", "8О %", "7I", "|0 %", "Högst 3O", "9O % av kommunerna",
        "Minst 1O kommuner", "8x %", "2l st",
        # signs that come twice, or apart from their figure, or that mean nothing here
        "80 %%", "80 % %", ">> 80 %", "≥≥80 %", "--5 %", "80--90 %", "- 5 %", "– 5 %", "Minska med - 5 %", "80 ? %", "80 %?", "#80 %",
        "80¤", "60 % → 65 %", "80|90 %", "%", "Minst %", "% 80", "80- %", "80 –", "> < 80 %", "½ %", "1 ½ %",
        # two decimal signs, and spaces or other signs inside a figure
        "8,5.0 %", "8.5,0 %", "1,000,5", "8,,5 %", "80 5 %", "8 0 %", "1 00 %", "10 00 st", "1000 000", "1 00 000", "80 ,5 %", "80;5 %",
        "80'5 %", "8 . 5 %", "080 %", "1,000 st", "31.12.2022",
        # two figures that nothing parts
        "80 % 90 %", "63 % 63 %", "Minska med 10 % 13 %", "Högst 165 45 %", "Högst 165 Högst 45 %", "Högst 165 Minst 80 %",
        "13 % Minska med 10 %", "80%5", "45 % Högst 165", "Minst 90 % högst 80 %", "12 mnkr 5 %", "80 % 3 kommuner", "Minska 10 % Öka 5 %",
    ],
)  # fmt: skip
def test_a_misprinted_cell_is_null_and_flagged(text: str) -> None:
    reading = read(text)
    assert (reading.value, reading.components) == (None, ())
    assert "target_unparsed" in reading.review
    assert reading.doubt


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("80 pr ocent", 80, "percent"), ("80 proc ent", 80, "percent"), ("5 procent enheter", 5, "percentage_points"), ("2,5 mnk r", 2.5, "mnkr"),
        ("5 %- enheter", 5, "percentage_points"), ("30 da gar", 30, "days"), ("350 kr onor", 350, "kr"), ("p80 p ro cent"[1:], 80, "percent"),
    ],
)  # fmt: skip
def test_a_broken_unit_is_read_and_flagged(text: str, value: float, unit: str) -> None:
    reading = read(text)
    assert (reading.value, reading.unit, reading.review) == (value, unit, ("target_unparsed",))
    assert reading.doubt


@pytest.mark.parametrize("text", ["Min st 80 %", "Hög st 80 %", "> = 80 %"])
def test_a_broken_comparison_is_read_and_flagged(text: str) -> None:
    assert (read(text).value, read(text).review) == (80, ("target_unparsed",))
    assert read(text).comparator in ("ge", "le")


@pytest.mark.parametrize("text", ["80 procnt", "80 porcent", "30 daagr", "80 proc"])
def test_a_misspelt_unit_is_no_noun_that_is_counted(text: str) -> None:
    assert (read(text).unit, read(text).review) == (None, ("target_unparsed",))


def test_two_directions_that_nothing_parts_are_none() -> None:
    assert (read("Öka Minska").direction, read("Öka Minska").review) == (None, ("target_unparsed",))
    assert (read("Öka Öka").direction, read("Öka Öka").review) == ("increase", ("target_unparsed",))
    assert read("Minska med 10 % 13 %").direction is None, "whose direction it is nobody knows"
    assert read("Öka till 8O %").direction == "increase"
    assert read("Minst 8o %").comparator == "ge"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("80-90 %", 80), ("80 – 90 %", 80), ("80–90%", 80), ("mellan 80 och 90 %", 80), ("Minst 80 % högst 90 %", 80), ("80 % av kommunerna", 80),
        ("K 80 %/M 82 %", 80), ("K 80 % M 82 %", 80), ("K – 80 %, M – 75 %", 80), (">80%", 80), ("> 80 %", 80), ("80 procent", 80), ("80%.", 80),
        ("80 % år 2025", 80), ("80 % 2025", 80), ("2022 80 % 2023 85 %", 80), ("2022: 80 %, 2023: 85 %", 80), ("80 % 1)", 80), ("80 %*", 80),
        ("80 % ¹", 80), ("80¹", 80), ("*80 %", 80), ("80 % [1]", 80), ("80 % (75 %)", 80), ("1 000 st", 1000), ("12,5 mkr", 12.5), ("+5 %", 5),
        ("+ 5 %", 5), ("+/- 0", 0), ("± 2 %", 2), ("~80 %", 80), ("ca 80 %", 80), ("≈ 80", 80), ("20 personer/ 12 kommuner", 20), ("Kort 49 % Lång 51 %", 49),
        ("Åk 6: 80 %, åk 9: 85 %", 6), ("K80 %", 80), ("80 ‰", 80), ("90 % inom 5 dagar", 90), ("10 st per år", 10), ("• 80 %", 80), ("\uf0b7 80 %", 80), ("5 dagar år 2023", 5),
        ("- 80 % av K - 90 % av M", 80), ("0,125 %", 0.125), ("4,25 %", 4.25), ("15 000 kr/invånare", 15000), ("80 % (i %)", 80), ("5 %-enheter", 5), ("3 En uppföljning är gjord", 3),
        ("150 kvinnor 150 män", 150), ("75, 80 och 85 %", 75), ("80 % eller mer", 80), ("80/20", 80), ("5 % Öka", 5), ("3+2 platser", 3),
    ],
)  # fmt: skip
def test_what_good_reports_print_is_read_without_a_flag(text: str, value: float) -> None:
    reading = read(text)
    assert (reading.value, reading.doubt) == (value, None)
    assert "target_unparsed" not in reading.review


@pytest.mark.parametrize(
    "text",
    [
        "Nivå B2", "B2", "Etapp 2B genomförd enligt avtal S1", "CO2-budget finns", "H2O", "Q3", "1:1-medel", "40-åringar", "Regionen deltar i Nära mat 2.0",
        "Följa A1C", "IT i egen regi", "Öka eller bibehålla", "Bibehåll/öka", "Öka tillgänglighet och minska kötid", "?", "Se 3.2.1", "Andelen anges i %", "OBS", "Plan 1B antagen",
    ],
)  # fmt: skip
def test_words_with_figures_in_them_are_no_misprints(text: str) -> None:
    assert (read(text, name="Samverkan").value, read(text, name="Samverkan").doubt) == (None, None)


def test_a_value_in_doubt_is_never_given() -> None:
    for text in ("1.250 och 80 %", "K 1.250 M 1.300"):
        assert (read(text).value, read(text).components) == (None, ())


@given(
    st.integers(1, 999), st.sampled_from(["%", "procent", "st", "kr"]), st.sampled_from("OolISBZ"), st.data()
)  # fmt: skip
def test_no_letter_stands_for_a_figure(
    number: int, unit: str, letter: str, data: st.DataObject
) -> None:
    digits = str(number)
    at = data.draw(st.integers(0, len(digits)))
    reading = read(f"{digits[:at]}{letter}{digits[at:]} {unit}")
    assert reading.value is None
    assert "target_unparsed" in reading.review


@given(st.integers(1, 999), st.integers(1, 999), st.sampled_from(["%", " %", " procent"]))
def test_two_figures_side_by_side_are_none(one: int, two: int, unit: str) -> None:
    reading = read(f"{one}{unit} {two}{unit}")
    assert (reading.value, reading.components) == (None, ())
    assert reading.review == ("target_unparsed",)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("minst 3 av 5", 3),
        ("-5 %", -5),
        ("–5 %", -5),
        ("350:-", 350),
        ("180 %", 180),
        ("12 500", 12500),
    ],
)
def test_what_no_share_can_be_another_measure_may(text: str, value: float) -> None:
    assert (read(text, name="Resultat").value, read(text, name="Resultat").review) == (value, ())
    assert (read(text).value, read(text).review) == (None, ("target_unparsed",))


@pytest.mark.parametrize(
    "text", ["0 %", "0,5 %", "100 %", "minst 100 %", "Öka med 150 %", "Minska -5 %"]
)
def test_a_share_is_between_nothing_and_the_whole_and_may_change_by_more(text: str) -> None:
    assert not read(text).doubt


def test_a_share_is_a_hundred_percent_at_most() -> None:
    assert read("100 %").value == 100 and read("100,1 %").value is None


@pytest.mark.parametrize("text", ["2/3 av", "2/3 av alla", "3/4", "11/12"])
def test_a_fraction_is_no_percentage(text: str) -> None:
    assert (read(text).value, read(text).review) == (None, ("target_unparsed",))


@pytest.mark.parametrize(
    ("text", "value"), [("60/40", 60), ("12/13", 12), ("16/12", 16), ("K 2/M 3", 2)]
)
def test_two_targets_are_no_fraction(text: str, value: float) -> None:
    assert read(text).value == value


@pytest.mark.parametrize(
    "text", ["Mnist 80 %", "Misnt 80 %", "högs 5 dagar", "Mins 3 kommuner", "Ökaa", "Minksa"]
)
def test_a_misspelt_comparison_or_direction_is_flagged(text: str) -> None:
    assert (read(text).value, read(text).review) == (None, ("target_unparsed",))


@pytest.mark.parametrize("text", ["80 pct", "8 dgr", "80 o/o", "7 kpl"])
def test_a_unit_in_short_that_is_not_listed_counts_nothing(text: str) -> None:
    reading = read(text, name="Resultat")
    assert (reading.value, reading.unit, reading.review) == (
        float(text.split()[0]),
        None,
        ("target_unit_unlisted",),
    )


@pytest.mark.parametrize("text", ["3 bio", "3 avtal", "3 SIP", "80 st"])
def test_what_is_counted_is_no_unit_in_short(text: str) -> None:
    assert read(text, name="Resultat").review == ()


def test_figures_that_nothing_explains_are_flagged() -> None:
    assert read("80-", name="Resultat").review == ("target_unparsed",)
