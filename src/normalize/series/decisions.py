"""What people decide about series: which one a measure or goal is of, and what that one follows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

OWN_SERIES: Final = "own"
"""As a decision: the item has a series of its own, which nothing else is put into."""
AFTER: Final = "after:"
"""Begins a decision about what the item's series took the place of: behind it stands the id of a
series, or NOTHING."""
NOTHING: Final = "none"

Decisions = Sequence[tuple[str, str | None]]
"""Measure or goal id with the series id decided; None and OWN_SERIES both mean one of its own, and
what begins with AFTER leaves the series and says which one it took the place of."""


def followed_series(decision: str | None) -> str | None:
    """The series id behind AFTER, or NOTHING; None where the decision is of another kind."""
    if decision is None or not decision.startswith(AFTER):
        return None
    return decision.removeprefix(AFTER).strip()
