"""Reading on a Dask cluster: a real scheduler and worker processes on the loopback."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import HANG, tree, wait_until

from styrmatt.cli import cli
from styrmatt.errors import (
    ClusterError,
    ExitCode,
    GivenUpError,
    NoLayoutError,
    OutputError,
    UnreadableSourceError,
    UsageError,
)
from styrmatt.files import Fetched
from styrmatt.inputs import find_reports
from styrmatt.pipeline.choose_sources import ReportSource
from styrmatt.pipeline.cluster import run as cluster_run
from styrmatt.pipeline.cluster import scheduler as cluster_scheduler
from styrmatt.pipeline.cluster.run import read_on_cluster
from styrmatt.pipeline.cluster.worker import Task, VersionMismatch, run_task
from styrmatt.pipeline.read_report import ReadOptions
from styrmatt.pipeline.run import Failure, Options, run_reports
from styrmatt.pipeline.run_settings import ClusterSettings
from styrmatt.pipeline.workers.prefetch import file_hash
from styrmatt.urls import Url

pytestmark = [pytest.mark.xdist_group("cluster"), pytest.mark.slow]  # one cluster for all of these
ROOT = Path(__file__).parents[1]
RAW = ROOT / "data" / "raw"
TIMES = re.compile(rb'"(?:started|ended)AtTime": "[^"]*"')
DEADLY = """
import os, signal, time
from contextlib import suppress
from pathlib import Path
from styrmatt.pipeline.cluster import worker as cluster_worker
from styrmatt.pipeline.read_report import read_one

MARKS = Path({marks!r})

def die():
    os.kill(os.getpid(), signal.SIGKILL)

def read_or_die(file, options, progress):
    def tell(done, total):
        progress(done, total)
        if done == 2:
            with suppress(FileNotFoundError):
                (MARKS / "kill-the-first").unlink()
                die()

    if file.name.startswith("deadly"):
        with (MARKS / "deaths").open("a") as deaths:
            deaths.write(file.name + chr(10))
        die()
    if file.name.startswith("slow"):
        while not (MARKS / "go-on").exists():
            time.sleep(0.05)
    return read_one(file, options, tell)

cluster_worker.read_one = read_or_die
"""
"""What the workers are started with: some reports kill them, and the first that is begun may."""


@dataclass(frozen=True)
class Running:
    """A cluster, and the folder in which marks tell its workers when to die."""

    address: str
    marks: Path


@contextmanager
def process(*command: str, cwd: Path, **settings: str) -> Iterator[subprocess.Popen[bytes]]:
    """A dask command that runs meanwhile; its words are in a file beside it."""
    with (cwd / f"{command[0]}.log").open("ab") as log:
        started = subprocess.Popen(
            [sys.executable, "-m", "distributed.cli.dask_" + command[0], *command[1:]],
            cwd=cwd,
            env={**os.environ, **settings},
            stdout=log,
            stderr=log,
        )
    try:
        yield started
    finally:
        started.terminate()
        try:
            started.wait(HANG / 10)
        except subprocess.TimeoutExpired:
            started.kill()
            started.wait()


@contextmanager
def scheduler(folder: Path) -> Iterator[str]:
    where = folder / "scheduler.json"
    options = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show")
    with process("scheduler", *options, "--scheduler-file", str(where), cwd=folder):
        wait_until(where.exists)
        from distributed import Client

        with Client(scheduler_file=str(where), set_as_default=False) as client:
            address: str = client.scheduler.address
        yield address


@contextmanager
def workers(
    address: str, folder: Path, *options: str, expected: int, **settings: str
) -> Iterator[None]:
    from distributed import Client

    always = ("--host", "127.0.0.1", "--no-dashboard", "--local-directory", str(folder))
    with (
        process("worker", address, *always, *options, cwd=folder, **settings),
        Client(address, set_as_default=False) as client,
    ):
        client.wait_for_workers(expected, timeout=HANG)
        yield


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A scheduler and two workers, each with a nanny that replaces it when it dies."""
    folder = tmp_path_factory.mktemp("cluster")
    preload = folder / "deadly.py"
    preload.write_text(DEADLY.format(marks=str(folder)))
    options = ("--nworkers", "2", "--nthreads", "2", "--preload", str(preload))
    with scheduler(folder) as address, workers(address, folder, *options, expected=2):
        yield Running(address, folder)


