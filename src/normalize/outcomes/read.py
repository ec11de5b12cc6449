"""Outcomes: the results that the narrative states, each linked to its measure or to none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from styrmatt.layout import Layout
from styrmatt.normalize.issues import IssueBook
from styrmatt.normalize.measures.group_rows import MeasureDraft
from styrmatt.normalize.narrative.section_pages import SectionPages
from styrmatt.normalize.outcomes.candidate import OutcomeCandidate
from styrmatt.normalize.outcomes.follow_up import Follower
from styrmatt.normalize.outcomes.ledger import OutcomeLedger, ReadingPosition
from styrmatt.normalize.outcomes.plausibility import Plausibility, profile_of
from styrmatt.normalize.outcomes.score import MeasureScorer, Profile
from styrmatt.normalize.outcomes.statement import StatementFactsReader
from styrmatt.normalize.outcomes.terms import Terms
from styrmatt.printed import Section
from styrmatt.records import Narrative
from styrmatt.swedish.narrative_patterns import Patterns, load_patterns
from styrmatt.swedish.spans import NarrativePipeline, Sentence, narrative_pipeline

_BETWEEN = "\n\n"
_AT_ONCE = 50
"""Paragraphs of which the sentences are held in memory."""


def profiles_of(drafts: Iterable[MeasureDraft], layout: Layout) -> tuple[Profile, ...]:
    """What an :class:`OutcomeReader` has to know of the measures; needs no language pipeline."""
    patterns = load_patterns(layout.vocabulary)
    if patterns is None:
        return ()
    return tuple(profile_of(draft, layout.words.units, patterns) for draft in drafts)


class OutcomeReader:
    """Reads the outcomes of one document."""

    def __init__(
        self,
        layout: Layout,
        profiles: Sequence[Profile],
        names: Iterable[str],
        fiscal_year: int,
        issues: IssueBook,
        *,
        interim: bool = False,
        model: str | None = None,
    ) -> None:
        self._language = narrative_pipeline(layout.vocabulary, model)
        self._reading: _ReportReading | None = None
        patterns = self._language.patterns
        if patterns is None or not profiles:
            return
        terms = Terms(patterns, self._language.stop_words, names)
        fitness = Plausibility(patterns, terms, fiscal_year, interim)
        leaning = patterns.compile(patterns.words.topics.anaphors[:1])
        book = OutcomeLedger(MeasureScorer(profiles, terms, patterns), fitness, issues, leaning)
        self._reading = _ReportReading(
            self._language, patterns, book, StatementFactsReader(patterns, fiscal_year)
        )

    def read(self, sections: Iterable[tuple[Narrative, Section]]) -> list[OutcomeCandidate]:
        """All that the sections state, in their order."""
        return [] if self._reading is None else self._reading.read(list(sections))


class _ReportReading:
    """Goes through the sections, sentence by sentence."""

    def __init__(
        self,
        nlp: NarrativePipeline,
        patterns: Patterns,
        book: OutcomeLedger,
        teller: StatementFactsReader,
    ) -> None:
        self._language = nlp
        self._book = book
        self._teller = teller
        self._follower = Follower(book)
        self._run_in = patterns.words.topics.run_in

    def read(self, pairs: Sequence[tuple[Narrative, Section]]) -> list[OutcomeCandidate]:
        """All that the sections state, in their order."""
        blocks = (
            (number, paragraph)
            for number, (narrative, _) in enumerate(pairs)
            for paragraph in (narrative.text or "").split(_BETWEEN)
            if paragraph
        )
        here: ReadingPosition | None = None
        for (number, paragraph), sentences in self._sentences(blocks):
            if here is None or here.number != number:
                narrative, section = pairs[number]
                here = ReadingPosition(
                    number, narrative, SectionPages(section), self._heading(narrative)
                )
            self._start(here, paragraph)
            for sentence in sentences:
                self._sentence(here, sentence)
        return self._book.found

    def _sentences(
        self, blocks: Iterator[tuple[int, str]]
    ) -> Iterator[tuple[tuple[int, str], list[Sentence]]]:
        """Each paragraph with its sentences, some read at a time.

        To take turns with the linking for each one is half as slow again; to read all of a long
        report before takes the memory of its text several times over.
        """
        while some := list(islice(blocks, _AT_ONCE)):
            read = list(self._language.read(paragraph for _, paragraph in some))
            yield from zip(some, read, strict=True)

    def _heading(self, narrative: Narrative) -> tuple[str, ...]:
        path = narrative.heading_path
        own = narrative.success_factor_id is None and narrative.goal_id is None
        below = len(path) > 2 or own
        return self._book.linker.terms.of(narrative.heading or "") if below else ()

    def _start(self, here: ReadingPosition, text: str) -> None:
        match = self._run_in.match(text)
        here.run_in = self._book.linker.terms.of(match["head"]) if match else ()
        here.before = here.before[-2:]

    # -- one sentence ------------------------------------------------------------------------

    def _sentence(self, here: ReadingPosition, sentence: Sentence) -> None:
        if not sentence.marks:
            self._pass(here, sentence)
            return
        told = self._teller.tell(sentence)
        if (told.statements or told.differences) and self._book.state(here, told):
            pass
        elif told.group:
            self._follower.group(here, told)
        elif told.anaphoric and here.last and here.since < 2 and not told.several:
            self._follower.add(here, told)
        elif (told.change or told.changes) and not told.several and not told.targets:
            self._follower.change(here, told)
        parts = any(m.label == "part" for m in sentence.of("periods"))
        if told.statuses and not told.group and not parts:
            self._follower.status(here, told)
        self._pass(here, sentence)

    def _pass(self, here: ReadingPosition, sentence: Sentence) -> None:
        here.before.append(sentence.text)
        here.since += 1
