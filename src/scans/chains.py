"""The parts of ink that make up one line of text each, up to a wide gap or a ruled line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from styrmatt.scans.components import Array
from styrmatt.scans.lines import Line
from styrmatt.scans.look import PageLook

_LETTER = (3.0, 40.0)
"""Points: how high a letter is; what is lower is a dot, an accent or a dash."""
_LONGEST_DASH: Final = 14.0
"""Points: a dash is no longer, and a row of dots is."""
_WIDEST_LETTER: Final = 60.0
"""Points: letters that run together are no wider."""
_SPECK: Final = 0.55
"""Points: sides of a speck that is no dot."""
_CRUMB, _TOUCHING_LINE, _NEAR_LINE = 2.0, 0.8, 2.5
"""Points: a part so thin, so near to a ruled line or to the edge of shading, is a crumb of it.
The nearer counts beside letters, where it may be a comma, the farther where it stands alone."""
_SAME_LINE: Final = 0.5
"""Share of the lower one's height in which letters of one line overlap."""
_GAP: Final = 1.1
"""Share of the higher one's height up to which letters stand in one chain: a space, and not the gap
between two columns."""
_ABOVE, _BELOW = 0.55, 0.35
"""Shares of a chain's height above and below it within which dots and accents are its own."""
_ACCENT: Final = 0.45
"""Share of a line's height that an accent is high at most."""
_ASIDE: Final = 0.8
"""Share of its height beside a chain within which points, dashes and quotes are its own."""


@dataclass(slots=True)
class Chain:
    """Letters of one line; the box in pixels."""

    numbers: list[int]
    x0: int
    y0: int
    x1: int
    y1: int

    @property
    def height(self) -> int:
        """Pixels from its top to its lower end."""
        return self.y1 - self.y0

    def add(self, number: int, box: Sequence[int]) -> None:
        """Take in one more part."""
        self.numbers.append(number)
        self.x0, self.y0 = min(self.x0, box[0]), min(self.y0, box[1])
        self.x1, self.y1 = max(self.x1, box[2]), max(self.y1, box[3])


def find_chains(look: PageLook) -> list[Chain]:
    """The chains of a page, top to bottom and left to right."""
    scale, boxes = look.picture.scale, look.text.boxes.tolist()
    low, high = _LETTER[0] * scale, _LETTER[1] * scale
    uprights = [line for line in look.lines if line.orientation == "v"]
    edges = _edges(look)
    letters, small = [], []
    for number in look.text_numbers:
        x0, y0, x1, y1 = boxes[number]
        if y1 - y0 > high or x1 - x0 > _WIDEST_LETTER * scale:
            continue
        if y1 - y0 >= low:
            letters.append(number)
        elif max(y1 - y0, x1 - x0) >= _SPECK * scale and not _is_crumb(
            boxes[number], edges, scale, _TOUCHING_LINE
        ):
            small.append(number)
    chains = _with_accents(_of_letters(letters, boxes, uprights), boxes)
    rest = [
        number
        for number in small
        if not _attach(number, boxes, chains, uprights)
        and not _is_crumb(boxes[number], edges, scale, _NEAR_LINE)
    ]
    chains += _of_letters(rest, boxes, uprights)
    found = [chain for chain in chains if not _is_stroke(chain, scale)]
    return sorted(found, key=lambda chain: (chain.y0, chain.x0))


def _is_stroke(chain: Chain, scale: float) -> bool:
    """Whether it is too long for a dash and too low for letters: a piece of a drawing."""
    return chain.height < _LETTER[0] * scale and chain.x1 - chain.x0 > _LONGEST_DASH * scale


def _is_crumb(box: Sequence[int], edges: Sequence[Line], scale: float, within: float) -> bool:
    """Whether a part is what is left of a ruled line, or of the edge of shading."""
    x0, y0, x1, y1 = box
    near = within * scale
    for line in edges:
        low, high, along = (y0, y1, (x0, x1)) if line.orientation == "h" else (x0, x1, (y0, y1))
        beside = low - near <= line.at <= high + near and high - low <= _CRUMB * scale
        if beside and line.start - near <= along[1] and along[0] <= line.end + near:
            return True
    return False


def _edges(look: PageLook) -> list[Line]:
    """The ruled lines of a page, and the sides of its shading."""
    edges = list(look.lines)
    for box in look.shading:
        edges += [Line("h", y, box.x0, box.x1, 0.0) for y in (box.y0, box.y1)]
        edges += [Line("v", x, box.y0, box.y1, 0.0) for x in (box.x0, box.x1)]
    return edges


