"""Which decisions of the code the tests hold: every constant is moved, and a test must notice.

    python benchmarks/mutants.py [--only extract.marks] [--list] [--write]

Each number of each constant (constants.py) is made clearly smaller and clearly larger, one at a
time, and the tests that reach a line that reads it (reach.py) are run until one fails. One process
imports the package and collects the tests; every move is made in a fork of it (forks.py). Tests
that noticed moves of the same module are run first.

Which tests reach what is measured once and kept in .mutants/ until a file of src or tests changes.
Processes that tests start anew, rather than fork, have the constants unmoved.

Exit status: 0 when every constant is held in both directions or listed in mutants-allowed.toml.
"""

from __future__ import annotations

import argparse
import ast
import gc
import hashlib
import importlib
import os
import pickle
import signal
import sys
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from constants import Constants, Number
from forks import in_forks
from reach import Reaches, Wanted, first_failure, measure

HERE = Path(__file__).parent
BUDGET = 12.0
"""Seconds of the processor, as measured with coverage: the tests run for one move. A move that no
test notices costs that, one that is noticed a tenth of it; 750 numbers, one in ten not held, then
take two cores half an hour. More finds more: a test of a whole report takes two to eight."""
LONGEST = 300.0
"""Seconds by the clock after which a move is given up: it makes a test wait for ever. Many times
the budget, for the machine may be busy."""
FIRST = 5
"""So many tests that noticed most moves of a module are run before others."""
UNSAFE_TO_PRELOAD = {"distributed", "dask", "polars"}
"""Libraries that start threads when they are imported, which a fork would lack."""
OUT = os.dup(1)
"""Where the command writes: pytest takes the usual place."""


@dataclass
class Move:
    """A number that is given another value, and what became of it."""

    number: Number
    value: float
    noticed_by: str = ""
    tests: int = 0
    left_out: int = 0
    """Tests that reach the number and are not run: the budget is spent."""

    @property
    def key(self) -> str:
        return f"{self.number.key} {self.number.value:g} -> {self.value:g}"

    def __str__(self) -> str:
        survived = f"SURVIVED ({self.tests} tests, {self.left_out} left out)"
        return f"{self.key}: {self.noticed_by or survived}"


class Allowed:
    """The file mutants-allowed.toml."""

    def __init__(self, path: Path) -> None:
        tables = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
        self.not_decisions: dict[str, str] = tables.get("not_decisions", {})
        self.survivors: dict[str, str] = tables.get("survivors", {})
        self.values: dict[str, list[float]] = tables.get("values", {})
        self.prepare: list[str] = tables.get("prepare", [])
        self.left_out: dict[str, str] = tables.get("left_out", {})

    @staticmethod
    def names(key: str) -> tuple[str, str, str]:
        """A number's key, its constant's (all parts) and its module's, as the file may have it."""
        return key, key.partition("[")[0].partition("(")[0], key.partition(":")[0]

    def reason(self, listed: dict[str, str], key: str) -> str | None:
        """Why a number is listed; nothing where it is not."""
        return next((listed[name] for name in self.names(key) if name in listed), None)

    def stale(self, keys: Iterable[str]) -> list[str]:
        """What is listed and names no number."""
        known = {name for key in keys for name in self.names(key)}
        listed = (self.not_decisions, self.survivors, self.values)
        return [name for table in listed for name in table if name not in known]


