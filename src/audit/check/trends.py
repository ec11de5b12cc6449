"""Arrows against changes: where an arrow points, and which way the result went."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from styrmatt.audit.check.basis.checked_report import CheckedReport
from styrmatt.audit.check.basis.findings import FindingPlace, finding, result_place, table_place
from styrmatt.audit.check.basis.movements import OPPOSITE, Movement, of_outcome, of_record
from styrmatt.audit.check.results import marked_results
from styrmatt.records import Finding, Outcome, Record

_POINTS: Final[dict[str, Movement]] = {
    "up": "increased",
    "flat": "unchanged",
    "down": "decreased",
}
_FEWEST_TO_LEARN: Final = 5
"""Arrows up or down beside known changes from which a report shows that they are about other things
than these: with fewer, most may disagree by chance."""
_SHARE_TO_LEARN: Final = 0.8
"""Share of them that must agree; the others may be the contradictions that are looked for."""
_SLACK: Final = 1e-6
"""For binary fractions: less than a share of any number of arrows."""
_CLEAR_CHANGE: Final = 0.1
"""Relative change from which a level arrow is contradicted: reports call small changes none."""


class _Moved(NamedTuple):
    """A line with an arrow, which way its result went, and the sentence that says so."""

    line: Record
    movement: Movement
    outcome: Outcome | None
    """None where the line's two figures say it."""
    better: str | None
    """Which way is better: said, or shown by mark, result and target."""


def check_trends(report: CheckedReport) -> Iterator[Finding]:
    """A finding for each arrow that the change of the result contradicts.

    Arrows point with the figure, or to the better. Where nothing says which, those of measures of
    which less is better show it, if nearly all of the report agree; else only what contradicts
    both is a finding, and a level one only if the others fit. Where arrows and changes have nothing
    to do with each other in a report, there is none.
    """
    moved = list(moved_lines(report))
    clear = [one for one in moved if one.line.trend != "flat" and one.movement != "unchanged"]
    judged = [one for one in clear if _by_judgement(one) is not None]
    follow = _agree(clear, _by_figure)
    fit = follow or _agree(judged, _by_judgement)
    if len(clear) >= _FEWEST_TO_LEARN and not fit:
        return
    others_fit = fit and len(clear) >= _FEWEST_TO_LEARN
    lower = [one for one in judged if one.better == "lower"]
    with_figure = follow and bool(lower) and _agree(lower, _by_figure)
    against = [
        one
        for one in moved
        if (expected := _expected(one, with_figure=with_figure))
        and (one.line.trend != "flat" or one.line.trend_means or others_fit)
        and all(_contradicts(one, movement) for movement in expected)
    ]
    if len(moved) < _FEWEST_TO_LEARN or len(against) <= (1 - _SHARE_TO_LEARN) * len(moved) + _SLACK:
        yield from (_finding(report, one) for one in against)


def moved_lines(report: CheckedReport) -> Iterator[_Moved]:
    """The lines with an arrow whose result is known to have gone one way."""
    shown = {case.line.record_id: case.higher_is_better for case in marked_results(report)}
    for lines in report.lines.values():
        for line in lines:
            if line.trend is None:
                continue
            better = line.better
            if better is None and line.record_id in shown:
                better = "higher" if shown[line.record_id] else "lower"
            movement = of_record(line)
            if movement is not None:
                yield _Moved(line, movement, None, better)
                continue
            stated = [
                (of_outcome(o, report.vocabulary.checks), o)
                for o in report.outcomes[line.measure_id]
                if o.sex == line.sex
                and o.area is None
                and o.kind == "outcome"
                and o.source == "narrative"
                and o.outcome_year in (None, report.fiscal_year)
            ]
            said = {how for how, _ in stated if how is not None}
            if len(said) == 1:
                yield next(_Moved(line, how, o, better) for how, o in stated if how is not None)


def _agree(moved: Sequence[_Moved], meaning: Callable[[_Moved], Movement | None]) -> bool:
    """Whether nearly all arrows say what happened, where they mean this."""
    agreeing = sum(meaning(one) == one.movement for one in moved)
    return bool(moved) and agreeing >= _SHARE_TO_LEARN * len(moved)


def _by_figure(one: _Moved) -> Movement | None:
    return _POINTS[one.line.trend or ""]


def _by_judgement(one: _Moved) -> Movement | None:
    """The change that an arrow to the better or worse means; None where better is not known."""
    points = _POINTS[one.line.trend or ""]
    if one.better is None or points == "unchanged":
        return None
    return points if one.better == "higher" else OPPOSITE[points]


def _expected(one: _Moved, *, with_figure: bool) -> set[Movement]:
    """The changes that an arrow can mean, one for each way to understand it; none if not known."""
    by_figure, by_judgement = _POINTS[one.line.trend or ""], _by_judgement(one)
    if one.line.trend == "flat" or one.line.trend_means == "figure":
        return {by_figure}
    if one.line.trend_means is None and with_figure:
        return {by_figure}
    if by_judgement is None:
        return set()
    return {by_judgement} if one.line.trend_means == "judgement" else {by_figure, by_judgement}


def _contradicts(one: _Moved, expected: Movement) -> bool:
    if expected == one.movement:
        return False
    if expected != "unchanged":
        return True
    line, outcome = one.line, one.outcome
    value = line.outcome_value if outcome is None else outcome.value
    before = line.previous_value if outcome is None else outcome.previous_value
    if value is None or not before:
        return False
    return abs(value - before) >= _CLEAR_CHANGE * abs(before)


def _finding(report: CheckedReport, one: _Moved) -> Finding:
    line = one.line
    arrow = "level" if line.trend == "flat" else str(line.trend)
    return finding(
        report,
        "trend_against_change",
        "warning",
        f"The arrow is {arrow}, the result has {_how(one)}: “{line.measure}”.",
        table_place(line, f"arrow {arrow}", line.trend_bbox),
        _change_place(report, one),
        goal_id=line.goal_id,
        measure_id=line.measure_id,
        record_id=line.record_id,
        sex=line.sex,
    )


def _how(one: _Moved) -> str:
    return "not changed" if one.movement == "unchanged" else one.movement


def _change_place(report: CheckedReport, one: _Moved) -> FindingPlace:
    if one.outcome is not None:
        return result_place(report, one.outcome)
    line = one.line
    text = f"{line.previous_year}: {line.previous_value:g}, {line.outcome_year}: "
    value = f"{line.outcome_value:g}"
    return FindingPlace(
        f"{line.measure}, {text}{value}", line.outcome_page or line.page, line.outcome_bbox
    )
