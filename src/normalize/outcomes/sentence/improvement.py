"""Which way of a measure is better, where the narrative calls a change good or bad."""

from __future__ import annotations

from collections.abc import Iterable

from styrmatt.swedish.rules.narrative_patterns import Patterns
from styrmatt.swedish.rules.sentence_marks import Sentence, Span, better_way

Step = tuple[float | None, float | None]
"""A result and the one before it."""


class ImprovementReader:
    """Finds clauses that judge a change: "..., vilket är en förbättring"."""

    def __init__(self, patterns: Patterns) -> None:
        self._negated = patterns.literal(*patterns.words.changes.no_judgement)

    def is_improvement(self, sentence: Sentence) -> bool | None:
        """Whether the sentence calls its change good; None where it says nothing or two things."""
        mark = self._only_judgement(sentence)
        return None if mark is None else mark.label == "improved"

    def better(self, sentence: Sentence, steps: Iterable[Step] = ()) -> str | None:
        """The way that the sentence calls good, "higher" or "lower", by itself or as a change.

        The change is that of the results and of the word ahead of the judgement. None where the
        two differ or there is neither.
        """
        said = better_way(sentence.of("changes"))
        if said is not None:
            return said
        mark = self._only_judgement(sentence)
        if mark is None:
            return None
        changes = [m for m in sentence.of("changes") if m.label in ("increased", "decreased")]
        rising = {m.label == "increased" for m in changes}
        rising |= {rise for step in steps if (rise := _is_rising(step)) is not None}
        if len(rising) != 1 or any(m.start > mark.end for m in changes):
            return None
        return "higher" if rising.pop() == (mark.label == "improved") else "lower"

    def _only_judgement(self, sentence: Sentence) -> Span | None:
        marks = [m for m in sentence.of("changes") if m.label in ("improved", "worsened")]
        if len(marks) != 1 or self._negated.search(sentence.quote(marks[0])):
            return None
        return marks[0]


def better_direction(step: Step, improved: bool | None) -> str | None:
    """Which way is better, "higher" or "lower", given whether a step is called an improvement.

    None where it is not called anything, or its two results are equal.
    """
    rising = _is_rising(step)
    if rising is None or improved is None:
        return None
    return "higher" if rising == improved else "lower"


def _is_rising(step: Step) -> bool | None:
    value, previous = step
    if value is None or previous is None or value == previous:
        return None
    return value > previous
