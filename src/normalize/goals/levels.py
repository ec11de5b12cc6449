"""Goals of two levels: a measure's goal is the nearest one; the other is a goal, too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from styrmatt.normalize.goals.match import GoalLinks, HeadingNames
from styrmatt.normalize.goals.overview import GoalEntry, OverviewReader
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
            if (higher := self._higher(names)) is not None:
                yield higher
            yield names

    def entries_above(
        self, all_names: Iterable[HeadingNames], links: GoalLinks
    ) -> dict[int, GoalEntry]:
        """The goal above each goal of a lower level, by the ``id()`` of that."""
        found: dict[int, GoalEntry] = {}
        for names in all_names:
            goal, higher = links.find(names).goal, self._higher(names)
            above = links.find(higher).goal if higher is not None else None
            if goal is not None and above is not None and goal is not above:
                found[id(goal)] = above
        return found

    def _higher(self, names: HeadingNames) -> HeadingNames | None:
        """The names of the goal above the one that is named; None where none stands there."""
        higher = self.above.get(squeeze(names.goal or ""))
        if higher is None:
            return None
        perspective = None if names.perspective == higher else names.perspective
        return HeadingNames(perspective, higher, None, names.place)
