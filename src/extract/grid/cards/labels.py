"""Labels of cards: words that a table would have as a header, before or above a single value."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, takewhile
from typing import Final

from styrmatt.extract.headers.header_reading import HeaderReading
from styrmatt.extract.headers.header_words import HeaderWords
from styrmatt.extract.model.text_lines import Word, join_words
from styrmatt.geometry import union
from styrmatt.layout import FIGURE_ROLES
from styrmatt.printed import Bbox
from styrmatt.whitespace import squeeze

_MOST_WORDS = 6
"""Words of the longest label: a role with its year and what else a header says."""
_MOST_UNKNOWN = 4
"""Words at most of a label whose words are those of no header: more are a sentence."""
_MOST_NUMBERED = 2
"""Words at most of a label for a measure with its number or letter."""
_NUMBERED: Final = re.compile(r"(\D+?)\s*\d+(?:\.\d+)*\.?")
"""A word for a measure with the measure's number."""
_ONE_YEAR: Final = re.compile(r"(?:19|20)\d\d:")
_YEAR_ALONE: Final = re.compile(r"(?:19|20)\d\d")
_SEPARATORS: Final = (".", ",", ";", "|", "·", "•", "–", "—", "/")
"""What a word ends with, or is, behind which a label may begin within a line."""
_LONGEST_FIGURE = 30
"""Characters of a figure with its unit, a limit before it and that of the year before."""
_FIRST_WORDS = 2
"""Words behind such a label of which one has the figure: a limit may stand before it."""
_BARS: Final = ("|", "·", "•")
"""Words that part a line into labels with their values."""
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
    def is_known(self) -> bool:
        """Whether its words are those of a header."""
        reading = self.reading
        return bool(reading.roles or reading.year or reading.area or reading.sex)

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
    """Finds labels by the words of headers: each page needs one of its own."""

    words: HeaderWords
    is_value: Callable[[str], bool] = lambda text: False
    """Whether words are a status or trend: then they are a value, and no label without a colon."""
    aims: frozenset[str] = frozenset()
    """Targets without a figure, in small letters: words for a direction, dashes."""
    _known: dict[tuple[int, int], list[Label]] = field(default_factory=dict)
    """Labels by the first word (``id()``) of their chain and its length: words are of one page."""

    def labels(self, chain: Sequence[Word]) -> list[Label]:
        """The labels in a chain of words that are only a space apart, left to right."""
        key = (id(chain[0]), len(chain))
        if key not in self._known:
            found = list(self._with_colons(chain))
            if not found and (label := self._whole(chain) or self._bold(chain)) is not None:
                found = [label]
            self._known[key] = (
                found or list(self._between_bars(chain)) or self._between_commas(chain)
            )
        return self._known[key]

    def year(self, chain: Sequence[Word]) -> Label | None:
        """The label that a chain is which is nothing but a year; in a box it may have a value."""
        if len(chain) != 1 or not _YEAR_ALONE.fullmatch(chain[0].text):
            return None
        return Label(0, 1, tuple(chain), self.words.read(chain[0].text), False, True)

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
                behind = start > 0 and chain[start - 1].text.endswith(_SEPARATORS)
                behind |= start == n and bool(_ONE_YEAR.fullmatch(word.text))
                reading = self._reading(chain[start : n + 1], alone=start == 0 or behind)
                if reading is not None:
                    words, end = tuple(chain[start : n + 1]), n + 1
                    yield Label(start, end, words, reading, True, start == 0 and end == len(chain))
                    first = end
                    break
            else:
                label = self._unknown(chain, first, n)
                if label is not None:
                    yield label
                    first = label.end

    def _unknown(self, chain: Sequence[Word], first: int, n: int) -> Label | None:
        """A few words before a colon and a value that are no words of headers."""
        start = max(
            (k for k in range(first, n + 1) if k == 0 or chain[k - 1].text.endswith(_SEPARATORS)),
            default=None,
        )
        if start is None or n - start >= _MOST_UNKNOWN or n + 1 == len(chain):
            return None
        if not chain[start].text[:1].isalpha() or chain[n].text == ":":
            return None
        if all(word.bold for word in chain[start:] if any(map(str.isalnum, word.text))):
            return None  # a name with a colon; values are in light type
        words = tuple(chain[start : n + 1])
        reading = HeaderReading(join_words(words).rstrip(" :"))
        return Label(start, n + 1, words, reading, True, False)

    def _whole(self, chain: Sequence[Word]) -> Label | None:
        """A chain that is nothing but a label; in small letters it is the rest of a name."""
        if len(chain) > _MOST_WORDS or chain[0].text[:1].islower():
            return None
        reading = self._reading(chain, alone=True)
        if reading is None or not reading.roles or not reading.whole:
            return None
        text = join_words(chain)
        if not text.endswith("?") and self.is_value(text):  # a question has its answer elsewhere
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

    def _between_bars(self, chain: Sequence[Word]) -> Iterator[Label]:
        """Labels without colons that begin parts of a line between bars or dots."""
        bars = [n for n, word in enumerate(chain) if word.text in _BARS]
        if not bars:
            return
        starts = [0, *(n + 1 for n in bars)]
        ends = [*bars, len(chain)]
        found = [self._beginning(chain, *span) for span in zip(starts, ends, strict=True)]
        labels = [label for label in found if label is not None]
        if len(labels) > 1:
            yield from labels

    def _between_commas(self, chain: Sequence[Word]) -> list[Label]:
        """Labels without colons before figures, where commas part a line into nothing else."""
        commas = [n for n, word in enumerate(chain[:-1], 1) if word.text.endswith(",")]
        if not commas or not any(char.isdecimal() for word in chain for char in word.text):
            return []
        found: list[Label] = []
        for start, end in pairwise((0, *commas, len(chain))):
            label = self._beginning(chain, start, end)
            if label is None or not label.reading.roles & set(FIGURE_ROLES):
                return []
            value = chain[label.end : end]
            begins = "".join(word.text for word in value[:_FIRST_WORDS])
            text = join_words(value).rstrip(" .,")
            is_aim = "target" in label.reading.roles and text.casefold() in self.aims
            is_figure = any(map(str.isdecimal, begins)) and len(text) <= _LONGEST_FIGURE
            if not (is_figure or is_aim):
                return []
            found.append(label)
        return found

    def _beginning(self, chain: Sequence[Word], start: int, end: int) -> Label | None:
        """The label that a part of a chain begins with, before its value."""
        for stop in range(min(end - 1, start + _MOST_WORDS), start, -1):
            words = chain[start:stop]
            reading = self._reading(words, alone=True)
            plain = reading is not None and reading.whole and reading.unit is None
            if plain and reading is not None and any(map(str.isalnum, words[-1].text)):
                return Label(start, stop, tuple(words), reading, False, False)
        return None

    def _reading(self, words: Sequence[Word], *, alone: bool) -> HeaderReading | None:
        """What words say as a label; None where they are none."""
        if any(_parts(word, behind) for word, behind in pairwise(words)):
            return None
        text = join_words(words).rstrip(" :")
        reading = self.words.read(text)
        if not reading.whole and (numbered := _NUMBERED.fullmatch(text)):
            reading = self.words.read(numbered[1])
            if reading.roles != {"measure"}:
                return None
        by_head = bool(reading.roles) and text.endswith(")")  # a unit, say, in brackets
        by_head |= reading.roles == {"measure"} and len(words) <= _MOST_NUMBERED
        if not (reading.whole or by_head) or reading.roles == {"leave"}:
            return None
        if not reading.roles and not (alone and (reading.year or reading.area or reading.sex)):
            return None
        return reading


def _parts(word: Word, behind: Word) -> bool:
    """Whether something ends between two words: a clause, or a sentence."""
    ends = word.text.endswith((",", ";", "|"))
    return ends or (word.text.endswith(".") and behind.text[:1].isupper())


def _may_begin(before: Word, word: Word) -> bool:
    """Whether a label may begin with a word that stands behind another."""
    starts = word.text[:1].isupper() or bool(_ONE_YEAR.fullmatch(word.text))
    return starts or before.text.endswith(_SEPARATORS)
