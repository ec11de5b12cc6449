"""Every command and program that README and docs show works as shown."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from test_inspect import report

from styrmatt.layout_files import load_layouts

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
LAYOUTS = ROOT / "docs" / "LAYOUTS.md"
SERIES = ROOT / "docs" / "SERIES.md"
CORRECTIONS = ROOT / "docs" / "CORRECTIONS.md"
DOCUMENTS = (README, LAYOUTS, SERIES, CORRECTIONS, ROOT / "benchmarks" / "README.md")
SMALL = ("region-adalen-2022-run-arsrapport.pdf", "region-adalen-2023-run-arsrapport.pdf")
"""The samples that a run of the shown commands reads: the short ones."""


def blocks(path: Path, language: str) -> list[str]:
    return re.findall(
        rf"^```{language}\n(.*?)^```$", path.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )


def commands(path: Path) -> Iterator[list[str]]:
    """The commands in a document's shell blocks, as words, without remarks."""
    for block in blocks(path, "sh"):
        for line in block.splitlines():
            if words := shlex.split(line, comments=True):
                yield words


def run(words: list[str], folder: Path) -> str:
    command = [sys.executable, "-m", "styrmatt", *words[1:]]
    ended = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    assert ended.returncode == 0, f"{shlex.join(words)}: {ended.stderr}"
    return ended.stdout


@pytest.fixture(scope="module")
def toured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with samples in which the README's commands were run in their order."""
    folder = tmp_path_factory.mktemp("tour")
    (folder / "data" / "raw").mkdir(parents=True)
    for name in SMALL:
        shutil.copy(ROOT / "data" / "raw" / name, folder / "data" / "raw")
    for words in commands(README):
        if words[0] == "styrmatt":
            assert run(words, folder)
    return folder


def test_every_command_shown_is_one_that_is_tested_here() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for path in DOCUMENTS:
        for words in commands(path):
            if words[0] == "make":
                assert re.search(rf"^{words[-1]}:", makefile, re.MULTILINE), words
            elif words[0] == "python":
                assert (ROOT / words[1]).is_file(), words
            else:
                assert words[0] == "styrmatt" and path != DOCUMENTS[-1], words


@pytest.mark.xdist_group("toured")
def test_the_commands_of_the_readme_work(toured: Path) -> None:
    assert (toured / "data" / "parquet" / "manifest.json").is_file()
    assert (toured / "page.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.xdist_group("toured")
def test_the_programs_of_the_readme_work(
    toured: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(toured)
    names: dict[str, object] = {}
    for block in blocks(README, "python"):
        exec(compile(block, "README.md", "exec"), names)
    printed = capsys.readouterr().out
    assert "target_text" in printed
    assert "unknown_table" in printed


@pytest.mark.xdist_group("toured")
def test_the_page_on_series_shows_what_the_program_prints(
    toured: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (words,) = commands(SERIES)
    wanted = f"```text\n{run(words, toured).rstrip()}\n```"
    made = re.compile(r"(?<=<!-- made: show -->\n).*?(?=\n<!-- /made -->)", re.DOTALL)
    text = SERIES.read_text(encoding="utf-8")
    if os.environ.get("UPDATE_README"):
        SERIES.write_text(made.sub(lambda _: wanted, text), encoding="utf-8")
    else:
        assert made.findall(text) == [wanted], "run: make readme"
    monkeypatch.chdir(toured)
    (program,) = blocks(SERIES, "python")
    exec(compile(program, "SERIES.md", "exec"), {})
    assert "ms-" in capsys.readouterr().out


@pytest.mark.xdist_group("toured")
def test_the_query_of_the_readme_works(toured: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    duckdb = pytest.importorskip("duckdb")
    monkeypatch.chdir(toured)
    (query,) = blocks(README, "sql")
    rows = duckdb.sql(query).fetchall()
    assert {year for year, *_ in rows} == {2022, 2023}
    assert sum(count for *_, count in rows) == 50


@pytest.mark.xdist_group("toured")
def test_the_corrections_of_their_page_are_applied(toured: Path, tmp_path: Path) -> None:
    folder = tmp_path / "tour"
    shutil.copytree(toured, folder)
    (lines,) = blocks(CORRECTIONS, "csv")
    (folder / "data" / "corrections.csv").write_text(lines, encoding="utf-8")
    drafts, ran, shown, proved = [run(words, folder) for words in commands(CORRECTIONS)]
    cells = [sorted(line.split(";")[:4] for line in text.splitlines()) for text in (drafts, lines)]
    assert cells[0] == cells[1]
    assert "unchanged" in ran
    assert "2 applied, 0 not applied." in shown
    assert "2 reports: 2 proved, 0 not." in proved


def test_the_example_of_a_layout_reads_a_report_of_its_family(tmp_path: Path) -> None:
    (tmp_path / "my-layouts").mkdir()
    (example,) = blocks(LAYOUTS, "toml")
    (tmp_path / "my-layouts" / "indikatorer.toml").write_text(example, encoding="utf-8")
    made = report(
        headers=("Indikator", "Ansvarig", "Kön", "Målnivå 2031", "Bedömning", "Trend"),
        leads=("Övergripande mål", "Delmål"),
        title="Uppföljning av mål och budget 2031 för Region Tallmo",
    )
    (tmp_path / "report.pdf").write_bytes(made)
    outs = [run(words, tmp_path) for words in commands(LAYOUTS)]
    assert "indikatorer" in outs[0]
    assert "2 entries of 1 report" in outs[1]
    assert (tmp_path / "page.png").is_file()


def test_the_keys_of_a_sidecar_in_the_readme_are_those_that_are_read(tmp_path: Path) -> None:
    from styrmatt.inputs import Sidecar, read_sidecar

    (example,) = blocks(README, "toml")
    (tmp_path / "r.toml").write_text(example, encoding="utf-8")
    sidecar = read_sidecar(tmp_path / "r.pdf")
    assert all(getattr(sidecar, key) is not None for key in Sidecar.__slots__)
    assert sidecar.layout in {layout.name for layout in load_layouts()}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_and_folders_that_are_named_exist(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (path.parent / target).exists(), target
    for name in re.findall(r"`((?:src|tests|data|docs|samples|benchmarks)/[\w./-]*)`", text):
        assert (ROOT / name).exists(), name


def test_no_picture_is_large() -> None:
    for picture in (ROOT / "docs").glob("*.png"):
        assert picture.stat().st_size < 300_000
        with Image.open(picture) as file:
            assert file.width > 1000


def test_the_picture_can_be_made_anew(tmp_path: Path) -> None:
    out = tmp_path / "new.png"
    command = [sys.executable, str(ROOT / "docs" / "make_picture.py"), str(out)]
    subprocess.run(command, check=True, capture_output=True)
    with Image.open(out) as new, Image.open(ROOT / "docs" / "page-and-rows.png") as old:
        assert new.size == old.size


def test_the_benchmark_prints_a_line_per_number_of_pages() -> None:
    script = ROOT / "benchmarks" / "run_time.py"
    sample = ROOT / "data" / "raw" / SMALL[1]
    command = [sys.executable, str(script), "--first", "3", "--times", "1", str(sample)]
    ended = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    lines = [line.split() for line in ended.stdout.splitlines()]
    assert [line[0] for line in lines if line and line[0] in ("3", "10")] == ["3", "10"]
