"""What stands left and right of a gutter: columns of text, or cells of a table.

Lengths are in points, or in ems where they are multiplied with a font size.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final, NamedTuple

from styrmatt.extract.model.text_lines import HYPHENS, PageLine, Word, lines_of
from styrmatt.geometry import Span

_GAP_EMS, _GAP_POINTS = 1.0, 7.0
"""Ems, and points at least, from which a gap parts what is next to the gutter from what is not."""
_INDENT = 26.0
"""Points by which lines of one column may be indented: paragraphs, lists, cells of its tables."""
_FEWEST_WORDS = 3
"""Words of a line of running text at least."""
_FEWEST_LINES = 4
"""Lines of running text that show a column."""
FEWEST_TO_GO_ON: Final = 2
"""The same where it is asked whether lines are cells."""
_FEWEST_ALONE = 8
"""The same where what stands beside it is no running text: a table, a list, a box."""
_LINES_OF_SENTENCE = 10
"""Lines of a sentence in such a column at most: two or three are usual."""
_STOPS = (".", "!", "?")
"""Ends of sentences."""
MANY_LINES: Final = 8
"""Lines on both sides from which one pair of paragraphs at the same height may be a chance."""
_PROSE_SHARE = 0.4
"""Share of a column's lines that have as many words as running text: a table may stand among it."""
_GOING_ON = 0.5
"""Share of lines, after the first, that go on with the line above or follow the end of a sentence:
in running text nearly all do, in names and labels about every other."""
PARAGRAPH: Final = 1.3
"""Times the usual distance of two lines from which one parts paragraphs or rows."""
SAME_HEIGHT: Final = 0.35
"""Ems by which the first lines of one row's cells differ in height."""
_ALIGNED = 0.75
"""Share of paragraphs that begin at the same heights on both sides in a table."""


class Crossed(NamedTuple):
    """What may cross a gutter: its box, and whether it is a ruling."""

    x0: float
    x1: float
    top: float
    bottom: float
    ruling: bool


@dataclass(frozen=True)
class Beside:
    """The lines next to a gutter on its left and right, between two heights."""

    left: tuple[PageLine, ...]
    right: tuple[PageLine, ...]
    span: Span

    @classmethod
    def of(cls, left: Iterable[Word], right: Iterable[Word], span: Span) -> Beside:
        """What stands beside a gutter, of the words on its two sides."""
        return cls(
            tuple(PageLine(_nearest(line.words[::-1])[::-1]) for line in lines_of(left)),
            _first_column([PageLine(_nearest(line.words)) for line in lines_of(right)]),
            span,
        )

    @classmethod
    def together(cls, parts: Sequence[Beside]) -> Beside:
        """Parts that follow each other as one."""
        left = tuple(line for part in parts for line in part.left)
        right = tuple(line for part in parts for line in part.right)
        return cls(left, right, (parts[0].span[0], parts[-1].span[1]))

    @property
    def top(self) -> float:
        """Where the first line begins."""
        return min(lines[0].top for lines in (self.left, self.right) if lines)

    @property
    def bottom(self) -> float:
        """Where the last line ends."""
        return max(lines[-1].bottom for lines in (self.left, self.right) if lines)

    @property
    def is_long(self) -> bool:
        """Whether there are many lines on both sides: more than most cells have."""
        return min(len(self.left), len(self.right)) >= MANY_LINES


