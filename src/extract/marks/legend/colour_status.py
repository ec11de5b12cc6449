"""Tells which status a colour stands for.

The report's own legend decides; else common usage does, together with the colours that the report's
other marks have.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from styrmatt.extract.marks.picture.colour_difference import (
    difference,
    hue_between,
    lch,
    nearest_shade,
    same_hue_shade,
)

Shades = Mapping[str, tuple[str, ...]]
"""Colours by the status that they stand for."""

_ONE_GROUP = 12.0
"""Degrees of hue up to which neighbouring colours count as one. Tints and shades of a colour stay
within it; orange is 20 from red as well as from amber."""
_COOL = (118.0, 275.0)
"""Degrees of hue of green and blue. Yellow, orange and red (below) are warm, purple is neither."""
_BLUE = 185.0
"""Degrees of hue from which a cool colour is a blue and no green."""
_PINK = 335.0
"""Degrees of hue from which a colour is a red again, and below which it is a purple."""
_ORANGE = (38.0, 84.0)
"""Degrees of hue between red (29) and amber (85): orange, the middle or the worst step."""
_OTHER_SHADE = 20.0
"""CIEDE2000 from which two colours of one status are two shades and not one that was drawn twice.
The two greens of an office palette (#00b050, #92d050) differ by 15 and are used for one another;
dark and light green (#1b5e20, #8bc34a) differ by 38 and are two steps of a scale."""
_SLIGHTLY_OFF = 10.0
"""CIEDE2000 within which two colours are one that was drawn or pictured twice: JPEG and soft edges
move a colour by less, the two greens of an office palette differ by 15."""
_PALETTE_MARKS = 4
"""Marks of another shade from which that shade is the report's colour for a status."""
_STRAY_SHARE = 0.2
"""Share of a status's marks up to which a shade of its own is a stray; a second shade that is used
as often is a habit of the report."""
_TWO_WARM = 18.0
"""Degrees of hue by which two warm colours have to differ to be told apart as yellow and red: less
is two oranges, of which nobody knows which is the worse."""
_TWO_GREYS = 0.12
"""Difference in OKLCH lightness from which a report's greys are several, and may be steps of a
scale: more than a grey and its print in a picture differ by."""
_SHARED = "shared"
"""What stands for several statuses among the colours of a legend."""
STEPS = 3
"""Statuses that have a place on the scale from cool to warm; the fourth is "not assessed"."""


class Reading(NamedTuple):
    """What a mark stands for; no value and a doubt where that is not certain."""

    value: str | None
    doubt: str | None = None


class _HueGroups(NamedTuple):
    """The hues (degrees) of a report's colours, colours that are nearly alike as one."""

    cool: list[float]
    warm: list[float]
    others: bool
    """Whether there are colours that are neither."""


@dataclass(frozen=True)
class Palette:
    """The colours of a report: those that its legend defines, and those that its status marks have.

    ``samples`` are the vocabulary's, its first three statuses ordered from cool to warm.
    """

    samples: Shades
    legend: Shades = field(default_factory=dict)
    mark_colours: tuple[str, ...] = ()
    told: Mapping[str, str] = field(default_factory=dict)
    """By the usual status of a colour, the one that the report's text gives to its name."""

    shared: tuple[str, ...] = ()
    """Colours that marks of several statuses have in the legend: they tell nothing alone."""

    _readings: dict[str, Reading] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )
    """By colour, what was found before: a report has few colours and many marks."""
    _names: dict[str, str | None] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )
    """By colour, the status by its hue alone."""

    def status(self, colour: str) -> Reading:
        """The status that the colour ``#rrggbb`` of a filled mark stands for."""
        if colour not in self._readings:
            self._readings[colour] = self._status(colour)
        return self._readings[colour]

    def _status(self, colour: str) -> Reading:
        if nearest_shade(colour, {**self.legend, _SHARED: self.shared}) == _SHARED:
            return Reading(None, f"The report's legend has {colour} for more than one status.")
        if self.legend:
            found = nearest_shade(colour, self.legend)
            if found is not None:
                return Reading(found)
            if set(self.legend) >= set(list(self.samples)[:STEPS]) and lch(colour).saturated:
                return Reading(
                    None, f"The colour {colour} is none of those in the report's legend."
                )
        value = self._usual(colour) or self._nearest_told(colour)
        if value is None:
            return Reading(None, f"The colour {colour} stands for no status that is known.")
        if value in self.legend:
            return Reading(None, f"The colour {colour} is none of those in the report's legend.")
        if self._two_shades(colour, value):
            return Reading(None, f"The report has two shades of {value}, one of them {colour}.")
        if self._is_stray(colour, value):
            return Reading(
                None, f"The colour {colour} is not the one that the report has for {value}."
            )
        return Reading(self.told.get(value, value))

    def _nearest_told(self, colour: str) -> str | None:
        """The usual status of the colour that the text names and that is by far the nearest hue.

        A text that names yellow and red, and no orange, calls an orange near yellow by that name.
        """
        if len(self.told) < STEPS or not lch(colour).saturated:
            return None
        hue = lch(colour).hue
        ranked = sorted(
            (min(hue_between(hue, lch(sample).hue) for sample in self.samples[name]), name)
            for name in list(self.samples)[:STEPS]
            if name in self.told
        )
        is_clear = len(ranked) == STEPS and ranked[1][0] > ranked[0][0] + _ONE_GROUP
        return ranked[0][1] if is_clear and ranked[0][0] <= _TWO_WARM else None

    def _two_shades(self, colour: str, value: str) -> bool:
        """Whether the report has two clear shades of this status and not all other statuses.

        Dark green, light green and red may be three steps, and usage does not tell which is which.
        """
        if self.legend:
            return False
        statuses = {c: self._by_hue(c) for c in set(self.mark_colours) if lch(c).saturated}
        if set(list(self.samples)[:STEPS]) <= set(statuses.values()):
            return False
        alike = [c for c, status in statuses.items() if status == value]
        return any(difference(colour, c) > _OTHER_SHADE for c in alike)

    def _is_stray(self, colour: str, value: str) -> bool:
        """Whether nearly all marks of this status have another shade than ``colour``.

        A report prints one colour for each status; a mark in a shade of its own may be a slip, or
        stand for something that no legend says.
        """
        of_status = [c for c in self.mark_colours if self._by_hue(c) == value]
        alike = sum(difference(colour, c) <= _SLIGHTLY_OFF for c in of_status)
        others = len(of_status) - alike
        return others >= _PALETTE_MARKS and alike <= _STRAY_SHARE * len(of_status)

    def _by_hue(self, colour: str) -> str | None:
        """The status whose usual colours have the hue of a colour; None where none has."""
        if colour not in self._names:
            self._names[colour] = same_hue_shade(colour, self.samples)
        return self._names[colour]

    def _usual(self, colour: str) -> str | None:
        """The status by common usage and by the report's other colours, if they agree."""
        if lch(colour).neutral:
            return self._grey(colour)
        usual, ordered = self._by_hue(colour), self._by_order(colour)
        if usual is None or ordered is None:
            return usual if ordered is None and not self._ambiguous(colour) else ordered
        return usual if usual == ordered else None

    def _grey(self, colour: str) -> str | None:
        """A grey's status; none where the report's marks are all grey, or of several greys.

        Nor beside colours that all mean nothing known, as shades of one blue: then grey may be any.
        """
        greys = sorted(
            lch(c).lightness for c in self.mark_colours if lch(c).neutral and not lch(c).white
        )
        if greys and greys[-1] - greys[0] > _TWO_GREYS:
            return None
        coloured = {c for c in self.mark_colours if lch(c).saturated}
        if self.mark_colours and not self.legend and not any(map(self._usual, coloured)):
            return None
        return same_hue_shade(colour, self.samples)

    def _hue_groups(self) -> _HueGroups:
        """The hues of the colours of the report's marks."""
        hues = sorted(lch(c).hue for c in self.mark_colours if lch(c).saturated)
        groups: list[list[float]] = []
        for hue in sorted(hue - 360 if hue >= _PINK else hue for hue in hues):
            if groups and hue - groups[-1][-1] <= _ONE_GROUP:
                groups[-1].append(hue)
            else:
                groups.append([hue])
        middles = [sum(group) / len(group) for group in groups]
        cool = [hue for hue in middles if _COOL[0] <= hue <= _COOL[1]]
        warm = [hue for hue in middles if hue < _COOL[0]]
        return _HueGroups(cool, warm, len(cool) + len(warm) < len(middles))

    def _by_order(self, colour: str) -> str | None:
        """The status by a colour's place among three: one cool, one yellowish, one reddish."""
        cool, warm, others = self._hue_groups()
        if others or len(cool) != 1 or len(warm) != 2 or warm[1] - warm[0] < _TWO_WARM:
            return None
        names = list(self.samples)[:STEPS]
        places = dict(zip(names, (cool[0], warm[1], warm[0]), strict=True))
        hue = lch(colour).hue
        return min(names, key=lambda name: hue_between(hue, places[name] % 360))

    def _ambiguous(self, colour: str) -> bool:
        """Whether it is an orange beside blue, which may be the middle or the worst step."""
        cool = self._hue_groups().cool
        low, high = _ORANGE
        return bool(cool) and min(cool) > _BLUE and low < lch(colour).hue < high


def count_hues(colours: Iterable[str | None]) -> int:
    """How many clearly different hues colours have, purples and greys aside."""
    groups = Palette({}, mark_colours=tuple(c for c in colours if c is not None))._hue_groups()
    return len(groups.cool) + len(groups.warm)


def unambiguous_shades(shades: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """The shades without those that a legend gives two meanings."""
    out: dict[str, tuple[str, ...]] = {}
    for name, group in shades.items():
        others = {other: tuple(g) for other, g in shades.items() if other != name}
        unshared = tuple(dict.fromkeys(c for c in group if nearest_shade(c, others) is None))
        if unshared:
            out[name] = unshared
    return out
