"""What the views hold, without a server: counts, filters, places, suggestions, messages."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import page
import pyarrow.parquet as pq
import pytest
from conftest import make_extract
from extracts import write_extract

from styrmatt.differences import KINDS
from styrmatt.errors import UsageError
from styrmatt.pipeline.run import Options, run_reports
from styrmatt.pipeline.use_cases.check import check_reports
from styrmatt.records import FINDING_KINDS, ISSUE_KINDS, STATUSES
from styrmatt.review import extract_index
from styrmatt.review.extract_index import ExtractIndex
from styrmatt.review.messages import LANGUAGES, language_of_reports, messages, preferred
from styrmatt.review.pictures.page_boxes import boxes_on
from styrmatt.review.pictures.page_text import text_on
from styrmatt.review.views.compare_views import diff, findings
from styrmatt.review.views.links_view import links, suggestions
from styrmatt.review.views.queue_view import crop_of, queue
from styrmatt.review.views.report_rows import (
    PART,
    RowChoice,
    changed_since,
    choose_rows,
    filter_values,
)
from styrmatt.review.views.report_view import report
from styrmatt.review.views.series_view import measures, series
from styrmatt.review.views.shares_view import pairs_of, sexes, shares, shares_of
from styrmatt.review.views.start_view import start
from styrmatt.review.views.view import NotFoundError, PageView, Table, Workspace
from styrmatt.review.web import install
from styrmatt.review.web.addresses import FileAddresses, ServerAddresses, file_of
from styrmatt.review.web.render import Frame, as_csv, as_html
from styrmatt.review.web.serve import open_workspace
from styrmatt.review_advice import ADVICE

pytestmark = pytest.mark.xdist_group("review-pages")

ROOT = Path(__file__).parents[1]
RAW = ROOT / "data" / "raw"
MESSAGES = ROOT / "src" / "review" / "messages"
LATER = "region-adalen-2023-annual"
EARLIER = "region-adalen-2022-annual-rsadm-12-417"
WHOLE = {"replace": False, "partial": False}
EN, SV = messages("en"), messages("sv")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The four sample reports, checked."""
    root = tmp_path_factory.mktemp("pages") / "parquet"
    list(run_reports(sorted(RAW.glob("*.pdf")), Options(root)))
    check_reports(root)
    return open_workspace(root, [RAW], root / "c.csv")


def test_a_report_is_counted_once_and_again_when_its_file_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_extract()
    write_extract(made, tmp_path, **WHOLE)
    index = ExtractIndex(tmp_path)
    (summary,) = index.reports().values()
    statuses = [record.status for record in made.records]
    assert (summary.lines, summary.measures) == (2, 1)
    assert dict(summary.statuses) == {status: statuses.count(status) for status in set(statuses)}
    assert index.reports() is index.reports()
    fewer = replace(made, records=made.records[:1], targets=made.targets[:1], corrections=())
    write_extract(fewer, tmp_path, **WHOLE)
    monkeypatch.setattr(extract_index, "_LOOK_AGAIN", 0.0)
    (again,) = index.reports().values()
    assert again.lines == 1


def test_the_counts_are_those_of_the_rows(workspace: Workspace) -> None:
    for summary in workspace.index.reports().values():
        file = workspace.index.file("records", summary.document_id)
        rows = pq.read_table(file).to_pylist()
        assert summary.lines == len(rows) == sum(summary.statuses.values())
        assert summary.results == sum(row["outcome_value"] is not None for row in rows)
        assert summary.doubts == sum(bool(row["review"]) for row in rows)
    assert sum(r.findings for r in workspace.index.reports().values()) == 3


def test_a_year_between_two_reports_is_missing(tmp_path: Path) -> None:
    for year in (2018, 2020, 2021):
        extract = make_extract(
            f"region-tallmo-{year}-annual", year=year, source_sha256=str(year) * 16
        )
        write_extract(extract, tmp_path, **WHOLE)
    workspace = open_workspace(tmp_path, corrections=tmp_path / "c.csv")
    view = start(workspace, {}, EN)
    (publisher,) = view.values["publishers"]
    assert publisher.missing == (2019,) and view.values["total"]["missing"] == 1
    assert "Report missing" in html(view)


def html(view: PageView, say: Any = EN) -> str:
    return as_html(view, Frame(say, ServerAddresses(), "start"))


