"""What a mark is: where it stands, and how it looks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from styrmatt.extract.marks.picture.arrow_direction import Direction
from styrmatt.extract.marks.picture.colour_difference import lch
from styrmatt.extract.marks.picture.crop_pixels import Level
from styrmatt.extract.marks.picture.pixels import CropImage
from styrmatt.printed import Bbox, MarkerReading

_LAMPS = 3
"""The lamps of a light."""


class GaugePart(NamedTuple):
    """A part of a gauge as it looks."""

    colour: str | None
    filled: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark as it looks. ``bbox`` may stick out over the cell that the mark is in."""

    page: int
    bbox: Bbox
    read_by: MarkerReading
    colour: str | None = None
    filled: bool = True
    other_colour: str | None = None
    """A second hue that covers nearly as much of it."""
    apparent_direction: Direction | None = None
    """Where it points, even if that is in doubt."""
    doubt: str | None = None
    """Why its direction or fill is in doubt."""
    sign: str | None = None
    """The Unicode symbol that it is, of a symbol character."""
    hint: str | None = None
    """The symbol that a private-use character is in most symbol fonts: no proof, but a check."""
    alt: str | None = None
    """Its alternative text."""
    text: str | None = None
    """Words that are the mark, or that stand beside it in the cell."""
    level: Level | None = None
    """How much of a disc or square its colour fills."""
    edge: bool = False
    """Whether it is the edge of a row, which tells nothing if all of a report's edges are alike."""
    beside_figure: bool = False
    """Whether it stands beside a result: it tells nothing if none of a report's such marks has a
    colour."""
    inscribed: bool = False
    """Whether it is an outline with lines in it, as a face is: no empty one."""
    gauge: tuple[GaugePart, ...] = ()
    """The parts of a gauge, of which some are filled: its colour alone says nothing."""
    lamps: tuple[GaugePart, ...] = ()
    """The lamps of a light that lie beside each other: in some reports they are a gauge."""
    triangle: bool = False
    """Whether it is a plain triangle: beside squares and discs that is a shape and no arrow."""
    evidence: CropImage | str | None = None
    """How it looks: ``str()`` of it is a small PNG in a data URI."""

    @property
    def direction(self) -> Direction | None:
        """Where it points; None where it points nowhere, or is in doubt."""
        return None if self.doubt else self.apparent_direction

    @property
    def is_coloured(self) -> bool:
        """Whether its colour has a hue."""
        return self.colour is not None and lch(self.colour).saturated


def as_gauge(mark: Mark) -> Mark:
    """The mark, a light of three lamps as a gauge with one filled part."""
    return replace(mark, gauge=mark.lamps, lamps=()) if mark.lamps else mark


def lights_are_gauges(marks: Iterable[Mark]) -> bool:
    """Whether marks are gauges of three parts: then what looks like a light is one as well."""
    return any(len(mark.gauge) == _LAMPS for mark in marks)
