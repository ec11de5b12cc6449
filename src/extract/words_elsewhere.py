"""The words of what is left alone, as far as they tell how words that lines break are written.

A word broken at the end of a line keeps its hyphen or not as the report prints it elsewhere. That
may be in a table that is not read, too. Its words are counted as it is passed over; what is kept in
the end are those that begin as a broken word does, of a hundred pages some dozens.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_]{2,}(?:-[^\W\d_]{2,})*(?![\w-])")
"""A word, with the hyphens in it; none that a line breaks."""
_SHORTEST: Final = 5
"""Letters of the shortest word that is counted: shorter ones are seldom broken."""
_OFTEN: Final = 3
"""How often a word counts at most: that it is there at all decides, and what is printed more often.
"""
_BROKEN: Final = re.compile(r"(?<![^\W\d_])([^\W\d_]+)-$")
"""What stands before a hyphen at a line's end; looked for at the beginnings of words only, as a
line may be of a hundred thousand letters."""


class WordsElsewhere:
    """Counts the words of lines that are read for nothing else."""

    def __init__(self) -> None:
        self._count: Counter[str] = Counter()

    def add(self, lines: Iterable[str]) -> None:
        """Count the words of lines."""
        for line in lines:
            self._count.update(w for w in _WORD.findall(line) if len(w) >= _SHORTEST)

    def of_broken(self, lines: Iterable[str]) -> tuple[str, ...]:
        """The words that begin as a word does which one of these lines breaks, in order.

        A word that stands there several times is given up to three times.
        """
        ends = (line.rstrip() for line in lines)
        found = (_BROKEN.search(line) for line in ends if line.endswith("-"))
        starts = {broken[1].casefold() for broken in found if broken is not None}
        lengths = sorted({len(start) for start in starts})
        kept = (
            word
            for word in sorted(self._count)
            if any(word[:length].casefold() in starts for length in lengths)
        )
        return tuple(word for one in kept for word in [one] * min(self._count[one], _OFTEN))
