"""Every example in help texts, README and docs runs, on the sample reports.

The examples of a page or of a help text run one after the other in a folder of their own. It is as
``make run`` leaves it (samples in data/raw, their extract in data/parquet), with the few files that
only a user has: see :func:`furnished`. What cannot run here stands in NOT_RUN.
"""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from documents import DOCS, PAGES, README, ROOT, code_blocks
from tamper import make_key
from test_inspect import report
from third_region import third_region

from styrmatt.cli import cli
from styrmatt.errors import ExitCode
from styrmatt.export.formats.publisher import template

NOT_RUN = {
    r"make\b": "sets up an environment; that the target exists is checked below",
    r"git\b": "needs a repository",
    r"(\.venv/bin/)?python (benchmarks|samples|docs)/": "takes minutes or needs a typesetter; that "
    "the script exists is checked below, tests/test_benchmarks.py runs the benchmarks on little",
    r"\.venv/bin/(?!styrmatt)": "a tool for developers; that its files exist is checked below",
    r"ssh-keygen\b": "makes a key for good; there is one already",
    r"styrmatt review\b": "serves until Ctrl-C; tests/test_review_browser.py opens one",
    r"styrmatt export site\b": "needs styrmatt[review]; tests/test_review_site.py writes one",
    r"styrmatt .*--spacy-model\b": "needs a trained pipeline; tests/test_own_rules.py makes one",
    r"pip install\b": "needs a package registry",
    r"dask\b": "starts servers; tests/test_cluster.py holds the options to Dask's own",
    r"styrmatt run .*--scheduler\b": "needs a cluster; tests/test_cluster.py runs these with one",
    r"styrmatt run .*(s3|https)://": "needs a network; tests/test_cluster.py runs these with files",
}
"""Commands that do not run here, as patterns of how they begin, and why."""


def furnished(folder: Path, extract: Path) -> None:
    """A folder as ``make run`` leaves it, with stand-ins for what only a user has."""
    shutil.copytree(ROOT / "data" / "raw", folder / "data" / "raw")
    shutil.copytree(extract, folder / "data" / "parquet")
    shutil.copytree(extract, folder / "before" / "parquet")  # of an earlier version, say
    (folder / "publisher.toml").write_text(template(), encoding="utf-8")
    (folder / "my-layouts").mkdir()
    tallmo, layout = code_blocks(DOCS / "LAYOUTS.md", "toml")
    (folder / "my-layouts" / "tallmo.toml").write_text(tallmo, encoding="utf-8")
    (folder / "my-layouts" / "indikatorer.toml").write_text(layout, encoding="utf-8")
    (folder / "my-rules").mkdir()
    for number, rules in enumerate(code_blocks(DOCS / "RULES.md", "toml")[1:]):
        (folder / "my-rules" / f"{number}.toml").write_text(rules, encoding="utf-8")
    shutil.copy(folder / "my-rules" / "0.toml", folder / "my-rules.toml")
    (folder / "tallmo.pdf").write_bytes(third_region())
    (folder / "report.pdf").write_bytes(  # of the family that my-layouts describes
        report(
            headers=("Indikator", "Ansvarig", "Kön", "Målnivå 2031", "Bedömning", "Trend"),
            leads=("Övergripande mål", "Delmål"),
            title="Uppföljning av mål och budget 2031 för Region Tallmo",
        )
    )
    make_key(folder / "key")
    (corrections,) = code_blocks(DOCS / "CORRECTIONS.md", "csv")
    (folder / "data" / "corrections.csv.example").write_text(corrections, encoding="utf-8")


@dataclass(frozen=True)
class Example:
    """One line that a reader may copy."""

    where: str
    line: str

    @property
    def words(self) -> list[str]:
        return shlex.split(self.line, comments=True)

    @property
    def why_not_run(self) -> str | None:
        text = " ".join(self.words)
        return next((why for start, why in NOT_RUN.items() if re.match(start, text)), None)


def helps(command: click.Command, *names: str) -> Iterator[tuple[str, str]]:
    """The name and the help text of a command and of all below it."""
    yield " ".join(("styrmatt", *names, "--help")), command.help or ""
    if isinstance(command, click.Group):
        for name, below in command.commands.items():
            yield from helps(below, *names, name)


def examples() -> dict[str, list[Example]]:
    """The examples of each page and of each help text."""
    found: dict[str, list[Example]] = {}
    for page in PAGES:
        name = page.relative_to(ROOT).as_posix()
        lines = "\n".join(code_blocks(page, "sh")).splitlines()
        found[name] = [Example(name, line) for line in lines]
    for name, text in helps(cli):
        # A remark may stand behind an example, three blanks or more away from it.
        lines = re.findall(r"^ +(styrmatt .*?)(?: {3,}.*)?$", text.partition("Examples:")[2], re.M)
        found[name] = [Example(name, line) for line in lines]
    return {name: kept for name, all_ in found.items() if (kept := [e for e in all_ if e.words])}


