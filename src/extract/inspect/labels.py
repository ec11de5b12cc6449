"""Finds places for labels on a drawn page: beside their boxes, and over nothing that is printed.

A label stands next to its own box where there is room: right of it, below, above or left of it. It
covers no word, no mark, no other label, and lies in no row of a table but its own. Where nothing is
free nearby, it goes to the margin right of the page, with a line to its box. Lengths are in pixels.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from PIL.Image import Image

Pixels = tuple[int, int, int, int]
"""Left, top, right, bottom."""

_GAP: Final = 4
"""Between a box and a label beside it."""
_CLOSE: Final = 2
"""Between a box and a label above or below it."""
_APART: Final = 7
"""From a label to a cell that is not its own, sideways: more than to its own."""
_DARK: Final = 128
"""Grey value (0 to 255) below which a pixel is drawn and no ground."""
_STEPS: Final = (0, 18, 36, 54)
"""How much farther away a label may stand; from the second on a line leads to it."""
_FAR_IN_MARGIN: Final = 150
"""From the height of a box to that of its label in the margin; beyond, another column begins."""
_AROUND: Final = 14
"""Above and below a box, where the line to its label may leave it: half the gap between lines."""
_MARGIN_GAP: Final = 8
"""Between columns of labels in the margin."""


class Wanted(NamedTuple):
    """A label to place: its size, the box that it belongs to, and what it may lie in."""

    width: int
    height: int
    box: Pixels
    beside: bool = False
    """Whether it belongs left of its box."""
    row: int = 0
    """The number of the row of a table that it is part of; 0 for none."""
    cell: int = 0
    """The number of the cell that it belongs to; 0 for none."""


class Placed(NamedTuple):
    """Where a label stands, and the points of the line to its box, if it stands away from it."""

    area: Pixels
    leader: tuple[tuple[int, int], ...] = ()


class LabelPlaces:
    """Places labels one after the other.

    ``page`` is the drawn page in grey, whose dark pixels a label covers only where it must: lines
    and grounds. ``taken`` are the boxes that no label may touch: words and marks. ``rows`` are
    those of the rows of tables with their numbers, from 1; parts of one row share theirs. ``cells``
    are boxes of cells with theirs: a label is nearer to its own than to any other.
    """

    def __init__(
        self,
        page: Image,
        taken: Iterable[Pixels],
        rows: Iterable[tuple[int, Pixels]],
        cells: Iterable[tuple[int, Pixels]] = (),
    ) -> None:
        from PIL import Image, ImageDraw

        self._size = page.size
        self._drawn = page.point(lambda value: 255 if value < _DARK else 0)
        self._taken = Image.new("L", page.size, 0)
        self._take = ImageDraw.Draw(self._taken)
        for box in taken:
            self._take.rectangle(box, fill=255)
        self._lines = self._taken.copy()
        self._line = ImageDraw.Draw(self._lines)
        self._rows, self._cells = (_numbered(page.size, boxes) for boxes in (rows, cells))
        self._margin = _Margin(page.width)

    @property
    def width(self) -> int:
        """How wide the page is with its margin."""
        return self._margin.width

    def near(self, label: Wanted) -> Placed | None:
        """The place of a label near its box; None where nothing is free there."""
        for step in _STEPS:
            free: Placed | None = None
            for area in _spots(label, step):
                placed = Placed(area, _leader(label.box, area) if step else ())
                if not self._is_free(area, label) or self._crosses(placed.leader):
                    continue
                if not self._is_drawn_on(area):
                    return self._put(placed)
                free = free or placed
            if free is not None:
                return self._put(free)
        return None

    def in_margin(self, label: Wanted) -> Placed:
        """The place of a label in the margin: its line runs where it crosses least."""
        _, top, x1, bottom = label.box
        width, height = self._size
        x1 = min(x1, width)
        heights = range(max(top - _AROUND, 1), max(min(bottom + _AROUND, height - 1), 2))

        def crossed(y: int) -> int:
            return self._lines.crop((x1, y - 1, width, y + 2)).histogram()[255]

        y = min(heights, key=lambda y: (crossed(y), abs(y - bottom)))
        edge = min(max(y, top), bottom)
        x = x1 if edge == y else x1 - _CLOSE
        area = self._margin.place(label, y)
        self._line.rectangle((x, y - 1, width, y + 1), fill=255)
        return Placed(area, ((x, edge), (x, y), (width, y), (area[0], (area[1] + area[3]) // 2)))

    def _is_free(self, area: Pixels, label: Wanted) -> bool:
        x0, top, x1, bottom = area
        if x0 < 0 or top < 0 or x1 > self._size[0] or bottom > self._size[1]:
            return False
        if self._taken.crop(area).getbbox() is not None:
            return False
        around = (x0 - _APART, top - _CLOSE, x1 + _APART, bottom + _CLOSE)
        return _holds_only(self._rows, area, label.row) and _holds_only(
            self._cells, around, label.cell
        )

    def _crosses(self, leader: tuple[tuple[int, int], ...]) -> bool:
        """Whether a line to a label runs through words or other labels."""
        if not leader:
            return False
        (x0, y0), (x1, y1) = leader
        box = (min(x0, x1), min(y0, y1), max(x0, x1) + 1, max(y0, y1) + 1)
        return self._taken.crop(box).getbbox() is not None

    def _is_drawn_on(self, area: Pixels) -> bool:
        return self._drawn.crop(area).getbbox() is not None

    def _put(self, placed: Placed) -> Placed:
        self._take.rectangle(placed.area, fill=255)
        self._line.rectangle(placed.area, fill=255)
        return placed


def _numbered(size: tuple[int, int], boxes: Iterable[tuple[int, Pixels]]) -> Image:
    """A picture in which each box has the colour of its number."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", size, 0)
    draw = ImageDraw.Draw(picture)
    for number, box in boxes:
        draw.rectangle(box, fill=_colour(number))
    return picture


