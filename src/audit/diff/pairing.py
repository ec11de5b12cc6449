"""Which row of one extract is which of the other."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Pairing(Generic[T]):
    """Rows that are the same on both sides, and those that are left over, in order of their ids."""

    pairs: tuple[tuple[T, T], ...]
    left: tuple[T, ...]
    right: tuple[T, ...]


Candidate = tuple[float, T, T]
"""How likely two rows are the same, and the rows."""


def best_pairs(
    left: Sequence[T],
    right: Sequence[T],
    candidates: Iterable[Candidate[T]],
    name: Callable[[T], str],
) -> Pairing[T]:
    """Pairs from the likeliest on, each row in one at most; ``name`` tells a side's rows apart.

    The same pairs come out where left and right change places.
    """
    taken_left: dict[str, T] = {}
    taken_right: set[str] = set()
    pairs = []

    def order(candidate: Candidate[T]) -> tuple[float, str, str, str]:
        score, one, other = candidate
        first, second = name(one), name(other)
        return (-score, min(first, second), max(first, second), first)

    for _, one, other in sorted(candidates, key=order):
        if name(one) not in taken_left and name(other) not in taken_right:
            taken_left[name(one)] = one
            taken_right.add(name(other))
            pairs.append((one, other))
    return Pairing(
        tuple(sorted(pairs, key=lambda pair: name(pair[0]))),
        tuple(sorted((row for row in left if name(row) not in taken_left), key=name)),
        tuple(sorted((row for row in right if name(row) not in taken_right), key=name)),
    )


def candidates_by_key(
    left: Sequence[T],
    right: Sequence[T],
    left_key: Callable[[T], Hashable | None],
    right_key: Callable[[T], Hashable | None],
    score: Callable[[T, T], float | None],
) -> Iterator[Candidate[T]]:
    """Rows with the same key, unless ``score`` is None for them; a key of None fits nothing."""
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
    found: list[str] = []
    while series_id is not None and (series_id := predecessors.get(series_id)) is not None:
        if series_id in found:
            break
        found.append(series_id)
    return tuple(found)


def is_predecessor(first: str | None, second: str | None, predecessors: Mapping[str, str]) -> bool:
    """Whether one of two series came from the other."""
    if first is None or second is None or first == second:
        return False
    return first in ancestry(second, predecessors) or second in ancestry(first, predecessors)
