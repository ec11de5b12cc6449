"""Running sums over a table's words, so that a run of words is weighed by two look-ups."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from styrmatt.extract.text.cut import weights
from styrmatt.extract.text.cut.cell_words import CellLexicon, TextWord

_LONGEST_ABBREVIATION = 4
"""Characters, full stop included: a longer word with one ends a sentence."""


class PrefixSums:
    """Each list holds the sum over the words before a position; a run's sum is a difference.

    In points: ``other_cells`` against words that begin other cells, ``marks_in_target`` against
    words of the cells of marks, ``symbols`` against drawn signs in a name. Counts: ``lone_figures``
    lines that are one figure, ``sentence_ends``, ``milestones`` words that say that something is
    done, ``open_brackets`` brackets opened less those closed.
    """

    def __init__(
        self, words: Sequence[TextWord], lexicon: CellLexicon, columns: Sequence[str]
    ) -> None:
        self.lexicon, self.columns = lexicon, columns
        self.other_cells = _sums([self._begins_other_cell(w) for w in words])
        self.marks_in_target = _sums([self._is_mark_in_target(w) for w in words])
        self.lone_figures = _sums([float(_is_lone_figure(w)) for w in words])
        self.symbols = _sums([weights.SYMBOL_IN_NAME * lexicon.is_symbol(w.text) for w in words])
        self.sentence_ends = _sums([float(_ends_sentence(w)) for w in words])
        self.milestones = _sums([float(lexicon.is_milestone(w.text)) for w in words])
        self.open_brackets = _sums([float(w.text.count("(") - w.text.count(")")) for w in words])

    def _begins_other_cell(self, word: TextWord) -> float:
        """Points against a word within a name or target that seems to begin another cell or row."""
        points = 0.0
        if "board" in self.columns and self.lexicon.is_known_board(word.text):
            apart = word.starts_line or word.spaces > 1
            points += weights.BOARD_INSIDE_APART if apart else weights.BOARD_INSIDE
        if not word.starts_line:
            return points
        if "sex" in self.columns and self.lexicon.is_sex(word.text):
            points += weights.SEX_INSIDE
        if self.lexicon.is_kind_lead(word.text):
            points += weights.KIND_LEAD_INSIDE
        elif self.lexicon.is_count_name(word.text):
            points += weights.COUNT_NAME_INSIDE
        return points

    def _is_mark_in_target(self, word: TextWord) -> float:
        """Points against a word within a target that belongs to the cells of marks behind it."""
        if self.lexicon.is_symbol(word.text):
            return weights.SYMBOL_IN_TARGET
        if self.lexicon.is_dash(word.text):
            return weights.DASH_IN_TARGET
        alone = word.starts_line and word.ends_line
        marker_text = alone and self.lexicon.is_marker_text(word.text)
        return weights.MARKER_TEXT_IN_TARGET if marker_text else 0.0


def _sums(values: Sequence[float]) -> list[float]:
    return list(accumulate(values, initial=0.0))


def _is_lone_figure(word: TextWord) -> bool:
    """Whether a whole line is one figure, as most targets are and few lines of a name."""
    return word.starts_line and word.ends_line and word.text.isdecimal()


def _ends_sentence(word: TextWord) -> bool:
    """Whether a sentence ends with it, rather than an abbreviation or a figure."""
    return (
        len(word.text) > _LONGEST_ABBREVIATION
        and word.text.endswith((".", "!", "?"))
        and word.text[-2].isalpha()
    )
