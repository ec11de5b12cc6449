"""Sentences that tell more of what has been stated: earlier values, changes, statuses."""

from __future__ import annotations

from styrmatt.normalize.outcomes.judgement import better_way
from styrmatt.normalize.outcomes.ledger import OutcomeLedger, ReadingPosition
from styrmatt.normalize.outcomes.score import CLEARLY, Profile
from styrmatt.normalize.outcomes.statement import SentenceFacts

_SURE_CHANGE = 0.7
"""The score from which a sentence without a figure is of a measure."""
_OF_GROUP = 0.6
"""The score of what is said of several measures at once, or of the one stated last."""


class Follower:
    """Takes down what sentences add to the results of a book."""

    def __init__(self, book: OutcomeLedger) -> None:
        self._book = book

    def add(self, here: ReadingPosition, told: SentenceFacts) -> None:
        """A sentence about the result stated just before."""
        sexes = {found.sex for found in here.last}
        for found in here.last:
            for result in told.previous:
                same = result.sex == found.sex or (result.sex == "T" and len(sexes) == 1)
                if same and found.previous_value is None:
                    found.previous_value, found.previous_year = result.value, result.year
            found.change = found.change or told.changes.get(found.sex) or told.change
            found.amount = found.amount if found.amount is not None else told.amount
            step = (found.value, found.previous_value)
            found.better = found.better or told.better or better_way(step, told.good)
            found.add(told.sentence.text)

    def _named(self, here: ReadingPosition, told: SentenceFacts) -> tuple[Profile | None, float]:
        """The one measure that a sentence without a figure names."""
        own = self._book.linker.terms.of(told.sentence.text)
        if not own:
            return None, 0.0
        words = self._book.linker.words(own, self._book.place(here, near=False))
        scored = sorted(
            (
                (*self._book.linker.score(profile, words), profile)
                for profile in self._book.linker.profiles
            ),
            key=lambda item: -item[0],
        )
        if not scored or not scored[0][1]:
            return None, 0.0
        if len(scored) > 1 and scored[1][0] > scored[0][0] - CLEARLY:
            return None, 0.0
        return scored[0][2], scored[0][0]

    def change(self, here: ReadingPosition, told: SentenceFacts) -> None:
        """ "Antalet besök minskade": a change without a figure."""
        profile, score = self._named(here, told)
        if profile is None or score < _SURE_CHANGE or not profile.plain:
            return
        if self._book.fitness.elsewhere(profile, told.sentence):
            return
        here.last, here.since = [], -1
        for sex in self._sexes(told) or ("T",):
            found = self._book.begin(here, told, profile.measure_id, sex, score)
            found.amount = told.amount
            if found.change:
                self._book.found.append(found)
                here.last.append(found)

    def _sexes(self, told: SentenceFacts) -> tuple[str, ...]:
        if told.changes:
            return tuple(sorted(told.changes))
        marks = [m.label for m in told.sentence.of("sexes")]
        if "each" in marks:
            return ("K", "M")
        named = {label for label in marks if label in ("K", "M")}
        return tuple(sorted(named)) if len(named) == 1 else ()

    def status(self, here: ReadingPosition, told: SentenceFacts) -> None:
        """Whether the target was met, said of what was stated last or of a measure by name."""
        if here.last and here.since < 3:
            known = {found.sex for found in here.last}
            for found in list(here.last):
                status = told.statuses.get(found.sex) or told.statuses.get("")
                if status:
                    found.status = found.status or status
                    found.add(told.sentence.text)
            if "" not in told.statuses and not known & set(told.statuses):
                for sex, status in told.statuses.items():
                    self._note_status(here, told, here.last[0].measure_id, sex, status, _OF_GROUP)
            return
        profile, score = self._named(here, told)
        if profile is not None:
            for sex, status in told.statuses.items():
                self._note_status(here, told, profile.measure_id, sex or "T", status, score)

    def group(self, here: ReadingPosition, told: SentenceFacts) -> None:
        """A status that is said of all measures of the section."""
        narrative = here.narrative
        if len(told.statuses) != 1 or narrative.goal_id is None:
            return
        status = next(iter(told.statuses.values()))
        for profile in self._book.linker.profiles:
            same = profile.goal_id == narrative.goal_id and (
                narrative.success_factor_id is None
                or profile.factor_id == narrative.success_factor_id
            )
            if same:
                for sex in sorted(profile.sexes):
                    self._note_status(here, told, profile.measure_id, sex, status, _OF_GROUP)

    def _note_status(
        self,
        here: ReadingPosition,
        told: SentenceFacts,
        measure_id: str,
        sex: str,
        status: str,
        score: float,
    ) -> None:
        found = self._book.begin(here, told, measure_id, sex, score)
        found.status, found.change = status, None
        self._book.found.append(found)
