"""Whether two names of different reports mean the same measure or goal.

Words are laid against each other one to one: forms of one word, compounds against their parts,
abbreviations against what they stand for, misprints. What is left over on either side decides. If
nothing that counts is left, the one name is the other in other words. If something is, the
definition differs, however long the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from styrmatt.normalize.series.abbreviations import abbreviated
from styrmatt.normalize.series.name_vocabulary import NameVocabulary
from styrmatt.normalize.series.parse_name import NameToken, ParsedName
from styrmatt.swedish.dictionary import has_dictionary, is_word

Verdict = Literal["same", "reworded", "changed", "unlike"]

LIKE: Final = 0.5
"""Share of the words of two names that must agree before one is called a change of the other."""
_REWORDED: Final = 0.9
_WITHIN: Final = 0.6
_MISPRINT_FROM: Final = 6
_PART: Final = 3
"""Letters that a part of a compound has at least."""


@dataclass(frozen=True, slots=True)
class NameComparison:
    """What two names have to do with each other, and how alike they are, 0 to 1."""

    verdict: Verdict
    likeness: float
    difference: str = ""
    """The words or kinds of word that one has and the other lacks."""


@lru_cache(maxsize=16384)  # some reports' worth: no two organisations are ever compared
def compare(one: ParsedName, other: ParsedName, lexis: NameVocabulary) -> NameComparison:
    """How two names compare; the order of the two makes no difference."""
    if one.exact == other.exact and one.exact:
        return NameComparison("same", 1.0)
    if not one.tokens or not other.tokens or _most(one, other, lexis) < LIKE / 2:
        return NameComparison("unlike", 0.0)
    mine, theirs = _Match(one, other, lexis).leftovers()
    share = _share(one, other, mine, theirs)
    mine = [t for t in mine if not (other.has_slash and t.raw in lexis.alternatives)]
    theirs = [t for t in theirs if not (one.has_slash and t.raw in lexis.alternatives)]
    mine, theirs = _telling(one, mine, theirs), _telling(other, theirs, mine)
    contradicted = _contradicted(one, other, lexis)
    if not mine and not theirs and not contradicted:
        ratio = fuzz.ratio(one.exact, other.exact) / 100
        return NameComparison("reworded", _REWORDED + (1 - _REWORDED) * ratio)
    difference = ", ".join([*contradicted, *(token.raw for token in (*mine, *theirs))])
    verdict: Verdict = "changed" if share >= LIKE else "unlike"
    return NameComparison(verdict, share, difference)


class _Match:
    """Lays the words of two names against each other."""

    def __init__(self, one: ParsedName, other: ParsedName, lexis: NameVocabulary) -> None:
        self._lexis = lexis
        self._names = (one, other)
        self._left = (list(one.tokens), list(other.tokens))

    def leftovers(self) -> tuple[list[NameToken], list[NameToken]]:
        """The words of each name that have no counterpart in the other."""
        self._pair(_equal)
        self._pair(lambda a, b: self._lexis.one_word(a.raw, b.raw) and not a.is_number)
        for side in (0, 1):
            self._compounds(side)
        for side in (0, 1):
            self._abbreviations(side)
        self._pair(_misprint)
        return self._left

    def _pair(self, alike: object) -> None:
        mine, theirs = self._left
        for token in list(mine):
            found = next((o for o in theirs if alike(token, o)), None)  # type: ignore[operator]
            if found is not None:
                mine.remove(token)
                theirs.remove(found)

    def _compounds(self, side: int) -> None:
        """A compound against two or three words that it is made of."""
        mine, theirs = self._left[side], self._left[1 - side]
        for token in list(mine):
            if token.is_number or len(token.raw) < 2 * _PART:
                continue
            parts = self._parts(token.raw, theirs)
            if parts:
                mine.remove(token)
                for part in parts:
                    theirs.remove(part)

    def _parts(self, word: str, pool: Sequence[NameToken]) -> list[NameToken] | None:
        """The words of the pool that make up a compound, without the pool's others."""
        for token in pool:
            if len(token.raw) < _PART or token.is_number:
                continue
            rest = self._lexis.joined(word, token.raw)
            if not rest:
                continue
            others = [other for other in pool if other is not token]
            for ending in _without_joint(rest, self._lexis.words.joints):
                last = next((o for o in others if self._lexis.one_word(ending, o.raw)), None)
                if last is not None:
                    return [token, last]
                if len(ending) >= 2 * _PART and (more := self._parts(ending, others)):
                    return [token, *more]
        return None

    def _abbreviations(self, side: int) -> None:
        """An abbreviation against the words it stands for, in the other name or in its own.

        "Länsungdomsrådet (LUR)" says one thing twice: where one of the two has found its
        counterpart, the other needs none.
        """
        name, other = self._names[side], self._names[1 - side]
        for token in name.tokens:
            if token.abbreviation is None:
                continue
            left = token in self._left[side]
            if left:
                run = abbreviated(token.abbreviation, other.printed, self._lexis)
                if run:
                    self._drop(1 - side, run)
                    self._left[side].remove(token)
                    continue
            run = abbreviated(token.abbreviation, name.printed, self._lexis)
            rest = [t for t in self._left[side] if t.raw in run]
            whole = [t for t in name.tokens if t.raw in run]
            if run and left and len(rest) < len(whole):
                self._left[side].remove(token)
            elif run and not left:
                self._drop(side, run)

    def _drop(self, side: int, run: Sequence[str]) -> None:
        for token in [t for t in self._left[side] if t.raw in run]:
            self._left[side].remove(token)


