"""The role that is nearest to a header nobody knows: by its words, else by the cells below it.

It is a proposal to a person who writes a layout; no table is read by it.
"""

from __future__ import annotations

import difflib
import re
from functools import lru_cache

from styrmatt.extract.grid.content import Content
from styrmatt.extract.headers.header_words import HeaderWords
from styrmatt.whitespace import single_spaced, squeeze

_LIKE = 0.75
"""Likeness (0 to 1) of two words from which one may be the other, inflected or misspelt."""
_FEWEST_LETTERS = 4
"""Letters of the shortest word that is looked for within a header; shorter ones are in any word."""
_WORDS = re.compile(r"[^\W\d_]+")


def nearest_roles(text: str, words: HeaderWords, content: Content | None = None) -> tuple[str, ...]:
    """The roles that are nearest to a header cell, the nearest first; none where nothing is near.

    ``content`` is what the cells below it hold, where that is known.
    """
    reading = words.read(text)
    if len(reading.roles) == 1:
        return tuple(reading.roles)
    by_words = reading.roles or _by_words(text, words)
    held = _by_cells(content) if content is not None else ()
    if by_words:
        return (*(role for role in held if role in by_words), *sorted(by_words - {*held}))
    if held:
        return held
    says_when = reading.year or reading.sex or reading.area or reading.period
    return ("result",) if says_when else ()


def _by_words(text: str, words: HeaderWords) -> frozenset[str]:
    """The roles of the vocabulary's phrase that is most like the header, or like its words."""
    known = _phrases(words)
    whole = squeeze(text)
    if near := difflib.get_close_matches(whole, known, n=1, cutoff=_LIKE):
        return known[near[0]]
    parts = [squeeze(part) for part in _WORDS.findall(single_spaced(text))]
    long = [part for part in parts if len(part) >= _FEWEST_LETTERS]
    for part in long:
        if part in known:
            return known[part]
    for part in long:
        if near := difflib.get_close_matches(part, known, n=1, cutoff=_LIKE):
            return known[near[0]]
    within = [one for one in known if len(one) > _FEWEST_LETTERS and one in whole]
    return known[max(within, key=len)] if within else frozenset()


@lru_cache(maxsize=8)
def _phrases(words: HeaderWords) -> dict[str, frozenset[str]]:
    """The squeezed phrases of headers, each with the roles that it may mean."""
    found: dict[str, set[str]] = {}
    for role, phrases in words.words.roles.items():
        for phrase in phrases:
            if key := squeeze(phrase):
                found.setdefault(key, set()).add("result" if role == "area" else role)
    return {phrase: frozenset(roles) for phrase, roles in found.items()}


def _by_cells(content: Content) -> tuple[str, ...]:
    """The roles that the cells of a column are like, the likeliest first."""
    mostly = content.filled / 2
    if content.is_empty:
        return ()
    if content.has_marks and not content.has_figures:
        return ("status", "trend")
    if content.phrases and content.phrases >= mostly:
        return ("status", "trend")
    if content.sexes and content.sexes >= mostly:
        return ("sex",)
    if content.years and content.years >= mostly:
        return ("period", "result")
    if content.has_figures:
        return ("result", "target", "forecast", "baseline", "fulfilment", "change", "number")
    if content.codes and content.codes >= mostly:
        return ("board", "number")
    if content.long and content.long >= mostly:
        return ("comment", "measure", "goal", "success_factor")
    if not content.long:
        return ("measure", "status", "responsible", "target", "unit", "comment")
    return ("measure", "goal", "success_factor", "comment")
