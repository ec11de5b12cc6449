"""The same figure given in two ways: one statement in two places, or two results of one measure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final

from styrmatt.audit.check.checked_report import CheckedReport, ReportSentence
from styrmatt.audit.check.findings import FindingPlace, finding
from styrmatt.audit.check.measure_words import MeasureWords, same_word
from styrmatt.audit.check.quantities import Quantity, QuantityReader
from styrmatt.records import Finding, Outcome
from styrmatt.swedish.sentences import words_of

_LEAST_WORDS: Final = 4
_SAME: Final = 0.8  # of the words of both sentences
_NEARLY: Final = 0.02  # of the amount: figures that are meant to be one
_AMOUNT: Final = 3  # digits that an amount has at least, so that being near means something
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_NAME: Final = re.compile(r"[^\W\d_][\w-]{4,}")


@dataclass(frozen=True, slots=True)
class _Statement:
    said: ReportSentence
    quantities: tuple[Quantity, ...]
    words: frozenset[str]
    years: frozenset[str]


def check_figures(report: CheckedReport) -> Iterator[Finding]:
    """A finding for each pair of places that give one figure differently."""
    yield from _repeated(report)
    yield from _amounts(report)
    yield from _results(report)


def _repeated(report: CheckedReport) -> Iterator[Finding]:
    """Sentences of two sections that say the same words with other figures."""
    statements = [s for s in _statements(report) if len(s.words) >= _LEAST_WORDS]
    for first, second in combinations(statements, 2):
        if _apart(first, second) and _same_words(first, second):
            pairs = list(zip(first.quantities, second.quantities, strict=True))
            if all(a.unit == b.unit for a, b in pairs) and any(
                a.value != b.value for a, b in pairs
            ):
                yield _finding(report, first, second, "Two places say the same of one thing")


def _statements(report: CheckedReport) -> Iterator[_Statement]:
    reader = QuantityReader(report.vocabulary)
    common = frozenset(report.vocabulary.checks.common)
    for said in report.sentences:
        quantities = tuple(reader.read(said.text))
        if not quantities or "...." in said.text:
            continue
        words = (word.low for word in words_of(said.text))
        telling = frozenset(w for w in words if not w[0].isdigit() and w not in common)
        years = frozenset(_YEAR.findall(said.text))
        yield _Statement(said, quantities, telling, years)


def _apart(first: _Statement, second: _Statement) -> bool:
    """Whether two statements stand in two sections, of one year, and of as many figures."""
    one, two = first.said.narrative, second.said.narrative
    return (
        one.section_id != two.section_id
        and (one.measure_id is None or two.measure_id in (None, one.measure_id))
        and first.years == second.years
        and len(first.quantities) == len(second.quantities)
    )


def _same_words(first: _Statement, second: _Statement) -> bool:
    both = first.words & second.words
    return len(both) >= _SAME * max(len(first.words), len(second.words))


def _amounts(report: CheckedReport) -> Iterator[Finding]:
    """Amounts of money to the same receiver that differ by a hair."""
    money = [
        (statement, quantity)
        for statement in _statements(report)
        for quantity in statement.quantities
        if _is_money(quantity)
    ]
    for (first, one), (second, two) in combinations(money, 2):
        if first.said.narrative.section_id == second.said.narrative.section_id:
            continue
        near = one.unit == two.unit and 0 < abs(one.value - two.value) <= _NEARLY * one.value
        if near and first.years == second.years and _receiver(first, one, second, two):
            yield _finding(
                report,
                replace(first, quantities=(one,)),
                replace(second, quantities=(two,)),
                "Two places give nearly the same amount",
            )


def _is_money(quantity: Quantity) -> bool:
    digits = sum(character.isdigit() for character in quantity.printed)
    return (
        digits >= _AMOUNT
        and quantity.unit is not None
        and (quantity.unit in ("kr", "tkr", "mnkr") or " " in quantity.unit)
    )


def _receiver(first: _Statement, one: Quantity, second: _Statement, two: Quantity) -> bool:
    """Whether a name stands near both amounts."""
    names = _near(first.said.text, one), _near(second.said.text, two)
    return any(same_word(a, b) for a in names[0] for b in names[1])


def _near(sentence: str, quantity: Quantity) -> list[str]:
    around = sentence[max(0, quantity.start - 60) : quantity.end + 60]
    return [name.casefold() for name in _NAME.findall(around) if name[0].isupper()]


def _results(report: CheckedReport) -> Iterator[Finding]:
    """Results of one measure, sex, year and period that differ in value or in how they changed."""
    index = MeasureWords(report.extract.measures, report.vocabulary.checks)
    for outcomes in report.outcomes.values():
        for first, second in combinations(outcomes, 2):
            said = _difference(first, second)
            if said and not _of_parts(index, first, second):
                yield finding(
                    report,
                    "figure_differs",
                    "warning",
                    said,
                    FindingPlace(first.text, first.page),
                    FindingPlace(second.text, second.page),
                    measure_id=first.measure_id,
                    sex=first.sex,
                )


def _of_parts(index: MeasureWords, first: Outcome, second: Outcome) -> bool:
    """Whether each of two results is said of a part of what the measure names."""
    one, two = (index.told(first.measure_id, outcome.text) for outcome in (first, second))
    return bool(one - two) and bool(two - one)


def _kind(outcome: Outcome) -> tuple[str, int | None, str | None]:
    return outcome.sex, outcome.outcome_year, outcome.unit


def _difference(first: Outcome, second: Outcome) -> str | None:
    same = _kind(first) == _kind(second)
    if first.text == second.text or first.sex != second.sex:
        return None
    values = first.value, second.value
    if None not in values and same and first.period == second.period and values[0] != values[1]:
        return f"The result is {values[0]:g} in one place and {values[1]:g} in the other."
    changes = {first.change, second.change}
    if None not in changes and len(changes) > 1 and first.outcome_year == second.outcome_year:
        return f"The result has {first.change} in one place and {second.change} in the other."
    return None


def _finding(report: CheckedReport, first: _Statement, second: _Statement, what: str) -> Finding:
    figures = _printed(first.quantities, second.quantities)
    narrative = first.said.narrative
    return finding(
        report,
        "figure_differs",
        "error",
        f"{what}: {figures[0]} and {figures[1]}.",
        FindingPlace(first.said.text, first.said.page),
        FindingPlace(second.said.text, second.said.page),
        goal_id=narrative.goal_id,
        measure_id=narrative.measure_id or second.said.narrative.measure_id,
    )


def _printed(first: Sequence[Quantity], second: Sequence[Quantity]) -> tuple[str, str]:
    """The figures that differ, as printed; all of them where they cannot be paired."""
    if len(first) == len(second):
        pairs = [(a, b) for a, b in zip(first, second, strict=True) if a.value != b.value]
        first, second = [a for a, _ in pairs], [b for _, b in pairs]
    return ", ".join(q.printed for q in first), ", ".join(q.printed for q in second)
