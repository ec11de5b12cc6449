"""Where the columns of a table begin and end, whether a ruling or white space parts them.

Every printed column is one, whether it has a header or not. Without rulings, two columns are parted
where no words stand in any row; where there is no such place, the bound is the one that the fewest
words run over, and it is not certain. Lengths are in points.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from styrmatt.extract.grid.columns.clusters import clusters, match_labels
from styrmatt.extract.grid.headers.chains import chains_of
from styrmatt.extract.grid.headers.header_block import HeaderBlock
from styrmatt.extract.grid.headers.header_cells import HeaderCell
from styrmatt.extract.marks.gauges import with_rows_as_one
from styrmatt.extract.model.page import Page, Ruling, drawn_boxes
from styrmatt.extract.model.text_lines import PageLine, Word
from styrmatt.extract.tables.columns import clustered
from styrmatt.geometry import Span, middle, middle_height
from styrmatt.printed import Bbox

_WITHIN_LABEL = 2.0
"""Points by which a ruling between two columns may lie within a label's box."""
_EDGE = 3.0
"""Points left and right of the outermost words where a table without rulings ends."""
_WIDE = 0.6
"""Share of a table's width from which the words of one line, a space apart, are no cell."""
_RULE_BESIDE = 0.4
"""Share of the header's height that a ruling between columns covers at least."""
_RULE_BELOW = 14.0
"""Points below the labels within which the rulings of the body begin, if the header has none."""
_SHORTEST_RULE = 6.0
"""Points: a shorter vertical ruling is part of a drawing."""
_CORRIDOR = 2.0
"""Points: a narrower gap between words is none that parts columns."""
_OVERLAP = 0.8
"""Points by which words and a column overlap at least."""
_LARGEST_MARK = 45.0
"""Points: what is drawn larger is a picture, and no mark."""
_NARROW_CELL = 24.0
"""Points: what touches its neighbour and is narrower may be a part of a gauge."""
_BESIDE_WORDS = 8.0
"""Points before words within which a mark belongs to them."""
_CELLS_OF_ROW = 2
"""Cells beyond which a line is a row, however wide one of them is."""
_FEWEST_ROWS = 2
"""Rows with several cells from which these alone show where columns are."""
_SHARE_WITH = 0.5
"""Share of a column's rows in which another column's words stand beside it, from which the two are
different columns."""


@dataclass(frozen=True)
class GridColumns:
    """Columns from left to right: header cells (None without one) and the x between them."""

    heads: tuple[HeaderCell | None, ...]
    bounds: tuple[float, ...]
    unsure: frozenset[int] = frozenset()
    """Places in ``bounds`` over which words run, or that were chosen among several."""
    ruled: bool = False
    """Whether vertical rulings part all columns."""

    @property
    def width(self) -> float:
        """The table's width."""
        return self.bounds[-1] - self.bounds[0]

    def column_of(self, x0: float, x1: float) -> int | None:
        """The column that holds most of a span; None where it lies beside the table."""
        shares = [min(x1, b) - max(x0, a) for a, b in pairwise(self.bounds)]
        best = max(range(len(shares)), key=shares.__getitem__)
        return best if shares[best] > 0 else None

    def crossed_by(self, chain: Sequence[Word]) -> list[int]:
        """The inner bounds that words, a space apart, run over."""
        x0, x1 = chain[0].x0, chain[-1].x1
        return [
            n
            for n, x in enumerate(self.bounds[1:-1], 1)
            if x0 < x - _WITHIN_LABEL and x1 > x + _WITHIN_LABEL
        ]

    def shifted(self, dx: float) -> GridColumns:
        """The same columns moved sideways: pages may have mirrored margins."""
        return GridColumns(self.heads, tuple(x + dx for x in self.bounds), self.unsure, self.ruled)


