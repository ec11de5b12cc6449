"""The words of one report: how often each is printed, in which case, and which a line cuts."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from itertools import takewhile
from typing import Final

_SAME_STEM: Final = 4
"""Letters behind a hyphen, or behind the first part of a compound, that two forms of one word share
at least: fewer begin other words as well."""
_LONGEST_ENDING: Final = 5
"""Letters of the longest ending in which they differ: "-ernas"."""
_SHORTEST_NAME: Final = 4
"""Letters from which a first part is looked for in words without a hyphen: shorter ones begin too
many others."""
_PUNCTUATION: Final = "\"'”“’‘»«.,;:!?()[]{}<>•*·…"
"""Stripped from both ends of a word before it is counted."""
_SENTENCE_END: Final = re.compile(r"[.!?:•]$")
_CAPITALS_FROM: Final = 6
"""Letters of the longest word of a line that counts as printed in capitals: shorter words may be
abbreviations, which have capitals anyway."""
_CASED_FROM: Final = 4
"""Letters from which on a text in capitals gets small ones: shorter ones are abbreviations."""


class DocumentWords:
    """The words of a report's lines, counted without regard to case.

    A word that a line break cuts in two is not counted, but remembered: see :meth:`is_broken`.
    """

    def __init__(self, lines: Iterable[str], elsewhere: Iterable[str] = ()) -> None:
        """Takes all lines of the report, with an empty one wherever a text ends.

        ``elsewhere`` are whole words of what is not read; they are counted, and no more.
        """
        printed: list[str] = []
        cased: list[str] = []  # those of them whose capitals are their own
        self._open_slash: set[str] = set()
        self._broken: set[str] = set()
        cut = ""  # what the line before ends with, if a hyphen cuts the word
        starts_sentence = True
        for line in lines:
            tokens = line.split()
            if not tokens:
                cut, starts_sentence = "", True
                continue
            if cut:
                self._broken.add((cut + tokens[0].strip(_PUNCTUATION)).casefold())
            for forms, tells_case in self._uncut(tokens, bool(cut), starts_sentence):
                printed += forms
                if tells_case:
                    cased += forms
            cut = tokens[-1].lstrip(_PUNCTUATION)[:-1] if tokens[-1].endswith("-") else ""
            starts_sentence = _ends_sentence(tokens[-1])
        self._count: Counter[str] = Counter(word.casefold() for word in elsewhere)
        for word, times in Counter(printed).items():
            self._count[word.casefold()] += times
        self._forms: dict[str, dict[str, int]] = {}
        for word, times in Counter(cased).items():
            self._forms.setdefault(word.casefold(), {})[word] = times

    def count(self, word: str) -> int:
        """How often the report prints the word in one piece, in whatever case."""
        return self._count[word.casefold()]

    def forms(self, first: str, last: str) -> int:
        """How often the report prints a word that is made of two parts, or another form of it.

        Forms differ in their endings only; ``first`` may end in a hyphen.
        """
        first, last = first.casefold(), last.casefold()
        if len(last) < _SAME_STEM:
            return self._count[first + last]
        found = self._beginning(first + last[:_SAME_STEM])
        return sum(self._count[word] for word in found if _differ_in_ending(word, first + last))

    def hyphenates(self, first: str) -> bool:
        """Whether the report writes other compounds of this first part with a hyphen.

        It does in more words than without; of a name one is enough.
        """
        low = first.casefold()
        with_hyphen = [
            word for word in self._beginning(f"{low}-") if word[len(low) + 1 :].isalpha()
        ]
        is_name = any((self.casing(word) or "")[:1].isupper() for word in (low, *with_hyphen))
        without = [
            word
            for word in (self._beginning(low) if len(low) >= _SHORTEST_NAME else ())
            if word.isalpha() and len(word) >= len(low) + _SAME_STEM
        ]
        return len(with_hyphen) > max(0 if is_name else 1, len(without))

    def _beginning(self, start: str) -> list[str]:
        """The words that begin so, in small letters."""
        words = self._sorted
        first = last = bisect_left(words, start)
        while last < len(words) and words[last].startswith(start):
            last += 1
        return words[first:last]

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self._count)

    def is_broken(self, word: str) -> bool:
        """Whether the report prints the word with a line break in it."""
        return word.casefold() in self._broken

    def casing(self, word: str) -> str | None:
        """The commonest form of the word inside sentences that are not in capitals."""
        forms = self._forms.get(word.casefold())
        return max(sorted(forms), key=lambda form: forms[form]) if forms else None

    def is_open_slash(self, token: str) -> bool:
        """Whether the report prints a space behind this token, which ends in a slash."""
        return token.casefold() in self._open_slash

    def _uncut(
        self, tokens: list[str], is_cut: bool, starts_sentence: bool
    ) -> Iterator[tuple[Collection[str], bool]]:
        """The forms of each of a line's words that no line break cuts, and if their case counts."""
        uncut = tokens[1:] if is_cut else tokens
        if uncut and uncut[-1].endswith("-"):
            uncut = uncut[:-1]
        capitals = _in_capitals(tokens)
        for n, token in enumerate(uncut):
            if token.endswith("/") and n + 1 < len(uncut):
                self._open_slash.add(token.casefold())
            word = token.strip(_PUNCTUATION)
            if not word:
                continue
            first = (
                starts_sentence if n == 0 and not is_cut else n > 0 and _ends_sentence(uncut[n - 1])
            )
            yield {word, *word.split("/")} if "/" in word else (word,), not (capitals or first)


def _differ_in_ending(one: str, other: str) -> bool:
    """Whether two words have all but short endings in common."""
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return max(len(one), len(other)) - sum(1 for _ in alike) <= _LONGEST_ENDING


def _ends_sentence(token: str) -> bool:
    return not token[-1].isalnum() and bool(_SENTENCE_END.search(token))


def _in_capitals(tokens: list[str]) -> bool:
    letters = "".join(tokens)
    return letters.upper() == letters and any(
        len(token) >= _CAPITALS_FROM and token.isalpha() for token in tokens
    )


def sentence_case(text: str, words: DocumentWords) -> str:
    """Text printed in capitals as a sentence would have it; other text as it is.

    Words that the report prints with capitals inside its sentences (EU, Norrbotten) get them back.
    """
    if text.upper() != text or sum(c.isalpha() for c in text) < _CASED_FROM:
        return text
    small = re.sub(r"[\w-]+", lambda m: _cased(m.group(), words), text)
    for n, char in enumerate(small):
        if char.isalpha():
            return small[:n] + char.upper() + small[n + 1 :]
    return small


def _cased(word: str, words: DocumentWords) -> str:
    if form := words.casing(word):
        return form
    if "-" in word:
        return "-".join(_cased(part, words) for part in word.split("-"))
    return word.lower()
