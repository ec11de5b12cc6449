"""One report's rows as the checks use them: by id, and its sentences with their places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from styrmatt.records import Extract, Goal, Measure, Narrative, Outcome, Record
from styrmatt.swedish.sentences import RuleSplitter
from styrmatt.vocabulary import Vocabulary
from styrmatt.whitespace import squeeze


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of a report, where it stands, and the sentences before it in its paragraph."""

    text: str
    narrative: Narrative
    page: int
    before: tuple[str, ...] = ()


@dataclass(slots=True)
class Report:
    """The rows of one report, with the words of its language."""

    extract: Extract
    vocabulary: Vocabulary
    measures: dict[str, Measure] = field(init=False)
    goals: dict[str, Goal] = field(init=False)
    lines: dict[str, list[Record]] = field(init=False)
    outcomes: dict[str, list[Outcome]] = field(init=False)
    sentences: tuple[Said, ...] = field(init=False)

    def __post_init__(self) -> None:
        extract = self.extract
        self.measures = {measure.measure_id: measure for measure in extract.measures}
        self.goals = {goal.goal_id: goal for goal in extract.goals}
        self.lines = {name: [] for name in self.measures}
        for record in extract.records:
            self.lines.setdefault(record.measure_id, []).append(record)
        self.outcomes = {name: [] for name in self.measures}
        for outcome in extract.outcomes:
            self.outcomes.setdefault(outcome.measure_id, []).append(outcome)
        splitter = RuleSplitter(self.vocabulary.statements.abbreviations)
        self.sentences = tuple(_said(extract, splitter))

    @property
    def document_id(self) -> str:
        """The report's id."""
        return self.extract.document.document_id

    def key(self, measure_id: str) -> tuple[str, ...]:
        """What is the same for a measure over the years of one body's reports."""
        document, measure = self.extract.document, self.measures[measure_id]
        name = measure.series_id or squeeze(measure.measure)
        return squeeze(document.organisation), squeeze(document.body or ""), name

    @property
    def fiscal_year(self) -> int:
        """The year that the report is about."""
        return self.extract.document.fiscal_year


def _said(extract: Extract, splitter: RuleSplitter) -> Iterator[Said]:
    for narrative in extract.narratives:
        paragraphs = (narrative.text or "").split("\n\n")
        for number, paragraph in enumerate(paragraphs):
            known = number < len(narrative.paragraph_pages)
            page = narrative.paragraph_pages[number] if known else narrative.page_first
            before: tuple[str, ...] = ()
            for sentence, _ in splitter.split(paragraph):
                yield Said(sentence, narrative, page, before)
                before = (*before, sentence)
