"""Results of one measure that differ: in two sentences, or in a sentence and a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from typing import Final

from styrmatt.audit.check.basis.checked_report import CheckedReport
from styrmatt.audit.check.basis.findings import Severity, finding, result_place
from styrmatt.audit.check.basis.measure_words import MeasureWords
from styrmatt.audit.check.basis.named_results import named_results
from styrmatt.audit.check.basis.quantities import QuantityReader
from styrmatt.audit.check.basis.rounding import agree
from styrmatt.records import Finding, Outcome
from styrmatt.swedish.numbers import parse_number, parse_number_word
from styrmatt.swedish.sentences import lowercase_words, words_of

UNREAD: Final = frozenset({"outcome_twice", "outcome_doubtful", "outcome_unparsed"})
"""Review reasons of a cell whose figure is not compared: it may be read wrongly."""
_KR: Final = {"kr": 1.0, "tkr": 1e3, "mnkr": 1e6}
_BARE: Final = (None, "count", "index", "ratio", "per_1000")
"""Units of which sentences often leave away the word."""
_HEDGED_TOLERANCE: Final = 0.05
"""Relative difference that a word such as "about" allows: 5 of 100. Rounder figures are not given
for a result that the table has."""
_SURE_SCORE: Final = 0.8
"""From which a sentence that does not name its measure is about it all the same: the reader of
results found words and place fitting well."""
_MIN_NAME_COVERAGE: Final = 0.4
"""Share of a measure's name, by weight, from which on a sentence names it."""
_MIN_OWN_DIGITS: Final = 3
"""Digits of a figure that two years hardly have by chance; 75 per cent may well be both years'."""


def check_stated_results(report: CheckedReport) -> Iterator[Finding]:
    """A finding for each pair of statements of one measure's result that cannot both be true."""
    named: dict[str, list[Outcome]] = {}
    for outcome in named_results(report):
        named.setdefault(outcome.measure_id, []).append(outcome)
    for measure_id, outcomes in report.outcomes.items():
        own = [o for o in outcomes if o.kind == "outcome" and o.area is None]
        stated = [o for o in own if o.source == "narrative"]
        yield from _between_sentences(report, stated)
        cells = [
            o
            for o in own
            if o.source == "table" and o.value is not None and UNREAD.isdisjoint(o.review)
        ]
        for outcome in (*stated, *named.get(measure_id, ())):
            yield from _against_table(report, outcome, cells)


# -- two sentences


def _between_sentences(report: CheckedReport, outcomes: Sequence[Outcome]) -> Iterator[Finding]:
    for first, second in combinations(outcomes, 2):
        difference = _difference(first, second)
        if difference and not _are_of_parts(report.words, first, second):
            yield finding(
                report,
                "figure_differs",
                "warning",
                f"The result of “{_name(report, first)}” {difference}.",
                result_place(report, first),
                result_place(report, second),
                measure_id=first.measure_id,
                sex=first.sex,
            )


def _are_of_parts(index: MeasureWords, first: Outcome, second: Outcome) -> bool:
    """Whether two results are of different parts of a measure: each names a part of its own."""
    one, two = (index.words_in(first.measure_id, outcome.text) for outcome in (first, second))
    return bool(one - two) and bool(two - one)


def _scope(outcome: Outcome) -> tuple[int | None, str | None, str | None]:
    return outcome.outcome_year, outcome.unit, outcome.period


def _difference(first: Outcome, second: Outcome) -> str | None:
    """What two results say differently, as the end of a sentence; None where they do not."""
    if first.text == second.text or first.sex != second.sex:
        return None
    values = first.value, second.value
    if None not in values and _scope(first) == _scope(second) and values[0] != values[1]:
        return f"is {values[0]:g} in one place and {values[1]:g} in the other"
    changes = {first.change, second.change}
    if None not in changes and len(changes) > 1 and first.outcome_year == second.outcome_year:
        return f"has {first.change} in one place and {second.change} in the other"
    return None


# -- a sentence and the table


