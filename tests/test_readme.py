"""The tables, help texts and outputs in README and docs are those of the code.

A page has such a block between ``<!-- made: NAME -->`` and ``<!-- /made -->``. After a change of
the code ``make readme`` writes them anew.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from documents import DOCS, README, ROOT, check_made_block
from third_region import NAME as TALLMO
from third_region import third_region

from styrmatt.cli import cli
from styrmatt.corrections.fields import CORRECTABLE
from styrmatt.export.formats.publisher import template
from styrmatt.export.schema.columns import declared, purpose
from styrmatt.export.schema.describe import column_table, exit_code_table, source_table
from styrmatt.pipeline.use_cases.draft_layout import draft_layout
from styrmatt.records import FINDING_KINDS, REVIEW_REASONS
from styrmatt.review_advice import ADVICE
from styrmatt.whitespace import single_spaced

CHECK = DOCS / "CHECK.md"
COLUMNS = DOCS / "COLUMNS.md"
COMMANDS = DOCS / "COMMANDS.md"
LAYOUTS = DOCS / "LAYOUTS.md"
CORRECTIONS = DOCS / "CORRECTIONS.md"
REVIEW = DOCS / "REVIEW.md"
SCHEMA = DOCS / "SCHEMA.md"
SERIES = DOCS / "SERIES.md"
EXPORT = DOCS / "EXPORT.md"
LONGEST_README = 250
"""Lines. A longer one is not read: what is more belongs on a page of docs."""
FIRST_SCREEN = 25
"""Lines. What comes out of a report must be seen before anybody scrolls."""
OF_LAYOUTS = (
    "Layout",
    "Headings",
    "LayoutHeader",
    "OwnStatuses",
    "OwnTrends",
    "LayoutTable",
    "LayoutColumn",
    "Identity",
)
"""The classes of a layout file, in the order in which they are shown."""


def help_text(*arguments: str) -> str:
    text = (
        CliRunner()
        .invoke(cli, [*arguments, "--help"], prog_name="styrmatt", terminal_width=80)
        .output
    )
    shown = " ".join(("styrmatt", *arguments, "--help"))
    return f"```text\n$ {shown}\n{text.rstrip()}\n```"


def commands(group: click.Group = cli, *names: str) -> Iterator[tuple[str, ...]]:
    """The words of every command: ``("run",)``, ``("corrections", "show")`` ..."""
    for name, command in group.commands.items():
        yield (*names, name)
        if isinstance(command, click.Group):
            yield from commands(command, *names, name)


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


_TABLES_OF = {"LayoutTable": "tables `[[tables]]`", "LayoutHeader": "tables `[[columns]]`"}
"""What the classes of a layout's lists of tables are in TOML."""


def in_toml(annotation: str, key: str = "") -> str:
    """A type as people say it who write TOML; ``key`` is that of a table."""
    annotation = annotation.removesuffix(" | None")
    if annotation.startswith("Literal["):
        return " | ".join(f"`{v}`" for v in ast.literal_eval(annotation.removeprefix("Literal")))
    if many := re.fullmatch(r"tuple\[(.*), \.\.\.\]", annotation):
        of = in_toml(many[1]).removeprefix("a ")
        return _TABLES_OF.get(many[1], f"list of {of}s")
    names = {"str": "a text", "bool": "true or false", "int": "a whole number"}
    names |= {"re.Pattern[str]": "a regular expression", "LayoutColumn": "a column"}
    return names.get(annotation, f"a table `[{key or annotation.lower()}]`")


def layout_keys() -> str:
    classes, parts = classes_of("layout"), []
    for name in OF_LAYOUTS:
        heading = "### " + (name.removeprefix("Layout").removeprefix("Own") or name)
        lines = [heading, "", (ast.get_docstring(classes[name]) or "").replace("``", "`"), ""]
        lines += ["| key | what | meaning |", "| --- | --- | --- |"]
        for key, annotation, needed, meaning in keys(classes[name]):
            shown = f"**`{key}`**" if needed else f"`{key}`"
            what = in_toml(annotation, key).replace("|", "\\|")
            lines.append(f"| {shown} | {what} | {single_spaced(meaning).replace('``', '`')} |")
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


def datasets() -> str:
    lines = ["| dataset | what it holds |", "| --- | --- |"]
    first = ("records", *(name for name in declared() if name != "records"))
    lines += [f"| [`{name}`](docs/COLUMNS.md#{name}) | {purpose(name)} |" for name in first]
    return "\n".join(lines)


