"""Rows with results in columns: which records and outcomes they become."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from test_normalize_build import HERE, IDENTITY, SOURCE, mark

from styrmatt.layout_files import load_layouts
from styrmatt.normalize.normalize import normalize
from styrmatt.normalize.outcomes.against_table import (
    flag_differing,
    flag_records,
    without_other_counts,
)
from styrmatt.normalize.outcomes.candidate import OutcomeCandidate
from styrmatt.printed import Cell, ColumnHead, ExtractedReport, Location, Marker, Row, ValueCell
from styrmatt.records import Extract, Record

LAYOUT = next(layout for layout in load_layouts() if layout.name == "styrmatt-med-namnd")
YEAR = int(IDENTITY["fiscal_year"])
BOX = (200.0, 20.0, 240.0, 40.0)


def result(printed: str, year: int | None = None, **head: Any) -> ValueCell:
    head = {"role": "result", "text": f"Utfall {year or ''}".strip(), "year": year, **head}
    return ValueCell(ColumnHead(**head), Cell(printed, replace(HERE, bbox=BOX)))


def row(
    *values: ValueCell,
    no: int = 1,
    marks: Mapping[str, tuple[Marker, ...]] | None = None,
    **cells: str,
) -> Row:
    texts = {"measure": "Andel nöjda (%)", "target": "85", **cells}
    made = {key: Cell(text, HERE, (marks or {}).get(key, ())) for key, text in texts.items()}
    return Row(1, no, made, HERE, None, "God hälsa", None, values=values)


def extract(*rows: Row, **identity: str) -> Extract:
    report = ExtractedReport(SOURCE, rows, (), (), (), identity={**IDENTITY, **identity})
    return normalize(report, LAYOUT, {}, "1.2.3")


def record(*values: ValueCell, **cells: Any) -> Record:
    (found,) = extract(row(*values, **cells)).records
    return found


def outcomes(got: Extract, *names: str) -> list[tuple[Any, ...]]:
    return [tuple(getattr(row, name) for name in names) for row in got.outcomes]


def test_results_of_three_years_are_three_outcomes_and_the_reports_own_is_the_records() -> None:
    got = extract(row(result("78,2", 2020), result("80,1", 2021), result("82,4", 2022)))
    assert outcomes(got, "outcome_year", "value", "unit", "kind", "source", "bbox") == [
        (2020, 78.2, "percent", "outcome", "table", BOX),
        (2021, 80.1, "percent", "outcome", "table", BOX),
        (2022, 82.4, "percent", "outcome", "table", BOX),
    ]
    (found,) = got.records
    assert (found.outcome_value, found.outcome_year, found.outcome_source) == (82.4, 2022, "table")
    assert (found.previous_value, found.previous_year) == (80.1, 2021)
    assert (found.outcome_text, found.outcome_bbox) == ("82,4", BOX)
    assert (found.target_value, found.target_unit) == (85, "percent")


def test_the_order_of_the_years_does_not_matter() -> None:
    found = record(result("82,4", 2022), result("80,1", 2021), result("78,2", 2020))
    assert (found.outcome_value, found.previous_value, found.previous_year) == (82.4, 80.1, 2021)


def test_a_column_without_a_year_is_of_the_reports_own() -> None:
    found = record(result("82,4"))
    assert (found.outcome_value, found.outcome_year, found.outcome_period) == (82.4, YEAR, None)


def test_a_result_of_an_older_year_is_never_the_records_own() -> None:
    found = record(result("80,1", 2021), result("-", 2022))
    assert (found.outcome_value, found.outcome_text) == (None, "-")
    assert (found.previous_value, found.outcome_unit) == (80.1, "percent")
    assert found.gap_reason == "no_result"


@pytest.mark.parametrize("text", ["..", ".", "-", "i.u.", "tas fram av nämnden"])
def test_a_cell_without_a_figure_is_kept_as_what_it_says(text: str) -> None:
    got = extract(row(result(text, 2022)))
    assert outcomes(got, "value", "text", "review") == [(None, text, ())]
    assert got.records[0].review == ()


def test_an_empty_cell_is_no_outcome() -> None:
    assert extract(row(result("", 2022))).outcomes == ()


def test_figures_that_cannot_be_read_are_null_and_flagged_with_an_issue() -> None:
    got = extract(row(result("75–80", 2022)))
    assert outcomes(got, "value", "review") == [(None, ("outcome_unparsed",))]
    assert got.records[0].review == ("outcome_unparsed",)
    assert [i.kind for i in got.issues if i.kind.startswith("outcome")] == ["outcome_unparsed"]


@pytest.mark.parametrize(
    ("cells", "head", "text", "unit"),
    [
        ({"unit": "kr", "measure": "Andel nöjda (%)"}, "Utfall", "82 %", "percent"),
        ({"unit": "kr", "measure": "Andel nöjda (%)"}, "Utfall", "82", "kr"),
        ({"unit": "ton", "measure": "Antal ton"}, "Utfall", "82", None),
        ({"measure": "Antal möten"}, "Utfall (%)", "82", "percent"),
        ({"measure": "Antal möten"}, "Utfall", "82", "count"),
        ({"measure": "Kostnad grundskola, kr/elev"}, "Utfall", "82", "kr"),
        ({"measure": "Ärenden, antal/1000 inv 0-20 år"}, "Utfall", "82", "per_1000"),
        ({"measure": "Sjukfrånvaro", "target": "80 %"}, "Utfall", "82", "percent"),
        ({"measure": "Sjukfrånvaro"}, "Utfall", "82", None),
    ],
)
def test_the_unit_is_the_cells_the_columns_the_headers_or_the_names(
    cells: dict[str, str], head: str, text: str, unit: str | None
) -> None:
    assert record(result(text, text=head), **cells).outcome_unit == unit


def test_the_unit_of_a_row_is_the_targets_too() -> None:
    found = record(result("82"), unit="kr", measure="Kostnad", target="80")
    assert (found.outcome_unit, found.target_unit) == ("kr", "kr")
    found = record(result("82 %"), measure="Sjukfrånvaro", target="85")
    assert (found.outcome_unit, found.target_unit) == ("percent", "percent")


# --- women, men and total


def sexes(got: Extract) -> dict[str, tuple[Any, ...]]:
    return {
        r.sex: (r.outcome_value, r.target_value, r.status, r.trend, r.forecast_value)
        for r in got.records
    }


def test_columns_for_women_men_and_total_are_three_records() -> None:
    got = extract(
        row(
            result("82", 2022, sex="T"),
            result("64", 2022, sex="K"),
            result("51", 2022, sex="M"),
            result("90", 2022, role="forecast"),
            marks={"status": (mark("met"),), "trend": (mark("up"),)},
            status="",
            trend="",
        )
    )
    assert sexes(got) == {
        "T": (82, 85, "met", "up", 90),
        "K": (64, 85, None, None, None),
        "M": (51, 85, None, None, None),
    }
    assert len({r.measure_id for r in got.records}) == 1
    assert got.document.rows_recorded == 1


def test_the_total_stands_even_where_its_own_result_is_a_dash() -> None:
    got = extract(row(result("-", 2022), result("64", 2022, sex="K"), result("..", 2022, sex="M")))
    assert sexes(got) == {"T": (None, 85, None, None, None), "K": (64, 85, None, None, None)}


def test_women_and_men_alone_have_no_total_unless_something_is_printed_once() -> None:
    values = result("64", 2022, sex="K"), result("51", 2022, sex="M")
    assert list(sexes(extract(row(*values)))) == ["K", "M"]
    got = extract(row(*values, status="", marks={"status": (mark("met"),)}))
    assert {sex: values[2] for sex, values in sexes(got).items()} == {
        "T": "met",
        "K": None,
        "M": None,
    }


def test_each_sex_has_the_target_of_its_own_column() -> None:
    got = extract(
        row(
            result("64", 2022, sex="K"),
            result("51", 2022, sex="M"),
            result("70", role="target", sex="K"),
            result("60", role="target", sex="M"),
            target="",
        )
    )
    assert {sex: values[1] for sex, values in sexes(got).items()} == {"K": 70, "M": 60}


def test_lines_for_women_and_men_have_the_results_of_their_line() -> None:
    got = extract(row(result("64", 2022), sex="K"), row(result("51", 2022), sex="M"))
    assert sexes(got) == {"K": (64, 85, None, None, None), "M": (51, 85, None, None, None)}


def test_a_result_that_is_printed_once_for_two_lines_is_of_the_total() -> None:
    shared = result("82", 2022)
    got = extract(row(shared, sex="K"), row(shared, sex="M"))
    assert outcomes(got, "sex", "value") == [("T", 82.0)]
    assert {r.sex: r.outcome_value for r in got.records} == {"K": None, "M": None}


def test_a_row_without_sexes_is_of_the_total() -> None:
    assert record(result("82", 2022)).sex == "T"


# --- targets


def test_a_target_of_another_year_is_not_the_records() -> None:
    found = record(result("82", 2022), result("95", 2023, role="target"))
    assert found.target_value == 85
    found = record(result("82", 2022), result("95", 2023, role="target"), target="")
    assert (found.target_value, found.target_text) == (None, None)


def targets(*heads_and_cells: tuple[str, str]) -> Record:
    """The record of a row with a result, and columns of targets without a year."""
    columns = (result(cell, role="target", text=head) for head, cell in heads_and_cells)
    made = row(result("82", YEAR), *columns)
    got = extract(replace(made, cells={"measure": made.cells["measure"]}))
    (found,) = got.records
    flagged = "target_unparsed" in found.review
    assert flagged == any(issue.kind == "target_unparsed" for issue in got.issues)
    return found


def test_of_targets_in_columns_of_one_name_none_is_the_records_unless_they_are_alike() -> None:
    found = targets(("Målvärde", "80"), ("Mål-\nvärde", "85"), ("Målvärde", "90"))
    assert (found.target_value, found.target_text) == (None, None)
    assert "target_unparsed" in found.review
    for cells in (("Mål", "80"), ("Mål", "80")), (("Mål", "80"), ("Mål", "")):
        found = targets(*cells)
        assert (found.target_value, found.review) == (80, ())


def test_of_targets_in_columns_of_several_names_the_first_is_the_records() -> None:
    found = targets(("Årsmål", "80"), ("KF:s årsmål", "85"))
    assert (found.target_value, found.review) == (80, ())


def test_targets_of_several_years_in_a_cell_give_the_reports_own() -> None:
    deviation = record(target="-0,5% (2021) 0,0% (2022) -0,9% (2023)", measure="Avvikelse")
    assert deviation.target_value == 0.0
    assert record(target="<14% (2022)<15% (2023)").target_value == 14
    found = record(target="<14% (2023)<15% (2024)")
    assert found.target_value is None and found.review == ("target_unparsed",)


@pytest.mark.parametrize("text", ["Ja", "Nej"])
def test_yes_and_no_are_targets_without_a_figure(text: str) -> None:
    found = record(result("Ja", 2022), target=text, measure="Plan finns")
    assert (found.target_text, found.target_value, found.review) == (text, None, ())
    assert (found.outcome_value, found.outcome_text) == (None, "Ja")


def test_an_amount_of_change_is_no_level() -> None:
    found = record(result("82", 2022), target="Öka med 5 %")
    assert (found.target_is_change, found.gap, found.gap_reason) == (True, None, "target_is_change")
    assert record(result("82", 2022)).target_is_change is False
    assert record(result("82", 2022), target="öka").target_is_change is None


# --- years, periods, areas


def test_the_year_before_may_stand_in_brackets() -> None:
    found = record(result("+26,3 mkr (-7,6)", 2022), measure="Årets resultat", target="0 mkr")
    assert (found.outcome_value, found.previous_value, found.previous_year) == (26.3, -7.6, 2021)


def test_periods_are_kept_and_the_latest_is_the_records() -> None:
    got = extract(row(result("70", 2022, period="T1"), result("75", 2022, period="T2")))
    assert outcomes(got, "period", "value") == [("T1", 70), ("T2", 75)]
    assert (got.records[0].outcome_value, got.records[0].outcome_period) == (75, "T2")
    got = extract(row(result("82", 2022), result("70", 2022, period="T1")))
    assert (got.records[0].outcome_value, got.records[0].outcome_period) == (82, None)


def test_the_results_of_an_interim_report_are_of_its_period() -> None:
    dates = {"period_start": "2022-01-01", "period_end": "2022-08-31"}
    got = extract(row(result("82"), result("80", 2021)), report_kind="interim", **dates)
    assert outcomes(got, "outcome_year", "period") == [
        (2022, "2022-01-01/2022-08-31"),
        (2021, None),
    ]
    assert got.records[0].outcome_period == "2022-01-01/2022-08-31"


@pytest.mark.parametrize(
    ("period", "head_year", "year", "label"),
    [
        ("Dec 2021", None, 2021, "Dec 2021"),
        ("2021/2022", 2022, 2022, "2021/2022"),
        ("2022", 2022, 2022, None),
        ("Aug 2019", 2022, 2022, None),
        ("T2", None, 2022, "T2"),
    ],
)
def test_a_column_of_periods_says_when_a_result_is_from(
    period: str, head_year: int | None, year: int, label: str | None
) -> None:
    got = extract(row(result("82", head_year), period=period))
    assert outcomes(got, "outcome_year", "period") == [(year, label)]


def test_a_year_in_the_cell_wins_over_the_header() -> None:
    got = extract(row(result("4,9 % 2018", 2022)))
    assert outcomes(got, "outcome_year", "value") == [(2018, 4.9)]
    assert (got.records[0].outcome_value, got.records[0].previous_value) == (None, 4.9)


def test_the_figure_of_the_country_is_an_outcome_of_that_area_and_no_ones_own() -> None:
    got = extract(row(result("82", 2022), result("79", 2022, area="Riket")))
    assert outcomes(got, "area", "value") == [(None, 82), ("Riket", 79)]
    assert got.records[0].outcome_value == 82


def test_a_result_of_a_later_year_is_flagged() -> None:
    got = extract(row(result("82", 2022), result("90", 2023)))
    assert got.records[0].outcome_value == 82
    assert got.records[0].review == ("outcome_year_differs",)


@pytest.mark.parametrize("name", ["Snitt av nämndens mått", "Summa", "Totalt för alla nämnder:"])
def test_a_row_that_sums_up_measures_is_none_and_says_so(name: str) -> None:
    total = row(result("70", 2022), no=2, measure=name, target="")
    got = extract(row(result("82", 2022)), total)
    assert [record.measure for record in got.records] == ["Andel nöjda (%)"]
    assert [i.raw_text for i in got.issues if i.kind == "row_rejected"] == [f"{name} | 70"]


@pytest.mark.parametrize(
    ("name", "target"),
    [("Snitt av nämndens mått", "75"), ("Totalt antal besök", ""), ("Medellivslängd", "")],
)
def test_a_measure_of_a_total_is_one(name: str, target: str) -> None:
    got = extract(
        row(result("82", 2022)), row(result("70", 2022), no=2, measure=name, target=target)
    )
    assert [record.measure for record in got.records] == ["Andel nöjda (%)", name]


def test_two_cells_that_give_one_result_differently_are_both_kept_and_flagged() -> None:
    got = extract(row(result("82", 2022), result("84", 2022)))
    assert outcomes(got, "value", "review") == [(82, ("outcome_twice",)), (84, ("outcome_twice",))]
    assert got.records[0].outcome_value is None
    got = extract(row(result("82", 2022), result("82,0", 2022)))
    assert outcomes(got, "value", "review") == [(82, ())]


def test_an_impossible_share_is_flagged() -> None:
    assert record(result("824", 2022)).review == ("outcome_doubtful",)
    assert record(result("9 av 14", 2022)).review == ("outcome_doubtful",)
    assert record(result("237,1 %", 2022), measure="Soliditet").review == ()


# --- what else a row holds


def test_forecast_baseline_comment_number_and_who_answers_are_columns() -> None:
    found = record(
        result("82", 2022),
        result("84", 2022, role="forecast"),
        result("70", 2018, role="baseline"),
        comment="Mäts i\nmaj.",
        responsible="Anna Ek",
        number="1.2",
    )
    assert (found.forecast_value, found.forecast_unit, found.forecast_year) == (84, "percent", 2022)
    assert (found.baseline_value, found.baseline_unit, found.baseline_year) == (70, "percent", 2018)
    assert (found.comment, found.responsible) == ("Mäts i maj.", "Anna Ek")
    assert found.measure_number == "1.2"


def test_a_degree_of_fulfilment_is_neither_target_nor_result_nor_status() -> None:
    found = record(result("82", 2022), fulfilment="93%")
    assert (found.fulfilment, found.target_value, found.status) == (93, 85, None)
    assert record(fulfilment="Uppfylls helt").status == "met"
    assert record(status="93 %").fulfilment == 93


@pytest.mark.parametrize("dash", ["-", "–"])
def test_a_dash_for_no_degree_of_fulfilment_is_no_status(dash: str) -> None:
    assert record(fulfilment=dash).status is None
    assert record(status=dash).status == "not_assessed"


def test_a_column_of_changes_says_how_the_result_changed() -> None:
    assert record(result("82", 2022), change="Upp").outcome_change == "increased"
    found = record(result("82", 2022), change="-1,5")
    assert (found.outcome_change, found.outcome_change_amount) == ("decreased", -1.5)


def test_the_gap_is_result_minus_target_where_the_way_to_go_is_known() -> None:
    found = record(result("82,4", 2022), target="minst 85")
    assert (found.gap, found.gap_reason) == (-2.6, None)
    assert record(result("82", 2022)).gap_reason == "direction_unknown"
    assert record(result("82 kr", 2022), target="minst 85 %").gap_reason == "units_differ"
    assert record(result("82", 2022), target="").gap_reason == "no_target"


def test_bare_figures_that_are_a_thousand_times_each_other_have_no_gap() -> None:
    found = record(result("13 900 000", 2022), target="minst 14 miljoner")
    assert (found.outcome_value, found.target_value) == (13_900_000, 14)
    assert (found.gap, found.gap_reason) == (None, "unit_unknown")
    assert record(result("13 999", 2022), target="minst 14").gap == 13_985  # below a thousand times
    assert record(result("0", 2022), target="minst 14").gap == -14


def test_target_and_result_in_millions_are_as_printed_and_agree() -> None:
    found = record(result("13,9 milj.", 2022), target="minst 14,0 miljoner")
    assert (found.outcome_value, found.target_value, found.gap) == (13.9, 14, -0.1)
    assert (found.outcome_unit, found.target_unit) == (None, None)


# --- statuses and trends in words


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Målet har uppnåtts", "met"), ("Helt", "met"), ("Bra", "met"), ("Ja", "met"),
        ("Grön", "met"), ("God måluppfyllelse", "met"), ("Delmålet bedöms bli uppfyllt", "met"),
        ("Målet bedöms kunna uppnås", "met"), ("Målet kan uppnås", "met"), ("Uppfylls helt", "met"),
        ("Delvis", "partly_met"), ("OK", "partly_met"), ("Gul", "partly_met"),
        ("Målet kan delvis uppnås", "partly_met"), ("Osäkert om målet kan nås", "partly_met"),
        ("Viss måluppfyllelse", "partly_met"), ("Bedöms delvis uppnås", "partly_met"),
        ("Målet har inte uppnåtts", "not_met"), ("Uppfylls ej", "not_met"), ("Ej", "not_met"),
        ("Har brister", "not_met"), ("Nej", "not_met"), ("Röd", "not_met"),
        ("Målet blir svårt att uppnå", "not_met"), ("Målet kan inte nås", "not_met"),
        ("Målet bedöms inte kunna uppnås", "not_met"), ("Bedöms inte uppnås", "not_met"),
        ("Kan inte bedömas", "not_assessed"), ("Bedömning saknas", "not_assessed"),
        ("Svårbedömd", "not_assessed"), ("Ingen", "not_assessed"), ("-", "not_assessed"),
        ("Godtagbart", "partly_met"), ("Mycket god", "met"), ("Bristande", "not_met"),
        ("Ej acceptabelt", "not_met"), ("Pågående", None), ("", None),
    ],
)  # fmt: skip
def test_words_in_a_status_cell_are_understood(text: str, status: str | None) -> None:
    found = record(status=text)
    assert (found.status, found.status_text) == (status, text or None)


@pytest.mark.parametrize(
    "text",
    [
        "Målet är inte riktigt uppnått",
        "Ej fastställt",
        "Nästan klart",
        "God, men låg i vissa delar",
    ],
)
def test_words_that_may_be_turned_round_are_not_read_and_say_so(text: str) -> None:
    got = extract(row(status=text))
    assert got.records[0].status is None
    assert "unknown_status_text" in [issue.kind for issue in got.issues]


@pytest.mark.parametrize(
    ("text", "trend", "means"),
    [
        ("Upp", "up", "figure"), ("Ned", "down", "figure"), ("Lika", "flat", None),
        ("Står still", "flat", None),
        ("Ökat", "up", "figure"), ("Positiv utveckling", "up", "judgement"),
        ("Utfallet har förbättrats", "up", "judgement"), ("försämrats", "down", "judgement"),
        ("Ingen", None, None), ("Utfallet kan inte jämföras över tid", None, None),
        ("-", None, None),
    ],
)  # fmt: skip
def test_words_in_a_trend_cell_say_the_way_and_what_it_means(
    text: str, trend: str | None, means: str | None
) -> None:
    got = extract(row(trend=text))
    assert (got.records[0].trend, got.records[0].trend_means) == (trend, means)
    assert "unknown_status_text" not in [issue.kind for issue in got.issues]


def trends(*printed: tuple[int, str]) -> list[str | None]:
    """The trends of rows of which the number of their table and the trend's cell are given."""
    rows = [
        replace(row(no=n, measure=f"Andel trygga {n}", trend=text), table_no=table)
        for n, (table, text) in enumerate(printed, start=1)
    ]
    return [found.trend for found in extract(*rows).records]


