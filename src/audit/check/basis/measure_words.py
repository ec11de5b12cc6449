"""Which measure a sentence is about, judged by the words it shares with the measure's name."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from styrmatt.records import Measure
from styrmatt.swedish.sentences import words_of
from styrmatt.vocabulary import CheckWords

_MIN_STEM_LETTERS: Final = 5
"""Letters that two forms of one word share from their beginning. With fewer, short unrelated words
count as forms of one; with more, short nouns lose their inflected forms."""
_MAX_ENDING_LETTERS: Final = 4
"""Letters that an inflection appends, as the definite plural does. With more, compounds that only
begin alike count as one word."""
_MIN_STEM_SHARE: Final = 0.6
"""Share of the longer word that the common beginning makes up, so that a short stem with a long
ending is no form of the word."""
_MIN_HEAD_LETTERS: Final = 6
"""Letters of the last part of a compound that is compared as a word of its own: shorter parts occur
inside many unrelated words."""
_MIN_CONTENT_LETTERS: Final = 3
"""Letters of a word that can say what a text is about; shorter ones are particles."""
_CACHED_PAIRS: Final = 200_000
"""Pairs of words whose comparison is remembered. A report compares each word of its sentences with
each word of its measures' names; the limit bounds the memory when many reports are checked."""


@lru_cache(maxsize=_CACHED_PAIRS)
def same_word(first: str, second: str) -> bool:
    """Whether two case-folded words are forms of one, or one is a compound that ends in the other.

    Inflections of up to four letters are allowed in both cases.
    """
    if first == second:
        return True
    if _share_stem(first, second):
        return True
    long, short = (first, second) if len(first) > len(second) else (second, first)
    if len(short) < _MIN_HEAD_LETTERS or len(long) <= len(short):
        return False
    head = short[: max(_MIN_HEAD_LETTERS, len(short) - _MAX_ENDING_LETTERS)]
    at = long.find(head, 1)
    return at > 0 and _share_stem(long[at:], short)


def _share_stem(first: str, second: str) -> bool:
    shared = 0
    for a, b in zip(first, second, strict=False):
        if a != b:
            break
        shared += 1
    longest = max(len(first), len(second))
    return (
        shared >= _MIN_STEM_LETTERS
        and longest - shared <= _MAX_ENDING_LETTERS
        and shared >= _MIN_STEM_SHARE * longest
    )


class MeasureWords:
    """The content words in the measures' names of one report.

    The fewer measures have a word in their name, the more it weighs.
    """

    def __init__(self, measures: Iterable[Measure], words: CheckWords) -> None:
        self._common = frozenset(words.common)
        self._names = {m.measure_id: self.content_words(m.measure) for m in measures}
        word_sets = [set(words) for words in self._names.values()]
        self._weights = {
            word: math.log(1 + len(word_sets) / sum(word in words for words in word_sets))
            for word in set().union(*word_sets)
        }

    def content_words(self, text: str) -> tuple[str, ...]:
        """The case-folded words of a text without figures, particles and common words."""
        return tuple(
            word.low
            for word in words_of(text)
            if word.low not in self._common
            and len(word.low) >= _MIN_CONTENT_LETTERS
            and not word.low[0].isdecimal()
        )

    def coverage(self, measure_id: str, words: Sequence[str]) -> float:
        """The share of a measure's name, by weight, that occurs among the words: 0 to 1."""
        name = self._names[measure_id]
        total = sum(self._weights[word] for word in name)
        if not total:
            return 0.0
        found = (w for w in name if any(same_word(w, other) for other in words))
        return sum(self._weights[word] for word in found) / total

    def words_in(self, measure_id: str, text: str) -> frozenset[str]:
        """The words of a measure's name that occur in a text in any form."""
        words = self.content_words(text)
        return frozenset(
            w for w in self._names[measure_id] if any(same_word(w, other) for other in words)
        )

    def best_match(
        self,
        measure_ids: Iterable[str],
        words: Sequence[str],
        *,
        min_coverage: float,
        min_margin: float,
    ) -> str | None:
        """The measure whose name the words cover best.

        None where it is covered less than ``min_coverage`` or less than ``min_margin`` better than
        the next one (shares of the name, 0 to 1).
        """
        ranked = sorted(((self.coverage(id, words), id) for id in measure_ids), reverse=True)
        if not ranked or ranked[0][0] < min_coverage:
            return None
        if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < min_margin:
            return None
        return ranked[0][1]
