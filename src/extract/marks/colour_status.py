"""Which status a colour stands for: by the report's own legend, or by usage and company."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from styrmatt.extract.marks.colour_difference import (
    difference,
    hue_between,
    kindred_shade,
    lch,
    nearest_shade,
)

Shades = Mapping[str, tuple[str, ...]]

_GAP = 12.0
"""Degrees of hue by which two groups of colours differ."""
_COOL = (118.0, 275.0)
"""Hues of green and blue; yellow, orange and red are warm, purple is neither."""
_BLUE = 185.0
_PURPLE = 335.0
_OTHER_SHADE = 20.0
"""CIEDE2000 from which two colours are two shades and not one that was drawn twice."""
_APART = 18.0
"""Degrees of hue by which two warm colours have to differ to be told apart as yellow and red."""


@dataclass(frozen=True)
class Palette:
    """The colours of a report: those that its legend defines, and those that its status marks have.

    ``samples`` is the vocabulary's list, its first three statuses ordered from cool to warm.
    """

    samples: Shades
    legend: Shades = field(default_factory=dict)
    seen: tuple[str, ...] = ()

    _told: dict[str, tuple[str | None, str | None]] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )
    """Colours that were asked for: a report has few of them, and many marks."""

    def status(self, colour: str) -> tuple[str | None, str | None]:
        """The status of a filled mark's colour; None and a doubt where it is not certain."""
        if colour not in self._told:
            self._told[colour] = self._status(colour)
        return self._told[colour]

    def _status(self, colour: str) -> tuple[str | None, str | None]:
        if self.legend:
            found = nearest_shade(colour, self.legend)
            if found is not None:
                return found, None
        value = self._usual(colour)
        if value is None:
            return None, f"The colour {colour} stands for no status that is known."
        if value not in self.legend:
            if self._two_shades(colour, value):
                return None, f"The report has two shades of {value}, one of them {colour}."
            return value, None
        if kindred_shade(colour, self.legend) == value:
            return value, None
        return None, f"The colour {colour} is none of those in the report's legend."

    def _two_shades(self, colour: str, value: str) -> bool:
        """Whether the report has two clear shades of this status and no colour for another one.

        Dark green, light green and red may be three steps, and usage does not tell which is which.
        """
        if self.legend:
            return False
        told = {c: kindred_shade(c, self.samples) for c in set(self.seen) if lch(c).saturated}
        if set(list(self.samples)[:3]) <= set(told.values()):
            return False
        alike = [c for c, status in told.items() if status == value]
        return any(difference(colour, c) > _OTHER_SHADE for c in alike)

    def _usual(self, colour: str) -> str | None:
        """The status by common usage and by the colours beside it in the report."""
        if lch(colour).neutral:
            return self._grey(colour)
        usual, ordered = kindred_shade(colour, self.samples), self._by_order(colour)
        if usual is None or ordered is None:
            return usual if ordered is None and not self._unusual(colour) else ordered
        return usual if usual == ordered else None

    def _grey(self, colour: str) -> str | None:
        """A grey's status; none where the report is in greys, or has several of them."""
        greys = sorted(lch(c).lightness for c in self.seen if lch(c).neutral and not lch(c).white)
        if greys and greys[-1] - greys[0] > 0.12:
            return None
        if self.seen and not self.legend and not any(lch(c).saturated for c in self.seen):
            return None
        return kindred_shade(colour, self.samples)

    def _groups(self) -> tuple[list[float], list[float], bool]:
        """The hues of the report's cool and warm colours, and whether it has others."""
        hues = sorted(lch(c).hue for c in self.seen if lch(c).saturated)
        groups: list[list[float]] = []
        for hue in sorted(hue - 360 if hue >= _PURPLE else hue for hue in hues):
            if groups and hue - groups[-1][-1] <= _GAP:
                groups[-1].append(hue)
            else:
                groups.append([hue])
        middles = [sum(group) / len(group) for group in groups]
        cool = [hue for hue in middles if _COOL[0] <= hue <= _COOL[1]]
        warm = [hue for hue in middles if hue < _COOL[0]]
        return cool, warm, len(cool) + len(warm) < len(middles)

    def _by_order(self, colour: str) -> str | None:
        """The place of a colour among three: one cool, one towards yellow, one towards red."""
        cool, warm, others = self._groups()
        if others or len(cool) != 1 or len(warm) != 2 or warm[1] - warm[0] < _APART:
            return None
        names = list(self.samples)[:3]
        places = dict(zip(names, (cool[0], warm[1], warm[0]), strict=True))
        hue = lch(colour).hue
        return min(names, key=lambda name: hue_between(hue, places[name] % 360))

    def _unusual(self, colour: str) -> bool:
        """Whether an orange stands beside blue: without a third colour nobody knows what it is."""
        cool, _, _ = self._groups()
        hue = lch(colour).hue
        return bool(cool) and min(cool) > _BLUE and 38 < hue < 84


def hues_of(colours: Iterable[str | None]) -> int:
    """How many different hues colours have."""
    cool, warm, _ = Palette({}, seen=tuple(c for c in colours if c is not None))._groups()
    return len(cool) + len(warm)


def distinct(shades: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """The shades without those that a legend gives two meanings."""
    out: dict[str, tuple[str, ...]] = {}
    for name, group in shades.items():
        others = {other: tuple(g) for other, g in shades.items() if other != name}
        kept = tuple(dict.fromkeys(c for c in group if nearest_shade(c, others) is None))
        if kept:
            out[name] = kept
    return out
