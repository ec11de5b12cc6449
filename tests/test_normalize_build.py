from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from styrmatt.errors import IdentityError
from styrmatt.layout_files import load_layouts
from styrmatt.normalize.document_identity import organisation_code
from styrmatt.normalize.ids import content_id, slug
from styrmatt.normalize.normalize import normalize
from styrmatt.printed import (
    Cell,
    ExtractedReport,
    ExtractionWarning,
    Location,
    Marker,
    OverviewGoal,
    Row,
    Section,
    SourceFile,
)
from styrmatt.records import ISSUE_KINDS, REVIEW_REASONS, Extract

LAYOUT = next(layout for layout in load_layouts() if layout.name == "styrmatt-med-namnd")
HERE = Location(3, 3, (10.0, 20.0, 300.0, 40.0), "3")
IDENTITY = {"organisation": "Region Älvdal", "fiscal_year": "2022"}
SOURCE = SourceFile("rapport.pdf", "ab" * 32, "pdf", 9, (1, 2, 3))


def mark(value: str | None) -> Marker:
    return Marker(
        value,
        "vector",
        HERE,
        "#00b050",
        None if value else "an unknown colour",
        None if value else "data:x",
    )


def row(
    number: int = 1, marks: Mapping[str, tuple[Marker, ...]] | None = None, **cells: str
) -> Row:
    texts = {
        "measure": "Antal möten",
        "board": "RS",
        "sex": "",
        "target": "5",
        "status": "",
        "trend": "",
        **cells,
    }
    goal, factor = texts.pop("goal", "God hälsa"), texts.pop("factor", "Nära vård")
    made = {key: Cell(text, HERE, (marks or {}).get(key, ())) for key, text in texts.items()}
    return Row(1, number, made, HERE, "Samhälle", goal or None, factor or None)


def overview(
    goal: str = "God hälsa\n(RS, RUN)", *factors: str, marker: Marker | None = None
) -> OverviewGoal:
    cells = tuple(Cell(factor, HERE) for factor in factors or ("Nära vård (RS)",))
    return OverviewGoal("Samhälle", Cell(goal, HERE), cells, marker, HERE)


def extract(*rows: Row, overrides: Mapping[str, str] | None = None, **printed: Any) -> Extract:
    report = ExtractedReport(
        SOURCE, rows, printed.pop("overview", (overview(),)), (), (), identity=IDENTITY
    )
    return normalize(replace(report, **printed), LAYOUT, overrides or {}, "1.2.3")


def issues(got: Extract, *without: str) -> list[str]:
    """Kinds of issues; that no list has the organisation, which is made up, is not among them."""
    kinds = [issue.kind for issue in got.issues]
    return [kind for kind in kinds if kind not in (*without, "organisation_unlisted")]


def test_one_row_becomes_one_record_with_all_its_links() -> None:
    got = extract(row(marks={"status": (mark("met"),), "trend": (mark("up"),)}))
    (record,) = got.records
    assert (record.goal, record.success_factor, record.perspective) == (
        "God hälsa",
        "Nära vård",
        "Samhälle",
    )
    assert (record.measure, record.board, record.board_code, record.board_source) == (
        "Antal möten",
        "RS",
        "RS",
        "printed",
    )
    assert (record.target_value, record.target_unit, record.sex) == (5, "count", "T")
    assert (record.status, record.trend, record.status_colour) == ("met", "up", "#00b050")
    assert (record.page, record.page_label, record.bbox) == (3, "3", HERE.bbox)
    assert record.record_id == f"{record.measure_id}-T"
    assert record.goal_id == got.goals[0].goal_id
    assert record.success_factor_id == got.success_factors[0].success_factor_id
    assert got.targets[0].record_id == record.record_id
    assert got.goals[0].boards == ("RS", "RUN")
    assert got.document.boards_covered == ("RS", "RUN")
    assert issues(got) == []


def test_the_document_says_what_was_read() -> None:
    document = extract(row(), ignored=(("budget", 4),)).document
    assert document.document_id == "region-alvdal-2022-annual"
    assert (document.period_start, document.period_end) == (date(2022, 1, 1), date(2022, 12, 31))
    assert (document.rows_found, document.rows_recorded, document.rows_ignored) == (5, 1, 4)
    assert (document.tool_version, document.layout) == ("1.2.3", LAYOUT.name)


