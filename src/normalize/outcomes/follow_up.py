"""Sentences that add to results stated before: earlier values, changes, statuses."""

from __future__ import annotations

from typing import Final

from styrmatt.normalize.outcomes.ledger import OutcomeLedger, ReadingPosition
from styrmatt.normalize.outcomes.profiles import MeasureProfile
from styrmatt.normalize.outcomes.sentence.improvement import better_direction
from styrmatt.normalize.outcomes.sentence.sentence_facts import SentenceFacts
from styrmatt.normalize.outcomes.weights import MIN_LEAD, MIN_SCORE

_MIN_CHANGE_SCORE: Final = 0.7
"""The score from which a change without a figure is a measure's.

Above MIN_SCORE of :mod:`styrmatt.normalize.outcomes.weights`, as no unit can rule a measure out.
"""
_IMPLIED_SCORE: Final = 0.6
"""The score of a status that is said of all measures of a section, or of the result before.

No words were compared: the least that a measure named in words has (MIN_SCORE).
"""
_STATUS_REACH: Final = 3
"""A status is that of the last result if fewer sentences than this stand between.

One or two explain the result before its target is mentioned; further on, the status is taken for
that of the measure which its sentence names.
"""


class FollowUpRecorder:
    """Adds to the results of a ledger."""

    def __init__(self, ledger: OutcomeLedger) -> None:
        self._ledger = ledger

    def extend_last(self, position: ReadingPosition, facts: SentenceFacts) -> None:
        """Add earlier values and the change to the result stated before."""
        sexes = {candidate.sex for candidate in position.last}
        for candidate in position.last:
            for result in facts.previous:
                same = result.sex == candidate.sex or (result.sex == "T" and len(sexes) == 1)
                if same and (candidate.previous_value is None or facts.is_correction):
                    candidate.previous_value = result.value
                    candidate.previous_year = result.year
            change = facts.change_by_sex.get(candidate.sex) or facts.change
            candidate.change = candidate.change or change
            if candidate.change_amount is None:
                candidate.change_amount = facts.change_amount
            step = (candidate.value, candidate.previous_value)
            stated = facts.better or better_direction(step, facts.is_improvement)
            candidate.better = candidate.better or stated
            candidate.add_sentence(facts.sentence.text)

    def add_better(self, position: ReadingPosition, facts: SentenceFacts) -> None:
        """Add which way is better, "Ett lägre värde är bättre", to the last result."""
        for candidate in position.last:
            candidate.better = candidate.better or facts.better

    def _named_measure(
        self, position: ReadingPosition, facts: SentenceFacts
    ) -> tuple[MeasureProfile | None, float]:
        """The one measure that a sentence without a figure names, with its score."""
        scorer = self._ledger.scorer
        terms = scorer.terms.terms_in(facts.sentence.text)
        if not terms:
            return None, 0.0
        prepared = scorer.prepare(terms, self._ledger.place(position, refers_back=False))
        scored = sorted(
            (
                (*scorer.score(profile, prepared), profile)
                for profile in scorer.candidates(prepared, MIN_SCORE - MIN_LEAD)
            ),
            key=lambda item: -item[0],
        )
        if not scored or not scored[0][1]:
            return None, 0.0
        if len(scored) > 1 and scored[1][0] > scored[0][0] - MIN_LEAD:
            return None, 0.0
        return scored[0][2], scored[0][0]

    def add_change(self, position: ReadingPosition, facts: SentenceFacts) -> None:
        """Add a change without a figure, "Antalet besök minskade", to the measure it names."""
        profile, score = self._named_measure(position, facts)
        if profile is None or score < _MIN_CHANGE_SCORE or not profile.is_measure:
            return
        if self._ledger.plausibility.is_of_others(profile, facts.sentence):
            return
        position.last, position.sentences_since = [], -1
        for sex in _sexes_of_change(facts) or ("T",):
            candidate = self._ledger.new_candidate(position, facts, profile.measure_id, sex, score)
            candidate.change_amount = facts.change_amount
            if candidate.change:
                self._ledger.candidates.append(candidate)
                position.last.append(candidate)

    def add_words(self, position: ReadingPosition, facts: SentenceFacts) -> bool:
        """Add a result that has no one figure to the measure it names; whether it names one.

        The result has no value, but the sentence as its text.
        """
        profile, score = self._named_measure(position, facts)
        if profile is None or score < _MIN_CHANGE_SCORE or not profile.is_measure:
            return False
        reader = self._ledger.populations
        populations = reader.of(facts.sentence)
        others = [m for m in facts.sentence.of("elsewhere") if m.label in ("national", "named")]
        if others or reader.deduction(profile, populations, ()) is None:
            return False
        for sex in _sexes_of_change(facts) or ("T",):
            candidate = self._ledger.new_candidate(position, facts, profile.measure_id, sex, score)
            candidate.in_words = True
            self._ledger.candidates.append(candidate)
        return True

    def add_status(self, position: ReadingPosition, facts: SentenceFacts) -> None:
        """Add whether the target was met, to the measure it names or else to the last result."""
        profile, score = self._named_measure(position, facts)
        of_last = {candidate.measure_id for candidate in position.last}
        names_other = profile is not None and of_last and profile.measure_id not in of_last
        if position.last and position.sentences_since < _STATUS_REACH and not names_other:
            known = {candidate.sex for candidate in position.last}
            for candidate in list(position.last):
                status = facts.statuses.get(candidate.sex) or facts.statuses.get("")
                if status:
                    candidate.status = candidate.status or status
                    candidate.add_sentence(facts.sentence.text)
            if "" not in facts.statuses and not known & set(facts.statuses):
                measure_id = position.last[0].measure_id
                for sex, status in facts.statuses.items():
                    self._add_status_row(position, facts, measure_id, sex, status, _IMPLIED_SCORE)
            return
        if profile is not None:
            for sex, status in facts.statuses.items():
                self._add_status_row(position, facts, profile.measure_id, sex or "T", status, score)

    def add_status_of_all(self, position: ReadingPosition, facts: SentenceFacts) -> None:
        """Add a status that is said of all measures of the section to each of them."""
        narrative = position.narrative
        if len(facts.statuses) != 1 or narrative.goal_id is None:
            return
        status = next(iter(facts.statuses.values()))
        for profile in self._ledger.scorer.profiles:
            in_section = profile.goal_id == narrative.goal_id and (
                narrative.success_factor_id is None
                or profile.factor_id == narrative.success_factor_id
            )
            if in_section:
                for sex in sorted(profile.sexes):
                    self._add_status_row(
                        position, facts, profile.measure_id, sex, status, _IMPLIED_SCORE
                    )

    def _add_status_row(
        self,
        position: ReadingPosition,
        facts: SentenceFacts,
        measure_id: str,
        sex: str,
        status: str,
        score: float,
    ) -> None:
        candidate = self._ledger.new_candidate(position, facts, measure_id, sex, score)
        candidate.status, candidate.change = status, None
        self._ledger.candidates.append(candidate)


def _sexes_of_change(facts: SentenceFacts) -> tuple[str, ...]:
    """The sexes whose change a sentence states; empty for the total."""
    if facts.change_by_sex:
        return tuple(sorted(facts.change_by_sex))
    labels = [m.label for m in facts.sentence.of("sexes")]
    if "each" in labels:
        return ("K", "M")
    named = {label for label in labels if label in ("K", "M")}
    return tuple(sorted(named)) if len(named) == 1 else ()
