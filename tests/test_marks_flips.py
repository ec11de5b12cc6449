"""From which size, gap, share and shade on something is a mark, and what it shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from flips import flips, steps
from paper import Box, Points, corners, painted
from PIL import Image
from shades import grey, lab_grey

from styrmatt.extract.marks.candidates import MarkCandidate, mark_candidates
from styrmatt.extract.marks.find import find_marks, in_reading_order
from styrmatt.extract.marks.legend.entries import legend_entries
from styrmatt.extract.marks.legend.meanings import colour_carries_status
from styrmatt.extract.marks.mark import Mark
from styrmatt.extract.marks.outline_direction import outline_direction
from styrmatt.extract.marks.picture.unexplained_ink import find_unexplained_ink
from styrmatt.extract.marks.shaded_cells import shaded_cells
from styrmatt.extract.marks.text_marks import text_marks_in
from styrmatt.extract.model.page import Fill, Glyph, Page, Ruling, Shape
from styrmatt.extract.model.text_lines import Word
from styrmatt.vocabulary import load_vocabulary

WORDS = load_vocabulary("sv")
CELL = (100.0, 100.0, 170.0, 130.0)
WIDE = (0.0, 0.0, 500.0, 500.0)
GREEN, RED, AMBER, BLUE = "#00b050", "#ff0000", "#ffc000", "#0072b2"
ARROW = ((116.0, 104.0), (124.0, 112.0), (108.0, 112.0))
"""A head that points up, 16 points wide and 8 high."""

BLUNT = (
    (116.0, 104.0),
    (122.0, 110.0),
    (122.0, 112.0),
    (110.0, 112.0),
    (110.0, 110.0),
    (114.0, 106.0),
)
"""A head of six points, 12 points wide and 8 high, that is no bar."""

Flips = dict[str, tuple[Callable[[float], Any], Sequence[float], dict[float, Any]]]
"""What is stated, what is asked for each value, the values, and from which on what is answered."""


def page(*things: Word | Shape | Fill | Ruling | Glyph, **more: Any) -> Page:
    """A page of 500 by 500 points with these things on it."""

    def of(kind: type) -> Any:
        return tuple(thing for thing in things if isinstance(thing, kind))

    return Page(1, 500, 500, of(Word), of(Ruling), of(Fill), of(Shape), (), of(Glyph), **more)


def round_points(box: Box) -> Points:
    """The points at the quarters of a disc, where its path begins and ends."""
    x0, top, x1, bottom = box
    x, y = (x0 + x1) / 2, (top + bottom) / 2
    return ((x1, y), (x, top), (x0, y), (x, bottom), (x1, y))


def disc(x: float, y: float, width: float = 8.0, height: float = 0.0, fill: str = GREEN) -> Shape:
    """A filled disc or ellipse that begins at x, y."""
    box = (x, y, x + width, y + (height or width))
    return Shape(box, tuple(round_points(box)), fill, None, "curve")


def square(
    x: float,
    y: float,
    width: float,
    height: float,
    fill: str | None = GREEN,
    stroke: str | None = None,
) -> Shape:
    box = (x, y, x + width, y + height)
    return Shape(box, tuple(corners(box)), fill, stroke, "rect")


def path(points: Points, fill: str | None = GREEN) -> Shape:
    xs, ys = zip(*points, strict=True)
    return Shape((min(xs), min(ys), max(xs), max(ys)), tuple(points), fill, None, "curve")


def fill(x: float, y: float, width: float, height: float, colour: str = "#c6efce") -> Fill:
    return Fill((x, y, x + width, y + height), colour)


def word(text: str, x: float, top: float, *, size: float = 10.0, colour: str = "#000000") -> Word:
    """A word whose characters are half an em wide."""
    return Word(text, x, top, x + 0.5 * size * len(text), top + size, size, False, colour)


def candidates(*things: Any, box: Box = WIDE) -> list[int]:
    """For each mark that there may be the number of its parts."""
    return [len(group) for group in mark_candidates(page(*things), box)]


def is_round(cut: float) -> bool:
    """Whether a square of which the corners are cut by so much of its side counts as round."""
    outline = ((cut, 0.0), (1.0, cut), (1 - cut, 1.0), (0.0, 1 - cut))
    return MarkCandidate("vector", (0, 0, 1, 1), GREEN, outline=outline).is_round


CANDIDATES: Flips = {
    "a disc is a mark from 2.5 points to 46 points": (
        lambda side: candidates(disc(100, 100, side)),
        steps(0.5, 120.5, 1),
        {0.5: [], 2.5: [1], 46.5: []},
    ),
    "a coloured box likewise": (
        lambda side: candidates(square(100, 100, side, side)),
        steps(0.5, 120.5, 1),
        {0.5: [], 2.5: [1], 46.5: []},
    ),
    "a pill is a mark up to a width of 92 points": (
        lambda width: candidates(square(100, 100, width, 10)),
        steps(11, 300, 3),
        {11: [1], 95: []},
    ),
    "an ellipse is a mark from 1 point on": (
        lambda height: candidates(disc(100, 100, 10, height)),
        steps(0.3, 5, 0.2),
        {0.3: [], 1.1: [1]},
    ),
    "a coloured box that covers seven tenths of the column is shading": (
        lambda width: candidates(square(101, 105, width, 12), box=CELL),
        steps(10, 69, 2),
        {10: [1], 50: []},
    ),
    "an empty box is a mark where it is nearly a square": (
        lambda width: candidates(square(100, 100, width, 10, None, "#000000")),
        steps(3.5, 50, 1),
        {3.5: [], 6.5: [1], 17.5: []},
    ),
    "a grey box is a mark where it is nearly a square": (
        lambda width: candidates(square(100, 100, width, 10, "#a6a6a6")),
        steps(3.5, 50, 1),
        {3.5: [], 6.5: [1], 17.5: []},
    ),
    "an empty square is a mark up to 24 points": (
        lambda side: candidates(square(100, 100, side, side, None, "#000000")),
        steps(5, 80, 2),
        {5: [1], 25: []},
    ),
    "an empty square is a border less than 0.8 points from the cell's side": (
        lambda gap: candidates(square(100 + gap, 105, 12, 12, None, "#000000"), box=CELL),
        steps(0.15, 2, 0.1),
        {0.15: [], 0.85: [1]},
    ),
    "a line of up to 30 points that is longer than half its head is the shaft": (
        lambda length: candidates(path(ARROW), Ruling("v", 116, 112, 112 + length)),
        steps(1, 90, 2),
        {1: [1], 9: [2], 31: [1]},
    ),
    "a line that is as long as the column is no shaft": (
        lambda length: candidates(
            path(ARROW), Ruling("h", 112, 108, 108 + length), box=(105, 100, 135, 130)
        ),
        steps(2, 28, 1),
        {2: [1], 9: [2], 24: [1]},
    ),
    "a line touches a head up to its own half and 0.8 points more": (
        lambda down: candidates(path(ARROW), Ruling("h", 112 + down, 106, 126)),
        steps(0.05, 3, 0.1),
        {0.05: [2], 1.35: [1]},
    ),
    "a bar touches a head up to 0.8 points away": (
        lambda down: candidates(path(ARROW), square(114, 112 + down, 4, 14)),
        steps(0.05, 2, 0.1),
        {0.05: [2], 0.85: [1, 1]},
    ),
    "two discs are one mark where half of the smaller lies in the other": (
        lambda right: candidates(disc(100, 100, 20), disc(112 + right, 105, 10)),
        steps(0.5, 9, 1),
        {0.5: [2], 3.5: [1, 1]},
    ),
    "a character and a disc are one mark where nine tenths lie in the other": (
        lambda right: candidates(
            disc(100, 100, 20), Glyph("●", (110 + right, 105, 120 + right, 115), "Symbol", GREEN)
        ),
        steps(0.1, 9, 0.2),
        {0.1: [2], 1.1: [1, 1]},
    ),
    "a box is a shaft from one and a half times as long as thick": (
        lambda length: candidates(path(BLUNT), square(114, 112.2, 4, length)),
        steps(4.25, 24, 0.5),
        {4.25: [1, 1], 6.25: [2]},
    ),
    "a path is round whose points stay away from a fifth of the sides at its corners": (
        is_round,
        steps(0.01, 0.49, 0.02),
        {0.01: False, 0.21: True},
    ),
}


def cells(*things: Any, box: Box = CELL) -> list[float]:
    """The heights of the shaded cells of a column."""
    return [cell.height for cell in shaded_cells(page(*things), box)]


SHADING: Flips = {
    "shading is that of a column from seven tenths to one and a half times its width": (
        lambda width: len(cells(fill(100, 100, width, 30))),
        steps(10, 300, 4),
        {10: 0, 50: 1, 106: 0},
    ),
    "shading is that of a cell from 5 points on": (
        lambda height: len(cells(fill(100, 100, 70, height))),
        steps(0.5, 20, 1),
        {0.5: 0, 5.5: 1},
    ),
    "a line divides shading where 5 points are left": (
        lambda at: cells(fill(100, 100, 70, 30), Ruling("h", 100 + at, 100, 170)),
        [1.0, 3.0, 4.5, 5.5, 8.0, 13.0, 14.0, 17.0, 24.5, 25.5],
        {1.0: [30], 5.5: [5.5, 24.5], 8.0: [8, 22], 13.0: [13, 17], 14.0: [14, 16]}
        | {17.0: [17, 13], 24.5: [24.5, 5.5], 25.5: [30]},
    ),
    "a line divides shading from six tenths of its width on": (
        lambda length: cells(fill(100, 100, 70, 30), Ruling("h", 115, 100, 100 + length)),
        steps(2, 70, 4),
        {2: [30], 46: [15, 15]},
    ),
    "the middle of a cell's shading is at most a point above or below the column": (
        lambda down: len(cells(fill(100, 115 + down, 70, 30))),
        steps(-40.25, 5.25, 0.5),
        {-40.25: 0, -30.75: 1, 1.25: 0},
    ),
    "shading that covers half of what lies below it hides it": (
        lambda down: cells(fill(100, 100, 70, 30), fill(100, 100 + down, 70, 20, "#ffc7ce")),
        steps(1, 21, 2),
        {1: [20], 21: [30, 20]},
    ),
    "shading of one colour over six tenths of a row is the row's": (
        lambda width: len(
            cells(fill(100, 100, 70, 30), fill(170, 100, width, 30), word("RS", 490, 110))
        ),
        steps(10, 300, 10),
        {10: 1, 170: 0},
    ),
    "shading belongs to the row beside it where half of its height overlaps": (
        lambda down: len(cells(fill(100, 100, 70, 30), fill(170, 100 + down, 300, 30))),
        steps(1, 29, 2),
        {1: 0, 15: 1},
    ),
}


def texts(*things: Any) -> list[str]:
    return [mark.text for mark in text_marks_in(page(*things), WIDE, WORDS)]


def split_by(start: float, end: float) -> list[str]:
    """A phrase over two lines with a ruling between them."""
    words = (word("Ej", 100, 100), word("mätbart", 100, 112))
    return texts(*words, Ruling("h", 111, start, end))


def figure(text: str) -> int:
    """How many marks a red figure is, beside black words."""
    red = [word(part, 100 + 30 * n, 100, colour=RED) for n, part in enumerate(text.split())]
    return len(texts(*red, word("Andel nöjda åkande i länet under hela året", 10, 300)))


TEXTS: Flips = {
    "lines of 10 points belong to one phrase up to 7.5 points apart": (
        lambda gap: texts(word("Ej", 100, 100), word("mätbart", 100, 110 + gap)),
        steps(0.5, 14, 0.5),
        {0.5: ["Ej mätbart"], 8.0: []},
    ),
    "a figure has up to three words": (
        lambda n: figure(" ".join("7" * int(n))),
        range(1, 10),
        {1: 1, 4: 0},
    ),
    "a figure has up to twelve characters": (
        lambda n: figure("7" * int(n)),
        range(1, 35, 2),
        {1: 1, 13: 0},
    ),
    "a line divides words that begin up to a point before it": (
        lambda off: split_by(100 + off, 170),
        steps(-2.25, 4, 0.5),
        {-2.25: [], 1.25: ["Ej mätbart"]},
    ),
    "a line divides words that it covers but for a point": (
        lambda off: split_by(50, word("mätbart", 100, 112).x1 + off),
        steps(-4.25, 2, 0.5),
        {-4.25: ["Ej mätbart"], -0.75: []},
    ),
}


def bullet(colour: str = "#202020", gap: float = 8.0) -> int:
    """How many marks a disc is that words follow."""
    box = (102.0, 104.0, 108.0, 110.0)
    dot = Glyph("●", box, "Symbol", colour)
    paint = painted([(corners(box), colour)])
    return len(find_marks(page(dot, word("Tåg", 108 + gap, 102), render=paint), NEAR, WORDS))


def text_beside(down: float) -> str | None:
    """The words of a disc of 8 points, whose middle is so far below the disc's."""
    found = find_marks(page(disc(100, 100), word("Uppnått", 115, 99 + down)), WIDE, WORDS)
    return next(mark.text for mark in found if mark.read_by == "vector")


