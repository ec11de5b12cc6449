"""The README's tables and help texts are those of the code.

After a change ``make readme`` writes them anew.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from styrmatt.cli import cli
from styrmatt.export.describe import column_table, exit_code_table
from styrmatt.records import AUDITS, DATASETS

README = Path(__file__).parents[1] / "README.md"


def block(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<=<!-- made: {name} -->\n).*?(?=\n<!-- /made -->)", re.DOTALL)


def help_text(*arguments: str) -> str:
    text = (
        CliRunner()
        .invoke(cli, [*arguments, "--help"], prog_name="styrmatt", terminal_width=80)
        .output
    )
    return f"```text\n$ styrmatt {' '.join((*arguments, '--help'))}\n{text.rstrip()}\n```"


def made() -> dict[str, str]:
    """The README's blocks by name, as the code has them."""
    blocks = {"exit codes": exit_code_table(), "run help": help_text("run")}
    blocks["check help"] = help_text("check")
    for dataset in (*DATASETS, *AUDITS):
        blocks[f"columns of {dataset}"] = column_table([dataset])
    return blocks


@pytest.mark.parametrize("name", made())
def test_the_readme_says_what_the_code_does(name: str) -> None:
    text = README.read_text(encoding="utf-8")
    (found,) = block(name).findall(text)
    if os.environ.get("UPDATE_README"):
        README.write_text(block(name).sub(lambda _: made()[name], text), encoding="utf-8")
    else:
        assert found == made()[name], "run: make readme"
