"""The results that are taken down while a report is read: each of one measure, or of none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from styrmatt.normalize.issues import IssueBook
from styrmatt.normalize.narrative.section_pages import SectionPages
from styrmatt.normalize.outcomes.candidate import OutcomeCandidate
from styrmatt.normalize.outcomes.plausibility import Plausibility
from styrmatt.normalize.outcomes.score import CLEARLY, MeasureScorer, Profile, StatementPlace
from styrmatt.normalize.outcomes.statement import SentenceFacts, Statement
from styrmatt.printed import Location
from styrmatt.records import Narrative

_LEAST = 0.5
"""The score that a statement needs with all deductions."""


@dataclass
class ReadingPosition:
    """Where the reading stands: the section, its headings, what was said last."""

    number: int
    narrative: Narrative
    pages: SectionPages
    heading: tuple[str, ...]
    run_in: tuple[str, ...] = ()
    before: list[str] = field(default_factory=list)
    last: list[OutcomeCandidate] = field(default_factory=list)
    since: int = 0


class OutcomeLedger:
    """What a document states so far."""

    def __init__(
        self,
        linker: MeasureScorer,
        fitness: Plausibility,
        issues: IssueBook,
        anaphor: re.Pattern[str],
    ) -> None:
        self.linker = linker
        self.fitness = fitness
        self.found: list[OutcomeCandidate] = []
        self._issues = issues
        self._anaphor = anaphor

    def begin(
        self, here: ReadingPosition, told: SentenceFacts, measure_id: str, sex: str, score: float
    ) -> OutcomeCandidate:
        """A result or status of the sentence, without its value."""
        return OutcomeCandidate(
            measure_id,
            sex,
            min(score, 1.0),
            here.pages.page(told.sentence.text),
            len(self.found),
            [told.sentence.text],
            here.number,
            change=told.changes.get(sex) or told.change,
            better=told.better,
        )

    def place(self, here: ReadingPosition, near: bool) -> StatementPlace:
        """Where a sentence stands; ``near`` where it leans on those before it."""
        narrative = here.narrative
        said = self.linker.terms.of(" ".join(here.before[-2:]))
        return StatementPlace(
            narrative.goal_id,
            narrative.success_factor_id,
            narrative.measure_id,
            here.heading,
            here.run_in,
            said,
            near,
        )

    def state(self, here: ReadingPosition, told: SentenceFacts) -> bool:
        """Take down the sentence's results; whether it had any of its own."""
        linked: list[OutcomeCandidate] = []
        for statement, difference in [
            *((s, False) for s in told.statements),
            *((s, True) for s in told.differences),
        ]:
            profile, score = self._link(here, told, statement, difference)
            if profile is not None:
                linked += self._note(here, told, statement, profile, score)
        if told.statements or linked:
            here.last, here.since = linked, -1
            return True
        return False

    def _link(
        self, here: ReadingPosition, told: SentenceFacts, statement: Statement, difference: bool
    ) -> tuple[Profile | None, float]:
        """The one measure that a statement is surely of."""
        own = self.linker.terms.of(statement.words)
        near = len(own) <= 1 or bool(self._anaphor.search(told.sentence.text))
        words = self.linker.words(own, self.place(here, near))
        counted = self.fitness.counted(statement)
        populations = self.fitness.populations(told.sentence.text)
        scored = []
        for profile in self.linker.likely(words, _LEAST - CLEARLY):  # no other can be a rival
            if profile.difference != difference and difference:
                continue
            if not self.fitness.fits(profile, statement, counted):
                continue
            score, enough = self.linker.score(profile, words)
            score -= self.fitness.strange(profile, populations)
            score -= self.fitness.guessed_unit(profile, statement)
            scored.append((score, enough and score > _LEAST, profile))
        scored.sort(key=lambda item: -item[0])
        if not scored or not scored[0][1]:
            return None, 0.0
        first = scored[0][2]
        rivals = [
            item
            for item in scored[1:]
            if item[0] > scored[0][0] - CLEARLY
            and not self.linker.told_apart(first, item[2], words)
        ]
        if rivals:
            self._unlinked(here, told, [scored[0][2], *(item[2] for item in rivals)])
            return None, 0.0
        return scored[0][2], scored[0][0]

    def _unlinked(
        self, here: ReadingPosition, told: SentenceFacts, profiles: Sequence[Profile]
    ) -> None:
        names = "; ".join(profile.name for profile in profiles[:4])
        page = here.pages.page(told.sentence.text)
        self._issues.note(
            "outcome_unlinked",
            f"The sentence states a result, but it could be of either of: {names}.",
            told.sentence.text,
            Location(page, page),
            goal_id=here.narrative.goal_id,
            success_factor_id=here.narrative.success_factor_id,
        )

    def _note(
        self,
        here: ReadingPosition,
        told: SentenceFacts,
        statement: Statement,
        profile: Profile,
        score: float,
    ) -> list[OutcomeCandidate]:
        made = []
        for result in self.fitness.usable(profile, statement):
            found = self.begin(here, told, profile.measure_id, result.sex, score)
            found.value, found.unit, found.year = result.value, result.unit, result.year
            found.unit = self.fitness.unit(profile, result)
            found.period = statement.period
            found.previous_value = result.previous_value
            found.previous_year = result.previous_year
            found.amount = told.amount
            made.append(found)
        self.found += made
        return made
