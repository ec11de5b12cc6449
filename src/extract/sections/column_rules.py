"""Lines drawn between columns of text: where one ends and goes on below, something lies across.

Headings that lie across are often too short to show it. Lengths are in points.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from styrmatt.extract.model.page import Page, Ruling
from styrmatt.extract.model.text_lines import PageLine, lines_of
from styrmatt.extract.sections.beside_gutter import Crossed

_NEAR = 2.0
"""Points by which pieces of one line differ sideways at most, and within which lines touch."""
_REACH = 40.0
"""Points on both sides of the line that are crossed: more than a gutter, less than a column."""
_LARGER = 0.7
"""Points by which a heading is larger than running text."""
_FEWEST = 2
"""Words on each side of a piece of such a line at least."""


def between_rules(page: Page) -> Iterator[Crossed]:
    """The heights between the pieces of a line drawn between columns, where text lies across."""
    rules = [rule for rule in page.verticals if _is_between(page, rule)]
    if len(rules) < 2:
        return
    size = median(word.size for word in page.words)
    for one in rules:
        below = [r for r in rules if abs(r.at - one.at) <= _NEAR and r.start > one.end]
        if not below:
            continue
        span = (one.end, min(rule.start for rule in below))
        lines = lines_of(word for word in page.words if span[0] <= word.middle <= span[1])
        if lines and _lie_across(lines, one.at, size):
            yield Crossed(one.at - _REACH, one.at + _REACH, *span, ruling=False)


def _lie_across(lines: Sequence[PageLine], at: float, size: float) -> bool:
    """Whether lines are none of the left or right column alone: all begin at the left, and the
    first is a heading or crosses the line."""
    first = lines[0]
    heading = first.bold or first.size > size + _LARGER
    return (heading or _crosses(first, at)) and all(line.x0 < at for line in lines)


def _crosses(line: PageLine, at: float) -> bool:
    """Whether words stand on both sides of a place, a space apart."""
    return any(
        one.x0 <= at <= one.x1 or (one.x1 <= at <= two.x0 and two.x0 - one.x1 < two.size)
        for one, two in pairwise((*line.words, line.words[-1]))
    )


def _is_between(page: Page, rule: Ruling) -> bool:
    """Whether a line stands alone between words on both sides, and is no side of a cell or box."""
    span = (rule.start, rule.end)
    if rule.edge_of_fill or any(
        other.start - _NEAR <= rule.at <= other.end + _NEAR
        for other in page.horizontals_within(span[0] - _NEAR, span[1] + _NEAR)
    ):
        return False
    beside = page.words_at(*span)
    if any(word.x0 < rule.at < word.x1 for word in beside):
        return False
    left = sum(word.x1 <= rule.at for word in beside)
    return min(left, len(beside) - left) >= _FEWEST
