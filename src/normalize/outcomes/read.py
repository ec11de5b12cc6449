"""Outcomes: the results that the narrative states, each linked to its measure or to none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from styrmatt.layout import Layout
from styrmatt.normalize.issues import IssueBook
from styrmatt.normalize.measures.group_rows import MeasureDraft
from styrmatt.normalize.narrative.section_pages import SectionPages
from styrmatt.normalize.outcomes.body_members import BodyMembers
from styrmatt.normalize.outcomes.candidate import OutcomeCandidate
from styrmatt.normalize.outcomes.follow_up import FollowUpRecorder
from styrmatt.normalize.outcomes.ledger import (
    CONTEXT_SENTENCES,
    OutcomeLedger,
    ReadingPosition,
)
from styrmatt.normalize.outcomes.linking import MeasureLinker
from styrmatt.normalize.outcomes.names.numbered_names import numbered_names
from styrmatt.normalize.outcomes.plausibility import Plausibility
from styrmatt.normalize.outcomes.populations import PopulationReader
from styrmatt.normalize.outcomes.profiles import MeasureProfile, make_profile
from styrmatt.normalize.outcomes.score import MeasureScorer
from styrmatt.normalize.outcomes.sentence.sentence_facts import of_sexes, of_year
from styrmatt.normalize.outcomes.sentence.statement import SentenceReader
from styrmatt.normalize.outcomes.sole_measure import SoleMeasureReader
from styrmatt.normalize.outcomes.term_index import TermIndex
from styrmatt.printed import Section
from styrmatt.records import Measure, Narrative
from styrmatt.swedish.numbers import has_unreadable_figure
from styrmatt.swedish.rules.narrative_patterns import Patterns, load_patterns
from styrmatt.swedish.rules.sentence_marks import Sentence, last_year
from styrmatt.swedish.rules.spans import NarrativePipeline, narrative_pipeline
from styrmatt.swedish.rules.token_rules import OwnRules

_PARAGRAPH_BREAK: Final = "\n\n"
_PARAGRAPHS_AT_ONCE: Final = 50
"""Paragraphs whose sentences are in memory at a time: a few pages.

With 1, spaCy and the linking take turns for each, which is half as slow again; with all, a long
report takes the memory of its text several times over.
"""
_LONGEST_SENTENCE: Final = 5_000
"""Characters of a sentence. The longest of real reports have some hundreds; longer is what has no
full stops, as the leaders of a table of contents, and takes minutes to search for results."""
_ADDITION_REACH: Final = 2
"""A sentence that refers back adds to the last result if fewer sentences than this stand between.

