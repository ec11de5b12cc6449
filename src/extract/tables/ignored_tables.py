"""Finds tables that hold no measures (budgets, investments, plans) by their rulings.

They are not read: their words are kept out of the running text, and their rows are counted. A
layout may name such tables; the others become issues, so that nothing is left out in silence.
Lengths are in points, or in ems where they are multiplied with a font size.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from styrmatt.extract.model.page import Page, Ruling
from styrmatt.extract.model.text_lines import PageLine, Word, join_words, lines_of, split_at_gaps
from styrmatt.extract.tables.columns import clustered
from styrmatt.geometry import union
from styrmatt.layout import LayoutTable
from styrmatt.printed import Bbox
from styrmatt.whitespace import squeeze

_OFF_PLACE = 3.0
"""Points by which the pieces of one rule may differ in height; it must be more than rules lie apart
that ``columns.clustered`` joins (2.5)."""
_FARTHEST = 130.0
"""Points: rules of one table are no further apart; rows of some ten lines are the highest."""
_SHORTEST_RULE = 40.0
"""Points: a shorter horizontal rule is an underline or part of a drawing."""
_TAKEN_MARGIN = 6.0
"""Points above and below a known table within which rules are its own: those of its header and end.
"""
_TEXT_LINE = 45
"""Characters from which words a space apart are running text, which parts two tables; cells of
several columns are narrower."""
_OVERHANG = 3.0
"""Points by which a table's words may stick out over its rules."""
_FEWEST_ROWS = 2
"""Filled rows, and rows with several columns, that a table has at least; a framed text has one
column."""
_FEWEST_RULES = _FEWEST_ROWS + 1
"""Rules above, between and below those rows."""
_LEFT_PART = 0.4
"""Share of its width that is the left part of a table, whose words name it: titles of rows."""
_COLUMN_GAP = 1.5
"""Ems: a wider gap between words parts columns; the widest space of justified text is narrower."""
_WORD_OVERLAP = 1.0
"""Points beyond its column's words where a word still belongs to it."""
_BESIDE_WORDS = 2.0
"""Points by which words may reach over a vertical ruling that parts them."""


@dataclass(frozen=True)
class IgnoredTable:
    """A table that is neither of measures nor an overview."""

    bbox: Bbox
    rows: int
    text: str
    """The words of its header row, column by column, and of its left part."""
    header: tuple[str, ...] = ()
    """The cells of its first row."""

    def name(self, tables: Sequence[LayoutTable]) -> str | None:
        """The layout's name for it, where the layout ignores such tables by name."""
        squeezed = squeeze(self.text)
        for table in tables:
            if table.kind == "ignored" and all(squeeze(word) in squeezed for word in table.words):
                return table.name
        return None


def find_ignored_tables(
    page: Page, lines: Sequence[PageLine], taken: Sequence[tuple[float, float]]
) -> list[IgnoredTable]:
    """Ruled tables outside the heights ``taken`` by known tables, top to bottom."""
    rules = [
        r
        for r in page.rulings
        if r.orientation == "h"
        and r.end - r.start > _SHORTEST_RULE
        and not any(top - _TAKEN_MARGIN <= r.at <= bottom + _TAKEN_MARGIN for top, bottom in taken)
    ]
    if len(rules) < _FEWEST_RULES:
        return []
    found = [_table(page, heights, lines) for heights in _stacks(rules, lines, taken)]
    return [table for table in found if table is not None]


def _stacks(
    rules: Sequence[Ruling], lines: Sequence[PageLine], taken: Sequence[tuple[float, float]]
) -> list[list[float]]:
    """Heights of rules that lie over each other within reach.

    Running text parts them, and so does a known table.
    """
    running = [
        x.middle_height
        for x in lines
        if max(len(join_words(chain)) for chain in split_at_gaps(x)) >= _TEXT_LINE
    ]
    running += [(top + bottom) / 2 for top, bottom in taken]
    stacks: list[list[float]] = []
    for height in clustered(r.at for r in rules):
        near = bool(stacks) and height - stacks[-1][-1] <= _FARTHEST
        if near and not any(stacks[-1][-1] < y < height for y in running):
            stacks[-1].append(height)
        else:
            stacks.append([height])
    return [stack for stack in stacks if len(stack) >= _FEWEST_RULES]


def _table(page: Page, heights: Sequence[float], lines: Sequence[PageLine]) -> IgnoredTable | None:
    """The table between rules at these heights; None where its rows have no columns."""
    rules = [
        r
        for r in page.rulings
        if r.orientation == "h" and any(abs(r.at - h) <= _OFF_PLACE for h in heights)
    ]
    x0, x1 = min(r.start for r in rules), max(r.end for r in rules)
    box = (x0, heights[0], x1, heights[-1])
    inside = [line for line in lines if box[1] <= line.middle_height <= box[3]]
    left_end, right_end = x0 - _OVERHANG, x1 + _OVERHANG
    words = [w for line in inside for w in line.words if left_end <= w.x0 and w.x1 <= right_end]
    if not words:
        return None
    rows = [[w for w in words if top <= w.middle < bottom] for top, bottom in pairwise(heights)]
    filled = [row for row in rows if row]
    if sum(_has_columns(page, row) for row in filled) < _FEWEST_ROWS:
        return None
    left = [w for w in words if w.x0 < x0 + _LEFT_PART * (x1 - x0)]
    text = " ".join([*_by_column(filled[0]), *(w.text for w in left)])
    box = union([box, *(w.bbox for w in words)])
    return IgnoredTable(box, len(filled), text, cells_of(lines_of(filled[0])))


def _by_column(words: Sequence[Word]) -> list[str]:
    """The words of a row, column by column, so that a header cell's lines stand together."""
    columns: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.x0):
        near = [c for c in columns if word.x0 < max(w.x1 for w in c) + _WORD_OVERLAP]
        if near:
            near[-1].append(word)
        else:
            columns.append([word])
    return ["".join(w.text for w in sorted(c, key=lambda w: (w.top, w.x0))) for c in columns]


def cells_of(lines: Iterable[PageLine]) -> tuple[str, ...]:
    """The texts of a row's cells, left to right, each with all of its lines."""
    cells: list[tuple[float, float, list[str]]] = []
    for line in lines:
        for chain in split_at_gaps(line):
            x0, x1 = chain[0].x0, max(word.x1 for word in chain)
            for at, (left, right, texts) in enumerate(cells):
                if x0 < right and left < x1:
                    cells[at] = (min(left, x0), max(right, x1), [*texts, join_words(chain)])
                    break
            else:
                cells.append((x0, x1, [join_words(chain)]))
    return tuple(" ".join(texts) for _, _, texts in sorted(cells))


def _has_columns(page: Page, row: Sequence[Word]) -> bool:
    """Whether a row's words stand in at least two columns: some gap is far wider than a space."""
    for line in lines_of(row):
        for left, right in pairwise(line.words):
            if right.x0 - left.x1 > _COLUMN_GAP * left.size:
                return True
            if any(_separates(r, left, right) for r in page.rulings):
                return True
    return False


def _separates(ruling: Ruling, left: Word, right: Word) -> bool:
    """Whether a vertical ruling stands between two words of a line."""
    beside = (
        ruling.orientation == "v"
        and left.x1 - _BESIDE_WORDS <= ruling.at <= right.x0 + _BESIDE_WORDS
    )
    return beside and ruling.start <= left.middle <= ruling.end
