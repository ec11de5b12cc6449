"""What speaks for and against a run of words being a cell, in points that add up along a path.

Only shapes and the vocabulary speak: line breaks and what they broke, empty lines, spare spaces
that empty cells left, widths of columns, capitals, and which words begin a target or a measure.
The breaks themselves are weighed in :mod:`styrmatt.extract.text.cut.break_scores`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from styrmatt.extract.text.cut.best_path import IMPOSSIBLE, MORE
from styrmatt.extract.text.cut.break_scores import Breaks, TextStatistics
from styrmatt.extract.text.cut.cell_words import KNOWN_NAME, CellWords, TextWord
from styrmatt.extract.text.cut.end_scores import Ends
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
_HOPELESS = -12.0
_NO_WIDTH = ("board", "sex", "status", "trend")


class TableEvidence:
    """The evidence for one table's text. ``hard`` are lines before which a header was repeated."""

    def __init__(
        self,
        lines: Sequence[TextLine],
        words: Sequence[TextWord],
        cells: CellWords,
        sheet: TextStatistics,
        *,
        columns: Sequence[str],
        hard: frozenset[int] = frozenset(),
        closed: bool = True,
    ) -> None:
        self.lines, self.words, self.cells, self.sheet = lines, words, cells, sheet
        self.columns = columns
        self.count = len(words)
        self.breaks = Breaks(lines, words, cells, sheet, hard)
        self.ends = Ends(lines, words, cells, sheet, boards="board" in columns, closed=closed)
        self.tally = PrefixSums(words, cells, columns)
        self._known: dict[tuple[str, int, bool], list[tuple[int, float]]] = {}

    def page_breaks_at(self, at: int) -> bool:
        """Whether word ``at`` is the first of a page or stands below a repeated header."""
        return self.breaks.opens_page(at)

    def line_breaks_at(self, at: int) -> bool:
        """Whether word ``at`` is the first of a line, or stands as far from the word before it."""
        return self.words[at].starts_line or self.words[at].spaces >= 4

    def end(self, at: int) -> float:
        """Points for the table ending before word ``at``."""
        return self.ends.end(at)

    # --- cells --------------------------------------------------------------------------------

    def spans(self, field: str, at: int, first: bool) -> Sequence[tuple[int, float]]:
        """Ends and points of the cells of ``field`` that begin at word ``at``."""
        key = (field, at, first)
        if key not in self._known:
            self._known[key] = list(self._spans(field, at, first))
        return self._known[key]

    def _spans(self, field: str, at: int, first: bool) -> Iterator[tuple[int, float]]:
        rest = field.startswith(MORE)
        name = field.removeprefix(MORE)
        if not rest:
            yield from self._empty(name, at, first)
        if at >= self.count or (
            not self.words[at].starts_line and (rest or name in ("measure", "success_factor"))
        ):
            return
        before = -2.0 if rest else self.breaks.before[at]
        lead = self._lead(name, at, rest)
        shape = self.breaks.shape(name, at) if name not in _NO_WIDTH else None
        inside = 0.0
        for end in range(at + 1, min(self.count, at + LONGEST[name]) + 1):
            inside += self.breaks.within[end - 1] if end > at + 1 else 0.0
            if shape:
                shape.add(end - 1)
            form = shape.points if shape else 0.0
            if inside + min(0.0, form) < _HOPELESS:
                return
            own = self._worth(name, at, end, rest)
            if own != IMPOSSIBLE:
                yield end, before + lead + inside + own + form

    def _empty(self, name: str, at: int, first: bool) -> Iterator[tuple[int, float]]:
        if name == "success_factor":
            yield at, -9.0 if first else -self._missing(name, 3.5)
        elif name == "board":
            yield at, -self._missing(name, 5.0)
        elif name == "target":
            yield at, -2.0
        elif name in ("status", "trend"):
            yield at, self._traces(at)
        elif name == "sex":
            yield at, 0.0

    def _missing(self, name: str, usual: float) -> float:
        """Points against an empty cell where most are filled; merged cells leave some empty."""
        share = self.sheet.empty.get(name)
        if share is None:
            return usual
        if name == "board":
            return usual + 3.0 if share < 0.25 else usual
        return usual + 3.0 if share < 0.04 else usual if share < 0.15 else 1.0

    def _traces(self, at: int) -> float:
        """Points for empty cells before word ``at``: a file with traces of such has some here."""
        if not self.sheet.runs_tell or at >= self.count or not self.words[at].starts_line:
            return 0.0
        return 0.3 if self.lines[self.words[at].line].runs else -0.2

    def _lead(self, name: str, at: int, rest: bool) -> float:
        """Points for the first words of a cell."""
        if rest:
            return self._rest_lead(name, at)
        if name == "measure":
            return self._measure_lead(at)
        if name == "target":
            return self._target_lead(at)
        return 0.0

    def _rest_lead(self, name: str, at: int) -> float:
        points = 2.5 if self.words[at].lower else 0.0
        return points - 3.0 if name == "target" and not points else points

    def _measure_lead(self, at: int) -> float:
        word = self.words[at]
        if word.lower:
            return -3.0
        if not word.text[:1].isalnum() and word.text[:1] not in '”"(':
            return -4.0
        if self.cells.is_kind_lead(word.text):
            return 2.0
        return 1.5 if self.cells.is_count_name(word.text) else 0.0

    def _target_lead(self, at: int) -> float:
        word = self.words[at]
        text = " ".join(w.text for w in self.words[at : at + 4])
        known = 0.0
        if self.cells.is_target_start(text):
            known = 2.5
        elif self.cells.is_figure_start(text):
            known = 2.0
        elif self.cells.is_opening(word.text):
            known = 1.5
        elif self.cells.is_number_word(word.text):
            known = 0.6
        if word.lower:
            known = 1.0 if self.cells.is_target_start(text) else -1.5
        return (known or 0.3) + self.breaks.habit("target", at)

    def _worth(self, name: str, at: int, end: int, rest: bool) -> float:
        if name == "measure" or rest:
            return self._text(at, end, rest) + (0.0 if rest else self._name(at, end))
        if name == "success_factor":
            return self._factor(at, end)
        if name == "board":
            return self._board(at, end)
        if name == "sex":
            return self._sex(at)
        if name == "target":
            return self._target(at, end)
        return self._marker(name, at, end)

    def _text(self, at: int, end: int, rest: bool = False) -> float:
        """Points against words of other cells in it, brackets that it does not close, sentences."""
        start = at if rest else at + 1
        stops = 1.5 * (self.tally.stops[end - 1] - self.tally.stops[at])
        return (
            -stops
            + self.tally.foreign[end]
            - self.tally.foreign[start]
            - 2.0 * abs(self.tally.open[end] - self.tally.open[at])
        )

    def _name(self, at: int, end: int) -> float:
        """Points against a name that is a lead-in, a mark or figures alone, or has a lone one."""
        words = self.words[at : min(end, at + 4)]
        if end == at + 1 and self.cells.is_kind_lead(words[0].text):
            return -4.0
        if end - at < 3 and self._is_mark(" ".join(w.text for w in words)):
            return -6.0
        bare = all(not w.text[:1].isalpha() for w in words)
        points = (
            -2.5 * (self.tally.lone[end] - self.tally.lone[at])
            + self.tally.signs[at]
            - self.tally.signs[end]
        )
        return points - (3.0 if bare else 0.0) - self._ragged(at, end)

    def _is_mark(self, text: str) -> bool:
        return any(self.cells.is_marker_word(name, text) for name in ("status", "trend"))

    def _ragged(self, at: int, end: int) -> float:
        """Points against a cell of several lines with the next cell on its last one."""
        if end >= self.count or self.words[end].starts_line or self.words[end].spaces > 1:
            return 0.0
        return 2.0 if self.words[at].line != self.words[end - 1].line else 0.0

    def _factor(self, at: int, end: int) -> float:
        likeness = self.cells.likeness_to_factor(" ".join(w.text for w in self.words[at:end]))
        if likeness >= KNOWN_NAME:
            return -self._ragged(at, end) + 8.0 * (likeness - KNOWN_NAME) / (1 - KNOWN_NAME) + 2.0
        return -5.0 + (-3.0 if self.words[at].lower else 0.0) + self._text(at, end)

    def _board(self, at: int, end: int) -> float:
        words = self.words[at:end]
        texts = [w.text for w in words if not self.cells.is_hanging(w.text) or len(w.text) > 2]
        if not texts:
            return IMPOSSIBLE
        if all(self.cells.is_known_board(t) for t in texts):
            return 4.0 + (0.5 if words[0].starts_line else 0.0) + 0.5 * (len(texts) - 1)
        if all(self.cells.is_board_code(t) for t in texts):
            return -2.5 - len(texts)
        return IMPOSSIBLE

    def _sex(self, at: int) -> float:
        word = self.words[at]
        if not self.cells.is_sex(word.text):
            return IMPOSSIBLE
        if len(word.text) == 1:
            return 2.5
        follower = self.words[at + 1] if at + 1 < self.count else None
        return -2.0 if follower and follower.lower and not word.ends_line else 1.5

    def _target(self, at: int, end: int) -> float:
        text = " ".join(w.text for w in self.words[at : min(end, at + 5)])
        if end == at + 1 and self.cells.is_dash(text):
            return self._dash(at, end, "target")
        points = (
            1.0
            if self.cells.is_no_target(text) or (end - at < 5 and self.cells.is_figure(text))
            else 0.0
        )
        if self.tally.done[end] > self.tally.done[at]:
            points += 1.5
        points -= 0.15 * max(0, end - at - 6) + 1.0 * (
            self.tally.lone[end] - self.tally.lone[at + 1]
        )
        return points + self.tally.stray[end] - self.tally.stray[at] + self._text(at, end)

    def _dash(self, at: int, end: int, name: str) -> float:
        """Points for a dash being the target or a mark: empty cells left traces behind it."""
        if not self.sheet.runs_tell:
            return -1.2 if name == "target" else 0.0
        before, behind = self.breaks.runs_before(at), self.breaks.runs_before(end)
        if name == "target":
            return -1.2 * max(0, before - 2) + (0.8 if behind else -1.0)
        if name == "trend":
            return 0.6 * min(2, max(0, before - 1)) + (-2.0 if behind else 1.0)
        return -0.8 + (0.3 if behind else -0.3)

    def _marker(self, name: str, at: int, end: int) -> float:
        text = " ".join(w.text for w in self.words[at:end])
        if self.cells.is_dash(text):
            return self._dash(at, end, name)
        if self.cells.is_marker_word(name, text):
            return 3.0
        if self.cells.is_marker_text(text):
            return 1.4 if name == "status" else 1.0
        return 2.0 + self.cells.points_to(name, text) if self.cells.is_symbol(text) else IMPOSSIBLE