def find_grid_columns(page: Page, block: HeaderBlock, body: Sequence[PageLine]) -> GridColumns:
    """The columns of the table under a header; ``body`` are lines under it, some rows at least."""
    rules = _rules_of(page, block)
    labels = [(cell.bbox[0], cell.bbox[2]) for cell in block.cells]
    chains = _with_marks(page, labels, body, [chains_of(page, line) for line in body])
    left, right = _edges(block, chains, rules)
    rows = [
        row for row in chains if len(row) > _CELLS_OF_ROW or not _is_wide(row, block, right - left)
    ]
    inside = [
        [chain for chain in row if chain[-1].x1 > left and chain[0].x0 < right] for row in rows
    ]
    several = [row for row in inside if len(row) > 1]
    if len(several) >= _FEWEST_ROWS:  # a line with one cell may be a goal over several columns
        inside = several
    if len(rules) <= 2 and (parted := _by_clusters(block, several, left, right)) is not None:
        return parted
    heads: list[HeaderCell | None] = []
    bounds: list[float] = [left]
    unsure: set[int] = set()
    ruled = len(rules) > 1
    for n, cell in enumerate(block.cells):
        start = bounds[-1]
        if n == 0:
            for x in _outer(rules, inside, start, cell.bbox[0]):
                heads.append(None)
                bounds.append(x)
        heads.append(cell)
        if n + 1 == len(block.cells):
            break
        between = _between(cell, block.cells[n + 1], rules, inside)
        ruled = ruled and between.ruled
        if not between.sure:
            unsure.add(len(bounds))
        for k, x in enumerate(between.bounds):
            if k:
                heads.append(None)
            bounds.append(x)
    last = block.cells[-1]
    for x in [x for x in rules if last.bbox[2] - _WITHIN_LABEL < x < right - _WITHIN_LABEL]:
        bounds.append(x)
        heads.append(None)
    bounds.append(right)
    return GridColumns(tuple(heads), tuple(bounds), frozenset(unsure), ruled)


def _by_clusters(
    block: HeaderBlock, rows: Sequence[Sequence[Sequence[Word]]], left: float, right: float
) -> GridColumns | None:
    """The columns, where white space parts the cells of all rows and each label heads some."""
    found = clusters((chain[0].x0, chain[-1].x1) for row in rows for chain in row)
    labels = [(cell.bbox[0], cell.bbox[2]) for cell in block.cells]
    matched = match_labels(labels, found)
    if len(rows) < _FEWEST_ROWS or matched is None:
        return None
    heads = tuple(block.cells[one.label] if one.label is not None else None for one in matched)
    inner = [(a.span[1] + b.span[0]) / 2 for a, b in pairwise(matched)]
    bounds = (min(left, matched[0].span[0]), *inner, max(right, matched[-1].span[1]))
    return GridColumns(heads, bounds)


def _with_marks(
    page: Page,
    labels: Sequence[Span],
    body: Sequence[PageLine],
    rows: Sequence[list[list[Word]]],
) -> list[list[Sequence[Word]]]:
    """The words of each line with the marks drawn beside them: columns of marks are columns, too.

    A mark right before words, as an icon before a name, is part of their cell; so is another one
    right before it. One that a ruling parts from them is not.
    """
    small = [
        box
        for box in drawn_boxes(page)
        if box[3] - box[1] < _LARGEST_MARK and box[2] - box[0] < 2 * _LARGEST_MARK
    ]
    marks = with_rows_as_one(_without_grounds(small), labels)
    out: list[list[Sequence[Word]]] = []
    for line, chains in zip(body, rows, strict=True):
        row: list[Sequence[Word]] = list(chains)
        cells = [(chain[0].x0, chain[-1].x1) for chain in chains]
        inside = [b for b in marks if line.top - 1 <= middle_height(b) <= line.bottom + 1]
        for box in sorted(inside, key=lambda box: -box[0]):
            own = [
                cell
                for cell in cells
                if _is_beside(box, cell) and not _is_ruled_off(page, box, cell)
            ]
            n = cells.index(own[0]) if own else None
            if n is None:
                row.append([Word("", *box, size=line.size)])
            else:
                cells[n] = (min(cells[n][0], box[0]), cells[n][1])
        out.append(sorted(row, key=lambda chain: chain[0].x0))
    return out


def _without_grounds(boxes: Sequence[Bbox]) -> list[Bbox]:
    """The boxes without the grounds of cells, which touch each other side by side."""
    ends = {(round(x1), round(top), round(bottom)) for _, top, x1, bottom in boxes}
    starts = {(round(x0), round(top), round(bottom)) for x0, top, _, bottom in boxes}

    def is_ground(box: Bbox) -> bool:
        x0, top, x1, bottom = box
        heights = (round(top), round(bottom))
        touches = (round(x0), *heights) in ends or (round(x1), *heights) in starts
        return touches and x1 - x0 > _NARROW_CELL

    return [box for box in boxes if not is_ground(box)]


def _is_beside(box: Bbox, cell: Span) -> bool:
    """Whether a mark stands within the words of a cell, or right before them."""
    return cell[0] - _BESIDE_WORDS <= box[2] and box[0] <= cell[1] + 1


