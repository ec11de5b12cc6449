"""The name of a card that stands left of its labels.

Where these stand side by side above their values, such a card is as wide as the page and some lines
high. Lengths are in points.
"""

from __future__ import annotations

from collections.abc import Sequence

from styrmatt.extract.grid.cards.card_lines import chains_of
from styrmatt.extract.grid.cards.labels import Label, LabelFinder
from styrmatt.extract.grid.cards.regions import Region
from styrmatt.extract.model.text_lines import PageLine, Word, lines_of

_FEWEST_LABELS = 2
"""Labels on one line that stand above their values."""
_ONE_LINE = 3.0
"""Points by which labels on one line differ in height at most."""
_NEAR = 0.8
"""Ems between the name and labels below each other at least."""
_APART = 1.0
"""Ems between the name and the first label at least."""


_NAME_LEADING = 0.6
"""Ems between two lines of one name at most."""
_FLUSH = 1.5
"""Points by which the lines of a name begin beside each other at most."""


def words_beside_stack(region: Region, finder: LabelFinder) -> list[Word]:
    """The words of a box that stand left of labels below each other, whose values are beside them.

    Empty where any words stand above or below the labels.
    """
    if region.box is None:
        return []
    labels = _labels(region.words, finder)
    lines = {round(one.bbox[1] / _ONE_LINE) for one in labels}
    if len(labels) < _FEWEST_LABELS or len(lines) < len(labels):
        return []
    starts = [one.bbox[0] for one in labels]
    if max(starts) - min(starts) >= _ONE_LINE:
        return []
    left = min(starts)
    beside = [word for word in region.words if word.x1 <= left - _NEAR * word.size]
    top, bottom = min(one.bbox[1] for one in labels), max(one.bbox[3] for one in labels)
    others = [word for word in region.words if word not in beside]
    inside = all(word.x0 >= left - 1 and top <= word.middle <= bottom for word in others)
    return beside if inside and any(word.text.isalpha() for word in beside) else []


def words_beside_labels(region: Region, finder: LabelFinder) -> list[Word]:
    """The words of a drawn box that stand left of its labels, which stand above their values.

    Empty where labels stand before their values, on several lines, or have words above them.
    """
    if region.box is None:
        return []
    labels = _labels(region.words, finder)
    if len(labels) < _FEWEST_LABELS or not all(one.alone and not one.colon for one in labels):
        return []
    tops = [one.bbox[1] for one in labels]
    if max(tops) - min(tops) >= _ONE_LINE:
        return []
    first = min(labels, key=lambda one: one.bbox[0])
    left = first.bbox[0]
    beside = [word for word in region.words if word.x1 <= left - _APART * word.size]
    others = [word for word in region.words if word.x0 >= left - 1]
    if len(beside) + len(others) < len(region.words) or not _is_name(beside):
        return []
    above = any(word.bottom <= min(tops) for word in others)
    below = any(word.top >= first.bbox[3] - 1 and word.x0 < first.bbox[2] for word in others)
    return beside if below and not above else []


def _labels(words: Sequence[Word], finder: LabelFinder) -> list[Label]:
    return [
        label
        for line in lines_of(words)
        for chain in chains_of(line)
        for label in finder.labels(chain)
    ]


def _is_name(words: Sequence[Word]) -> bool:
    """Whether words are of one type, and not all figures."""
    types = {(word.bold, round(word.size)) for word in words}
    return len(types) == 1 and any(map(str.isalpha, "".join(word.text for word in words)))


def with_words_beside(lines: Sequence[PageLine]) -> list[PageLine]:
    """The lines of a card, with words in the middle beside a name of two lines on its first one.

    So stands a status in the corner of a box: its height is that of neither line.
    """
    out = list(lines)
    n = 1
    while n + 1 < len(out):
        above, beside, below = out[n - 1 : n + 2]
        near = below.top - above.bottom <= _NAME_LEADING * above.size
        alike = abs(above.x0 - below.x0) <= _FLUSH and above.bold == below.bold
        in_middle = above.bottom > beside.top and beside.bottom > below.top
        at_right = beside.x0 > max(above.x1, below.x1)
        if near and alike and in_middle and at_right and above.size == below.size:
            out[n - 1 : n + 1] = [PageLine((*above.words, *beside.words))]
        n += 1
    return out
