"""Which words exist: those of the report itself, and those of the Swedish dictionary.

The one module that knows hunspell. Without the dictionary every question to it is answered
"unknown", and the report's own words and the rules of :mod:`styrmatt.swedish.dehyphenate` decide.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any

_DICTIONARY = "hunspell-sv"
_EDGES = "\"'”“’‘»«.,;:!?()[]{}<>•*·…"
_SENTENCE_END = re.compile(r"[.!?:•]$")


@lru_cache(maxsize=65536)
def is_word(word: str) -> bool:
    """Whether the dictionary knows the word, or can build it as a compound, in any case."""
    speller = _speller()
    if speller is None or len(word) < 2:
        return False
    forms = dict.fromkeys((word, word.lower(), word.capitalize()))
    return any(speller.spell(form) for form in forms)


_PART = 4
"""Letters that a part of a compound has at least: shorter words make compounds of anything."""


@lru_cache(maxsize=4096)
def is_compound(word: str) -> bool:
    """Whether the word is made of words that the dictionary knows, with or without a linking s."""
    for cut in range(len(word) - _PART, _PART - 1, -1):
        first, rest = word[:cut], word[cut:]
        linked = first[:-1] if first.endswith("s") and len(first) > _PART else first
        if is_word(rest) and (is_word(first) or is_word(linked) or is_compound(linked)):
            return True
    return False


def has_dictionary() -> bool:
    """Whether there is a dictionary to ask."""
    return _speller() is not None


@cache
def _speller() -> Any:
    try:
        import hunspell

        path = _dictionary_file()
        return path and hunspell.Hunspell(path.stem, hunspell_data_dir=str(path.parent))
    except Exception:  # an optional helper: whatever is wrong with it, the rules alone decide
        return None


def _dictionary_file() -> Path | None:
    try:
        files = metadata.files(_DICTIONARY) or []
    except metadata.PackageNotFoundError:
        return None
    found = sorted(Path(str(f.locate())) for f in files if f.name.endswith(".dic"))
    return min(found, key=lambda path: len(path.name)).resolve() if found else None


class DocumentWords:
    """The words that stand whole inside the lines of a report, with their casings."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._count: Counter[str] = Counter()
        self._inner: dict[str, dict[str, int]] = {}
        self._open_slash: set[str] = set()
        self._broken: set[str] = set()
        broken = ""
        fresh = True
        for line in lines:
            tokens = line.split()
            if not tokens:
                broken, fresh = "", True
                continue
            if broken:
                self._broken.add((broken + tokens[0].strip(_EDGES)).casefold())
            self._read(tokens, bool(broken), fresh)
            broken = tokens[-1].lstrip(_EDGES)[:-1] if tokens[-1].endswith("-") else ""
            fresh = bool(_SENTENCE_END.search(tokens[-1]))

    def count(self, word: str) -> int:
        """How often the word stands in the report, unbroken, in whatever case."""
        return self._count[word.casefold()]

    def is_broken(self, word: str) -> bool:
        """Whether the word stands in the report with a line break in it."""
        return word.casefold() in self._broken

    def casing(self, word: str) -> str | None:
        """The commonest form of the word inside sentences that are not in capitals."""
        forms = self._inner.get(word.casefold())
        return max(sorted(forms), key=lambda form: forms[form]) if forms else None

    def is_open_slash(self, token: str) -> bool:
        """Whether the report prints a space behind this token, which ends in a slash."""
        return token.casefold() in self._open_slash

    def _read(self, tokens: list[str], broken: bool, fresh: bool) -> None:
        whole = tokens[1:] if broken else tokens
        if whole and whole[-1].endswith("-"):
            whole = whole[:-1]
        capitals = _in_capitals(tokens)
        for n, token in enumerate(whole):
            if token.endswith("/") and n + 1 < len(whole):
                self._open_slash.add(token.casefold())
            word = token.strip(_EDGES)
            if not word:
                continue
            first = (
                fresh
                if n == 0 and not broken
                else n > 0 and bool(_SENTENCE_END.search(whole[n - 1]))
            )
            for form in {word, *word.split("/")} if "/" in word else (word,):
                self._note(form, None if capitals or first else form)

    def _note(self, word: str, inner: str | None) -> None:
        key = word.casefold()
        self._count[key] += 1
        if inner is not None:
            forms = self._inner.setdefault(key, {})
            forms[inner] = forms.get(inner, 0) + 1


def _in_capitals(tokens: list[str]) -> bool:
    letters = "".join(tokens)
    return letters.upper() == letters and any(len(t) > 5 and t.isalpha() for t in tokens)


def sentence_case(text: str, words: DocumentWords) -> str:
    """Text printed in capitals as a sentence would have it; other text as it is.

    Words that the report prints with capitals inside its sentences (EU, Norrbotten) get them back.
    """
    if text.upper() != text or sum(c.isalpha() for c in text) < 4:
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
