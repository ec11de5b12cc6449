"""Which decisions of the code the tests hold: every constant is moved, and a test must notice.

    python benchmarks/mutants.py [--only extract.marks] [--list] [--write]

Each number of each constant (see constants.py) is made clearly smaller and clearly larger, one at a
time, and the tests that reach a line that reads it are run until one fails. Which tests reach which
line is measured once by coverage.py and kept in .mutants/ until a file of src or tests changes.

One process imports the package and collects the tests; every move is made in a fork of it, the
tests that noticed moves of the same module first, then the fastest first, and after those that
reach the constant the others of their files (what a file reads once is credited to its first test).
No more than BUDGET seconds of tests are run for a move. Tests of mutants-allowed.toml's [timed] are
left out: they depend on the clock.

Exit status: 0 when every constant is held in both directions or listed with a reason, else 1.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import importlib
import os
import pickle
import shutil
import signal
import sys
import tempfile
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from constants import Constants, Number

HERE = Path(__file__).parent
BUDGET = 40.0
"""Seconds of the processor: the tests run for one move. Twenty moves that no test notices then cost
both cores seven minutes, and most whole reports fit in."""
PATIENCE = (30.0, 10.0)
"""A test is stopped after so many seconds and so many times what it took unmoved: it hangs."""
LONGEST = 900.0
"""Seconds by the clock after which a fork is killed: it hangs where no signal reaches it."""
UNSAFE_TO_PRELOAD = {"distributed", "dask", "polars"}
"""Libraries that start threads when they are imported, which a fork would lack."""


@dataclass
class Reach:
    """What one test takes and reaches, as measured."""

    seconds: float = 0.0
    reads: set[str] = field(default_factory=set)
    """Keys of the numbers."""
    fixtures: set[str] = field(default_factory=set)
    """Of more than one test: their seconds and reads are in the fixture's own Reach."""


@dataclass
class Verdict:
    """What became of one move."""

    number: Number
    value: float
    noticed_by: str = ""
    tests: int = 0
    """That reach it."""
    left_out: int = 0
    """That the budget left no time for."""
    problem: str = ""


class Allowed:
    """mutants-allowed.toml."""

    def __init__(self, path: Path) -> None:
        told = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
        self.not_decisions: dict[str, str] = told.get("not_decisions", {})
        self.survivors: dict[str, str] = told.get("survivors", {})
        self.values: dict[str, list[float]] = told.get("values", {})
        self.timed: dict[str, str] = told.get("timed", {})

    @staticmethod
    def reason(listed: dict[str, str], key: str) -> str | None:
        """The reason of a key that is listed itself, with all its parts or with its module."""
        names = (key, key.partition("[")[0].partition("(")[0], key.partition(":")[0])
        return next((listed[name] for name in names if name in listed), None)


class Watch:
    """Measures tests in the process of one file of tests."""

    def __init__(self, wanted: dict[tuple[str, int], set[str]], root: Path) -> None:
        import coverage

        self.wanted = wanted
        self.coverage = coverage.Coverage(
            data_file=None, source=[str(root / "src")], config_file=False
        )
        self.found: dict[str, Reach] = {}
        self.failed: set[str] = set()
        self.stack = ["(none)"]

    def _seconds(self) -> float:
        return sum(os.times()[:4])

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        reach = self.found.setdefault(item.nodeid, Reach())
        reach.fixtures = {fixture for name in item.fixturenames for fixture in shared(item, name)}
        with self._in(item.nodeid):
            return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any, request: Any) -> Iterator[None]:
        if fixturedef.scope == "function":
            return (yield)
        with self._in(fixture_key(fixturedef, request.node.nodeid)):
            return (yield)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if not report.passed:
            self.failed.add(report.nodeid)

    def _in(self, name: str) -> Any:
        watch = self

        class Inside:
            def __enter__(self) -> None:
                self.begun = watch._seconds()
                watch.stack.append(name)
                watch.coverage.switch_context(name)

            def __exit__(self, *error: object) -> None:
                took = watch._seconds() - self.begun
                watch.stack.pop()
                watch.found.setdefault(name, Reach()).seconds += took
                outer = watch.stack[-1]
                watch.found.setdefault(outer, Reach()).seconds -= took
                watch.coverage.switch_context(outer)

        return Inside()

    def results(self) -> dict[str, Reach]:
        """Of tests that passed, and of fixtures."""
        data = self.coverage.get_data()
        for file in data.measured_files():
            for line, contexts in data.contexts_by_lineno(file).items():
                for key in self.wanted.get((os.path.realpath(file), line), ()):
                    for context in contexts:
                        if context in self.found:
                            self.found[context].reads.add(key)
        return {name: reach for name, reach in self.found.items() if name not in self.failed}


