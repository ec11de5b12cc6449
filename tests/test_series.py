"""Measures and goals over the years: what keeps its series, and what begins one."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from series_reports import Row, report, series_by_name

from styrmatt.normalize.series import link as linking
from styrmatt.normalize.series.decisions import OWN_SERIES
from styrmatt.records import Extract, Series

link = partial(linking.link, vocabulary="sv")
link_report = partial(linking.link_report, vocabulary="sv")
SHARED = Path(__file__).parents[2] / "shared"

BASE = (
    Row("Andel nöjda resenärer", "Bussen kommer i tid", target="80 %", unit="percent"),
    Row("Antal påstigande", "Bussen kommer i tid"),
    Row("Kostnad per resa", "Trafiken bär sig", target="35 kr", unit="kr", kind="threshold"),
    Row("Sjukfrånvaro korttid", "Chaufförer trivs", "Arbetsplatsen är frisk", "2,1 %"),
    Row("Sjukfrånvaro långtid", "Chaufförer trivs", "Arbetsplatsen är frisk", "2,9 %"),
    Row("Andel kvinnor bland förare", "Chaufförer trivs", "Arbetsplatsen är frisk", "40 %"),
    Row("Andel män bland förare", "Chaufförer trivs", "Arbetsplatsen är frisk", "60 %"),
    Row("Budgeten hålls", "Museerna bär sig", "Ekonomin är i balans", "0", board="KN"),
    Row("Budgeten hålls", "Trafiken bär sig", "Ekonomin är i balans", "0", board="RS"),
    Row("Unga deltar i UPR", "Unga har inflytande", "Alla är med", "20 personer/12 orter"),
    Row("Antal turer till inlandet", "Hela länet nås", "Alla är med", "12"),
    Row("Ta fram en trafikplan", "Hela länet nås", "Alla är med", "Planen är antagen"),
    Row("Andel 65-åringar med seniorkort", "Hela länet nås", "Alla är med", "50 %"),
)

NEXT = {
    # (row of the base, its row a year later, what became of it)
    "same": (0, dataclasses.replace(BASE[0], target="85 %"), "same"),
    "renamed": (1, dataclasses.replace(BASE[1], name="Antalet påstigande (alla linjer)"), None),
    "moved": (2, dataclasses.replace(BASE[2], factor="Ekonomin håller"), "moved"),
    "short": (3, BASE[3], "same"),
    "long": (4, BASE[4], "same"),
    "women": (5, BASE[5], "same"),
    "museums": (7, BASE[7], "same"),
    "traffic": (8, BASE[8], "same"),
    "spelled": (
        9,
        dataclasses.replace(
            BASE[9], name="Unga deltar i Ungdomspolitiska rådet (UPR)", target="16/12"
        ),
        "reworded",
    ),
    "redefined": (
        12,
        dataclasses.replace(BASE[12], name="Andel 70-åringar med seniorkort"),
        "changed_definition",
    ),
    "more": (
        10,
        dataclasses.replace(BASE[10], name="Antal turer till inlandet per vecka"),
        "changed_definition",
    ),
}


def is_registered(extract: Extract, register: Sequence[Series]) -> bool:
    """Whether every measure and goal of a report has its series, and the register knows it."""
    known = {m.item_id: s.series_id for s in register for m in s.members if m.present}
    return all(
        m.series_id and known.get(m.measure_id) == m.series_id for m in extract.measures
    ) and (
        all(g.goal_series_id and known.get(g.goal_id) == g.goal_series_id for g in extract.goals)
    )


def test_a_made_up_next_year_gives_exactly_its_changes() -> None:
    later = [row for _, row, _ in NEXT.values()]
    (first, second), series = link([report(2022, *BASE), report(2023, *later, "Ny cykelväg")])
    became = {m.item_id: m for s in series for m in s.members if m.fiscal_year == 2023}
    of_first = dict(zip(range(len(BASE)), first.measures, strict=True))
    predecessor = {s.series_id: s.predecessor_series_id for s in series}
    for (number, _, reason), measure in zip(NEXT.values(), second.measures[:-1], strict=True):
        member, before = became[measure.measure_id], of_first[number].series_id
        if reason == "changed_definition":
            assert measure.series_id != before
            assert predecessor[measure.series_id or ""] == before
        elif reason is not None:
            assert measure.series_id == before
        if reason is not None:
            assert member.reason == reason, measure.measure
    new = second.measures[-1]
    assert became[new.measure_id].reason == "founding"
    assert predecessor[new.series_id or ""] is None
    dropped = {of_first[n].series_id for n in (6, 11)}
    assert not dropped & {m.series_id for m in second.measures}


def test_retargeting_keeps_the_series() -> None:
    before = Row("Andel nöjda", target="80 %", unit="percent", kind="threshold")
    after = dataclasses.replace(before, target="85 %")
    (one, two), _ = link([report(2022, before), report(2023, after)])
    assert one.measures[0].series_id == two.measures[0].series_id
    percent_more = dataclasses.replace(before, name="Antal resor", target="Öka 5 %", kind="change")
    figure = dataclasses.replace(percent_more, target="900", unit="count", kind="threshold")
    (one, two), _ = link([report(2022, percent_more), report(2023, figure)])
    assert one.measures[0].series_id == two.measures[0].series_id


def test_the_same_name_in_another_unit_is_another_definition_and_says_so() -> None:
    before = Row("Sjukfrånvaro", target="4,8 %", unit="percent", kind="threshold")
    after = dataclasses.replace(before, target="12 dagar", unit="days")
    (one, two), series = link([report(2022, before), report(2023, after)])
    assert one.measures[0].series_id != two.measures[0].series_id
    found = {s.series_id: s.predecessor_series_id for s in series}
    assert found[two.measures[0].series_id or ""] == one.measures[0].series_id
    assert [issue.kind for issue in two.issues] == ["series_redefined"]


def test_amounts_of_money_are_one_unit() -> None:
    before = Row("Kostnad", target="900 tkr", unit="tkr", kind="threshold")
    after = dataclasses.replace(before, target="0,9 mnkr", unit="mnkr")
    (one, two), _ = link([report(2022, before), report(2023, after)])
    assert one.measures[0].series_id == two.measures[0].series_id


def test_a_changed_definition_does_not_take_the_place_of_one_that_goes_on() -> None:
    (_, two), series = link(
        [report(2022, "Antal resor"), report(2023, "Antal resor", "Antal resor med buss")]
    )
    bus = series_by_name(two)["Antal resor med buss"]
    assert next(s for s in series if s.series_id == bus).predecessor_series_id is None


def test_one_name_under_two_factors_of_a_report_is_two_series() -> None:
    rows = (Row("Budgeten hålls", "Museerna bär sig"), Row("Budgeten hålls", "Trafiken bär sig"))
    (one, two), series = link([report(2022, *rows), report(2023, *reversed(rows))])
    assert len({m.series_id for m in one.measures}) == 2
    assert [m.series_id for m in two.measures] == [m.series_id for m in reversed(one.measures)]
    assert len([s for s in series if s.kind == "measure"]) == 2


def test_a_name_printed_twice_is_in_doubt_where_its_place_is_new() -> None:
    rows = (Row("Budgeten hålls", "Museerna bär sig"), Row("Budgeten hålls", "Trafiken bär sig"))
    new = Row("Budgeten hålls", "Kontoret är sparsamt")
    (one, two), _ = link([report(2022, *rows), report(2023, new)])
    (issue,) = two.issues
    assert issue.kind == "series_doubtful"
    assert issue.measure_id == two.measures[0].measure_id
    assert all(str(m.series_id) in issue.message for m in one.measures)
    assert two.measures[0].series_id not in {m.series_id for m in one.measures}


def test_a_measure_of_another_board_is_the_same_only_where_its_board_lost_it() -> None:
    name = "Andel resenärer som får plats på första bussen"
    before = report(2022, Row(name, board="RS"))
    lost = report(2023, Row(name, board="TN"), Row("Antal hallar", board="RS"))
    (one, two), _ = link([before, lost])
    assert series_by_name(two)[name] == one.measures[0].series_id
    elsewhere = report(2023, Row(name, board="TN"))
    (one, two), _ = link([before, elsewhere])
    assert two.measures[0].series_id != one.measures[0].series_id
    assert [issue.kind for issue in two.issues] == ["series_doubtful"]


def test_interim_and_annual_report_of_a_year_share_series() -> None:
    (one, two), series = link([report(2023, *BASE, kind="interim"), report(2023, *BASE)])
    mine, theirs = ({m.series_id for m in extract.measures} for extract in (one, two))
    assert mine == theirs
    assert all(len({m.document_id for m in s.members}) == len(s.members) for s in series)


def test_organisations_never_share_series() -> None:
    extracts, _ = link([report(2022, *BASE), report(2022, *BASE, organisation="Region Ekby")])
    mine, theirs = ({m.series_id for m in e.measures} for e in extracts)
    assert not mine & theirs
    mine, theirs = ({g.goal_series_id for g in e.goals} for e in extracts)
    assert not mine & theirs


def test_goals_have_series_and_move_between_perspectives() -> None:
    before = Row("Antal resor", goal="Resan är trygg", perspective="Samhälle")
    after = dataclasses.replace(before, perspective="Medborgare")
    new = dataclasses.replace(before, name="Antal hallar", goal="Hallen är ren")
    (one, two), series = link([report(2022, before), report(2023, after, new)])
    ids = {goal.goal: goal.goal_series_id for goal in two.goals}
    assert ids["Resan är trygg"] == one.goals[0].goal_series_id
    assert ids["Hallen är ren"] != ids["Resan är trygg"]
    assert [m.reason for s in series if s.kind == "goal" for m in s.members].count("moved") == 1


def test_records_carry_the_series_of_their_measure() -> None:
    (one,), _ = link([report(2022, *BASE)])
    ids = {m.measure_id: m.series_id for m in one.measures}
    assert all(r.series_id == ids[r.measure_id] for r in one.records)
    assert None not in ids.values()


def test_a_series_tells_its_names_and_years() -> None:
    names = ("Unga i UPR", "Unga i Ungdomspolitiska rådet (UPR)")
    _, series = link([report(2022, names[0]), report(2023, names[1]), report(2024, names[1])])
    (row,) = (s for s in series if s.kind == "measure")
    assert (row.name, row.names) == (names[0], names)
    assert (row.first_year, row.last_year) == (2022, 2024)


# --- the register


def test_a_second_run_changes_nothing() -> None:
    extracts = [report(2022, *BASE), report(2023, *(row for _, row, _ in NEXT.values()))]
    linked, register = link(extracts)
    again, same = link(extracts, register)
    assert (again, same) == (linked, register)
    assert all(is_registered(extract, register) for extract in linked)
    assert not is_registered(extracts[0], register)


def test_a_run_that_is_cut_off_and_done_again_ends_the_same() -> None:
    extracts = [report(year, *BASE[:n]) for year, n in ((2021, 9), (2022, 12), (2023, 7))]
    whole = link(extracts)
    _, half = link(extracts[:1])
    assert link(extracts, half) == whole


def test_an_earlier_year_added_later_changes_no_id() -> None:
    later = [row for _, row, _ in NEXT.values()]
    linked, register = link([report(2023, *later), report(2024, *later)])
    with_earlier, grown = link([report(2022, *BASE)], register)
    again, _ = link([report(2023, *later), report(2024, *later)], grown)
    assert again == linked
    assert {s.series_id for s in register} <= {s.series_id for s in grown}
    senior = next(s for s in grown if s.name.startswith("Andel 70-åringar"))
    assert senior.predecessor_series_id == series_by_name(with_earlier[0])[BASE[12].name]


def test_a_report_read_again_keeps_ids_and_a_lost_measure_keeps_its_series() -> None:
    _, register = link([report(2022, *BASE)])
    (read,), after = link([report(2022, *BASE[:3])], register)
    assert {s.series_id for s in after} == {s.series_id for s in register}
    gone = [m for s in after if s.kind == "measure" for m in s.members if not m.present]
    assert len(gone) == len(BASE) - 3
    (back,), restored = link([report(2022, *BASE)], after)
    assert restored == register
    assert {m.series_id for m in read.measures} <= {m.series_id for m in back.measures}


def test_a_name_read_better_keeps_the_series_that_the_report_began() -> None:
    _, register = link([report(2022, "Andel nöjda resenärrer")])
    (mended,), _ = link([report(2022, "Andel nöjda resenärer")], register)
    (row,) = (s for s in register if s.kind == "measure")
    assert mended.measures[0].series_id == row.series_id


def test_a_report_with_another_id_takes_the_place_of_the_old_one() -> None:
    _, register = link([report(2022, *BASE)])
    mended, after = link_report(
        report(2023, *BASE), register, replaced=["region-tallmo-2022-annual"]
    )
    assert {s.series_id for s in after} == {s.series_id for s in register}
    assert {s.first_year for s in after} == {2023}
    assert is_registered(mended, after)


# --- decisions


def test_a_decision_puts_a_measure_into_a_series_and_its_end_restores_it() -> None:
    before, after = report(2022, "Extratid"), report(2023, "Mertid")
    (one, two), register = link([before, after])
    target, own = one.measures[0].series_id, two.measures[0].series_id
    assert own != target
    decided = [(two.measures[0].measure_id, target)]
    (_, joined), changed = link([before, after], register, decided)
    assert joined.measures[0].series_id == target
    row = next(s for s in changed if s.series_id == target)
    assert [m.reason for m in row.members] == ["founding", "decided"]
    assert row.names == ("Extratid", "Mertid")
    assert link([before, after], changed, decided)[1] == changed
    (_, restored), register_again = link([before, after], changed)
    assert restored == two
    assert register_again == register


@pytest.mark.parametrize("own", [OWN_SERIES, None])
def test_a_decision_takes_a_measure_out_of_a_series_and_its_end_restores_it(
    own: str | None,
) -> None:
    before, after = report(2022, "Extratid"), report(2023, "Extratid")
    (one, two), register = link([before, after])
    decided = [(two.measures[0].measure_id, own)]
    (kept, apart), changed = link([before, after], register, decided)
    assert kept == one
    assert apart.measures[0].series_id != one.measures[0].series_id
    assert link([before, after], changed, decided) == ((kept, apart), changed)
    assert link([before, after], changed) == ((one, two), register)


def test_a_decision_that_the_machine_agrees_with_changes_nothing() -> None:
    extracts = [report(2022, "Extratid"), report(2023, "Extratid")]
    linked, register = link(extracts)
    same = [(linked[1].measures[0].measure_id, linked[0].measures[0].series_id)]
    assert link(extracts, register, same) == (linked, register)


def test_a_decision_for_a_series_that_is_gone_is_told() -> None:
    extract = report(2022, "Extratid")
    measure = extract.measures[0]
    (done,), _ = link([extract], (), [(measure.measure_id, "ms-nowhere")])
    (issue,) = done.issues
    assert (issue.kind, issue.measure_id) == ("series_decision_gone", measure.measure_id)
    assert done.measures[0].series_id


# --- properties

NAMES = st.sampled_from(
    sorted({row.name for row in BASE} | {row.name for _, row, _ in NEXT.values()})
)
FACTORS = st.sampled_from(sorted({row.factor for row in BASE}))
ROWS = st.lists(st.builds(Row, NAMES, FACTORS), max_size=6, unique=True)
YEARS = st.dictionaries(st.sampled_from([2020, 2021, 2022, 2023]), ROWS, min_size=2)
FEW = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))


def check_invariants(extracts: Sequence[Extract], register: Sequence[Series]) -> None:
    ids = [series.series_id for series in register]
    assert len(ids) == len(set(ids))
    items = [m.item_id for s in register for m in s.members if m.present]
    assert len(items) == len(set(items))
    for extract in extracts:
        assert is_registered(extract, register)
        own = [measure.series_id for measure in extract.measures]
        assert len(own) == len(set(own))
    for series in register:
        assert series.predecessor_series_id is None or series.predecessor_series_id in ids


@FEW
@given(YEARS, st.randoms())
def test_the_order_of_reports_makes_no_difference(years: dict[int, list[Row]], random) -> None:  # type: ignore[no-untyped-def]
    extracts = [report(year, *rows) for year, rows in years.items()]
    expected = link(extracts)
    check_invariants(*expected)
    random.shuffle(extracts)
    shuffled = [
        dataclasses.replace(
            e, measures=tuple(random.sample(list(e.measures), len(e.measures))), goals=e.goals
        )
        for e in extracts
    ]
    linked, register = link(shuffled)
    assert register == expected[1]
    ids = [{m.measure_id: m.series_id for m in e.measures} for e in linked]
    assert ids == [{m.measure_id: m.series_id for m in e.measures} for e in expected[0]]


@FEW
@given(YEARS)
def test_whatever_is_added_no_id_changes(years: dict[int, list[Row]]) -> None:
    extracts = [report(year, *rows) for year, rows in sorted(years.items(), reverse=True)]
    register: tuple[Series, ...] = ()
    known: dict[str, str | None] = {}
    for number, extract in enumerate(extracts):
        link([extract], register)
        linked, register = link(extracts[: number + 1], register)
        check_invariants(linked, register)
        now = {m.measure_id: m.series_id for e in linked for m in e.measures}
        assert {key: now[key] for key in known} == known
        known = now


# --- the real reports


@pytest.mark.skipif(not (SHARED / "truth").is_dir(), reason="no reports to compare")
def test_the_real_years_are_linked_as_an_analyst_would() -> None:
    def rows(year: int, board: str | None) -> dict[str, Row]:
        truth = json.loads((SHARED / "truth" / f"{year}.json").read_text(encoding="utf-8"))
        goals = {goal["goal_id"]: goal["name"] for goal in truth["goals"]}
        factors = {f["factor_id"]: f["name"] for f in truth["success_factors"]}
        return {
            m["measure_id"]: Row(
                m["name"],
                factors.get(m["factor_id"], ""),
                goals[m["goal_id"]],
                m["entries"][0]["target_raw"],
                board=m["board"] or board,
            )
            for m in truth["measures"]
        }

    before, after = rows(2020, None), rows(2021, "RUN")
    (one, two), series = link([report(2020, *before.values()), report(2021, *after.values())])
    old = {m.series_id: key for key, m in zip(before, one.measures, strict=True)}
    found = {
        key: old[m.series_id]
        for key, m in zip(after, two.measures, strict=True)
        if m.series_id in old
    }
    wanted = {"m013": "m022", "m017": "m024", "m018": "m025", "m019": "m026", "m020": "m014"}
    assert found == wanted
    assert not {g.goal_series_id for g in one.goals} & {g.goal_series_id for g in two.goals}
    changed = {s.name[:20] for s in series if s.predecessor_series_id}
    assert changed == {next(r.name for k, r in after.items() if k == "m014")[:20]}
