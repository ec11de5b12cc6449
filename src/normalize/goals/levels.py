"""Goals of two levels: a measure's goal is the nearest one; the other is a goal, too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from styrmatt.normalize.goals.match import HeadingNames
from styrmatt.normalize.goals.overview import OverviewReader
from styrmatt.printed import Row
from styrmatt.whitespace import squeeze


@dataclass(frozen=True)
class GoalLevels:
    """Which goals stand under which others: names by the letters of the lower ones."""

    above: Mapping[str, str]

    @classmethod
    def of(cls, rows: Iterable[Row], overview: OverviewReader) -> GoalLevels:
        """Those that the headings and cells of a report's rows name."""
        found: dict[str, str] = {}
        for row in rows:
            goal = overview.heading(row.goal_heading, "goal")
            higher = overview.heading(row.higher_goal_heading, "goal")
            if goal and higher and squeeze(goal) != squeeze(higher):
                found.setdefault(squeeze(goal), higher)
        return cls(found)

    def nearest(self, names: HeadingNames) -> HeadingNames:
        """The names with the nearest goal as the goal; the one above is a perspective, if any."""
        if names.goal and names.factor and squeeze(names.factor) in self.above:
            perspective = names.perspective or names.goal
            return HeadingNames(perspective, names.factor, None, names.place)
        higher = self.above.get(squeeze(names.goal or ""))
        return replace(names, perspective=names.perspective or higher)

    def with_higher(self, all_names: Iterable[HeadingNames]) -> Iterator[HeadingNames]:
        """All names, and before those of a lower goal those of the goal above it."""
        for names in all_names:
            higher = self.above.get(squeeze(names.goal or ""))
            if higher is not None:
                above = None if names.perspective == higher else names.perspective
                yield HeadingNames(above, higher, None, names.place)
            yield names
