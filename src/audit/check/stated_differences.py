"""Stated changes against the two figures: "from 70 to 75, an increase by 8"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from styrmatt.audit.check.basis.checked_report import CheckedReport, ReportSentence
from styrmatt.audit.check.basis.findings import (
    FindingPlace,
    finding,
    result_place,
    sentence_place,
    table_place,
)
from styrmatt.audit.check.basis.movements import OPPOSITE, Movement, by_figures, by_words, of_record
from styrmatt.audit.check.basis.quantities import Quantity, QuantityReader
from styrmatt.audit.check.basis.rounding import half_step
from styrmatt.records import Finding, Outcome, Record
from styrmatt.swedish.numbers import YEAR_ALONE
from styrmatt.swedish.sentences import SentenceWord, lowercase_words, words_of
from styrmatt.vocabulary import CheckWords

_MOST_YEARS: Final = 2
"""Years that a sentence may name in which change and figures are compared: this one and the one
before. With a third the change may be since that."""
_HEDGE_STEPS: Final = 2.0
"""Last places by which a difference may be off behind a word such as "about"."""
_SLACK: Final = 1e-6
"""For binary fractions: less than any printed place."""
_NOT_KNOWN: Final = "not known"
"""Unit of a change that is printed in words."""
_FIGURES: Final = 3
"""Figures of a sentence that gives the old one, the new one and the difference."""


def check_differences(report: CheckedReport) -> Iterator[Finding]:
    """A finding for each stated change whose size or way is not that of its two figures."""
    seen: set[str] = set()
    for sentence in report.sentences:
        for result in _in_sentence(report, sentence):
            seen.add(sentence.text)
            yield result
    for outcome in report.extract.outcomes:
        if outcome.source == "narrative" and not any(text in outcome.text for text in seen):
            yield from _of_outcome(report, outcome)
    for lines in report.lines.values():
        for line in lines:
            yield from _of_line(report, line)


# -- one sentence with both figures


def _in_sentence(report: CheckedReport, sentence: ReportSentence) -> Iterator[Finding]:
    """The finding on "from A to B", where the verb or a difference in the sentence denies it."""
    checks = report.vocabulary.checks
    words = words_of(sentence.text)
    quantities = list(QuantityReader(report.vocabulary).read(sentence.stating))
    leads = [(_lead(words, quantity, checks.hedges), quantity) for quantity in quantities]
    old, new, by = (
        [quantity for lead, quantity in leads if lead in known]
        for known in (checks.since, checks.up_to, checks.by)
    )
    if len(old) != 1 or len(new) != 1 or old[0].start > new[0].start:
        return
    before, after = old[0], new[0]
    if None not in (before.unit, after.unit) and before.unit != after.unit:
        return
    said, went = by_words(sentence.text, checks), by_figures(after.value, before.value)
    if said in OPPOSITE and went == OPPOSITE[said]:
        message = f"The text says {said}, the figures have {went}"
    elif len(by) == 1 and len(quantities) == _FIGURES:
        change = _StatedChange(by[0].value, by[0].unit, after.unit, sentence.text)
        if change.is_between(before.value, after.value, checks):
            return
        message = f"The text states a change of {by[0].printed}"
    else:
        return
    narrative = sentence.narrative
    figures = sentence.text[before.start : after.end]
    yield finding(
        report,
        "difference_differs",
        "error",
        f"{message}: from {before.printed} to {after.printed}.",
        sentence_place(sentence),
        FindingPlace(figures, sentence.page, sentence.bbox),
        goal_id=narrative.goal_id,
        measure_id=narrative.measure_id,
    )


def _lead(words: Sequence[SentenceWord], quantity: Quantity, hedges: Sequence[str]) -> str:
    """The word before a figure, those such as "about" left out; empty where there is none."""
    before = [word.low for word in words if word.start < quantity.start and word.low not in hedges]
    return before[-1] if before else ""


# -- a result with the one before


def _of_outcome(report: CheckedReport, outcome: Outcome) -> Iterator[Finding]:
    value, previous, amount = outcome.value, outcome.previous_value, outcome.change_amount
    years = {int(year) for year in YEAR_ALONE.findall(outcome.text)} | {report.fiscal_year}
    if value is None or previous is None or len(years) > _MOST_YEARS:
        return
    checks = report.vocabulary.checks
    said, went = by_words(outcome.text, checks), by_figures(value, previous)
    if said in OPPOSITE and went == OPPOSITE[said]:
        message = f"The text says {said}, the figures have {went}"
    elif amount is not None and not _is_amount(report, outcome, amount).is_between(
        previous, value, checks
    ):
        message = f"The text states a change of {amount:g}"
    else:
        return
    place = result_place(report, outcome)
    name = report.measures[outcome.measure_id].measure
    yield finding(
        report,
        "difference_differs",
        "error",
        f"{message}: from {previous:g} to {value:g} for “{name}”.",
        place,
        FindingPlace(f"{name}: {previous:g}, {value:g}", place.page, place.bbox),
        measure_id=outcome.measure_id,
        sex=outcome.sex,
    )


def _is_amount(report: CheckedReport, outcome: Outcome, amount: float) -> _StatedChange:
    """The change of an outcome, with the unit that its sentences print behind it."""
    figures = QuantityReader(report.vocabulary).read(outcome.text)
    units = [q.unit for q in figures if q.value == amount and q.value != outcome.value]
    unit = units[0] if units else _NOT_KNOWN
    return _StatedChange(amount, unit, outcome.unit, outcome.text)


# -- a line of a table


def _of_line(report: CheckedReport, line: Record) -> Iterator[Finding]:
    """The finding that a change is stated of a line whose two figures went the other way."""
    went = of_record(line)
    if line.outcome_source != "table" or went is None:
        return
    for outcome in report.outcomes[line.measure_id]:
        if outcome.source != "narrative" or outcome.sex != line.sex or outcome.value is not None:
            continue
        said = by_words(outcome.text, report.vocabulary.checks)
        years = {int(year) for year in YEAR_ALONE.findall(outcome.text)}
        if said != outcome.change or said is None or said == went:
            continue
        if went == "unchanged" or years - {report.fiscal_year, report.fiscal_year - 1}:
            continue
        if said in OPPOSITE:
            yield _line_finding(report, line, f"The text says {said}", went, outcome)
    of_table = not any(outcome.change for outcome in report.outcomes[line.measure_id])
    if of_table and OPPOSITE.get(line.outcome_change or "") == went:
        yield _line_finding(report, line, f"The table says {line.outcome_change}", went, None)


def _line_finding(
    report: CheckedReport, line: Record, message: str, went: Movement, outcome: Outcome | None
) -> Finding:
    figures = f"{line.previous_value:g} to {line.outcome_value:g}"
    cell = FindingPlace(
        f"{line.measure}, {line.previous_year}–{line.outcome_year}: {figures}",
        line.outcome_page or line.page,
        line.outcome_bbox,
    )
    return finding(
        report,
        "difference_differs",
        "error",
        f"{message}, the table has {went} from {figures}: “{line.measure}”.",
        result_place(report, outcome) if outcome else table_place(line),
        cell,
        goal_id=line.goal_id,
        measure_id=line.measure_id,
        record_id=line.record_id,
        sex=line.sex,
    )


# -- the difference of two figures


@dataclass(frozen=True, slots=True)
class _StatedChange:
    """By how much a text says that a figure changed."""

    amount: float
    unit: str | None
    unit_of_figures: str | None
    text: str

    def is_between(self, before: float, after: float, words: CheckWords) -> bool:
        """Whether two figures differ by it, in their unit or in per cent of the first."""
        hedged = any(word in words.hedges for word in lowercase_words(self.text))
        own = half_step(self.amount) * (_HEDGE_STEPS if hedged else 1.0)
        difference, rounding = abs(after - before), half_step(after) + half_step(before)
        if self._may_be_points and abs(difference - abs(self.amount)) <= own + rounding + _SLACK:
            return True
        if not self._may_be_relative or not before:
            return False
        relative = 100 * difference / abs(before)
        slack = own + 100 * rounding / abs(before) + _SLACK
        return abs(relative - abs(self.amount)) <= slack

    @property
    def _may_be_points(self) -> bool:
        return self.unit != "percent" or self.unit_of_figures == "percent"

    @property
    def _may_be_relative(self) -> bool:
        return self.unit in ("percent", _NOT_KNOWN)
