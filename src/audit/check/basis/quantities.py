"""Figures with units in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from styrmatt.swedish.numbers import FIGURE, YEAR, parse_number
from styrmatt.vocabulary import Vocabulary

_FIGURE: Final = re.compile(rf"(?<![\w,.]){FIGURE}(?!\w|[.,]\d)")
_UNITS: Final = (
    "percentage_points",
    "per_1000",
    "percent",
    "mnkr",
    "tkr",
    "kr",
    "days",
    "index",
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure of a sentence. ``unit`` is None for counted things and bare figures."""

    value: float
    unit: str | None
    start: int
    end: int
    printed: str


class QuantityReader:
    """Reads the figures of sentences by a vocabulary's units."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        units = vocabulary.units
        pairs = [(word, unit) for unit in _UNITS for word in getattr(units, unit)]
        pairs += [(word, f"unlisted {word}") for word in units.unlisted]
        pairs += [(f"{word} {u}", f"{word} {u}") for word in units.scales for u in units.kr]
        pairs.sort(key=lambda pair: -len(pair[0]))
        self._units = [
            (re.compile(rf"\s*{re.escape(word)}(?!\w)", re.IGNORECASE), unit)
            for word, unit in pairs
        ]

    def read(self, sentence: str) -> Iterator[Quantity]:
        """The figures of a sentence, without years and without what could be read in two ways."""
        for match in _FIGURE.finditer(sentence):
            unit, end = self._unit(sentence, match.end())
            if unit is None and YEAR.fullmatch(match.group()):
                continue
            value = parse_number(match.group())
            if value is not None:
                yield Quantity(value, unit, match.start(), end, sentence[match.start() : end])

    def _unit(self, sentence: str, at: int) -> tuple[str | None, int]:
        for pattern, unit in self._units:
            if found := pattern.match(sentence, at):
                return unit, found.end()
        return None, at
