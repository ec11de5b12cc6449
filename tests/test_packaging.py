"""What a user installs: the wheel holds everything, the lock names no address, make is sound."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SRC = ROOT / "src"
LOCKS = ("requirements.lock", "requirements-dev.lock")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel made, offline, from a copy of the project."""
    if int(version("setuptools").split(".")[0]) < 77:
        pytest.skip("needs the setuptools that make test installs")
    copy = tmp_path_factory.mktemp("project")
    shutil.copytree(SRC, copy / "src", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    code = "from setuptools import build_meta; print(build_meta.build_wheel('dist'))"
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=copy, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    return copy / "dist" / ended.stdout.split()[-1]


def test_the_wheel_holds_every_module_and_data_file(wheel: Path) -> None:
    files = (path for path in SRC.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    expected = {f"styrmatt/{path.relative_to(SRC).as_posix()}" for path in files}
    names = set(zipfile.ZipFile(wheel).namelist())
    assert expected <= names
    assert {n for n in names if n.endswith(".py")} == {n for n in expected if n.endswith(".py")}
    assert any(name.endswith("LICENSE") for name in names)


def test_the_wheel_works_without_the_source(wheel: Path, tmp_path: Path) -> None:
    code = (
        "import styrmatt.layout as l; assert '.whl' in l.__file__\n"
        "from styrmatt.cli import main; main(['layouts'])"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(wheel), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert "measures table" in ended.stdout


def test_the_wheel_gives_the_command(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        name = next(n for n in archive.namelist() if n.endswith("entry_points.txt"))
        assert b"styrmatt = styrmatt.cli:main" in archive.read(name)


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_pins_everything_with_hashes_and_names_no_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"://|index-url|find-links|trusted-host| @ ", text)
    logical = re.sub(r"\\\n", " ", text).splitlines()
    pins = [line for line in logical if line and not line.lstrip().startswith("#")]
    for pin in pins:
        assert re.match(r"[a-z0-9-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", pin), pin


def pinned(name: str) -> dict[str, set[str]]:
    """Package to its pinned versions (more than one where Pythons differ)."""
    versions: dict[str, set[str]] = {}
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        if match := re.match(r"([a-z0-9-]+)==([^ ;\\]+)", line):
            versions.setdefault(match[1], set()).add(match[2])
    return versions


def requirement_names(requirements: list[str]) -> set[str]:
    return {re.split(r"[<>=!~;\[ ]", r)[0].lower().replace("_", "-") for r in requirements}


def test_the_locks_pin_every_dependency_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    run, dev = (pinned(name) for name in LOCKS)
    extras = project["optional-dependencies"]
    assert requirement_names(project["dependencies"]) <= set(run)
    assert requirement_names(extras["build"]) <= set(run)
    assert requirement_names(extras["dev"]) <= set(dev)


def test_the_lock_for_tests_has_the_versions_of_the_lock_for_runs() -> None:
    run, dev = (pinned(name) for name in LOCKS)
    assert {name: dev.get(name) for name in run} == run


def test_every_dependency_has_a_lower_bound() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert all(">=" in requirement for requirement in project["dependencies"])


def make(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )


needs_make = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")


@needs_make
def test_make_says_which_pythons_fit(tmp_path: Path) -> None:
    old = tmp_path / "old-python"
    old.write_text(
        '#!/bin/sh\ncase "$2" in *exit*) exit 1;; *) echo 3.9;; esac\n', encoding="utf-8"
    )
    old.chmod(0o755)
    ended = make("python", f"PYTHON={old}")
    assert ended.returncode != 0
    assert "needs Python 3.11, 3.12 or 3.13" in ended.stderr and "is 3.9" in ended.stderr


@needs_make
def test_make_says_so_where_the_named_python_is_missing() -> None:
    ended = make("python", "PYTHON=no-such-python")
    assert ended.returncode != 0
    assert "needs Python 3.11, 3.12 or 3.13 and found none" in ended.stderr


def test_ci_calls_make_test_all() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert "make test-all" in script.read_text(encoding="utf-8")
