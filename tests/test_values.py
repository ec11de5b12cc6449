"""Cells of results: what figure they give, in which unit, of whom and when."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styrmatt.normalize.values.periods import PeriodReader
from styrmatt.normalize.values.read import ReadValue, ValueReader
from styrmatt.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary("sv")
READER = ValueReader(VOCABULARY)
PERIODS = PeriodReader(VOCABULARY)


def one(text: str) -> ReadValue:
    reading = READER.read(text)
    assert reading.doubt is None
    (value,) = reading.values
    return value


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("82,4", 82.4, None),
        ("14 977st", 14977, "count"),
        ("9,3%", 9.3, "percent"),
        ("6,2 %", 6.2, "percent"),
        ("121%", 121, "percent"),
        ("−2,5", -2.5, None),
        ("–225", -225, None),
        ("- 13,6 %", -13.6, "percent"),
        ("+ 82,9", 82.9, None),
        ("1 234 567", 1234567, None),
        ("5 246 mnkr", 5246, "mnkr"),
        ("2000 kr", 2000, "kr"),
        ("45 000 kr/elev", 45000, "kr"),
        ("4,3 per 1000 inv", 4.3, "per_1000"),
        ("50,9 %-enheter", 50.9, "percentage_points"),
        ("30 dagar", 30, "days"),
        ("3 kommuner", 3, "count"),
        ("9 av 14", 9, "count"),
        ("ca 45 %", 45, "percent"),
        ("82,5*", 82.5, None),
        ("82,5 1)", 82.5, None),
        ("2014", 2014, None),
        ("±0", 0, None),
        ("7.4", 7.4, None),
        ("82 % Målet uppnått", 82, "percent"),
        ("87 % (124 svar)", 87, "percent"),
        ("87 % (n=124)", 87, "percent"),
    ],
)
def test_a_figure_is_read_with_its_unit(text: str, value: float, unit: str | None) -> None:
    read = one(text)
    assert (read.value, read.unit, read.previous_value) == (value, unit, None)


@pytest.mark.parametrize(
    ("text", "value"),
    [("10,2 miljoner ton", 10.2), ("10,2miljoner ton", 10.2), ("3,1 milj.", 3.1), ("48 tusen", 48),
     ("84,0 år", 84.0), ("5,1 m²", 5.1), ("4,7m²", 4.7), ("12 900 m³", 12900),
     ("139 kWh/m²", 139),
     ("12 km²", 12), ("38g", 38), ("3 262 m", 3262), ("12 t", 12),
     ("827 st./100 000 inv", 827), ("plats 6", 6), ("Plats 6 av 290", 6)],
)  # fmt: skip
def test_a_figure_whose_unit_is_not_listed_is_kept_without_one(text: str, value: float) -> None:
    assert (one(text).value, one(text).unit, one(text).has_unit) == (value, None, True)


@pytest.mark.parametrize(
    ("text", "sexes"),
    [("8 k, 10 m", ["K", "M"]), ("3 262 M", ["M"]), ("m 12", ["M"]), ("3 262 m", [None])],
)
def test_a_small_letter_behind_the_only_figures_is_a_unit_and_no_sex(
    text: str, sexes: list[str | None]
) -> None:
    assert [value.sex for value in READER.read(text).values] == sexes


@pytest.mark.parametrize(
    "text",
    [
        "", "-", "–", "..", ".", "*", "i.u.", "-*", "Ja", "öka", "tas fram av nämnden",
        "uppgift saknas",
    ],
)  # fmt: skip
def test_a_cell_that_says_there_is_no_figure_has_none_and_is_not_in_doubt(text: str) -> None:
    reading = READER.read(text)
    assert (reading.values, reading.doubt) == ((), None)


@pytest.mark.parametrize("text", ["Dec 2022", "2021/2022", "2025-12-01", "T2 2023"])
def test_a_cell_that_is_a_period_has_no_figure(text: str) -> None:
    reading = READER.read(text)
    assert reading.values == () and reading.doubt is None
    assert reading.period is not None and reading.period.text == text


@pytest.mark.parametrize(
    "text",
    [
        "75–80 %", "75 - 80", "0-5", "< 5", "minst 80 %", "80 % eller mer", "64 51", "64 / 51 %",
        "1.250", "34 550 35 277", "Minskat från 5 till 3", "Steg 2 klart", "(12)", "4,5\ufffd",
    ],
)  # fmt: skip
def test_figures_that_can_be_read_in_more_than_one_way_are_none_and_say_why(text: str) -> None:
    reading = READER.read(text)
    assert reading.values == () and reading.doubt


def test_the_figure_in_brackets_is_that_of_the_year_before() -> None:
    read = one("+26,3 mkr (-7,6)")
    assert (read.value, read.unit, read.previous_value) == (26.3, "mnkr", -7.6)


@pytest.mark.parametrize("text", ["82 % (2021: 80 %)", "82 % (2021 80 %)"])
def test_a_figure_in_brackets_with_its_year_is_of_that_year(text: str) -> None:
    read = one(text)
    assert (read.value, read.period, read.previous_value, read.previous_year) == (
        82,
        None,
        80,
        2021,
    )


@pytest.mark.parametrize("text", ["–4 mnkr (–2 mnkr)", "–4 mnkr (– 2 mnkr)", "- 4 mnkr (- 2 mnkr)"])
def test_the_sign_of_a_figure_in_brackets_may_stand_apart(text: str) -> None:
    assert (one(text).value, one(text).previous_value) == (-4, -2)


@pytest.mark.parametrize(
    "text", ["9,1 % (K 8,8, M 10,5)", "9,1 % (kvinnor: 8,8 %, män: 10,5 %)", "9,1 % (K 8,8 M 10,5)"]
)
def test_figures_of_women_and_men_in_brackets_are_theirs(text: str) -> None:
    found = READER.read(text)
    assert found.doubt is None
    assert [(v.value, v.sex, v.previous_value) for v in found.values] == [
        (9.1, None, None),
        (8.8, "K", None),
        (10.5, "M", None),
    ]


def test_the_figure_in_brackets_of_one_sex_is_not_that_of_the_year_before() -> None:
    found = READER.read("9,1 % (K 8,8)").values
    expected = [(9.1, None, None), (8.8, "K", None)]
    assert [(v.value, v.sex, v.previous_value) for v in found] == expected


@pytest.mark.parametrize(
    "text", ["9,1 % (K 8,8, M < 5)", "9,1 (K 8,8, K 10,5)", "9,1 / 9,2 (K 8,8, M 10,5)"]
)
def test_figures_of_sexes_in_brackets_are_doubted_where_one_of_them_is_unclear(text: str) -> None:
    found = READER.read(text)
    assert found.doubt and not found.values


def test_the_end_of_a_bracket_is_no_footnote_mark() -> None:
    found = READER.read("9 (K 8, M 7)").values
    assert [(v.value, v.sex) for v in found] == [(9, None), (8, "K"), (7, "M")]
    assert [v.value for v in READER.read("9 % 1)").values] == [9]
    assert [v.value for v in READER.read("9 (8) 1)").values] == [9]


def test_a_sex_in_brackets_behind_a_figure_is_that_figures() -> None:
    found = READER.read("64 (K), 66 (M)").values
    assert [(v.value, v.sex) for v in found] == [(64, "K"), (66, "M")]


def test_a_share_in_brackets_is_never_a_number_of_answers() -> None:
    assert one("87 % (124)").previous_value is None


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("-0,5% (2024) 0,0% (2025) -0,9% (2026)", [(-0.5, 2024), (0.0, 2025), (-0.9, 2026)]),
        ("2022: 85 %, 2021: 83 %", [(85, 2022), (83, 2021)]),
        ("4,9 % 2018", [(4.9, 2018)]),
        ("Senaste värdet: 4,9 % 2018", [(4.9, 2018)]),
    ],
)
def test_a_year_beside_a_figure_is_its_year(text: str, values: list[tuple[float, int]]) -> None:
    found = READER.read(text).values
    assert [(v.value, v.period.year if v.period else None) for v in found] == values


@pytest.mark.parametrize("text", ["K 64 % M 51 %", "Kvinnor 64 % Män 51 %", "K: 64, M: 51"])
def test_women_and_men_of_one_cell_are_told_apart(text: str) -> None:
    assert [(v.sex, v.value) for v in READER.read(text).values] == [("K", 64), ("M", 51)]


@pytest.mark.parametrize(
    ("text", "year", "label", "month"),
    [
        ("2022", 2022, None, None),
        ("Dec 2022", 2022, "Dec 2022", 12),
        ("2021/2022", 2022, "2021/2022", None),
        ("2021/22", 2022, "2021/22", None),
        ("jan-aug 2023", 2023, "jan-aug 2023", 8),
        ("januari–augusti", None, "januari–augusti", 8),
        ("T1", None, "T1", 4),
        ("2023 T2", 2023, "2023 T2", 8),
        ("kv 1", None, "kv 1", 3),
        ("halvår 1 2026", 2026, "halvår 1 2026", 6),
        ("VT 2022", 2022, "VT 2022", 6),
        ("läsåret 2021/2022", 2022, "läsåret 2021/2022", 12),
        ("2022-12-31", 2022, "2022-12-31", 12),
    ],
)
def test_periods_are_read(
    text: str, year: int | None, label: str | None, month: float | None
) -> None:
    period = PERIODS.read(text)
    assert period is not None
    assert (period.year, period.label, period.last_month) == (year, label, month)


@pytest.mark.parametrize("text", ["perioden", "85 %", "2 022", "", None, "2021, 2022", "Maja"])
def test_other_texts_are_no_period(text: str | None) -> None:
    assert PERIODS.read(text) is None


FIGURES = st.decimals(min_value=-99999, max_value=99999, places=1, allow_nan=False)


@given(FIGURES, st.sampled_from(["", "%", " %", "st", " st", " kr", " mnkr", "tkr", " dagar"]))
def test_a_printed_figure_is_read_back_whatever_its_unit(figure: object, unit: str) -> None:
    value = float(str(figure))
    printed = f"{value:,.1f}".replace(",", "\u00a0").replace(".", ",")
    read = one(printed + unit)
    assert read.value == value
    assert read.has_unit == bool(unit)


@given(st.text(alphabet="0123456789 ,.-–%()/<>avKMTst2022", max_size=16))
def test_a_cell_gives_only_figures_that_it_prints(text: str) -> None:
    """Digits that are nowhere in a cell are in none of its figures; it never fails."""
    reading = READER.read(text)
    digits = "".join(char for char in text if char.isdigit())
    for value in reading.values:
        shown = f"{abs(value.value):.10f}".rstrip("0").rstrip(".").replace(".", "").lstrip("0")
        assert shown in digits or not shown
    assert not (reading.values and reading.doubt)


@given(st.text(max_size=20))
def test_any_text_is_read_without_an_error(text: str) -> None:
    READER.read(text)
    PERIODS.find(text)
