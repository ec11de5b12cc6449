"""Running text as sentences, and sentences as words.

There is one splitter for all that is read in text, results, assessments, totals and the check: what
is a sentence to one of them is one to the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from styrmatt.swedish.numbers import GROUPED_FIGURE

_END = re.compile(r"[.!?]+[\"”’)]*\s+(?=[\"”’(•–-]?\s*[^\W_])|\n+|\s+•\s+")
_FIRST_ITEM = re.compile(r"(?<=:)\s+[–-]\s+(?=\S)")
_ITEM = re.compile(r"\s+[–-]\s+(?=\S)")
_WORD = re.compile(rf"{GROUPED_FIGURE}|[^\W_]+(?:[.,:/-][^\W_]+)*")
_BREAK = re.compile(r"[,;:()]|\s[–—]\s")
_LAST_WORD = re.compile(r"([^\s(]+?)\.?$")
_REMEMBERED: Final = 2048
"""Paragraphs whose sentences are remembered, as many as a long report has: assessments, totals and
results are read in them one after the other."""


class SentenceWord(NamedTuple):
    """A word or figure of a sentence, small letters, and whether a comma or colon precedes it."""

    text: str
    low: str
    start: int
    after_break: bool


class SentenceText(NamedTuple):
    """A sentence, and the place in its paragraph where it begins."""

    text: str
    start: int


class RuleSplitter:
    """Splits text at full stops; ``abbreviations`` (without their last dot) end no sentence."""

    def __init__(self, abbreviations: Iterable[str]) -> None:
        self._abbreviations = frozenset(word.casefold() for word in abbreviations)

    def split(self, paragraph: str) -> tuple[SentenceText, ...]:
        """The sentences of a text, in order; a line break or a bullet ends one, too.

        So does a dash in a list, which begins with one behind a colon.
        """
        return _split(paragraph, self._abbreviations)


@lru_cache(maxsize=_REMEMBERED)
def _split(paragraph: str, abbreviations: frozenset[str]) -> tuple[SentenceText, ...]:
    found = _sentences(paragraph, abbreviations)
    return tuple(item for one in found for item in _items(one))


def _sentences(text: str, abbreviations: frozenset[str]) -> Iterator[SentenceText]:
    start = 0
    for end in _END.finditer(text):
        is_sign = end.group().strip(" ") and "\n" not in end.group()
        if is_sign and _goes_on(text, end, abbreviations):
            continue
        sentence = text[start : end.end()].strip().strip("•").strip()
        if sentence:
            yield SentenceText(sentence, text.index(sentence, start))
        start = end.end()
    if sentence := text[start:].strip():
        yield SentenceText(sentence, text.index(sentence, start))


def _goes_on(text: str, end: re.Match[str], abbreviations: frozenset[str]) -> bool:
    """Whether the dot belongs to an abbreviation, an initial or an ordinal."""
    if not end.group().startswith("."):
        return False
    after = text[end.end() : end.end() + 1]
    if after.islower():
        return True
    before = _LAST_WORD.search(text[: end.start()].rsplit(" ", 1)[-1])
    word = before.group(1).casefold() if before else ""
    return word in abbreviations or (len(word) == 1 and word.isalpha())


def _items(sentence: SentenceText) -> Iterator[SentenceText]:
    """The heading and the items of a list with dashes; the sentence itself where it is none."""
    text = sentence.text
    first = _FIRST_ITEM.search(text) if ":" in text else None
    start = 0
    for mark in _ITEM.finditer(text, first.start()) if first else ():
        yield SentenceText(text[start : mark.start()], sentence.start + start)
        start = mark.end()
    yield SentenceText(text[start:], sentence.start + start)


def lowercase_words(sentence: str) -> list[str]:
    """The words and figures of a sentence in small letters."""
    return [word.casefold() for word in _WORD.findall(sentence)]


def words_of(sentence: str) -> tuple[SentenceWord, ...]:
    """The words and figures of a sentence, in order."""
    breaks = [match.end() for match in _BREAK.finditer(sentence)]
    words: list[SentenceWord] = []
    behind = 0
    for match in _WORD.finditer(sentence):
        text, start = match.group(), match.start()
        first = behind
        while behind < len(breaks) and breaks[behind] <= start:
            behind += 1
        words.append(SentenceWord(text, text.casefold(), start, behind > first))
    return tuple(words)


class Phrases:
    """A list of words and phrases, found in words."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for phrase in phrases:
            parts = tuple(phrase.casefold().split())
            self._by_first.setdefault(parts[0], []).append(parts)
        for options in self._by_first.values():
            options.sort(key=len, reverse=True)

    def begin_with(self, word: str) -> bool:
        """Whether one of them begins with a word, in small letters."""
        return word in self._by_first

    def length_at(self, words: Sequence[SentenceWord], at: int) -> int:
        """How many words the longest phrase that begins at a place has; 0 where none does."""
        for parts in self._by_first.get(words[at].low, ()):
            if len(parts) == 1 or tuple(w.low for w in words[at : at + len(parts)]) == parts:
                return len(parts)
        return 0

    def find(
        self, words: Sequence[SentenceWord], start: int = 0, end: int | None = None
    ) -> list[int]:
        """The places between ``start`` and ``end`` where a phrase begins."""
        stop = len(words) if end is None else end
        return [n for n in range(start, stop) if self.length_at(words, n)]
