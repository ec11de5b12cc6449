"""Marks of a legend that share the words behind the last of them: "four or three bars: partly met".

Lengths are in ems.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import zip_longest

from styrmatt.extract.model.text_lines import PageLine, Word
from styrmatt.geometry import middle_height
from styrmatt.printed import Bbox

_SLACK = 0.3
"""Share of a line's size by which a mark's middle may lie outside of it."""
_NEXT_LINE = 1.5
"""Between a line and the one below it at most."""


def with_shared_words(
    boxes: Iterable[Bbox], lines: Sequence[PageLine], joining: Collection[str]
) -> dict[Bbox, Bbox]:
    """The marks that stand before another one with at most a joining word between, and that one.

    The last mark on a line stands before one that begins the next line. ``joining`` are words in
    small letters: and, or.
    """
    rows = [(line, _on(line, boxes)) for line in lines]
    out: dict[Bbox, Bbox] = {}
    for n, (line, marks) in enumerate(rows):
        below, first = rows[n + 1] if n + 1 < len(rows) else (None, [])
        for one, other in zip_longest(marks, marks[1:]):
            end = other[0] if other is not None else float("inf")
            between = [word for word in line.words if one[2] - 1 <= word.x0 < end]
            if not all(is_joining(word, joining) for word in between):
                continue
            if other is not None:
                out[one] = other
            elif below is not None and first and _follows(line, below, first[0]):
                out[one] = first[0]
    return {one: _last(one, out) for one in out}


def is_joining(word: Word, joining: Collection[str]) -> bool:
    """Whether a word joins two parts of a list, or is a sign between them."""
    bare = word.text.strip(",;/").casefold()
    return not bare or bare in joining


def _on(line: PageLine, boxes: Iterable[Bbox]) -> list[Bbox]:
    """The marks on a line, from left to right."""
    slack = _SLACK * line.size
    found = (b for b in boxes if line.top - slack <= middle_height(b) <= line.bottom + slack)
    return sorted(found)


def _follows(line: PageLine, below: PageLine, mark: Bbox) -> bool:
    """Whether the line below is the next one, and begins with a mark before its words."""
    return below.top - line.bottom <= _NEXT_LINE * line.size and mark[2] <= below.words[0].x0 + 1


def _last(one: Bbox, after: dict[Bbox, Bbox]) -> Bbox:
    """The last of the marks that share the same words."""
    while one in after:
        one = after[one]
    return one
