"""Reading in several processes: the same bytes, and nothing lost when one of them dies."""

from __future__ import annotations

import multiprocessing
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import HANG, tree, wait_until

from styrmatt.cli import cli
from styrmatt.errors import EncryptedSourceError, ExitCode, GivenUpError, StyrmattError
from styrmatt.pipeline.choose_sources import ReportSource
from styrmatt.pipeline.progress import OnPage, ignore_progress
from styrmatt.pipeline.read_report import ReadOptions
from styrmatt.pipeline.read_results import FOLDER
from styrmatt.pipeline.run import Failure, Options, run_reports
from styrmatt.pipeline.workers import prefetch as opening
from styrmatt.pipeline.workers import process_pool
from styrmatt.pipeline.workers.local import read_all
from styrmatt.pipeline.workers.process_pool import available_cores, read_in_processes
from styrmatt.pipeline.workers.retry import WorkerDied, with_retries

RAW = Path(__file__).parents[1] / "data" / "raw"
TIMES = re.compile(rb'"(?:started|ended)AtTime": "[^"]*"')


def source(name: str) -> ReportSource:
    options = ReadOptions()
    return ReportSource(Path(name), "0" * 64, options, options.basis())


def read_made_up(path: Path, options: ReadOptions, on_page: OnPage, *, mark: Path) -> str:
    """What a worker is given to do here; the report's name says what happens to it."""
    on_page(1, 2)
    deaths = mark / path.name
    if path.name.startswith("kill") or (path.name.startswith("once") and not deaths.exists()):
        with deaths.open("a") as file:
            file.write("died\n")
        os.kill(os.getpid(), signal.SIGKILL)
    if path.name.startswith("locked"):
        try:
            raise ValueError("no key")
        except ValueError as error:
            raise EncryptedSourceError("It is locked.", hint="Unlock it.") from error
    if path.name.startswith("slow"):
        threading.Event().wait()  # until it is ended
    on_page(2, 2)
    return f"{path.name} {os.getpid()}"


@pytest.fixture
def read(tmp_path: Path) -> Callable[[Path, ReadOptions, OnPage], str]:
    return partial(read_made_up, mark=tmp_path)


Read = Callable[[Path, ReadOptions, OnPage], str]


def test_any_number_of_processes_writes_the_same_bytes(tmp_path: Path) -> None:
    reports = sorted(RAW.glob("*run-arsrapport.pdf"))
    trees = []
    for jobs, order in ((1, reports), (2, reports[::-1])):
        out = tmp_path / f"out-{jobs}"
        outcomes = list(run_reports(order, Options(out, jobs=jobs)))
        assert not [outcome for outcome in outcomes if isinstance(outcome, Failure)]
        trees.append(tree(out))
        trees[-1]["manifest.json"] = TIMES.sub(b"", trees[-1]["manifest.json"])
    assert len(trees[0]) > 20
    assert trees[0] == trees[1]
    assert not multiprocessing.active_children()


@pytest.mark.parametrize("tries", [1, 3])
def test_a_report_whose_processes_die_is_given_up_after_its_tries_and_the_others_go_on(
    read: Read, tmp_path: Path, tries: int
) -> None:
    names = ("a", "kill", "b", "c") if tries == 1 else ("a", "kill", "once", "b", "c")
    answers = {
        source.path.name: answer
        for source, answer in read_in_processes(map(source, names), 2, ignore_progress, read, tries)
    }
    assert set(answers) == set(names)
    lost = answers.pop("kill")
    assert isinstance(lost, GivenUpError) and lost.exit_code == ExitCode.GIVEN_UP
    assert (lost.name, lost.tries, lost.cause) == ("kill", tries, "by signal SIGKILL")
    assert (tmp_path / "kill").read_text().count("died") == tries
    assert all(isinstance(answer, str) for answer in answers.values())


def test_what_is_read_for_the_last_time_is_read_alone() -> None:
    rounds: list[tuple[list[str], bool]] = []

    def read(
        sources: Iterable[ReportSource], alone: bool
    ) -> Iterator[tuple[ReportSource, str | WorkerDied]]:
        given = list(sources)
        rounds.append(([source.path.name for source in given], alone))
        for given_one in given:
            lives = given_one.path.name == "a"
            yield given_one, "read" if lives else WorkerDied("somehow")

    names = ("kill", "a", "more")
    answers = {s.path.name: answer for s, answer in with_retries(map(source, names), 3, read)}
    assert rounds == [([*names], False), (["kill", "more"], False), (["kill", "more"], True)]
    assert answers["a"] == "read" and isinstance(answers["kill"], GivenUpError)


def test_an_error_keeps_its_kind_its_hint_and_its_cause(read: Read) -> None:
    ((_, error),) = read_in_processes([source("locked")], 2, ignore_progress, read)
    assert isinstance(error, EncryptedSourceError)
    assert (error.message, error.hint) == ("It is locked.", "Unlock it.")
    assert "ValueError: no key" in "".join(traceback.format_exception(error))


def test_progress_comes_from_all_processes(read: Read) -> None:
    seen: list[tuple[str, int, int]] = []

    def watch(path: Path, done: int, total: int) -> None:
        seen.append((path.name, done, total))

    list(read_in_processes(map(source, "ab"), 2, watch, read))
    for name in "ab":
        own = [(done, total) for path, done, total in seen if path == name]
        assert own == [(0, 0), (1, 2), (2, 2)]


def test_no_more_is_in_flight_than_there_are_processes(read: Read) -> None:
    asked: list[str] = []

    def sources() -> Iterator[ReportSource]:
        for number in range(6):
            asked.append(f"r{number}")
            yield source(asked[-1])

    answers = read_in_processes(sources(), 2, ignore_progress, read)
    for answered, _ in enumerate(answers, 1):
        assert len(asked) <= answered + 2


