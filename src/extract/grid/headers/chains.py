"""The words of a line of a table in groups: its cells, or text beside them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from styrmatt.extract.model.page import Page
from styrmatt.extract.model.text_lines import PageLine, Word, lines_of, split_at_gaps
from styrmatt.geometry import Span

_FEWEST_STRETCHED = 5
"""Words of a line whose spaces show that they are stretched: fewer are alike by chance."""
_SAME_SPACE, _WIDEST_SPACE = 0.15, 1.2
"""Ems by which stretched spaces of a line differ, and that the widest of them has, at most."""
_RULE_OFF = 1.0
"""Points by which a ruling may lie within a word's box and still part it from the next."""
_RULE_HEIGHT = 0.5
"""Share of a line's height that a vertical ruling covers to part its cells."""


def chains_of(page: Page, line: PageLine) -> list[list[Word]]:
    """The line's words in groups that neither a gap nor a vertical ruling parts."""
    rules = [
        r
        for r in page.verticals
        if min(r.end, line.bottom) - max(r.start, line.top)
        > _RULE_HEIGHT * (line.bottom - line.top)
    ]
    out: list[list[Word]] = []
    chains = list(split_at_gaps(line))
    if len(chains) > 1 and not rules and _is_stretched(line):
        return [list(line.words)]
    for chain in chains:
        group = [chain[0]]
        for left, right in pairwise(chain):
            if any(left.x1 - _RULE_OFF <= r.at <= right.x0 + _RULE_OFF for r in rules):
                out.append(group)
                group = []
            group.append(right)
        out.append(group)
    return out


def _is_stretched(line: PageLine) -> bool:
    """Whether a line is running text whose spaces are stretched to fill its column.

    They are all alike; the gaps between cells differ from the spaces in them.
    """
    if len(line.words) < _FEWEST_STRETCHED:
        return False
    gaps = [right.x0 - left.x1 for left, right in pairwise(line.words)]
    alike = max(gaps) - min(gaps) < _SAME_SPACE * line.size
    return alike and max(gaps) < _WIDEST_SPACE * line.size


def chain_text(chain: Sequence[Word]) -> str:
    """The words of a chain, line by line."""
    return "\n".join(line.text for line in lines_of(chain))


def ruled_cell(page: Page, chain: Sequence[Word]) -> Span | None:
    """From where to where the cell of a chain reaches; None where no rulings stand beside it."""
    height = chain[0].middle
    x0, x1 = chain[0].x0 + _RULE_OFF, chain[-1].x1 - _RULE_OFF
    beside = [rule.at for rule in page.verticals if rule.start <= height <= rule.end]
    left, right = [x for x in beside if x <= x0], [x for x in beside if x >= x1]
    return (max(left), min(right)) if left and right else None


def ground_of(page: Page, word: Word) -> str | None:
    """The colour of what is shaded behind a word; of several the last, which lies on the others."""
    x = (word.x0 + word.x1) / 2
    behind = [f.colour for f in page.fills_at(word.middle) if f.bbox[0] <= x <= f.bbox[2]]
    return behind[-1] if behind else None
