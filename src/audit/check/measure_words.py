"""Which measure a sentence is about, by the words it shares with the measure's name."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from styrmatt.records import Measure
from styrmatt.swedish.sentences import words_of
from styrmatt.vocabulary import CheckWords

_STEM: Final = 5  # letters that two forms of a word share at least
_ENDING: Final = 4  # letters that an inflection may add
_SHARE: Final = 0.6
_HEAD: Final = 6  # letters of the last part of a compound


@lru_cache(maxsize=200_000)
def same_word(first: str, second: str) -> bool:
    """Whether two words in small letters are forms of one, or one ends in the other."""
    if first == second:
        return True
    if _one_stem(first, second):
        return True
    long, short = (first, second) if len(first) > len(second) else (second, first)
    if len(short) < _HEAD or len(long) <= len(short):
        return False
    at = long.find(short[: max(_HEAD, len(short) - _ENDING)], 1)
    return at > 0 and _one_stem(long[at:], short)


def _one_stem(first: str, second: str) -> bool:
    shared = 0
    for a, b in zip(first, second, strict=False):
        if a != b:
            break
        shared += 1
    longest = max(len(first), len(second))
    return shared >= _STEM and longest - shared <= _ENDING and shared >= _SHARE * longest


class MeasureWords:
    """The telling words of the measures of one report; a word of fewer measures tells more."""

    def __init__(self, measures: Iterable[Measure], words: CheckWords) -> None:
        self._common = frozenset(words.common)
        self._names = {m.measure_id: self.telling(m.measure) for m in measures}
        every = [set(names) for names in self._names.values()]
        self._weight = {
            word: math.log(1 + len(every) / sum(word in names for names in every))
            for word in set().union(*every)
        }

    def telling(self, text: str) -> tuple[str, ...]:
        """The words of a text that say what it is about."""
        words = (word.low for word in words_of(text))
        return tuple(
            w for w in words if w not in self._common and len(w) > 2 and not w[0].isdigit()
        )

    def coverage(self, measure_id: str, words: Sequence[str]) -> float:
        """The share of a measure's name, by weight, that is among the words: 0 to 1."""
        name = self._names[measure_id]
        whole = sum(self._weight[word] for word in name)
        if not whole:
            return 0.0
        found = (w for w in name if any(same_word(w, other) for other in words))
        return sum(self._weight[word] for word in found) / whole

    def told(self, measure_id: str, text: str) -> frozenset[str]:
        """The words of a measure's name that a text has in any form."""
        words = self.telling(text)
        return frozenset(
            w for w in self._names[measure_id] if any(same_word(w, other) for other in words)
        )

    def best(
        self, pool: Iterable[str], words: Sequence[str], least: float, margin: float
    ) -> tuple[str, float] | None:
        """The measure of a pool whose name the words cover best; None where none stands out."""
        ranked = sorted(((self.coverage(name, words), name) for name in pool), reverse=True)
        if not ranked or ranked[0][0] < least:
            return None
        if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < margin:
            return None
        return ranked[0][1], ranked[0][0]