def test_a_dash_is_a_trend_only_beside_another_sign() -> None:
    assert trends((1, "+"), (1, "-")) == ["up", "down"]
    assert trends((1, "="), (1, "–")) == ["flat", "down"]
    assert trends((1, "ökande"), (1, "–")) == ["up", None]


def test_a_dash_that_is_a_sign_in_one_table_is_one_in_all_of_the_report() -> None:
    assert trends((1, "+"), (1, "–"), (2, "–")) == ["up", "down", "down"]
    assert trends((1, "+"), (2, "–")) == ["up", None]


@pytest.mark.parametrize("text", ["?", "(?)"])
def test_a_question_mark_for_a_status_is_not_assessed(text: str) -> None:
    assert record(status=text).status == "not_assessed"
    assert record(status=f"Hur {text}").status is None


def test_the_legend_says_what_an_arrow_means() -> None:
    arrow = replace(mark("up"), means="judgement")
    found = record(trend="", marks={"trend": (arrow,)})
    assert (found.trend, found.trend_means) == ("up", "judgement")


def test_where_a_result_stands_is_the_box_of_its_cell() -> None:
    where = Location(5, 5, (1.0, 2.0, 3.0, 4.0), "5")
    cell = ValueCell(ColumnHead("result", "Utfall", 2022), Cell("82", where))
    found = record(cell)
    assert (found.outcome_page, found.outcome_bbox) == (5, (1.0, 2.0, 3.0, 4.0))


