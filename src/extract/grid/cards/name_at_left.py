"""Cards without a box whose name stands left of labels that stand below each other.

Each label has its value beside it; name, labels and values are three columns that recur down the
page. Lengths are in points where nothing else is said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from styrmatt.extract.grid.cards.card_lines import LEADING, chains_of
from styrmatt.extract.grid.cards.labels import Label, LabelFinder
from styrmatt.extract.grid.cards.regions import Region
from styrmatt.extract.model.page import Page
from styrmatt.extract.model.text_lines import PageLine, Word, lines_of
from styrmatt.geometry import union

_FEWEST_LABELS = 2
"""Labels below each other."""
_FEWEST_CARDS = 2
"""Cards with the same labels on a page: one alone may be something else."""
_SAME_PLACE = 3.0
"""Points by which labels of a card begin apart."""
_LABEL_LEADING = 1.2
"""Ems between two labels of a card at most."""
_APART = 0.8
"""Ems between the name and the labels at least."""
_LARGER = 1.15
"""Times the size of labels from which a line left of them is a heading, and no name."""


@dataclass
class _Stack:
    """Labels below each other with their values beside them."""

    labels: list[Label]
    words: list[Word]
    """All words of their lines from the labels on."""

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(label.key for label in self.labels)

    @property
    def left(self) -> float:
        return min(label.bbox[0] for label in self.labels)

    @property
    def top(self) -> float:
        return self.labels[0].bbox[1]

    @property
    def bottom(self) -> float:
        return self.labels[-1].bbox[3]

    @property
    def size(self) -> float:
        return self.labels[0].words[0].size


def cards_with_names_at_left(page: Page, finder: LabelFinder) -> Iterator[Region]:
    """The words of each such card of a page, with the box around them."""
    stacks = list(_stacks(page.lines, finder))
    alike = Counter(stack.keys[0] for stack in stacks)
    stacks = [stack for stack in stacks if alike[stack.keys[0]] >= _FEWEST_CARDS]
    if any(_side_by_side(one, other) for one in stacks for other in stacks if one is not other):
        return
    named = [(stack, _beside(page, stack, stacks, finder)) for stack in stacks]
    found = [(stack, beside) for stack, beside in named if beside]
    if len(found) < _FEWEST_CARDS:
        return
    for stack, beside in found:
        own = {id(word) for word in (*beside, *stack.words)}
        words = tuple(word for word in page.words if id(word) in own)
        box = union(word.bbox for word in words)
        yield Region(words, box[2], box)


def _side_by_side(one: _Stack, other: _Stack) -> bool:
    return one.top < other.bottom and other.top < one.bottom


def _stacks(lines: Sequence[PageLine], finder: LabelFinder) -> Iterator[_Stack]:
    """The stacks of labels among lines, top to bottom; a label that recurs begins another."""
    last: _Stack | None = None
    for line in lines:
        found = _labelled(line, finder)
        if found is None:
            continue
        label, words = found
        if last is not None and _goes_on(last, label):
            last.labels.append(label)
            last.words += words
            continue
        if last is not None and len(last.labels) >= _FEWEST_LABELS:
            yield last
        last = _Stack([label], words)
    if last is not None and len(last.labels) >= _FEWEST_LABELS:
        yield last


def _goes_on(stack: _Stack, label: Label) -> bool:
    near = 0 <= label.bbox[1] - stack.bottom <= _LABEL_LEADING * stack.size
    same = abs(label.bbox[0] - stack.labels[-1].bbox[0]) <= _SAME_PLACE
    return near and same and label.key not in stack.keys


def _labelled(line: PageLine, finder: LabelFinder) -> tuple[Label, list[Word]] | None:
    """The only label of a line that has its value behind it, and the words from there on."""
    chains = chains_of(line)
    found = [(n, label) for n, chain in enumerate(chains) for label in finder.labels(chain)]
    if len(found) != 1 or found[0][1].start or not found[0][1].is_known:
        return None
    n, label = found[0]
    has_value = not label.alone or len(chains) == n + 2
    return (label, [word for chain in chains[n:] for word in chain]) if has_value else None


def _beside(page: Page, stack: _Stack, stacks: Iterable[_Stack], finder: LabelFinder) -> list[Word]:
    """The words left of a stack that name its card, and those right below them."""
    rules = [r.at for r in page.horizontals if r.start < stack.left < r.end]
    ends = [
        *(at for at in rules if at <= stack.top + 1),
        *(other.bottom for other in stacks if other.bottom < stack.top),
    ]
    begins = [
        *(at for at in rules if at >= stack.bottom - 1),
        *(other.top - 1 for other in stacks if other.top > stack.bottom),
    ]
    top, bottom = max(ends, default=0.0), min(begins, default=page.height)
    left = [
        word
        for word in page.words
        if top <= word.middle <= bottom and word.x1 <= stack.left - _APART * stack.size
    ]
    lines = lines_of(left)
    level = [n for n, one in enumerate(lines) if one.top < stack.bottom and one.bottom > stack.top]
    if not level:
        return []
    first, last = level[0], level[-1]
    while first > 0 and _follows(lines[first - 1], lines[first]):
        first -= 1
    while last + 1 < len(lines) and _follows(lines[last], lines[last + 1]):
        last += 1
    own = lines[first : last + 1]
    is_name = any(map(str.isalpha, own[0].text)) and not any(
        finder.labels(chain) for one in own for chain in chains_of(one)
    )
    larger = any(one.size > _LARGER * stack.size and _has_letters(one) for one in own)
    return [word for one in own for word in one.words] if is_name and not larger else []


def _has_letters(line: PageLine) -> bool:
    return any(map(str.isalpha, line.text))


def _follows(above: PageLine, line: PageLine) -> bool:
    return line.top - above.bottom < LEADING * line.size
