"""The Swedish words of the form itself (headers, legend, alternative texts), read from content/words.toml."""

from __future__ import annotations

import functools
import tomllib
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).resolve().parent.parent / "content"


@functools.cache
def words() -> dict[str, Any]:
    """The tables of content/words.toml."""
    return tomllib.loads((CONTENT / "words.toml").read_text(encoding="utf-8"))
