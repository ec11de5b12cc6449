"""Labels of cards: words that a table would have as a header, before or above a single value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

from styrmatt.extract.header_words import HeaderReading, HeaderWords
from styrmatt.extract.model.text_lines import Word, join_words
from styrmatt.geometry import union
from styrmatt.printed import Bbox
from styrmatt.whitespace import squeeze

_MOST_WORDS = 6
"""Words of the longest label: a role with its year and what else a header says."""
_SEPARATORS: Final = (".", ",", ";", "|", "·", "•", "–", "—", "/")
"""What a word ends with, or is, behind which a label may begin within a line."""
_OPEN, _CLOSED = "([", ")]"


@dataclass(frozen=True)
class Label:
    """A label in a chain of words, from ``start`` to before ``end``."""

    start: int
    end: int
    words: tuple[Word, ...]
    reading: HeaderReading
    colon: bool
    """Whether a colon follows it."""
    alone: bool
    """Whether it is all of its chain: its value stands beside or below it."""

    @property
    def key(self) -> str:
        """What tells it from the card's other labels."""
        return squeeze(self.reading.text)

    @property
    def bbox(self) -> Bbox:
        """The box of its words."""
        return union(word.bbox for word in self.words)


@dataclass(frozen=True)
class LabelFinder:
    """Finds labels by the words of headers."""

    words: HeaderWords
    values: frozenset[str] = frozenset()
    """Squeezed phrases for statuses and trends, which are values and no labels without a colon."""

    def labels(self, chain: Sequence[Word]) -> list[Label]:
        """The labels in a chain of words that are only a space apart, left to right."""
        found = list(self._with_colons(chain))
        if found:
            return found
        label = self._whole(chain) or self._bold(chain)
        return [label] if label is not None else []

    def _with_colons(self, chain: Sequence[Word]) -> Iterator[Label]:
        """Labels before a colon, none of them in brackets."""
        first, depth = 0, 0
        for n, word in enumerate(chain):
            depth += sum(word.text.count(sign) for sign in _OPEN)
            depth -= sum(word.text.count(sign) for sign in _CLOSED)
            if depth or not word.text.endswith(":"):
                continue
            for start in range(max(first, n - _MOST_WORDS + 1), n + 1):
                if start and not _may_begin(chain[start - 1], chain[start]):
                    continue
                reading = self._reading(chain[start : n + 1], alone=start == 0)
                if reading is not None:
                    words, end = tuple(chain[start : n + 1]), n + 1
                    yield Label(start, end, words, reading, True, start == 0 and end == len(chain))
                    first = end
                    break

    def _whole(self, chain: Sequence[Word]) -> Label | None:
        """A chain that is nothing but a label."""
        if len(chain) > _MOST_WORDS or squeeze(join_words(chain)) in self.values:
            return None
        reading = self._reading(chain, alone=True)
        if reading is None or not reading.roles:
            return None
        return Label(0, len(chain), tuple(chain), reading, False, True)

    def _bold(self, chain: Sequence[Word]) -> Label | None:
        """A label in bold before its value in light type."""
        bold = list(takewhile(lambda word: word.bold, chain))
        if not bold or len(bold) == len(chain) or len(bold) > _MOST_WORDS:
            return None
        reading = self._reading(bold, alone=True)
        if reading is None or not reading.roles:
            return None
        return Label(0, len(bold), tuple(bold), reading, False, False)

    def _reading(self, words: Sequence[Word], *, alone: bool) -> HeaderReading | None:
        """What words say as a label; None where they are none."""
        text = join_words(words).rstrip(" :")
        reading = self.words.read(text)
        if not reading.whole or reading.roles == {"leave"}:
            return None
        if not reading.roles and not (alone and (reading.year or reading.area or reading.sex)):
            return None
        return reading


def _may_begin(before: Word, word: Word) -> bool:
    """Whether a label may begin with a word that stands behind another."""
    return before.text.endswith(_SEPARATORS) or word.text[:1].isupper()
