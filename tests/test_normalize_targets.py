# ruff: noqa: E501
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styrmatt.normalize.targets.parse import TargetReader, TargetReading
from styrmatt.records import COMPARATORS, DIRECTIONS, TARGET_KINDS, UNITS
from styrmatt.vocabulary import load_vocabulary

SV = load_vocabulary("sv")
READER = TargetReader(SV, 2022)


def read(text: str | None, sex: str = "T", name: str = "Mått") -> TargetReading:
    return READER.read(text, sex, name)


@pytest.mark.parametrize("text", [None, "", " ", "-", "–", "Inget mål"])
def test_an_empty_cell_has_no_target(text: str | None) -> None:
    assert read(text) == TargetReading("none")


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("80 %", 80, "percent"), ("85%", 85, "percent"), ("85 procent", 85, "percent"), ("9,8 %", 9.8, "percent"),
        ("1 250 tkr", 1250, "tkr"), ("2,5 mnkr", 2.5, "mnkr"), ("12,5 mkr", 12.5, "mnkr"), ("350 kr", 350, "kr"),
        ("350kr", 350, "kr"), ("1,5 miljoner kronor", 1.5, "mnkr"), ("1,5 miljoner", 1.5, None), ("12 milj kr", 12, "mnkr"),
        ("30 dagar", 30, "days"), ("fem arbetsdagar", 5, "days"), ("6 veckor", 6, None), ("0", 0, None),
        ("5 per 1 000 invånare", 5, "per_1000"), ("3:1", 3, "ratio"), ("3 st/år", 3, "count"), ("-2 %", -2, "percent"),
        ("+/- 0", 0, None), ("ca 80 %", 80, "percent"), ("Ett forum/ år", 1, "count"), ("två nya avtal", 2, "count"),
        ("Två gånger per år", 2, "count"), ("Tre av fyra", 3, None), ("tjugofem", 25, None), ("0,5", 0.5, None),
        ("20 företag", 20, "count"), ("Andelen ska vara 80 %", 80, "percent"), ("Målvärde 85", 85, None),
        ("80 procent av de anställda ska ha gått kursen", 80, "percent"), ("Samtliga 14 kommuner", 14, "count"),
        ("90 % inom 5 dagar", 90, "percent"), ("Andelen som får tid inom 3 dagar ska vara 90 %", 90, "percent"),
        ("4 En uppföljning av samtliga planer är genomförda", 4, None), ("95 % (2021)", 95, "percent"),
        ("1 %-enhet", 1, "percentage_points"), ("15 000 kr per invånare", 15000, "kr"),
    ],
)  # fmt: skip
def test_a_figure_that_leads_the_cell_or_has_a_unit_is_the_target(
    text: str, value: float, unit: str | None
) -> None:
    reading = read(text)
    assert (reading.kind, reading.value, reading.unit) == ("threshold", value, unit)
    assert (reading.comparator, reading.direction, reading.doubt) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("250st/1 000 inv", 250, "per_1000"),
        ("2,5 st per 1 000 invånare", 2.5, "per_1000"),
        ("30 kr/1 000 inv", 30, "kr"),
        ("7 tim/1000 inv", 7, None),
        ("3 st/100 000 inv", 3, "count"),
        ("250 st/10 000 inv", 250, "count"),
    ],
)
def test_a_unit_before_a_rate_of_a_thousand_is_of_what_is_counted(
    text: str, value: float, unit: str | None
) -> None:
    reading = read(text, name="Recept")
    assert (reading.value, reading.unit, reading.doubt) == (value, unit, None)


@pytest.mark.parametrize("text", ["80 % st", "80 % per 1 000", "12 dagar kr"])
def test_two_units_of_one_figure_are_a_misprint(text: str) -> None:
    assert "two units" in (read(text).doubt or "")


@pytest.mark.parametrize("text", ["minst", "Högst"])
def test_a_comparison_that_is_all_of_a_cell_lacks_its_figure(text: str) -> None:
    assert read(text).doubt == f"no figure follows {text}"
    assert read(f"{text} rikssnittet").doubt is None


