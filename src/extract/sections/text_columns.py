"""Finds columns of running text on a page: where they part, and between which heights.

Between two columns of text lies a gutter: an upright band that no word and no ruling crosses for a
run of lines, with running text on at least one of its sides. Columns of a table are parted by such
bands as well. What tells them apart: the rows of a table begin at the same heights in all of its
columns, paragraphs do not; and rulings run through tables. In doubt there are no columns.
Lengths are in points, or in ems where they are multiplied with a font size.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from styrmatt.extract.model.page import Fill, Page
from styrmatt.extract.model.text_lines import PageLine, Word
from styrmatt.extract.sections.across_gutter import without_last_headings, without_tables
from styrmatt.extract.sections.beside_gutter import (
    MANY_LINES,
    Beside,
    Crossed,
    are_columns,
    are_texts,
)
from styrmatt.extract.sections.labelled_columns import are_cards
from styrmatt.extract.sections.tables_apart import ColumnPair, RuledColumn
from styrmatt.geometry import Span

_WORD_GAP_EMS, _WORD_GAP_POINTS = 1.0, 7.0
"""Ems, and points at least, from which a gap may be a gutter: justified lines stretch spaces to
nearly an em, gutters are wider than that."""
_NARROWEST_GUTTER = 7.0
"""Points that no word enters between two columns at least."""
_NARROWEST_COLUMN = 75.0
"""Points of a column of text at least: three or four words."""
_FEWEST_WORDS = 3
"""Words of a line of running text at least."""
_FEWEST_LINES = 4
"""Lines of running text that show a column."""
_FEWEST_OF_TWO = 2
"""The same where the column is as wide as the one beside it: the last one may end early."""
_GUTTER = 18.0
"""Points of a usual gutter; twice that may the widest of few lines lack of its column."""
_SAME_START = 1.5
"""Points by which lines of one column differ in their starts."""
_PADDING = 4.0
"""Points by which the cells of a table in a column are indented."""
_WIDEST_INDENT = 26.0
"""Points by which lines of a column may be indented: paragraphs, lists, cells of its tables."""
_MOST_GUTTERS = 6
"""Gutters that are looked at among the words of a page."""
_INTO_GUTTER = 1.0
"""Points by which the letters of a column may reach into its gutter."""
_CROSSES_BY = 12.0
"""Points on both sides of a gutter that what crosses it covers: more than the padding of a cell."""
_CELL_SPACING = 5.0
"""Points between the cells of one row at most, where each has edges of its own: columns of text
stand further apart."""
_WIDE_PICTURE = 60.0
"""The same for pictures, which may reach a little out of their column."""
_NEAR_RULING = 2.0
"""Ems between the last line of a row and the ruling below it at most."""
_WORDS_IN_PICTURE = 5
"""Words that stand in a picture behind the text at least."""


class Gutter(NamedTuple):
    """Where columns part: words left of ``at`` are in the left ones, down from top to bottom."""

    at: float
    top: float
    bottom: float


def find_gutter(
    words: Sequence[Word],
    starts: Sequence[float],
    drawn: Sequence[Crossed],
    span: Span,
    known: Sequence[float] = (),
) -> Gutter | None:
    """The gutter with most lines beside it among words of a page; None where there is none.

    ``starts`` is what :func:`column_starts` gives, ``drawn`` what :func:`drawn_across` gives,
    ``span`` the heights between which the words stand. ``known`` are places where gutters of the
    page are: a few lines of running text on both sides show another one there.
    """
    best: tuple[int, Gutter] | None = None
    ordered = sorted(words, key=lambda word: word.top + word.bottom)
    for at in sorted({*starts, *known}):
        for count, gutter in _gutters_at(ordered, drawn, at, span, is_known=at in known):
            if best is None or count > best[0]:
                best = (count, gutter)
    return best[1] if best else None


def next_gutter(words: Sequence[Word], span: Span, pitch: float) -> Gutter | None:
    """The gutter behind a column as wide as the one before it, ``pitch`` points; None if none.

    The last of several columns may hold a few words alone.
    """
    left = min(word.x0 for word in words)
    starts = [word.x0 for word in words if abs(word.x0 - left - pitch) <= _SAME_START]
    if not starts:
        return None
    at = min(starts)
    if any(w.x0 < at - _INTO_GUTTER and w.x1 > at - _NARROWEST_GUTTER for w in words):
        return None
    return Gutter(at - _INTO_GUTTER, *span)


def column_starts(lines: Sequence[PageLine]) -> list[float]:
    """Where running text, or what stands right of it, begins again and again: at most a few.

    Most pages have none, so this looks at each word once.
    """
    if len(lines) < _FEWEST_LINES:
        return []
    left = min(line.words[0].x0 for line in lines) + _NARROWEST_COLUMN
    starts: list[float] = []
    every: list[float] = []
    for line in lines:
        words = line.words
        if words[-1].x0 < left:
            continue
        before, first = 0, 0
        for n in range(1, len(words) + 1):
            if n < len(words):
                word = words[n]
                gap = word.x0 - words[n - 1].x1
                if gap <= _WORD_GAP_POINTS or gap <= _WORD_GAP_EMS * word.size:
                    continue
            x0 = words[first].x0
            if x0 > left:
                every.append(x0)
                if n - first >= _FEWEST_WORDS or (
                    before >= _FEWEST_WORDS and any(map(str.isalpha, words[first].text))
                ):
                    starts.append(x0)
            before, first = n - first, n
    if len(starts) < _FEWEST_OF_TWO:
        return []
    end = max(line.words[-1].x1 for line in lines)
    return _places(starts, every, (left - _NARROWEST_COLUMN, end))


def _places(starts: Sequence[float], every: Sequence[float], area: Span) -> list[float]:
    """The places where enough chains of words begin, and those a little left of them.

    ``area`` is where the text begins and ends sideways: in its middle few are enough.
    """
    found: list[float] = []
    for place, _ in Counter(map(round, starts)).most_common():
        near = [x for x in starts if abs(x - place) <= _PADDING]
        in_middle = abs((area[1] - place) - (place - area[0] - _GUTTER)) <= 2 * _GUTTER
        if len(near) < (_FEWEST_OF_TWO if in_middle else _FEWEST_LINES):
            continue
        if any(abs(x - place) < _WIDEST_INDENT for x in found):
            continue
        found.append(min(near))
        if len(found) == _MOST_GUTTERS:
            break
    outer = [min(x for x in every if place - _WIDEST_INDENT < x <= place) for place in found]
    return sorted({*found, *outer})


def drawn_across(page: Page) -> list[Crossed]:
    """What is drawn on a page that a gutter does not run through: rulings and pictures.

    Pieces of one ruling, as each cell has one, are put together, and the edges of spaced cells.
    """
    pieces: dict[int, list[Span]] = {}
    for rule in page.horizontals:
        pieces.setdefault(round(rule.at), []).append((rule.start, rule.end))
    out = []
    for at, spans in pieces.items():
        start, end = min(spans)
        for x0, x1 in sorted(spans):
            if x0 > end + _CELL_SPACING:
                out.append(Crossed(start, end, at, at, ruling=True))
                start = x0
            end = max(end, x1)
        out.append(Crossed(start, end, at, at, ruling=True))
    for picture in page.pictures:
        x0, top, x1, bottom = picture.bbox
        if x1 - x0 < 2 * _WIDE_PICTURE:
            continue
        inside = sum(top < w.middle < bottom and x0 < w.x0 < x1 for w in page.words)
        if inside < _WORDS_IN_PICTURE:
            margin = _WIDE_PICTURE - _CROSSES_BY
            out.append(Crossed(x0 + margin, x1 - margin, top, bottom, ruling=False))
    return [*out, *_cells_side_by_side(page.fills)]


def _cells_side_by_side(fills: Sequence[Fill]) -> Iterator[Crossed]:
    """Where shaded cells touch, or nearly, side by side: a table goes on from one to the other."""
    ordered = sorted(fill.bbox for fill in fills)
    begins = [box[0] for box in ordered]
    for x0, top, x1, bottom in ordered:
        near = bisect_left(begins, x1 - _SAME_START), bisect_right(begins, x1 + _CELL_SPACING)
        for _, other_top, end, other_bottom in ordered[slice(*near)]:
            first, last = max(top, other_top), min(bottom, other_bottom)
            if first < last:
                yield Crossed(x0, end, first, last, ruling=False)


def _gutters_at(
    words: Sequence[Word], drawn: Sequence[Crossed], at: float, span: Span, *, is_known: bool
) -> Iterator[tuple[int, Gutter]]:
    """The gutters left of a place, with how many lines stand beside each.

    ``words`` are sorted by the heights of their middles.
    """
    low, high = at - _NARROWEST_GUTTER, at - _INTO_GUTTER
    crossing = [(w.top, w.bottom, False) for w in words if w.x0 < high and w.x1 > low]
    crossing += [
        (one.top, one.bottom, one.ruling)
        for one in drawn
        if one.x0 < low - _CROSSES_BY and one.x1 > high + _CROSSES_BY
    ]
    free = _free(crossing, span)
    if not any(bottom - top > _FEWEST_LINES * words[0].size for top, bottom, _ in free):
        return
    left = [w for w in words if w.x1 <= low]
    right = [w for w in words if w.x0 >= high]
    heights = [[w.middle for w in side] for side in (left, right)]
    fewest = _FEWEST_WORDS * (1 if is_known else _FEWEST_LINES)
    rules = [one for one in drawn if one.ruling]
    pair = ColumnPair(RuledColumn(left, rules), RuledColumn(right, rules))
    run: list[_Between] = []
    for top, bottom, ruled in free:
        before, behind = (
            side[bisect_left(middles, top) : bisect_right(middles, bottom)]
            for side, middles in zip((left, right), heights, strict=True)
        )
        if not ruled:
            yield from _found(run, at, fewest, pair)
            run = []
        run.append(_Between(before, behind, (top, bottom)))
    yield from _found(run, at, fewest, pair)


class _Between(NamedTuple):
    """Words left and right of a gutter between two heights where something crosses it."""

    left: Sequence[Word]
    right: Sequence[Word]
    span: Span

    @property
    def is_short(self) -> bool:
        """Whether it has words on both sides, and few lines: a header, a row."""
        few = min(len(self.left), len(self.right))
        return few > 0 and (few < MANY_LINES or not self.beside().is_long)

    def beside(self) -> Beside:
        """The words as lines."""
        return Beside.of(self.left, self.right, self.span)


def _found(
    run: Sequence[_Between], at: float, fewest: int, pair: ColumnPair
) -> Iterator[tuple[int, Gutter]]:
    """The gutters between the lines of spans that only rulings part, the rows of tables aside.

    ``fewest`` are the words of running text at least, on one of the sides.
    """
    is_known = fewest == _FEWEST_WORDS
    for n, (left, right, _) in enumerate(run):
        if not left or not right or max(len(left), len(right)) < fewest:
            continue
        if _is_ruled_row(run, n, is_known=is_known):
            continue
        beside = run[n].beside()
        parts = (
            [without_last_headings(beside)] if are_cards(beside) else without_tables(beside, pair)
        )
        for part in parts:
            if are_cards(part) or are_columns(part) or (is_known and are_texts(part)):
                yield len(part.left) + len(part.right), Gutter(at - _INTO_GUTTER, *part.span)


def _is_ruled_row(run: Sequence[_Between], n: int, *, is_known: bool) -> bool:
    """Whether what stands beside a gutter is a row between rulings, next to another one.

    Few lines above the first ruling or below the last one are a row as well, unless the page has a
    gutter there.
    """
    one = run[n]
    if n in (0, len(run) - 1):
        return len(run) > 1 and one.is_short and not is_known
    bottom = max(word.bottom for word in (*one.left, *one.right))
    near = one.span[1] - bottom < _NEAR_RULING * one.left[-1].size
    return near and any(other.is_short for other in (run[n - 1], run[n + 1]))


def _free(crossing: list[tuple[float, float, bool]], span: Span) -> list[tuple[float, float, bool]]:
    """The spans between the heights where something crosses a gutter.

    With each: whether it is a ruling alone that parts it from the one above.
    """
    free: list[tuple[float, float, bool]] = []
    reach, ruled = span[0], False
    for top, bottom, ruling in sorted(crossing):
        if top > reach:
            free.append((reach, top, ruled))
            ruled = True
        ruled = ruled and ruling
        reach = max(reach, bottom)
    if span[1] > reach:
        free.append((reach, span[1], ruled))
    return free
