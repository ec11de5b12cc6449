"""Whether rows at the same heights in two columns of a page are those of two tables.

Rulings say so: each runs over the whole of one column, and none goes on to the other. In a table
whose cells have edges of their own, no such ruling is over more than one cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from styrmatt.extract.model.text_lines import Word, lines_of, split_at_gaps
from styrmatt.extract.sections.beside_gutter import Crossed
from styrmatt.geometry import Span

_FEWEST_RULES: Final = 2
"""Rulings of a table at least: above its rows, and below them or its header."""
_PADDING: Final = 4.0
"""Points by which a ruling may begin or end within the text of its column."""
_AROUND: Final = 1.5
"""Ems above and below a table's lines in which its rulings lie."""
_FEWEST_ROWS: Final = 2
"""Lines of a table at least that are rows of cells: names may go on below, and text."""


@dataclass(frozen=True)
class RuledColumn:
    """The words of a column of a page, and the rulings of the page."""

    words: Sequence[Word]
    rulings: Sequence[Crossed]

    def has_table(self, span: Span) -> bool:
        """Whether a table of its own stands in the column between two heights."""
        inside = [word for word in self.words if span[0] <= word.middle <= span[1]]
        if not inside:
            return False
        x0 = min(word.x0 for word in inside) + _PADDING
        x1 = max(word.x1 for word in inside) - _PADDING
        around = _AROUND * inside[0].size
        top, bottom = span[0] - around, span[1] + around
        over = [r for r in self.rulings if r.x0 <= x0 and x1 <= r.x1 and top <= r.top <= bottom]
        rows = sum(len(list(split_at_gaps(line))) > 1 for line in lines_of(inside))
        return len(over) >= _FEWEST_RULES and rows >= _FEWEST_ROWS


@dataclass(frozen=True)
class ColumnPair:
    """The columns left and right of a gutter."""

    left: RuledColumn
    right: RuledColumn

    def have_tables(self, span: Span) -> bool:
        """Whether each of them has a table of its own between two heights."""
        return self.left.has_table(span) and self.right.has_table(span)
