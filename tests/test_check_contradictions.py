"""Contradictions between tables, sentences, marks and goals: each found, its true twin not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from test_check import found, kinds, made

from styrmatt.audit.check.basis.rounding import agree
from styrmatt.records import Extract, Finding, Outcome, Record

NAME = "Andel nöjda åkande i busstrafiken"
YEAR = 2020


def with_results(extract: Extract, *results: dict[str, Any]) -> Extract:
    """A report whose table gives results, with the line of the total as the table has it."""
    base = extract.records[0]
    outcomes = tuple(
        Outcome(
            **{
                "outcome_id": f"o-{number}",
                "document_id": extract.document.document_id,
                "fiscal_year": extract.document.fiscal_year,
                "measure_id": base.measure_id,
                "sex": "T",
                "source": "table",
                "unit": "percent",
                "outcome_year": extract.document.fiscal_year,
                "score": 1.0,
                "text": f"{result.get('value')} %",
                "page": 2,
                "bbox": (1.0, 2.0, 3.0, 4.0),
                **result,
            }
        )
        for number, result in enumerate(results)
    )
    return replace(extract, outcomes=(*outcomes, *extract.outcomes))


def line(extract: Extract, **changes: Any) -> Extract:
    return replace(extract, records=(replace(extract.records[0], **changes),))


def of_two_years(texts: Sequence[tuple[str, bool]] = (), **changes: Any) -> Extract:
    """A line whose table gives 70 per cent for the year before and 78 for its own."""
    return with_results(
        line(
            made(name=NAME, texts=texts),
            outcome_value=78.0,
            outcome_unit="percent",
            outcome_year=YEAR,
            outcome_source="table",
            outcome_bbox=(1.0, 2.0, 3.0, 4.0),
            previous_value=70.0,
            previous_year=YEAR - 1,
            **changes,
        ),
        {"value": 78.0},
        {"value": 70.0, "outcome_year": YEAR - 1},
    )


def one(extract: Extract, kind: str) -> Finding:
    (finding,) = found(extract)
    assert finding.kind == kind, finding
    return finding


# -- results


def test_a_sentence_and_the_table_give_two_results() -> None:
    text = "Andelen nöjda åkande i busstrafiken uppgick till 75 procent."
    finding = one(of_two_years([(text, True)]), "result_differs")
    assert finding.text == text
    assert finding.other_text == f"{NAME}, {YEAR}: 78.0 %"
    assert finding.other_bbox == (1.0, 2.0, 3.0, 4.0)
    assert NAME in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "Andelen nöjda åkande i busstrafiken uppgick till 78 procent.",
        "Andelen nöjda åkande i busstrafiken uppgick till 78,3 procent.",
        "Andelen nöjda åkande i busstrafiken uppgick till cirka 80 procent.",
        "Andelen nöjda åkande i busstrafiken var 70 procent 2019.",
        "Andelen nöjda åkande i busstrafiken var 75 procent i riket.",
        "Andelen nöjda åkande i busstrafiken var 75 procent för kvinnor.",
        "Målet är att andelen nöjda åkande i busstrafiken ska vara 80 procent.",
        "Andelen nöjda åkande i busstrafiken ökade med 8 procentenheter.",
        "Andelen nöjda åkande i busstrafiken väntas bli 82 procent.",
    ],
)
def test_a_sentence_that_may_stand_beside_the_table(text: str) -> None:
    assert found(of_two_years([(text, True)])) == []


def test_the_year_before_told_as_this_year_is_named_as_such() -> None:
    text = f"Andelen nöjda åkande i busstrafiken uppgick till 70 procent under {YEAR}."
    finding = one(of_two_years([(text, True)]), "year_differs")
    assert f"70 for {YEAR}, the table for {YEAR - 1}" in finding.message


def test_results_of_others_of_parts_and_of_another_kind_are_not_compared() -> None:
    own = {"value": 78.0}
    others = [
        {"value": 66.0, "area": "Riket"},
        {"value": 71.0, "period": "T1"},
        {"value": 82.0, "kind": "forecast"},
        {"value": 60.0, "kind": "baseline", "outcome_year": None},
    ]
    assert found(with_results(made(name=NAME), own, *others)) == []


def test_this_years_figure_that_the_earlier_report_gave_for_its_own_year() -> None:
    then = with_results(made(name=NAME, year=2019), {"value": 70.0})
    now = with_results(made(name=NAME), {"value": 70.0}, {"value": 64.0, "outcome_year": 2019})
    (finding,) = found(then, now)
    assert (finding.kind, finding.other_document_id) == (
        "year_differs",
        then.document.document_id,
    )
    right = with_results(made(name=NAME), {"value": 73.0}, {"value": 70.0, "outcome_year": 2019})
    assert found(then, right) == []


def test_figures_are_one_up_to_the_rounding_of_the_coarser() -> None:
    assert agree(78, 78.4) and agree(163_000, 163_482) and agree(0.1, 0.14)
    assert not agree(78, 78.6) and not agree(80, 78) and not agree(163_400, 163_482)


# -- women and men


@pytest.mark.parametrize(
    ("unit", "total", "wrong"),
    [
        ("percent", 76, False),
        ("percent", 80.4, False),  # rounded
        ("percent", 84, True),
        ("percent", 150, True),
        ("count", 150, False),  # the sum
        ("count", 155, False),  # some whose sex is not known
        ("count", 76, False),  # a mean
        ("count", 120, True),
    ],
)
def test_the_total_lies_between_women_and_men_or_is_their_sum(
    unit: str, total: float, wrong: bool
) -> None:
    results = [
        {"sex": s, "value": v, "unit": unit} for s, v in (("K", 80), ("M", 70), ("T", total))
    ]
    report = with_results(made(name="Antal nöjda åkande"), *results)
    assert kinds(report) == (["total_outside_sexes"] if wrong else [])


def test_the_total_of_a_difference_lies_anywhere() -> None:
    results = [{"sex": s, "value": v} for s, v in (("K", 3), ("M", 2), ("T", 9))]
    assert found(with_results(made(name="Skillnad mellan nöjda åkande"), *results)) == []


@pytest.mark.parametrize(("total", "wrong"), [("75", False), ("60", True)])
def test_a_sentence_with_a_total_that_its_women_and_men_rule_out(total: str, wrong: bool) -> None:
    text = f"{NAME} var {total} procent, 80 procent för kvinnor och 70 procent för män."
    said = [
        {"sex": s, "value": v, "source": "narrative", "text": text}
        for s, v in (("K", 80.0), ("M", 70.0))
    ]
    report = with_results(made(name=NAME, texts=[(text, True)]), *said)
    assert kinds(report) == (["total_outside_sexes"] if wrong else [])


# -- changes


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Nöjdheten ökade från 70 till 78 procent, alltså med 8 procentenheter.", False),
        ("Nöjdheten ökade från 70 till 78 procent, alltså med 11 procent.", False),
        ("Nöjdheten ökade från 70 till 78 procent, alltså med 11 procentenheter.", True),
        ("Nöjdheten ökade från 70 till 78 procent, alltså med 5 procentenheter.", True),
        ("Antalet resor ökade från 420 till 455, det vill säga med drygt 8 procent.", False),
        ("Antalet resor ökade från 420 till 455, det vill säga med 12 procent.", True),
        ("Nöjdheten minskade från 70 till 78 procent.", True),
        ("Nöjdheten minskade från 78 till 70 procent.", False),
        ("Resorna från 12 orter till 15 hållplatser ökade.", False),
    ],
)
def test_a_stated_change_is_held_against_its_two_figures(text: str, wrong: bool) -> None:
    findings = found(made(texts=[(text, True)]))
    assert [f.kind for f in findings] == (["difference_differs"] if wrong else [])
    assert all(f.other_text for f in findings)


def test_a_text_that_lets_the_tables_figures_fall_while_they_rise() -> None:
    report = of_two_years()
    text = "Andelen nöjda åkande har minskat."
    said = replace(
        report.outcomes[0], source="narrative", value=None, text=text, change="decreased", bbox=None
    )
    finding = one(replace(report, outcomes=(*report.outcomes, said)), "difference_differs")
    assert "70 to 78" in finding.message
    right = replace(said, text="Andelen nöjda åkande har ökat.", change="increased")
    assert found(replace(report, outcomes=(*report.outcomes, right))) == []


@pytest.mark.parametrize(
    ("trend", "means", "better", "wrong"),
    [
        ("up", "figure", None, False),
        ("down", "figure", None, True),
        ("down", None, "higher", True),
        ("down", None, "lower", False),  # points to the worse
        ("down", "judgement", "lower", False),
        ("up", "judgement", "lower", True),
        ("down", None, None, False),  # nothing says what it means
        ("flat", "figure", None, True),
        ("flat", None, None, False),  # and no other arrow shows what arrows are about
    ],
)
def test_an_arrow_is_held_against_the_change_as_far_as_its_meaning_is_known(
    trend: str, means: str | None, better: str | None, wrong: bool
) -> None:
    report = of_two_years(
        trend=trend, trend_means=means, better=better, trend_bbox=(5.0, 6.0, 7.0, 8.0)
    )
    findings = found(report)
    assert [f.kind for f in findings] == (["trend_against_change"] if wrong else [])
    assert all(f.bbox == (5.0, 6.0, 7.0, 8.0) for f in findings)


def test_a_level_arrow_may_stand_for_a_small_change() -> None:
    assert found(line(of_two_years(trend="flat", trend_means="figure"), previous_value=75.0)) == []


def lines(extract: Extract, count: int, wrong: int, **changes: Any) -> Extract:
    """So many lines like the first, of measures of their own; the last ones' arrows are down."""
    base = extract.records[0]
    records: list[Record] = []
    for number in range(count):
        trend = "down" if number >= count - wrong else "up"
        id = f"m{number}"
        records.append(
            replace(
                base,
                record_id=f"{id}-T",
                measure_id=id,
                measure=f"Mått {number}",
                trend=trend,
                **changes,
            )
        )
    measures = [
        replace(extract.measures[0], measure_id=r.measure_id, measure=r.measure) for r in records
    ]
    return replace(extract, measures=tuple(measures), records=tuple(records), outcomes=())


