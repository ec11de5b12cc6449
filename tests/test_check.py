"""Whether reports agree with themselves: extracts made up, one contradiction each."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from conftest import make_extract, tree
from documents import check_made_block
from extracts import write_extract
from hypothesis import given
from hypothesis import strategies as st
from shared_reports import SHARED, extract_of_text

from styrmatt.audit.check.all_checks import check
from styrmatt.audit.check.basis.checked_report import CheckedReport
from styrmatt.audit.check.basis.measure_words import same_word
from styrmatt.audit.check.basis.quantities import QuantityReader
from styrmatt.audit.check.targets import TargetStatements
from styrmatt.cli import cli
from styrmatt.export.load import load
from styrmatt.export.parquet.tables import numbered
from styrmatt.export.store.extracts import read_extracts, write_findings
from styrmatt.records import (
    DATASETS,
    FINDING_KINDS,
    Claim,
    Extract,
    Finding,
    Narrative,
    Outcome,
)
from styrmatt.vocabulary import load_vocabulary

ROOT = Path(__file__).parents[1]
VOCABULARY = load_vocabulary("sv")


def made(
    *,
    name: str = "Andel nöjda åkande i busstrafiken",
    year: int = 2020,
    line: dict[str, Any] | None = None,
    outcome: dict[str, Any] | None = None,
    texts: Sequence[tuple[str, bool]] = (),
    goal: dict[str, Any] | None = None,
    claims: Sequence[dict[str, Any]] = (),
    document_id: str | None = None,
) -> Extract:
    """A report of one measure with one line. ``texts`` are paragraphs: below the factor or not."""
    document_id = document_id or f"region-tallmo-{year}-annual"
    base = make_extract(document_id, year=year, source_sha256=f"{year:064}")
    ours: dict[str, Any] = {"document_id": document_id, "fiscal_year": year}
    goal_id, factor_id = base.goals[0].goal_id, base.success_factors[0].success_factor_id
    measure = replace(base.measures[0], measure=name)
    record = replace(
        base.records[0],
        **{
            "record_id": f"{measure.measure_id}-T",
            "sex": "T",
            "measure": name,
            "target_text": "80 %",
            "target_value": 80.0,
            "target_components": (),
            **(line or {}),
        },
    )
    base_goal = replace(base.goals[0], **(goal or {}))
    narratives = [
        Narrative(
            **ours,
            section_id=f"s{number}",
            section_no=number,
            heading=f"Rubrik {number}",
            heading_path=(f"Rubrik {number}",),
            goal_id=goal_id,
            success_factor_id=factor_id if below else None,
            text=text,
            page_first=number,
            page_last=number,
        )
        for number, (text, below) in enumerate(texts, 1)
    ]
    outcomes = []
    if outcome is not None:
        said = {
            "sex": "T",
            "unit": "percent",
            "outcome_year": year,
            "score": 1.0,
            "page": 7,
            **outcome,
        }
        said = {"text": f"Andelen nöjda åkande blev {said.get('value')}.", **said}
        outcomes = [Outcome(**ours, outcome_id=f"o-{year}", measure_id=measure.measure_id, **said)]
    counted = {"own_total": 1, "own_met": 0, "own_partly_met": 0, "own_not_met": 0}
    stated = [
        Claim(
            **ours,
            claim_id=f"c{number}",
            subject="goals",
            own_not_assessed=0,
            own_unknown=0,
            text="Ett av tre mål är uppnått.",
            page=3,
            **{**counted, **claim},
        )
        for number, claim in enumerate(claims)
    ]
    return replace(
        base,
        goals=(base_goal,),
        measures=(measure,),
        targets=(),
        records=(record,),
        outcomes=tuple(outcomes),
        narratives=tuple(narratives),
        claims=tuple(stated),
    )


def found(*extracts: Extract) -> list[Finding]:
    return list(check([(extract, VOCABULARY) for extract in extracts]))


def kinds(*extracts: Extract) -> list[str]:
    return [finding.kind for finding in found(*extracts)]


def test_a_report_that_says_nothing_contradicts_nothing() -> None:
    assert found(made()) == []


def test_a_claim_that_differs_is_found_with_its_sentence() -> None:
    (finding,) = found(made(claims=[{"met": 1, "total": 1, "agrees": False}]))
    assert (finding.kind, finding.severity) == ("claim_differs", "error")
    assert finding.text == "Ett av tre mål är uppnått." and finding.page == 3


@pytest.mark.parametrize("agrees", [True, None])
def test_a_claim_that_agrees_or_cannot_be_compared_is_none(agrees: bool | None) -> None:
    assert found(made(claims=[{"met": 1, "total": 1, "agrees": agrees}])) == []


@pytest.mark.parametrize(
    ("mark", "words", "severity"),
    [
        ("met", "not_met", "error"),
        ("not_met", "met", "error"),
        ("partly_met", "met", "warning"),
        ("met", "partly_met", "warning"),
    ],
)
def test_a_mark_against_words_about_the_measure(mark: str, words: str, severity: str) -> None:
    extract = made(line={"status": mark}, outcome={"status_stated": words})
    (finding,) = found(extract)
    assert (finding.kind, finding.severity) == ("marker_against_words", severity)
    assert finding.record_id == extract.records[0].record_id and finding.other_page == 7


@pytest.mark.parametrize(
    ("mark", "words"),
    [("met", "met"), (None, "met"), ("not_assessed", "met"), ("partly_met", "not_met")],
)
def test_a_mark_that_may_stand_with_the_words_is_none(mark: str | None, words: str) -> None:
    assert found(made(line={"status": mark}, outcome={"status_stated": words})) == []


def test_words_about_another_sex_are_not_compared() -> None:
    assert (
        found(made(line={"status": "met"}, outcome={"status_stated": "not_met", "sex": "K"})) == []
    )


def test_words_that_may_be_about_something_else_are_not_compared() -> None:
    text = "Målet att nå fler kommuner har inte uppnåtts."
    assert (
        found(made(line={"status": "met"}, outcome={"status_stated": "not_met", "text": text}))
        == []
    )


def test_a_goals_mark_against_its_words() -> None:
    said = {"assessment_marker": "met", "assessment_stated": "not_met", "assessment_text": "Nej."}
    (finding,) = found(made(goal=said))
    assert finding.kind == "marker_against_words" and finding.other_text == "Nej."


@pytest.mark.parametrize(
    ("line", "value", "wrong"),
    [
        ({"target_comparator": "ge", "status": "met"}, 72.0, True),
        ({"target_comparator": "ge", "status": "met"}, 80.0, False),
        ({"target_comparator": "gt", "status": "met"}, 80.0, True),
        ({"target_comparator": "le", "status": "met"}, 72.0, False),
        ({"target_comparator": "le", "status": "not_met"}, 72.0, True),
        ({"target_comparator": "lt", "status": "met"}, 85.0, True),
        ({"better": "higher", "status": "met"}, 72.0, True),
        ({"better": "lower", "status": "met"}, 72.0, False),
        ({"status": "met"}, 72.0, False),
        ({"target_comparator": "ge", "status": "partly_met"}, 72.0, False),
        ({"target_comparator": "ge", "status": "met", "target_unit": "count"}, 72.0, False),
    ],
)
def test_a_result_against_its_mark(line: dict[str, Any], value: float, wrong: bool) -> None:
    assert kinds(made(line=line, outcome={"value": value})) == (
        ["result_against_marker"] if wrong else []
    )


def test_a_result_against_the_words() -> None:
    line = {"target_comparator": "ge"}
    (finding,) = found(made(line=line, outcome={"value": 72.0, "status_stated": "met"}))
    assert finding.kind == "result_against_words"


@pytest.mark.parametrize(
    ("outcome", "wrong"),
    [
        ({"change": "decreased"}, True),
        ({"change": "unchanged"}, True),
        ({"change": "increased"}, False),
        ({"value": 5.0, "previous_value": 6.0}, True),
        ({"value": 5.0, "previous_value": 6.0, "change": "increased"}, False),
        ({"change": None}, False),
    ],
)
def test_a_direction_is_compared_with_the_change(outcome: dict[str, Any], wrong: bool) -> None:
    line = {"target_kind": "direction", "target_direction": "increase", "status": "met"}
    line |= {"target_value": None, "target_text": "Öka"}
    assert kinds(made(line=line, outcome=outcome)) == (["result_against_marker"] if wrong else [])


def test_the_marks_of_another_year_say_which_way_is_better() -> None:
    first = made(line={"status": "met"}, outcome={"value": 72.0})
    second = made(year=2021, line={"status": "not_met"}, outcome={"value": 73.0})
    (finding,) = found(first, second)
    assert finding.kind == "result_against_marker" and finding.fiscal_year == 2020
    assert finding.other_document_id == second.document.document_id
    fair = made(year=2021, line={"status": "not_met"}, outcome={"value": 85.0})
    assert found(first, fair) == []


def test_a_target_in_the_text_that_the_table_lacks() -> None:
    text = "Målet för 2020 är att 75 procent av de åkande i busstrafiken ska vara nöjda."
    (finding,) = found(made(texts=[(text, True)]))
    assert finding.kind == "target_differs" and finding.text == text and finding.page == 1
    assert finding.other_text is not None and "target 80 %" in finding.other_text


@pytest.mark.parametrize(
    "text",
    [
        "Målet är att 80 procent av de åkande i busstrafiken ska vara nöjda.",
        "Målet nås inte, då 75 procent av de åkande i busstrafiken är nöjda.",
        "Målet för 2025 är att 90 procent av de åkande i busstrafiken ska vara nöjda.",
        "Målet är att 75 procent av skolorna ska ha solceller.",
        "Av de åkande i busstrafiken är 75 procent nöjda, vilket är under målet.",
        "Andelen nöjda åkande i busstrafiken, där målet är högt, uppgick till 75 procent.",
        "Målet är att 75 bussar ska köras av nöjda förare i busstrafiken.",
    ],
)
def test_other_figures_are_no_other_target(text: str) -> None:
    assert found(made(texts=[(text, True)])) == []


def test_a_national_target_is_a_warning() -> None:
    text = "Det nationella målet är att 90 procent av de åkande i busstrafiken ska vara nöjda."
    (finding,) = found(made(texts=[(text, True)]))
    assert (finding.kind, finding.severity) == ("target_differs", "warning")


def test_of_two_statements_the_measure_takes_the_one_that_fits_best() -> None:
    fitting = "Målet är att 80 procent av de åkande i busstrafiken ska vara nöjda."
    other = "Målet är att 50 procent av de åkande ska ha en app."
    assert found(made(texts=[(f"{fitting} {other}", True)])) == []


def test_the_same_sentence_with_another_figure() -> None:
    texts = [
        ("För 2020 var andelen resor med elbuss 61,5 procent av resorna i länet.", False),
        ("För 2020 var andelen resor med elbuss 60,6 procent av resorna i länet.", True),
    ]
    (finding,) = found(made(texts=texts))
    assert (finding.kind, finding.page, finding.other_page) == ("figure_differs", 1, 2)
    assert "61,5" in finding.message and "60,6" in finding.message


@pytest.mark.parametrize(
    "second",
    [
        "För 2020 var andelen resor med elbuss 61,5 procent av resorna i länet.",
        "För 2019 var andelen resor med elbuss 60,6 procent av resorna i länet.",
        "För 2020 var antalet turer med dieselbuss 60,6 procent av turerna i staden.",
    ],
)
def test_sentences_that_may_both_be_true(second: str) -> None:
    first = "För 2020 var andelen resor med elbuss 61,5 procent av resorna i länet."
    assert found(made(texts=[(first, False), (second, True)])) == []


def test_nearly_the_same_amount_to_the_same_receiver() -> None:
    texts = [
        ("Av stödet gick 13,8 miljoner kronor till Tallmobuss för linjerna.", True),
        ("Tallmobuss har under våren beviljats 13,7 miljoner kronor.", False),
    ]
    assert kinds(made(texts=texts)) == ["figure_differs"]
    other = [texts[0], ("Grannbuss har under våren beviljats 13,7 miljoner kronor.", False)]
    assert found(made(texts=other)) == []


def test_a_target_of_no_measure_in_a_goals_summary() -> None:
    text = "Utbetalda arvoden till medborgarråd ökade och når inte målet."
    assert kinds(made(texts=[(text, False)])) == ["measure_without_table"]
    known = "Andelen nöjda åkande i busstrafiken ökade men når inte målet."
    assert found(made(texts=[(known, False)])) == []
    some = "Sju av tolv hälsocentraler når målet under hela året."
    assert found(made(texts=[(some, False)])) == []


def test_a_previous_value_that_the_earlier_report_gave_differently() -> None:
    before = made(outcome={"value": 70.0})
    after = made(year=2021, outcome={"value": 74.0, "previous_value": 69.0, "previous_year": 2020})
    (finding,) = found(before, after)
    assert (finding.kind, finding.fiscal_year) == ("restated", 2021)
    assert finding.other_document_id == before.document.document_id
    same = made(year=2021, outcome={"value": 74.0, "previous_value": 70.0, "previous_year": 2020})
    assert found(before, same) == []


def test_two_results_of_one_measure_that_differ() -> None:
    extract = made(outcome={"value": 70.0})
    first = extract.outcomes[0]
    second = replace(first, outcome_id="o2", value=71.0, text="Resultatet blev 71.", page=9)
    assert kinds(replace(extract, outcomes=(first, second))) == ["figure_differs"]


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("återinskrivning", "återinskrivningar", True),
        ("behandlingsstrategi", "strategi", True),
        ("läkemedelsgenomgång", "läkemedelsberättelse", False),
        ("läkemedel", "läkemedelsgenomgång", False),
        ("buss", "bussar", False),
        ("åkande", "åkanden", True),
    ],
)
def test_forms_of_a_word_are_alike(first: str, second: str, same: bool) -> None:
    assert same_word(first, second) is same_word(second, first) is same


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_is_the_same_both_ways(first: str, second: str) -> None:
    assert same_word(first, second) == same_word(second, first)
    assert same_word(first, first)


@given(value=st.integers(0, 99_999), decimals=st.integers(0, 99))
def test_a_figure_is_read_as_it_is_printed(value: int, decimals: int) -> None:
    printed = f"{value:,}".replace(",", " ") + f",{decimals:02}"
    (quantity,) = QuantityReader(VOCABULARY).read(f"Resultatet var {printed} procent under året.")
    assert (quantity.value, quantity.unit) == (float(f"{value}.{decimals:02}"), "percent")


@given(st.text(max_size=120))
def test_any_sentence_is_read_without_an_error(sentence: str) -> None:
    list(TargetStatements(CheckedReport(made(), VOCABULARY)).read(sentence))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    contradictory = made(line={"status": "met"}, outcome={"status_stated": "not_met"})
    for extract in (contradictory, made(year=2021)):
        write_extract(extract, tmp_path / "data", replace=False, partial=False)
    return tmp_path / "data"


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli, ["check", *arguments], standalone_mode=False)
    code = result.return_value if result.exception is None else 99
    return int(code), result.output


def test_an_extract_comes_back_as_it_was_written(data: Path) -> None:
    first, second = read_extracts(data)
    written = made(line={"status": "met"}, outcome={"status_stated": "not_met"})
    rows = {name: numbered(written.rows(name)) for name in DATASETS if name != "documents"}
    assert first == Extract(document=first.document, **rows)
    assert second.document.fiscal_year == 2021


def test_the_command_exits_1_with_findings_and_0_without(data: Path) -> None:
    assert run(str(data))[0] == 1
    assert run(str(data), "--document", "2021")[0] == 0


def test_findings_are_written_as_a_dataset_one_file_per_document(data: Path) -> None:
    run(str(data))
    files = sorted(
        path.relative_to(data).as_posix() for path in (data / "findings").rglob("*.parquet")
    )
    assert files == [
        "findings/year=2020/region-tallmo-2020-annual.parquet",
        "findings/year=2021/region-tallmo-2021-annual.parquet",
    ]
    assert list(load(data, "findings")["kind"]) == ["marker_against_words"]


def test_checking_twice_writes_the_same_bytes(data: Path) -> None:
    run(str(data))
    first = tree(data)
    run(str(data))
    assert tree(data) == first


def test_findings_that_are_gone_are_gone_from_the_data(data: Path) -> None:
    run(str(data))
    write_findings(data, read_extracts(data), ())
    assert load(data, "findings").empty


def findings_of(data: Path) -> set[str]:
    return {path.stem for path in (data / "findings").rglob("*.parquet")}


def test_findings_go_when_their_report_is_written_with_other_rows(data: Path) -> None:
    run(str(data))
    write_extract(made(line={"status": "met"}), data, replace=False, partial=False)
    assert findings_of(data) == {"region-tallmo-2021-annual"}
    assert run(str(data), "--no-write")[0] == 0


def test_findings_stay_when_their_report_is_written_with_the_same_rows(data: Path) -> None:
    run(str(data))
    before = tree(data)
    write_extract(made(year=2021), data, replace=False, partial=False)
    assert tree(data) == before


def test_findings_that_quote_a_report_go_with_it(tmp_path: Path) -> None:
    data = tmp_path / "data"
    then = made(outcome={"value": 71.0, "outcome_year": 2020})
    now = made(year=2021, outcome={"value": 74.0, "outcome_year": 2021})
    later = replace(
        now, outcomes=(replace(now.outcomes[0], previous_value=70.0, previous_year=2020),)
    )
    for extract in (then, later):
        write_extract(extract, data, replace=False, partial=False)
    run(str(data))
    assert list(load(data, "findings")["other_document_id"]) == ["region-tallmo-2020-annual"]
    restated = made(outcome={"value": 70.0, "outcome_year": 2020})
    write_extract(restated, data, replace=False, partial=False)
    assert findings_of(data) == set()


def test_nothing_is_written_with_no_write(data: Path) -> None:
    before = tree(data)
    assert run(str(data), "--no-write")[0] == 1
    assert tree(data) == before


def test_the_findings_as_json_and_csv(data: Path) -> None:
    (row,) = json.loads(run(str(data), "--format", "json")[1])
    assert row["kind"] == "marker_against_words" and row["text"] and row["other_text"]
    table = list(csv.reader(io.StringIO(run(str(data), "--format", "csv")[1])))
    assert table[0] == [column.name for column in fields(Finding)] and len(table) == 2


def test_the_text_has_both_quotes_and_pages(data: Path) -> None:
    _, text = run(str(data))
    assert "region-tallmo-2020-annual: 1 finding" in text
    assert "region-tallmo-2021-annual: 0 findings" in text
    assert "marker_against_words" in text and "mark met" in text


def test_an_empty_folder_and_an_unknown_document_are_errors(tmp_path: Path, data: Path) -> None:
    from styrmatt.errors import OutputError, UsageError

    with pytest.raises(OutputError):
        read_extracts(tmp_path / "nothing")
    with pytest.raises(UsageError):
        read_extracts(data, document="1999")


DOC = ROOT / "docs" / "CHECK.md"
PLANTED = {
    ("region-adalen-2022-annual-rsadm-12-417", "result_against_marker", 11): "planted",
    ("region-adalen-2023-annual", "claim_differs", 3): "planted",
    ("region-adalen-2023-annual", "marker_against_words", 17): "planted",
}


@pytest.fixture(scope="module")
def samples(sample_root: Path) -> list[Finding]:
    return found(*read_extracts(sample_root))


def table(findings: Sequence[Finding]) -> str:
    lines = ["| report | severity | kind | places | what disagrees | |", "| --- " * 6 + "|"]
    for f in findings:
        places = f"p. {f.page}" + (f", p. {f.other_page}" if f.other_page else "")
        verdict = PLANTED.get((f.document_id, f.kind, f.page), "false alarm")
        quotes = f"{f.message} “{f.text}”" + (f" / “{f.other_text}”" if f.other_text else "")
        lines.append(
            f"| {f.document_id} | {f.severity} | {f.kind} | {places} | {quotes} | {verdict} |"
        )
    return "\n".join(lines)


def test_the_planted_contradictions_are_found_in_the_samples(samples: list[Finding]) -> None:
    assert PLANTED.keys() <= {(f.document_id, f.kind, f.page) for f in samples}


def test_few_other_things_are_found_in_the_samples(samples: list[Finding]) -> None:
    assert len([f for f in samples if f.severity != "info"]) <= len(PLANTED) + 1


def test_the_page_of_findings_is_what_the_check_finds(samples: list[Finding]) -> None:
    check_made_block(DOC, "findings in the samples", table(samples))


LONG = "Under året har arbetet med tillgänglighet i busstrafiken fortsatt i alla kommuner. " * 3


def test_a_long_paragraph_in_two_sections_is_found_and_a_short_one_is_not() -> None:
    short = "Arbetet har fortsatt."
    (one,) = found(
        made(texts=[(LONG + short, True), (short, True), (short, True), (LONG + short, True)])
    )
    assert (one.kind, one.severity, one.page, one.other_page) == ("text_repeated", "info", 4, 1)


@pytest.mark.parametrize(
    ("above", "own", "target", "shifted"),
    [
        ("Handlingsplanen för turism skrivs", "Översyn av avgifter", "Planen är skriven", True),
        ("Handlingsplanen för turism skrivs", "Plan för avgifter", "Planen är skriven", False),
        ("Handlingsplanen för turism skrivs", "Prövning av avgifter", "Planen är skriven", True),
        ("Antal nya tåg", "Översyn av avgifter", "Nya avtal klara", False),
        ("Antal besök", "Översyn av avgifter", "Planen är skriven", False),
        ("Handlingsplanen för turism skrivs", "Översyn av avgifter", "80 %", False),
    ],
)
def test_a_target_that_speaks_of_the_row_above_is_found(
    above: str, own: str, target: str, shifted: bool
) -> None:
    base = made(name=own, line={"target_text": target, "bbox": (10.0, 200.0, 50.0, 220.0)})
    first, record = base.measures[0], base.records[0]
    other = replace(first, measure_id="m-above", measure=above)
    line = replace(
        record,
        record_id="m-above-T",
        measure_id="m-above",
        measure=above,
        target_text=None,
        target_value=None,
        target_kind="none",
        status=None,
        bbox=(10.0, 100.0, 50.0, 120.0),
    )
    report = replace(base, measures=(first, other), records=(record, line))
    assert [f.kind for f in found(report)] == (["target_shifted"] if shifted else [])


def test_every_kind_of_finding_has_a_meaning() -> None:
    assert all(meaning for meaning in FINDING_KINDS.values())


KNOWN_2020 = {
    ("figure_differs", 33),
    ("figure_differs", 47),
    ("measure_without_table", 47),
    ("result_against_words", 52),
    ("target_differs", 46),
    ("target_differs", 50),
    ("target_differs", 51),
    ("target_differs", 55),
    ("target_differs", 68),
    ("text_repeated", 53),
}
"""Kind and page of contradictions that a reader found in the text of the report of 2020."""


@pytest.mark.skipif(not SHARED.exists(), reason="the shared reports are not here")
@pytest.mark.xdist_group("text-2020")
def test_the_report_of_2020_contradicts_itself_where_a_reader_found_it() -> None:
    findings = found(extract_of_text("2020"))
    got = {(finding.kind, finding.page) for finding in findings}
    assert got == KNOWN_2020  # no marks in the text, so no finding about marks


def test_the_page_about_the_real_report_has_the_findings_of_its_text() -> None:
    """What the page says is in the text is what the test above finds; the rest needs marks."""
    lines = DOC.read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    listed = {(r[1], int(r[0].split(",")[0])) for r in rows if len(r) == 6 and r[4] == "text"}
    assert listed == KNOWN_2020
