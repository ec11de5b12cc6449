"""Constructions in which results are stated, each with what looks alike and states none."""

from __future__ import annotations

import pytest
from passage_scores import Passage, read

from styrmatt.normalize.outcomes.names.particle_verbs import (
    joined_participle,
    verb_of,
    with_particles,
)

PARTICLES = frozenset(("ut", "in", "upp"))


def values(measure: str, target: str, text: str) -> list[float]:
    """The results of the year that are read of one measure in a text."""
    entry = {"measures": [f"{measure} | T | {target}"], "text": text}
    outcomes = read(Passage.of("made", "kind", entry)).outcomes
    return [o.value for o in outcomes if o.value is not None and o.outcome_year in (None, 2023)]


TRAVELLERS = ("Resenärer som är nöjda", "75 %")
SAFE = ("Trygga i biblioteket", "92 %")
HELMETS = ("Antal utdelade hjälmar", "500")
COUNCIL = ("Antal äldre i seniorrådet", "20")
PLACES = ("Antal platser på fritidsgården", "90")
LOANS = ("Antal lån per elev", "6")
CARS = ("Andel fossilfria bilar", "80 %")
WASTE = ("Insamlat glas (ton)", "60")
CAMPS = ("Antal vinterlovsaktiviteter", "30")
RATED = ("Andel gäster som rekommenderar badet", "90 %")
ABSENCE = ("Frånvaro", "6 %")


@pytest.mark.parametrize(
    ("measure", "text", "stated"),
    [
        (TRAVELLERS, "I år är 79 procent av resenärerna nöjda, och flest är nöjda i norr.", [79]),
        (TRAVELLERS, "I år kom 79 procent av resenärerna från länet.", []),
        (SAFE, "Besökarna svarar att 94 procent av barnen är trygga i biblioteket.", [94]),
        (SAFE, "I grannkommunen är 94 procent trygga i biblioteket.", []),
        (HELMETS, "På trafikdagen delade vi ut 430 hjälmar.", [430]),
        (HELMETS, "Butiken har sålt 430 par skor.", []),
        (COUNCIL, "Seniorrådet har 17 ledamöter från fem kommuner och grannkommuner.", [17]),
        (COUNCIL, "Kommunfullmäktige har 51 ledamöter.", []),
        (("Antal möten i seniorrådet", "8"), "Seniorrådet har 17 ledamöter.", []),
        (PLACES, "Fritidsgården har plats för 84 ungdomar.", [84]),
        (PLACES, "Fritidsgården hade 84 ungdomar i kö.", []),
        (LOANS, "Varje elev lånade 5,7 böcker på biblioteken.", [5.7]),
        (LOANS, "Varje klass lånade 57 böcker på biblioteken.", []),
        (CARS, "För 2021, 2022 och 2023 är andelen fossilfria bilar 50, 60 och 68 procent.", [68]),
        (WASTE, "Under året samlades 54 ton glas in.", [54]),
        (WASTE, "En container rymmer 54 ton.", []),
        (CAMPS, "Under vinterlovet ordnades 28 aktiviteter.", [28]),
        (("Antal aktiviteter", "90"), "Under vinterlovet ordnades 28 aktiviteter.", []),
        (ABSENCE, "Frånvaron är 6,2 procent.", [6.2]),
        (ABSENCE, "Av frånvaron är 40 procent längre än två veckor.", []),
        (ABSENCE, "Forskningen visar att frånvaron är 6,2 procent.", []),
        (RATED, "Frågan om man skulle rekommendera badet besvarades med ja av 88 procent.", [88]),
        (RATED, "Fler ska rekommendera badet, minst 88 procent.", []),
        (("Nöjd-Kund-Index (NKI)", "75"), "Ett NKI över 70 räknas som högt.", []),
        (("Nöjd-Kund-Index (NKI)", "75"), "Årets NKI landade på 70.", [70]),
        (
            ("Väntetid till plats (dagar)", "90"),
            "Väntande barn får plats efter i snitt 82 dagar.",
            [82],
        ),
        (("Väntetid till plats (dagar)", "90"), "Väntetiden till plats mäts efter 82 dagar.", []),
        (
            ("Andel anbud med miljökrav", "50 %"),
            "Miljökrav ställdes i 44 procent av anbuden.",
            [44],
        ),
        (
            ("Andel anbud med miljökrav", "50 %"),
            "Miljökrav ska ställas i 44 procent av anbuden.",
            [],
        ),
    ],
)
def test_what_is_stated_and_what_only_looks_like_it(
    measure: tuple[str, str], text: str, stated: list[float]
) -> None:
    assert values(*measure, text) == stated


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("delade vi ut kort", "utdela vi kort"),
        ("samlades 49 kilo glas in", "insamla 49 kilo glas"),
        ("samlades under hela den långa hösten in", "samlades under hela den långa hösten in"),
        ("kortet ut", "kortet ut"),
    ],
)
def test_a_verb_and_its_particle_are_one_word(text: str, joined: str) -> None:
    known = {"utdela", "insamla"}
    found = with_particles(text.split(), PARTICLES, "sv", lambda whole, verb: whole in known)
    assert found == joined.split()


def test_a_particle_goes_with_no_word_that_is_unknown() -> None:
    assert with_particles(["delade", "ut"], PARTICLES, "sv", lambda whole, verb: False) == [
        "delade",
        "ut",
    ]


@pytest.mark.parametrize(
    ("word", "verb"), [("delade", "dela"), ("ställdes", "ställa"), ("kort", "")]
)
def test_the_verb_of_a_word(word: str, verb: str) -> None:
    assert verb_of(word, "sv") == verb


@pytest.mark.parametrize(
    ("form", "joined"),
    [("uppsagd", "uppsäga"), ("ställa+in", "inställa"), ("utland", "utland"), ("ut", "ut")],
)
def test_participles_are_of_their_verbs(form: str, joined: str) -> None:
    assert joined_participle(form, PARTICLES, "sv") == joined