def order(right: float, down: float) -> str:
    """The order of a mark (a) of 10 by 10 points, and one (b) that is moved."""
    marks = {"a": (100.0, 100.0, 110.0, 110.0)}
    marks["b"] = (100.0 + right, 100.0 + down, 110.0 + right, 110.0 + down)
    ordered = in_reading_order(Mark(1, box, "vector", text=name) for name, box in marks.items())
    return "".join(mark.text or "" for mark in ordered)


MARKS: Flips = {
    "a dot before words is a bullet up to a lightness of 0.45": (
        lambda lightness: bullet(grey(lightness)),
        steps(0.1, 0.9, 0.05),
        {0.1: 0, 0.5: 1},
    ),
    "a dot is the bullet of words that follow within 20 points": (
        lambda gap: bullet(gap=gap),
        steps(1, 70, 2),
        {1: 0, 21: 1},
    ),
    "words belong to a disc of 8 points up to 6 points above or below its middle": (
        text_beside,
        steps(-12.5, 12.5, 0.5),
        {-12.5: None, -6.0: "Uppnått", 6.5: None},
    ),
    "a mark on the lowest quarter of another is on the next row": (
        lambda down: order(-20, down),
        steps(0.25, 10, 0.5),
        {0.25: "ba", 2.75: "ab"},
    ),
    "marks are beside each other that overlap by up to a point": (
        lambda overlap: order(-10 + overlap, 1),
        steps(0.25, 8, 0.5),
        {0.25: "ba", 1.25: "ab"},
    ),
    "colours of arrows are statuses from two hues on": (
        lambda n: colour_carries_status(
            Mark(1, CELL, "vector", colour, apparent_direction="up")
            for colour in ("#404040", GREEN, RED, BLUE, AMBER)[: int(n)]
        ),
        range(1, 6),
        {1: False, 3: True},
    ),
}


