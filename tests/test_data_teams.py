"""The snippets of the page for data teams run as they stand."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from extracts import as_of_version, rich_root, write_observations, write_series

import styrmatt
from styrmatt.export.store.extracts import read_extracts
from styrmatt.records import DATASETS

DOCS = Path(__file__).parents[1] / "docs"
PAGE = (DOCS / "DATA_TEAMS.md").read_text(encoding="utf-8")
NOT_RUN = "# not run: "


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("work")
    write_series(rich_root(made / "data" / "parquet"))
    write_observations(made / "data" / "parquet")
    return made


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with files of schema 1.1, which every reader finds first, beside new ones."""
    made = tmp_path_factory.mktemp("mixed")
    root = rich_root(made / "data" / "parquet")
    old = made / "old"
    for dataset in DATASETS:
        (root / dataset / "year=2020").rename(_with_parents(old / dataset / "year=2020"))
    as_of_version(old, "1.1")
    for dataset in DATASETS:
        (old / dataset / "year=2020").rename(root / dataset / "year=2020")
    return made


def _with_parents(path: Path) -> Path:
    path.parent.mkdir(parents=True)
    return path


def script_of(*snippets: str) -> list[str]:
    return [sys.executable, "-W", "error", "-c", "\n".join(snippets)]


def test_the_python_snippets_run_together(folder: Path) -> None:
    snippets = [code for code in blocks(PAGE, "python") if not code.startswith(NOT_RUN)]
    assert len(snippets) == 8
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


@pytest.mark.parametrize(
    "snippet",
    [code for code in blocks(PAGE, "python") if "pd.read_parquet" in code or "diagonal" in code][
        1:
    ],
)
def test_an_extract_of_two_versions_is_read_with_the_options_that_the_page_names(
    snippet: str, mixed: Path
) -> None:
    """Records of 2021 alone have a source of their result; without the options nobody sees it."""
    done = subprocess.run(
        script_of(snippet), cwd=mixed, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert re.search(r"\b6\b", done.stdout) and re.search(r"\b1\b", done.stdout), done.stdout


def test_duckdb_reads_an_extract_of_two_versions_by_name(
    mixed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(mixed)
    (query,) = [one for one in blocks(PAGE, "sql") if "union_by_name" in one]
    assert duckdb.sql(query).fetchall() == [(2020, 4, 0), (2021, 2, 1)]


def test_styrmatt_load_reads_an_extract_of_two_versions(mixed: Path) -> None:
    root = mixed / "data" / "parquet"
    frame = styrmatt.load(root)
    assert (frame["outcome_source"].count(), len(frame)) == (1, 6)
    outcomes = styrmatt.load(root, "outcomes")
    assert outcomes["kind"].isna().sum() == 2 and len(outcomes) == 3
    assert [e.outcomes[0].kind for e in read_extracts(root)] == ["outcome"] * 3


def test_what_is_not_run_says_so() -> None:
    assert blocks(PAGE, "r") and any(c.startswith(NOT_RUN) for c in blocks(PAGE, "python"))
    for heading in ("## R", "## Spark", "## Power BI"):
        assert PAGE.partition(f"{heading}\n\n")[2].startswith("Not run by the tests.")
