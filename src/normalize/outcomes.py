"""Outcomes: the results that the narrative states, each linked to its measure or to none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from styrmatt.layout import Layout
from styrmatt.normalize.issues import IssueBook
from styrmatt.normalize.language import Language, Sentence, language
from styrmatt.normalize.lines import Draft
from styrmatt.normalize.outcomes_better import better_way
from styrmatt.normalize.outcomes_found import Found
from styrmatt.normalize.outcomes_linking import CLEARLY, Linker, Place, Profile
from styrmatt.normalize.outcomes_rules import Fitness, profile_of
from styrmatt.normalize.outcomes_stated import Statement, Teller, Told
from styrmatt.normalize.outcomes_terms import Terms
from styrmatt.normalize.pages import SectionPages
from styrmatt.printed import Place as PrintedPlace
from styrmatt.printed import Section
from styrmatt.records import Narrative

_LEAST = 0.5
"""The score that a statement needs with all deductions."""
_SURE_CHANGE = 0.7
"""The score from which a sentence without a figure is of a measure."""
_BETWEEN = "\n\n"


@dataclass
class _Here:
    """Where the reading stands: the section, its headings, what was said last."""

    number: int
    narrative: Narrative
    pages: SectionPages
    heading: tuple[str, ...]
    run_in: tuple[str, ...] = ()
    before: list[str] = field(default_factory=list)
    last: list[Found] = field(default_factory=list)
    since: int = 0


class OutcomeReader:
    """Reads the outcomes of one document."""

    def __init__(
        self,
        layout: Layout,
        drafts: Sequence[Draft],
        names: Iterable[str],
        fiscal_year: int,
        issues: IssueBook,
        *,
        interim: bool = False,
        model: str | None = None,
    ) -> None:
        self._language: Language = language(layout.vocabulary, model)
        self._year = fiscal_year
        self._issues = issues
        self.found: list[Found] = []
        patterns = self._language.patterns
        if patterns is None or not drafts:
            self._linker = None
            return
        profiles = [profile_of(draft, layout.words.units, patterns) for draft in drafts]
        terms = Terms(patterns, self._language.stop_words, names)
        self._linker = Linker(profiles, terms, patterns)
        self._teller = Teller(patterns, fiscal_year)
        self._fitness = Fitness(patterns, terms, fiscal_year, interim)
        self._run_in = patterns.words.topics.run_in
        self._anaphor = patterns.compile(patterns.words.topics.anaphors[:1])

    def read(self, sections: Iterable[tuple[Narrative, Section]]) -> list[Found]:
        """All that the sections state, in their order."""
        if self._linker is None:
            return []
        pairs = list(sections)
        blocks = [
            (number, paragraph)
            for number, (narrative, _) in enumerate(pairs)
            for paragraph in (narrative.text or "").split(_BETWEEN)
            if paragraph
        ]
        here: _Here | None = None
        # all language work first: taking turns with the linking is half as slow again
        read = list(self._language.read(paragraph for _, paragraph in blocks))
        for (number, paragraph), sentences in zip(blocks, read, strict=True):
            if here is None or here.number != number:
                narrative, section = pairs[number]
                here = _Here(number, narrative, SectionPages(section), self._heading(narrative))
            self._start(here, paragraph)
            for sentence in sentences:
                self._sentence(here, sentence)
        return self.found

    def _heading(self, narrative: Narrative) -> tuple[str, ...]:
        assert self._linker is not None
        path = narrative.heading_path
        own = narrative.success_factor_id is None and narrative.goal_id is None
        below = len(path) > 2 or own
        return self._linker.terms.of(narrative.heading or "") if below else ()

    def _start(self, here: _Here, text: str) -> None:
        assert self._linker is not None
        match = self._run_in.match(text)
        here.run_in = self._linker.terms.of(match["head"]) if match else ()
        here.before = here.before[-2:]

    # -- one sentence ------------------------------------------------------------------------

    def _sentence(self, here: _Here, sentence: Sentence) -> None:
        assert self._linker is not None
        if not sentence.marks:
            self._pass(here, sentence)
            return
        told = self._teller.tell(sentence)
        if (told.statements or told.differences) and self._state(here, told):
            pass
        elif told.group:
            self._group(here, told)
        elif told.anaphoric and here.last and here.since < 2 and not told.several:
            self._add(here, told)
        elif (told.change or told.changes) and not told.several and not told.targets:
            self._change(here, told)
        parts = any(m.label == "part" for m in sentence.of("periods"))
        if told.statuses and not told.group and not parts:
            self._status(here, told)
        self._pass(here, sentence)

    def _pass(self, here: _Here, sentence: Sentence) -> None:
        assert self._linker is not None
        here.before.append(sentence.text)
        here.since += 1

    def _place(self, here: _Here, near: bool) -> Place:
        narrative = here.narrative
        assert self._linker is not None
        said = self._linker.terms.of(" ".join(here.before[-2:]))
        return Place(
            narrative.goal_id,
            narrative.success_factor_id,
            narrative.measure_id,
            here.heading,
            here.run_in,
            said,
            near,
        )

    def _state(self, here: _Here, told: Told) -> bool:
        """Take down the sentence's results; whether it had any of its own."""
        linked: list[Found] = []
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
        self, here: _Here, told: Told, statement: Statement, difference: bool
    ) -> tuple[Profile | None, float]:
        """The one measure that a statement is surely of."""
        assert self._linker is not None
        own = self._linker.terms.of(statement.words)
        near = len(own) <= 1 or bool(self._anaphor.search(told.sentence.text))
        words = self._linker.words(own, self._place(here, near))
        counted = self._fitness.counted(statement)
        populations = self._fitness.populations(told.sentence.text)
        scored = []
        for profile in self._linker.profiles:
            if profile.difference != difference and difference:
                continue
            if not self._fitness.fits(profile, statement, counted):
                continue
            score, enough = self._linker.score(profile, words)
            score -= self._fitness.strange(profile, populations)
            score -= self._fitness.guessed_unit(profile, statement)
            scored.append((score, enough and score > _LEAST, profile))
        scored.sort(key=lambda item: -item[0])
        if not scored or not scored[0][1]:
            return None, 0.0
        first = scored[0][2]
        rivals = [
            item
            for item in scored[1:]
            if item[0] > scored[0][0] - CLEARLY
            and not self._linker.told_apart(first, item[2], words)
        ]
        if rivals:
            self._unlinked(here, told, [scored[0][2], *(item[2] for item in rivals)])
            return None, 0.0
        return scored[0][2], scored[0][0]

    def _unlinked(self, here: _Here, told: Told, profiles: Sequence[Profile]) -> None:
        names = "; ".join(profile.name for profile in profiles[:4])
        page = here.pages.page(told.sentence.text)
        self._issues.note(
            "outcome_unlinked",
            f"The sentence states a result, but it could be of either of: {names}.",
            told.sentence.text,
            PrintedPlace(page, page),
            goal_id=here.narrative.goal_id,
            success_factor_id=here.narrative.success_factor_id,
        )

    def _note(
        self, here: _Here, told: Told, statement: Statement, profile: Profile, score: float
    ) -> list[Found]:
        made = []
        for result in self._fitness.usable(profile, statement):
            found = self._found(here, told, profile.measure_id, result.sex, score)
            found.value, found.unit, found.year = result.value, result.unit, result.year
            found.unit = self._fitness.unit(profile, result)
            found.period = statement.period
            found.previous_value = result.previous_value
            found.previous_year = result.previous_year
            found.amount = told.amount
            made.append(found)
        self.found += made
        return made

    def _found(self, here: _Here, told: Told, measure_id: str, sex: str, score: float) -> Found:
        return Found(
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

    # -- sentences that tell more of what has been stated ---------------------------------------

    def _add(self, here: _Here, told: Told) -> None:
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

    def _named(self, here: _Here, told: Told) -> tuple[Profile | None, float]:
        """The one measure that a sentence without a figure names."""
        assert self._linker is not None
        own = self._linker.terms.of(told.sentence.text)
        if not own:
            return None, 0.0
        words = self._linker.words(own, self._place(here, near=False))
        scored = sorted(
            ((*self._linker.score(profile, words), profile) for profile in self._linker.profiles),
            key=lambda item: -item[0],
        )
        if not scored or not scored[0][1]:
            return None, 0.0
        if len(scored) > 1 and scored[1][0] > scored[0][0] - CLEARLY:
            return None, 0.0
        return scored[0][2], scored[0][0]

    def _change(self, here: _Here, told: Told) -> None:
        """ "Antalet besök minskade": a change without a figure."""
        profile, score = self._named(here, told)
        if profile is None or score < _SURE_CHANGE or not profile.plain:
            return
        if self._fitness.elsewhere(profile, told.sentence):
            return
        here.last, here.since = [], -1
        for sex in self._sexes(told) or ("T",):
            found = self._found(here, told, profile.measure_id, sex, score)
            found.amount = told.amount
            if found.change:
                self.found.append(found)
                here.last.append(found)

    def _sexes(self, told: Told) -> tuple[str, ...]:
        if told.changes:
            return tuple(sorted(told.changes))
        marks = [m.label for m in told.sentence.of("sexes")]
        if "each" in marks:
            return ("K", "M")
        named = {label for label in marks if label in ("K", "M")}
        return tuple(sorted(named)) if len(named) == 1 else ()

    def _status(self, here: _Here, told: Told) -> None:
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
                    self._note_status(here, told, here.last[0].measure_id, sex, status, 0.6)
            return
        profile, score = self._named(here, told)
        if profile is not None:
            for sex, status in told.statuses.items():
                self._note_status(here, told, profile.measure_id, sex or "T", status, score)

    def _group(self, here: _Here, told: Told) -> None:
        """A status that is said of all measures of the section."""
        assert self._linker is not None
        narrative = here.narrative
        if len(told.statuses) != 1 or narrative.goal_id is None:
            return
        status = next(iter(told.statuses.values()))
        for profile in self._linker.profiles:
            same = profile.goal_id == narrative.goal_id and (
                narrative.success_factor_id is None
                or profile.factor_id == narrative.success_factor_id
            )
            if same:
                for sex in sorted(profile.sexes):
                    self._note_status(here, told, profile.measure_id, sex, status, 0.6)

    def _note_status(
        self, here: _Here, told: Told, measure_id: str, sex: str, status: str, score: float
    ) -> None:
        found = self._found(here, told, measure_id, sex, score)
        found.status, found.change = status, None
        self.found.append(found)
