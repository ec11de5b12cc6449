"""Sweeps for tests: one thing is varied, and a row says from where to where the answer is yes."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any


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
