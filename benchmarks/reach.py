"""Which tests reach which lines, and what they take: measured with coverage.py, test by test.

Fixtures of more than one test are measured on their own: whoever uses one reaches its lines.
"""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from forks import PLACE, in_forks

PATIENCE = 10.0, 10.0
"""A test is stopped after so many seconds of the processor and so many times what it took unmoved:
it runs in circles. Not by the clock, which says little beside other work."""
HOUR = 3600.0
"""Seconds after which a file of tests is not waited for."""
COSTLY = 0.2
"""Seconds of a shared fixture from which its tests are run together, so that it is made once."""
OTHERS = 0.25
"""Of the budget may be spent when tests begin that do not reach the number themselves."""

Wanted = dict[tuple[str, int], set[str]]
"""What is asked about: names of things by (file, line)."""


@dataclass
class Reach:
    """What a test or a shared fixture takes and reaches."""

    seconds: float = 0.0
    """Of the processor, children included."""
    names: set[str] = field(default_factory=set)
    fixtures: set[str] = field(default_factory=set)
    """A test's shared fixtures."""


class Reaches(dict[str, Reach]):
    """By the name of a test, or of a shared fixture."""

    def tests(self, name: str, known: set[str], budget: float) -> tuple[list[str], int]:
        """The tests to run for a name, in this order, and how many the budget leaves out.

        Those that reach it, the fastest first, and then the others of their files: what a file
        keeps from test to test is credited to the first.
        """
        usable = known & self.keys()
        direct = {test for test in usable if name in self[test].names or self._made(test, name)}
        files = {test.partition("::")[0] for test in direct}
        groups: dict[tuple[bool, str, tuple[str, ...]], list[str]] = defaultdict(list)
        for test in usable:
            file = test.partition("::")[0]
            if file in files:
                costly = tuple(sorted(f for f in self.fixtures(test) if self[f].seconds > COSTLY))
                groups[test not in direct, file if costly else test, costly].append(test)

        def turn(group: tuple[bool, str, tuple[str, ...]]) -> tuple[bool, float, str]:
            making = sum(self[fixture].seconds for fixture in group[2])
            return group[0], making + min(self[test].seconds for test in groups[group]), group[1]

        chosen: list[str] = []
        spent, made = 0.0, set[str]()
        for group in sorted(groups, key=turn):
            for test in sorted(groups[group], key=lambda test: (self[test].seconds, test)):
                new = self.fixtures(test) - made
                needs = self[test].seconds + sum(self[fixture].seconds for fixture in new)
                most = budget if test in direct else budget * OTHERS
                if spent + needs <= most or not chosen:
                    chosen.append(test)
                    spent, made = spent + needs, made | new
        return chosen, len(direct - set(chosen))

    def fixtures(self, test: str) -> set[str]:
        return self[test].fixtures & self.keys()

    def patience(self, test: str) -> float:
        """Seconds of the processor after which a test is stopped."""
        if test not in self:
            return 0.0
        usual = self[test].seconds + sum(self[f].seconds for f in self.fixtures(test))
        return PATIENCE[0] + PATIENCE[1] * usual

    def _made(self, test: str, name: str) -> bool:
        return any(name in self[fixture].names for fixture in self.fixtures(test))


def first_failure(tests: list[pytest.Item], reaches: Reaches, on: bool = False) -> str:
    """Run tests until one fails, and return its name; with ``on`` run them all."""
    failed: list[str] = []

    class Reports:
        def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
            failed.extend([report.nodeid] if report.failed else [])

    def too_long(*_: object) -> None:
        pytest.fail("takes too long")

    signal.signal(signal.SIGPROF, too_long)
    if tests:
        tests[0].config.pluginmanager.register(Reports())
    for test, following in zip(tests, [*tests[1:], None], strict=True):
        signal.setitimer(signal.ITIMER_PROF, reaches.patience(test.nodeid))
        test.config.hook.pytest_runtest_protocol(item=test, nextitem=following)
        signal.setitimer(signal.ITIMER_PROF, 0)
        if failed and not on:
            return failed[0]
    return ""


class _Watch:
    """A pytest plugin that notes what is reached by which test."""

    def __init__(self, source: Path) -> None:
        import coverage

        self.coverage = coverage.Coverage(data_file=None, source=[str(source)], config_file=False)
        self.found = Reaches()
        self.unfit: set[str] = set()
        """Tests that fail or are skipped anyway."""
        self.running = [""]

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        file = item.nodeid.partition("::")[0]
        names: list[str] = getattr(item, "fixturenames", [])
        fixtures = {_shared(name, part) for name in names for part in ("", file)}
        self.found[item.nodeid] = Reach(fixtures=fixtures)
        with self._noting(item.nodeid):
            return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any, request: Any) -> Iterator[None]:
        if fixturedef.scope == "function":
            return (yield)
        file = "" if fixturedef.scope == "session" else request.node.nodeid.partition("::")[0]
        with self._noting(_shared(fixturedef.argname, file)):
            return (yield)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if not report.passed:
            self.unfit.add(report.nodeid)

    @contextmanager
    def _noting(self, name: str) -> Iterator[None]:
        outer, begun = self.running[-1], sum(os.times()[:4])
        self.running.append(name)
        self.coverage.switch_context(name)
        yield
        self.running.pop()
        self.coverage.switch_context(outer)
        took = sum(os.times()[:4]) - begun
        self.found.setdefault(name, Reach()).seconds += took
        self.found.setdefault(outer, Reach()).seconds -= took

    def results(self, wanted: Wanted) -> Reaches:
        data = self.coverage.get_data()
        for file in data.measured_files():
            for line, tests in data.contexts_by_lineno(file).items():
                for test in set(tests) & self.found.keys():
                    self.found[test].names |= wanted.get((os.path.realpath(file), line), set())
        return Reaches({test: r for test, r in self.found.items() if test not in self.unfit})


def _shared(fixture: str, file: str) -> str:
    return f"fixture {fixture} {file}"


def measure(
    tests: list[pytest.Item], wanted: Wanted, source: Path, jobs: int, reaches: Reaches
) -> Iterator[str]:
    """Run all tests, every file of them in a process of its own, into ``reaches``; say how far."""
    files: dict[str, list[pytest.Item]] = defaultdict(list)
    for test in tests:
        files[test.nodeid.partition("::")[0]].append(test)
    common = tempfile.mkdtemp(prefix="mutants-", dir=PLACE)
    place = {"PYTEST_XDIST_WORKER": "gw0", "PYTEST_DEBUG_TEMPROOT": common}

    def watched(file: str) -> Reaches:
        os.environ.update(place)  # what the tests' processes share is made once for all files
        watch = _Watch(source)
        files[file][0].config.pluginmanager.register(watch)
        watch.coverage.start()
        first_failure(files[file], Reaches(), on=True)
        watch.coverage.stop()
        return watch.results(wanted)

    for done, (file, found) in enumerate(in_forks(list(files), watched, jobs, HOUR), 1):
        yield f"measured {done} of {len(files)}: {file}{'' if found else ' CRASHED: left out'}"
        for name, new in (found or {}).items():
            known = reaches.setdefault(name, Reach())
            known.seconds = max(known.seconds, new.seconds)
            known.names |= new.names
            known.fixtures |= new.fixtures
    shutil.rmtree(common, ignore_errors=True)
