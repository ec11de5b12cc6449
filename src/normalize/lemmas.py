"""Word forms and compounds: how much one word says of another.

The one module that knows simplemma. Compounds are taken apart with the dictionary of
:mod:`styrmatt.normalize.words`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from styrmatt.normalize.words import has_dictionary, is_word

_LANGUAGE = "sv"
_PART = 4
HEAD, FIRST, GRAMS = 0.85, 0.6, 0.6
"""What a compound shares with its head, its first part, and what is alike in spelling alone."""
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+(?:[.,]\d+)?", re.UNICODE)


def words_of(text: str) -> list[str]:
    """The words and figures of a text, as printed."""
    return _WORD.findall(text)


@lru_cache(maxsize=65536)
def lemma(word: str) -> str:
    """The dictionary form of a word, in small letters."""
    import simplemma

    folded = word.casefold()
    if len(folded) < 3 or not folded[0].isalpha():
        return folded
    return str(simplemma.lemmatize(folded, lang=_LANGUAGE, greedy=True)).casefold()


@lru_cache(maxsize=65536)
def likeness(one: str, other: str) -> float:
    """How much of one lemma's meaning the other has, 0 to 1: equal, compound, or spelled alike."""
    if one == other:
        return 1.0
    short, long = sorted((one, other), key=len)
    if len(short) < _PART or not short[0].isalpha():
        return 0.0
    if long.endswith(short) and _is_part(long[: -len(short)]):
        return HEAD
    stem = short[:-1] if short[-1] in "ae" and len(short) > _PART else short
    if long.startswith(stem) and _is_part(long[len(stem) :]):
        return FIRST
    alike = _dice(short, long)
    return alike if alike >= GRAMS else 0.0


def _is_part(rest: str) -> bool:
    """Whether what is left of a compound is a word, with or without a linking letter."""
    forms = {rest, rest.strip("-"), rest.rstrip("s"), rest.removeprefix("s"), rest.removeprefix("e")}
    return not has_dictionary() or any(len(form) > 1 and is_word(form) for form in forms)


def _dice(one: str, other: str) -> float:
    a, b = _grams(one), _grams(other)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


@lru_cache(maxsize=65536)
def _grams(word: str) -> frozenset[str]:
    return frozenset(word[n : n + 4] for n in range(len(word) - 3))
