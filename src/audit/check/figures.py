"""One figure given in two ways: in two sentences, or as two results of one measure."""

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
from styrmatt.audit.rounding import equal_when_rounded
from styrmatt.records import Finding, Outcome
from styrmatt.swedish.sentences import words_of

_MIN_STATEMENT_WORDS: Final = 4
"""Content words of a sentence that is compared with others. Sentences of fewer are stock phrases,
said of different things in the same words."""
_SAME_WORDS_SHARE: Final = 0.8
"""Share of the longer sentence's words that two statements of one fact have in common: a word or
two may be exchanged. With less, sentences about two measures of one kind are taken for one."""
_SAME_AMOUNT_TOLERANCE: Final = 0.02
"""Relative difference up to which two amounts are meant to be one: a rounded or mistyped figure.
Two different grants to one receiver differ by more."""
_MIN_AMOUNT_DIGITS: Final = 3
"""Digits of an amount that is compared. A difference of two per cent needs three digits to be seen;
in short figures nearness is chance."""
_NAME_DISTANCE_CHARS: Final = 60
"""Characters before and behind an amount in which the receiver's name stands: about a clause."""
_LEADERS: Final = "...."
"""Dots of a table of contents or a form, whose figures state nothing."""
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_NAME: Final = re.compile(r"[^\W\d_][\w-]{4,}")
"""Words that can be a receiver's name where they begin with a capital: five letters and more, since
short capitalised words mostly begin a sentence."""


@dataclass(frozen=True, slots=True)
class _Statement:
    """A sentence with figures, as it is compared with others."""

    sentence: ReportSentence
    quantities: tuple[Quantity, ...]
    words: frozenset[str]
    """Its content words, without figures."""
    years: frozenset[str]
    """The years that it names."""


def check_figures(report: CheckedReport) -> Iterator[Finding]:
    """A finding for each pair of places that give one figure differently."""
    yield from _repeated_statements(report)
    yield from _near_amounts(report)
    yield from _conflicting_results(report)


def _repeated_statements(report: CheckedReport) -> Iterator[Finding]:
    """Sentences of two sections with the same words and other figures."""
    statements = [s for s in _statements(report) if len(s.words) >= _MIN_STATEMENT_WORDS]
    for first, second in combinations(statements, 2):
        if _comparable(first, second) and _same_words(first, second):
            pairs = list(zip(first.quantities, second.quantities, strict=True))
            if all(a.unit == b.unit for a, b in pairs) and any(
                a.value != b.value for a, b in pairs
            ):
                yield _finding(report, first, second, "Two places say the same of one thing")


def _statements(report: CheckedReport) -> Iterator[_Statement]:
    reader = QuantityReader(report.vocabulary)
    common = frozenset(report.vocabulary.checks.common)
    for sentence in report.sentences:
        quantities = tuple(reader.read(sentence.text))
        if not quantities or _LEADERS in sentence.text:
            continue
        words = (word.low for word in words_of(sentence.text))
        content = frozenset(w for w in words if not w[0].isdecimal() and w not in common)
        years = frozenset(_YEAR.findall(sentence.text))
        yield _Statement(sentence, quantities, content, years)


def _comparable(first: _Statement, second: _Statement) -> bool:
    """Whether two statements stand in two sections and have as many figures of the same years.

    Statements in the sections of two measures are never compared.
    """
    one, two = first.sentence.narrative, second.sentence.narrative
    return (
        one.section_id != two.section_id
        and (one.measure_id is None or two.measure_id in (None, one.measure_id))
        and first.years == second.years
        and len(first.quantities) == len(second.quantities)
    )


def _same_words(first: _Statement, second: _Statement) -> bool:
    shared = first.words & second.words
    return len(shared) >= _SAME_WORDS_SHARE * max(len(first.words), len(second.words))


def _near_amounts(report: CheckedReport) -> Iterator[Finding]:
    """Amounts of money to the same receiver that differ slightly."""
    money = [
        (statement, quantity)
        for statement in _statements(report)
        for quantity in statement.quantities
        if _is_money(quantity)
    ]
    for (first, one), (second, two) in combinations(money, 2):
        if first.sentence.narrative.section_id == second.sentence.narrative.section_id:
            continue
        difference = abs(one.value - two.value)
        near = one.unit == two.unit and 0 < difference <= _SAME_AMOUNT_TOLERANCE * one.value
        if near and first.years == second.years and _same_receiver(first, one, second, two):
            yield _finding(
                report,
                replace(first, quantities=(one,)),
                replace(second, quantities=(two,)),
                "Two places give nearly the same amount",
            )


