"""Where the columns of a table begin and end: from rulings, and where there are none, from words.

Without rulings the words below the header tell: chains of words grow each column's extent until a
line runs across columns, and that line is no longer table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from styrmatt.extract.model.page import Page
from styrmatt.extract.model.text_lines import PageLine, Word, split_at_gaps
from styrmatt.extract.tables.header_row import Header, Label

_NEAR = 2.5
"""Rulings closer than this (points) are one."""
_LINES_SEEN = 8
"""Lines below a header that tell how its cells are aligned."""
_WITHOUT_FIGURES = ("board", "sex", "status", "trend")
"""Fields whose cells hold codes and marks."""
_INDENT = 8.0
"""A first label this far (points) right of its cells is centred over them."""


@dataclass(frozen=True)
class Columns:
    """Fields from left to right and the x between them: ``bounds[i]`` to ``bounds[i + 1]``.

    A field is None where a column has no header. ``estimated`` says that at least one bound comes
    from words alone. ``x0`` and ``x1`` are where the table's text may begin and end.
    """

    fields: tuple[str | None, ...]
    bounds: tuple[float, ...]
    estimated: bool
    ruled: bool
    """Whether vertical rulings separate all columns."""

    def span(self, field: str) -> tuple[float, float]:
        """Left and right end of a field's column."""
        n = self.fields.index(field)
        return self.bounds[n], self.bounds[n + 1]

    def column_at(self, x: float) -> int | None:
        """Index of the column that holds x; None left or right of the table."""
        for n in range(len(self.fields)):
            if self.bounds[n] <= x < self.bounds[n + 1]:
                return n
        return None

    def shifted(self, dx: float) -> Columns:
        """The same columns moved sideways: pages may have mirrored margins."""
        moved = tuple(x + dx for x in self.bounds)
        return Columns(self.fields, moved, self.estimated, self.ruled)

    def crosses(self, line: PageLine) -> bool:
        """Whether a line of text runs over a bound between two columns, as narrative does."""
        return any(
            chain[0].x0 < x - 1.5 and chain[-1].x1 > x + 1.5 and _covers(chain, x)
            for chain in split_at_gaps(line)
            for x in self.bounds[1:-1]
        )


def _covers(chain: Sequence[Word], x: float) -> bool:
    """Whether x lies in a word of the chain, or in a space that is no wider than a space."""
    for n, word in enumerate(chain):
        if word.x0 < x - 1.5 and word.x1 > x + 1.5:
            return True
        if n and chain[n - 1].x1 - 1.5 <= x <= word.x0 + 1.5:
            return word.x0 - chain[n - 1].x1 < 0.32 * word.size
    return False


def find_columns(page: Page, header: Header, below: Sequence[PageLine]) -> Columns:
    """The columns under a header; ``below`` are the lines under it, top to bottom."""
    left, right = _outer(page, header)
    separators = _separators(page, header)
    inner = [x for x in separators if left + _NEAR < x < right - _NEAR]
    extents = _grown(header, below, left, right, inner)
    flush = _flush_left(header, below)
    fields: list[str | None] = []
    bounds: list[float] = [left]
    estimated = ruled = False
    for n, label in enumerate(header.labels):
        fields.append(label.field)
        if n + 1 == len(header.labels):
            break
        after = header.labels[n + 1]
        between = [x for x in inner if label.bbox[2] - 2 < x < after.bbox[0] + 2]
        if not between:
            between = [_between(extents[n][1], extents[n + 1][0], after, flush)]
            estimated = True
        else:
            ruled = True
        bounds.append(between[0])
        for x in between[1:]:
            fields.append(None)
            bounds.append(x)
    last = [x for x in inner if x > header.labels[-1].bbox[2] - 2]
    for x in last:
        bounds.append(x)
        fields.append(None)
    bounds.append(right)
    return Columns(tuple(fields), tuple(bounds), estimated, ruled and not estimated)


def _between(end: float, start: float, after: Label, flush: Callable[[Label], bool]) -> float:
    """The bound between two columns: right before the second where its cells begin at its label."""
    middle = (end + start) / 2
    return max(middle, start - 2.5) if flush(after) and abs(start - after.bbox[0]) < 2 else middle


def _flush_left(header: Header, below: Sequence[PageLine]) -> Callable[[Label], bool]:
    """Whether a label's cells begin where it begins.

    The words in the column tell; for a column that holds marks and no words, the other columns do.
    """
    starts = [chain[0].x0 for line in below[:6] for chain in split_at_gaps(line)]

    def begins(label: Label) -> bool:
        return any(abs(x - label.bbox[0]) < 1.5 for x in starts)

    def holds(label: Label) -> bool:
        return any(label.bbox[0] - 3 < x < label.bbox[2] for x in starts)

    worded = [label for label in header.labels if holds(label)]
    all_begin = len(worded) > 1 and all(map(begins, worded))
    return lambda label: begins(label) or (all_begin and not holds(label))


