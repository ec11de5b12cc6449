"""Whether two names of different reports mean the same measure or goal.

The words of the names are matched one to one: forms of one word, compounds with their parts,
abbreviations with what they stand for, misprints. What is left unmatched decides. If nothing that
counts is left, one name is a rewording of the other; if something is, the definition differs,
however long the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from styrmatt.normalize.series.abbreviations import abbreviated
from styrmatt.normalize.series.name_vocabulary import MIN_PART, NameVocabulary
from styrmatt.normalize.series.parse_name import NameToken, ParsedName
from styrmatt.swedish.dictionary import has_dictionary, is_word

Verdict = Literal["same", "reworded", "changed", "unlike"]
"""``same`` letters; other words for the same; a definition that may have changed; another thing."""

MIN_CHANGED_SHARE: Final = 0.5
"""Share of the words of two names that must match for one to be called a change of the other.

Half: with more unmatched than matched words, names have little but common words together.
"""
_REWORDED_LIKENESS: Final = 0.9
"""Likeness of two names that mean the same in wholly different letters. Near 1, as nothing that
counts differs; the rest is the share of letters in common, so that the closer of two rewordings is
preferred and the very same letters win."""
_CONTAINED_LIKENESS: Final = 0.6
"""Likeness, at least, of two names of which one has all words of the other and more.

