"""Dictionary forms of words, and how much of one word's meaning another has.

Lemmas are those of :mod:`styrmatt.swedish.lemma_dictionary`; compounds are taken apart with the
dictionary of :mod:`styrmatt.swedish.dictionary`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product
from typing import Final

from styrmatt.swedish.dictionary import has_dictionary, is_word
from styrmatt.swedish.lemma_dictionary import known_lemmas, lemmatize
from styrmatt.swedish.numbers import FIGURE, without_spaces

_SHORTEST_PART: Final = 4
"""Letters of the shortest part of a compound: shorter words begin and end too many others."""
_INFLECTED_FROM: Final = 3
"""Letters of the shortest word that is looked up: shorter ones have no other forms."""
LAST_PART: Final = 0.85
"""Likeness of a compound and its last part, which says what it is: health care is care."""
FIRST_PART: Final = 0.6
"""Likeness of a compound and its first part, which says only of what kind it is."""
_SPELLED_ALIKE: Final = 0.7
"""Share of letters that two spellings begin with to be forms of one word: with fewer, compounds
that share a first part would be taken for forms of one word."""
_LINKING_LETTERS: Final = ("s", "e")
"""Stand between the parts of compounds and belong to neither."""
_DROPPED_VOWELS: Final = "ae"
"""A first part may lose one of these at its end."""
_DEFINITE_ENDINGS: Final = ("na", "nas", "s")
"""Endings of the definite plural and the genitive that follow another ending."""
_LONG_WORD: Final = 9
"""Letters from above which a word that no dictionary knows is taken for a form of a compound."""
DERIVED: Final = 0.85
"""Likeness of a verb and the noun that is made of it: to deliver, a delivery. As a compound and its
head, so that either names the other."""
_DERIVING: Final = (
    "ning",
    "ing",
    "ande",
    "ende",
    "else",
    "ation",
    "ering",
    "ans",
    "era",
    "ad",
    "a",
    "e",
)
"""Endings of nouns that are made of verbs, of the verbs, and of their participles."""
_QUALITY: Final = "het"
"""The ending of a noun for what an adjective says of somebody: eligible, eligibility."""
_ADJECTIVES: Final = ("ig", "d", "sk", "am")
"""Endings of adjectives of which such nouns are made, and compounds with them."""
_ENDINGS_OF_ONE_NOUN: Final = (("ning", "an"), ("an", "ning"))
"""Endings between which a noun changes: one application, many applications."""
_VERB, _PARTICIPLE = "a", "d"
"""The ending of verbs, and what their participles have behind it: to start, newly started."""
_PARTICIPLES: Final = ("a", "e")
"""Endings of the participles of several things: enrolled, started."""
_NOUNS_OF_VERBS: Final = ("ning", "are", "nad")
"""Endings of what is done and who does it: to log in, log-ins; to smoke, a smoker."""
_MORE_OF_VERBS: Final = ("ing", "ande", "d", "")
"""Further ones, of longer verbs: to finance, financing; and of participles: to employ, employed."""
_LEAST_OF_VERB: Final = 2
"""Letters that the stem of a verb has more than."""
_SHORTEST_STEM: Final = 5
"""Letters of the stem of such a pair: shorter ones are common to words of different meaning."""
_WORD = re.compile(rf"{FIGURE}|[^\W\d_]+(?:-[^\W\d_]+)*")


def printed_words(text: str) -> list[str]:
    """The words of a text as printed, and its figures without spaces in them."""
    return [without_spaces(word) if word[0].isdecimal() else word for word in _WORD.findall(text)]


@lru_cache(maxsize=65536)
def lemma(word: str, language: str) -> str:
    """The dictionary form of a word, in small letters; ``language`` is a vocabulary's."""
    folded = word.casefold()
    if len(folded) < _INFLECTED_FROM or not folded[0].isalpha():
        return folded
    found = lemmatize(folded, language).casefold()
    if found == folded:  # a long compound is often known in one of its forms only
        for ending in _DEFINITE_ENDINGS:
            if folded.endswith(ending) and len(folded) > _LONG_WORD:
                shorter = folded[: -len(ending)]
                inner = lemmatize(shorter, language).casefold()
                if inner != shorter:
                    return inner
    return found


@lru_cache(maxsize=65536)
def token_lemma(word: str, language: str) -> str:
    """The dictionary form of a word for rules to compare, in small letters.

    As :func:`lemma`, but a form of a compound that no dictionary of lemmas knows, because its first
    part is short, gets the form of its last part; so do words of two letters that are forms of
    longer ones. What is read of measures' names does not depend on it.
    """
    found = lemma(word, language)
    folded = word.casefold()
    if not folded.isalpha():
        return found
    if len(folded) < _INFLECTED_FROM:
        known = lemmatize(folded, language).casefold()
        return known if len(known) >= _LONGER_FORM else found
    if has_dictionary() and not known_lemmas(language).get(found):
        return _compound_lemma(found, language) or found
    return found


_LONGER_FORM: Final = 4
"""Letters of the shortest word of which one of two letters is a form: to words of three letters
lists of lemmas lead mistypings and abbreviations."""
_SHORTEST_HEAD: Final = 3
"""Letters of the shortest first or last part by which a compound is taken apart for its form."""
_DEFINITE: Final = ("na", *map("".join, product(("", "e"), ("n", "t"))))
_NOUN_ENDINGS: Final = frozenset(
    f"{ending}{case}"
    for ending in (*_DEFINITE, *map("".join, product("aeo", ("r", "rna"))))
    for case in ("", "s")
)
"""Endings of nouns that may be taken off the last part of a compound."""


