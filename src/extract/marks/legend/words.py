"""Finds what words in cells stand for, where a text says so of a few words of its own.

Such a text has the words of a scale with their meanings in brackets, or behind a word such as
"when": each between stops. One meaning alone is no legend.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from styrmatt.extract.marks.status_phrases import cell_statuses, legend_value, may_tell
from styrmatt.sole_values import sole_values
from styrmatt.swedish.identity_words import alternatives
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
_ENDS: Final = frozenset({"met", "not_met"})
_WORDS: Final = 2
"""Words of a scale's step at most, or one more where it begins with a capital."""
_STEP: Final = r"[^\W\d_][^\d.,;:()]{1,40}"
_FIRST_OF_SCALE: Final = re.compile(r"[^\W\d_]{2,20}(?: [^\W\d_]{2,20}){0,2}$")
"""The first step of a scale ends with the words before the comma; what is before it may as well."""
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
        (word, words)
        for word, words in _entries(text, vocabulary.legend.joints)
        if may_tell(squeeze(words), vocabulary)
    ]
    if len(entries) < _FEWEST:
        return {}
    told = sole_values(
        (word.casefold(), value)
        for word, words in entries
        if (value := legend_value(words, vocabulary.statuses, vocabulary)) is not None
    )
    if len(set(told.values())) < _FEWEST:
        return {}
    return {form: value for word, value in told.items() for form in (word, word.capitalize())}


def middles_of(text: str, vocabulary: Vocabulary) -> dict[str, str]:
    """The middle of three words of a scale, "met, nearly or missed", of which the others are known.

    Both forms of each, as in :func:`words_of`. A middle that denies or that is known is none.
    """
    found: dict[str, str] = {}
    for match in _scale(vocabulary.targets.also).finditer(text):
        if (last := _known(match["last"], vocabulary)) not in _ENDS:
            continue
        word = match["middle"]
        first = _FIRST_OF_SCALE.search(text, max(match.start() - _LONGEST, 0), match.start())
        is_word = word[0].isupper() or word.count(" ") < _WORDS
        if first is None or not is_word or _known(word, vocabulary) is not None:
            continue
        starts = (_known(first[0].split(" ", n)[-1], vocabulary) for n in range(_WORDS + 1))
        ends = {next(filter(None, starts), None), last}
        denies = set(word.casefold().split()) & set(vocabulary.legend.qualifiers)
        if ends == _ENDS and not denies:
            told = word.casefold()
            found |= dict.fromkeys((told, told.capitalize()), "partly_met")
    return found


def _known(words: str, vocabulary: Vocabulary) -> str | None:
    """What words stand for that are all of a cell; also "none", where that is known."""
    squeezed = squeeze(words)
    return vocabulary.status_phrases.get(squeezed) or cell_statuses(vocabulary).get(squeezed)


@lru_cache(maxsize=8)
def _scale(joints: tuple[str, ...]) -> re.Pattern[str]:
    """The second and third of three, from the comma on: the last behind a conjunction."""
    return re.compile(
        rf", (?P<middle>{_STEP}?),? (?:{alternatives(joints)}) (?P<last>{_STEP})(?=[.,;:)]|$)",
        re.IGNORECASE,
    )


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


@lru_cache(maxsize=8)
def _any_of(joints: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf" (?:{alternatives(joints)}) ")
