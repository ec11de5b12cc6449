"""The Swedish words of the form itself (headers, legend, alternative texts), read from
content/words.toml."""

from __future__ import annotations

import functools
import tomllib
from pathlib import Path
from typing import Any

from typeset.blocks import Mark

CONTENT = Path(__file__).resolve().parent.parent / "content"


@functools.cache
def words() -> dict[str, Any]:
    """The tables of content/words.toml."""
    return tomllib.loads((CONTENT / "words.toml").read_text(encoding="utf-8"))


def cell_word(mark: Mark) -> str:
    """The word that is set in the cell instead of the mark."""
    return str(words()["cell_words"][mark.trend if mark.role == "trend" else mark.status])


def alternative(mark: Mark) -> str:
    """The alternative text of the mark."""
    return str(words()["alt"][mark.status if mark.role == "status" else mark.trend or mark.status])