def _is_ruled_off(page: Page, box: Bbox, cell: Span) -> bool:
    """Whether a vertical ruling stands between a mark and the words behind it."""
    height = middle_height(box)
    return any(
        box[2] - _WITHIN_LABEL <= rule.at <= cell[0] and rule.start <= height <= rule.end
        for rule in page.verticals
        if rule.end - rule.start > _SHORTEST_RULE
    )


def _rules_of(page: Page, block: HeaderBlock) -> list[float]:
    """x of the vertical rulings beside the header or two of its labels, or right below them."""
    _, top, _, bottom = block.bbox
    beside = [r for r in page.verticals if r.start < bottom and r.end > top]
    between = [
        r.at
        for cell, after in pairwise(block.cells)
        for r in beside
        if _parts_labels(r, cell.bbox, after.bbox)
    ]
    return clustered([*between, *_long_rules(page, block)])


def _parts_labels(rule: Ruling, cell: Bbox, after: Bbox) -> bool:
    """Whether a ruling stands beside two labels on its two sides: those of one row of a header."""
    heights = middle_height(cell), middle_height(after)
    beside = all(rule.start <= height <= rule.end for height in heights)
    return beside and cell[2] <= rule.at <= after[0]


def _long_rules(page: Page, block: HeaderBlock) -> Iterator[float]:
    """x of those as long as a share of the header, and of those that begin right below it."""
    _, top, _, bottom = block.bbox
    for rule in page.verticals:
        is_beside = min(rule.end, bottom) - max(rule.start, top) > _RULE_BESIDE * (bottom - top)
        is_below = bottom - _EDGE <= rule.start <= bottom + _RULE_BELOW
        if is_beside or (is_below and rule.end - rule.start > _SHORTEST_RULE):
            yield rule.at


def _edges(
    block: HeaderBlock, rows: Sequence[Sequence[Sequence[Word]]], rules: Sequence[float]
) -> Span:
    """Left and right end of the table: its outermost rulings, else its outermost words."""
    x0, _, x1, _ = block.bbox
    left = [x for x in rules if x <= x0 + _WITHIN_LABEL]
    right = [x for x in rules if x >= x1 - _WITHIN_LABEL]
    cells = [chain for row in rows if len(row) > 1 for chain in row]
    start = max(left) if left else min([x0, *(chain[0].x0 for chain in cells)]) - _EDGE
    if len(left) > 1 and any(chain[-1].x1 < left[-1] for chain in cells):
        start = left[0]  # a column without a header stands first
    end = max(right) if right else max([x1, *(chain[-1].x1 for chain in cells)]) + _EDGE
    return start, end


def _is_wide(row: Sequence[Sequence[Word]], block: HeaderBlock, width: float) -> bool:
    """Whether a line is text over several columns, and shows nothing of where these are."""
    return any(
        chain[-1].x1 - chain[0].x0 > _WIDE * width
        or sum(_overlap(chain, cell.bbox[0], cell.bbox[2]) > _OVERLAP for cell in block.cells) > 2
        for chain in row
    )


def _overlap(chain: Sequence[Word], x0: float, x1: float) -> float:
    return min(chain[-1].x1, x1) - max(chain[0].x0, x0)


def _outer(
    rules: Sequence[float],
    rows: Sequence[Sequence[Sequence[Word]]],
    left: float,
    first_label: float,
) -> list[float]:
    """The bounds of columns without a header that stand before the first label."""
    ruled = [x for x in rules if left + _WITHIN_LABEL < x < first_label + _WITHIN_LABEL]
    if ruled:
        return ruled
    before = [
        (row[0][-1].x1, row[1][0].x0)
        for row in rows
        if len(row) > 1
        and row[0][-1].x1 < first_label - _CORRIDOR
        and row[1][0].x0 < first_label + _CORRIDOR
    ]
    if len(before) < max(2, _SHARE_WITH * len([row for row in rows if len(row) > 1])):
        return []
    end, start = max(x1 for x1, _ in before), min(x0 for _, x0 in before)
    return [(end + start) / 2] if start - end > _CORRIDOR else []


@dataclass(frozen=True)
class _Between:
    """The bounds between two labels; more than one where columns without a header lie there."""

    bounds: list[float]
    sure: bool
    ruled: bool


