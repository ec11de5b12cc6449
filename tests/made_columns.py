"""Sets running text in columns on made-up pages, with or without tables beside it."""

from __future__ import annotations

import random
from collections.abc import Sequence

from paper import WIDTH, text

from styrmatt.extract.model.text_lines import Word

SIZE, LEADING = 9.0, 11.0
_TEXT = (
    "arbetet har under året gått vidare med fler insatser för barn och unga som behöver stöd medan "
    "antalet ärenden ökade något jämfört med tidigare eftersom verksamheten tog över ansvaret från "
    "kommunen och därför anställdes personal som kan möta behoven i hela länet på ett bättre sätt"
)
_WORDS = _TEXT.split()
Lines = Sequence[str]


def prose(lines: int, width: float, seed: int, paragraph: int = 9) -> list[str]:
    """Lines of running text that fill a width; a paragraph ends about every ``paragraph`` lines.

    A line that ends a paragraph is empty behind it.
    """
    pick, out, line = random.Random(seed), [], ""
    left, sentence = _length(pick, paragraph), 0
    while len(out) < lines:
        word = pick.choice(_WORDS)
        word = word if sentence else word.capitalize()
        longer = f"{line} {word}" if line else word
        if line and SIZE * (WIDTH * len(longer) - 0.2 * longer.count(" ")) > width:
            out.append(line)
            line, left = "", left - 1
            if left <= 0 and len(out) < lines:
                out[-1] = f"{out[-1][: int(len(out[-1]) * 0.6)].rstrip(' .') or 'Slut'}."
                out.append("")
                left, sentence = _length(pick, paragraph), 0
            continue
        sentence = (sentence + 1) % pick.randint(9, 18)
        line = longer if sentence else f"{longer}."
    return out[:lines]


def _length(pick: random.Random, paragraph: int) -> int:
    return pick.randint(max(paragraph - 3, 2), paragraph + 3)


def column(
    lines: Lines, x: float, top: float, leading: float = LEADING, size: float = SIZE
) -> list[Word]:
    """The words of lines set below each other; an empty one is half a line of space."""
    out: list[Word] = []
    y = top
    for line in lines:
        if line.startswith("# "):
            out += text(line[2:], x, y + 2, size + 2, bold=True)
            y += leading + 5
        elif line:
            out += text(line, x, y, size)
            y += leading
        else:
            y += leading / 2
    return out


def rows(cells: Sequence[Lines], xs: Sequence[float], top: float, pitch: float = 16) -> list[Word]:
    """The words of single-line rows of a table."""
    return [
        word
        for n, row in enumerate(cells)
        for x, cell in zip(xs, row, strict=True)
        for word in text(cell, x, top + n * pitch, SIZE)
    ]


def wordy_rows(
    cells: Sequence[Sequence[Lines]], xs: Sequence[float], top: float, padding: float = 8
) -> list[Word]:
    """The words of rows whose cells have several lines; each is as high as its longest cell."""
    out: list[Word] = []
    for row in cells:
        for x, lines in zip(xs, row, strict=True):
            out += column(lines, x, top)
        top += max(map(len, row)) * LEADING + padding
    return out
