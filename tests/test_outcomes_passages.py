"""Made-up passages of other organisations, in other words: what they state, and nothing else.

Each was written before the rules were looked at. A passage's values are all that it states of the
measures; what stands behind "missed" is stated too, but is not found: better none than a wrong one.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from test_outcomes import read, rows, values

Value = tuple[int, str, float]
"""Number of the measure, sex, value."""


@dataclass(frozen=True)
class Passage:
    """Paragraphs about measures."""

    name: str
    measures: tuple[tuple[str, str, str], ...]
    text: tuple[str, ...]
    states: tuple[Value, ...] = ()
    missed: tuple[Value, ...] = ()
    heading: str | None = None


PASSAGES = (
    Passage(
        "a number word counts the noun of the measure",
        (("Antal konferenser om jämställd regional tillväxt", "T", "1"),),
        ("En konferens om jämställd regional tillväxt har hållits i Storvik.",),
        ((0, "T", 1),),
    ),
    Passage(
        "ett is a number too, but an article before a description",
        (("Antal nätverk för småföretagare", "T", "3"),),
        ("Ett viktigt arbete har varit att stärka nätverken för småföretagare.",),
    ),
    Passage(
        "sick leave with both sexes and the year before",
        (("Total sjukfrånvaro i procent av ordinarie arbetstid", "TKM", "5,5 %"),),
        (
            "Den totala sjukfrånvaron landade på 6,1 procent av ordinarie arbetstid, mot 6,4"
            " procent 2021. Bland kvinnorna var sjukfrånvaron 6,8 procent och bland männen 3,9"
            " procent.",
        ),
        ((0, "T", 6.1), (0, "K", 6.8), (0, "M", 3.9)),
    ),
    Passage(
        "short and long sick leave are parts",
        (("Total sjukfrånvaro i procent av ordinarie arbetstid", "T", "5,5 %"),),
        (
            "Långtidssjukfrånvaron, 60 dagar eller mer, utgjorde 41 procent av den totala"
            " sjukfrånvaron.",
        ),
    ),
    Passage(
        "public transport in millions",
        (("Antal resor med kollektivtrafiken, miljoner", "T", "12,5"),),
        ("Antalet resor med kollektivtrafiken uppgick under 2022 till 11,8 miljoner.",),
        ((0, "T", 11.8),),
    ),
    Passage(
        "satisfied travellers of the region and of the country",
        (("Andel nöjda resenärer i kollektivtrafiken", "T", "Minst 70 %"),),
        (
            "Andelen nöjda resenärer i kollektivtrafiken var 66 procent. Riksgenomsnittet var"
            " 61 procent.",
        ),
        ((0, "T", 66),),
    ),
    Passage(
        "the country comes first",
        (("Andel nöjda resenärer i kollektivtrafiken", "T", "Minst 70 %"),),
        (
            "Medan riket i snitt ligger på 61 procent är andelen nöjda resenärer i"
            " kollektivtrafiken i regionen 66 procent.",
        ),
        ((0, "T", 66),),
    ),
    Passage(
        "broadband with and without countryside",
        (("Andel hushåll med tillgång till bredband om minst 1 Gbit/s", "T", "95 %"),),
        (
            "I oktober 2022 hade 88,3 procent av hushållen tillgång till bredband om minst 1"
            " Gbit/s, en ökning med 3,1 procentenheter. Utanför tätort var motsvarande andel 61"
            " procent.",
        ),
        ((0, "T", 88.3),),
    ),
    Passage(
        "guaranteed waiting time, neighbouring statistic",
        (("Andel patienter som fått besök i specialistvården inom 90 dagar", "T", "100 %"),),
        (
            "Andelen patienter som fått besök i specialistvården inom 90 dagar sjönk till"
            " 71 procent. Av remisserna bedömdes 94 procent inom en vecka.",
        ),
        ((0, "T", 71),),
    ),
    Passage(
        "budget in balance",
        (("Resultat i procent av skatter och statsbidrag", "T", "2 %"),),
        (
            "Årets resultat uppgår till 84 mnkr, vilket motsvarar 1,2 procent av skatter och"
            " statsbidrag. Budgeterat resultat var 2 procent.",
        ),
        ((0, "T", 1.2),),
    ),
    Passage(
        "cost per inhabitant",
        (("Nettokostnad per invånare, kr", "T", "Högst 29 500 kr"),),
        ("Nettokostnaden per invånare blev 30 120 kronor, 620 kronor mer än målet.",),
        ((0, "T", 30120),),
    ),
    Passage(
        "turned around: figure first",
        (("Andel elever som fullföljer gymnasiet inom tre år", "KM", "80 %"),),
        ("74 procent av pojkarna och 81 procent av flickorna fullföljde gymnasiet inom tre år.",),
        ((0, "K", 81), (0, "M", 74)),
    ),
    Passage(
        "women and men in two sentences",
        (("Andel invånare som har förtroende för sjukvården", "KM", "70 %"),),
        (
            "Andelen kvinnor som har förtroende för sjukvården är 62 procent."
            " För männen är andelen 67 procent.",
        ),
        ((0, "K", 62), (0, "M", 67)),
    ),
    Passage(
        "two measures in one sentence",
        (
            ("Antal besökare på länsmuseet", "T", "45 000"),
            ("Antal utlån per invånare på folkbiblioteken", "T", "6"),
        ),
        ("Länsmuseet hade 41 250 besökare och folkbiblioteken 5,4 utlån per invånare.",),
        ((0, "T", 41250), (1, "T", 5.4)),
    ),
    Passage(
        "a list of municipalities",
        (("Antal kommuner som antagit en klimatplan", "T", "8 kommuner"),),
        (
            "Sex av länets åtta kommuner har antagit en klimatplan. Två kommuner arbetar med en"
            " klimatplan som beräknas antas 2023.",
        ),
        ((0, "T", 6),),
    ),
    Passage(
        "none at all",
        (("Antal avvikelser med allvarlig vårdskada", "T", "0"),),
        ("Inga avvikelser med allvarlig vårdskada har rapporterats under året.",),
        ((0, "T", 0),),
    ),
    Passage(
        "the year before alone",
        (("Andel fossilfria fordonskilometer i busstrafiken", "T", "100 %"),),
        ("Under 2021 kördes 93 procent av busstrafikens fordonskilometer fossilfritt.",),
        ((0, "T", 93),),  # the result of 2021, and said to be so
    ),
    Passage(
        "a forecast is no result",
        (("Andel fossilfria fordonskilometer i busstrafiken", "T", "100 %"),),
        ("Andelen fossilfria fordonskilometer i busstrafiken beräknas bli 97 procent 2024.",),
    ),
    Passage(
        "result with a bracket for the year before",
        (("Andel fossilfria fordonskilometer i busstrafiken", "T", "100 %"),),
        ("Andelen fossilfria fordonskilometer i busstrafiken var 95 procent (93 procent 2021).",),
        ((0, "T", 95),),
    ),
    Passage(
        "the bracket without a unit",
        (("Antal praktikplatser för unga", "T", "120"),),
        ("Antalet praktikplatser för unga blev 104 (131).",),
        ((0, "T", 104),),
    ),
    Passage(
        "an index",
        (("Hållbart medarbetarengagemang, index", "T", "Minst 80"),),
        ("Index för hållbart medarbetarengagemang blev 78, en enhet lägre än 2021.",),
        ((0, "T", 78),),
    ),
    Passage(
        "days of waiting, median",
        (("Väntetid till bedömning hos BUP, dagar (median)", "T", "30 dagar"),),
        ("Medianväntetiden till bedömning hos BUP var 42 dagar.",),
        ((0, "T", 42),),
    ),
    Passage(
        "the best unit is not the region",
        (("Andel besök som bokats om av kliniken", "T", "Högst 4 %"),),
        ("Ortopedkliniken bokade om 9 procent av sina besök, vilket är mest i regionen.",),
    ),
    Passage(
        "a count beside a target of several parts",
        (("Antal genomförda seminarier och deltagare", "T", "4 seminarier, 200 deltagare"),),
        ("Under året genomfördes fem seminarier med totalt 260 deltagare.",),
        ((0, "T", 5),),
    ),
    Passage(
        "amount with a multiplier in the measure",
        (("Uppväxling av projektmedel (varje krona ger)", "T", "3 kr"),),
        ("Varje krona av regionens projektmedel har växlats upp till 4,20 kronor.",),
        ((0, "T", 4.2),),
    ),
    Passage(
        "the sum that was granted is no share",
        (("Andel av projektmedlen som beviljats kvinnor", "T", "50 %"),),
        ("Av projektmedlen på 31 mnkr har 14 mnkr beviljats kvinnor.",),
    ),
    Passage(
        "half of the year, then the year",
        (("Andel bussturer i rätt tid", "T", "90 %"),),
        (
            "Under första halvåret var andelen bussturer i rätt tid 84 procent. För helåret blev"
            " andelen bussturer i rätt tid 88 procent.",
        ),
        ((0, "T", 88),),
    ),
    Passage(
        "one period is the year, one is its end",
        (("Andel tillsvidareanställda på heltid", "T", "85 %"),),
        (
            "Andelen tillsvidareanställda på heltid var 81 procent för helåret. Vid årets slut var"
            " andelen tillsvidareanställda på heltid 83 procent.",
        ),
        ((0, "T", 81), (0, "T", 83)),
    ),
    Passage(
        "the same result twice",
        (("Andel tillsvidareanställda på heltid", "T", "85 %"),),
        (
            "Andelen tillsvidareanställda på heltid var 81 procent.",
            "Arbetet går framåt. Andelen tillsvidareanställda på heltid är nu 81 procent.",
        ),
        ((0, "T", 81),),
    ),
    Passage(
        "the same result given two ways",
        (("Andel tillsvidareanställda på heltid", "T", "85 %"),),
        (
            "Andelen tillsvidareanställda på heltid var 81 procent.",
            "Andelen tillsvidareanställda på heltid uppgick till 82 procent.",
        ),
        ((0, "T", 81), (0, "T", 82)),
    ),
    Passage(
        "of those who answered",
        (("Andel brukare som är trygga med hemtjänsten", "KM", "90 %"),),
        (
            "Enkäten besvarades av 64 procent av brukarna. Bland dem som svarade uppgav 88 procent"
            " av kvinnorna och 91 procent av männen att de är trygga med hemtjänsten.",
        ),
        ((0, "K", 88), (0, "M", 91)),
    ),
    Passage(
        "a count in words beyond twelve",
        (("Antal startade företag med stöd av inkubatorn", "KM", "10"),),
        ("Med stöd av inkubatorn startades 23 företag, varav fjorton av kvinnor och nio av män.",),
        ((0, "T", 23), (0, "K", 14), (0, "M", 9)),
    ),
    Passage(
        "by how much above the target",
        (("Andel verksamheter med miljöcertifiering", "T", "75 %"),),
        ("Målet överträffades med fyra procentenheter när det gäller miljöcertifiering.",),
    ),
    Passage(
        "parental leave is another share",
        (("Andel föräldrapenningdagar som tas ut av män", "T", "35 %"),),
        (
            "Män tog ut 31,4 procent av föräldrapenningdagarna. Av dagarna med vård av barn tog"
            " män ut 38,9 procent.",
        ),
        ((0, "T", 31.4),),
    ),
    Passage(
        "each kind of school",
        (("Andel elever i årskurs 9 som är behöriga till gymnasiet", "T", "90 %"),),
        (
            "I årskurs 9 var 86,2 procent av eleverna behöriga till gymnasiet. I de kommunala"
            " skolorna var andelen 85 procent och i de fristående 89 procent.",
        ),
        ((0, "T", 86.2),),
    ),
    Passage(
        "the result stands behind a colon",
        (("Antal deltagare i medborgardialoger", "KM", "200"),),
        ("Antal deltagare i medborgardialoger: 212 kvinnor, 167 män.",),
        ((0, "K", 212), (0, "M", 167)),
    ),
    Passage(
        "carbon dioxide in tons",
        (("Utsläpp av koldioxid från tjänsteresor, ton", "T", "Minska"),),
        ("Utsläppen av koldioxid från tjänsteresor minskade från 310 ton till 245 ton.",),
        ((0, "T", 245),),
    ),
    Passage(
        "more than one year back",
        (("Andel personal med adekvat utbildning", "T", "80 %"),),
        (
            "Andelen personal med adekvat utbildning har ökat varje år: 71 procent 2020, 74 procent"
            " 2021 och 77 procent 2022.",
        ),
        ((0, "T", 77),),
    ),
)


@pytest.mark.parametrize("passage", PASSAGES, ids=lambda passage: passage.name)
def test_a_passage_states_what_it_states(passage: Passage) -> None:
    got = read(rows(*passage.measures), *passage.text, heading=passage.heading)
    names = [measure[0] for measure in passage.measures]
    found = {(names.index(name), sex, value) for name, sex, value in values(got)}
    assert found <= {*passage.states, *passage.missed}
    assert found == set(passage.states)
