"""The lemmas of a text that tell measures apart, and how near they come to the measures' own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping

from styrmatt.swedish.lemmas import lemma, likeness, printed_words
from styrmatt.swedish.narrative_patterns import Patterns
from styrmatt.swedish.numbers import parse_number_word

_SAME_MEANING = 0.9
_CENTURIES = ("19", "20")
_LETTERS = 4
"""Two lemmas that are alike at all begin or end with this many letters in common."""


class Terms:
    """Turns text into content lemmas and compares them."""

    def __init__(self, patterns: Patterns, stop_words: Iterable[str], names: Iterable[str]) -> None:
        topics = patterns.words.topics
        self._numbers = patterns.numbers
        self._language = patterns.language
        self._names = frozenset(self._lemma(word) for name in names for word in printed_words(name))
        empty = frozenset(topics.empty)
        self._empty = empty | frozenset(map(self._lemma, empty)) | frozenset(topics.generic)
        self._stop = frozenset(stop_words)
        self._groups: dict[str, set[int]] = {}
        for number, group in enumerate(topics.synonyms):
            for word in (form for entry in group for form in (entry, self._lemma(entry))):
                self._groups.setdefault(word, set()).add(number)
        self._known: dict[str, str | None] = {}
        self._rows: dict[str, Mapping[str, float]] = {}
        self._index: defaultdict[str, set[str]] = defaultdict(set)

    def learn(self, vocabulary: Iterable[str]) -> None:
        """Take the lemmas that texts will be compared with."""
        for term in vocabulary:
            for key in self._keys(term):
                self._index[key].add(term)
        self._rows.clear()

    def _keys(self, term: str) -> set[str]:
        groups = {f"#{number}" for number in self._groups.get(term, ())}
        return {term, f"{term[:_LETTERS]}-", f"-{term[-_LETTERS:]}", *groups}

    def of(self, text: str) -> tuple[str, ...]:
        """The content lemmas of a text, each once, figures as digits."""
        found: dict[str, None] = {}
        for word in printed_words(text):
            if word not in self._known:
                self._known[word] = self._content(word)
            form = self._known[word]
            if form is not None:
                found[form] = None
        return tuple(found)

    def _content(self, word: str) -> str | None:
        folded = word.casefold()
        if folded[0].isdigit():
            return None if len(folded) == 4 and folded[:2] in _CENTURIES else folded
        number = parse_number_word(folded, self._numbers)
        if number is not None and number > 1:
            return str(number)
        if folded in self._stop or folded in self._empty or len(folded) < 2:
            return None
        form = self._lemma(word)
        empty = form in self._empty or form in self._stop or form in self._names
        return None if empty else form

    def _lemma(self, word: str) -> str:
        return lemma(word, self._language)

    def alike(self, one: str, other: str) -> float:
        """How much of one lemma's meaning the other has, 0 to 1."""
        if one == other:
            return 1.0
        near = likeness(one, other)
        shared = self._groups.get(one, set()) & self._groups.get(other, set())
        return max(near, _SAME_MEANING) if shared else near

    def row(self, term: str) -> Mapping[str, float]:
        """The learnt lemmas that a lemma comes near to, and how near."""
        if term not in self._rows:
            near = {other for key in self._keys(term) for other in self._index.get(key, ())}
            scored = {other: self.alike(term, other) for other in near}
            self._rows[term] = {other: value for other, value in scored.items() if value}
        return self._rows[term]

    def reach(self, terms: Iterable[str]) -> dict[str, float]:
        """The learnt lemmas that any of the lemmas comes near to, with the nearest's value."""
        reached: dict[str, float] = {}
        for term in terms:
            for other, value in self.row(term).items():
                if value > reached.get(other, 0.0):
                    reached[other] = value
        return reached

    def best(self, term: str, others: Container[str]) -> float:
        """The nearest of some learnt lemmas."""
        best = 0.0
        for other, value in self.row(term).items():
            if value > best and other in others:
                best = value
        return best
