"""Which measure a sentence is about where it is close: each case has one clearly right answer.

The cases hold the weights and reaches of the outcomes room: each is decided the other way where a
constant is much higher or lower. All sentences are made up.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from test_outcomes import BUSES, VISITS, read, rows, values

from styrmatt.records import Extract

Measure = tuple[str, str, str]
MUSEUM = ("Antal besök på länsmuseet", "T", "Öka")


def share(name: str) -> Measure:
    return name, "T", "80 %"


def count(name: str) -> Measure:
    return name, "T", "Öka"


@dataclass(frozen=True)
class Case:
    """A text in the section of some measures; others stand under another success factor."""

    name: str
    text: str
    states: dict[int, float]
    """The value of each measure, by its number; those elsewhere are counted on."""
    measures: tuple[Measure, ...]
    elsewhere: tuple[Measure, ...] = ()


NIGHT = share(
    "Andel medarbetare i vården med utbildning i bemötande, hygien, dokumentation och ledarskap på"
    " natten"
)
DAY = share(
    "Andel medarbetare i vården med utbildning i bemötande, hygien, dokumentation och säkerhet på"
    " dagen"
)

CASES = (
    Case(
        "two of five words are not enough elsewhere",
        "Antalet besökare på bibliotek var 4300.",
        {},
        (BUSES,),
        (count("Antal besökare på bibliotek, museer, teatrar och konserthallar"),),
    ),
    Case(
        "one of the two words in which measures differ is enough, in the other's section, too",
        "Andelen medarbetare i vården med utbildning i bemötande, hygien, dokumentation och"
        " ledarskap var 44 procent.",
        {1: 44},
        (DAY,),
        (NIGHT,),
    ),
    Case(
        "one of four things that patients have got is not what is measured",
        "Andelen patienter som fått vårdplan var 61 procent.",
        {},
        (share("Andel patienter som fått återbesök, rehabilitering, medicingenomgång, vårdplan"),),
    ),
    Case(
        "a remark in brackets need not be said",
        "Andelen elever i simskola var 61 procent.",
        {1: 61},
        (BUSES,),
        (
            share(
                "Andel elever i simskola (rapporterat av skolornas rektorer, idrottslärare och"
                " badhus)"
            ),
        ),
    ),
    Case(
        "circumstances may be told",
        "Trots snöfall, vägarbeten och förarbrist var andelen bussturer i rätt tid 86 procent.",
        {0: 86},
        (BUSES,),
    ),
    Case(
        "one word in common with a neighbouring statistic is not enough",
        "Andelen nöjda besökare på badhuset och i ishallen var 66 procent.",
        {},
        (share("Andel nöjda resenärer"),),
    ),
    Case(
        "what is said of those who are counted names a measure with a long name",
        "Totalt 64 procent har fått hembesök av distriktssköterskor.",
        {0: 64},
        (share("Andel vuxna medborgare i kommunerna med goda levnadsvillkor, som fått hembesök"),),
    ),
    Case(
        "a sentence of one word leans on the one before",
        "Läkemedelsgenomgångar görs vid utskrivning. Patienternas andel var 64 procent.",
        {0: 64},
        (share("Andel patienter som fått läkemedelsgenomgång"),),
    ),
    Case(
        "a sentence with a subject and a verb of its own does not",
        "Fler patienter inom psykiatrin har fått läkemedelsgenomgång. Patienter inom psykiatrin"
        " röker till 34 procent.",
        {},
        (share("Andel patienter inom psykiatrin som fått läkemedelsgenomgång"),),
    ),
    Case(
        "the sentence before the last may name the measure",
        "Andelen bussturer i rätt tid mäts varje dag. Mätningen görs av förarna. Resultatet för"
        " året var 86 procent.",
        {0: 86},
        (BUSES, VISITS),
    ),
    Case(
        "one that was named long before is forgotten",
        "Andelen bussturer i rätt tid mäts varje dag. Mätningen görs av förarna. Personalen har"
        " fått nya kläder. Fler har sökt jobb. Resultatet för året var 86 procent.",
        {},
        (BUSES, VISITS),
    ),
    Case(
        "the share of other people is not the measure's",
        "Av de inbjudna föreläsarna har 40 procent varit trygga med hemtjänsten.",
        {},
        (share("Andel brukare som är trygga med hemtjänsten"),),
    ),
    Case(
        "the share of its own people is",
        "Av brukarna är 40 procent trygga med hemtjänsten.",
        {0: 40},
        (share("Andel brukare som är trygga med hemtjänsten"),),
    ),
    Case(
        "a word that means the same is as good",
        "Antalet besök på vårdcentraler var 4100.",
        {0: 4100},
        (count("Antal besök på hälsocentraler"),),
    ),
    Case(
        "what is counted may stand behind a long adjective",
        "Under året startade regionen 14 länsövergripande forskningsprojekt.",
        {0: 14},
        (count("Antal forskningsprojekt"),),
    ),
    Case(
        "people who were invited are no patients",
        "Bland de inbjudna har 40 procent fått läkemedelsgenomgång.",
        {},
        (share("Andel patienter som fått läkemedelsgenomgång"), BUSES),
    ),
    Case(
        "one common word is not enough elsewhere, though it is the whole name",
        "Det hölls 14 utbildningar i livräddning.",
        {},
        (BUSES,),
        (count("Antal utbildningar"),),
    ),
    Case(
        "of two measures alike that of the section is meant",
        "Andelen nöjda elever var 71 procent.",
        {0: 71},
        (share("Andel nöjda elever (enligt enkät)"), BUSES),
        (share("Andel nöjda elever (enligt Kolada)"),),
    ),
    Case(
        "the sentence before lends a hint, not its words",
        "Busstrafiken har byggts ut. Andelen nöjda besökare på badhuset var 66 procent.",
        {},
        (share("Andel nöjda resenärer i busstrafiken"),),
    ),
    Case(
        "of two results the one in fewer of the measure's words is of something else",
        "Andelen nöjda elever i gymnasiet var 71 procent. Andelen nöjda elever på landsbygden var"
        " 52 procent.",
        {0: 71},
        (share("Andel nöjda elever i gymnasiet"),),
    ),
    Case(
        "of two measures alike the one that is known to have the unit is meant",
        "Väntetiden till operation var 42 dagar.",
        {1: 42},
        (
            ("Väntetider till operation", "T", "Minska"),
            ("Väntetid till operation", "T", "30 dagar"),
        ),
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_sentence_is_about_the_measure_that_it_means(case: Case) -> None:
    first = len(case.measures) + 1
    below = [*rows(*case.measures), *rows(*case.elsewhere, factor="Levande kultur", first=first)]
    names = [name for name, _, _ in (*case.measures, *case.elsewhere)]
    got = read(below, case.text)
    assert {names.index(name): value for name, _, value in values(got)} == case.states


def stated(got: Extract) -> tuple[float | None, str | None, str | None]:
    (only,) = got.outcomes
    return only.value, only.change, only.status_stated


@pytest.mark.parametrize(
    ("between", "status"),
    [
        ("Vintern var hård. Många bussar stod stilla.", "not_met"),
        ("Vintern var hård. Många bussar stod stilla. Länsmuseet hade öppet.", None),
    ],
)
def test_a_status_is_of_the_result_shortly_before(between: str, status: str | None) -> None:
    text = f"Andelen bussturer i rätt tid var 87 procent. {between} Målet nåddes inte."
    assert stated(read(rows(BUSES, VISITS), text)) == (87.0, None, status)


@pytest.mark.parametrize(
    ("between", "change"),
    [
        ("Vintern var hård.", "decreased"),
        ("Vintern var hård. Många satt hemma.", None),
    ],
)
def test_what_refers_back_adds_to_the_result_shortly_before(
    between: str, change: str | None
) -> None:
    text = (
        f"Andelen bussturer i rätt tid var 87 procent. {between} Det är en minskning med tre"
        " procentenheter."
    )
    assert stated(read(rows(BUSES, MUSEUM), text)) == (87.0, change, None)


def test_a_change_without_a_figure_is_of_the_measure_that_is_named_in_full() -> None:
    got = read(rows(BUSES, MUSEUM), "Antalet besök på länsmuseet har minskat.")
    assert stated(got) == (None, "decreased", None)
    got = read(rows(BUSES, MUSEUM), "Besöken på sjukhusets mottagningar har minskat.")
    assert not got.outcomes


@pytest.mark.parametrize(("total", "is_possible"), [("61,4", True), ("64", False)])
def test_a_total_lies_between_women_and_men_but_for_rounding(total: str, is_possible: bool) -> None:
    measure = ("Andel nöjda elever", "TKM", "80 %")
    got = read(
        rows(measure),
        "Andelen nöjda elever var 60 procent för kvinnor och 61 procent för män.",
        f"Andelen nöjda elever var {total} procent.",
    )
    assert ("T" in {sex for _, sex, _ in values(got)}) == is_possible
