"""What single sentences state. All sentences are made up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styrmatt.normalize.outcomes.sentence.sentence_facts import SentenceFacts
from styrmatt.normalize.outcomes.sentence.statement import SentenceReader
from styrmatt.swedish.rules.spans import narrative_pipeline

YEAR = 2022


def tell(text: str) -> SentenceFacts:
    """What the one sentence tells."""
    sv = narrative_pipeline("sv")
    assert sv.patterns is not None
    (sentences,) = sv.read([text])
    assert len(sentences) == 1
    return SentenceReader(sv.patterns, YEAR).read(sentences[0])


def results(text: str) -> list[tuple[float | None, str | None, str]]:
    return [(r.value, r.unit, r.sex) for s in tell(text).statements for r in s.results]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Andelen var 41,5 procent.", [(41.5, "percent", "T")]),
        ("Andelen uppgick till 41 %.", [(41.0, "percent", "T")]),
        ("Under året gjordes 1 204 hembesök.", [(1204.0, "count", "T")]),
        ("Åtta workshoppar har hållits.", [(8.0, "count", "T")]),
        ("Trettiotvå procent av skolorna deltog.", [(32.0, "percent", "T")]),
        ("Totalt lades drygt 14 mnkr på underhåll.", [(14.0, "mnkr", "T")]),
        ("Väntetiden var i snitt 19 dagar.", [(19.0, "days", "T")]),
        ("Det skrevs 312 recept per tusen invånare.", [(312.0, "per_1000", "T")]),
        ("7 av 14 kommuner har svarat.", [(7.0, "count", "T")]),
        ("Resultatet blev -1,3 procent.", [(-1.3, "percent", "T")]),
    ],
)
def test_figures_are_read_in_every_form(text: str, wanted: list[tuple[float, str, str]]) -> None:
    assert results(text) == wanted


@pytest.mark.parametrize(
    ("text", "women", "men"),
    [
        ("Andelen var 51 procent för kvinnor och 48 procent för män.", 51, 48),
        ("Andelen var 48 procent för män och 51 procent för kvinnor.", 51, 48),
        ("För kvinnor var andelen 51 procent och för män 48 procent.", 51, 48),
        ("Kvinnorna hade 51 procent medan männen hade 48 procent.", 51, 48),
        ("Andelen var 51 respektive 48 procent för kvinnor och män.", 51, 48),
        ("Bland pojkar var andelen 48 procent, bland flickor 51 procent.", 51, 48),
        ("Av kvinnorna svarade 51 procent ja, medan 48 procent av männen gjorde det.", 51, 48),
        ("Fördelningen kvinnor/män var 51/48 procent.", 51, 48),
        ("Kursen samlade 90 personer, varav 51 procent kvinnor och 48 procent män.", 51, 48),
        ("Andelen var 51 procent för både kvinnor och män.", 51, 51),
        ("Andelen var 51 procent, jämnt fördelad mellan könen.", 51, 51),
        ("Andelen var 51 procent för såväl män som kvinnor.", 51, 51),
    ],
)
def test_each_sex_gets_its_own_figure(text: str, women: float, men: float) -> None:
    found = {sex: value for value, unit, sex in results(text) if unit == "percent"}
    assert found == {"K": women, "M": men}


@pytest.mark.parametrize(
    "text",
    [
        "Andelen kvinnor och män som fått svar var 61 procent.",
        "Andelen var 61 procent för båda könen sammantaget.",
        "Andelen var 61 procent, något fler kvinnor än män.",
    ],
)
def test_a_total_is_never_copied_to_women_and_men(text: str) -> None:
    assert results(text) == [(61.0, "percent", "T")]


@pytest.mark.parametrize(
    ("text", "value", "previous", "previous_year"),
    [
        ("Andelen steg från 40 procent till 52 procent.", 52, 40, None),
        ("Andelen har sjunkit från 40,2 procent 2020 till 31,7 procent 2022.", 31.7, 40.2, 2020),
        ("Antalet var 71 under 2021 och ökade till 83 under 2022.", 83, 71, 2021),
        ("Andelen var 52 procent, jämfört med 40 procent 2021.", 52, 40, 2021),
        ("Andelen var 52 procent, att jämföra med 40 procent året innan.", 52, 40, 2021),
        ("Det gjordes 83 besök, motsvarande siffra för 2021 var 71.", 83, 71, 2021),
        ("Andelen blev 52 procent (40 procent 2021).", 52, None, None),
        ("Antalet ökade från tre till fem.", 5, 3, None),
        ("Det var 20 procent mot 25 procent föregående år.", 20, 25, 2021),
        ("Andelen var 52 procent jämfört med 40 procent 2021 och 38 procent 2020.", 52, 40, 2021),
    ],
)
def test_the_earlier_result_is_told_from_the_result(
    text: str, value: float, previous: float | None, previous_year: int | None
) -> None:
    (statement,) = tell(text).statements if previous is not None else tell(text).statements[:1]
    result = statement.results[0]
    if previous is None:  # a bracket without a word of comparison: no claim either way
        assert result.value == value
        return
    got = (result.value, result.previous_value, result.previous_year)
    assert got == (value, previous, previous_year)


@pytest.mark.parametrize(
    "text",
    [
        "Målet för året är att 70 procent ska få svar i tid.",
        "Målnivån om 70 procent är oförändrad.",
        "Det regionala målet är 70 procent.",
        "Till nästa år ska andelen vara minst 70 procent.",
        "Mötet hölls den 14 maj 2022.",
        "Gruppen omfattar personer som är 75 år eller äldre.",
        "Svar ska ges inom 30 dagar.",
        "Strategin bygger på Agenda 2030 och SOU 2020:78.",
        "Alla elever i årskurs 6 erbjuds samtal.",
        "Bredband om minst 100 Mbit/s byggs ut.",
        "Läs mer på 1177.se.",
        "Av dessa har 380 svarat.",
    ],
)
def test_what_is_no_result_gives_none(text: str) -> None:
    assert results(text) == []


@pytest.mark.parametrize(
    ("text", "change", "amount"),
    [
        ("Antalet ökade med 12 procent.", "increased", 12),
        ("Det är en minskning med 1,5 procentenheter jämfört med året innan.", "decreased", 1.5),
        ("Andelen är fyra procentenheter högre än föregående år.", "increased", 4),
        ("Andelen var 34 procent, vilket är oförändrat jämfört med 2021.", "unchanged", None),
        ("Sjukfrånvaron var 5,1 procent, en uppgång med 0,4 procentenheter.", "increased", 0.4),
    ],
)
def test_changes_are_told_with_their_amount(text: str, change: str, amount: float | None) -> None:
    told = tell(text)
    assert (told.change, told.change_amount) == (change, amount)
    assert amount is None or amount not in {r.value for s in told.statements for r in s.results}


def test_a_change_may_differ_between_the_sexes() -> None:
    told = tell("Antalet ökade med 8 procent bland kvinnor medan det minskade något bland män.")
    assert told.change_by_sex == {"K": "increased", "M": "decreased"}


def test_what_is_aimed_at_is_no_change() -> None:
    assert tell("Målet om minskad övertid har varit i fokus.").change is None


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("Målet är uppnått.", {"": "met"}),
        ("Målet har inte uppnåtts.", {"": "not_met"}),
        ("Måttet nås inte.", {"": "not_met"}),
        ("Målet uppnås delvis.", {"": "partly_met"}),
        ("Målet nås för män men inte för kvinnor.", {"M": "met", "K": "not_met"}),
        ("För kvinnor är målet uppnått, för män inte.", {"K": "met", "M": "not_met"}),
        ("Arbetet med att nå målet fortsätter.", {}),
        ("Den samlade bedömningen är att målet är uppnått.", {}),
        ("Regionen har uppnått en överenskommelse.", {}),
        ("Målet nås under första kvartalet men inte under andra.", {}),
        ("Målet nås för förskolan men inte för grundskolan.", {}),
        ("Prognosen är att målet nås.", {}),
        ("Nämnden bedömer att målet nås.", {}),
    ],
)
def test_statuses_are_read_from_words(text: str, statuses: dict[str, str]) -> None:
    assert tell(text).statuses == statuses


def test_a_status_of_all_measures_is_told_apart() -> None:
    assert tell("Samtliga mått har uppfyllts under året.").is_about_all_measures
    assert not tell("Måttet har uppfyllts under året.").is_about_all_measures


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("I riket var andelen 50 procent.", "national"),
        ("Andelen är högst i Strandby och uppgår där till 86 procent.", "extremes"),
        ("Under första halvåret var andelen 44 procent.", "period"),
        ("April månad hade en frånvaro på 9,6 procent.", "period"),
    ],
)
def test_figures_of_others_are_flagged(text: str, flag: str) -> None:
    flags = {f.kind for s in tell(text).statements for r in s.results for f in r.flags}
    assert flag in flags


@given(
    women=st.integers(0, 999).map(lambda n: n / 10),
    men=st.integers(0, 999).map(lambda n: n / 10),
    form=st.sampled_from(
        [
            "Andelen var {K} procent för kvinnor och {M} procent för män.",
            "Andelen var {M} procent för män och {K} procent för kvinnor.",
            "Andelen uppgick till {K} procent bland flickor och {M} procent bland pojkar.",
            "Av kvinnorna var {K} procent nöjda och av männen {M} procent.",
        ]
    ),
)
def test_the_order_of_the_sexes_changes_nothing(women: float, men: float, form: str) -> None:
    printed = {k: f"{v:.1f}".replace(".", ",") for k, v in (("K", women), ("M", men))}
    assert {(s, v) for v, _, s in results(form.format(**printed))} == {("K", women), ("M", men)}


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    sv = narrative_pipeline("sv")
    assert sv.patterns is not None
    reader = SentenceReader(sv.patterns, YEAR)
    for sentences in sv.read([text]):
        for sentence in sentences:
            reader.read(sentence)


def test_a_row_of_figures_without_words_does_not_double_its_words_with_each() -> None:
    """Cells of a table that were read as a sentence: 2 to the 60th letters would end no run."""
    sv = narrative_pipeline("sv")
    assert sv.patterns is not None
    text = "Nöjda elever " + " ".join(f"{n} %" for n in range(20, 80)) + "."
    sentences = next(sv.read([text]))
    statements = SentenceReader(sv.patterns, YEAR).read(sentences[0]).statements
    assert len(statements) > 1
    assert sum(len(one.words) for one in statements) < len(statements) * 2 * len(text)


# --- how far words reach in a sentence


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # a target that is described at length is one ...
        ("Målet för samtliga vårdcentraler och sjukhus i länet är sedan flera år 70 procent.", []),
        # ... and a result is none for a target that was mentioned in passing before
        (
            "Arbetet med målet har under året omfattat utbildningar för chefer och medarbetare på"
            " alla vårdcentraler i länet och andelen nöjda var 64 procent.",
            [(64.0, "percent", "T")],
        ),
        # what is compared with may open the sentence; the result stands in its main clause
        (
            "Jämfört med året innan, då mätningen var ny, var andelen 52 procent.",
            [(52.0, "percent", "T")],
        ),
        # the sex behind what is counted is that of the figure ...
        (
            "Det gjordes 51 besök på länets vårdcentraler av kvinnor och 48 besök på länets"
            " vårdcentraler av män.",
            [(51.0, "count", "K"), (48.0, "count", "M")],
        ),
        # ... and one that is named much later is of something else
        (
            "Totalt deltog 510 personer i utbildningarna som hölls på flera orter i länet under"
            " rubriken Kvinnor leder.",
            [(510.0, "count", "T")],
        ),
    ],
)
def test_words_reach_as_far_as_they_apply(text: str, wanted: list[tuple[float, str, str]]) -> None:
    assert results(text) == wanted


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Under 2021 kördes 93 procent av kilometrarna fossilfritt.", 2021),
        ("Efter upphandlingen 2020 körs 93 procent av kilometrarna fossilfritt.", None),
    ],
)
def test_only_a_year_that_opens_the_sentence_dates_what_follows(
    text: str, year: int | None
) -> None:
    ((result,),) = [statement.results for statement in tell(text).statements]
    assert (result.value, result.year) == (93.0, year)


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("Målet om en kraftig minskning av övertiden har varit i fokus.", None),
        ("Trots målsättningen har antalet besök på vårdcentralerna minskat.", "decreased"),
        ("Antalet besök har inte ökat.", None),
        ("Alla deltog inte men antalet besök ökade.", "increased"),
    ],
)
def test_targets_and_negations_apply_to_the_change_beside_them(
    text: str, change: str | None
) -> None:
    assert tell(text).change == change


def test_by_how_much_may_stand_far_ahead_of_what_it_is_compared_with() -> None:
    told = tell("Andelen är fyra procentenheter bättre bland länets vårdcentraler än i fjol.")
    assert not told.statements


@pytest.mark.parametrize(
    ("when", "year"),
    [
        ("Läsåret 2021/22", 2022),
        ("Läsåret 2020/2021", 2021),
        ("Enligt beslut KS 2023/208", None),
        ("Enligt beslut KS 2023/1208", None),
        ("Enligt beslut 2021/3", None),
        ("Den 2022-12-31", None),
        ("Åren 2020–2022", None),
        ("År 2021", 2021),
    ],
)
def test_a_school_year_is_its_last_and_the_number_of_a_file_is_none(
    when: str, year: int | None
) -> None:
    assert [
        r.year for s in tell(f"{when} var andelen 41 procent.").statements for r in s.results
    ] == [year]


@given(st.from_regex(r"(19|20)[0-9]{2}[/–-][0-9]{1,4}([/,-][0-9]{1,4})?", fullmatch=True))
def test_no_form_of_a_year_stops_the_reading(when: str) -> None:
    tell(f"Under {when} var andelen 41 procent.")