def _against_table(
    report: CheckedReport, stated: Outcome, cells: Sequence[Outcome]
) -> Iterator[Finding]:
    """The finding that the table has another result than the sentence, or has it for another year.

    None where the figure stands anywhere in the table for that year: of a part of the year, say.
    """
    if stated.value is None or not _is_sure(report, stated):
        return
    year = stated.outcome_year or report.fiscal_year
    same = [c for c in cells if c.sex == stated.sex and _factor(stated, c) is not None]
    of_year = [c for c in same if c.outcome_year == year]
    if any(_is_same(report, stated, stated.value, cell) for cell in of_year):
        return
    if any(_says(report, stated.text, cell) for cell in of_year):
        return  # the sentence has the table's figure, too: what else it counts is another matter
    against = [c for c in of_year if _is_comparable_period(report, stated, c)]
    other = [c for c in same if c.outcome_year != year and _is_exactly(stated, stated.value, c)]
    if against:
        before = stated.previous_value
        mistaken = other or [
            c for c in against if before is not None and _is_exactly(stated, before, c)
        ]
        cell = (mistaken or against)[0]
        yield _table_finding(report, stated, cell, against[0], another_year=bool(mistaken))
    elif other and year < report.fiscal_year and _is_this_year(report, stated, other[0]):
        yield _table_finding(report, stated, other[0], other[0], another_year=True)


def _is_this_year(report: CheckedReport, stated: Outcome, cell: Outcome) -> bool:
    """Whether a figure of an earlier year is the table's of this year, and hardly by chance."""
    digits = sum(character.isdecimal() for character in f"{stated.value:g}")
    return (
        cell.outcome_year == report.fiscal_year
        and digits >= _MIN_OWN_DIGITS
        and stated.change != "unchanged"
    )


def _table_finding(
    report: CheckedReport, stated: Outcome, shown: Outcome, cell: Outcome, *, another_year: bool
) -> Finding:
    name, year = _name(report, stated), stated.outcome_year or report.fiscal_year
    severity: Severity = "error" if stated.score >= _SURE_SCORE else "warning"
    if another_year and shown is cell and cell.outcome_year == year:
        message = f"The text gives {stated.value:g} for {year}; the table has another year's there"
    elif another_year:
        message = f"The text gives {stated.value:g} for {year}, the table for {shown.outcome_year}"
    else:
        message = f"The text gives {stated.value:g} for {year}, the table {cell.value:g}"
    return finding(
        report,
        "year_differs" if another_year else "result_differs",
        severity,
        f"{message}: “{name}”.",
        result_place(report, stated),
        result_place(report, shown),
        measure_id=stated.measure_id,
        sex=stated.sex,
    )


def _is_sure(report: CheckedReport, stated: Outcome) -> bool:
    """Whether a sentence is surely about its measure."""
    words = report.words.content_words(stated.text)
    return (
        stated.score >= _SURE_SCORE
        or report.words.coverage(stated.measure_id, words) >= _MIN_NAME_COVERAGE
    )


def _is_comparable_period(report: CheckedReport, stated: Outcome, cell: Outcome) -> bool:
    """Whether a sentence and a cell are of the same part of the year; else nothing is compared."""
    if stated.period is not None:
        return stated.period == cell.period
    interim = report.extract.document.report_kind == "interim"
    return cell.period is None or interim


def _factor(stated: Outcome, cell: Outcome) -> float | None:
    """By what a stated figure is multiplied to be in the cell's unit; None where it cannot be."""
    if stated.unit in _KR and cell.unit in _KR:
        return _KR[stated.unit] / _KR[cell.unit]
    bare = stated.unit in _BARE and cell.unit in _BARE
    return 1.0 if stated.unit == cell.unit or bare else None


def _is_exactly(stated: Outcome, value: float, cell: Outcome) -> bool:
    factor = _factor(stated, cell)
    return factor is not None and cell.value is not None and value * factor == cell.value


def _is_same(report: CheckedReport, stated: Outcome, value: float, cell: Outcome) -> bool:
    """Whether a stated figure is a cell's, as far as rounding and words such as "about" go."""
    factor = _factor(stated, cell)
    if factor is None or cell.value is None:
        return False
    if agree(value, cell.value / factor):
        return True
    far = abs(value * factor - cell.value) > _HEDGED_TOLERANCE * abs(cell.value)
    return not far and _is_hedged(report, stated.text, value)


def _says(report: CheckedReport, text: str, cell: Outcome) -> bool:
    """Whether a text has the figure of a cell, in digits or in words."""
    numbers = report.vocabulary.numbers
    in_words = (parse_number_word(word, numbers) for word in lowercase_words(text))
    in_digits = (quantity.value for quantity in QuantityReader(report.vocabulary).read(text))
    return cell.value is not None and cell.value in (*in_digits, *in_words)


def _is_hedged(report: CheckedReport, text: str, value: float) -> bool:
    """Whether a figure of a text stands behind a word such as "about"."""
    words = words_of(text)
    return any(
        word.low in report.vocabulary.checks.hedges and _has_figure(after.text, value)
        for word, after in pairwise(words)
    )


def _has_figure(word: str, value: float) -> bool:
    return parse_number(word) == value


def _name(report: CheckedReport, outcome: Outcome) -> str:
    return report.measures[outcome.measure_id].measure
