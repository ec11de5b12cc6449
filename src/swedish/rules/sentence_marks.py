"""Spans of a sentence, as the reading of results sees them: without spaCy."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from styrmatt.swedish.rules.narrative_patterns import YEARS

SINGLE, NONE = "single", "none"
"""Labels of a word that counts one thing done, or none: "en konferens har hållits"."""
_FIRST_YEARS = re.compile(YEARS)
_BETTER: Final = "_better"
"""Ends the labels of spans that say which way is better: "lower_better"."""


@dataclass(frozen=True, slots=True)
class Span:
    """A span of a sentence: its label, and where it begins and ends in the sentence's text."""

    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, where it begins in its paragraph, and its spans by kind, in printed order."""

    text: str
    start: int
    marks: dict[str, tuple[Span, ...]] = field(default_factory=dict)

    def of(self, kind: str) -> tuple[Span, ...]:
        """The spans of a kind."""
        return self.marks.get(kind, ())

    def quote(self, mark: Span) -> str:
        """The text of a span."""
        return self.text[mark.start : mark.end]


def better_way(marks: Iterable[Span]) -> str | None:
    """The way that is called better among spans of changes; None where there is none, or two."""
    ways = {mark.label.removesuffix(_BETTER) for mark in marks if mark.label.endswith(_BETTER)}
    return ways.pop() if len(ways) == 1 else None


def last_year(text: str) -> int:
    """The year of a span of that label; the last one of a school year: 2022 of "2021/22".

    The span is a whole word, of which the year may be a part.
    """
    found = _FIRST_YEARS.search(text)
    if found is None:
        raise ValueError(f"{text!r} has no year")
    first, _, last = found[0].partition("/")
    return int(first[: len(first) - len(last)] + last)
