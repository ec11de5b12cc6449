"""The tables and help texts in README and docs are those of the code.

After a change ``make readme`` writes them anew.
"""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from styrmatt.cli import cli
from styrmatt.corrections.fields import CORRECTABLE
from styrmatt.export.formats.publisher import template
from styrmatt.export.schema.columns import declared
from styrmatt.export.schema.describe import column_table, exit_code_table, source_table

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
LAYOUTS = ROOT / "docs" / "LAYOUTS.md"
CORRECTIONS = ROOT / "docs" / "CORRECTIONS.md"
SCHEMA = ROOT / "docs" / "SCHEMA.md"
EXPORT = ROOT / "docs" / "EXPORT.md"
DIFF = ROOT / "docs" / "DIFF.md"
OF_LAYOUTS = ("Layout", "Headings", "LayoutTable", "LayoutColumn", "Identity")
"""The classes of a layout file, in the order in which they are shown."""


def block(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<=<!-- made: {name} -->\n).*?(?=\n<!-- /made -->)", re.DOTALL)


def help_text(*arguments: str) -> str:
    text = (
        CliRunner()
        .invoke(cli, [*arguments, "--help"], prog_name="styrmatt", terminal_width=80)
        .output
    )
    return f"```text\n$ styrmatt {' '.join((*arguments, '--help'))}\n{text.rstrip()}\n```"


def classes_of(name: str) -> dict[str, ast.ClassDef]:
    """The classes of a module of the package."""
    module = ast.parse((ROOT / "src" / f"{name}.py").read_text(encoding="utf-8"))
    return {node.name: node for node in module.body if isinstance(node, ast.ClassDef)}


def keys(node: ast.ClassDef) -> Iterator[tuple[str, str, bool, str]]:
    """(key, type, needed, meaning) of each field; its meaning is the text below it."""
    for field, after in zip(node.body, [*node.body[1:], None], strict=True):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
            told = isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
            meaning = str(after.value.value) if told else ""  # type: ignore[union-attr]
            yield field.target.id, ast.unparse(field.annotation), field.value is None, meaning


def in_toml(annotation: str) -> str:
    """A type as people say it who write TOML."""
    if annotation.startswith("Literal["):
        return " | ".join(f"`{v}`" for v in ast.literal_eval(annotation.removeprefix("Literal")))
    if many := re.fullmatch(r"tuple\[(.*), \.\.\.\]", annotation):
        of = in_toml(many[1]).removeprefix("a ")
        return "tables `[[tables]]`" if many[1] == "LayoutTable" else f"list of {of}s"
    names = {"str": "a text", "bool": "true or false", "int": "a whole number"}
    names |= {"re.Pattern[str]": "a regular expression", "LayoutColumn": "a column"}
    return names.get(annotation, f"a table `[{annotation.lower()}]`")


def layout_keys() -> str:
    classes, parts = classes_of("layout"), []
    for name in OF_LAYOUTS:
        heading = "### " + (name.removeprefix("Layout") or name)
        lines = [heading, "", (ast.get_docstring(classes[name]) or "").replace("``", "`"), ""]
        lines += ["| key | what | meaning |", "| --- | --- | --- |"]
        for key, annotation, needed, meaning in keys(classes[name]):
            shown = f"**`{key}`**" if needed else f"`{key}`"
            what = in_toml(annotation).replace("|", "\\|")
            lines.append(f"| {shown} | {what} | {meaning.replace(chr(10), ' ')} |")
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def vocabulary_tables() -> str:
    classes = classes_of("vocabulary")
    lines = ["| table | what it holds | keys |", "| --- | --- | --- |"]
    for key, annotation, _, _ in keys(classes["Vocabulary"]):
        if annotation in classes:
            told = (ast.get_docstring(classes[annotation]) or "").replace("``", "`")
            names = ", ".join(f"`{name}`" for name, *_ in keys(classes[annotation]))
            lines.append(f"| `[{key}]` | {told.partition(chr(10))[0]} | {names} |")
        elif annotation.startswith("Mapping"):
            lines.append(f"| `[{key}]` | value and its words or signs | |")
        else:
            lines.append(f"| `{key}` | {in_toml(annotation)} | |")
    return "\n".join(lines)


def fields_to_correct() -> str:
    lines = ["| id of a row of | fields |", "| --- | --- |"]
    for dataset, names in CORRECTABLE.items():
        lines.append(f"| {dataset} | {', '.join(f'`{name}`' for name in names)} |")
    return "\n".join(lines)


def made() -> dict[tuple[Path, str], str]:
    """The blocks by file and name, as the code has them."""
    blocks = {(README, "exit codes"): exit_code_table()}
    for command in ("run", "inspect", "check", "show", "verify"):
        blocks[README, f"{command} help"] = help_text(command)
    for dataset in declared():
        blocks[README, f"columns of {dataset}"] = column_table([dataset])
    blocks[SCHEMA, "sources"] = source_table()
    blocks[EXPORT, "export help"] = help_text("export")
    blocks[EXPORT, "a configuration"] = f"```toml\n{template()}```"
    blocks[DIFF, "diff help"] = help_text("diff")
    blocks[CORRECTIONS, "fields to correct"] = fields_to_correct()
    blocks[LAYOUTS, "keys of a layout"] = layout_keys()
    blocks[LAYOUTS, "tables of the vocabulary"] = vocabulary_tables()
    return blocks


@pytest.mark.parametrize(("path", "name"), made(), ids=lambda value: getattr(value, "name", value))
def test_the_documents_say_what_the_code_does(path: Path, name: str) -> None:
    text = path.read_text(encoding="utf-8")
    (found,) = block(name).findall(text)
    wanted = made()[path, name]
    if os.environ.get("UPDATE_README"):
        path.write_text(block(name).sub(lambda _: wanted, text), encoding="utf-8")
    else:
        assert found == wanted, "run: make readme"


@pytest.mark.parametrize("name", OF_LAYOUTS)
def test_every_key_of_a_layout_is_explained(name: str) -> None:
    assert [key for key, _, _, meaning in keys(classes_of("layout")[name]) if not meaning] == []
