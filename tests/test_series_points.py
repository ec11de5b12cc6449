"""How alike names and places of two years are, and what becomes of measures: worked examples.

golden/series-points.json shows the answers; after a wanted change of weights write it anew with
``UPDATE_GOLDEN=1 pytest -n0 tests/test_series_points.py`` and read the difference.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest
from flips import check_golden
from series_reports import Row, report

from styrmatt.normalize.series.compare_names import compare
from styrmatt.normalize.series.items import GOAL, MEASURE, PlaceComparison, items_of
from styrmatt.normalize.series.link import link
from styrmatt.normalize.series.match import SeriesLinker
from styrmatt.normalize.series.name_vocabulary import load_name_vocabulary
from styrmatt.normalize.series.parse_name import parse_name
from styrmatt.swedish.dictionary import has_dictionary

GOLDEN = "series-points.json"
OWN = "Region Tallmo"
WORDS = load_name_vocabulary("sv")

NAMES = (
    # the same words
    ("Antal resor", "Antal resor"),
    ("Antal resor", "Antalet resor"),
    ("Antal resor 2022", "Antal resor 2023"),
    ("Antal resor 2022", "Antal resor 2021"),
    ("Andel nöjda resenärer", "Andelen nöjda resenärer i länet"),
    ("Nöjda resenärer", "Resenärer, nöjda"),
    # words that are left
    ("Antal resor", "Antal resor med buss"),
    ("Antal resor", "Antal resor med buss till inlandet på vardagar vintertid"),
    ("Nöjda resenärer", "Nöjda elever"),
    ("Nöjda resenärer med buss", "Nöjda resenärer med tåg"),
    ("Nöjda resenärer med buss", "Nöjda elever med buss"),
    ("Nöjda resenärer med buss", "Trygga resenärer med tåg"),
    ("Nöjda resenärer med buss till arbetet", "Nöjda resenärer med tåg till skolan"),
    ("Nöjda resenärer med buss till arbetet dagligen", "Nöjda elever med tåg till skolan dagligen"),
    ("Resor till arbetet", "Patienter med vårdplan"),
    ("Budget i balans", "Balans mellan arbete och fritid"),
    # explanations and parentheses
    ("Sjukfrånvaro", "Sjukfrånvaro (%)"),
    ("Antal mötesplatser", "Antal mötesplatser (enligt Kolada)"),
    ("Antal mötesplatser", "Antal mötesplatser (minst två)"),
    ("Nöjda brukare (enligt enkät)", "Nöjda brukare (enligt Kolada)"),
    # quantities, sexes, directions, figures
    ("Antal resor", "Andel resor"),
    ("Nöjda kvinnor", "Nöjda män"),
    ("Ökad tillgänglighet", "Minskad tillgänglighet"),
    ("Väntetid över 90 dagar", "Väntetid över nittio dagar"),
    ("Väntetid över 90 dagar", "Väntetid över 60 dagar"),
    ("Andel resor per buss", "Andel bussar per resa"),
    ("Minst en resa i veckan", "Resa i veckan"),
    ("Minst fem resor i veckan", "Fem resor i veckan"),
    ("Till minst fem resor i veckan", "Till fem resor i veckan"),
    ("Minst av alla fem resor", "Av alla fem resor"),
    ("Minst till en resa", "Till en resa"),
    ("Minst till högst fem resor", "Högst fem resor"),
    ("Minst till högst upp fem resor", "Fem resor"),
    ("Minst till högst upp fem resor", "Till högst fem resor"),
    ("Upp till minst en resa", "Upp till en resa"),
    # compounds
    ("Antal ansökningar om bidrag", "Antal bidragsansökningar"),
    ("Resor med buss", "Bussresor"),
    ("Nöjda i vård", "Vårdnöjda"),
    ("Åk med tåg", "Tågåk"),
    ("Väg till by", "Byväg"),
    ("Kurs i el", "Elkurs"),
    ("Plats på ö", "Öplats"),
    ("Plats för bil", "Bilplats"),
    ("Plats för skolbil", "Skolbilsplats"),
    ("Kontakt via telefon samma dag", "Telefonkontakt samma dag"),
    # misprints
    ("Bredbansanslutna hushåll", "Bredbandsanslutna hushåll"),
    ("Andel nöjdå", "Andel nöjdo"),
    ("Vägnytt", "Vägnett"),
    ("Nöjdhet i brukarskap", "Nöjdhet i brukarskop"),
    *((f"Nöjdhet i {word}", f"Nöjdhet i {word[:-2]}{'x'}{word[-1]}")
      for word in ("brk", "brku", "brkup", "brkupa", "brkupam", "brkupamo", "brkupamolk",
                   "brkupamolkisen", "brkupamolkisenta")),
    # abbreviations
    ("Möten i LPR", "Möten i länspensionärsrådet"),
    ("Brukare med SIP", "Brukare med samordnad individuell plan (SIP)"),
    ("Möten i A", "Möten i allmänhet"),
    ("Möten i FN", "Möten i förenade nationerna"),
    ("Möten i SAMVERKA", "Möten i stora allmänna mötet vid en regional kommunal affär"),
    ("Möten i SAMVERK", "Möten i stora allmänna mötet vid en regional kommun"),
    ("Möten i SAMVER", "Möten i stora allmänna mötet vid en region"),
    ("Möten i SAM", "Möten i stora allmänna mötet"),
    ("A Möten", "A (allmänna) Möten"),
)  # fmt: skip

HOME = Row("Nöjda resenärer")
PLACES = {
    "the very same": HOME,
    "another factor": Row(HOME.name, "Museerna bär sig"),
    "a factor worded anew": Row(HOME.name, "Bussar kommer i tid"),
    "a factor nearly so": Row(HOME.name, "Bussen kommer alltid i tid"),
    "another goal": Row(HOME.name, goal="Kulturen lever"),
    "another factor and goal": Row(HOME.name, "Museerna bär sig", "Kulturen lever"),
    "another target": Row(HOME.name, target="95"),
    "a target nearly so": Row(HOME.name, target="Ökat"),
    "no target": Row(HOME.name, target=None),
    "another board": Row(HOME.name, board="KN"),
    "no board": Row(HOME.name, board=None),
    "all is other": Row(HOME.name, "Museerna bär sig", "Kulturen lever", "95", board="KN"),
    "another perspective": Row(HOME.name, perspective="Ekonomi"),
}

BUS, TRAIN = Row("Nöjda resenärer med buss"), Row("Nöjda resenärer med tåg")
FACTOR, GOAL_NAME = "Museerna bär sig", "Kulturen lever"


@dataclass(frozen=True)
class Years:
    """The rows of a report, and those of the next year's."""

    before: tuple[Row | str, ...]
    after: tuple[Row | str, ...]


