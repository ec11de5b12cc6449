"""What changed between two reports: made-up reports, a few changes each, and random ones."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from conftest import make_extract
from hypothesis import given, settings
from hypothesis import strategies as st
from two_reports import GOAL, line_of, report

from styrmatt.audit.diff import compare as diff_module
from styrmatt.audit.diff.compare import diff
from styrmatt.audit.diff.report_index import ReportIndex
from styrmatt.audit.diff.texts import comparison_key, display_text, equal_when_rounded
from styrmatt.audit.diff.year_on_year import diff_years
from styrmatt.differences import KINDS, Change, Diff, RowCounts, swap_sides
from styrmatt.errors import DefectError
from styrmatt.records import Extract


def measure(name: str = "Andel nöjda åkande", series: str | None = "s-1", **given: Any) -> Any:
    return {"name": name, "series": series, **given}


def changes(left: Extract, right: Extract, **options: Any) -> list[tuple[str, str | None, Any]]:
    """Kind, old and new of every difference, after the checks that hold for all comparisons."""
    made = compared(left, right, **options)
    return [(change.kind, change.old, change.new) for change in made.changes]


def compared(left: Extract, right: Extract, **options: Any) -> Diff:
    made = diff(left, right, **options)
    assert swap_sides(made) == diff(right, left, **options)
    assert all(count.reconciles for count in made.counts)
    return made


def one(left: Extract, right: Extract, **options: Any) -> Change:
    (change,) = compared(left, right, **options).changes
    return change


def test_the_same_measures_in_two_years_do_not_differ() -> None:
    assert changes(report(2020, measure(page=2)), report(2021, measure(page=9))) == []


def test_a_new_and_a_missing_measure_are_added_and_dropped() -> None:
    left, right = report(2020, measure()), report(2021, measure("Antal resor", "s-2"))
    assert changes(left, right) == [("dropped", "80 %", None), ("added", None, "80 %")]


def test_a_measure_that_is_worded_differently_is_renamed_with_both_quotes_and_pages() -> None:
    change = one(report(2020, measure(page=4)), report(2021, measure("Andel nöjda", page=7)))
    assert (change.kind, change.old, change.new) == ("renamed", "Andel nöjda åkande", "Andel nöjda")
    assert (change.old_page, change.new_page) == (4, 7)
    assert (change.old_quote, change.new_quote) == ("Andel nöjda åkande", "Andel nöjda")
    assert change.series_id == "s-1"


def with_forecast(extract: Extract, value: float | None, year: int = 2021) -> Extract:
    values = {"forecast_value": value, "forecast_unit": "percent", "forecast_year": year}
    records = tuple(replace(record, **values) for record in extract.records)
    return replace(extract, records=records)


def test_another_forecast_of_the_same_year_is_a_difference() -> None:
    left, right = report(2020, measure()), report(2021, measure())
    changed = changes(with_forecast(left, 80.0), with_forecast(right, 85.0))
    assert ("forecast", "80 %", "85 %") in changed
    for other in (with_forecast(right, 85.0, 2022), with_forecast(right, None)):
        assert changes(with_forecast(left, 80.0), other) == []


def test_spaces_case_and_hyphens_alone_are_no_renaming() -> None:
    left = report(2020, measure("Andel e-tjänster i bruk"))
    assert changes(left, report(2021, measure("Andel E-tjänster  i bruk."))) == []


def test_a_measure_below_another_factor_or_goal_is_moved() -> None:
    left = report(2020, measure(factor="Tåget kommer i tid"), measure("Antal resor", "s-2"))
    right = report(2021, measure(), measure("Antal resor", "s-2"))
    assert changes(left, right) == [("moved", "Tåget kommer i tid", "Bussen kommer i tid")]
    there = report(2021, measure(goal="Fler reser", factor="Tåget kommer i tid"))
    (moved, *_) = compared(report(2020, measure()), there).changes
    assert (moved.kind, moved.field) == ("moved", "goal, success_factor")
    assert moved.new == "Fler reser › Tåget kommer i tid"


def test_a_goal_that_keeps_its_series_moves_no_measure() -> None:
    left = report(2020, measure(), goals=({"goal": GOAL, "goal_series_id": "g"},))
    right = report(
        2021,
        measure(goal="Resan är säker"),
        goals=({"goal": "Resan är säker", "goal_series_id": "g"},),
    )
    assert changes(left, right) == [("goal_renamed", GOAL, "Resan är säker")]


def test_a_measure_of_another_board_is_moved() -> None:
    left = report(2020, measure(), boards=("RS", "PN"))
    assert changes(left, report(2021, measure(board="PN"), boards=("RS", "PN"))) == [
        ("moved", "RS", "PN")
    ]


def test_a_factor_in_other_words_over_the_same_measures_is_renamed_and_moves_nothing() -> None:
    both = [measure(), measure("Antal resor", "s-2")]
    left = report(2020, *({**m, "factor": "En väl fungerande busstrafik"} for m in both))
    right = report(2021, *({**m, "factor": "Väl fungerande busstrafik"} for m in both))
    assert changes(left, right) == [
        ("factor_renamed", "En väl fungerande busstrafik", "Väl fungerande busstrafik")
    ]


def test_a_measure_alone_below_a_factor_of_other_words_is_moved() -> None:
    left, right = report(2020, measure(factor="Nöjda resenärer")), report(2021, measure())
    assert changes(left, right) == [("moved", "Nöjda resenärer", "Bussen kommer i tid")]


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ({}, {"target_text": "85 %", "target_value": 85.0}, "target"),
        ({}, {"target_text": "minst 80 %", "target_comparator": "ge"}, "target"),
        ({}, {"target_text": None, "target_value": None, "target_kind": "none"}, "target"),
        (
            {"target_text": "15", "target_value": 15.0},
            {"target_text": "1,5", "target_value": 1.5},
            "target",
        ),
        ({}, {"target_text": "80 procent"}, "target_reworded"),
        ({}, {"target_text": "80%"}, None),
        (
            {"target_text": "Plan antagen", "target_value": None, "target_kind": "milestone"},
            {"target_text": "Plan i drift", "target_value": None, "target_kind": "milestone"},
            "target",
        ),
        ({}, {"status": "not_met"}, "status"),
        ({}, {"status": None}, "status"),
        ({"trend": "up"}, {"trend": "down"}, "trend"),
        ({}, {"status_stated": "met"}, "stated"),
        (
            {"outcome_value": 7.0, "outcome_unit": "percent"},
            {"outcome_value": 8.0, "outcome_unit": "percent"},
            "result",
        ),
        ({}, {"outcome_value": 8.0, "outcome_unit": "percent"}, "result"),
        (
            {"outcome_value": 7.0, "outcome_year": 2020},
            {"outcome_value": 7.0, "outcome_year": 2021},
            None,
        ),
    ],
)
def test_what_differs_in_a_line_has_its_kind(
    before: dict[str, Any], after: dict[str, Any], kind: str | None
) -> None:
    left = report(2020, measure(lines=[line_of(**before)]))
    right = report(2021, measure(lines=[line_of(**after)]))
    assert [found for found, _, _ in changes(left, right)] == ([kind] if kind else [])


def test_each_sex_has_its_own_line() -> None:
    def lines(women: float) -> list[dict[str, Any]]:
        return [
            line_of(sex="K", target_value=women, target_text=f"{women:g} %"),
            line_of(sex="M"),
        ]

    change = one(report(2020, measure(lines=lines(80.0))), report(2021, measure(lines=lines(85.0))))
    assert (change.kind, change.sexes, change.old, change.new) == ("target", ("K",), "80 %", "85 %")


def test_a_line_that_is_split_into_sexes_is_neither_dropped_nor_added() -> None:
    left = report(2020, measure())
    right = report(2021, measure(lines=[line_of(sex="K"), line_of(sex="M")]))
    assert changes(left, right) == [("sex_split", "T", "K, M")] * 3


def test_a_mark_that_could_not_be_read_is_no_empty_cell() -> None:
    left = report(2020, measure())
    right = report(2021, measure(lines=[line_of(status=None, review=("status_unread",))]))
    assert changes(left, right) == [("status", "met", "unread")]


def test_marks_are_not_compared_with_a_text_that_has_none() -> None:
    right = report(2021, measure(lines=[line_of(status=None)]), source_kind="text")
    made = compared(report(2020, measure()), right)
    assert made.changes == ()
    assert any("no marks" in note for note in made.notes)


class TestCover:
    """What a report does not cover is not dropped."""

    def test_a_measure_of_a_board_that_the_other_report_lacks(self) -> None:
        left = report(
            2020, measure(), measure("Antal resor", "s-2", board="PN"), boards=("RS", "PN")
        )
        change = one(left, report(2021, measure()))
        assert change.kind == "not_covered" and "PN" in (change.reason or "")

    def test_boards_that_only_the_records_name_count(self) -> None:
        left = report(2020, measure(), measure("Antal resor", "s-2", board="PN"), boards=())
        right = report(2021, measure(), measure("Antal bad", "s-3", board="PN"), boards=())
        assert [kind for kind, _, _ in changes(left, right)] == ["dropped", "added"]

    def test_nothing_says_what_two_bodies_share(self) -> None:
        left = report(2020, measure(board=None), boards=())
        right = report(2021, body="Kulturnämnden", boards=())
        kinds = {kind for kind, _, _ in changes(left, right)}
        assert kinds == {"not_covered", "goal_not_covered"}

    def test_another_organisation_covers_nothing(self) -> None:
        right = report(2021, organisation="Region Granmo", document_id="granmo")
        assert {kind for kind, _, _ in changes(report(2020, measure()), right)} == {
            "not_covered",
            "goal_not_covered",
        }

    def test_pages_that_were_not_read_may_hold_it(self) -> None:
        right = report(2021)
        made = compared(report(2020, measure()), right, partial=["region-tallmo-2021"])
        assert {change.kind for change in made.changes} == {"not_covered", "goal_not_covered"}
        assert any("Not all pages" in note for note in made.notes)

    def test_a_page_that_failed_may_hold_it(self) -> None:
        right = report(2021)
        failed = replace(make_extract().issues[0], kind="page_failed")
        made = compared(report(2020, measure()), replace(right, issues=(failed,)))
        assert {change.kind for change in made.changes} == {"not_covered", "goal_not_covered"}

    def test_a_goal_of_several_boards_is_covered_where_all_of_them_are(self) -> None:
        goals = ({"goal": GOAL, "boards": ("RS", "PN")}, {"goal": "Fler reser", "boards": ("RS",)})
        left = report(2020, goals=goals, boards=("RS", "PN"))
        assert [kind for kind, _, _ in changes(left, report(2021))] == [
            "goal_dropped",
            "goal_not_covered",
        ]


class TestGoals:
    """Goals are assessed, renamed, moved and regrouped."""

    def test_another_assessment_has_both_sentences(self) -> None:
        def assessed(value: str, text: str) -> tuple[dict[str, Any], ...]:
            told = {"assessment": value, "assessment_text": text, "assessment_page": 8}
            return ({"goal": GOAL, **told},)

        change = one(
            report(2020, goals=assessed("met", "Målet är uppnått.")),
            report(2021, goals=assessed("not_met", "Målet är inte uppnått.")),
        )
        assert (change.kind, change.old, change.new) == ("goal_assessment", "met", "not_met")
        assert change.new_quote == "Målet är inte uppnått." and change.new_page == 8

    def test_a_goal_whose_measures_stand_below_others_is_regrouped(self) -> None:
        left = report(2020, measure(), measure("Antal resor", "s-2"), measure("Antal bad", "s-3"))
        right = report(
            2021,
            measure(goal="Fler reser"),
            measure("Antal resor", "s-2", goal="Fler reser"),
            measure("Antal bad", "s-3", goal="Fler badar"),
        )
        found = [change for change in changes(left, right) if change[0] != "moved"]
        assert found == [
            ("goal_regrouped", f"{GOAL} (1)", "Fler badar"),
            ("goal_regrouped", f"{GOAL} (2)", "Fler reser"),
            ("goal_regrouped", GOAL, "Fler reser (2); Fler badar (1)"),
        ]

    def test_a_goal_whose_predecessor_is_the_other_is_redefined_and_moves_no_measure(self) -> None:
        def named(year: int, name: str, series: str, value: str) -> Extract:
            goal = {"goal": name, "goal_series_id": series, "assessment": value}
            return report(year, measure(goal=name), goals=(goal,))

        left = named(2020, GOAL, "g-1", "met")
        right = named(2021, "Resan är hållbar", "g-2", "not_met")
        links = {"g-2": "g-1"}
        assert changes(left, right, predecessors=links) == [
            ("goal_redefined", GOAL, "Resan är hållbar")
        ]

    def test_a_goal_below_another_perspective_is_moved(self) -> None:
        left = report(2020, goals=({"goal": GOAL, "perspective": "Samhälle"},))
        right = report(2021, goals=({"goal": GOAL, "perspective": "Ekonomi"},))
        assert changes(left, right) == [("goal_moved", "Samhälle", "Ekonomi")]


class TestSeries:
    """Measures belong together by series, then by predecessor, then by name."""

    def test_a_changed_definition_is_neither_dropped_nor_compared(self) -> None:
        right = report(2021, measure("Antal nöjda", "s-9", lines=[line_of(status="not_met")]))
        change = one(report(2020, measure()), right, predecessors={"s-9": "s-1"})
        assert change.kind == "redefined"
        assert (change.old, change.new) == ("Andel nöjda åkande: 80 %", "Antal nöjda: 80 %")

    def test_a_definition_that_changed_twice_is_followed(self) -> None:
        right = report(2022, measure("Antal nöjda", "s-9"))
        links = {"s-9": "s-5", "s-5": "s-1"}
        assert one(report(2020, measure()), right, predecessors=links).kind == "redefined"

    def test_predecessors_in_a_circle_end(self) -> None:
        links = {"s-9": "s-5", "s-5": "s-9"}
        kinds = {
            k for k, _, _ in changes(report(2020, measure()), report(2021), predecessors=links)
        }
        assert "dropped" in kinds

    def test_without_a_series_the_same_name_is_the_same_measure_and_is_noted(self) -> None:
        made = compared(report(2020, measure(series=None)), report(2021, measure(series=None)))
        assert made.changes == ()
        assert len(made.notes) == 2 and "1 of 1 measures" in made.notes[0]

    def test_a_doubtful_link_says_so(self) -> None:
        right = report(2021, measure("Andel nöjda", "s-2"))
        doubt = replace(
            make_extract().issues[0],
            kind="series_doubtful",
            measure_id=right.measures[0].measure_id,
            message="It may be Andel nöjda åkande.",
        )
        made = compared(report(2020, measure()), replace(right, issues=(doubt,)))
        assert [(c.kind, c.reason) for c in made.changes] == [
            ("dropped", None),
            ("added", "It may be Andel nöjda åkande."),
        ]

    def test_two_series_of_one_name_are_two_measures(self) -> None:
        left, right = report(2020, measure()), report(2021, measure(series="s-2"))
        assert [kind for kind, _, _ in changes(left, right)] == ["dropped", "added"]

    def test_a_series_that_stands_twice_pairs_what_is_likest(self) -> None:
        twice = [
            measure(id="a"),
            measure(id="b", lines=[line_of(target_text="90 %", target_value=90.0)]),
        ]
        other = [{**twice[1], "id": "a"}, {**twice[0], "id": "b"}]
        assert changes(report(2020, *twice), report(2021, *other)) == []


class TestRestated:
    """What a later report says of an earlier year."""

    def told(self, earlier: dict[str, Any], later: dict[str, Any]) -> list[Change]:
        left = report(2020, measure(said=[{"value": 71.0, "outcome_year": 2020, **earlier}]))
        right = report(
            2021,
            measure(
                said=[
                    {
                        "value": 75.0,
                        "outcome_year": 2021,
                        "previous_value": 70.0,
                        "previous_year": 2020,
                    }
                    | later
                ]
            ),
        )
        return [change for change in compared(left, right).changes if change.kind == "restated"]

    def test_another_previous_value_is_a_restatement(self) -> None:
        (change,) = self.told({"text": "Det var 71 procent."}, {"text": "Jämfört med 70 procent."})
        assert (change.old, change.new) == ("71 % (2020)", "70 % (2020)")
        assert (change.old_value, change.new_value) == (71.0, 70.0)
        assert change.old_quote == "Det var 71 procent."

    @pytest.mark.parametrize(
        ("earlier", "later"),
        [
            ({"value": 70.0}, {}),
            ({"value": 70.4}, {}),
            ({"outcome_year": 2019}, {}),
            ({"unit": "count"}, {}),
            ({"sex": "K"}, {}),
            ({}, {"previous_year": None}),
        ],
    )
    def test_what_agrees_or_cannot_be_compared_is_none(
        self, earlier: dict[str, Any], later: dict[str, Any]
    ) -> None:
        assert self.told(earlier, later) == []

    @pytest.mark.parametrize(
        ("first", "second", "agreed"),
        [
            (70.4, 70.0, True),
            (70.6, 70.0, False),
            (70.0, 71.0, False),
            (7.45, 7.5, True),
            (7.44, 7.5, False),
            (-0.8, -1.0, True),
            (1e6, 1000000.4, True),
        ],
    )
    def test_a_rounded_figure_agrees(self, first: float, second: float, agreed: bool) -> None:
        assert equal_when_rounded(first, second) is equal_when_rounded(second, first) is agreed


NAMES = [
    *("Andel nöjda åkande", "Antal resor", "Antal bad", "Väntetid i telefon", "Sjukfrånvaro"),
    *("Andel fossilfria bränslen", "Resultat i procent", "Antal företagsbesök"),
]


def third_year() -> tuple[Extract, Extract]:
    """A year of eight measures, and the next, in which six of them changed in one way each."""
    base = [measure(name, f"s-{number}") for number, name in enumerate(NAMES)]
    base[7] = {**base[7], "factor": "Nöjda resenärer"}
    after = [dict(m) for m in base]
    after[0]["name"] = "Andel nöjda resenärer"
    after[1]["factor"] = "Nöjda resenärer"
    after[2]["lines"] = [line_of(target_text="85 %", target_value=85.0)]
    after[3]["lines"] = [line_of(status="partly_met")]
    after[4]["name"], after[4]["factor"] = "Sjukfrånvaro, total", "Nöjda resenärer"
    del after[5]
    after.append(measure("Antal elbussar", "s-99"))
    random.Random(7).shuffle(after)
    return report(2021, *base), report(2022, *after)


def test_a_year_made_by_renaming_moving_adding_dropping_and_retargeting_gives_just_that() -> None:
    left, right = third_year()
    found = [(c.kind, c.name) for c in compared(left, right).changes]
    assert sorted(found) == [
        ("added", "Antal elbussar"),
        ("dropped", "Andel fossilfria bränslen"),
        ("moved", "Antal resor"),
        ("moved", "Sjukfrånvaro, total"),
        ("renamed", "Andel nöjda resenärer"),
        ("renamed", "Sjukfrånvaro, total"),
        ("status", "Väntetid i telefon"),
        ("target", "Antal bad"),
    ]


def test_a_comparison_that_does_not_add_up_is_a_defect(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(*_: Any) -> Any:
        return [], [RowCounts("records", 3, 3, 2, 1, 0)], []

    monkeypatch.setattr(diff_module, "diff_years", wrong)
    with pytest.raises(DefectError, match="do not add up: 3 and 3"):
        diff(report(2020), report(2021))


def test_a_record_without_its_measure_does_not_add_up() -> None:
    left = report(2020, measure())
    with pytest.raises(DefectError):
        diff(replace(left, measures=()), report(2021))


def test_kinds_mirror_each_other() -> None:
    for kind, about in KINDS.items():
        assert about.title and about.meaning
        other = about.when_swapped or kind
        assert (KINDS[other].when_swapped or other) == kind
        assert KINDS[other].one_sided == about.one_sided and KINDS[other].mode == about.mode


def test_texts_are_compared_bare() -> None:
    assert comparison_key("Kapacitets-\nförstärkning, 5 %.") == comparison_key(
        "kapacitetsförstärkning,5%"
    )
    assert comparison_key("5-7") != comparison_key("57")
    assert (
        display_text(7124.0) == "7124"
        and display_text(0.5) == "0.5"
        and display_text((1.0, None, True)) == "1, , yes"
    )


# ------------------------------------------------------------------ random reports

SEXES = st.sampled_from([("T",), ("K", "M"), ("T", "K"), ("K",)])
SAID = st.fixed_dictionaries(
    {
        "value": st.sampled_from([None, 70.0, 70.4, 71.0]),
        "outcome_year": st.sampled_from([None, 2020, 2021]),
        "previous_value": st.sampled_from([None, 70.0, 71.0]),
        "previous_year": st.sampled_from([None, 2020]),
        "unit": st.sampled_from([None, "percent", "count"]),
        "sex": st.sampled_from(["T", "K"]),
    }
)
LINE = st.fixed_dictionaries(
    {
        "target_text": st.sampled_from([None, "80 %", "85 %", "Öka"]),
        "target_value": st.sampled_from([None, 80.0, 85.0]),
        "target_kind": st.sampled_from(["threshold", "milestone", "none"]),
        "status": st.sampled_from([None, "met", "not_met"]),
        "trend": st.sampled_from([None, "up"]),
        "status_stated": st.sampled_from([None, "met"]),
        "outcome_value": st.sampled_from([None, 70.0, 71.0]),
        "review": st.sampled_from([(), ("status_unread",)]),
    }
)


@st.composite
def measures(draw: Any) -> dict[str, Any]:
    return {
        "name": draw(st.sampled_from(NAMES[:4])),
        "series": draw(st.sampled_from([None, "s-1", "s-2", "s-3", "s-4"])),
        "goal": draw(st.sampled_from([GOAL, "Fler reser", "Fler badar"])),
        "factor": draw(st.sampled_from(["Bussen i tid", "Bussar i tid", "Nöjda resenärer"])),
        "board": draw(st.sampled_from([None, "RS", "PN", "RUN"])),
        "perspective": draw(st.sampled_from([None, "Samhälle", "Ekonomi"])),
        "kind": draw(st.sampled_from(["styrmatt", "aktivitet"])),
        "page": draw(st.integers(1, 3)),
        "lines": [line_of(sex=sex, **draw(LINE)) for sex in draw(SEXES)],
        "said": draw(st.lists(SAID, max_size=2)),
    }


@st.composite
def reports(draw: Any, year: int) -> Extract:
    goal_ids = st.sampled_from([None, "g-1", "g-2"])
    goals = tuple(
        {"goal": name, "goal_series_id": draw(goal_ids), "perspective": draw(st.sampled_from("AB"))}
        for name in draw(st.lists(st.sampled_from([GOAL, "Fler reser"]), unique=True))
    )
    return report(
        year,
        *draw(st.lists(measures(), max_size=6)),
        goals=goals,
        body=draw(st.sampled_from([None, "Nämnden"])),
        boards=draw(st.sampled_from([(), ("RS",), ("RS", "PN", "RUN")])),
        source_kind=draw(st.sampled_from(["pdf", "text"])),
    )


PREDECESSORS = st.dictionaries(
    st.sampled_from(["s-1", "s-2", "s-3", "g-1"]),
    st.sampled_from(["s-2", "s-3", "s-4", "g-2"]),
    max_size=3,
)


@settings(max_examples=80, deadline=None)
@given(reports(2020), reports(2021), PREDECESSORS)
def test_any_two_reports_add_up_and_mirror(
    left: Extract, right: Extract, predecessors: dict[str, str]
) -> None:
    made = compared(left, right, predecessors=predecessors)
    assert made.mode == "years"
    for count in made.counts:
        assert count.left == len(left.rows(count.dataset))
        assert count.right == len(right.rows(count.dataset))
    alone = Counter(change.kind for change in made.changes if change.dataset == "measures")
    (of_measures,) = (count for count in made.counts if count.dataset == "measures")
    one_sided = alone["added"] + alone["dropped"] + alone["not_covered"]
    assert one_sided == of_measures.left_alone + of_measures.right_alone


@settings(max_examples=60, deadline=None)
@given(reports(2020), PREDECESSORS)
def test_a_report_does_not_differ_from_itself(
    extract: Extract, predecessors: dict[str, str]
) -> None:
    assert diff(extract, extract, predecessors=predecessors).changes == ()
    assert diff_years(ReportIndex(extract), ReportIndex(extract), predecessors)[0] == []


@settings(max_examples=40, deadline=None)
@given(reports(2020), reports(2021), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(left: Extract, right: Extract, dice: Any) -> None:
    def shuffled(extract: Extract) -> Extract:
        names = ("goals", "success_factors", "measures", "records", "outcomes")
        mixed = {name: dice.sample(rows := extract.rows(name), len(rows)) for name in names}
        return replace(extract, **{name: tuple(rows) for name, rows in mixed.items()})

    assert diff(shuffled(left), shuffled(right)) == diff(left, right)
