"""Sweeps: one thing is varied, and where the answer changes is stated or kept in a file."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from typing import Any, TypeVar

Answer = TypeVar("Answer")
GOLDEN = Path(__file__).parent / "golden"


def steps(first: float, last: float, step: float) -> list[float]:
    """The numbers from the first to the last one, so far apart."""
    return [round(first + n * step, 6) for n in range(round((last - first) / step) + 1)]


def flips(answer: Callable[[float], Answer], values: Iterable[float]) -> dict[float, Answer]:
    """The answers to ascending values, each with the first value from which on it is the answer.

    ``{1.0: "one", 2.6: "two"}``: one for 1.0 and all values up to 2.6, two from there to the end.
    """
    found: dict[float, Answer] = {}
    for value in values:
        new = answer(value)
        if not found or [*found.values()][-1] != new:
            found[value] = new
    return found


def check_golden(name: str, text: str) -> None:
    """The text is that of tests/golden/``name``; where UPDATE_GOLDEN is set it is written anew."""
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text + "\n", "utf-8")
    wanted = path.read_text("utf-8").split("\n")
    assert list(unified_diff(wanted, [*text.split("\n"), ""], "wanted", "found", n=1)) == []


@dataclass(frozen=True)
class Flip:
    """The answer is yes for the ``values`` from ``first`` to ``last``, and no for the others."""

    answer: Callable[[Any], bool]
    values: Sequence[float]
    first: float = -math.inf
    last: float = math.inf

    def check(self) -> None:
        """Compare all answers with what is stated."""
        answers = {value: self.answer(value) for value in self.values}
        assert answers == {value: self.first <= value <= self.last for value in self.values}
