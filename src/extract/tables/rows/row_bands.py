"""Cuts the body of a table into bands: at horizontal rulings, and where there are none, by space.

A band is the height (top, bottom) of one measure. Heights are in points from the top of the page,
lengths in points, or in ems where they are multiplied with a font size.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from styrmatt.extract.marks.mark import Mark
from styrmatt.extract.model.page import Page
from styrmatt.extract.model.text_lines import PageLine, Word, lines_of
from styrmatt.extract.tables.columns import Columns, clustered
from styrmatt.extract.tables.header_row import UNKNOWN
from styrmatt.geometry import Span, clusters, covered_length, middle_height
from styrmatt.printed import Bbox

_SENTENCE_ENDS = (".", ")", ":", "!", "?")
"""What a line ends with that another does not go on."""
_COVERED = 0.7
"""Share of a column's width that a rule covers to part its cells. Pieces of a dashed or broken rule
leave gaps; a rule of the neighbouring column that sticks out, or an underline, covers little."""
_OFF_PLACE = 3.0
"""Points by which the pieces of one rule may differ in height, as ``columns.clustered`` joins them.
"""
BEYOND_BAND = 2.0
"""Points outside of a band within which a rule may still be its own: half of a thick rule, and the
rounding of both."""
_THINNEST_BAND = 3.0
"""Points: a thinner band is the space within a double rule; no line of text is so low."""
_MIDDLE_BEYOND_BAND = 1.0
"""Points by which a line's middle may lie outside of the band that it belongs to."""
_ALIGNED_TOPS = 0.7
"""Ems by which a measure's first line and its board may differ in height: less than a line."""
_ABOVE_LINE = 0.5
"""Points above a measure's first line where its band begins, if no space shows it."""
_SYMBOL_HALF_HEIGHT = 0.25
"""Ems: half of the height at which a symbol counts; its box is often taller than the line."""
WIDEST_LEADING = 0.5
"""Ems: a wider gap between two lines is no leading of one cell, where no line shows otherwise."""
_LEADING_SLACK, _LEADING_SLACK_POINTS = 0.1, 0.8
"""Ems, and points at least, by which leading within cells differs: rounding and mixed fonts."""
_NO_LEADING = 0.15
"""Ems: the gap that parts measures in a table whose cells all have one line; any real gap does."""
_NAMES = ("measure", "success_factor", "goal")
"""Fields whose cells begin with a capital letter."""
_NEXT_LINE = 1.2
"""Ems: a line further below another does not go on it."""


@dataclass(frozen=True)
class TableBody:
    """What stands below a header and belongs to the table: its words and marks by column."""

    columns: Columns
    top: float
    bottom: float
    words: tuple[tuple[Word, ...], ...]
    """Words of each column, in the order of ``columns.fields``."""
    marks: tuple[tuple[Mark, ...], ...]
    """Marks of each column."""

    def words_between(self, column: int, top: float, bottom: float) -> list[Word]:
        """The words of a column whose middles lie between two heights, in the column's order."""
        heights, places = self._by_height[column]
        within = places[bisect_left(heights, top) : bisect_right(heights, bottom)]
        return [self.words[column][place] for place in sorted(within)]

    def marks_between(self, column: int, top: float, bottom: float) -> list[Mark]:
        """The marks of a column whose middles lie between two heights, in the column's order."""
        heights, places = self._marks_by_height[column]
        within = places[bisect_left(heights, top) : bisect_right(heights, bottom)]
        return [self.marks[column][place] for place in sorted(within)]

    @cached_property
    def _marks_by_height(self) -> list[tuple[list[float], list[int]]]:
        """For each column the middles of its marks from the top down, and which marks these are."""
        found = []
        for marks in self.marks:
            ordered = sorted((middle_height(m.bbox), place) for place, m in enumerate(marks))
            found.append(([middle for middle, _ in ordered], [place for _, place in ordered]))
        return found

    @cached_property
    def _by_height(self) -> list[tuple[list[float], list[int]]]:
        """For each column the middles of its words from the top down, and which words these are."""
        found = []
        for words in self.words:
            ordered = sorted((word.middle, place) for place, word in enumerate(words))
            found.append(([middle for middle, _ in ordered], [place for _, place in ordered]))
        return found

    def lines(self, field: str) -> list[PageLine]:
        """The text lines of a field's column; none where the table has no such column."""
        if field not in self.columns.fields:
            return []
        return self.lines_by_column[self.columns.fields.index(field)]

    @cached_property
    def lines_by_column(self) -> list[list[PageLine]]:
        """The text lines of each column."""
        return [lines_of(words) for words in self.words]

    @cached_property
    def lines_across(self) -> list[PageLine]:
        """The text lines across all columns."""
        return lines_of(word for words in self.words for word in words)

    def mark_boxes(self, field: str) -> tuple[Bbox, ...]:
        """The boxes of the marks in a field's column."""
        if field not in self.columns.fields:
            return ()
        return tuple(mark.bbox for mark in self.marks[self.columns.fields.index(field)])