# --- the text beside the table


def two_places(stated: float, **cell: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Reasons of the text's result and of the record where a table says 82.4 and the text this."""
    (table,) = extract(row(result("82,4", 2022))).outcomes
    text = replace(table, outcome_id="o-text", source="narrative", value=stated)
    table = replace(table, **cell)
    (flagged,) = flag_differing((text,), (table,))
    (shown,) = flag_records(extract(row(result("82,4", 2022))).records, (flagged,))
    return flagged.review, shown.review


def test_a_text_that_gives_another_result_than_the_table_is_flagged_at_both() -> None:
    assert two_places(75.0) == (("outcome_differs",), ("outcome_differs",))


def test_a_rounded_text_and_one_of_another_year_or_area_are_not_flagged() -> None:
    assert two_places(82.0) == two_places(82.4) == ((), ())
    assert two_places(75.0, outcome_year=2021) == two_places(75.0, area="Riket") == ((), ())
    assert two_places(75.0, value=None) == ((), ())


@pytest.mark.parametrize(
    ("value", "unit", "stays"),
    [
        (23410.0, "count", False),
        (0.01, "count", False),
        (560.0, "count", True),
        (561.0, "count", False),
        (23410.0, "kr", True),
        (None, None, True),
    ],
)
def test_a_count_of_another_order_than_all_of_the_table_is_of_something_else(
    value: float | None, unit: str | None, *, stays: bool
) -> None:
    """The table has 5.6 children per employee; the text says how many children there are."""
    (table,) = extract(row(result("5,6", 2022))).outcomes
    said = OutcomeCandidate(table.measure_id, "T", 0.7, 1, 1, [""], 1, value, unit)
    assert list(without_other_counts([said], [table])) == ([said] if stays else [])
    assert list(without_other_counts([said], [replace(table, area="Riket")])) == [said]
