"""The cells of a header's lines: labels, and the headings above that span several of them.

Lengths are in points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import NamedTuple

from styrmatt.extract.grid.headers.chains import chain_text
from styrmatt.extract.grid.headers.narrow_spans import Column, column_extent, narrow_spans
from styrmatt.extract.headers.header_reading import HeaderReading
from styrmatt.extract.headers.header_words import HeaderWords
from styrmatt.extract.model.text_lines import Word
from styrmatt.geometry import Span, union
from styrmatt.printed import Bbox

_OVERLAP = 1.0
"""Points by which parts of one header cell overlap sideways at least: rounding makes less."""
_BETWEEN = 2.0
"""Points between a heading and the labels on both of its sides that it stands for."""
_OFF_MIDDLE = 0.25
"""Share of the distance between two labels by which a heading over both may lie beside the middle
of the gap between them."""


@dataclass(frozen=True)
class HeaderCell:
    """One header cell: its text with the headings that span it, and what that says."""

    text: str
    bbox: Bbox
    words: tuple[Word, ...]
    reading: HeaderReading


def header_cells(
    rows: Sequence[Sequence[Sequence[Word]]],
    words: HeaderWords,
    cell_of: Callable[[Sequence[Word]], Span | None] = lambda _: None,
) -> tuple[HeaderCell, ...]:
    """The cells of header lines, each line in chains of words, from left to right.

    Chains above each other are one cell; one above several chains of a line below spans them, and
    its words are part of each. ``cell_of`` gives the ruled cell of a chain, which shows what it
    spans, if there is one.
    """
    spans: list[tuple[int, Sequence[Word]]] = []
    between: list[set[int]] = []
    columns: list[Column] = []
    in_cells: set[int] = set()  # columns of which rulings show what stands over them
    alone: list[Column] = []
    for n in range(len(rows) - 1, -1, -1):
        for chain in rows[n]:
            under = [column for column in columns if _overlaps_column(chain, column)]
            sides = _in_cell(chain, n, columns, cell_of)
            in_cells |= {id(column) for column in sides}
            if not (sides or under):
                sides = _on_both_sides(chain, n, columns)
            under = sides or under
            beside = [column for column in under if any(m == n for m, _ in column)]
            if len(under) > 1 and not beside:
                spans.append((n, chain))
                between.append({id(column) for column in sides})
            elif under:
                under[0].append((n, chain))
            else:
                alone.append([(n, chain)])
                columns.append(alone[-1])
    gaps = list(_over_gaps(alone, columns, words, cell_of))
    spanned = narrow_spans([c for c in columns if id(c) not in in_cells], spans, words)
    for ids, more in zip(spanned, between, strict=False):  # those that it finds come behind
        ids |= more
    for one in gaps:
        if one.item in one.left:  # it stands for no more columns than the two beside it
            one.left.remove(one.item)
            spans.append(one.item)
            spanned.append({id(one.left), id(one.right)})
    cells = []
    for column in columns:
        own = [word for _, chain in sorted(column, key=lambda item: item[0]) for word in chain]
        x0, x1 = min(w.x0 for w in own), max(w.x1 for w in own)
        above = [
            chain
            for k, (n, chain) in sorted(enumerate(spans), key=lambda item: item[1][0])
            if (min(x1, chain[-1].x1) - max(x0, chain[0].x0) > _OVERLAP or id(column) in spanned[k])
            and n < min(m for m, _ in column)
        ]
        upper = "\n".join(map(chain_text, above))
        reading = (
            _spanned(upper, chain_text(own), words) if above else words.header(chain_text(own))
        )
        text = reading.text
        cells.append(HeaderCell(text, union(w.bbox for w in own), tuple(own), reading))
    return tuple(sorted(cells, key=lambda cell: cell.bbox[0]))


def _spanned(upper: str, lower: str, words: HeaderWords) -> HeaderReading:
    """What a label says below a heading that spans it and others.

    Where the heading's own role is that of both together, a label with another role says its own:
    a target below a heading for how targets are met.
    """
    text = f"{upper}\n{lower}"
    reading, own = words.header(text), words.header(lower)
    if not reading.whole and not own.whole:
        return HeaderReading(text)  # what spans it says nothing of a cell of its own
    of_heading = bool(reading.roles) and reading.roles == words.header(upper).roles
    if own.whole and own.roles and of_heading and not own.roles & reading.roles:
        return replace(own, text=text, year=own.year or reading.year)
    return reading


def _in_cell(
    chain: Sequence[Word],
    line: int,
    columns: Sequence[Column],
    cell_of: Callable[[Sequence[Word]], Span | None],
) -> list[Column]:
    """The columns below a heading's ruled cell, if it is as wide as several ruled cells below."""
    cell = cell_of(chain)
    if cell is None:
        return []
    inside = [
        column
        for column in columns
        if all(n > line for n, _ in column)
        and cell[0] <= column_extent(column)[0]
        and column_extent(column)[1] <= cell[1]
    ]
    own = [cell_of(column[0][1]) for column in inside]
    parted = len({one for one in own if one is not None and one != cell}) == len(inside)
    return inside if parted and len(inside) > 1 else []


