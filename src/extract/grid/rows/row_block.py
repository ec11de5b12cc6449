"""One row of a table: its lines by column, and its height on the page."""

from __future__ import annotations

from dataclasses import dataclass

from styrmatt.extract.model.text_lines import PageLine
from styrmatt.geometry import Span

_AT_ANCHOR = 2.0
"""Points by which a mark may miss the height of a row without words."""
_ON_LINE = 0.7
"""Ems from the height of a row's figures within which a mark stands on their line."""
_ROUNDING = 1.0
"""Points by which a mark's middle may lie outside of the row's lines."""


@dataclass
class RowBlock:
    """The lines of one row, by column. ``anchor`` is the height of its figures."""

    anchor: float | None
    lines: list[list[PageLine]]
    span: Span | None = None
    """Its height between two rulings, where rulings show it."""
    loose: frozenset[int] = frozenset()
    """Columns whose cells may span rows: they stand in the middle of those, or beside the first."""

    @property
    def all_lines(self) -> list[PageLine]:
        """The lines of all columns."""
        return [line for lines in self.lines for line in lines]

    @property
    def top(self) -> float:
        """Where it begins: at the ruling above it, or with its first line."""
        return self.span[0] if self.span else self.first_line

    @property
    def first_line(self) -> float:
        """Where its first line begins: cells at the top of merged rows begin beside it."""
        nowhere = self.span[0] if self.span else self.anchor or 0.0
        return min((line.top for line in self.all_lines), default=nowhere)

    def spans(self) -> list[Span]:
        """From where to where something may stand that is the row's, ends included."""
        if self.span is not None:
            return [self.span]
        own = (lines for n, lines in enumerate(self.lines) if n not in self.loose)
        lines = [line for some in own for line in some] or self.all_lines
        if not lines:
            return [] if self.anchor is None else [_around(self.anchor, _AT_ANCHOR)]
        top, bottom = min(line.top for line in lines), max(line.bottom for line in lines)
        words = (top - _ROUNDING, bottom + _ROUNDING)
        if self.anchor is None:
            return [words]
        return [_around(self.anchor, _ON_LINE * max(line.size for line in lines)), words]


def _around(height: float, reach: float) -> Span:
    return height - reach, height + reach
