"""Finds which of many boxes are near another one, without looking at all of them.

A map or a chart has thousands of small shapes on a page; to compare each with each takes minutes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from styrmatt.printed import Bbox

_CELL: Final = 4.0
"""Points: the side of a cell of the grid, half of an ordinary mark. With smaller cells a mark lies
in many of them, with larger ones many marks of a map lie in each."""
_FEW: Final = 12
"""Boxes up to which all are near one another: to look at so many takes less than their cells."""


class BoxGrid:
    """Numbered boxes by the cells of a grid in which they lie."""

    def __init__(self, boxes: Iterable[Bbox] = ()) -> None:
        self._boxes: dict[int, Bbox] = {}
        self._numbers: dict[tuple[int, int], list[int]] | None = None
        """By cell; None as long as there are few boxes."""
        for number, box in enumerate(boxes):
            self.add(number, box)

    def add(self, number: int, box: Bbox) -> None:
        """Put a box into the grid."""
        self._boxes[number] = box
        if self._numbers is not None:
            self._enter(self._numbers, number, box)
        elif len(self._boxes) > _FEW:
            self._numbers = {}
            for each, its_box in self._boxes.items():
                self._enter(self._numbers, each, its_box)

    def near(self, box: Bbox, distance: float) -> list[int]:
        """The numbers of all boxes within a distance (points), in order, and of some beyond it."""
        if self._numbers is None:
            return sorted(self._boxes)
        found: set[int] = set()
        for cell in _cells(box, distance):
            found.update(self._numbers.get(cell, ()))
        return sorted(found)

    def _enter(self, numbers: dict[tuple[int, int], list[int]], number: int, box: Bbox) -> None:
        for cell in _cells(box, 0.0):
            numbers.setdefault(cell, []).append(number)


def _cells(box: Bbox, margin: float) -> Iterator[tuple[int, int]]:
    x0, y0 = int((box[0] - margin) // _CELL), int((box[1] - margin) // _CELL)
    x1, y1 = int((box[2] + margin) // _CELL), int((box[3] + margin) // _CELL)
    return ((x, y) for x in range(x0, x1 + 1) for y in range(y0, y1 + 1))
