"""Signs before figures that are no part of them: a plus for one of the best, a minus for the worst.

A report's text says so: "A minus before the figure means that the region is one of the last five."
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from enum import Enum
from typing import Final

from styrmatt.normalize.values.read import CellReading
from styrmatt.vocabulary import ValueWords

_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+")
_LONGEST: Final = 250
"""Characters of the longest sentence that explains signs."""
_APART: Final = re.compile(r"\s*[+−–-]\s+(?=\d)")
_JOINED: Final = re.compile(r"\s*[+−–-](?=\d)")
_SOME_PLUS: Final = re.compile(r"\s*\+")


class SignMarks(Enum):
    """How a report prints marks before figures that look like signs."""

    NONE = "none"
    APART = "apart"
    """With a space behind them, so that a minus without one is a sign."""
    JOINED = "joined"
    """Without a space, as signs are."""


def sign_marks(texts: Iterable[str], words: ValueWords, cells: Iterable[str]) -> SignMarks:
    """How signs before the figures in ``cells`` are marks; none where no text says that they are.

    One sentence has to name a sign and a place among others: the best, the worst.
    """
    said = any(
        any(word in sentence for word in words.signs)
        and any(word in sentence for word in words.places)
        for text in texts
        if any(word in text.casefold() for word in words.signs)
        for sentence in _SENTENCE.split(" ".join(text.casefold().split()))
        if len(sentence) <= _LONGEST
    )
    if not said:
        return SignMarks.NONE
    return SignMarks.APART if any(map(_APART.match, cells)) else SignMarks.JOINED


def read_without_mark(
    text: str, marks: SignMarks, read: Callable[[str], CellReading]
) -> CellReading:
    """What a cell of results gives without the mark before its figure.

    Behind a minus that may be a mark as well as a sign there is no figure, but a doubt.
    """
    if marks is SignMarks.NONE:
        return read(text)
    if marks is SignMarks.APART or _SOME_PLUS.match(text):
        return read(_APART.sub("", text, count=1) if _APART.match(text) else text)
    if _JOINED.match(text):
        return CellReading(doubt="its minus may be a mark, as the report's text says of signs")
    return read(text)