def test_a_search_finds_the_place(workspace: Workspace) -> None:
    found = start(workspace, {"q": "SJUKFRÅNVARO"}, EN).values["found"]
    assert {hit.report.document_id for hit in found["measures"]} == {LATER, EARLIER}
    assert all("sjukfrånvaro" in hit.text.casefold() for hits in found.values() for hit in hits)
    assert found["texts"] and all(1 <= hit.page <= hit.report.page_count for hit in found["texts"])
    assert start(workspace, {"q": "x"}, EN).values["found"] is None


def test_filters_show_the_lines_that_fit(workspace: Workspace) -> None:
    everything = choose_rows(workspace.index, LATER, RowChoice())
    assert everything.total == len(everything.lines) == 62
    for name, values in filter_values(workspace.index, LATER).items():
        totals = [choose_rows(workspace.index, LATER, RowChoice({name: v})).total for v in values]
        assert sum(totals) == everything.total and all(totals), name
    doubtful = choose_rows(workspace.index, LATER, RowChoice(flags=frozenset({"doubt"})))
    assert doubtful.total == 3 and all(line["review"] for line in doubtful.lines)
    changed = choose_rows(workspace.index, LATER, RowChoice(flags=frozenset({"changed"})))
    assert {line["record_id"] for line in changed.lines} == set(
        changed_since(workspace.index, LATER)
    )
    assert 0 < changed.total < everything.total
    assert changed_since(workspace.index, EARLIER) == {}


def test_lines_are_grouped_as_in_the_report(workspace: Workspace) -> None:
    goals = choose_rows(workspace.index, LATER, RowChoice()).goals()
    assert [goal.name for goal in goals][:1] == ["Ett klimatsmart och robust län"]
    lines = [
        line["row_no"]
        for goal in goals
        for factor in goal.factors
        for measure in factor.measures
        for line in measure.lines
    ]
    assert lines == sorted(lines) and len(lines) == 62


def test_a_long_report_comes_in_parts_and_a_row_in_its_own(tmp_path: Path) -> None:
    made = make_extract()
    count = 2 * PART + 10
    records = tuple(
        replace(made.records[0], record_id=f"m-{n:04}-K", measure_id=f"m-{n:04}", row_no=n)
        for n in range(1, count + 1)
    )
    write_extract(make_extract(), tmp_path, **WHOLE)
    index = ExtractIndex(tmp_path)
    (id,) = index.reports()
    write_records(index, id, records)
    first = choose_rows(index, id, RowChoice())
    assert (len(first.lines), first.total, first.parts) == (PART, count, 3)
    own = choose_rows(index, id, RowChoice(), f"m-{PART + 1:04}-K")
    assert own.part == 2 and own.lines[0]["record_id"] == f"m-{PART + 1:04}-K"


def write_records(index: ExtractIndex, id: str, records: Any) -> None:
    from styrmatt.export.parquet.tables import to_table

    file = index.file("records", id)
    metadata = pq.read_schema(file).metadata
    pq.write_table(to_table("records", records).replace_schema_metadata(metadata), file)


def test_boxes_lead_to_the_records_of_the_page(workspace: Workspace) -> None:
    boxes = boxes_on(workspace.index, LATER, 5)
    shown = {
        line["record_id"] for line in choose_rows(workspace.index, LATER, RowChoice(page=5)).lines
    }
    assert {box.target for box in boxes if box.kind == "row"} == shown
    assert {"row", "target", "status", "trend", "result"} == {box.kind for box in boxes}
    areas = [(b.bbox[2] - b.bbox[0]) * (b.bbox[3] - b.bbox[1]) for b in boxes]
    assert areas == sorted(areas, reverse=True)


def test_sentences_of_results_lead_to_records_that_there_are(workspace: Workspace) -> None:
    ids = {line["record_id"] for line in choose_rows(workspace.index, LATER, RowChoice()).lines}
    spans = [
        span
        for number in range(1, 18)
        for section in text_on(workspace.index, LATER, number)
        for paragraph in section.paragraphs
        for span in paragraph
        if span.record_id
    ]
    assert len(spans) > 10 and {span.record_id for span in spans} <= ids


def test_a_crop_lies_on_the_page_and_holds_the_box() -> None:
    sheet = (0.0, 0.0, 600.0, 800.0)
    for box in ((10.0, 5.0, 30.0, 20.0), (500.0, 780.0, 590.0, 799.0), (0.0, 0.0, 600.0, 800.0)):
        x, y, width, height = crop_of(sheet, box)
        assert x >= 0 and y >= 0 and x + width <= 600 and y + height <= 800
        assert x <= box[0] and y <= box[1] and x + width >= box[2] and y + height >= box[3]
    assert crop_of(sheet, None) == (0.0, 0.0, 600.0, 800.0)


