"""What a small rendered crop shows: its colour, whether it is filled, where it points.

This is the judge over all drawing primitives: it sees what a person sees, however it was drawn.
"""

from __future__ import annotations

import base64
import io
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from styrmatt.extract.arrows import NOWHERE, Mask, Pointing, largest_part, pointing
from styrmatt.extract.colours import as_hex, channels, lch, oklab

if TYPE_CHECKING:
    from PIL.Image import Image

Rgb = tuple[int, int, int]
Flags = list[list[bool]]

_VISIBLE = 0.035
"""Difference in OKLab from which ink stands out from its ground."""
_ALIKE = 0.06
"""Difference in OKLab up to which two pixels belong to one colour."""
_HOLLOW = 0.4
"""Share of ground enclosed by ink from which a shape is an outline only."""
_INK = 0.02
"""Share of the crop that must be ink, or there is nothing to see."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a crop shows. ``colour`` is that of the fill, or of the outline where there is no fill."""

    colour: str | None
    filled: bool = True
    pointing: Pointing = NOWHERE
    ink: float = 0.0
    """Share of the crop that differs from the ground."""
    evidence: str | None = None
    """The crop as a PNG in a data URI."""


NOTHING = Look(None, filled=False)


def look_at(picture: Image, margin: int) -> Look:
    """What a picture shows inside its margin (pixels), which is the ground around it."""
    return _look(picture.tobytes(), picture.width, picture.height, margin)


@lru_cache(maxsize=512)
def _look(data: bytes, width: int, height: int, margin: int) -> Look:
    """Marks are drawn alike many times over: equal crops are looked at once."""
    pixels = [
        [(data[at], data[at + 1], data[at + 2]) for at in range(row, row + 3 * width, 3)]
        for row in range(0, 3 * width * height, 3 * width)
    ]
    grounds = _grounds(pixels, margin)
    ink = _ink(pixels, grounds, margin)
    count = sum(map(sum, ink))
    if count < max(4, _INK * width * height):
        return NOTHING
    hollow = _enclosed(ink) / (count + _enclosed(ink)) >= _HOLLOW
    core = _core(ink, max(1, round(0.12 * min(width, height) - 1)))
    colour, share = _main_colour(pixels, ink if hollow else core)
    filled = not hollow and not lch(colour).white
    if not hollow and not filled:
        colour = _main_colour(pixels, ink)[0]
    points = pointing(_solid(pixels, ink, grounds[0], colour))
    if points.way is None and share < 0.97 and filled:
        points = _inner(pixels, core, colour) or points
    return Look(colour, filled, points, count / (width * height), _png(data, width, height))


def _near(one: Rgb, other: Rgb, limit: float) -> bool:
    if one == other:
        return True
    l1, a1, b1 = oklab(one)
    l2, a2, b2 = oklab(other)
    return (l1 - l2) ** 2 + (a1 - a2) ** 2 + (b1 - b2) ** 2 < limit * limit


def _ring(pixels: Sequence[Sequence[Rgb]], depth: int) -> Iterator[Rgb]:
    """The pixels that stand ``depth`` from the edge."""
    inner = pixels[depth : len(pixels) - depth]
    if not inner or len(inner[0]) <= 2 * depth:
        return
    rows = [row[depth : len(row) - depth] for row in inner]
    yield from rows[0]
    yield from rows[-1]
    for row in rows[1:-1]:
        yield row[0]
        yield row[-1]


def _grounds(pixels: Sequence[Sequence[Rgb]], margin: int) -> list[Rgb]:
    """The colour around the mark, and that of a white picture's own paper where it has one."""
    around = Counter(_ring(pixels, 0))
    ground = around.most_common(1)[0][0]
    edge = Counter(_ring(pixels, margin + 1))
    if not edge:
        return [ground]
    own, times = edge.most_common(1)[0]
    whitish = lch(as_hex(own)).white and not _near(own, ground, _VISIBLE)
    others = sum(not _near(pixel, own, _ALIKE) for row in pixels for pixel in row[margin:-margin])
    if whitish and times > 0.5 * edge.total() and others > 0.1 * len(pixels) * len(pixels[0]):
        return [ground, own]
    return [ground]