@pytest.mark.parametrize(("wrong", "findings"), [(1, 1), (4, 0)])
def test_arrows_that_have_nothing_to_do_with_the_changes_are_left_alone(
    wrong: int, findings: int
) -> None:
    report = lines(of_two_years(), 8, wrong, better="higher")
    assert kinds(report) == ["trend_against_change"] * findings


def test_a_level_arrow_among_others_that_fit_is_held_against_the_change() -> None:
    report = lines(of_two_years(), 8, 0, better="higher")
    level = replace(report.records[0], trend="flat")
    assert kinds(replace(report, records=(level, *report.records[1:]))) == ["trend_against_change"]


# -- goals


@pytest.mark.parametrize(
    ("assessment", "statuses", "wrong"),
    [
        ("met", ["not_met", "not_met"], True),
        ("not_met", ["met", "met", "met"], True),
        ("met", ["not_met"], False),
        ("met", ["not_met", "met"], False),
        ("met", ["not_met", "partly_met"], False),
        ("partly_met", ["not_met", "not_met"], False),
    ],
)
def test_a_goal_that_went_otherwise_than_each_of_its_measures(
    assessment: str, statuses: list[str], wrong: bool
) -> None:
    base = made(goal={"assessment": assessment, "assessment_marker": assessment})
    report = lines(base, len(statuses), 0)
    records = tuple(
        replace(r, status=s, trend=None) for r, s in zip(report.records, statuses, strict=True)
    )
    assert kinds(replace(report, records=records)) == (["goal_against_measures"] if wrong else [])


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Andelen nöjda åkande i busstrafiken har minskat under året.", True),
        ("Andelen nöjda åkande i busstrafiken har ökat, medan klagomålen har minskat.", False),
        ("Andelen åkande har minskat.", False),
    ],
)
def test_a_summary_that_lets_a_measure_go_the_other_way(text: str, wrong: bool) -> None:
    assert kinds(of_two_years([(text, False)])) == (["goal_against_measures"] if wrong else [])


