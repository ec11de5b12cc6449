"""Headings of a general word that name a goal all the same: others beside them name goals.

"Results" alone says what kind of text follows. As one of several headings that look alike, stand
below one and the same, and each have a table of the same columns, it is an area as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from styrmatt.extract.grid.heading_names import HeadingNames
from styrmatt.extract.grid.headings_above import HeadingPlace, HeadingsAbove
from styrmatt.extract.sections.read_sections import HeadingContext

_FEWEST: Final = 2
"""Headings at least that name goals beside one of a general word."""


@dataclass(frozen=True)
class _Noted:
    """A table's headings: what was made of them, the innermost one, and where that stands."""

    context: HeadingContext
    name: str
    place: tuple[HeadingPlace, tuple[str | None, ...]]


@dataclass
class AreasSideBySide:
    """Takes the headings of each table; :meth:`settle` names the goals of those that lack one."""

    names: HeadingNames
    _noted: list[_Noted] = field(default_factory=list)

    def note(
        self, headings: HeadingsAbove, context: HeadingContext, fields: Sequence[str | None]
    ) -> None:
        """Take the headings that hold at a table with these columns."""
        if not context.goal_is_named and (found := headings.place()) is not None:
            name, place = found
            self._noted.append(_Noted(context, name, (place, tuple(fields))))

    def settle(self) -> None:
        """Let headings of a general word be the goals of their tables, where others are beside."""
        for one in self._noted:
            if not self.names.is_area_among_others(one.name):
                continue
            beside = {
                other.name
                for other in self._noted
                if other.place == one.place and other.context.goal == other.name
            }
            if len(beside) >= _FEWEST:
                one.context.goal, one.context.goal_is_group = one.name, False