What "Det är en ökning ..." refers to is in one of the two sentences before it.
"""


def profiles_of(drafts: Iterable[MeasureDraft], layout: Layout) -> tuple[MeasureProfile, ...]:
    """What an :class:`OutcomeReader` has to know of the measures; needs no language pipeline.

    Empty where no narrative words are shipped for the layout's vocabulary.
    """
    patterns = load_patterns(layout.vocabulary)
    if patterns is None:
        return ()
    return tuple(make_profile(draft, layout.words.units, patterns) for draft in drafts)


class OutcomeReader:
    """Reads the outcomes of one document."""

    def __init__(
        self,
        layout: Layout,
        profiles: Sequence[MeasureProfile],
        names: Iterable[str],
        fiscal_year: int,
        issues: IssueBook,
        *,
        interim: bool = False,
        model: str | None = None,
        rules: OwnRules = (),
    ) -> None:
        """``names`` of the organisation tell no measure apart; ``model`` is a spaCy pipeline.

        ``rules`` are rule files of a user.
        """
        self._language = narrative_pipeline(layout.vocabulary, model, rules)
        self._sections: _SectionsReader | None = None
        patterns = self._language.patterns
        if patterns is None or not profiles:
            return
        terms = TermIndex(patterns, self._language.stop_words, names)
        plausibility = Plausibility(patterns, terms, fiscal_year, interim)
        scorer = MeasureScorer(profiles, terms, patterns)
        refers_back = patterns.compile(patterns.words.topics.anaphors[:1])
        populations = PopulationReader(patterns, terms, scorer.compounds)
        members = BodyMembers(patterns, terms)
        numbered = numbered_names(patterns)
        sole = SoleMeasureReader(patterns, terms, plausibility, scorer.profiles)
        linker = MeasureLinker(scorer, plausibility, populations, members, numbered, sole)
        ledger = OutcomeLedger(linker, issues, refers_back)
        sentences = SentenceReader(patterns, fiscal_year)
        self._sections = _SectionsReader(self._language, patterns, ledger, sentences)

    def read(self, sections: Iterable[tuple[Narrative, Section]]) -> list[OutcomeCandidate]:
        """All results and statuses that the sections state, in reading order."""
        return [] if self._sections is None else self._sections.read(list(sections))

    def better_of_names(self, measures: Iterable[Measure]) -> dict[str, str]:
        """Which way is better, by measure, where a name says so: "(lägre värde är bättre)"."""
        found: dict[str, str] = {}
        for measure in measures:
            ways = self._language.better_in(measure.measure_raw or measure.measure)
            if ways is not None:
                found[measure.measure_id] = ways
        return found


class _SectionsReader:
    """Goes through the sections of a report, sentence by sentence."""

    def __init__(
        self,
        nlp: NarrativePipeline,
        patterns: Patterns,
        ledger: OutcomeLedger,
        sentence_reader: SentenceReader,
    ) -> None:
        self._language = nlp
        self._ledger = ledger
        self._sentence_reader = sentence_reader
        self._follow_ups = FollowUpRecorder(ledger)
        self._years = patterns.years
        self._run_in = patterns.words.topics.run_in

    def read(self, sections: Sequence[tuple[Narrative, Section]]) -> list[OutcomeCandidate]:
        paragraphs = (
            (number, paragraph)
            for number, (narrative, _) in enumerate(sections)
            for paragraph in (narrative.text or "").split(_PARAGRAPH_BREAK)
            if paragraph
        )
        position: ReadingPosition | None = None
        for (number, paragraph), sentences in self._with_sentences(paragraphs):
            if position is None or position.section != number:
                narrative, section = sections[number]
                heading = self._heading_terms(narrative)
                position = ReadingPosition(number, narrative, SectionPages(section), heading)
            self._begin_paragraph(position, paragraph)
            for sentence in sentences:
                self._read_sentence(position, sentence)
        return self._ledger.candidates

    def _with_sentences(
        self, paragraphs: Iterator[tuple[int, str]]
    ) -> Iterator[tuple[tuple[int, str], list[Sentence]]]:
        """Each paragraph with its sentences."""
        while batch := list(islice(paragraphs, _PARAGRAPHS_AT_ONCE)):
            read = list(self._language.read(paragraph for _, paragraph in batch))
            yield from zip(batch, read, strict=True)

    def _heading_terms(self, narrative: Narrative) -> tuple[str, ...]:
        """The terms of a heading that stands below goal and factor; theirs name no one measure."""
        is_own = narrative.success_factor_id is None and narrative.goal_id is None
        if not (is_own or len(narrative.heading_path) > 2):
            return ()
        return self._ledger.scorer.terms.terms_in(narrative.heading or "")

    def _begin_paragraph(self, position: ReadingPosition, text: str) -> None:
        match = self._run_in.match(text)
        position.run_in = self._ledger.scorer.terms.terms_in(match["head"]) if match else ()
        position.preceding = position.preceding[-CONTEXT_SENTENCES:]

    def _read_sentence(self, position: ReadingPosition, sentence: Sentence) -> None:
        is_prose = len(sentence.text) <= _LONGEST_SENTENCE
        if is_prose and sentence.marks and not has_unreadable_figure(sentence.text):
            self._add_facts(position, sentence)
            position.times[sentence.text] += 1
        position.preceding.append(sentence.text)
        position.sentences_since += 1

    def _year_before(self, position: ReadingPosition, sentence: Sentence) -> int | None:
        """The one year of the sentence before, where this one refers to it: "Då var ..."."""
        if not position.preceding or not any(m.label == "then" for m in sentence.of("comparisons")):
            return None
        named = {last_year(found[0]) for found in self._years.finditer(position.preceding[-1])}
        return named.pop() if len(named) == 1 else None

    def _add_facts(self, position: ReadingPosition, sentence: Sentence) -> None:
        facts = self._sentence_reader.read(sentence)
        sexes = [candidate.sex for candidate in position.last if candidate.value is not None]
        year = self._year_before(position, sentence)
        if year is not None:
            facts = of_year(facts, year)
        if facts.in_turn and sorted(sexes) == ["K", "M"]:
            facts = of_sexes(facts, sexes)
        is_change = bool(facts.change or facts.change_by_sex)
        adds_to_last = (
            (facts.is_anaphoric or (facts.is_correction and facts.previous))
            and position.last
            and position.sentences_since < _ADDITION_REACH
            and not facts.is_about_several
        )
        has_results = bool(facts.statements or facts.differences or facts.parts)
        if has_results and self._ledger.add_statements(position, facts):
            if facts.in_words and not position.last:  # "between 8 and 15": neither is the result
                self._follow_ups.add_words(position, facts)
        elif facts.in_words and self._follow_ups.add_words(position, facts):
            pass
        elif facts.is_about_all_measures:
            self._follow_ups.add_status_of_all(position, facts)
        elif adds_to_last:
            self._follow_ups.extend_last(position, facts)
        elif is_change and not facts.is_about_several and not facts.targets:
            self._follow_ups.add_change(position, facts)
        if facts.better and not has_results and position.sentences_since < _ADDITION_REACH:
            self._follow_ups.add_better(position, facts)
        is_of_part = any(m.label == "part" for m in sentence.of("periods"))
        if facts.statuses and not facts.is_about_all_measures and not is_of_part:
            self._follow_ups.add_status(position, facts)
