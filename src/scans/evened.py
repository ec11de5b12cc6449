"""Makes sizes and weights of a page's lines alike that are so in print, and were only measured."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

_ONE_SIZE: Final = 0.07
"""Share by which sizes differ that are one: the rounding of pixels."""
_NEAR_SIZE: Final = 0.2
"""Share by which figures and a word beside them may be measured differently; a raised figure is
smaller."""
_FEW_LETTERS: Final = 7
"""Letters below which a line is too short to tell a size of its own."""
_TELLING: Final = 4
"""Letters of a line that is company for others at least."""
_ENOUGH_LETTERS: Final = 12
"""Letters of a page from which a size is one of the page's."""
_SHORT: Final = 14
"""Letters of a text that is set as what stands beside it: a cell of a header or of figures."""
_BOLD: Final = 1.27
"""Times the usual weight from which letters are bold."""
_SAME_BASELINE: Final = 2.5
"""Points by which base lines of one line of text differ at most."""
_ABOVE, _ALIGNED = 16.0, 3.0
"""Points from a line of a cell up to the one above it at most, and by which both begin alike."""


class MeasuredLine(NamedTuple):
    """A line of text up to a wide gap; lengths in points."""

    letters: int
    x0: float
    baseline: float
    size: float
    weight: float


def evened_baselines(lines: Sequence[MeasuredLine]) -> list[float]:
    """The base lines, that of a short text being that of the longest text beside it."""
    evened = []
    for n, line in enumerate(lines):
        company = [m for m in _company(lines, n) if _is_beside(lines[m], line)]
        longest = max(company, key=lambda m: lines[m].letters, default=n)
        longer = line.letters < _SHORT and lines[longest].letters > line.letters
        evened.append(lines[longest].baseline if longer else line.baseline)
    return evened


def evened_sizes(lines: Sequence[MeasuredLine]) -> list[float]:
    """The sizes with those made one that differ by no more than measuring does.

    The size of most letters is that of its like. A short text has the size of what stands beside it
    if that is near; two or three letters, or a dash, have it in any case, else that of the line
    above, else one that the page has.
    """
    centres: dict[float, int] = {}
    evened = [0.0] * len(lines)
    for n in sorted(range(len(lines)), key=lambda n: -lines[n].letters):
        one = lines[n]
        near = [size for size in centres if abs(size - one.size) <= _ONE_SIZE * size]
        if one.letters < _SHORT:
            is_few = one.letters < _FEW_LETTERS
            company = [evened[m] for m in _company(lines, n) if evened[m]]
            if not is_few:
                company = [size for size in company if abs(size - one.size) <= _NEAR_SIZE * size]
            usual = [size for size, letters in centres.items() if letters >= _ENOUGH_LETTERS]
            near = company[:1] or (usual if is_few else []) or near
        if not near:
            centres[one.size] = 0
            near = [one.size]
        evened[n] = min(near, key=lambda size: abs(size - one.size))
        centres[evened[n]] += one.letters
    return evened


def bold_lines(lines: Sequence[MeasuredLine]) -> list[bool]:
    """Which lines are bold, by the usual weight of the page's letters.

    A short text is as bold as most of what stands beside it, else as the line above it in its cell:
    its own weight says little.
    """
    least = _BOLD * _weighted_median((line.weight, line.letters) for line in lines)
    own = [line.weight >= least for line in lines]
    bold = list(own)
    for n, line in sorted(enumerate(lines), key=lambda pair: pair[1].baseline):
        if line.letters < _SHORT:
            company = _company(lines, n)
            votes = sum(lines[m].letters if bold[m] else -lines[m].letters for m in company)
            if company and not _is_beside(lines[company[0]], line):
                bold[n] = bold[company[0]]
            else:
                votes += line.letters if own[n] else -line.letters
                bold[n] = votes > 0 or (votes == 0 and own[n])
    return bold


def _company(lines: Sequence[MeasuredLine], n: int) -> list[int]:
    """The lines on the base line of one, without very short ones; else the one above it."""
    one = lines[n]
    others = [m for m, line in enumerate(lines) if m != n]
    beside = [m for m in others if _is_beside(lines[m], one) and lines[m].letters >= _TELLING]
    if beside:
        return beside
    above = [
        m
        for m in others
        if abs(lines[m].x0 - one.x0) <= _ALIGNED
        and _SAME_BASELINE < one.baseline - lines[m].baseline <= _ABOVE
    ]
    return sorted(above, key=lambda m: -lines[m].baseline)[:1]


def _is_beside(line: MeasuredLine, other: MeasuredLine) -> bool:
    return abs(line.baseline - other.baseline) <= _SAME_BASELINE


def _weighted_median(pairs: Iterable[tuple[float, int]]) -> float:
    ordered = sorted(pairs)
    half = sum(length for _, length in ordered) / 2
    total = 0
    for value, length in ordered:
        total += length
        if total >= half:
            return value
    return 0.0