def legend(*things: Any, colour: str = AMBER) -> list[str]:
    """The meanings that a page gives, beside "not met" for a disc far below."""
    other = (disc(100, 400, fill=colour), word("Ej", 112, 399), word("uppnått", 125, 399))
    found = legend_entries(page(*things, *other), WORDS)
    return [entry.value for entry in found if entry.mark.bbox[1] < 300]


def tabbed(gap: float) -> list[str]:
    return legend(disc(100, 100), word("Uppnått", 108 + gap, 99))


def continued(gap: float = 2.0, right: float = 0.0, *more: Shape) -> list[str]:
    """An entry of two lines of 10 points."""
    return legend(
        disc(100, 100),
        word("Ej", 115, 99),
        word("mätbart", 115 + right, 109 + gap),
        *more,
    )


def boxed(width: float = 60.0, height: float = 14.0) -> list[str]:
    """An entry within a shaded box."""
    return legend(fill(100, 100, width, height), word("Uppnått", 105, 102))


def key(width: float) -> list[str]:
    """An entry beside a shaded box."""
    return legend(fill(100, 100, width, 8), word("Uppnått", 104 + width, 99))


def times_rendered(*things: Any) -> int:
    """How often a page is rendered to look for a legend."""
    asked = []

    def render(box: Box, scale: float) -> Image.Image:
        asked.append(box)
        return painted([])(box, scale)

    legend_entries(page(*things, render=render), WORDS)
    return len(asked)


