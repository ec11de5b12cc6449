"""Statuses that are the coloured edges of cards, or the colours of their ground.

One colour for all is how the report looks and says nothing; once the cards of a page differ by it,
it is a scale on all pages. Lengths are in points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from styrmatt.extract.grid.cards.card import Card
from styrmatt.extract.grid.cards.card_marks import CardMarks
from styrmatt.extract.marks.legend.colour_status import count_hues
from styrmatt.extract.marks.mark import Mark
from styrmatt.extract.tables.cells import TableCell, TableEntry
from styrmatt.printed import Bbox

_SEVERAL_HUES = 2
"""Hues of the cards' edges from which they are a scale."""
_SAME_PLACE = 1.0
"""How far apart edges of one scale lie, and differ in thickness, at most."""
_Place = tuple[float, float]
"""How far right of its card's left side an edge begins, and its width."""


@dataclass
class CardEdges:
    """Takes the cards of one report, page by page."""

    _tell: bool = False
    """Whether the cards of a page have differed by their edges."""
    _places: list[_Place] = field(default_factory=list)
    """Where coloured edges lie."""
    _waiting: list[tuple[TableEntry, Mark]] = field(default_factory=list)
    """Entries of pages before, with their edges, which are statuses if those of others differ."""

    def add(self, marks: CardMarks, made: Sequence[tuple[Card, TableEntry]]) -> None:
        """Take the edges of cards as statuses, where cards differ by nothing else."""
        if any(
            "status" in line.cells and (line.cells["status"].lines or line.cells["status"].marks)
            for _, entry in made
            for line in entry.lines
        ):
            return
        found = [(card, entry, mark) for card, entry in made if (mark := marks.edge(card))]
        self._places += [_place(card, mark) for card, _, mark in found]
        self._waiting += [(entry, mark) for _, entry, mark in found]
        self._tell |= count_hues(mark.colour for _, _, mark in found) >= _SEVERAL_HUES
        if not self._tell:
            return
        for card, entry in made:
            grey = marks.grey_edge(card) if not any(entry is one for _, one, _ in found) else None
            if grey is not None and self._is_in_line(_place(card, grey)):
                self._waiting.append((entry, grey))
        for entry, mark in self._waiting:
            number = mark.page
            entry.lines[0].cells["status"] = TableCell([], mark.bbox, number, number, [mark])
        self._waiting = []

    def _is_in_line(self, place: _Place) -> bool:
        """Whether coloured edges lie where a grey one does, which is then no frame."""
        return any(
            all(abs(a - b) <= _SAME_PLACE for a, b in zip(place, other, strict=True))
            for other in self._places
        )


def _place(card: Card, mark: Mark) -> _Place:
    box: Bbox = card.bbox
    return mark.bbox[0] - box[0], mark.bbox[2] - mark.bbox[0]