EXAMPLES = examples()
RUN = {name: [e for e in lines if e.why_not_run is None] for name, lines in EXAMPLES.items()}


def run(example: Example) -> str:
    """What the example prints, in the current folder. It succeeds, or finds what it looks for."""
    words, target = example.words, None
    if words[-2] in (">", ">>"):
        words, target = words[:-2], words[-1]
    assert Path(words[0]).name == "styrmatt", f"say in NOT_RUN why {example} does not run"
    ended = CliRunner().invoke(cli, words[1:], prog_name="styrmatt", standalone_mode=False)
    assert ended.exception is None, f"{example}: {ended.exception}"
    code = ended.return_value or ExitCode.DONE
    assert code in (ExitCode.DONE, ExitCode.FINDINGS), f"{example}: {ended.output}"
    if target is not None:
        Path(target).write_text(ended.stdout, encoding="utf-8")
    for option in ("-o", "--out"):
        if option in words:
            assert Path(words[words.index(option) + 1]).exists(), example
    return ended.output


@pytest.fixture(scope="module")
def furniture(tmp_path_factory: pytest.TempPathFactory, sample_root: Path) -> Path:
    """Where all examples begin; ``out`` is what an example of ``styrmatt run`` makes."""
    folder = tmp_path_factory.mktemp("furnished") / "folder"
    furnished(folder, sample_root)
    (example,) = (e for e in EXAMPLES["styrmatt run --help"] if "--out" in e.words)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        run(example)
    return folder


@pytest.fixture
def folder(furniture: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, which is the current folder."""
    copy = tmp_path / "folder"
    shutil.copytree(furniture, copy)
    monkeypatch.chdir(copy)
    return copy


@pytest.mark.parametrize("name", [name for name, lines in RUN.items() if lines])
def test_examples_run(name: str, folder: Path) -> None:
    if name == "docs/CORRECTIONS.md":
        (folder / "data" / "corrections.csv.example").rename(folder / "data" / "corrections.csv")
    printed = [run(example) for example in RUN[name]]
    if name == "docs/CORRECTIONS.md":
        drafts, ran, shown, proved, signed, by_key = printed
        lines = (folder / "data" / "corrections.csv").read_text(encoding="utf-8")
        cells = [sorted(line.split(";")[:4] for line in t.splitlines()) for t in (drafts, lines)]
        assert cells[0] == cells[1], "the page's file begins with what the template prints"
        assert "unchanged" in ran
        assert "2 applied, 0 not applied." in shown
        assert "4 reports: 4 proved, 0 not." in proved
        assert "files signed with ssh-ed25519 " in signed and "holder of the key" in by_key
    if name == "docs/LAYOUTS.md":
        drafted, checked, ran, _, listed, ran_too, _ = printed
        assert "Drafted draft.toml" in drafted
        assert checked.endswith("All matched.\n")
        assert "layout region-tallmo" in ran
        assert "6 entries of 1 report" in ran
        assert "indikatorer" in listed
        assert "2 entries of 1 report" in ran_too


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_is_not_run_names_things_that_exist(name: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for example in EXAMPLES[name]:
        for word in example.words if example.why_not_run else ():
            if word.startswith(("benchmarks/", "samples/", "docs/", "tests/", "src/")):
                assert (ROOT / word.partition("::")[0]).exists(), example
        if example.words[0] == "make":
            targets = [word for word in example.words[1:] if "=" not in word]
            assert all(re.search(rf"^{t}:", makefile, re.MULTILINE) for t in targets), example


@pytest.mark.parametrize("command", cli.commands)
def test_every_command_has_examples(command: str) -> None:
    assert EXAMPLES[f"styrmatt {command} --help"]


@pytest.mark.parametrize(
    "page", [page for page in PAGES if code_blocks(page, "python")], ids=lambda page: page.name
)
def test_the_programs_of_a_page_run(
    page: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names: dict[str, object] = {}
    for block in code_blocks(page, "python"):
        if not block.startswith(("# not run: ", "def test_")):
            exec(compile(block, page.name, "exec"), names)
            assert capsys.readouterr().out or "print" not in block


@pytest.mark.parametrize(
    ("page", "query"),
    [(page, query) for page in PAGES for query in code_blocks(page, "sql")],
    ids=lambda value: getattr(value, "name", ""),
)
def test_the_queries_of_a_page_find_something(page: Path, query: str, folder: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    rows = duckdb.sql(query).fetchall()
    assert rows
    if page == README:
        assert {year for year, *_ in rows} == {2022, 2023}