def whole(out: Path) -> dict[str, bytes]:
    found = tree(out)
    found["manifest.json"] = TIMES.sub(b"", found["manifest.json"])
    return found


def ignore(*_: object) -> None:
    pass


def texts(folder: Path, *names: str) -> list[Path]:
    """Reports that no layout fits, which is soon found out."""
    for name in names:
        (folder / f"{name}.txt").write_text(f"Report {name}\n")
    return [folder / f"{name}.txt" for name in names]


def sources(paths: list[Path]) -> Iterator[ReportSource]:
    options = ReadOptions()
    return (ReportSource(path, file_hash(path)[0], options, options.basis()) for path in paths)


def test_a_worker_killed_in_the_middle_of_a_report_changes_no_byte(
    running: Running, sample_root: Path, tmp_path: Path
) -> None:
    (running.marks / "kill-the-first").touch()
    begun: list[tuple[str, int]] = []

    def watch(path: Path | Url, done: int, total: int) -> None:
        begun.extend([(path.name, total)] * (done == 0))

    reports = sorted(RAW.glob("*.pdf"))
    options = Options(tmp_path / "out", cluster=ClusterSettings(running.address))
    outcomes = list(run_reports(reports, options, watch))
    assert not [outcome for outcome in outcomes if isinstance(outcome, Failure)]
    assert not (running.marks / "kill-the-first").exists()
    assert len(begun) == len(reports) + 1  # one was begun twice
    assert whole(tmp_path / "out") == whole(sample_root)


def test_urls_and_a_shared_folder_change_no_byte(
    running: Running, sample_root: Path, tmp_path: Path
) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for path in RAW.glob("*.pdf"):
            archive.write(path, f"reports/{path.name}")
    reports = find_reports([Url(f"zip://reports::file://{tmp_path}/all.zip")])
    cluster = ClusterSettings(running.address, results="shared")
    outcomes = list(run_reports(reports, Options(tmp_path / "out", cluster=cluster)))
    assert not [outcome for outcome in outcomes if isinstance(outcome, Failure)]
    assert whole(tmp_path / "out") == whole(sample_root)
    assert not list((tmp_path / "out" / ".styrmatt" / "read").iterdir())


def test_a_poisoned_report_is_given_up_after_its_tries_and_the_rest_is_read(
    running: Running, tmp_path: Path
) -> None:
    paths = texts(tmp_path, "a", "deadly", "b", "c", "d", "e")
    options = Options(tmp_path / "out", cluster=ClusterSettings(running.address), tries=2)
    outcomes = {outcome.path.name: outcome for outcome in run_reports(paths, options)}
    errors = {name: outcome.error for name, outcome in outcomes.items()}  # type: ignore[union-attr]
    given_up = errors.pop("deadly.txt")
    assert isinstance(given_up, GivenUpError) and given_up.tries == 2
    assert "tcp://127.0.0.1" in given_up.cause
    assert (running.marks / "deaths").read_text().split() == ["deadly.txt"] * 2
    assert len(errors) == 5
    assert all(isinstance(error, NoLayoutError) for error in errors.values())


def test_a_person_who_waits_is_told_for_what(
    running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_scheduler, "_QUIET_TIME", 1.0)
    told: list[str] = []

    def on_message(sentence: str) -> None:
        if "slow.txt" in sentence:  # the worker may first have to come back from another test
            told.append(sentence)
            (running.marks / "go-on").touch()

    waiting = sources(texts(tmp_path, "slow"))
    cluster = ClusterSettings(running.address)
    list(read_on_cluster(waiting, cluster, tmp_path, 1, ignore, on_message))
    assert told and "slow.txt (tcp://127.0.0.1" in told[0]


