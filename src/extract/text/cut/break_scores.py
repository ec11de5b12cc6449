"""Points of the breaks between words: whether a cell goes on over a break, or another one begins.

A break-hyphen joins; an empty line, wide gaps and a new page separate; a line that ends although
the next word had room in its column is the last one of its cell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from styrmatt.extract.text.cut import weights
from styrmatt.extract.text.cut.best_path import NEG_INF
from styrmatt.extract.text.cut.cell_words import WIDE_GAP, CellLexicon, TextWord, printed_width
from styrmatt.extract.text.lines import TextLine

CELL_LINE = 0.62
"""Share of the text's width that a line within a cell takes at most.

A table has at least three columns, so even the widest column is far from the whole width; a line of
narrative is above 0.68 (see ``end_scores``), and the values between are left to other cues.
"""
_SPACE = 0.5
"""Width of a space, in letters of medium width; the same as in ``printed_width``."""
_SELDOM = 0.15
"""Share of a column's cells that begin a line, up to which such a beginning is unusual."""
_UNKNOWN_SHARE = 0.5
"""Share that is assumed before a first cut was made: neither usual nor unusual."""
_SLACK = 1.15
"""A line may be so many times as wide as its column: widths of letters are rough guesses."""
_FILLED = 0.9
"""Share of the column that line and next word must leave over for the word to have had room.

Below 1 for the same reason: a word that would just have fitted says nothing.
"""


@dataclass(frozen=True)
class TextStatistics:
    """What was measured on a whole text and, after a first cut, on the cells of its tables.

    ``text_width``: characters of a full line. ``blank_lines_separate`` and
    ``empty_cells_leave_traces``: whether the file has such cues at all. By column:
    ``column_widths`` in letters of medium width, ``line_start_share`` of its cells that begin on a
    line of their own, ``empty_share`` of its cells that hold nothing. ``measure_names`` are the
    beginnings of measures' names.
    """

    text_width: float
    blank_lines_separate: bool
    empty_cells_leave_traces: bool = False
    column_widths: Mapping[str, float] = field(default_factory=dict)
    line_start_share: Mapping[str, float] = field(default_factory=dict)
    empty_share: Mapping[str, float] = field(default_factory=dict)
    measure_names: frozenset[str] = frozenset()


class BreakScores:
    """Points of the break before each word of a table.

    ``stay[n]``: points for word ``n`` going on in the cell of the word before it. ``start[n]``:
    points for a cell beginning with it. ``header_repeat_lines`` are the lines before which the
    table's header was repeated.
    """

    def __init__(
        self,
        lines: Sequence[TextLine],
        words: Sequence[TextWord],
        lexicon: CellLexicon,
        statistics: TextStatistics,
        header_repeat_lines: frozenset[int],
    ) -> None:
        self.lines, self.words, self.lexicon = lines, words, lexicon
        self.statistics, self.header_repeat_lines = statistics, header_repeat_lines
        self.stay = [self._stay(n) for n in range(len(words))]
        self.start = [self._start(n) for n in range(len(words))]
        self.word_widths = [printed_width(word.text) for word in words]

    def opens_page(self, at: int) -> bool:
        """Whether word ``at`` is the first of a page or stands below a repeated header."""
        word = self.words[at]
        return word.starts_line and (
            self.lines[word.line].opens_page or word.line in self.header_repeat_lines
        )

    def traces_before(self, at: int) -> int:
        """Traces of empty cells before word ``at``: lines of spaces, or pairs of spaces."""
        if at >= len(self.words):
            return 0
        word = self.words[at]
        return self.lines[word.line].empty_cell_traces if word.starts_line else word.spaces // 2

    def unusual_line_start(self, name: str, at: int) -> float:
        """Points against a cell beginning a line where its column's cells hardly ever do."""
        share = self.statistics.line_start_share.get(name, _UNKNOWN_SHARE)
        unusual = self.words[at].starts_line and share <= _SELDOM
        return weights.UNUSUAL_LINE_START if unusual else 0.0

    def shape(self, name: str, at: int) -> CellShape:
        """The shape of a cell of column ``name`` that begins at word ``at``, to add words to."""
        return CellShape(self, self.statistics.column_widths.get(name), at)

    def _stay(self, at: int) -> float:
        if at == 0:
            return NEG_INF
        word, last = self.words[at], self.words[at - 1]
        if not word.starts_line:
            if word.spaces == 1:
                return weights.SAME_LINE_ONE_SPACE_STAYS
            if word.spaces < WIDE_GAP:
                return weights.SAME_LINE_FEW_SPACES_STAYS
            return weights.SAME_LINE_WIDE_GAP_STAYS
        line = self.lines[word.line]
        points = self._line_joins(word, last)
        if word.line in self.header_repeat_lines:
            return weights.REPEATED_HEADER_STAYS
        if line.opens_page:
            return points + weights.NEW_PAGE_STAYS
        if self.statistics.blank_lines_separate and line.blank_lines_before:
            points += weights.EMPTY_LINE_STAYS
        if line.empty_cell_traces > line.trailing_traces:
            return points + weights.EMPTY_CELL_TRACE_STAYS
        return points + (weights.TRAILING_SPACES_STAY if line.empty_cell_traces else 0.0)

    def _line_joins(self, word: TextWord, last: TextWord) -> float:
        """Points of the words on both sides of a line's end for one cell."""
        if is_broken(last, word):
            return weights.BREAK_HYPHEN_STAYS
        if word.starts_lower:
            points = weights.SMALL_LETTER_STAYS
        elif word.text[:1].isdecimal():
            points = weights.FIGURE_STAYS
        else:
            points = weights.CAPITAL_STAYS
        unfinished = self.lexicon.is_unfinished(last.text)
        return points + (weights.UNFINISHED_LINE_STAYS if unfinished else 0.0)

    def _start(self, at: int) -> float:
        word = self.words[at]
        if at == 0:
            return 0.0
        last = self.words[at - 1]
        line = self.lines[word.line]
        if not word.starts_line:
            return self._start_within_line(word, line)
        points = weights.REPEATED_HEADER_STARTS if word.line in self.header_repeat_lines else 0.0
        if is_broken(last, word):
            points += weights.BREAK_HYPHEN_STARTS
        elif word.starts_lower:
            points += weights.SMALL_LETTER_STARTS
        if self.lexicon.is_unfinished(last.text):
            points += weights.AFTER_UNFINISHED_LINE_STARTS
        if self.statistics.blank_lines_separate and not line.opens_page:
            blank = line.blank_lines_before
            points += weights.EMPTY_LINE_STARTS if blank else weights.NO_EMPTY_LINE_STARTS
        return points + (weights.EMPTY_CELL_TRACE_STARTS if line.empty_cell_traces else 0.0)

    def _start_within_line(self, word: TextWord, line: TextLine) -> float:
        if word.spaces == 1:
            lower = word.starts_lower
            points = weights.SMALL_LETTER_SAME_LINE_STARTS if lower else weights.ONE_SPACE_STARTS
        elif word.spaces < WIDE_GAP:
            points = weights.FEW_SPACES_STARTS
        else:
            points = weights.WIDE_GAP_STARTS
        full = len(line.text) >= CELL_LINE * self.statistics.text_width
        return points + (weights.FULL_LINE_STARTS if full else 0.0)


