"""What the narrative says of each goal: sentences made up, and the shared truth."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shared_reports import each_year, extract_of_text

from styrmatt.layout_files import load_layouts
from styrmatt.normalize.normalize import normalize
from styrmatt.printed import (
    Cell,
    ExtractedReport,
    Location,
    Marker,
    OverviewGoal,
    Section,
    SourceFile,
)
from styrmatt.records import Extract
from styrmatt.swedish.sentences import RuleSplitter
from styrmatt.swedish.statements import StatementReader
from styrmatt.vocabulary import load_vocabulary
from styrmatt.whitespace import squeeze

SHARED = Path(__file__).parent.parent.parent / "shared"
VOCABULARY = load_vocabulary("sv")
READER = StatementReader(VOCABULARY.statements)
LAYOUT = next(layout for layout in load_layouts() if layout.name == "styrmatt-med-namnd")

MET = [
    "Den samlade bedömningen är att målet är uppnått.",
    "Den samlade bedömningen av måluppfyllelsen är att målet uppfylls.",
    "Målet bedöms vara uppnått.",
    "Målet bedöms som helhet vara uppnått.",
    "Nämnden bedömer att målet har uppnåtts under året.",
    "Sammantaget är målet helt uppfyllt.",
    "Målet är uppnått.",
    "Målet för året har nåtts.",
    "Målet för 2022 nåddes.",
    "Det strategiska målet är uppfyllt.",
    "Bedömningen är att målet, trots ett svårt år, har uppnåtts.",
    "Måluppfyllelsen bedöms vara god.",
    "Målet bedöms vara uppnått, men insatserna behöver inte minska.",
    "Den samlade bedömningen är att målet är uppfyllt och att arbetet inte ska bedrivas vidare.",
    "Den samlade bedömningen är, då enkäten inte har mätts, att målet är uppnått.",
    "Det strategiska målet bedöms som uppfyllt, även om två styrmått inte nås.",
    "Den samlade bedömningen är att målet har nåtts, vilket inte var väntat.",
]
PARTLY = [
    "Den samlade bedömningen är att målet delvis är uppnått.",
    "Bedömningen är att målet endast delvis är uppfyllt.",
    "Målet uppnås delvis.",
    "Målet uppnås inte helt.",
    "Målet bedöms inte vara fullt ut uppnått.",
    "Sammantaget bedöms målet vara till viss del uppfyllt.",
    "Den samlade bedömningen är att målet är nästan uppnått.",
    "Fyra av sju styrmått nås, varför målet bedöms som delvis uppnått.",
    "Även om arbetet har pågått är bedömningen att detta mål bara delvis är uppfyllt.",
    "Den samlade bedömningen är att målet inte är uppnått utan delvis uppfyllt.",
    "Målet är inte helt och hållet uppnått.",
    "Måluppfyllelse: delvis uppnått.",
    "Den samlade bedömningen är att målet är delvis uppnått, då planerade möten inte har hållits.",
]
NOT = [
    "Den samlade bedömningen är att målet inte är uppfyllt.",
    "Målet bedöms inte vara uppnått.",
    "Målet bedöms som ej uppnått.",
    "Målet har inte kunnat uppnås, enligt nämndens bedömning.",
    "Målet bedöms inte kunna uppnås.",
    "Sammantaget uppnås inte målet.",
    "Målet har inte nåtts.",
    "Bedömningen är att målet, trots stora insatser, inte har uppnåtts.",
    "Målet har inte, trots stora insatser, uppnåtts.",
    "Målet har inte i alla delar och för alla grupper uppnåtts.",
    "Bedömningen är att målet varken är helt eller delvis uppnått.",
    "Sammantaget är måluppfyllelsen låg.",
    "Bedömning: ej uppnått.",
]
NOT_ASSESSED = [
    "Målet har inte kunnat bedömas.",
    "Målet kan ännu inte bedömas.",
    "Det är inte möjligt att göra en bedömning av måluppfyllelsen, då enkäten ställdes in.",
    "Det går inte att bedöma om målet är uppnått.",
    "Ingen bedömning av målet har gjorts.",
    "Någon samlad bedömning av målet har inte kunnat göras.",
    "Måluppfyllelsen har inte varit möjlig att bedöma.",
]
NOTHING = [
    "Fler invånare än tidigare har deltagit.",
    "Målet om 70 procent nås inte.",
    "Målet för deltagande i samtalen nås inte.",
    "Andelen som svarar i tid når inte målet.",
    "Pandemin bedöms inte ha påverkat måluppfyllelsen.",
    "Förklaringen till att det inte uppnås helt är förseningar.",
    "Regionen uppnår därmed målet för första gången.",
    "Målet är att alla ska ha en fast kontakt.",
    "Målet är uppnått Positiv utveckling",
]
OPEN = [
    "Målet bedöms kunna uppnås till årets slut.",
    "Den samlade bedömningen är att målet i huvudsak är uppnått.",
    "Bedömningen är att målet är uppnått för kvinnor men inte för män.",
    "Bedömningen är att målet förväntas nås nästa år.",
    "Bedömningen är att målet är uppnått inom vården och inte inom skolan.",
    "Den samlade bedömningen är att målet är uppnått till 80 procent.",
]


def status_of(sentence: str) -> str | None:
    judgement = READER.judgement(sentence)
    return judgement.status if judgement else None


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (status, sentence)
        for status, sentences in (
            ("met", MET),
            ("partly_met", PARTLY),
            ("not_met", NOT),
            ("not_assessed", NOT_ASSESSED),
        )
        for sentence in sentences
    ],
)
def test_a_sentence_says_how_the_goal_went(status: str, sentence: str) -> None:
    assert status_of(sentence) == status


@pytest.mark.parametrize("sentence", NOTHING)
def test_a_sentence_about_something_else_says_nothing_of_the_goal(sentence: str) -> None:
    assert READER.judgement(sentence) is None


@pytest.mark.parametrize("sentence", OPEN)
def test_a_sentence_that_leaves_it_open_has_no_status(sentence: str) -> None:
    judgement = READER.judgement(sentence)
    assert judgement is not None and judgement.status is None


@given(
    verb=st.sampled_from(VOCABULARY.statements.achieved),
    denial=st.sampled_from(["inte", "ej"]),
    lead=st.sampled_from(["Den samlade bedömningen är att målet", "Sammantaget bedöms målet"]),
)
def test_a_denial_is_never_read_as_met(verb: str, denial: str, lead: str) -> None:
    assert status_of(f"{lead} {verb}.") == "met"
    assert status_of(f"{lead} {denial} {verb}.") == "not_met"
    assert status_of(f"{lead} {denial} helt {verb}.") == "partly_met"
    assert status_of(f"{lead} delvis {verb}.") == "partly_met"


@given(st.text(alphabet="abcåäö MmåletinteuppnåttÅ.,:–-%0123456789", max_size=200))
def test_any_text_is_read_without_an_error(text: str) -> None:
    for sentence, start in RuleSplitter(VOCABULARY.statements.abbreviations).split(text):
        assert text.startswith(sentence, start)
        READER.judgement(sentence)


@given(st.lists(st.sampled_from([*MET, *NOT, *NOTHING]), min_size=1, max_size=6))
def test_sentences_come_back_whole_and_in_order(sentences: list[str]) -> None:
    splitter = RuleSplitter(VOCABULARY.statements.abbreviations)
    found = [sentence.text for sentence in splitter.split(" ".join(sentences))]
    assert squeeze("".join(found)) == squeeze("".join(sentences))


@pytest.mark.parametrize(
    "text",
    [
        "Stöd ges bl.a. till Kulturen i norr.",
        "Det kostar ca. 12 kr.",
        "T.ex. Luleå och Piteå ökar.",
        "Andelen är 1.5 gånger högre.",
    ],
)
def test_an_abbreviation_ends_no_sentence(text: str) -> None:
    (sentence,) = RuleSplitter(VOCABULARY.statements.abbreviations).split(text)
    assert sentence == (text, 0)


def section(
    heading: str, *paragraphs: str, above: Sequence[str] = (), kind: str = "other"
) -> Section:
    lines = tuple(line for paragraph in paragraphs for line in (paragraph, ""))
    place = Location(4, 5)
    pages = tuple(4 + (number > 0) for number in range(len(lines)))
    text = "\n".join(lines)
    return Section(kind, heading, (*above, heading), text, place, pages)  # type: ignore[arg-type]


def report(
    *sections: Section, marker: str | None = None, goals: Sequence[str] = ("God hälsa",)
) -> Extract:
    mark = Marker(marker, "vector", Location(2, 2), "#00b050") if marker else None
    overview = tuple(
        OverviewGoal("Samhälle", Cell(goal, Location(2, 2)), (), mark, Location(2, 2))
        for goal in goals
    )
    printed = ExtractedReport(
        SourceFile("rapport.pdf", "ab" * 32, "pdf", 9, (1, 2, 3)),
        (),
        overview,
        sections,
        (),
        identity={"organisation": "Region Älvdal", "fiscal_year": "2022"},
    )
    return normalize(printed, LAYOUT, {}, "test")


def test_the_sentence_under_a_goals_heading_is_its_assessment() -> None:
    text = "Resorna har blivit färre. Den samlade bedömningen är att målet delvis är uppnått."
    (goal,) = report(section("God hälsa", text)).goals
    assert (goal.assessment, goal.assessment_source) == ("partly_met", "narrative")
    assert goal.assessment_stated == "partly_met" and goal.assessment_marker is None
    assert goal.assessment_text == "Den samlade bedömningen är att målet delvis är uppnått."
    assert goal.assessment_page == 4


def test_a_paragraph_on_the_next_page_has_that_page() -> None:
    sections = section("God hälsa", "Resorna har blivit färre.", "Målet bedöms vara uppnått.")
    assert report(sections).goals[0].assessment_page == 5


def test_without_words_the_mark_is_the_assessment() -> None:
    (goal,) = report(section("God hälsa", "Resorna har blivit färre."), marker="met").goals
    assert (goal.assessment, goal.assessment_source, goal.assessment_text) == (
        "met",
        "marker",
        None,
    )


def test_words_win_over_a_mark_and_the_issue_says_so() -> None:
    got = report(section("God hälsa", "Målet bedöms inte vara uppnått."), marker="met")
    (goal,) = got.goals
    assert (goal.assessment, goal.assessment_marker, goal.assessment_stated) == (
        "not_met",
        "met",
        "not_met",
    )
    (issue,) = [issue for issue in got.issues if issue.kind == "marker_disagreement"]
    assert issue.goal_id == goal.goal_id and issue.page == 4


def test_two_assessments_that_differ_are_none() -> None:
    text = "Målet bedöms vara uppnått. Målet bedöms inte vara uppnått."
    got = report(section("God hälsa", text))
    assert got.goals[0].assessment is None
    assert [i.kind for i in got.issues if i.goal_id].count("assessment_unclear") == 1


def test_an_overall_assessment_wins_over_plain_sentences() -> None:
    text = "Den samlade bedömningen är att målet delvis är uppnått. Målet är inte uppnått."
    assert report(section("God hälsa", text)).goals[0].assessment == "partly_met"


def test_under_a_stray_heading_the_only_goal_of_the_perspective_is_meant() -> None:
    stray = section("En annan rubrik", "Bedömningen är att målet uppnås.", above=("Samhälle",))
    assert report(section("Samhälle", kind="perspective"), stray).goals[0].assessment == "met"


def test_with_two_goals_the_sentence_has_to_name_one() -> None:
    goals = ("God hälsa", "Rent vatten")
    unnamed = section("En annan rubrik", "Bedömningen är att målet uppnås.", above=("Samhälle",))
    named = section("Mer", "Bedömningen är att målet Rent vatten uppnås.", above=("Samhälle",))
    got = report(section("Samhälle", kind="perspective"), unnamed, named, goals=goals)
    assert [goal.assessment for goal in got.goals] == [None, "met"]


def test_a_heading_that_was_taken_for_text_still_heads_its_paragraph() -> None:
    goals = ("God hälsa", "Rent vatten")
    text = (
        "Den samlade bedömningen är att målet är uppnått.",
        "Rent vatten Den samlade bedömningen är att målet inte är uppnått.",
    )
    got = report(section("God hälsa", *text), goals=goals)
    assert [goal.assessment for goal in got.goals] == ["met", "not_met"]


def test_words_of_the_goals_name_say_nothing() -> None:
    name = "Inte delvis utan helt fossilfritt"
    text = f"Den samlade bedömningen är att målet {name} är uppnått."
    assert report(section(name, text), goals=(name,)).goals[0].assessment == "met"


@pytest.mark.skipif(not (SHARED / "truth").exists(), reason="the shared truth is not here")
@each_year()
def test_every_assessment_is_read_from_text_alone(year: str) -> None:
    truth = json.loads((SHARED / "truth" / f"{year}.json").read_text(encoding="utf-8"))
    got = {squeeze(g.goal): g.assessment_stated for g in extract_of_text(year).goals}
    assert {squeeze(goal["name"]): goal["assessment"] for goal in truth["goals"]} == got
