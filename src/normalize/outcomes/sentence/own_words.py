"""Whether a part of a sentence has words of its own that tell what is measured."""

from __future__ import annotations

import re
from typing import Final

from styrmatt.swedish.lemmas import lemma
from styrmatt.swedish.rules.narrative_patterns import Patterns

_WORD: Final = re.compile(r"[^\W\d_]+")
_SHORTEST: Final = 4
"""Letters of the shortest word that says something: shorter ones are mostly prepositions."""


class OwnWords:
    """Knows the words that say nothing of their own: sexes, hedges, empty and generic words."""

    def __init__(self, patterns: Patterns) -> None:
        words = patterns.words
        listed = (
            *words.sexes.K,
            *words.sexes.M,
            *words.quantities.hedges,
            *words.topics.empty,
            *words.topics.generic,
            *words.topics.joins,
        )
        self._nothing = frozenset(listed)
        self._language = patterns.language

    def any_in(self, text: str) -> bool:
        """Whether the text has a word of its own."""
        return any(
            len(word) >= _SHORTEST
            and word not in self._nothing
            and lemma(word, self._language) not in self._nothing
            for word in _WORD.findall(text.casefold())
        )