def _is_money(quantity: Quantity) -> bool:
    digits = sum(character.isdecimal() for character in quantity.printed)
    return (
        digits >= _MIN_AMOUNT_DIGITS
        and quantity.unit is not None
        and (quantity.unit in ("kr", "tkr", "mnkr") or " " in quantity.unit)
    )


def _same_receiver(first: _Statement, one: Quantity, second: _Statement, two: Quantity) -> bool:
    """Whether a name stands near both amounts."""
    names = _names_near(first.sentence.text, one), _names_near(second.sentence.text, two)
    return any(same_word(a, b) for a in names[0] for b in names[1])


def _names_near(sentence: str, quantity: Quantity) -> list[str]:
    start = max(0, quantity.start - _NAME_DISTANCE_CHARS)
    around = sentence[start : quantity.end + _NAME_DISTANCE_CHARS]
    return [name.casefold() for name in _NAME.findall(around) if name[0].isupper()]


def _conflicting_results(report: CheckedReport) -> Iterator[Finding]:
    """Results of one measure, sex, year and period with two values or two ways of change."""
    index = MeasureWords(report.extract.measures, report.vocabulary.checks)
    for outcomes in report.outcomes.values():
        for first, second in combinations(outcomes, 2):
            difference = _difference(first, second)
            if difference and not _are_of_parts(index, first, second):
                yield finding(
                    report,
                    "figure_differs",
                    "warning",
                    difference,
                    FindingPlace(first.text, first.page),
                    FindingPlace(second.text, second.page),
                    measure_id=first.measure_id,
                    sex=first.sex,
                )


def _are_of_parts(index: MeasureWords, first: Outcome, second: Outcome) -> bool:
    """Whether two results are of different parts of a measure: each names a part of its own."""
    one, two = (index.words_in(first.measure_id, outcome.text) for outcome in (first, second))
    return bool(one - two) and bool(two - one)


def _rounds_table(first: Outcome, second: Outcome) -> bool:
    """Whether a text gives the figure of a table with fewer decimals."""
    return first.source != second.source and equal_when_rounded(
        first.value or 0.0, second.value or 0.0
    )


def _scope(outcome: Outcome) -> tuple[int | None, str | None, str | None]:
    return outcome.outcome_year, outcome.unit, outcome.period


def _difference(first: Outcome, second: Outcome) -> str | None:
    """A sentence on how two results contradict each other; None where they do not."""
    if first.text == second.text or first.sex != second.sex:
        return None
    values = first.value, second.value
    if first.value is not None and second.value is not None and _scope(first) == _scope(second):
        if first.value == second.value or _rounds_table(first, second):
            return None
        return f"The result is {values[0]:g} in one place and {values[1]:g} in the other."
    changes = {first.change, second.change}
    if None not in changes and len(changes) > 1 and first.outcome_year == second.outcome_year:
        return f"The result has {first.change} in one place and {second.change} in the other."
    return None


def _finding(report: CheckedReport, first: _Statement, second: _Statement, what: str) -> Finding:
    figures = _differing_figures(first.quantities, second.quantities)
    narrative = first.sentence.narrative
    return finding(
        report,
        "figure_differs",
        "error",
        f"{what}: {figures[0]} and {figures[1]}.",
        FindingPlace(first.sentence.text, first.sentence.page),
        FindingPlace(second.sentence.text, second.sentence.page),
        goal_id=narrative.goal_id,
        measure_id=narrative.measure_id or second.sentence.narrative.measure_id,
    )


def _differing_figures(first: Sequence[Quantity], second: Sequence[Quantity]) -> tuple[str, str]:
    """The figures that differ, as printed; all of them where they cannot be paired."""
    if len(first) == len(second):
        pairs = [(a, b) for a, b in zip(first, second, strict=True) if a.value != b.value]
        first, second = [a for a, _ in pairs], [b for _, b in pairs]
    return ", ".join(q.printed for q in first), ", ".join(q.printed for q in second)
