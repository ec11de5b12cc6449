"""Points for and against a run of words being one cell of a column.

They come from shapes and the vocabulary alone: line breaks and what they broke, empty lines, gaps
that empty cells left, widths of columns, capitals, and which words begin a target or a measure.
What the points are is said in :mod:`styrmatt.extract.text.cut.weights`; those of the breaks come
from :mod:`styrmatt.extract.text.cut.break_scores`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from styrmatt.extract.text.cut import weights
from styrmatt.extract.text.cut.best_path import NEG_INF
from styrmatt.extract.text.cut.break_scores import BreakScores, TextStatistics
from styrmatt.extract.text.cut.cell_words import KNOWN_NAME, WIDE_GAP, CellLexicon, TextWord
from styrmatt.extract.text.cut.end_scores import EndScores
from styrmatt.extract.text.cut.prefix_sums import PrefixSums
from styrmatt.extract.text.lines import TextLine

LONGEST = {
    "measure": 60,
    "success_factor": 40,
    "target": 40,
    "board": 4,
    "sex": 1,
    "status": 4,
    "trend": 4,
}
"""Words that a cell of a column has at most.

Well above the longest cells of reports; the work grows with them, and a longer run is narrative.
"""
_HOPELESS = -12.0
"""Points of breaks and shape at which a cell is not made longer: no cue makes up for so many."""
_MARK_FIELDS = ("status", "trend")
_FIELDS_WITHOUT_WIDTH = ("board", "sex", *_MARK_FIELDS)
"""Fields whose cells are codes and marks: too short to have a shape."""
_BOARDS_FILLED = 0.25
"""Share of empty boards below which a column of boards counts as filled: sub-measures lack them."""
_FACTORS_FILLED = 0.04
"""Share of empty factors below which each row has one: a few are cut wrongly."""
_FACTORS_MERGED = 0.15
"""Share of empty factors from which cells are merged over rows."""
_LEAD_WORDS = 4
"""Words at a cell's start that say what it is; target phrases are no longer."""
_SHORT_TARGET = 5
"""A target that is one figure with its unit has fewer words than this (1 200 kr per person)."""
_USUAL_TARGET = 6
"""Words of a target beyond which each more counts against it."""
_MARK_WORDS = 2
"""Words that a status or trend word has at most."""


