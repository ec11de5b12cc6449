"""Which words of a name an abbreviation stands for: LUR, länsungdomsrådet."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from styrmatt.normalize.series.name_vocabulary import NameVocabulary
from styrmatt.swedish.dictionary import has_dictionary, is_word

_PART: Final = 3
"""Letters that a part of a compound has at least."""


@lru_cache(maxsize=65536)
def abbreviated(letters: str, words: tuple[str, ...], lexis: NameVocabulary) -> tuple[str, ...]:
    """The words in a row that an abbreviation stands for; empty where there are none.

    Each word gives its first letter or letters, a compound also those of its parts; light words
    may give none.
    """
    for start in range(len(words)):
        if words[start] == letters or words[start] in lexis.light:
            continue
        end = _spelled(letters, words, start, lexis, first=True)
        if end is not None:
            return words[start:end]
    return ()


def _spelled(
    letters: str, words: tuple[str, ...], at: int, lexis: NameVocabulary, *, first: bool = False
) -> int | None:
    """The place behind the words that spell the letters, from ``at`` on."""
    if not letters:
        return at
    if at >= len(words) or len(words[at]) < 2:
        return None
    for used in _initials(words[at], letters):
        end = _spelled(letters[used:], words, at + 1, lexis)
        if end is not None:
            return end
    if not first and words[at] in lexis.light:
        return _spelled(letters, words, at + 1, lexis)
    return None


def _initials(word: str, letters: str) -> list[int]:
    """How many of the letters a word can give: its beginning, and the beginnings of its parts."""
    if word[0] != letters[0] or word == letters:
        return []
    counts = [1]
    at = 0
    for used, letter in enumerate(letters[1:], start=2):
        at = next(
            (
                place
                for place in range(at + _PART, len(word) - _PART + 1)
                if word[place] == letter and (not has_dictionary() or is_word(word[place:]))
            ),
            0,
        )
        if not at:
            break
        counts.append(used)
    if len(letters) > 1 and word.startswith(letters[:2]):
        counts.append(2)
    return sorted(set(counts), reverse=True)
