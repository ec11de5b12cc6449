"""The content lemmas of texts, and how similar they are to those of the measures' names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Final

from styrmatt.normalize.outcomes.names.particle_verbs import joined_participle, with_particles
from styrmatt.normalize.outcomes.weights import CLOSE
from styrmatt.swedish.dictionary import is_word
from styrmatt.swedish.lemmas import lemma, likeness, other_endings, printed_words, stem_of_verb
from styrmatt.swedish.numbers import parse_number_word
from styrmatt.swedish.rules.narrative_patterns import Patterns

_SYNONYM_SIMILARITY: Final = 0.9
"""Similarity of two lemmas of one group of synonyms.

Above what a compound shares with its head (:data:`styrmatt.swedish.lemmas.LAST_PART`) and so enough
wherever a similar word is asked for; below 1, so that the very word still wins.
"""
_CENTURIES: Final = ("19", "20")
"""Four digits that begin so are a year, which tells no measure from another."""
_STEM_LETTERS: Final = 3
"""Stems of verbs by so many last letters: those of the shortest stem."""
_PASSIVE: Final = "s"
"""The ending of the passive, and of verbs whose lemma is one: to be held."""
_INDEX_LETTERS: Final = 4
"""Lemmas are looked up by so many first and last letters.

No more than the shortest part of a compound that :func:`styrmatt.swedish.lemmas.likeness` knows:
with more, lemmas that are similar would not be found.
"""


class TermIndex:
    """Turns text into content lemmas ("terms") and finds the measures' terms similar to them."""

    def __init__(self, patterns: Patterns, stop_words: Iterable[str], names: Iterable[str]) -> None:
        """``names`` are of the organisation and the like: their words tell nothing apart."""
        topics = patterns.words.topics
        self._number_words = patterns.numbers
        self._language = patterns.language
        self._particles = frozenset(topics.particles)
        self._names = frozenset(self._lemma(word) for name in names for word in printed_words(name))
        empty = frozenset(topics.empty)
        self._empty = empty | frozenset(map(self._lemma, empty)) | frozenset(topics.generic)
        self._stop_words = frozenset(stop_words)
        self._synonym_groups: dict[str, set[int]] = {}
        for number, group in enumerate(topics.synonyms):
            for word in (form for entry in group for form in (entry, self._lemma(entry))):
                self._synonym_groups.setdefault(word, set()).add(number)
        self._next_group = len(topics.synonyms)
        self._term_of: dict[str, str | None] = {}
        self._terms_in: dict[str, tuple[str, ...]] = {}
        """By text: a sentence is asked for again as what stands before others."""
        self._similar: dict[str, Mapping[str, float]] = {}
        self._by_key: defaultdict[str, set[str]] = defaultdict(set)

    def add_synonyms(self, terms: Iterable[str]) -> None:
        """Make terms mean the same, before any of them is compared."""
        for term in terms:
            self._synonym_groups.setdefault(term, set()).add(self._next_group)
        self._next_group += 1

    def add(self, terms: Iterable[str]) -> None:
        """Index the terms with which those of texts will be compared."""
        for term in terms:
            for key in (*self._keys(term), f"~{term[-_STEM_LETTERS:]}"):
                self._by_key[key].add(term)
        self._similar.clear()
        self._terms_in.clear()

    def _keys(self, term: str) -> set[str]:
        groups = {f"#{number}" for number in self._synonym_groups.get(term, ())}
        ends = {f"-{form[-_INDEX_LETTERS:]}" for form in (term, *other_endings(term)[:1])}
        stem = stem_of_verb(term)
        if stem:
            ends.add(f"~{stem[-_STEM_LETTERS:]}")
        return {term, f"{term[:_INDEX_LETTERS]}-", *ends, *groups}

    def terms_in(self, text: str) -> tuple[str, ...]:
        """The terms of a text, each once, in their order; number words as digits."""
        if text not in self._terms_in:
            self._terms_in[text] = tuple(dict.fromkeys(self._each_term(text)))
        return self._terms_in[text]

    def _each_term(self, text: str) -> Iterator[str]:
        words = printed_words(text)
        if not self._particles.isdisjoint(words):
            known = self._is_nearer if self._by_key else _is_known
            words = with_particles(words, self._particles, self._language, known)
        for word in words:
            if word not in self._term_of:
                self._term_of[word] = self._term(word)
            term = self._term_of[word]
            if term is not None:
                yield term

    def is_near(self, form: str) -> bool:
        """Whether an indexed term says what a word says, or nearly."""
        return any(similarity >= CLOSE for similarity in self.similar(form).values())

    def _is_nearer(self, joined: str, verb: str) -> bool:
        """Whether a verb with its particle is near an indexed term, and no less than without."""
        with_it = max(self.similar(joined).values(), default=0.0)
        return with_it >= CLOSE and with_it >= max(self.similar(verb).values(), default=0.0)

    def _term(self, word: str) -> str | None:
        """The term of a word; None for a year and for a word without content."""
        folded = word.casefold()
        if folded[0].isdecimal():
            return None if len(folded) == 4 and folded[:2] in _CENTURIES else folded
        number = parse_number_word(folded, self._number_words)
        if number is not None and number > 1:
            return str(number)
        if folded in self._stop_words or folded in self._empty or len(folded) < 2:
            return None
        form = self._lemma(word)
        active = form.removesuffix(_PASSIVE)  # "har hållits" says no more than "har hållit"
        is_empty = any(one in self._empty or one in self._stop_words for one in (form, active))
        return None if is_empty or form in self._names else form

    def _lemma(self, word: str) -> str:
        return joined_participle(lemma(word, self._language), self._particles, self._language)

    def similarity(self, one: str, other: str) -> float:
        """How much of one term's meaning the other has, 0 to 1."""
        if one == other:
            return 1.0
        value, groups = likeness(one, other), self._synonym_groups
        if one not in groups or other not in groups:  # as most
            return value
        return max(value, _SYNONYM_SIMILARITY) if groups[one] & groups[other] else value

    def similar(self, term: str) -> Mapping[str, float]:
        """The indexed terms that are at all similar to a term, with their similarity."""
        if term not in self._similar:
            near = {other for key in self._keys(term) for other in self._by_key.get(key, ())}
            scored = {other: self.similarity(term, other) for other in near}
            self._similar[term] = {other: value for other, value in scored.items() if value}
        return self._similar[term]

    def similar_to_any(self, terms: Iterable[str]) -> dict[str, float]:
        """The indexed terms that are similar to any of the terms, with the highest similarity."""
        reached: dict[str, float] = {}
        for term in terms:
            for other, value in self.similar(term).items():
                if value > reached.get(other, 0.0):
                    reached[other] = value
        return reached

    def best_similarity(self, term: str, others: Container[str]) -> float:
        """The highest similarity of a term to some of the indexed ones; 0.0 where none is near."""
        best = 0.0
        for other, value in self.similar(term).items():
            if value > best and other in others:
                best = value
        return best


def _is_known(joined: str, _: str) -> bool:
    return is_word(joined)
