"""Size, weight and colour of a line of letters, from its ink."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from styrmatt.scans.chains import Chain
from styrmatt.scans.components import Array, runs_of
from styrmatt.scans.look import PageLook

_CAP_HEIGHT: Final = 0.7
"""Height of capitals, figures and ascenders over the size of the font: Arial 0.72, Times 0.67."""
_X_HEIGHT: Final = 0.49
"""Height of letters without ascenders: Arial 0.52, Times 0.45."""
DESCENT: Final = 0.21
"""Depth of descenders over the size."""
_LOW_LETTERS: Final = frozenset("acegmnopqrsuvwxyzåäö.,;:-–_+=~<>«»*•")
"""Letters without ascenders; dots and rings above them do not count."""
_DEEP_LETTERS: Final = frozenset("gjpqyQ,;()[]{}/")
"""Letters that reach below the base line."""
_TALL: Final = 0.8
"""Share of the highest letter's height from which letters count as high as it."""
_ONE_SIZE: Final = 0.13
"""Share by which sizes differ that are one: the rounding of pixels, and of letters' shapes."""
_BOLD: Final = 1.32
"""Times the usual weight from which letters are bold."""
_STRONG: Final = 0.6
"""Share of the strongest ink from which a pixel shows the ink's colour; the rest is soft edge."""
_HUED: Final = 40
"""Difference of channels from which ink has a colour; what has less is black or grey."""


class LetterLine(NamedTuple):
    """How a line of letters is set; lengths in pixels."""

    baseline: float
    size: float
    weight: float
    """Width of its strokes over its size."""
    colour: str


def letter_line(look: PageLook, chain: Chain, text: str) -> LetterLine:
    """How a chain is set that says ``text``."""
    boxes = [look.text.boxes[number].tolist() for number in chain.numbers]
    highest = max(box[3] - box[1] for box in boxes)
    letters = [box for box in boxes if box[3] - box[1] >= highest / 3] or boxes
    share = _X_HEIGHT if all(letter in _LOW_LETTERS for letter in text) else _CAP_HEIGHT
    if len(letters) > max(len(text) / 2, 2):
        baseline = float(sorted(box[3] for box in letters)[(len(letters) - 1) // 2])
        heights = [baseline - box[1] for box in letters if box[1] < baseline]
        top = max(heights, default=highest)
        tall = sorted(height for height in heights if height >= _TALL * top) or [highest]
        size = max(tall[3 * (len(tall) - 1) // 4] / share, 1.0)
    else:  # letters that run together
        below = DESCENT if any(letter in _DEEP_LETTERS for letter in text) else 0.0
        lowest, top = max(box[3] for box in letters), min(box[1] for box in letters)
        size = max((lowest - top) / (share + below), 1.0)
        baseline = lowest - below * size
    ink = _own_ink(look, chain)
    return LetterLine(baseline, size, _stroke(ink) / size, _colour(look, chain, ink))


def _own_ink(look: PageLook, chain: Chain) -> Array:
    import numpy as np

    labels = look.text.labels[chain.y0 : chain.y1, chain.x0 : chain.x1]
    return np.isin(labels, chain.numbers)


def _stroke(ink: Array) -> float:
    """The usual width of its strokes, in pixels."""
    import numpy as np

    _, starts, ends = runs_of(ink)
    return float(np.median(ends - starts)) if len(starts) else 0.0


def _colour(look: PageLook, chain: Chain, ink: Array) -> str:
    """The colour of the letters; black where it has no hue and is dark."""
    import numpy as np

    area = (slice(chain.y0, chain.y1), slice(chain.x0, chain.x1))
    rgb = look.picture.rgb[area][ink].astype(np.int16)
    unlike = np.abs(rgb - look.ground[area][ink]).max(axis=1)
    strong = rgb[unlike >= _STRONG * unlike.max()]
    middle = np.median(strong, axis=0)
    if middle.max() - middle.min() < _HUED:
        level = 0 if middle.mean() < 128 else 255
        return f"#{level:02x}{level:02x}{level:02x}"
    return "#" + "".join(f"{int(channel):02x}" for channel in middle)


def evened_sizes(sizes: Sequence[float], lengths: Sequence[int]) -> list[float]:
    """The sizes with those made one that differ by no more than measuring does.

    ``lengths`` are the letters of each line: the size of most letters is that of its like.
    """
    order = sorted(range(len(sizes)), key=lambda n: -lengths[n])
    centres: list[float] = []
    evened = [0.0] * len(sizes)
    for n in order:
        near = [one for one in centres if abs(one - sizes[n]) <= _ONE_SIZE * one]
        if not near:
            centres.append(sizes[n])
            near = [sizes[n]]
        evened[n] = min(near, key=lambda one: abs(one - sizes[n]))
    return evened


def bold_lines(weights: Sequence[float], lengths: Sequence[int]) -> list[bool]:
    """Which lines are bold, by the usual weight of the page's letters."""
    usual = _weighted_median(zip(weights, lengths, strict=True))
    return [weight >= _BOLD * usual for weight in weights]


def _weighted_median(pairs: Iterable[tuple[float, int]]) -> float:
    ordered = sorted(pairs)
    half = sum(length for _, length in ordered) / 2
    total = 0
    for value, length in ordered:
        total += length
        if total >= half:
            return value
    return 0.0
