"""Which series a measure is of where it is close: each case has one clearly right answer.

The cases hold the weights and margins by which series are linked: each is decided the other way
where a constant is much higher or lower. All names are made up.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import pytest
from series_reports import Row, report

from styrmatt.normalize.series import link as linking
from styrmatt.normalize.series.search import search
from styrmatt.records import Series

link = partial(linking.link, vocabulary="sv")
ELSEWHERE = {"factor": "Museerna bär sig", "goal": "Kulturen lever", "target": "9"}
SURVEY = "Andel nöjda brukare (enligt enkät)"
KOLADA = "Andel nöjda brukare (enligt Kolada)"
SATISFIED = "Andelen nöjda brukare"


@dataclass(frozen=True)
class Case:
    """Measures of a year, and one of the next: what becomes of it."""

    name: str
    before: tuple[Row, ...]
    after: Row
    same_as: int | None = None
    """The measure whose series it has."""
    changed_from: int | None = None
    """The measure of which it is a changed definition."""
    is_doubtful: bool = False


CASES = (
    Case(
        "two that mean the same at one place: nothing says which",
        (Row(SURVEY), Row(KOLADA)),
        Row(SATISFIED),
        is_doubtful=True,
    ),
    Case(
        "of two that mean the same that of the same success factor",
        (Row(SURVEY, "Trafiken bär sig"), Row(KOLADA)),
        Row(SATISFIED),
        same_as=1,
    ),
    Case(
        "of two that mean the same that of the same goal",
        (Row(SURVEY, goal="Museet är öppet"), Row(KOLADA)),
        Row(SATISFIED),
        same_as=1,
    ),
    Case(
        "of two that mean the same that of the same board",
        (Row(SURVEY, board="KN"), Row(KOLADA)),
        Row(SATISFIED),
        same_as=1,
    ),
    Case(
        "half of the words in another group: nothing in common but what all have",
        (Row("Andel nöjda resenärer"),),
        Row("Andel nöjda elever"),
    ),
    Case(
        "one word of three exchanged, at its place: defined otherwise",
        (Row("Andel nöjda resenärer med buss"),),
        Row("Andel nöjda resenärer med tåg"),
        changed_from=0,
    ),
    Case(
        "the same at another place: another measure",
        (Row("Andel nöjda resenärer med buss"),),
        Row("Andel nöjda resenärer med tåg", **ELSEWHERE),
    ),
    Case(
        "one word of many exchanged, at another place: defined otherwise, and moved",
        (Row("Andel nöjda resenärer som åker buss till arbetet dagligen vintertid"),),
        Row("Andel nöjda resenärer som åker buss till arbetet dagligen sommartid", **ELSEWHERE),
        changed_from=0,
    ),
    Case(
        "a short name that was made much longer at its place: defined otherwise",
        (Row("Antal resor"),),
        Row("Antal resor med buss till inlandet på vardagar under vintern"),
        changed_from=0,
    ),
    Case(
        "a long name elsewhere that holds a short one: another measure",
        (Row("Antal resor"),),
        Row("Antal resor med buss till inlandet på vardagar", **ELSEWHERE),
    ),
    Case(
        "a factor that was worded anew is the same one",
        (
            Row("Budgeten hålls", "Museerna har en god och hållbar ekonomi"),
            Row("Budgeten hålls", "Trafiken bär sig"),
        ),
        Row("Budgeten hålls", "Museerna har en god och varaktigt hållbar ekonomi"),
        same_as=0,
    ),
    Case(
        "a factor that shares its common words is another one",
        (
            Row("Budgeten hålls", "Museerna har en god ekonomi"),
            Row("Budgeten hålls", "Trafiken har en god ekonomi"),
        ),
        Row("Budgeten hålls", "Skolorna har en god ekonomi"),
        is_doubtful=True,
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_becomes_of_a_measure_in_the_next_year(case: Case) -> None:
    (first, second), series = link([report(2022, *case.before), report(2023, case.after)])
    ids = [measure.series_id for measure in first.measures]
    found = second.measures[0].series_id
    predecessor = next(s.predecessor_series_id for s in series if s.series_id == found)
    assert (ids.index(found) if found in ids else None) == case.same_as
    assert (ids.index(predecessor) if predecessor else None) == case.changed_from
    kinds = [issue.kind for issue in second.issues if issue.measure_id]
    assert ("series_doubtful" in kinds) == case.is_doubtful


def test_a_name_that_every_board_may_have_is_not_known_under_another_one() -> None:
    before = (Row("Budgeten hålls", board="KN"), Row("Antal hallar", board="RS"))
    after = (Row("Budgeten hålls", board="RS"), Row("Antal salar", board="KN"))
    (_, second), _ = link([report(2022, *before), report(2023, *after)])
    assert "series_doubtful" in [issue.kind for issue in second.issues]


def test_a_series_is_known_by_an_older_name_too() -> None:
    reports = [report(2021, "Extratid"), report(2022, "Mertid"), report(2023, "Extratid")]
    (first, second, _), _ = link(reports)
    decided = [(second.measures[0].measure_id, first.measures[0].series_id)]
    linked, _ = link(reports, (), decided)
    assert len({extract.measures[0].series_id for extract in linked}) == 1


def test_a_better_name_wins_over_the_very_place() -> None:
    """A measure that moved keeps its series, although another has come to its old place."""
    before = (Row("Andel nöjda resenärer med buss"), Row("Andel resor i tid", "Trafiken bär sig"))
    after = (
        Row("Andel nöjda resenärer med buss", "Trafiken bär sig"),
        Row("Andel nöjda resenärer med tåg"),
    )
    (first, second), _ = link([report(2022, *before), report(2023, *after)])
    assert second.measures[0].series_id == first.measures[0].series_id
    assert second.measures[1].series_id not in {m.series_id for m in first.measures}


def found(series: tuple[Series, ...], text: str) -> list[str]:
    return [s.name for s in search(series, text)]


def test_a_misprint_finds_a_series_and_another_word_none() -> None:
    _, series = link([report(2022, "Sjukfrånvaro", "Antal praktikplatser", "Andel elbussar")])
    series = tuple(s for s in series if s.kind == "measure")
    assert found(series, "skukfrånvaro") == ["Sjukfrånvaro"]
    assert found(series, "frånvarande") == []


def test_one_series_is_meant_where_the_others_are_clearly_less_alike() -> None:
    _, series = link([report(2022, "Antal elbussar", "Antal minibussar", "Antal elbusar")])
    series = tuple(s for s in series if s.kind == "measure")
    assert found(series, "elbussarr") == ["Antal elbusar", "Antal elbussar"]
    assert found(series, "minibusssar") == ["Antal minibussar"]
