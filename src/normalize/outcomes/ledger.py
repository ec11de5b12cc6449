"""The results found while a report is read, each linked to one measure or to none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Final

from styrmatt.normalize.issues import IssueBook
from styrmatt.normalize.narrative.section_pages import SectionPages
from styrmatt.normalize.outcomes.candidate import OutcomeCandidate
from styrmatt.normalize.outcomes.linking import MeasureLinker
from styrmatt.normalize.outcomes.profiles import MeasureProfile
from styrmatt.normalize.outcomes.sentence.sentence_facts import (
    SentenceFacts,
    Statement,
)
from styrmatt.normalize.outcomes.statement_terms import StatementPlace
from styrmatt.normalize.outcomes.weights import CLOSE
from styrmatt.printed import Location
from styrmatt.records import Narrative

CONTEXT_SENTENCES: Final = 2
"""Sentences before a statement whose words may tell what it is about.

In running text a result is at most so far from the sentence that names its measure; with more,
words of the measure before are taken for those of the next.
"""
_MIN_TERMS_ALONE: Final = 2
"""A statement with fewer terms than this refers back: one word seldom names a measure."""
_NAMES_IN_MESSAGE: Final = 4
"""Measures that an issue names at most; a person sees from these what they have in common."""


@dataclass
class ReadingPosition:
    """Where the reading of a report is: the section, its headings, what was stated last."""

    section: int
    narrative: Narrative
    pages: SectionPages
    heading: tuple[str, ...]
    """Terms of the section's heading."""
    run_in: tuple[str, ...] = ()
    """Terms of the heading that the paragraph begins with."""
    times: Counter[str] = field(default_factory=Counter)
    """How often sentences that may state results have been read."""
    preceding: list[str] = field(default_factory=list)
    """Sentences of the section that have been read."""
    last: list[OutcomeCandidate] = field(default_factory=list)
    """What the last statement added; empty where it was linked to no measure."""
    sentences_since: int = 0
    """Sentences read since that statement, the one being read left out."""

    def place_of(self, sentence: str) -> Location:
        """The page and the box of the sentence that is being read."""
        return self.pages.place(sentence, self.times[sentence])