def test_shares_are_the_counts_of_marks(workspace: Workspace) -> None:
    found = shares_of(workspace, workspace.report(LATER))
    whole = [share for share in found if share.perspective is None]
    assert [share.report.document_id for share in whole] == [EARLIER, LATER]
    for share in whole:
        parts = [s for s in found if s.report == share.report and s.perspective is not None]
        assert share.judged == sum(part.judged for part in parts)
        assert share.met == sum(part.met for part in parts)
        assert share.judged == sum(share.statuses.get(status, 0) for status in STATUSES[:3])


def test_women_and_men_are_compared_in_one_unit(workspace: Workspace) -> None:
    pairs = pairs_of(workspace, workspace.report(LATER))
    assert pairs and all((p.women["sex"], p.men["sex"]) == ("K", "M") for p in pairs)
    known = [pair for pair in pairs if pair.difference is not None]
    assert known
    for pair in known:
        assert pair.difference == pair.women["outcome_value"] - pair.men["outcome_value"]


def test_a_series_has_its_figures_by_year_and_sex(workspace: Workspace) -> None:
    view = series(workspace, "ms-130aca5b77b14a", {}, SV)
    figures = {(f.year, f.sex): (f.target, f.result, f.status) for f in view.values["figures"]}
    assert figures == {
        (2022, "K"): (4.8, 6.3, "not_met"),
        (2022, "M"): (4.8, 3.9, "met"),
        (2023, "K"): (4.8, 5.9, "not_met"),
        (2023, "M"): (4.8, 3.7, "met"),
    }
    with pytest.raises(NotFoundError):
        series(workspace, "ms-none", {}, EN)


def test_what_took_another_s_place_shows_its_earlier_figures_apart(workspace: Workspace) -> None:
    (after,) = [
        suggestion
        for suggestion in suggestions(workspace)
        if suggestion.redefined and "fossilfria drivmedel" in suggestion.item["name"]
    ]
    view = series(workspace, after.series_id, {}, EN)
    assert {f.earlier_definition for f in view.values["figures"]} == {True, False}
    assert "earlier definition" in html(view)


def test_links_that_nobody_decided_are_suggested_with_both_wordings(workspace: Workspace) -> None:
    found = links(workspace, {}, EN).values["links"]
    assert sum(one.redefined for one in found) == 5
    for one in found:
        assert one.other["fiscal_year"] < one.item["fiscal_year"]
        assert one.other_id != one.series_id
        assert one.other["name"] in html(links(workspace, {}, EN)).replace("&#34;", '"')


def test_findings_have_both_places(workspace: Workspace) -> None:
    found = findings(workspace, {}, EN).values["findings"]
    assert len(found) == 3
    assert all(len(finding["places"]) == 2 for finding in found)
    assert all(place.part for finding in found for place in finding["places"])
    assert (
        not findings(workspace, {"report": EARLIER.replace("2022", "2022")}, EN).values["parts"] > 1
    )


def test_a_change_is_shown_with_both_pages(workspace: Workspace) -> None:
    view = diff(workspace, EARLIER, LATER, {"change": "12"}, EN)
    assert [place.report.fiscal_year for place in view.values["places"]] == [2022, 2023]
    assert diff(workspace, {}, EN).values["pairs"]
    with pytest.raises(NotFoundError):
        diff(workspace, EARLIER, LATER, {"change": "9999"}, EN)


def test_every_view_is_said_in_both_languages(workspace: Workspace) -> None:
    for say in (EN, SV):
        for view in (
            start(workspace, {"q": "patienter"}, say),
            report(workspace, LATER, {}, say),
            queue(workspace, {}, say),
            queue(workspace, {"show": "decided"}, say),
            measures(workspace, {}, say),
            series(workspace, "gs-11531cbc075b2d", {}, say),
            shares(workspace, {}, say),
            sexes(workspace, {}, say),
            links(workspace, {}, say),
            findings(workspace, {}, say),
            diff(workspace, {}, say),
            diff(workspace, EARLIER, LATER, {}, say),
        ):
            text = html(view, say)
            assert f'<html lang="{say.language}">' in text and "</html>" in text
            assert view.table is None or as_csv(view.table).startswith("\ufeff".encode())


def texts_of(name: str) -> dict[str, str]:
    return dict(messages(name).texts)


