"""Compounds of a measure that a text says in several words, and the other way round."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from styrmatt.normalize.outcomes.term_index import TermIndex
from styrmatt.normalize.outcomes.weights import CLOSE
from styrmatt.swedish.lemmas import other_endings

_LEAST: Final = 5
"""Letters of the shortest compound that is looked at."""
_INDEX_LETTERS: Final = 3
"""First letters by which compounds are looked up; shorter words by all of theirs."""
_LEAST_PART: Final = 2
"""Letters of the shortest part."""
_LEAST_FIRST: Final = 4
"""Letters of the shortest first part that another compound may end with."""
_VOWELS: Final = "aeo"
"""A first part may lose one of these at its end, or have another in its place."""
_LINKS: Final = ("", "s", "e", "o", "u")
"""What stands between the parts of a compound."""
_LATIN: Final = {"ium": "ie", "eum": "ei"}
"""Endings of nouns, and what they are in compounds: "gymnasiebehörig"."""
_QUALITIES: Final = ("dom", "het")
"""Endings that a first part goes without: illness, sick leave."""


class Said(NamedTuple):
    """Terms of a text that say together what others of a measure do."""

    ours: tuple[str, ...]
    """Those of the measure; all of them must be one measure's."""
    theirs: tuple[str, ...]
    """Those of the text."""


class CompoundReader:
    """Knows the measures' compounds, and what stands for the last part of some."""

    def __init__(
        self,
        terms: TermIndex,
        nouns_of_units: Mapping[str, Iterable[str]],
        empty_heads: Iterable[str],
        added_heads: Iterable[str],
    ) -> None:
        """``nouns_of_units`` are last parts that a unit stands for: a time in minutes.

        ``empty_heads`` are last parts that need not be said: a degree; ``added_heads`` those that a
        text may add to a measure's word.
        """
        self._terms = terms
        self._nouns: defaultdict[str, list[str]] = defaultdict(list)
        for noun, units in nouns_of_units.items():
            for unit in units:
                self._nouns[unit].append(noun)
        self._heads = tuple(empty_heads)
        self._added = tuple(added_heads)
        self._compounds: defaultdict[str, list[str]] = defaultdict(list)
        self._indexed: defaultdict[str, list[str]] = defaultdict(list)
        self._known: dict[tuple[tuple[str, ...], str], tuple[Said, ...]] = {}

    def add(self, terms: Iterable[str]) -> None:
        """Index the measures' terms."""
        for term in terms:
            if term[0].isalpha():
                self._indexed[term[:_INDEX_LETTERS]].append(term)
                for letters in (_LEAST_PART, _INDEX_LETTERS) if len(term) >= _LEAST else ():
                    self._compounds[term[:letters]].append(term)

    def said(self, terms: tuple[str, ...], unit: str = "") -> tuple[Said, ...]:
        """What the terms of a text say in other parts than the measures.

        ``unit`` is the word for the unit of its figure.
        """
        key = (terms, unit)
        if key not in self._known:
            self._known[key] = tuple(self._said(terms, unit))
        return self._known[key]

    def _said(self, terms: tuple[str, ...], unit: str) -> Iterator[Said]:
        for term in terms:
            begin = term[:_INDEX_LETTERS]
            if begin in self._compounds:
                yield from self._as_first_part(term, terms, unit)
            yield from self._as_last_part(term, terms)
            if len(term) >= _LEAST and begin in self._indexed and term not in self._indexed[begin]:
                yield from self._as_compound(term)

    def _as_first_part(self, term: str, terms: tuple[str, ...], unit: str) -> Iterator[Said]:
        """The measures' compounds of which a term is the first part, and the last is said, too."""
        for compound in self._compounds.get(term[:_INDEX_LETTERS], ()):
            if compound == term or compound in terms:
                continue
            for first in _first_forms(term):
                if not compound.startswith(first):
                    continue
                rest = compound[len(first) :]
                if len(rest) < _LEAST_PART:
                    continue
                if rest in self._heads or rest in self._nouns.get(unit, ()):
                    yield Said((compound,), (term,))
                    break
                nouns = (rest, *self._terms.terms_in(rest))
                last = next((t for t in terms if t != term and self._is_said(nouns, t)), None)
                if last is not None:
                    yield Said((compound,), (term, last))
                    break

    def _as_last_part(self, term: str, terms: tuple[str, ...]) -> Iterator[Said]:
        """The measures' compounds that a term ends, where another ends with the first part.

        ``gymnasieelevernas frånvaro``, of "elevfrånvaro".
        """
        for compound, value in self._terms.similar(term).items():
            if value < CLOSE or compound in terms or not compound.endswith(term):
                continue
            first = compound[: -len(term)].removesuffix(_LINKS[1])
            other = next((t for t in terms if t != term and t.endswith(first)), None)
            if len(first) >= _LEAST_FIRST and other is not None:
                yield Said((compound,), (term, other))

    def _as_compound(self, term: str) -> Iterator[Said]:
        """The two terms of a measure that a compound of the text says."""
        for ours in self._indexed.get(term[:_INDEX_LETTERS], ()):
            for first in _first_forms(ours):
                rest = term[len(first) :]
                if not term.startswith(first) or len(rest) < _LEAST_PART:
                    continue
                if rest in self._added:
                    yield Said((ours,), (term,))
                    break
                for noun in self._terms.terms_in(rest):
                    for other, value in self._terms.similar(noun).items():
                        if other != ours and value >= CLOSE:
                            yield Said((ours, other), (term,))

    def _is_said(self, nouns: Iterable[str], term: str) -> bool:
        return any(self._terms.similarity(noun, term) >= CLOSE for noun in nouns)


def respelled(
    terms: tuple[str, ...], said: Iterable[Said], weights: Mapping[str, float]
) -> tuple[str, ...]:
    """The terms with a measure's own for those that say the same in other parts."""
    for ours, theirs in said:
        is_here = all(term in terms for term in theirs)
        if is_here and all(term in weights for term in ours):
            rest = tuple(t for t in terms if t not in theirs or t in weights)
            terms = tuple(dict.fromkeys((*rest, *ours)))
    return terms


@lru_cache(maxsize=16384)
def _first_forms(word: str) -> tuple[str, ...]:
    """The forms that a word has as the first part of a compound."""
    stems = [word]
    for ending, other in _LATIN.items():
        if word.endswith(ending):
            stems.append(word[: -len(ending)] + other)
    for ending in _QUALITIES:
        if word.endswith(ending):
            stems.append(word.removesuffix(ending))
    if word[-1] in _VOWELS and len(word) > _LEAST_PART + 1:
        stems.append(word[:-1])
    nouns = (form for form in other_endings(word) if len(form) > len(word))
    forms = [stem + link for stem in (*stems, *nouns) for link in _LINKS]
    return tuple(dict.fromkeys(sorted(forms, key=len, reverse=True)))
