"""The parts of a sentence that are one token and mean something: figures, years, sexes."""

from __future__ import annotations

from typing import Final, NamedTuple

FIGURE, YEAR, BEFORE, WOMEN, MEN, HEDGE, MONTH = (
    "FIGURE",
    "YEAR",
    "BEFORE",
    "WOMEN",
    "MEN",
    "HEDGE",
    "MONTH",
)
"""What a part is. ``BEFORE`` are words for the year before, ``HEDGE`` words before a figure that
leave it what it is."""
KINDS: Final = frozenset({FIGURE, YEAR, BEFORE, WOMEN, MEN, HEDGE, MONTH})
PIECES: Final = "styrmatt_pieces"
"""The key of a document's user data under which its parts stand, by where they begin."""


class Piece(NamedTuple):
    """A part of a sentence that is one token, and what it is."""

    start: int
    end: int
    kind: str
    unit: str = ""
    value: float | None = None
