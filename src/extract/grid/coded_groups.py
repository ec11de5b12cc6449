"""Rows that name the goal of the rows below, with its code in a cell of its own before the name."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from styrmatt.extract.grid.columns.grid_columns import GridColumns
from styrmatt.extract.grid.table_span import GridLine
from styrmatt.extract.model.page import Page
from styrmatt.extract.model.text_lines import PageLine, Word

_AT_BOUND = 3.0
"""Points by which a ruling may miss the bound that it stands at."""
_LONGEST_CODE = 4
"""Characters of a code at most that stands before a text over the whole width."""
_GAP = 0.6
"""Ems between such a code and the text: more than a space."""
_CODE_ENDS = " .:)"
"""Signs behind a code that are no part of it."""


def coded_cells(columns: GridColumns, line: PageLine, number: int) -> tuple[list[Word], list[Word]]:
    """The words of a line in the column of codes, and those behind it."""
    end = columns.bounds[number + 1]
    return (
        [word for word in line.words if (word.x0 + word.x1) / 2 < end],
        [word for word in line.words if (word.x0 + word.x1) / 2 >= end],
    )


def without_code(columns: GridColumns, line: PageLine, number: int) -> PageLine:
    """A row over the whole width without a code that a gap parts from the text behind it.

    The code stands in the column of codes, and the text begins in the column behind that.
    """
    code, text = coded_cells(columns, line, number)
    if not code or not text or text[0].x0 < columns.bounds[number + 1]:
        return line
    is_code = len(code) == 1 and len(code[0].text.strip(_CODE_ENDS)) <= _LONGEST_CODE
    gap = text[0].x0 - code[-1].x1
    return PageLine(tuple(text)) if is_code and gap > _GAP * line.size else line


def is_parent(code: str, below: str) -> bool:
    """Whether a code is the beginning of another one, of a lower level: "A1" of "A1.2"."""
    code, below = code.strip(_CODE_ENDS).casefold(), below.strip(_CODE_ENDS).casefold()
    rest = below.removeprefix(code)
    if not code or rest == below or not rest:
        return False
    return not (code[-1].isdecimal() and rest[0].isdecimal())


@dataclass(frozen=True)
class CodedGroups:
    """Tells rows of goals with a code from measures without figures.

    They hold nothing but code and name, and are set otherwise than the measures. Either the codes
    of the rows below go on theirs, or their name's cell is merged over the columns of figures.
    """

    page: Page
    columns: GridColumns
    number: int | None
    name: int | None
    style_of: Callable[[Sequence[Word]], Hashable]
    """How words of one line are set."""

    def is_group(self, one: GridLine, body: Sequence[GridLine]) -> bool:
        """Whether a line is the first of such a row; ``body`` are the table's lines."""
        if self.number is None or self.name != self.number + 1 or not self._is_bare(one):
            return False
        measures = [other for other in body if other.is_row and not self._is_bare(other)]
        if not measures or not self._is_set_apart(one, measures):
            return False
        first = self._first_below(one, body)
        if first is not None and is_parent(self._code(one), self._code(first)):
            return True
        if first is None and self._is_as_parents(one, body):
            return True  # its measures stand overleaf
        return not self._is_parted(one) and all(map(self._is_parted, measures))

    def _first_below(self, one: GridLine, body: Sequence[GridLine]) -> GridLine | None:
        """The first row with a code below a line."""
        below = (line for line in body if line.line.top > one.line.top and line.is_row)
        return next((line for line in below if self.number in line.columns), None)

    def _is_as_parents(self, one: GridLine, body: Sequence[GridLine]) -> bool:
        """Whether a line is set as those are whose codes begin the codes below them.

        Its own code is as long as theirs.
        """
        style, code = self._style(one), self._code(one)
        for other in body:
            if other is one or not self._is_bare(other) or self._style(other) != style:
                continue
            first = self._first_below(other, body)
            alike = len(self._code(other)) == len(code)
            if alike and first is not None and is_parent(self._code(other), self._code(first)):
                return True
        return False

    def _is_bare(self, one: GridLine) -> bool:
        """Whether a line has a code and a name, and nothing else."""
        return not one.note and not one.has_marks and one.columns == {self.number, self.name}

    def _is_set_apart(self, one: GridLine, measures: Sequence[GridLine]) -> bool:
        styles = {self._style(other) for other in measures if self.name in other.columns}
        return self._style(one) not in styles

    def _style(self, one: GridLine) -> Hashable:
        """How the first words of a line's name are set."""
        end = self.columns.bounds[(self.name or 0) + 1]
        behind = coded_cells(self.columns, one.line, self.number or 0)[1]
        return self.style_of([word for word in behind if word.x0 < end] or one.line.words)

    def _code(self, one: GridLine) -> str:
        words, _ = coded_cells(self.columns, one.line, self.number or 0)
        return " ".join(word.text for word in words)

    def _is_parted(self, one: GridLine) -> bool:
        """Whether rulings part columns behind the name at the height of a line."""
        inner = self.columns.bounds[(self.name or 0) + 1 : -1]
        return any(
            rule.start <= one.line.middle_height <= rule.end
            for rule in self.page.verticals
            if not rule.edge_of_fill and any(abs(rule.at - x) <= _AT_BOUND for x in inner)
        )