def fixture_key(fixturedef: Any, node: str) -> str:
    """A fixture's name and, unless all files of tests share it, its file."""
    return f"fixture {fixturedef.argname} {'' if fixturedef.scope == 'session' else node}"


def shared(item: pytest.Item, name: str) -> Iterator[str]:
    """The key of a fixture that a test uses, if it is of more than one test."""
    for scope in ("", item.nodeid.partition("::")[0]):
        yield f"fixture {name} {scope}"


class Server:
    """The pytest plugin that forks instead of running the tests itself."""

    def __init__(self, options: argparse.Namespace, constants: Constants, allowed: Allowed) -> None:
        self.options = options
        self.constants = constants
        self.allowed = allowed
        self.work: Path = options.root / ".mutants"
        self.verdicts: list[Verdict] = []
        self.numbers = [
            number
            for number in constants.numbers()
            if allowed.reason(allowed.not_decisions, number.key) is None
        ]
        self.last = self._stored("noticed", {})

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        timed = tuple(self.allowed.timed)
        items[:] = [item for item in items if not timed or not item.nodeid.startswith(timed)]

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        for name in self.constants.sources:
            with suppress(ImportError, SystemExit):
                if name.startswith(f"{self.constants.package}.") and "__main__" not in name:
                    importlib.import_module(name)
        gc.collect()
        gc.freeze()
        self.items = {item.nodeid: item for item in session.items}
        self.reach = self._measured()
        moves = [
            Verdict(number, value)
            for number in self.numbers
            if number.module.startswith(tuple(self.options.only or ("",)))
            for value in self.allowed.values.get(number.key, number.moves())
        ]
        noticed: dict[str, Counter[str]] = defaultdict(Counter)
        for verdict in self._forked(moves, lambda verdict: self._try(verdict, noticed)):
            self.verdicts.append(verdict)
            key = f"{verdict.number.key} {verdict.value}"
            self.last.pop(key, None)
            if verdict.noticed_by in self.items:
                noticed[verdict.number.module][verdict.noticed_by] += 1
                self.last[key] = verdict.noticed_by
            say(f"{len(self.verdicts)}/{len(moves)} {line(verdict)}")
        self._store("noticed", self.last)
        return True

    def _measured(self) -> dict[str, Reach]:
        """Every test's and shared fixture's Reach: as stored, or measured file by file."""
        digest = hashlib.sha256(repr([number.key for number in self.numbers]).encode())
        for folder in ("src", "tests"):
            for path in sorted((self.options.root / folder).rglob("*")):
                if path.is_file() and "__pycache__" not in path.parts:
                    digest.update(path.as_posix().encode() + path.read_bytes())
        name = f"reach-{digest.hexdigest()[:16]}"
        if stored := self._stored(name, None):
            return stored
        wanted: dict[tuple[str, int], set[str]] = defaultdict(set)
        for number in self.numbers:
            for file, at in self.constants.lines(number):
                wanted[os.path.realpath(file), at].add(number.key)
        files: dict[str, list[pytest.Item]] = defaultdict(list)
        for item in self.items.values():
            files[item.nodeid.partition("::")[0]].append(item)
        say(f"measuring which tests reach {len(self.numbers)} numbers; this is done once")
        reach: dict[str, Reach] = {}
        common = Path(tempfile.mkdtemp(prefix="mutants"))
        work = lambda file: watched(files[file], wanted, self.options.root, common)  # noqa: E731
        for done, part in enumerate(self._forked(list(files), work)):
            for key, new in part.items():
                old = reach.setdefault(key, Reach())
                old.seconds = max(old.seconds, new.seconds)
                old.reads |= new.reads
                old.fixtures |= new.fixtures
            say(f"{done + 1} of {len(files)} files of tests")
        shutil.rmtree(common, ignore_errors=True)
        self._store(name, reach)
        return reach

    def _tests(self, key: str) -> tuple[list[str], int]:
        """The tests of a number in the order to run them, as far as the budget goes, and the rest.

        Tests that share a costly fixture stand together, where the first of them would.
        """
        cost = {name: reach.seconds for name, reach in self.reach.items()}
        files: dict[tuple[bool, tuple[str, ...]], list[str]] = defaultdict(list)
        direct = {
            name
            for name, reach in self.reach.items()
            if name in self.items
            and any(
                key in self.reach[part].reads
                for part in {name, *reach.fixtures} & self.reach.keys()
            )
        }
        near = {name.partition("::")[0] for name in direct}
        for name in self.items.keys() & self.reach.keys():
            if name.partition("::")[0] in near:
                made = {f for f in self.reach[name].fixtures if cost.get(f, 0.0) > 0.2}
                own = () if not made else (name.partition("::")[0], *sorted(made))
                files[name not in direct, own or (name,)].append(name)

        def begin(group: tuple[bool, tuple[str, ...]]) -> tuple[bool, float, tuple[str, ...]]:
            first = min(cost[name] for name in files[group])
            return group[0], first + sum(cost.get(f, 0.0) for f in group[1][1:]), group[1]

        ordered = [
            n
            for g in sorted(files, key=begin)
            for n in sorted(files[g], key=lambda n: (cost[n], n))
        ]
        chosen: list[str] = []
        spent, made = 0.0, set()
        for name in ordered:
            new = {f for f in self.reach[name].fixtures if f in cost} - made
            needs = cost[name] + sum(cost[f] for f in new)
            if spent + needs <= self.options.budget or not chosen:
                chosen.append(name)
                spent, made = spent + needs, made | new
        return chosen, len(direct - set(chosen))

    def _try(self, verdict: Verdict, noticed: dict[str, Counter[str]]) -> Verdict:
        """In a fork: move, and run tests until one fails."""
        key = verdict.number.key
        tests, verdict.left_out = self._tests(key)
        verdict.tests = len(tests)
        first = [self.last.get(f"{key} {verdict.value}", "")]
        first += [name for name, _ in noticed[verdict.number.module].most_common(5)]
        first = [name for name in dict.fromkeys(first) if name in set(tests)]
        tests = first + [name for name in tests if name not in set(first)]
        try:
            self.constants.move(verdict.number, verdict.value)
        except Exception as error:  # the package does not even import: everybody notices
            verdict.noticed_by = f"import: {type(error).__name__}: {error}"
            return verdict
        failed = run([self.items[name] for name in tests], self.reach)
        verdict.noticed_by = failed or ""
        return verdict

    def _forked(self, tasks: list[Any], do: Any) -> Iterator[Any]:
        """What ``do`` returns for each task, each in a fork, as many at once as wished."""
        waiting = list(reversed(tasks))
        running: dict[int, tuple[Any, Path]] = {}
        began: dict[int, float] = {}
        with tempfile.TemporaryDirectory(prefix="mutants") as folder:
            while waiting or running:
                while waiting and len(running) < self.options.jobs:
                    task = waiting.pop()
                    place = Path(folder) / str(len(waiting))
                    place.mkdir()
                    if pid := os.fork():
                        running[pid], began[pid] = (task, place), time.monotonic()
                    else:
                        in_fork(place, lambda task=task: do(task))
                pid, status = ended(running, began, LONGEST)
                task, place = running.pop(pid)
                result = place / "result"
                if result.exists():
                    yield pickle.loads(result.read_bytes())
                elif isinstance(task, Verdict):
                    task.noticed_by = f"crash: the process ended with {status}"
                    yield task
                else:
                    say(f"{task}: the process ended with {status}; its tests are left out")
                shutil.rmtree(place, ignore_errors=True)

    def _stored(self, name: str, otherwise: Any) -> Any:
        path = self.work / f"{name}.pickle"
        return pickle.loads(path.read_bytes()) if path.exists() else otherwise

    def _store(self, name: str, value: Any) -> None:
        self.work.mkdir(exist_ok=True)
        if name.startswith("reach-"):
            for old in self.work.glob("reach-*.pickle"):
                old.unlink()
        (self.work / f"{name}.pickle").write_bytes(pickle.dumps(value))


