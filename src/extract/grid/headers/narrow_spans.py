"""Headings that stand for several columns and are narrower than they are.

A year may be centred over three columns for women, men and both, and reach over one of them alone;
or it begins where the first of them begins. It shows where columns beside it say the same kind of
thing and lack such a heading. Lengths are in points.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise, product

from styrmatt.extract.grid.headers.chains import chain_text
from styrmatt.extract.headers.header_words import HeaderWords
from styrmatt.extract.model.text_lines import Word
from styrmatt.layout import FIGURE_ROLES
from styrmatt.whitespace import squeeze

Chain = Sequence[Word]
Column = list[tuple[int, Chain]]
"""The chains of one column of a header, each with the number of its line."""
_OFF_CENTRE, _ALL_OFF_CENTRE = 0.38, 0.6
"""Share of the distance between columns by which a heading may lie beside the middle of its own:
one column more would move it by a half. More, where several headings lie so alike."""
_ALIKE = 0.2
"""The same share, by which headings may differ in how they lie."""
_SEVERAL = 2
"""Headings that show by each other how they lie over their columns."""
_OFF_LEFT = 5.0
"""Points by which a heading may begin or end beside the label below it."""
_FLUSH = 1.0
"""Points by which headings begin or end beside a label that they are set flush with."""
_UNCOVERED = 0.3
"""What a column without a heading costs, against that share beside the middle."""


def narrow_spans(
    columns: Sequence[Column], spans: list[tuple[int, Chain]], words: HeaderWords
) -> list[set[int]]:
    """The columns (``id()``) that each span stands for besides those that it reaches over.

    Headings that were part of a column so far become spans: they move from ``columns`` to
    ``spans``. Nothing moves where no way to share the columns out fits the headings' places.
    """
    spanned: list[set[int]] = [set() for _ in spans]
    lowest = max((n for column in columns for n, _ in column), default=0)
    kind_of = _kinds(columns, lowest, words)
    set_right = _are_set_right(columns)
    ordered = sorted(columns, key=lambda column: min(chain[0].x0 for _, chain in column))
    for run in _runs(ordered, kind_of):
        headed = [column for column in run if any(n < lowest for n, _ in column)]
        if not headed or len(headed) == len(run) or not _say_something(headed, lowest, words):
            continue
        shared = _flush(run, headed, lowest) if _may_go_on(headed, lowest, words) else None
        if shared is None and not set_right:
            shared = _centred(run, headed, lowest)
        if shared is None and not set_right and _may_go_on(headed, lowest, words):
            shared = _from_left(run, headed, lowest)
        for column, group in shared or ():
            for item in [item for item in column if item[0] < lowest]:
                column.remove(item)
                spans.append(item)
                spanned.append({id(one) for one in group})
    return spanned


def _are_set_right(columns: Sequence[Column]) -> bool:
    """Whether the lines of all broken labels end alike, and begin elsewhere: they are set right.

    Then a line is part of the label that it ends with, and no heading of those behind it.
    """
    broken = [column for column in columns if len(column) > 1]
    ends = [[chain[-1].x1 for _, chain in column] for column in broken]
    starts = [[chain[0].x0 for _, chain in column] for column in broken]
    flush = all(max(xs) - min(xs) <= _FLUSH for xs in ends)
    ragged = [max(xs) - min(xs) > _OFF_LEFT for xs in starts]
    return flush and sum(ragged) >= _SEVERAL


def _kinds(
    columns: Sequence[Column], lowest: int, words: HeaderWords
) -> Callable[[Column], tuple[bool, ...] | None]:
    """What kind of thing the lowest line of a column says; None where it stands for itself.

    Labels of figures come again below each heading, some of them only below one.
    """
    low = {
        id(column): "\n".join(chain_text(chain) for n, chain in column if n == lowest)
        for column in columns
    }
    times = Counter(squeeze(text) for text in low.values())
    again = {text for text, count in times.items() if count > 1}
    figures_again = any(not words.header(t).roles.isdisjoint(FIGURE_ROLES) for t in again)

    def kind(column: Column) -> tuple[bool, ...] | None:
        text = low[id(column)]
        says = words.header(text)
        if not text or not says.whole or not says.says_something:
            return None
        if says.roles:
            of_figures = figures_again and not says.roles.isdisjoint(FIGURE_ROLES)
            comes_again = squeeze(text) in again or of_figures
            return () if comes_again and not says.year else None
        return (bool(says.sex), bool(says.area), bool(says.year), bool(says.period))

    return kind


def _runs(
    ordered: Sequence[Column], kind_of: Callable[[Column], tuple[bool, ...] | None]
) -> Iterator[list[Column]]:
    """Columns side by side whose lowest lines say the same kind of thing."""
    run: list[Column] = []
    for column in ordered:
        kind = kind_of(column)
        if run and kind != kind_of(run[-1]):
            yield run
            run = []
        if kind is not None:
            run.append(column)
    if run:
        yield run


def _say_something(headed: Sequence[Column], lowest: int, words: HeaderWords) -> bool:
    tops = ("\n".join(chain_text(c) for n, c in column if n < lowest) for column in headed)
    return all(words.header(top).says_something for top in tops)


def _may_go_on(headed: Sequence[Column], lowest: int, words: HeaderWords) -> bool:
    """Whether headings that stand over the first of their columns may hold for those behind it.

    A result or an area does; a base year is one, and so is the year of a target.
    """
    tops = (
        words.header("\n".join(chain_text(c) for n, c in column if n < lowest)) for column in headed
    )
    return all(top.area or not top.roles & {"baseline", "target"} for top in tops)


def column_extent(column: Column) -> tuple[float, float]:
    """From where to where a column's words reach."""
    return min(c[0].x0 for _, c in column), max(c[-1].x1 for _, c in column)


