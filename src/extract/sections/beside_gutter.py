"""What stands left and right of a gutter: columns of text, or cells of a table.

Lengths are in points, or in ems where they are multiplied with a font size.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

from styrmatt.extract.model.text_lines import HYPHENS, PageLine, Word, lines_of
from styrmatt.geometry import Span

_GAP_EMS, _GAP_POINTS = 1.0, 7.0
"""Ems, and points at least, from which a gap parts what is next to the gutter from what is not."""
_FEWEST_WORDS = 3
"""Words of a line of running text at least."""
_FEWEST_LINES = 4
"""Lines of running text that show a column."""
_FEWEST_TO_GO_ON = 2
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
"""Share of lines, after the first, that go on with the line above: in running text nearly all do,
in names and labels about every other."""
_PARAGRAPH = 1.3
"""Times the usual distance of two lines from which one parts paragraphs or rows."""
_SAME_HEIGHT = 0.35
"""Ems by which the first lines of one row's cells differ in height."""
_ALIGNED = 0.75
"""Share of paragraphs that begin at the same heights on both sides in a table."""
_FEWEST_ROWS = 3
"""Rows below each other that are a table across a gutter, its header among them."""
_BLANK = 0.75
"""Ems without a word on both sides that part blocks: more than leading."""
_LARGER = 0.7
"""Points by which a heading is larger than running text."""


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
            tuple(PageLine(_nearest(line.words)) for line in lines_of(right)),
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


def blocks_of(beside: Beside) -> list[Beside]:
    """What stands beside a gutter, cut where both sides are blank."""
    lines = [(line.top, line.bottom, line, 0) for line in beside.left]
    lines += [(line.top, line.bottom, line, 1) for line in beside.right]
    lines.sort(key=lambda item: item[0])
    blocks: list[Beside] = []
    sides: tuple[list[PageLine], list[PageLine]] = ([], [])
    top, reach = beside.span[0], lines[0][0]
    for line_top, bottom, line, side in lines:
        if line_top - reach > _BLANK * line.size:
            middle = (reach + line_top) / 2
            blocks.append(Beside(tuple(sides[0]), tuple(sides[1]), (top, middle)))
            sides, top = ([], []), middle
        sides[side].append(line)
        reach = max(reach, bottom)
    blocks.append(Beside(tuple(sides[0]), tuple(sides[1]), (top, beside.span[1])))
    usual = _usual_size([beside])
    return [part for block in blocks for part in _without_heading(block, usual)]


def _without_heading(block: Beside, usual: float) -> list[Beside]:
    """A block, behind the heading that stands over both of its sides, if one does.

    Its lines begin at the left; what stands below them begins at one height on both sides.
    """
    count = 0
    while count < len(block.left) and _is_larger(block.left[count], usual):
        count += 1
    heading, left = block.left[:count], block.left[count:]
    if not heading or not left or not block.right:
        return [block]
    right_top = block.right[0].top
    if right_top < heading[-1].bottom or abs(left[0].top - right_top) > _SAME_HEIGHT * usual:
        return [block]
    middle = (heading[-1].bottom + right_top) / 2
    above = Beside(heading, (), (block.span[0], middle))
    return [above, Beside(left, block.right, (middle, block.span[1]))]


def _is_larger(line: PageLine, usual: float) -> bool:
    return line.bold or line.size > usual + _LARGER


def _is_across(heading: Beside, below: Beside | None, usual: float) -> bool:
    """Whether a block is a heading over both sides of the block below it.

    One with nothing below it on either side is as well: no column ends in a heading.
    """
    if heading.right or not heading.left:
        return False
    if below is not None and not _begins_at_once(below):
        return False
    return all(_is_larger(line, usual) for line in heading.left)


def _without_last_line_above(blocks: list[Beside]) -> list[Beside]:
    """The blocks without the short last line of the text that lies across the gutter above them."""
    first = blocks[0]
    if first.right or len(first.left) > 1 or len(blocks) < 2:
        return blocks
    (line,) = first.left
    return blocks[1:] if line.top - first.span[0] < _BLANK * line.size else blocks


def without_tables(beside: Beside) -> Iterator[Beside]:
    """What stands beside a gutter, without tables and headings that lie across it."""
    blocks = _without_last_line_above(blocks_of(beside))
    usual = _usual_size([beside])
    part: list[Beside] = []
    n = 0
    while n < len(blocks):
        end = _table_end(blocks, n)
        below = blocks[n + 1] if n + 1 < len(blocks) else None
        across = _is_across(blocks[n], below, usual)
        if end == n and not across:
            part.append(blocks[n])
            n += 1
            continue
        if part:
            yield Beside.together(part)
        part, n = [], max(end, n + 1)
    while part and _is_single_line(part[-1]):
        part.pop()  # a legend, a line of notes
    if part:
        yield Beside.together(part)