def test_each_language_has_all_messages_with_the_same_values() -> None:
    assert set(LANGUAGES) == {path.stem for path in MESSAGES.glob("*.toml")}
    english = texts_of("en")
    for name in LANGUAGES:
        own = texts_of(name)
        assert english.keys() <= own.keys()
        for key, text in english.items():
            assert set(re.findall(r"{\w+}", text)) == set(re.findall(r"{\w+}", own[key])), key


def test_every_kind_is_translated() -> None:
    """The code says kinds in its own language; another language says each of them in its own."""
    swedish = texts_of("sv")
    for group, names in {
        "reason": ADVICE,
        "advice": ADVICE,
        "issue": ISSUE_KINDS,
        "finding": FINDING_KINDS,
        "change": KINDS,
    }.items():
        for name in names:
            key = f"{group}.{name}"
            assert swedish[key] != texts_of("en")[key], key


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("sv-SE,sv;q=0.9,en;q=0.8", "sv"),
        ("en-GB", "en"),
        ("de,sv;q=.3,en;q=.7", "en"),
        ("", "en"),
        ("x;q=y", "en"),
    ],
)
def test_the_language_that_a_browser_prefers(accepted: str, language: str) -> None:
    assert preferred(accepted) == language


def test_figures_are_written_as_each_language_does() -> None:
    assert SV.figure(1234.5, "percent") == "1\u00a0234,5\u00a0%"
    assert EN.number(-0.1 - 0.2) == "\u22120.3"
    assert SV.figure(None, "kr") == "" and SV.share(1, 0) == ""
    assert language_of_reports() == "sv"


def test_cells_of_csv_run_no_formula() -> None:
    table = Table("t", ("a", "b"), [("=1+1", 1.5), (None, ("x", "y"))])
    assert as_csv(table).decode("utf-8-sig").splitlines() == ["a;b", "'=1+1;1,5", ";x | y"]


def test_addresses_of_files_are_relative_and_safe() -> None:
    to = FileAddresses(2)
    assert (
        to("report", "r-2023", page=5, row="m-1-K") == "../../report/r-2023/page-5.html#row-m-1-K"
    )
    assert to("start") == "../../index.html" and to("queue", report="x") == "../../queue.html"
    assert ".." not in file_of("report", "../../etc/passwd") and "/etc" not in file_of(
        "series", "/etc"
    )
    assert ServerAddresses()("report", "a/b", page=1, row=None) == "/report/a%2Fb?page=1"


def test_what_is_missing_is_said_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        install, "find_spec", lambda name: None if name == "starlette" else find_spec("re")
    )
    with pytest.raises(UsageError) as raised:
        install.require_server()
    assert (
        str(raised.value) == "To show the page, install starlette (pip install 'styrmatt[review]')."
    )
    install.require_charts()


def test_the_reports_that_the_benchmark_makes_are_counted(
    workspace: Workspace, tmp_path: Path
) -> None:
    many, long = tmp_path / "many", tmp_path / "long"
    for copy in (many, long):
        shutil.copytree(workspace.root, copy)
    page.multiply(many, 8)
    reports = ExtractIndex(many).reports()
    assert len(reports) == 8 and all(r.lines and r.measures for r in reports.values())
    page.lengthen(long, 500)
    index = ExtractIndex(long)
    assert index.reports()[LATER].lines == 500 and index.reports()[LATER].page_count == page.PAGES
    assert choose_rows(index, LATER, RowChoice(flags=frozenset({"doubt"}))).total == 167


def test_an_extract_of_reports_that_could_not_be_read_is_shown(tmp_path: Path) -> None:
    write_extract(make_extract(), tmp_path / "whole", **WHOLE)
    shutil.copytree(tmp_path / "whole" / "issues", tmp_path / "bare" / "issues")
    bare = open_workspace(tmp_path / "bare", corrections=tmp_path / "c.csv")
    for view in (start, queue, measures, sexes, links, findings, diff):
        assert "</html>" in html(view(bare, {}, EN))
    with pytest.raises(NotFoundError):
        shares(bare, {}, EN)


def test_a_text_file_has_records_and_no_pages(tmp_path: Path) -> None:
    made = make_extract()
    text = replace(made, document=replace(made.document, source_kind="text", source_name="r.txt"))
    write_extract(text, tmp_path, **WHOLE)
    workspace = open_workspace(tmp_path, corrections=tmp_path / "c.csv")
    (document_id,) = workspace.index.reports()
    shown = html(report(workspace, document_id, {}, EN))
    assert "There is no picture of the page." in shown and "Andel n\u00f6jda \u00e5kande" in shown
