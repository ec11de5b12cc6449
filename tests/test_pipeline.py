from __future__ import annotations

from pathlib import Path

import pytest
from conftest import StandIns, tree

import styrmatt
from styrmatt.errors import (
    ConflictError,
    ExitCode,
    LayoutFileError,
    NoTextError,
    OutputError,
    UsageError,
)
from styrmatt.inputs import find_reports, read_sidecar
from styrmatt.pipeline.run import Failure, Options, Outcome, Result, run_report, run_reports


def report(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def run(paths: list[Path], out: Path, **options: object) -> list[Outcome]:
    return list(run_reports(paths, Options(out, **options)))  # type: ignore[arg-type]


# --- finding reports


def test_folders_are_searched_to_the_bottom_and_hidden_names_skipped(tmp_path: Path) -> None:
    for name in ("b.PDF", "a/c.txt", "a/b.pdf", ".hidden/x.pdf", "a/.y.pdf", "notes.md", "b.toml"):
        report(tmp_path, name, "x")
    found = [path.relative_to(tmp_path).as_posix() for path in find_reports([tmp_path])]
    assert found == ["b.PDF", "a/b.pdf", "a/c.txt"]


def test_of_one_report_the_pdf_comes_before_its_text(tmp_path: Path) -> None:
    for name in ("r.txt", "r.pdf", "r-2.txt"):
        report(tmp_path, name, "x")
    assert [path.name for path in find_reports([tmp_path])] == ["r.pdf", "r.txt", "r-2.txt"]


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    one = report(tmp_path, "one.pdf", "x")
    assert find_reports([one, tmp_path, tmp_path / "." / "one.pdf"]) == (one,)


def test_a_folder_below_a_hidden_one_may_be_named(tmp_path: Path) -> None:
    one = report(tmp_path, ".cache/reports/one.pdf", "x")
    assert find_reports([one.parent]) == (one,)


def test_a_missing_path_and_an_empty_folder_are_usage_errors(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no file or folder"):
        find_reports([tmp_path / "nowhere"])
    with pytest.raises(UsageError, match="no report"):
        find_reports([tmp_path])


# --- the sidecar


def test_a_sidecar_says_what_the_report_does_not(tmp_path: Path) -> None:
    path = report(tmp_path, "r.pdf", "x")
    report(tmp_path, "r.toml", 'year = 2019\norganisation = "Region Tallmo"\nboard = "RS"\n')
    assert read_sidecar(path).identity() == {
        "fiscal_year": "2019",
        "organisation": "Region Tallmo",
        "board_code": "RS",
    }


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("yaer = 2020", "unknown key 'yaer'; did you mean 'year'"),
        ('year = "2020"', "must be a whole number"),
        ("year = ", "not a TOML file"),
        ('password = "x"', "unknown key 'password'"),
    ],
)
def test_a_sidecar_that_is_wrong_says_what(tmp_path: Path, text: str, why: str) -> None:
    path = report(tmp_path, "r.pdf", "x")
    report(tmp_path, "r.toml", text)
    with pytest.raises(LayoutFileError, match=why):
        read_sidecar(path)


def test_options_win_over_the_sidecar(tmp_path: Path, stages: StandIns) -> None:
    path = report(tmp_path, "r.pdf", "doc")
    report(tmp_path, "r.toml", 'year = 2019\nbody = "Nämnden"\nlayout = "theirs"\n')
    run_report(path, Options(tmp_path / "out", year=2021))
    run_report(path, Options(tmp_path / "out", layout="mine"))
    assert stages.identities == [
        {"fiscal_year": "2021", "body": "Nämnden"},
        {"fiscal_year": "2019", "body": "Nämnden"},
    ]
    assert stages.layout_names == ["theirs", "mine"]


# --- a run


def test_a_report_is_read_normalized_and_written(tmp_path: Path, stages: StandIns) -> None:
    seen: list[tuple[int, int]] = []
    path = report(tmp_path, "r.pdf", "doc")
    result = run_report(
        path, Options(tmp_path / "out"), lambda done, total: seen.append((done, total))
    )
    assert result.layout == "made-up"
    assert list(result.seconds) == ["read", "normalize", "write"]
    assert seen == [(1, 3), (2, 3), (3, 3)]
    assert styrmatt.load(tmp_path / "out")["document_id"].tolist() == ["doc", "doc"]