class Mutants:
    """The pytest plugin that moves constants where pytest would run the tests."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.allowed = Allowed(options.root / "benchmarks" / "mutants-allowed.toml")
        self.constants = Constants(options.root, options.package)
        found = list(self.constants.numbers())
        self.stale = self.allowed.stale(number.key for number in found)
        decides = self.allowed.not_decisions
        self.numbers = [n for n in found if self.allowed.reason(decides, n.key) is None]
        only = tuple(options.only or [""])
        self.moves = [
            Move(number, value)
            for number in self.numbers
            if number.key.startswith(only)
            for value in self.allowed.values.get(number.key, number.moves())
        ]
        self.last: dict[str, str] = self._stored("noticed") or {}
        if options.again:
            self.moves = [move for move in self.moves if self.last.get(move.key) == ""]
        self.done: list[Move] = []

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        for name, source in self.constants.sources.items():
            if source.is_ours(self.options.package) and not name.endswith("__main__"):
                importlib.import_module(name)
        for name in self.allowed.prepare:
            module, function, *arguments = name.split(":")
            getattr(importlib.import_module(f"{self.options.package}.{module}"), function)(
                *arguments
            )
        gc.collect()
        gc.freeze()  # so that forks share the memory
        self.tests = {
            test.nodeid: test
            for test in session.items
            if not test.nodeid.startswith((*self.allowed.left_out, "?"))
        }
        self.reaches = self._reaches()
        self.noticed: dict[str, Counter[str]] = defaultdict(Counter)
        for asked, answer in in_forks(self.moves, self._try, self.options.jobs, LONGEST):
            move = answer or asked
            if answer is None:
                move.noticed_by = "the process crashed or hung"
            self.done.append(move)
            self.last[move.key] = move.noticed_by
            self.noticed[move.number.module][move.noticed_by] += 1
            say(f"{len(self.done)}/{len(self.moves)} {move}")
        self._store("noticed", self.last)
        return True

    def _try(self, move: Move) -> Move:
        """In a fork: move the number, and run tests until one fails."""
        number = move.number
        tests, move.left_out = self.reaches.tests(number.key, set(self.tests), self.options.budget)
        move.tests = len(tests)
        first = [self.last.get(move.key, "")]
        first += [name for name, _ in self.noticed[number.module].most_common(FIRST)]
        ordered = [name for name in dict.fromkeys([*first, *tests]) if name in set(tests)]
        try:
            self.constants.move(number, move.value)
        except Exception as error:  # whoever imports the module notices
            move.noticed_by = f"import: {type(error).__name__}: {error}"
        else:
            move.noticed_by = first_failure([self.tests[name] for name in ordered], self.reaches)
        return move

    def _reaches(self) -> Reaches:
        """As stored, or measured now."""
        digest = hashlib.sha256(repr([number.key for number in self.numbers]).encode())
        for folder in ("src", "tests"):
            for path in sorted((self.options.root / folder).rglob("*")):
                if path.is_file() and "__pycache__" not in path.parts:
                    digest.update(path.as_posix().encode() + path.read_bytes())
        stored = self._stored("reach")
        if stored and stored[0] == digest.hexdigest():
            return Reaches(stored[1])
        say(f"Which tests reach {len(self.numbers)} numbers is measured once.")
        wanted: Wanted = defaultdict(set)
        for number in self.numbers:
            for file, at in self.constants.lines(number):
                wanted[os.path.realpath(file), at].add(number.key)
        source = self.options.root / "src"
        reaches = Reaches()
        tests = [*self.tests.values()]
        for text in measure(tests, dict(wanted), source, self.options.jobs, reaches):
            say(text)
        self._store("reach", (digest.hexdigest(), dict(reaches)))
        return reaches

    def _stored(self, name: str) -> Any:
        path = self.options.root / ".mutants" / name
        return pickle.loads(path.read_bytes()) if path.exists() else None

    def _store(self, name: str, value: Any) -> None:
        folder = self.options.root / ".mutants"
        folder.mkdir(exist_ok=True)
        (folder / name).write_bytes(pickle.dumps(value))

    def unlisted(self) -> set[str]:
        """The numbers that no test holds and that have no reason beside them."""
        survived = {move.number.key for move in self.done if not move.noticed_by}
        return {key for key in survived if not self.allowed.reason(self.allowed.survivors, key)}

    def report(self) -> str:
        """How many constants are held, and a table for every room, in Markdown."""
        rooms: dict[str, list[Move]] = defaultdict(list)
        for move in self.done:
            rooms[move.number.room].append(move)
        lines = []
        for room, moves in sorted(rooms.items()):
            lines += [f"\n## {room}\n", "| constant | value | moved to | noticed by |"]
            lines.append("|---|---|---|---|")
            for move in sorted(moves, key=lambda m: (m.number.module, m.number.place, m.value)):
                number = move.number
                reason = self.allowed.reason(self.allowed.survivors, number.key)
                by = move.noticed_by.removeprefix("tests/").replace("|", "\\|").replace("\n", " ")
                by = by or ("**SURVIVED**" + (f": {reason}" if reason else ""))
                name = f"{number.module.rpartition('.')[2]}: {number.name}{number.part}"
                lines.append(f"| {name} | {number.value:g} | {move.value:g} | {by} |")
        every = {move.number.key for move in self.done}
        held = every - {move.number.key for move in self.done if not move.noticed_by}
        return "\n".join(
            [f"{len(held)} of {len(every)} constants held (both directions)", *lines, ""]
        )


def preload(constants: Constants) -> None:
    """Import every library that the package imports anywhere, and settle Hypothesis."""
    names = set()
    for source in constants.sources.values():
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                names.add(node.module)
    for name in sorted(names - constants.sources.keys()):
        if name.partition(".")[0] not in UNSAFE_TO_PRELOAD | {constants.package}:
            with suppress(ImportError):
                importlib.import_module(name)
    import hypothesis

    phases = (hypothesis.Phase.explicit, hypothesis.Phase.generate)  # the first failure is enough
    hypothesis.settings.register_profile(
        "mutants", derandomize=True, database=None, deadline=None, phases=phases
    )
    hypothesis.settings.load_profile("mutants")


def say(text: str) -> None:
    os.write(OUT, f"{text}\n".encode())


def main(arguments: list[str]) -> int:
    words = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    words.add_argument("--only", action="append", metavar="MODULE[:NAME]", help="move these only")
    words.add_argument("--again", action="store_true", help="move what survived last time only")
    words.add_argument("--list", action="store_true", help="list the constants and their moves")
    words.add_argument("--survivors-file", type=Path, help="write what survived to this file")
    words.add_argument("--write", action="store_true", help="write benchmarks/MUTANTS.md")
    words.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="at once")
    words.add_argument("--budget", type=float, default=BUDGET, help="seconds of tests for a move")
    words.add_argument("--root", type=Path, default=HERE.parent, help="of the project")
    words.add_argument("--package", default="styrmatt")
    options = words.parse_args(arguments)
    options.root = options.root.resolve()
    begun = time.monotonic()
    mutants = Mutants(options)
    if options.list:
        for move in mutants.moves:
            say(move.key)
        return 0
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # ends the forks, too
    os.chdir(options.root)
    sys.path.insert(0, str(options.root / ".types"))
    preload(mutants.constants)
    settings = ["-o", "addopts=", "-n0", "-p", "no:cacheprovider", "--capture=sys"]
    code = pytest.main([*settings, "-q", "tests"], plugins=[mutants])
    if not mutants.done:
        return int(code)
    report, survived = mutants.report(), [m for m in mutants.done if not m.noticed_by]
    if options.survivors_file:
        options.survivors_file.write_text("".join(f"{move}\n" for move in survived), "utf-8")
    if options.write:
        head = "# Which constants the tests hold\n\nWritten by `make mutants ARGS=--write`.\n\n"
        (options.root / "benchmarks" / "MUTANTS.md").write_text(head + report, "utf-8")
    say(f"\n{report}\n" + "\n".join(map(str, survived)))
    say(f"{report.splitlines()[0]}; {time.monotonic() - begun:.0f} s")
    for name in mutants.stale:
        say(f"mutants-allowed.toml: {name} names no constant")
    return 1 if mutants.unlisted() or mutants.stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