LEGENDS: Flips = {
    "words belong to a legend's mark up to 70 points away": (
        tabbed,
        steps(2, 200, 4),
        {2: ["met"], 74: []},
    ),
    "words of 10 points more than 22 points apart are another column's": (
        lambda gap: legend(disc(100, 100), word("Uppnått", 112, 99), word("RS", 147 + gap, 99)),
        steps(1, 80, 2),
        {1: [], 23: ["met"]},
    ),
    "so are those on its second line": (
        lambda gap: (
            continued(2.0, 0.0)
            if gap > 70
            else legend(
                disc(100, 100),
                word("Ej", 115, 99),
                word("mätbart", 115, 111),
                word("RS", 150 + gap, 111),
            )
        ),
        steps(1, 80, 2),
        {1: [], 23: ["not_assessed"]},
    ),
    "words may reach into their mark by one and a half points": (
        lambda into: legend(disc(100, 100), word("Uppnått", 108 - into, 99)),
        steps(0.25, 7, 0.5),
        {0.25: ["met"], 1.75: []},
    ),
    "a mark is beside a line up to 2 points above or below it": (
        lambda down: legend(disc(100, 100, 2.6), word("Uppnått", 115, 96.3 + down)),
        steps(-12.25, 12.25, 0.5),
        {-12.25: [], -6.75: ["met"], 7.25: []},
    ),
    "a line is beside a large mark whose sides its middle is within 2 points of": (
        lambda down: legend(disc(100, 100, 30), word("Uppnått", 135, 110 + down)),
        steps(-30, 30, 1),
        {-30: [], -17: ["met"], 18: []},
    ),
    "the next mark stops the words, even if it reaches into this one by a point": (
        lambda into: legend(
            disc(100, 100), disc(108 - into, 100, fill=RED), word("Uppnått", 120, 99)
        ),
        steps(0.25, 3.75, 0.5),
        {0.25: ["met"], 1.25: ["met", "met"]},
    ),
    "words from half a point before the next mark on belong to it": (
        lambda before: legend(
            disc(100, 100),
            word("Uppnått", 112, 99),
            disc(160, 100, fill=BLUE),
            word("RS", 160 - before, 99),
            word("RS", 170, 99),
        ),
        steps(0.05, 2, 0.1),
        {0.05: ["met"], 0.55: []},
    ),
    "lines of 10 points are one entry up to 7 points apart": (
        continued,
        steps(0.5, 14, 0.5),
        {0.5: ["not_assessed"], 7.5: []},
    ),
    "the second line of an entry begins within 2 points of the first": (
        lambda right: continued(2.0, right),
        steps(-5.25, 5.25, 0.5),
        {-5.25: [], -1.25: ["not_assessed"], 2.25: []},
    ),
    "a line with a mark beside it goes on no entry, even if the mark reaches in by 2 points": (
        lambda into: continued(2.0, 0.0, disc(107 + into, 111, fill=BLUE)),
        steps(0.25, 7, 0.5),
        {0.25: [], 2.25: ["not_assessed"]},
    ),
    "nor does a line with a mark up to 70 points to its left": (
        lambda away: legend(
            disc(290, 100),
            word("Ej", 302, 99),
            word("mätbart", 302, 111),
            disc(294 - away, 112, fill=BLUE),
        ),
        steps(2, 200, 4),
        {2: [], 70: ["not_assessed"]},
    ),
    "a legend's shaded box is 6 points wide": (
        key,
        steps(1, 20, 1),
        {1: [], 6: ["met"]},
    ),
    "and up to six tenths of the page": (
        lambda share: boxed(500 * share),
        steps(0.15, 0.95, 0.05),
        {0.15: ["met"], 0.65: []},
    ),
    "and up to 60 points high": (
        lambda height: boxed(height=height),
        steps(14, 180, 5),
        {14: ["met"], 64: []},
    ),
    "marks that differ by less than 3 look alike and define nothing": (
        lambda off: legend(
            disc(100, 100, fill=lab_grey(60)), word("Uppnått", 112, 99), colour=lab_grey(60 + off)
        ),
        steps(0, 12, 1),
        {0: [], 4: ["met"]},
    ),
    "a page is rendered from two meanings on": (
        lambda n: times_rendered(
            *(
                thing
                for at, text in enumerate(("Uppnått", "Ökar", "Minskar")[: int(n)])
                for thing in (disc(100, 100 + 20 * at), word(text, 112, 99 + 20 * at))
            )
        ),
        range(4),
        {0: 0, 2: 2, 3: 3},
    ),
}