def test_a_process_gives_way_to_a_fresh_one(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process_pool, "_REPORTS_PER_PROCESS", 2)
    answers = [
        answer for _, answer in read_in_processes(map(source, "abc"), 1, ignore_progress, read)
    ]
    first, second, third = (str(answer).split()[1] for answer in answers)
    assert first == second != third


def test_whoever_stops_leaves_no_process(read: Read) -> None:
    readings = read_in_processes(map(source, ("a", "slow", "slower")), 2, ignore_progress, read)
    next(readings)
    assert multiprocessing.active_children()
    readings.close()
    assert not multiprocessing.active_children()


def test_one_process_is_this_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        process_pool, "_start_process", lambda read: pytest.fail("a process was started")
    )
    missing = source(str(tmp_path / "none.txt"))
    ((_, error),) = read_all([missing], 1, ignore_progress, root=tmp_path)
    assert isinstance(error, StyrmattError)


def test_a_single_report_is_shared_with_another_process_and_gives_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = RAW / "region-adalen-2023-run-arsrapport.pdf"
    started, seen = [], []
    monkeypatch.setattr(
        process_pool,
        "_start_process",
        lambda read, start=process_pool._start_process: started.append(1) or start(read),
    )
    trees = []
    for jobs in (1, 2):
        out = tmp_path / f"out-{jobs}"
        (outcome,) = run_reports([report], Options(out, jobs=jobs), lambda *how: seen.append(how))
        assert not isinstance(outcome, Failure)
        trees.append(tree(out))
        trees[-1]["manifest.json"] = TIMES.sub(b"", trees[-1]["manifest.json"])
    assert trees[0] == trees[1]
    assert len(started) == 1 and not multiprocessing.active_children()
    half = len(seen) // 2
    assert seen[:half] == seen[half:] and seen[0] == (report, 0, 0) and len(seen) > 4


def test_a_report_that_is_changed_while_it_is_read_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, after = (RAW / f"region-adalen-{year}-run-arsrapport.pdf" for year in (2022, 2023))
    changed, other = tmp_path / "a.pdf", tmp_path / "b.pdf"
    shutil.copy(before, changed)
    shutil.copy(RAW / "region-adalen-2023-bilaga-maluppfyllelse.pdf", other)
    opened = opening.file_hash

    def hashed(path: Path) -> tuple[str, object]:
        found = opened(path)
        if path == changed:
            shutil.copy(after, changed)
        return found

    with monkeypatch.context() as patch:
        patch.setattr("styrmatt.pipeline.run.file_hash", hashed)
        outcomes = {
            o.path: o for o in run_reports([changed, other], Options(tmp_path / "out", jobs=2))
        }
    failed = outcomes[changed]
    assert isinstance(failed, Failure) and "was changed" in str(failed.error)
    assert not isinstance(outcomes[other], Failure)
    assert not list((tmp_path / "out" / FOLDER).glob("*.kept"))
    shutil.copy(before, changed)
    (again,) = run_reports([changed], Options(tmp_path / "out"))
    assert not isinstance(again, Failure) and again.document.fiscal_year == 2022


def test_a_single_report_whose_pages_are_kept_needs_no_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = RAW / "region-adalen-2023-run-arsrapport.pdf"
    list(run_reports([report], Options(tmp_path)))
    monkeypatch.setattr(
        process_pool, "_start_process", lambda read: pytest.fail("a process was started")
    )
    monkeypatch.setattr("styrmatt.pipeline.read_report.code_hash", lambda: "other rules")
    (outcome,) = run_reports([report], Options(tmp_path, jobs=2))
    assert not isinstance(outcome, Failure) and outcome.pages_from_cache


def test_a_single_report_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4\n")
    (outcome,) = run_reports([broken], Options(tmp_path / "out", jobs=2))
    assert isinstance(outcome, Failure)
    assert "damaged" in str(outcome.error)


def is_group_alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal's Ctrl-C")
def test_ctrl_c_ends_a_run_and_its_processes(tmp_path: Path) -> None:
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        pytest.skip("the tests run in the background, where Ctrl-C goes unheard")
    command = [sys.executable, "-m", "styrmatt", "run", str(RAW), "--out", str(tmp_path / "out")]
    run = subprocess.Popen(
        [*command, "--jobs", "2"], stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    assert run.stderr is not None
    for line in run.stderr:
        if "reading" in line:
            break
    os.killpg(run.pid, signal.SIGINT)  # as a terminal does, to all processes of the group
    rest = run.communicate(timeout=HANG)[1]
    assert run.returncode == 130
    assert "Stopped." in rest and "Traceback" not in rest
    wait_until(lambda: not is_group_alive(run.pid))


def test_a_script_that_runs_on_import_may_ask_for_processes(tmp_path: Path) -> None:
    """The scripts that some installers write for a command are such."""
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(f"Report {name}\n")
    code = "import sys\nfrom styrmatt.cli import main\nsys.exit(main())\n"
    (tmp_path / "script").write_text(code)
    ended = subprocess.run(
        [sys.executable, "script", "run", "a.txt", "b.txt", "--jobs", "2"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert ended.returncode == ExitCode.NO_LAYOUT, ended.stderr


@pytest.mark.parametrize("value", ["0", "-1", "many", "1.5"])
def test_a_number_of_processes_that_is_none_is_a_usage_error(value: str) -> None:
    ended = CliRunner().invoke(cli, ["run", "--jobs", value])
    assert ended.exit_code == ExitCode.USAGE and "write 4, or auto" in ended.output


def test_auto_is_the_cores_that_there_are() -> None:
    assert 1 <= available_cores() <= (os.cpu_count() or 1)
