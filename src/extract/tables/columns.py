"""Where the columns of a table begin and end: from rulings, and where there are none, from words.

Without rulings, each column begins as wide as its label and grows with the words below it, line by
line, until a line runs across columns: that line is no longer table. Lengths are in points, or in
ems where they are multiplied with a font size.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from styrmatt.extract.model.page import Page
from styrmatt.extract.model.text_lines import PageLine, Word, split_at_gaps
from styrmatt.extract.tables.header_row import UNKNOWN, Header, Label
from styrmatt.extract.tables.table_edges import TableEdges, table_edges

_SAME_RULE = 2.5
"""Points: rulings closer than this are one, such as both edges of a line drawn as a box.

Columns and rows are several times as wide.
"""
_TOUCH = 3.0
"""Points by which things that touch on paper may miss each other: a ruling has a thickness, a word
a side bearing, and cells have a little padding. Less than any padding between two columns."""
_OVERHANG = 1.5
"""Points by which a word may stick out over a bound: half of ``_TOUCH``, since a bound already lies
beside the words."""
_WIDEST_SPACE = 0.32
"""Ems: the widest space between words of one cell; fonts have 0.2 to 0.3. Wider ones part cells."""
_ALIGNED = 1.5
"""Points by which words begin at the same place as a label; indents are several times as wide."""
_SAME_EDGE = 1.0
"""Points by which words of one column share an edge: they are set by the same tab or margin."""
_STARTS_AT_LABEL = 2.0
"""Points by which a column's words may begin left of its label and still begin at it."""
_OVER_LABEL = 2.0
"""Points by which the ruling between two columns may lie within their labels' boxes."""
_BEFORE_WORDS = 2.5
"""Points before left-aligned cells at which their column begins: less than a cell's padding."""
_OVERLAP = 0.5
"""Points by which words and a column must overlap: rounding alone makes less."""
_LINES_SEEN = 8
"""Lines below a header that show how its cells are aligned: two or three rows."""
_FIRST_LINES = 6
"""Lines below a header that show whether cells begin at their labels: the first rows, since a
table without rulings may end soon."""
_WITHOUT_FIGURES = ("board", "sex", "status", "trend")
"""Fields whose cells hold codes and marks."""
_INDENT = 8.0
"""Points: a first label this far right of its cells is centred over them; a padding is narrower."""
_CELLS_OF_ROW = 3
"""Cells of a line that show that it is a row: lines of narrative have wide spaces, but not in them
all."""
_BESIDE_LABELS = 0.5
"""Share of the header's height that a ruling between its labels covers at least; one that only
touches it belongs to what stands above."""
_RULE_BELOW = 12.0
"""Points below the labels within which the rulings of the body begin, if the header has none: a
line of padding at most."""
_SHORTEST_RULE = 8.0
"""Points: a shorter vertical ruling below the labels is part of a drawing, no row is so low."""


@dataclass(frozen=True)
class Columns:
    """Fields from left to right and the x between them: ``bounds[i]`` to ``bounds[i + 1]``.

    A field is None where a column has no header. ``estimated`` says that at least one bound comes
    from words alone.
    """

    fields: tuple[str | None, ...]
    bounds: tuple[float, ...]
    estimated: bool
    ruled: bool
    """Whether vertical rulings separate all columns."""
    guessed: tuple[int, ...] = ()
    """Places in ``bounds`` of those that come from words alone."""

    @property
    def first_end(self) -> float:
        """Right end of the first column that the layout knows."""
        known = (n for n, name in enumerate(self.fields) if name not in (UNKNOWN, None))
        return self.bounds[next(known, 0) + 1]

    def span(self, field: str) -> tuple[float, float]:
        """Left and right end of a field's column."""
        n = self.fields.index(field)
        return self.bounds[n], self.bounds[n + 1]

    def shifted(self, dx: float) -> Columns:
        """The same columns moved sideways: pages may have mirrored margins."""
        moved = tuple(x + dx for x in self.bounds)
        return Columns(self.fields, moved, self.estimated, self.ruled, self.guessed)

    def are_crossed_by(self, line: PageLine) -> bool:
        """Whether a line of text runs over a bound between two columns, as narrative does."""
        return any(crosses(chain, x) for chain in split_at_gaps(line) for x in self.bounds[1:-1])

    def is_overfull_row(self, line: PageLine) -> bool:
        """Whether a line is a row of cells of which one alone is wider than its column.

        Words alone must show the bound that it runs over, and narrative has no cells beside it.
        """
        chains = list(split_at_gaps(line))
        over = [[x for x in self.bounds[1:-1] if crosses(chain, x)] for chain in chains]
        crossed = [xs for xs in over if xs]
        return (
            len(chains) >= _CELLS_OF_ROW
            and len(crossed) == 1
            and len(crossed[0]) == 1
            and self.bounds.index(crossed[0][0]) in self.guessed
        )