def _ink(pixels: Sequence[Sequence[Rgb]], grounds: Sequence[Rgb], margin: int) -> Flags:
    """Where the picture differs from its grounds, inside the margin."""
    known: dict[Rgb, bool] = {}
    bottom, right = len(pixels) - margin, len(pixels[0]) - margin
    flags: Flags = []
    for y, row in enumerate(pixels):
        line = [False] * len(row)
        if margin <= y < bottom:
            for x in range(margin, right):
                pixel = row[x]
                differs = known.get(pixel)
                if differs is None:
                    differs = known[pixel] = not any(_near(pixel, g, _VISIBLE) for g in grounds)
                line[x] = differs
        flags.append(line)
    return flags


def _enclosed(ink: Flags) -> int:
    """How many pixels without ink cannot be reached from the edge."""
    height, width = len(ink), len(ink[0])
    seen = [list(row) for row in ink]
    todo = [(y, x) for y in range(height) for x in (0, width - 1)]
    todo += [(y, x) for x in range(width) for y in (0, height - 1)]
    while todo:
        y, x = todo.pop()
        if 0 <= y < height and 0 <= x < width and not seen[y][x]:
            seen[y][x] = True
            todo += [(y - 1, x), (y + 1, x), (y, x - 1), (y, x + 1)]
    return sum(not flag for row in seen for flag in row)


def _core(ink: Flags, depth: int) -> Flags:
    """The ink without its rim, where enough is left without it."""
    core = ink
    for _ in range(depth):
        core = [
            [
                flag and core[y - 1][x] and core[y + 1][x] and row[x - 1] and row[x + 1]
                if 0 < y < len(core) - 1 and 0 < x < len(row) - 1
                else False
                for x, flag in enumerate(row)
            ]
            for y, row in enumerate(core)
        ]
    enough = 0.12 * sum(map(sum, ink))
    return core if sum(map(sum, core)) >= max(enough, 4) else ink


def _main_colour(pixels: Sequence[Sequence[Rgb]], where: Flags) -> tuple[str, float]:
    """The colour of most pixels (a hue before a grey of like size), and their share."""
    counts = Counter(
        pixel
        for row, flags in zip(pixels, where, strict=True)
        for pixel, flag in zip(row, flags, strict=True)
        if flag
    )
    total = counts.total()
    groups: list[tuple[Rgb, int]] = []
    rest = dict(counts)
    while rest and len(groups) < 4:
        centre = max(rest, key=lambda rgb: (rest[rgb], rgb))
        members = [rgb for rgb in rest if _near(rgb, centre, _ALIKE)]
        groups.append((centre, sum(rest.pop(rgb) for rgb in members)))
    groups.sort(key=lambda group: -group[1])
    hued = [g for g in groups if lch(as_hex(g[0])).saturated and g[1] >= 0.3 * total]
    centre, size = (hued or groups)[0]
    return as_hex(centre), size / total


def _solid(pixels: Sequence[Sequence[Rgb]], ink: Flags, ground: Rgb, colour: str) -> Flags:
    """The ink without the soft edges that rendering gives it."""
    half = 0.45 * math.dist(oklab(ground), oklab(channels(colour)))
    known: dict[Rgb, bool] = {}

    def solid(pixel: Rgb) -> bool:
        if pixel not in known:
            known[pixel] = math.dist(oklab(pixel), oklab(ground)) >= half
        return known[pixel]

    return [
        [flag and solid(pixel) for pixel, flag in zip(row, flags, strict=True)]
        for row, flags in zip(pixels, ink, strict=True)
    ]


def _inner(pixels: Sequence[Sequence[Rgb]], core: Flags, colour: str) -> Pointing | None:
    """Where a sign within a filled shape points, as in a white arrow on a coloured disc."""
    main = channels(colour)
    sign: Mask = [
        [flag and not _near(pixel, main, 0.12) for pixel, flag in zip(row, flags, strict=True)]
        for row, flags in zip(pixels, core, strict=True)
    ]
    size, whole = sum(map(sum, sign)), sum(map(sum, core))
    if not 0.06 * whole <= size <= 0.6 * whole:
        return None
    part = largest_part(sign)
    if sum(map(sum, part)) < 0.9 * size:
        return None
    found = pointing(part)
    return found if found.way is not None else None


def _png(data: bytes, width: int, height: int) -> str:
    from PIL import Image

    out = io.BytesIO()
    Image.frombytes("RGB", (width, height), data).save(out, "PNG")
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode("ascii")
