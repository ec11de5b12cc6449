"""What a goal's summary says of measures that no table has."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from styrmatt.audit.check.checked_report import CheckedReport, ReportSentence
from styrmatt.audit.check.findings import FindingPlace, finding
from styrmatt.audit.check.measure_words import MeasureWords, same_word
from styrmatt.records import Finding
from styrmatt.swedish.sentences import Phrases, words_of

_RARE: Final = 3  # measures that a word may stand in and still say which is meant
_BEGINNING: Final = 7  # letters that a compound shares with the name of its measure
_LEAST: Final = 2  # words that say what the sentence is about
_BEFORE: Final = 5  # words between the verb and the word for the target


def check_summary(report: CheckedReport) -> Iterator[Finding]:
    """A finding for each sentence of a goal's summary about the target of no measure there is."""
    words = report.vocabulary.checks
    reaches = Phrases([*words.reaches, *report.vocabulary.statements.achieved])
    leads = Phrases(words.target_leads)
    index = MeasureWords(report.extract.measures, words)
    names = [set(index.telling(m.measure)) for m in report.extract.measures]
    goals = index.telling(" ".join(goal.goal for goal in report.extract.goals))
    for said in report.sentences:
        narrative = said.narrative
        if not narrative.goal_id or narrative.success_factor_id or narrative.measure_id:
            continue
        subject = _subject(report, said, leads, reaches)
        about = [word for word in index.telling(subject) if word not in goals]
        if len(about) >= _LEAST and not any(_tells(word, names) for word in about):
            yield finding(
                report,
                "measure_without_table",
                "info",
                "The summary of the goal speaks of a target that no table of the report has.",
                FindingPlace(said.text, said.page),
                goal_id=narrative.goal_id,
            )


def _tells(word: str, names: Sequence[Collection[str]]) -> bool:
    """Whether a word is of a measure's name, and of few."""
    return 0 < sum(any(_related(word, other) for other in name) for name in names) <= _RARE


def _related(first: str, second: str) -> bool:
    return same_word(first, second) or first[:_BEGINNING] == second[:_BEGINNING]


def _subject(report: CheckedReport, said: ReportSentence, leads: Phrases, reaches: Phrases) -> str:
    """The words before the target in a sentence that says that something reaches it or not."""
    words = words_of(said.text)
    if not said.text.endswith("."):  # a legend, not a sentence
        return ""
    for at in leads.find(words):
        if any(word.low in report.vocabulary.statements.judged for word in words[:at]):
            return ""
        if reaches.find(words, max(1, at - _BEFORE), at):
            return said.text[: words[at].start]
    return ""
