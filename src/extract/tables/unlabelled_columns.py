"""Finds columns without a header and without rulings, by cells that stand between those of others.

Lengths are in points, or in ems where they are multiplied with a font size.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from styrmatt.extract.model.text_lines import PageLine, Word, split_at_gaps
from styrmatt.extract.tables.header_row import UNKNOWN, Header, Label

_LINES_SEEN = 30
"""Lines below a header that show its columns: some rows, in which a column may be empty."""
_FEWEST = 2
"""Lines in which a cell stands between two others, if it is of a column without a header: in one it
may be the rest of a cell with a wide space."""
_ALIGNED = 1.0
"""Points by which cells of one column differ at most in where they begin, end or have their middle.
"""
_OVERLAP = 0.5
"""Points by which words and a label must overlap sideways: rounding alone makes less."""


def with_unlabelled(header: Header, below: Sequence[PageLine]) -> Header:
    """The header with an empty label for each column that has none below it in lines ``below``."""
    cells = header.cells
    between: dict[int, list[Sequence[Word]]] = {}
    for line in below[:_LINES_SEEN]:
        for n, chain in _between(line, cells):
            between.setdefault(n, []).append(chain)
    found = [
        label
        for n, chains in between.items()
        if (label := _label(chains, cells[n], cells[n + 1])) is not None
    ]
    if not found:
        return header
    others = sorted([*header.others, *found], key=lambda label: label.bbox[0])
    return replace(header, others=tuple(others))


def _between(line: PageLine, cells: Sequence[Label]) -> Iterator[tuple[int, Sequence[Word]]]:
    """Cells of a line that stand below no label, between cells below the labels on either side.

    Gives the number of the label on their left.
    """
    chains = list(split_at_gaps(line))
    if len(chains) < 3:
        return
    at = [_below(chain, cells) for chain in chains]
    for n in range(1, len(chains) - 1):
        left, right = at[n - 1], at[n + 1]
        if at[n] is None and left is not None and right is not None and right == left + 1:
            yield left, chains[n]


def _below(chain: Sequence[Word], cells: Sequence[Label]) -> int | None:
    """The one label that a chain stands below."""
    over = [
        n
        for n, label in enumerate(cells)
        if min(chain[-1].x1, label.bbox[2]) - max(chain[0].x0, label.bbox[0]) > _OVERLAP
    ]
    return over[0] if len(over) == 1 else None


def _label(chains: Sequence[Sequence[Word]], before: Label, after: Label) -> Label | None:
    """An empty label over cells that are aligned with one another; None where they are not."""
    boxes = [(chain[0].x0, chain[-1].x1) for chain in chains]
    if len(boxes) < _FEWEST:
        return None
    for place in ([a for a, _ in boxes], [b for _, b in boxes], [(a + b) / 2 for a, b in boxes]):
        ordered = sorted(place)
        if any(b - a <= _ALIGNED for a, b in pairwise(ordered)) and (
            ordered[-1] - ordered[0] <= _ALIGNED * len(ordered)
        ):
            x0, x1 = min(a for a, _ in boxes), max(b for _, b in boxes)
            top, bottom = before.bbox[1], before.bbox[3]
            if before.bbox[2] < x0 and x1 < after.bbox[0]:
                return Label(UNKNOWN, (x0, top, x1, bottom), ())
    return None