def _between(
    cell: HeaderCell,
    after: HeaderCell,
    rules: Sequence[float],
    rows: Sequence[Sequence[Sequence[Word]]],
) -> _Between:
    lo, hi = cell.bbox[2], after.bbox[0]
    ruled = [x for x in rules if lo - _WITHIN_LABEL < x < hi + _WITHIN_LABEL]
    if ruled:
        return _Between(ruled, sure=True, ruled=True)
    lo, hi = min(lo, hi), max(lo, hi)
    chains = [chain for row in rows for chain in row]
    wide = [span for span in _free(chains, lo, hi) if span[1] - span[0] > _CORRIDOR]
    if not wide:
        wide = _beside_labels(_free(chains, cell.bbox[0], after.bbox[2]), chains, lo, hi)
    if not wide:
        x = _least_crossed(chains, lo, hi)
        return _Between([x], sure=False, ruled=False)
    if len(wide) == 1:
        return _Between([middle(wide[0])], sure=True, ruled=False)
    return _parted(wide, cell, after, rows)


def _beside_labels(
    free: Sequence[Span], chains: Sequence[Sequence[Word]], lo: float, hi: float
) -> list[Span]:
    """The free span nearest to the gap between two labels that has words on both sides.

    Cells may be narrower than their label, and end or begin within it.
    """
    if not chains:
        return []
    first, last = min(c[0].x0 for c in chains), max(c[-1].x1 for c in chains)
    between = [
        span
        for span in free
        if span[1] - span[0] > _CORRIDOR and span[0] > first and span[1] < last
    ]
    return sorted(between, key=lambda span: max(span[0] - hi, lo - span[1]))[:1]


def _free(chains: Sequence[Sequence[Word]], lo: float, hi: float) -> list[Span]:
    """The spans between lo and hi where no words stand."""
    free: list[Span] = []
    reach = lo
    inside = (chain for chain in chains if chain[-1].x1 > lo and chain[0].x0 < hi)
    for x0, x1 in sorted((chain[0].x0, chain[-1].x1) for chain in inside):
        if x0 > reach:
            free.append((reach, min(x0, hi)))
        reach = max(reach, x1)
        if reach >= hi:
            return free
    free.append((reach, hi))
    return free


def _least_crossed(chains: Sequence[Sequence[Word]], lo: float, hi: float) -> float:
    """The x between lo and hi that the fewest words run over, the widest such place."""
    edges = sorted(
        {lo, hi} | {x for chain in chains for x in (chain[0].x0, chain[-1].x1) if lo < x < hi}
    )
    spans = [
        (sum(chain[0].x0 < middle((a, b)) < chain[-1].x1 for chain in chains), a - b, (a, b))
        for a, b in pairwise(edges)
    ]
    return middle(min(spans)[2]) if spans else middle((lo, hi))


def _parted(
    free: Sequence[Span],
    cell: HeaderCell,
    after: HeaderCell,
    rows: Sequence[Sequence[Sequence[Word]]],
) -> _Between:
    """The bounds where words stand between two labels, with space on both sides.

    Those words are a column of their own where both neighbours have words on the same lines; else
    they are the cells of the neighbour that has none there.
    """
    groups = [(a[1], b[0]) for a, b in pairwise(free)]
    with_left = with_right = lines = 0
    for row in rows:
        if not any(_overlap(chain, groups[0][0], groups[-1][1]) > 0 for chain in row):
            continue
        lines += 1
        with_left += any(_overlap(chain, cell.bbox[0], cell.bbox[2]) > 0 for chain in row)
        with_right += any(_overlap(chain, after.bbox[0], after.bbox[2]) > 0 for chain in row)
    beside_left = with_left >= _SHARE_WITH * lines
    beside_right = with_right >= _SHARE_WITH * lines
    if beside_left and beside_right and lines > 1:
        return _Between([middle(free[0]), middle(free[-1])], sure=True, ruled=False)
    chosen = free[0] if beside_left or not beside_right else free[-1]
    return _Between([middle(chosen)], sure=beside_left != beside_right, ruled=False)


def words_by_column(columns: GridColumns, chains: Iterable[Sequence[Word]]) -> list[list[Word]]:
    """The words of a line by column."""
    out: list[list[Word]] = [[] for _ in columns.heads]
    for chain in chains:
        crossed = columns.crossed_by(chain)
        parts = [[word] for word in chain] if crossed else [list(chain)]
        for part in parts:
            column = columns.column_of(part[0].x0, part[-1].x1)
            if column is not None:
                out[column] += part
    return out
