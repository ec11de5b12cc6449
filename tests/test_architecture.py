"""The house rules that a machine can check, over the source of the package.

Who may import whom is said in pyproject.toml, for import-linter.
"""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SRC = ROOT / "src"
MODULES = {path.relative_to(SRC).as_posix(): path for path in sorted(SRC.rglob("*.py"))}
"""Every module's file, by its path below ``src``."""
OWNERS = {
    "pdfplumber": {"extract/engine/pdfplumber_engine.py"},
    "pdfminer": {"extract/engine/pdfplumber_engine.py", "extract/engine/pdf_objects.py"},
    "pypdfium2": {
        "extract/engine/annotations.py",
        "extract/engine/document.py",
        "extract/engine/pdfium.py",
        "extract/engine/pdfium_ctypes.py",
        "extract/engine/render.py",
    },
    "pyarrow": {"export"},
    "pandas": {"export"},
    "hunspell": {"swedish/dictionary.py"},
    "spacy": {
        "swedish/rules/draw_spans.py",
        "swedish/rules/language_pipeline.py",
        "swedish/rules/report_tokens.py",
        "swedish/rules/rule_finder.py",
        "swedish/rules/spans.py",
    },
    "simplemma": {"swedish/lemma_dictionary.py"},
    "rich": {"console"},
    "jinja2": {"console", "review/web/render.py"},
    "click": {"cli.py", "commands"},
    "filelock": {"export/store/transaction.py"},
    "xlsxwriter": {"export/formats/xlsx_file.py"},
    "rdflib": {"export/formats/dcat.py"},
    "duckdb": {"export/formats/duckdb_file.py"},
    "fsspec": {"urls.py"},
    "cryptography": {"export/store/signature.py"},
    "regex": {"extract/pattern_limit.py"},
    "numpy": {"scans"},
    "ocrmypdf": {"scans/ocrmypdf_plugin.py"},
    "starlette": {"review/web/server.py"},
    "uvicorn": {"review/web/serve.py"},
    "altair": {"review/views/chart_drawings.py"},
    "vl_convert": {"review/views/charts.py"},
    "distributed": {"pipeline/cluster/run.py", "pipeline/cluster/worker.py"},
}
"""The modules or folders that alone import a library: what it does is hidden behind them."""
SLOW = (OWNERS.keys() - {"click", "ocrmypdf"}) | {"PIL", "dask"}
"""Libraries that take long to import: functions import them when they first need them."""


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def libraries(nodes: Iterator[ast.AST]) -> Iterator[str]:
    """The top-level packages that these statements import."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


def test_imports_keep_to_the_contracts() -> None:
    run = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    paths = os.pathsep.join(filter(None, (str(ROOT / ".types"), os.environ.get("PYTHONPATH"))))
    done = subprocess.run(
        [sys.executable, "-c", run, "--no-cache", "--no-logo"],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": paths},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_heavy_library_has_one_owner() -> None:
    strangers = [
        (name, library)
        for name, path in MODULES.items()
        for library in libraries(ast.walk(tree(path)))
        if library in OWNERS
        and not any(name == owner or name.startswith(owner + "/") for owner in OWNERS[library])
    ]
    assert not strangers


def test_slow_libraries_are_imported_when_first_needed() -> None:
    at_import = [
        (name, library)
        for name, path in MODULES.items()
        for library in libraries(iter(tree(path).body))
        if library in SLOW
    ]
    assert not at_import


def test_every_package_folder_is_listed_for_the_wheel() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    folders = {path.parent for path in MODULES.values()}
    packages = {".".join(("styrmatt", *folder.relative_to(SRC).parts)) for folder in folders}
    assert packages == set(project["tool"]["setuptools"]["packages"])
    assert folders == {folder for folder in folders if (folder / "__init__.py").is_file()}


def literals(path: Path) -> Iterator[tuple[int, str]]:
    """Text in code, with its line: every string but docstrings."""
    module = tree(path)
    docstrings = {
        id(node.value)
        for node in ast.walk(module)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(module):
        if not isinstance(node, ast.Constant) or id(node) in docstrings:
            continue
        if isinstance(node.value, str):
            yield node.lineno, node.value


LANGUAGE_CODES = {"sv", "sv-SE", "sv_SE", "swe", "en", "eng", "da", "nb", "nn", "fi"}
SWEDISH_WORDS = {
    *("och", "eller", "samt", "respektive", "varav"),
    *("av", "till", "med", "vid", "hos", "inom", "som", "att", "om"),
    *("det", "den", "detta", "dessa", "ett", "har", "hade", "ska", "kan"),
    *("inte", "ej", "ingen", "inget", "inga", "alla", "samtliga", "totalt"),
    *("procent", "antal", "andel", "kommun", "ord"),
}
"""Words without \u00e5, \u00e4 or \u00f6 that are no English words."""
LETTER_RANGE = re.compile(r"[^\W\d_]-[^\W\d_]")
OF_ANOTHER_LANGUAGE = {
    "records.py": "meanings name the Swedish terms of the field beside the English ones",
    "export/formats/dcat.py": "the languages of a catalogue",
    "export/formats/publisher.py": "the languages of a catalogue",
}
"""The modules that may hold what is of one language, and why."""


def of_one_language(text: str) -> str | None:
    """What a literal holds that belongs to one language; None where there is nothing."""
    if set("\u00e5\u00e4\u00f6\u00c5\u00c4\u00d6") & set(text):
        return "a Swedish letter"
    if text in LANGUAGE_CODES:
        return "the code of a language"
    without_escapes = re.sub(r"\\[A-Za-z]", " ", text)
    if SWEDISH_WORDS & set(re.findall(r"[^\W\d_]+", without_escapes.casefold())):
        return "a Swedish word"
    if any(not span.group().isascii() for span in LETTER_RANGE.finditer(text)):
        return "a range of letters that only some languages have"
    return None


def test_what_is_of_one_language_lives_in_layouts() -> None:
    found = [
        f"{name}:{line}: {text!r} holds {what}"
        for name, path in MODULES.items()
        if name not in OF_ANOTHER_LANGUAGE
        for line, text in literals(path)
        if (what := of_one_language(text))
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "text", ["(?:och|samt) \\d", "sv", "[A-Z\u00c0-\u00d6]", "m\u00e5l", " eller ", r"\bav\b"]
)
def test_literals_of_one_language_are_seen(text: str) -> None:
    assert of_one_language(text)


@pytest.mark.parametrize("text", ["per_1000", "men", r"[A-Z]\w+", "kr", r"[^\W\d_]+", "under it"])
def test_other_literals_are_of_no_language(text: str) -> None:
    assert of_one_language(text) is None


def test_the_link_for_static_tools_leads_to_the_source() -> None:
    link = ROOT / ".types" / "styrmatt"
    assert link.is_symlink() and link.resolve() == SRC.resolve()
