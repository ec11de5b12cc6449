"""Headers that no list has are understood by their noun and the words around it."""

from __future__ import annotations

import pytest

from styrmatt.extract.headers.header_reading import HeaderReading
from styrmatt.extract.headers.header_words import load_header_words

WORDS = load_header_words("sv")


def header(text: str) -> HeaderReading:
    return WORDS.header(text)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Redovisat utfall", "result"),
        ("Helårsutfall 2023", "result"),
        ("Nämndernas rapporterade helårsresultat", "result"),
        ("Aktuell nivå", "result"),
        ("Resultat enligt medborgarundersökningen", "result"),
        ("Styrande mått", "measure"),
        ("Utvalda nyckeltal", "measure"),
        ("KPI:er", "measure"),
        ("Trygghetsindikatorer", "measure"),
        ("Tröskelvärde", "target"),
        ("Fastställd nivå 2024", "target"),
        ("Eftersträvat resultat", "target"),
        ("Nytt målvärde", "target"),
        ("Förväntat utfall vid årets slut", "forecast"),
        ("Sannolikt prognosvärde", "forecast"),
        ("Tidigare redovisat utfall", "previous"),
        ("Ingående nivå", "baseline"),
        ("Kort kommentar", "comment"),
        ("Analys av utfallet", "comment"),
        ("Sammanvägd bedömning", "status"),
        ("Målnivå uppnådd", "status"),
        ("Målvärdet uppfyllt?", "status"),
        ("Långsiktig trend", "trend"),
        ("Rapporteringsfrekvens", "leave"),
    ],
)
def test_a_noun_with_what_describes_it_says_the_role(text: str, role: str) -> None:
    reading = header(text)
    assert role in reading.roles and reading.whole and not reading.guessed


@pytest.mark.parametrize(
    "text",
    [
        "Nivå som eleverna klarade",
        "Resultat 64 procent av dem",
        "Värde två",
        "Utfall av budget, personal, lokaler och allt annat i verksamheten",
        "Samverkan",
        "Boendemiljö och trivsel",
        "Andel som når kunskapsmålen",
        "Omslag",
        "Mellanmål",
    ],
)
def test_what_is_no_noun_with_its_describing_words_is_not_understood_so(text: str) -> None:
    assert not header(text).whole or "goal" in header(text).roles


def test_a_year_a_part_of_it_and_a_sex_are_taken_from_the_words_around_the_noun() -> None:
    assert header("Redovisat utfall 2023").year == 2023
    assert (
        header("Halvårsutfall 2023").period is None
    )  # no word of the list: "halvår" alone is none
    assert header("Delårsutfall 2023").period == "delår"
    assert header("Redovisat utfall kvinnor 2022").sex == "K"
    assert header("Aktuellt utfall (%)").unit == "%"
    assert header("Tidigare uppmätt värde").years_before == 1


def test_values_of_others_are_no_results() -> None:
    reading = header("Genomsnittligt utfall 2022")
    assert not reading.roles and reading.area == "Genomsnittligt utfall 2022"
    assert not header("Riksresultat 2022").roles


def test_only_cells_of_headers_are_read_so() -> None:
    """A measure may be worded so, and a label of a card: there only words of the lists count."""
    assert not WORDS.read("Ekonomiskt resultat").roles
    assert header("Ekonomiskt resultat").roles == {"result"}


@pytest.mark.parametrize("words", range(3, 9))
def test_more_than_six_words_are_a_sentence(words: int) -> None:
    text = " ".join([*["aktuellt"] * (words - 1), "utfall"])
    assert header(text).whole == (words <= 6)


@pytest.mark.parametrize("words", range(1, 7))
def test_a_preposition_leads_to_four_words_at_most(words: int) -> None:
    text = " ".join(["kommentar", "till", *["allas"] * words])
    assert header(text).whole == (words <= 4)


def test_the_first_part_of_a_compound_has_two_letters_or_more() -> None:
    assert not header("Xutfall").whole
    assert header("Enutfall").whole


@pytest.mark.parametrize(
    "text",
    [
        "Önskad förändring",
        "Planerad ökning 2024",
        "Eftersträvad minskning (%)",
    ],
)
def test_a_wanted_change_is_a_target(text: str) -> None:
    assert header(text).roles == {"target"} and header(text).whole


@pytest.mark.parametrize("text", ["Förändring", "Årlig förändring", "Budgeterad avvikelse"])
def test_a_change_that_nobody_wants_is_none(text: str) -> None:
    assert "target" not in header(text).roles


@pytest.mark.parametrize(
    "text", ["Uppnådd grad", "Uppfylld grad 2024", "Hittills uppnådd grad (%)"]
)
def test_a_reached_degree_is_one_of_fulfilment(text: str) -> None:
    assert header(text).roles == {"fulfilment", "status"}