def finding_kinds() -> str:
    lines = ["| kind | what disagrees |", "| --- | --- |"]
    return "\n".join([*lines, *(f"| `{k}` | {meaning} |" for k, meaning in FINDING_KINDS.items())])


def review_reasons() -> str:
    lines = ["| reason | why | what to do |", "| --- | --- | --- |"]
    return "\n".join([*lines, *(f"| `{k}` | {REVIEW_REASONS[k]} | {ADVICE[k]} |" for k in ADVICE)])


def made() -> dict[tuple[Path, str], str]:
    """The blocks by file and name, as the code has them."""
    blocks = {(README, "datasets"): datasets()}
    blocks[COMMANDS, "styrmatt help"] = help_text()
    for words in commands():
        blocks[COMMANDS, f"{' '.join(words)} help"] = help_text(*words)
    blocks[COMMANDS, "exit codes"] = exit_code_table()
    for dataset in declared():
        blocks[COLUMNS, f"columns of {dataset}"] = column_table([dataset])
    blocks[CHECK, "kinds"] = finding_kinds()
    blocks[REVIEW, "review reasons"] = review_reasons()
    blocks[SCHEMA, "sources"] = source_table()
    blocks[EXPORT, "a configuration"] = f"```toml\n{template()}```"
    blocks[CORRECTIONS, "fields to correct"] = fields_to_correct()
    blocks[LAYOUTS, "keys of a layout"] = layout_keys()
    blocks[LAYOUTS, "tables of the vocabulary"] = vocabulary_tables()
    return blocks


def four_rows(extract: Path) -> str:
    """Four records of the page that the README's picture shows, with the columns that tell most."""
    import pandas as pd

    import styrmatt

    records = styrmatt.load(extract, year=2022)
    page = records[(records["page"] == 6) & records["body"].isna()]
    page = page.assign(top=page["bbox"].str[1]).sort_values("top")[:4]
    shown = ["measure", "sex", "target_text", "target_value", "target_unit", "outcome_value"]
    shown += ["status", "trend", "page"]
    lines = [f"| {' | '.join(shown)} |", "| --- " * len(shown) + "|"]
    for row in page[shown].itertuples(index=False):
        cells = ("" if pd.isna(value) else format(value, "") for value in row)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def shown_series(extract: Path) -> str:
    """What the command of docs/SERIES.md prints."""
    arguments = ["show", "klusterprogram", "--data", str(extract)]
    printed = CliRunner().invoke(cli, arguments, prog_name="styrmatt").output
    return f"```text\n{printed.rstrip()}\n```"


def test_the_page_on_layouts_shows_what_is_drafted(tmp_path: Path) -> None:
    (tmp_path / TALLMO).write_bytes(third_region())
    draft = draft_layout(tmp_path / TALLMO)
    check_made_block(LAYOUTS, "a draft", f"```text\n{draft}```")


@pytest.mark.parametrize(("path", "name"), made(), ids=lambda value: getattr(value, "name", value))
def test_the_documents_say_what_the_code_does(path: Path, name: str) -> None:
    check_made_block(path, name, made()[path, name])


@pytest.mark.parametrize(
    ("path", "name", "make"),
    [(README, "four rows", four_rows), (SERIES, "show", shown_series)],
    ids=("four rows", "show"),
)
def test_the_documents_show_what_the_samples_give(
    path: Path, name: str, make: Callable[[Path], str], sample_root: Path
) -> None:
    check_made_block(path, name, make(sample_root))


def test_the_readme_is_short_and_shows_rows_first(sample_root: Path) -> None:
    import styrmatt

    text = README.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_README
    assert len(text.partition("<!-- /made -->")[0].splitlines()) <= FIRST_SCREEN
    assert f"the {len(styrmatt.load(sample_root))} rows" in text


@pytest.mark.parametrize("name", OF_LAYOUTS)
def test_every_key_of_a_layout_is_explained(name: str) -> None:
    assert [key for key, _, _, meaning in keys(classes_of("layout")[name]) if not meaning] == []


def test_every_review_reason_that_is_given_says_what_to_do() -> None:
    given = {k for k, why in REVIEW_REASONS.items() if not why.startswith("no longer given")}
    assert set(ADVICE) == given
