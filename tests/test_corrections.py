from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import make_extract, tree
from extracts import write_extract
from hypothesis import given, settings
from hypothesis import strategies as st

from styrmatt.corrections.fields import CORRECTABLE, FIELDS, LINK_FIELDS
from styrmatt.corrections.overrides import Override
from styrmatt.errors import CorrectionsFileError
from styrmatt.export.schema.row_checks import check_extract
from styrmatt.normalize.corrections.apply import correct
from styrmatt.normalize.corrections.links import correct_links
from styrmatt.records import Extract, Goal, Outcome

REPORT = "region-tallmo-2020-annual"
MEASURE, GOAL, FACTOR, OUTCOME = (f"{REPORT}-{kind}" for kind in ("m", "g", "f", "o"))
WOMEN, MEN = f"{MEASURE}-K", f"{MEASURE}-M"
OTHER_GOAL = f"{REPORT}-g2"


def report() -> Extract:
    """A report with two goals, whose record of women shows the outcome of women."""
    made = make_extract(REPORT)
    second = Goal(
        goal_id=OTHER_GOAL,
        document_id=REPORT,
        fiscal_year=2020,
        perspective="Miljö",
        goal="Luften är ren",
        page=1,
    )
    shown = {"outcome_value": 78.0, "outcome_unit": "percent", "outcome_page": 3}
    text = made.outcomes[0].text
    records = tuple(
        replace(r, **shown, outcome_text=text) if r.sex == "K" else r for r in made.records
    )
    claims = (replace(made.claims[0], own_total=2, own_unknown=2, agrees=False),)
    return replace(
        made, goals=(*made.goals, second), records=records, claims=claims, corrections=()
    )


def ruling(row_id: str, field: str, value: Any, machine_value: Any = None, **more: Any) -> Override:
    said = {"why": "Nämnden rättade", "who": "controller", "when": date(2021, 3, 1)}
    place = f"c.csv, line {field}"
    return Override(REPORT, row_id, field, machine_value, value, **{**said, "place": place, **more})


def corrected(*rulings: Override, extract: Extract | None = None) -> Extract:
    made = correct(extract or report(), rulings)
    check_extract(made)
    return made


def record(extract: Extract, row_id: str) -> Any:
    return next(r for r in extract.records if r.record_id == row_id)


def test_a_report_without_corrections_stays_the_same_object() -> None:
    extract = report()
    assert correct(extract, ()) is extract
    other = replace(ruling(WOMEN, "status", "met"), document_id="another-report")
    assert correct(extract, [other]) is extract


def test_a_target_is_corrected_in_targets_and_records() -> None:
    made = corrected(ruling(WOMEN, "target_value", 85.0, 80.0))
    target = next(t for t in made.targets if t.record_id == WOMEN)
    assert target.target_value == record(made, WOMEN).target_value == 85.0
    assert target.corrected == record(made, WOMEN).corrected == ("target_value",)
    assert record(made, MEN) == record(report(), MEN)


def test_the_machines_value_is_kept_beside_who_why_and_when() -> None:
    (row,) = corrected(ruling(WOMEN, "target_value", 85.0, 80.0)).corrections
    assert (row.dataset, row.row_id, row.field) == ("targets", WOMEN, "target_value")
    assert (row.machine_value, row.value, row.applied) == ("80", "85", True)
    assert (row.why, row.who, row.decided_on) == (
        "Nämnden rättade",
        "controller",
        date(2021, 3, 1),
    )


def test_a_measure_gets_another_name_and_keeps_its_id() -> None:
    made = corrected(ruling(MEASURE, "measure", "Andel nöjda", "Andel nöjda åkande"))
    assert {r.measure for r in made.records} == {made.measures[0].measure} == {"Andel nöjda"}
    assert made.measures[0].measure_id == MEASURE
    assert all(r.corrected == ("measure",) for r in made.records)
    assert made.measures[0].measure_raw == report().measures[0].measure_raw


def test_a_goal_gets_another_wording_wherever_it_is_named() -> None:
    made = corrected(ruling(GOAL, "goal", "Resan är säker", "Resan är trygg"))
    assert {r.goal for r in made.records} == {"Resan är säker"}
    assert made.goals[0].corrected == ("goal",)
    assert made.goals[1] == report().goals[1]


