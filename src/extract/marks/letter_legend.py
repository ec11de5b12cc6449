"""Finds what letters in cells stand for, where a text says so: "U = uppnått, D = delvis"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from styrmatt.extract.marks.status_phrases import legend_value
from styrmatt.extract.model.page import Page
from styrmatt.vocabulary import Vocabulary
from styrmatt.whitespace import squeeze

_ENTRY: Final = re.compile(
    r"(?<![\w.-])(?P<letter>[^\W\d_]{1,2})\s?[=:–-]\s?(?P<words>[^\W\d_][^,;.:=()]{1,60}?)"
    r"(?=\s?(?:[,;.()]|$)|\s(?:\w{2,5}\s)?[^\W\d_]{1,2}\s?[=:–-]\s)"
)
"""A letter or two, a sign that explains them, and the words up to what parts them from the next
entry: a stop, a short word such as a conjunction, or nothing."""
_FEWEST: Final = 2
"""Different meanings that make a legend: a single letter with one may be an abbreviation."""


def letters_of(page: Page, vocabulary: Vocabulary) -> dict[str, str]:
    """The statuses that a page's text gives letters; empty where it gives fewer than two."""
    whole = {squeeze(w): value for value, ws in vocabulary.status_cells.items() for w in ws}
    found: dict[str, set[str]] = {}
    for letter, words in _entries(" ".join(line.text for line in page.lines)):
        if (value := _value(words, whole, vocabulary)) is not None:
            found.setdefault(letter, set()).add(value)
    meanings = {letter: values.pop() for letter, values in found.items() if len(values) == 1}
    return meanings if len(set(meanings.values())) >= _FEWEST else {}


def _entries(text: str) -> Iterator[tuple[str, str]]:
    """Capital letters with the words behind them."""
    for match in _ENTRY.finditer(text):
        if match["letter"].isupper():
            yield match["letter"], match["words"]


def _value(words: str, whole: Mapping[str, str], vocabulary: Vocabulary) -> str | None:
    """The status that an entry's words state; None where they state none."""
    squeezed = squeeze(words)
    value = vocabulary.status_phrases.get(squeezed) or whole.get(squeezed)
    value = value or legend_value(words, vocabulary.statuses, vocabulary)
    return value if value in vocabulary.statuses else None
