"""Where tables lie across a page, as their headers say: there the page has no columns of text.

A column of comments looks like a column of text beside the others. Lengths are in points, or in ems
where they are multiplied with a font size.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from styrmatt.extract.grid.headers.header_block import HeaderBlock
from styrmatt.extract.model.text_lines import PageLine
from styrmatt.extract.sections.beside_gutter import Crossed

_FEWEST_CELLS: Final = 3
"""Cells of a header that shows a table across the page: two may head two columns."""
_ROOM: Final = 14.0
"""Points beyond the outermost labels that are the table's: the last label may be a short word."""
_WIDEST_GAP: Final = 2.2
"""Ems without a word between two rows at most: what follows a table stands farther from it."""
_LARGER: Final = 1.5
"""Points by which a heading below a table is larger than its header at least."""


def tables_across(blocks: Sequence[HeaderBlock], lines: Sequence[PageLine]) -> Iterator[Crossed]:
    """The places of the tables below headers, each of them as something that no gutter crosses.

    ``lines`` are those of the page, top to bottom. A header that names measures twice is that of
    two tables side by side.
    """
    for block in blocks:
        names = sum("measure" in c.reading.roles and c.reading.whole for c in block.cells)
        if len(block.cells) < _FEWEST_CELLS or names > 1 or not block.lines:
            continue
        x0, top, x1, bottom = block.bbox
        end = _end_of_rows(block, bottom, lines)
        yield Crossed(x0 - _ROOM, x1 + _ROOM, top, end, ruling=False)


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