def test_a_measure_moves_to_another_goal_with_name_and_perspective() -> None:
    made = corrected(ruling(MEASURE, "goal_id", OTHER_GOAL, GOAL))
    assert {(r.goal_id, r.goal, r.perspective) for r in made.records} == {
        (OTHER_GOAL, "Luften är ren", "Miljö")
    }
    assert made.records[0].corrected == ("goal", "goal_id", "perspective")


def test_a_measure_loses_its_factor() -> None:
    made = corrected(ruling(MEASURE, "success_factor_id", None, FACTOR))
    assert {r.success_factor for r in made.records} == {None}


def test_a_corrected_goal_is_named_where_a_measure_moves_to_it() -> None:
    made = corrected(
        ruling(MEASURE, "goal_id", OTHER_GOAL, GOAL),
        ruling(OTHER_GOAL, "goal", "Luften är renare", "Luften är ren"),
    )
    assert {r.goal for r in made.records} == {"Luften är renare"}


def test_better_and_assessment_and_board_say_that_a_correction_says_so() -> None:
    made = corrected(
        ruling(WOMEN, "better", "lower"),
        ruling(GOAL, "assessment", "met"),
        ruling(MEASURE, "board", "RUN", "RS"),
    )
    women = record(made, WOMEN)
    assert (women.better, women.better_source) == ("lower", "correction")
    assert (women.board, women.board_code, women.board_source) == ("RUN", "RUN", "correction")
    assert (made.goals[0].assessment, made.goals[0].assessment_source) == ("met", "correction")
    assert women.corrected == ("better", "board")


def test_a_corrected_assessment_is_counted_anew_in_claims() -> None:
    made = corrected(ruling(GOAL, "assessment", "met"))
    (claim,) = made.claims
    assert (claim.own_met, claim.own_unknown, claim.own_total) == (1, 1, 2)
    assert claim.corrected == ()
    made = corrected(ruling(f"{REPORT}-c", "total", 2, 1), ruling(GOAL, "assessment", "met"))
    assert made.claims[0].agrees is True
    assert made.claims[0].corrected == ("total",)


def test_a_result_is_corrected_by_its_record_or_by_its_outcome() -> None:
    by_record = corrected(ruling(WOMEN, "outcome_value", 79.0, 78.0))
    by_outcome = corrected(ruling(OUTCOME, "value", 79.0, 78.0))
    assert by_record.outcomes == by_outcome.outcomes
    assert by_record.records == by_outcome.records
    assert record(by_record, WOMEN).outcome_value == by_record.outcomes[0].value == 79.0
    assert by_record.outcomes[0].corrected == ("value",)
    assert record(by_record, WOMEN).corrected == ("outcome_value",)


def test_a_result_that_the_machine_lacks_becomes_an_outcome() -> None:
    made = corrected(
        ruling(MEN, "outcome_value", 70.0, why="Sidan 4: 70 procent"),
        ruling(MEN, "outcome_unit", "percent"),
    )
    (new,) = (o for o in made.outcomes if o.sex == "M")
    assert (new.value, new.unit, new.outcome_year, new.page) == (70.0, "percent", 2020, 2)
    assert new.text == "Sidan 4: 70 procent"
    men = record(made, MEN)
    assert (men.outcome_value, men.outcome_unit, men.outcome_year) == (70.0, "percent", 2020)
    assert record(made, WOMEN) == record(report(), WOMEN)


def test_a_result_of_the_other_sex_moves_there() -> None:
    made = corrected(ruling(OUTCOME, "sex", "M", "K"))
    assert record(made, MEN).outcome_value == 78.0
    assert record(made, WOMEN).outcome_value is None
    assert record(made, WOMEN).outcome_text is None


def test_two_corrections_of_one_result_are_told() -> None:
    with pytest.raises(CorrectionsFileError, match="Keep one"):
        corrected(ruling(OUTCOME, "value", 79.0, 78.0), ruling(WOMEN, "outcome_value", 77.0, 78.0))


def test_lines_of_women_and_men_change_places() -> None:
    both = corrected(ruling(WOMEN, "sex", "M", "K"), ruling(MEN, "sex", "K", "M"))
    assert {r.record_id: r.sex for r in both.records} == {WOMEN: "M", MEN: "K"}
    assert record(both, MEN).outcome_value == 78.0
    assert record(both, WOMEN).outcome_value is None
    one = corrected(ruling(WOMEN, "sex", "M", "K"))
    assert {r.record_id: r.sex for r in one.records} == {WOMEN: "K", MEN: "M"}
    assert one.issues[-1].kind == "correction_unused"
    assert "two lines for" in one.issues[-1].message