def _equal(one: NameToken, other: NameToken) -> bool:
    if one.years and other.years:
        return bool(set(one.years) & set(other.years))
    return one.key == other.key


def _misprint(one: NameToken, other: NameToken) -> bool:
    """Whether one is the other with a letter wrong: no two words that both exist."""
    if min(len(one.raw), len(other.raw)) < _MISPRINT_FROM or not has_dictionary():
        return False
    if one.raw[0] != other.raw[0] and one.raw[-1] != other.raw[-1]:
        return False  # one letter is wrong, or two have changed places
    if OSA.distance(one.raw, other.raw, score_cutoff=1) > 1:
        return False
    return not (is_word(one.raw) and is_word(other.raw))


def _without_joint(rest: str, joints: Sequence[str]) -> list[str]:
    return [rest, *(rest[len(j) :] for j in joints if rest.startswith(j) and len(rest) > len(j))]


def _most(one: ParsedName, other: ParsedName, lexis: NameVocabulary) -> float:
    """The largest share of their words that two names can have in common, at a glance.

    All of them, where one name may lie within the other.
    """
    mine, theirs = _at_a_glance(one), _at_a_glance(other)
    for letters in (*mine.abbreviations, *theirs.abbreviations):
        if any(abbreviated(letters, name.printed, lexis) for name in (one, other)):
            return 1.0
    met = 0
    for starts, others, whole in (
        (mine.starts, theirs.starts, other.exact),
        (theirs.starts, mine.starts, one.exact),
    ):
        found = sum([start in others or start in whole for start in starts])
        if found == len(starts):
            return 1.0
        met += found
    return met / (len(one.tokens) + len(other.tokens))


class _Glance(NamedTuple):
    """What is looked at first of a name."""

    starts: tuple[str, ...]
    """The first letters of its words."""
    abbreviations: tuple[str, ...]


@lru_cache(maxsize=4096)
def _at_a_glance(name: ParsedName) -> _Glance:
    return _Glance(
        tuple([token.key[:_PART] for token in name.tokens]),
        tuple([token.abbreviation for token in name.tokens if token.abbreviation]),
    )


def _share(one: ParsedName, other: ParsedName, mine: list[NameToken], theirs: list[NameToken]) -> float:
    """The share of all words that have a counterpart; one name within the other is a good one."""
    whole = len(one.tokens) + len(other.tokens)
    share = 1 - (len(mine) + len(theirs)) / whole
    return share if mine and theirs else max(share, _WITHIN)


def _telling(name: ParsedName, left: list[NameToken], opposite: list[NameToken]) -> list[NameToken]:
    """What is left of a name that makes a difference.

    The report's own year makes none. Nor does an explanation; nor a parenthesis that the other
    name lacks, unless words in it narrow or widen what is measured.
    """
    telling = []
    for token in left:
        segment = name.segments[token.segment]
        extra = not any(other.segment or not segment.explains for other in opposite)
        if "this" in token.years and not any(other.years for other in opposite):
            continue
        if segment.explains and extra:
            continue
        alone = segment.group > 0 and not segment.limits and not opposite
        if not (alone and _whole_segment(name, token.segment, left)):
            telling.append(token)
    return telling


def _whole_segment(name: ParsedName, segment: int, left: list[NameToken]) -> bool:
    return segment > 0 and all(t in left for t in name.tokens if t.segment == segment)


def _contradicted(one: ParsedName, other: ParsedName, lexis: NameVocabulary) -> list[str]:
    """What the names say against each other of quantity, sex, direction, or of what of what."""
    found = []
    mine, theirs = one.quantities - other.quantities, other.quantities - one.quantities
    if (mine and theirs) or (mine | theirs) - lexis.unsaid:
        found += sorted(mine | theirs)
    if one.sexes != other.sexes:
        found += sorted(one.sexes ^ other.sexes)
    if one.directions and other.directions and not one.directions & other.directions:
        found += sorted(one.directions | other.directions)
    return found + sorted(_turned(one, other, lexis))


def _turned(one: ParsedName, other: ParsedName, lexis: NameVocabulary) -> set[str]:
    """Relation words that say the opposite, or what is of what the other way round."""
    found = set()
    behind, theirs = set(one.order), set(other.order)
    for relation, key in behind | theirs:
        opposite = (lexis.opposites.get(relation, ""), key)
        if ((relation, key) in behind) != ((relation, key) in theirs) and (
            (opposite in behind) != (opposite in theirs)
        ):
            found.add(relation)
    for relation in {relation for relation, _ in behind} & {relation for relation, _ in theirs}:
        mine = {key for word, key in behind if word == relation}
        others = {key for word, key in theirs if word == relation}
        if not mine & others and any(
            _is_turned(one, other, a, b) for a in sorted(mine) for b in sorted(others)
        ):
            found.add(relation)
    return found


def _is_turned(one: ParsedName, other: ParsedName, mine: str, theirs: str) -> bool:
    """Whether each name has what stands behind the other's relation word somewhere else."""
    return _has(one, theirs) and _has(other, mine)


def _has(name: ParsedName, key: str) -> bool:
    return any(token.key == key for token in name.tokens) or bool(name.sexes)
