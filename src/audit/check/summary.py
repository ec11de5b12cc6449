"""Measures that a goal's summary speaks of and that no table has."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from styrmatt.audit.check.basis.checked_report import CheckedReport, ReportSentence
from styrmatt.audit.check.basis.findings import finding, sentence_place
from styrmatt.audit.check.basis.measure_words import same_word
from styrmatt.records import Finding
from styrmatt.swedish.numbers import parse_number_word
from styrmatt.swedish.sentences import Phrases, words_of

_MAX_MEASURES_PER_WORD: Final = 3
"""Measures that a word may name and still tell which one a sentence is about. A word of more
measures is the subject of the whole report and proves nothing."""
_COMPOUND_START_LETTERS: Final = 7
"""Equal first letters by which a word is related to one of a measure's name: compounds are often
shortened or lengthened in running text. Shorter beginnings join unrelated compounds."""
_MIN_SUBJECT_WORDS: Final = 2
"""Content words before the word for the target. The verb is one of them: with it alone the sentence
does not say what it is about."""
_VERB_DISTANCE_WORDS: Final = 5
"""Words between the verb and the word for the target, in which adverbs and numerals stand. Over a
longer stretch the verb belongs to another clause."""


def check_summary(report: CheckedReport) -> Iterator[Finding]:
    """A finding for each sentence of a goal's summary about the target of an unknown measure."""
    words = report.vocabulary.checks
    reaches = Phrases([*words.reaches, *report.vocabulary.statements.achieved])
    leads = Phrases(words.target_leads)
    index = report.words
    names = [set(index.content_words(m.measure)) for m in report.extract.measures]
    goal_words = index.content_words(" ".join(goal.goal for goal in report.extract.goals))
    for sentence in report.sentences:
        narrative = sentence.narrative
        if not narrative.goal_id or narrative.success_factor_id or narrative.measure_id:
            continue
        subject = _subject(report, sentence, leads, reaches)
        if _counts_some(report, subject):
            continue
        about = [word for word in index.content_words(subject) if word not in goal_words]
        if len(about) >= _MIN_SUBJECT_WORDS and not any(_names_one(w, names) for w in about):
            yield finding(
                report,
                "measure_without_table",
                "info",
                "The summary of the goal speaks of a target that no table of the report has.",
                sentence_place(sentence),
                goal_id=narrative.goal_id,
            )


def _counts_some(report: CheckedReport, subject: str) -> bool:
    """Whether a subject is some of a number (seven of twelve units), and no measure."""
    of, numbers = report.vocabulary.statements.of, report.vocabulary.numbers
    words = subject.casefold().split()

    def is_number(word: str) -> bool:
        return word.isdecimal() or parse_number_word(word, numbers) is not None

    return any(
        middle in of and is_number(one) and is_number(other)
        for one, middle, other in zip(words, words[1:], words[2:], strict=False)
    )


def _names_one(word: str, names: Sequence[Collection[str]]) -> bool:
    """Whether a word occurs in the names of some measures, and of few."""
    count = sum(any(_related(word, other) for other in name) for name in names)
    return 0 < count <= _MAX_MEASURES_PER_WORD


def _related(first: str, second: str) -> bool:
    return (
        same_word(first, second)
        or first[:_COMPOUND_START_LETTERS] == second[:_COMPOUND_START_LETTERS]
    )


def _subject(
    report: CheckedReport, sentence: ReportSentence, leads: Phrases, reaches: Phrases
) -> str:
    """The words before the target in a sentence about reaching a target or not; else empty."""
    words = words_of(sentence.text)
    if not sentence.text.endswith("."):  # a legend or a heading
        return ""
    for at in leads.find(words):
        if any(word.low in report.vocabulary.statements.judged for word in words[:at]):
            return ""
        if reaches.find(words, max(1, at - _VERB_DISTANCE_WORDS), at):
            return sentence.text[: words[at].start]
    return ""
