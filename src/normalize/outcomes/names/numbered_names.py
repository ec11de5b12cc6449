"""Numbers in names, "linje 7" and "vid 4 års ålder": figures of another number are not its."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from styrmatt.swedish.numbers import parse_number, parse_number_word
from styrmatt.swedish.rules.narrative_patterns import Patterns

_SAME: Final = 0.03
"""Share by which two lengths of time may differ and be the same: three months are 90 days."""

Numbers = Mapping[str, frozenset[float]]
"""By what they number, a noun or what an age or a time is for: the numbers that a text has."""


class NumberedNames:
    """Finds the numbers of names, with the words of one language."""

    def __init__(self, patterns: Patterns) -> None:
        words = patterns.words.numbered
        self._number_words = patterns.numbers
        self._lengths = words.lengths
        self._forms = words.forms
        nouns = "|".join(sorted(words.nouns, key=len, reverse=True))
        self._noun = re.compile(rf"\b(?P<noun>{nouns}) {words.behind}", re.IGNORECASE)
        self._up_to = words.up_to
        lengths = "|".join(sorted(self._lengths, key=len, reverse=True))
        relations = "|".join(sorted(self._forms, key=len, reverse=True))
        self._time = patterns.compile(
            [
                rf"(?:\b(?P<ahead>{relations})\s+(?:de\s+)?)?(?<!\w)(?P<figure>{{figure}})"
                rf"[\s-]*(?P<unit>{lengths})\w*(?:\s+(?P<behind>{relations})\b)?"
            ]
        )

    def numbers(self, text: str) -> Numbers:
        """The numbers of a text that are parts of names."""
        found: defaultdict[str, set[float]] = defaultdict(set)
        for noun, number in (*self._of_nouns(text), *self._of_times(text)):
            found[noun].add(number)
        return {noun: frozenset(numbers) for noun, numbers in found.items()}

    def is_of_other(self, name: Numbers, text: str, ahead: str) -> bool:
        """Whether a text has another number of what a name has one of.

        ``ahead`` is what stands before the text in its sentence: it counts where the text has none.
        """
        if not name:
            return False
        here, before = self.numbers(text), self.numbers(ahead)
        others = ((here.get(noun) or before.get(noun), numbers) for noun, numbers in name.items())
        return any(theirs is not None and not _meet(numbers, theirs) for theirs, numbers in others)

    def _of_nouns(self, text: str) -> Iterator[tuple[str, float]]:
        for match in self._noun.finditer(text):
            noun = self._forms.get(match["noun"].casefold(), match["noun"].casefold())
            numbers = [int(match["first"]), *map(int, re.findall(r"\d+", match["more"]))]
            if self._up_to.match(match["more"]) and len(numbers) == 2:
                numbers = list(range(numbers[0], min(numbers[1], numbers[0] + 99) + 1))
            yield from ((noun, float(number)) for number in numbers)

    def _of_times(self, text: str) -> Iterator[tuple[str, float]]:
        for match in self._time.finditer(text):
            relation = match["behind"] or match["ahead"]
            value = self._value(match["figure"])
            if relation is not None and value is not None:
                folded = relation.casefold()
                yield self._forms[folded], value * self._lengths[match["unit"].casefold()]

    def _value(self, text: str) -> float | None:
        if text[0].isdecimal():
            return parse_number(text)
        number = parse_number_word(text, self._number_words)
        return None if number is None else float(number)


@lru_cache(maxsize=8)
def numbered_names(patterns: Patterns) -> NumberedNames:
    """The finder for a language, made once."""
    return NumberedNames(patterns)


def _meet(one: frozenset[float], other: frozenset[float]) -> bool:
    """Whether two sets have a number in common, or nearly."""
    return any(abs(a - b) <= _SAME * max(a, b) for a in one for b in other)
