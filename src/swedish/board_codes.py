"""Codes of boards: alone in a cell, or in brackets behind a goal's or factor's name.

There are two readers. In a report without geometry text in brackets may be anything: the functions
take only what cannot be a word. :class:`BoardReader` reads cells and names that are known to be
such; it also takes single letters, codes joined by a conjunction, and a bracket that is not closed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_CODE_LETTERS: Final = range(2, 6)
"""Letters of a code in plain text: one may be a list's, and six are a word in capitals."""
_SEPARATORS: Final = re.compile(r"[,/\s]+")
_CODE: Final = r"[^\W\d_]{1,6}"
"""A code in a cell; its letters are capitals, which `_codes_of` sees to."""
_SEPARATOR: Final = r"(?:\s*[,/&+]\s*|\s+(?:{words})\s+|\s+)"
_AROUND: Final = ".,;:()"
"""What may stand around a word of a board's name."""
_EMPTY: Final = frozenset("-–—")
"""What a cell without a board may hold."""


def is_board_code(word: str) -> bool:
    """Whether a word of plain text is made of a few capitals, as boards' codes are."""
    return len(word) in _CODE_LETTERS and word.isalpha() and word.isupper()


def split_board_codes(text: str) -> tuple[str, tuple[str, ...]]:
    """A name in plain text without the board codes in brackets at its end, and those codes."""
    name, bracket, inside = text.rstrip().rpartition("(")
    if not bracket or not inside.endswith(")"):
        return text, ()
    codes = tuple(part for part in _SEPARATORS.split(inside[:-1]) if part)
    return (name.rstrip(), codes) if codes and all(map(is_board_code, codes)) else (text, ())


class BoardReader:
    """Reads board codes; ``conjunctions`` are the words that may stand between two of them.

    ``endings`` end the names of boards and of others that answer for a measure.
    """

    def __init__(self, conjunctions: Iterable[str], endings: Iterable[str] = ()) -> None:
        self._endings = tuple(map(str.casefold, endings))
        separator = _SEPARATOR.format(words="|".join(map(re.escape, conjunctions)) or r"(?!)")
        codes = f"{_CODE}(?:{separator}{_CODE})*"
        self._separator = re.compile(separator)
        self._codes = re.compile(codes)
        self._at_end = re.compile(rf"\s*[(\[]\s*({codes})\s*,?[)\]]?\s*\.?$")

    def read_cell(self, text: str | None) -> tuple[str | None, bool]:
        """The board as printed, None for an empty cell; and whether it is codes or a name."""
        if not text or text in _EMPTY:
            return None, True
        return text, bool(self.codes(text)) or self._is_name(text)

    def _is_name(self, text: str) -> bool:
        """Whether a word of a cell ends as the names of boards do."""
        words = (word.strip(_AROUND) for word in text.casefold().split())
        return any(word.endswith(self._endings) for word in words) if self._endings else False

    def codes(self, board: str | None) -> tuple[str, ...]:
        """The codes of a board cell; none where it holds anything else."""
        return self._codes_of(board) if board and self._codes.fullmatch(board) else ()

    def split_name(self, name: str) -> tuple[str, tuple[str, ...]]:
        """A name without the board codes in brackets at its end, and those codes."""
        match = self._at_end.search(name)
        codes = self._codes_of(match[1]) if match and match.start() else ()
        return (name[: match.start()].rstrip() if match and codes else name), codes

    def _codes_of(self, printed: str) -> tuple[str, ...]:
        codes = tuple(self._separator.split(printed))
        return codes if all(map(str.isupper, codes)) else ()