def crosses(chain: Sequence[Word], x: float) -> bool:
    """Whether words that are a space apart run over x."""
    over = chain[0].x0 < x - _OVERHANG and chain[-1].x1 > x + _OVERHANG
    return over and _covers(chain, x)


def _covers(chain: Sequence[Word], x: float) -> bool:
    """Whether x lies in a word of the chain, or in a space that is no wider than a space."""
    for n, word in enumerate(chain):
        if word.x0 < x - _OVERHANG and word.x1 > x + _OVERHANG:
            return True
        if n and chain[n - 1].x1 - _OVERHANG <= x <= word.x0 + _OVERHANG:
            return word.x0 - chain[n - 1].x1 < _WIDEST_SPACE * word.size
    return False


def find_columns(
    page: Page, header: Header, below: Sequence[PageLine], edges: TableEdges | None = None
) -> Columns:
    """The columns under a header; ``below`` are the lines under it, top to bottom.

    ``edges`` are those of the table, if they are known already.
    """
    edges = edges or table_edges(page, header.bbox, header.size)
    left, right = edges.left, edges.right
    rules = column_rules(page, header)
    inner = [x for x in rules if left + _SAME_RULE < x < right - _SAME_RULE]
    extents = _word_extents(header, below, left, right)
    flush = _flush_left(header, below)
    cells = header.cells
    fields: list[str | None] = []
    bounds: list[float] = [left]
    guessed: list[int] = []
    ruled = False
    if edges.ruled:
        for x in (x for x in inner if x < cells[0].bbox[0] + _OVER_LABEL):
            fields.append(None)
            bounds.append(x)
    for n, label in enumerate(cells):
        fields.append(label.field)
        if n + 1 == len(cells):
            break
        after = cells[n + 1]
        between = [
            x for x in inner if label.bbox[2] - _OVER_LABEL < x < after.bbox[0] + _OVER_LABEL
        ]
        if not between:
            between = [_bound_between(extents[n][1], extents[n + 1][0], after, flush)]
            guessed.append(len(bounds))
        else:
            ruled = True
        bounds.append(between[0])
        for x in between[1:]:
            fields.append(None)
            bounds.append(x)
    last = [x for x in inner if x > cells[-1].bbox[2] - _OVER_LABEL]
    for x in last:
        bounds.append(x)
        fields.append(None)
    bounds.append(right)
    estimated = bool(guessed)
    return Columns(tuple(fields), tuple(bounds), estimated, ruled and not estimated, tuple(guessed))


def _bound_between(end: float, start: float, after: Label, flush: Callable[[Label], bool]) -> float:
    """The bound between two columns: right before the second where its cells begin at its label."""
    middle = (end + start) / 2
    at_label = abs(start - after.bbox[0]) < _STARTS_AT_LABEL
    return max(middle, start - _BEFORE_WORDS) if at_label and flush(after) else middle


def _flush_left(header: Header, below: Sequence[PageLine]) -> Callable[[Label], bool]:
    """A function that says whether a label's cells begin where it begins.

    The words in its column show it; for a column of marks without words, the other columns do.
    """
    starts = [chain[0].x0 for line in below[:_FIRST_LINES] for chain in split_at_gaps(line)]

    def begins(label: Label) -> bool:
        return any(abs(x - label.bbox[0]) < _ALIGNED for x in starts)

    def holds(label: Label) -> bool:
        return any(label.bbox[0] - _TOUCH < x < label.bbox[2] for x in starts)

    worded = [label for label in header.cells if holds(label)]
    all_begin = len(worded) > 1 and all(map(begins, worded))
    return lambda label: begins(label) or (all_begin and not holds(label))


def column_rules(page: Page, header: Header) -> list[float]:
    """x of the vertical rulings that stand beside the header's labels, or begin right below."""
    _, top, _, bottom = header.bbox
    height = bottom - top
    xs = [
        ruling.at
        for ruling in page.rulings
        if ruling.orientation == "v"
        and (
            min(ruling.end, bottom) - max(ruling.start, top) > _BESIDE_LABELS * height
            or (
                bottom - _TOUCH <= ruling.start <= bottom + _RULE_BELOW
                and ruling.end - ruling.start > _SHORTEST_RULE
            )
        )
    ]
    return clustered(xs)


