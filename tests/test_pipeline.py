from __future__ import annotations

import errno
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest
from conftest import StandIns, make_extract, tree

import styrmatt
from styrmatt.errors import (
    ConflictError,
    ExitCode,
    LayoutFileError,
    NoTextError,
    OutputError,
    UnreadableSourceError,
    UsageError,
)
from styrmatt.export.store import transaction as changes
from styrmatt.inputs import find_reports, read_sidecar
from styrmatt.pipeline import write_reports as writing
from styrmatt.pipeline.read_report import ReadOptions, ReadReport
from styrmatt.pipeline.read_results import FOLDER, ReadResultCache
from styrmatt.pipeline.run import Failure, Options, Outcome, Result, run_report, run_reports


def report(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def run(paths: list[Path], out: Path, **options: object) -> list[Outcome]:
    """The outcomes in the order of the paths."""
    outcomes = list(run_reports(paths, Options(out, **options)))  # type: ignore[arg-type]
    assert len(outcomes) == len(paths)
    return sorted(outcomes, key=lambda outcome: paths.index(outcome.path))


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
    assert result.document.layout == "made-up"
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
    (failure,) = run([path], tmp_path / "out", force=True)
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


# --- the phases


def test_reports_are_written_by_year_and_id_whatever_their_order(
    tmp_path: Path, stages: StandIns
) -> None:
    texts = ("c 2019", "a 2021", "b 2019")
    paths = [report(tmp_path, f"{text[0]}.pdf", text) for text in texts]
    for number, order in enumerate((paths, paths[::-1])):
        outcomes = run_reports(order, Options(tmp_path / f"out-{number}"))
        assert [outcome.path.name for outcome in outcomes] == ["b.pdf", "c.pdf", "a.pdf"]
    assert tree(tmp_path / "out-0") == tree(tmp_path / "out-1")


@pytest.mark.parametrize("first", ["r.pdf", "r.txt"])
def test_the_order_of_sources_does_not_choose_among_them(
    tmp_path: Path, stages: StandIns, first: str
) -> None:
    paths = [report(tmp_path, "r.pdf", "doc"), report(tmp_path, "s.pdf", "doc\n")]
    order = sorted(paths, key=lambda path: path.name != first)
    done, conflict = run(order, tmp_path / "out")
    by_name = {outcome.path.name: outcome for outcome in (done, conflict)}
    assert isinstance(by_name["r.pdf"], Result) and isinstance(by_name["s.pdf"], Failure)


def test_the_source_that_stands_in_the_output_stays_it(tmp_path: Path, stages: StandIns) -> None:
    paths = [report(tmp_path, "r.pdf", "doc"), report(tmp_path, "s.pdf", "doc\n")]
    run(paths[1:], tmp_path / "out")
    first, second = run(paths, tmp_path / "out")
    assert isinstance(first, Failure) and isinstance(second, Result)
    first, second = run(paths, tmp_path / "out", replace=True)
    assert isinstance(first, Result) and isinstance(second, Failure)


def test_a_copy_of_a_report_is_the_same_report(tmp_path: Path, stages: StandIns) -> None:
    paths = [report(tmp_path, f"{folder}/r.pdf", "doc") for folder in ("a", "b")]
    first, second = run(paths, tmp_path / "out")
    assert isinstance(first, Result) and isinstance(second, Result)
    assert first.rows == second.rows
    assert (first.copy_of, second.copy_of) == (None, first.path)
    assert len(styrmatt.load(tmp_path / "out", "documents")) == 1


def test_one_file_that_two_sidecars_call_two_reports_is_a_conflict(
    tmp_path: Path, stages: StandIns
) -> None:
    paths = [report(tmp_path, f"{folder}/r.pdf", "doc") for folder in ("a", "b")]
    report(tmp_path, "b/r.toml", "year = 2019")
    stages.id_by_year = True
    first, second = run(paths, tmp_path / "out")
    assert isinstance(first, Failure) and isinstance(second, Result)
    assert "is the same file as" in str(first.error)


def test_nothing_read_is_left_behind_after_a_run(tmp_path: Path, stages: StandIns) -> None:
    paths = [report(tmp_path, f"{name}.pdf", name) for name in ("one", "two")]
    run(paths, tmp_path / "out")
    assert not list((tmp_path / "out" / FOLDER).iterdir())


def test_a_run_that_was_cut_off_reads_nothing_twice(tmp_path: Path, stages: StandIns) -> None:
    paths = [report(tmp_path, f"{name}.pdf", name) for name in ("one", "two", "three")]
    stages.errors["three"] = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        run(paths, tmp_path / "out")
    assert len(stages.layout_names) == 2
    del stages.errors["three"]
    run(paths, tmp_path / "out")
    assert len(stages.layout_names) == 3


def test_what_was_kept_and_is_damaged_is_read_again(tmp_path: Path) -> None:
    shelf = ReadResultCache(tmp_path)
    kept = ReadReport(make_extract(), {"read": 1.0})
    for damaged in (b"", b"short", b"\0" * 32 + b"not what was hashed"):
        shelf.put("key", kept.document.source_sha256, kept)
        assert shelf.get("key", kept.document.source_sha256) == kept
        (tmp_path / FOLDER / "key.kept").write_bytes(damaged)
        assert shelf.get("key", kept.document.source_sha256) is None
        assert not list((tmp_path / FOLDER).iterdir())


def test_what_was_read_of_another_file_is_no_result(tmp_path: Path) -> None:
    shelf = ReadResultCache(tmp_path)
    kept = ReadReport(make_extract(), {"read": 1.0})
    with pytest.raises(UnreadableSourceError, match="was changed"):
        shelf.put("key", "0" * 64, kept)
    assert not shelf.has("key")
    shelf.put("key", kept.document.source_sha256, kept)
    assert shelf.get("key", "0" * 64) is None
    assert shelf.get("key", kept.document.source_sha256) == kept


def test_a_result_is_kept_for_what_it_depends_on(tmp_path: Path) -> None:
    def key(name: str = "r.pdf", sha256: str = "a", **changed: object) -> str:
        return ReadOptions(**changed).key(name, sha256)  # type: ignore[arg-type]

    text = files("styrmatt").joinpath("layouts", "styrmatt-med-namnd.toml").read_text("utf-8")
    keys = {
        key(),
        key(name="s.pdf"),
        key(sha256="b"),
        key(layout="mine"),
        key(pages=(1, 2)),
        key(identity={"fiscal_year": "2020"}),
        key(user_layouts=(("mine.toml", text.replace("title = ", "title=")),)),
        key(user_layouts=(("mine.toml", text.replace('name = "styrmatt', 'name = "mine')),)),
    }
    assert len(keys) == 7  # a layout that says the same is the same
    assert key(password="x") == key()


# --- what is unchanged


def test_a_report_that_is_unchanged_is_not_read_again(tmp_path: Path, stages: StandIns) -> None:
    stages.severity = "warning"
    path = report(tmp_path, "r.pdf", "doc")
    (first,) = run([path], tmp_path / "out")
    before = tree(tmp_path / "out")
    (second,) = run([path], tmp_path / "out")
    assert isinstance(first, Result) and isinstance(second, Result)
    assert not first.unchanged and second.unchanged
    assert len(stages.layout_names) == 1
    assert (first.document, first.rows, first.issues) == (
        second.document,
        second.rows,
        second.issues,
    )
    (forced,) = run([path], tmp_path / "out", force=True)
    assert isinstance(forced, Result) and not forced.unchanged
    assert len(stages.layout_names) == 2
    assert tree(tmp_path / "out") == before


def unlink_records(out: Path, path: Path) -> None:
    next((out / "records").rglob("*.parquet")).unlink()


def overwrite_records(out: Path, path: Path) -> None:
    next((out / "records").rglob("*.parquet")).write_bytes(b"PAR1")


def lose_the_manifest(out: Path, path: Path) -> None:
    (out / "manifest.json").unlink()
    for lost in (out / "documents").rglob("*.parquet"):
        lost.unlink()


def rename_the_report(out: Path, path: Path) -> None:
    path.rename(path.with_name("s.pdf"))


def write_a_sidecar(out: Path, path: Path) -> None:
    path.with_suffix(".toml").write_text('body = "Nämnden"', encoding="utf-8")


@pytest.mark.parametrize(
    "change",
    [
        unlink_records,
        overwrite_records,
        lose_the_manifest,
        rename_the_report,
        write_a_sidecar,
    ],
)
def test_a_report_of_which_anything_changed_is_read_again(
    tmp_path: Path, stages: StandIns, change: Callable[[Path, Path], None]
) -> None:
    folder = tmp_path / "in"
    path = report(folder, "r.pdf", "doc")
    run([path], tmp_path / "out")
    change(tmp_path / "out", path)
    (again,) = run(sorted(folder.glob("*.pdf")), tmp_path / "out")
    assert isinstance(again, Result) and not again.unchanged
    assert len(styrmatt.load(tmp_path / "out")) == 2
    (last,) = run(sorted(folder.glob("*.pdf")), tmp_path / "out")
    assert isinstance(last, Result) and last.unchanged


def test_a_report_that_changed_takes_its_place_only_when_told(
    tmp_path: Path, stages: StandIns
) -> None:
    path = report(tmp_path, "r.pdf", "doc")
    run([path], tmp_path / "out")
    path.write_text("doc\n\n", encoding="utf-8")
    (conflict,) = run([path], tmp_path / "out")
    assert isinstance(conflict, Failure) and isinstance(conflict.error, ConflictError)
    assert "another state of this file" in conflict.error.message
    (again,) = run([path], tmp_path / "out", replace=True)
    assert isinstance(again, Result) and not again.unchanged
    (last,) = run([path], tmp_path / "out")
    assert isinstance(last, Result) and last.unchanged


@pytest.mark.parametrize("changed", [{"year": 2019}, {"organisation": "X"}, {"layout": "mine"}])
def test_a_report_that_is_asked_for_otherwise_is_read_again(
    tmp_path: Path, stages: StandIns, changed: dict[str, object]
) -> None:
    path = report(tmp_path, "r.pdf", "doc")
    run([path], tmp_path / "out")
    (again,) = run([path], tmp_path / "out", **changed)
    assert isinstance(again, Result) and not again.unchanged


def test_a_lost_manifest_forgets_nothing(tmp_path: Path, stages: StandIns) -> None:
    path = report(tmp_path, "r.pdf", "doc")
    run([path], tmp_path / "out")
    before = tree(tmp_path / "out")
    (tmp_path / "out" / "manifest.json").unlink()
    (again,) = run([path], tmp_path / "out")
    assert isinstance(again, Result) and again.unchanged
    after = tree(tmp_path / "out")
    assert {*after} == {*before}  # the manifest is made anew, without times and agents
    assert all(after[name] == before[name] for name in before if name != "manifest.json")


def test_replacing_again_and_again_ends_where_it_began(tmp_path: Path, stages: StandIns) -> None:
    paths = [report(tmp_path, "r.pdf", "doc"), report(tmp_path, "r.txt", "doc\n")]
    trees = []
    for _ in range(3):
        run(paths, tmp_path / "out", replace=True)
        trees.append(tree(tmp_path / "out"))
    assert trees[0] == trees[1] == trees[2]


def test_many_reports_are_written_a_share_at_a_time(
    tmp_path: Path, stages: StandIns, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "_BATCH_SECONDS", 60.0)
    paths = [report(tmp_path, f"{n}.pdf", f"doc-{n} {2000 + n % 7}") for n in range(50)]
    commits: list[int] = []
    original = changes.Transaction.commit
    monkeypatch.setattr(
        changes.Transaction, "commit", lambda self: (commits.append(1), original(self))[1]
    )
    for path in paths:
        run([path], tmp_path / "one by one")
    for fewest, least, most in ((1, 21, 49), (8, 7, 7), (30, 2, 2)):
        monkeypatch.setattr(writing, "_MIN_BATCH", fewest)
        commits.clear()
        out = tmp_path / f"{fewest} at least"
        assert all(isinstance(outcome, Result) for outcome in run(paths, out))
        assert least <= len(commits) <= most
        assert tree(out) == tree(tmp_path / "one by one")


def test_a_disk_that_is_full_fails_the_reports_and_keeps_what_was_read(
    tmp_path: Path, stages: StandIns, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [report(tmp_path, f"{name}.pdf", name) for name in ("one", "two")]

    def full(path: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(changes, "_sync_file", full)
        failed = run(paths, tmp_path / "out")
        assert all(
            isinstance(outcome, Failure) and outcome.error.exit_code == ExitCode.OUTPUT
            for outcome in failed
        )
    assert tree(tmp_path / "out") == {}
    assert all(isinstance(outcome, Result) for outcome in run(paths, tmp_path / "out"))
    assert len(stages.layout_names) == 2