def _on_both_sides(chain: Sequence[Word], line: int, columns: Sequence[Column]) -> list[Column]:
    """The two columns between whose labels a narrow heading over both stands.

    A column of its own would be as far from both as cells are.
    """
    x0, x1 = chain[0].x0, chain[-1].x1
    sides: tuple[list[Column], list[Column]] = ([], [])
    for column in columns:
        if all(n > line for n, _ in column):
            left, right = column_extent(column)
            if abs(right - x0) < _BETWEEN:
                sides[0].append(column)
            elif abs(left - x1) < _BETWEEN:
                sides[1].append(column)
    return [*sides[0], *sides[1]] if all(len(side) == 1 for side in sides) else []


class _OverGap(NamedTuple):
    """A heading that stands over the gap between two columns, with its line; it is in the left."""

    item: tuple[int, Sequence[Word]]
    left: Column
    right: Column


def _over_gaps(
    alone: Sequence[Column],
    columns: list[Column],
    words: HeaderWords,
    cell_of: Callable[[Sequence[Word]], Span | None],
) -> Iterator[_OverGap]:
    """The headings over gaps among cells that stand ``alone``, the narrowest gaps first.

    Each leaves ``columns`` and becomes part of the one on its left. A column of its own would say
    all of it itself; a heading and the labels beside it say a role and a year only together.
    """
    ordered = sorted(columns, key=lambda column: column_extent(column)[0])
    places = {id(column): n for n, column in enumerate(ordered)}
    found: list[tuple[float, Column, Column, Column]] = []
    for column in alone:
        n = places[id(column)]
        if not 0 < n < len(ordered) - 1:
            continue
        left, right = ordered[n - 1], ordered[n + 1]
        a, b = column_extent(left), column_extent(right)
        off = abs(sum(column_extent(column)) - a[1] - b[0]) / 2
        ruled = cell_of(column[0][1])
        if ruled is not None and not (ruled[0] <= a[0] and b[1] <= ruled[1]):
            continue
        if off <= _OFF_MIDDLE * (sum(b) - sum(a)) / 2:
            found.append((b[0] - a[1], left, column, right))
    taken: set[int] = set()
    for _, left, column, right in sorted(found, key=itemgetter(0)):
        if len(column) > 1 or not taken.isdisjoint((id(left), id(right))):
            continue
        item = column[0]
        if all(_completes(item, side, words) for side in (left, right)):
            taken |= {id(left), id(right)}
            columns[:] = [one for one in columns if one is not column]
            left.append(item)
            yield _OverGap(item, left, right)


def _completes(heading: tuple[int, Sequence[Word]], column: Column, words: HeaderWords) -> bool:
    """Whether a heading and a label below it say a role and what it is of only together.

    It stands above all of the label: one between its lines, or beside its first one, is a label of
    one line that is set in the middle of its cell.
    """
    bottom = max(word.bottom for word in heading[1])
    tops = [min(word.top for word in chain) for _, chain in column]
    if heading[0] >= min(n for n, _ in column) or bottom > min(tops) + _OVERLAP:
        return False
    label = "\n".join(chain_text(chain) for _, chain in sorted(column, key=itemgetter(0)))
    upper, lower = words.header(chain_text(heading[1])), words.header(label)
    both = words.header(f"{upper.text}\n{label}")
    names, tells = (upper, lower) if upper.roles else (lower, upper)
    says_when = (names.year and tells.year) or (names.sex and tells.sex)
    one_names = bool(names.roles) and not tells.roles and tells.says_something and not says_when
    return one_names and names.whole and tells.whole and both.whole and bool(both.roles)


def _overlaps_column(chain: Sequence[Word], column: Column) -> bool:
    x0 = min(part[0].x0 for _, part in column)
    x1 = max(part[-1].x1 for _, part in column)
    return min(x1, chain[-1].x1) - max(x0, chain[0].x0) > _OVERLAP
