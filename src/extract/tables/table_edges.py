"""Where a table ends on its left and right: at its rulings or shading, else at the page's words.

Text in a column of the page beside the table, or in its margin, is none of its words. Lengths are
in points, or in ems where they are multiplied with a font size.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from styrmatt.extract.model.page import Page
from styrmatt.extract.model.text_lines import PageLine, Word, join_words, lines_of, split_at_gaps
from styrmatt.geometry import Span
from styrmatt.printed import Bbox

_TOUCH = 3.0
"""Points by which things that touch on paper may miss each other, as in
:mod:`styrmatt.extract.tables.columns`."""
_HEADER_RULE_REACH = 2.5
"""Ems above and below the labels within which a header's rulings or the edges of its shading lie: a
header cell may have an empty line above and below its label."""
_LEFT_MARGIN, _RIGHT_MARGIN = 3.0, 12.0
"""Points left and right of the page's words where a table without rulings ends. More on the right:
the longest cell of the last column may stand on another page."""
_LABEL_MARGIN = 1.0
"""Points by which a table at least reaches beyond its labels."""
_LINES_SEEN = 14
"""Lines from the header down that show whether narrative stands beside the table: some rows."""
_BESIDE_LINES = 3
"""Lines that begin at one place beside all labels, if they are narrative; fewer may be a cell."""
_BESIDE_TEXT = 6
"""Characters of such a line at least: most figures that end beyond their label are shorter."""
_LEADING = 0.5
"""Ems between lines of narrative at most; between rows is the padding of two cells."""
_BEFORE_TEXT = 1.0
"""Points before narrative beside the table where the table has ended."""


@dataclass(frozen=True)
class TableEdges:
    """Left and right end of a table, and whether words beside them are known to be none of it."""

    left: float
    right: float
    ruled: bool
    """Whether rulings or shading show them."""
    sure: bool

    def cut(self, lines: Sequence[PageLine]) -> list[PageLine]:
        """The lines without the words that stand beside the table, a column gap away."""
        if not self.sure:
            return list(lines)
        rest: list[PageLine] = []
        for line in lines:
            if line.x0 >= self.left - _TOUCH and line.x1 <= self.right + _TOUCH:
                rest.append(line)
            elif words := [w for chain in split_at_gaps(line) if self._meets(chain) for w in chain]:
                rest.append(PageLine(tuple(words)) if len(words) < len(line.words) else line)
        return rest

    def _meets(self, chain: Sequence[Word]) -> bool:
        return chain[0].x0 < self.right and chain[-1].x1 > self.left


def table_edges(page: Page, box: Bbox, size: float, *, from_header: bool = False) -> TableEdges:
    """The ends of the table under a header; ``box`` is that of its labels, ``size`` their font's.

    ``from_header`` says that text is narrative only where it begins beside the header: below it,
    it may stand in a column whose label is not known yet.
    """
    x0, top, x1, bottom = box
    ruled = ruled_edges(page, box, size)
    if ruled is not None:
        left, right = min(ruled[0], x0 - _LABEL_MARGIN), max(ruled[1], x1 + _LABEL_MARGIN)
        return TableEdges(left, right, ruled=True, sure=True)
    left = min(min((w.x0 for w in page.words), default=x0), x0) - _LEFT_MARGIN
    right = max((w.x1 for w in page.words if w.top >= top), default=x1) + _RIGHT_MARGIN
    chains = [
        chain
        for line in lines_of(w for w in page.words if w.bottom > top)[:_LINES_SEEN]
        for chain in split_at_gaps(line)
    ]
    begins = bottom if from_header else page.height
    before = list(_narrative((c for c in chains if c[-1].x1 < x0), begins))
    after = list(_narrative((c for c in chains if c[0].x0 > x1), begins))
    if before:
        left = max(word.x1 for run in before for chain in run for word in chain) + _BEFORE_TEXT
    if after:
        right = min(run[0][0].x0 for run in after) - _BEFORE_TEXT
    return TableEdges(left, right, ruled=False, sure=bool(before or after))


def _narrative(chains: Iterable[Sequence[Word]], begins: float) -> Iterator[list[Sequence[Word]]]:
    """Lines of narrative that begin above a height: one right below the other, from one x on."""
    run: list[Sequence[Word]] = []
    for chain in sorted(chains, key=lambda c: (round(c[0].x0), c[0].top)):
        goes_on = (
            bool(run)
            and abs(chain[0].x0 - run[-1][0].x0) < _LABEL_MARGIN
            and chain[0].top - run[-1][0].bottom < _LEADING * chain[0].size
        )
        run = [*run, chain] if goes_on else [chain]
        if run[0][0].top > begins or len(join_words(chain)) < _BESIDE_TEXT:
            continue
        if sum(len(join_words(one)) >= _BESIDE_TEXT for one in run) >= _BESIDE_LINES:
            yield run


def ruled_edges(page: Page, box: Bbox, size: float) -> Span | None:
    """Left and right end of the rulings or shading at a header; None where there are none.

    ``box`` is that of its labels, ``size`` their font size.
    """
    x0, top, x1, bottom = box
    reach = _HEADER_RULE_REACH * size
    wide = [
        ruling
        for ruling in page.horizontals
        if top - reach <= ruling.at <= top + _TOUCH
        or bottom - _TOUCH <= ruling.at <= bottom + reach
    ]
    spans = _merged((r.start, r.end) for r in wide)
    around = [span for span in spans if span[0] <= x0 + _TOUCH and span[1] >= x1 - _TOUCH]
    return min(around, key=lambda span: span[1] - span[0]) if around else None


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Spans that touch as one, in order: a ruling may be drawn cell by cell."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1] + _TOUCH:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out
