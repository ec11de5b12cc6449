"""The snippets of the page for data teams run as they stand."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from extracts import rich_root

DOCS = Path(__file__).parents[1] / "docs"
PAGE = (DOCS / "DATA_TEAMS.md").read_text(encoding="utf-8")
NOT_RUN = "# not run: "


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("work")
    rich_root(made / "data" / "parquet")
    return made


def test_the_python_snippets_run_together(folder: Path) -> None:
    snippets = [code for code in blocks(PAGE, "python") if not code.startswith(NOT_RUN)]
    assert len(snippets) == 5
    script = "\n".join(snippets).replace("2022", "2021")
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "partly_met" in done.stdout and "Resan är trygg" in done.stdout


@pytest.mark.parametrize("query", blocks(PAGE, "sql"))
def test_a_query_runs_and_finds_something(
    query: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    assert duckdb.sql(query).fetchall()


def test_what_is_not_run_says_so() -> None:
    assert blocks(PAGE, "r") and any(c.startswith(NOT_RUN) for c in blocks(PAGE, "python"))
    for heading in ("## R", "## Spark", "## Power BI"):
        assert PAGE.partition(f"{heading}\n\n")[2].startswith("Not run by the tests.")
