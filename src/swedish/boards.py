"""Codes of boards: in a board cell, and in brackets behind a goal's or factor's name."""

from __future__ import annotations

import re
from collections.abc import Iterable

_CODE = r"[^\W\d_]{1,6}"  # of capitals, see _split
_SEPARATOR = r"(?:\s*[,/&+]\s*|\s+(?:{words})\s+|\s+)"
_EMPTY = frozenset("-–—")


class BoardReader:
    """Reads board codes; ``conjunctions`` are the words that may stand between two of them."""

    def __init__(self, conjunctions: Iterable[str]) -> None:
        separator = _SEPARATOR.format(words="|".join(map(re.escape, conjunctions)) or r"(?!)")
        self._separator = re.compile(separator)
        self._codes = re.compile(f"{_CODE}(?:{separator}{_CODE})*")
        self._behind = re.compile(rf"\s*[(\[]\s*({_CODE}(?:{separator}{_CODE})*)\s*,?[)\]]?\s*\.?$")

    def cell(self, text: str | None) -> tuple[str | None, bool]:
        """The board as printed, None for an empty cell; and whether it consists of codes."""
        if not text or text in _EMPTY:
            return None, True
        return text, bool(self.codes(text))

    def codes(self, board: str | None) -> tuple[str, ...]:
        """The codes of a board cell; none where it holds anything else."""
        return self._split(board) if board and self._codes.fullmatch(board) else ()

    def behind(self, name: str) -> tuple[str, tuple[str, ...]]:
        """A name without the board codes in brackets at its end, and those codes."""
        match = self._behind.search(name)
        codes = self._split(match[1]) if match and match.start() else ()
        return (name[: match.start()].rstrip() if match and codes else name), codes

    def _split(self, printed: str) -> tuple[str, ...]:
        codes = tuple(self._separator.split(printed))
        return codes if all(map(str.isupper, codes)) else ()
