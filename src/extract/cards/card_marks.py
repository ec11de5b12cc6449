"""The marks of cards: those behind a label, and those that stand beside the name or in a corner."""

from __future__ import annotations

from dataclasses import dataclass

from styrmatt.extract.cards.cut import Card, CardField
from styrmatt.extract.marks.find import Mark, find_marks
from styrmatt.extract.marks.status_phrases import match_phrases
from styrmatt.extract.model.page import Page, drawn_boxes
from styrmatt.geometry import middle_inside, overlaps, union
from styrmatt.printed import Bbox
from styrmatt.vocabulary import Vocabulary

_LARGEST = 40.0
"""Points: what is drawn larger in a card is a picture, and no mark."""
_BESIDE = 60.0
"""Points behind a label within which its mark stands, where no words do."""
_ROUND = 2.0
"""Points around words within which their mark lies."""


@dataclass(frozen=True)
class CardMarks:
    """Finds the marks of cards on one page."""

    page: Page
    vocabulary: Vocabulary

    def drawn_at(self, one: CardField) -> bool:
        """Whether something small is drawn where the value of a label stands."""
        box = self._box(one)
        return any(
            middle_inside(drawn, box) and _is_small(drawn) for drawn in drawn_boxes(self.page)
        )

    def at(self, one: CardField) -> list[Mark]:
        """The marks behind a label."""
        return [
            mark
            for mark in find_marks(self.page, self._box(one), self.vocabulary)
            if mark.read_by not in ("shading", "rendering") or mark.is_coloured
        ]

    def loose(self, card: Card) -> list[Mark]:
        """The marks of a card that stand behind no label, and words for a status or trend."""
        box = self._whole(card)
        labelled = [self._box(one) for one in card.fields if not one.run_in]
        out = [
            mark
            for mark in find_marks(self.page, box, self.vocabulary)
            if mark.read_by in ("vector", "picture", "glyph")
            and _is_small(mark.bbox)
            and not any(middle_inside(mark.bbox, other) for other in labelled)
        ]
        phrases = {**self.vocabulary.status_phrases, **self.vocabulary.trend_phrases}
        for chain in card.free:
            if not match_phrases([word.text for word in chain], phrases):
                continue
            x0, top, x1, bottom = union(word.bbox for word in chain)
            around = (x0 - _ROUND, top - _ROUND, x1 + _ROUND, bottom + _ROUND)
            if not any(overlaps(around, mark.bbox) for mark in out):
                out += find_marks(self.page, around, self.vocabulary)
        return out

    def _whole(self, card: Card) -> Bbox:
        """The card with what stands beside its name."""
        if card.box is not None:
            return card.box
        x0, top, x1, bottom = card.bbox
        return (x0 - 16.0, top - _ROUND, max(x1, x0 + 1) + 16.0, bottom + _ROUND)

    def _box(self, one: CardField) -> Bbox:
        """Where the value of a label stands: behind it, and below it."""
        x0, top, x1, bottom = one.label.bbox
        if not one.lines:
            right = min(one.reach[1], x1 + _BESIDE + 120)
            return (x1, top - _ROUND, right, bottom + _ROUND)
        box = one.bbox
        left = x1 if box[1] < bottom else min(x0, box[0])
        return (left, min(box[1], top if box[1] < bottom else box[1]) - _ROUND, box[2] + _ROUND, box[3] + _ROUND)


def _is_small(box: Bbox) -> bool:
    return box[2] - box[0] < _LARGEST and box[3] - box[1] < _LARGEST
