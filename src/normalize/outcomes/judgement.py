"""Which way of a measure is better, where the words call a change good or bad."""

from __future__ import annotations

from collections.abc import Iterable

from styrmatt.swedish.narrative_patterns import Patterns
from styrmatt.swedish.spans import Sentence, Span

Pair = tuple[float | None, float | None]
"""A result and the one before it."""


class Judge:
    """Reads judgements: "..., vilket är en förbättring"."""

    def __init__(self, patterns: Patterns) -> None:
        self._none = patterns.literal(*patterns.words.changes.no_judgement)

    def good(self, sentence: Sentence) -> bool | None:
        """Whether the sentence calls its change good; None where it says nothing or two things."""
        mark = self._mark(sentence)
        return None if mark is None else mark.label == "improved"

    def better(self, sentence: Sentence, results: Iterable[Pair] = ()) -> str | None:
        """Which way is better: the way of a change that the sentence calls good.

        The change is that of the results and the word for it ahead; the two must not differ.
        """
        mark = self._mark(sentence)
        if mark is None:
            return None
        said = [m for m in sentence.of("changes") if m.label in ("increased", "decreased")]
        ways = {m.label == "increased" for m in said}
        ways |= {way for pair in results if (way := _rising(pair)) is not None}
        if len(ways) != 1 or any(m.start > mark.end for m in said):
            return None
        return "higher" if ways.pop() == (mark.label == "improved") else "lower"

    def _mark(self, sentence: Sentence) -> Span | None:
        marks = [m for m in sentence.of("changes") if m.label in ("improved", "worsened")]
        if len(marks) != 1 or self._none.search(sentence.quote(marks[0])):
            return None
        return marks[0]


def better_way(pair: Pair, good: bool | None) -> str | None:
    """The way that is better where the step between two results is called good or bad."""
    way = _rising(pair)
    if way is None or good is None:
        return None
    return "higher" if way == good else "lower"


def _rising(pair: Pair) -> bool | None:
    value, previous = pair
    if value is None or previous is None or value == previous:
        return None
    return value > previous
