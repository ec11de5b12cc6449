"""Whose report it is: every municipality and region of the list, and names that no list has."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from covers import read_cover

from styrmatt.errors import IdentityError
from styrmatt.swedish.publishers import publisher_names
from styrmatt.toml_records import read_toml
from styrmatt.vocabulary import vocabulary_file

LISTED = read_toml(vocabulary_file("scb"))
CODES = Path(__file__).parents[2] / "shared" / "data" / "scb_codes.csv"
TITLES = (
    "{name}s årsredovisning 2023",
    "{name} Årsredovisning 2023",
    "Årsredovisning 2023 {name}",
    "Årsredovisning 2023\n{name}",
    "{name}\nÅrsredovisning\n2023",
)
"""Before and behind the title, in the genitive, on its line and on another."""


def forms(name: str) -> list[str]:
    """The covers on which a name is looked for, each in small letters and in capitals."""
    covers = [title.format(name=name) for title in TITLES]
    return [*covers, *(cover.upper() for cover in covers)]


def missed(kind: str) -> list[tuple[str, object]]:
    """The covers on which a listed name is not found as it is listed, and what is found instead."""
    first = 0 if kind == "regions" else 1  # the first name of a municipality is the bare one
    wrong = []
    for code, names in LISTED[kind].items():
        for name in names[first:]:
            for cover in forms(name):
                found = read_cover(cover)
                if (found.organisation, found.organisation_code) != (name, code):
                    wrong.append((cover, found.organisation))
    return wrong


def test_all_municipalities_are_found_on_every_kind_of_cover() -> None:
    assert len(LISTED["municipalities"]) == 290
    assert missed("municipalities") == []


def test_what_a_municipality_calls_itself_on_its_cover_is_no_authority() -> None:
    cover = "Årsredovisning 2023\nSalems kommun\nSveriges trivsammaste kommun"
    assert read_cover(cover).organisation == "Salems kommun"
    assert (
        read_cover("Årsredovisning 2023\nSveriges domstolar").organisation == "Sveriges domstolar"
    )


@pytest.mark.parametrize(
    "below", ["Kommunalförbundet", "Kommunalförbundets direktion, april 2031", "Förbundet"]
)
def test_a_word_for_what_an_organisation_is_alone_is_no_name(below: str) -> None:
    cover = f"Årsredovisning 2030\nÅdalens Brandkår\n{below}"
    assert read_cover(cover).organisation == "Ådalens Brandkår"


def test_all_regions_and_the_landsting_before_them_are_found_on_every_kind_of_cover() -> None:
    assert len(LISTED["regions"]) == 21
    assert missed("regions") == []


@pytest.mark.skipif(not CODES.is_file(), reason="the shared fact sheet is not here")
def test_the_list_is_that_of_the_fact_sheet() -> None:
    with CODES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = publisher_names()
    for row in rows:
        if row["kind"] == "county":
            assert row["code"] in LISTED["regions"]
            continue
        assert LISTED["municipalities"][row["code"]][0] == row["name"]
        known = names.known(row["printed_name"])
        assert known is not None and known.code == row["code"]


@pytest.mark.parametrize(
    ("name", "kind", "code", "kolada"),
    [
        ("Göteborgs Stad", "municipality", "1480", "1480"),
        ("Göteborgs stad", "municipality", "1480", "1480"),
        ("Dals Eds kommun", "municipality", "1438", "1438"),
        ("Boden kommun", "municipality", "2582", "2582"),
        ("Gotlands kommun", "municipality", "0980", "0980"),
        ("Region Gotland", "region", "09", "0009"),
        ("Västra Götalandsregionen", "region", "14", "0014"),
        ("Norrbottens läns landsting", "region", "25", "0025"),
        ("Region Ådalen", "region", None, None),
        ("Åsunda kommun", "municipality", None, None),
        ("Socialstyrelsen", "authority", None, None),
    ],
)
def test_a_name_has_its_kind_and_codes(
    name: str, kind: str, code: str | None, kolada: str | None
) -> None:
    found = publisher_names().publisher(name)
    assert found is not None
    assert (found.name, found.kind, found.code, found.kolada_id) == (name, kind, code, kolada)


@pytest.mark.parametrize(
    ("cover", "name", "kind"),
    [
        ("Åsunda kommuns årsredovisning 2023", "Åsunda kommun", "municipality"),
        ("ÅSUNDA KOMMUN\nÅRSREDOVISNING 2023", "Åsunda kommun", "municipality"),
        ("Årsredovisning 2023\nÅsunda Kommun", "Åsunda kommun", "municipality"),
        ("Bilaga Åsunda kommun årsredovisning 2023", "Åsunda kommun", "municipality"),
        ("Norra Åsunda-Tuna stad\nÅrsredovisning 2023", "Norra Åsunda-Tuna stad", "municipality"),
        ("REGION ÅDALENS ÅRSREDOVISNING 2023", "Region Ådalen", "region"),
        ("Region Ådalen Årsredovisning 2023", "Region Ådalen", "region"),
        ("Region Ådals läns årsredovisning 2023", "Region Ådals län", "region"),
        ("Region Åsnäs årsredovisning 2023", "Region Åsnäs", "region"),
        ("Ådalsregionens årsredovisning 2023", "Ådalsregionen", "region"),
        ("Landstinget i Ådalen\nÅrsredovisning 2009", "Landstinget i Ådalen", "region"),
        ("Ådalens läns landstings årsredovisning 2009", "Ådalens läns landsting", "region"),
        (
            "Kommunalförbundet Ådalsvatten\nÅrsredovisning 2023",
            "Kommunalförbundet Ådalsvatten",
            "association",
        ),
        (
            "Kommunalförbundets styrelse\nÅrsredovisning 2023\nRäddningstjänsten Ådalen",
            "Räddningstjänsten Ådalen",
            "association",
        ),
        (
            "Ådalens kommunalförbunds årsredovisning 2023",
            "Ådalens kommunalförbund",
            "association",
        ),
        (
            "Ådalens räddningstjänstförbund\nDelårsrapport 2023-08-31",
            "Ådalens räddningstjänstförbund",
            "association",
        ),
        (
            "Samordningsförbundet Åsunda årsredovisning 2023",
            "Samordningsförbundet Åsunda",
            "association",
        ),
        (
            "Ägs av Ådalens Stadshus AB\nHållbarhetsrapport 2023\nÅdalens Vatten och Avlopp AB",
            "Ådalens Vatten och Avlopp AB",
            "company",
        ),
        ("Årsredovisning 2023\nEn del av Region Ådalen", "Region Ådalen", "region"),
        ("Åsundahem AB:s årsredovisning 2023", "Åsundahem AB", "company"),
        ("AB Åsundahem\nÅrsredovisning 2023", "AB Åsundahem", "company"),
        ("Göteborgs Stads Åkeri AB\nÅrsrapport 2023", "Göteborgs Stads Åkeri AB", "company"),
        ("Åsundahem AB\nEtt bolag i Åsunda kommun\nÅrsredovisning 2023", "Åsundahem AB", "company"),
        (
            "Länsstyrelsen i Ådals läns årsredovisning 2023",
            "Länsstyrelsen i Ådals län",
            "authority",
        ),
        ("Statens ådalsverks årsredovisning 2023", "Statens ådalsverk", "authority"),
        ("Ådalsmyndighetens årsredovisning 2023", "Ådalsmyndigheten", "authority"),
        ("Försäkringskassans årsredovisning 2023", "Försäkringskassan", "authority"),
        (
            "Myndigheten för ådalar och dalgångar\nÅrsredovisning 2023",
            "Myndigheten för ådalar och dalgångar",
            "authority",
        ),
        ("Upplands-\nBro kommun\nÅrsredovisning 2023", "Upplands-Bro kommun", "municipality"),
        (
            "REGION\nJÄMTLAND HÄRJEDALEN\nÅRSREDOVISNING 2023",
            "Region Jämtland Härjedalen",
            "region",
        ),
    ],
)
def test_a_name_that_no_list_has_is_known_by_its_form(cover: str, name: str, kind: str) -> None:
    found = read_cover(cover)
    assert (found.organisation, found.organisation_kind) == (name, kind)
    assert found.doubts == []


@pytest.mark.parametrize(
    ("cover", "body"),
    [
        ("Socialnämnden\nVäxjö kommun\nVerksamhetsberättelse 2023", "socialnämnden"),
        ("Växjö kommuns socialnämnd årsrapport 2023", "socialnämnden"),
        (
            "Nämnden för kultur och fritid i Växjö kommun\nÅrsrapport 2023",
            "nämnden för kultur och fritid",
        ),
        (
            "BARN- OCH UTBILDNINGSNÄMNDENS ÅRSRAPPORT 2023\nVÄXJÖ KOMMUN",
            "barn- och utbildningsnämnden",
        ),
        ("Växjö kommun\nÅrsrapport 2023 för kommunstyrelsen", "kommunstyrelsen"),
        (
            "Växjö kommun\nNorra Växjös stadsdelsnämnd\nÅrsrapport 2023",
            "Norra Växjös stadsdelsnämnd",
        ),
        ("Växjö kommun\nÅrsredovisning 2023\nAntagen av kommunstyrelsen 2024-03-12", None),
        ("Växjö kommun\nÅrsredovisning 2023\nKommunstyrelsen 2024-03-12", None),
    ],
)
def test_the_board_of_a_named_municipality_is_the_body(cover: str, body: str | None) -> None:
    found = read_cover(cover)
    assert (found.organisation, found.body) == ("Växjö kommun", body)


@pytest.mark.parametrize(
    ("cover", "name"),
    [
        (
            "Samordningsförbundet Västra Ådalen\nÅrsredovisning 2023\nHärnösand · Kramfors ·\n"
            "Försäkringskassan · Region Västernorrland",
            "Samordningsförbundet Västra Ådalen",
        ),
        (
            "Årsredovisning 2023\nArbetsförmedlingen, Försäkringskassan, Östhammars kommun\n"
            "Samordningsförbundet Roslagen",
            "Samordningsförbundet Roslagen",
        ),
        ("Försäkringskassan\nÅrsredovisning 2023", "Försäkringskassan"),
        ("Försäkringskassan, Stockholm\nÅrsredovisning 2023", "Försäkringskassan"),
    ],
)
def test_names_that_share_a_line_are_members_where_another_has_its_own(
    cover: str, name: str
) -> None:
    assert read_cover(cover).organisation == name


@pytest.mark.parametrize(
    "name", ["Allmänna reklamationsnämnden", "Säkerhets- och integritetsskyddsnämnden"]
)
def test_a_listed_board_of_the_state_is_an_authority(name: str) -> None:
    found = read_cover(f"Årsredovisning 2031\n{name}")
    assert (found.organisation, found.organisation_kind) == (name, "authority")


@pytest.mark.parametrize("own", ["Centrala simnämnden", "Studiestödsnämnden"])
def test_a_board_that_no_list_has_is_one_of_the_organisation_beside_it(own: str) -> None:
    found = read_cover(f"Växjö kommun\n{own}\nÅrsredovisning 2031")
    assert found.organisation == "Växjö kommun"


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        (
            "Almviks Energi AB ägs av Almviks kommun. Bolaget säljer fjärrvärme.",
            "Almviks Energi AB",
        ),
        ("AB Almvikshus är ett dotterbolag till Almviks Stadshus AB.", "AB Almvikshus"),
        ("Almviks Vatten AB, ägt av Almviks kommun, sköter vattnet.", "Almviks Vatten AB"),
    ],
)
def test_a_sentence_that_says_who_owns_a_company_names_the_company(
    sentence: str, name: str
) -> None:
    for title in ("Årsredovisning 2031", "Hållbarhets- och ägarrapport 2031"):
        assert read_cover(f"{title}\n{sentence}\nI år var det varmt.").organisation == name


@pytest.mark.parametrize(
    ("cover", "name"),
    [
        (
            "Almviks kommun\nÅrsredovisning 2031\nAlmviks Energi AB ägs av Almviks kommun nu.",
            "Almviks kommun",
        ),
        (
            "Årsredovisning 2031 för Almviks kommun\nAlmviks Energi AB ägs av kommunen.",
            "Almviks kommun",
        ),
        (
            "Årsredovisning 2031\nI Almviks Energi AB ägs av kommunen.\nAlmviks kommun",
            "Almviks kommun",
        ),
    ],
)
def test_a_company_that_the_owner_s_report_tells_of_is_not_whose_it_is(
    cover: str, name: str
) -> None:
    assert read_cover(cover).organisation == name


@pytest.mark.parametrize(
    "line",
    [
        "Vatten & Avfall Bergslagen, fastställd av direktionen 2032-02-22",
        "Vatten & Avfall Bergslagen, antagen av styrelsen",
        "Vatten & Avfall Bergslagen, kommunalförbund",
        "Vatten & Avfall Bergslagen",
    ],
)
def test_a_name_of_no_form_may_have_behind_it_what_it_is_or_who_decided(line: str) -> None:
    found = read_cover(f"Verksamhetsuppföljning 2031\n{line}\nVi har fyra mål.")
    assert found.organisation == "Vatten & Avfall Bergslagen"


@pytest.mark.parametrize(
    "line", ["Rapporten, fastställd av direktionen 2032-02-22 för oss", "Mål, antagen av styrelsen"]
)
def test_what_is_no_name_is_none_before_who_decided(line: str) -> None:
    with pytest.raises(IdentityError):
        read_cover(f"Verksamhetsuppföljning 2031\n{line}")