@pytest.mark.parametrize(
    ("text", "comparator", "value"),
    [
        (">= 90 %", "ge", 90), ("≥75", "ge", 75), ("=> 90", "ge", 90), ("≤ 5 dagar", "le", 5), ("<90%", "lt", 90),
        ("> 90%", "gt", 90), ("Högst 30 dagar", "le", 30), ("minst 85 procent", "ge", 85), ("Lägst 3,8", "ge", 3.8),
        ("Under 7 %", "lt", 7), ("Över 50 %", "gt", 50), ("Max 2 st", "le", 2), ("Fler än 20 företag", "gt", 20),
        ("Färre än tre", "lt", 3), ("Inom 30 dagar", "le", 30), ("Högst fem arbetsdagar", "le", 5), ("=100 %", "eq", 100),
        ("Minst en satsning per kommun", "ge", 1), ("80 % eller mer", "ge", 80), ("5 eller färre", "le", 5),
        ("Andelen ska vara minst 80 %", "ge", 80), ("Minst 2000 besök", "ge", 2000), ("Inte under 5 %", "ge", 5),
        (">1,2 miljoner", "gt", 1.2), ("minst 3,5milj.", "ge", 3.5), ("högst 2 mn resor", "le", 2),
    ],
)  # fmt: skip
def test_words_and_signs_print_a_comparison(text: str, comparator: str, value: float) -> None:
    reading = read(text)
    assert (reading.comparator, reading.value, reading.kind) == (comparator, value, "threshold")
    expected = {"ge": "higher", "gt": "higher", "le": "lower", "lt": "lower"}.get(comparator)
    assert reading.better == ((expected, "comparator") if expected else (None, None))


def test_a_comparison_without_a_figure_has_no_value() -> None:
    assert (read("Högst rikssnittet").comparator, read("Högst rikssnittet").value) == ("le", None)
    for text in ("Inom budget", "Under året", "Under 2022", "Över hela länet", "Bättre än riket"):
        assert (read(text).comparator, read(text).value, read(text).kind) == (
            None,
            None,
            "qualitative",
        )


def test_a_negated_comparison_is_not_read_as_its_opposite() -> None:
    reading = read("Kostnaden ska inte öka mer än 2 %")
    assert (reading.value, reading.comparator, reading.better) == (2, None, (None, None))


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("Öka", "increase"), ("Ökande samt minskade skillnader", "increase"), ("Positiv trend", "increase"),
        ("Minska", "decrease"), ("Minskande", "decrease"), ("Inte minska", "maintain"), ("Bibehålla", "maintain"),
        ("Bibehåller eller öka", "maintain"), ("Följa utvecklingen", "follow"), ("Andelen ska öka", "increase"),
        ("Öka jmf motsvarande kvartal året innan", "increase"),
    ],
)  # fmt: skip
def test_directions_without_a_figure(text: str, direction: str) -> None:
    reading = read(text)
    assert (reading.kind, reading.direction, reading.value, reading.doubt) == (
        "direction",
        direction,
        None,
        None,
    )


@pytest.mark.parametrize(
    ("text", "value", "unit", "direction"),
    [
        ("Minskning med 15 %", 15, "percent", "decrease"), ("Öka 5 %", 5, "percent", "increase"),
        ("Öka med 5 procentenheter", 5, "percentage_points", "increase"), ("10 % minskning", 10, "percent", "decrease"),
        ("5 % Öka", 5, "percent", "increase"), ("minskning 2019-2023 med 10 %", 10, "percent", "decrease"),
        ("5 % lägre än 2019", 5, "percent", "decrease"), ("Öka med två", 2, None, "increase"),
        ("Antalet ska minska med 10 %", 10, "percent", "decrease"), ("Öka antalet avtal med tre", 3, None, "increase"),
    ],
)  # fmt: skip
def test_a_change_has_a_direction_and_an_amount(
    text: str, value: float, unit: str | None, direction: str
) -> None:
    reading = read(text)
    assert (reading.kind, reading.value, reading.unit, reading.direction) == (
        "change",
        value,
        unit,
        direction,
    )


def test_a_change_to_a_level_is_a_threshold() -> None:
    reading = read("Minska till 4,5 %")
    assert (reading.kind, reading.value, reading.direction) == ("threshold", 4.5, "decrease")
    reading = read("Öka från 60 % till 65 %")
    assert (reading.kind, reading.value, reading.direction) == ("threshold", 65, "increase")
    assert [c.value for c in reading.components] == [60, 65]
    assert (read("Minskade kostnader, högst 5 %").value, read("Minska, 10 %").kind) == (
        5,
        "threshold",
    )


def test_the_amount_of_a_change_does_not_say_which_level_is_better() -> None:
    assert read("Minska med minst 10 %").better == ("lower", "direction")
    assert read("mindre än 10 % ökning").better == (None, None)


