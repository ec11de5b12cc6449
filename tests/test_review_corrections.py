"""The corrections file as the page writes it: read by a run, never half written, no line lost."""

from __future__ import annotations

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import make_extract
from extracts import write_extract

import styrmatt
from styrmatt.corrections.overrides import KEYS, read_corrections
from styrmatt.errors import CorrectionsFileError, UsageError
from styrmatt.pipeline.run import Options, run_reports
from styrmatt.review.decisions.corrections_store import (
    CorrectionLine,
    CorrectionsStore,
    DecidedMeanwhileError,
    choose_file,
)
from styrmatt.review.decisions.doubts import CONCERNED, doubts_of, is_decided
from styrmatt.review.extract_index import ExtractIndex
from styrmatt.review.messages import messages
from styrmatt.review.views.links_view import open_links
from styrmatt.review.views.queue_view import record
from styrmatt.review.views.view import PageView, Workspace
from styrmatt.review.web import decide
from styrmatt.review.web.serve import open_workspace
from styrmatt.review_advice import ADVICE

RAW = Path(__file__).parents[1] / "data" / "raw"
SMALL = "region-adalen-2023-bilaga-maluppfyllelse.pdf"
SAY = messages("en")
WHOLE = {"replace": False, "partial": False}


def line(row_id: str = "m-K", field: str = "better", value: str = "higher") -> CorrectionLine:
    return CorrectionLine("d", row_id, field, "", value, "why", "controller", "2026-01-02")


@pytest.fixture
def store(tmp_path: Path) -> CorrectionsStore:
    return CorrectionsStore(tmp_path, tmp_path / "corrections.csv")


def test_what_is_written_is_what_a_run_reads(store: CorrectionsStore) -> None:
    tricky = replace(line(), why='He said: "a;b"\nthen left – åäö')
    store.put([tricky, line("m-M", value="lower")])
    first, second = read_corrections([store.path])
    assert (first.value, second.value) == ("higher", "lower")
    assert first.why == 'He said: "a;b" then left – åäö'
    assert store.path.read_text(encoding="utf-8-sig").splitlines()[0] == ";".join(KEYS)


def test_lines_of_people_stay_whatever_the_page_writes(store: CorrectionsStore) -> None:
    by_hand = (
        "id,document_id,field,machine_value,value,why,who,when\nx,d,better,,lower,w,c,2026-01-01\n"
    )
    store.path.write_text(by_hand, encoding="utf-8")
    store.put([line()])
    assert {override.row_id for override in read_corrections([store.path])} == {"x", "m-K"}


def test_a_line_that_a_run_would_refuse_is_not_written(store: CorrectionsStore) -> None:
    store.put([line()])
    before = store.path.read_bytes()
    with pytest.raises(CorrectionsFileError, match=r"corrections\.csv"):
        store.put([line("m-M", value="sideways")])
    assert store.path.read_bytes() == before
    assert [path.name for path in store.path.parent.glob("*.csv")] == ["corrections.csv"]


