"""Pages made by hand for tests: words and rulings at places, and what renders painted polygons."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from PIL import Image, ImageDraw

from styrmatt.extract.model.page import Page, Ruling
from styrmatt.extract.model.text_lines import Word

WIDTH = 0.5
"""Width of a character in ems."""


def text(line: str, x: float, top: float, size: float = 10, *, bold: bool = False) -> list[Word]:
    """The words of a line that begins at x, top; a tab moves on to the next multiple of 100."""
    out: list[Word] = []
    at = x
    for part in line.replace("\t", " \t ").split(" "):
        if part == "\t":
            at = (at // 100 + 1) * 100 + x % 100
            continue
        if not part:
            continue
        end = at + WIDTH * size * len(part)
        out.append(Word(part, at, top, end, top + size, size, bold))
        at = end + 0.3 * size
    return out


def cell(lines: str, x: float, top: float, size: float = 10, *, bold: bool = False) -> list[Word]:
    """Lines of a cell, one below the other, 1.2 ems apart."""
    out: list[Word] = []
    for n, line in enumerate(lines.split("\n")):
        out += text(line, x, top + 1.2 * size * n, size, bold=bold)
    return out


def page(words: Sequence[Word], rulings: Sequence[Ruling] = (), number: int = 1) -> Page:
    """A page of A4 with the given words and rulings."""
    return Page(number, 595, 842, tuple(words), tuple(rulings))


def grid(xs: Sequence[float], ys: Sequence[float]) -> list[Ruling]:
    """Rulings of a full grid."""
    across = [Ruling("h", y, xs[0], xs[-1]) for y in ys]
    return across + [Ruling("v", x, ys[0], ys[-1]) for x in xs]


Box = tuple[float, float, float, float]
Points = Sequence[tuple[float, float]]


def corners(box: Box) -> Points:
    """The corners of a box, as a path has them."""
    x0, top, x1, bottom = box
    return ((x0, top), (x1, top), (x1, bottom), (x0, bottom))


def painted(inks: Sequence[tuple[Points, str]]) -> Callable[[Box, float], Image.Image]:
    """What renders parts of a page that shows polygons in colours on white, for ``Page.render``.

    Edges are soft, as a renderer draws them: each pixel is the mean of 16.
    """

    def render(box: Box, scale: float) -> Image.Image:
        size = tuple(max(math.ceil((box[n + 2] - box[n]) * scale - 0.01), 1) for n in (0, 1))
        picture = Image.new("RGB", (4 * size[0], 4 * size[1]), "#ffffff")
        draw = ImageDraw.Draw(picture)
        for points, colour in inks:
            places = [(4 * scale * (x - box[0]), 4 * scale * (y - box[1])) for x, y in points]
            draw.polygon([(round(x), round(y)) for x, y in places], fill=colour)
        return picture.resize((size[0], size[1]), Image.Resampling.BOX)

    return render
