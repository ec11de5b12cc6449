"""What the breaks between words say: whether a cell goes on over a break, or another one begins.

A break-hyphen joins; an empty line, spare spaces and a new page part; a line that ends although
the next word had room in its column is the last one of its cell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from styrmatt.extract.text.cut.best_path import IMPOSSIBLE
from styrmatt.extract.text.cut.cell_words import CellWords, TextWord, printed_width
from styrmatt.extract.text.lines import TextLine

_CELL_LINE = 0.62
_SPACE = 0.5


@dataclass(frozen=True)
class TextStatistics:
    """What was measured on the whole text: its line width, traces, columns' widths and habits.

    ``own_line`` is the share of a column's cells that begin on a line of their own, ``empty`` the
    share of those that hold nothing. ``names`` are the measures' names, as far as known.
    """

    text_width: float
    blanks_tell: bool
    runs_tell: bool = False
    widths: Mapping[str, float] = field(default_factory=dict)
    own_line: Mapping[str, float] = field(default_factory=dict)
    empty: Mapping[str, float] = field(default_factory=dict)
    names: frozenset[str] = frozenset()


class Breaks:
    """Points for each word: for going on in the cell before it, and for beginning one."""

    def __init__(
        self,
        lines: Sequence[TextLine],
        words: Sequence[TextWord],
        cells: CellWords,
        sheet: TextStatistics,
        hard: frozenset[int],
    ) -> None:
        self.lines, self.words, self.cells, self.sheet, self.hard = lines, words, cells, sheet, hard
        self.within = [self._stay(n) for n in range(len(words))]
        self.before = [self._leave(n) for n in range(len(words))]
        self.broad = [printed_width(word.text) for word in words]

    def opens_page(self, at: int) -> bool:
        """Whether word ``at`` is the first of a page or stands below a repeated header."""
        word = self.words[at]
        return word.starts_line and (self.lines[word.line].opens_page or word.line in self.hard)

    def runs_before(self, at: int) -> int:
        """Traces of empty cells before word ``at``."""
        if at >= len(self.words):
            return 0
        word = self.words[at]
        return self.lines[word.line].runs if word.starts_line else word.spaces // 2

    def habit(self, name: str, at: int) -> float:
        """Points against a cell beginning a line where its column's cells never do."""
        share = self.sheet.own_line.get(name, 0.5)
        return -2.0 if self.words[at].starts_line and share <= 0.15 else 0.0

    def shape(self, name: str, at: int) -> WordShape:
        """The shape of a cell of column ``name`` that begins at word ``at``, to add words to."""
        return WordShape(self, self.sheet.widths.get(name), at)

    def _stay(self, at: int) -> float:
        if at == 0:
            return IMPOSSIBLE
        word, last = self.words[at], self.words[at - 1]
        if not word.starts_line:
            return 0.3 if word.spaces == 1 else -2.0 if word.spaces < 4 else -4.0
        line = self.lines[word.line]
        points = self._joined(word, last)
        if word.line in self.hard:
            return -9.0
        if line.opens_page:
            return points - 3.0
        if self.sheet.blanks_tell and line.blanks:
            points -= 6.0
        return points - (2.5 if line.runs > line.spare else 1.2 if line.runs else 0.0)

    def _joined(self, word: TextWord, last: TextWord) -> float:
        if is_broken(last, word):
            return 3.0
        points = 0.8 if word.lower else -0.2 if word.text[:1].isdigit() else -0.9
        return points + (1.0 if self.cells.is_hanging(last.text) else 0.0)

    def _leave(self, at: int) -> float:
        word = self.words[at]
        if at == 0:
            return 0.0
        last = self.words[at - 1]
        line = self.lines[word.line]
        if not word.starts_line:
            far = len(line.text) >= _CELL_LINE * self.sheet.text_width
            near = -2.5 if word.lower else -1.0
            return (near if word.spaces == 1 else 0.8 if word.spaces < 4 else 2.0) - (
                3.0 if far else 0.0
            )
        points = 1.0 if word.line in self.hard else 0.0
        if is_broken(last, word):
            points -= 7.0
        elif word.lower:
            points -= 2.0
        if self.cells.is_hanging(last.text):
            points -= 1.5
        if self.sheet.blanks_tell and not line.opens_page:
            points += 1.0 if line.blanks else -0.7
        return points + (0.8 if line.runs else 0.0)


class WordShape:
    """Points against a cell whose lines are too wide for its column or end with room to spare."""

    def __init__(self, breaks: Breaks, limit: float | None, at: int) -> None:
        self.breaks, self.limit = breaks, limit
        self.settled = 0.0
        self.open = 0.0
        self.wide = 0.0
        self.letters = -1
        self.at = at

    @property
    def points(self) -> float:
        """Points of the words that were added."""
        return self.settled + self.open

    def add(self, at: int) -> None:
        """Adds the next word."""
        word = self.breaks.words[at]
        if word.starts_line and at > self.at:
            self.settled += self.open + self._room(at)
            self.wide, self.letters = 0.0, -1
        self.wide += self.breaks.broad[at] + (_SPACE if self.letters >= 0 else 0.0)
        self.letters += len(word.text) + 1
        over = self.letters / self.breaks.sheet.text_width - _CELL_LINE
        self.open = -25.0 * over if over > 0 else 0.0
        if self.limit and (beyond := self.wide / self.limit - 1.15) > 0:
            self.open -= 8.0 * beyond

    def _room(self, at: int) -> float:
        """Points against the line before word ``at``, where this word would have fitted into it."""
        words = self.breaks.words
        if not self.limit or words[at - 1].text.endswith("-"):
            return 0.0
        head, hyphen, _ = words[at].text.partition("-")
        need = printed_width(head + hyphen) if hyphen and len(head) > 1 else self.breaks.broad[at]
        if head[:1].isdigit() and at + 1 < len(words) and not words[at + 1].starts_line:
            need += _SPACE + self.breaks.broad[at + 1]
        if self.wide + _SPACE + need > 0.9 * self.limit:
            return 0.0
        return -0.8 if words[at].lower else -1.8


def is_broken(last: TextWord, word: TextWord) -> bool:
    """Whether the two are one word, broken at a line's end."""
    return (
        last.ends_line
        and word.lower
        and len(last.text) > 1
        and last.text.endswith("-")
        and last.text[-2].isalpha()
    )