Above MIN_CHANGED_SHARE: a short name that was made longer is a change however much was added.
"""
_MIN_MISPRINT_LENGTH: Final = 6
"""Letters of a word from which one wrong letter makes a misprint of it: shorter words are too often
others that are spelled alike."""


@dataclass(frozen=True, slots=True)
class NameComparison:
    """How two names compare, and how alike they are, 0 to 1."""

    verdict: Verdict
    likeness: float


_SAME, _UNLIKE = NameComparison("same", 1.0), NameComparison("unlike", 0.0)


def compare(one: ParsedName, other: ParsedName, vocabulary: NameVocabulary) -> NameComparison:
    """How two names compare; the order of the two makes no difference."""
    if one.exact == other.exact and one.exact:
        return _SAME
    if not one.tokens or not other.tokens:
        return _UNLIKE
    if _highest_share(one, other, vocabulary) < MIN_CHANGED_SHARE / 2:  # as of most pairs
        return _UNLIKE
    return _compared(one, other, vocabulary)


@lru_cache(maxsize=16384)  # some reports' worth: no two organisations are ever compared
def _compared(one: ParsedName, other: ParsedName, vocabulary: NameVocabulary) -> NameComparison:
    """How two names compare whose words may be alike."""
    left, right = _TokenMatcher(one, other, vocabulary).unmatched()
    share = _matched_share(one, other, left, right)
    alternatives = vocabulary.alternatives
    left = [t for t in left if not (other.has_slash and t.raw in alternatives)]
    right = [t for t in right if not (one.has_slash and t.raw in alternatives)]
    left, right = _significant(one, left, right), _significant(other, right, left)
    if not left and not right and not _contradict(one, other, vocabulary):
        letters = fuzz.ratio(one.exact, other.exact) / 100
        likeness = _REWORDED_LIKENESS + (1 - _REWORDED_LIKENESS) * letters
        return NameComparison("reworded", likeness)
    return NameComparison("changed" if share >= MIN_CHANGED_SHARE else "unlike", share)


class _TokenMatcher:
    """Matches the words of two names."""

    def __init__(self, one: ParsedName, other: ParsedName, vocabulary: NameVocabulary) -> None:
        self._vocabulary = vocabulary
        self._names = (one, other)
        self._unmatched = (list(one.tokens), list(other.tokens))

    def unmatched(self) -> tuple[list[NameToken], list[NameToken]]:
        """The words of each name that have no counterpart in the other."""
        are_forms = self._vocabulary.are_forms_of_one
        self._match_pairs(_are_equal)
        self._match_pairs(lambda a, b: are_forms(a.raw, b.raw) and not a.is_number)
        for side in (0, 1):
            self._match_compounds(side)
        for side in (0, 1):
            self._match_abbreviations(side)
        self._match_pairs(_is_misprint)
        return self._unmatched

    def _match_pairs(self, matches: Callable[[NameToken, NameToken], bool]) -> None:
        left, right = self._unmatched
        for token in list(left):
            found = next((o for o in right if matches(token, o)), None)
            if found is not None:
                left.remove(token)
                right.remove(found)

    def _match_compounds(self, side: int) -> None:
        """Match compounds of one name with the two or more words that they are made of."""
        left, right = self._unmatched[side], self._unmatched[1 - side]
        for token in list(left):
            if token.is_number or len(token.raw) < 2 * MIN_PART:
                continue
            parts = self._parts(token.raw, right)
            if parts:
                left.remove(token)
                for part in parts:
                    right.remove(part)

    def _parts(self, word: str, pool: Sequence[NameToken]) -> list[NameToken] | None:
        """The words of the pool that make up a compound; None where they do not."""
        for token in pool:
            if len(token.raw) < MIN_PART or token.is_number:
                continue
            rest = self._vocabulary.rest_of_compound(word, token.raw)
            if not rest:
                continue
            others = [other for other in pool if other is not token]
            for ending in _without_joint(rest, self._vocabulary.words.joints):
                are_forms = self._vocabulary.are_forms_of_one
                last = next((o for o in others if are_forms(ending, o.raw)), None)
                if last is not None:
                    return [token, last]
                if len(ending) >= 2 * MIN_PART and (more := self._parts(ending, others)):
                    return [token, *more]
        return None

    def _match_abbreviations(self, side: int) -> None:
        """Match abbreviations with the words they stand for, in the other name or their own.

        "Länsungdomsrådet (LUR)" says one thing twice: where one of the two has found its
        counterpart, the other needs none.
        """
        name, other = self._names[side], self._names[1 - side]
        unmatched = self._unmatched[side]
        for token in name.tokens:
            if token.abbreviation is None:
                continue
            is_unmatched = token in unmatched
            if is_unmatched:
                words = abbreviated(token.abbreviation, other.words, self._vocabulary)
                if words:
                    self._drop(1 - side, words)
                    unmatched.remove(token)
                    continue
            words = abbreviated(token.abbreviation, name.words, self._vocabulary)
            words_unmatched = [t for t in unmatched if t.raw in words]
            of_words = [t for t in name.tokens if t.raw in words]
            if words and is_unmatched and len(words_unmatched) < len(of_words):
                unmatched.remove(token)
            elif words and not is_unmatched:
                self._drop(side, words)

    def _drop(self, side: int, words: Sequence[str]) -> None:
        for token in [t for t in self._unmatched[side] if t.raw in words]:
            self._unmatched[side].remove(token)


def _are_equal(one: NameToken, other: NameToken) -> bool:
    if one.years and other.years:
        return bool(set(one.years) & set(other.years))
    return one.key == other.key


def _is_misprint(one: NameToken, other: NameToken) -> bool:
    """Whether one is the other with a letter wrong: not if both are words of the dictionary."""
    if min(len(one.raw), len(other.raw)) < _MIN_MISPRINT_LENGTH or not has_dictionary():
        return False
    if one.raw[0] != other.raw[0] and one.raw[-1] != other.raw[-1]:
        return False  # one letter is wrong, or two have changed places
    if OSA.distance(one.raw, other.raw, score_cutoff=1) > 1:
        return False
    return not (is_word(one.raw) and is_word(other.raw))


def _without_joint(rest: str, joints: Sequence[str]) -> list[str]:
    """The rest of a compound as it is, and without a linking letter at its beginning."""
    return [rest, *(rest[len(j) :] for j in joints if rest.startswith(j) and len(rest) > len(j))]


def _highest_share(one: ParsedName, other: ParsedName, vocabulary: NameVocabulary) -> float:
    """An upper bound of the share of their words that two names can have in common, cheaply.

    Words are compared by their first letters alone. 1.0 where one name may lie within the other.
    """
    left, right = _beginnings(one, vocabulary), _beginnings(other, vocabulary)
    if left.is_spelled or right.is_spelled:
        return 1.0
    for abbreviations, words in (
        (left.abbreviations, other.words),
        (right.abbreviations, one.words),
    ):
        if any(abbreviated(letters, words, vocabulary) for letters in abbreviations):
            return 1.0
    matched = 0
    for starts, others, letters in (
        (left.starts, right.distinct, other.exact),
        (right.starts, left.distinct, one.exact),
    ):
        found = sum([start in others or start in letters for start in starts])
        if found == len(starts):
            return 1.0
        matched += found
    return matched / (len(one.tokens) + len(other.tokens))


class _Beginnings(NamedTuple):
    """What is compared first of a name."""

    starts: tuple[str, ...]
    """The first letters of its words."""
    distinct: frozenset[str]
    """The same, each once."""
    abbreviations: tuple[str, ...]
    is_spelled: bool
    """Whether it has the words that one of its abbreviations stands for."""


@lru_cache(maxsize=4096)  # bounds the memory of runs over many organisations
def _beginnings(name: ParsedName, vocabulary: NameVocabulary) -> _Beginnings:
    starts = tuple([token.key[:MIN_PART] for token in name.tokens])
    abbreviations = tuple([token.abbreviation for token in name.tokens if token.abbreviation])
    is_spelled = any(abbreviated(letters, name.words, vocabulary) for letters in abbreviations)
    return _Beginnings(starts, frozenset(starts), abbreviations, is_spelled)


def _matched_share(
    one: ParsedName, other: ParsedName, left: Sequence[NameToken], right: Sequence[NameToken]
) -> float:
    """The share of all words that are matched; higher where one name lies within the other."""
    share = 1 - (len(left) + len(right)) / (len(one.tokens) + len(other.tokens))
    return share if left and right else max(share, _CONTAINED_LIKENESS)


def _significant(
    name: ParsedName, unmatched: Sequence[NameToken], opposite: Sequence[NameToken]
) -> list[NameToken]:
    """The unmatched words of a name that make a difference.

    The report's own year makes none. Nor does an explanation; nor a parenthesis that the other
    name lacks, unless words in it narrow or widen what is measured.
    """
    significant = []
    for token in unmatched:
        segment = name.segments[token.segment]
        explained = segment.explains and not any(other.segment for other in opposite)
        if "this" in token.years and not any(other.years for other in opposite):
            continue
        if explained:
            continue
        is_added = segment.group > 0 and not segment.limits and not opposite
        if not (is_added and _is_wholly_unmatched(name, token.segment, unmatched)):
            significant.append(token)
    return significant


def _is_wholly_unmatched(name: ParsedName, segment: int, unmatched: Sequence[NameToken]) -> bool:
    return segment > 0 and all(t in unmatched for t in name.tokens if t.segment == segment)


def _contradict(one: ParsedName, other: ParsedName, vocabulary: NameVocabulary) -> bool:
    """Whether two names name different quantities, sexes, directions or relations."""
    left, right = one.quantities - other.quantities, other.quantities - one.quantities
    if (left and right) or (left | right) - vocabulary.unsaid:
        return True
    if one.sexes != other.sexes:
        return True
    if one.directions and other.directions and not one.directions & other.directions:
        return True
    return _reverse_a_relation(one, other, vocabulary)


def _reverse_a_relation(one: ParsedName, other: ParsedName, vocabulary: NameVocabulary) -> bool:
    """Whether a relation word has its opposite in the other name, or its two sides exchanged."""
    left, right = set(one.relations), set(other.relations)
    for relation, key in left ^ right:
        opposite = (vocabulary.opposites.get(relation, ""), key)
        if (opposite in left) != (opposite in right):
            return True
    for relation in {relation for relation, _ in left} & {relation for relation, _ in right}:
        mine = {key for word, key in left if word == relation}
        theirs = {key for word, key in right if word == relation}
        if not mine & theirs and any(_has(one, b) and _has(other, a) for a in mine for b in theirs):
            return True
    return False


def _has(name: ParsedName, key: str) -> bool:
    """Whether a name has the word, or names a sex, whose words are no tokens."""
    return any(token.key == key for token in name.tokens) or bool(name.sexes)
