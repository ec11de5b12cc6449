"""The house rules that a machine can check, over the source of the package."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SRC = ROOT / "src"
MODULES = sorted(SRC.rglob("*.py"))
STAGES = ("extract", "normalize", "export", "audit")
FLOORS = (
    {"errors", "whitespace"},
    {"files"},
    {"urls"},
    {"printed"},
    {"records"},
    {"corrections"},
    {"differences"},
    {"toml_records"},
    {"vocabulary"},
    {"layout"},
    {"layout_files"},
    {"swedish"},
    set(STAGES),
    {"inputs"},
    {"pipeline"},
    {"console"},
    {"commands"},
    {"cli"},
    {"__main__"},
)
"""From the bottom up. A module imports from its own floor's package and from floors below."""
SHARED_FLOOR = {"errors", "whitespace"}
PUBLIC = {"__version__", "load"}
"""What the package itself offers; only the top floors take it from there."""


def room(path: Path) -> str:
    """The module or stage below ``src`` that a file belongs to."""
    return path.relative_to(SRC).parts[0].removesuffix(".py")


def floor(name: str) -> int:
    return next(number for number, rooms in enumerate(FLOORS) if name in rooms)


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """(line, dotted name) of every import, relative ones included as ``.``."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                yield node.lineno, "."
            elif node.module == "styrmatt":
                yield from ((node.lineno, f"styrmatt.{alias.name}") for alias in node.names)
            else:
                yield node.lineno, node.module or ""


def test_every_module_has_its_floor() -> None:
    rooms = {room(path) for path in MODULES} - {"__init__"}
    known = set().union(*FLOORS)
    assert rooms <= known, f"give these a floor: {sorted(rooms - known)}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SRC)))
def test_imports_point_downward(path: Path) -> None:
    ours = room(path)
    for line, name in imports(path):
        where = f"{path.relative_to(ROOT)}:{line} imports {name}"
        assert name != "." and name.split(".")[0] != "src", f"{where}: name it in full"
        if not name.startswith("styrmatt.") or ours == "__init__":
            continue
        theirs = name.split(".")[1]
        if theirs in PUBLIC:
            assert ours in ("pipeline", "cli"), f"{where}: versions come from above"
        elif theirs != ours:
            same_floor = {ours, theirs} <= SHARED_FLOOR
            assert floor(theirs) < floor(ours) or same_floor, f"{where}: that is not below"


@pytest.mark.parametrize(
    ("library", "owners"),
    [
        ("pdfplumber", {"extract/engine/pdfplumber_engine.py"}),
        ("pdfminer", {"extract/engine/pdfplumber_engine.py", "extract/engine/pdf_objects.py"}),
        (
            "pypdfium2",
            {
                "extract/engine/document.py",
                "extract/engine/pdfium.py",
                "extract/engine/pdfium_ctypes.py",
            },
        ),
        ("pyarrow", {"export"}),
        ("pandas", {"export"}),
        ("hunspell", {"swedish/dictionary.py"}),
        ("spacy", {"swedish/spans.py"}),
        ("simplemma", {"swedish/lemmas.py"}),
        ("rich", {"console"}),
        ("jinja2", {"console"}),
        ("click", {"cli.py", "commands"}),
        ("filelock", {"export/store/transaction.py"}),
        ("xlsxwriter", {"export/formats/xlsx_file.py"}),
        ("rdflib", {"export/formats/dcat.py"}),
        ("duckdb", {"export/formats/duckdb_file.py"}),
        ("fsspec", {"urls.py"}),
        ("distributed", {"pipeline/cluster/run.py", "pipeline/cluster/worker.py"}),
    ],
)
def test_a_heavy_library_has_one_owner(library: str, owners: set[str]) -> None:
    users = {
        path.relative_to(SRC).as_posix()
        for path in MODULES
        if any(name.split(".")[0] == library for _, name in imports(path))
    }
    strangers = {u for u in users if not any(u == o or u.startswith(o + "/") for o in owners)}
    assert not strangers


def heavy_at_import(path: Path) -> Iterator[str]:
    heavy = {
        "pdfplumber",
        "pdfminer",
        "pypdfium2",
        "pyarrow",
        "pandas",
        "hunspell",
        "rich",
        "jinja2",
        "filelock",
        "PIL",
        "spacy",
        "simplemma",
        "xlsxwriter",
        "rdflib",
        "duckdb",
        "fsspec",
        "distributed",
        "dask",
    }
    for node in tree(path).body:
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        yield from (name for name in names if name.split(".")[0] in heavy)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SRC)))
def test_heavy_libraries_are_imported_when_first_needed(path: Path) -> None:
    assert not list(heavy_at_import(path))


def test_every_package_folder_is_listed_for_the_wheel() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    folders = {path.parent for path in MODULES}
    packages = {".".join(("styrmatt", *folder.relative_to(SRC).parts)) for folder in folders}
    assert packages == set(project["tool"]["setuptools"]["packages"])


def literals(path: Path) -> Iterator[tuple[int, str]]:
    """Text in code: every string that is not a statement of its own (a docstring)."""
    module = tree(path)
    said = {
        id(node.value)
        for node in ast.walk(module)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
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
        f"{path.relative_to(ROOT)}:{line}: {text!r} holds {what}"
        for path in MODULES
        if path.relative_to(SRC).as_posix() not in OF_ANOTHER_LANGUAGE
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


def test_every_stage_is_a_package() -> None:
    for stage in STAGES:
        assert (SRC / stage / "__init__.py").is_file()


def test_the_link_for_static_tools_leads_to_the_source() -> None:
    link = ROOT / ".types" / "styrmatt"
    assert link.is_symlink() and link.resolve() == SRC.resolve()
