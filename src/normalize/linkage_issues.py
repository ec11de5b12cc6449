"""Notes issues about links, lines and row counts of a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from styrmatt.normalize.goals.match import GoalLinks, HeadingNames
from styrmatt.normalize.goals.overview import FactorEntry, GoalEntry
from styrmatt.normalize.issues import IssueBook
from styrmatt.normalize.measures.group_rows import MeasureDraft, MeasureEntry
from styrmatt.normalize.measures.marks import MEANS_NOTHING
from styrmatt.printed import Location
from styrmatt.records import Document
from styrmatt.whitespace import squeeze

_TO_REVIEW: Final = ("goal_unlinked", "factor_unlinked")
"""Kinds for which a person should look at the measure's rows. That a heading words a goal otherwise
than the overview changes no value of them."""


def note_links(
    issues: IssueBook,
    links: GoalLinks,
    drafts: Sequence[MeasureDraft],
    all_names: Sequence[HeadingNames],
    above: Mapping[int, GoalEntry],
    *,
    has_overview: bool,
) -> None:
    """Note what the overview lacks or words differently; what it lacks is a reason to review rows.

    Each wording is noted once, with the first measure that stands under it. ``above`` has the goal
    above each goal of a lower level, by its ``id()``: an overview of the higher ones has both.
    """
    if not has_overview and drafts:
        issues.note(
            "no_overview",
            "The report has no overview table; goals and factors come from its headings.",
        )
    seen: set[tuple[str, str]] = set()
    for draft, names in zip(drafts, all_names, strict=True):
        kinds = (
            _goal_kind(draft.goal, names, above, has_overview),
            _factor_kind(draft.factor, names, has_overview) if links.factors else None,
        )  # a report that prints no success factors at all has none to miss
        draft.review.extend(kind for kind in kinds if kind in _TO_REVIEW)
        for kind, printed, entry in zip(
            kinds, (names.goal, names.factor), (draft.goal, draft.factor), strict=True
        ):
            if kind and (kind, squeeze(printed or "")) not in seen:
                seen.add((kind, squeeze(printed or "")))
                _note_wording(issues, kind, printed, entry, names.place, draft)
        if draft.goal is not None and names.goal and links.find(names).mismatch:
            _note_mismatch(issues, draft, names, seen)
    _note_unused(issues, links, drafts, above)


def _goal_kind(
    goal: GoalEntry | None,
    names: HeadingNames,
    above: Mapping[int, GoalEntry],
    has_overview: bool,
) -> str | None:
    higher = above.get(id(goal))
    if not has_overview or (higher is not None and higher.in_overview):
        return None
    if goal is None or not goal.in_overview:
        return "goal_unlinked"
    return "goal_reworded" if names.goal and squeeze(names.goal) != squeeze(goal.name) else None


def _factor_kind(factor: FactorEntry | None, names: HeadingNames, has_overview: bool) -> str | None:
    if factor is None:
        return "factor_unlinked"
    if not has_overview:
        return None
    if not factor.in_overview:
        return "factor_unlinked"
    return "factor_reworded" if squeeze(names.factor or "") != squeeze(factor.name) else None


def _note_wording(
    issues: IssueBook,
    kind: str,
    printed: str | None,
    entry: GoalEntry | FactorEntry | None,
    place: Location,
    draft: MeasureDraft,
) -> None:
    what = "strategic goal" if kind.startswith("goal") else "success factor"
    if not printed:
        message = f"No heading or cell names the {what} of this measure."
    elif kind.endswith("reworded") and entry is not None:
        message = f"The {what} is printed here as {printed!r}; the overview has {entry.name!r}."
    else:
        message = f"The overview has no {what} {printed!r}."
    issues.note(
        kind,
        message,
        printed,
        place,
        goal_id=draft.goal.id if draft.goal else None,
        success_factor_id=draft.factor.id if draft.factor and kind.startswith("factor") else None,
    )


def _note_mismatch(
    issues: IssueBook, draft: MeasureDraft, names: HeadingNames, seen: set[tuple[str, str]]
) -> None:
    if draft.factor is None or draft.goal is None or ("goal_mismatch", draft.factor.id) in seen:
        return
    seen.add(("goal_mismatch", draft.factor.id))
    message = (
        f"The success factor {draft.factor.name!r} stands below the goal {names.goal!r}; "
        f"the overview has it under {draft.goal.name!r}."
    )
    issues.note(
        "goal_mismatch",
        message,
        names.goal,
        names.place,
        goal_id=draft.goal.id,
        success_factor_id=draft.factor.id,
    )


def _note_unused(
    issues: IssueBook,
    links: GoalLinks,
    drafts: Sequence[MeasureDraft],
    above: Mapping[int, GoalEntry],
) -> None:
    goals, factors = {id(d.goal) for d in drafts}, {id(d.factor) for d in drafts}
    goals |= {id(above[goal]) for goal in goals & above.keys()}
    for goal in links.goals:
        if id(goal) not in goals:
            issues.note(
                "goal_without_measures",
                f"No measure belongs to the goal {goal.name!r}.",
                goal.name,
                goal.place,
                goal_id=goal.id,
            )
    for factor in links.factors:
        if id(factor) not in factors:
            issues.note(
                "factor_without_measures",
                f"No measure belongs to the success factor {factor.name!r}.",
                factor.name,
                factor.place,
                goal_id=factor.goal.id if factor.goal else None,
                success_factor_id=factor.id,
            )


def note_goal_marks(issues: IssueBook, goals: Sequence[GoalEntry]) -> None:
    """Note marks of the overview that could not be read."""
    for goal in goals:
        if goal.marker is not None and goal.marker.value is None:
            why = goal.marker.doubt or MEANS_NOTHING
            issues.note(
                "unknown_marker",
                f"The mark of the goal {goal.name!r} could not be read: {why}.",
                None,
                goal.marker.place,
                goal_id=goal.id,
                evidence=goal.marker.evidence,
            )


def note_lines(issues: IssueBook, drafts: Sequence[MeasureDraft]) -> None:
    """Note what was repaired in measures and what could not be read in their lines."""
    for draft in drafts:
        place = draft.rows[0].place
        issues.repairs(draft.name.repairs, place, measure_id=draft.id)
        if draft.board_problem:
            message = f"The board cell holds {draft.board!r}, which is no board's code."
            issues.note("unknown_board", message, draft.board, place, measure_id=draft.id)
        for line in draft.lines:
            _note_line(issues, draft, line)


def _note_line(issues: IssueBook, draft: MeasureDraft, line: MeasureEntry) -> None:
    for problem in line.problems:
        issues.note(
            problem.kind,
            problem.message,
            problem.raw_text,
            line.row.place,
            measure_id=draft.id,
            record_id=line.id,
            evidence=problem.evidence,
            goal_id=draft.goal.id if draft.goal else None,
            success_factor_id=draft.factor.id if draft.factor else None,
        )


def note_row_count(issues: IssueBook, document: Document) -> None:
    """Note where not every row that was found is recorded, rejected or ignored."""
    accounted = document.rows_recorded + document.rows_rejected + document.rows_ignored
    if document.rows_found != accounted:
        message = (
            f"{document.rows_found} rows were found, but {document.rows_recorded} recorded, "
            f"{document.rows_rejected} rejected and {document.rows_ignored} ignored."
        )
        issues.note("rows_not_reconciled", message)