def row_rules(page: Page, columns: Columns, column: int, top: float, bottom: float) -> list[float]:
    """Heights of the horizontal rulings that run under most of a column, between top and bottom."""
    x0, x1 = columns.bounds[column], columns.bounds[column + 1]
    pieces: dict[float, list[Span]] = {}
    heights = clustered(
        r.at
        for r in page.horizontals
        if top - BEYOND_BAND <= r.at <= bottom + BEYOND_BAND and r.end > x0 and r.start < x1
    )
    for ruling in page.horizontals if heights else ():
        if ruling.end > x0 and ruling.start < x1:
            near = heights[
                bisect_left(heights, ruling.at - _OFF_PLACE) : bisect_right(
                    heights, ruling.at + _OFF_PLACE
                )
            ]
            if near:
                key = min(near, key=lambda height: abs(height - ruling.at))
                pieces.setdefault(key, []).append((max(ruling.start, x0), min(ruling.end, x1)))
    needed = _COVERED * (x1 - x0)
    return [height for height in heights if covered_length(pieces.get(height, [])) >= needed]


def split_at(top: float, bottom: float, cuts: Iterable[float]) -> list[Span]:
    """The spans between top, the cuts inside, and bottom; those too thin for a line dropped."""
    inside = [cut for cut in sorted(cuts) if top + BEYOND_BAND < cut < bottom - BEYOND_BAND]
    edges = [top, *inside, bottom]
    return [(a, b) for a, b in pairwise(edges) if b - a > _THINNEST_BAND]


def has_drawn_rule(page: Page, cuts: Sequence[float]) -> bool:
    """Whether a line is drawn at any of the cuts; a stripe of shading may hold several measures."""
    return any(
        r.orientation == "h" and not r.edge_of_fill and abs(r.at - cut) <= _OFF_PLACE
        for r in page.rulings
        for cut in cuts[1:-1]
    )


def split_by_space(body: TableBody, band: Span, main: str) -> list[Span]:
    """Parts of a band between which white space runs over the table's width.

    Cells merged over several measures bridge that space, so the goal's column is left out, and the
    success factor's and unknown ones where the parts are more without them. ``main`` is the field
    that names a part.
    """
    merged = {"goal", "status", None} if main == "success_factor" else set()
    parts = _bands_by_space(body, band, main, merged)
    if main == "measure":
        without = _bands_by_space(body, band, main, {"success_factor", UNKNOWN})
        parts = without if len(without) > len(parts) else parts
    cuts = [(a[1] + b[0]) / 2 for a, b in pairwise(parts)]
    spans = split_at(band[0], band[1], cuts)
    if main == "measure":
        return [part for span in spans for part in _split_at_anchors(body, span)]
    return spans


def _split_at_anchors(body: TableBody, span: Span) -> list[Span]:
    """Parts of a span whose measures have no space between them: each begins beside its board.

    In a table without boards, it begins beside its mark. The cells must be aligned at their tops,
    and the span must have no lines for women and men: these have several marks for one measure.
    """
    if sexes_in(body, span):
        return [span]
    names = [x for x in body.lines("measure") if span[0] <= x.middle_height <= span[1]]
    tops = [x.top for x in body.lines("board") if span[0] <= x.middle_height <= span[1]]
    if "board" not in body.columns.fields:
        boxes = [b for b in body.mark_boxes("status") if span[0] <= (b[1] + b[3]) / 2 <= span[1]]
        tops = sorted(box[1] for box in boxes)
    if len(tops) < 2 or not names:
        return [span]
    beside = [min(names, key=lambda x: abs(x.top - top)) for top in tops]
    aligned = all(
        abs(x.top - top) < _ALIGNED_TOPS * x.size for x, top in zip(beside, tops, strict=True)
    )
    if not aligned or beside[0] is not names[0] or len({x.top for x in beside}) < len(beside):
        return [span]
    return split_at(span[0], span[1], [x.top - _ABOVE_LINE for x in beside[1:]])


def _bands_by_space(
    body: TableBody, band: Span, main: str, leave_out: Container[str | None]
) -> list[Span]:
    """Heights of words and marks that have no gap wider than a leading between them.

    A shaded cell is as high as its row and touches the next one: it says nothing about the space.
    A mark that stands half a row off bridges the space between two rows: where the words alone show
    several rows, and there are as many marks, the words decide.
    """
    columns = [n for n, name in enumerate(body.columns.fields) if name not in leave_out]
    words = [_height(line) for n in columns for line in body.lines_by_column[n]]
    marks = [
        (m.bbox[1], m.bbox[3]) for n in columns for m in body.marks[n] if m.read_by != "shading"
    ]
    leading = widest_gap_in_cell(body)

    def parts(boxes: Iterable[Span], within: Span) -> list[Span]:
        inside = sorted(b for b in boxes if within[0] <= (b[0] + b[1]) / 2 <= within[1])
        return merge_unnamed_bands(clusters(inside, leading), body, main)

    return [
        part
        for whole in parts([*words, *marks], band)
        for part in (parts(words, whole) if _has_marks_of_several(body, whole) else [whole])
    ]


