"""The words that perturbations print, from trust.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from perturb.draft import Draft

_FILE = Path(__file__).resolve().parents[1] / "trust.toml"


@cache
def words() -> dict[str, Any]:
    """The tables of trust.toml."""
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def header(draft: Draft, name: str) -> str:
    """One of the headers of this name, with the report's year."""
    year = draft.report.fiscal_year
    chosen = draft.random.choice(words()["headers"][name])
    return str(chosen.format(year=year, before=year - 1))
