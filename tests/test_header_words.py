"""What headers of goal tables say: the role of a column, its year, period, sex, area and unit."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styrmatt.extract.headers.header_reading import HeaderReading
from styrmatt.extract.headers.header_words import load_header_words
from styrmatt.layout import LayoutHeader
from styrmatt.layout_checks import LONGEST_HEADER
from styrmatt.whitespace import squeeze

WORDS = load_header_words("sv")
SAYS = ("year", "years_before", "period", "sex", "area", "unit")


def said(reading: HeaderReading) -> dict[str, Any]:
    """What a header says besides its role."""
    return {name: value for name in SAYS if (value := getattr(reading, name))}


WHOLE: list[tuple[str, str, dict[str, Any]]] = [
    # names
    ("Styrmått", "measure", {}),
    ("Styr-\nmått", "measure", {}),
    ("INDIKATOR", "measure", {}),
    ("Mått/indikator", "measure", {}),
    ("Nyckeltal 2022", "measure", {"year": 2022}),
    ("Strategiskt mål", "goal", {}),
    ("Nämndmål", "goal success_factor", {}),
    ("Framgångsfaktor", "success_factor", {}),
    ("Perspektiv", "perspective", {}),
    # targets
    ("Mål", "goal target", {}),
    ("Mål 2022", "goal target", {"year": 2022}),
    ("Mål\n2025", "goal target", {"year": 2025}),
    ("Mål (procent)", "goal target", {"unit": "procent"}),
    ("Mål 2022 (%)", "goal target", {"year": 2022, "unit": "%"}),
    ("Målvärde helår 2022", "target", {"year": 2022}),
    ("KF:s årsmål", "target", {}),
    ("Målvärde max", "target", {"area": "max"}),
    # results
    ("Utfall", "result", {}),
    ("Utfall 2022", "result", {"year": 2022}),
    ("2022 Utfall", "result", {"year": 2022}),
    ("Utfall (tkr)", "result", {"unit": "tkr"}),
    ("Utfall i %", "result", {"unit": "i %"}),
    ("Utfall (i %)", "result", {"unit": "i %"}),
    ("Utfall 2022 i %", "result", {"year": 2022, "unit": "i %"}),
    ("Utfall 2022\nK", "result", {"year": 2022, "sex": "K"}),
    ("M\n2022", "", {"year": 2022, "sex": "M"}),
    ("Resultat i procent", "result", {"unit": "i procent"}),
    ("Utfall (avser 2021)", "result", {"year": 2021}),
    ("Utfall kommunen", "result", {}),
    ("Utfall kvinnor 2022", "result", {"year": 2022, "sex": "K"}),
    ("Utfall föregående år", "previous", {"years_before": 1}),
    ("Utfall fg år", "previous", {"years_before": 1}),
    ("Föregående år", "previous", {"years_before": 1}),
    ("Föregående års utfall", "previous", {"years_before": 1}),
    ("Föreg års\nutfall", "previous", {"years_before": 1}),
    ("Fjolårets resultat", "previous", {"years_before": 1}),
    ("Förra årets utfall (%)", "previous", {"years_before": 1, "unit": "%"}),
    ("Utfall förra året", "previous", {"years_before": 1}),
    ("Resultat i fjol", "previous", {"years_before": 1}),
    ("Prognos föregående år", "forecast", {"years_before": 1}),
    ("Föregående års mål", "goal target", {"years_before": 1}),
    (
        "Samma period fg år",
        "same_period_before",
        {"years_before": 1, "period": "Samma period fg år"},
    ),
    ("Prognos", "forecast", {}),
    ("Prognos helår 2022", "forecast", {"year": 2022}),
    ("Helårsprognos", "forecast", {}),
    ("Startvärde", "baseline", {}),
    ("Nuläge 2019", "baseline", {"year": 2019}),
    # parts of a year
    ("Utfall 2022-08", "result", {"year": 2022, "period": "2022-08"}),
    ("Utfall 202208", "result", {"year": 2022, "period": "202208"}),
    ("Utfall 202212", "result", {"year": 2022}),
    ("Utfall 2021-12-31", "result", {"year": 2021}),
    ("Utfall T2 2022", "result", {"year": 2022, "period": "T2"}),
    ("Utfall jan-aug 2022", "result", {"year": 2022, "period": "jan-aug"}),
    ("Utfall tertial 1", "result", {"period": "tertial 1"}),
    ("Resultat 2021/2022", "result", {"year": 2022, "period": "2021/2022"}),
    ("Resultat 2021/22", "result", {"year": 2022, "period": "2021/22"}),
    ("2020/21", "", {"year": 2021, "period": "2020/21"}),
    ("2011/12", "", {"year": 2012, "period": "2011/12"}),
    ("1999/00", "", {"year": 2000, "period": "1999/00"}),
    ("Läsår 20/21", "", {"year": 2021, "period": "20/21"}),
    ("Läsår\n19/20", "", {"year": 2020, "period": "19/20"}),
    ("Läsåret 2020/21", "", {"year": 2021, "period": "2020/21"}),
    ("Läsåret 2020/2021", "", {"year": 2021, "period": "2020/2021"}),
    ("Lå 20/21", "", {"year": 2021, "period": "20/21"}),
    ("Läsår 99/00", "", {"year": 2000, "period": "99/00"}),
    ("Läsår 2020–21", "", {"year": 2021, "period": "2020–21"}),
    ("Utfall läsåret 22/23", "result", {"year": 2023, "period": "22/23"}),
    ("Mål 2022/23", "goal target", {"year": 2023, "period": "2022/23"}),
    ("Riket 20/21", "", {"year": 2021, "period": "20/21", "area": "Riket"}),
    ("Utfall 2010-11", "result", {"year": 2010, "period": "2010-11"}),
    ("Utfall 2020–2022", "result", {"year": 2022, "period": "2020–2022"}),
    ("Resultat per 31 december 2022", "result", {"year": 2022}),
    ("Resultat per 31 augusti 2022", "result", {"year": 2022, "period": "31 augusti"}),
    ("Utfall 8 mån", "result", {"period": "8 mån"}),
    # without a role of their own
    ("2022", "", {"year": 2022}),
    ("Budget 2022", "", {"year": 2022}),
    ("Kvinnor", "", {"sex": "K"}),
    ("K", "", {"sex": "K"}),
    ("Män 2021", "", {"year": 2021, "sex": "M"}),
    ("Totalt", "", {"sex": "T"}),
    ("Riket 2021", "", {"year": 2021, "area": "Riket"}),
    ("Snitt", "", {"area": "Snitt"}),
    ("%", "", {"unit": "%"}),
    # what became of them
    ("Måluppfyllelse", "fulfilment status", {}),
    ("Måluppfyllelse i %", "fulfilment status", {"unit": "i %"}),
    ("Status", "status", {}),
    ("Status och kommentar", "comment", {}),
    ("Uppfylls målet?", "status", {}),
    ("Når vi målet?", "status", {}),
    ("Nådde vi målet 2023?", "status", {"year": 2023}),
    ("Resultat mot mål", "status", {}),
    ("Trend", "trend", {}),
    ("Utveckling", "change trend", {}),
    ("Avvikelse mot mål", "change", {}),
    # the rest
    ("Kommentar", "comment", {}),
    ("Ansvarig nämnd", "board", {}),
    ("Nr", "number", {}),
    ("Enhet", "unit", {}),
    ("K/M", "sex", {}),
    ("Kvinnor/män", "result sex", {}),
    ("Kvinnor/män 2023", "result sex", {"year": 2023}),
    ("Utfall kvinnor/män 2023", "result sex", {"year": 2023}),
    ("Kvinnor/totalt 2023", "", {"year": 2023}),
    ("Period", "period", {}),
    ("Källa", "source", {}),
    ("Mätfrekvens", "leave", {}),
    ("Vad ska uppnås?", "goal", {}),
    ("Hur vet vi det?", "measure", {}),
    ("Vart ska vi nå?", "target", {}),
    ("Var är vi 2023?", "result", {"year": 2023}),
    # what is expected of a result, and whose it is
    ("Prognos\nbokslut", "forecast", {}),
    ("Prognos utfall 2024", "forecast", {"year": 2024}),
    ("Mora 2024", "", {"year": 2024, "area": "Mora"}),
    ("Region Skåne", "", {"area": "Region Skåne"}),
]
"""Headers that are understood whole: their roles, and what they say besides."""


@pytest.mark.parametrize(("text", "roles", "besides"), WHOLE, ids=[text for text, *_ in WHOLE])
def test_a_header_is_understood_whole(text: str, roles: str, besides: dict[str, Any]) -> None:
    reading = WORDS.read(text)
    assert (" ".join(sorted(reading.roles)), said(reading)) == (roles, besides)
    assert reading.whole and reading.text == text


PART: list[tuple[str, str, dict[str, Any]]] = [
    ("Utfall jämfört med mål", "result", {}),
    ("Mål för kommunen som helhet", "goal target", {}),
    ("Analys av resultatet", "comment", {}),
    ("Utfall enligt enkäten 2021", "result", {"year": 2021}),
    ("Utfall (enligt enkäten)", "result", {}),
    ("Utfall 2022 (enligt enkäten 2021)", "result", {"year": 2022}),
    ("Utfall (enligt enkäten 2021)", "result", {"year": 2021}),
    ("Utfall (% av svaren)", "result", {"unit": "%"}),
]
"""Headers of which the beginning is understood."""


@pytest.mark.parametrize(("text", "roles", "besides"), PART, ids=[text for text, *_ in PART])
def test_a_header_is_understood_in_part(text: str, roles: str, besides: dict[str, Any]) -> None:
    reading = WORDS.read(text)
    assert (" ".join(sorted(reading.roles)), said(reading)) == (roles, besides)
    assert not reading.whole


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Kostnad",
        "Kostnad 2022",
        "Volym",
        "Löpnr",
        "Utförd av",
        "Nr på listan",
        "Nr 4",
        "20/22",
        "19 / 20",
        "64/66",
    ],
)
def test_a_header_of_other_words_says_nothing(text: str) -> None:
    """Two letters (``nr``) begin any text: by those alone no header is understood in part."""
    reading = WORDS.read(text)
    assert not reading.roles and not reading.whole and not reading.says_something


def test_case_hyphens_and_line_breaks_do_not_matter() -> None:
    for text in ("Målvärde helår 2022", "MÅLVÄRDE HELÅR 2022", "Mål-\nvärde\nhelår\n2022"):
        reading = WORDS.read(text)
        assert (reading.roles, reading.year, reading.whole) == ({"target"}, 2022, True)


def test_a_cell_that_is_longer_than_any_header_is_text() -> None:
    words = "motsvarande period föregående år "
    whole = {n for n in range(1, 5) if WORDS.read(words * n).whole}
    assert whole == {n for n in range(1, 5) if len(squeeze(words * n)) <= LONGEST_HEADER}
    assert whole == {1, 2, 3}


def test_two_roles_are_no_header() -> None:
    """A header has one role; a cell with the words of two is two cells that ran together."""
    assert not WORDS.read("Trend Kommentar").whole
    assert not WORDS.read("Indikator Trend").whole
    assert not WORDS.read("mora 2024").whole


def test_a_header_below_that_of_a_group_says_what_its_column_is() -> None:
    assert WORDS.read("Bedömning\nTrend").roles == {"trend"}
    assert WORDS.read("Resultat 2031\nPrognos").roles == {"forecast"}
    assert WORDS.read("Resultat 2031\nPrognos").year == 2031
    assert WORDS.read("Bedömning\nvid träff").roles != {"trend"}
    assert not WORDS.read("Växthus\nTrend").whole
    assert WORDS.read("Prognos\nUtfall 2031").roles == {"forecast"}
    assert WORDS.read("Bedömning\nUtfall 2031").roles != {"result"}


def test_a_layout_names_headers_of_its_own() -> None:
    named = (
        LayoutHeader(("Volym {year}",), role="result"),
        LayoutHeader(("Volym 2019",), role="baseline"),
        LayoutHeader(("Utfall",), role="leave"),
        LayoutHeader(("Delmängd",), role="result", year=2018, sex="K", area="Riket", period="T1"),
    )
    words = load_header_words("sv", named)
    assert (words.read("Volym 2021").roles, words.read("Volym 2021").year) == ({"result"}, 2021)
    assert words.read("Volym 2019").roles == {"baseline"}
    assert words.read("Utfall").roles == {"leave"}
    own = words.read("Del-\nmängd")
    assert said(own) == {"year": 2018, "sex": "K", "area": "Riket", "period": "T1"}
    assert own.whole and own.by_layout is named[3]
    assert WORDS.read("Volym 2021").by_layout is None


@given(st.text(max_size=60))
def test_any_text_is_read_and_says_no_more_than_it_prints(text: str) -> None:
    reading = WORDS.read(text)
    assert reading.text == text
    if reading.year is not None:
        assert str(reading.year) in text.replace("-", "").replace("\n", "").replace(" ", "")


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Perspektiv och mål", "goal perspective"),
        ("Mål/indikator", "goal measure"),
        ("Mål samt framgångsfaktor", "goal success_factor"),
        ("Mål och utfall", "result"),
        ("Utfall/mål", "result"),
    ],
)
def test_a_header_may_name_two_things_of_its_column_but_no_two_figures(
    text: str, roles: str
) -> None:
    assert sorted(WORDS.read(text).roles) == roles.split()


@pytest.mark.parametrize("text", ["Utfall -23", "Utfall\n’23", "Utfall '23", "Utfall –23"])
def test_a_year_may_lack_its_century(text: str) -> None:
    reading = WORDS.read(text)
    assert (reading.text, sorted(reading.roles), reading.year) == (text, ["result"], 2023)


@pytest.mark.parametrize("text", ["Utfall 10-23", "Ålder 16-24", "Utfall -9"])
def test_spans_and_signs_are_no_years_without_a_century(text: str) -> None:
    assert WORDS.read(text).year is None


@pytest.mark.parametrize(
    ("text", "roles", "year"),
    [
        ("År 2010", "", 2010),
        ("År", "period", None),
        ("Mätår 2010", "period", 2010),
        ("Utfall år 2010", "result", 2010),
    ],
)
def test_a_year_with_the_word_for_it_heads_no_column_of_years(
    text: str, roles: str, year: int | None
) -> None:
    reading = WORDS.read(text)
    assert (sorted(reading.roles), reading.year, reading.whole) == (roles.split(), year, True)


@given(st.sampled_from([text for text, *_ in WHOLE]), st.integers(2000, 2039))
def test_a_year_behind_a_header_changes_no_role(text: str, year: int) -> None:
    if any(char.isdecimal() for char in text) or text.endswith("%"):
        return
    with_year = WORDS.read(f"{text} {year}")
    assert with_year.roles == WORDS.read(text).roles
    assert with_year.year == year


@pytest.mark.parametrize(
    ("text", "year", "sex"),
    [
        ("Umeå 2022", 2022, None),
        ("Umeå,\nsamtliga\n2022", 2022, "T"),
        ("Umeå kommun, kvinnor 2021", 2021, "K"),
        ("Umeå totalt", None, "T"),
    ],
)
def test_behind_a_municipality_may_stand_whom_its_values_are_of(
    text: str, year: int | None, sex: str | None
) -> None:
    reading = WORDS.read(text)
    assert reading.whole and reading.of_publisher and (reading.year, reading.sex) == (year, sex)
    assert (reading.area or "").startswith("Umeå") and "," not in (reading.area or "")


@pytest.mark.parametrize(
    "text", ["Umeå växer", "Umeå riket 2022", "Umeå mål 2022", "Umeå, kvartersgator"]
)
def test_other_words_behind_a_municipality_are_no_header_of_it(text: str) -> None:
    assert not WORDS.read(text).of_publisher


def test_a_heading_over_sexes_says_no_more_than_they_do() -> None:
    for above in ("Könsuppdelat", "Fördelat på kön", "Per kön"):
        reading = WORDS.read(f"{above}\n2022\nFlickor/\nkvinnor")
        assert (reading.whole, reading.year, reading.sex) == (True, 2022, "K")


@pytest.mark.parametrize(
    ("text", "year", "period"),
    [
        ("Samma\nperiod 2024", 2024, "Samma period"),
        ("Motsvarande period 2023", 2023, "Motsvarande period"),
        ("Utfall samma period", None, "Utfall samma period"),
        ("Samma period i fjol", None, "Samma period i fjol"),
    ],
)
def test_the_same_period_of_an_earlier_year(text: str, year: int | None, period: str) -> None:
    reading = WORDS.read(text)
    assert reading.whole and reading.roles == {"same_period_before"}
    assert (reading.year, reading.years_before, reading.period) == (year, 1, period)


@pytest.mark.parametrize(
    ("text", "planned"),
    [
        ("Budget 2024", True),
        ("Planerat 2024", True),
        ("Plan 2025", True),
        ("Mål budget 2024", False),
        ("Utfall mot budget 2024", False),
        ("2024", False),
    ],
)
def test_what_is_planned_for_a_year_is_no_result(text: str, planned: bool) -> None:
    assert WORDS.read(text).planned == planned


@pytest.mark.parametrize(
    ("header", "roles", "more"),
    [
        ("Varav pojkar/män", "", {"sex": "M"}),
        ("Varav flickor/\nkvinnor", "", {"sex": "K"}),
        ("därav kvinnor", "", {"sex": "K"}),
        ("Bland män 2031", "", {"sex": "M", "year": 2031}),
        ("Utfall 2031\nvarav kvinnor", "result", {"sex": "K", "year": 2031}),
        ("Varav\nmän", "", {"sex": "M"}),
    ],
)
def test_a_header_for_a_sex_may_have_a_word_before_it(
    header: str, roles: str, more: dict[str, Any]
) -> None:
    reading = WORDS.header(header)
    assert reading.whole and reading.text == header
    assert (" ".join(sorted(reading.roles)), said(reading)) == (roles, more)


@pytest.mark.parametrize(
    "header", ["Varav", "Varav åtgärdade män", "Varav nöjda", "Mål 2 Varav män trivs", "varav 31"]
)
def test_such_a_word_alone_or_before_others_says_no_sex(header: str) -> None:
    reading = WORDS.header(header)
    assert reading.sex is None or not reading.whole