def test_a_report_that_fails_stops_no_other(tmp_path: Path, stages: StandIns) -> None:
    stages.errors["scan"] = NoTextError("scan.pdf has no text layer.")
    stages.errors["bug"] = ZeroDivisionError("division by zero")
    paths = [report(tmp_path, f"{name}.pdf", name) for name in ("bug", "one", "scan", "two")]
    bug, one, scan, two = run(paths, tmp_path / "out")
    assert isinstance(one, Result) and isinstance(two, Result)
    assert isinstance(scan, Failure) and scan.error.exit_code == ExitCode.NO_TEXT
    assert isinstance(bug, Failure) and bug.error.exit_code == ExitCode.INTERNAL
    assert "ZeroDivisionError" in str(bug.error)
    assert isinstance(bug.error.__cause__, ZeroDivisionError)
    assert set(styrmatt.load(tmp_path / "out")["document_id"]) == {"one", "two"}


def test_a_report_that_fails_keeps_what_was_written_of_it(tmp_path: Path, stages: StandIns) -> None:
    path = report(tmp_path, "r.pdf", "doc")
    run([path], tmp_path / "out")
    before = tree(tmp_path / "out")
    stages.errors["doc"] = NoTextError("no text.")
    (failure,) = run([path], tmp_path / "out")
    assert isinstance(failure, Failure)
    assert tree(tmp_path / "out") == before


@pytest.mark.parametrize("replace", [False, True])
def test_of_two_sources_of_one_report_the_first_is_done(
    tmp_path: Path, stages: StandIns, replace: bool
) -> None:
    for name, text in (("r.pdf", "doc"), ("r.txt", "doc\n"), ("s.pdf", "other")):
        report(tmp_path, name, text)
    done, conflict, other = run(list(find_reports([tmp_path])), tmp_path / "out", replace=replace)
    assert isinstance(done, Result) and isinstance(other, Result)
    assert isinstance(conflict, Failure) and isinstance(conflict.error, ConflictError)
    assert styrmatt.load(tmp_path / "out", "documents")["source_name"].tolist() == [
        "r.pdf",
        "s.pdf",
    ]


def test_a_run_of_all_pages_by_number_is_whole(tmp_path: Path, stages: StandIns) -> None:
    path = report(tmp_path, "r.pdf", "doc")
    run([path], tmp_path / "out")
    (whole,) = run([path], tmp_path / "out", pages=(1, 2, 3))
    (part,) = run([path], tmp_path / "out", pages=(1, 2))
    assert isinstance(whole, Result)
    assert isinstance(part, Failure) and isinstance(part.error, ConflictError)


def test_a_whole_run_that_met_an_empty_page_is_whole(tmp_path: Path, stages: StandIns) -> None:
    path = report(tmp_path, "r.pdf", "doc")
    stages.pages_read = (1, 3)
    run([path], tmp_path / "out")
    (part,) = run([path], tmp_path / "out", pages=(1, 3))
    assert isinstance(part, Failure) and isinstance(part.error, ConflictError)


def test_nothing_is_read_where_nothing_can_be_written(tmp_path: Path, stages: StandIns) -> None:
    path = report(tmp_path, "r.pdf", "doc")
    out = report(tmp_path, "out", "in the way")
    with pytest.raises(OutputError, match="cannot be written"):
        run([path], out)
    with pytest.raises(OutputError):
        run([path], out / "below")
    assert stages.layout_names == []


def test_a_bad_layout_folder_is_told_before_anything_is_read(
    tmp_path: Path, stages: StandIns
) -> None:
    path = report(tmp_path, "r.pdf", "doc")
    report(tmp_path, "layouts/mine.toml", "name = 'mine'\ncolums = []\n")
    with pytest.raises(LayoutFileError, match="unknown key 'colums'"):
        run([path], tmp_path / "out", layouts=tmp_path / "layouts")
    with pytest.raises(LayoutFileError, match="no layout"):
        run([path], tmp_path / "out", layouts=tmp_path / "none")
    assert stages.layout_names == []
