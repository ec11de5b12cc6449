"""Finds the best-scoring cut of a table's words into rows and cells, and how sure each row is.

It is a Viterbi search. The words are read as a path: each step is a cell (some words, or none where
the cell is empty), and each row goes through the table's columns in order. A row may be followed by
a line for another sex, by the rest of its cells on the next page, by another row, or by the end of
the table. A :class:`CellScorer` says which cells can begin at a word and what each is worth in
points (:mod:`styrmatt.extract.text.cut.weights`). A row's margin is by how many points the best
path that cuts any of its words differently is worse than the best path.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple, Protocol

NEG_INF = float("-inf")
"""Points of what cannot be."""
SHARED_FIELDS = ("measure", "board", "success_factor")
"""Cells that the lines of one measure share; a line for another sex does not repeat them."""
_RUNNER_UP_REACH = 8.0
"""Points: a path that is worse by more is no alternative.

It must lie well above ``SURE_MARGIN`` of the tables (1.5), which is all that a margin is compared
with. The smaller it is, the fewer steps are looked at word by word.
"""


class SpanKind(IntEnum):
    """What the words of a span are."""

    CELL = 0
    CONTINUATION = 1
    """The rest of a cell that a page break cut."""
    AFTER_TABLE = 2
    """All words behind the end of the table."""


class CellSpan(NamedTuple):
    """Words ``start`` to before ``end`` as one cell of ``field``; none where the cell is empty."""

    field: str
    start: int
    end: int
    kind: SpanKind = SpanKind.CELL


class CellScorer(Protocol):
    """Which cells can begin at a word, and what each is worth in points."""

    @property
    def word_count(self) -> int:
        """Number of words."""

    def spans(
        self, field: str, start: int, *, first: bool = False, continuation: bool = False
    ) -> Sequence[tuple[int, float]]:
        """End (exclusive) and points of each cell of ``field`` that may begin at word ``start``.

        ``first``: the cell opens the table; ``continuation``: it is the rest of a cell.
        """

    def table_end(self, at: int) -> float:
        """Points for the table ending before word ``at``."""

    def opens_page(self, at: int) -> bool:
        """Whether word ``at`` is the first of a page."""

    def opens_line(self, at: int) -> bool:
        """Whether word ``at`` is the first of a line, or stands as far from the word before it."""


@dataclass(frozen=True, slots=True)
class CutRow:
    """One line of a table.

    ``continues_measure``: a line for another sex of the measure above. ``margin``: points by which
    the best other cut of its words is worse; infinite where there is none.
    """

    spans: tuple[CellSpan, ...]
    continues_measure: bool
    margin: float


@dataclass(frozen=True, slots=True)
class Segmentation:
    """All rows, and the word before which the table ends."""

    rows: tuple[CutRow, ...]
    end: int


class _State(IntEnum):
    """What stands before a position."""

    START = 0
    ROW_ENDED = 1
    NAME_CONTINUED = 2
    """The rest of a row's name overleaf was read; that of its target may follow."""
    IN_ROW = 3
    IN_SEX_LINE = 4
    DONE = 5


_Node = tuple[int, _State, int]
"""Position, state and column: the words before the position are cut."""
_IN_LINE = (_State.IN_ROW, _State.IN_SEX_LINE)


@dataclass(frozen=True, slots=True)
class _Step:
    source: _Node
    target: _Node
    span: CellSpan
    points: float


