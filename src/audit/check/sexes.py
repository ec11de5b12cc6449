"""Women and men against the total: a result of all that those of both rule out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from styrmatt.audit.check.basis.checked_report import CheckedReport
from styrmatt.audit.check.basis.findings import finding, result_place
from styrmatt.audit.check.basis.quantities import QuantityReader
from styrmatt.audit.check.basis.rounding import half_step
from styrmatt.audit.check.stated_results import UNREAD
from styrmatt.records import Finding, Outcome
from styrmatt.swedish.sentences import Phrases, lowercase_words, words_of

_SHARES: Final = ("percent", "percentage_points", "index", "per_1000")
"""Units of which the total lies between women and men, and is never their sum."""
_UNKNOWN_SEX: Final = 0.05
"""Share by which a total may exceed the sum: those whose sex is not known."""
_FIGURES_OF_ALL: Final = 3
"""Figures of a sentence that gives the total, women and men."""
_Key = tuple[str, str | None, int, str | None]


def check_sexes(report: CheckedReport) -> Iterator[Finding]:
    """A finding for each total that is neither between women and men nor their sum."""
    for measure_id, outcomes in report.outcomes.items():
        words = lowercase_words(report.measures[measure_id].measure)
        if not any(word in report.vocabulary.checks.distances for word in words):
            yield from _of_measure(report, outcomes)


def _of_measure(report: CheckedReport, outcomes: Sequence[Outcome]) -> Iterator[Finding]:
    groups: dict[_Key, dict[str, Outcome | None]] = {}
    for outcome in sorted(outcomes, key=lambda o: o.source == "narrative"):
        if outcome.value is None or not UNREAD.isdisjoint(outcome.review):
            continue
        year = outcome.outcome_year or report.fiscal_year
        by_sex = groups.setdefault((outcome.kind, outcome.area, year, outcome.period), {})
        known = by_sex.setdefault(outcome.sex, outcome)
        if known and known.source == outcome.source and known.value != outcome.value:
            by_sex[outcome.sex] = None  # two results, of which nothing says which is right
    for by_sex in groups.values():
        women, men, total = (by_sex.get(sex) for sex in ("K", "M", "T"))
        if women is None or men is None:
            continue
        if total is None:
            yield from _in_one_sentence(report, women, men)
        elif not _is_possible(total, women, men):
            yield _finding(report, total, women, men, total.value or 0.0)


def _is_possible(total: Outcome, women: Outcome, men: Outcome) -> bool:
    if not total.unit == women.unit == men.unit:
        return True
    values = total.value, women.value, men.value
    assert None not in values
    return _fits(*(value or 0.0 for value in values), is_share=total.unit in _SHARES)


def _fits(total: float, women: float, men: float, *, is_share: bool) -> bool:
    """Whether a total lies between two figures, or is their sum where it is no share."""
    slack = half_step(total) + max(half_step(women), half_step(men))
    if min(women, men) - slack <= total <= max(women, men) + slack:
        return True
    if is_share:
        return False
    low, sum_ = women + men - 2 * slack, women + men
    return low <= total <= sum_ * (1 + _UNKNOWN_SEX) + slack


def _in_one_sentence(report: CheckedReport, women: Outcome, men: Outcome) -> Iterator[Finding]:
    """The finding on a sentence that gives three figures, of which the first is the total.

    The reader of results takes no total that women and men rule out.
    """
    if women.text != men.text or women.source != "narrative" or women.unit != men.unit:
        return
    words, text = words_of(women.text), women.text
    checks = report.vocabulary.checks
    other = Phrases([*checks.target_leads, *checks.since, *checks.others])
    figures = [q for q in QuantityReader(report.vocabulary).read(text) if q.unit == women.unit]
    if len(figures) != _FIGURES_OF_ALL or other.find(words):
        return
    total, *sexes = figures
    if {q.value for q in sexes} != {women.value, men.value}:
        return
    if not _fits(total.value, sexes[0].value, sexes[1].value, is_share=women.unit in _SHARES):
        yield _finding(report, women, women, men, total.value)


def _finding(
    report: CheckedReport, first: Outcome, women: Outcome, men: Outcome, total: float
) -> Finding:
    name = report.measures[first.measure_id].measure
    other = women if women is not first else men
    return finding(
        report,
        "total_outside_sexes",
        "error",
        f"The total is {total:g}, with {women.value:g} for women and {men.value:g} for men: "
        f"“{name}”.",
        result_place(report, first),
        result_place(report, other),
        measure_id=first.measure_id,
    )
