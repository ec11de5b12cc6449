"""Links a statement to the one measure that it is surely about, or to none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from styrmatt.normalize.outcomes.body_members import BodyMembers
from styrmatt.normalize.outcomes.compounds import Said, respelled
from styrmatt.normalize.outcomes.names.numbered_names import NumberedNames
from styrmatt.normalize.outcomes.names.short_names import bare_name
from styrmatt.normalize.outcomes.plausibility import Plausibility
from styrmatt.normalize.outcomes.populations import Population, PopulationReader
from styrmatt.normalize.outcomes.profiles import MeasureProfile
from styrmatt.normalize.outcomes.score import MeasureScorer
from styrmatt.normalize.outcomes.sentence.sentence_facts import SentenceFacts, Statement
from styrmatt.normalize.outcomes.sole_measure import SoleMeasureReader
from styrmatt.normalize.outcomes.statement_terms import StatementPlace, StatementTerms
from styrmatt.normalize.outcomes.weights import MIN_LEAD, MIN_SCORE, MIN_SCORE_AFTER_DEDUCTIONS

_LOWEST_RIVAL: Final = MIN_SCORE_AFTER_DEDUCTIONS - MIN_LEAD
"""The score above which a measure may come so near the best that the two cannot be told apart."""


@dataclass(frozen=True)
class Link:
    """The measures that a statement may be about: one, several that are hard to tell, or none."""

    profiles: tuple[MeasureProfile, ...] = ()
    score: float = 0.0

    @property
    def only(self) -> MeasureProfile | None:
        """The one measure; None where there is none or several."""
        return self.profiles[0] if len(self.profiles) == 1 else None


@dataclass(frozen=True)
class _Case:
    """A statement as it is held against each measure."""

    facts: SentenceFacts
    statement: Statement
    place: StatementPlace
    terms: tuple[str, ...]
    clause: tuple[str, ...]
    prepared: StatementTerms
    counted: tuple[str, ...] | None
    populations: tuple[Population, ...]
    said: tuple[Said, ...]
    """What its terms say in other parts than the measures do."""
    said_around: tuple[tuple[Said, ...], ...]
    """The same of heading, run-in heading and sentences before."""

    @property
    def around(self) -> tuple[str, ...]:
        """The terms of the headings."""
        return (*self.place.heading, *self.place.run_in)


class MeasureLinker:
    """Answers for the statements of one report."""

    def __init__(
        self,
        scorer: MeasureScorer,
        plausibility: Plausibility,
        populations: PopulationReader,
        members: BodyMembers,
        numbered: NumberedNames,
        sole: SoleMeasureReader,
    ) -> None:
        self.scorer = scorer
        self.plausibility = plausibility
        self.populations = populations
        self._members = members
        self._numbered = numbered
        self._sole = sole

    def linked(
        self,
        facts: SentenceFacts,
        statement: Statement,
        place: StatementPlace,
        own: tuple[str, ...] = (),
        *,
        is_difference: bool = False,
    ) -> Link:
        """The measure that a statement at its place is about.

        ``own`` are the terms that tell measures apart, where they are not all of the statement's;
        ``is_difference`` says that its figure is by how much something has changed.
        """
        case = self._case(facts, statement, place)
        scored = self._scored(case, is_difference)
        if not scored or not scored[0][1]:
            by_name = self._by_name(case)
            return by_name if by_name.profiles or is_difference else self._by_its_noun(case)
        own = own or self.scorer.terms.terms_in(statement.telling)
        telling = self.scorer.prepare(own, place) if own else case.prepared
        best_score, _, best = scored[0]
        if own:  # of those that fit, the one that the own words name
            for item in scored:
                if item[1] and self.scorer.tells_apart(item[2], best, telling):
                    best_score, _, best = item
        rivals = [
            profile
            for score, _, profile in scored[1:]
            if score > best_score - MIN_LEAD and not self.scorer.tells_apart(best, profile, telling)
        ]
        return Link((best, *rivals), 0.0 if rivals else best_score)

    def _case(self, facts: SentenceFacts, statement: Statement, place: StatementPlace) -> _Case:
        index, said = self.scorer.terms, self.scorer.compounds.said
        clause = index.terms_in(statement.clause)
        units = filter(index.is_near, index.terms_in(statement.unit_words))
        terms = (*index.terms_in(statement.words), *units)
        unit = statement.unit_words.casefold() or statement.results[0].unit or ""
        around = (place.heading, place.run_in, place.preceding)
        return _Case(
            facts,
            statement,
            place,
            terms,
            clause,
            self.scorer.prepare(terms, place, clause),
            self.plausibility.counted_terms(statement),
            self.populations.of(facts.sentence, statement),
            said(terms, unit),
            tuple(said(one, unit) for one in around),
        )

    def _scored(self, case: _Case, is_difference: bool) -> list[tuple[float, bool, MeasureProfile]]:
        """The measures that may be meant with their scores, and whether that is enough."""
        statement, counted = case.statement, case.counted
        of_sex = self.plausibility.is_of_sex(statement)
        also = [term for said in case.said for term in said.ours]
        scored = []
        for profile in self.scorer.candidates(case.prepared, _LOWEST_RIVAL, also):
            if is_difference and not profile.is_difference:
                continue
            if self._is_of_other_number(profile, case):
                continue
            of_people = self._members.named(profile, case.terms, counted)
            if not self.plausibility.fits(profile, statement, None if of_people else counted):
                continue
            score, enough = self.scorer.score(profile, self._as_it_says(profile, case, of_people))
            deduction = self.populations.deduction(
                profile, case.populations, case.around, case.terms, of_sex=of_sex
            )
            if deduction is None:
                continue
            score -= deduction
            score -= self.plausibility.unit_deduction(profile, statement)
            scored.append((score, enough and score > MIN_SCORE_AFTER_DEDUCTIONS, profile))
        return sorted(scored, key=lambda item: -item[0])

    def _is_of_other_number(self, profile: MeasureProfile, case: _Case) -> bool:
        """Whether a statement is of "linje 5", and the measure of "linje 7"."""
        if not profile.numbers:
            return False
        start, stop = case.statement.part
        text = case.facts.sentence.text
        return self._numbered.is_of_other(profile.numbers, text[start:stop], text[:start])

    def _as_it_says(
        self, profile: MeasureProfile, case: _Case, of_people: tuple[str, ...] | None
    ) -> StatementTerms:
        """A statement's terms with a measure's own for those that say the same in other parts."""
        if not (of_people or case.said or any(case.said_around)):
            return case.prepared
        place, weights = case.place, profile.term_weights
        terms = respelled(of_people or case.terms, case.said, weights)
        around = tuple(
            respelled(one, said, weights)
            for one, said in zip(_around(place), case.said_around, strict=True)
        )
        if terms == case.terms and around == _around(place):
            return case.prepared
        heading, run_in, preceding = around
        there = replace(place, heading=heading, run_in=run_in, preceding=preceding)
        clause = () if of_people else respelled(case.clause, case.said, weights)
        return self.scorer.prepare(terms, there, clause)

    def _by_name(self, case: _Case) -> Link:
        """The measure whose name has no word that tells it apart, where the sentence has it whole.

        "Årets resultat" is such a name; all its words are common ones.
        """
        sentence = f" {' '.join(case.statement.words.casefold().split())} "
        ours = " ".join(
            case.facts.sentence.quote(mark).casefold()
            for mark in case.facts.sentence.of("populations")
            if mark.label == "ourselves"
        )
        named = [
            profile
            for profile in self.scorer.profiles
            if not profile.term_weights
            and (name := bare_name(profile.name))
            and (f" {name} " in sentence or name.split()[-1] in ours)
            and self.plausibility.fits(profile, case.statement, case.counted)
        ]
        return Link(tuple(named), MIN_SCORE) if len(named) == 1 else Link()

    def _by_its_noun(self, case: _Case) -> Link:
        """The one measure of the section for which a noun stands, of all whom it counts."""
        sole = self._sole.named(case.statement, case.terms, case.place, case.counted)
        if sole is None or self._is_of_other_number(sole, case):
            return Link()
        taken = self.populations.deduction(sole, case.populations, case.around, case.terms)
        return Link((sole,), MIN_SCORE) if taken == 0.0 else Link()


def _around(place: StatementPlace) -> tuple[tuple[str, ...], ...]:
    return (place.heading, place.run_in, place.preceding)
