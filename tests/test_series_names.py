"""Which names of two years mean the same: rewordings, lookalikes, changed definitions."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from styrmatt.normalize.series.abbreviations import abbreviated
from styrmatt.normalize.series.compare_names import NameComparison, compare
from styrmatt.normalize.series.name_vocabulary import load_name_vocabulary
from styrmatt.normalize.series.parse_name import parse_name
from styrmatt.swedish.dictionary import has_dictionary, is_word
from styrmatt.swedish.lemmas import lemma

VOCABULARY = load_name_vocabulary("sv")
OWN = "Region Tallmo"


def compared(one: str, other: str, years: tuple[int, int] = (2022, 2023)) -> NameComparison:
    wordings = [
        parse_name(name, year, OWN, VOCABULARY)
        for name, year in zip((one, other), years, strict=True)
    ]
    return compare(wordings[0], wordings[1], VOCABULARY)


LETTERS = st.text("abdeklnorstäö", min_size=1, max_size=12)


@settings(deadline=None)  # dictionaries are loaded
@given(first=LETTERS, rest=LETTERS, other=LETTERS)
def test_what_is_left_of_a_compound_is_behind_one_of_a_word_s_stems(
    first: str, rest: str, other: str
) -> None:
    for word in (first + rest, other, first):
        stems = {first, *(first.removesuffix(e) for e in VOCABULARY.words.endings)}
        begun = [s for s in stems if word.startswith(s) and (len(s) > 3 or s == first)]
        begun = [stem for stem in begun if len(stem) >= 3]
        left = word[len(max(begun, key=len)) :] if begun else None
        assert VOCABULARY.rest_of_compound(word, first) == left


@settings(deadline=None)  # dictionaries are loaded
@given(one=LETTERS, two=LETTERS, end=st.sampled_from(VOCABULARY.words.endings))
def test_a_word_is_one_with_its_forms_and_order_makes_no_difference(
    one: str, two: str, end: str
) -> None:
    assert VOCABULARY.are_forms_of_one(one, two) == VOCABULARY.are_forms_of_one(two, one)
    if (
        len(one) > 3 and VOCABULARY.are_forms_of_one(one + end, one) is False
    ):  # both stand in the dictionary
        assert VOCABULARY.base(one + end) != VOCABULARY.base(one)
        assert lemma(one + end, "sv") == one + end
        assert lemma(one, "sv") == one


@settings(deadline=None)  # dictionaries are loaded
@given(at=st.integers(0, 9), letter=st.sampled_from("qxzwå"), how=st.integers(0, 3))
def test_one_wrong_letter_anywhere_is_a_misprint(at: int, letter: str, how: int) -> None:
    """Left out, put in, another one, or two that have changed places; of a made-up word."""
    word = "brukarskap"
    assert not is_word(word)
    wrong = (
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
    )[how]
    found = compared(f"Nöjdhet i {word}", f"Nöjdhet i {wrong}")
    assert not has_dictionary() or found.verdict in ("same", "reworded")


REWORDED = [
    ("Bibliotekens låneandel", "Bibliotekens låneandelar"),
    ("Andel nöjda brukare", "Andelen nöjda brukare"),
    ("Antal påbörjade bostäder", "Antalet påbörjade bostäder"),
    ("Andel av eleverna med godkänt betyg", "Andel elever med godkänt betyg"),
    ("Unga deltar i UPR", "Unga deltar i Ungdomspolitiska rådet (UPR)"),
    ("Unga deltar i UPR", "Unga deltar i ungdomspolitiska rådet"),
    ("Möten i LPR", "Möten i länspensionärsrådet"),
    ("Andel brukare med SIP", "Andel brukare med samordnad individuell plan (SIP)"),
    ("Andel brukare med samordnad individuell plan", "Andel brukare med SIP"),
    ("Antal uppföljda RUS-mål", "Antal uppföljda mål i regional utvecklingsstrategi (RUS)"),
    ("Sjukfrånvaro", "Sjukfrånvaro (%)"),
    ("Uppväxling", "Uppväxling (hur många kronor som kommer in för varje krona)"),
    ("Energianvändning", "Energianvändning (kWh)"),
    ("Nöjd medarbetarindex", "Nöjd medarbetarindex (mäts vartannat år)"),
    ("Antal mötesplatser", "Antal mötesplatser (t.ex. öppna förskolor)"),
    ("Antal mötesplatser", "Antal mötesplatser (enligt Kolada)"),
    ("Kostnad per plats", "Kostnad per plats, enligt räkenskapssammandraget"),
    ("Sjukfrånvaro, total", "Total sjukfrånvaro"),
    ("Patienter med telefonkontakt samma dag", "Patienter med kontakt via telefon samma dag"),
    ("Antal ansökningar om bidrag", "Antal bidragsansökningar"),
    ("Samverkan med civilsamhället", "Samverkan med det civila samhället"),
    ("Andel medborgare som upplever trygghet", "Andel invånare som uppger trygghet"),
    ("Ta fram en vattenplan", "Framtagande av vattenplan"),
    ("Ta fram en vattenplan", "Framtagning av en ny vattenplan"),
    ("En kulturvecka genomförs årligen", "En kulturvecka genomförs en gång per år"),
    ("Andel pass till 500 Mbit/s", "Andel pass till 500Mbit/s"),
    ("Väntetid över 90 dagar", "Väntetid över nittio dagar"),
    ("Personer 65 år eller äldre med hemhjälp", "Personer 65 år och äldre med hemhjälp"),
    ("Antal insatser till och med 2022", "Antal insatser till och med 2023"),
    ("Antal resor 2022", "Antal resor 2023"),
    ("Antal resor", "Antal resor 2023"),
    ("Utsläpp jämfört med 2022", "Utsläpp jämfört med 2022"),
    ("Kostnad jämfört med 2021", "Kostnad jämfört med 2022"),
    ("Andel bredbansanslutna hushåll", "Andel bredbandsanslutna hushåll"),
    ("Andel kvinnor och män som är nöjda", "Andel personer som är nöjda"),
    ("Ökad tillgänglighet i vården", "Tillgänglighet i vården"),
    ("Antal ungdomsprojekt som ska öka", "Antal ungdomsprojekt"),
    ("Andel nöjda elever i Tallmo", "Andel nöjda elever"),
    ("Antal flickor och pojkar i simskola", "Antal barn i simskola"),
    ("Antal läkarbesök per 1 000 invånare", "Antal läkarbesök per 1000 invånare"),
    ("Nämnden följer upp budgeten", "Uppföljning av nämndens budget"),
    ("Översyn av UPR:s arbete", "Översyn av ungdomspolitiska rådets (UPR) arbete"),
    ("Mätningen av nöjdhet med parkerna", "Nöjdhet med parkerna"),
    ("Kostnad kr/inv", "Kostnad, kronor per invånare"),
    ("Andel ganska/mycket nöjda", "Andel mycket eller ganska nöjda"),
    ("Elever i åk 9 med godkänt", "Elever i årskurs 9 med godkänt"),
    ("Svar inom sex veckor från att anmälan kommit", "Svar inom 6 veckor efter att anmälan kommit"),
    ("Uppväxling (hur mycket en krona ger (EU och 1:1))", "Uppväxling"),
    ("Utsläpp av bilar", "Utsläpp från bilar"),
    ("Antal e-tjänster", "Antal elektroniska tjänster"),
]

DIFFERENT = [
    ("Andel kvinnor i ledande ställning", "Andel män i ledande ställning"),
    ("Andel chefer i utbildning", "Andel kvinnliga chefer i utbildning"),
    ("Antal resor med buss", "Antal resor med tåg"),
    ("Sjukfrånvaro korttid", "Sjukfrånvaro långtid"),
    ("Sjukfrånvaro", "Sjukfrånvaro (korttid)"),
    ("Sjukfrånvaro (kort)", "Sjukfrånvaro (lång)"),
    ("Andel nöjda elever", "Antal nöjda elever"),
    ("Andel nöjda elever", "Andel mycket nöjda elever"),
    ("Andel elever med examen", "Andel gymnasieelever med examen"),
    ("Andel elever i årskurs 6 med godkänt", "Andel elever i årskurs 9 med godkänt"),
    ("Personer 65 år och äldre", "Personer 75 år och äldre"),
    ("Hälsosamtal för 40-, 50- och 60-åringar", "Hälsosamtal för 40- och 50-åringar"),
    ("Vård inom 30 dagar", "Vård inom 60 dagar"),
    ("Vård inom 90 dagar", "Vård efter 90 dagar"),
    ("Personer under 18 år", "Personer över 18 år"),
    ("Minst en insats per kommun", "Minst två insatser per kommun"),
    ("Andel som röker", "Andel som inte röker"),
    ("Andel patienter", "Andel patienter exkl. privata vårdgivare"),
    ("Andel patienter", "Andel patienter (inkl. privata vårdgivare)"),
    ("Andel patienter", "Andel patienter (endast primärvård)"),
    ("Andel som röker och snusar", "Andel som röker eller snusar"),
    ("Kostnad per invånare", "Kostnad per brukare"),
    ("Kostnad", "Kostnad per invånare"),
    ("Kostnad per plats", "Genomsnittlig kostnad per plats"),
    ("Väntetid, median", "Väntetid, medelvärde"),
    ("Utsläpp jämfört med 2010", "Utsläpp jämfört med 2015"),
    ("Antal företagsbesök", "Antal digitala företagsbesök"),
    ("Antal besök på akuten", "Antal besök på akuten och närakuten"),
    ("Antal lärare", "Antal läkare"),
    ("Antal anställda", "Antal anställningar"),
    ("Andel kvinnor bland chefer", "Andel chefer bland kvinnor"),
    ("Andel unga som tränar", "Andel äldre som tränar"),
    ("Skillnad i självskattad hälsa", "Självskattad hälsa"),
    ("Ökad kostnad", "Minskad kostnad"),
    ("Inrikes resor", "Utrikes resor"),
    ("Andel flickor i simskola", "Andel barn i simskola"),
    ("Andel flickor i simskola", "Andel pojkar i simskola"),
    ("Besök i öppenvård", "Besök i slutenvård"),
    ("Antal kommuner med avtal om konst", "Antal kommuner med avtal om kulturmiljö"),
    ("Resor från Tallmo till Ekby", "Resor från Ekby till Granby"),
    ("Index HME", "Index NKI"),
    ("Resor till Ekby", "Resor till Ekbo"),
    ("Tjänsteresor (antal mil)", "Tjänsteresor (antal resor)"),
    ("Andel elever", "Andel elever i kommunala skolor"),
    ("Första besök hos läkare", "Återbesök hos läkare"),
    ("Antal resor till skolan", "Antal resor från skolan"),
    ("Andel under målvärdet", "Andel över målvärdet"),
    ("Andel som litar på regionen", "Andel som litar på kommunen"),
    ("Antal skolor", "Antal hallar"),
    ("Meritvärde, flickor", "Meritvärde, pojkar"),
    ("Barn 1-5 år i förskola", "Barn 3-5 år i förskola"),
    ("Elever med minst E", "Elever med minst C"),
    ("Soliditet inklusive pensioner", "Soliditet exklusive pensioner"),
    ("Inrikes födda i arbete", "Utrikes födda i arbete"),
    ("Fall per 1000 vårddygn", "Fall per 1000 invånare"),
    ("Politiker som utbildats", "Politik som utbildats"),
]


@pytest.mark.parametrize(("one", "other"), REWORDED)
def test_a_rewording_means_the_same(one: str, other: str) -> None:
    assert compared(one, other).verdict in ("same", "reworded"), compared(one, other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_another_definition_never_means_the_same(one: str, other: str) -> None:
    assert compared(one, other).verdict in ("changed", "unlike")


def test_names_that_share_a_third_of_their_words_are_of_other_things() -> None:
    assert (
        compared("Andel nöjda resenärer i stan", "Andel nöjda elever på landet").verdict == "unlike"
    )


@pytest.mark.parametrize(("one", "other"), REWORDED + DIFFERENT)
def test_the_order_of_two_names_makes_no_difference(one: str, other: str) -> None:
    there, back = compared(one, other), compared(other, one, (2023, 2022))
    assert (there.verdict, round(there.likeness, 6)) == (back.verdict, round(back.likeness, 6))


@pytest.mark.parametrize(
    ("letters", "text", "stands_for"),
    [
        ("upr", "ungdomspolitiska rådet", ("ungdomspolitiska", "rådet")),
        ("skr", "sveriges kommuner och regioner", ("sveriges", "kommuner", "och", "regioner")),
        ("xyz", "sveriges kommuner och regioner", ()),
        ("ab", "a", ()),
    ],
)
def test_an_abbreviation_is_spelled_by_words_in_a_row(
    letters: str, text: str, stands_for: tuple[str, ...]
) -> None:
    assert abbreviated(letters, tuple(text.split()), VOCABULARY) == stands_for


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([w for pair in DIFFERENT for n in pair for w in n.split()])))
def test_every_name_is_its_own_likeness(words: list[str]) -> None:
    name = " ".join(words)
    found = compared(name, name)
    assert found.verdict == "same" or not name.strip(" .,()")