def test_a_correction_whose_row_is_gone_is_an_issue() -> None:
    made = corrected(ruling("m-none", "measure", "Nytt", "Gammalt"))
    issue = made.issues[-1]
    assert (issue.kind, issue.severity) == ("correction_unused", "warning")
    assert "m-none" in issue.message
    (row,) = made.corrections
    assert (row.applied, row.dataset, row.machine_value) == (False, None, None)
    assert made.records == report().records


def test_a_correction_made_against_another_value_is_an_issue() -> None:
    made = corrected(ruling(WOMEN, "target_value", 85.0, 70.0))
    assert made.issues[-1].kind == "correction_outdated"
    assert made.issues[-1].record_id == WOMEN
    (row,) = made.corrections
    assert (row.applied, row.machine_value, row.made_against) == (False, "80", "70")
    assert made.targets == report().targets


def test_a_correction_that_the_machine_has_caught_up_with_is_told_gently() -> None:
    made = corrected(ruling(WOMEN, "target_value", 80.0, 70.0))
    assert (made.issues[-1].kind, made.issues[-1].severity) == ("correction_unused", "info")


def test_a_goal_that_is_none_is_an_issue() -> None:
    made = corrected(ruling(MEASURE, "goal_id", "g-none", GOAL))
    assert made.issues[-1].kind == "correction_unused"
    assert made.measures == report().measures


@pytest.mark.parametrize(
    ("row_id", "field", "where"),
    [
        (WOMEN, "measure", "measures"),
        (WOMEN, "goal", "goals"),
        (MEASURE, "status", "records"),
        (REPORT, "target_value", "targets"),
    ],
)
def test_a_field_of_another_row_is_told_with_where_it_is(
    row_id: str, field: str, where: str
) -> None:
    with pytest.raises(CorrectionsFileError, match=f"is one of {where}"):
        corrected(ruling(row_id, field, "x"))


def test_what_must_not_be_empty_is_told() -> None:
    with pytest.raises(CorrectionsFileError, match="never empty"):
        corrected(ruling(WOMEN, "outcome_text", None, report().outcomes[0].text))
    with pytest.raises(CorrectionsFileError, match="never empty"):
        corrected(ruling(OUTCOME, "measure_id", None, MEASURE))


def test_review_is_emptied_by_a_person_who_has_looked() -> None:
    extract = report()
    doubtful = tuple(replace(r, review=("duplicate",)) for r in extract.records)
    made = corrected(
        ruling(WOMEN, "review", (), ("duplicate",)), extract=replace(extract, records=doubtful)
    )
    assert [r.review for r in made.records if r.record_id == WOMEN] == [()]


def values_of(field: str) -> st.SearchStrategy[Any]:
    known = FIELDS[field]
    one: st.SearchStrategy[Any]
    if known.values:
        one = st.sampled_from(known.values)
    elif known.kind is float:
        one = st.floats(-1e6, 1e6)
    elif known.kind is int:
        one = st.integers(1, 3000)
    elif known.kind is date:
        one = st.dates()
    elif known.kind is bool:
        one = st.booleans()
    elif field.endswith("_id"):
        one = st.sampled_from([GOAL, OTHER_GOAL, FACTOR, MEASURE, "x-none"])
    else:
        one = st.sampled_from(["Ett", "Två ord", "å"])
    if known.is_list:
        return st.lists(one, max_size=2).map(tuple)
    return st.one_of(st.none(), one) if known.nullable else one


def homes(extract: Extract) -> list[tuple[str, str, Any]]:
    """(id, field, machine's value) of everything that can be corrected in a report."""
    found = []
    for dataset, names in CORRECTABLE.items():
        for row in extract.rows(dataset):
            key = next(f.name for f in fields(row) if f.metadata["key"])
            found += [
                (getattr(row, key), name, getattr(row, name))
                for name in names
                if name not in LINK_FIELDS
            ]
    return found