def _has_marks_of_several(body: TableBody, span: Span) -> bool:
    """Whether a column has more marks within a span than a measure has lines there."""
    lines = max(1, len(_sex_lines(body, span)))
    return any(
        sum(_in_band((box[1] + box[3]) / 2, span) for box in body.mark_boxes(field)) > lines
        for field in ("status", "trend")
    )


def _height(line: PageLine) -> Span:
    """A line's height; that of a symbol is cut down, since symbol fonts are taller than text."""
    if any(map(str.isalnum, line.text)):
        return line.top, line.bottom
    half = _SYMBOL_HALF_HEIGHT * min(line.size, line.bottom - line.top)
    return line.middle_height - half, line.middle_height + half


def widest_gap_in_cell(body: TableBody) -> float:
    """The gap between two lines of one cell, in points; a wider gap parts two measures.

    It is the smallest gap between lines of the same column, where some cell has two lines at all:
    otherwise lines lie further apart than any typesetter's leading, and every gap parts. Only names
    show by a small letter that a line goes on; targets and units begin with one.
    """
    gaps: list[float] = []
    within_cells: list[float] = []
    size = 0.0
    for upper, lower in line_pairs(body):
        gaps.append(lower.top - upper.bottom)
        size = lower.size
    for field in _NAMES:
        within_cells += [
            lower.top - upper.bottom
            for upper, lower in pairwise(body.lines(field))
            if continues_line(upper, lower)
        ]
    close = within_cells or [gap for gap in gaps if gap <= WIDEST_LEADING * size]
    if not close:
        return _NO_LEADING * size
    return min(close) + max(_LEADING_SLACK * size, _LEADING_SLACK_POINTS)


def line_pairs(body: TableBody) -> Iterator[tuple[PageLine, PageLine]]:
    """Lines that stand one below the other in a column; those of symbols alone are left out."""
    for lines in body.lines_by_column:
        yield from pairwise(x for x in lines if any(map(str.isalnum, x.text)))


def continues_line(upper: PageLine, lower: PageLine) -> bool:
    """Whether the lower line surely goes on the upper one: it begins with a small letter."""
    near = lower.top - upper.bottom < _NEXT_LINE * lower.size
    return near and lower.text[:1].islower() and not upper.text.endswith(_SENTENCE_ENDS)


def merge_unnamed_bands(bands: list[Span], body: TableBody, main: str) -> list[Span]:
    """Bands of one measure each.

    A band joins the one above where it has no name, or nothing but (part of) one, or the other sex
    of the measure above, or the first name after a band that had none.
    """
    out: list[Span] = []
    sexes_above: set[str] = set()
    for band in bands:
        named = has_text(body, main, band)
        other = any(
            _stands_in(body, n, band)
            for n, field in enumerate(body.columns.fields)
            if field not in (None, main, "success_factor", "goal")
        )
        name_alone = main == "measure" and not other
        sexes = sexes_in(body, band)
        differs = not sexes & sexes_above
        second_sex = bool(sexes and sexes_above) and differs and not has_text(body, "board", band)
        if second_sex and out and _text(body, main, band) == _text(body, main, out[-1]):
            second_sex = False  # the name is printed for each sex
        after_unnamed = bool(out) and not has_text(body, main, out[-1]) and differs
        if out and (not named or name_alone or second_sex or after_unnamed):
            out[-1] = (out[-1][0], band[1])
            sexes_above |= sexes
        else:
            out.append(band)
            sexes_above = sexes
    return out


def _in_band(height: float, span: Span) -> bool:
    return span[0] - _MIDDLE_BEYOND_BAND <= height <= span[1] + _MIDDLE_BEYOND_BAND


def _text(body: TableBody, field: str, span: Span) -> str:
    return " ".join(x.text for x in body.lines(field) if _in_band(x.middle_height, span))


def sexes_in(body: TableBody, span: Span) -> set[str]:
    """What the sex column says within a span."""
    return {line.text for line in _sex_lines(body, span)}


def _sex_lines(body: TableBody, span: Span) -> list[PageLine]:
    return [line for line in body.lines("sex") if _in_band(line.middle_height, span)]


def has_text(body: TableBody, field: str | None, span: Span) -> bool:
    """Whether a field's column has text within a span."""
    return field is not None and any(
        _in_band(line.middle_height, span) for line in body.lines(field)
    )


def _stands_in(body: TableBody, column: int, span: Span) -> bool:
    """Whether a column has text or a mark within a span."""
    return any(_in_band(line.middle_height, span) for line in body.lines_by_column[column]) or any(
        _in_band((m.bbox[1] + m.bbox[3]) / 2, span) for m in body.marks[column]
    )
