"""Goals of two levels: the nearest one is that of a measure, the other stands above it."""

from __future__ import annotations

from dataclasses import dataclass

from styrmatt.extract.sections.read_sections import HeadingContext
from styrmatt.extract.tables.cells import TableEntry


@dataclass(frozen=True)
class GoalLevels:
    """What a measure stands under, from the outermost; None where there is none."""

    perspective: str | None
    above: str | None
    """The goal of a higher level that the goal stands under."""
    goal: str | None
    factor: str | None


def goals_of(entry: TableEntry, context: HeadingContext) -> GoalLevels:
    """The goals of an entry of a table: those that its table names, else those of the headings.

    Above a goal of a lower level the heading's goal holds. It is no goal of its own where no word
    says that it is one: then it is only the perspective.
    """
    factor = entry.factor or context.success_factor
    if entry.goal is None:
        return GoalLevels(context.perspective, context.goal_above, context.goal, factor)
    if entry.goal_above or not entry.goal_is_lower or context.goal_is_group:
        return GoalLevels(context.perspective, entry.goal_above, entry.goal, factor)
    if context.goal_is_named:
        above = context.goal_above or context.goal
        return GoalLevels(context.perspective, above, entry.goal, factor)
    return GoalLevels(context.perspective or context.goal, None, entry.goal, factor)