def _outer(page: Page, header: Header) -> tuple[float, float]:
    """Ends of the table: of the rulings or shading at the header, else of the page's words."""
    x0, top, x1, bottom = header.bbox
    size = header.labels[0].words[0].size
    wide = [
        ruling
        for ruling in page.horizontals
        if top - 2.5 * size <= ruling.at <= top + 3
        or bottom - 3 <= ruling.at <= bottom + 2.5 * size
    ]
    spans = _merged((r.start, r.end) for r in wide)
    around = [span for span in spans if span[0] <= x0 + 3 and span[1] >= x1 - 3]
    if around:
        start, end = min(around, key=lambda span: span[1] - span[0])
        return min(start, x0 - 1), max(end, x1 + 1)
    left = min((w.x0 for w in page.words), default=x0)
    words = [w for w in page.words if w.top >= top]
    return min(left, x0) - 3, max((w.x1 for w in words), default=x1) + 12


def _merged(spans: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    out: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1] + 3:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out


def _separators(page: Page, header: Header) -> list[float]:
    """x of the vertical rulings that stand beside the header's labels, or begin right below."""
    _, top, _, bottom = header.bbox
    height = bottom - top
    xs = [
        ruling.at
        for ruling in page.rulings
        if ruling.orientation == "v"
        and (
            min(ruling.end, bottom) - max(ruling.start, top) > 0.5 * height
            or (bottom - 3 <= ruling.start <= bottom + 12 and ruling.end - ruling.start > 8)
        )
    ]
    return clustered(xs)


def clustered(values: Iterable[float]) -> list[float]:
    """Values that lie close together as one, in order."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= _NEAR:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def _grown(
    header: Header, below: Sequence[PageLine], left: float, right: float, inner: Sequence[float]
) -> list[list[float]]:
    """Extent (x0, x1) of each column's words, grown line by line until a line runs across."""
    extents = [[label.bbox[0], label.bbox[2]] for label in header.labels]
    beside = _Beside(header, below) if _is_centred(header, below) else None
    for line in below:
        trial = [list(extent) for extent in extents]
        last = -1
        for chain in split_at_gaps(line):
            column = _column_of(chain, trial, header, after=last, beside=beside)
            last = column if column is not None else last
            if column is None or chain[-1].x1 > right + 3 or chain[0].x0 < left - 3:
                return extents
            trial[column] = [
                min(trial[column][0], chain[0].x0),
                max(trial[column][1], chain[-1].x1),
            ]
        if any(trial[n][1] > trial[n + 1][0] for n in range(len(trial) - 1)):
            return extents
        extents = trial
    return extents


def _column_of(
    chain: Sequence[Word],
    extents: list[list[float]],
    header: Header,
    *,
    after: int,
    beside: _Beside | None,
) -> int | None:
    """The column that a chain of words belongs to; None where it lies over two.

    ``after`` is the column of the chain before it on the line: a cell holds one chain of a line,
    so text that begins left of its centred header is not taken for the cell before.
    """
    x0, x1 = chain[0].x0, chain[-1].x1
    over = [n for n, (lo, hi) in enumerate(extents) if min(x1, hi) - max(x0, lo) > 0.5]
    if len(over) > 1:
        return None
    if over:
        return over[0]
    if beside is not None:
        return beside.column_of(chain)
    starts = [n for n, label in enumerate(header.labels) if label.bbox[0] <= x0 + 3]
    column = starts[-1] if starts else 0
    return min(column + 1, len(extents) - 1) if column == after else column


class _Beside:
    """Finds the column of words that stand below no label of a centred header.

    Left-aligned cells may end before their label begins, right-aligned ones begin where it ends.
    """

    def __init__(self, header: Header, below: Sequence[PageLine]) -> None:
        self._labels = header.labels
        self._edges: list[tuple[float, float, int]] = []
        for line in below[:_LINES_SEEN]:
            for chain in split_at_gaps(line):
                over = self._over(chain[0].x0, chain[-1].x1)
                if len(over) == 1:
                    self._edges.append((chain[0].x0, chain[-1].x1, over[0]))

    def column_of(self, chain: Sequence[Word]) -> int | None:
        """The column whose other cells share an edge with the words, else the next label's."""
        x0, x1 = chain[0].x0, chain[-1].x1
        akin = {n for a, b, n in self._edges if abs(a - x0) < 1.0 or abs(b - x1) < 1.0}
        if len(akin) == 1:
            return akin.pop()
        after = next((n for n, label in enumerate(self._labels) if x0 < label.bbox[2]), None)
        figure = any(char.isdigit() for word in chain for char in word.text)
        if after and figure and self._labels[after].field in _WITHOUT_FIGURES:
            return after - 1
        return after

    def _over(self, x0: float, x1: float) -> list[int]:
        return [
            n
            for n, label in enumerate(self._labels)
            if min(x1, label.bbox[2]) - max(x0, label.bbox[0]) > 0.5
        ]


def _is_centred(header: Header, below: Sequence[PageLine]) -> bool:
    """Whether labels stand centred over cells that begin further left.

    Either the first column's cells all do, in lines that hold more cells and so are no narrative,
    or two lines begin at one place left of a later label, and none at that label's own edge.
    """
    lines = [found for line in below[:_LINES_SEEN] if len(found := list(split_at_gaps(line))) > 1]
    first, *_ = header.labels
    if lines and all(line[0][0].x0 < first.bbox[0] - _INDENT for line in lines):
        return True
    starts = [chain[0].x0 for line in lines for chain in line]
    return any(
        sum(1 for y in starts if abs(x - y) < 1.0) > 1
        for before, label in pairwise(header.labels)
        if not any(abs(x - label.bbox[0]) < 1.5 for x in starts)
        for x in starts
        if before.bbox[2] < x < label.bbox[0] - 3
    )
