"""Collects what a report's legend says, page by page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from styrmatt.extract.marks.legend.colour_status import (
    Palette,
    unambiguous_shades,
)
from styrmatt.extract.marks.legend.counts import counts_of
from styrmatt.extract.marks.legend.entries import LegendEntry, legend_entries, without_comments
from styrmatt.extract.marks.legend.meanings import Legend, is_in_colour
from styrmatt.extract.marks.mark import Mark, as_gauge, lights_are_gauges
from styrmatt.extract.model.page import Page
from styrmatt.sole_values import sole_values
from styrmatt.vocabulary import Vocabulary


class LegendReader:
    """Collects the legend of a report while its pages are read one by one.

    ``own_colours`` are those that the layout lists by status: a legend where the report has none.
    """

    def __init__(
        self, vocabulary: Vocabulary, own_colours: Mapping[str, tuple[str, ...]] | None = None
    ) -> None:
        self.vocabulary = vocabulary
        self._own_colours = own_colours or {}
        self.entries: list[LegendEntry] = []
        """What the pages so far say of marks."""
        self._counts: list[tuple[int, str]] = []
        """Statuses of gauges by how many parts are filled, as the pages' text has them."""

    def read_page(self, page: Page) -> None:
        """Look for marks beside words that say what they mean; quick where there are none."""
        self.entries += legend_entries(page, self.vocabulary)
        self._counts += counts_of(page, self.vocabulary).items()

    def legend(self) -> Legend:
        """What the report's marks mean, as far as its legend says."""
        statuses: dict[str, list[Mark]] = {}
        arrows: dict[str, set[str]] = {}
        by_colour: dict[str, set[str | None]] = {}
        entries = without_comments(self.entries)
        are_gauges = lights_are_gauges(entry.mark for entry in entries)
        if are_gauges:
            entries = [_as_gauge(entry) for entry in entries]
        for entry in entries:
            if entry.by_look:
                continue
            if entry.kind == "status":
                statuses.setdefault(entry.value, []).append(entry.mark)
            elif entry.mark.direction is not None:
                arrows.setdefault(entry.mark.direction, set()).add(entry.value)
                by_colour.setdefault(entry.value, set()).add(entry.mark.colour)
        if _tells_colours(arrows, by_colour):
            arrows = {}
        colours = {
            value: [mark.colour for mark in group if mark.colour and _shows_colour(mark)]
            for value, group in statuses.items()
        }
        shades = unambiguous_shades(colours)
        clear = {colour for group in shades.values() for colour in group}
        shared = {colour for group in colours.values() for colour in group} - clear
        palette = Palette(
            self.vocabulary.colours,
            shades or self._own_colours,
            shared=() if self._own_colours and not shades else tuple(sorted(shared)),
        )
        return Legend(
            vocabulary=self.vocabulary,
            palette=palette,
            outline=_outline(statuses),
            coloured_outlines=any(
                not mark.filled and mark.is_coloured
                for group in statuses.values()
                for mark in group
            ),
            signs=_signs(statuses, self.vocabulary),
            shapes=_shapes(statuses),
            levels=(levels := _levels(statuses)),
            level_colour=_level_colour(statuses) if levels else None,
            looks=tuple(entry for entry in entries if entry.kind == "status"),
            trends=tuple(entry for entry in entries if entry.kind == "trend"),
            beside_arrows=_beside_arrows(entries) if arrows else (),
            counts=sole_values(self._counts),
            gauges_of_three=are_gauges,
            arrows={
                direction: next(iter(values)) if len(values) == 1 else None
                for direction, values in arrows.items()
            },
        )


def _tells_colours(
    arrows: Mapping[str, set[str]], by_colour: Mapping[str, set[str | None]]
) -> bool:
    """Whether a legend of arrows says what their colours mean, and not which way they point.

    Arrows that point one way have several meanings there, and each meaning has its own colour.
    """
    colours = [colour for group in by_colour.values() for colour in group]
    own = len(colours) == len(set(colours)) and None not in colours
    return own and any(len(values) > 1 for values in arrows.values())


def _beside_arrows(entries: Sequence[LegendEntry]) -> tuple[LegendEntry, ...]:
    """The marks that point nowhere and to which a legend of arrows gives a trend, as "unchanged".

    One whose colour is not that of an arrow is told by it, as a status is, and not by its shape.
    """
    trends = [entry for entry in entries if entry.kind == "trend" and not entry.mark.gauge]
    coloured = any(entry.mark.is_coloured for entry in trends)
    still = [entry for entry in trends if entry.mark.apparent_direction is None]
    return () if coloured and len(still) > 1 else tuple(still)


def _as_gauge(entry: LegendEntry) -> LegendEntry:
    """An entry of a legend of gauges, of which one may look like a light."""
    mark = as_gauge(entry.mark)
    return replace(entry, mark=mark, by_look=entry.by_look or mark is not entry.mark)


def _shows_colour(mark: Mark) -> bool:
    """Whether a legend's mark gives its colour a meaning: it is filled, or a coloured outline."""
    return mark.filled or mark.is_coloured


def _outline(statuses: Mapping[str, Sequence[Mark]]) -> str | None:
    """The status whose mark in the legend is a black or grey outline."""
    values = {
        value
        for value, group in statuses.items()
        for mark in group
        if not mark.filled and not mark.is_coloured
    }
    return values.pop() if len(values) == 1 else None


def _level_colour(statuses: Mapping[str, Sequence[Mark]]) -> str | None:
    """The one colour of all the legend's marks that have a level; None where there are several."""
    marks = [mark for group in statuses.values() for mark in group if mark.level and mark.colour]
    filled = [mark.colour for mark in marks if mark.filled and mark.colour]
    alike = all(is_in_colour(mark, filled[0]) for mark in marks) if filled else False
    return filled[0] if alike else None


def _levels(statuses: Mapping[str, Sequence[Mark]]) -> dict[str, str]:
    """The status by level, where marks of one colour differ by how much of them is filled."""
    if _level_colour(statuses) is None:
        return {}
    told = sole_values(
        (str(mark.level), value)
        for value, group in statuses.items()
        for mark in group
        if mark.level
    )
    return told if len(set(told.values())) > 1 else {}


def _signs(statuses: Mapping[str, Sequence[Mark]], vocabulary: Vocabulary) -> dict[str, str]:
    """The status by symbol, where each has its own; discs and squares tell by their colour."""
    shapes = vocabulary.glyphs.get("filled", "") + vocabulary.glyphs.get("outline", "")
    return sole_values(
        (mark.sign, value)
        for value, group in statuses.items()
        for mark in group
        if mark.sign and mark.sign not in shapes
    )


def _shapes(statuses: Mapping[str, Sequence[Mark]]) -> dict[str, str]:
    """The status by symbol, discs and squares too, of a legend whose marks are all without colour.

    Such a legend tells by shapes; the marks of its tables may have colours as well. Empty where one
    shape has two meanings: then it is something else that tells.
    """
    values_of: dict[str, set[str]] = {}
    for value, group in statuses.items():
        for mark in group:
            if mark.is_coloured:
                return {}
            if shape := mark.sign or mark.hint:
                values_of.setdefault(shape, set()).add(value)
    if any(len(values) > 1 for values in values_of.values()):
        return {}
    told = {shape: next(iter(values)) for shape, values in values_of.items()}
    return told if len(set(told.values())) > 1 else {}
