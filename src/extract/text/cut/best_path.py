"""Cuts the words of a table's text into rows and cells: the best way through, and how sure it is.

The words are read as a path: each step is a cell (some words, or none where the cell is empty),
each row goes through the table's columns in order. A row may be followed by a line for another
sex, by the rest of its cells on the next page, by another row, or by the end of the table. What a
cell or a break is worth says the evidence (:mod:`styrmatt.extract.text.cut.cell_scores`). The best
path is the cut; a row is sure by as much as the best other path through any of its words is worse.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

IMPOSSIBLE = float("-inf")
_FAR_WORSE = 8.0
"""A path that is worse by so much is no rival."""
END = "end"
MORE = "more_"

Node = tuple[int, str, int]
"""Position, state and column: the words before the position are cut."""


class CellScores(Protocol):
    """What the cutter asks: which cells can begin at a word, and what each is worth."""

    count: int

    def spans(self, field: str, at: int, first: bool) -> Sequence[tuple[int, float]]:
        """Ends (exclusive) and worths of the cells of ``field`` that begin at word ``at``."""

    def end(self, at: int) -> float:
        """Worth of the table ending before word ``at``."""

    def page_breaks_at(self, at: int) -> bool:
        """Whether word ``at`` is the first of a page."""

    def line_breaks_at(self, at: int) -> bool:
        """Whether word ``at`` is the first of a line, or stands as far from the word before it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words ``start`` to before ``end`` as one cell (none: an empty cell), or the rest of one."""

    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CutRow:
    """One line of a table. ``sub``: it belongs to the measure above. ``margin``: how sure it is."""

    pieces: tuple[Piece, ...]
    sub: bool
    margin: float


@dataclass(frozen=True, slots=True)
class Segmentation:
    """All rows, and the word before which the table ends."""

    rows: tuple[CutRow, ...]
    end: int


@dataclass(frozen=True, slots=True)
class _Step:
    source: Node
    target: Node
    piece: Piece
    worth: float


_START, _ROW, _AFTER, _LINE, _SUB, _DONE = "start", "row", "after", "line", "sub", "done"


class _Paths:
    """All paths through the words, by steps in an order in which each comes after its sources."""

    def __init__(self, columns: Sequence[str], evidence: CellScores) -> None:
        self.columns = tuple(columns)
        self.evidence = evidence
        self.best: dict[Node, float] = {(0, _START, 0): 0.0}
        self.back: dict[Node, _Step] = {}
        self.steps: list[_Step] = []
        self.measure = self.columns.index("measure")
        self.once = {"success_factor", "measure", "board"}

    def walk(self) -> Node | None:
        """The best node at which the table is done; None where no cut is possible."""
        for at in range(self.evidence.count + 1):
            for state, column in self._order():
                node = (at, state, column)
                if node in self.best:
                    self._leave(node)
        done = [node for node in self.best if node[1] == _DONE]
        return max(done, key=lambda node: self.best[node], default=None)

    def _order(self) -> list[tuple[str, int]]:
        """States at one position: cells behind the measure, ends of rows, cells up to it."""
        behind = [(s, c) for c in range(self.measure + 1, len(self.columns)) for s in (_LINE, _SUB)]
        upto = [(_LINE, c) for c in range(self.measure + 1)]
        early = [(_SUB, c) for c in range(self.measure + 1)]
        return [*early, *behind, (_ROW, 0), (_AFTER, 0), (_START, 0), *upto]

    def _leave(self, node: Node) -> None:
        at, state, column = node
        if state in (_LINE, _SUB):
            self._cell(node, column, sub=state == _SUB)
            return
        self._step(node, (at, _DONE, 0), Piece(END, at, self.evidence.count), self.evidence.end(at))
        if at == self.evidence.count:
            return
        self._cell(node, 0, sub=False)
        if state == _START:
            return
        if "sex" in self.columns and self.evidence.line_breaks_at(at):
            self._cell(node, self.columns.index("sex"), sub=True)
        if state == _ROW and self.evidence.page_breaks_at(at):
            self._pieces(node, MORE + "measure", (_AFTER, 0), first=False)
        if state == _AFTER:
            self._pieces(node, MORE + "target", (_ROW, 0), first=False)

    def _cell(self, node: Node, column: int, *, sub: bool) -> None:
        field = self.columns[column]
        after = column + 1
        while sub and after < len(self.columns) and self.columns[after] in self.once:
            after += 1
        where = (_ROW, 0) if after >= len(self.columns) else (_SUB if sub else _LINE, after)
        opens_sub = sub and node[1] not in (_LINE, _SUB)
        self._pieces(node, field, where, first=node[1] == _START, filled=opens_sub)

    def _pieces(
        self, node: Node, field: str, where: tuple[str, int], *, first: bool, filled: bool = False
    ) -> None:
        at = node[0]
        for end, worth in self.evidence.spans(field, at, first):
            if end > at or not filled:
                self._step(node, (end, *where), Piece(field, at, end), worth)

    def _step(self, source: Node, target: Node, piece: Piece, worth: float) -> None:
        if worth == IMPOSSIBLE:
            return
        step = _Step(source, target, piece, worth)
        self.steps.append(step)
        total = self.best[source] + worth
        if total > self.best.get(target, IMPOSSIBLE):
            self.best[target] = total
            self.back[target] = step

    def trace(self, done: Node) -> list[_Step]:
        """The steps of the best path to ``done``."""
        path: list[_Step] = []
        node = done
        while node in self.back:
            step = self.back[node]
            path.append(step)
            node = step.source
        return path[::-1]

    def rivals(self, path: Sequence[_Step]) -> list[float]:
        """For each word, the worth of the best path that cuts it out in another way."""
        ahead: dict[Node, float] = {}
        for step in reversed(self.steps):
            rest = 0.0 if step.target[1] == _DONE else ahead.get(step.target, IMPOSSIBLE)
            ahead[step.source] = max(ahead.get(step.source, IMPOSSIBLE), step.worth + rest)
        chosen = {(step.piece.field, step.piece.start, step.piece.end) for step in path}
        rival = [IMPOSSIBLE] * (self.evidence.count + 1)
        least = self.best[path[-1].target] - _FAR_WORSE
        for step in self.steps:
            piece = step.piece
            if (
                piece.field,
                piece.start,
                piece.end,
            ) in chosen or piece.start == piece.end != self.evidence.count:
                continue
            rest = 0.0 if step.target[1] == _DONE else ahead.get(step.target, IMPOSSIBLE)
            through = self.best[step.source] + step.worth + rest
            if through < least:
                continue
            for at in range(piece.start, piece.end):
                rival[at] = max(rival[at], through)
        return rival


def cut(columns: Sequence[str], evidence: CellScores) -> Segmentation | None:
    """The rows of a table with these ``columns``; None where its words cannot be cut at all."""
    paths = _Paths(columns, evidence)
    done = paths.walk()
    if done is None:
        return None
    path = paths.trace(done)
    best = paths.best[done]
    rivals = paths.rivals(path)
    rows: list[CutRow] = []
    pieces: list[Piece] = []
    subs: list[bool] = []
    groups: list[list[Piece]] = []
    end = evidence.count
    for step in path:
        if step.piece.field == END:
            end = step.piece.start
        elif step.piece.field.startswith(MORE):
            groups[-1].append(step.piece)
        else:
            if step.source[1] not in (_LINE, _SUB):
                pieces = []
                groups.append(pieces)
                subs.append(_opens_sub(step, columns))
            pieces.append(step.piece)
    for group, sub in zip(groups, subs, strict=True):
        words = [at for piece in group for at in range(piece.start, piece.end)]
        margin = min((best - rivals[at] for at in words), default=0.0)
        rows.append(CutRow(tuple(group), sub, margin))
    return Segmentation(tuple(rows), end)


def _opens_sub(step: _Step, columns: Sequence[str]) -> bool:
    return step.piece.field == "sex" and columns.index("sex") > 0
