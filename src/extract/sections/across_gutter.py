"""What lies across a gutter between columns: tables, and headings too short to show it.

Lengths are in points, or in ems where they are multiplied with a font size.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

from styrmatt.extract.model.text_lines import PageLine
from styrmatt.extract.sections.beside_gutter import (
    FEWEST_TO_GO_ON,
    PARAGRAPH,
    SAME_HEIGHT,
    Beside,
    alike,
    are_texts,
    is_running_text,
)
from styrmatt.extract.sections.tables_apart import ColumnPair

_FEWEST_ROWS = 3
"""Rows below each other that are a table across a gutter, its header among them."""
_BLANK = 0.75
"""Ems without a word on both sides that part blocks: more than leading."""
_WIDE_BLANK = 6.0
"""Ems without a word in a column, beside headings, from which these lie across: the widest space
around a heading within a column is less."""
_MOST_HEADING_LINES = 3
"""Lines of a heading over columns at most."""
_LARGER = 0.7
"""Points by which a heading is larger than running text."""


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


def without_last_headings(beside: Beside) -> Beside:
    """What stands beside a gutter, without headings of what is below it."""
    blocks = blocks_of(beside)
    usual = _usual_size(blocks)
    while len(blocks) > 1 and _are_last_headings(blocks[-1], usual):
        blocks.pop()
    return Beside.together(blocks)


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
    if right_top < heading[-1].bottom or abs(left[0].top - right_top) > SAME_HEIGHT * usual:
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


def _end_of_headings(blocks: Sequence[Beside], first: int, usual: float) -> int:
    """The number of the block behind headings that end a pair of columns, and begin another one.

    They and what stands between them, such as a legend, have a wide blank beside them, which begins
    above and ends below them: in a column it would stand between two paragraphs. ``first`` where
    there are none.
    """
    end = first
    while end < len(blocks) and _may_head(blocks[end]):
        end += 1
    lines = blocks[first].left
    if end in (first, len(blocks)) or not all(_is_larger(line, usual) for line in lines):
        return first
    above = [line.bottom for block in blocks[:first] for line in block.right]
    if not above or not blocks[end].right or not blocks[end].left:
        return first
    top, bottom = max(above), blocks[end].right[0].top
    inside = top <= lines[0].top and blocks[end - 1].left[-1].bottom <= bottom
    return end if inside and bottom - top > _WIDE_BLANK * usual else first


def _may_head(block: Beside) -> bool:
    """Whether a block is a heading or a line such as a legend on the left, and nothing else."""
    few = 0 < len(block.left) <= _MOST_HEADING_LINES and not block.right
    return few and not is_running_text(block.left, FEWEST_TO_GO_ON)


def _without_last_line_above(blocks: list[Beside]) -> list[Beside]:
    """The blocks without the short last line of the text that lies across the gutter above them."""
    first = blocks[0]
    if first.right or len(first.left) > 1 or len(blocks) < 2:
        return blocks
    (line,) = first.left
    return blocks[1:] if line.top - first.span[0] < _BLANK * line.size else blocks


def without_tables(beside: Beside, pair: ColumnPair) -> Iterator[Beside]:
    """What stands beside a gutter, without tables and headings that lie across it.

    ``pair`` are the columns beside it: where each has a table of its own, none lies across.
    """
    blocks = _without_last_line_above(blocks_of(beside))
    usual = _usual_size([beside])
    part: list[Beside] = []
    n = 0
    while n < len(blocks):
        end = _table_end(blocks, n)
        if end > n and pair.have_tables((blocks[n].top, blocks[end - 1].bottom)):
            span = (blocks[n].span[0], blocks[end - 1].span[1])
            part.append(Beside((), (), span))  # columns, though no text shows it
            n = end
            continue
        below = blocks[n + 1] if n + 1 < len(blocks) else None
        across = _is_across(blocks[n], below, usual)
        if end == n:
            end = _end_of_headings(blocks, n, usual)
        if end == n and not across:
            part.append(blocks[n])
            n += 1
            continue
        if part:
            yield Beside.together(part)
        part, n = [], max(end, n + 1)
    while part and (_is_single_line(part[-1]) or _are_last_headings(part[-1], usual)):
        part.pop()  # a legend, a line of notes, headings of what is below the columns
    if part:
        yield Beside.together(part)


def _are_last_headings(block: Beside, usual: float) -> bool:
    """Whether a block below which nothing stands is headings: no column ends in one."""
    if block.right or not block.left:
        return False
    return all(_is_larger(line, usual) for line in block.left)


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
            if are_texts(blocks[n]) and gaps[-1] > PARAGRAPH * max(gaps[:-1], default=gaps[-1]):
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
    return abs(block.left[0].top - block.right[0].top) <= SAME_HEIGHT * size


def _rows_in(block: Beside) -> int:
    """How many rows of cells a block may be: none if it may as well be columns, with some text.

    Cells of running text are a row if they end apart: paragraphs that begin together by chance, and
    end where both sides are blank, end together as well.
    """
    near = SAME_HEIGHT * block.left[0].size
    has_text = any(is_running_text(side, FEWEST_TO_GO_ON) for side in (block.left, block.right))
    if has_text and block.is_long:
        return 0
    if are_texts(block):
        return int(abs(block.left[-1].bottom - block.right[-1].bottom) > near)
    if has_text:
        return 1
    tops = [line.top for line in block.right]
    return alike([line.top for line in block.left], tops, block.left[0].size)
