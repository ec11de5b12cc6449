"""A page as the engine gives it: words, rulings, shading, shapes, pictures and symbols.

All boxes are (x0, top, x1, bottom) in points from the top left corner of the page, colours are
``#rrggbb`` or None. :mod:`styrmatt.extract.engine.document` makes pages; all else reads them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING, Generic, Literal, NamedTuple, TypeVar, overload

from styrmatt.printed import Bbox
from styrmatt.whitespace import squeeze

if TYPE_CHECKING:
    from PIL.Image import Image


T = TypeVar("T")
Owner = TypeVar("Owner")


class once(Generic[Owner, T]):
    """A property that is worked out when it is first asked for, as functools has one.

    That one takes a lock, until Python 3.12, which costs more than what is worked out here.
    """

    def __init__(self, work_out: Callable[[Owner], T]) -> None:
        self._work_out = work_out
        self.__doc__ = work_out.__doc__

    def __set_name__(self, owner: type[Owner], name: str) -> None:
        self._name = name

    @overload
    def __get__(self, thing: None, owner: type[Owner]) -> once[Owner, T]: ...

    @overload
    def __get__(self, thing: Owner, owner: type[Owner]) -> T: ...

    def __get__(self, thing: Owner | None, owner: type[Owner]) -> T | once[Owner, T]:
        if thing is None:
            return self
        value = thing.__dict__[self._name] = self._work_out(thing)
        return value


class Word(NamedTuple):
    """A run of characters without a space, in one font."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool = False
    colour: str | None = None
    font: str = ""

    @property
    def bbox(self) -> Bbox:
        """Its box."""
        return (self.x0, self.top, self.x1, self.bottom)

    @property
    def middle(self) -> float:
        """Height of its middle on the page."""
        return (self.top + self.bottom) / 2


class Ruling(NamedTuple):
    """A thin line, or an edge of a box, that may separate rows (h) or columns (v)."""

    way: Literal["h", "v"]
    at: float
    """y of a horizontal ruling, x of a vertical one."""
    start: float
    end: float
    """x0 and x1 of a horizontal ruling, top and bottom of a vertical one."""
    edge_of_fill: bool = False
    """Whether it is the edge of a shaded area, or white, and not a line that a person sees."""
    thickness: float = 0.5


class Fill(NamedTuple):
    """A shaded area: a filled box that is larger than a line is thick."""

    bbox: Bbox
    colour: str | None


@dataclass(frozen=True, slots=True)
class Shape:
    """A drawn path or box that is not a ruling: its points, fill and outline."""

    bbox: Bbox
    points: tuple[tuple[float, float], ...]
    fill: str | None
    stroke: str | None
    kind: Literal["curve", "rect", "line"]
    alt: str | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A placed picture. ``name`` tells apart pictures of one page, not of the report."""

    bbox: Bbox
    name: str
    alt: str | None = None


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character that is a sign, not part of a word: an arrow, a disc, a symbol font's letter."""

    text: str
    bbox: Bbox
    font: str
    colour: str | None
    upright: bool = True
    """Whether it stands as the font has it; else it was turned, and points elsewhere."""
    alt: str | None = None


