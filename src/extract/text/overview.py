"""The overview tables of a text: strategic goals, each with the cells of its success factors.

Cells come in reading order, a goal and then its factors. What tells one from the other are the
names in the headings further on, the boards in brackets that end cells, empty lines and breaks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from rapidfuzz import fuzz

from styrmatt.extract.text.cut.break_scores import Breaks, TextStatistics
from styrmatt.extract.text.cut.cell_words import CellWords, TextWord, read_words
from styrmatt.extract.text.header_row import TextHeader
from styrmatt.extract.text.lines import TextLine, TextLines
from styrmatt.layout import Layout
from styrmatt.printed import Cell, Location, Marker, OverviewGoal
from styrmatt.swedish.board_codes import split_board_codes
from styrmatt.whitespace import squeeze

_MOST_PIECES = 10
_NAME_LETTERS = 12
_FEWEST_LETTERS = 6
_SURELY = 0.93
_NEXT = {
    "start": ("goal",),
    "goal": ("status", "factor"),
    "status": ("factor",),
    "factor": ("factor", "goal"),
}
_FULL_LINE = 0.85
_LIKE = 0.72
_NO = float("-inf")


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
    within: float
    """Points for it going on in the cell of the piece before it."""
    before: float
    """Points for a new cell beginning with it."""


@dataclass(frozen=True, slots=True)
class _Item:
    kind: str
    start: int
    end: int


class _Cutter:
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
        self.pieces = self._split(CellWords(layout.words))
        self.bracketed = [bool(split_board_codes(piece.text)[1]) for piece in self.pieces]
        self.brackets = sum(self.bracketed) >= 2

    def _split(self, cells: CellWords) -> list[_Piece]:
        """The lines, parted where a status word or a known factor's name begins within one."""
        words = read_words(self.lines)
        sheet = TextStatistics(self.text.text_width, self.text.blanks_tell)
        breaks = Breaks(self.lines, words, cells, sheet, frozenset())
        firsts = [
            n for n, word in enumerate(words) if word.starts_line or self._may_begin(words, n)
        ]
        pieces = []
        for n, end in zip(firsts, [*firsts[1:], len(words)], strict=True):
            text = " ".join(word.text for word in words[n:end])
            own = words[n]
            pieces.append(
                _Piece(text, own.line, own.starts_line, breaks.within[n], breaks.before[n])
            )
        return pieces

    def _may_begin(self, words: Sequence[TextWord], at: int) -> bool:
        """Whether a status or a factor's name may begin at word ``at``."""
        line = [word.text for word in words[at : at + 8] if word.line == words[at].line]
        rest = squeeze(" ".join(line))
        if any(squeeze(" ".join(line[:n])) in self.statuses for n in (1, 2, 3)):
            return True
        start = rest[:_NAME_LETTERS]
        return len(start) >= _FEWEST_LETTERS and any(n.startswith(start) for n in self.factors)

    def cut(self) -> list[_Item]:
        """The items of the best cut; goals and factors to where the overview ends."""
        best: dict[tuple[int, str], tuple[float, list[_Item]]] = {(0, "start"): (0.0, [])}
        done: tuple[float, list[_Item]] = (_NO, [])
        count = len(self.pieces)
        for at in range(count + 1):
            for state in ("start", "goal", "status", "factor"):
                if (at, state) not in best:
                    continue
                points, items = best[at, state]
                if state in ("factor", "start"):
                    done = max(done, (points + self._end(at), items), key=lambda pair: pair[0])
                for kind, end in product(
                    _NEXT[state], range(at + 1, min(count, at + _MOST_PIECES) + 1)
                ):
                    total = points + self._points(kind, at, end)
                    if total > best.get((end, kind), (_NO, []))[0]:
                        best[end, kind] = (total, [*items, _Item(kind, at, end)])
        return done[1]

    def printed(self, start: int, end: int) -> str:
        """The pieces as printed, broken where lines end."""
        text = ""
        for n, piece in enumerate(self.pieces[start:end]):
            text += (
                piece.text
                if not n
                else f"\n{piece.text}"
                if piece.starts_line
                else f" {piece.text}"
            )
        return text

    def _points(self, kind: str, start: int, end: int) -> float:
        printed = self.printed(start, end)
        own = self.pieces[start:end]
        if kind == "status":
            return own[0].before + 3.0 if squeeze(printed) in self.statuses else _NO
        points = own[0].before + sum(piece.within for piece in own[1:])
        if printed[:1].islower():
            points -= 5.0
        if self.brackets:
            points += 2.0 if self.bracketed[end - 1] else -1.5
            points -= 4.0 * sum(self.bracketed[start : end - 1])
        like = _likeness(printed, self.goals if kind == "goal" else self.factors)
        other = _likeness(printed, self.factors if kind == "goal" else self.goals)
        points += 8.0 * (like - _LIKE) / (1 - _LIKE) if like > _LIKE else -2.0
        if other > like and other > 0.9:
            points -= 3.0
        points -= 0.5 if kind == "goal" else 0.0
        full = {piece.line for piece in own if len(self.lines[piece.line].text) >= self._full}
        return points - (6.0 * len(full) if like < _SURELY else 0.0)

    @property
    def _full(self) -> float:
        return _FULL_LINE * self.text.text_width

    def _end(self, at: int) -> float:
        """Points for the overview ending before piece ``at``: full lines of text follow."""
        if at == len(self.pieces):
            return 0.0
        if not self.pieces[at].starts_line:
            return _NO
        lines = self.lines[self.pieces[at].line :]
        points = 0.8 if lines[0].blanks and self.text.blanks_tell else 0.0
        likest = max(_likeness("\n".join(x.text for x in lines[:n]), self.goals) for n in (1, 2, 3))
        for n, line in enumerate(lines[:5]):
            if len(line.text) >= self._full:
                return points + (3.0, 2.0, 1.0, 0.0, -1.0)[n] + (3.0 if likest > 0.93 else 0.0)
        return points - 3.0

    def cell(self, item: _Item) -> Cell:
        """An item as a cell."""
        own = [self.lines[piece.line] for piece in self.pieces[item.start : item.end]]
        place = Location(own[0].page, own[-1].page, None, own[0].label)
        return Cell(self.printed(item.start, item.end), place)

    def marker(self, item: _Item) -> Marker:
        """An item of status words as a mark."""
        cell = self.cell(item)
        return Marker(self.statuses[squeeze(cell.text)], "text", cell.place)


def _likeness(printed: str, names: Sequence[str]) -> float:
    found = squeeze(split_board_codes(printed)[0])
    near = [name for name in names if abs(len(name) - len(found)) <= 0.3 * len(name)]
    return max((fuzz.ratio(found, name) / 100 for name in near), default=0.0)


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
    cutter = _Cutter(lines, text, layout, goals, factors)
    items = cutter.cut()
    found: list[OverviewGoal] = []
    for n, item in enumerate(items):
        if item.kind != "goal":
            continue
        own = items[n + 1 :]
        own = own[: next((m for m, other in enumerate(own) if other.kind == "goal"), len(own))]
        marker = next((cutter.marker(i) for i in own if i.kind == "status"), None)
        cells = tuple(cutter.cell(i) for i in own if i.kind == "factor")
        goal = cutter.cell(item)
        last = max(cell.place.page_last for cell in (goal, *cells))
        place = Location(goal.place.page, last, None, goal.place.label)
        found.append(OverviewGoal(perspective, goal, cells, marker, place))
    ended = items[-1].end if items else 0
    end = header.end + (cutter.pieces[ended].line if ended < len(cutter.pieces) else len(lines))
    return OverviewTable(header.first, end, tuple(found))
