"""Codes of boards in a text: what one looks like, and those in brackets at the end of a name."""

from __future__ import annotations

import re

_PARTS = re.compile(r"[,/\s]+")
_LETTERS = range(2, 6)


def is_code(word: str) -> bool:
    """Whether it is made of a few capitals, as boards' codes are."""
    return len(word) in _LETTERS and word.isalpha() and word.isupper()


def part_boards(text: str) -> tuple[str, tuple[str, ...]]:
    """A name without the board codes in brackets at its end, and those codes."""
    name, bracket, inside = text.rstrip().rpartition("(")
    if not bracket or not inside.endswith(")"):
        return text, ()
    codes = tuple(part for part in _PARTS.split(inside[:-1]) if part)
    return (name.rstrip(), codes) if codes and all(map(is_code, codes)) else (text, ())
