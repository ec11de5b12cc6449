"""Cuts the body of a table into rows: at rulings, by white space, and by where figures stand.

Each row has one height at which its figures and marks stand, its anchor. Cells of several lines may
be set at the top, the middle or the bottom of the row; how, is the same for all rows, and is found
as the way that fits all of them best. Heights are in points, or in ems where they are multiplied
with a font size.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from operator import attrgetter

from styrmatt.extract.grid.rows.merged_cells import (
    WIDEST_LEADING,
    merged_cells,
    parting_rules,
    share_out,
)
from styrmatt.extract.grid.rows.one_row import (
    count_figures,
    goes_on,
    goes_on_above,
    has_one_name,
    has_open_sign,
    is_next_year,
    middle_of_name,
    middle_of_one,
    take_brackets,
    with_texts_below,
)
from styrmatt.extract.grid.rows.row_block import RowBlock
from styrmatt.extract.grid.rows.share_lines import (
    ALIGNMENTS,
    Alignment,
    height_of,
    share_lines,
)
from styrmatt.extract.model.text_lines import PageLine
from styrmatt.geometry import Span, clusters

_ONE_LINE = 0.6
"""Ems by which figures of one row may differ in height: less than a line."""
_LEADING_SLACK, _LEADING_POINTS = 0.12, 0.8
"""Ems, and points at least, by which the leading within cells differs."""
_NO_LEADING = 0.15
"""Ems: the gap that parts rows in a table whose cells all have one line."""
_FIGURE = re.compile(r"[^\w(]{0,3}(?:\d|[-–—.]{1,2}$)|\w{1,12} \d")
_THREE_DIGITS = re.compile(r"\d{3}(?![\d.,])")
"""How a line begins that may be the end of a figure of thousands which a narrow column broke."""
_SENTENCE_ENDS = (".", ")", ":", "!", "?", "%")


@dataclass
class RowCutter:
    """Cuts lines into rows. ``figures`` and ``names`` are columns of those, by number.

    ``marks`` are the heights of marks, for each column of marks.
    """

    lines: Sequence[Sequence[PageLine]]
    figures: Sequence[int]
    names: Sequence[int]
    marks: Sequence[Sequence[float]] = ()
    sex: int | None = None
    """The column of letters for women and men, whose lines may share a name."""
    loose: Mapping[int, Sequence[float]] = field(default_factory=dict)
    """Columns whose cells may span rows, with the rulings that part these: they show nothing of
    where rows begin."""
    drawn: Sequence[float] = ()
    """The heights of the rulings that a person sees as lines; others are edges of grounds."""
    begins_row: Callable[[str], bool] = lambda _: False
    """Whether a line in small letters is of a row of its own, as a part of the measure above."""
    below_name: Callable[[PageLine], bool] = lambda _: False
    """Whether a line of a name's column is a value below the name: no row begins in it, nor beside
    it."""
    under_sign: Callable[[PageLine], bool] = lambda _: False
    """Whether a line is words right below a sign of their cell: no row begins beside it."""
    goes_on: bool = False
    """Whether the table began on the page before."""
    grid: bool = False
    """Whether rulings part each cell from those beside, above and below it."""
    limits: frozenset[str] = frozenset()
    """Words that say of a figure behind them that it is a limit, in small letters: "at least"."""
    _leading: float = field(init=False, default=0.0)

    def __post_init__(self) -> None:
        self.lines = [sorted(lines, key=_middle_height) for lines in self.lines]
        self.marks = [sorted(heights) for heights in self.marks]
        self._leading = _widest_gap_in_cell(
            [lines for n, lines in enumerate(self.lines) if n not in self.loose],
            self.names,
            self.lines,
        )

    def rows(self, spans: Sequence[Span]) -> list[RowBlock]:
        """The rows within spans that rulings make, top to bottom."""
        out: list[RowBlock] = []
        for span in spans:
            inside = [
                [] if n in self.loose else _within(lines, span)
                for n, lines in enumerate(self.lines)
            ]
            if not any(inside):
                continue
            parts = with_texts_below(self._cut(inside, span), self.names, self._marks_in(span))
            if len(parts) == 1 and len(spans) > 1:
                parts[0].span = span
            out += parts
        for row in out:
            row.loose = frozenset(self.loose)
        tops = [row.first_line for row in out]
        for n, every in self.loose.items():
            rules = parting_rules(self.lines[n], every, self.drawn, tops, self._leading)
            merged = merged_cells(self.lines[n], rules, self._leading)
            parted = any(tops[0] < y < tops[-1] for y in (*rules, *self.drawn))
            ruled = bool(rules) and (parted or len(out) == 1)  # else by its frame alone
            share_out(out, n, merged, ruled=ruled, goes_on=self.goes_on)
        for above, row in pairwise(out):
            take_brackets(above, row, self.figures)
        return out

    def _cut(self, inside: list[list[PageLine]], span: Span) -> list[RowBlock]:
        if self.grid and self._has_one_name(inside):
            figures = [line.middle_height for n in self.figures for line in inside[n]]
            middle = (min(figures) + max(figures)) / 2 if figures else None
            return [RowBlock(middle, inside)]
        heights = [(line.top, line.bottom) for lines in inside for line in lines]
        heights += [(y, y) for marks in self._marks_in(span) for y in marks]
        blocks = clusters(heights, self._leading)
        rows: list[RowBlock] = []
        for top, bottom in blocks:
            part = [_within(lines, (top, bottom)) for lines in inside]
            rows += self._at_anchors(part, (top, bottom))
        return rows

    def _has_one_name(self, inside: Sequence[Sequence[PageLine]]) -> bool:
        """Whether the cells between two rulings are of one name, and of no more than one sex."""
        names = [lines for n in self.names if (lines := inside[n])]
        if len(names) != 1 or (self.sex is not None and len(inside[self.sex]) > 1):
            return False
        if any(map(self.below_name, names[0])):
            return False
        if all(count_figures(inside[n], _is_figure) < len(("one", "two")) for n in self.figures):
            return True  # nothing is left for another row
        first, *others = names[0]
        begins = any(line.text[:1].isupper() or self.begins_row(line.text) for line in others)
        return not begins and not self.begins_row(first.text)

    def _marks_in(self, span: Span) -> list[list[float]]:
        """The heights of marks within a span, for each column."""
        return [
            list(heights[bisect_left(heights, span[0]) : bisect_right(heights, span[1])])
            for heights in self.marks
        ]

    def _at_anchors(self, part: list[list[PageLine]], span: Span) -> list[RowBlock]:
        heights = self._anchors(part, span)
        if len(heights) > 1:
            heights = self._of_one_row(part, span, self._of_names(part, heights))
        groups = self._by_sex(part, heights)
        if len(groups) < 2:
            return [RowBlock(heights[0] if heights else None, part)]
        anchors = [sum(group) / len(group) for group in groups]
        rows = [RowBlock(anchor, [[] for _ in part]) for anchor in anchors]
        alignment = self._alignment(part, anchors)
        for n, lines in enumerate(part):
            if n in self.figures:
                for cell in _cells(lines, heights, alignment):
                    height = height_of(cell, alignment)
                    nearest = min(heights, key=partial(_distance, height))
                    row = next(k for k, group in enumerate(groups) if nearest in group)
                    rows[row].lines[n] += cell
            else:
                shared, _ = share_lines(
                    lines, anchors, alignment, self._leading, must=n in self.names
                )
                for block, group in zip(rows, shared, strict=True):
                    block.lines[n] += group
        return rows

    def _of_names(self, part: Sequence[Sequence[PageLine]], heights: list[float]) -> list[float]:
        """The first height of each name with values below it; all where no name has any."""
        if not any(self.below_name(line) for n in self.names for line in part[n]):
            return heights
        tops = [
            line.top
            for n in self.names
            for above, line in pairwise([None, *part[n]])
            if line is not None
            and not self.below_name(line)
            and (above is None or self.below_name(above))
        ]
        found: dict[int, float] = {}
        for height in heights:
            found.setdefault(sum(top <= height for top in tops), height)
        return list(found.values())

    def _of_one_row(
        self, part: Sequence[Sequence[PageLine]], span: Span, heights: list[float]
    ) -> list[float]:
        """One height where all is one row, and no letter for a sex parts it; else the heights."""
        if (middle := middle_of_one(part, self.figures, self._leading)) is not None:
            return [middle]
        if self.sex is None or len(part[self.sex]) < 2:
            names, cells = ([part[n] for n in some] for some in (self.names, self.figures))
            middle = middle_of_name(names, cells, self._leading, _is_figure)
            if middle is not None:
                return [middle]
        if self.sex is not None and part[self.sex]:
            return [y for y in heights if self._shows_row(part, y)] or heights
        names, figures = ([part[n] for n in some] for some in (self.names, self.figures))
        if has_one_name(names, figures, self._marks_in(span), self.begins_row, _is_figure):
            return heights[:1]
        return heights

    def _shows_row(self, part: Sequence[Sequence[PageLine]], height: float) -> bool:
        """Whether more than a mark stands at a height: a letter, a figure, a name's beginning.

        A shaded cell is taller than the line that it belongs to, and has its middle elsewhere.
        """
        return bool(
            self._sex_at(part, height)
            or self._count_cells(part, height)
            or self._begins_name(part, height)
        )

    def _by_sex(
        self, part: Sequence[Sequence[PageLine]], heights: Sequence[float]
    ) -> list[list[float]]:
        """The heights of rows in groups of one measure each: its lines for women, men, both."""
        groups: list[list[float]] = []
        seen: set[str] = set()
        for height in heights:
            sex = self._sex_at(part, height)
            if groups and sex and seen and sex not in seen:
                groups[-1].append(height)
                seen.add(sex)
            else:
                groups.append([height])
                seen = {sex} if sex else set()
        return groups

    def _sex_at(self, part: Sequence[Sequence[PageLine]], height: float) -> str:
        if self.sex is None or not part[self.sex]:
            return ""
        line = min(part[self.sex], key=lambda line: abs(line.middle_height - height))
        return line.text if _stands_at(line, height) else ""

    def _anchors(self, part: Sequence[Sequence[PageLine]], span: Span) -> list[float]:
        """The heights at which figures or marks stand, one for each row.

        A cell may have figures on several lines; those at which no other column has any are not of
        a row of their own, where they go on a cell above.
        """
        size = max((line.size for lines in part for line in lines), default=10.0)
        marks = self._marks_in(span)
        found: list[_Found] = []
        for n in self.figures:
            figures = [line for line in part[n] if _is_figure(line.text)]
            for line in figures:
                above = [x for x in part[n] if x.middle_height < line.middle_height]
                goes_on = bool(above) and line.top - above[-1].bottom <= self._leading
                if goes_on and (has_open_sign(above[-1]) or self._is_limit(above[-1])):
                    continue
                if goes_on and is_next_year(above[-1], line):
                    continue
                found.append((line.middle_height, n, goes_on))
        if max(map(len, marks), default=0) > len(_grouped(found, _ONE_LINE * size)):
            # else marks stand beside figures somewhere
            found += [(y, -1, False) for heights in marks for y in heights]
        anchors: list[float] = []
        groups = _grouped(found, _ONE_LINE * size)
        most = max((len({n for _, n, _ in group}) for group in groups), default=0)
        filled = max((self._count_cells(part, group[0][0]) for group in groups), default=0)
        for group in groups:
            others = most if self._begins_name(part, group[0][0]) else max(most, filled)
            alone = len({n for _, n, _ in group}) == 1 and others > 1
            below = all(goes_on for _, _, goes_on in group)
            if not (below and (alone or self._are_thousands(part, group))):
                anchors.append(sum(y for y, _, _ in group) / len(group))
        for n in self.figures:
            for cell in _contiguous(part[n], self._leading):
                top, bottom = cell[0].top - 1, cell[-1].bottom + 1
                if goes_on_above(cell[0], part[n]) or self.under_sign(cell[0]):
                    continue
                if not any(top <= y <= bottom for y in anchors):
                    anchors.append((top + bottom) / 2 if len(cell) > 1 else cell[0].middle_height)
        return sorted(anchors)

    def _is_limit(self, line: PageLine) -> bool:
        """Whether a line is nothing but words behind which a figure has to follow."""
        return line.text.strip().casefold() in self.limits

    def _count_cells(self, part: Sequence[Sequence[PageLine]], height: float) -> int:
        """How many columns of figures have a line at a height, of whatever words."""
        return sum(any(_stands_at(line, height) for line in part[n]) for n in self.figures)

    def _begins_name(self, part: Sequence[Sequence[PageLine]], height: float) -> bool:
        """Whether a line of a name at a height begins with a capital."""
        lines = (line for n in self.names for line in part[n] if _stands_at(line, height))
        return any(line.text[:1].isupper() for line in lines)

    def _are_thousands(self, part: Sequence[Sequence[PageLine]], group: Sequence[_Found]) -> bool:
        """Whether figures are the last digits of those above them, broken in narrow columns.

        Nothing beside them begins a name, or is a word for a sex.
        """
        height = group[0][0]
        for at, n, _ in group:
            lines = part[n]
            place = next(k for k, line in enumerate(lines) if line.middle_height == at)
            above = lines[place - 1].text
            if not (place and above[-1:].isdecimal() and _THREE_DIGITS.match(lines[place].text)):
                return False
        names = [line for n in self.names for line in part[n] if _stands_at(line, height)]
        return not any(x.text[:1].isupper() or self.begins_row(x.text) for x in names)

    def _alignment(self, part: Sequence[Sequence[PageLine]], anchors: Sequence[float]) -> Alignment:
        """How cells of several lines stand to the figures of their row."""

        def cost(alignment: Alignment) -> float:
            return sum(
                share_lines(part[n], anchors, alignment, self._leading, must=True)[1]
                for n in self.names
            )

        return min(ALIGNMENTS, key=cost)


def _stands_at(line: PageLine, height: float) -> bool:
    return abs(line.middle_height - height) <= _ONE_LINE * line.size


def _distance(one: float, other: float) -> float:
    return abs(one - other)


def _within(lines: Sequence[PageLine], span: Span) -> list[PageLine]:
    """The lines of a column, sorted by height, whose middles lie between two heights."""
    first = bisect_left(lines, span[0] - 1, key=_middle_height)
    return list(lines[first : bisect_right(lines, span[1] + 1, key=_middle_height)])


_middle_height = attrgetter("middle_height")


_Found = tuple[float, int, bool]
"""The height of a figure, its column, and whether it goes on a cell above."""


def _grouped(found: Iterable[_Found], within: float) -> list[list[_Found]]:
    """Figures whose heights lie close together, top to bottom."""
    groups: list[list[_Found]] = []
    for one in sorted(found):
        if groups and one[0] - groups[-1][0][0] <= within:
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _is_figure(text: str) -> bool:
    """Whether a line begins with a figure, a sign before one, or a dash in its place."""
    return bool(_FIGURE.match(text))


def _contiguous(lines: Sequence[PageLine], leading: float) -> list[list[PageLine]]:
    """Lines of a column in cells: a wider gap than the leading parts them."""
    cells: list[list[PageLine]] = []
    for line in lines:
        if cells and line.top - cells[-1][-1].bottom <= leading:
            cells[-1].append(line)
        else:
            cells.append([line])
    return cells


def _cells(
    lines: Sequence[PageLine], anchors: Sequence[float], alignment: Alignment
) -> list[list[PageLine]]:
    """Lines of a column of figures in cells: a line at no anchor goes on the one above it, and one
    that begins with what no cell begins with."""
    cells: list[list[PageLine]] = []
    for line in lines:
        at_anchor = any(_stands_at(line, y) for y in anchors)
        goes = cells and (goes_on(line) or is_next_year(cells[-1][-1], line))
        if cells and (goes or (not at_anchor and alignment == "top")):
            cells[-1].append(line)
        else:
            cells.append([line])
    return cells


def _widest_gap_in_cell(
    columns: Sequence[Sequence[PageLine]],
    names: Sequence[int],
    every: Sequence[Sequence[PageLine]],
) -> float:
    """The gap between two lines of one cell, in points; a wider gap parts two rows.

    Lines that begin with a small letter go on the line above, and show it; else it is the smallest
    gap between lines of one column, where that is as small as a leading.
    """
    sure: list[float] = []
    for n in names:
        sure += [
            lower.top - upper.bottom
            for upper, lower in pairwise(every[n])
            if lower.text[:1].islower()
            and not upper.text.endswith(_SENTENCE_ENDS)
            and lower.top - upper.bottom < lower.size
        ]
    pairs = [pair for lines in columns for pair in pairwise(lines)]
    size = max((lower.size for _, lower in pairs), default=10.0)
    close = sure or [gap for a, b in pairs if (gap := b.top - a.bottom) <= WIDEST_LEADING * size]
    if not close:
        return _NO_LEADING * size
    return min(close) + max(_LEADING_SLACK * size, _LEADING_POINTS)