@st.composite
def some_rulings(draw: st.DrawFn) -> list[Override]:
    cells = draw(st.lists(st.sampled_from(homes(report())), max_size=8, unique_by=lambda c: c[:2]))
    made = []
    for row_id, field, machine in cells:
        value = draw(values_of(field).filter(lambda v, m=machine: v != m))
        stale = draw(st.integers(0, 9)) == 0
        made.append(ruling(row_id, field, value, "other" if stale else machine))
    return made


@settings(max_examples=150, deadline=None)
@given(some_rulings(), st.randoms())
def test_whatever_is_corrected_is_whole_and_does_not_depend_on_the_order(
    rulings: list[Override], random: Any
) -> None:
    before = report()
    try:
        made = corrected(*rulings, extract=before)
    except CorrectionsFileError:
        return
    shuffled = list(rulings)
    random.shuffle(shuffled)
    assert correct(before, shuffled) == made
    assert before == report()
    assert len(made.corrections) == len(rulings)
    refused = [row for row in made.corrections if not row.applied]
    assert len(made.issues) == len(before.issues) + len(refused)
    targets = {t.record_id: t for t in made.targets}
    measures = {m.measure_id: m for m in made.measures}
    goals = {g.goal_id: g for g in made.goals}
    for row in made.records:
        for name in CORRECTABLE["targets"]:
            assert getattr(row, name) == getattr(targets[row.record_id], name)
        assert row.measure == measures[row.measure_id].measure
        assert row.goal_id == measures[row.measure_id].goal_id
        assert row.goal == (goals[row.goal_id].goal if row.goal_id else None)


@settings(max_examples=8, deadline=None)
@given(some_rulings())
def test_applying_and_removing_corrections_restores_the_bytes(
    tmp_path_factory: pytest.TempPathFactory, rulings: list[Override]
) -> None:
    root = tmp_path_factory.mktemp("root")
    write_extract(report(), root, replace=False, partial=False)
    before = tree(root)
    try:
        made = correct(report(), rulings)
    except CorrectionsFileError:
        return
    write_extract(made, root, replace=False, partial=False)
    write_extract(correct(report(), ()), root, replace=False, partial=False)
    assert tree(root) == before


def test_an_outcome_of_one_sex_only_is_never_copied(tmp_path: Path) -> None:
    made = corrected(ruling(OUTCOME, "value", None, 78.0))
    assert record(made, WOMEN).outcome_value is None
    assert isinstance(made.outcomes[0], Outcome)


def linked_by(series: dict[str, str]) -> Any:
    """A stand-in for linking over the years: series by measure id, and what it was told."""
    told: list[list[tuple[str, str | None]]] = []

    def link(extract: Extract, decisions: Any) -> tuple[Extract, str]:
        told.append(list(decisions))
        found = {**series, **{i: v or "own-series" for i, v in decisions if v != "gone"}}
        measures = tuple(replace(m, series_id=found[m.measure_id]) for m in extract.measures)
        records = tuple(replace(r, series_id=found[r.measure_id]) for r in extract.records)
        return replace(extract, measures=measures, records=records), "register"

    return link, told


def test_a_link_between_years_is_decided_by_a_person() -> None:
    link, told = linked_by({MEASURE: "ms-1"})
    ours = ruling(MEASURE, "series_id", "ms-2", "ms-1")
    made, register = correct_links(report(), [ours], link)
    check_extract(made)
    assert register == "register"
    assert told == [[], [(MEASURE, "ms-2")]]
    assert made.measures[0].corrected == made.records[0].corrected == ("series_id",)
    (row,) = made.corrections
    assert (row.machine_value, row.value, row.applied) == ("ms-1", "ms-2", True)


def test_a_link_that_the_machine_makes_otherwise_now_is_an_issue() -> None:
    link, told = linked_by({MEASURE: "ms-3"})
    made, _ = correct_links(report(), [ruling(MEASURE, "series_id", "ms-2", "ms-1")], link)
    assert told == [[]]
    assert made.issues[-1].kind == "correction_outdated"
    assert made.measures[0].series_id == "ms-3"
    gone, _ = correct_links(report(), [ruling("m-none", "series_id", "own", "ms-1")], link)
    assert gone.issues[-1].kind == "correction_unused"
    lost, _ = correct_links(report(), [ruling(MEASURE, "series_id", "gone", "ms-3")], link)
    assert lost.corrections[0].applied is False


