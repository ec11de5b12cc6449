"""Tells whether the marks of a status column are trends by the report's legend, and no statuses."""

from __future__ import annotations

from collections.abc import Sequence

from styrmatt.extract.marks.legend.meanings import Legend
from styrmatt.extract.marks.legend.trend_marks import explained_in_colour, is_empty, trend_of
from styrmatt.extract.marks.mark import Mark

_NO_STATUS = frozenset({"not_assessed"})
"""What a legend of trends may say of a mark as well: that nothing could be told."""


def are_trends(marks: Sequence[Mark], legend: Legend) -> bool:
    """Whether a legend, or a text, explains marks of a column as trends alone, by their colours.

    Each has to look as one of the legend's trends does, or be an empty shape: nothing to compare
    with. Of three arrows the legend may leave out one.
    """
    told = {entry.value for entry in legend.looks}.union(legend.palette.legend)
    if legend.counts or legend.letters or not told <= _NO_STATUS:
        return False
    found = [mark for mark in marks if not is_empty(mark)]
    plain = not any(mark.text or mark.alt for mark in found)
    in_colour = explained_in_colour(legend.trends) or bool(legend.told_trends)
    return bool(found) and plain and in_colour and all(_is_trend(m, legend) for m in found)


def _is_trend(mark: Mark, legend: Legend) -> bool:
    if not legend.trends:
        return legend.told_trend(mark) is not None
    if trend_of(mark, legend.trends) is not None:
        return True
    left_out = mark.direction is not None and mark.direction not in legend.arrows
    return left_out and bool(legend.arrows) and legend.trend(mark).value is not None