NEAR = (90.0, 90.0, 160.0, 130.0)


def left_over(
    inks: Sequence[tuple[Box, str]], *things: Any, box: Box = NEAR, explained: Sequence[Box] = ()
) -> int:
    """How many marks are seen that nothing on the page explains."""
    paint = painted([(corners(place), colour) for place, colour in inks])
    return len(find_unexplained_ink(page(*things, render=paint), box, explained))


def at(x: float, y: float, width: float, height: float) -> Box:
    return (x, y, x + width, y + height)


def renders(side: float) -> int:
    """How often a part of a page with sides of this length is rendered."""
    asked = []

    def render(box: Box, scale: float) -> Image.Image:
        asked.append(box)
        return painted([])(box, scale)

    find_unexplained_ink(page(render=render), at(100, 100, side, 50), ())
    return len(asked)


INK: Flips = {
    "ink without an object is a mark from 5 points to 46 points": (
        lambda side: left_over([(at(100, 100, side, side), GREEN)], box=(90, 90, 240, 240)),
        [1, 2, 3, 4.2, 5.2, 8, 12, 18, 25, 40, 45, 46.5, 50, 70, 110, 130],
        {1: 0, 5.2: 1, 46.5: 0},
    ),
    "ink that is nearly white is none": (
        lambda off: left_over([(at(100, 100, 10, 10), f"#{255 - int(off):02x}ffff")]),
        range(2, 100, 4),
        {2: 0, 30: 1},
    ),
    "parts up to a point apart are one mark": (
        lambda gap: left_over([(at(100, 100, 8, 8), RED), (at(108 + gap, 100, 8, 8), RED)]),
        steps(0.5, 6, 0.5),
        {0.5: 1, 2.0: 2},
    ),
    "ink within a point of a word is the word's": (
        lambda right: left_over([(at(100, 100, 20 + right, 10), RED)], word("Mål!", 100, 100)),
        steps(1.0, 12, 0.5),
        {1.0: 0, 6.0: 1},
    ),
    "ink within one and a half points of an object is the object's": (
        lambda right: left_over(
            [(at(100, 100, 20 + right, 10), RED)], explained=[at(100, 100, 20, 10)]
        ),
        steps(1.0, 12, 0.5),
        {1.0: 0, 6.5: 1},
    ),
    "a ruling beside the searched part takes off what is within one and a half points of it": (
        lambda below: left_over(
            [(at(100, 125, 10, 9), RED)], Ruling("h", 130 + below, 90, 200), box=CELL
        ),
        steps(0.1, 3.1, 0.2),
        {0.1: 0, 1.5: 1},
    ),
    "a filled shape explains the ink on it up to seven tenths of the searched width": (
        lambda width: left_over(
            [(at(100, 100, 10, 10), RED)],
            square(95, 95, width, 30, "#ffffff"),
            box=(95, 95, 195, 195),
        ),
        steps(20, 100, 5),
        {20: 0, 75: 1},
    ),
    "a part with sides of less than 4 points is not looked at": (
        renders,
        steps(0.5, 15.5, 1),
        {0.5: 0, 4.5: 1},
    ),
}