@pytest.mark.parametrize(
    ("text", "women", "men"),
    [
        ("K: 65 % M:65 %", 65, 65), ("M: 57 % K: 55 %", 55, 57), ("K55%/M57%", 55, 57), ("Kvinnor 40 %, män 45 %", 40, 45),
        ("40 % kvinnor, 60 % män", 40, 60), ("200 kvinnor 210 män", 200, 210), ("2018 K: 55 % M: 57 %", 55, 57),
        ("K=80 M=75", 80, 75), ("T: 60 % K: 62 % M: 58 %", 62, 58), ("100% K 90% M", 100, 90), ("K/M: 70 %", 70, 70),
        ("K och M 65 %", 65, 65), ("80 %", 80, 80), ("Flickor: 90 Pojkar: 85", 90, 85), ("Minst 70 % K/M", 70, 70),
    ],
)  # fmt: skip
def test_each_sex_has_its_own_figure(text: str, women: float, men: float) -> None:
    assert (read(text, "K").value, read(text, "M").value) == (women, men)


def test_a_total_line_keeps_the_figures_of_both_sexes() -> None:
    reading = read("K: 65 % M: 60 %")
    assert (reading.value, reading.sexes) == (65, ("K", "M"))
    assert [(c.sex, c.value, c.unit) for c in reading.components] == [
        ("K", 65, "percent"),
        ("M", 60, "percent"),
    ]
    assert read("T: 60 % K: 62 % M: 58 %").value == 60
    named = read("60%/40%", name="Andel kvinnor och män som deltar")
    assert [(c.sex, c.value) for c in named.components] == [("K", 60), ("M", 40)]
    assert read("40/60", "M", "Andel män och kvinnor").value == 40


def test_a_figure_for_the_other_sex_is_no_target() -> None:
    reading = read("K 16,0", "M")
    assert (reading.value, reading.review) == (None, ("target_unparsed",))
    assert reading.doubt


def test_labelled_figures_are_components() -> None:
    reading = read("2022: 4,8 %, Kort: 49 %, Lång: 51 %")
    assert (reading.value, reading.baseline_year) == (4.8, None)
    assert [(c.label, c.value) for c in reading.components] == [("Kort", 49), ("Lång", 51)]
    reading = read("20 personer/ 12 kommuner")
    assert [(c.label, c.value, c.unit) for c in reading.components] == [
        ("personer", 20, "count"), ("kommuner", 12, "count"),
    ]  # fmt: skip
    assert [(c.label, c.value) for c in read("Kort 49 % Lång 51 %").components] == [
        ("Kort", 49),
        ("Lång", 51),
    ]


def test_the_unit_behind_the_last_figure_is_that_of_all() -> None:
    for text in ("75–80 %", "75-80 %", "75 – 80 %", "75/80 %"):
        assert [(c.value, c.unit) for c in read(text).components] == [
            (75, "percent"),
            (80, "percent"),
        ]
    assert read("75–80 %").unit == "percent"


def test_the_reports_year_chooses_among_figures() -> None:
    assert read("2022: 50 %, 2023: 55 %").value == 50
    assert read("2021: 50 %, 2022: 55 %").value == 55
    assert (read("2018: 7,1 %").value, read("2018: 7,1 %").baseline_year) == (7.1, 2018)
    assert read("Minskad skillnad jmf 2018").baseline_year == 2018
    assert read("Handlingsplan Agenda 2030 antagen").baseline_year is None


@pytest.mark.parametrize(
    ("name", "text", "unit"),
    [
        ("Andel nöjda elever", "90", "percent"), ("Nöjda elever (%)", "K40", "percent"), ("Balans, %", "2", "percent"),
        ("Antal besök", "1 200", "count"), ("Samverkan, antal möten", "6", "count"), ("Besök per tusen invånare", "270", "per_1000"),
        ("HME, totalindex", "80", "index"), ("Väntetid (dagar)", "30", "days"), ("Resultat, mnkr", "12", "mnkr"),
        ("Antal dagar", "3", "days"), ("Andel som får tid inom 3 dagar", "100", "percent"), ("Budget hålls", "0", None), ("Marknadsandel", "12", None),
        ("Antal besök", "30 %", "percent"), ("Andel som", "25 personer", "count"), ("Andel som", "Öka med 5", None),
    ],
)  # fmt: skip
def test_the_measures_name_gives_a_bare_figure_its_unit(
    name: str, text: str, unit: str | None
) -> None:
    assert read(text, name=name).unit == unit


