"""Goals and success factors of two reports: pairs, and how they changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from rapidfuzz import fuzz

from styrmatt.audit.diff.pairing import (
    PREDECESSOR_SCORE,
    SAME_SERIES_SCORE,
    Pairing,
    best_pairs,
    candidates_by_key,
    is_predecessor,
)
from styrmatt.audit.diff.report_index import ReportIndex, ReportMeasure
from styrmatt.audit.diff.texts import comparison_key, same_text
from styrmatt.differences import Change
from styrmatt.records import Goal

NEW_SERIES_REASON: Final = "a new series, whose predecessor is the other"
"""``reason`` of a change of definition."""
Pairs = Sequence[tuple[ReportMeasure, ReportMeasure]]
_MIN_FACTOR_LIKENESS: Final = 65
"""Percent of letters that two wordings of a factor share where several measures moved from one to
the other: they are evidence enough that the factor was reworded, unless little of it is left."""
_MIN_FACTOR_LIKENESS_ONE_MEASURE: Final = 85
"""The same where one measure alone moved, which happens between factors, too: the wordings must be
nearly equal."""


def pair_goals(
    left: ReportIndex, right: ReportIndex, predecessors: Mapping[str, str]
) -> Pairing[Goal]:
    """Goals of one series, of a series and its predecessor, or without series of one wording."""
    ones, others = tuple(left.goals.values()), tuple(right.goals.values())

    def series(goal: Goal) -> str | None:
        return goal.goal_series_id

    def wording(goal: Goal) -> str:
        return comparison_key(goal.goal)

    def by_wording(one: Goal, other: Goal) -> float | None:
        return None if series(one) and series(other) else _likeness(one, other)

    redefined = (
        (PREDECESSOR_SCORE + _likeness(one, other), one, other)
        for one in ones
        for other in others
        if is_predecessor(series(one), series(other), predecessors)
    )
    candidates = [
        *candidates_by_key(
            ones, others, series, series, lambda a, b: SAME_SERIES_SCORE + _likeness(a, b)
        ),
        *redefined,
        *candidates_by_key(ones, others, wording, wording, by_wording),
    ]
    return best_pairs(ones, others, candidates, lambda goal: goal.goal_id)


def _likeness(one: Goal, other: Goal) -> float:
    """The share of wording and perspective that two goals have in common: 0, a half or 1."""
    return 0.5 * same_text(one.goal, other.goal) + 0.5 * same_text(
        one.perspective, other.perspective
    )


def goal_changes(
    left: ReportIndex, right: ReportIndex, goals: Pairing[Goal], entries: Pairs
) -> Iterator[Change]:
    """The differences between the goals of two reports; ``entries`` are pairs of measures."""
    for one, other in goals.pairs:
        yield from _pair_changes(one, other)
    destinations = {goal.goal_id: Counter[str]() for goal in goals.left}
    origins = {goal.goal_id: Counter[str]() for goal in goals.right}
    for first, second in entries:
        before, after = first.measure.goal_id, second.measure.goal_id
        if before and after and before in destinations:
            destinations[before][after] += 1
        if before and after and after in origins:
            origins[after][before] += 1
    for goal in goals.left:
        yield _one_sided_change(goal, left, right, destinations[goal.goal_id], is_left=True)
    for goal in goals.right:
        yield _one_sided_change(goal, right, left, origins[goal.goal_id], is_left=False)


def _pair_changes(one: Goal, other: Goal) -> Iterator[Change]:
    base = Change(
        kind="goal_renamed",
        dataset="goals",
        series_id=one.goal_series_id if one.goal_series_id == other.goal_series_id else None,
        old_id=one.goal_id,
        new_id=other.goal_id,
        old_name=one.goal,
        new_name=other.goal,
        field="goal",
        old=one.goal,
        new=other.goal,
        old_page=one.page,
        new_page=other.page,
        old_quote=one.goal,
        new_quote=other.goal,
    )
    if one.goal_series_id and other.goal_series_id and one.goal_series_id != other.goal_series_id:
        yield replace(base, kind="goal_redefined", reason=NEW_SERIES_REASON)
        return
    if not same_text(one.goal, other.goal):
        yield base
    if one.perspective and other.perspective and not same_text(one.perspective, other.perspective):
        yield replace(
            base, kind="goal_moved", field="perspective", old=one.perspective, new=other.perspective
        )
    if one.assessment != other.assessment:
        yield replace(
            base,
            kind="goal_assessment",
            field="assessment",
            old=one.assessment,
            new=other.assessment,
            old_page=one.assessment_page or one.page,
            new_page=other.assessment_page or other.page,
            old_quote=one.assessment_text or one.goal,
            new_quote=other.assessment_text or other.goal,
        )


def _one_sided_change(
    goal: Goal,
    report: ReportIndex,
    other: ReportIndex,
    other_goals: Counter[str],
    *,
    is_left: bool,
) -> Change:
    """The change of a goal that ``report`` has alone: regrouped, not covered, dropped or added.

    ``other_goals`` counts its measures by the goal that they have in the other report.
    """
    why = None
    places = None
    if other_goals:
        kind = "goal_regrouped"
        ordered = sorted(
            other_goals.items(), key=lambda item: (-item[1], other.goals[item[0]].goal)
        )
        names = [f"{other.goals[goal_id].goal} ({count})" for goal_id, count in ordered]
        places = "; ".join(names)
        why = "measures of it that both reports have, by the goal they stand below in the other"
    elif why := other.why_not_covered(report.goal_boards[goal.goal_id], report):
        kind = "goal_not_covered"
    else:
        kind = "goal_dropped" if is_left else "goal_added"
        why = report.doubts.get(goal.goal_id)
    side = "old" if is_left else "new"
    values = {"id": goal.goal_id, "name": goal.goal, "page": goal.page, "quote": goal.goal}
    return Change(
        kind=kind,
        dataset="goals",
        series_id=goal.goal_series_id,
        field="goal",
        old=goal.goal if is_left else places,
        new=places if is_left else goal.goal,
        reason=why,
        **{f"{side}_{name}": value for name, value in values.items()},  # type: ignore[arg-type]
    )


class FactorPairing:
    """Which success factor of one report is which of the other, judged by their measures."""

    def __init__(self, left: ReportIndex, right: ReportIndex, entries: Pairs) -> None:
        self._entries = [
            (one, other)
            for one, other in entries
            if one.first and other.first
            if one.first.success_factor and other.first.success_factor
        ]
        measure_counts = Counter(
            (comparison_key(_factor(e)), comparison_key(_factor(f))) for e, f in self._entries
        )
        before = {comparison_key(f.success_factor) for f in left.extract.success_factors}
        after = {comparison_key(f.success_factor) for f in right.extract.success_factors}
        new_of: dict[str, set[str]] = {}
        old_of: dict[str, set[str]] = {}
        for one, other in self._entries:
            old, new = (
                comparison_key(_factor(one)),
                comparison_key(_factor(other)),
            )
            new_of.setdefault(old, set()).add(new)
            old_of.setdefault(new, set()).add(old)
        self.renamed = {
            (old, new)
            for old, (new, *more) in new_of.items()
            if not more and len(old_of[new]) == 1 and old not in after and new not in before
            if old != new and fuzz.ratio(old, new) >= _min_likeness(measure_counts[old, new])
        }

    def same_factor(self, first: str | None, second: str | None) -> bool:
        """Whether two wordings are of one factor; a missing one equals any."""
        if first is None or second is None:
            return True
        return (
            same_text(first, second)
            or (comparison_key(first), comparison_key(second)) in self.renamed
        )

    def changes(self) -> Iterator[Change]:
        """A change for each reworded factor."""
        for key in sorted(self.renamed):
            yield self._renaming(
                [
                    (e, f)
                    for e, f in self._entries
                    if (comparison_key(_factor(e)), comparison_key(_factor(f))) == key
                ]
            )

    def _renaming(self, entries: list[tuple[ReportMeasure, ReportMeasure]]) -> Change:
        """The change of a factor, with the first page of its measures in each report."""
        olds = sorted((one for one, _ in entries), key=_by_page)
        news = sorted((other for _, other in entries), key=_by_page)
        old, new = _factor(olds[0]), _factor(news[0])
        return Change(
            kind="factor_renamed",
            dataset="success_factors",
            old_id=olds[0].measure.success_factor_id,
            new_id=news[0].measure.success_factor_id,
            old_name=old,
            new_name=new,
            field="success_factor",
            old=old,
            new=new,
            old_page=olds[0].measure.page,
            new_page=news[0].measure.page,
            old_quote=old,
            new_quote=new,
        )


def _min_likeness(measure_count: int) -> int:
    return _MIN_FACTOR_LIKENESS if measure_count > 1 else _MIN_FACTOR_LIKENESS_ONE_MEASURE


def _by_page(entry: ReportMeasure) -> tuple[int, str]:
    return entry.measure.page, entry.entry_id


def _factor(entry: ReportMeasure) -> str:
    return (entry.first and entry.first.success_factor) or ""
