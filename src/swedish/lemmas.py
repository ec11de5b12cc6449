"""Word forms and compounds: how much one word says of another.

The one module that knows simplemma. Compounds are taken apart with the dictionary of
:mod:`styrmatt.swedish.dictionary`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from styrmatt.swedish.dictionary import has_dictionary, is_word
from styrmatt.swedish.numbers import FIGURE, without_spaces

_PART = 4
HEAD, FIRST, ALIKE = 0.85, 0.6, 0.7
"""What a compound shares with its head, with its first part; how alike two spellings must be."""
_WORD = re.compile(rf"{FIGURE}|[^\W\d_]+(?:-[^\W\d_]+)*")


def words_of(text: str) -> list[str]:
    """The words of a text as printed, and its figures without spaces in them."""
    return [without_spaces(word) if word[0].isdigit() else word for word in _WORD.findall(text)]


@lru_cache(maxsize=65536)
def lemma(word: str, language: str) -> str:
    """The dictionary form of a word, in small letters; ``language`` is a vocabulary's."""
    folded = word.casefold()
    if len(folded) < 3 or not folded[0].isalpha():
        return folded
    return str(_lemmatizer().lemmatize(folded, lang=language)).casefold()


def load_lemmas(language: str) -> None:
    """Load a language's dictionary of lemmas, which :func:`lemma` else does when first called."""
    _lemmatizer().lemmatize("any", lang=language)


@cache
def _lemmatizer() -> Any:
    """The dictionary as a stream: a seventh of the memory, and as fast for one report's words."""
    from simplemma import Lemmatizer
    from simplemma.strategies import DefaultStrategy

    return Lemmatizer(lemmatization_strategy=DefaultStrategy(greedy=True, low_memory=True))


@lru_cache(maxsize=16384)
def likeness(one: str, other: str) -> float:
    """How much of one lemma's meaning the other has, 0 to 1: equal, compound, or spelled alike."""
    if one == other:
        return 1.0
    short, long = sorted((one, other), key=len)
    if len(short) < _PART or not short[0].isalpha():
        return 0.0
    if long.endswith(short) and (_is_part(long[: -len(short)]) or is_word(long)):
        return HEAD
    stem = short[:-1] if short[-1] in "ae" and len(short) > _PART else short
    if long.startswith(stem) and _is_part(long[len(stem) :]):
        return FIRST
    return _spelled_alike(short, long)


def _is_part(rest: str) -> bool:
    """Whether what is left of a compound is a word, with or without a linking letter."""
    forms = {
        rest,
        rest.strip("-"),
        rest.rstrip("s"),
        rest.removeprefix("s"),
        rest.removeprefix("e"),
    }
    return not has_dictionary() or any(len(form) > 1 and is_word(form) for form in forms)


def _spelled_alike(short: str, long: str) -> float:
    """For forms of one word that have no lemma in common: the share of letters they begin with."""
    same = 0
    for a, b in zip(short, long, strict=False):
        if a != b:
            break
        same += 1
    share = same / len(long)
    return share if share >= ALIKE else 0.0