class OutcomeLedger:
    """The results and statuses of a report so far."""

    def __init__(
        self,
        linker: MeasureLinker,
        issues: IssueBook,
        refers_back: re.Pattern[str],
    ) -> None:
        """``refers_back`` finds sentences that lean on the one before: "Resultatet är ..."."""
        self.scorer = linker.scorer
        self.plausibility = linker.plausibility
        self.populations = linker.populations
        self._linker = linker
        self.candidates: list[OutcomeCandidate] = []
        self._issues = issues
        self._refers_back = refers_back

    def new_candidate(
        self,
        position: ReadingPosition,
        facts: SentenceFacts,
        measure_id: str,
        sex: str,
        score: float,
    ) -> OutcomeCandidate:
        """A candidate with what the sentence says of change and better way, without a value.

        It is not in the ledger yet.
        """
        place = position.place_of(facts.sentence.text)
        return OutcomeCandidate(
            measure_id,
            sex,
            min(score, 1.0),
            place.page,
            len(self.candidates),
            [facts.sentence.text],
            position.section,
            change=facts.change_by_sex.get(sex) or facts.change,
            better=facts.better,
            bbox=place.bbox,
        )

    def place(self, position: ReadingPosition, *, refers_back: bool) -> StatementPlace:
        """The place of a sentence for scoring."""
        narrative = position.narrative
        preceding = map(self.scorer.terms.terms_in, position.preceding[-CONTEXT_SENTENCES:])
        return StatementPlace(
            narrative.goal_id,
            narrative.success_factor_id,
            narrative.measure_id,
            position.heading,
            position.run_in,
            tuple(dict.fromkeys(chain.from_iterable(preceding))),
            refers_back,
        )

    def add_statements(self, position: ReadingPosition, facts: SentenceFacts) -> bool:
        """Add the sentence's results; False where it states none, and no difference of a measure.

        Sets what the position holds of the last statement.
        """
        added: list[OutcomeCandidate] = []
        for statement, is_difference in [
            *((s, False) for s in facts.statements),
            *((s, True) for s in facts.differences),
        ]:
            profile, score = self._linked_measure(position, facts, statement, is_difference)
            if profile is None and statement.with_source:  # "plats 6 i kvalitetsrankningen"
                again = replace(statement, words=statement.with_source, with_source="")
                profile, score = self._linked_measure(position, facts, again, is_difference)
            if profile is None and statement.inherited:
                profile, score = self._of_statement_before(position, facts, statement)
            if profile is None and len(facts.statements) == 1:
                profile, score = self._of_total_before(position, statement)
            if profile is not None and not _is_counted_already(added, profile, statement):
                added += self._add_results(position, facts, statement, profile, score)
        for part in facts.parts:
            profile, score = self._linked_measure(position, facts, part, is_difference=False)
            if profile is None or not self._names_part(profile, part):
                continue
            whole = [c for c in added if c.measure_id == profile.measure_id]
            added = [c for c in added if c not in whole]
            self.candidates = [c for c in self.candidates if c not in whole]
            added += self._add_results(position, facts, part, profile, score)
        if facts.statements or added:
            position.last, position.sentences_since = added, -1
            return True
        return False

    def _of_statement_before(
        self, position: ReadingPosition, facts: SentenceFacts, statement: Statement
    ) -> tuple[MeasureProfile | None, float]:
        """The measure of a statement that goes on with the words of the one before it.

        ``58 procent har fått faktura via e-post men bara 17 procent via app``: its own words must
        be the measure's.
        """
        words = f"{statement.inherited} {statement.words}"
        whole = replace(statement, words=words, clause="", inherited="")
        own = self.scorer.terms.terms_in(statement.words)
        profile, score = self._linked_measure(position, facts, whole, is_difference=False, own=own)
        if profile is None or not own:
            return None, 0.0
        terms = self.scorer.terms
        is_own = all(terms.best_similarity(term, profile.term_weights) >= CLOSE for term in own)
        return (profile, score) if is_own else (None, 0.0)

    def _of_total_before(
        self, position: ReadingPosition, statement: Statement
    ) -> tuple[MeasureProfile | None, float]:
        """The measure whose total the sentence before states, where this one has women and men.

        ``Kvinnor svarade mer positivt än män, 78 mot 76 procent``: the total lies between the two.
        """
        sexes = {r.sex for r in statement.results}
        others = [c for c in position.last if c.sex in "KM" and c.value is not None]
        if len(sexes) == len(others) == 1 and sexes | {others[0].sex} == {"K", "M"}:
            return self._of_other_sex(position, statement, others[0])
        totals = [c for c in position.last if c.sex == "T" and c.value is not None]
        by_sex = {r.sex: r for r in statement.results if r.value is not None}
        if len(totals) != 1 or set(by_sex) != {"K", "M"} or position.sentences_since:
            return None, 0.0
        total = totals[0]
        low, high = sorted(r.value for r in by_sex.values() if r.value is not None)
        units = {r.unit for r in by_sex.values()} | {total.unit}
        profile = next(p for p in self.scorer.profiles if p.measure_id == total.measure_id)
        fits = units == {"percent"} and low <= (total.value or 0.0) <= high
        fits = fits and {"K", "M"} <= profile.sexes
        return (profile, total.score) if fits else (None, 0.0)

    def _of_other_sex(
        self, position: ReadingPosition, statement: Statement, other: OutcomeCandidate
    ) -> tuple[MeasureProfile | None, float]:
        """The measure of which the sentence before states the result of the other sex alone."""
        profile = next(p for p in self.scorer.profiles if p.measure_id == other.measure_id)
        terms = self.scorer.terms.terms_in(statement.words)
        named = [self.scorer.terms.best_similarity(t, profile.term_weights) for t in terms]
        fits = not terms or max(named) >= CLOSE
        fits = fits and statement.results[0].unit == other.unit and not position.sentences_since
        return (profile, other.score) if fits else (None, 0.0)

    def _names_part(self, profile: MeasureProfile, part: Statement) -> bool:
        """Whether a measure's name has what tells a part from the whole."""
        terms = self.scorer.terms
        return any(
            terms.best_similarity(term, profile.term_weights) >= CLOSE
            for term in terms.terms_in(part.own)
        )

    def _linked_measure(
        self,
        position: ReadingPosition,
        facts: SentenceFacts,
        statement: Statement,
        is_difference: bool,
        own: tuple[str, ...] = (),
    ) -> tuple[MeasureProfile | None, float]:
        """The one measure that a statement is surely about, with its score; else None and 0.

        ``own`` are the terms that tell measures apart, where they are not all of the statement's.
        """
        terms = self.scorer.terms.terms_in(statement.words)
        refers_back = len(terms) < _MIN_TERMS_ALONE or bool(
            self._refers_back.search(facts.sentence.text)
        )
        place = self.place(position, refers_back=refers_back)
        found = self._linker.linked(facts, statement, place, own, is_difference=is_difference)
        if len(found.profiles) > 1:
            self._note_ambiguous(position, facts, found.profiles)
        return found.only, found.score

    def _note_ambiguous(
        self, position: ReadingPosition, facts: SentenceFacts, profiles: Sequence[MeasureProfile]
    ) -> None:
        names = "; ".join(profile.name for profile in profiles[:_NAMES_IN_MESSAGE])
        self._issues.note(
            "outcome_unlinked",
            f"The sentence states a result, but it could be of either of: {names}.",
            facts.sentence.text,
            position.place_of(facts.sentence.text),
            goal_id=position.narrative.goal_id,
            success_factor_id=position.narrative.success_factor_id,
        )

    def _add_results(
        self,
        position: ReadingPosition,
        facts: SentenceFacts,
        statement: Statement,
        profile: MeasureProfile,
        score: float,
    ) -> list[OutcomeCandidate]:
        added = []
        for result in self.plausibility.usable_results(profile, statement):
            candidate = self.new_candidate(position, facts, profile.measure_id, result.sex, score)
            candidate.value, candidate.year = result.value, result.year
            candidate.unit = self.plausibility.unit_to_write(profile, result)
            candidate.is_sum = profile.unit == "count"
            candidate.period = statement.period
            candidate.previous_value = result.previous_value
            candidate.previous_year = result.previous_year
            candidate.change_amount = facts.change_amount
            added.append(candidate)
        self.candidates += added
        return added


def _is_counted_already(
    added: Sequence[OutcomeCandidate], profile: MeasureProfile, statement: Statement
) -> bool:
    """Whether the sentence has counted for the measure: "fem seminarier med 260 deltagare"."""
    first = statement.results[0]
    return statement.is_attribute and any(
        c.measure_id == profile.measure_id
        and (c.sex, c.unit, c.year) == (first.sex, first.unit, first.year)
        and first.unit == "count"
        for c in added
    )
