"""The marks of cards: those behind a label, and those that stand beside the name or in a corner."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from styrmatt.extract.grid.cards.card import Card, CardField
from styrmatt.extract.marks.candidates import MarkCandidate
from styrmatt.extract.marks.find import find_marks, read_shading
from styrmatt.extract.marks.mark import Mark
from styrmatt.extract.marks.picture.colour_difference import lch
from styrmatt.extract.marks.status_phrases import match_phrases
from styrmatt.extract.model.page import Page, drawn_boxes
from styrmatt.extract.model.text_lines import Word
from styrmatt.geometry import middle_inside, overlaps, touches, union
from styrmatt.printed import Bbox
from styrmatt.vocabulary import Vocabulary

_WIDEST_EDGE = 9.0
"""Points: the thickness of a coloured edge at most."""
_OF_SIDE = 0.85
"""Share of a card's side that a coloured edge or ground takes at least."""
_LARGEST = 40.0
"""Points: what is drawn larger in a card is a picture, and no mark."""
_LONGEST_GAUGE = 120.0
"""Points: a row of ten discs or stars."""
_BEFORE_ITEM = 20.0
"""Points further to the left where the mark before a list's item may stand, if none is nearer."""
_LEADING = 1.0
"""Ems between two lines of one phrase at most."""
_ROUND = 2.0
"""Points around words within which their mark lies."""


@dataclass(frozen=True)
class CardMarks:
    """Finds the marks of cards on one page."""

    page: Page
    vocabulary: Vocabulary

    def drawn_at(self, one: CardField) -> bool:
        """Whether something small is drawn where the value of a label stands."""
        return any(
            middle_inside(drawn, box) and _is_small(drawn)
            for box in self._boxes(one)
            for drawn in drawn_boxes(self.page)
        )

    def at(self, one: CardField) -> list[Mark]:
        """The marks behind a label, or else below it."""
        for box in self._boxes(one):
            found = [
                mark
                for mark in find_marks(self.page, box, self.vocabulary)
                if mark.read_by not in ("shading", "rendering") or mark.is_coloured
            ]
            if found:
                return found
        return []

    def loose(self, card: Card) -> list[Mark]:
        """The marks of a card that stand behind no label, and words for a status or trend."""
        box = self._whole(card)
        labelled = [b for one in card.fields if not one.run_in for b in self._boxes(one)]
        out = self._small(box, labelled)
        if not out and card.box is None:
            x0, top, x1, bottom = box
            out = self._small((x0 - _BEFORE_ITEM, top, x1, bottom), labelled)
            if not out and card.figure:
                # beside the figure, in a column for such marks
                right = max(one.reach[1] for one in card.fields)
                beside = self._small((x1, top, right, bottom), labelled)
                out = beside if len(beside) == 1 else out
        phrases, goals = self.vocabulary.mark_phrases, self.vocabulary.statements.goals
        for words in _paragraphs(card.free):
            if not match_phrases([word.text for word in words], phrases, goals):
                continue
            x0, top, x1, bottom = union(word.bbox for word in words)
            around = (x0 - _ROUND, top - _ROUND, x1 + _ROUND, bottom + _ROUND)
            if not any(overlaps(around, mark.bbox) for mark in out):
                out += find_marks(self.page, around, self.vocabulary)
        return out

    def _small(self, box: Bbox, labelled: Sequence[Bbox]) -> list[Mark]:
        """The small marks in a box, but for those behind labels."""
        return [
            mark
            for mark in find_marks(self.page, box, self.vocabulary)
            if mark.read_by in ("vector", "picture", "glyph")
            and (_is_small(mark.bbox) or (mark.gauge and _is_low(mark.bbox)))
            and not any(middle_inside(mark.bbox, other) for other in labelled)
        ]

    def edge(self, card: Card) -> Mark | None:
        """The coloured edge of a card, or the colour of its ground; None where it has none."""
        return self._edge(card, coloured=True)

    def grey_edge(self, card: Card) -> Mark | None:
        """The edge of a card in grey, else its ground in grey or pale; None where it has none."""
        return self._edge(card, coloured=False)

    def _edge(self, card: Card, *, coloured: bool) -> Mark | None:
        if card.box is None:
            return None
        x0, top, x1, bottom = card.box
        pale: Mark | None = None
        for shape in self.page.shapes:
            box = shape.bbox
            if (
                not shape.fill
                or bool(lch(shape.fill).saturated) != coloured
                or not touches(box, card.box, _ROUND)
            ):
                continue
            across, down = box[2] - box[0], box[3] - box[1]
            upright = across <= _WIDEST_EDGE and down >= _OF_SIDE * (bottom - top)
            level = down <= _WIDEST_EDGE and across >= _OF_SIDE * (x1 - x0)
            inside = box[0] >= x0 - 2 * _ROUND - across and box[2] <= x1 + 2 * _ROUND + across
            inside &= box[1] >= top - 2 * _ROUND - down and box[3] <= bottom + 2 * _ROUND + down
            ground = across >= _OF_SIDE * (x1 - x0) and down >= _OF_SIDE * (bottom - top)
            if not inside or not (upright or level or ground):
                continue
            mark = read_shading(self.page, MarkCandidate("shading", box, shape.fill))
            if coloured or not ground:
                return mark
            pale = pale or mark  # edges in grey come first: they are of the ground's card
        return pale

    def _whole(self, card: Card) -> Bbox:
        """The card with what stands beside its name."""
        if card.box is not None:
            return card.box
        x0, top, x1, bottom = card.bbox
        return (x0 - 16.0, top - _ROUND, max(x1, x0 + 1) + 16.0, bottom + _ROUND)

    def _boxes(self, one: CardField) -> Iterator[Bbox]:
        """Where the value of a label stands: behind it, or below it."""
        x0, top, x1, bottom = one.label.bbox
        if not one.lines:
            yield (x1, top - _ROUND, one.reach[1], bottom + _ROUND)
            if one.label.alone and one.floor > bottom:
                yield (x0 - _ROUND, bottom, one.reach[1], one.floor)
            return
        box = one.bbox
        beside = box[1] < bottom
        left, above = (x1, min(top, box[1])) if beside else (min(x0, box[0]) - _ROUND, box[1])
        yield (left, above - _ROUND, box[2] + _ROUND, box[3] + _ROUND)


def _paragraphs(chains: Sequence[Sequence[Word]]) -> list[list[Word]]:
    """Chains of words that stand right below each other as one."""
    out: list[list[Word]] = []
    for chain in sorted(chains, key=lambda chain: (chain[0].top, chain[0].x0)):
        box = union(word.bbox for word in chain)
        for group in out:
            above = union(word.bbox for word in group)
            across = min(above[2], box[2]) - max(above[0], box[0])
            if across > 0 and 0 <= box[1] - above[3] + _ROUND < _LEADING * chain[0].size:
                group += chain
                break
        else:
            out.append(list(chain))
    return out


def _is_small(box: Bbox) -> bool:
    return box[2] - box[0] < _LARGEST and box[3] - box[1] < _LARGEST


def _is_low(box: Bbox) -> bool:
    """Whether a gauge is no higher than a mark, and no longer than some of them."""
    return box[3] - box[1] < _LARGEST and box[2] - box[0] < _LONGEST_GAUGE
