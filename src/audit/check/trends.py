"""Arrows against changes: where an arrow points, and which way the result went."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from styrmatt.audit.check.checked_report import CheckedReport
from styrmatt.audit.check.findings import FindingPlace, finding, result_place, table_place
from styrmatt.audit.check.movements import OPPOSITE, Movement, of_outcome, of_record
from styrmatt.records import Finding, Outcome, Record

_POINTS: Final[dict[str, Movement]] = {
    "up": "increased",
    "flat": "unchanged",
    "down": "decreased",
}
_FEWEST_TO_LEARN: Final = 5
"""Arrows up or down beside known changes from which a report shows what its arrows mean: with
fewer, all may agree by chance."""
_SHARE_TO_LEARN: Final = 0.8
"""Share of them that must agree; the others may be the contradictions that are looked for."""
_CLEAR_CHANGE: Final = 0.1
"""Relative change from which a level arrow is contradicted: reports call small changes none."""


class _Moved(NamedTuple):
    """A line with an arrow, which way its result went, and the sentence that says so."""

    line: Record
    movement: Movement
    outcome: Outcome | None
    """None where the line's two figures say it."""


def check_trends(report: CheckedReport) -> Iterator[Finding]:
    """A finding for each arrow that the change of the result contradicts.

    Where nothing says whether arrows point with the figure or to the better, they are taken to
    point with it if nearly all of the report do; with too few to tell, only what contradicts both
    is one. Where arrows and changes have nothing to do with each other in a report, there is none.
    """
    moved = list(_moved_lines(report))
    clear = [one for one in moved if one.line.trend != "flat" and one.movement != "unchanged"]
    can_learn = len(clear) >= _FEWEST_TO_LEARN
    with_figure = can_learn and _share(clear, _by_figure) >= _SHARE_TO_LEARN
    if can_learn and not with_figure and _share(clear, _by_judgement) < _SHARE_TO_LEARN:
        return
    for one in moved:
        expected = _expected(one.line, with_figure=with_figure)
        if expected and all(_contradicts(one, movement) for movement in expected):
            yield _finding(report, one)


def _moved_lines(report: CheckedReport) -> Iterator[_Moved]:
    for lines in report.lines.values():
        for line in lines:
            if line.trend is None:
                continue
            movement = of_record(line)
            if movement is not None:
                yield _Moved(line, movement, None)
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
                yield next(_Moved(line, how, o) for how, o in stated if how is not None)


def _share(moved: Sequence[_Moved], meaning: Callable[[Record], Movement | None]) -> float:
    """The share of arrows that say what happened, where they mean this."""
    return sum(meaning(one.line) == one.movement for one in moved) / len(moved)


def _by_figure(line: Record) -> Movement | None:
    return _POINTS[line.trend or ""]


def _by_judgement(line: Record) -> Movement | None:
    """The change that an arrow to the better or worse means; None where better is not known."""
    if line.better is None:
        return None
    return (
        _POINTS[line.trend or ""]
        if line.better == "higher"
        else OPPOSITE[_POINTS[line.trend or ""]]
    )


def _expected(line: Record, *, with_figure: bool) -> set[Movement]:
    """The changes that an arrow can mean, one for each way to understand it; none if not known."""
    by_figure = _POINTS[line.trend or ""]
    if line.trend == "flat" or line.trend_means == "figure":
        return {by_figure}
    if line.better is None:
        return {by_figure} if with_figure and line.trend_means is None else set()
    by_judgement = _by_judgement(line) or by_figure
    if line.trend_means == "judgement":
        return {by_judgement}
    return {by_figure} if with_figure else {by_figure, by_judgement}


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
