"""Where tables lie across a page, as their headers say: there the page has no columns of text.

A column of comments looks like a column of text beside the others. Lengths are in points, or in ems
where they are multiplied with a font size.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from styrmatt.extract.grid.headers.header_block import HeaderBlock
from styrmatt.extract.model.page import Page
from styrmatt.extract.model.text_lines import PageLine
from styrmatt.extract.sections.beside_gutter import Crossed

_FEWEST_CELLS: Final = 3
"""Cells of a header that shows a table across the page: two may head two columns."""
_ROOM: Final = 14.0
"""Points beyond the outermost labels that are the table's: the last label may be a short word."""
_WIDEST_GAP: Final = 2.2
"""Ems without a word between two rows at most: what follows a table stands farther from it."""
_AS_WIDE: Final = 0.9
"""Share of a header's width that a ruling of its table covers at least."""
_HEADER_RULE: Final = 1.5
"""Ems below a header down to which rulings are its own."""
_HIGHEST_ROW: Final = 16.0
"""Ems between two rulings of one table at most: a row with a long comment."""
_LARGER: Final = 1.5
"""Points by which a heading below a table is larger than its header at least."""


def tables_across(
    page: Page, blocks: Sequence[HeaderBlock], lines: Sequence[PageLine]
) -> Iterator[Crossed]:
    """The places of the tables below headers, each of them as something that no gutter crosses.

    ``lines`` are those of the page, top to bottom. A header that names measures twice is that of
    two tables side by side, and one with words that are not known has a text beside it.
    """
    for block in blocks:
        readings = [cell.reading for cell in block.cells]
        is_known = all(one.whole and one.says_something for one in readings)
        names = sum("measure" in one.roles for one in readings)
        if not is_known or len(readings) < _FEWEST_CELLS or names != 1 or not block.lines:
            continue
        x0, top, x1, bottom = block.bbox
        end = _last_ruling(page, block) or _end_of_rows(block, bottom, lines)
        yield Crossed(x0 - _ROOM, x1 + _ROOM, top, end, ruling=False)


def _last_ruling(page: Page, block: HeaderBlock) -> float | None:
    """Where the last of the rulings below a header is that are as wide; None if it is its own."""
    x0, _, x1, bottom = block.bbox
    covered: dict[int, float] = {}
    for rule in page.horizontals_within(bottom, page.height):
        if rule.edge_of_fill:
            continue  # of a goal's row among the others
        length = min(rule.end, x1) - max(rule.start, x0)
        covered[round(rule.at)] = covered.get(round(rule.at), 0.0) + max(length, 0.0)
    end = bottom
    for at in sorted(at for at, length in covered.items() if length > _AS_WIDE * (x1 - x0)):
        if at - end > _HIGHEST_ROW * block.size:
            break
        end = float(at)
    return end if end > bottom + _HEADER_RULE * block.size else None


def _end_of_rows(block: HeaderBlock, bottom: float, lines: Sequence[PageLine]) -> float:
    """Where the lines below a header end that follow each other as rows do."""
    reach = bottom
    for line in lines:
        if line.middle_height <= bottom:
            continue
        if line.top - reach > _WIDEST_GAP * line.size or line.size > block.size + _LARGER:
            break
        reach = max(reach, line.bottom)
    return reach