def test_a_file_beside_it_that_says_it_already_is_heeded(tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    CorrectionsStore(tmp_path, other).put([line()])
    with pytest.raises(CorrectionsFileError):
        CorrectionsStore(tmp_path, tmp_path / "corrections.csv", (other,)).put([line()])


def test_two_windows_that_write_at_once_lose_nothing(store: CorrectionsStore) -> None:
    with ThreadPoolExecutor(8) as windows:
        list(windows.map(lambda n: store.put([line(f"m-{n}")]), range(24)))
    assert len(read_corrections([store.path])) == 24


def test_another_window_s_value_is_not_written_over(store: CorrectionsStore) -> None:
    store.put([line(value="higher")])
    with pytest.raises(DecidedMeanwhileError) as raised:
        store.put([line(value="lower")])
    assert [old.value for old in raised.value.lines] == ["higher"]
    key = line().key
    store.put([line(value="lower")], seen={key: "higher"})
    assert store.lines()[key].value == "lower"


def test_a_process_that_dies_while_it_writes_leaves_the_file_whole(
    store: CorrectionsStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.put([line()])

    def die(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", die)
    with pytest.raises(KeyboardInterrupt):
        store.put([line("m-M")])
    monkeypatch.undo()
    assert len(store.lines()) == 1
    store.put([line("m-M")])
    assert len(store.lines()) == 2


def test_the_file_that_a_run_would_apply_is_chosen(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    assert choose_file(None, [raw / "r.pdf"], []) == raw / "corrections.csv"
    assert choose_file(None, [raw], []) == raw / "corrections.csv"
    there = tmp_path / "corrections.csv"
    assert choose_file(None, [raw], [tmp_path / "corrections.toml", there]) == there
    with pytest.raises(UsageError, match="CSV"):
        choose_file(tmp_path / "c.toml", [], [])


def test_every_reason_says_what_it_is_about() -> None:
    assert CONCERNED.keys() == ADVICE.keys()


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a sample report that holds a target in doubt, and its extract."""
    folder = tmp_path_factory.mktemp("review")
    (folder / "raw").mkdir()
    shutil.copy(RAW / SMALL, folder / "raw" / SMALL)
    list(run_reports([folder / "raw" / SMALL], Options(folder / "parquet")))
    return folder


@pytest.fixture
def workspace(sample: Path, tmp_path: Path) -> Workspace:
    folder = tmp_path / "copy"
    shutil.copytree(sample, folder)
    return open_workspace(folder / "parquet")


def run_again(workspace: Workspace) -> None:
    raw = workspace.root.parent / "raw" / SMALL
    list(run_reports([raw], Options(workspace.root, corrections=(workspace.corrections.path,))))


def form(workspace: Workspace, reason: str, **more: str) -> dict[str, str]:
    (document_id,) = workspace.index.reports()
    doubt = next(d for d in doubts_of(workspace.index, document_id) if reason in d.reasons)
    return {"report": document_id, "item": doubt.id, "who": "controller", **more}


def test_the_queue_has_rows_and_issues_with_their_places(workspace: Workspace) -> None:
    (document_id,) = workspace.index.reports()
    doubts = doubts_of(workspace.index, document_id)
    assert [doubt.reasons for doubt in doubts] == [
        ("target_unparsed",),
        ("outcome_far",),
        ("factor_unlinked",),
    ]
    assert all(doubt.page and doubt.bbox and doubt.messages for doubt in doubts)


def test_what_is_accepted_is_verified_by_the_next_run_and_leaves_the_queue(
    workspace: Workspace,
) -> None:
    where = form(workspace, "target_unparsed")
    assert decide.accept(workspace, where, SAY) == "/queue"
    (document_id,) = workspace.index.reports()
    first, *_ = doubts_of(workspace.index, document_id)
    assert is_decided(first, workspace.corrections.decided())
    run_again(workspace)
    records = styrmatt.load(workspace.root).set_index("record_id")
    row = records.loc[where["item"]]
    assert list(row["verified"]) == ["target_text", "target_unit", "target_value"]
    assert list(row["review"]) == []
    index = ExtractIndex(workspace.root)
    rest = [("outcome_far",), ("factor_unlinked",)]
    assert [d.reasons for d in doubts_of(index, document_id)] == rest
    applied = styrmatt.load(workspace.root, "corrections")
    assert bool(applied["applied"].all()) and set(applied["who"]) == {"controller"}


def test_a_corrected_field_is_what_the_next_run_writes(workspace: Workspace) -> None:
    where = form(workspace, "target_unparsed", field="target_value", value="1,5", settles="1")
    assert decide.correct(workspace, {**where, "why": "It says so"}, SAY) == "/queue"
    run_again(workspace)
    row = styrmatt.load(workspace.root).set_index("record_id").loc[where["item"]]
    assert row["target_value"] == 1.5
    assert "target_value" in list(row["corrected"])
    assert list(row["review"]) == []


def test_a_value_that_the_field_does_not_take_is_said_and_not_written(
    workspace: Workspace,
) -> None:
    where = form(workspace, "target_unparsed", field="target_value", value="many")
    view = decide.correct(workspace, where, SAY)
    assert isinstance(view, PageView)
    assert "no figure" in view.values["conflict"]["text"]
    assert not workspace.corrections.path.exists()


def test_what_another_window_decided_is_shown_and_kept(workspace: Workspace) -> None:
    where = form(workspace, "target_unparsed", field="target_value", value="1")
    decide.correct(workspace, where, SAY)
    view = decide.correct(workspace, {**where, "value": "2"}, SAY)
    assert isinstance(view, PageView)
    assert [old.value for old in view.values["conflict"]["lines"]] == ["1"]
    decide.correct(workspace, {**where, "value": "2", "seen": "1"}, SAY)
    assert [line.value for line in workspace.corrections.lines().values()] == ["2"]


def test_accepting_after_a_correction_does_not_undo_it(workspace: Workspace) -> None:
    where = form(workspace, "target_unparsed", field="target_value", value="1")
    decide.correct(workspace, where, SAY)
    assert decide.accept(workspace, where, SAY) == "/queue"
    run_again(workspace)
    row = styrmatt.load(workspace.root).set_index("record_id").loc[where["item"]]
    assert row["target_value"] == 1.0 and list(row["review"]) == []


def test_a_decision_can_be_taken_back(workspace: Workspace) -> None:
    where = form(workspace, "target_unparsed")
    decide.accept(workspace, where, SAY)
    decide.take_back(workspace, where, SAY)
    left = [line for line in workspace.corrections.lines().values() if line.id == where["item"]]
    assert not left


def test_an_issue_of_no_row_is_accepted_as_information(tmp_path: Path) -> None:
    extract = make_extract()
    issue = replace(extract.issues[0], kind="table_cut", severity="warning", record_id=None)
    records = tuple(replace(record, review=()) for record in extract.records)
    write_extract(
        replace(extract, issues=(issue,), records=records, corrections=()), tmp_path, **WHOLE
    )
    workspace = open_workspace(tmp_path, corrections=tmp_path / "c.csv")
    decide.accept(workspace, form(workspace, "table_cut"), SAY)
    (written,) = workspace.corrections.lines().values()
    assert (written.id, written.field) == (issue.issue_id, "severity")
    assert (written.machine_value, written.value) == ("warning", "info")


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/queue?item=a", "/queue?item=a"),
        ("//evil.example", "/"),
        ("https://evil.example", "/"),
        ("/\\evil.example", "/"),
        ("/a\r\nSet-Cookie: x", "/"),
    ],
)
def test_a_form_leads_back_to_this_server_alone(path: str, kept: str) -> None:
    assert decide.own_path(path) == kept


def test_a_row_that_is_not_in_doubt_is_verified_or_corrected_as_well(workspace: Workspace) -> None:
    (document_id,) = workspace.index.reports()
    before = styrmatt.load(workspace.root)
    sure = before[(before["review"].str.len() == 0) & before["target_value"].notna()]
    row_id = str(sure["record_id"].iloc[0])
    where = {"report": document_id, "item": row_id, "who": "controller", "back": "/report/x"}
    other = "met" if sure["status"].iloc[0] == "partly_met" else "partly_met"
    decide.correct(workspace, {**where, "field": "status", "value": other}, SAY)
    assert decide.accept(workspace, where, SAY) == "/report/x"
    run_again(workspace)
    row = styrmatt.load(workspace.root).set_index("record_id").loc[row_id]
    assert row["status"] == other and list(row["corrected"]) == ["status"]
    assert {"target_value", "target_text"} <= set(row["verified"])
    assert "review" not in list(row["verified"])


def test_a_goal_is_chosen_by_its_name(workspace: Workspace) -> None:
    (document_id,) = workspace.index.reports()
    where = form(workspace, "factor_unlinked")
    view = record(workspace, document_id, where["item"], {"field": "goal_id"}, SAY)
    goals = styrmatt.load(workspace.root, "goals")
    assert dict(view.values["form"].options) == dict(
        zip(goals["goal_id"], goals["goal"], strict=True)
    )


def test_what_a_person_says_of_a_link_is_what_the_next_run_links(tmp_path: Path) -> None:
    reports = [RAW / f"region-adalen-{year}-run-arsrapport.pdf" for year in (2022, 2023)]
    root = tmp_path / "parquet"
    list(run_reports(reports, Options(root)))
    workspace = open_workspace(root, corrections=tmp_path / "corrections.csv")
    first, second, *_ = (one for one in open_links(workspace) if one.redefined)
    for one, value in ((first, first.other_id), (second, second.series_id)):
        said = {"report": one.item["document_id"], "item": one.item["item_id"], "field": one.field}
        assert (
            decide.link(workspace, {**said, "value": value, "who": "controller"}, SAY) == "/links"
        )
    keys = {one.key for one in open_links(workspace)}
    assert first.key not in keys and second.key not in keys
    list(run_reports(reports, Options(root, corrections=(workspace.corrections.path,))))
    series = styrmatt.load(root, "measures").set_index("measure_id")["series_id"]
    assert series[first.item["item_id"]] == first.other_id
    assert series[second.item["item_id"]] == second.series_id
    assert bool(styrmatt.load(root, "corrections")["applied"].all())
