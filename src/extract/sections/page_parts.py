"""Cuts a page with columns of text into the parts that are read one after the other.

A part is a page of its own that holds what stands there: a column, or what lies across columns
above, between or below them. Pages without columns, which most are, stay whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from styrmatt.extract.model.page import Fill, Page, Ruling
from styrmatt.extract.model.text_lines import PageLine, Word, lines_of
from styrmatt.extract.sections.beside_gutter import Crossed
from styrmatt.extract.sections.column_rules import between_rules
from styrmatt.extract.sections.text_boxes import boxes_in
from styrmatt.extract.sections.text_columns import (
    column_starts,
    drawn_across,
    find_gutter,
    next_gutter,
)
from styrmatt.geometry import middle_inside
from styrmatt.printed import Bbox

_EDGE = 3.0
"""Points around a part in which its rulings may lie."""


class PagePart(NamedTuple):
    """What is read together of a page; ``aside`` is what stands in a box beside the text."""

    page: Page
    aside: bool = False


class _Part(NamedTuple):
    """Words of a page that are read together, and the area that is theirs."""

    words: tuple[Word, ...]
    area: Bbox
    aside: bool = False


def page_parts(
    page: Page, lines: Sequence[PageLine], tables: Callable[[], Iterable[Crossed]] = tuple
) -> tuple[PagePart, ...]:
    """The parts of a page in the order in which they are read; mostly the page alone.

    ``lines`` are the page's words as lines, top to bottom; ``tables`` gives the tables that are
    known to lie across the page, and is asked where there may be columns.
    """
    starts = column_starts(lines)
    if not starts:
        return (PagePart(page),)
    area = (0.0, 0.0, page.width, page.height)
    drawn = [*drawn_across(page), *between_rules(page), *tables()]
    parts = _cut(_Part(page.words, area), starts, drawn)
    if len(parts) < 2:
        return (PagePart(page),)
    texts = [one for part in parts for one in _without_boxes(page, part)]
    return tuple(PagePart(limited(page, part.words, part.area), part.aside) for part in texts)


def _without_boxes(page: Page, part: _Part) -> list[_Part]:
    """The text of a part, then each box in it."""
    found: list[_Part] = []
    for box in boxes_in(part.words, [f for f in page.fills if middle_inside(f.bbox, part.area)]):
        inside = tuple(word for word in part.words if middle_inside(word.bbox, box))
        rest = tuple(word for word in part.words if not middle_inside(word.bbox, box))
        part = part._replace(words=rest)
        found.append(_Part(inside, box, aside=True))
    return [part, *found] if part.words else found


def _cut(
    part: _Part,
    starts: Sequence[float],
    drawn: Sequence[Crossed],
    known: Sequence[float] = (),
    pitch: float | None = None,
) -> list[_Part]:
    """The parts of a part: what lies above its columns, each column, what lies below them.

    ``starts`` is what :func:`column_starts` gives of it, ``known`` are the places of gutters that
    were found above or below the part; ``pitch`` is how far from the beginning of the column before
    the part itself begins.
    """
    span = (part.area[1], part.area[3])
    gutter = None if pitch is None else next_gutter(part.words, span, pitch)
    gutter = gutter or find_gutter(part.words, starts, drawn, span, known)
    if gutter is None:
        return [part]
    x0, top, x1, bottom = part.area
    known = (*known, gutter.at)
    above = _rest(part, (x0, top, x1, gutter.top))
    left = _rest(part, (x0, gutter.top, gutter.at, gutter.bottom))
    right = _rest(part, (gutter.at, gutter.top, x1, gutter.bottom))
    below = _rest(part, (x0, gutter.bottom, x1, bottom))
    begins = [min(word.x0 for word in one.words) for one in (left, right)]
    found = [
        (above, known, None),
        (left, (), None),
        (right, (), begins[1] - begins[0]),
        (below, known, None),
    ]
    return [
        one
        for rest, places, width in found
        if rest.words
        for one in _cut(rest, column_starts(lines_of(rest.words)), drawn, places, width)
    ]


def _rest(part: _Part, area: Bbox) -> _Part:
    """What of a part lies in an area."""
    return _Part(tuple(word for word in part.words if _is_in(word, area)), area)


def _is_in(word: Word, area: Bbox) -> bool:
    return area[0] <= word.x0 < area[2] and area[1] <= word.middle < area[3]


def limited(page: Page, words: tuple[Word, ...], area: Bbox) -> Page:
    """The page with these words alone, and what is drawn in their area."""
    left, top, right, bottom = area
    area = (left - _EDGE, top - _EDGE, right + _EDGE, bottom + _EDGE)

    def holds(box: Bbox) -> bool:
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        return area[0] <= x <= area[2] and area[1] <= y <= area[3]

    return replace(
        page,
        words=words,
        rulings=tuple(cut for rule in page.rulings if (cut := _cut_rule(rule, area))),
        fills=tuple(rest for fill in page.fills if (rest := _cut_fill(fill, area))),
        shapes=tuple(shape for shape in page.shapes if holds(shape.bbox)),
        pictures=tuple(picture for picture in page.pictures if holds(picture.bbox)),
        glyphs=tuple(glyph for glyph in page.glyphs if holds(glyph.bbox)),
    )


def _cut_rule(rule: Ruling, area: Bbox) -> Ruling | None:
    """What lies of a ruling in an area."""
    low, high = (area[1], area[3]) if rule.orientation == "h" else (area[0], area[2])
    first, last = (area[0], area[2]) if rule.orientation == "h" else (area[1], area[3])
    if not low <= rule.at <= high:
        return None
    start, end = max(rule.start, first), min(rule.end, last)
    return rule._replace(start=start, end=end) if start < end else None


def _cut_fill(fill: Fill, area: Bbox) -> Fill | None:
    """What lies of a shaded area in another."""
    x0, top, x1, bottom = fill.bbox
    box = (max(x0, area[0]), max(top, area[1]), min(x1, area[2]), min(bottom, area[3]))
    return fill._replace(bbox=box) if box[0] < box[2] and box[1] < box[3] else None
