"""Where a table in a text ends and the narrative begins: what the lines that follow look like."""

from __future__ import annotations

from collections.abc import Sequence

from styrmatt.extract.text.cut.best_path import IMPOSSIBLE
from styrmatt.extract.text.cut.break_scores import TextStatistics, is_broken
from styrmatt.extract.text.cut.cell_words import CellWords, TextWord, is_sign, printed_width
from styrmatt.extract.text.lines import TextLine
from styrmatt.whitespace import squeeze

NAME_LETTERS = 24
"""Letters that tell a measure's name."""
_TEXT_LINE = 0.68
_CELL_LINE = 0.62
_NO_ROWS = 4.0
"""Points against a header without any row below it."""


class Ends:
    """Points for each word that the table ends before it."""

    def __init__(
        self,
        lines: Sequence[TextLine],
        words: Sequence[TextWord],
        cells: CellWords,
        sheet: TextStatistics,
        *,
        boards: bool,
        closed: bool,
    ) -> None:
        self.lines, self.words, self.cells, self.sheet = lines, words, cells, sheet
        self.boards, self.closed = boards, closed

    def end(self, at: int) -> float:
        """Points for the table ending before word ``at``: what follows is narrative."""
        if at == len(self.words):
            return 0.0 if self.closed else -1.0
        word = self.words[at]
        if not word.starts_line:
            return IMPOSSIBLE
        line = self.lines[word.line]
        points = self._narrative(word.line) - (_NO_ROWS if at == 0 else 0.0)
        if at and is_broken(self.words[at - 1], word):
            points -= 5.0
        if word.lower:
            points -= 3.0
        if self.sheet.blanks_tell and not line.opens_page:
            points += 0.8 if line.blanks else -3.0
        points += 3.0 if self._names_measure(word.line) else 0.0
        return points + (0.5 if line.opens_page else 0.0)

    def _names_measure(self, at: int) -> bool:
        """Whether a line too wide for a cell is (the beginning of) a measure's name: a heading."""
        line = self.lines[at].text
        limit = self.sheet.widths.get("measure")
        if not limit or printed_width(line) < 1.3 * limit:
            return False
        return squeeze(line)[:NAME_LETTERS] in self.sheet.names

    def _narrative(self, at: int) -> float:
        """Points for the lines from ``at`` on being text: a heading or two, then full lines."""
        points = 0.0
        for n, line in enumerate(self.lines[at : at + 6]):
            if len(line.text) >= _TEXT_LINE * self.sheet.text_width:
                return points + (3.0, 2.5, 2.0, 0.5, -1.0, -2.0)[n]
            if line.text.endswith("-") and len(line.text) < _CELL_LINE * self.sheet.text_width:
                points -= 4.0
            if all(is_sign(char) for char in line.text if not char.isspace()):
                points -= 4.0
            if self.boards and self.cells.is_known_board(line.text.split()[0]):
                points -= 5.0
        return points - 1.5 * min(6, len(self.lines) - at)
