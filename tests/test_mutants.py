"""`make mutants` on a tiny package: which constants its tests hold, and which not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from constants import Constants, Number

COMMAND = Path(__file__).parents[1] / "benchmarks" / "mutants.py"
RULES = '''"""Rules."""

from enum import IntEnum

LEAST = 3
_SHARE, _WEIGHT = 0.5, 2.0
DOUBLED = LEAST * 2
POINTS = {"near": 1.5, "far": -4.0}


class Kind(IntEnum):
    ONE = 1


class Rule:
    REACH = 60 * 60


def enough(count, least=LEAST):
    return count >= least


def far(points):
    return points + POINTS["far"] + POINTS["near"]


def weight(count):
    return count * _WEIGHT


def share(part):
    return part > _SHARE


def within(distance):
    return distance <= Rule.REACH
'''
USE = '''"""Uses the rules."""

from toy.rules import DOUBLED as TWICE
from toy.rules import enough


def both(count):
    return enough(count) and count < TWICE
'''
TESTS = """
import pytest
from toy.rules import far, share, weight, within
from toy.use import both


@pytest.fixture(scope="module")
def points():
    return far(10)


def test_both():
    assert [both(n) for n in (2, 3, 5, 6)] == [False, True, True, False]


def test_points(points):
    assert points == 7.5


def test_weight():
    assert weight(1) > 0  # larger ones are not noticed


def test_share():
    share(1)


def test_within():
    assert within(3600) and not within(3601)


def test_that_fails_anyway():
    weight(1)
    assert False
"""
ALLOWED = """
[not_decisions]
"rules:POINTS['near']" = "made up"

[survivors]
"rules:_SHARE" = "nothing depends on it"

[values]
"rules:_WEIGHT" = [-1.0, 4.0]
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for folder in ("src", "tests", ".types", "benchmarks"):
        (tmp_path / folder).mkdir()
    (tmp_path / ".types" / "toy").symlink_to("../src")
    (tmp_path / "src" / "__init__.py").touch()
    (tmp_path / "src" / "rules.py").write_text(RULES)
    (tmp_path / "src" / "use.py").write_text(USE)
    (tmp_path / "tests" / "test_toy.py").write_text(TESTS)
    (tmp_path / "benchmarks" / "mutants-allowed.toml").write_text(ALLOWED)
    return tmp_path


def run(project: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(COMMAND), "--root", str(project), "--package", "toy", *options]
    return subprocess.run(command, capture_output=True, text=True, cwd=project)


def test_constants_are_found_with_their_parts(project: Path) -> None:
    found = {number.key: number.value for number in Constants(project, "toy").numbers()}
    assert found == {
        "rules:LEAST": 3,
        "rules:_SHARE": 0.5,
        "rules:_WEIGHT": 2.0,
        "rules:POINTS['near']": 1.5,
        "rules:POINTS['far']": -4.0,
        "rules:Rule.REACH": 3600,
    }


@pytest.mark.parametrize(
    ("value", "moves"),
    [
        (3, (1, 8)),
        (1, (0, 3)),
        (0, (-1, 1)),
        (-1, (-3, 0)),
        (10.0, (4.0, 25.0)),
        (-4.0, (-10.0, -1.6)),
        (0.05, (0.02, 0.125)),
        (0.9, (0.36, 0.96)),
    ],
)
def test_moves_go_clearly_both_ways(value: float, moves: tuple[float, float]) -> None:
    assert Number("m", "N", "", value, (1, 0)).moves() == moves


def test_each_move_is_tried_by_the_tests_that_reach_it(project: Path) -> None:
    done = run(project, "--write", "--survivors-file", "left.txt")
    lines = {line for line in done.stdout.splitlines() if " -> " in line and "/" in line}
    verdicts = dict(line.split(" ", 1)[1].split(": ", 1) for line in lines)
    assert verdicts == {
        "rules:LEAST 3 -> 1": "tests/test_toy.py::test_both",
        "rules:LEAST 3 -> 8": "tests/test_toy.py::test_both",
        "rules:_SHARE 0.5 -> 0.2": "SURVIVED (5 tests, 0 left out)",
        "rules:_SHARE 0.5 -> 0.8": "SURVIVED (5 tests, 0 left out)",
        "rules:_WEIGHT 2 -> -1": "tests/test_toy.py::test_weight",
        "rules:_WEIGHT 2 -> 4": "SURVIVED (5 tests, 0 left out)",
        "rules:POINTS['far'] -4 -> -10": "tests/test_toy.py::test_points",
        "rules:POINTS['far'] -4 -> -1.6": "tests/test_toy.py::test_points",
        "rules:Rule.REACH 3600 -> 1440": "tests/test_toy.py::test_within",
        "rules:Rule.REACH 3600 -> 9000": "tests/test_toy.py::test_within",
    }, done.stdout + done.stderr
    assert done.returncode == 1  # one is neither held nor listed
    assert "3 of 5 constants held (both directions)" in done.stdout
    assert (project / "left.txt").read_text().count("\n") == 3
    table = (project / "benchmarks" / "MUTANTS.md").read_text()
    assert "nothing depends on it" in table and "made up" not in table


def test_only_a_module_is_tried_and_what_was_measured_is_kept(project: Path) -> None:
    assert "measured" in run(project, "--only", "use").stdout
    allowed = project / "benchmarks" / "mutants-allowed.toml"
    allowed.write_text(ALLOWED.replace("_SHARE", "_WEIGHT") + "\n[left_out]\n")
    done = run(project, "--only", "rules")
    assert "measured" not in done.stdout and done.returncode == 1
    assert "rules:_SHARE" in run(project, "--list").stdout
    again = run(project, "--again", "--list").stdout.split("\n")
    assert [line for line in again if line] == [
        "rules:_SHARE 0.5 -> 0.2",
        "rules:_SHARE 0.5 -> 0.8",
        "rules:_WEIGHT 2 -> 4",
    ]
