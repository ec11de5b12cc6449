"""One row of a table: its lines by column, and its height on the page."""

from __future__ import annotations

from dataclasses import dataclass

from styrmatt.extract.model.text_lines import PageLine
from styrmatt.geometry import Span


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

    @property
    def top(self) -> float:
        """Where it begins: at the ruling above it, or with its first line."""
        return self.span[0] if self.span else self.first_line

    @property
    def first_line(self) -> float:
        """Where its first line begins: cells at the top of merged rows begin beside it."""
        nowhere = self.span[0] if self.span else self.anchor or 0.0
        return min((line.top for line in self.all_lines), default=nowhere)
