"""A page as the engine delivers it: words, rulings, shading, shapes, pictures and symbols.

All boxes are (x0, top, x1, bottom) in points from the top left corner of the page, colours are
``#rrggbb`` or None. :mod:`styrmatt.extract.engine.document` makes pages; everything else reads
them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from styrmatt.extract.model.cached import cached_attribute
from styrmatt.extract.model.fold import Fold
from styrmatt.extract.model.text_lines import PageLine, Word, lines_of
from styrmatt.geometry import Point, is_upright_rectangle
from styrmatt.printed import Bbox
from styrmatt.whitespace import squeeze_words

if TYPE_CHECKING:
    from PIL.Image import Image


class Ruling(NamedTuple):
    """A thin line, or an edge of a box, that may separate rows (h) or columns (v)."""

    orientation: Literal["h", "v"]
    at: float
    """y of a horizontal ruling, x of a vertical one."""
    start: float
    end: float
    """x0 and x1 of a horizontal ruling, top and bottom of a vertical one."""
    edge_of_fill: bool = False
    """Whether it is the edge of a shaded area, or white, and not a line that a person sees."""
    thickness: float = 0.5
    """Points."""
    colour: str | None = None
    """In which a line is drawn; None for the edge of a box."""

    @property
    def bbox(self) -> Bbox:
        """Its place as a box without thickness."""
        if self.orientation == "h":
            return (self.start, self.at, self.end, self.at)
        return (self.at, self.start, self.at, self.end)


class Fill(NamedTuple):
    """A shaded area: a filled box that is thicker than a line."""

    bbox: Bbox
    colour: str | None


@dataclass(frozen=True, slots=True)
class Shape:
    """A drawn path or box that is not a ruling: its points, and the colours it is painted in."""

    bbox: Bbox
    points: tuple[Point, ...]
    fill: str | None
    stroke: str | None
    kind: Literal["curve", "rect", "line"]
    alt: str | None = None
    """Its alternative text."""

    @property
    def is_box(self) -> bool:
        """Whether it is an upright rectangle, however it was drawn."""
        return self.kind == "rect" or is_upright_rectangle(self.points, self.bbox)


@dataclass(frozen=True, slots=True)
class Picture:
    """A placed picture. ``name`` tells pictures of one page apart, not those of the report."""

    bbox: Bbox
    name: str
    alt: str | None = None
    """Its alternative text."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character that is a symbol, not part of a word: an arrow, a disc, a dingbat.

    Turned characters are among them, whatever they are: words are read from left to right.
    """

    text: str
    bbox: Bbox
    font: str
    colour: str | None
    upright: bool = True
    """Whether it is neither turned nor mirrored; if it is, it may point another way."""
    alt: str | None = None
    """Its alternative text."""
    turn: int = 0
    """Degrees to the left by which it is turned: 90 is read upwards, 270 downwards; 0 where by no
    quarter of a turn."""


LeftOutReason = Literal[
    "no_ink",
    "transparent",
    "layer_off",
    "clipped",
    "off_page",
    "covered",
    "same_colour",
    "watermark",
]


class LeftOut(NamedTuple):
    """Text of the file that is not read, because a reader of the page does not see it there."""

    text: str
    reason: LeftOutReason
    bbox: Bbox


@dataclass(frozen=True)
class Page:
    """One page, counted from 1, its size in points.

    ``render(box, scale)`` gives what a person sees in a box as an RGB picture with ``scale`` pixels
    per point; None where the page cannot be rendered (in tests).
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rulings: tuple[Ruling, ...] = ()
    fills: tuple[Fill, ...] = ()
    shapes: tuple[Shape, ...] = ()
    pictures: tuple[Picture, ...] = ()
    glyphs: tuple[Glyph, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    may_hide_ink: bool = True
    """Whether it may show what is none of its words, lines, areas, shapes, pictures and symbols."""
    fold: Fold | None = None
    """Where below the sheet stands what is set sideways on it, and was turned; its width and height
    are then those of both."""
    render: Callable[[Bbox, float], Image] | None = field(default=None, compare=False, repr=False)

    @cached_attribute
    def lines(self) -> tuple[PageLine, ...]:
        """The words as lines, top to bottom."""
        return tuple(lines_of(self.words))

    @cached_attribute
    def letters(self) -> tuple[str, ...]:
        """For each word its letters and digits alone, as :func:`squeeze` leaves them."""
        return squeeze_words([word.text for word in self.words])

    @property
    def sheet_height(self) -> float:
        """The height of the sheet of paper, without what is folded out below it."""
        if self.fold is None or not self.fold.begins:
            return self.height
        return self.fold.height

    @cached_attribute
    def horizontals(self) -> tuple[Ruling, ...]:
        """The horizontal rulings."""
        return tuple(ruling for ruling in self.rulings if ruling.orientation == "h")

    def horizontals_within(self, top: float, bottom: float) -> list[Ruling]:
        """The horizontal rulings from one height to another, from the highest to the lowest."""
        heights, rulings = self._horizontals_by_height
        return rulings[bisect_left(heights, top) : bisect_right(heights, bottom)]

    @cached_attribute
    def _horizontals_by_height(self) -> tuple[list[float], list[Ruling]]:
        rulings = sorted(self.horizontals, key=lambda ruling: ruling.at)
        return [ruling.at for ruling in rulings], rulings

    @cached_attribute
    def verticals(self) -> tuple[Ruling, ...]:
        """The vertical rulings."""
        return tuple(ruling for ruling in self.rulings if ruling.orientation == "v")

    @cached_attribute
    def usual_colour(self) -> str | None:
        """The colour of most characters; None also on a page without words."""
        counts = Counter[str | None]()
        for word in self.words:
            counts[word.colour] += len(word.text)
        return counts.most_common(1)[0][0] if counts else None

    def words_at(self, top: float, bottom: float) -> list[Word]:
        """The words whose middles lie between two heights, from the highest to the lowest."""
        heights, words = self._by_height
        return words[bisect_left(heights, top) : bisect_right(heights, bottom)]

    def fills_at(self, height: float) -> list[Fill]:
        """The areas at a height, in the order in which they are painted."""
        return [fill for fill in self.fills if fill.bbox[1] <= height <= fill.bbox[3]]

    @cached_attribute
    def _by_height(self) -> tuple[list[float], list[Word]]:
        heights = [(word.top + word.bottom) / 2 for word in self.words]
        order = sorted(range(len(heights)), key=heights.__getitem__)
        return [heights[n] for n in order], [self.words[n] for n in order]


def drawn_boxes(page: Page) -> list[Bbox]:
    """The boxes of what is drawn on a page: shapes, pictures and symbols."""
    return [
        *(shape.bbox for shape in page.shapes),
        *(picture.bbox for picture in page.pictures),
        *(glyph.bbox for glyph in page.glyphs),
    ]
