"""Upright headings above turned header labels: a year over those for women, men and both.

Lengths are in points, or in ems where they are multiplied with a font size.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from styrmatt.extract.grid.headers.chains import chain_text, chains_of
from styrmatt.extract.grid.headers.turned_labels import TurnedLabel
from styrmatt.extract.headers.header_words import HeaderWords
from styrmatt.extract.model.page import Page
from styrmatt.extract.model.text_lines import PageLine, Word

_ABOVE = 1.5
"""Ems between such headings and the labels, or the ruling above these, at most: padding."""
_BESIDE = 1.0
"""Times the width of a label that a heading may reach out of the labels on both sides."""


class SpanLine(NamedTuple):
    """A line above turned labels, and those of its cells that may stand for several of them."""

    line: PageLine
    chains: list[list[Word]]


def line_above(
    page: Page,
    lines: Sequence[PageLine],
    labels: Sequence[TurnedLabel],
    top: float,
    words: HeaderWords,
) -> SpanLine | None:
    """The line right above turned labels whose cells over them say something; None without one.

    ``top`` is the height of the ruling over the labels, or of the highest label.
    """
    near = [line for line in lines if 0 <= top - line.bottom + 1 <= _ABOVE * line.size + 1]
    if not near:
        return None
    line = near[-1]
    left = min(x.bbox[0] - _BESIDE * x.em for x in labels)
    right = max(x.bbox[2] + _BESIDE * x.em for x in labels)
    over = [c for c in chains_of(page, line) if left < (c[0].x0 + c[-1].x1) / 2 < right]
    readings = [words.header(chain_text(chain)) for chain in over]
    says = all(reading.whole and reading.says_something for reading in readings)
    return SpanLine(line, over) if over and len(over) < len(labels) and says else None


def as_word(label: TurnedLabel) -> Word:
    """A turned label as a word of a line, which stands where the label does."""
    x0, top, x1, bottom = label.bbox
    return Word(label.text, x0, top, x1, bottom, label.em, False)
