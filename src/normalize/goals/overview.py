"""Goals and success factors as the overview tables print them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from styrmatt.normalize.goals.headings import HeadingReader
from styrmatt.printed import Cell, Location, Marker, OverviewGoal
from styrmatt.swedish.board_codes import BoardReader
from styrmatt.swedish.dehyphenate import Cleaner, Repair
from styrmatt.whitespace import squeeze

_CODED_SHARE: Final = 0.5
"""Share of the overview's cells that end in codes, from which on these codes are taken for boards:
where fewer do, a bracket of capitals may be part of a name."""


@dataclass(eq=False)
class FactorEntry:
    """A success factor; its id is filled in when names are linked."""

    name: str
    goal: GoalEntry | None
    place: Location
    boards: tuple[str, ...] = ()
    in_overview: bool = True
    id: str = ""


@dataclass(eq=False)
class GoalEntry:
    """A strategic goal with its success factors; its id is filled in when names are linked."""

    name: str
    perspective: str | None
    place: Location
    boards: tuple[str, ...] = ()
    in_overview: bool = True
    marker: Marker | None = None
    factors: list[FactorEntry] = field(default_factory=list)
    id: str = ""


class OverviewReader:
    """Reads the overview of one report; ``known_boards`` are the codes of its board cells.

    ``repairs`` are the hyphens that were removed from its names, with their places.
    """

    def __init__(
        self,
        cleaner: Cleaner,
        headings: HeadingReader,
        boards: BoardReader,
        known_boards: frozenset[str],
    ) -> None:
        self._cleaner = cleaner
        self._headings = headings
        self._boards = boards
        self._known = known_boards
        self._behind: dict[str, tuple[str, ...]] = {}
        self.repairs: list[tuple[Repair, Location]] = []

    def read(self, overview: tuple[OverviewGoal, ...]) -> list[GoalEntry]:
        """The goals with their factors, in printed order; a goal cut by a page break is one."""
        self._learn_boards(overview)
        goals: list[GoalEntry] = []
        for printed in overview:
            goal = self._goal(printed, goals)
            if goal is None:
                continue
            for cell in printed.factors:
                name, boards = self.name_and_boards(cell.text, cell.place)
                if name and all(squeeze(name) != squeeze(factor.name) for factor in goal.factors):
                    goal.factors.append(FactorEntry(name, goal, cell.place, boards))
        return goals

    def name_and_boards(
        self, raw: str, place: Location | None = None
    ) -> tuple[str, tuple[str, ...]]:
        """A name on one line without the boards behind it, and those boards.

        Only brackets with a known board are taken for boards.
        """
        clean = self._cleaner.clean(raw)
        if place is not None:
            self.repairs.extend((repair, place) for repair in clean.repairs)
        name, codes = self._boards.split_name(clean.text)
        if codes and not self._known.isdisjoint(codes):
            self._behind.setdefault(squeeze(name), codes)
            return name, codes
        return clean.text, ()

    def add_boards(self, entries: Iterable[GoalEntry | FactorEntry]) -> None:
        """Give entries that come from headings the boards behind their names there."""
        for entry in entries:
            entry.boards = entry.boards or self._behind.get(squeeze(entry.name), ())

    def heading(self, raw: str | None, kind: str) -> str | None:
        """The name in a heading or cell of that kind, without boards behind it."""
        name = self._headings.name(raw, kind)
        return self.name_and_boards(name)[0] if name else None

    def _goal(self, printed: OverviewGoal, goals: list[GoalEntry]) -> GoalEntry | None:
        name, boards = self.name_and_boards(printed.goal.text, printed.goal.place)
        perspective = self._headings.name(printed.perspective, "perspective")
        if not name:
            return goals[-1] if goals else None
        for goal in goals:
            if squeeze(goal.name) == squeeze(name) and goal.perspective == perspective:
                goal.marker = goal.marker or printed.marker
                return goal
        goals.append(GoalEntry(name, perspective, printed.place, boards, marker=printed.marker))
        return goals[-1]

    def _learn_boards(self, overview: tuple[OverviewGoal, ...]) -> None:
        """Take the codes that cells end in for boards, where most cells end in some."""
        cells: list[Cell] = [
            cell for goal in overview for cell in (goal.goal, *goal.factors) if cell.text.strip()
        ]
        found = [self._boards.split_name(self._cleaner.clean(cell.text).text)[1] for cell in cells]
        if cells and sum(map(bool, found)) >= _CODED_SHARE * len(cells):
            self._known |= {code for codes in found for code in codes}