def test_links_are_linked_once_where_nobody_said_anything() -> None:
    link, told = linked_by({MEASURE: "ms-1"})
    assert correct_links(report(), [], link)[0].corrections == ()
    assert told == [[]]
    with pytest.raises(CorrectionsFileError, match="is one of measures"):
        correct_links(report(), [ruling(WOMEN, "series_id", "own", "ms-1")], link)


# --- results in columns


def with_columns() -> Extract:
    """The report with a table that prints 70 for 2019, 78 for 2020, and 79 for the country."""
    extract = report()
    (stated,) = extract.outcomes
    cell = replace(stated, source="table", text="78", outcome_year=2020, unit="percent")
    columns = (
        replace(cell, outcome_id="o-2019", value=70.0, text="70", outcome_year=2019),
        replace(cell, outcome_id=OUTCOME, value=78.0),
        replace(cell, outcome_id="o-country", value=79.0, text="79", area="Riket"),
    )
    shown = replace(
        record(extract, WOMEN),
        outcome_value=78.0, outcome_unit="percent", outcome_year=2020, outcome_source="table",
        outcome_text="78", outcome_page=cell.page, previous_value=70.0, previous_year=2019,
    )  # fmt: skip
    records = tuple(shown if r.record_id == WOMEN else r for r in extract.records)
    return replace(extract, outcomes=columns, records=records)


def test_of_several_results_the_one_that_the_record_shows_is_corrected() -> None:
    made = corrected(ruling(WOMEN, "outcome_value", 77.0, 78.0), extract=with_columns())
    assert [o.value for o in made.outcomes] == [70.0, 77.0, 79.0]
    women = record(made, WOMEN)
    assert (women.outcome_value, women.previous_value, women.outcome_source) == (
        77.0,
        70.0,
        "table",
    )
    assert women.corrected == ("outcome_value",)


def test_a_corrected_result_of_an_older_year_is_the_earlier_result() -> None:
    made = corrected(ruling("o-2019", "value", 71.0, 70.0), extract=with_columns())
    women = record(made, WOMEN)
    assert (women.outcome_value, women.previous_value, women.previous_year) == (78.0, 71.0, 2019)


def test_a_corrected_figure_of_the_country_changes_no_record() -> None:
    extract = with_columns()
    made = corrected(ruling("o-country", "value", 80.0, 79.0), extract=extract)
    assert made.records == extract.records


def test_the_gap_follows_what_is_corrected() -> None:
    extract = with_columns()
    made = corrected(ruling(WOMEN, "better", "higher"), extract=extract)
    assert (record(made, WOMEN).gap, record(made, WOMEN).gap_reason) == (-2.0, None)
    made = corrected(ruling(WOMEN, "target_is_change", True), extract=extract)
    assert record(made, WOMEN).gap_reason == "target_is_change"


def test_a_line_that_says_what_the_machine_reads_confirms_it() -> None:
    extract = with_columns()
    made = corrected(
        ruling(WOMEN, "target_value", 80.0, 80.0),
        ruling(OUTCOME, "value", 78.0, 78.0),
        ruling(record(extract, WOMEN).measure_id, "board", "RS", "RS"),
        extract=extract,
    )
    women = record(made, WOMEN)
    assert women.verified == ("board", "outcome_value", "target_value")
    assert women.corrected == ()
    assert record(made, MEN).verified == ("board",)
    assert [row.applied for row in made.corrections] == [True, True, True]
    assert made.issues == extract.issues


def test_a_person_may_say_that_a_warning_is_none() -> None:
    extract = report()
    issue = replace(extract.issues[0], severity="warning")
    extract = replace(extract, issues=(issue, *extract.issues[1:]))
    made = corrected(ruling(issue.issue_id, "severity", "info", "warning"), extract=extract)
    assert made.issues[0] == replace(issue, severity="info")
    assert [row.applied for row in made.corrections] == [True]


def test_a_link_that_a_person_finds_right_is_confirmed_and_links_nothing_anew() -> None:
    link, told = linked_by({MEASURE: "ms-1"})
    made, _ = correct_links(report(), [ruling(MEASURE, "series_id", "ms-1", "ms-1")], link)
    assert told == [[]]
    assert made.issues == report().issues and made.measures[0].corrected == ()
    assert [row.applied for row in made.corrections] == [True]