def ended(running: Iterable[int], began: dict[int, float], longest: float) -> tuple[int, int]:
    """(process, status) of the first fork that ends, or that takes too long and is killed."""
    while True:
        for pid in running:
            late = time.monotonic() - began[pid] > longest
            if late:
                os.kill(pid, signal.SIGKILL)
            done, status = os.waitpid(pid, 0 if late else os.WNOHANG)
            if done:
                with suppress(ProcessLookupError, PermissionError):
                    os.killpg(pid, signal.SIGKILL)  # processes that a test has left behind
                return pid, status
        time.sleep(0.01)


def in_fork(place: Path, do: Any) -> None:
    """Write what ``do`` returns, and end the process."""
    code = 1
    try:
        os.environ["PYTEST_DEBUG_TEMPROOT"] = str(place)
        os.setpgid(0, 0)
        quiet = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(quiet, stream)
        result = do()
        (place / "part").write_bytes(pickle.dumps(result))
        (place / "part").rename(place / "result")
        code = 0
    except BaseException as error:
        (place / "error").write_text(repr(error))
    finally:
        os._exit(code)


def watched(items: list[pytest.Item], wanted: Any, root: Path, common: Path) -> dict[str, Reach]:
    """In a fork: what the tests of a file reach."""
    watch = Watch(wanted, root)
    manager = items[0].config.pluginmanager
    manager.register(watch)
    # Fixtures that the tests' processes share are made once, for the forks of all files.
    os.environ |= {"PYTEST_XDIST_WORKER": "gw0", "PYTEST_DEBUG_TEMPROOT": str(common)}
    watch.coverage.start()
    run(items, {}, stop=False)
    watch.coverage.stop()
    return watch.results()