class _Paths:
    """All paths through the words, by steps in an order in which each comes after its sources."""

    def __init__(self, columns: Sequence[str], scorer: CellScorer) -> None:
        self.columns = tuple(columns)
        self.scorer = scorer
        self.count = scorer.word_count
        self.best: dict[_Node, float] = {(0, _State.START, 0): 0.0}
        self.best_step: dict[_Node, _Step] = {}
        self.steps: list[_Step] = []
        self.states = self._states()

    def best_end(self) -> _Node | None:
        """Walk all paths; the best node where the table is done, None where no cut is possible."""
        for at in range(self.count + 1):
            for state, column in self.states:
                node = (at, state, column)
                if node in self.best:
                    self._leave(node)
        done = [node for node in self.best if node[1] == _State.DONE]
        return max(done, key=lambda node: self.best[node], default=None)

    def _states(self) -> list[tuple[_State, int]]:
        """States in the order in which steps without words may lead from one to the next.

        Empty cells keep the position, so at each position the cells behind the measure come before
        the ends of rows, and these before the cells up to the measure.
        """
        measure = self.columns.index("measure")
        up_to_measure = range(measure + 1)
        behind = range(measure + 1, len(self.columns))
        return [
            *((_State.IN_SEX_LINE, column) for column in up_to_measure),
            *((state, column) for column in behind for state in _IN_LINE),
            (_State.ROW_ENDED, 0),
            (_State.NAME_CONTINUED, 0),
            (_State.START, 0),
            *((_State.IN_ROW, column) for column in up_to_measure),
        ]

    def _leave(self, node: _Node) -> None:
        at, state, column = node
        if state in _IN_LINE:
            self._add_cells(node, column, sex_line=state == _State.IN_SEX_LINE)
            return
        after = CellSpan("", at, self.count, SpanKind.AFTER_TABLE)
        self._add_step(node, (at, _State.DONE, 0), after, self.scorer.table_end(at))
        if at == self.count:
            return
        self._add_cells(node, 0, sex_line=False)
        if state == _State.START:
            return
        if "sex" in self.columns and self.scorer.opens_line(at):
            self._add_cells(node, self.columns.index("sex"), sex_line=True)
        if state == _State.ROW_ENDED and self.scorer.opens_page(at):
            self._add_continuations(node, "measure", _State.NAME_CONTINUED)
        if state == _State.NAME_CONTINUED:
            self._add_continuations(node, "target", _State.ROW_ENDED)

    def _add_cells(self, node: _Node, column: int, *, sex_line: bool) -> None:
        following = column + 1
        while (
            sex_line and following < len(self.columns) and self.columns[following] in SHARED_FIELDS
        ):
            following += 1
        state = _State.IN_SEX_LINE if sex_line else _State.IN_ROW
        if following >= len(self.columns):
            state, following = _State.ROW_ENDED, 0
        opens_sex_line = sex_line and node[1] not in _IN_LINE
        at, field = node[0], self.columns[column]
        for end, points in self.scorer.spans(field, at, first=node[1] == _State.START):
            if end > at or not opens_sex_line:
                self._add_step(node, (end, state, following), CellSpan(field, at, end), points)

    def _add_continuations(self, node: _Node, field: str, state: _State) -> None:
        at = node[0]
        for end, points in self.scorer.spans(field, at, continuation=True):
            span = CellSpan(field, at, end, SpanKind.CONTINUATION)
            self._add_step(node, (end, state, 0), span, points)

    def _add_step(self, source: _Node, target: _Node, span: CellSpan, points: float) -> None:
        if points == NEG_INF:
            return
        step = _Step(source, target, span, points)
        self.steps.append(step)
        total = self.best[source] + points
        if total > self.best.get(target, NEG_INF):
            self.best[target] = total
            self.best_step[target] = step

    def best_path(self, done: _Node) -> list[_Step]:
        """The steps of the best path to ``done``."""
        path: list[_Step] = []
        node = done
        while node in self.best_step:
            step = self.best_step[node]
            path.append(step)
            node = step.source
        return path[::-1]

    def runner_up_scores(self, path: Sequence[_Step]) -> list[float]:
        """For each word, the points of the best path that has it in another cell; else NEG_INF."""
        ahead: dict[_Node, float] = {}
        for step in reversed(self.steps):
            through = step.points + self._points_ahead(ahead, step)
            ahead[step.source] = max(ahead.get(step.source, NEG_INF), through)
        chosen = {step.span for step in path}
        scores = [NEG_INF] * (self.count + 1)
        lowest = self.best[path[-1].target] - _RUNNER_UP_REACH
        for step in self.steps:
            span = step.span
            if span in chosen or span.start == span.end != self.count:
                continue
            total = self.best[step.source] + step.points + self._points_ahead(ahead, step)
            if total < lowest:
                continue
            for at in range(span.start, span.end):
                scores[at] = max(scores[at], total)
        return scores

    def _points_ahead(self, ahead: dict[_Node, float], step: _Step) -> float:
        """Points of the best path from a step's target to the end of a table."""
        return 0.0 if step.target[1] == _State.DONE else ahead.get(step.target, NEG_INF)


def segment(columns: Sequence[str], scorer: CellScorer) -> Segmentation | None:
    """The rows of a table with these ``columns``; None where its words cannot be cut at all."""
    paths = _Paths(columns, scorer)
    done = paths.best_end()
    if done is None:
        return None
    path = paths.best_path(done)
    best = paths.best[done]
    runner_ups = paths.runner_up_scores(path)
    rows: list[tuple[list[CellSpan], bool]] = []
    end = scorer.word_count
    for step in path:
        if step.span.kind == SpanKind.AFTER_TABLE:
            end = step.span.start
        elif step.span.kind == SpanKind.CONTINUATION or step.source[1] in _IN_LINE:
            rows[-1][0].append(step.span)
        else:
            rows.append(([step.span], _opens_sex_line(step, columns)))
    return Segmentation(
        tuple(
            CutRow(tuple(spans), sex_line, _margin(spans, best, runner_ups))
            for spans, sex_line in rows
        ),
        end,
    )


def _margin(spans: Sequence[CellSpan], best: float, runner_ups: Sequence[float]) -> float:
    words = (at for span in spans for at in range(span.start, span.end))
    return min((best - runner_ups[at] for at in words), default=0.0)


def _opens_sex_line(step: _Step, columns: Sequence[str]) -> bool:
    return step.span.field == "sex" and columns.index("sex") > 0
