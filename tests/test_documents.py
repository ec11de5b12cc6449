"""What README and docs name exists: files, modules, functions, keys; pictures can be made anew."""

from __future__ import annotations

import ast
import re
import runpy
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from documents import DOCS, PAGES, ROOT, code_blocks
from PIL import Image

from styrmatt.inputs import Sidecar, read_sidecar
from styrmatt.layout_files import load_layouts, load_vocabulary
from styrmatt.normalize.targets.parse import TargetReader

SMALL = "region-adalen-2023-run-arsrapport.pdf"


def test_the_keys_of_a_sidecar_are_those_that_are_read(tmp_path: Path) -> None:
    (example,) = code_blocks(DOCS / "RUNS.md", "toml")
    (tmp_path / "r.toml").write_text(example, encoding="utf-8")
    sidecar = read_sidecar(tmp_path / "r.pdf")
    assert all(getattr(sidecar, key) is not None for key in Sidecar.__slots__)
    assert sidecar.layout in {layout.name for layout in load_layouts()}


def page_id(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", PAGES, ids=page_id)
def test_links_and_files_that_are_named_exist(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for target, anchor in re.findall(r"\]\(([^)#:]+)(?:#([^)]*))?\)", text):
        assert (path.parent / target).exists(), target
        if anchor:
            assert anchor in anchors(path.parent / target), f"{target}#{anchor}"
    for name in re.findall(r"`((?:src|tests|data|docs|samples|benchmarks)/[\w./-]*)`", text):
        assert (ROOT / name).exists(), name


def anchors(path: Path) -> set[str]:
    """What links can say behind ``#`` to come to a heading of the page."""
    headings = re.findall(r"^#+ (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_index_of_docs_lists_every_page() -> None:
    index = (DOCS / "README.md").read_text(encoding="utf-8")
    for page in DOCS.glob("*.md"):
        assert page.name == "README.md" or f"]({page.name})" in index, page.name


def test_no_picture_is_large() -> None:
    for picture in DOCS.glob("*.png"):
        assert picture.stat().st_size < 300_000
        with Image.open(picture) as file:
            assert file.width > 1000


def test_the_picture_can_be_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "new.png"
    monkeypatch.setattr(sys, "argv", ["make_picture.py", str(out)])
    runpy.run_path(str(DOCS / "make_picture.py"), run_name="__main__")
    with Image.open(out) as new, Image.open(DOCS / "page-and-rows.png") as old:
        assert new.size == old.size


@pytest.mark.slow
def test_the_benchmark_prints_a_line_per_number_of_pages() -> None:
    script = ROOT / "benchmarks" / "run_time.py"
    sample = ROOT / "data" / "raw" / SMALL
    command = [sys.executable, str(script), "--first", "3", "--times", "1", str(sample)]
    ended = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    lines = [line.split() for line in ended.stdout.splitlines()]
    assert [line[0] for line in lines if line and line[0] in ("3", "10")] == ["3", "10"]


NAMED = re.compile(r"`((?:[\w-]+/)*[\w-]+\.(?:py|toml|svg)|(?:[\w-]+/)+)(?::([\w.]+))?`")
"""A file or folder, and perhaps what to look for in it: ``extract/read.py:read_report``."""


def defined(tree: ast.AST) -> set[str]:
    """The functions, classes and constants of a module, and of its classes as ``Class.name``."""
    names: set[str] = set()
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
            if isinstance(node, ast.ClassDef):
                names |= {f"{node.name}.{name}" for name in defined(node)}
        elif isinstance(node, ast.AnnAssign | ast.Assign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names |= {target.id for target in targets if isinstance(target, ast.Name)}
    return names


@pytest.mark.parametrize("path", [DOCS / "ARCHITECTURE.md", ROOT / "CONTRIBUTING.md"], ids=page_id)
def test_modules_and_names_that_a_page_for_developers_names_exist(path: Path) -> None:
    """They stand as below ``src``, or as below the root: ``tests/``, ``data/`` ..."""
    named = NAMED.findall(path.read_text(encoding="utf-8"))
    assert named
    for file, name in named:
        found = next((base / file for base in (ROOT / "src", ROOT) if (base / file).exists()), None)
        assert found is not None, f"{file} is gone"
        if name:
            module = ast.parse(found.read_text(encoding="utf-8"))
            assert name in defined(module), f"{name} is not in {file}"


def test_every_room_is_in_the_table_of_rooms() -> None:
    text = (DOCS / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rooms = text.partition("## The rooms")[2].partition("\n## ")[0]
    for room in (ROOT / "src").rglob("__init__.py"):
        name = room.parent.relative_to(ROOT / "src").as_posix()
        if name not in (".", "audit", "export", "commands", "console"):  # said in the text above
            assert f"`{name}/`" in rooms, name


def test_the_picture_of_the_rooms_is_that_of_the_code() -> None:
    picture = runpy.run_path(str(DOCS / "make_rooms_picture.py"))["picture"]
    assert picture() == (DOCS / "rooms.svg").read_text(encoding="utf-8"), "run: make readme"


def test_the_cell_and_the_sentence_that_are_followed_end_as_the_page_says(
    sample_root: Path,
) -> None:
    import styrmatt

    text = (DOCS / "ARCHITECTURE.md").read_text(encoding="utf-8")
    records = styrmatt.load(sample_root, year=2022).set_index("record_id")
    (record_id,) = set(re.findall(r"`(m-\w+-K)`", text))
    row = records.loc[record_id]
    assert [row["target_direction"], row["status"], row["trend"]] == ["increase", "met", "up"]
    assert row["page"] == 6 and row["status_colour"] == "#00b050" and "#00b050" in text
    assert row["outcome_value"] == 78 and row["outcome_text"] in text
    outcomes = styrmatt.load(sample_root, "outcomes", year=2022)
    (score,) = outcomes[outcomes["text"] == row["outcome_text"]]["score"]
    assert f"(score {score:.2f})" in text.replace("\n", " ")


def test_the_first_change_of_the_page_for_contributors_does_what_it_says() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (word,) = set(re.findall(r'read\("(\w+)"\)\.direction == "increase"', text))
    before = load_vocabulary("sv")
    targets = replace(before.targets, increase=(*before.targets.increase, word))
    after = replace(before, targets=targets)
    assert TargetReader(after, 2022).read(word, "T", "Mått").direction == "increase"
    if word not in before.targets.increase:  # whoever follows the page has added it
        assert TargetReader(before, 2022).read(word, "T", "Mått").kind == "qualitative"
