"""Which measure a statement is about: shared words, weighted by how much they tell, and place."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from styrmatt.normalize.lemmas import FIRST, lemma, likeness, words_of
from styrmatt.normalize.numbers import parse_number_word
from styrmatt.normalize.outcomes_words import Patterns

SURE = 0.6
"""A score from which a statement is of the measure, in its own section ..."""
SURE_ELSEWHERE = 0.6
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
_CENTURIES = ("19", "20")
_UNKNOWN = 0.7
"""What a word that no measure has weighs, of what a measure's middling word does."""
_KEY, _LEAST_KEY = 0.8, 0.35
"""How alike a word must be to what the measure says of people or things, and how much is said."""
_KEY_WEIGHT = 0.6
_TOLD_APART = 0.25
_ASIDE_NEAR = 0.4
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
    key: frozenset[str] = frozenset()
    """The terms behind "som", "med" ...: what is said of those who are counted."""
    head: tuple[str, ...] = ()
    """The first terms: what is counted."""


@dataclass(frozen=True)
class Place:
    """Where a statement stands: section, headings, what has been said before."""

    goal_id: str | None
    factor_id: str | None
    measure_id: str | None
    heading: tuple[str, ...] = ()
    run_in: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    anaphoric: bool = False
    """Whether the statement leans on what was said before it."""


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
            if folded.isdigit() and len(folded) == 4 and folded[:2] in _CENTURIES:
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

    def __init__(self, profiles: Sequence[Profile], terms: Terms, patterns: Patterns) -> None:
        self.terms = terms
        self._aside = patterns.literal(*patterns.words.topics.asides)
        self._key_after = [patterns.literal(word) for word in patterns.words.topics.key_after]
        seen = Counter(
            term for profile in profiles for term in set(terms.of(profile.name))
        )
        count = max(len(profiles), 1)
        self._weight = {term: math.log(1 + count / n) for term, n in seen.items()}
        weights = sorted(self._weight.values())
        self._unknown = _UNKNOWN * weights[len(weights) // 2] if weights else 1.0
        self.profiles = [self._with_terms(profile) for profile in profiles]
        self._in_factor = Counter(p.factor_id for p in profiles)

    def _with_terms(self, profile: Profile) -> Profile:
        main = _BRACKETS.sub(" ", profile.name)
        cut = _SECOND.search(main)
        first = main[: cut.start()] if cut and cut.start() > 4 else main
        aside = self._aside.search(first)
        first = first[: aside.start()] if aside and aside.start() > 4 else first
        full = set(self.terms.of(first))
        terms = {
            term: self._weight[term] * (1.0 if term in full else _ASIDE)
            for term in self.terms.of(profile.name)
        }
        key: frozenset[str] = frozenset()
        for pattern in self._key_after:
            leads = list(pattern.finditer(first))
            if leads and not key:
                key = frozenset(self.terms.of(first[leads[-1].end() :])) & set(terms)
        head = self.terms.of(first.split(",")[0])[:2]
        return replace(profile, terms=terms, key=key, head=head)

    def score(self, profile: Profile, own: Sequence[str], place: Place) -> tuple[float, bool]:
        """How surely the words are said of the measure, and whether that is enough."""
        here = place.measure_id == profile.measure_id
        key = self._key_share(profile, own, place)
        said = self._said(profile, own, place)
        if key > _KEY and profile.terms and len(profile.key) < len(profile.terms):
            said = max(said, _KEY_WEIGHT * key + (1 - _KEY_WEIGHT) * said)
        direct = self._said(profile, own, replace(place, heading=()))
        fits = self._fits(profile, own, place)
        score = 0.5 * said + 0.35 * fits + 0.15 * self._prior(profile, place)
        same = profile.goal_id == place.goal_id and place.factor_id in (None, profile.factor_id)
        if score < (SURE if same or here else SURE_ELSEWHERE) or fits < _LEAST_WORDS:
            return score, False
        if not (same or here) and (direct < 0.45 or self._shared(profile, own, place) < 2):
            return score, False
        if direct < _LEAST_WORDS and key <= _KEY and not (here and (not own or direct > 0.12)):
            return score, False
        if here and fits >= _KEY:
            return score, True
        return score, key >= _LEAST_KEY if profile.key else self._headed(profile, own, place)

    def _around(self, own: Sequence[str], place: Place) -> tuple[str, ...]:
        """The words that stand for a statement: its own, or what it leans on."""
        if own:
            return (*own, *place.run_in)
        return (*place.run_in, *place.near, *place.heading)

    def _shared(self, profile: Profile, own: Sequence[str], place: Place) -> int:
        around = self._around(own, place)
        return sum(1 for term in profile.terms if self.terms.best(term, around) >= FIRST)

    def _headed(self, profile: Profile, own: Sequence[str], place: Place) -> bool:
        """Whether what is counted is named, here or in the heading."""
        around = (*own, *place.run_in, *place.heading, *(place.near if place.anaphoric else ()))
        return any(self.terms.best(term, around) >= _KEY for term in profile.head)

    def _key_share(self, profile: Profile, own: Sequence[str], place: Place) -> float:
        """How much is said of what the measure says of those it counts."""
        if not profile.key:
            return 0.0
        around = self._around(own, place)
        if place.anaphoric:
            around = (*around, *place.near)
        said = [profile.terms[t] for t in profile.key if self.terms.best(t, around) >= _KEY]
        return sum(said) / sum(profile.terms[t] for t in profile.key)

    def told_apart(self, one: Profile, other: Profile, own: Sequence[str], place: Place) -> bool:
        """Whether the words that only ``one`` has are said, and those that only ``other`` has are not."""
        around = self._around(own, place)
        shares = []
        for mine, theirs in ((one, other), (other, one)):
            alone = {t: w for t, w in mine.terms.items() if self.terms.best(t, theirs.terms) < _KEY}
            total = sum(alone.values())
            said = sum(w * self.terms.best(t, around) for t, w in alone.items())
            shares.append(said / total if total else 0.0)
        return shares[0] - shares[1] > _TOLD_APART

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
                (_NEAR if place.anaphoric else _ASIDE_NEAR) * self.terms.best(term, place.near),
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
                self.terms.best(term, profile.terms), 0.5 * self.terms.best(term, place.heading)
            )
        return value / total

    def _prior(self, profile: Profile, place: Place) -> float:
        if place.measure_id is not None:
            return 1.0 if place.measure_id == profile.measure_id else 0.3
        if profile.factor_id == place.factor_id and profile.goal_id == place.goal_id:
            return 1.0 if self._in_factor[profile.factor_id] == 1 else 0.8
        if place.factor_id is None and profile.goal_id == place.goal_id and place.goal_id:
            return 0.6
        return 0.4 if profile.goal_id == place.goal_id and place.goal_id else 0.0
