"""Goals against their measures: the assessment, and what a goal's summary says of one of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from styrmatt.audit.check.basis.checked_report import CheckedReport, ReportSentence
from styrmatt.audit.check.basis.findings import (
    FindingPlace,
    assessment_place,
    finding,
    goal_place,
    result_place,
    sentence_place,
    status_words,
)
from styrmatt.audit.check.basis.movements import (
    OPPOSITE,
    Movement,
    by_words,
    first_clause,
    of_outcome,
    of_record,
)
from styrmatt.records import Finding, Goal, Record

_FEWEST_MEASURES: Final = 2
"""Measures with a status from which they say that a goal went otherwise. Goals are judged as a
whole, so a single measure may well have gone the other way."""
_ALL_OTHERWISE: Final = {"met": "not_met", "not_met": "met"}
_MIN_NAME_COVERAGE: Final = 0.6
"""Share of a measure's name, by weight, that a sentence of a goal's summary has to be about it."""
_MIN_NAME_MARGIN: Final = 0.2
"""How much more of its name that measure must have than the next one (share of the name)."""


def check_goals(report: CheckedReport) -> Iterator[Finding]:
    """A finding for each goal that went the other way than all of its measures, and for each
    sentence of a goal's summary that lets a measure go the other way than its results."""
    for goal in report.extract.goals:
        yield from _assessment(report, goal)
    for sentence in report.sentences:
        narrative = sentence.narrative
        if narrative.goal_id and not narrative.success_factor_id and not narrative.measure_id:
            yield from _summary(report, sentence)


# -- the assessment


def _assessment(report: CheckedReport, goal: Goal) -> Iterator[Finding]:
    otherwise = _ALL_OTHERWISE.get(goal.assessment or "")
    lines = [
        line
        for lines in report.lines.values()
        for line in lines
        if line.goal_id == goal.goal_id and line.status not in (None, "not_assessed")
    ]
    measures = {line.measure_id for line in lines}
    if len(measures) < _FEWEST_MEASURES or any(line.status != otherwise for line in lines):
        return
    yield finding(
        report,
        "goal_against_measures",
        "warning",
        f"The goal is {status_words(goal.assessment)}, each of its {len(measures)} measures is "
        f"{status_words(otherwise)}: “{goal.goal}”.",
        goal_place(goal, goal.assessment_marker)
        if goal.assessment_stated is None
        else assessment_place(report, goal),
        _marks(lines),
        goal_id=goal.goal_id,
    )


def _marks(lines: Sequence[Record]) -> FindingPlace:
    """The measures with their marks as a quote; the box is the first one's mark."""
    first = lines[0]
    names = "; ".join(dict.fromkeys(line.measure for line in lines))
    text = f"mark {status_words(first.status)}: {names}"
    return FindingPlace(text, first.page, first.status_bbox or first.bbox)


# -- the summary


def _summary(report: CheckedReport, sentence: ReportSentence) -> Iterator[Finding]:
    named = sentence.named_id
    start = sentence.named[-1].end if named else 0
    clause = first_clause(sentence.text[start:], report.vocabulary.statements)
    said = by_words(clause, report.vocabulary.checks)
    if said not in OPPOSITE:
        return
    ids = [
        m.measure_id
        for m in report.extract.measures
        if m.goal_id == sentence.narrative.goal_id and len(report.lines[m.measure_id]) == 1
    ]
    best = named or report.words.best_match(
        ids,
        report.words.content_words(clause),
        min_coverage=_MIN_NAME_COVERAGE,
        min_margin=_MIN_NAME_MARGIN,
    )
    if best not in ids:
        return
    line = report.lines[best][0]
    for movement, place in _movements(report, line, sentence):
        if movement == OPPOSITE[said]:
            yield finding(
                report,
                "goal_against_measures",
                "error",
                f"The goal's summary says that “{line.measure}” has {said}; it has {movement}.",
                sentence_place(sentence),
                place,
                goal_id=line.goal_id,
                measure_id=best,
                record_id=line.record_id,
            )
            return


def _movements(
    report: CheckedReport, line: Record, sentence: ReportSentence
) -> Iterator[tuple[Movement | None, FindingPlace]]:
    """Which way a line's result went, by its figures and by each other sentence about it."""
    if line.outcome_source == "table":
        text = (
            f"{line.measure}, {line.previous_year}: {line.previous_value}, "
            f"{line.outcome_year}: {line.outcome_value}"
        )
        page, box = line.outcome_page or line.page, line.outcome_bbox
        yield of_record(line), FindingPlace(text, page, box)
    for outcome in report.outcomes[line.measure_id]:
        of_this_year = outcome.outcome_year in (None, report.fiscal_year)
        stated = outcome.source == "narrative" and outcome.sex == line.sex and of_this_year
        if stated and sentence.text not in outcome.text:
            yield of_outcome(outcome, report.vocabulary.checks), result_place(report, outcome)
