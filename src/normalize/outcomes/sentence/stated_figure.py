"""A figure that a sentence states: what it is, for whom and when, and reservations about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

FigureRole = Literal[
    "result",
    "previous",
    "target",
    "change_amount",
    "part",
    "increment",
    "denominator",
    "superseded",
]
"""What a figure is. ``previous`` is an earlier result, ``part`` counts a subgroup only,
``increment`` what came in addition, ``denominator`` all of which a result is a part, ``superseded``
an earlier one that is put right."""


class FlagKind(StrEnum):
    """Why a figure may not be the measure's result for the whole organisation and year."""

    SINGLE = "single"
    """It is the word for one or for none, not a figure."""
    EACH_ONE = "each_one"
    """Its clause speaks of each one: "every group has 8"."""
    STAGE = "stage"
    """Its clause says how many applied, answered or were asked."""
    SPLIT = "split"
    """It stands behind a word that divides what was counted, as in "of which 57 percent"."""
    NATIONAL = "national"
    """Its clause speaks of the country or of other organisations."""
    NAMED = "named"
    """Its clause names an organisation, which may be another one."""
    EXTREMES = "extremes"
    """Its clause speaks of the highest, the lowest or a range."""
    WITHIN = "within"
    """It is called the highest or lowest within the organisation: it is of one unit."""
    EQUALS = "equals"
    """It says in another unit what the words and figures ahead say: "that is, 29 percent"."""
    NEGATIVE = "negative"
    """It is called a deficit or a loss, and printed without a sign."""
    TABLE = "table"
    """It stands in a small table or list, whose unit is the measure's where none is printed."""
    PERIOD = "period"
    """Its clause speaks of a part of the year."""


OF_OTHERS = frozenset(
    {
        FlagKind.NATIONAL,
        FlagKind.NAMED,
        FlagKind.EXTREMES,
        FlagKind.WITHIN,
        FlagKind.STAGE,
        FlagKind.EACH_ONE,
    }
)
"""Flags of figures that are of others, or of one part."""


@dataclass(frozen=True, slots=True)
class FigureFlag:
    """A reservation about a figure, with the words that give rise to it, in small letters."""

    kind: FlagKind
    text: str = ""


@dataclass
class StatedFigure:
    """A figure of a sentence; ``start`` and ``end`` are its place in the sentence's text."""

    value: float
    unit: str
    start: int
    end: int
    role: FigureRole = "result"
    year: int | None = None
    sex: str | None = None
    for_each_sex: bool = False
    """Whether it holds for women and for men alike."""
    flags: set[FigureFlag] = field(default_factory=set)
    previous: StatedFigure | None = None
    """The earlier value, where the sentence gives both as "from 40 to 52 percent"."""

    def has_flag(self, kind: FlagKind) -> bool:
        """Whether it has a flag of this kind."""
        return any(flag.kind is kind for flag in self.flags)
