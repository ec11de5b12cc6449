"""What both engines need to know of a character: whether it is bold, upright, and where it is."""

from __future__ import annotations

import math

from styrmatt.printed import Bbox

WORD_GAP = 0.17
"""Ems between two characters from which they belong to separate words: below the narrowest space
(0.2 em in condensed fonts), above the letterspacing of a justified line."""
LINE_TOLERANCE = 2.0
"""Points between the tops of characters that are on one line: less than a raised digit is raised,
more than the rounding of fonts that are mixed in a line."""

_BOLD = ("bold", "black", "heavy", "semibold", "demi")
"""What a bold font has in its name; ``-bd`` at the end is bold as well."""
_SLANT = 0.3
"""Share of a character's scale by which it may be slanted and is upright still: a drawn italic is
slanted by 0.2 to 0.27, a turned character by much more."""
_NO_EXTENT = 0.1
"""Width as a share of height (or the other way) below which a font does not know a symbol's width;
no arrow or disc is as thin."""
_SYMBOL_WIDTH = 0.9
"""Ems that such a symbol is taken to be wide."""

TextMatrix = tuple[float, float, float, float]
"""How a character is scaled and turned: a, b, c, d of its matrix on the page, y pointing up."""


def is_bold(font: str) -> bool:
    """Whether a font is bold by its name."""
    name = font.casefold()
    return any(mark in name for mark in _BOLD) or name.endswith("-bd")


def is_upright(matrix: TextMatrix) -> bool:
    """Whether a character is neither turned nor mirrored."""
    a, b, c, d = matrix
    return a > 0 and d > 0 and max(abs(b), abs(c)) < _SLANT * max(a, d)


def quarter_turn(matrix: TextMatrix) -> int:
    """Degrees to the left by which a character is turned: 90, 180 or 270.

    0 where it is upright, mirrored, or turned by anything but quarters of a turn.
    """
    a, b, c, d = matrix
    turned_back = {90: (b, -a, d, -c), 180: (-a, -b, -c, -d), 270: (-b, a, -d, c)}
    return next((turn for turn, back in turned_back.items() if is_upright(back)), 0)


def glyph_box(box: Bbox, matrix: TextMatrix) -> Bbox:
    """A character's box, as long as it is high where its font does not know its width."""
    x0, top, x1, bottom = box
    size = max(x1 - x0, bottom - top)
    if min(x1 - x0, bottom - top) >= _NO_EXTENT * size:
        return box
    a, b = matrix[:2]
    length = math.hypot(a, b) or 1.0
    right, down = _SYMBOL_WIDTH * size * a / length, -_SYMBOL_WIDTH * size * b / length
    return (
        min(x0, x0 + right),
        min(top, top + down),
        max(x1, x1 + right),
        max(bottom, bottom + down),
    )
