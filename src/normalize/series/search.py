"""Finding a series by id, by the id of one of its members, or by words of its name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from rapidfuzz import fuzz

from styrmatt.records import Series
from styrmatt.swedish.lemmas import printed_words
from styrmatt.whitespace import squeeze

_MIN_LIKENESS: Final = 80.0
"""Likeness of the words of a name to those wanted from which a series is shown, 0 to 100.

One wrong letter in a word of five is 80: misprints are found, other words are not.
"""
_MIN_LEAD: Final = 8.0
"""By how much the likest must be more alike than the next, 0 to 100, to be the one that is meant:
as much as one wrong letter makes in a word of twelve. A smaller lead is shown as a list."""
_MAX_SHOWN: Final = 12
"""Series that are listed at most: half a screen of a terminal."""


def search(series: Sequence[Series], text: str) -> list[Series]:
    """The series that a text means: one where that is clear, else several, measures first.

    The text is an id of a series, measure, goal or record, or words of a name, in any order and
    case; a word may be cut short.
    """
    by_id = [s for s in series if text in _ids(s)]
    if by_id:
        return by_id[:1]
    exact = [s for s in series if squeeze(text) in map(squeeze, s.names)]
    return _in_order(exact or _with_all_words(series, text) or _alike(series, text))


def _ids(series: Series) -> Iterable[str]:
    yield series.series_id
    for member in series.members:
        yield member.item_id
        yield from (f"{member.item_id}-{sex}" for sex in "TKM")


def _with_all_words(series: Sequence[Series], text: str) -> list[Series]:
    """Series with a name in which every word of the text is the beginning or part of a word."""
    wanted = [word.casefold() for word in printed_words(text)]
    return [
        s
        for s in series
        if wanted and any(all(w in name.casefold() for w in wanted) for name in s.names)
    ]


def _alike(series: Sequence[Series], text: str) -> list[Series]:
    """Series with a name that has words like those of the text, the likest first."""
    wanted = [word.casefold() for word in printed_words(text)]
    scored = [(_likeness(wanted, s), s) for s in series]
    found = sorted(
        ((score, s) for score, s in scored if score >= _MIN_LIKENESS),
        key=lambda pair: (-pair[0], pair[1].series_id),
    )[:_MAX_SHOWN]
    if len(found) > 1 and found[0][0] - found[1][0] >= _MIN_LEAD:
        found = found[:1]
    return [s for _, s in found]


def _likeness(wanted: Sequence[str], series: Series) -> float:
    """How alike the words of the best name are to those wanted, 0 to 100: the mean of the words."""
    if not wanted:
        return 0.0
    names = [[word.casefold() for word in printed_words(name)] for name in series.names]
    return max(
        sum(max((fuzz.ratio(w, n) for n in name), default=0.0) for w in wanted) / len(wanted)
        for name in names
    )


def _in_order(series: Sequence[Series]) -> list[Series]:
    """Measures before goals, the latest first."""
    return sorted(series, key=lambda s: (s.kind != "measure", -s.last_year, s.name))