def test_a_file_that_workers_see_otherwise_is_an_error_of_its_report(
    running: Running, tmp_path: Path
) -> None:
    (path,) = texts(tmp_path, "a")
    (source,) = sources([path])
    path.write_text("Something else\n")
    cluster = ClusterSettings(running.address, inputs="shared")
    ((_, error),) = read_on_cluster([source], cluster, tmp_path, 1, ignore, ignore)
    assert isinstance(error, UnreadableSourceError) and "--inputs ship" in str(error)
    path.unlink()
    ((_, error),) = read_on_cluster([source], cluster, tmp_path, 1, ignore, ignore)
    assert isinstance(error, UnreadableSourceError) and "tcp://127.0.0.1" in str(error)


def test_a_folder_that_workers_do_not_see_gets_no_results(running: Running, tmp_path: Path) -> None:
    from distributed import Client

    from styrmatt.pipeline.cache.fingerprint import versions
    from styrmatt.pipeline.cluster.worker import SharedResults

    elsewhere = SharedResults(tmp_path / "out", tmp_path / "out" / "marker", "key")
    task = Task(1, "t", Fetched("a.txt", b"A\n"), "", ReadOptions(), versions(), elsewhere)
    with Client(running.address, set_as_default=False) as client:
        answer = client.submit(run_task, task, pure=False).result(timeout=HANG)
    assert isinstance(answer.error, OutputError) and "--results ship" in str(answer.error)


def test_few_reports_are_in_flight_and_none_is_left_when_the_run_stops(
    running: Running, tmp_path: Path
) -> None:
    from distributed import Client

    asked: list[ReportSource] = []

    def asking() -> Iterator[ReportSource]:
        for source in sources(texts(tmp_path, *map(str, range(30)))):
            asked.append(source)
            yield source

    cluster = ClusterSettings(running.address)
    readings = read_on_cluster(asking(), cluster, tmp_path, 1, ignore, ignore)
    with Client(running.address, set_as_default=False) as client:
        with closing(readings):
            for answered, _ in zip(range(1, 11), readings, strict=False):
                assert len(asked) <= answered + 4
        wait_until(lambda: not any(client.processing().values()) and not any(client.who_has()))


@pytest.fixture
def others(running: Running, tmp_path: Path) -> Iterator[Callable[[], None]]:
    """Starts a worker whose styrmatt has another rule."""
    shutil.copytree(ROOT / "src", tmp_path / "styrmatt", ignore=shutil.ignore_patterns("__pyc*"))
    with (tmp_path / "styrmatt" / "whitespace.py").open("a") as file:
        file.write("# another rule\n")
    with ExitStack() as started:
        worker = workers(
            running.address, tmp_path, "--no-nanny", expected=3, PYTHONPATH=str(tmp_path)
        )
        yield lambda: started.enter_context(worker)


def test_a_run_refuses_workers_of_other_versions(
    running: Running, others: Callable[[], None], tmp_path: Path
) -> None:
    others()
    cluster = ClusterSettings(running.address)
    with pytest.raises(ClusterError) as raised:
        list(run_reports(texts(tmp_path, "a"), Options(tmp_path / "out", cluster=cluster)))
    assert "The worker tcp://127.0.0.1" in raised.value.message
    assert "code of styrmatt" in raised.value.message and raised.value.hint


def test_a_worker_of_other_versions_that_joins_later_gets_nothing_to_read(
    running: Running, others: Callable[[], None], tmp_path: Path
) -> None:
    def joined_meanwhile() -> Iterator[ReportSource]:
        first, *more = sources(texts(tmp_path, *map(str, range(9))))
        yield first
        others()
        yield from more

    told: list[str] = []
    cluster = ClusterSettings(running.address)
    answers = list(read_on_cluster(joined_meanwhile(), cluster, tmp_path, 1, ignore, told.append))
    (sentence,) = (sentence for sentence in told if "gets nothing to read" in sentence)
    assert "code of styrmatt" in sentence
    assert len(answers) == 9
    assert all(isinstance(answer, NoLayoutError) for _, answer in answers)


