"""The unit that a column of units or a header prints for the figures beside or below it."""

from __future__ import annotations

from typing import Final

from styrmatt.normalize.targets.units import PrintedUnit, implied_unit
from styrmatt.vocabulary import UnitWords

_LISTED: Final = (
    "percentage_points", "percent", "per_1000", "mnkr", "tkr", "kr", "days", "index", "count",
)  # fmt: skip
"""The units that words of the vocabulary stand for."""
_OF_HEADERS: Final = frozenset({"percent", "per_1000", "mnkr", "tkr", "kr", "days"})
"""Units that a header says of its column: a word such as "antal" there may count the measures."""


def unit_of_cell(text: str | None, units: UnitWords) -> PrintedUnit | None:
    """The unit in a cell of a column of units; None where it is empty or a dash."""
    text = (text or "").strip(" .()[]")
    if not any(char.isalpha() or char in "%‰" for char in text):
        return None
    folded = " ".join(text.casefold().split())
    for unit in _LISTED:
        if folded in {word.casefold().rstrip(".") for word in getattr(units, unit)}:
            return PrintedUnit(unit)
    return PrintedUnit(implied_unit(text, units))


def unit_of_header(text: str, units: UnitWords) -> PrintedUnit | None:
    """The unit that a header prints: ``Utfall 2022 (%)``; None where it prints none."""
    unit = implied_unit(text, units)
    return PrintedUnit(unit) if unit in _OF_HEADERS else None
