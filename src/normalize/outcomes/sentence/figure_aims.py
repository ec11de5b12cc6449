"""Whether a figure is what is aimed at, foreseen or only supposed."""

from __future__ import annotations

from typing import Final

from styrmatt.normalize.outcomes.sentence.stated_figure import StatedFigure
from styrmatt.swedish.rules.narrative_patterns import Patterns
from styrmatt.swedish.rules.sentence_marks import Sentence, Span

_MAX_TARGET_DISTANCE: Final = 90
"""Characters between a word for a target and the figure it applies to, at most.

About a dozen words, so that a description of the target fits between. With more, results later in
a long sentence are taken for targets.
"""

_STATING: Final = ("stated", "negative", "rank")
"""Labels of rules whose last figure is what the words ahead come to."""


def stating(sentence: Sentence, figure: StatedFigure) -> list[Span]:
    """What says that the figure is what its words come to, whatever else they are words for."""
    return [
        mark
        for mark in sentence.of("roles")
        if mark.label in _STATING and mark.start <= figure.start < mark.end
    ]


class AimReader:
    """Tells targets and forecasts from results, with the patterns of one language."""

    def __init__(self, patterns: Patterns) -> None:
        words = patterns.words
        self._target_reached = patterns.compile(words.targets.passed)
        self._main_clause = words.clauses.main
        self._border = words.clauses.shared

    def is_target(self, sentence: Sentence, figure: StatedFigure) -> bool:
        """Whether a word for a target applies to the figure: near, and in the same clause."""
        ahead = sentence.text[: figure.start]
        stated = stating(sentence, figure)
        for mark in sentence.of("aims"):
            if any(whole.start <= mark.start and mark.end <= whole.end for whole in stated):
                continue  # "ett underskott mot budget på 8,7 mnkr"
            if mark.label == "condition":
                return True
            if mark.label == "later":
                if self._is_in_one_part(sentence.text, figure, mark):
                    return True
                continue
            if mark.start <= figure.start and figure.end <= mark.end:
                return True  # "kommer 35 procent av husen att ha ..."
            between = ahead[mark.end : figure.start]
            near = mark.end <= figure.start and len(between) <= _MAX_TARGET_DISTANCE
            if (
                near
                and not self._target_reached.search(between)
                and not self._main_clause.search(between)
            ):
                return True
        return False

    def _is_in_one_part(self, text: str, figure: StatedFigure, mark: Span) -> bool:
        """Whether nothing parts a figure from words for a time to come."""
        first, last = sorted(((figure.start, figure.end), (mark.start, mark.end)))
        return not self._border.search(text, first[1], last[0])