def test_a_task_that_comes_to_other_versions_is_refused(running: Running) -> None:
    from distributed import Client

    from styrmatt.pipeline.cache.fingerprint import versions

    other = {**versions(), "spacy": "1.0"}
    task = Task(1, "t", Fetched("a.txt", b"A\n"), "", ReadOptions(), other)
    with Client(running.address, set_as_default=False) as client:
        answer = client.submit(run_task, task, pure=False).result(timeout=HANG)
    assert isinstance(answer, VersionMismatch)
    assert re.fullmatch(r"spacy \S+ instead of 1\.0", *answer.differences)


def test_a_cluster_without_workers_is_waited_for_and_then_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_scheduler, "_WORKER_WAIT", 0.5)
    (path,) = texts(tmp_path, "a")
    told: list[str] = []
    with scheduler(tmp_path) as address, pytest.raises(ClusterError, match="dask worker"):
        list(
            read_on_cluster(
                sources([path]), ClusterSettings(address), tmp_path, 3, ignore, told.append
            )
        )
    (sentence,) = told
    assert "no worker" in sentence


def test_a_scheduler_that_is_not_there_is_an_error_that_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_run, "_CONNECT_TIMEOUT", 1.0)
    (path,) = texts(tmp_path, "a")
    with pytest.raises(ClusterError, match="dask scheduler") as raised:
        list(
            read_on_cluster(
                sources([path]), ClusterSettings("127.0.0.1:1"), tmp_path, 1, ignore, ignore
            )
        )
    assert raised.value.exit_code == ExitCode.CLUSTER


def test_without_its_packages_the_error_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.setitem(sys.modules, "fsspec", None)
    (path,) = texts(tmp_path, "a")
    with pytest.raises(UsageError, match=r"pip install 'styrmatt\[cluster\]'"):
        next(
            read_on_cluster(
                sources([path]), ClusterSettings("tcp://h:1"), tmp_path, 1, ignore, ignore
            )
        )
    with pytest.raises(UsageError, match=r"pip install 'styrmatt\[cluster\]'"):
        find_reports([Url("s3://bucket/reports/")])


@pytest.mark.parametrize("option", ["--inputs", "--results"])
def test_options_about_a_cluster_need_one(option: str) -> None:
    ended = CliRunner().invoke(cli, ["run", option, "shared"])
    assert ended.exit_code == ExitCode.USAGE and "--scheduler" in ended.output


def documented(start: str) -> list[list[str]]:
    """The commands of docs/CLUSTER.md that begin so."""
    text = (ROOT / "docs" / "CLUSTER.md").read_text(encoding="utf-8")
    lines = [
        line
        for block in re.findall(r"```\w+\n(.*?)```", text, re.DOTALL)
        for line in block.split("\n")
    ]
    return [shlex.split(line) for line in lines if line.startswith(start)]


def test_the_commands_of_the_documentation_run(
    running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "reports").mkdir()
    report = shutil.copy(RAW / "region-adalen-2023-run-arsrapport.pdf", "reports")
    with zipfile.ZipFile("archive.zip", "w") as archive:
        archive.write(report)
    here = {
        "tcp://scheduler:8786": running.address,
        "s3://bucket": f"file://{tmp_path}",
        "https://example.org/report.pdf": f"file://{tmp_path}/{report}",
    }
    commands = [c for c in documented("styrmatt run") if "tls:" not in " ".join(c)]
    assert len(commands) == 4
    for command in commands:
        for told, real in here.items():
            command = [word.replace(told, real) for word in command]
        ended = CliRunner().invoke(cli, command[1:])
        assert ended.exit_code == ExitCode.DONE, ended.output


def test_dask_has_the_options_of_the_documentation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from distributed.cli import dask_scheduler, dask_worker

    monkeypatch.chdir(tmp_path)
    for name in ("ca.pem", "cert.pem", "key.pem"):
        Path(name).touch()
    for part, main in (("scheduler", dask_scheduler.main), ("worker", dask_worker.main)):
        found = documented(f"dask {part}")
        assert len(found) == 2
        for _, _, *options in found:
            main.make_context(part, options)


def test_where_nothing_is_to_be_read_no_cluster_is_asked(tmp_path: Path) -> None:
    assert not list(read_on_cluster([], ClusterSettings("tcp://h:1"), tmp_path, 1, ignore, ignore))
