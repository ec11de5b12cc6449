"""What a small rendered crop shows: its colour, whether it is filled, where it points.

This is the judge over all drawing primitives: it sees what a person sees, however it was drawn.
"""

from __future__ import annotations

import base64
import io
import math
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress
from typing import TYPE_CHECKING

from styrmatt.extract.arrows import NOWHERE, Pointing, pointing
from styrmatt.extract.colours import as_hex, channels, lch, oklab
from styrmatt.extract.masks import Band, Mask

if TYPE_CHECKING:
    from PIL.Image import Image

Rgb = tuple[int, int, int]

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
    """What a crop shows. ``colour`` is that of the fill, or of the outline without a fill."""

    colour: str | None
    filled: bool = True
    pointing: Pointing = NOWHERE
    ink: float = 0.0
    """Share of the crop that differs from the ground."""
    evidence: str | None = None
    """The crop as a PNG in a data URI."""


NOTHING = Look(None, filled=False)


def look_at(
    picture: Image, margin: int, grounds: tuple[str, ...] = (), lines: tuple[Band, ...] = ()
) -> Look:
    """What a picture shows inside its margin (pixels), which is the ground around it.

    ``grounds`` are colours of areas that lie behind the mark, ``lines`` the pixel rows and columns
    of rulings that run through the picture.
    """
    return _look(picture.tobytes(), picture.width, picture.height, margin, grounds, lines)


@lru_cache(maxsize=512)
def _look(
    data: bytes,
    width: int,
    height: int,
    margin: int,
    behind: tuple[str, ...],
    lines: tuple[Band, ...],
) -> Look:
    """Marks are drawn alike many times over: equal crops are looked at once."""
    crop = _Crop(list(zip(data[0::3], data[1::3], data[2::3], strict=True)), width, height)
    grounds = crop.grounds(margin, [channels(colour) for colour in behind])
    ink = crop.where(lambda p: not any(_near(p, g, _VISIBLE) for g in grounds))
    ink = ink.without(lines).within(_frame(width, height, margin))
    count, inside = ink.count, ink.enclosed()
    if count < max(4, _INK * width * height):
        return NOTHING
    hollow = inside.count / (count + inside.count) >= _HOLLOW
    rim = max(1, round(0.12 * min(width, height) - 1))
    core = _core(ink, rim)
    colour, share = crop.main_colour(ink if hollow else core)
    filled = not hollow and not lch(colour).white
    if not hollow and not filled:
        colour = crop.main_colour(ink)[0]
    half = 0.45 * math.dist(oklab(grounds[0]), oklab(channels(colour)))
    solid = crop.where(lambda p: math.dist(oklab(p), oklab(grounds[0])) >= half)
    points = pointing(solid.without(lines).within(ink))
    if points.way is None and filled and (share < 0.97 or inside.count):
        points = crop.sign_in(ink.joined(inside).eroded(rim), colour) or points
    return Look(colour, filled, points, count / (width * height), _png(data, width, height))


def _near(one: Rgb, other: Rgb, limit: float) -> bool:
    return one == other or math.dist(oklab(one), oklab(other)) < limit


def _frame(width: int, height: int, margin: int) -> Mask:
    """All pixels inside the margin."""
    row = ((1 << (width - 2 * margin)) - 1) << margin
    empty = (0,) * margin
    return Mask((*empty, *(row for _ in range(height - 2 * margin)), *empty), width)


def _core(ink: Mask, depth: int) -> Mask:
    """The ink without its rim, where enough is left without it."""
    core = ink.eroded(depth)
    return core if core.count >= max(0.12 * ink.count, 4) else ink


@dataclass(frozen=True, slots=True)
class _Crop:
    """The pixels of a crop, row by row."""

    pixels: list[Rgb]
    width: int
    height: int

    def where(self, holds: Callable[[Rgb], bool]) -> Mask:
        """The pixels for which something holds."""
        bits = {pixel: "1" if holds(pixel) else "0" for pixel in set(self.pixels)}
        text = "".join([bits[pixel] for pixel in self.pixels])
        rows = (text[at : at + self.width] for at in range(0, len(text), self.width))
        return Mask(tuple(int(row, 2) for row in rows), self.width)

    def counts(self, mask: Mask) -> Counter[Rgb]:
        """How often each colour stands where the mask is set."""
        text = "".join(format(row, f"0{self.width}b") for row in mask.rows)
        return Counter(compress(self.pixels, map(int, text)))

    def ring(self, depth: int) -> Counter[Rgb]:
        """The colours of the pixels that stand ``depth`` from the edge."""
        outer = _frame(self.width, self.height, depth)
        inner = _frame(self.width, self.height, depth + 1)
        return self.counts(
            Mask(tuple(a ^ b for a, b in zip(outer.rows, inner.rows, strict=True)), self.width)
        )

    def grounds(self, margin: int, behind: Iterable[Rgb] = ()) -> list[Rgb]:
        """The colour around the mark, others behind it, and a white picture's own paper."""
        ground = self.ring(0).most_common(1)[0][0]
        edge = self.ring(margin + 1)
        own, times = edge.most_common(1)[0] if edge else (ground, 0)
        if _near(own, ground, _VISIBLE) or not lch(as_hex(own)).white or times < 0.5 * edge.total():
            return [ground, *behind]
        others = self.where(lambda p: not _near(p, own, _ALIKE)).within(
            _frame(self.width, self.height, margin + 1)
        )
        own_paper = [own] if others.count > 0.1 * len(self.pixels) else []
        return [ground, *own_paper, *behind]

    def main_colour(self, mask: Mask) -> tuple[str, float]:
        """The colour of most pixels (a hue before a grey of like size), and their share."""
        rest = dict(self.counts(mask))
        total = sum(rest.values())
        groups: list[tuple[int, Rgb]] = []
        while rest and len(groups) < 4:
            centre = max(rest, key=lambda rgb: (rest[rgb], rgb))
            members = [rgb for rgb in rest if _near(rgb, centre, _ALIKE)]
            groups.append((sum(rest.pop(rgb) for rgb in members), centre))
        groups.sort(reverse=True)
        hued = [g for g in groups if lch(as_hex(g[1])).saturated and g[0] >= 0.3 * total]
        size, centre = (hued or groups)[0]
        return as_hex(centre), size / total

    def sign_in(self, core: Mask, colour: str) -> Pointing | None:
        """Where a sign within a filled shape points, as in a white arrow on a coloured disc."""
        main = channels(colour)
        sign = self.where(lambda p: not _near(p, main, 0.12)).within(core)
        part = sign.largest_part()
        if not 0.06 * core.count <= part.count <= 0.6 * core.count or part.count < 0.9 * sign.count:
            return None
        found = pointing(part)
        return found if found.way is not None else None


def _png(data: bytes, width: int, height: int) -> str:
    from PIL import Image

    out = io.BytesIO()
    Image.frombytes("RGB", (width, height), data).save(out, "PNG")
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode("ascii")
