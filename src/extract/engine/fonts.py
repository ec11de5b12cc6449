"""What both engines ask about a character: whether it is bold, whether it stands, where it is."""

from __future__ import annotations

import math

from styrmatt.printed import Bbox

SPACE = 0.17
"""Characters further apart than this share of the font size are separate words."""
SAME_LINE = 2.0
"""Characters whose tops are closer than this (points) stand on one line."""

Turn = tuple[float, float, float, float]
"""How a character is scaled and turned: a, b, c, d of its matrix on the page, y pointing up."""


def is_bold(font: str) -> bool:
    """Whether a font is bold by its name."""
    name = font.casefold()
    return any(
        mark in name for mark in ("bold", "black", "heavy", "semibold", "demi")
    ) or name.endswith("-bd")


def stands(turn: Turn) -> bool:
    """Whether a character is neither turned nor mirrored."""
    a, b, c, d = turn
    return a > 0 and d > 0 and max(abs(b), abs(c)) < 0.3 * max(a, d)


def glyph_box(box: Bbox, turn: Turn) -> Bbox:
    """The character's box; as long as it is high where its font does not tell its width."""
    x0, top, x1, bottom = box
    size = max(x1 - x0, bottom - top)
    if min(x1 - x0, bottom - top) >= 0.1 * size:
        return box
    a, b = turn[:2]
    length = math.hypot(a, b) or 1.0
    right, down = 0.9 * size * a / length, -0.9 * size * b / length
    return (
        min(x0, x0 + right),
        min(top, top + down),
        max(x1, x1 + right),
        max(bottom, bottom + down),
    )
