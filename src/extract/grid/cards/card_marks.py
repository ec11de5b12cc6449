"""The marks of cards: those behind a label, and those that stand beside the name or in a corner."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

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
_THINNEST_EDGE = 1.5
"""Points: the thickness of a line at least that is an edge; thinner ones part columns."""
_SLENDER = 2.0
"""How many times as high as thick a bar is at least: a disc or square beside a line is a mark."""
_TO_WORDS = 24.0
"""Points from an edge to the words of a card without a box at most."""
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
        small = partial(self._small, card)
        labelled = [b for one in card.fields if not one.run_in for b in self._boxes(one)]
        out = small(box, labelled)
        if not out and card.box is None:
            x0, top, x1, bottom = box
            out = small((x0 - _BEFORE_ITEM, top, x1, bottom), labelled)
            if not out and card.figure:
                # beside the figure, in a column for such marks
                right = max(one.reach[1] for one in card.fields)
                beside = small((x1, top, right, bottom), labelled)
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

    def _small(self, card: Card, box: Bbox, labelled: Sequence[Bbox]) -> list[Mark]:
        """The small marks in a box, but for those behind labels, and for the card's edge."""
        return [
            mark
            for mark in find_marks(self.page, box, self.vocabulary)
            if mark.read_by in ("vector", "picture", "glyph")
            and (_is_small(mark.bbox) or (mark.gauge and _is_low(mark.bbox)))
            and not (mark.read_by == "vector" and _is_bar(mark.bbox, card))
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
            return self._bar(card, coloured=coloured)
        x0, top, x1, bottom = card.box
        pale: Mark | None = None
        for box, colour in self._areas(coloured=coloured):
            if not touches(box, card.box, _ROUND):
                continue
            across, down = box[2] - box[0], box[3] - box[1]
            upright = across <= _WIDEST_EDGE and down >= _OF_SIDE * (bottom - top)
            level = down <= _WIDEST_EDGE and across >= _OF_SIDE * (x1 - x0)
            inside = box[0] >= x0 - 2 * _ROUND - across and box[2] <= x1 + 2 * _ROUND + across
            inside &= box[1] >= top - 2 * _ROUND - down and box[3] <= bottom + 2 * _ROUND + down
            ground = across >= _OF_SIDE * (x1 - x0) and down >= _OF_SIDE * (bottom - top)
            if not inside or not (upright or level or ground):
                continue
            mark = read_shading(self.page, MarkCandidate("shading", box, colour))
            if coloured or not ground:
                return mark
            pale = pale or mark  # edges in grey come first: they are of the ground's card
        return pale

    def _areas(self, *, coloured: bool) -> Iterator[tuple[Bbox, str]]:
        """What is filled in a colour, or in none; a thin bar is a line that is thick for one."""
        areas = [(shape.bbox, shape.fill) for shape in self.page.shapes if shape.fill]
        for ruling in self.page.verticals:
            if ruling.colour and ruling.thickness >= _THINNEST_EDGE and not ruling.edge_of_fill:
                half = ruling.thickness / 2
                box = (ruling.at - half, ruling.start, ruling.at + half, ruling.end)
                areas.append((box, ruling.colour))
        return ((box, fill) for box, fill in areas if bool(lch(fill).saturated) == coloured)

    def _bar(self, card: Card, *, coloured: bool) -> Mark | None:
        """The bar that stands left of a card without a box, along all of it and of no other."""
        x0 = card.bbox[0]
        own = set(map(id, card.words))
        for box, colour in self._areas(coloured=coloured):
            if not (_is_bar(box, card) and 0 <= x0 + _ROUND - box[2] <= _TO_WORDS):
                continue
            others = (
                word
                for word in self.page.words_at(box[1], box[3])
                if box[0] <= word.x0 <= x0 + _ROUND and id(word) not in own
            )
            if next(others, None) is None:
                return read_shading(self.page, MarkCandidate("shading", box, colour))
        return None

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


def _is_bar(box: Bbox, card: Card) -> bool:
    """Whether a box is an upright bar along all of a card's height."""
    width, height = box[2] - box[0], box[3] - box[1]
    _, top, _, bottom = card.bbox
    along = box[1] <= top + _ROUND and box[3] >= bottom - _ROUND
    return along and width <= _WIDEST_EDGE and height >= _SLENDER * width


def _is_small(box: Bbox) -> bool:
    return box[2] - box[0] < _LARGEST and box[3] - box[1] < _LARGEST


def _is_low(box: Bbox) -> bool:
    """Whether a gauge is no higher than a mark, and no longer than some of them."""
    return box[3] - box[1] < _LARGEST and box[2] - box[0] < _LONGEST_GAUGE
