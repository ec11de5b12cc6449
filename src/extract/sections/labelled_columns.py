"""Columns of a page that hold cards: no running text, but labels with values, and headings.

Cards that stand in rows below headings over all of them are no columns: nothing stands beside such
a heading. Lengths are in points, or in ems where they are multiplied with a font size.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from styrmatt.extract.model.text_lines import PageLine
from styrmatt.extract.sections.beside_gutter import Beside

_MOST_WORDS = 5
"""Words of a label at most: what it is, and its year."""
_MOST_OF_FIGURES = 16
"""Words of a line of figures between commas at most, each with its label, unit and year before."""
_COMMA = re.compile(r",\s")
_FIGURE_BEHIND = re.compile(
    r"(?P<label>[^\W\d_]+)\s(?:[^\W\d_]+\s)?[<>≤≥+−–-]?\s?\d[\d\s.,]*(?:\S{1,8})?\s?(?:\([^()]*\))?$"
)
"""A word, and a figure with its unit behind it; a limit in one word may stand between."""
_FEWEST_LABELS = 2
"""Labels that stand on both sides at least: one has none in common with a list by chance."""
_FEWEST_LINES = 3
"""Lines with such labels on each side at least: those of one card, or of two."""
_LARGER = 0.7
"""Points by which a heading is larger than the names of cards and the lines with labels."""
_NEAR = 0.2
"""Ems by which a line beside a heading may reach below the first line that the heading holds for.
"""


def are_cards(beside: Beside) -> bool:
    """Whether cards run down on both sides of a gutter, each side with headings of its own.

    The same labels stand on both sides. Beside a heading of one side, and above what it holds for,
    stands a line with such a label on the other: below a heading over both sides none does.
    """
    sides = (beside.left, beside.right)
    found = [[(label, line) for line in side for label in labels_of(line)] for side in sides]
    common = {label for label, _ in found[0]} & {label for label, _ in found[1]}
    if len(common) < _FEWEST_LABELS:
        return False
    labelled = [
        list({id(line): line for label, line in side if label in common}.values()) for side in found
    ]
    if min(map(len, labelled)) < _FEWEST_LINES:
        return False
    names = [size for side in sides for size in _sizes_of_names(side)]
    usual = max([line.size for side in labelled for line in side] + [median(names or [0.0])])
    return any(
        top <= line.middle_height and line.bottom <= below.top + _NEAR * below.size
        for own, other in ((beside.left, labelled[1]), (beside.right, labelled[0]))
        for top, below in _headings(own, usual)
        for line in other
    )


def labels_of(line: PageLine) -> tuple[str, ...]:
    """The words before the first colon of a line, or those before each figure between commas.

    Nothing where it begins with no label: "Result 82 (79), target 85" has two.
    """
    for n, word in enumerate(line.words[:_MOST_WORDS]):
        if word.text.endswith(":") and n + 1 < len(line.words):
            return (" ".join(one.text for one in line.words[: n + 1]),)
    if len(line.words) > _MOST_OF_FIGURES or "," not in line.text:
        return ()
    found = [_FIGURE_BEHIND.match(part.strip()) for part in _COMMA.split(line.text)]
    labels = [match["label"] for match in found if match is not None]
    return tuple(labels) if len(labels) == len(found) > 1 else ()


def _sizes_of_names(lines: Sequence[PageLine]) -> Iterator[float]:
    """The sizes of the lines right above labels, which mostly are the names of cards."""
    for above, line in pairwise(lines):
        if labels_of(line) and not labels_of(above):
            yield above.size


def _headings(lines: Sequence[PageLine], usual: float) -> Iterator[tuple[float, PageLine]]:
    """Where each heading among lines begins, and the line below it."""
    top: float | None = None
    for line in lines:
        if line.size > usual + _LARGER:
            top = line.top if top is None else top
        elif top is not None:
            yield top, line
            top = None
