"""Points of a table's end in a text: whether the lines that follow look like narrative."""

from __future__ import annotations

from collections.abc import Sequence

from styrmatt.extract.text.cut import weights
from styrmatt.extract.text.cut.best_path import NEG_INF
from styrmatt.extract.text.cut.break_scores import CELL_LINE, TextStatistics, is_broken
from styrmatt.extract.text.cut.cell_words import CellLexicon, TextWord, is_sign, printed_width
from styrmatt.extract.text.lines import TextLine
from styrmatt.whitespace import squeeze

NAME_LETTERS = 24
"""Letters by which a measure's name is known: fewer begin several names, more do not fit into the
first line of a heading."""
_TEXT_LINE = 0.68
"""Share of the text's width from which a line is narrative: above ``CELL_LINE``, and below lines
that end early because a long word did not fit."""
_WIDER_THAN_COLUMN = 1.3
"""So many times as wide as the column of measures, a line is not one of its cells'.

Above the slack that cells have (1.15): such a line must be no cell at all.
"""


class EndScores:
    """Points for each word that the table ends before it.

    ``has_boards``: the table has a column of boards. ``closed``: a heading or another table, not
    running text, ends the lines in which the table lies.
    """

    def __init__(
        self,
        lines: Sequence[TextLine],
        words: Sequence[TextWord],
        lexicon: CellLexicon,
        statistics: TextStatistics,
        *,
        has_boards: bool,
        closed: bool,
    ) -> None:
        self.lines, self.words, self.lexicon, self.statistics = lines, words, lexicon, statistics
        self.has_boards, self.closed = has_boards, closed

    def table_end(self, at: int) -> float:
        """Points for the table ending before word ``at``: what follows is narrative."""
        if at == len(self.words):
            return 0.0 if self.closed else weights.END_OF_OPEN_REGION
        word = self.words[at]
        if not word.starts_line:
            return NEG_INF
        line = self.lines[word.line]
        points = self._narrative_follows(word.line) + (weights.NO_ROWS if at == 0 else 0.0)
        if at and is_broken(self.words[at - 1], word):
            points += weights.END_IN_BROKEN_WORD
        if word.starts_lower:
            points += weights.END_BEFORE_SMALL_LETTER
        if self.statistics.blank_lines_separate and not line.opens_page:
            blank = line.blank_lines_before
            points += weights.END_AT_EMPTY_LINE if blank else weights.END_WITHOUT_EMPTY_LINE
        points += weights.END_AT_MEASURE_NAME if self._is_heading_of_measure(word.line) else 0.0
        return points + (weights.END_AT_PAGE if line.opens_page else 0.0)

    def _is_heading_of_measure(self, at: int) -> bool:
        """Whether a line too wide for a cell is (the beginning of) a measure's name: a heading."""
        line = self.lines[at].text
        column_width = self.statistics.column_widths.get("measure")
        if not column_width or printed_width(line) < _WIDER_THAN_COLUMN * column_width:
            return False
        return squeeze(line)[:NAME_LETTERS] in self.statistics.measure_names

    def _narrative_follows(self, at: int) -> float:
        """Points for the lines from ``at`` on being text: a heading or two, then full lines."""
        points = 0.0
        text_width = self.statistics.text_width
        reach = len(weights.FULL_LINE_AFTER)
        for n, line in enumerate(self.lines[at : at + reach]):
            if len(line.text) >= _TEXT_LINE * text_width:
                return points + weights.FULL_LINE_AFTER[n]
            if line.text.endswith("-") and len(line.text) < CELL_LINE * text_width:
                points += weights.HYPHEN_BEFORE_FULL_LINE
            if all(is_sign(char) for char in line.text if not char.isspace()):
                points += weights.SYMBOLS_BEFORE_FULL_LINE
            if self.has_boards and self.lexicon.is_known_board(line.text.split()[0]):
                points += weights.BOARD_BEFORE_FULL_LINE
        return points + weights.EACH_LINE_WITHOUT_FULL_LINE * min(reach, len(self.lines) - at)