def test_options_win_over_what_is_printed() -> None:
    got = extract(
        row(board=""),
        overrides={"fiscal_year": "2023", "body": "Kulturnämnden", "board_code": "KN"},
    )
    assert got.document.document_id == "region-alvdal-kulturnamnden-2023-annual"
    assert (got.records[0].board, got.records[0].board_code, got.records[0].board_source) == (
        None,
        "KN",
        "body",
    )


@pytest.mark.parametrize(
    ("missing", "option"), [("fiscal_year", "--year"), ("organisation", "--organisation")]
)
def test_a_report_without_year_or_organisation_is_an_error_that_names_the_option(
    missing: str, option: str
) -> None:
    with pytest.raises(IdentityError, match=option):
        extract(row(), identity={key: value for key, value in IDENTITY.items() if key != missing})


def test_a_year_that_is_none_is_an_error() -> None:
    with pytest.raises(IdentityError, match="--year"):
        extract(row(), overrides={"fiscal_year": "i fjol"})


def test_an_interim_report_has_the_period_that_is_given() -> None:
    document = extract(
        row(), overrides={"report_kind": "interim", "period_end": "2022-08-31"}
    ).document
    assert (document.document_id, document.period_end) == (
        "region-alvdal-2022-interim-08-31",
        date(2022, 8, 31),
    )
    assert extract(row(), overrides={"report_kind": "interim"}).document.period_end is None


def test_lines_for_women_and_men_share_their_measure() -> None:
    got = extract(row(sex="K", target="K40"), row(sex="M", target="M45"), row(2, measure="Annat"))
    assert [(r.sex, r.target_value) for r in got.records] == [("K", 40), ("M", 45), ("T", 5)]
    assert len(got.measures) == 2
    assert got.records[0].measure_id == got.records[1].measure_id


def test_a_target_that_names_both_sexes_is_that_of_both_lines_though_one_is_empty() -> None:
    got = extract(row(sex="K", target="K: 65 % M: 60 %"), row(sex="M", target=""))
    assert [(r.sex, r.target_value) for r in got.records] == [("K", 65), ("M", 60)]
    got = extract(row(sex="K", target=""), row(sex="M", target="K: 65 % M: 60 %"))
    assert [(r.sex, r.target_value) for r in got.records] == [("K", 65), ("M", 60)]


def test_a_target_of_one_sex_is_not_lent_to_the_other() -> None:
    got = extract(row(sex="K", target="K: 65 %"), row(sex="M", target=""))
    assert [(r.sex, r.target_text) for r in got.records] == [("K", "K: 65 %"), ("M", None)]
    got = extract(row(sex="K", target="K: 65 % M: 60 %"), row(sex="M", target="70 %"))
    assert [r.target_value for r in got.records] == [65, 70]


def test_two_sexes_in_one_line_with_one_mark_are_one_record() -> None:
    (record,) = extract(row(target="K: 65 % M: 60 %", marks={"status": (mark("met"),)})).records
    assert (record.sex, record.target_value, record.status) == ("T", 65, "met")
    assert [component.sex for component in record.target_components] == ["K", "M"]


@pytest.mark.parametrize("sex", ["", "K/M"])
def test_two_sexes_in_one_line_with_a_mark_each_are_two_records(sex: str) -> None:
    marks = {"status": (mark("met"), mark("not_met")), "trend": (mark("up"), mark("down"))}
    got = extract(row(sex=sex, target="K: 65 % M: 60 %", marks=marks))
    assert [(r.sex, r.target_value, r.status, r.trend) for r in got.records] == [
        ("K", 65, "met", "up"),
        ("M", 60, "not_met", "down"),
    ]
    assert got.document.rows_recorded == 1
    assert issues(got) == []


def test_two_marks_without_sexes_are_null() -> None:
    got = extract(row(marks={"status": (mark("met"), mark("not_met"))}))
    assert got.records[0].status is None
    assert got.records[0].review == ("status_unread", "sex_unclear")
    assert issues(got) == ["unknown_marker", "sex_unclear"]


def test_an_unread_mark_is_null_with_its_evidence() -> None:
    got = extract(row(marks={"trend": (mark(None),)}))
    issue, _ = got.issues
    assert (issue.kind, issue.evidence, issue.record_id) == (
        "unknown_marker",
        "data:x",
        got.records[0].record_id,
    )
    assert got.records[0].review == ("trend_unread",)