def of_board(name: str, board: str) -> Row:
    return Row(name, board=board)


YEARS = {
    "the same": Years((BUS,), (BUS,)),
    "worded anew": Years((BUS,), (Row("Andelen nöjda resenärer på buss"),)),
    "one word of three is other": Years((BUS,), (TRAIN,)),
    "one word of three is other, elsewhere": Years((BUS,), (Row(TRAIN.name, FACTOR, GOAL_NAME),)),
    "one word of five is other, elsewhere": Years(
        (Row("Nöjda resenärer med buss till arbetet dagligen"),),
        (Row("Nöjda resenärer med tåg till arbetet dagligen", FACTOR, GOAL_NAME),),
    ),
    "two words of four are other": Years(
        (Row("Nöjda resenärer med buss dagligen"),), (Row("Nöjda elever med tåg dagligen"),)
    ),
    "two words of five are other": Years(
        (Row("Nöjda resenärer med buss till arbetet dagligen"),),
        (Row("Nöjda elever med tåg till arbetet dagligen"),),
    ),
    "one word of two is other": Years((Row("Nöjda resenärer"),), (Row("Nöjda elever"),)),
    "longer by one word": Years((Row("Antal resor"),), (Row("Antal resor med buss"),)),
    "longer by one word, elsewhere": Years(
        (Row("Antal resor"),), (Row("Antal resor med buss", FACTOR, GOAL_NAME),)
    ),
    "moved to another factor": Years((BUS,), (Row(BUS.name, FACTOR),)),
    "moved to another goal": Years((BUS,), (Row(BUS.name, FACTOR, GOAL_NAME),)),
    "moved to a factor nearly so": Years((BUS,), (Row(BUS.name, "Bussen kommer alltid"),)),
    "moved to a factor with one word of six exchanged": Years(
        (Row(BUS.name, "Bussen kommer alltid säkert nära stationen"),),
        (Row(BUS.name, "Tåget kommer alltid säkert nära stationen"),),
    ),
    "another unit": Years((Row(BUS.name, unit="kr", kind="threshold"),),
                          (Row(BUS.name, unit="percent", kind="threshold"),)),
    "two alike, at one place": Years(
        (Row("Nöjda brukare (enligt enkät)"), Row("Nöjda brukare (enligt Kolada)")),
        (Row("Nöjda brukare"),),
    ),
    "two alike, one at the same place": Years(
        (Row("Nöjda brukare (enligt enkät)", FACTOR), Row("Nöjda brukare (enligt Kolada)")),
        (Row("Nöjda brukare"),),
    ),
    "two alike, one with the same target": Years(
        (Row("Nöjda brukare (enligt enkät)", target="95"), Row("Nöjda brukare (enligt Kolada)")),
        (Row("Nöjda brukare"),),
    ),
    "two alike, one with nearly the same target": Years(
        (Row("Nöjda brukare (enligt enkät)", target="Minskas"),
         Row("Nöjda brukare (enligt Kolada)", target="Minska")),
        (Row("Nöjda brukare", target="Minska"),),
    ),
    "a repeated name, at both places": Years(
        (Row("Budgeten hålls"), Row("Budgeten hålls", FACTOR)),
        (Row("Budgeten hålls"), Row("Budgeten hålls", FACTOR)),
    ),
    "a repeated name, the goal is other": Years(
        (Row("Budgeten hålls"), Row("Budgeten hålls", FACTOR)),
        (Row("Budgeten hålls", goal=GOAL_NAME), Row("Budgeten hålls", FACTOR, GOAL_NAME)),
    ),
    "a repeated name, goal and target are other": Years(
        (Row("Budgeten hålls"), Row("Budgeten hålls", FACTOR)),
        (Row("Budgeten hålls", goal=GOAL_NAME, target="95"),),
    ),
    "a repeated name, nothing but the factor is the same": Years(
        (Row("Budgeten hålls"), Row("Budgeten hålls", FACTOR)),
        (Row("Budgeten hålls", goal=GOAL_NAME, target=None),),
    ),
    "a repeated name, nothing but the factor is the same, and no board": Years(
        (Row("Budgeten hålls"), Row("Budgeten hålls", FACTOR)),
        (Row("Budgeten hålls", goal=GOAL_NAME, target=None, board=None),),
    ),
    "a repeated name, a new factor": Years(
        (Row("Budgeten hålls"), Row("Budgeten hålls", FACTOR)),
        (Row("Budgeten hålls", "Skolorna är trygga"),),
    ),
    **{
        f"a name of {len(name.split())} words at another board": Years(
            (of_board(name, "KN"), of_board("Antal hallar", "RS")),
            (of_board(name, "RS"), of_board("Antal salar", "KN")),
        )
        for name in (
            "Budget",
            "Budgeten hålls",
            "Budgeten hålls överallt",
            "Budgeten hålls överallt dagligen",
            "Budgeten hålls överallt dagligen noggrant",
        )
    },
}  # fmt: skip


