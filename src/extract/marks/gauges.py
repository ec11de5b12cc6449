"""Gauges: a row of like discs, stars or segments, of which some are filled: three of five.

How many are filled is what a gauge says; the colour in which they are filled is the same whatever
it says, so that it is no status. What each level means, only the report's legend can tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from styrmatt.extract.marks.candidates import MarkCandidate, mark_candidates
from styrmatt.extract.marks.even_rows import even_rows
from styrmatt.extract.marks.lamps import places_of, with_lights
from styrmatt.extract.marks.rising_bars import rising_bars
from styrmatt.extract.marks.segments import STEPS, is_gauge_of_three
from styrmatt.extract.model.page import Page
from styrmatt.geometry import Span, contains, middle, union
from styrmatt.printed import Bbox

_LIGHT = 3
"""The lamps of a traffic light. A gauge has more, or none that is lit alone."""


def marks_of(page: Page, box: Bbox) -> list[list[MarkCandidate]]:
    """The objects of each mark whose middle lies in the box: lights and gauges are one mark."""
    return with_gauges(with_lights(page, mark_candidates(page, box)))


def with_gauges(groups: Sequence[list[MarkCandidate]]) -> list[list[MarkCandidate]]:
    """The marks, with those of one size close beside each other as one where they are a gauge.

    Segments that nearly touch may be some marks of several segments each.
    """
    parts: list[_Part] = []
    for group in groups:
        if len(group) == 1:  # as most
            parts.append(_Part(group, group))
            continue
        places = places_of(group)
        is_row = len(list(even_rows([_box(place) for place in places]))) == 1
        parts += [_Part(place, group) for place in (places if is_row else [group])]
    rows = even_rows([_box(part.objects) for part in parts])
    found = [[parts[n] for n in row] for row in rows if len(row) in STEPS]
    gauges = [row for row in found if len(row) > _LIGHT or _is_gauge_of_signs(row)]
    taken = {id(part.group) for gauge in gauges for part in gauge}
    rest = [group for group in groups if id(group) not in taken]
    return rest + [[one for part in gauge for one in part.objects] for gauge in gauges]


class _Part(NamedTuple):
    """What may be a part of a gauge, and the mark that it was taken for."""

    objects: list[MarkCandidate]
    group: list[MarkCandidate]


def _is_gauge_of_signs(row: Sequence[_Part]) -> bool:
    """Whether three signs are a gauge: filled and empty discs or stars in one colour."""
    signs = [one for part in row for one in part.objects]
    if any(one.kind != "glyph" for one in signs) or len(signs) != len(row):
        return False
    fills = [one.fill for one in signs]
    return len({one.text for one in signs}) < _LIGHT and is_gauge_of_three(fills, may_be_lamps=True)


def parts_of_gauge(group: Sequence[MarkCandidate]) -> list[list[MarkCandidate]]:
    """The parts of a mark that is a gauge, from left to right; none where it is something else.

    There may be a frame around them.
    """
    if len(group) < STEPS.start:
        return []
    whole = union(part.bbox for part in group)
    inner = [place for place in places_of(group) if not contains(_box(place), whole)]
    boxes = [_box(place) for place in inner]
    rows = list(even_rows(boxes))
    if len(rows) == 1 and len(rows[0]) in STEPS:
        return [inner[n] for n in rows[0]]
    rising = list(rising_bars(boxes))
    return [inner[n] for n in rising[0]] if rising and len(rising[0]) == len(inner) else []


def with_rows_as_one(boxes: Iterable[Bbox], labels: Sequence[Span] = ()) -> list[Bbox]:
    """The boxes of what is drawn, with those of a light or gauge that lie beside each other as one.

    Marks that stand under several of the ``labels`` of a table's columns are those of a row.
    """
    every = sorted(set(boxes))
    rising = list(rising_bars(every))
    bars = {n for row in rising for n in row}
    gauges = [union(every[n] for n in row) for row in rising]
    every = [box for n, box in enumerate(every) if n not in bars]
    rows = (tuple(every[n] for n in row) for row in even_rows(every))
    return gauges + [
        box
        for row in rows
        for box in ([union(row)] if len(row) in STEPS and not _are_cells(row, labels) else row)
    ]


def _are_cells(row: Sequence[Bbox], labels: Sequence[Span]) -> bool:
    """Whether marks of a row stand under several labels."""
    middles = [middle((box[0], box[2])) for box in row]
    above = [span for span in labels if any(span[0] <= x <= span[1] for x in middles)]
    return len(above) > 1


def _box(parts: Sequence[MarkCandidate]) -> Bbox:
    return union(part.bbox for part in parts)
