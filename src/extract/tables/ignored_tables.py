"""Tables that hold no measures (budgets, investments, plans): found by their rulings, left alone.

Their words are kept out of the running text, their rows are counted, and a layout may ignore them
by name; the others become an Issue, so that nothing is left out in silence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from styrmatt.extract.model.page import Page, Ruling
from styrmatt.extract.model.text_lines import PageLine, Word, join_words, lines_of, split_at_gaps
from styrmatt.extract.tables.columns import clustered
from styrmatt.geometry import union
from styrmatt.layout import LayoutTable
from styrmatt.printed import Bbox
from styrmatt.whitespace import squeeze

_NEAR = 3.0
_FARTHEST = 130.0
"""Rules of one table are no further apart than this (points)."""
_LEAST = 3
"""Rules that a table has at least."""


@dataclass(frozen=True)
class IgnoredTable:
    """A table that is neither of measures nor an overview."""

    bbox: Bbox
    rows: int
    text: str
    """The words of its header row, column by column, and of its left part."""

    def name(self, tables: Sequence[LayoutTable]) -> str | None:
        """The layout's name for it, where the layout ignores such tables by name."""
        squeezed = squeeze(self.text)
        for table in tables:
            if table.kind == "ignored" and all(squeeze(word) in squeezed for word in table.words):
                return table.name
        return None


def find_others(
    page: Page, lines: Sequence[PageLine], taken: Sequence[tuple[float, float]]
) -> list[IgnoredTable]:
    """Ruled tables outside the heights ``taken`` by known tables, top to bottom."""
    rules = [
        r
        for r in page.rulings
        if r.orientation == "h"
        and r.end - r.start > 40
        and not any(top - 6 <= r.at <= bottom + 6 for top, bottom in taken)
    ]
    if len(rules) < _LEAST:
        return []
    found = [_table(page, group, lines) for group in _stacks(rules, lines)]
    return [table for table in found if table is not None]


def _stacks(rules: Sequence[Ruling], lines: Sequence[PageLine]) -> list[list[float]]:
    """Heights of rules that lie over each other within reach; running text parts them."""
    running = [
        x.middle_height
        for x in lines
        if max(len(join_words(chain)) for chain in split_at_gaps(x)) >= 45
    ]
    groups: list[list[float]] = []
    for height in clustered(r.at for r in rules):
        reach = bool(groups) and height - groups[-1][-1] <= _FARTHEST
        if reach and not any(groups[-1][-1] < y < height for y in running):
            groups[-1].append(height)
        else:
            groups.append([height])
    return [group for group in groups if len(group) >= _LEAST]


def _table(page: Page, heights: Sequence[float], lines: Sequence[PageLine]) -> IgnoredTable | None:
    rules = [
        r
        for r in page.rulings
        if r.orientation == "h" and any(abs(r.at - h) <= _NEAR for h in heights)
    ]
    x0, x1 = min(r.start for r in rules), max(r.end for r in rules)
    box = (x0, heights[0], x1, heights[-1])
    held = [line for line in lines if box[1] <= line.middle_height <= box[3]]
    words = [w for line in held for w in line.words if x0 - 3 <= w.x0 and w.x1 <= x1 + 3]
    if not words:
        return None
    rows = [[w for w in words if top <= w.middle < bottom] for top, bottom in pairwise(heights)]
    filled = [row for row in rows if row]
    if len(filled) < 2 or sum(_has_columns(page, row) for row in filled) < 2:
        return None
    left = [w for w in words if w.x0 < x0 + 0.4 * (x1 - x0)]
    text = " ".join([*_by_column(filled[0]), *(w.text for w in left)])
    return IgnoredTable(union([box, *(w.bbox for w in words)]), len(filled), text)


def _by_column(words: Sequence[Word]) -> list[str]:
    """The words of a row, column by column, so that a header cell's lines stand together."""
    columns: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.x0):
        near = [c for c in columns if word.x0 < max(w.x1 for w in c) + 1]
        if near:
            near[-1].append(word)
        else:
            columns.append([word])
    return ["".join(w.text for w in sorted(c, key=lambda w: (w.top, w.x0))) for c in columns]


def _has_columns(page: Page, row: Sequence[Word]) -> bool:
    """Whether a row's words stand in at least two columns: some gap is far wider than a space."""
    for line in lines_of(row):
        for left, right in zip(line.words, line.words[1:], strict=False):
            if right.x0 - left.x1 > 1.5 * left.size:
                return True
            if any(_parts(r, left, right) for r in page.rulings):
                return True
    return False


def _parts(ruling: Ruling, left: Word, right: Word) -> bool:
    """Whether a vertical ruling stands between two words of a line."""
    beside = ruling.orientation == "v" and left.x1 - 2 <= ruling.at <= right.x0 + 2
    return beside and ruling.start <= left.middle <= ruling.end
