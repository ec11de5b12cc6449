"""A card on one page: its name, its labelled values, and what else stands in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from styrmatt.extract.grid.cards.labels import Label
from styrmatt.extract.model.symbols import all_symbols
from styrmatt.extract.model.text_lines import Word, join_words, lines_of
from styrmatt.geometry import union
from styrmatt.printed import Bbox

_ENDS = " .,;:|·•–—-"
"""Signs at the end of a name or value that part it from what follows."""
_BARS = " |"
"""What parts a value from the label that follows it on the line."""
_BULLETS = ("•", "·", "–", "-", "▪", "■", "○", "*", "►", "‣", "◦")
FIGURE: Final = re.compile(r"[<>≥≤]?\s?[+−–-]?\d[\d\s.,]*\s?(?:%|\w{1,12}(?:/\w{1,6})?\.?)?$")
"""A figure with its limit and unit."""
_COMMENT = frozenset({"comment"})
_ONE_LINE = 3.0
"""Points by which labels on one line differ in height at most."""


@dataclass
class CardField:
    """A label with the lines of its value."""

    label: Label
    lines: list[list[Word]] = field(default_factory=list)
    reach: tuple[float, float] = (0.0, 0.0)
    """From where to where across its value may stand."""
    run_in: bool = False
    """Whether it stands within a line of text."""
    floor: float = 0.0
    """Down to where its value may stand."""

    @property
    def bbox(self) -> Bbox:
        """The box of its value; of its label, where it has none."""
        words = [word for line in self.lines for word in line]
        return union(word.bbox for word in words) if words else self.label.bbox

    @property
    def bottom(self) -> float:
        """Its lower end."""
        return max(self.bbox[3], self.label.bbox[3])

    @property
    def texts(self) -> list[str]:
        """Its value's lines as printed."""
        texts = [join_words(line) for line in self.lines]
        if self.run_in and texts:
            texts[-1] = _closed(texts[-1].rstrip(_ENDS), " ".join(texts[:-1]))
        elif texts:
            texts[-1] = texts[-1].rstrip(_BARS) or texts[-1]
        return [text for text in texts if text]


@dataclass
class Card:
    """A card on one page: the words of its name, its labelled values, and its other text."""

    name: list[list[Word]]
    fields: list[CardField]
    free: list[list[Word]] = field(default_factory=list)
    """Chains of words that are neither: beside the name, or below the values."""
    box: Bbox | None = None
    """The box drawn around it."""
    run_in: bool = False
    """Whether its labels stand within running text."""
    name_in_text: bool = False
    """Whether its name stands before the first label in the same line."""
    named_overleaf: bool = False
    """Whether its name stands on the page before."""
    figure: list[Word] = field(default_factory=list)
    """The large figure above its name."""
    has_columns: bool = False
    """Whether its labels have more values further right: they begin the rows of a table."""
    has_rows: bool = False
    """Whether labels on one line have values on several below, as the header of a table has."""

    @property
    def keys(self) -> set[str]:
        """Its labels."""
        return {one.label.key for one in self.fields}

    @property
    def is_header(self) -> bool:
        """Whether all its labels stand on one line, and no colon behind them, as in a table.

        Without a box there may be comments on rows below them.
        """
        labels = [one.label for one in self.fields]
        if self.box is None:
            labels = [one for one in labels if not (one.colon and one.reading.roles == _COMMENT)]
        alone = all(one.alone and not one.colon for one in labels)
        heights = [one.bbox[1] for one in labels]
        return alone and len(heights) > 1 and max(heights) - min(heights) < _ONE_LINE

    @property
    def words(self) -> list[Word]:
        """All its words."""
        chains = [*(() if self.named_overleaf else self.name), *self.free]
        chains += [line for one in self.fields for line in (list(one.label.words), *one.lines)]
        return [word for chain in (*chains, self.figure) for word in chain]

    @property
    def bbox(self) -> Bbox:
        """Its box, or the box of its words."""
        return self.box or union(word.bbox for word in self.words)

    @property
    def has_bold_name(self) -> bool:
        """Whether its name is in bold and its values are not."""
        values = [word for one in self.fields for line in one.lines for word in line]
        named = [word for line in self.name for word in line if any(map(str.isalnum, word.text))]
        return all(word.bold for word in named) and not all(word.bold for word in values)

    @property
    def name_lines(self) -> list[str]:
        """The lines of its name, without signs at its end and bullets before it."""
        texts = [join_words(without_bullet(line)) for line in self.name]
        texts = [text for text in texts if text]
        if texts:
            texts[-1] = texts[-1].rstrip(_ENDS) if self.run_in else texts[-1].rstrip(" :")
        return texts


def _closed(text: str, above: str) -> str:
    """The last line of a value without the end of a bracket that begins before the value."""
    whole = f"{above} {text}"
    return text[:-1] if text.endswith(")") and whole.count(")") > whole.count("(") else text


def without_bullet(words: Sequence[Word]) -> list[Word]:
    """The words of a line without a bullet before them."""
    first = words[0] if words else None
    if first is not None and (
        first.text in _BULLETS or (len(first.text) == 1 and all_symbols(first.text, first.font))
    ):
        return list(words[1:])
    return list(words)


def chains_as_lines(chains: Iterable[Sequence[Word]]) -> Iterator[str]:
    """Chains of words as text, in the order of their lines."""
    words = [word for chain in chains for word in chain]
    for line in lines_of(words):
        yield line.text