@dataclass(frozen=True)
class Page:
    """One page. ``render(box, scale)`` gives what a person sees there, as an RGB picture."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rulings: tuple[Ruling, ...] = ()
    fills: tuple[Fill, ...] = ()
    shapes: tuple[Shape, ...] = ()
    pictures: tuple[Picture, ...] = ()
    glyphs: tuple[Glyph, ...] = ()
    render: Callable[[Bbox, float], Image] | None = field(default=None, compare=False, repr=False)

    @once
    def lines(self) -> tuple[PageLine, ...]:
        """The words as lines, top to bottom."""
        return tuple(lines_of(self.words))

    @once
    def letters(self) -> tuple[str, ...]:
        """For each word its letters and digits alone, as :func:`squeeze` leaves them."""
        return tuple([squeeze(word.text) for word in self.words])

    @once
    def horizontals(self) -> tuple[Ruling, ...]:
        """The horizontal rulings."""
        return tuple(ruling for ruling in self.rulings if ruling.way == "h")

    @once
    def usual_colour(self) -> str | None:
        """The colour of most letters."""
        counts = Counter[str | None]()
        for word in self.words:
            counts[word.colour] += len(word.text)
        return counts.most_common(1)[0][0] if counts else None

    def words_at(self, top: float, bottom: float) -> list[Word]:
        """The words whose middles lie between two heights, from the highest to the lowest."""
        heights, words = self._by_height
        return words[bisect_left(heights, top) : bisect_right(heights, bottom)]

    @once
    def _by_height(self) -> tuple[list[float], list[Word]]:
        words = sorted(self.words, key=lambda word: word.middle)
        return [word.middle for word in words], words


@dataclass(eq=False)
class PageLine:
    """Words that stand on one line, left to right. What follows from them is worked out once."""

    words: tuple[Word, ...]

    @once
    def text(self) -> str:
        """The words with single spaces; raised digits as footnote marks ``[1]``."""
        return join_words(self.words)

    @property
    def bbox(self) -> Bbox:
        """Its box."""
        return union(word.bbox for word in self.words)

    @property
    def x0(self) -> float:
        """Left end."""
        return self.words[0].x0

    @once
    def x1(self) -> float:
        """Right end."""
        return max(word.x1 for word in self.words)

    @once
    def top(self) -> float:
        """Upper end."""
        return min(word.top for word in self.words)

    @once
    def bottom(self) -> float:
        """Lower end."""
        return max(word.bottom for word in self.words)

    @once
    def middle_height(self) -> float:
        """Height of its middle."""
        return (self.top + self.bottom) / 2

    @once
    def size(self) -> float:
        """Font size of most of its characters."""
        return _main_size(self.words)

    @once
    def bold(self) -> bool:
        """Whether all its words are bold; marks without letters do not count."""
        worded = [word.bold for word in self.words if any(map(str.isalnum, word.text))]
        return bool(worded) and all(worded)


def _main_size(words: Sequence[Word]) -> float:
    weights: dict[float, int] = {}
    for word in words:
        weights[word.size] = weights.get(word.size, 0) + len(word.text)
    if len(weights) == 1:
        return round(words[0].size, 1)
    rounded: dict[float, int] = {}
    for size, weight in weights.items():
        rounded[round(size, 1)] = rounded.get(round(size, 1), 0) + weight
    return max(rounded, key=lambda size: (rounded[size], size))


def union(boxes: Iterable[Bbox]) -> Bbox:
    """The smallest box around all boxes; at least one is needed."""
    x0s, tops, x1s, bottoms = zip(*boxes, strict=True)
    return (min(x0s), min(tops), max(x1s), max(bottoms))


def inside(box: Bbox, area: Bbox, tolerance: float = 0.0) -> bool:
    """Whether the middle of ``box`` lies in ``area``."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return (
        area[0] - tolerance <= x <= area[2] + tolerance
        and area[1] - tolerance <= y <= area[3] + tolerance
    )


def lines_of(words: Iterable[Word]) -> list[PageLine]:
    """The words as lines, top to bottom; words share a line where their heights overlap by half."""
    rows: list[list[Word]] = []
    largest: list[Word] = []
    ordered = sorted([((w.top + w.bottom) / 2, w.x0, n, w) for n, w in enumerate(words)])
    for _, _, _, word in ordered:
        if rows and _same_line(largest[-1], word):
            rows[-1].append(word)
            if word.size > largest[-1].size:
                largest[-1] = word
        else:
            rows.append([word])
            largest.append(word)
    return [PageLine(tuple(sorted(row, key=_x0))) for row in rows]


_x0 = attrgetter("x0")


def _same_line(largest: Word, word: Word) -> bool:
    """Whether a word shares a line with the largest of its words so far."""
    _, _, top, _, bottom, *_ = largest
    _, _, own_top, _, own_bottom, *_ = word
    if top == own_top and bottom == own_bottom:  # most are alike
        return True
    overlap = min(bottom, own_bottom) - max(top, own_top)
    return overlap >= 0.5 * min(bottom - top, own_bottom - own_top)


def join_words(words: Sequence[Word]) -> str:
    """Words of one line as text. A gap of less than a fifth of an em is no space."""
    out = ""
    for n, word in enumerate(words):
        before = words[n - 1] if n else None
        if before is None:
            out = word.text
        elif _is_footnote(before, word):
            out += f"[{word.text}]"
        elif word.x0 - before.x1 < 0.1 * max(word.size, before.size):
            out += word.text
        else:
            out += " " + word.text
    return out


def _is_footnote(before: Word, word: Word) -> bool:
    """A small raised number right after a word; not the exponent of a unit such as m2."""
    return (
        word.text.isdigit()
        and len(word.text) <= 2
        and word.size < 0.8 * before.size
        and word.bottom < before.bottom - 0.1 * before.size
        and word.x0 - before.x1 < 0.3 * before.size
        and before.text.casefold() not in ("m", "km", "cm", "dm", "mm")
    )


HYPHENS = ("-", "\u2010", "\u2011", "\u00ad", "\ufffe")
"""What may stand at the end of a line where a word goes on."""


def chains(line: PageLine) -> Iterator[list[Word]]:
    """The line's words in groups that are only a space apart."""
    chain: list[Word] = []
    for word in line.words:
        if chain and word.x0 - chain[-1].x1 > max(0.45 * word.size, 3.2):
            yield chain
            chain = []
        chain.append(word)
    if chain:
        yield chain
