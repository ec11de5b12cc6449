"""How rows without cells are set that stand above measures: goals, and subheadings below them.

Bold rows are told by that. Others are set in another font, size or colour than the names of
measures, or on a ground of their own, and the first of them stands above the first measure.
Lengths are in points, or in ems where they are multiplied with a font size.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from styrmatt.extract.grid.columns.grid_columns import GridColumns
from styrmatt.extract.grid.table_span import GridLine
from styrmatt.extract.model.page import Page
from styrmatt.extract.model.text_lines import PageLine, Word

_ROW_GAP = 0.45
"""Ems above a row of its own at least; a note below a name stands as near as its next line."""
_COVERS = 0.6
"""Share of the table's width that a row's ground covers."""


class LineStyle(NamedTuple):
    """How a line is set: what differs between kinds of rows."""

    font: str
    size: float
    colour: str | None
    ground: str | None
    """The colour of what is shaded behind it over the table's width."""


@dataclass
class GroupStyles:
    """The styles of one table's rows without cells that stand above its first measure."""

    page: Page
    columns: GridColumns
    name: int = 0
    """The column of the names of measures."""
    leading: list[LineStyle] = field(default_factory=list)
    """Those of the rows above the first measure, on this page or an earlier one."""
    below: set[LineStyle] = field(default_factory=set)
    """Those of subheadings, which stand below the row that names the goal."""
    _names: set[LineStyle] = field(default_factory=set)
    _tops: dict[int, float] = field(default_factory=dict)
    """Where the line above each line ends, by ``id()``."""

    def learn(
        self,
        body: Sequence[GridLine],
        is_group: Callable[[GridLine], bool],
        is_sex: Callable[[str], bool],
    ) -> None:
        """Learn the styles of a table's rows.

        ``is_group`` says which are groups in any case, ``is_sex`` which names are those of a line
        for women or men: what stands above such a line is the name of their measure.
        """
        self._tops = {id(one.line): above.line.bottom for above, one in itertools.pairwise(body)}
        rows = [one for one in body if one.is_row]
        self._names = {self.of(self._name_words(one)) for one in rows if self._name_words(one)}
        first = next((n for n, one in enumerate(body) if one.is_row), 0)
        heads = body[:first]
        styles = [self.of(one.line.words) for one in heads]
        if any(
            not above.is_row
            and is_sex(self._first_cell(one))
            and self.of(above.line.words) in styles
            for above, one in itertools.pairwise(body)
            if one.is_row
        ):
            heads, styles = [], []
        if rows and not self._names:
            return  # names of several lines stand about their figures: nothing shows their style
        if not self.leading and all(
            is_group(one) or self._stands_apart(one, style)
            for one, style in zip(heads, styles, strict=True)
        ):
            self.leading = list(dict.fromkeys(styles))
            self._rank(body)

    def _rank(self, body: Sequence[GridLine]) -> None:
        """Note the style of subheadings, if there are two: the longer of both name the goals."""
        if len(self.leading) != 2:
            return
        texts: dict[LineStyle, list[str]] = {style: [] for style in self.leading}
        for one in body:
            style = self.of(one.line.words)
            if not one.is_row and style in texts:
                texts[style].append(one.line.text)
        upper, lower = ([len(text) for text in texts[style]] for style in self.leading)
        if sum(lower) * len(upper) < sum(upper) * len(lower):
            self.below = {self.leading[1]}

    def goes_on(self, before: GroupStyles) -> None:
        """Take the styles of the table of which this is the rest overleaf."""
        self.leading, self.below = list(before.leading), set(before.below)

    def sets_apart(self, one: GridLine) -> bool:
        """Whether a line without cells is set as the rows above the first measure are."""
        style = self.of(one.line.words)
        return style in self.leading and self._stands_apart(one, style)

    def _stands_apart(self, one: GridLine, style: LineStyle) -> bool:
        above = self._tops.get(id(one.line))
        near = above is not None and one.line.top - above < _ROW_GAP * one.line.size
        return style not in self._names and (not near or style.ground is not None)

    def is_subheading(self, lines: Sequence[PageLine]) -> bool:
        """Whether a row over the whole width is set as subheadings below goals are."""
        return bool(self.below) and all(self.of(line.words) in self.below for line in lines)

    def of(self, words: Sequence[Word]) -> LineStyle:
        """How words of one line are set: most of their characters."""
        counts = Counter[tuple[str, float, str | None]]()
        for word in words:
            counts[word.font, round(word.size, 1), word.colour] += len(word.text)
        font, size, colour = counts.most_common(1)[0][0]
        return LineStyle(font, size, colour, self._ground(words[0].middle))

    def _ground(self, height: float) -> str | None:
        """The colour of the last area that is shaded at a height over the table's width."""
        left, right = self.columns.bounds[0], self.columns.bounds[-1]
        found = [
            fill.colour
            for fill in self.page.fills_at(height)
            if min(fill.bbox[2], right) - max(fill.bbox[0], left) > _COVERS * (right - left)
        ]
        return found[-1] if found else None

    def _first_cell(self, one: GridLine) -> str:
        return " ".join(word.text for word in self._name_words(one))

    def _name_words(self, one: GridLine) -> list[Word]:
        """The words of a row's first cell, but none where that stands behind the names."""
        first = min(one.columns)
        if first > self.name:
            return []
        left, right = self.columns.bounds[first], self.columns.bounds[first + 1]
        return [word for word in one.line.words if left <= word.x0 < right]
