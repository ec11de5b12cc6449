"""The overview tables of a text: strategic goals, each with the cells of its success factors.

Cells come in reading order, a goal and then its factors. What tells one from the other are the
names in the headings further on, the boards in brackets that end cells, empty lines and breaks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import product, takewhile

from rapidfuzz import fuzz, process

from styrmatt.extract.text.cut import overview_weights as weights
from styrmatt.extract.text.cut.break_scores import BreakScores, TextStatistics
from styrmatt.extract.text.cut.cell_words import CellLexicon, TextWord, read_words
from styrmatt.extract.text.header_row import TextHeader
from styrmatt.extract.text.lines import TextLine, TextLines
from styrmatt.extract.text.tables import as_printed
from styrmatt.layout import Layout
from styrmatt.printed import Cell, Location, Marker, OverviewGoal
from styrmatt.swedish.board_codes import split_board_codes
from styrmatt.whitespace import squeeze

_MOST_PIECES = 10
"""Pieces (mostly lines) of one cell at most; narrow cells break a long name into so many."""
_NAME_LETTERS = 12
"""Letters of a factor's name that must stand on a line for a cell to begin there."""
_FEWEST_LETTERS = 6
"""Letters that a line must have left to be compared with names; fewer begin too many of them."""
_MOST_NAME_WORDS = 8
"""Words of a line that are put together for it: more than hold ``_NAME_LETTERS``."""
_MOST_STATUS_WORDS = 3
"""Words that a status has at most."""
_FEWEST_BRACKETS = 2
"""Brackets with boards from which cells of the overview are taken to end in them: one is chance."""
_LIKE_NAME = 0.72
"""Likeness (0 to 1) from which a cell may be a heading's name: overviews shorten and reword names,
and a cell that is cut wrongly by a line is less alike than that."""
_OTHER_KIND = 0.9
"""Likeness from which a name surely is one of the other kind."""
_SAME_NAME = 0.93
"""Likeness from which a cell is that name, however wide its lines are."""
_LENGTH_DIFFERENCE = 0.3
"""Share of a name's letters by which a cell may be longer or shorter and still be compared: about
what ``_LIKE_NAME`` allows; comparing is the slow part."""
_FULL_LINE = 0.85
"""Share of the text's width from which a line is narrative; cells of two columns are narrower."""
_HEADING_LINES = 3
"""Lines that a goal's heading has at most."""
_NO = float("-inf")
"""Points of what cannot be."""


class _ItemKind(IntEnum):
    """What stands in a cell of an overview; START is what stands before the first."""

    START = 0
    GOAL = 1
    STATUS = 2
    FACTOR = 3


_FOLLOWING = {
    _ItemKind.START: (_ItemKind.GOAL,),
    _ItemKind.GOAL: (_ItemKind.STATUS, _ItemKind.FACTOR),
    _ItemKind.STATUS: (_ItemKind.FACTOR,),
    _ItemKind.FACTOR: (_ItemKind.FACTOR, _ItemKind.GOAL),
}


