"""Finds what words in cells stand for, where a text says so of a few words of its own.

Such a text has the words of a scale with their meanings in brackets, or behind a word such as
"when": each between stops. One meaning alone is no legend.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from styrmatt.extract.marks.status_phrases import legend_value
from styrmatt.vocabulary import Vocabulary
from styrmatt.whitespace import squeeze

_BRACKETED: Final = re.compile(r"\((?P<words>[^\W\d_][^()\d]{2,60})\)")
"""A meaning in brackets."""
_BEFORE_BRACKET: Final = re.compile(r"(?<![\w-])(?P<word>[^\W\d_]{2,20})\s?$")
"""The one word that it explains: more may be a sentence's."""
_BEFORE_JOINT: Final = re.compile(
    r"(?:^|[.,:;(]\s)\s*(?P<word>[^\W\d_]{2,20}(?: [^\W\d_]{2,20})?)$"
)
"""One or two words between a stop and the word that leads to their meaning."""
_BEHIND_JOINT: Final = re.compile(r"[^\W\d_][^.,:;()]{2,60}")
_LONGEST: Final = 60
"""Characters before a meaning in which its words are looked for."""
_FEWEST: Final = 2
"""Different meanings that make a legend."""


def words_of(text: str, vocabulary: Vocabulary) -> dict[str, str]:
    """The statuses that a page's text gives words, in small letters and with a capital.

    Empty where all of them have one status; without words that have two.
    """
    entries = [
        one for one in _entries(text, vocabulary.legend.joints) if _tells(one[1], vocabulary)
    ]
    if len(entries) < _FEWEST:
        return {}
    found: dict[str, set[str]] = {}
    for word, words in entries:
        value = legend_value(words, vocabulary.statuses, vocabulary)
        if value is not None:
            found.setdefault(word.casefold(), set()).add(value)
    told = {word: values.pop() for word, values in found.items() if len(values) == 1}
    if len(set(told.values())) < _FEWEST:
        return {}
    return {form: value for word, value in told.items() for form in (word, word.capitalize())}


def _entries(text: str, joints: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Words that may be explained, with what may be their meaning."""
    for match in _BRACKETED.finditer(text):
        before = text[max(match.start() - _LONGEST, 0) : match.start()]
        if (word := _BEFORE_BRACKET.search(before)) is not None and word["word"].islower():
            yield word["word"], match["words"]
    for joint in _any_of(joints).finditer(text):
        before = text[max(joint.start() - _LONGEST, 0) : joint.start()]
        word = _BEFORE_JOINT.search(before)
        meaning = _BEHIND_JOINT.match(text, joint.end())
        if word is not None and meaning is not None:
            yield word["word"], meaning[0]


def _tells(words: str, vocabulary: Vocabulary) -> bool:
    """Whether words have a phrase for a status; quick, as most have none."""
    letters = squeeze(words)
    return any(phrase in letters for of_value in vocabulary.telling_phrases for phrase in of_value)


@lru_cache(maxsize=8)
def _any_of(joints: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(re.escape(joint) for joint in sorted(joints, key=len, reverse=True))
    return re.compile(rf" (?:{words}) " if words else r"(?!)")
