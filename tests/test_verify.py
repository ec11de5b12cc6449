from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyarrow.parquet as pq
import pytest
from conftest import StandIns, make_extract, tree
from extracts import write_extract

from styrmatt.cli import main
from styrmatt.errors import OutputError, UsageError
from styrmatt.export.store.extracts import read_extracts
from styrmatt.pipeline.read_report import ReadOptions
from styrmatt.pipeline.run import Options, Result, run_reports
from styrmatt.pipeline.use_cases.verify import (
    VerifyOptions,
    overrides_from,
    read_options,
    verify,
)

ONE, TWO = "one", "two"
HEADER = "document_id;id;field;machine_value;value;why;who;when"


@pytest.fixture
def extract(tmp_path: Path, stages: StandIns) -> Path:
    """Two made-up reports in ``raw``, written to ``parquet`` beside it, one of them corrected."""
    raw, out = tmp_path / "raw", tmp_path / "parquet"
    raw.mkdir()
    for name, year in ((ONE, 2020), (TWO, 2021)):
        (raw / f"{name}.pdf").write_text(f"{name} {year}", encoding="utf-8")
    line = f"{ONE};{ONE}-m-K;target_value;80;85,5;Rättat;controller;2021-03-01"
    (raw / "corrections.csv").write_text(f"{HEADER}\n{line}\n", encoding="utf-8")
    assert all(isinstance(outcome, Result) for outcome in run(raw, out))
    return out


def run(raw: Path, out: Path) -> list[object]:
    files = tuple(raw.glob("corrections.*"))
    return [*run_reports(sorted(raw.glob("*.pdf")), Options(out, corrections=files))]


def problems(root: Path, **how: object) -> list[str]:
    found = verify(VerifyOptions(root, **how))  # type: ignore[arg-type]
    return [*found.problems, *(p for proof in found.proofs for p in proof.problems)]


def test_an_extract_as_written_is_proved_and_left_alone(extract: Path) -> None:
    before = tree(extract)
    found = verify(VerifyOptions(extract, re_extract=True))
    assert found.is_proved
    assert [(p.document_id, p.read_again, p.files) for p in found.proofs] == [
        (ONE, True, 11),
        (TWO, True, 11),
    ]
    assert tree(extract) == before


def test_a_source_is_found_by_its_hash_whatever_it_is_called(extract: Path) -> None:
    raw = extract.parent / "raw"
    (raw / "one.pdf").rename(raw / "renamed.pdf")
    assert problems(extract) == []
    assert problems(extract, sources=(raw / "renamed.pdf", raw / "two.pdf")) == []
    assert problems(extract, re_extract=True) == []


def test_a_source_that_is_gone_or_changed_is_told(extract: Path) -> None:
    raw = extract.parent / "raw"
    (raw / "one.pdf").write_text("one 2020 and more", encoding="utf-8")
    (raw / "two.pdf").unlink()
    (changed,) = problems(extract)
    assert "one.pdf is not the file that was read" in changed
    found = verify(VerifyOptions(extract))
    one, two = found.proofs
    assert one.not_found is None and two.problems == ()
    assert two.not_found is not None and "two.pdf was not found" in two.not_found
    assert not two.is_proved and not found.is_proved
    assert problems(extract, need_sources=False) == []
    assert verify(VerifyOptions(extract, need_sources=False)).is_proved
    assert not verify(VerifyOptions(extract, document=TWO)).is_proved


def forget_goals(root: Path) -> None:
    (root / "goals/year=2020/one.parquet").unlink()


def swap_files(root: Path) -> None:
    source = root / "goals/year=2021/two.parquet"
    (root / "goals/year=2020/one.parquet").write_bytes(source.read_bytes())


def cut_off(root: Path) -> None:
    path = root / "records/year=2020/one.parquet"
    path.write_bytes(path.read_bytes()[:-40])


def change_a_value(root: Path) -> None:
    path = root / "targets/year=2020/one.parquet"
    table = pq.read_table(path, partitioning=None)
    column = table.column("target_value").to_pylist()
    changed = table.set_column(
        table.schema.get_field_index("target_value"),
        table.schema.field("target_value"),
        [[value + 1 for value in column]],
    )
    pq.write_table(changed, path)


def drop_a_column(root: Path) -> None:
    path = root / "goals/year=2020/one.parquet"
    pq.write_table(pq.read_table(path, partitioning=None).drop_columns(["perspective"]), path)


def add_a_stranger(root: Path) -> None:
    (root / "records/year=2020/three.parquet").write_bytes(b"")


def forget_the_manifest(root: Path) -> None:
    (root / "manifest.json").unlink()


def leave_a_journal(root: Path) -> None:
    (root / ".styrmatt/journal.json").write_text("{}", encoding="utf-8")


def forget_a_dataset(root: Path) -> None:
    path = root / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    generated = manifest["documents"][0]["generated"]
    manifest["documents"][0]["generated"] = [g for g in generated if g["dataset"] != "claims"]
    path.write_text(json.dumps(manifest), encoding="utf-8")