def _nearest(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words from the first on, up to a wide gap."""
    for n in range(1, len(words)):
        one, other = words[n - 1], words[n]
        gap = max(one.x0, other.x0) - min(one.x1, other.x1)
        if gap > max(_GAP_EMS * one.size, _GAP_POINTS):
            return tuple(words[:n])
    return tuple(words)


def _first_column(lines: Sequence[PageLine]) -> tuple[PageLine, ...]:
    """The lines right of a gutter, without those of columns further right.

    A cell of a table may go on below all that its row has next to the gutter.
    """
    if not lines:
        return ()
    begin = min(line.x0 for line in lines) + _INDENT
    end = max(line.x1 for line in lines if line.x0 <= begin)
    return tuple(line for line in lines if line.x0 <= end)


def are_texts(block: Beside) -> bool:
    """Whether there is running text on both sides of a gutter, of however few lines."""
    return all(is_running_text(side, FEWEST_TO_GO_ON) for side in (block.left, block.right))


def are_columns(beside: Beside) -> bool:
    """Whether the sides of a gutter are columns of a page, and not of a table."""
    sides = (beside.left, beside.right)
    texts = [side for side in sides if is_running_text(side)]
    if len(texts) == len(sides):
        return any(map(_sentence_ends, sides)) and not _are_aligned(*sides)
    if not texts or not all(sides):
        return False
    (text,) = texts
    other = sides[1] if text is sides[0] else sides[0]
    count = len(_prose(text))
    has_sentences = count <= _LINES_OF_SENTENCE * _sentence_ends(text)
    return count >= _FEWEST_ALONE and has_sentences and not _are_comments(text, other)


def _prose(lines: Sequence[PageLine]) -> list[tuple[PageLine, PageLine | None]]:
    """The lines that have as many words as running text, each with the line above it."""
    pairs = zip(lines, (None, *lines), strict=False)
    return [(line, above) for line, above in pairs if len(line.words) >= _FEWEST_WORDS]


def is_running_text(lines: Sequence[PageLine], fewest: int = _FEWEST_LINES) -> bool:
    """Whether lines are running text, or long names; there may be tables among them."""
    prose = _prose(lines)
    if len(prose) < max(fewest, _PROSE_SHARE * len(lines)):
        return False
    going_on = sum(
        above is not None and (_goes_on(above, line) or above.words[-1].text[-1:] in _STOPS)
        for line, above in prose
    )
    return going_on >= _GOING_ON * (len(prose) - 1)


def _sentence_ends(lines: Sequence[PageLine]) -> int:
    """How many words end a sentence: names and labels have none."""
    return sum(w.text[-1:] in _STOPS and w.text[:1].isalpha() for x in lines for w in x.words)


def _goes_on(above: PageLine, line: PageLine) -> bool:
    """Whether a line goes on with the text of the line above."""
    first = line.words[0].text[:1]
    return first.islower() or above.words[-1].text[-1:] in HYPHENS


def _starts(lines: Sequence[PageLine]) -> list[tuple[float, float]]:
    """Where paragraphs or rows begin and where the one before each ends; not that of the first."""
    if len(lines) < 2:
        return []
    pitch = median(line.top - above.top for above, line in pairwise(lines))
    return [
        (line.top, above.bottom)
        for above, line in pairwise(lines)
        if line.top - above.top > PARAGRAPH * pitch or not _goes_on(above, line)
    ]


def _are_aligned(left: Sequence[PageLine], right: Sequence[PageLine]) -> bool:
    """Whether paragraphs on both sides begin at the same heights, as cells of rows do.

    Cells of a row that begin together end apart. Paragraphs that do both by chance are no cells
    where there are many lines.
    """
    few, many = sorted((_starts(left), _starts(right)), key=len)
    near = SAME_HEIGHT * left[0].size
    pairs = [
        abs(end - other_end) > near
        for top, end in few
        for other, other_end in many
        if abs(top - other) <= near
    ]
    if not pairs or len(pairs) < _ALIGNED * len(few):
        return False
    return any(pairs) or min(len(left), len(right)) < MANY_LINES


def _are_comments(text: Sequence[PageLine], rows: Sequence[PageLine]) -> bool:
    """Whether running text is the comments on rows that stand beside it."""
    starts = [top for top, _ in _starts(text)]
    tops = [rows[0].top, *(top for top, _ in _starts(rows))] if rows else []
    size = text[0].size
    if len(text[0].words) < _FEWEST_WORDS and alike([text[0].top], tops, size):
        starts = starts[1:]  # a header above the comments
        if not starts:
            return True
    aligned = alike(starts, tops, size)
    return bool(starts) and aligned >= _ALIGNED * len(starts) and 2 * aligned >= len(tops)


def alike(heights: Sequence[float], others: Sequence[float], size: float) -> int:
    """How many heights are about those of others."""
    return sum(any(abs(y - x) <= SAME_HEIGHT * size for x in others) for y in heights)
