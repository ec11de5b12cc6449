"""The overview tables of a text: strategic goals, each with the cells of its success factors.

Cells come in reading order, a goal and then its factors. What tells one from the other are the
names in the headings further on, the boards in brackets that end cells, empty lines and breaks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from styrmatt.extract.plaintext_breaks import Breaks, Sheet
from styrmatt.extract.plaintext_headers import Header
from styrmatt.extract.plaintext_lines import Line, TextLines
from styrmatt.extract.plaintext_words import CellWords, read_words
from styrmatt.layout import Layout
from styrmatt.printed import Cell, Marker, OverviewGoal, Place
from styrmatt.words import squeeze

_BOARDS = re.compile(r"\(\s*[A-ZÅÄÖ]{2,5}(?:\s*[,/]\s*[A-ZÅÄÖ]{2,5})*\s*\)\s*$")
_MOST_LINES = 9
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
class _Item:
    kind: str
    start: int
    end: int


class _Cutter:
    """Cuts the lines of an overview into goals, status words and factors."""

    def __init__(
        self,
        lines: Sequence[Line],
        text: TextLines,
        layout: Layout,
        goals: Sequence[str],
        factors: Sequence[str],
    ) -> None:
        self.lines, self.text, self.layout = lines, text, layout
        self.goals = [squeeze(name) for name in goals]
        self.factors = [squeeze(name) for name in factors]
        words = read_words(lines)
        breaks = Breaks(
            lines, words, CellWords(layout.words), Sheet(text.text_width, text.blanks_tell), frozenset()
        )
        firsts = [n for n, word in enumerate(words) if word.starts_line]
        self.within = [breaks.within[n] for n in firsts]
        self.before = [breaks.before[n] for n in firsts]
        self.bracketed = [bool(_BOARDS.search(line.text)) for line in lines]
        self.brackets = sum(self.bracketed) >= 2
        statuses = layout.words.statuses
        self.statuses = {squeeze(word): value for value, group in statuses.items() for word in group}

    def cut(self) -> list[_Item]:
        """The items of the best cut; goals and factors to where the overview ends."""
        best: dict[tuple[int, str], tuple[float, list[_Item]]] = {(0, "start"): (0.0, [])}
        done: tuple[float, list[_Item]] = (_NO, [])
        for at in range(len(self.lines) + 1):
            for state in ("start", "goal", "status", "factor"):
                if (at, state) not in best:
                    continue
                points, items = best[at, state]
                if state in ("factor", "start"):
                    done = max(done, (points + self._end(at), items), key=lambda pair: pair[0])
                for kind in self._next(state):
                    for end in range(at + 1, min(len(self.lines), at + _MOST_LINES) + 1):
                        total = points + self._points(kind, at, end)
                        if total > best.get((end, kind), (_NO, []))[0]:
                            best[end, kind] = (total, [*items, _Item(kind, at, end)])
        return done[1]

    def _next(self, state: str) -> tuple[str, ...]:
        return {
            "start": ("goal",),
            "goal": ("status", "factor"),
            "status": ("factor",),
            "factor": ("factor", "goal"),
        }[state]

    def _points(self, kind: str, start: int, end: int) -> float:
        printed = "\n".join(line.text for line in self.lines[start:end])
        if kind == "status":
            return 3.0 if squeeze(printed) in self.statuses else _NO
        points = self.before[start] + sum(self.within[start + 1 : end])
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
        full = sum(len(line.text) >= _FULL_LINE * self.text.text_width for line in self.lines[start:end])
        return points - 6.0 * full

    def _end(self, at: int) -> float:
        """Points for the overview ending before line ``at``: full lines of text follow."""
        if at == len(self.lines):
            return 0.0
        points = 0.8 if self.lines[at].blanks and self.text.blanks_tell else 0.0
        named = max(
            (_likeness("\n".join(x.text for x in self.lines[at : at + n]), self.goals) for n in (1, 2, 3)),
            default=0.0,
        )
        for n, line in enumerate(self.lines[at : at + 5]):
            if len(line.text) >= _FULL_LINE * self.text.text_width:
                return points + (3.0, 2.0, 1.0, 0.0, -1.0)[n] + (3.0 if named > 0.93 else 0.0)
        return points - 3.0


def _likeness(printed: str, names: Sequence[str]) -> float:
    found = squeeze(_BOARDS.sub("", printed))
    return max((fuzz.ratio(found, name) / 100 for name in names), default=0.0)


def read_overview(
    header: Header,
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
        marker = next((_marker(cutter, lines, i) for i in own if i.kind == "status"), None)
        cells = tuple(_cell(lines, i) for i in own if i.kind == "factor")
        goal = _cell(lines, item)
        last = own[-1].end if own else item.end
        place = Place(goal.place.page, lines[last - 1].page, None, goal.place.label)
        found.append(OverviewGoal(perspective, goal, cells, marker, place))
    end = header.end + (items[-1].end if items else 0)
    return OverviewTable(header.first, end, tuple(found))


def _cell(lines: Sequence[Line], item: _Item) -> Cell:
    own = lines[item.start : item.end]
    place = Place(own[0].page, own[-1].page, None, own[0].label)
    return Cell("\n".join(line.text for line in own), place)


def _marker(cutter: _Cutter, lines: Sequence[Line], item: _Item) -> Marker:
    cell = _cell(lines, item)
    return Marker(cutter.statuses[squeeze(cell.text)], "text", cell.place)