def _is_single_line(block: Beside) -> bool:
    """Whether a block is one line across the gutter."""
    return len(block.left) == len(block.right) == 1 and _begins_at_once(block)


def _table_end(blocks: Sequence[Beside], first: int) -> int:
    """The number of the block behind a table across the gutter; ``first`` where none begins."""
    end, rows, usual = first, 0, _usual_size(blocks)
    gaps: list[float] = []
    for n in range(first, len(blocks)):
        if not _begins_at_once(blocks[n]):
            break
        count = _rows_in(blocks[n])
        if n > first:
            gaps.append(blocks[n].top - blocks[n - 1].bottom)
            if are_texts(blocks[n]) and gaps[-1] > _PARAGRAPH * max(gaps[:-1], default=gaps[-1]):
                break  # the text below a table stands farther away than its rows
        if n == first and not count:
            break
        if _are_headings(blocks[n], usual):
            rows += 1  # a header; two headings of columns are no end of a table
            continue
        rows += count
        end = n + 1 if count else end
    return end if rows >= _FEWEST_ROWS else first


def _usual_size(blocks: Sequence[Beside]) -> float:
    """The font size of most lines beside a gutter, in points."""
    return median(line.size for block in blocks for line in (*block.left, *block.right))


def _are_headings(block: Beside, usual: float) -> bool:
    return all(_is_larger(line, usual) for line in (*block.left, *block.right))


def _begins_at_once(block: Beside) -> bool:
    """Whether a block begins at one height on both sides, as a row does."""
    if not block.left or not block.right:
        return False
    size = block.left[0].size
    return abs(block.left[0].top - block.right[0].top) <= _SAME_HEIGHT * size


def _rows_in(block: Beside) -> int:
    """How many rows of cells a block may be: none if it may as well be columns, with some text.

    Cells of running text are a row if they end apart: paragraphs that begin together by chance, and
    end where both sides are blank, end together as well.
    """
    near = _SAME_HEIGHT * block.left[0].size
    has_text = any(_is_running_text(side, _FEWEST_TO_GO_ON) for side in (block.left, block.right))
    if has_text and block.is_long:
        return 0
    if are_texts(block):
        return int(abs(block.left[-1].bottom - block.right[-1].bottom) > near)
    if has_text:
        return 1
    tops = [line.top for line in block.right]
    return _alike([line.top for line in block.left], tops, block.left[0].size)


def are_texts(block: Beside) -> bool:
    """Whether there is running text on both sides of a gutter, of however few lines."""
    return all(_is_running_text(side, _FEWEST_TO_GO_ON) for side in (block.left, block.right))


def are_columns(beside: Beside) -> bool:
    """Whether the sides of a gutter are columns of a page, and not of a table."""
    sides = (beside.left, beside.right)
    texts = [side for side in sides if _is_running_text(side)]
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


def _is_running_text(lines: Sequence[PageLine], fewest: int = _FEWEST_LINES) -> bool:
    """Whether lines are running text, or long names; there may be tables among them."""
    prose = _prose(lines)
    if len(prose) < max(fewest, _PROSE_SHARE * len(lines)):
        return False
    going_on = sum(above is not None and _goes_on(above, line) for line, above in prose)
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
        if line.top - above.top > _PARAGRAPH * pitch or not _goes_on(above, line)
    ]


def _are_aligned(left: Sequence[PageLine], right: Sequence[PageLine]) -> bool:
    """Whether paragraphs on both sides begin at the same heights, as cells of rows do.

    Cells of a row that begin together end apart. Paragraphs that do both by chance are no cells
    where there are many lines.
    """
    few, many = sorted((_starts(left), _starts(right)), key=len)
    near = _SAME_HEIGHT * left[0].size
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
    tops = [line.top for line in rows]
    size = text[0].size
    if len(text[0].words) < _FEWEST_WORDS and _alike([text[0].top], tops, size):
        starts = starts[1:]  # a header above the comments
        if not starts:
            return True
    aligned = _alike(starts, tops, size)
    return bool(starts) and aligned >= _ALIGNED * len(starts) and 2 * aligned >= len(tops)


def _alike(heights: Sequence[float], others: Sequence[float], size: float) -> int:
    """How many heights are about those of others."""
    return sum(any(abs(y - x) <= _SAME_HEIGHT * size for x in others) for y in heights)