def test_a_line_without_a_measure_is_rejected_and_counted() -> None:
    got = extract(row(), row(2, measure=" ", target="80 %"))
    assert issues(got) == ["row_rejected"]
    assert (got.document.rows_found, got.document.rows_recorded, got.document.rows_rejected) == (
        2,
        1,
        1,
    )
    assert got.issues[0].raw_text == "RS | 80 %"


def test_an_unknown_sex_is_total_where_the_measure_has_one_line() -> None:
    got = extract(row(sex="barn"))
    assert (got.records[0].sex, issues(got)) == ("T", ["unknown_sex"])
    got = extract(row(sex="K"), row(sex="barn"))
    assert [r.sex for r in got.records] == ["K"]
    assert issues(got) == ["row_rejected", "sex_unclear"]
    assert got.document.rows_rejected == 1


def test_unknown_boards_are_kept_as_printed() -> None:
    got = extract(row(board="Hela lä-\nnet"))
    assert (got.records[0].board, issues(got)) == ("Hela länet", ["unknown_board"])


@pytest.mark.parametrize(
    "name", ["Region-\nstyrelsen", "Barn- och utbildningsnämnden", "Teknik-\nförvaltningen (TF)"]
)
def test_a_board_by_its_name_is_no_issue(name: str) -> None:
    got = extract(row(board=name))
    assert (got.records[0].board, issues(got)) == (name.replace("-\n", ""), [])


def test_equal_measures_get_ids_of_their_own() -> None:
    got = extract(row(1), row(2), row(3, target="6"), row(4, board="PN"))
    ids = [measure.measure_id for measure in got.measures]
    assert len(set(ids)) == 4
    assert ids[1:3] == [f"{ids[0]}-2", f"{ids[0]}-3"]
    assert issues(got) == ["duplicate_measure", "duplicate_measure"]
    assert [r.review for r in got.records] == [("duplicate",)] * 3 + [()]


def test_a_sex_that_comes_twice_begins_another_measure() -> None:
    got = extract(row(sex="K"), row(sex="K", target="7"))
    assert len({record.record_id for record in got.records}) == 2


def test_ids_do_not_depend_on_page_order_path_or_tool() -> None:
    there = Location(7, 8, (1.0, 1.0, 2.0, 2.0))
    one = extract(row(1), row(2, measure="Annat"))
    moved = replace(row(9), place=there)
    other = extract(
        row(5, measure="Annat"), moved, source=replace(SOURCE, name="x/y.pdf", sha256="cd" * 32)
    )
    assert {r.record_id for r in one.records} == {r.record_id for r in other.records}
    assert [g.goal_id for g in one.goals] == [g.goal_id for g in other.goals]


def test_ids_differ_between_years_and_bodies() -> None:
    ids = {
        extract(row(), overrides=overrides).records[0].record_id
        for overrides in ({}, {"fiscal_year": "2023"}, {"body": "Nämnden"}, {"doc_number": "A-1"})
    }
    assert len(ids) == 4


def test_reworded_and_unknown_names_become_issues() -> None:
    got = extract(
        row(1, goal="God hälsa UTV", factor="Nära vården"),
        row(2, factor="HELT ANNAN FAKTOR", measure="B"),
        overview=(
            overview("God hälsa (RS)", "Nära vård (RS)", "Korta köer (RS)"),
            overview("Rik kultur (RS)"),
        ),
    )
    assert [(r.goal, r.success_factor) for r in got.records] == [
        ("God hälsa", "Nära vård"),
        ("God hälsa", "Helt annan faktor"),
    ]
    assert sorted(issues(got)) == [
        "factor_reworded",
        "factor_unlinked",
        "factor_without_measures",
        "factor_without_measures",
        "goal_reworded",
        "goal_without_measures",
        "target_without_unit",
    ]
    assert got.records[0].review == ()  # how a heading is worded changes no value of the row
    assert [f.in_overview for f in got.success_factors] == [True, True, True, False]


def test_a_report_without_an_overview_has_its_headings_goals() -> None:
    got = extract(
        row(goal="GOD HÄLSA I NORRDAL", factor="Nära vård"),
        overview=(),
        sections=(Section("other", "Inledning", ("Inledning",), "Året i Norrdal var bra.", HERE),),
    )
    assert (got.goals[0].goal, got.goals[0].perspective) == ("God hälsa i Norrdal", "Samhälle")
    assert issues(got) == ["no_overview"]