def _top(column: Column, lowest: int) -> tuple[float, float]:
    chains = [chain for n, chain in column if n < lowest]
    return min(c[0].x0 for c in chains), max(c[-1].x1 for c in chains)


_Shares = list[tuple[Column, list[Column]]]
"""Each column that has a heading, with all columns that the heading stands for."""


def _centred(run: Sequence[Column], headed: Sequence[Column], lowest: int) -> _Shares | None:
    """The columns shared out so that each heading lies over the middle of its own.

    Cells may be set to one side of their columns: then all headings lie beside the middle alike.
    """
    places = [next(n for n, one in enumerate(run) if one is column) for column in headed]
    starts = [range(a + 1, b + 1) for a, b in zip([-1, *places[:-1]], places, strict=True)]
    pitch = _pitch(run)
    best: tuple[float, _Shares] | None = None
    for chosen in product(*starts):
        for end in range(places[-1] + 1, len(run) + 1):
            shares = [
                (column, list(run[start:stop]))
                for column, start, stop in zip(headed, chosen, [*chosen[1:], end], strict=True)
            ]
            several = [(column, group) for column, group in shares if len(group) > 1]
            off = [_off_centre(column, group, lowest) / pitch for column, group in several]
            off = off or [0.0]
            limit = _OFF_CENTRE if len(off) < _SEVERAL else _ALL_OFF_CENTRE
            if max(map(abs, off)) > limit or max(off) - min(off) > _ALIKE:
                continue
            if not all(_differ(group, lowest) for _, group in shares):
                continue
            uncovered = len(run) - end + chosen[0]
            cost = sum(map(abs, off)) / len(off) + _UNCOVERED * uncovered
            if best is None or cost < best[0]:
                best = (cost, shares)
    return best[1] if best and any(len(group) > 1 for _, group in best[1]) else None


def _pitch(run: Sequence[Column]) -> float:
    """The usual distance from one column to the next, by the middles of their labels."""
    middles = [sum(column_extent(column)) / 2 for column in run]
    steps = sorted(b - a for a, b in pairwise(middles))
    return max(steps[len(steps) // 2], 1.0) if steps else 1.0


def _off_centre(column: Column, group: Sequence[Column], lowest: int) -> float:
    """How far right of its columns' middle a heading lies."""
    x0, x1 = column_extent(group[0])[0], column_extent(group[-1])[1]
    return sum(_top(column, lowest)) / 2 - (x0 + x1) / 2


def _from_left(run: Sequence[Column], headed: Sequence[Column], lowest: int) -> _Shares | None:
    """The columns shared out so that each heading stands over the first of its own."""
    places = [next(n for n, one in enumerate(run) if one is column) for column in headed]
    ends = [*places[1:], len(run)]
    shares = [
        (column, list(run[start:stop]))
        for column, start, stop in zip(headed, places, ends, strict=True)
    ]
    fits = all(_is_aligned(column, lowest) and _differ(group, lowest) for column, group in shares)
    return shares if fits else None


def _flush(run: Sequence[Column], headed: Sequence[Column], lowest: int) -> _Shares | None:
    """The columns shared out by several headings that all are flush with a label on one side.

    Those that begin where their labels do stand over the first of their columns, those that end
    there over the last. Headings as wide as their labels show neither.
    """
    tops = [_top(column, lowest) for column in headed]
    lows = [column_extent([item for item in column if item[0] == lowest]) for column in headed]
    sides = [
        all(abs(top[side] - low[side]) <= _FLUSH for top, low in zip(tops, lows, strict=True))
        for side in (0, 1)
    ]
    if len(headed) < _SEVERAL or sides[0] == sides[1]:
        return None
    places = [next(n for n, one in enumerate(run) if one is column) for column in headed]
    starts, ends = places, [*places[1:], len(run)]
    if sides[1]:
        starts, ends = [0, *(n + 1 for n in places[:-1])], [n + 1 for n in places]
    shares = [
        (column, list(run[start:end]))
        for column, start, end in zip(headed, starts, ends, strict=True)
    ]
    return shares if all(_differ(group, lowest) for _, group in shares) else None


def _is_aligned(column: Column, lowest: int) -> bool:
    """Whether a heading begins or ends where the label below it does."""
    top = _top(column, lowest)
    low = [chain for n, chain in column if n == lowest]
    left, right = min(c[0].x0 for c in low), max(c[-1].x1 for c in low)
    return abs(top[0] - left) <= _OFF_LEFT or abs(top[1] - right) <= _OFF_LEFT


def _differ(group: Sequence[Column], lowest: int) -> bool:
    """Whether the labels under one heading differ: the same one twice is under two headings."""
    texts = [
        squeeze("".join(chain_text(chain) for n, chain in column if n == lowest))
        for column in group
    ]
    return len(set(texts)) == len(texts)
