"""Which measure a statement is about, by the words they share and by where it stands."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from styrmatt.normalize.outcomes.compounds import CompoundReader
from styrmatt.normalize.outcomes.names.short_names import spelled_out
from styrmatt.normalize.outcomes.profiles import MeasureProfile
from styrmatt.normalize.outcomes.statement_terms import StatementPlace, StatementTerms
from styrmatt.normalize.outcomes.term_index import TermIndex
from styrmatt.normalize.outcomes.weights import (
    ASIDE_WEIGHT,
    CLOSE,
    COVERAGE_WEIGHT,
    COVERED_BY_HEADING,
    ELSEWHERE_WITH_MEASURE,
    HEADING_WORTH,
    MIN_QUALIFIER_SHARE,
    MIN_SCORE,
    MIN_SHARE,
    MIN_SHARE_ELSEWHERE,
    MIN_TERMS_ELSEWHERE,
    NAME_WEIGHT,
    OTHER_FACTOR,
    PLACE_WEIGHT,
    PRECEDING_WORTH,
    QUALIFIER_WEIGHT,
    REFERRED_WORTH,
    RUN_IN_WORTH,
    SECTION_OF_FACTOR,
    SECTION_OF_GOAL,
    TELLS_APART,
    UNKNOWN_WORD_WEIGHT,
)
from styrmatt.swedish.lemmas import FIRST_PART, is_participle, printed_words
from styrmatt.swedish.rules.narrative_patterns import Patterns

_ROUNDING: Final = 1e-6
"""By how much two sums of the same shares may differ that were added up in another order."""
_MIN_NAME_LENGTH: Final = 4
"""A remark is cut off a name behind more than so many characters; fewer are an abbreviation."""
_HEAD_TERMS: Final = 2
"""Terms at the beginning of a name that say what is counted."""
_WORDS_OF_ANOTHER: Final = 2
"""Words of its own that make a clause without a measure's one of another thing."""
_BRACKETS: Final = re.compile(r"\([^)]*\)")
_REMARK: Final = re.compile(r"[.,:] (?=[^\W\d_a-z]\w*\s)|\. ")
"""Where a name goes on with a remark: "..., Vi f\u00f6ljer ..."."""


