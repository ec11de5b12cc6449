"""The pages of the documentation: which there are, and the blocks and commands in them."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
README = ROOT / "README.md"
BENCHMARKS = ROOT / "benchmarks" / "README.md"
PAGES = (
    README,
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    *sorted(DOCS.glob("*.md")),
    BENCHMARKS,
    ROOT / "samples" / "README.md",
)


def code_blocks(path: Path, language: str) -> list[str]:
    """The texts of a page's fenced blocks in this language."""
    text = path.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def commands(path: Path) -> Iterator[list[str]]:
    """The commands in a page's shell blocks, as words, without remarks."""
    for block in code_blocks(path, "sh"):
        for line in block.splitlines():
            if words := shlex.split(line, comments=True):
                yield words


def made_block(name: str) -> re.Pattern[str]:
    """Matches what stands in a page between ``<!-- made: NAME -->`` and ``<!-- /made -->``."""
    return re.compile(rf"(?<=<!-- made: {name} -->\n).+?(?=\n<!-- /made -->)", re.DOTALL)


def check_made_block(path: Path, name: str, wanted: str) -> None:
    """The block of the page is as wanted; where UPDATE_README is set it is made so."""
    text = path.read_text(encoding="utf-8")
    (found,) = made_block(name).findall(text)
    if os.environ.get("UPDATE_README"):
        path.write_text(made_block(name).sub(lambda _: wanted, text), encoding="utf-8")
    else:
        assert found == wanted, "run: make readme"
