"""Size, weight and colour of a line of letters, from its ink."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple
from unicodedata import combining, decomposition, normalize

from styrmatt.scans.chains import Chain
from styrmatt.scans.components import Array, runs_of
from styrmatt.scans.look import PageLook

_CAP_HEIGHT: Final = 0.7
"""Height of capitals, figures and ascenders over the size of the font: Arial 0.72, Times 0.67."""
_X_HEIGHT: Final = 0.49
"""Height of letters without ascenders: Arial 0.52, Times 0.45."""
DESCENT: Final = 0.21
"""Depth of descenders over the size."""
DASH_HEIGHT: Final = 0.25
"""Height of a dash above the base line over the size."""
_LOW_LETTERS: Final = frozenset("acegmnopqrsuvwxyz")
"""Letters without ascenders; dots and rings above them do not count."""
_ENOUGH_LOW, _LOW_SHARE = 3, 0.4
"""Such letters of a line, and their share, from which its size is told by them: they are as high in
each line, and what is higher differs."""
_DEEP_LETTERS: Final = frozenset("gjpqyQ,;()[]")
"""Letters that reach below the base line."""
_TALL: Final = 0.9
"""Share of the highest letter's height from which letters count as high as it; a t is lower."""
_TALL_BELOW_ACCENTS: Final = 0.7
"""The same where the highest letters may be capitals with dots or a ring."""
_SOFT: Final = 0.4
"""Points by which soft edges widen a stroke."""
_BAR: Final = 2.0
"""Times the usual width from which a run of ink is a bar that runs across, and no stroke."""
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
    ink = _own_ink(look, chain)
    bare = [letter for letter in normalize("NFD", text) if not combining(letter)]
    low = sum(letter in _LOW_LETTERS for letter in bare)
    if low >= _ENOUGH_LOW and low >= _LOW_SHARE * len(bare):
        baseline, size = _by_low_letters(ink)
    else:
        baseline, size = _by_high_letters(look, chain, text, bare)
    stroke = max(_stroke(ink) - _SOFT * look.picture.scale, 0.0)
    return LetterLine(chain.y0 + baseline, size, stroke / size, _colour(look, chain, ink))


def _by_low_letters(ink: Array) -> tuple[float, float]:
    """Base line and size by the height of small letters: between these the rows have most ink."""
    import numpy as np

    rows = np.pad(ink.sum(axis=1).astype(np.int64), 1)
    steps = np.diff(rows)
    height = len(ink)
    middle = int(np.argmax(np.convolve(rows, np.ones(3), "same"))) - 1
    middle = min(max(middle, height // 4), 3 * height // 4)
    x_line = int(np.argmax(steps[: middle + 1]))
    baseline = middle + 1 + int(np.argmin(steps[middle + 1 :]))
    return float(baseline), max((baseline - x_line) / _X_HEIGHT, 1.0)


def _by_high_letters(
    look: PageLook, chain: Chain, text: str, bare: Sequence[str]
) -> tuple[float, float]:
    """Base line and size by the height of capitals and figures."""
    boxes = [look.text.boxes[number].tolist() for number in chain.numbers]
    highest = max(box[3] - box[1] for box in boxes)
    letters = [box for box in boxes if box[3] - box[1] >= highest / 3] or boxes
    accented = any(not letter.isascii() and decomposition(letter) for letter in text)
    is_low = all(letter in _LOW_LETTERS or not letter.isalnum() for letter in bare)
    share = _X_HEIGHT if is_low and not accented else _CAP_HEIGHT
    if len(letters) <= max(len(text) / 2, 2):  # letters that run together
        below = DESCENT if any(letter in _DEEP_LETTERS for letter in text) else 0.0
        size = max(chain.height / (share + below), 1.0)
        return chain.height - below * size, size
    baseline = float(sorted(box[3] for box in letters)[(len(letters) - 1) // 2])
    heights = [baseline - box[1] for box in letters if box[1] < baseline]
    least = (_TALL_BELOW_ACCENTS if accented else _TALL) * max(heights, default=highest)
    tall = sorted(height for height in heights if height >= least) or [highest]
    size = max(tall[(2 if accented else 3) * (len(tall) - 1) // 4] / share, 1.0)
    return baseline - chain.y0, size


def _own_ink(look: PageLook, chain: Chain) -> Array:
    import numpy as np

    labels = look.text.labels[chain.y0 : chain.y1, chain.x0 : chain.x1]
    return np.isin(labels, chain.numbers)


def _stroke(ink: Array) -> float:
    """The usual width of its strokes, in pixels, bars left out."""
    import numpy as np

    _, starts, ends = runs_of(ink)
    lengths = ends - starts
    if not len(lengths):
        return 0.0
    return float(lengths[lengths <= _BAR * np.median(lengths)].mean())


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