def test_brackets_that_are_no_boards_stay_in_the_name() -> None:
    goals = (overview("God hälsa", "Rätt använd kompetens (RAK)", "Nära vård", "Korta köer"),)
    got = extract(row(factor="RÄTT ANVÄND KOMPETENS (RAK)"), overview=goals)
    assert got.records[0].success_factor == "Rätt använd kompetens (RAK)"


def test_a_goal_that_goes_on_over_a_page_is_one_goal() -> None:
    goals = (
        overview("God hälsa (RS)", "Nära vård (RS)"),
        overview("God hälsa (RS)", "Korta köer (RS)"),
        overview("", "Mer (RS)"),
    )
    got = extract(row(), overview=goals)
    assert [g.goal for g in got.goals] == ["God hälsa"]
    assert [f.success_factor for f in got.success_factors] == ["Nära vård", "Korta köer", "Mer"]


def test_the_goals_mark_is_its_assessment() -> None:
    got = extract(row(), overview=(overview(marker=mark("partly_met")),))
    assert (got.goals[0].assessment, got.goals[0].assessment_source) == ("partly_met", "marker")
    got = extract(row(), overview=(overview(marker=mark(None)),))
    assert (got.goals[0].assessment, issues(got)) == (None, ["unknown_marker"])


def test_sections_are_linked_to_what_they_are_about() -> None:
    goal, factor = "Strategiskt mål: God hälsa", "FRAMGÅNGSFAKTOR: NÄRA VÅRD"
    sections = (
        Section("goal", goal, (goal,), "Om målet.", HERE),
        Section("success_factor", factor, (goal, factor), "Om fak-\ntorn.\n\nMer.", HERE),
        Section("other", "Antal mö-\nten", (goal, factor, "Antal mö-\nten"), "Fem.", HERE),
        Section("other", "God hälsa", ("God hälsa",), "Sammantaget.", HERE),
        Section("other", "Bilagor", ("Bilagor",), "", HERE),
    )
    got = extract(row(), sections=sections)
    goal_id, factor_id = got.goals[0].goal_id, got.success_factors[0].success_factor_id
    measure_id = got.measures[0].measure_id
    assert [(n.goal_id, n.success_factor_id, n.measure_id) for n in got.narratives] == [
        (goal_id, None, None),
        (goal_id, factor_id, None),
        (goal_id, factor_id, measure_id),
        (goal_id, None, None),
        (None, None, None),
    ]
    assert got.narratives[1].text == "Om faktorn.\n\nMer."
    assert [n.section_no for n in got.narratives] == [1, 2, 3, 4, 5]
    assert issues(got) == []


def test_doubts_of_the_extract_stage_become_issues() -> None:
    doubt = ExtractionWarning(
        "unknown_table", "A table was left alone.", "År | Antal", HERE, "info"
    )
    issue, _ = extract(row(), doubts=(doubt,)).issues
    assert (issue.kind, issue.severity, issue.raw_text, issue.page) == (
        "unknown_table",
        "info",
        "År | Antal",
        3,
    )


def test_issue_ids_are_unique_and_kinds_known() -> None:
    got = extract(
        *(
            row(n, measure=f"Mått {n}", target="Etapp 2", board="Hela länet", status="Utreds")
            for n in range(1, 5)
        )
    )
    assert len({issue.issue_id for issue in got.issues}) == len(got.issues) == 13
    assert {issue.kind for issue in got.issues} <= set(ISSUE_KINDS)
    assert {reason for record in got.records for reason in record.review} <= set(REVIEW_REASONS)


def test_an_empty_report_is_no_error() -> None:
    got = extract(overview=())
    assert (got.records, got.goals, issues(got), got.document.rows_found) == ((), (), [], 0)


def test_slugs_and_ids() -> None:
    assert slug("Region Östergötland", None, "2020") == "region-ostergotland-2020"
    assert slug("Håbo kommun", "Vård- och omsorgsnämnden") == "habo-kommun-vard-och-omsorgsnamnden"
    assert content_id("g", "God häl-\nsa", None) == content_id("g", "god hälsa", "")
    assert content_id("g", "ab", "c") != content_id("g", "a", "bc")


def test_organisation_codes() -> None:
    assert organisation_code("Region Norrbotten") == "25"
    assert organisation_code("Region Älvdal") is None
