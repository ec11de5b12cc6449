"""Labels of a header whose words are set apart to fill their column, as justified text is.

The space in such a label is as wide as a gap between cells of other tables. It shows as part of the
label where the words on its left go on in the line below, the one on its right does not, and
together they say just what they say without it: ``Utfall  år`` above ``2023``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from styrmatt.extract.grid.headers.chains import chain_text
from styrmatt.extract.headers.header_words import HeaderWords
from styrmatt.extract.model.text_lines import Word

_WIDEST: Final = 0.9
"""Ems of the widest space in a stretched label: the padding of two columns is at least an em."""
_NARROWER: Final = 1.0
"""Points by which that space is narrower than the gaps on both sides of the label, at least."""

Chains = list[list[Word]]
"""The words of a line in groups."""


def with_stretched_labels(lines: Sequence[Chains], words: HeaderWords) -> list[Chains]:
    """The lines, with the groups that stretched labels were parted into as one group."""
    return [*(_joined(line, below, words) for line, below in pairwise(lines)), *lines[-1:]]


def _joined(line: Chains, below: Chains, words: HeaderWords) -> Chains:
    gaps = [right[0].x0 - left[-1].x1 for left, right in pairwise(line)]
    out = line[:1]
    for n, (left, right) in enumerate(pairwise(line)):
        beside = [*gaps[:n][-1:], *gaps[n + 1 : n + 2]]
        narrow = 0 < gaps[n] < _WIDEST * right[0].size
        if (
            narrow
            and gaps[n] + _NARROWER <= min(beside, default=0.0)
            and _is_one(left, right, below, words)
        ):
            out = [*out[:-1], [*out[-1], *right]]
        else:
            out = [*out, right]
    return out


def _is_one(left: Sequence[Word], right: Sequence[Word], below: Chains, words: HeaderWords) -> bool:
    """Whether the right group only adds to what the left one says with what stands below it."""
    under = [chain for chain in below if _overlap(chain, left)]
    own = words.header(chain_text(right))
    is_label = bool(own.roles) and right[0].text[:1].isupper()
    if len(under) != 1 or own.year or is_label or any(_overlap(chain, right) for chain in below):
        return False
    alone = words.header(chain_text([*left, *under[0]]))
    both = words.header(chain_text([*left, *right, *under[0]]))
    return bool(alone.roles) and alone.whole and replace(both, text=alone.text) == alone


def _overlap(one: Sequence[Word], other: Sequence[Word]) -> bool:
    return min(one[-1].x1, other[-1].x1) > max(one[0].x0, other[0].x0)
