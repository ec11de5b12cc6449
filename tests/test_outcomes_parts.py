"""A measure's words in other parts, the numbers of names, the noun that stands for a measure."""

from __future__ import annotations

import pytest
from passage_scores import Passage, read

from styrmatt.normalize.outcomes.compounds import CompoundReader, Said, respelled
from styrmatt.normalize.outcomes.names.numbered_names import numbered_names
from styrmatt.normalize.outcomes.term_index import TermIndex
from styrmatt.swedish.rules.narrative_patterns import load_patterns

PATTERNS = load_patterns("sv")


def results(measures: list[str], text: str) -> list[float]:
    """The results of the year that are read in a text."""
    outcomes = read(Passage.of("made", "kind", {"measures": measures, "text": text})).outcomes
    return [o.value for o in outcomes if o.value is not None and o.outcome_year in (None, 2023)]


def said(ours: tuple[str, ...], theirs: tuple[str, ...], unit: str = "") -> set[Said]:
    """What terms of a text say together, of the terms of measures."""
    assert PATTERNS is not None
    terms = TermIndex(PATTERNS, (), ())
    terms.add(ours)
    reader = CompoundReader(terms, {"tid": ("minuter",), "dag": ("days",)}, ("tal",), ("tal",))
    reader.add(ours)
    return set(reader.said(theirs, unit))


@pytest.mark.parametrize(
    ("ours", "theirs", "unit", "found"),
    [
        ("skolsköterska", "sköterska skola", "", True),
        ("markanvändning", "mark använda", "", True),
        ("hyresgästnöjdhet", "hyresgäst nöjd", "", True),
        ("restid", "resa", "minuter", True),
        ("restid", "resa", "kronor", False),
        ("restid", "tåg", "minuter", False),
        ("frisktal", "frisk", "", True),
        ("frisktal", "sjuk", "", False),
        ("skolsköterska", "skola lärare", "", False),
    ],
)
def test_a_compound_is_said_by_its_parts(ours: str, theirs: str, unit: str, found: bool) -> None:
    whole = [one for one in said((ours,), tuple(theirs.split()), unit) if one.ours == (ours,)]
    assert bool(whole) is found


@pytest.mark.parametrize(
    ("ours", "theirs", "found"),
    [
        (("behörig", "lärare"), "lärarbehörighet", True),
        (("nöjd", "hyresgäst"), "hyresgästnöjdhet", True),
        (("behörig", "elev"), "lärarbehörighet", False),
        (("dödsfall",), "dödsfallstal", True),
    ],
)
def test_a_compound_says_its_parts(ours: tuple[str, ...], theirs: str, found: bool) -> None:
    assert any(set(one.ours) == set(ours) for one in said(ours, (theirs,))) is found


def test_only_a_measure_that_has_all_parts_gets_its_own_words() -> None:
    parts = [Said(("behörig", "lärare"), ("lärarbehörighet",))]
    terms = ("lärarbehörighet", "skola")
    whole = {"behörig": 1.0, "lärare": 1.0}
    assert respelled(terms, parts, whole) == ("skola", "behörig", "lärare")
    assert respelled(terms, parts, {"behörig": 1.0}) == terms


@pytest.mark.parametrize(
    ("name", "text", "ahead", "of_other"),
    [
        ("Punktlighet på linje 3", "På linje 4 är den 90", "", True),
        ("Punktlighet på linje 3", "På linje 3 är den 90", "", False),
        ("Punktlighet på linje 3", "På linje 2–4 är den 90", "", False),
        ("Punktlighet på linje 3", "är den 90", "På linje 4 är nöjdheten 80 och", True),
        ("Punktlighet på linje 3", "Punktligheten är 90", "", False),
        ("Punktlighet på linje 3", "I årskurs 4 är den 90", "", False),
        ("Andel med svar inom tre månader", "inom 90 dagar fick 80", "", False),
        ("Andel med svar inom tre månader", "inom 30 dagar fick 80", "", True),
        ("Andel med svar inom tre månader", "efter 30 dagar fick 80", "", False),
        ("Syntest vid 4 års ålder", "Vid 18 månaders ålder har 90", "", True),
        ("Syntest vid 4 års ålder", "Vid fyra års ålder har 90", "", False),
        ("Andel behöriga elever", "I årskurs 6 är 90", "", False),
    ],
)
def test_a_number_of_a_name_keeps_other_numbers_away(
    name: str, text: str, ahead: str, of_other: bool
) -> None:
    assert PATTERNS is not None
    finder = numbered_names(PATTERNS)
    assert finder.is_of_other(finder.numbers(name), text, ahead) is of_other