@pytest.mark.parametrize("text", ["Grad", "Sysselsättningsgrad", "Aktuell grad"])
def test_other_degrees_are_none_of_fulfilment(text: str) -> None:
    assert "fulfilment" not in header(text).roles


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Att nå", None),
        ("Att uppnå 2025", 2025),
        ("Ska nås", None),
        ("Dit vi vill nå", None),
        ("Bör vara 2026", 2026),
        ("Så ska det bli", None),
        ("Hit ska vi", None),
        ("Att nå (%)", None),
    ],
)
def test_a_wish_without_a_noun_is_a_target_or_goal(text: str, year: int | None) -> None:
    assert {"target"} <= header(text).roles <= {"goal", "target"}
    assert (header(text).whole, header(text).year) == (True, year)


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Värde att nå", {"target"}),
        ("Nivå som ska nås 2026", {"target"}),
        ("Resultat vi vill ha", {"target"}),
        ("Mål att nå", {"goal", "target"}),
        ("Värde som bedöms nås", {"forecast"}),
        ("Bedöms bli", {"forecast"}),
        ("Väntas landa på", {"forecast"}),
        ("Kommer att nås", {"forecast", "status"}),
    ],
)
def test_a_wish_or_what_is_expected_makes_another_thing_of_a_value(
    text: str, roles: set[str]
) -> None:
    assert header(text).roles == roles


@pytest.mark.parametrize(
    "text",
    [
        "Att göra",
        "Att bli",
        "Ska vara klart",
        "Bör bli bättre",
        "Inte nå",
        "Att komma ihåg",
        "Vi vill",
        "Nå",
        "Att nå ut",
        "Alla ska nå kunskapsmålen",
    ],
)
def test_other_phrases_with_such_verbs_are_no_headers(text: str) -> None:
    assert not header(text).whole


@pytest.mark.parametrize(
    ("text", "may_be"),
    [
        ("Bedömning 2024", True),
        ("Helårsbedömning", True),
        ("Nämndens bedömning", True),
        ("Årsbedömning utfall", True),
        ("Riskbedömning", False),
        ("Målbedömning", False),
        ("Bedömning av måluppfyllelse", False),
        ("Samlad bedömning", False),
    ],
)
def test_an_assessment_may_be_a_forecast_or_a_status(text: str, may_be: bool) -> None:
    reading = header(text)
    assert "status" in reading.roles and ("forecast" in reading.roles) == may_be


@pytest.mark.parametrize(
    "text",
    [
        "Sju liknande kommuner",
        "Övriga landet 2022",
        "Länets kommuner",
        "Kommuner i Jönköpings län",
        "Jönköpings län",
        "Jämförelsegruppen",
        "Resultat för andra kommuner",
        "Liknande kommuners medelvärde",
    ],
)
def test_others_than_the_report_s_own_organisation_are_an_area(text: str) -> None:
    reading = header(text)
    assert reading.whole and reading.area and reading.roles <= {"result"}


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Kommunens resultat", "result"),
        ("Kommunernas indikatorer", "measure"),
        ("Antal kommuner", None),
        ("Andel kommuner", None),
        ("Elevers resultat", None),
    ],
)
def test_a_word_for_others_is_no_area_wherever_it_stands(text: str, role: str | None) -> None:
    reading = header(text)
    assert reading.area is None and reading.whole == (role is not None)
    assert role is None or reading.roles == {role}


@pytest.mark.parametrize("text", ["M(cid:1851)ått", "Utfa(cid:7)ll 2023", "M�ått"])
def test_a_character_that_no_font_names_hides_no_header(text: str) -> None:
    assert WORDS.read(text).whole and WORDS.read(text).text == text
    assert not WORDS.read("M(cid:1851)t").whole


@pytest.mark.parametrize(
    "text",
    [
        "Hör till målet",
        "Bidrar till nämndens mål",
        "Kopplas till fullmäktiges inriktningsmål",
        "Stödjer målet",
        "Vilket mål",
        "Tillhör mål",
    ],
)
def test_the_goal_to_which_a_row_belongs_is_one(text: str) -> None:
    assert "goal" in header(text).roles


@pytest.mark.parametrize(
    "text",
    ["Hör till nämnden", "Bidrar till målvärdet", "Hör av sig", "Når målet", "Ingår i 3 mål"],
)
def test_other_words_behind_such_a_verb_make_no_goal(text: str) -> None:
    assert "goal" not in header(text).roles


@pytest.mark.parametrize("text", ["Vad målet gäller", "Det indikatorn visar", "Vad måttet mäter"])
def test_what_a_row_is_about_is_its_name(text: str) -> None:
    assert "measure" in header(text).roles


@pytest.mark.parametrize("text", ["Vad nämnden gäller", "Vad värdet visar", "Vad gäller"])
def test_what_others_are_about_is_no_name(text: str) -> None:
    assert "measure" not in header(text).roles


@pytest.mark.parametrize(
    "text",
    ["Nivå enligt budget", "Värde enligt plan", "Nivå i verksamhetsplanen", "Värde i budget 2024"],
)
def test_a_value_by_a_plan_is_a_target(text: str) -> None:
    assert header(text).roles == {"target"}


@pytest.mark.parametrize(
    "text", ["Utfall mot budget", "Nivå enligt enkäten", "Resultat i förhållande till budget"]
)
def test_a_value_beside_a_plan_is_a_result(text: str) -> None:
    assert header(text).roles == {"result"}
