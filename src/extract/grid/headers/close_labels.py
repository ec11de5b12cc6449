"""Labels of a header that stand so close to each other that only a space seems to part them.

Years side by side are labels of their own: no label names two with nothing between them. So is a
word for a column of another kind behind them: ``2022 2023 Trend``. So are two known labels that
stand farther apart than words do, of which the second begins with a capital.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from styrmatt.extract.grid.headers.chains import chain_text
from styrmatt.extract.headers.header_words import HeaderWords
from styrmatt.extract.model.text_lines import Word

_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_WIDE_SPACE: Final = 0.5
"""Ems: spaces between words are narrower, also where a line is stretched a little."""
_FEWEST: Final = 2
"""Years that stand behind each other, from which each is a label."""


def with_close_labels(chains: Sequence[list[Word]], words: HeaderWords) -> list[list[Word]]:
    """The groups of a line's words, with the labels in each as groups of their own."""
    return [
        part
        for chain in chains
        for half in _at_wide_space(chain, words)
        for part in _parted(half, words)
    ]


def _at_wide_space(chain: list[Word], words: HeaderWords) -> list[list[Word]]:
    """A group of words, cut where a wide space parts two labels that are both known."""
    for n, (left, right) in enumerate(pairwise(chain), 1):
        if right.x0 - left.x1 < _WIDE_SPACE * right.size or not right.text[:1].isupper():
            continue
        halves = [chain[:n], chain[n:]]
        readings = [words.header(chain_text(half)) for half in halves]
        if all(one.whole and one.roles for one in readings):
            return [halves[0], *_at_wide_space(halves[1], words)]
    return [chain]


def _parted(chain: list[Word], words: HeaderWords) -> list[list[Word]]:
    years = _leading_years(chain)
    if years < _FEWEST:
        return [chain]
    behind = chain[years:]
    if behind and not words.header(chain_text(behind)).whole:
        return [chain]
    return [*([word] for word in chain[:years]), *([behind] if behind else [])]


def _leading_years(chain: Sequence[Word]) -> int:
    """How many years the words begin with, each of them another one than that before it."""
    count = 0
    for word in chain:
        if not _YEAR.fullmatch(word.text):
            break
        count += 1
    in_order = all(left.text != right.text for left, right in pairwise(chain[:count]))
    return count if in_order else 0