# -- tables


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"target_text": "85 %", "target_value": 85.0}, True),
        ({}, False),
        ({"target_text": "85 %", "target_value": 85.0, "board": "KS"}, False),
        ({"target_text": "85", "target_value": 85.0, "target_unit": "count"}, False),
        ({"target_text": "85 %", "target_value": 85.0, "review": ("header_year_differs",)}, False),
    ],
)
def test_a_measure_that_stands_twice_has_one_target(changes: dict[str, Any], wrong: bool) -> None:
    base = made(name="Nöjda åkande i busstrafiken")
    first = base.records[0]
    more = replace(first, record_id="m2-T", measure_id="m2", page=9, **changes)
    report = replace(
        base,
        measures=(*base.measures, replace(base.measures[0], measure_id="m2")),
        records=(first, more),
    )
    assert kinds(report) == (["targets_differ"] if wrong else [])


def test_a_name_that_stands_three_times_is_asked_of_each_unit() -> None:
    base = made(name="Sjukfrånvaro på enheten")
    records, measures = [], []
    for number in range(3):
        id, value = f"m{number}", 5.0 + number
        measures.append(replace(base.measures[0], measure_id=id))
        records.append(
            replace(
                base.records[0],
                record_id=f"{id}-T",
                measure_id=id,
                target_value=value,
                target_text=f"{value} %",
            )
        )
    assert found(replace(base, measures=tuple(measures), records=tuple(records))) == []