class MeasureScorer:
    """Scores measures for statements."""

    def __init__(
        self, profiles: Sequence[MeasureProfile], term_index: TermIndex, patterns: Patterns
    ) -> None:
        self.terms = term_index
        topics = patterns.words.topics
        self._aside = patterns.literal(*topics.asides)
        self._short_name = topics.short_name
        self._having = patterns.literal(*topics.having)
        self._share_name = patterns.compile(topics.share_names)
        ends = set(topics.phrase_ends) - set(topics.key_after)
        self._phrase_end = patterns.literal(*sorted(ends))
        self._plurals = topics.plurals
        quantities = patterns.words.quantities
        self._units = frozenset((*quantities.unlisted, *quantities.time, *quantities.days))
        self._qualifier_leads = [patterns.literal(word) for word in topics.key_after]
        for profile in profiles:
            for short, long in spelled_out(profile.name):
                for term in term_index.terms_in(long):
                    term_index.add_synonyms((*term_index.terms_in(short), term))
        counts = Counter(t for profile in profiles for t in set(term_index.terms_in(profile.name)))
        total = max(len(profiles), 1)
        self._weights = {term: math.log(1 + total / n) for term, n in counts.items()}
        weights = sorted(self._weights.values())
        median = weights[len(weights) // 2] if weights else None
        self._unknown_weight = 1.0 if median is None else UNKNOWN_WORD_WEIGHT * median
        self.profiles = [self._with_terms(profile) for profile in profiles]
        self._measures_of_factor = Counter(p.factor_id for p in profiles)
        self._has_goals = any(profile.goal_id for profile in profiles)
        """Whether headings name goals. Without any, each section may be about each measure."""
        term_index.add(self._weights)
        self.compounds = CompoundReader(
            term_index, quantities.nouns, topics.empty_heads, topics.added_heads
        )
        self.compounds.add(self._weights)
        self._with_term: dict[str, list[tuple[int, float]]] = {}
        """For each term the numbers of the measures that have it, with its share of their terms."""
        self._number_of = {p.measure_id: n for n, p in enumerate(self.profiles)}
        for number, profile in enumerate(self.profiles):
            whole = sum(profile.term_weights.values())
            for term, weight in profile.term_weights.items():
                self._with_term.setdefault(term, []).append((number, weight / whole))

    def _with_terms(self, profile: MeasureProfile) -> MeasureProfile:
        first = _BRACKETS.sub(" ", profile.name)
        for remark in (_REMARK.search(first), self._aside.search(first)):
            if remark is not None and _MIN_NAME_LENGTH < remark.start() < len(first):
                first = first[: remark.start()]
        core = set(self.terms.terms_in(first))
        term_weights = {
            term: self._weights[term]
            * (1.0 if term in core and term not in self._units else ASIDE_WEIGHT)
            for term in self.terms.terms_in(profile.name)
        }
        qualifier: frozenset[str] = frozenset()
        for pattern in self._qualifier_leads:
            leads = list(pattern.finditer(first))
            if leads and not qualifier:
                behind = self.terms.terms_in(first[leads[-1].end() :])
                told = (term for term in behind if not term[0].isdecimal())
                qualifier = frozenset(told) & set(term_weights)
        head = tuple(t for t in self.terms.terms_in(first.split(",")[0]) if t not in self._units)
        head = head[:_HEAD_TERMS] or tuple(term_weights)[:_HEAD_TERMS]
        short = self.terms.terms_in(" ".join(self._short_name.findall(profile.name)))
        noun = self._phrase_end.split(first.split(",")[0])[0]
        counts = tuple(term for term in self.terms.terms_in(noun) if term in head)
        profile = replace(
            profile,
            term_weights=term_weights,
            qualifier=qualifier,
            head=head + short,
            counts=(*counts, *short) if counts else (),
            participles=self._participles(noun),
        )
        is_told_by_share = profile.qualifier and "percent" in (profile.unit, profile.target_unit)
        in_percent = "percent" in (profile.unit, profile.target_unit)
        is_of_several = in_percent and self._plurals.match(first.casefold())
        is_share = bool(
            counts and (self._share_name.match(first) or is_told_by_share or is_of_several)
        )
        return self._as_share(profile, first, noun) if is_share else profile

    def _participles(self, noun: str) -> frozenset[str]:
        """The terms of a noun that are participles."""
        return frozenset(
            term
            for word in printed_words(noun)
            for term in self.terms.terms_in(word)
            if is_participle(word, term)
        )

    def _as_share(self, profile: MeasureProfile, name: str, noun: str) -> MeasureProfile:
        """The profile of a share, with what tells those who are counted from the others."""
        parts = self._having.split(name, maxsplit=1)
        return replace(
            profile,
            counts_share=True,
            told_by=frozenset(() if profile.qualifier else self.terms.terms_in(noun)[:-1]),
            behind=frozenset(self.terms.terms_in(parts[-1]) if len(parts) > 1 else ()),
        )

    def prepare(
        self, terms: tuple[str, ...], place: StatementPlace, clause: tuple[str, ...] = ()
    ) -> StatementTerms:
        """A statement's terms at their place, looked up once to be scored for many measures.

        ``clause`` are those of its figure's clause, if it has some of its own.
        """
        similar = self.terms.similar_to_any
        inside, run_in, preceding = similar(terms), similar(place.run_in), similar(place.preceding)
        heading = similar(place.heading)
        preceding_worth = REFERRED_WORTH if place.refers_back else PRECEDING_WORTH
        without_heading = _highest(
            (1.0, inside), (RUN_IN_WORTH, run_in), (preceding_worth, preceding)
        )
        stated = _highest((1.0, inside), (1.0, run_in))
        if not terms:
            stated = _highest((1.0, run_in), (1.0, preceding), (1.0, heading))
        referred = _highest((1.0, stated), (1.0, preceding)) if place.refers_back else stated
        weighted_terms = tuple(
            (
                term,
                self._weights.get(term, self._unknown_weight),
                COVERED_BY_HEADING
                * max((self.terms.similarity(term, other) for other in place.heading), default=0.0),
            )
            for term in terms
        )
        in_clause = tuple(one for one in weighted_terms if one[0] in clause)
        return StatementTerms(
            terms,
            place,
            _highest((1.0, without_heading), (HEADING_WORTH, heading)),
            without_heading,
            stated,
            referred,
            _highest((1.0, referred), (1.0, heading)),
            weighted_terms,
            in_clause if len(in_clause) < len(weighted_terms) else (),
        )

    def candidates(
        self, statement: StatementTerms, above: float, also: Iterable[str] = ()
    ) -> Iterator[MeasureProfile]:
        """The measures whose score may exceed ``above``, in the report's order.

        ``also`` are terms of measures that the statement says in other parts.

        An upper bound of each score is known from the index: the share of the name that is said,
        with everything else at its highest. So the cost of a statement does not grow with all
        measures of a report, most of which share no word with it.
        """
        name_shares: dict[int, float] = {}
        for term, similarity in statement.with_heading.items():
            for number, share in self._with_term.get(term, ()):
                name_shares[number] = name_shares.get(number, 0.0) + similarity * share
        for term in also:
            for number, share in self._with_term.get(term, ()):
                name_shares[number] = name_shares.get(number, 0.0) + share
        section_measure = self._number_of.get(statement.place.measure_id or "")
        if section_measure is not None:
            name_shares.setdefault(section_measure, 0.0)
        for number in sorted(name_shares):
            profile, share = self.profiles[number], name_shares[number]
            if profile.qualifier:
                share = max(share, QUALIFIER_WEIGHT + (1 - QUALIFIER_WEIGHT) * share)
            bound = (
                NAME_WEIGHT * share
                + COVERAGE_WEIGHT
                + PLACE_WEIGHT * self._place_fit(profile, statement.place)
            )
            if bound > above - _ROUNDING:
                yield profile

    def score(self, profile: MeasureProfile, statement: StatementTerms) -> tuple[float, bool]:
        """How surely the statement is about the measure, 0 to 1, and whether that is enough."""
        place = statement.place
        is_section_measure = place.measure_id == profile.measure_id
        is_own_section = is_section_measure or (
            profile.goal_id == place.goal_id and place.factor_id in (None, profile.factor_id)
        )
        name = _share(profile.term_weights, statement.with_heading)
        if not (name or is_section_measure):
            return 0.0, False
        qualifier = self._qualifier_share(profile, statement)
        if qualifier > CLOSE and len(profile.qualifier) < len(profile.term_weights):
            name = max(name, QUALIFIER_WEIGHT * qualifier + (1 - QUALIFIER_WEIGHT) * name)
        coverage = self._coverage(profile, statement)
        score = (
            NAME_WEIGHT * name
            + COVERAGE_WEIGHT * coverage
            + PLACE_WEIGHT * self._place_fit(profile, place)
        )
        if score < MIN_SCORE or coverage < MIN_SHARE or self._is_of_another(profile, statement):
            return score, False
        outside_heading = _share(profile.term_weights, statement.without_heading)
        if not is_own_section and (
            outside_heading < MIN_SHARE_ELSEWHERE
            or self._shared_terms(profile, statement) < MIN_TERMS_ELSEWHERE
        ):
            return score, False
        if outside_heading < MIN_SHARE and qualifier <= CLOSE and not is_section_measure:
            return score, False
        if is_section_measure and coverage >= CLOSE:
            return score, True
        if profile.qualifier:
            return score, qualifier >= MIN_QUALIFIER_SHARE
        said = statement.referred_or_heading
        if (
            profile.told_by
            and statement.terms
            and not any(said.get(term, 0.0) >= CLOSE for term in profile.told_by)
        ):
            return score, False
        return score, any(said.get(term, 0.0) >= CLOSE for term in profile.head)

    def tells_apart(
        self, one: MeasureProfile, other: MeasureProfile, statement: StatementTerms
    ) -> bool:
        """Whether the statement says what only ``one`` has, and not what only ``other`` has."""
        shares = []
        for mine, theirs in ((one, other), (other, one)):
            only = {
                term: weight
                for term, weight in mine.term_weights.items()
                if self.terms.best_similarity(term, theirs.term_weights) < CLOSE
            }
            shares.append(_share(only, statement.stated))
        return shares[0] - shares[1] > TELLS_APART

    def _shared_terms(self, profile: MeasureProfile, statement: StatementTerms) -> int:
        """How many of the measure's terms are stated, a compound's first part being enough."""
        return sum(
            1 for term in profile.term_weights if statement.stated.get(term, 0.0) >= FIRST_PART
        )

    def _qualifier_share(self, profile: MeasureProfile, statement: StatementTerms) -> float:
        """The share of the measure's qualifier that is said, by weight."""
        if not profile.qualifier:
            return 0.0
        weights = profile.term_weights
        near = {term: statement.referred.get(term, 0.0) for term in profile.qualifier}
        said = [weights[t] * (1.0 if n >= CLOSE else n) for t, n in near.items() if n >= FIRST_PART]
        return sum(said) / sum(weights[t] for t in profile.qualifier)

    def _coverage(self, profile: MeasureProfile, statement: StatementTerms) -> float:
        """The share of the statement's terms that are the measure's or the heading's, by weight.

        That of the figure's clause where it is higher: what is said beside it speaks against none.
        """
        if not statement.terms:
            return CLOSE
        return max(
            self._covered(profile, statement.weighted_terms),
            self._covered(profile, statement.terms_of_clause),
        )

    def _is_of_another(self, profile: MeasureProfile, statement: StatementTerms) -> bool:
        """Whether the figure's clause says something else, whatever others say of the measure.

        No word of it is the measure's, or it has words of its own and none that says who is
        counted: "alla ska opereras inom tre månader, och 12 procent väljer att vänta".
        """
        in_clause = statement.terms_of_clause
        if not in_clause:
            return False
        if not self._covered(profile, in_clause):
            return True
        near = self.terms.best_similarity
        told = not profile.qualifier or any(
            near(term, profile.qualifier) >= FIRST_PART for term, *_ in in_clause
        )
        others = [term for term, *_ in in_clause if not near(term, profile.term_weights)]
        return not told and len(others) >= _WORDS_OF_ANOTHER

    def _covered(
        self, profile: MeasureProfile, weighted_terms: Sequence[tuple[str, float, float]]
    ) -> float:
        value = total = 0.0
        for term, weight, by_heading in weighted_terms:
            similarity = self.terms.best_similarity(term, profile.term_weights)
            value += weight * max(similarity, by_heading)
            total += weight
        return value / total if total else 0.0

    def _place_fit(self, profile: MeasureProfile, place: StatementPlace) -> float:
        """How well the section fits the measure, 0 to 1."""
        if place.measure_id is not None:
            return 1.0 if place.measure_id == profile.measure_id else ELSEWHERE_WITH_MEASURE
        if profile.goal_id != place.goal_id or (place.goal_id is None and self._has_goals):
            return 0.0
        if place.factor_id is None:
            return SECTION_OF_GOAL
        if profile.factor_id != place.factor_id:
            return OTHER_FACTOR
        return 1.0 if self._measures_of_factor[profile.factor_id] == 1 else SECTION_OF_FACTOR


def _highest(*parts: tuple[float, Mapping[str, float]]) -> dict[str, float]:
    """For each term the highest of its values, each times the worth of its part."""
    highest: dict[str, float] = {}
    for worth, values in parts:
        for term, value in values.items():
            if worth * value > highest.get(term, 0.0):
                highest[term] = worth * value
    return highest


def _share(weights: Mapping[str, float], said: Mapping[str, float]) -> float:
    """The share of a name that is said, by weight; 0.0 for a name without terms."""
    total = value = 0.0
    for term, weight in weights.items():
        total += weight
        if term in said:
            value += weight * said[term]
    return value / total if total else 0.0
