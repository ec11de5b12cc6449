"""Running sums over a table's words, so that a run of words is weighed by two look-ups."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from styrmatt.extract.text.cut.cell_words import CellWords, TextWord


class PrefixSums:
    """Each list holds the sum over the words before a position; a run's sum is a difference.

    ``foreign`` and ``stray``: points against words of other cells; ``lone``: lines that are one
    figure; ``signs``: points against drawn signs; ``stops``: ends of sentences; ``done``: words
    that say that something is done; ``open``: brackets opened less those closed.
    """

    def __init__(self, words: Sequence[TextWord], cells: CellWords, columns: Sequence[str]) -> None:
        self.cells, self.columns = cells, columns
        self.foreign = _sums([self._is_foreign(w) for w in words])
        self.stray = _sums([self._is_stray(w) for w in words])
        self.lone = _sums([float(_is_lone_figure(w)) for w in words])
        self.signs = _sums([3.0 * cells.is_symbol(w.text) for w in words])
        self.stops = _sums([float(_ends_sentence(w)) for w in words])
        self.done = _sums([float(cells.is_milestone(w.text)) for w in words])
        self.open = _sums([float(w.text.count("(") - w.text.count(")")) for w in words])

    def _is_foreign(self, word: TextWord) -> float:
        """Points against a word within a name or target that seems to begin another cell or row."""
        points = 0.0
        if "board" in self.columns and self.cells.is_known_board(word.text):
            points -= 4.0 if word.starts_line or word.spaces > 1 else 1.5
        if not word.starts_line:
            return points
        if "sex" in self.columns and self.cells.is_sex(word.text):
            points -= 2.5
        if self.cells.is_kind_lead(word.text):
            points -= 5.0
        elif self.cells.is_count_name(word.text):
            points -= 2.0
        return points

    def _is_stray(self, word: TextWord) -> float:
        """Points against a word within a target that belongs to the cells of marks behind it."""
        if self.cells.is_symbol(word.text):
            return -2.0
        if self.cells.is_dash(word.text):
            return -2.0
        alone = word.starts_line and word.ends_line
        return -1.5 if alone and self.cells.is_marker_text(word.text) else 0.0


def _sums(values: Sequence[float]) -> list[float]:
    return list(accumulate(values, initial=0.0))


def _is_lone_figure(word: TextWord) -> bool:
    """Whether a whole line is one figure, as most targets are and few lines of a name."""
    return word.starts_line and word.ends_line and word.text.isdigit()


def _ends_sentence(word: TextWord) -> bool:
    """Whether a sentence ends with it, rather than an abbreviation or a figure."""
    return len(word.text) > 4 and word.text.endswith((".", "!", "?")) and word.text[-2].isalpha()
