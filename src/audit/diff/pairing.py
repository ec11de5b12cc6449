"""Pairs the rows of two extracts that are the same measure, goal or row."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

T = TypeVar("T")

SAME_SERIES_SCORE: Final = 4
"""Base score of two rows of one series. The likeness (0 to 1) that is added chooses among such rows
only: the bases lie more than 1 apart."""
PREDECESSOR_SCORE: Final = 2
"""Base score of two rows of which one's series came from the other's. Below
:data:`SAME_SERIES_SCORE`, and above rows that merely have the same name, which score their likeness
alone."""


@dataclass(frozen=True, slots=True)
class Pairing(Generic[T]):
    """Pairs of rows, and the rows that one side has alone, each sorted by id."""

    pairs: tuple[tuple[T, T], ...]
    left: tuple[T, ...]
    right: tuple[T, ...]


Candidate = tuple[float, T, T]
"""A score (higher: more likely the same) and the two rows."""


def best_pairs(
    left: Sequence[T],
    right: Sequence[T],
    candidates: Iterable[Candidate[T]],
    id_of: Callable[[T], str],
) -> Pairing[T]:
    """Pairs in descending order of score, each row in one at most.

    ``id_of`` gives the id of a row, unique on its side. The pairs are the same with left and right
    swapped.
    """
    taken_left: dict[str, T] = {}
    taken_right: set[str] = set()
    pairs = []

    def order(candidate: Candidate[T]) -> tuple[float, str, str, str]:
        score, one, other = candidate
        first, second = id_of(one), id_of(other)
        return (-score, min(first, second), max(first, second), first)

    for _, one, other in sorted(candidates, key=order):
        if id_of(one) not in taken_left and id_of(other) not in taken_right:
            taken_left[id_of(one)] = one
            taken_right.add(id_of(other))
            pairs.append((one, other))
    return Pairing(
        tuple(sorted(pairs, key=lambda pair: id_of(pair[0]))),
        tuple(sorted((row for row in left if id_of(row) not in taken_left), key=id_of)),
        tuple(sorted((row for row in right if id_of(row) not in taken_right), key=id_of)),
    )


def candidates_by_key(
    left: Sequence[T],
    right: Sequence[T],
    left_key: Callable[[T], Hashable | None],
    right_key: Callable[[T], Hashable | None],
    score: Callable[[T, T], float | None],
) -> Iterator[Candidate[T]]:
    """Rows with equal keys and their score, unless it is None; a key of None matches nothing."""
    by_key: dict[Hashable, list[T]] = {}
    for row in right:
        key = right_key(row)
        if key is not None:
            by_key.setdefault(key, []).append(row)
    for row in left:
        key = left_key(row)
        for other in by_key.get(key, ()) if key is not None else ():
            likeness = score(row, other)
            if likeness is not None:
                yield likeness, row, other


def ancestry(series_id: str | None, predecessors: Mapping[str, str]) -> tuple[str, ...]:
    """The predecessors of a series, the nearest first."""
    ancestors: list[str] = []
    while series_id is not None and (series_id := predecessors.get(series_id)) is not None:
        if series_id in ancestors:  # a damaged register
            break
        ancestors.append(series_id)
    return tuple(ancestors)


def is_predecessor(first: str | None, second: str | None, predecessors: Mapping[str, str]) -> bool:
    """Whether one of two series came from the other."""
    if first is None or second is None or first == second:
        return False
    return first in ancestry(second, predecessors) or second in ancestry(first, predecessors)
