"""Cuts the body of a table into rows: at rulings, by white space, and by where figures stand.

Each row has one height at which its figures and marks stand, its anchor. Cells of several lines may
be set at the top, the middle or the bottom of the row; how, is the same for all rows, and is found
as the way that fits all of them best. Heights are in points, or in ems where they are multiplied
with a font size.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, Literal

from styrmatt.extract.model.text_lines import HYPHENS, PageLine
from styrmatt.geometry import Span

Alignment = Literal["top", "middle", "bottom"]
_ALIGNMENTS: Final[tuple[Alignment, ...]] = ("top", "middle", "bottom")
_ONE_LINE = 0.6
"""Ems by which figures of one row may differ in height: less than a line."""
_LEADING_SLACK, _LEADING_POINTS = 0.12, 0.8
"""Ems, and points at least, by which the leading within cells differs."""
_WIDEST_LEADING = 0.5
"""Ems: a wider gap between two lines is no leading of one cell, where no line shows otherwise."""
_NO_LEADING = 0.15
"""Ems: the gap that parts rows in a table whose cells all have one line."""
_SENTENCE_ENDS = (".", ")", ":", "!", "?", "%")
_BREAKS_WORD, _BREAKS_NAME, _NO_CAPITAL = 6.0, 3.0, 0.5
"""What it costs, in lines, to begin a row within a hyphenated word, with a small letter, or with
a figure or sign."""
_GAP_WORTH = 1.5
"""What a gap wider than the leading is worth where a row begins, in lines for each em."""


@dataclass
class RowBlock:
    """The lines of one row, by column. ``anchor`` is the height of its figures."""

    anchor: float | None
    lines: list[list[PageLine]]
    span: Span | None = None
    """Its height between two rulings, where rulings show it."""

    @property
    def all_lines(self) -> list[PageLine]:
        """The lines of all columns."""
        return [line for lines in self.lines for line in lines]


@dataclass
class RowCutter:
    """Cuts lines into rows. ``figures`` and ``names`` are columns of those, by number.

    ``marks`` are the heights of marks in columns of marks.
    """

    lines: Sequence[Sequence[PageLine]]
    figures: Sequence[int]
    names: Sequence[int]
    marks: Sequence[float] = ()
    loose: Sequence[int] = ()
    """Columns whose cells may span rows, and show nothing of where these begin."""
    _leading: float = field(init=False, default=0.0)

    def __post_init__(self) -> None:
        self._leading = _widest_gap_in_cell(
            [lines for n, lines in enumerate(self.lines) if n not in self.loose], self.names, self.lines
        )

    def rows(self, spans: Sequence[Span]) -> list[RowBlock]:
        """The rows within spans that rulings make, top to bottom."""
        out: list[RowBlock] = []
        for span in spans:
            inside = [_within(lines, span) for lines in self.lines]
            if not any(inside):
                marks = [y for y in self.marks if span[0] <= y <= span[1]]
                if marks:
                    out.append(RowBlock(marks[0], inside, span))
                continue
            parts = self._cut(inside, span)
            if len(parts) == 1 and len(spans) > 1:
                parts[0].span = span
            out += parts
        return out

    def _cut(self, inside: list[list[PageLine]], span: Span) -> list[RowBlock]:
        tight = [lines for n, lines in enumerate(inside) if n not in self.loose]
        blocks = _by_space(tight, self._marks_in(span), self._leading)
        rows: list[RowBlock] = []
        for top, bottom in blocks:
            part = [
                [] if n in self.loose else _within(lines, (top, bottom))
                for n, lines in enumerate(inside)
            ]
            rows += self._at_anchors(part, (top, bottom))
        for n in self.loose:
            _share_out(rows, n, inside[n])
        return rows

    def _marks_in(self, span: Span) -> list[float]:
        return [y for y in self.marks if span[0] <= y <= span[1]]

    def _at_anchors(self, part: list[list[PageLine]], span: Span) -> list[RowBlock]:
        anchors = self._anchors(part, span)
        if len(anchors) < 2:
            return [RowBlock(anchors[0] if anchors else None, part)]
        rows = [RowBlock(anchor, [[] for _ in part]) for anchor in anchors]
        alignment = self._alignment(part, anchors)
        for n, lines in enumerate(part):
            if n in self.figures:
                for cell in _cells(lines, anchors, alignment):
                    nearest = min(range(len(anchors)), key=lambda k: abs(_height(cell, alignment) - anchors[k]))
                    rows[nearest].lines[n] += cell
            else:
                groups, _ = _share(lines, anchors, alignment, self._leading, must=n in self.names)
                for row, group in zip(rows, groups, strict=True):
                    row.lines[n] += group
        return rows

    def _anchors(self, part: Sequence[Sequence[PageLine]], span: Span) -> list[float]:
        """The heights at which figures or marks stand, one for each row."""
        marks = self._marks_in(span)
        size = max((line.size for lines in part for line in lines), default=10.0)
        counts = [
            [line.middle_height for line in part[n] if not line.text.startswith("(")]
            for n in self.figures
        ]
        merged = _clustered([*marks, *(y for heights in counts for y in heights)], _ONE_LINE * size)
        if not counts:
            return merged
        most = max(max(map(len, counts)), len(_clustered(marks, _ONE_LINE * size)))
        if len(merged) <= most:
            return merged
        return self._primary(part, marks, size)

    def _primary(
        self, part: Sequence[Sequence[PageLine]], marks: Sequence[float], size: float
    ) -> list[float]:
        """Anchors where some cells of figures have several lines: those of single lines first."""
        by_column = [
            [line for line in part[n] if not line.text.startswith("(")] for n in self.figures
        ]
        anchors = _clustered(marks, _ONE_LINE * size)
        ordered = sorted(by_column, key=lambda lines: -_single_lines(lines, self._leading))
        for lines in ordered:
            for cell in _contiguous(lines, self._leading):
                top, bottom = cell[0].top, cell[-1].bottom
                if any(top - 1 <= y <= bottom + 1 for y in anchors):
                    continue
                if any(abs(y - (top + bottom) / 2) < _ONE_LINE * size for y in anchors):
                    continue
                anchors.append((top + bottom) / 2 if len(cell) > 1 else cell[0].middle_height)
        return sorted(anchors)

    def _alignment(self, part: Sequence[Sequence[PageLine]], anchors: Sequence[float]) -> Alignment:
        """How cells of several lines stand to the figures of their row."""
        def cost(alignment: Alignment) -> float:
            return sum(
                _share(part[n], anchors, alignment, self._leading, must=True)[1] for n in self.names
            )

        return min(_ALIGNMENTS, key=cost)


def _within(lines: Iterable[PageLine], span: Span) -> list[PageLine]:
    return [line for line in lines if span[0] - 1 <= line.middle_height <= span[1] + 1]


def _clustered(heights: Iterable[float], within: float) -> list[float]:
    """Heights that lie close together as one, in order."""
    groups: list[list[float]] = []
    for height in sorted(heights):
        if groups and height - groups[-1][0] <= within:
            groups[-1].append(height)
        else:
            groups.append([height])
    return [sum(group) / len(group) for group in groups]


def _contiguous(lines: Sequence[PageLine], leading: float) -> list[list[PageLine]]:
    """Lines of a column in cells: a wider gap than the leading parts them."""
    cells: list[list[PageLine]] = []
    for line in lines:
        if cells and line.top - cells[-1][-1].bottom <= leading:
            cells[-1].append(line)
        else:
            cells.append([line])
    return cells


def _single_lines(lines: Sequence[PageLine], leading: float) -> int:
    return sum(len(cell) == 1 for cell in _contiguous(lines, leading))


def _cells(
    lines: Sequence[PageLine], anchors: Sequence[float], alignment: Alignment
) -> list[list[PageLine]]:
    """Lines of a column of figures in cells: a line at no anchor goes on the one above it."""
    cells: list[list[PageLine]] = []
    for line in lines:
        at_anchor = any(abs(line.middle_height - y) <= _ONE_LINE * line.size for y in anchors)
        if cells and not at_anchor and alignment == "top":
            cells[-1].append(line)
        else:
            cells.append([line])
    return cells


def _height(cell: Sequence[PageLine], alignment: Alignment) -> float:
    if alignment == "top":
        return cell[0].middle_height
    if alignment == "bottom":
        return cell[-1].middle_height
    return (cell[0].top + cell[-1].bottom) / 2


def _share(
    lines: Sequence[PageLine],
    anchors: Sequence[float],
    alignment: Alignment,
    leading: float,
    *,
    must: bool,
) -> tuple[list[list[PageLine]], float]:
    """The lines of a column shared out to the rows in order, and what that costs, in lines.

    ``must``: each row has at least one line where there are enough.
    """
    count, rows = len(lines), len(anchors)
    if not lines:
        return [[] for _ in anchors], 0.0
    least = 1 if must and count >= rows else 0
    size = max(line.size for line in lines)
    infinite = float("inf")
    best = [[infinite] * (count + 1) for _ in range(rows + 1)]
    back = [[0] * (count + 1) for _ in range(rows + 1)]
    best[0][0] = 0.0
    for row in range(1, rows + 1):
        for end in range(count + 1):
            for start in range(end - least + 1):
                before = best[row - 1][start]
                if before == infinite:
                    continue
                cost = before + _cost(lines, start, end, anchors[row - 1], alignment, leading, size)
                if cost < best[row][end]:
                    best[row][end], back[row][end] = cost, start
    groups: list[list[PageLine]] = []
    end = count
    for row in range(rows, 0, -1):
        start = back[row][end]
        groups.append(list(lines[start:end]))
        end = start
    return groups[::-1], best[rows][count]


def _cost(
    lines: Sequence[PageLine],
    start: int,
    end: int,
    anchor: float,
    alignment: Alignment,
    leading: float,
    size: float,
) -> float:
    """What it costs to give lines ``start`` to ``end`` to the row at ``anchor``, in lines."""
    if start == end:
        return 0.0
    cell = lines[start:end]
    cost = abs(_height(cell, alignment) - anchor) / size
    if start:
        above, first = lines[start - 1], lines[start]
        if above.text.endswith(HYPHENS):
            cost += _BREAKS_WORD
        elif first.text[:1].islower():
            cost += _BREAKS_NAME
        elif not first.text[:1].isupper():
            cost += _NO_CAPITAL
        gap = first.top - above.bottom
        cost -= _GAP_WORTH * max(0.0, gap - leading) / size
    return cost


def _share_out(rows: Sequence[RowBlock], column: int, lines: Sequence[PageLine]) -> None:
    """Give each line of a column whose cells may span rows to the row that begins beside it."""
    tops = [min((line.top for line in row.all_lines), default=row.anchor or 0.0) for row in rows]
    for line in lines:
        before = [n for n, top in enumerate(tops) if top <= line.middle_height]
        if rows:
            rows[before[-1] if before else 0].lines[column].append(line)


def _by_space(
    lines: Iterable[Iterable[PageLine]], marks: Iterable[float], leading: float
) -> list[Span]:
    """Heights of words and marks that have no gap wider than the leading between them."""
    boxes = sorted(
        [(line.top, line.bottom) for column in lines for line in column] + [(y, y) for y in marks]
    )
    clusters: list[Span] = []
    for top, bottom in boxes:
        if clusters and top - clusters[-1][1] <= leading:
            clusters[-1] = (clusters[-1][0], max(clusters[-1][1], bottom))
        else:
            clusters.append((top, bottom))
    return clusters


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
    close = sure or [
        gap for a, b in pairs if (gap := b.top - a.bottom) <= _WIDEST_LEADING * size
    ]
    if not close:
        return _NO_LEADING * size
    return min(close) + max(_LEADING_SLACK * size, _LEADING_POINTS)
