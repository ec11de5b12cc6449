"""One report as the checks use it: rows by id, and the sentences of its narratives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from styrmatt.audit.check.basis.measure_words import MeasureWords
from styrmatt.audit.check.basis.named_measures import NamedMeasure, NameFinder, without_figures
from styrmatt.printed import Bbox
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
    bbox: Bbox | None = None
    """The box of its paragraph on that page; None in a text file."""
    named: tuple[NamedMeasure, ...] = ()
    """The measures that it names in full."""

    @property
    def stating(self) -> str:
        """The sentence without the figures of the names in it; its places are the same."""
        return without_figures(self.text, self.named)

    @property
    def named_id(self) -> str | None:
        """The one measure that it names in full; None where it names none, or several."""
        ids = {id for one in self.named for id in one.measure_ids}
        return ids.pop() if len(ids) == 1 else None


class Paragraph(NamedTuple):
    """A paragraph of a narrative, its page, and its box there (None in a text file)."""

    text: str
    page: int
    bbox: Bbox | None


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
    """Stated results by measure id."""
    sentences: tuple[ReportSentence, ...] = field(init=False)
    words: MeasureWords = field(init=False)
    """The words of the measures' names."""

    def __post_init__(self) -> None:
        extract = self.extract
        self.measures = {measure.measure_id: measure for measure in extract.measures}
        self.goals = {goal.goal_id: goal for goal in extract.goals}
        self.lines = {measure_id: [] for measure_id in self.measures}
        for record in extract.records:
            self.lines.setdefault(record.measure_id, []).append(record)
        self.outcomes = {measure_id: [] for measure_id in self.measures}
        for outcome in extract.outcomes:
            self.outcomes.setdefault(outcome.measure_id, []).append(outcome)
        splitter = RuleSplitter(self.vocabulary.statements.abbreviations)
        self.sentences = tuple(_sentences(extract, splitter, NameFinder(extract.measures)))
        self.words = MeasureWords(extract.measures, self.vocabulary.checks)

    @property
    def document_id(self) -> str:
        """The report's id."""
        return self.extract.document.document_id

    @property
    def fiscal_year(self) -> int:
        """The year that the report is about."""
        return self.extract.document.fiscal_year

    def box_of(self, text: str, page: int) -> Bbox | None:
        """The box of the paragraph that holds a sentence of a page; None where there is none."""
        letters = squeeze(text)
        for narrative in self.extract.narratives:
            for paragraph in paragraphs_of(narrative):
                if paragraph.page == page and letters in squeeze(paragraph.text):
                    return paragraph.bbox
        return None

    def key_over_years(self, measure_id: str) -> tuple[str, ...]:
        """Organisation, body and series (else name) of a measure: equal in each year's report."""
        document, measure = self.extract.document, self.measures[measure_id]
        name = measure.series_id or squeeze(measure.measure)
        return squeeze(document.organisation), squeeze(document.body or ""), name


def paragraphs_of(narrative: Narrative) -> Iterator[Paragraph]:
    """The paragraphs of a section, with their pages and boxes."""
    boxes = narrative.paragraph_boxes
    for number, text in enumerate((narrative.text or "").split("\n\n")):
        has_page = number < len(narrative.paragraph_pages)
        page = narrative.paragraph_pages[number] if has_page else narrative.page_first
        sides = boxes[4 * number : 4 * number + 4]
        yield Paragraph(text, page, (sides[0], sides[1], sides[2], sides[3]) if sides else None)


def _sentences(
    extract: Extract, splitter: RuleSplitter, names: NameFinder
) -> Iterator[ReportSentence]:
    for narrative in extract.narratives:
        for paragraph in paragraphs_of(narrative):
            preceding: tuple[str, ...] = ()
            for sentence, _ in splitter.split(paragraph.text):
                named, page = names.find(sentence), paragraph.page
                yield ReportSentence(sentence, narrative, page, preceding, paragraph.bbox, named)
                preceding = (*preceding, sentence)
