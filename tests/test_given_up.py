"""A report that ends every process that reads it: an issue says so, and the others are written."""

from __future__ import annotations

import os
import shutil
import signal
from hashlib import sha256
from pathlib import Path

import frictionless
import pyarrow.parquet as pq
import pytest

import styrmatt
from styrmatt.errors import ExitCode, GivenUpError, OutputError
from styrmatt.export.schema.columns import arrow_schema
from styrmatt.export.store import transaction as changes
from styrmatt.export.store.manifest_file import read_contents
from styrmatt.pipeline.progress import OnPage
from styrmatt.pipeline.read_report import ReadOptions, ReadReport, read_one
from styrmatt.pipeline.run import Failure, Options, Outcome, Result, run_reports
from styrmatt.pipeline.use_cases.check import check_reports
from styrmatt.pipeline.use_cases.diff import ReportFilter, compare
from styrmatt.pipeline.use_cases.export import ExportRequest, export
from styrmatt.pipeline.use_cases.verify import VerifyOptions, verify
from styrmatt.pipeline.workers import local

RAW = Path(__file__).parents[1] / "data" / "raw"
POISON = b"%poison"
"""What a report holds at its end that kills the process that reads it."""


def read_or_die(path: Path, options: ReadOptions, on_page: OnPage) -> ReadReport:
    if path.read_bytes().endswith(POISON):
        os.kill(os.getpid(), signal.SIGKILL)
    return read_one(path, options, on_page)


def run(raw: Path, out: Path, **options: object) -> list[Outcome]:
    asked = Options(out, jobs=2, **options)  # type: ignore[arg-type]
    return [*run_reports(sorted(raw.glob("*.pdf")), asked)]


@pytest.fixture
def raw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a report that can be read, and another that kills whoever reads it."""
    monkeypatch.setattr(local, "read_one", read_or_die)
    folder = tmp_path / "raw"
    folder.mkdir()
    shutil.copy(RAW / "region-adalen-2023-run-arsrapport.pdf", folder / "good.pdf")
    bad = (RAW / "region-adalen-2022-run-arsrapport.pdf").read_bytes() + POISON
    (folder / "bad.pdf").write_bytes(bad)
    return folder


def unread(raw: Path) -> str:
    return f"unread-{sha256((raw / 'bad.pdf').read_bytes()).hexdigest()[:12]}"


def given_up(out: Path) -> list[tuple[str, int]]:
    found = styrmatt.load(out, "issues")
    lost = found[found.kind == "report_given_up"]
    return list(zip(lost.document_id.tolist(), lost.fiscal_year.tolist(), strict=True))


def test_a_report_that_kills_its_processes_is_an_issue_until_it_is_read(
    raw: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    good, bad = run(raw, out)
    assert isinstance(good, Result) and isinstance(bad, Failure)
    assert isinstance(bad.error, GivenUpError) and bad.error.exit_code == ExitCode.GIVEN_UP

    issues = styrmatt.load(out, "issues", year=0)
    (row,) = issues.to_dict("records")
    assert (row["document_id"], row["kind"], row["severity"]) == (
        unread(raw),
        "report_given_up",
        "error",
    )
    assert row["raw_text"] == "bad.pdf"
    assert "bad.pdf was given up" in row["message"] and "3 times" in row["message"]
    assert "SIGKILL" in row["message"]
    file = out / "issues" / "year=0" / f"{unread(raw)}.parquet"
    assert pq.read_schema(file).equals(arrow_schema("issues"))
    assert set(styrmatt.load(out)["document_id"]) == {good.document.document_id}

    whatever_reads_the_folder_works(out, raw)

    text = (raw / "bad.pdf").read_bytes().removesuffix(POISON)
    (raw / "bad.pdf").write_bytes(text)  # as mended, under the same name
    assert all(isinstance(outcome, Result) for outcome in run(raw, out))
    assert given_up(out) == []
    assert not list(out.rglob("unread-*"))
    assert verify(VerifyOptions(out, (raw,))).is_proved


def whatever_reads_the_folder_works(out: Path, raw: Path) -> None:
    proved = verify(VerifyOptions(out, (raw,)))
    assert proved.is_proved, proved
    assert [proof.given_up for proof in proved.proofs] == [False, True]
    assert len(check_reports(out).extracts) == 1
    assert verify(VerifyOptions(out, (raw,))).is_proved  # findings are there now, too
    assert not compare(str(out), str(out), data=out, reports=ReportFilter()).differs
    for form, ending in (("csv", ""), ("xlsx", ".xlsx"), ("sqlite", ".sqlite"), ("parquet", "")):
        made = export(ExportRequest(form, out.parent / f"{form}{ending}", out))
        assert made.counts["issues"] == len(styrmatt.load(out, "issues"))
    export(ExportRequest("duckdb", out.parent / "x.duckdb", out))
    export(ExportRequest("stratml", out.parent / "xml", out))
    export(ExportRequest("datapackage", out.parent / "package", out))
    report = frictionless.validate(str(out.parent / "package" / "datapackage.json"))
    assert report.valid, report.flatten(["message"])


def test_another_file_of_that_name_takes_nothing_away_in_the_same_run(
    raw: Path, tmp_path: Path
) -> None:
    out, namesake = tmp_path / "out", tmp_path / "other" / "bad.pdf"
    namesake.parent.mkdir()
    (raw / "good.pdf").rename(namesake)
    outcomes = [*run_reports([raw / "bad.pdf", namesake], Options(out, jobs=2, tries=1))]
    assert [type(outcome) for outcome in outcomes] == [Result, Failure]
    assert given_up(out) == [(unread(raw), 0)]


def lost_only(raw: Path, out: Path, **options: object) -> list[Outcome]:
    """A run in which every report is given up, at once."""
    (raw / "good.pdf").unlink(missing_ok=True)
    (raw / "worse.pdf").write_bytes((raw / "bad.pdf").read_bytes() + POISON)
    return run(raw, out, tries=1, **options)


def test_a_folder_with_nothing_else_says_so(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert [type(outcome) for outcome in lost_only(raw, out)] == [Failure, Failure]
    assert len(given_up(out)) == 2
    assert verify(VerifyOptions(out, (raw,))).is_proved
    with pytest.raises(OutputError, match="has no dataset 'records'"):
        styrmatt.load(out)
    lost_only(raw, out, year=2022)
    assert [year for _, year in given_up(out)] == [2022, 2022]  # what is known is said
    assert not (out / "issues" / "year=0").exists()
    contents = read_contents(out)
    (out / "manifest.json").unlink()
    assert read_contents(out) == contents  # made anew from the files themselves


def test_what_is_wrong_with_such_a_file_is_told(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    lost_only(raw, out)
    first, second = sorted((out / "issues" / "year=0").iterdir())
    first.write_bytes(b"harm")
    second.unlink()
    problems = [p for proof in verify(VerifyOptions(out, (raw,))).proofs for p in proof.problems]
    assert any("is not the file that the manifest names" in problem for problem in problems)
    assert any("is missing" in problem for problem in problems)


def test_where_the_issue_cannot_be_written_that_is_the_error(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: changes.Transaction) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(changes.Transaction, "commit", full)
    outcomes = lost_only(raw, tmp_path / "out")
    assert all(isinstance(o, Failure) and isinstance(o.error, OutputError) for o in outcomes)
