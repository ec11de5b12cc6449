"""Goals and success factors of two reports: which is which, and what became of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from rapidfuzz import fuzz

from styrmatt.audit.diff.pairing import Pairing, best_pairs, candidates_by_key, is_predecessor
from styrmatt.audit.diff.report_index import ReportIndex, ReportMeasure
from styrmatt.audit.diff.texts import comparison_key, same_text
from styrmatt.differences import Change
from styrmatt.records import Goal

NEW_SERIES_REASON: Final = "a new series, whose predecessor is the other"
Pairs = Sequence[tuple[ReportMeasure, ReportMeasure]]
_FACTOR_LIKE: Final = (85, 65)
"""Percent of letters that two wordings of one factor share: over one measure, over several."""


def pair_goals(
    left: ReportIndex, right: ReportIndex, predecessors: Mapping[str, str]
) -> Pairing[Goal]:
    """Goals of one series; of a series and its predecessor; without a series, by their wording."""
    ones, others = tuple(left.goals.values()), tuple(right.goals.values())

    def series(goal: Goal) -> str | None:
        return goal.goal_series_id

    def wording(goal: Goal) -> str:
        return comparison_key(goal.goal)

    def by_wording(one: Goal, other: Goal) -> float | None:
        return None if series(one) and series(other) else _likeness(one, other)

    redefined = (
        (2 + _likeness(one, other), one, other)
        for one in ones
        for other in others
        if is_predecessor(series(one), series(other), predecessors)
    )
    candidates = [
        *candidates_by_key(ones, others, series, series, lambda a, b: 4 + _likeness(a, b)),
        *redefined,
        *candidates_by_key(ones, others, wording, wording, by_wording),
    ]
    return best_pairs(ones, others, candidates, lambda goal: goal.goal_id)


def _likeness(one: Goal, other: Goal) -> float:
    return 0.5 * same_text(one.goal, other.goal) + 0.5 * same_text(
        one.perspective, other.perspective
    )


def goal_changes(
    left: ReportIndex, right: ReportIndex, goals: Pairing[Goal], entries: Pairs
) -> Iterator[Change]:
    """What differs between the goals of two reports; ``entries`` are the measures of both."""
    for one, other in goals.pairs:
        yield from _of_pair(one, other)
    went = {goal.goal_id: Counter[str]() for goal in goals.left}
    came = {goal.goal_id: Counter[str]() for goal in goals.right}
    for first, second in entries:
        before, after = first.measure.goal_id, second.measure.goal_id
        if before and after and before in went:
            went[before][after] += 1
        if before and after and after in came:
            came[after][before] += 1
    for goal in goals.left:
        yield _alone(goal, left, right, went[goal.goal_id], is_left=True)
    for goal in goals.right:
        yield _alone(goal, right, left, came[goal.goal_id], is_left=False)


def _of_pair(one: Goal, other: Goal) -> Iterator[Change]:
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


def _alone(
    goal: Goal, own: ReportIndex, other: ReportIndex, found: Counter[str], *, is_left: bool
) -> Change:
    """A goal that one report has alone: regrouped, not covered, dropped or added."""
    why = None
    places = None
    if found:
        kind = "goal_regrouped"
        ordered = sorted(found.items(), key=lambda item: (-item[1], other.goals[item[0]].goal))
        names = [f"{other.goals[goal_id].goal} ({many})" for goal_id, many in ordered]
        places = "; ".join(names)
        why = "measures of it that both reports have, by the goal they stand below in the other"
    elif why := other.covers(own.goal_boards[goal.goal_id], own):
        kind = "goal_not_covered"
    else:
        kind = "goal_dropped" if is_left else "goal_added"
        why = own.doubts.get(goal.goal_id)
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
    """Which success factor of one report is which of the other, by the measures below them."""

    def __init__(self, left: ReportIndex, right: ReportIndex, entries: Pairs) -> None:
        self._entries = [
            (one, other)
            for one, other in entries
            if one.first and other.first
            if one.first.success_factor and other.first.success_factor
        ]
        below = Counter(
            (comparison_key(_factor(e)), comparison_key(_factor(f))) for e, f in self._entries
        )
        before = {comparison_key(f.success_factor) for f in left.extract.success_factors}
        after = {comparison_key(f.success_factor) for f in right.extract.success_factors}
        to: dict[str, set[str]] = {}
        back: dict[str, set[str]] = {}
        for one, other in self._entries:
            old, new = (
                comparison_key(_factor(one)),
                comparison_key(_factor(other)),
            )
            to.setdefault(old, set()).add(new)
            back.setdefault(new, set()).add(old)
        self.renamed = {
            (old, new)
            for old, (new, *more) in to.items()
            if not more and len(back[new]) == 1 and old not in after and new not in before
            if old != new and fuzz.ratio(old, new) >= _FACTOR_LIKE[below[old, new] > 1]
        }

    def same_factor(self, first: str | None, second: str | None) -> bool:
        """Whether two wordings are of one factor; one that is not known differs from none."""
        if first is None or second is None:
            return True
        return (
            same_text(first, second)
            or (comparison_key(first), comparison_key(second)) in self.renamed
        )

    def changes(self) -> Iterator[Change]:
        """A change for each factor that is worded differently."""
        for key in sorted(self.renamed):
            yield self._renaming(
                [
                    (e, f)
                    for e, f in self._entries
                    if (comparison_key(_factor(e)), comparison_key(_factor(f))) == key
                ]
            )

    def _renaming(self, entries: list[tuple[ReportMeasure, ReportMeasure]]) -> Change:
        """The change of a factor from the measures below it; the first page of each report."""
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


def _by_page(entry: ReportMeasure) -> tuple[int, str]:
    return entry.measure.page, entry.entry_id


def _factor(entry: ReportMeasure) -> str:
    return (entry.first and entry.first.success_factor) or ""
