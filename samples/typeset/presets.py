"""The named styles, read from styles.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from typeset.style import Style


def _style(name: str, values: dict[str, Any]) -> Style:
    """A style from its table; lists stand for tuples, and the shade "none" for no shade."""
    plain: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in values.items()
    }
    if plain.get("header_shade") == "none":
        plain["header_shade"] = None
    return Style(name=name, **plain)


_TABLES = tomllib.loads(Path(__file__).with_name("styles.toml").read_text(encoding="utf-8"))

STYLES = {name: _style(name, values) for name, values in _TABLES.items()}
