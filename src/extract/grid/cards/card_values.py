"""Gives the words beside and below labels to them, line by line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from styrmatt.extract.grid.cards.card import FIGURE, Card, CardField
from styrmatt.extract.grid.cards.card_lines import LEADING, PARAGRAPH, CardLine
from styrmatt.extract.model.text_lines import PageLine, Word, join_words

_LARGER = 0.7
"""Points by which a line is larger than values if it is a heading."""
_BESIDE = 2.5
"""Ems between two parts of one value at most; what stands further off is another column."""
_FEWEST_OF_TABLE = 3
"""Labels with further values on their lines from which these are rows of a table."""
_TO_VALUE = 1.5
"""Ems below the last line of a card where a mark that is its last value ends at most."""
_SAME_SIDE = 2.0
"""Points by which the lines of one value begin or end apart, whichever is set straight."""
_FULL = 8.0
"""Ems that a full line of text is short of the widest one at most."""


@dataclass
class CardValues:
    """Gives the words below and beside labels to them."""

    card: Card
    framed: bool
    right: float
    """Where the widest line of it ends."""
    limit: float
    """Where the region of the card ends."""
    is_value: Callable[[str], bool] = lambda text: False
    """Whether words are a status or trend."""
    _row: list[CardField] = field(default_factory=list)
    """The labels of the last line that has any."""
    _last: PageLine | None = None
    _apart: CardField | None = None
    """The last label whose line has more text further right."""
    _lines_apart: int = 0
    """How many labels have."""
    _has_row: bool = False
    """Whether a line of several cells stands below labels that stand side by side."""

    def read(self, body: Sequence[CardLine], lead: int) -> None:
        """Take the lines of a card; ``lead`` words of the first are its name."""
        for n, one in enumerate(body):
            if one.has_labels:
                self._labelled(one, lead if n == 0 else 0)
            elif not self._below(one):
                break
            self._last = one.line
        self.card.has_columns = not self.framed and self._lines_apart >= _FEWEST_OF_TABLE
        for made in self._row:
            made.floor = self._last.bottom + _TO_VALUE * self._last.size if self._last else 0.0

    def _labelled(self, one: CardLine, lead: int) -> None:
        """A line with labels."""
        before, self._row = self._row, []
        for made in before:
            made.floor = one.line.top
        for chain, labels in zip(one.chains, one.labels, strict=True):
            if not labels:
                self._beside(chain, before)
                continue
            if prefix := list(chain[: labels[0].start]):
                if lead:
                    lead = 0
                elif before:
                    before[-1].lines.append(prefix)
            ends = [label.start for label in labels[1:]] + [len(chain)]
            for label, end in zip(labels, ends, strict=True):
                made = CardField(label, run_in=self.card.run_in)
                if value := list(chain[label.end : end]):
                    made.lines.append(value)
                self.card.fields.append(made)
                self._row.append(made)
        for made, chain in zip(self._row, one.above, strict=False):
            made.lines.append(chain)
        self._reaches()

    def _reaches(self) -> None:
        """Say of the labels of a line how far across their values reach."""
        for n, made in enumerate(self._row):
            left = float("-inf") if n == 0 else made.label.bbox[0] - 1
            more = self._row[n + 1 :]
            right = more[0].label.bbox[0] - 1 if more else self.limit
            made.reach = (left, right)

    def _beside(self, chain: list[Word], before: Sequence[CardField]) -> None:
        """Words on a line with labels that stand apart from them."""
        if self._row:
            last = self._row[-1]
            if not last.lines:
                last.lines.append(chain)
            elif chain[0].x0 - last.lines[-1][-1].x1 < _BESIDE * chain[0].size:
                last.lines[-1] += chain
            else:
                if last is not self._apart:
                    self._apart, self._lines_apart = last, self._lines_apart + 1
                if self.framed:
                    self.card.free.append(chain)
        elif before:
            self._add(before[-1], chain)
        else:
            self.card.free.append(chain)

    def _below(self, one: CardLine) -> bool:
        """Words on a line without labels; False where they are no part of the card."""
        assert self._last is not None
        size = one.line.size
        gap = one.line.top - self._last.bottom
        if not self.framed and (gap > PARAGRAPH * size or self._is_heading(one)):
            return False
        tiles = len(self._row) > 1 and all(made.label.alone for made in self._row)
        if tiles and len(one.chains) > 1:
            self.card.has_rows, self._has_row = self._has_row, True
        for chain in one.chains:
            made = self._of(chain, tiles=tiles)
            if made is not None and self._goes_on(made, chain, size):
                self._add(made, chain)
            elif self.framed or chain is one.chains[0]:
                self.card.free.append(chain)
        return True

    def _is_heading(self, one: CardLine) -> bool:
        """Whether a line below values is larger than they are, or in bold as they are not."""
        values = [word for made in self.card.fields for line in made.lines for word in line]
        if not values or all(not made.lines for made in self._row):
            return False
        usual = max(word.size for word in values)
        return one.line.size > usual + _LARGER or (
            one.line.bold and not any(word.bold for word in values)
        )

    def _of(self, chain: Sequence[Word], *, tiles: bool) -> CardField | None:
        """The label of the last line to which words below it belong."""
        if self.card.run_in:
            return self._row[-1]
        if tiles:
            middle = (chain[0].x0 + chain[-1].x1) / 2
            return min(
                self._row,
                key=lambda made: (
                    not made.label.bbox[0] - 1 <= chain[0].x0 < made.reach[1],
                    abs((made.label.bbox[0] + made.label.bbox[2]) / 2 - middle),
                ),
            )
        for made in self._row:
            if made.reach[0] <= chain[0].x0 < made.reach[1]:
                return made
        return None

    def _goes_on(self, made: CardField, chain: Sequence[Word], size: float) -> bool:
        """Whether words on the next line belong to a value that has begun."""
        if not made.lines:
            return True
        if chain[0].top - made.bottom > LEADING * size:
            return False
        last, text = made.lines[-1], chain[0].text
        if join_words(last).count("(") > join_words(last).count(")"):
            return True
        if self.card.run_in or text[:1].islower() or text.startswith("("):
            return True
        if _is_below(last, chain) and text[:1].isdecimal() and not _has_figure(made):
            return True  # a limit, whose figure stands below it
        own = _is_set_apart(last, chain) or self.is_value(join_words(chain))
        if own and text[:1].isupper() and FIGURE.match(join_words(last)):
            return False  # a word below a figure, with a look or a meaning of its own
        return last[-1].x1 > self.right - _FULL * size and not text[:1].isdecimal()

    def _add(self, made: CardField, chain: list[Word]) -> None:
        made.lines.append(chain)


def _has_figure(made: CardField) -> bool:
    return any(map(str.isdecimal, " ".join(made.texts)))


def _is_set_apart(last: Sequence[Word], chain: Sequence[Word]) -> bool:
    """Whether no word of a line looks like one of those above, in weight or in colour."""
    looks = [{(word.bold, word.colour) for word in words} for words in (last, chain)]
    return looks[0].isdisjoint(looks[1])


def _is_below(last: Sequence[Word], chain: Sequence[Word]) -> bool:
    """Whether words begin or end right below others, which stand beside their label."""
    starts, ends = abs(chain[0].x0 - last[0].x0), abs(chain[-1].x1 - last[-1].x1)
    return min(starts, ends) <= _SAME_SIDE