class CellShape:
    """Points against a cell whose lines are too wide for its column or end with room to spare.

    ``column_width``: in letters of medium width; None where it is not known yet.
    """

    def __init__(self, breaks: BreakScores, column_width: float | None, at: int) -> None:
        self.breaks, self.column_width = breaks, column_width
        self.at = at
        self.full_lines_points = 0.0
        self.last_line_points = 0.0
        self.line_width = 0.0
        self.line_letters = -1

    @property
    def points(self) -> float:
        """Points of the words that were added."""
        return self.full_lines_points + self.last_line_points

    def add(self, at: int) -> None:
        """Add the next word."""
        word = self.breaks.words[at]
        if word.starts_line and at > self.at:
            self.full_lines_points += self.last_line_points + self._room_left(at)
            self.line_width, self.line_letters = 0.0, -1
        self.line_width += self.breaks.word_widths[at] + (_SPACE if self.line_letters >= 0 else 0.0)
        self.line_letters += len(word.text) + 1
        over = self.line_letters / self.breaks.statistics.text_width - CELL_LINE
        self.last_line_points = weights.TOO_WIDE_FOR_A_CELL * over if over > 0 else 0.0
        if self.column_width and (over := self.line_width / self.column_width - _SLACK) > 0:
            self.last_line_points += weights.TOO_WIDE_FOR_ITS_COLUMN * over

    def _room_left(self, at: int) -> float:
        """Points against the line before word ``at``, where this word would have fitted into it.

        A figure is not broken from its unit, nor a word elsewhere than at its hyphen.
        """
        words = self.breaks.words
        if not self.column_width or words[at - 1].text.endswith("-"):
            return 0.0
        widths = self.breaks.word_widths
        head, hyphen, _ = words[at].text.partition("-")
        need = printed_width(head + hyphen) if hyphen and len(head) > 1 else widths[at]
        if head[:1].isdecimal() and at + 1 < len(words) and not words[at + 1].starts_line:
            need += _SPACE + widths[at + 1]
        if self.line_width + _SPACE + need > _FILLED * self.column_width:
            return 0.0
        return weights.ROOM_LEFT_SMALL_LETTER if words[at].starts_lower else weights.ROOM_LEFT


def is_broken(last: TextWord, word: TextWord) -> bool:
    """Whether the two are one word, broken at a line's end."""
    return (
        last.ends_line
        and word.starts_lower
        and len(last.text) > 1
        and last.text.endswith("-")
        and last.text[-2].isalpha()
    )