def another_content(root: Path) -> None:
    path = root / "manifest.json"
    text = path.read_text(encoding="utf-8")
    generated = json.loads(text)["documents"][0]["generated"][1]
    path.write_text(text.replace(generated["content_sha256"], "0" * 64), encoding="utf-8")


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (forget_goals, "goals/year=2020/one.parquet is missing"),
        (swap_files, "goals/year=2020/one.parquet is not the file that the manifest names"),
        (cut_off, "records/year=2020/one.parquet is not a Parquet file"),
        (change_a_value, "targets/year=2020/one.parquet does not hold the rows"),
        (drop_a_column, "has not the declared columns: perspective"),
        (add_a_stranger, "records/year=2020/three.parquet belongs to no report"),
        (forget_the_manifest, "there is no manifest.json"),
        (leave_a_journal, "a run was interrupted"),
        (forget_a_dataset, "the dataset claims is missing"),
        (another_content, "content hash differs"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_whatever_was_harmed_is_told(
    extract: Path, harm: Callable[[Path], None], told: str
) -> None:
    harm(extract)
    assert any(told in problem for problem in problems(extract)), problems(extract)


def test_rows_that_do_not_belong_together_are_told(tmp_path: Path) -> None:
    made = make_extract()
    records = tuple(replace(r, target_value=7.0) for r in made.records)
    write_extract(replace(made, records=records), tmp_path, replace=False, partial=False)
    found = problems(tmp_path, need_sources=False)
    assert any("target_value in records is not that of its record_id" in p for p in found)


def test_rows_that_a_source_does_not_give_are_told(extract: Path, stages: StandIns) -> None:
    stages.severity = "error"
    found = problems(extract, re_extract=True)
    assert any("read again, issues: 1 rows differ, as severity of one-i" in p for p in found)


def test_a_report_is_read_again_with_the_options_of_its_run() -> None:
    identity = {"fiscal_year": "2020", "organisation": "Region Tallmo"}
    options = ReadOptions(layout="mine", pages=(1, 3), identity=identity, engine="pdfplumber")
    entry: Any = SimpleNamespace(basis=options.basis())
    assert read_options(entry, VerifyOptions(Path())) == options


def test_corrections_are_applied_again_from_what_the_extract_keeps(extract: Path) -> None:
    (extract.parent / "raw" / "corrections.csv").unlink()
    assert problems(extract, re_extract=True) == []


def test_removing_corrections_and_running_again_restores_the_bytes(extract: Path) -> None:
    raw = extract.parent / "raw"
    line = (raw / "corrections.csv").read_bytes()
    with_them = tree(extract)
    (raw / "corrections.csv").unlink()
    run(raw, extract)
    without = tree(extract)
    fresh = extract.parent / "fresh"
    run(raw, fresh)
    assert tree(fresh) == without != with_them
    (raw / "corrections.csv").write_bytes(line)
    run(raw, extract)
    assert tree(extract) == with_them


def test_only_the_report_whose_corrections_changed_is_written_again(extract: Path) -> None:
    raw = extract.parent / "raw"
    first = [o.unchanged for o in run(raw, extract) if isinstance(o, Result)]
    (raw / "corrections.csv").unlink()
    second = {
        o.document.document_id: o.unchanged for o in run(raw, extract) if isinstance(o, Result)
    }
    assert first == [True, True]
    assert second == {ONE: False, TWO: True}


def test_rulings_come_back_from_the_rows_of_an_extract() -> None:
    (row,) = make_extract().corrections
    (ruling,) = overrides_from([row])
    assert (ruling.row_id, ruling.machine_value, ruling.value) == ("m-gone", "RS", None)


def test_a_folder_without_an_extract_is_an_error(tmp_path: Path, extract: Path) -> None:
    with pytest.raises(OutputError):
        verify(VerifyOptions(tmp_path / "none"))
    with pytest.raises(UsageError):
        verify(VerifyOptions(extract, document="three"))
    with pytest.raises(UsageError):
        verify(VerifyOptions(extract, sources=(tmp_path / "none",)))


def test_the_command_prints_a_line_per_report(
    extract: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command("verify", str(extract)) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("ok        one: 11 files")
    assert lines[-2] == "2 reports: 2 proved, 0 not."
    assert lines[-1].startswith("Proved means: the files are as the manifest says.")
    (extract.parent / "raw" / "two.pdf").unlink()
    assert command("verify", str(extract)) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].startswith("not found two: 11 files")
    assert lines[-2] == "2 reports: 1 proved, 1 without a source, 0 not."
    forget_goals(extract)
    assert command("verify", str(extract), "--format", "json") == 1
    data = json.loads(capsys.readouterr().out)
    assert data["proved"] is False
    assert data["documents"][0]["problems"] == ["goals/year=2020/one.parquet is missing"]
    assert command("verify", str(extract), "--no-sources", "--re-extract") == 2


def test_the_commands_show_corrections_and_write_lines_for_more(
    extract: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command("corrections", "show", str(extract), "--document", ONE) == 0
    assert "1 applied, 0 not applied." in capsys.readouterr().out
    asked = ("--data", str(extract), "--field", "target_value", "--field", "status")
    assert command("corrections", "template", f"{ONE}-m-K", *asked) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == HEADER
    assert lines[1].startswith(f"{ONE};{ONE}-m-K;target_value;80;;")  # the machine's, not 85,5
    assert command("corrections", "template", "m-none", *asked) == 2


def test_corrections_of_no_report_are_told(
    extract: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = extract.parent / "raw"
    line = "three;m;target_value;80;85;Rättat;controller;2021-03-01"
    (raw / "corrections.csv").write_text(f"{HEADER}\n{line}\n", encoding="utf-8")
    assert command("run", str(raw), "--out", str(extract)) == 0
    assert "line 2 is about three, which is no report in the output" in capsys.readouterr().out
    assert command("run", str(raw), "--out", str(extract), "--strict", "--quiet") == 1


def test_a_bad_corrections_file_stops_a_run_before_it_writes(
    extract: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tree(extract)
    bad = extract.parent / "bad.csv"
    bad.write_text(f"{HEADER}\none;m;target_vale;1;2;w;w;2021-01-01\n", encoding="utf-8")
    assert command("run", str(extract.parent / "raw"), "--corrections", str(bad)) == 7
    assert "line 2: no field 'target_vale'" in capsys.readouterr().err
    assert tree(extract) == before


def test_the_manifest_says_in_the_words_of_prov_what_was_made_of_what_by_whom_and_when(
    extract: Path,
) -> None:
    manifest = json.loads((extract / "manifest.json").read_text(encoding="utf-8"))
    one, _ = manifest["documents"]
    activity, used = one["activity"], one["used"]
    assert one["wasGeneratedBy"] == activity["id"]
    agent = manifest["agents"][activity["wasAssociatedWith"]]
    assert {"styrmatt", "schema", "python", "pyarrow", "pdfplumber", "spacy", "hunspell-sv"} <= set(
        agent
    )
    assert activity["startedAtTime"] == activity["endedAtTime"] == "2023-11-14T22:13:20Z"
    assert used["layout"]["name"] == "made-up"
    assert len(used["corrections"]["sha256"]) == 64
    assert manifest["registers"]["series"]["rows"] > 0


def test_a_run_that_changes_nothing_leaves_the_manifest_and_its_times(
    extract: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tree(extract)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    raw = extract.parent / "raw"
    run(raw, extract)
    assert tree(extract) == before
    forced = Options(extract, force=True, corrections=(raw / "corrections.csv",))
    assert all(isinstance(o, Result) for o in run_reports(sorted(raw.glob("*.pdf")), forced))
    assert tree(extract) == before


def test_trees_of_two_days_differ_in_times_alone(
    extract: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    other = extract.parent / "other"
    run(extract.parent / "raw", other)
    ours, theirs = tree(extract), tree(other)
    assert {name for name in ours if ours[name] != theirs[name]} == {"manifest.json"}
    then, now = b"2023-11-14T22:13:20Z", b"2027-01-15T08:00:00Z"
    assert ours["manifest.json"].replace(then, now) == theirs["manifest.json"]


def test_a_link_that_a_person_made_is_undone_without_a_trace(extract: Path) -> None:
    raw = extract.parent / "raw"
    before = tree(extract)
    series = {m.measure_id: m.series_id for e in read_extracts(extract) for m in e.measures}
    assert series[f"{ONE}-m"] == series[f"{TWO}-m"]
    line = (
        f"{TWO};{TWO}-m;series_id;{series[f'{TWO}-m']};own;Annan definition;controller;2022-01-01"
    )
    text = (raw / "corrections.csv").read_text(encoding="utf-8")
    (raw / "corrections.csv").write_text(f"{text}{line}\n", encoding="utf-8")
    run(raw, extract)
    (two,) = read_extracts(extract, document=TWO)
    assert two.measures[0].series_id != series[f"{TWO}-m"]
    assert two.measures[0].corrected == two.records[0].corrected == ("series_id",)
    assert problems(extract, re_extract=True) == []
    run(raw, extract)
    assert problems(extract, re_extract=True) == []
    (raw / "corrections.csv").write_text(text, encoding="utf-8")
    run(raw, extract)
    assert tree(extract) == before


def test_a_register_that_is_not_that_of_the_reports_is_told(extract: Path) -> None:
    path = extract / "series/series.parquet"
    pq.write_table(pq.read_table(path).slice(1), path)
    found = problems(extract)
    assert any("series/series.parquet does not hold" in p for p in found)
    assert any("the register has it as of None" in p for p in found)
    path.unlink()
    assert "series/series.parquet is missing" in problems(extract)


def command(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    return int(ended.value.code or 0)


def test_hashes_are_of_the_bytes(extract: Path) -> None:
    manifest = json.loads((extract / "manifest.json").read_text(encoding="utf-8"))
    for document in manifest["documents"]:
        for file in document["generated"]:
            content = (extract / file["path"]).read_bytes()
            assert hashlib.sha256(content).hexdigest() == file["sha256"]
