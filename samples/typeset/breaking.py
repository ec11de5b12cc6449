"""Where a line may break: soft hyphens from Swedish patterns, and a line breaker for renderers
that have none."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyphen

SOFT = "\u00ad"


@functools.cache
def _patterns() -> pyphen.Pyphen:
    import pyphen

    return pyphen.Pyphen(lang="sv", left=2, right=3)


def soften(text: str) -> str:
    """The text with a soft hyphen at every place where a longer word may be divided."""
    return re.sub(r"[^\W\d_]{5,}", lambda word: _patterns().inserted(word.group(), SOFT), text)


def break_lines(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """Lines no wider than `width`: broken at spaces, after hyphens, at soft hyphens, and at need
    within a word."""
    lines: list[str] = []
    for part in text.split("\n"):
        line = ""
        for word in part.split():
            gap = " " if line else ""
            for piece in _pieces(word):
                line, gap = _place(lines, line, gap, piece, width, measure), ""
        lines.append(line.replace(SOFT, ""))
    return lines


def _pieces(word: str) -> list[str]:
    """A word cut after its own hyphens; soft hyphens stay inside the pieces."""
    return [piece for piece in re.split(r"(?<=[\w]-)(?=\w)", word) if piece]


def _place(
    lines: list[str], line: str, gap: str, piece: str, width: float, measure: Callable[[str], float]
) -> str:
    """Put a piece on the line or, where it does not fit, as much of it as fits; returns the line
    that is open."""
    if measure((line + gap + piece).replace(SOFT, "")) <= width:
        return line + gap + piece
    syllables = piece.split(SOFT)
    for count in range(len(syllables) - 1, 0, -1):
        head = "".join(syllables[:count])
        if measure((line + gap).replace(SOFT, "") + head + "-") <= width:
            lines.append((line + gap).replace(SOFT, "") + head + "-")
            return _place(lines, "", "", SOFT.join(syllables[count:]), width, measure)
    if line:
        lines.append(line.replace(SOFT, ""))
        return _place(lines, "", "", piece, width, measure)
    plain = piece.replace(SOFT, "")
    cut = max([n for n in range(1, len(plain)) if measure(plain[:n]) <= width], default=1)
    if len(plain) <= 1:
        return plain
    lines.append(plain[:cut])
    return _place(lines, "", "", plain[cut:], width, measure)