def run(items: list[pytest.Item], reach: dict[str, Reach], stop: bool = True) -> str | None:
    """Run the tests in this process up to the first that fails, and return its name."""
    failed: list[str] = []

    class Reports:
        def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
            if report.failed:
                failed.append(report.nodeid)

    def too_long(*_: object) -> None:
        pytest.fail("takes too long")

    items[0].config.pluginmanager.register(Reports()) if items else None
    signal.signal(signal.SIGALRM, too_long)
    for item, following in zip(items, [*items[1:], None], strict=True):
        usual = reach.get(item.nodeid, Reach())
        seconds = usual.seconds + sum(reach[f].seconds for f in usual.fixtures if f in reach)
        if stop:
            signal.setitimer(signal.ITIMER_REAL, PATIENCE[0] + PATIENCE[1] * seconds)
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        signal.setitimer(signal.ITIMER_REAL, 0)
        if stop and failed:
            return failed[0]
    return None


def say(text: str) -> None:
    os.write(OUT, f"{text}\n".encode())


OUT = os.dup(1)
"""Where the command writes; pytest takes the usual place."""


def line(verdict: Verdict) -> str:
    """One move in words."""
    what = verdict.noticed_by or "SURVIVED"
    if not verdict.noticed_by:
        what += f" ({verdict.tests} tests, {verdict.left_out} left out)"
    return f"{verdict.number.key} {verdict.number.value} -> {verdict.value}: {what}"


