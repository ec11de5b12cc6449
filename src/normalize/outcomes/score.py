"""Which measure a statement is about: shared words, weighted by how much they tell, and place."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from styrmatt.normalize.outcomes.terms import Terms
from styrmatt.swedish.lemmas import FIRST_PART
from styrmatt.swedish.narrative_patterns import Patterns

SURE = 0.6
"""A score from which a statement is of the measure, in its own section and elsewhere."""
CLEARLY = 0.05
"""By how much the best score must be above the next."""
_SAID, _FITS, _PLACED = 0.5, 0.35, 0.15
"""What counts: the measure's words said, the statement's words fitting, and the place."""
_RUN_IN, _NEAR, _BEFORE, _HEADING = 0.9, 0.75, 0.4, 0.6
"""What a word is worth in a run-in heading, in the sentences before where the statement leans on
them and where it does not, and in the heading."""
_OF_HEADING = 0.5
_ASIDE = 0.3
"""What a word in brackets or behind a measure's first sentence is worth."""
_UNKNOWN = 0.7
"""What a word that no measure has weighs, of what a measure's middling word does."""
_LEAST_WORDS = 0.3
"""Share of a statement's words that must fit, and of the measure's that must be said."""
_KEY, _LEAST_KEY, _KEY_WEIGHT = 0.8, 0.35, 0.6
"""How near a word must be to what the measure says of those it counts, how much of that must be
said, and what it is worth where it is said."""
_LEAST_ELSEWHERE = 0.45
_TOLD_APART = 0.25
_ROUNDED = 1e-6
"""By how much a sum may be off that was added up in another order."""
_BRACKETS = re.compile(r"\([^)]*\)")
_SECOND = re.compile(r"[.,:] (?=[^\W\d_a-z]\w*\s)|\. ")
"""Where a name goes on with a remark: "..., Vi f\u00f6ljer ..."."""


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
    sex_named: str | None = None
    """The sex that the measure is of by its name, where it has no lines for women and men."""
    terms: Mapping[str, float] = field(default_factory=dict)
    key: frozenset[str] = frozenset()
    """The terms behind "som", "med" ...: what is said of those who are counted."""
    head: tuple[str, ...] = ()
    """The first terms: what is counted."""


@dataclass(frozen=True)
class StatementPlace:
    """Where a statement stands: section, headings, what has been said before."""

    goal_id: str | None
    factor_id: str | None
    measure_id: str | None
    heading: tuple[str, ...] = ()
    run_in: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    leans: bool = False
    """Whether the statement leans on what was said before it."""


@dataclass(frozen=True)
class Words:
    """A statement's words at their place, and the measures' lemmas that they come near to."""

    own: tuple[str, ...]
    place: StatementPlace
    said: Mapping[str, float]
    """In all that stands around, weighed by where."""
    direct: Mapping[str, float]
    """The same without the heading."""
    around: Mapping[str, float]
    """In what stands for the statement, each at its full worth."""
    leaning: Mapping[str, float]
    headed: Mapping[str, float]
    weighed: tuple[tuple[str, float, float], ...]
    """The statement's own words, each with its weight and its worth as one of the heading's."""
    total: float
    """Of the weights."""


