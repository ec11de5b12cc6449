"""Which measure a statement is about: shared words, weighted by how much they tell, and place."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from styrmatt.normalize.lemmas import lemma, likeness, words_of
from styrmatt.normalize.numbers import parse_number_word
from styrmatt.normalize.outcomes_words import Patterns

SURE = 0.56
"""A score from which a statement is of the measure, in its own section ..."""
SURE_ELSEWHERE = 0.66
"""... and elsewhere in the report."""
CLEARLY = 0.05
"""By how much the best score must be above the next."""
_SAME_MEANING = 0.9
_RUN_IN, _NEAR, _HEADING = 0.9, 0.75, 0.6
"""What a measure's word is worth in a run-in heading, the sentences before, and the heading."""
_ASIDE = 0.3
"""What a word in brackets or behind a measure's first sentence is worth."""
_LEAST_WORDS = 0.3
"""Share of a statement's words that must be the measure's, and of the measure's that must be said."""
_BRACKETS = re.compile(r"\([^)]*\)")
_SECOND = re.compile(r"[.,:] (?=[^\W\d_]*[A-ZÅÄÖ]\w*\s)|\. ")


@dataclass(frozen=True)
class Profile:
    """A measure as the linker sees it."""

    measure_id: str
    name: str
    unit: str | None
    target_unit: str | None
    goal_id: str | None
    factor_id: str | None
    sexes: frozenset[str]
    difference: bool
    plain: bool
    """Whether it is a measure and not an activity."""
    terms: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Place:
    """Where a statement stands: section, headings, what has been said before."""

    goal_id: str | None
    factor_id: str | None
    measure_id: str | None
    heading: tuple[str, ...] = ()
    run_in: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


class Terms:
    """Turns text into the lemmas that tell measures apart."""

    def __init__(self, patterns: Patterns, stop_words: Iterable[str], names: Iterable[str]) -> None:
        topics = patterns.words.topics
        self._numbers = patterns.numbers
        self._names = frozenset(lemma(word) for name in names for word in words_of(name))
        self._empty = frozenset(topics.empty) | frozenset(map(lemma, topics.empty)) | frozenset(topics.generic)
        self._stop = frozenset(stop_words)
        self._groups: dict[str, set[int]] = {}
        for number, group in enumerate(topics.synonyms):
            for word in group:
                self._groups.setdefault(word, set()).add(number)
                self._groups.setdefault(lemma(word), set()).add(number)

    def of(self, text: str) -> tuple[str, ...]:
        """The content lemmas of a text, each once, figures as digits."""
        found: dict[str, None] = {}
        for word in words_of(text):
            folded = word.casefold()
            number = parse_number_word(folded, self._numbers) if folded[0].isalpha() else None
            if number is not None and number > 1:
                found[str(number)] = None
                continue
            if folded in self._stop or folded in self._empty or (len(folded) < 2 and not folded.isdigit()):
                continue
            form = lemma(word)
            if form not in self._empty and form not in self._stop and form not in self._names:
                found[form] = None
        return tuple(found)

    def alike(self, one: str, other: str) -> float:
        """How much of one lemma's meaning the other has."""
        if one == other:
            return 1.0
        near = likeness(one, other)
        shared = self._groups.get(one, set()) & self._groups.get(other, set())
        return max(near, _SAME_MEANING) if shared else near

    def best(self, term: str, others: Iterable[str]) -> float:
        """The nearest of the other lemmas."""
        return max((self.alike(term, other) for other in others), default=0.0)


class Linker:
    """Scores measures for statements."""

    def __init__(self, profiles: Sequence[Profile], terms: Terms) -> None:
        self.terms = terms
        seen = Counter(
            term for profile in profiles for term in set(terms.of(profile.name))
        )
        count = max(len(profiles), 1)
        self._weight = {term: math.log(1 + count / n) for term, n in seen.items()}
        self._unknown = sorted(self._weight.values())[len(self._weight) // 2] if self._weight else 1.0
        self.profiles = [self._with_terms(profile) for profile in profiles]
        self._in_factor = Counter(p.factor_id for p in profiles)

    def _with_terms(self, profile: Profile) -> Profile:
        main = _BRACKETS.sub(" ", profile.name)
        cut = _SECOND.search(main)
        first = main[: cut.start()] if cut and cut.start() > 4 else main
        full = set(self.terms.of(first))
        terms = {
            term: self._weight[term] * (1.0 if term in full else _ASIDE)
            for term in self.terms.of(profile.name)
        }
        return Profile(**{**{n: getattr(profile, n) for n in profile.__dataclass_fields__}, "terms": terms})

    def score(self, profile: Profile, own: Sequence[str], place: Place) -> tuple[float, bool]:
        """How surely the words are said of the measure, and whether that is enough."""
        here = place.measure_id == profile.measure_id
        said = self._said(profile, own, place)
        direct = self._said(profile, own, Place(None, None, None, (), place.run_in, place.near))
        fits = self._fits(profile, own, place)
        prior = self._prior(profile, place)
        score = 0.5 * said + 0.35 * fits + 0.15 * prior
        same = profile.factor_id == place.factor_id and profile.goal_id == place.goal_id
        enough = score >= (SURE if same or here else SURE_ELSEWHERE)
        if not same and not here and direct < 0.45:
            enough = False
        if fits < _LEAST_WORDS or (direct < _LEAST_WORDS and not (here and (not own or direct > 0.12))):
            enough = False
        return score, enough

    def _said(self, profile: Profile, own: Sequence[str], place: Place) -> float:
        """Share of the measure's words that are said, in the statement or around it."""
        total = sum(profile.terms.values())
        if not total:
            return 0.0
        value = 0.0
        for term, weight in profile.terms.items():
            value += weight * max(
                self.terms.best(term, own),
                _RUN_IN * self.terms.best(term, place.run_in),
                _NEAR * self.terms.best(term, place.near),
                _HEADING * self.terms.best(term, place.heading),
            )
        return value / total

    def _fits(self, profile: Profile, own: Sequence[str], place: Place) -> float:
        """Share of the statement's own words that are the measure's or the heading's."""
        if not own:
            return 0.8
        total = value = 0.0
        for term in own:
            weight = self._weight.get(term, self._unknown)
            total += weight
            value += weight * max(
                self.terms.best(term, profile.terms), 0.7 * self.terms.best(term, place.heading)
            )
        return value / total

    def _prior(self, profile: Profile, place: Place) -> float:
        if place.measure_id is not None:
            return 1.0 if place.measure_id == profile.measure_id else 0.3
        if profile.factor_id == place.factor_id and profile.goal_id == place.goal_id:
            return 1.0 if self._in_factor[profile.factor_id] == 1 else 0.8
        return 0.4 if profile.goal_id == place.goal_id and place.goal_id else 0.0
