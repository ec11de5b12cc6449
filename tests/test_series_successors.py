"""What a person says a series took the place of: of any series, once, and without a trace after."""

from __future__ import annotations

from functools import partial

import pytest
from series_reports import report

from styrmatt.normalize.series import link as linking
from styrmatt.normalize.series.decisions import AFTER, NOTHING, followed_series
from styrmatt.records import Extract, Series

link = partial(linking.link, vocabulary="sv")
UNLIKE = ("Extratid", "Mertid")
REDEFINED = ("Andel 65-åringar med seniorkort", "Andel 70-åringar med seniorkort")
SAME = ("Extratid", "Extratid")


def linked(names: tuple[str, ...]) -> tuple[list[Extract], tuple[Extract, ...], tuple[Series, ...]]:
    reports = [report(2022 + n, name) for n, name in enumerate(names)]
    return reports, *link(reports)


def predecessors(register: tuple[Series, ...]) -> dict[str, str | None]:
    return {row.series_id: row.predecessor_series_id for row in register}


@pytest.mark.parametrize("names", [UNLIKE, REDEFINED, SAME], ids=["unlike", "redefined", "same"])
@pytest.mark.parametrize("is_fresh", [False, True])
def test_a_series_takes_the_place_of_the_one_that_a_person_names(
    names: tuple[str, str], is_fresh: bool
) -> None:
    reports, (one, two), register = linked(names)
    before = one.measures[0].series_id
    said = [(two.measures[0].measure_id, f"{AFTER}{before}")]
    (kept, after), decided = link(reports, () if is_fresh else register, said)
    assert kept == one
    assert after.measures[0].series_id != before
    assert predecessors(decided)[after.measures[0].series_id] == before
    assert {row.predecessor_decided_in for row in decided} == {None, two.document.document_id}
    assert not [issue for issue in after.issues if issue.kind.startswith("series")]
    assert link(reports, decided, said) == ((kept, after), decided)
    assert link(reports, decided) == ((one, two), register)


@pytest.mark.parametrize("is_fresh", [False, True])
def test_a_person_says_that_a_series_took_the_place_of_none(is_fresh: bool) -> None:
    reports, (one, two), register = linked(REDEFINED)
    own = two.measures[0].series_id
    assert predecessors(register)[own] == one.measures[0].series_id
    said = [(two.measures[0].measure_id, f"{AFTER}{NOTHING}")]
    (_, after), decided = link(reports, () if is_fresh else register, said)
    assert after.measures[0].series_id == own and not after.issues
    assert set(predecessors(decided).values()) == {None}
    assert link(reports, decided, said)[1] == decided
    assert link(reports, decided) == ((one, two), register)


def test_it_holds_for_the_years_that_follow_and_when_they_are_read_again() -> None:
    reports, (one, two, three), _ = linked((*UNLIKE, "Mertid"))
    said = [(two.measures[0].measure_id, f"{AFTER}{one.measures[0].series_id}")]
    _, decided = link(reports, (), said)
    own = three.measures[0].series_id
    assert own == two.measures[0].series_id
    _, again = link(reports[2:], decided)
    assert again == decided and predecessors(again)[own] == one.measures[0].series_id


def test_what_the_machine_finds_meanwhile_holds_when_the_decision_ends() -> None:
    reports, (one, two), register = linked(REDEFINED)
    said = [(two.measures[0].measure_id, f"{AFTER}{NOTHING}")]
    _, alone = link(reports[1:], (), said)
    _, decided = link(reports[:1], alone)
    assert set(predecessors(decided).values()) == {None}
    _, ended = link(reports[1:], decided)
    assert predecessors(ended)[two.measures[0].series_id] == one.measures[0].series_id
    assert predecessors(ended) == predecessors(register)


@pytest.mark.parametrize("named", ["ms-nowhere", "", "own"])
def test_a_series_that_is_not_there_is_told(named: str) -> None:
    reports, (_, two), register = linked(UNLIKE)
    (_, after), same = link(reports, register, [(two.measures[0].measure_id, f"{AFTER}{named}")])
    (issue,) = after.issues
    assert (issue.kind, issue.measure_id) == ("series_decision_gone", two.measures[0].measure_id)
    assert same == register


def test_no_series_follows_itself_or_one_of_its_own_year_or_later() -> None:
    reports, (one, two), register = linked(UNLIKE)
    first, second = one.measures[0], two.measures[0]
    for said in (
        [(first.measure_id, f"{AFTER}{first.series_id}")],
        [(first.measure_id, f"{AFTER}{second.series_id}")],
        [(second.measure_id, f"{AFTER}{second.series_id}")],
    ):
        done, same = link(reports, register, said)
        assert same == register
        assert [i.kind for e in done for i in e.issues] == ["series_decision_gone"]


def test_two_that_say_they_follow_each_other_make_no_circle() -> None:
    names = [("Extratid", "Mertid"), ("Extratid", "Mertid")]
    reports = [report(2022 + n, *of) for n, of in enumerate(names)]
    (_, later), register = link(reports)
    one, two = later.measures
    said = [
        (one.measure_id, f"{AFTER}{two.series_id}"),
        (two.measure_id, f"{AFTER}{one.series_id}"),
    ]
    (_, done), decided = link(reports, register, said)
    assert [issue.kind for issue in done.issues] == ["series_decision_gone"]
    named = [predecessors(decided)[str(measure.series_id)] for measure in (one, two)]
    assert sorted(value is None for value in named) == [False, True]


@pytest.mark.parametrize(
    ("decision", "found"),
    [(None, None), ("own", None), ("ms-1", None), ("after:ms-1", "ms-1"), ("after: none", NOTHING)],
)
def test_what_a_decision_says_of_the_series_before(decision: str | None, found: str | None) -> None:
    assert followed_series(decision) == found