def clustered(values: Iterable[float]) -> list[float]:
    """Values that lie close together as one, in order."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= _SAME_RULE:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def _word_extents(
    header: Header, below: Sequence[PageLine], left: float, right: float
) -> list[list[float]]:
    """Extent (x0, x1) of each column's words, grown line by line until a line runs across."""
    extents = [[label.bbox[0], label.bbox[2]] for label in header.cells]
    edges = _EdgeMatcher(header, below) if _has_centred_labels(header, below) else None
    for line in below:
        trial = [list(extent) for extent in extents]
        last = -1
        chains = list(split_at_gaps(line))
        doubtful = False  # one cell of a row may be wider than its column
        taken = [over[0] for chain in chains if len(over := _over(chain, extents)) == 1]
        for chain in chains:
            column = _column_of(chain, trial, header, after=last, edges=edges)
            if column in taken and column - 1 > last and not _over(chain, trial):
                column -= 1  # its neighbour on the line stands below the label
            last = column if column is not None else last
            outside = chain[-1].x1 > right + _TOUCH or chain[0].x0 < left - _TOUCH
            if column is None and not outside and len(chains) >= _CELLS_OF_ROW and not doubtful:
                doubtful = True
                continue
            if column is None or outside:
                return extents
            trial[column] = [
                min(trial[column][0], chain[0].x0),
                max(trial[column][1], chain[-1].x1),
            ]
        if any(trial[n][1] > trial[n + 1][0] for n in range(len(trial) - 1)):
            return extents
        extents = trial
    return extents


def _over(chain: Sequence[Word], extents: Sequence[Sequence[float]]) -> list[int]:
    """The columns that words lie in by the extents that are known so far."""
    x0, x1 = chain[0].x0, chain[-1].x1
    return [n for n, (lo, hi) in enumerate(extents) if min(x1, hi) - max(x0, lo) > _OVERLAP]


def _column_of(
    chain: Sequence[Word],
    extents: list[list[float]],
    header: Header,
    *,
    after: int,
    edges: _EdgeMatcher | None,
) -> int | None:
    """The column that a chain of words belongs to; None where it lies over two.

    ``after`` is the column of the chain before it on the line: a cell holds one chain of a line,
    so text that begins left of its centred header is not taken for the cell before.
    """
    x0 = chain[0].x0
    over = _over(chain, extents)
    if len(over) > 1:
        return None
    if over:
        return over[0]
    if edges is not None:
        return edges.column_of(chain)
    starts = [n for n, label in enumerate(header.cells) if label.bbox[0] <= x0 + _TOUCH]
    column = starts[-1] if starts else 0
    return min(column + 1, len(extents) - 1) if column == after else column


class _EdgeMatcher:
    """Finds the column of words that stand below no label of a centred header.

    Left-aligned cells may end before their label begins, right-aligned ones begin where it ends.
    """

    def __init__(self, header: Header, below: Sequence[PageLine]) -> None:
        self._labels = header.cells
        self._edges: list[tuple[float, float, int]] = []
        for line in below[:_LINES_SEEN]:
            for chain in split_at_gaps(line):
                over = self._over(chain[0].x0, chain[-1].x1)
                if len(over) == 1:
                    self._edges.append((chain[0].x0, chain[-1].x1, over[0]))

    def column_of(self, chain: Sequence[Word]) -> int | None:
        """The column whose other cells share an edge with the words, else the next label's."""
        x0, x1 = chain[0].x0, chain[-1].x1
        aligned = {
            n for a, b, n in self._edges if abs(a - x0) < _SAME_EDGE or abs(b - x1) < _SAME_EDGE
        }
        if len(aligned) == 1:
            return aligned.pop()
        after = next((n for n, label in enumerate(self._labels) if x0 < label.bbox[2]), None)
        figure = any(char.isdecimal() for word in chain for char in word.text)
        if after and figure and self._labels[after].field in _WITHOUT_FIGURES:
            return after - 1
        return after

    def _over(self, x0: float, x1: float) -> list[int]:
        return [
            n
            for n, label in enumerate(self._labels)
            if min(x1, label.bbox[2]) - max(x0, label.bbox[0]) > _OVERLAP
        ]


def _has_centred_labels(header: Header, below: Sequence[PageLine]) -> bool:
    """Whether labels stand centred over cells that begin further left.

    Either the first column's cells all do, in lines that hold more cells and so are no narrative,
    or two lines begin at one place left of a later label, and none at that label's own edge.
    """
    lines = [found for line in below[:_LINES_SEEN] if len(found := list(split_at_gaps(line))) > 1]
    first, *_ = header.cells
    if lines and all(line[0][0].x0 < first.bbox[0] - _INDENT for line in lines):
        return True
    chains = [(chain[0].x0, chain[-1].x1) for line in lines for chain in line]
    starts = [x0 for x0, _ in chains]

    def is_left_aligned(x: float) -> bool:
        """Whether no cell with another start has the end or the middle of one that begins at x."""
        ends = {x1 for x0, x1 in chains if x0 == x}
        return not any(
            abs(x0 - x) > _SAME_EDGE
            and (abs(x1 - end) < _SAME_EDGE or abs(x0 + x1 - x - end) < 2 * _SAME_EDGE)
            for x0, x1 in chains
            for end in ends
        )

    return any(
        sum(1 for y in starts if abs(x - y) < _SAME_EDGE) > 1
        for before, label in pairwise(header.cells)
        if not any(abs(x - label.bbox[0]) < _ALIGNED for x in starts)
        for x in starts
        if before.bbox[2] < x < label.bbox[0] - _TOUCH and is_left_aligned(x)
    )
