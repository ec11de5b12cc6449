"""Finds what marks of one colour stand for by how much of them is filled, where a text says so.

"A filled circle stands for met, a half-filled one for partly met": each word for how much is
filled, perhaps a word for the mark, words that lead to the meaning, and the meaning up to a stop.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from styrmatt.extract.marks.status_phrases import stated_value
from styrmatt.extract.model.page import Page
from styrmatt.sole_values import sole_values
from styrmatt.swedish.identity_words import alternatives
from styrmatt.vocabulary import LegendWords, Vocabulary

_FEWEST: Final = 2
"""Different meanings that make a legend: one alone may be a sentence about something else."""


def levels_of(page: Page, vocabulary: Vocabulary) -> dict[str, str]:
    """The statuses that a page's text gives marks by their level, as "half"; mostly empty."""
    letters = "".join(page.letters)
    if sum(map(letters.__contains__, _words(vocabulary.legend))) < _FEWEST:
        return {}
    return levels_in(" ".join(line.text for line in page.lines), vocabulary)


def levels_in(text: str, vocabulary: Vocabulary) -> dict[str, str]:
    """The same of a text; empty where a level has two meanings, or all levels have one."""
    levels = _words(vocabulary.legend)
    if not levels:
        return {}
    found = [
        (levels[match["level"].casefold()], value)
        for match in _entry(vocabulary).finditer(text)
        if (value := stated_value(match["meaning"], vocabulary.statuses, vocabulary)) is not None
    ]
    told = sole_values(found)
    all_told = len(told) == len({level for level, _ in found})
    distinct = all_told and len(set(told.values())) == len(told) >= _FEWEST
    return told if distinct else {}


def _words(legend: LegendWords) -> dict[str, str]:
    """The level by the words for it."""
    return {word: level for level, words in legend.levels.items() for word in words}


@lru_cache(maxsize=8)
def _pattern(
    levels: tuple[str, ...], marks: tuple[str, ...], leads: tuple[str, ...], ends: tuple[str, ...]
) -> re.Pattern[str]:
    level, mark, lead, end = map(alternatives, (levels, marks, leads, ends))
    return re.compile(
        rf"\b(?P<level>{level})(?:\s+(?:{mark}))?\s*(?:[=:(–-]|\b(?:{lead})\b)\s*"
        rf"(?P<meaning>[^\W\d_][^,;.()=:]{{1,60}}?)(?=\s*(?:[,;.()]|$|\b(?:{end})\b))",
        re.IGNORECASE,
    )


def _entry(vocabulary: Vocabulary) -> re.Pattern[str]:
    """An entry: what it ends in, besides stops, are words between two of a list."""
    legend = vocabulary.legend
    leads = (*legend.joints, *legend.level_leads)
    return _pattern(tuple(_words(legend)), legend.marks, leads, vocabulary.targets.also)