@dataclass(frozen=True, slots=True)
class OverviewTable:
    """Lines ``first`` to before ``end`` are this overview."""

    first: int
    end: int
    goals: tuple[OverviewGoal, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A line, or the part of a line that can be a cell of its own."""

    text: str
    line: int
    starts_line: bool
    stay: float
    """Points for it going on in the cell of the piece before it."""
    start: float
    """Points for a new cell beginning with it."""


@dataclass(frozen=True, slots=True)
class _Item:
    """Pieces ``start`` to before ``end`` are a cell of this kind."""

    kind: _ItemKind
    start: int
    end: int


class _OverviewCutter:
    """Cuts the lines of an overview into goals, status words and factors."""

    def __init__(
        self,
        lines: Sequence[TextLine],
        text: TextLines,
        layout: Layout,
        goals: Sequence[str],
        factors: Sequence[str],
    ) -> None:
        self.lines, self.text = lines, text
        self.goals = [squeeze(name) for name in goals]
        self.factors = [squeeze(name) for name in factors]
        statuses = layout.words.statuses
        self.statuses = {
            squeeze(word): value for value, group in statuses.items() for word in group
        }
        self.pieces = self._split(CellLexicon(layout.words))
        self.ends_in_boards = [bool(split_board_codes(piece.text)[1]) for piece in self.pieces]
        self.has_brackets = sum(self.ends_in_boards) >= _FEWEST_BRACKETS
        self._points_known: dict[tuple[_ItemKind, int, int], float] = {}

    def _split(self, lexicon: CellLexicon) -> list[_Piece]:
        """The lines, split where a status word or a known factor's name begins within one."""
        words = read_words(self.lines)
        statistics = TextStatistics(self.text.text_width, self.text.blank_lines_separate)
        breaks = BreakScores(self.lines, words, lexicon, statistics, frozenset())
        firsts = [
            n for n, word in enumerate(words) if word.starts_line or self._may_begin(words, n)
        ]
        pieces = []
        for n, end in zip(firsts, [*firsts[1:], len(words)], strict=True):
            text = " ".join(word.text for word in words[n:end])
            first = words[n]
            pieces.append(
                _Piece(text, first.line, first.starts_line, breaks.stay[n], breaks.start[n])
            )
        return pieces

    def _may_begin(self, words: Sequence[TextWord], at: int) -> bool:
        """Whether a status or a factor's name may begin at word ``at``."""
        ahead = words[at : at + _MOST_NAME_WORDS]
        line = [word.text for word in ahead if word.line == words[at].line]
        counts = range(1, _MOST_STATUS_WORDS + 1)
        if any(squeeze(" ".join(line[:count])) in self.statuses for count in counts):
            return True
        start = squeeze(" ".join(line))[:_NAME_LETTERS]
        return len(start) >= _FEWEST_LETTERS and any(n.startswith(start) for n in self.factors)

    def cut(self) -> list[_Item]:
        """The items of the best cut; goals and factors to where the overview ends."""
        best: dict[tuple[int, _ItemKind], tuple[float, list[_Item]]] = {
            (0, _ItemKind.START): (0.0, [])
        }
        done: tuple[float, list[_Item]] = (_NO, [])
        count = len(self.pieces)
        for at in range(count + 1):
            for last in _ItemKind:
                if (at, last) not in best:
                    continue
                points, items = best[at, last]
                if last in (_ItemKind.FACTOR, _ItemKind.START):
                    done = max(done, (points + self._end(at), items), key=lambda pair: pair[0])
                ends = range(at + 1, min(count, at + _MOST_PIECES) + 1)
                for kind, end in product(_FOLLOWING[last], ends):
                    total = points + self._points_of(kind, at, end)
                    if total > best.get((end, kind), (_NO, []))[0]:
                        best[end, kind] = (total, [*items, _Item(kind, at, end)])
        return done[1]

    def printed(self, start: int, end: int) -> str:
        """The pieces as printed, broken where lines end."""
        return as_printed([(piece.text, piece.starts_line) for piece in self.pieces[start:end]])

    def _points_of(self, kind: _ItemKind, start: int, end: int) -> float:
        """As :meth:`_points`, worked out once: several kinds of items may stand before a cell."""
        key = (kind, start, end)
        if key not in self._points_known:
            self._points_known[key] = self._points(*key)
        return self._points_known[key]

    def _points(self, kind: _ItemKind, start: int, end: int) -> float:
        """Points for pieces ``start`` to before ``end`` being a cell of this kind."""
        printed = self.printed(start, end)
        first, *others = pieces = self.pieces[start:end]
        if kind == _ItemKind.STATUS:
            known = squeeze(printed) in self.statuses
            return first.start + weights.STATUS_WORD if known else _NO
        points = first.start + sum(piece.stay for piece in others)
        if printed[:1].islower():
            points += weights.SMALL_LETTER
        if self.has_brackets:
            at_end = self.ends_in_boards[end - 1]
            points += weights.BRACKET_AT_END if at_end else weights.NO_BRACKET_AT_END
            points += weights.BRACKET_INSIDE * sum(self.ends_in_boards[start : end - 1])
        is_goal = kind == _ItemKind.GOAL
        like = _likeness(printed, self.goals if is_goal else self.factors)
        other = _likeness(printed, self.factors if is_goal else self.goals)
        if like > _LIKE_NAME:
            points += weights.KNOWN_NAME * (like - _LIKE_NAME) / (1 - _LIKE_NAME)
        else:
            points += weights.UNKNOWN_NAME
        if other > like and other > _OTHER_KIND:
            points += weights.NAME_OF_OTHER_KIND
        points += weights.EACH_GOAL if is_goal else 0.0
        full = {p.line for p in pieces if len(self.lines[p.line].text) >= self._full_line}
        return points + (weights.EACH_FULL_LINE * len(full) if like < _SAME_NAME else 0.0)

    @property
    def _full_line(self) -> float:
        """Characters from which a line is as wide as the text."""
        return _FULL_LINE * self.text.text_width

    def _end(self, at: int) -> float:
        """Points for the overview ending before piece ``at``: full lines of text follow."""
        if at == len(self.pieces):
            return 0.0
        if not self.pieces[at].starts_line:
            return _NO
        lines = self.lines[self.pieces[at].line :]
        blank = lines[0].blank_lines_before and self.text.blank_lines_separate
        points = weights.END_AT_EMPTY_LINE if blank else 0.0
        heading = max(
            _likeness("\n".join(line.text for line in lines[:count]), self.goals)
            for count in range(1, _HEADING_LINES + 1)
        )
        for n, line in enumerate(lines[: len(weights.FULL_LINE_AFTER)]):
            if len(line.text) >= self._full_line:
                headed = weights.HEADING_AFTER if heading > _SAME_NAME else 0.0
                return points + weights.FULL_LINE_AFTER[n] + headed
        return points + weights.NO_FULL_LINE_AFTER

    def cell(self, item: _Item) -> Cell:
        """An item as a cell."""
        lines = [self.lines[piece.line] for piece in self.pieces[item.start : item.end]]
        place = Location(lines[0].page, lines[-1].page, None, lines[0].page_label)
        return Cell(self.printed(item.start, item.end), place)

    def marker(self, item: _Item) -> Marker:
        """An item of status words as a mark."""
        cell = self.cell(item)
        return Marker(self.statuses[squeeze(cell.text)], "text", cell.place)


def _likeness(printed: str, names: Sequence[str]) -> float:
    """How like the nearest of the squeezed ``names`` a cell without its boards is, 0 to 1."""
    found = squeeze(split_board_codes(printed)[0])
    near = (name for name in names if abs(len(name) - len(found)) <= _LENGTH_DIFFERENCE * len(name))
    best = process.extractOne(found, near, scorer=fuzz.ratio)
    return best[1] / 100 if best else 0.0


def read_overview(
    header: TextHeader,
    stop: int,
    text: TextLines,
    layout: Layout,
    *,
    perspective: str | None,
    goals: Sequence[str],
    factors: Sequence[str],
) -> OverviewTable:
    """The overview below ``header``; ``goals`` and ``factors`` are the names in headings."""
    lines = text.lines[header.end : stop]
    if not lines:
        return OverviewTable(header.first, header.end, ())
    cutter = _OverviewCutter(lines, text, layout, goals, factors)
    items = cutter.cut()
    found: list[OverviewGoal] = []
    for n, item in enumerate(items):
        if item.kind != _ItemKind.GOAL:
            continue
        below = list(takewhile(lambda other: other.kind != _ItemKind.GOAL, items[n + 1 :]))
        marker = next((cutter.marker(i) for i in below if i.kind == _ItemKind.STATUS), None)
        cells = tuple(cutter.cell(i) for i in below if i.kind == _ItemKind.FACTOR)
        goal = cutter.cell(item)
        last = max(cell.place.page_last for cell in (goal, *cells))
        place = Location(goal.place.page, last, None, goal.place.label)
        found.append(OverviewGoal(perspective, goal, cells, marker, place))
    ended = items[-1].end if items else 0
    end = header.end + (cutter.pieces[ended].line if ended < len(cutter.pieces) else len(lines))
    return OverviewTable(header.first, end, tuple(found))