def _holds_only(numbered: Image, area: Pixels, number: int) -> bool:
    """Whether no box but that of a number reaches into an area."""
    found = numbered.crop(area).getcolors(len({0, number}))
    own = {_colour(0), _colour(number)}
    return found is not None and all(colour in own for _, colour in found)


def _colour(number: int) -> tuple[int, int, int]:
    return (number >> 16 & 255, number >> 8 & 255, number & 255)


def _spots(label: Wanted, step: int) -> Iterator[Pixels]:
    """The areas beside a box where its label may stand, the best first; ``step`` away from it."""
    x0, top, x1, bottom = label.box
    width, height = label.width, label.height
    middle = (top + bottom - height) // 2
    right, left = x1 + _GAP + step, x0 - width - _GAP - step
    over, under = top - height - _CLOSE - step, bottom + _CLOSE + step
    sides = [(right, y) for y in (top, middle, bottom - height)]
    lefts = [(left, y) for y in (top, middle, bottom - height)]
    within = [] if step else [(x1 - width - 3, y) for y in (top + 3, bottom - height - 3)]
    stacked = [(x, y) for y in (under, over) for x in (x0, x1 - width, (x0 + x1 - width) // 2)]
    first, second = (lefts, sides) if label.beside else (sides, lefts)
    for x, y in (*first, *within, *stacked, *second):
        yield (x, y, x + width, y + height)


def _leader(box: Pixels, area: Pixels) -> tuple[tuple[int, int], ...]:
    """The line between the sides of a box and a label that are nearest to each other."""
    xs = _nearest(box[0], box[2], area[0], area[2])
    ys = _nearest(box[1], box[3], area[1], area[3])
    return tuple(zip(xs, ys, strict=True))


def _nearest(low: int, high: int, other_low: int, other_high: int) -> tuple[int, int]:
    """The nearest points of two spans; the middle of what they share, if they overlap."""
    if other_low > high:
        return high, other_low
    if other_high < low:
        return low, other_high
    middle = (max(low, other_low) + min(high, other_high)) // 2
    return middle, middle


class _Margin:
    """Columns of labels right of the page, each label as high up as its box if it can be."""

    def __init__(self, left: int) -> None:
        self._starts = [left + _MARGIN_GAP]
        self._areas: list[Pixels] = []

    @property
    def width(self) -> int:
        """Where the last column ends."""
        return max([self._starts[0], *(area[2] for area in self._areas)]) + _MARGIN_GAP

    def place(self, label: Wanted, middle: int) -> Pixels:
        """The area of a label in the first column that has room at about a height."""
        wanted = max(middle - label.height // 2, 0)
        for x in self._starts:
            beside = [area for area in self._areas if area[0] < x + label.width and area[2] > x]
            y = _free_height(beside, wanted, label.height)
            if abs(y - wanted) <= _FAR_IN_MARGIN:
                break
        else:
            x, y = self.width, wanted
            self._starts.append(x)
        self._areas.append((x, y, x + label.width, y + label.height))
        return self._areas[-1]


def _free_height(column: Sequence[Pixels], wanted: int, height: int) -> int:
    """The height nearest to the wanted one at which a label fits among those of a column."""

    def fits(y: int) -> bool:
        return y >= 0 and all(y + height < top or y > bottom for _, top, _, bottom in column)

    nearby = [wanted, *(edge for _, t, _, b in column for edge in (t - height - 1, b + 1))]
    return min((y for y in nearby if fits(y)), key=lambda y: (abs(y - wanted), y))
