"""Measures that a sentence names in full."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from styrmatt.audit.check.basis.measure_words import same_word
from styrmatt.records import Measure
from styrmatt.swedish.sentences import words_of

_MIN_NAME_LETTERS: Final = 12
"""Letters of a name that is looked for. Shorter ones ("Total") are words of any sentence."""
_START_LETTERS: Final = 5
"""First letters by which names are looked up: as many as two forms of one word share."""
_DIGIT: Final = re.compile(r"\d")


class NamedMeasure(NamedTuple):
    """A name in a sentence, from where to where, and the measures of that name."""

    start: int
    end: int
    measure_ids: tuple[str, ...]


class NameFinder:
    """Finds the names of a report's measures in sentences: word for word, case aside.

    Only the first word may have another form: "Andelen" for "Andel".
    """

    def __init__(self, measures: Iterable[Measure]) -> None:
        self._by_start: dict[str, dict[tuple[str, ...], list[str]]] = {}
        for measure in measures:
            words = tuple(word.low for word in words_of(measure.measure))
            if sum(map(len, words)) >= _MIN_NAME_LETTERS:
                names = self._by_start.setdefault(words[0][:_START_LETTERS], {})
                names.setdefault(words, []).append(measure.measure_id)

    def find(self, sentence: str) -> tuple[NamedMeasure, ...]:
        """The names in a sentence, in order; of names that overlap the longest."""
        words = words_of(sentence)
        found: list[NamedMeasure] = []
        for at, word in enumerate(words):
            names = self._by_start.get(word.low[:_START_LETTERS], {})
            if not names or (found and word.start < found[-1].end):
                continue
            for name in sorted(names, key=len, reverse=True):
                here = words[at : at + len(name)]
                if tuple(w.low for w in here[1:]) == name[1:] and same_word(word.low, name[0]):
                    end = here[-1].start + len(here[-1].text)
                    found.append(NamedMeasure(word.start, end, tuple(names[name])))
                    break
        return tuple(found)


def without_figures(sentence: str, named: Sequence[NamedMeasure]) -> str:
    """The sentence with letters for the digits of names, whose figures state nothing."""
    for one in named:
        name = _DIGIT.sub("x", sentence[one.start : one.end])
        sentence = sentence[: one.start] + name + sentence[one.end :]
    return sentence
