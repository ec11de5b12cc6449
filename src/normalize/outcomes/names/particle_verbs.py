"""Verbs whose particle stands apart from them: "delade ut" says what "utdelade" says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from styrmatt.swedish.lemmas import lemma

_REACH: Final = 4
"""Words between which a verb and its particle stand, the particle one of them: "samlades 49 kilo
matavfall in"."""
_VERB: Final = "a"
_PARTICIPLE: Final = "d"
"""How the lemmas of verbs end, and participles that are taken for words of their own."""
_JOINT: Final = "+"
"""Between a verb and its particle in some lemmas."""


def with_particles(
    words: Sequence[str],
    particles: frozenset[str],
    language: str,
    is_known: Callable[[str, str], bool],
) -> list[str]:
    """The words, each verb and its particle as one, where that is a known word.

    ``is_known`` is asked with the joined word and with the verb alone.
    """
    joined = list(words)
    gone = set()
    for place, word in enumerate(words):
        particle = word.casefold()
        if particle not in particles:
            continue
        for ahead in range(place - 1, max(place - 1 - _REACH, -1), -1):
            verb = verb_of(words[ahead], language)
            if verb and is_known(particle + verb, verb):
                joined[ahead] = particle + verb
                gone.add(place)
                break
    return [word for place, word in enumerate(joined) if place not in gone]


def verb_of(word: str, language: str) -> str:
    """The verb that a word is a form of; empty where it is none."""
    form = lemma(word, language)
    if form.endswith(_PARTICIPLE):  # "ställdes" is taken for one, of "ställa"
        verb = lemma(form, language)
        form = verb if verb != form else form.removesuffix(_PARTICIPLE)
    return form if form.endswith(_VERB) else ""


def joined_participle(form: str, particles: frozenset[str], language: str) -> str:
    """A participle with a particle as its verb: "uppsagd" is of "uppsäga"; else the form itself."""
    if _JOINT in form:
        verb, _, particle = form.partition(_JOINT)
        return particle + verb
    if not form.endswith(_PARTICIPLE):
        return form
    for particle in particles:
        rest = form.removeprefix(particle)
        if rest == form or not rest:
            continue
        verb = lemma(rest, language)
        if verb != rest and verb.endswith(_VERB):
            return particle + verb
    return form
