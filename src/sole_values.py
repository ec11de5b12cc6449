"""What is said of each thing where all that is said of it is one."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V", bound=Hashable)


def sole_values(pairs: Iterable[tuple[K, V]]) -> dict[K, V]:
    """The value of each key, in the order of the keys; keys with different values are left out."""
    found: dict[K, set[V]] = {}
    for key, value in pairs:
        found.setdefault(key, set()).add(value)
    return {key: next(iter(values)) for key, values in found.items() if len(values) == 1}