def report(verdicts: list[Verdict], allowed: Allowed) -> tuple[str, list[Number]]:
    """The table of every room in Markdown, and the numbers that are neither held nor listed."""
    rooms: dict[str, dict[Number, list[Verdict]]] = defaultdict(lambda: defaultdict(list))
    for verdict in verdicts:
        rooms[verdict.number.room][verdict.number].append(verdict)
    held, unlisted, text = 0, [], []
    for room in sorted(rooms):
        text += [
            f"\n## {room}\n",
            "| constant | value | moved to | noticed by |",
            "|---|---|---|---|",
        ]
        for number in sorted(rooms[room], key=lambda n: (n.module, n.place)):
            moves = sorted(rooms[room][number], key=lambda verdict: verdict.value)
            reason = allowed.reason(allowed.survivors, number.key)
            held += all(verdict.noticed_by for verdict in moves)
            if reason is None and not all(verdict.noticed_by for verdict in moves):
                unlisted.append(number)
            for verdict in moves:
                name = f"{number.module.rpartition('.')[2]}: {number.name}{number.part}"
                by = verdict.noticed_by.removeprefix("tests/").replace("|", "\\|")
                by = by or f"**SURVIVED**{f': {reason}' if reason else ''}"
                text.append(f"| {name} | {number.value:g} | {verdict.value:g} | {by} |")
    count = sum(len(numbers) for numbers in rooms.values())
    summary = f"{held} of {count} constants held (both directions)"
    return "\n".join([summary, *text]) + "\n", unlisted


def main(arguments: list[str]) -> int:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--only", action="append", metavar="MODULE", help="moves of these only")
    words.add_argument("--list", action="store_true", help="list the constants and their moves")
    words.add_argument("--survivors-file", type=Path, help="write what survived to this file")
    words.add_argument("--write", action="store_true", help="write benchmarks/MUTANTS.md")
    words.add_argument("--jobs", type=int, default=2, help="forks at once (default: 2)")
    words.add_argument("--budget", type=float, default=BUDGET, help="seconds of tests for a move")
    words.add_argument("--root", type=Path, default=HERE.parent, help="of the project")
    words.add_argument("--package", default="styrmatt")
    options = words.parse_args(arguments)
    options.root = options.root.resolve()
    allowed = Allowed(options.root / "benchmarks" / "mutants-allowed.toml")
    constants = Constants(options.root, options.package)
    server = Server(options, constants, allowed)
    if options.list:
        for number in server.numbers:
            values = allowed.values.get(number.key, number.moves())
            say(f"{number.key} = {number.value:g}: {', '.join(f'{v:g}' for v in values)}")
        return 0
    begun = time.monotonic()
    os.chdir(options.root)
    sys.path.insert(0, str(options.root / ".types"))
    sys.dont_write_bytecode = True
    with suppress(ImportError):
        preload(constants)
    code = pytest.main(
        ["-o", "addopts=", "-q", "-n0", "-p", "no:cacheprovider", "--capture=sys", "tests"],
        plugins=[server],
    )
    if not server.verdicts:
        return int(code) or 1
    text, unlisted = report(server.verdicts, allowed)
    survivors = "".join(f"{line(v)}\n" for v in server.verdicts if not v.noticed_by)
    if options.survivors_file:
        options.survivors_file.write_text(survivors, "utf-8")
    if options.write:
        head = "# Which constants the tests hold\n\nWritten by `make mutants ARGS=--write`.\n\n"
        (options.root / "benchmarks" / "MUTANTS.md").write_text(head + text, "utf-8")
    say(f"\n{text}\n{survivors}{text.splitlines()[0]}; {time.monotonic() - begun:.0f} s")
    return 1 if unlisted else 0


def preload(constants: Constants) -> None:
    """Import every library that the package imports anywhere, and settle Hypothesis."""
    import ast

    import hypothesis

    names = set()
    for source in constants.sources.values():
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                names.add(node.module)
    for name in sorted(names):
        top = name.partition(".")[0]
        if top not in UNSAFE_TO_PRELOAD | {constants.package} and name not in constants.sources:
            with suppress(ImportError):
                importlib.import_module(name)
    phases = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
    hypothesis.settings.register_profile(
        "mutants", derandomize=True, database=None, deadline=None, phases=phases
    )
    hypothesis.settings.load_profile("mutants")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
