"""Where another table begins below one: at a row of labels that is set like the header above.

The other table may hold anything (a budget, activities), so that no word of its header need be
known. What shows it is its look: bold, in the header's colour, on the header's shading.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from styrmatt.extract.grid.headers.chains import chain_text, chains_of, ground_of
from styrmatt.extract.grid.headers.header_block import HeaderBlock
from styrmatt.extract.grid.headers.header_like import is_label
from styrmatt.extract.headers.header_words import HeaderWords
from styrmatt.extract.model.page import Page
from styrmatt.extract.model.text_lines import PageLine, Word

_FEWEST_LABELS = 3
"""Labels of a header whose words are not all known: a goal's row over the whole width is set like
the header, too, and has its name and its status."""
_APART = 1.25
"""Times the distance of rows at which bold labels in another colour are of another table."""
_SAME_SIZE = 0.5
"""Points by which the font sizes of rows of one table differ."""
_NO_LEADING = 0.95
"""Ems: lines of one header are never set nearer to each other."""
_LEADING = 1.1
"""Ems between two lines of one header at most."""


_ALIGNED = 3.0
"""Points by which a label begins or ends beside the end of another that it is aligned with."""


class Look(NamedTuple):
    """How words are set: bold, in a colour, on the shading of a colour."""

    bold: bool
    colour: str | None
    shading: str | None


def next_header_top(
    page: Page, block: HeaderBlock, lines: Sequence[PageLine], limit: float, known: HeaderWords
) -> float:
    """Where another table's header begins below a header, in points; ``limit`` where none does.

    A header that is set like the rows below it shows nothing; the name of a goal over the whole
    width may stand above the first row.
    """
    words = [word for cell in block.cells for word in cell.words]
    below = [line for line in lines if block.bbox[3] < line.middle_height < limit]
    if not words or not below:
        return limit
    header = _look(page, words)
    row = next((line for line in below if len(chains_of(page, line)) > 1), below[0])
    looks = [_look(page, line.words) for line in (below[0], row)]
    if header in looks:
        return limit
    for n, line in enumerate(below[1:], 1):
        look = _look(page, line.words)
        bold = look.bold and header.bold and not looks[1].bold and _stands_apart(below[: n + 1])
        if not (bold or _is_alike(look, header)):
            continue
        elsewhere = _is_shaded_elsewhere(page, line, block, header)
        if _is_header(page, line, known, 2 if elsewhere else _FEWEST_LABELS):
            return _top_of_header(page, below[: n + 1], header)
    return limit


def header_look(page: Page, block: HeaderBlock) -> Look | None:
    """How a header is set; None where it has no words."""
    words = [word for cell in block.cells for word in cell.words]
    return _look(page, words) if words else None


def header_top_overleaf(
    page: Page,
    before: tuple[HeaderBlock, Look | None],
    lines: Sequence[PageLine],
    limit: float,
    known: HeaderWords,
) -> float:
    """Where a shaded header begins overleaf that is set as the header of the table ``before``.

    That table ends there at the latest; ``limit`` where there is none.
    """
    block, look = before
    if look is None or look.shading is None:
        return limit
    for n, line in enumerate(lines):
        if line.middle_height >= limit or _look(page, line.words) != look:
            continue
        elsewhere = _is_shaded_elsewhere(page, line, block, look)
        if _is_header(page, line, known, 2 if elsewhere else _FEWEST_LABELS):
            return _top_of_header(page, lines[: n + 1], look)
    return limit


def _is_shaded_elsewhere(page: Page, line: PageLine, block: HeaderBlock, header: Look) -> bool:
    """Whether a line is shaded as a header is, with its last label below none of the header's.

    The status of a goal over the whole width stands where those of the measures do.
    """
    if header.shading is None or _look(page, line.words) != header:
        return False
    last = chains_of(page, line)[-1]
    left, right = last[0].x0, last[-1].x1
    middle = (left + right) / 2
    return not any(
        min(abs(left - x0), abs(right - x1), abs(middle - (x0 + x1) / 2)) <= _ALIGNED
        or x0 <= middle <= x1
        or left <= (x0 + x1) / 2 <= right
        for x0, _, x1, _ in (cell.bbox for cell in block.cells)
    )


def _stands_apart(lines: Sequence[PageLine]) -> bool:
    """Whether more white space is above the last of the lines than between any others."""
    *between, last = [lower.top - upper.top for upper, lower in pairwise(lines)]
    return last > _APART * max(between, default=last)


def without_words_of_rows(
    page: Page, blocks: Sequence[HeaderBlock], lines: Sequence[PageLine]
) -> list[HeaderBlock]:
    """The headers without those that are words in rows of a table above.

    They are set as that table's rows are, which its own header is not, and have no column for
    names: they begin right of its first label, or all in small letters, or with a word of no header
    and beside cells of two lines in whose middle they stand. ``blocks`` go from top to bottom.
    """
    out: list[HeaderBlock] = []
    for block in blocks:
        above = next((one for one in reversed(out) if one.names_measures), None)
        if above is None or not _is_in_rows(page, block, above, lines):
            out.append(block)
    return out


def _is_in_rows(
    page: Page, block: HeaderBlock, above: HeaderBlock, lines: Sequence[PageLine]
) -> bool:
    header, own = ([w for c in one.cells for w in c.words] for one in (above, block))
    below = (line for line in lines if line.middle_height > above.bbox[3])
    row = next((line for line in below if len(chains_of(page, line)) > 1), None)
    if not header or not own or row is None:
        return False
    begins_right = block.bbox[0] > above.cells[0].bbox[2]
    if not begins_right and not _goes_on(block, above) and not _is_beside_cells(block, lines):
        return False
    if abs(block.size - row.size) > _SAME_SIZE:
        return False
    return _letters(own) == _letters(row.words) != _letters(header)


def _goes_on(block: HeaderBlock, above: HeaderBlock) -> bool:
    """Whether all labels begin in small letters, as rests of cells do, and none of those above."""
    return all(text[:1].islower() for text in block.texts) and not any(
        text[:1].islower() for text in above.texts
    )


def _is_beside_cells(block: HeaderBlock, lines: Sequence[PageLine]) -> bool:
    """Whether a line begins as no header does, and reaches into the lines above and below it."""
    if block.cells[0].reading.says_something or len(block.lines) != 1:
        return False
    own = block.lines[0]
    tops = [line.top for line in lines if 0 < abs(line.top - own.top) < _NO_LEADING * own.size]
    return any(top < own.top for top in tops) and any(top > own.top for top in tops)


def _look(page: Page, words: Sequence[Word]) -> Look:
    return Look(*_letters(words), ground_of(page, words[0]))


def _letters(words: Sequence[Word]) -> tuple[bool, str | None]:
    """Whether most letters of words are bold, and in which colour they are."""
    letters = Counter[tuple[bool, str | None]]()
    for word in words:
        letters[word.bold, word.colour] += len(word.text)
    return letters.most_common(1)[0][0]


def _is_alike(one: Look, header: Look) -> bool:
    """Whether a line is set as a header is; in bold type, on shading of whatever colour."""
    shaded = one.bold and one.shading is not None and header.shading is not None
    return one == header or (shaded and one[:2] == header[:2])


def _is_header(page: Page, line: PageLine, known: HeaderWords, fewest: int) -> bool:
    """Whether a line is of labels, all set alike: a goal in bold beside other cells is none.

    ``fewest`` are the labels that it has at least, if not all of them are known.
    """
    chains = chains_of(page, line)
    if len(chains) < 2 or not all(map(is_label, chains)):
        return False
    if len({_letters(chain) for chain in chains}) > 1:
        return False
    readings = {text: known.read(text) for text in map(chain_text, chains)}
    if any(len(text.strip()) == 1 and not one.whole for text, one in readings.items()):
        return False  # the letter of a goal, or of a kind of rows
    is_known = all(one.whole for one in readings.values())
    return is_known or len(chains) >= fewest


def _top_of_header(page: Page, lines: Sequence[PageLine], header: Look) -> float:
    """The top of the first line of the header that the last of the lines belongs to."""
    top = lines[-1].top
    for lower, upper in pairwise(reversed(lines)):
        near = lower.top - upper.bottom <= _LEADING * upper.size
        look = _look(page, upper.words)
        if not near or not _is_alike(look, header) or len(chains_of(page, upper)) < 2:
            break
        top = upper.top
    return top
