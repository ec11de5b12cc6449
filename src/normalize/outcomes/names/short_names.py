"""What measures are called for short: without brackets, or by what their names have in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_SHORT: Final = re.compile(r"\(([^\W\d_a-z]{2,6})\)")
_BRACKETS: Final = re.compile(r"\([^)]*\)")
_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_MOST_WORDS: Final = 4
"""Words that a short name stands for, at most: with more, its letters are found by chance."""


def spelled_out(name: str) -> Iterator[tuple[str, str]]:
    """The short names in a measure's name, each with the words ahead that it stands for.

    These begin with its first letter and have its letters in order.
    """
    for match in _SHORT.finditer(name):
        if not match[1].isupper():
            continue
        words = list(_WORD.finditer(name, 0, match.start()))
        for word in reversed(words[-_MOST_WORDS:]):
            long = name[word.start() : match.start()].strip()
            if long[0].casefold() == match[1][0].casefold() and _has_in_order(long, match[1]):
                yield match[1], long
                break


def bare_name(name: str) -> str:
    """A measure's name without brackets and what stands behind a comma, in small letters."""
    return " ".join(_BRACKETS.sub(" ", name).split(",")[0].casefold().split())


def _has_in_order(long: str, letters: str) -> bool:
    rest = iter(long.casefold())
    return all(letter in rest for letter in letters.casefold())
