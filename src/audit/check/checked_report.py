"""One report as the checks use it: rows by id, and the sentences of its narratives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from styrmatt.records import Extract, Goal, Measure, Narrative, Outcome, Record
from styrmatt.swedish.sentences import RuleSplitter
from styrmatt.vocabulary import Vocabulary
from styrmatt.whitespace import squeeze


@dataclass(frozen=True, slots=True)
class ReportSentence:
    """A sentence of a narrative, its page, and the sentences before it in its paragraph."""

    text: str
    narrative: Narrative
    page: int
    preceding: tuple[str, ...] = ()


@dataclass(slots=True)
class CheckedReport:
    """The rows of one report by id, with the vocabulary of its language."""

    extract: Extract
    vocabulary: Vocabulary
    measures: dict[str, Measure] = field(init=False)
    goals: dict[str, Goal] = field(init=False)
    lines: dict[str, list[Record]] = field(init=False)
    """Table lines (one per sex) by measure id."""
    outcomes: dict[str, list[Outcome]] = field(init=False)
    """Stated results of the organisation itself by measure id; forecasts are none."""
    sentences: tuple[ReportSentence, ...] = field(init=False)

    def __post_init__(self) -> None:
        extract = self.extract
        self.measures = {measure.measure_id: measure for measure in extract.measures}
        self.goals = {goal.goal_id: goal for goal in extract.goals}
        self.lines = {measure_id: [] for measure_id in self.measures}
        for record in extract.records:
            self.lines.setdefault(record.measure_id, []).append(record)
        self.outcomes = {measure_id: [] for measure_id in self.measures}
        for outcome in extract.outcomes:
            if outcome.kind == "outcome" and outcome.area is None:
                self.outcomes.setdefault(outcome.measure_id, []).append(outcome)
        splitter = RuleSplitter(self.vocabulary.statements.abbreviations)
        self.sentences = tuple(_sentences(extract, splitter))

    @property
    def document_id(self) -> str:
        """The report's id."""
        return self.extract.document.document_id

    @property
    def fiscal_year(self) -> int:
        """The year that the report is about."""
        return self.extract.document.fiscal_year

    def key_over_years(self, measure_id: str) -> tuple[str, ...]:
        """Organisation, body and series (else name) of a measure: equal in each year's report."""
        document, measure = self.extract.document, self.measures[measure_id]
        name = measure.series_id or squeeze(measure.measure)
        return squeeze(document.organisation), squeeze(document.body or ""), name


def _sentences(extract: Extract, splitter: RuleSplitter) -> Iterator[ReportSentence]:
    for narrative in extract.narratives:
        paragraphs = (narrative.text or "").split("\n\n")
        for number, paragraph in enumerate(paragraphs):
            has_page = number < len(narrative.paragraph_pages)
            page = narrative.paragraph_pages[number] if has_page else narrative.page_first
            preceding: tuple[str, ...] = ()
            for sentence, _ in splitter.split(paragraph):
                yield ReportSentence(sentence, narrative, page, preceding)
                preceding = (*preceding, sentence)