def test_a_year_like_figure_is_a_count_only_where_the_name_counts() -> None:
    assert read("2000", name="Antal besök").value == 2000
    assert read("2021").value is None
    assert read("2021").doubt


@pytest.mark.parametrize(
    "text",
    [
        "Handlingsplan antagen",
        "Programmen är skrivna",
        "Klar 2024",
        "Genomförs Q3",
        "En samlad metodbank finns etablerad",
    ],
)
def test_milestones_have_no_value(text: str) -> None:
    assert (read(text).kind, read(text).value, read(text).doubt) == ("milestone", None, None)


def test_a_counted_milestone_has_a_value() -> None:
    reading = read("2 program fastställda")
    assert (reading.kind, reading.value, reading.unit) == ("milestone", 2, "count")


@pytest.mark.parametrize(
    "text",
    ["Regionen deltar i Nära mat 2.0", "Alla verksamheter", "Efter behov", "Hålla budget", "1:1-medel", "40-åringar",
     "En ny webbplats", "Samma nivå som 2019"],
)  # fmt: skip
def test_other_words_are_qualitative(text: str) -> None:
    assert (read(text).kind, read(text).value, read(text).doubt) == ("qualitative", None, None)


@pytest.mark.parametrize(
    "text",
    ["Etapp 2 genomförd", "Öka (3,9)", "Ökad andel som får tid inom 3 dagar", "Vård, 5 avdelningar", "1.250",
     "Patienter ska få tid inom 3 dagar", "2000 besök"],
)  # fmt: skip
def test_figures_that_nothing_explains_are_said_to_be_unparsed(text: str) -> None:
    reading = read(text)
    assert (reading.value, reading.review) == (None, ("target_unparsed",))
    assert reading.doubt


def test_a_bare_figure_is_kept_and_reviewed() -> None:
    assert read("3").lacks_unit and not read("3").review
    assert read("6 veckor").review == ("target_unit_unlisted",)
    for text in ("högst 5,1 m²", "139 kWh/m²", "högst 12 900 m³"):
        assert read(text).review == ("target_unit_unlisted",)
    assert read("0").review == ()


def test_a_sex_mark_may_be_glued_to_its_figure() -> None:
    assert TargetReader(SV, 2020).read("M40", "M", "Andel (%)").value == 40


ALPHABET = st.one_of(
    st.text(alphabet="0123456789 ,.%/-–:KMT()<>≥=+äkr", max_size=25),
    st.lists(
        st.sampled_from(
            ["öka", "minst", "till", "med", "5", "2021", "%", "K", "män", "två", "en", "per", "/", ",", "inte", "under",
             "från", "dagar", "antagen", "Kort:", "2.0", "1:1", "och", "1,5", "miljoner", "år", "senast", "31", "december"]
        ),
        max_size=9,
    ).map(" ".join),
)  # fmt: skip


@given(
    ALPHABET,
    st.sampled_from("TKM"),
    st.sampled_from(["Mått", "Antal besök", "Andel kvinnor och män (%)"]),
)
def test_every_cell_gives_values_of_the_closed_lists(text: str, sex: str, name: str) -> None:
    reading = read(text, sex, name)
    assert reading.kind in TARGET_KINDS
    assert reading.comparator in (None, *COMPARATORS)
    assert reading.direction in (None, *DIRECTIONS)
    assert reading.unit in (None, *UNITS)
    assert all(c.unit in (None, *UNITS) for c in reading.components)
    if reading.value is not None:
        assert any(char.isdigit() for char in text) or any(w in text for w in ("två", "en"))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2020: 70 2021: 75 2022: 80", 80),
        ("2020: 70 % 2021: - 2022: 80 %", 80),
        ("2021: – 2022: 4,3", 4.3),
        ("2022: 80 2023: -", 80),
    ],
)
def test_a_list_by_year_gives_the_target_of_the_report_s_year(text: str, value: float) -> None:
    assert (read(text).value, read(text).doubt) == (value, None)


@pytest.mark.parametrize("text", ["2020: 70 2021: 75 2022: -", "2020: 70 2021: - 2023: 80"])
def test_a_list_by_year_without_that_year_gives_none(text: str) -> None:
    assert read(text).value is None and read(text).doubt
