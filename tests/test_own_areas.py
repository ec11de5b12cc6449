"""Columns that are headed by the name of a place: the organisation's own, or somebody else's."""

from __future__ import annotations

import pytest
from test_normalize_results import extract, result, row

from styrmatt.records import Extract


def compared(organisation: str, *areas: str | None) -> Extract:
    """A row of results of 2022, one for each area: 1, 2, 3 ..."""
    values = [
        result(str(n), 2022, text=f"{area or 'Utfall'} 2022", area=area)
        for n, area in enumerate(areas, 1)
    ]
    return extract(row(*values, measure="Antal besök"), organisation=organisation)


def own(organisation: str, *areas: str | None) -> float | None:
    (record,) = compared(organisation, *areas).records
    return record.outcome_value


def says_whose(got: Extract) -> list[str]:
    return [issue.raw_text or "" for issue in got.issues if issue.kind == "unknown_header"]


@pytest.mark.parametrize(
    ("organisation", "areas", "value"),
    [
        ("Region Dalarna", ("Dalarna", "Uppsala", "Riket"), 1),
        ("Region Dalarna", ("Riket", "Gävleborg", "Region Dalarna"), 3),
        ("Region Örebro län", ("Sörmland", "Örebro", "Riket"), 2),
        ("Västra Götalandsregionen", ("Skåne", "VGR"), 2),
        ("Mora kommun", ("Mora", "Riket"), 1),
        ("Mora kommun", ("Orsa", "Mora", "Dalarna"), 2),
        ("Gotlands kommun", ("Gotlands", "Riket"), 1),
        ("Region Uppsala", ("Uppsala", "Riket"), 1),
        ("Uppsala kommun", ("Riket", "Uppsala"), 2),
    ],
)
def test_the_column_under_the_organisations_own_name_has_its_results(
    organisation: str, areas: tuple[str, ...], value: float
) -> None:
    got = compared(organisation, *areas)
    assert got.records[0].outcome_value == value
    own_ones = [outcome.value for outcome in got.outcomes if outcome.area is None]
    assert own_ones == [value] and not says_whose(got)


def test_the_only_place_that_headers_name_is_nobodys_own_unless_the_report_is_its() -> None:
    got = compared("Region Dalarna", "Uppsala", "Riket")
    assert got.records[0].outcome_value is None
    assert [outcome.area for outcome in got.outcomes] == ["Uppsala", "Riket"]
    assert says_whose(got) == ["Uppsala 2022, Riket 2022"]


def test_a_plain_column_beside_other_places_is_the_organisations() -> None:
    got = compared("Mora kommun", "Orsa", None, "Riket")
    assert got.records[0].outcome_value == 2 and not says_whose(got)


def test_the_country_alone_is_no_place_that_could_be_the_organisation() -> None:
    assert not says_whose(compared("Mora kommun", "Riket", "Länet"))


def test_a_name_of_a_region_and_its_town_is_what_the_other_columns_are() -> None:
    assert own("Region Uppsala", "Uppsala", "Enköping", "Håbo") is None
    assert own("Region Uppsala", "Uppsala", "Dalarna", "Gävleborg") == 1
    assert own("Uppsala kommun", "Uppsala", "Enköping", "Håbo") == 1
    assert own("Uppsala kommun", "Uppsala", "Dalarna", "Gävleborg") is None
    assert own("Region Örebro län", "Örebro", "Stockholm") == 1


def test_a_company_of_a_place_has_no_results_under_the_name_of_the_place() -> None:
    got = compared("Mora Vatten AB", "Mora", "Riket")
    assert got.records[0].outcome_value is None and says_whose(got)


def test_columns_of_two_places_that_are_both_its_own_are_flagged() -> None:
    got = compared("Mora kommun", "Mora", "Mora kommun")
    assert "outcome_twice" in got.records[0].review
