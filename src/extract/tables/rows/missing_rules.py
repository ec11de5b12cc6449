"""Rows of a ruled table whose own border is missing: what the other columns show of it.

Heights are in points from the top of the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from styrmatt.extract.model.page import Page
from styrmatt.extract.model.text_lines import PageLine
from styrmatt.extract.tables.columns import clustered
from styrmatt.extract.tables.header_row import UNKNOWN
from styrmatt.extract.tables.rows.row_bands import (
    BEYOND_BAND,
    TableBody,
    row_rules,
    widest_gap_in_cell,
)
from styrmatt.geometry import Span
from styrmatt.swedish.phrases import begins_with_capital

_MERGED = ("success_factor", "goal", None, UNKNOWN)
"""Columns whose cells may be merged over several measures, or of which nothing is known."""
_RULED_SHARE = 0.5
"""Share of the other columns that have to be ruled at a height: more than half of them, so that a
cell or two which are merged over women and men, or lack a border as well, decide nothing."""
_BESIDE_RULE = 1.0
"""Points by which a line's box may reach over a rule: boxes are a little taller than letters."""
_SAME_HEIGHT = 2.0
"""Points by which two cells of one line may differ in height: faces and sizes differ by less, the
next line of a cell lies further off."""


def missing_rules(page: Page, body: TableBody, cuts: Sequence[float]) -> list[float]:
    """Heights between ``cuts`` at which a measure ends, though its name's cell has no border there.

    The other columns are ruled there, and one name ends and another begins on either side.
    """
    names = body.lines("measure")
    leading = widest_gap_in_cell(body)
    found: list[float] = []
    for upper, lower in pairwise(names):
        if lower.top - upper.bottom <= leading or lower.text[:1].islower():
            continue
        span = (upper.bottom - _BESIDE_RULE, lower.top + _BESIDE_RULE)
        if not any(span[0] <= cut <= span[1] for cut in cuts):
            found += _ruled_height(page, body, span)
    return found


def _ruled_height(page: Page, body: TableBody, span: Span) -> list[float]:
    """The height within a span at which more than half of the other columns are ruled, if any."""
    others = [
        column
        for column, name in enumerate(body.columns.fields)
        if name not in _MERGED and name != "measure"
    ]
    ruled = {column: row_rules(page, body.columns, column, *span) for column in others}
    heights = clustered(y for found in ruled.values() for y in found if span[0] <= y <= span[1])
    for height in heights:
        at = [c for c, ys in ruled.items() if any(abs(y - height) <= BEYOND_BAND for y in ys)]
        if len(at) > _RULED_SHARE * len(others) and not _parts_sexes(body, at, height):
            return [height]
    return []


def _parts_sexes(body: TableBody, ruled: Sequence[int], height: float) -> bool:
    """Whether a rule stands between the lines of one measure's women and men.

    It runs through neither the name nor the board, which the two share.
    """
    fields = body.columns.fields
    if "board" in fields and fields.index("board") in ruled:
        return False
    above = [line.text for line in body.lines("sex") if line.middle_height < height]
    below = [line for line in body.lines("sex") if line.middle_height > height]
    boards = [line for line in body.lines("board") if line.middle_height > height]
    if not above or not below or above[-1] == below[0].text:
        return False
    return not boards or abs(boards[0].top - below[0].top) > _SAME_HEIGHT


def has_two_names(body: TableBody, band: Span) -> bool:
    """Whether a measure's name is in two parts, further apart than lines, the second of them with a
    capital: a note or another measure may have been taken for the rest of it."""
    leading = widest_gap_in_cell(body)
    return any(
        lower.top - upper.bottom > leading and begins_with_capital(lower.text)
        for upper, lower in pairwise(_within(body.lines("measure"), band))
    )


def beside_one_letter(body: TableBody, name: str, line_bands: Sequence[Span]) -> int | None:
    """The line whose letter the only text of a column stands beside; None where it stands between.

    A cell of both lines stands in their middle or at the top of them. At the top, it may as well
    be that of the first line alone.
    """
    blocks, letters = _blocks(body, name, line_bands)
    filled = [n for n, block in enumerate(blocks) if block]
    if len(filled) != 1 or not _beside(blocks[filled[0]], letters[filled[0]]):
        return None
    return filled[0]


def goes_over_lines(body: TableBody, name: str, line_bands: Sequence[Span]) -> bool:
    """Whether one text of a column runs over the lines for women and men, with no rule to show it.

    No part of it stands beside its line's own letter, and its lines are as close as a cell's.
    """
    blocks, letters = _blocks(body, name, line_bands)
    return _run_on(body, blocks) and not any(
        _beside(block, letter) for block, letter in zip(blocks[1:], letters[1:], strict=True)
    )


def each_beside_its_letter(body: TableBody, name: str, line_bands: Sequence[Span]) -> bool:
    """Whether each line for women and men has a text of its own, aligned with its letter.

    These texts have more space between them than the lines of a cell.
    """
    blocks, letters = _blocks(body, name, line_bands)
    return (
        all(blocks)
        and not _run_on(body, blocks)
        and all(_beside(block, letter) for block, letter in zip(blocks, letters, strict=True))
    )


def _blocks(
    body: TableBody, name: str, line_bands: Sequence[Span]
) -> tuple[list[list[PageLine]], list[list[PageLine]]]:
    """For each line of a measure the text lines of a column, and those of the sexes' column."""
    lines, letters = body.lines(name), body.lines("sex")
    return (
        [_within(lines, band) for band in line_bands],
        [_within(letters, band) for band in line_bands],
    )


def _run_on(body: TableBody, blocks: Sequence[Sequence[PageLine]]) -> bool:
    """Whether all blocks have lines, which are as close as those of one cell."""
    leading = widest_gap_in_cell(body)
    return all(blocks) and all(b[0].top - a[-1].bottom <= leading for a, b in pairwise(blocks))


def _within(lines: Sequence[PageLine], band: Span) -> list[PageLine]:
    return [line for line in lines if band[0] <= line.middle_height <= band[1]]


def _beside(block: Sequence[PageLine], letters: Sequence[PageLine]) -> bool:
    """Whether a cell's lines are aligned with its letter: at their tops, middles or ends."""
    if not letters:
        return False
    top, bottom = letters[0].top, letters[-1].bottom
    apart = (
        block[0].top - top,
        block[-1].bottom - bottom,
        (block[0].top + block[-1].bottom - top - bottom) / 2,
    )
    return any(abs(distance) <= _SAME_HEIGHT for distance in apart)
