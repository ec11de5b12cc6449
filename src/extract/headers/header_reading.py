"""What one header cell says, once it is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from styrmatt.layout import LayoutHeader

OPEN_ROLES: Final = frozenset({"result", "target"})
"""Roles of a header for a value that says neither what was reached nor what is wanted."""
NAME_ROLES: Final = frozenset({"perspective", "goal", "success_factor", "measure"})
"""Roles of columns that name something: one column may name two of them."""


@dataclass(frozen=True)
class HeaderReading:
    """What a header cell says; null and empty where it does not say it."""

    text: str
    roles: frozenset[str] = frozenset()
    """The roles that its word may mean."""
    year: int | None = None
    years_before: int = 0
    """Years before the report's own, where the header says so in words."""
    period: str | None = None
    """The part of a year, as printed."""
    sex: str | None = None
    area: str | None = None
    unit: str | None = None
    whole: bool = False
    """Whether every word of it is understood."""
    by_layout: LayoutHeader | None = None
    """What the layout says of a header that is worded so."""
    guessed: bool = False
    """Whether its words are not known and only hint at its roles."""
    of_publisher: bool = False
    """Whether the area is a municipality or region by its name, as the report's own may be."""

    planned: bool = False
    """Whether its value is what was planned, where no word says its role."""
    extreme: str = ""
    """The word by which it is a target, but for the least or most value of several: "lowest"."""
    is_open: bool = False
    """Whether its noun is one for a value that was reached or is to be: "level"."""
    of_change: bool = False
    """Whether its targets are amounts of change and no levels: "wanted change"."""

    @property
    def says_something(self) -> bool:
        """Whether it has a role, or a year, sex, period or area to go with one."""
        return bool(self.roles or self.year or self.sex or self.area or self.period)
