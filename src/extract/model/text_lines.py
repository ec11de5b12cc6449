"""Words of a page, the lines they stand on, and lines as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Final, NamedTuple

from styrmatt.extract.model.cached import cached_attribute
from styrmatt.printed import Bbox

HYPHENS: Final = ("-", "\u2010", "\u2011", "\u00ad", "\ufffe")
"""Characters that may end a line in the middle of a word."""

_SAME_LINE = 0.5
"""Words share a line if this share of the smaller one's height overlaps: enough to part lines that
are set tight, and little enough to keep a raised digit on its line."""
_NO_SPACE = 0.1
"""Ems between two words below which no space is written: half of the narrowest space of a
justified line. Some producers change the font in the middle of a word, which makes it two."""
_FOOTNOTE_SIZE = 0.8
"""A footnote mark is smaller than this share of the word before it; fonts' own superscripts are
about 0.6."""
_FOOTNOTE_RAISED = 0.1
"""Ems by which a footnote mark's lower end is higher than that of the word before it."""
_HIGH_FOOTNOTE_SIZE, _HIGH_FOOTNOTE_RAISED = 0.95, 0.3
"""The same two for marks that stand so high that they need not be small: web pages print them at
five sixths of the text, and some styles enlarge that again."""
_FOOTNOTE_GAP = 0.3
"""Ems between a word and its footnote mark at most: less than a column gap, more than a space."""
_FOOTNOTE_DIGITS = 2
"""Digits of a footnote mark at most."""
_UNITS_WITH_EXPONENT = ("m", "km", "cm", "dm", "mm")
"""After these a raised digit is an exponent and no footnote mark."""
_COLUMN_GAP_EMS, _COLUMN_GAP_POINTS = 0.45, 3.2
"""Ems, and points at least, from which a gap between two words is a gap between columns and not a
space: a space is about 0.25 em, up to 0.4 in a justified line. The points are for small print,
whose columns are no closer to each other."""


class Word(NamedTuple):
    """A run of characters without a space, in one font."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    """Font size in points."""
    bold: bool = False
    colour: str | None = None
    font: str = ""

    @property
    def bbox(self) -> Bbox:
        """Its box."""
        return (self.x0, self.top, self.x1, self.bottom)

    @property
    def middle(self) -> float:
        """The height of its middle on the page."""
        return (self.top + self.bottom) / 2


@dataclass(eq=False)
class PageLine:
    """The words on one line, left to right. Whatever follows from them is computed once."""

    words: tuple[Word, ...]

    @cached_attribute
    def text(self) -> str:
        """The words with single spaces; raised digits as footnote marks ``[1]``."""
        return join_words(self.words)

    @property
    def bbox(self) -> Bbox:
        """The box around its words."""
        return (self.words[0].x0, self.top, self.x1, self.bottom)

    @property
    def x0(self) -> float:
        """Left end."""
        return self.words[0].x0

    @cached_attribute
    def x1(self) -> float:
        """Right end."""
        return max([word.x1 for word in self.words])

    @cached_attribute
    def top(self) -> float:
        """Upper end."""
        return min([word.top for word in self.words])

    @cached_attribute
    def bottom(self) -> float:
        """Lower end."""
        return max([word.bottom for word in self.words])

    @cached_attribute
    def middle_height(self) -> float:
        """The height of its middle on the page."""
        return (self.top + self.bottom) / 2

    @cached_attribute
    def size(self) -> float:
        """The font size (points, one decimal) of most of its characters."""
        return _main_size(self.words)

    @cached_attribute
    def bold(self) -> bool:
        """Whether all its words are bold; words without a letter or digit do not count."""
        with_letters = [word.bold for word in self.words if any(map(str.isalnum, word.text))]
        return bool(with_letters) and all(with_letters)


def _main_size(words: Sequence[Word]) -> float:
    characters: dict[float, int] = {}
    for word in words:
        characters[word.size] = characters.get(word.size, 0) + len(word.text)
    if len(characters) == 1:
        return round(words[0].size, 1)
    rounded: dict[float, int] = {}
    for size, count in characters.items():
        rounded[round(size, 1)] = rounded.get(round(size, 1), 0) + count
    return max(rounded, key=lambda size: (rounded[size], size))


def lines_of(words: Iterable[Word]) -> list[PageLine]:
    """The words as lines, top to bottom; words share a line where their heights overlap by half."""
    rows: list[list[Word]] = []
    largest: list[Word] = []
    ordered = sorted([((w.top + w.bottom) / 2, w.x0, n, w) for n, w in enumerate(words)])
    for _, _, _, word in ordered:
        if rows and _same_line(largest[-1], word):
            rows[-1].append(word)
            if word.size > largest[-1].size:
                largest[-1] = word
        else:
            rows.append([word])
            largest.append(word)
    return [PageLine(tuple(sorted(row, key=_x0))) for row in rows]


_x0 = attrgetter("x0")


def _same_line(largest: Word, word: Word) -> bool:
    """Whether a word shares a line with the largest of its words so far."""
    _, _, top, _, bottom, *_ = largest
    _, _, word_top, _, word_bottom, *_ = word
    if top == word_top and bottom == word_bottom:  # most are alike
        return True
    overlap = min(bottom, word_bottom) - max(top, word_top)
    return overlap >= _SAME_LINE * min(bottom - top, word_bottom - word_top)


def join_words(words: Sequence[Word]) -> str:
    """The words of one line as text: spaces where there are gaps, footnote marks in brackets."""
    if not words:
        return ""
    before = words[0]
    parts = [before.text]
    for word in words[1:]:
        if word.text.isdecimal() and is_footnote(before, word):
            parts.append(f"[{word.text}]")
        elif word.x0 - before.x1 < _NO_SPACE * max(word.size, before.size):
            parts.append(word.text)
        else:
            parts += (" ", word.text)
        before = word
    return "".join(parts)


def is_footnote(before: Word, word: Word) -> bool:
    """Whether a word is a small raised number right after another, and no exponent as in m2."""
    if len(word.text) > _FOOTNOTE_DIGITS or not word.text.isdecimal():
        return False
    raised = before.bottom - word.bottom
    is_high = raised > _HIGH_FOOTNOTE_RAISED * before.size
    return (
        raised > _FOOTNOTE_RAISED * before.size
        and word.size < (_HIGH_FOOTNOTE_SIZE if is_high else _FOOTNOTE_SIZE) * before.size
        and word.x0 - before.x1 < _FOOTNOTE_GAP * before.size
        and before.text.casefold() not in _UNITS_WITH_EXPONENT
    )


def split_at_gaps(line: PageLine) -> Iterator[list[Word]]:
    """The line's words in groups, left to right, whose words are only a space apart."""
    group: list[Word] = []
    for word in line.words:
        if group:
            gap = word.x0 - group[-1].x1
            if gap > _COLUMN_GAP_POINTS and gap > _COLUMN_GAP_EMS * word.size:
                yield group
                group = []
        group.append(word)
    if group:
        yield group