class TableScores:
    """The points of one table's text, as the cutter asks for them (a ``CellScorer``).

    ``header_repeat_lines`` are the lines before which the header was repeated; ``closed`` says
    that a heading or another table ends the text.
    """

    def __init__(
        self,
        lines: Sequence[TextLine],
        words: Sequence[TextWord],
        lexicon: CellLexicon,
        statistics: TextStatistics,
        *,
        columns: Sequence[str],
        header_repeat_lines: frozenset[int] = frozenset(),
        closed: bool = True,
    ) -> None:
        self.lines, self.words, self.lexicon, self.statistics = lines, words, lexicon, statistics
        self.columns = columns
        self.breaks = BreakScores(lines, words, lexicon, statistics, header_repeat_lines)
        self.ends = EndScores(
            lines, words, lexicon, statistics, has_boards="board" in columns, closed=closed
        )
        self.sums = PrefixSums(words, lexicon, columns)
        self._spans: dict[tuple[str, int, bool, bool], list[tuple[int, float]]] = {}

    @property
    def word_count(self) -> int:
        """Number of words."""
        return len(self.words)

    def opens_page(self, at: int) -> bool:
        """Whether word ``at`` is the first of a page or stands below a repeated header."""
        return self.breaks.opens_page(at)

    def opens_line(self, at: int) -> bool:
        """Whether word ``at`` is the first of a line, or stands as far from the word before it."""
        return self.words[at].starts_line or self.words[at].spaces >= WIDE_GAP

    def table_end(self, at: int) -> float:
        """Points for the table ending before word ``at``."""
        return self.ends.table_end(at)

    def spans(
        self, field: str, start: int, *, first: bool = False, continuation: bool = False
    ) -> Sequence[tuple[int, float]]:
        """Ends and points of the cells of ``field`` that begin at word ``start``."""
        key = (field, start, first, continuation)
        if key not in self._spans:
            filled = self._filled(field, start, continuation=continuation)
            empty = [] if continuation else self._empty(field, start, first=first)
            self._spans[key] = [*empty, *filled]
        return self._spans[key]

    def _filled(self, name: str, at: int, *, continuation: bool) -> Iterator[tuple[int, float]]:
        own_line = continuation or name in ("measure", "success_factor")
        if at >= self.word_count or (own_line and not self.words[at].starts_line):
            return
        before = weights.CONTINUATION if continuation else self.breaks.start[at]
        lead = self._continuation_lead(name, at) if continuation else self._lead(name, at)
        shape = self.breaks.shape(name, at) if name not in _FIELDS_WITHOUT_WIDTH else None
        inside = 0.0
        for end in range(at + 1, min(self.word_count, at + LONGEST[name]) + 1):
            inside += self.breaks.stay[end - 1] if end > at + 1 else 0.0
            if shape:
                shape.add(end - 1)
            form = shape.points if shape else 0.0
            if inside + min(0.0, form) < _HOPELESS:
                return
            if continuation:
                content = self._phrase(at, end, first=at)
            else:
                content = self._content(name, at, end)
            if content != NEG_INF:
                yield end, before + lead + inside + content + form

    # --- empty cells --------------------------------------------------------------------------

    def _empty(self, name: str, at: int, *, first: bool) -> list[tuple[int, float]]:
        if name == "success_factor":
            return [(at, weights.EMPTY_FIRST_FACTOR if first else self._missing_factor())]
        if name == "board":
            return [(at, self._missing_board())]
        if name == "target":
            return [(at, weights.EMPTY_TARGET)]
        if name in _MARK_FIELDS:
            return [(at, self._missing_mark(at))]
        return [(at, 0.0)] if name == "sex" else []

    def _missing_factor(self) -> float:
        share = self.statistics.empty_share.get("success_factor")
        if share is None:
            return weights.EMPTY_FACTOR
        if share < _FACTORS_FILLED:
            return weights.EMPTY_FACTOR + weights.EMPTY_IN_FULL_COLUMN
        return weights.EMPTY_FACTOR if share < _FACTORS_MERGED else weights.EMPTY_IN_MERGED_COLUMN

    def _missing_board(self) -> float:
        share = self.statistics.empty_share.get("board")
        filled = share is not None and share < _BOARDS_FILLED
        return weights.EMPTY_BOARD + (weights.EMPTY_IN_FULL_COLUMN if filled else 0.0)

    def _missing_mark(self, at: int) -> float:
        """Points for an empty status or trend before word ``at``; files may keep traces of it."""
        if not self.statistics.empty_cells_leave_traces or at >= self.word_count:
            return 0.0
        if not self.words[at].starts_line:
            return 0.0
        traces = self.lines[self.words[at].line].empty_cell_traces
        return weights.EMPTY_MARK_WITH_TRACE if traces else weights.EMPTY_MARK_WITHOUT_TRACE

    # --- the first words of a cell ------------------------------------------------------------

    def _lead(self, name: str, at: int) -> float:
        if name == "measure":
            return self._measure_lead(at)
        return self._target_lead(at) if name == "target" else 0.0

    def _continuation_lead(self, name: str, at: int) -> float:
        if self.words[at].starts_lower:
            return weights.CONTINUATION_SMALL_LETTER
        return weights.TARGET_CONTINUATION_OTHER if name == "target" else 0.0

    def _measure_lead(self, at: int) -> float:
        word = self.words[at]
        if word.starts_lower:
            return weights.MEASURE_SMALL_LETTER
        if not word.text[:1].isalnum() and word.text[:1] not in '”"(':
            return weights.MEASURE_ODD_SIGN
        if self.lexicon.is_kind_lead(word.text):
            return weights.MEASURE_KIND_LEAD
        return weights.MEASURE_COUNT_NAME if self.lexicon.is_count_name(word.text) else 0.0

    def _target_lead(self, at: int) -> float:
        word = self.words[at]
        text = " ".join(w.text for w in self.words[at : at + _LEAD_WORDS])
        phrase = self.lexicon.is_target_start(text)
        if word.starts_lower:
            points = weights.TARGET_PHRASE_SMALL_LETTER if phrase else weights.TARGET_SMALL_LETTER
        elif phrase:
            points = weights.TARGET_PHRASE
        elif self.lexicon.is_figure_start(text):
            points = weights.TARGET_FIGURE
        elif self.lexicon.is_opening(word.text):
            points = weights.TARGET_OPENING
        elif self.lexicon.is_number_word(word.text):
            points = weights.TARGET_NUMBER_WORD
        else:
            points = weights.TARGET_OTHER
        return points + self.breaks.unusual_line_start("target", at)

    # --- what stands in a cell ----------------------------------------------------------------

    def _content(self, name: str, at: int, end: int) -> float:
        if name == "measure":
            return self._phrase(at, end, first=at + 1) + self._name(at, end)
        if name == "success_factor":
            return self._factor(at, end)
        if name == "board":
            return self._board(at, end)
        if name == "sex":
            return self._sex(at)
        if name == "target":
            return self._target(at, end)
        return self._mark(name, at, end)

    def _phrase(self, at: int, end: int, *, first: int) -> float:
        """Points against words of other cells in it, brackets that it does not close, sentences.

        ``first`` is the first word that may begin another cell.
        """
        sums = self.sums
        sentences = weights.SENTENCE_END_INSIDE * (
            sums.sentence_ends[end - 1] - sums.sentence_ends[at]
        )
        return (
            sentences
            + sums.other_cells[end]
            - sums.other_cells[first]
            + weights.UNBALANCED_BRACKET * abs(sums.open_brackets[end] - sums.open_brackets[at])
        )

    def _name(self, at: int, end: int) -> float:
        """Points against a name that is a lead-in, a mark or figures alone, or has a lone one."""
        words = self.words[at : min(end, at + _LEAD_WORDS)]
        if end == at + 1 and self.lexicon.is_kind_lead(words[0].text):
            return weights.NAME_IS_KIND_LEAD
        if end - at <= _MARK_WORDS and self._is_marker_word(" ".join(w.text for w in words)):
            return weights.NAME_IS_MARKER_WORD
        bare = all(not w.text[:1].isalpha() for w in words)
        sums = self.sums
        points = (
            weights.LONE_FIGURE_IN_NAME * (sums.lone_figures[end] - sums.lone_figures[at])
            + sums.symbols[end]
            - sums.symbols[at]
        )
        return points + (weights.NAME_WITHOUT_LETTERS if bare else 0.0) + self._ragged(at, end)

    def _is_marker_word(self, text: str) -> bool:
        return any(self.lexicon.is_marker_word(name, text) for name in _MARK_FIELDS)

    def _ragged(self, at: int, end: int) -> float:
        """Points against a cell of several lines with the next cell on its last one."""
        if end >= self.word_count or self.words[end].starts_line or self.words[end].spaces > 1:
            return 0.0
        several = self.words[at].line != self.words[end - 1].line
        return weights.NEXT_CELL_ON_LAST_LINE if several else 0.0

    def _factor(self, at: int, end: int) -> float:
        likeness = self.lexicon.likeness_to_factor(" ".join(w.text for w in self.words[at:end]))
        if likeness >= KNOWN_NAME:
            beyond = (likeness - KNOWN_NAME) / (1 - KNOWN_NAME)
            exact = weights.KNOWN_FACTOR_EXACT * beyond
            return self._ragged(at, end) + exact + weights.KNOWN_FACTOR
        lower = self.words[at].starts_lower
        return (
            weights.UNKNOWN_FACTOR
            + (weights.UNKNOWN_FACTOR_SMALL_LETTER if lower else 0.0)
            + self._phrase(at, end, first=at + 1)
        )

    def _board(self, at: int, end: int) -> float:
        words = self.words[at:end]
        lexicon = self.lexicon
        # a comma or slash between codes, or one behind a code
        codes = [w.text for w in words if not lexicon.is_unfinished(w.text) or len(w.text) > 2]
        if not codes:
            return NEG_INF
        if all(lexicon.is_known_board(code) for code in codes):
            return (
                weights.KNOWN_BOARD
                + (weights.KNOWN_BOARD_LINE_START if words[0].starts_line else 0.0)
                + weights.KNOWN_BOARD_EACH_MORE * (len(codes) - 1)
            )
        if all(lexicon.is_board_code(code) for code in codes):
            return weights.UNKNOWN_BOARD + weights.UNKNOWN_BOARD_EACH * len(codes)
        return NEG_INF

    def _sex(self, at: int) -> float:
        word = self.words[at]
        if not self.lexicon.is_sex(word.text):
            return NEG_INF
        if len(word.text) == 1:
            return weights.SEX_LETTER
        following = self.words[at + 1] if at + 1 < self.word_count else None
        in_sentence = following and following.starts_lower and not word.ends_line
        return weights.SEX_WORD_IN_SENTENCE if in_sentence else weights.SEX_WORD

    def _target(self, at: int, end: int) -> float:
        text = " ".join(w.text for w in self.words[at : min(end, at + _SHORT_TARGET)])
        if end == at + 1 and self.lexicon.is_dash(text):
            return self._dash(at, end, "target")
        figure = end - at < _SHORT_TARGET and self.lexicon.is_figure(text)
        complete = self.lexicon.is_no_target(text) or figure
        points = weights.COMPLETE_TARGET if complete else 0.0
        sums = self.sums
        if sums.milestones[end] > sums.milestones[at]:
            points += weights.MILESTONE_IN_TARGET
        points += weights.TARGET_EACH_WORD_BEYOND_SIX * max(
            0, end - at - _USUAL_TARGET
        ) + weights.LONE_FIGURE_IN_TARGET * (sums.lone_figures[end] - sums.lone_figures[at + 1])
        marks = points + sums.marks_in_target[end] - sums.marks_in_target[at]
        return marks + self._phrase(at, end, first=at + 1)

    # --- marks and dashes ---------------------------------------------------------------------

    def _mark(self, name: str, at: int, end: int) -> float:
        text = " ".join(w.text for w in self.words[at:end])
        if self.lexicon.is_dash(text):
            return self._dash(at, end, name)
        if self.lexicon.is_marker_word(name, text):
            return weights.MARKER_WORD
        if self.lexicon.is_marker_text(text):
            return weights.MARKER_TEXT_STATUS if name == "status" else weights.MARKER_TEXT_TREND
        if self.lexicon.is_symbol(text):
            return weights.SYMBOL + self.lexicon.symbol_points(name, text)
        return NEG_INF

    def _dash(self, at: int, end: int, name: str) -> float:
        """Points for a dash being the target or a mark: empty cells left traces around it."""
        if not self.statistics.empty_cells_leave_traces:
            return weights.DASH_TARGET_UNTRACED if name == "target" else 0.0
        before, behind = self.breaks.traces_before(at), self.breaks.traces_before(end)
        if name == "target":
            points = weights.DASH_TARGET_EACH_TRACE_BEFORE * max(0, before - 2)
            return points + (
                weights.DASH_TARGET_TRACE_BEHIND if behind else weights.DASH_TARGET_NO_TRACE_BEHIND
            )
        if name == "trend":
            points = weights.DASH_TREND_EACH_TRACE_BEFORE * min(2, max(0, before - 1))
            return points + (
                weights.DASH_TREND_TRACE_BEHIND if behind else weights.DASH_TREND_NO_TRACE_BEHIND
            )
        return weights.DASH_STATUS + (
            weights.DASH_STATUS_TRACE_BEHIND if behind else weights.DASH_STATUS_NO_TRACE_BEHIND
        )