def outlines(off: float) -> str | None:
    """Where a fill and an outline point that are apart by so much."""
    parts = []
    for x in (0.0, off):
        outline = ((5 + x, 0.0), (10 + x, 10.0), (x, 10.0))
        parts.append(MarkCandidate("vector", (x, 0, 10 + x, 10), GREEN, outline=outline))
    return outline_direction(parts).direction


def slender(share: float) -> str | None:
    """Where a triangle of 60 points points whose base is such a share of its length."""
    outline = ((60.0, 30 * share), (0.0, 60 * share), (0.0, 0.0))
    box = (0, 0, 60, 60 * share)
    return outline_direction([MarkCandidate("vector", box, GREEN, outline=outline)]).direction


OUTLINES: Flips = {
    "a fill and an outline are in one place up to a point apart": (
        outlines,
        steps(0.05, 4, 0.1),
        {0.05: "up", 1.05: None},
    ),
    "an outline is too slender to be read below an eighth": (
        slender,
        steps(0.02, 0.4, 0.01),
        {0.02: None, 0.13: "right"},
    ),
}


@pytest.mark.parametrize(
    ("answer", "values", "expected"),
    [
        pytest.param(*row, id=sentence)
        for rows in (CANDIDATES, SHADING, TEXTS, MARKS, LEGENDS, INK, OUTLINES)
        for sentence, row in rows.items()
    ],
)
def test_where_the_answer_flips(
    answer: Callable[[float], Any], values: Sequence[float], expected: dict[float, Any]
) -> None:
    assert flips(answer, values) == expected