def _compound_lemma(word: str, language: str) -> str | None:
    """A compound with its last part's dictionary form; None where that is no form of a noun."""
    for cut in range(_SHORTEST_HEAD, len(word) - _SHORTEST_HEAD):
        first, last = word[:cut], word[cut:]
        linked = first.removesuffix(_LINKING_LETTERS[0])
        if not is_word(first) and not (len(linked) >= _SHORTEST_HEAD and is_word(linked)):
            continue
        inner = lemma(last, language)
        is_form = len(inner) >= _SHORTEST_HEAD and last[len(inner) :] in _NOUN_ENDINGS
        if is_form and last.startswith(inner) and is_word(inner):
            return first + inner
    return None


@lru_cache(maxsize=16384)
def likeness(one: str, other: str) -> float:
    """How much of one lemma's meaning the other has, 0 to 1.

    1 for the same lemma, :data:`LAST_PART` or :data:`FIRST_PART` for a compound and a part of it,
    else the share of letters that both begin with, or 0 where that is small.
    """
    if one == other:
        return 1.0
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if len(short) < _SHORTEST_PART or not short[0].isalpha():
        return 0.0
    if short[0] != long[0] and not long.endswith((short, *other_endings(short))):  # as most are
        return 0.0
    if long.endswith(short) and (_is_part(long[: -len(short)]) or is_word(long)):
        return LAST_PART
    if _is_derived(short, long):
        return DERIVED
    stem = short[:-1] if short[-1] in _DROPPED_VOWELS and len(short) > _SHORTEST_PART else short
    if long.startswith(stem) and _is_part(long[len(stem) :]):
        return FIRST_PART
    if any(_ends_as(long, form) for form in other_endings(short)):
        return LAST_PART
    return _spelled_alike(short, long)


def _is_derived(short: str, long: str) -> bool:
    """Whether two words are a verb, or an adjective, and the noun that is made of it."""
    if long == short + _QUALITY:
        return True
    begins_alike = short[:_SHORTEST_STEM] == long[:_SHORTEST_STEM]
    return begins_alike and bool(_derived_stem(short) & _derived_stem(long))


def is_participle(word: str, form: str) -> bool:
    """Whether a word is a verb's participle, going by its ending and that of its lemma."""
    folded = word.casefold()
    return form.endswith(_VERB) and folded != form and folded.endswith(_PARTICIPLES)


def _ends_as(long: str, form: str) -> bool:
    return long == form or (long.endswith(form) and (_is_part(long[: -len(form)]) or is_word(long)))


@lru_cache(maxsize=16384)
def other_endings(word: str) -> tuple[str, ...]:
    """Other forms of a word that its compounds end with: of a noun, and a verb's participle."""
    for one, other in _ENDINGS_OF_ONE_NOUN:
        if word.endswith(one) and len(word) - len(one) >= _SHORTEST_PART:
            return (word[: -len(one)] + other,)
    if not word.endswith((_VERB, _VERB + _PARTICIPLE)):
        is_adjective = word.endswith(_ADJECTIVES) and len(word) >= _SHORTEST_PART
        return (word + _QUALITY,) if is_adjective else ()
    verb = word.removesuffix(_PARTICIPLE)
    stem = verb.removesuffix(_VERB)
    nouns = [stem + ending for ending in _NOUNS_OF_VERBS] if len(stem) > _LEAST_OF_VERB else []
    if len(stem) >= _SHORTEST_PART:
        nouns += [stem + ending for ending in _MORE_OF_VERBS]
    return tuple(form for form in (verb + _PARTICIPLE, *nouns) if form != word)


def stem_of_verb(word: str) -> str:
    """The stem of a verb, its participle or a noun made of it; empty where the word is none."""
    for ending in (*_NOUNS_OF_VERBS, _VERB + _PARTICIPLE, _VERB):
        if word.endswith(ending) and len(word) - len(ending) > _LEAST_OF_VERB:
            return word[: -len(ending)]
    return ""


@lru_cache(maxsize=16384)
def _derived_stem(word: str) -> frozenset[str]:
    """The stems of which a verb or noun may be made."""
    return frozenset(
        word[: -len(ending)]
        for ending in _DERIVING
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM
    )


def _is_part(rest: str) -> bool:
    """Whether what is left of a compound is a word, with or without a linking letter.

    Without a dictionary it is taken to be one.
    """
    forms = {
        rest,
        rest.strip("-"),
        rest.rstrip(_LINKING_LETTERS[0]),
        *(rest.removeprefix(letter) for letter in _LINKING_LETTERS),
    }
    return not has_dictionary() or any(len(form) > 1 and is_word(form) for form in forms)


def _spelled_alike(short: str, long: str) -> float:
    """The share of letters that two words begin with, 0 where it is too small.

    Forms of one word may have no lemma in common.
    """
    shared = 0
    for a, b in zip(short, long, strict=False):
        if a != b:
            break
        shared += 1
    share = shared / len(long)
    return share if share >= _SPELLED_ALIKE else 0.0