def _of_letters(
    numbers: Sequence[int], boxes: Sequence[Sequence[int]], uprights: Sequence[Line]
) -> list[Chain]:
    open_chains: list[Chain] = []
    done: list[Chain] = []
    for number in sorted(numbers, key=lambda n: (boxes[n][0], boxes[n][1])):
        box = boxes[number]
        best: Chain | None = None
        for chain in list(open_chains):
            last = boxes[chain.numbers[-1]]
            height = max(box[3] - box[1], last[3] - last[1], chain.height // 2)
            if box[0] - chain.x1 > 3 * max(height, chain.height):
                open_chains.remove(chain)
                done.append(chain)
                continue
            if not _on_line(chain, box) or box[0] - chain.x1 > _GAP * max(height, chain.height):
                continue
            if _is_parted(chain, box, uprights):
                continue
            if best is None or chain.x1 > best.x1:
                best = chain
        if best is None:
            open_chains.append(Chain([number], *box))
        else:
            best.add(number, box)
    return done + open_chains


def _with_accents(chains: Sequence[Chain], boxes: Sequence[Sequence[int]]) -> list[Chain]:
    """The chains, those of accents alone made part of the line below them: of large print, rings
    and dots are as high as letters."""
    kept = list(chains)
    for accents in sorted(chains, key=lambda chain: chain.height):
        for line in kept:
            gap = line.y0 - accents.y1
            above = -_ABOVE * line.height / 2 <= gap <= _ABOVE * line.height
            within = line.x0 <= accents.x0 and accents.x1 <= line.x1
            if above and within and accents.height <= _ACCENT * line.height:
                for number in accents.numbers:
                    line.add(number, boxes[number])
                kept.remove(accents)
                break
    return kept


def _on_line(chain: Chain, box: Sequence[int]) -> bool:
    overlap = min(chain.y1, box[3]) - max(chain.y0, box[1])
    return overlap >= _SAME_LINE * min(chain.height, box[3] - box[1])


def _is_parted(chain: Chain, box: Sequence[int], uprights: Sequence[Line]) -> bool:
    """Whether an upright line runs between a chain and a box to its right."""
    low, high = chain.x1 - 2, box[0] + 2
    if high < low:
        return False
    middle = (max(chain.y0, box[1]) + min(chain.y1, box[3])) / 2
    return any(low <= line.at <= high and line.start <= middle <= line.end for line in uprights)


def _attach(
    number: int, boxes: Sequence[Sequence[int]], chains: Sequence[Chain], uprights: Sequence[Line]
) -> bool:
    """Give a dot, accent or dash to the chain that it belongs to, if it belongs to one."""
    x0, y0, x1, y1 = boxes[number]
    best, nearest = None, 0.0
    for chain in chains:
        h = chain.height
        middle = (y0 + y1) / 2
        if not chain.y0 - _ABOVE * h <= middle <= chain.y1 + _BELOW * h:
            continue
        aside = max(chain.x0 - x1, x0 - chain.x1, 0)
        if aside > _ASIDE * h or (aside and not chain.y0 <= middle <= chain.y1 + _BELOW * h):
            continue
        if x0 > chain.x1 and _is_parted(chain, boxes[number], uprights):
            continue
        far = aside + max(chain.y0 - middle, middle - chain.y1, 0)
        if best is None or far < nearest:
            best, nearest = chain, far
    if best is not None:
        best.add(number, boxes[number])
    return best is not None


def picture_of_chain(look: PageLook, chain: Chain, margin: int) -> Array:
    """The chain alone, dark on white, with so many pixels of white around it."""
    import numpy as np

    x0, y0, x1, y1 = chain.x0, chain.y0, chain.x1, chain.y1
    labels = look.text.labels[y0:y1, x0:x1]
    own = np.isin(labels, chain.numbers)
    near = own.copy()
    for _ in range(2):
        wider = near.copy()
        wider[1:] |= near[:-1]
        wider[:-1] |= near[1:]
        wider[:, 1:] |= near[:, :-1]
        wider[:, :-1] |= near[:, 1:]
        near = wider
    area = (slice(y0, y1), slice(x0, x1))
    unlike = np.abs(look.picture.rgb[area].astype(np.int16) - look.ground[area]).max(axis=2)
    most = max(int(np.percentile(unlike[own], 90)) if own.any() else 255, 1)
    dark = np.clip(unlike.astype(np.float32) * (255.0 / most), 0, 255)
    shown = np.where(near, 255 - dark, 255).astype(np.uint8)
    return np.pad(shown, margin, constant_values=255)