def becomes(years: Years) -> dict[str, Any]:
    """What becomes of each measure of the second report."""
    _, register = link([report(2022, *years.before)], vocabulary="sv")
    names = {s.series_id: f"{s.name} ({s.members[0].success_factor})" for s in register}
    linker = SeriesLinker(MEASURE, OWN, register, "sv")
    items = [i for i in items_of(report(2023, *years.after), "sv") if i.kind == MEASURE]
    found = linker.link(items, (), items)
    answers: dict[str, Any] = {}
    for item in items:
        what = f"{item.raw} ({item.member.success_factor})"
        match = found.get(item.id)
        if match is None:
            answers[what] = "new"
            continue
        of = names.get(match.series_id or "", "none")
        maybe = [names[one] for one in match.candidates]
        answers[what] = f"{match.reason} {match.score:.3f}: {of}" + (
            f"; perhaps {', '.join(sorted(maybe))}" if maybe else ""
        )
    return answers


@pytest.mark.skipif(not has_dictionary(), reason="no hunspell-sv: other words are misprints")
def test_names_and_places_are_as_alike_as_they_are_said_to_be() -> None:
    """The golden file lists pairs of names with the verdict and how alike they are; how well a
    measure's place agrees with the same one's a year later, by what has changed; and what becomes
    of measures: why, the score, and the series.

    A weight that moves is seen wherever it counts.
    """
    found: dict[str, dict[str, Any]] = {"names": {}, "places": {}, "measures": {}}
    for one, other in NAMES:
        names = (parse_name(one, 2022, OWN, WORDS), parse_name(other, 2023, OWN, WORDS))
        compared = compare(*names, WORDS)
        found["names"][f"{one} | {other}"] = f"{compared.verdict} {compared.likeness:.3f}"
    places = PlaceComparison(OWN, WORDS)
    (home,) = (i.member for i in items_of(report(2022, HOME), "sv") if i.kind == MEASURE)
    for what, row in PLACES.items():
        items = items_of(report(2023, row), "sv")
        found["places"][what] = {
            kind: round(places.likeness(kind, home, item.member), 3)
            for kind in (MEASURE, GOAL)
            for item in items
            if item.kind == MEASURE
        }
    found["measures"] = {what: becomes(years) for what, years in YEARS.items()}
    check_golden(GOLDEN, json.dumps(found, ensure_ascii=False, indent=1))
