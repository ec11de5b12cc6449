"""What people decide about series: which one a measure or goal is of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

OWN_SERIES: Final = "own"
"""As a decision: the item has a series of its own, which nothing else is put into."""

Decisions = Sequence[tuple[str, str | None]]
"""Measure or goal id with the series id decided; None and OWN_SERIES both mean one of its own."""