class MeasureScorer:
    """Scores measures for statements."""

    def __init__(self, profiles: Sequence[Profile], terms: Terms, patterns: Patterns) -> None:
        self.terms = terms
        topics = patterns.words.topics
        self._aside = patterns.literal(*topics.asides)
        self._key_after = [patterns.literal(word) for word in topics.key_after]
        seen = Counter(term for profile in profiles for term in set(terms.of(profile.name)))
        count = max(len(profiles), 1)
        self._weight = {term: math.log(1 + count / n) for term, n in seen.items()}
        weights = sorted(self._weight.values())
        self._unknown = _UNKNOWN * weights[len(weights) // 2] if weights else 1.0
        self.profiles = [self._with_terms(profile) for profile in profiles]
        self._in_factor = Counter(p.factor_id for p in profiles)
        terms.learn(self._weight)
        self._having: dict[str, list[tuple[int, float]]] = {}
        """For each term the measures that have it, with its share of all that they have."""
        self._number = {p.measure_id: n for n, p in enumerate(self.profiles)}
        for number, profile in enumerate(self.profiles):
            total = sum(profile.terms.values())
            for term, weight in profile.terms.items():
                self._having.setdefault(term, []).append((number, weight / total))

    def _with_terms(self, profile: Profile) -> Profile:
        first = _BRACKETS.sub(" ", profile.name)
        for cut in (_SECOND.search(first), self._aside.search(first)):
            if cut is not None and 4 < cut.start() < len(first):
                first = first[: cut.start()]
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

    def words(self, own: tuple[str, ...], place: StatementPlace) -> Words:
        """A statement's words, made ready to be scored for each measure."""
        reach = self.terms.reach
        mine, run_in, near = reach(own), reach(place.run_in), reach(place.near)
        heading = reach(place.heading)
        direct = _highest((1.0, mine), (_RUN_IN, run_in), (_NEAR if place.leans else _BEFORE, near))
        around = _highest((1.0, mine), (1.0, run_in))
        if not own:
            around = _highest((1.0, run_in), (1.0, near), (1.0, heading))
        leaning = _highest((1.0, around), (1.0, near)) if place.leans else around
        weighed = tuple(
            (
                term,
                self._weight.get(term, self._unknown),
                _OF_HEADING
                * max((self.terms.alike(term, other) for other in place.heading), default=0.0),
            )
            for term in own
        )
        return Words(
            own,
            place,
            _highest((1.0, direct), (_HEADING, heading)),
            direct,
            around,
            leaning,
            _highest((1.0, leaning), (1.0, heading)),
            weighed,
            sum(weight for _, weight, _ in weighed),
        )

    def likely(self, words: Words, least: float) -> Iterator[Profile]:
        """The measures that may score more than ``least``, in their order; most cannot.

        What is said of a measure is known at once for all; the rest is taken for as much as it may
        be. A report of thousands of measures would else be scored against all, for each statement.
        """
        said: dict[int, float] = {}
        for term, near in words.said.items():
            for number, share in self._having.get(term, ()):
                said[number] = said.get(number, 0.0) + near * share
        here = self._number.get(words.place.measure_id or "")
        if here is not None:
            said.setdefault(here, 0.0)
        for number in sorted(said):
            profile, value = self.profiles[number], said[number]
            if profile.key:
                value = max(value, _KEY_WEIGHT + (1 - _KEY_WEIGHT) * value)
            most = _SAID * value + _FITS + _PLACED * self._prior(profile, words.place)
            if most > least - _ROUNDED:
                yield profile

    def score(self, profile: Profile, words: Words) -> tuple[float, bool]:
        """How surely the words are said of the measure, 0 to 1, and whether that is enough."""
        place = words.place
        here = place.measure_id == profile.measure_id
        same = profile.goal_id == place.goal_id and place.factor_id in (None, profile.factor_id)
        said = _share(profile.terms, words.said)
        if not (said or here):
            return 0.0, False
        key = self._key_share(profile, words)
        if key > _KEY and len(profile.key) < len(profile.terms):
            said = max(said, _KEY_WEIGHT * key + (1 - _KEY_WEIGHT) * said)
        fits = self._fits(profile, words)
        score = _SAID * said + _FITS * fits + _PLACED * self._prior(profile, place)
        if score < SURE or fits < _LEAST_WORDS:
            return score, False
        direct = _share(profile.terms, words.direct)
        if not (same or here) and (direct < _LEAST_ELSEWHERE or self._shared(profile, words) < 2):
            return score, False
        if direct < _LEAST_WORDS and key <= _KEY and not here:
            return score, False
        if here and fits >= _KEY:
            return score, True
        enough = key >= _LEAST_KEY if profile.key else _reached(profile.head, words.headed)
        return score, enough

    def told_apart(self, one: Profile, other: Profile, words: Words) -> bool:
        """Whether what only ``one`` has is said, and what only ``other`` has is not."""
        shares = []
        for mine, theirs in ((one, other), (other, one)):
            alone = {t: w for t, w in mine.terms.items() if self.terms.best(t, theirs.terms) < _KEY}
            shares.append(_share(alone, words.around))
        return shares[0] - shares[1] > _TOLD_APART

    def _shared(self, profile: Profile, words: Words) -> int:
        return sum(1 for term in profile.terms if words.around.get(term, 0.0) >= FIRST_PART)

    def _key_share(self, profile: Profile, words: Words) -> float:
        """How much is said of what the measure says of those it counts."""
        if not profile.key:
            return 0.0
        said = [profile.terms[t] for t in profile.key if words.leaning.get(t, 0.0) >= _KEY]
        return sum(said) / sum(profile.terms[t] for t in profile.key)

    def _fits(self, profile: Profile, words: Words) -> float:
        """Share of the statement's own words that are the measure's or the heading's."""
        if not words.own:
            return _KEY
        value = 0.0
        for term, weight, in_heading in words.weighed:
            value += weight * max(self.terms.best(term, profile.terms), in_heading)
        return value / words.total

    def _prior(self, profile: Profile, place: StatementPlace) -> float:
        if place.measure_id is not None:
            return 1.0 if place.measure_id == profile.measure_id else 0.3
        if profile.goal_id != place.goal_id or place.goal_id is None:
            return 0.0
        if place.factor_id is None:
            return 0.6
        if profile.factor_id != place.factor_id:
            return 0.4
        return 1.0 if self._in_factor[profile.factor_id] == 1 else 0.8


def _highest(*parts: tuple[float, Mapping[str, float]]) -> dict[str, float]:
    """For each lemma the highest of its weighed values."""
    out: dict[str, float] = {}
    for weight, values in parts:
        for term, value in values.items():
            if weight * value > out.get(term, 0.0):
                out[term] = weight * value
    return out


def _share(terms: Mapping[str, float], said: Mapping[str, float]) -> float:
    total = value = 0.0
    for term, weight in terms.items():
        total += weight
        if term in said:
            value += weight * said[term]
    return value / total if total else 0.0


def _reached(terms: Sequence[str], said: Mapping[str, float]) -> bool:
    return any(said.get(term, 0.0) >= _KEY for term in terms)