@pytest.mark.parametrize(
    ("name", "value", "wrong"),
    [
        (NAME, 178.0, True),
        (NAME, 100.0, False),
        ("Andel självfinansiering", 120.0, False),
        ("Nettokostnadernas andel av skatter", 101.0, False),
        ("Resultat som andel av skatter", -2.0, False),
    ],
)
def test_a_part_of_a_whole_is_at_most_all_of_it(name: str, value: float, wrong: bool) -> None:
    report = with_results(made(name=name), {"value": value})
    assert kinds(report) == (["share_impossible"] if wrong else [])


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Andelen nöjda åkande var 178 procent.", True),
        ("Andelen nöjda åkande ökade till 178 procent.", True),
        ("Andelen nöjda åkande ökade med 178 procent.", False),
        ("Antalet åkande var 178 procent av det planerade.", False),
    ],
)
def test_a_sentence_with_a_share_of_more_than_all(text: str, wrong: bool) -> None:
    assert kinds(made(texts=[(text, True)])) == (["share_impossible"] if wrong else [])


@pytest.mark.parametrize(
    ("name", "target_unit", "result_unit", "wrong"),
    [
        (NAME, "percent", "percent", False),
        (NAME, "days", None, True),
        (NAME, "percent", "mnkr", True),
        ("Väntetid till första besök (dagar)", "percent", None, True),
        ("Väntetid till första besök (dagar)", "days", "days", False),
        ("Väntetid till första besök", "days", "kr", True),
        ("Väntetid till första besök", "count", "days", False),
        ("Kostnad per elev, kr/elev", "tkr", "kr", False),
    ],
)
def test_a_unit_that_the_measure_cannot_have(
    name: str, target_unit: str, result_unit: str | None, wrong: bool
) -> None:
    report = line(made(name=name), target_unit=target_unit)
    if result_unit:
        report = with_results(report, {"value": 12.0, "unit": result_unit})
    assert kinds(report) == (["unit_impossible"] if wrong else [])


# -- what is said of two things


@pytest.mark.parametrize("sections", [2, 3])
def test_a_form_that_sections_fill_in_is_said_of_each_ones_subject(sections: int) -> None:
    texts = [(f"Vid årets slut låg nivån på {70 + n} procent.", True) for n in range(sections)]
    assert found(made(texts=texts)) == []


def test_a_sentence_about_some_measure_under_two_headings_is_about_two() -> None:
    texts = [(f"Vid årets slut var {70 + n} procent av de boende nöjda.", True) for n in range(2)]
    assert found(made(texts=texts)) == []


def test_a_statement_of_two_figures_names_its_measure() -> None:
    texts = [(f"Andelen nöjda åkande i busstrafiken var {70 + n} procent.", True) for n in range(2)]
    finding = one(made(name=NAME, texts=texts), "figure_differs")
    assert NAME in finding.message


def test_two_grants_to_receivers_that_only_begin_their_sentences_are_two() -> None:
    texts = [
        ("Kostnaden för vägarna var 13,8 miljoner kronor.", True),
        ("Kostnaden för broarna var 13,7 miljoner kronor.", False),
    ]
    assert found(made(texts=texts)) == []


def test_a_paragraph_that_many_sections_have_is_stock() -> None:
    text = "Under året har arbetet med tillgänglighet i busstrafiken fortsatt i alla kommuner. " * 3
    assert kinds(made(texts=[(text, True)] * 2)) == ["text_repeated"]
    assert found(made(texts=[(text, True)] * 3)) == []