VISITS = "Besökstid på mottagningen (minuter) | T | 20"
STUDENTS = "Andel elever som upplever arbetsro | T | 70 %"
PITCHES = "Antal nya fotbollsplaner | T | 4"


@pytest.mark.parametrize(
    ("measures", "text", "found"),
    [
        ([VISITS, STUDENTS], "Besökstiden blev 22 minuter.", [22.0]),
        ([VISITS, STUDENTS], "Besökstiden hos tandläkaren blev 22 minuter.", []),
        ([VISITS, "Besökstid på akuten (minuter) | T | 30"], "Besökstiden blev 22 minuter.", []),
        ([VISITS], "Besökstiden har kortats sedan vi bytte system och är 22 minuter.", [22.0]),
        ([VISITS], "Besökstiden har kortats med 22 minuter.", []),
        ([STUDENTS], "Måttet hamnade på 66 procent.", [66.0]),
        ([STUDENTS], "Måttet är nytt och följs av 66 procent.", []),
        ([STUDENTS, "Andel nöjda elever | T | 80 %"], "Måttet hamnade på 66 procent.", []),
        ([STUDENTS], "Arbetsron är 66 procent.", [66.0]),
        ([STUDENTS], "Köket byggs om. Utfallet blev 66 procent.", []),
        ([PITCHES], "Fritid anlade 3 nya fotbollsplaner vid Ekby skola i norr.", [3.0]),
        ([PITCHES], "Fritid har påbörjat 3 nya fotbollsplaner vid Ekby skola i norr.", []),
        ([PITCHES], "Fritid klippte 3 fotbollsplaner vid Ekby skola i norr.", []),
    ],
)
def test_a_noun_stands_for_the_one_measure(
    measures: list[str], text: str, found: list[float]
) -> None:
    assert results(measures, text) == found


@pytest.mark.parametrize(
    ("measure", "text", "found"),
    [
        ("Andel elever med egen dator | T | 90 %", "Av elever med egen dator är 81 % nöjda.", []),
        ("Andel elever med egen dator | T | 90 %", "Av eleverna har 81 % egen dator.", [81.0]),
        ("Andel kvinnor i nämnder | T | 50 %", "Av de nya i nämnder är 61 % kvinnor.", []),
        ("Kostnad per plats (tkr) | T | 90", "Avgiften per plats är 81 tkr.", []),
        ("Kostnad per plats (tkr) | T | 90", "Kostnaden per plats är 81 tkr.", [81.0]),
        ("Antal appar | T | 9", "Apparna hade 81 användare.", []),
        ("Svarstid i växeln (dagar) | T | 3", "Svar i växeln gavs i snitt efter 2 dagar.", [2.0]),
        ("Svarstid i växeln (dagar) | T | 3", "Växeln stängs 2 dagar efter jul.", []),
    ],
)
def test_what_is_said_of_others_is_no_result(measure: str, text: str, found: list[float]) -> None:
    assert results([measure], text) == found


def test_the_latest_of_several_earlier_years_is_the_previous_one() -> None:
    text = "Andelen med egen dator gick från 61 procent 2021 via 64 procent 2022 till 70 procent."
    measures = ["Andel elever med egen dator | T | 90 %"]
    (row,) = read(Passage.of("made", "kind", {"measures": measures, "text": text})).outcomes
    assert (row.value, row.previous_value, row.previous_year) == (70.0, 64.0, 2022)
