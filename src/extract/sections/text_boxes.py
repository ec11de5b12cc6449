"""Boxes of text within a column: a ground of their own that the text around them runs past.

Lengths are in points.
"""

from __future__ import annotations

from collections.abc import Sequence

from styrmatt.extract.model.page import Fill
from styrmatt.extract.model.text_lines import Word, lines_of
from styrmatt.extract.sections.labelled_columns import labels_of
from styrmatt.geometry import middle_inside, union
from styrmatt.printed import Bbox

_FEWEST_LINES = 3
"""Lines in a box at least: a heading and some text. The ground of a header or a row has fewer."""
_FEWEST_WORDS = 3
"""Words of a line of running text at least."""
_SAME_SIDE = 2.0
"""Points by which pieces of one ground may differ in their sides, and lie apart."""
_WIDTH = 0.6
"""Share of the column's width that a box takes at least: what is narrower is a cell."""


def boxes_in(words: Sequence[Word], fills: Sequence[Fill]) -> list[Bbox]:
    """The boxes of running text among the words of a column, top to bottom."""
    if not fills or not words:
        return []
    left, _, right, _ = union(word.bbox for word in words)
    wide = [f.bbox for f in fills if f.bbox[2] - f.bbox[0] >= _WIDTH * (right - left)]
    return [box for box in stacked(wide) if _holds_text(box, words)]


def stacked(boxes: Sequence[Bbox]) -> list[Bbox]:
    """Grounds with those right below them as one: a heading's and its text's, lines'."""
    out: list[Bbox] = []
    for box in sorted(boxes, key=lambda one: (one[1], one[0])):
        last = out[-1] if out else None
        if (
            last is not None
            and abs(last[0] - box[0]) <= _SAME_SIDE
            and abs(last[2] - box[2]) <= _SAME_SIDE
            and box[1] <= last[3] + _SAME_SIDE
        ):
            out[-1] = union((last, box))
        else:
            out.append(box)
    return out


def _holds_text(box: Bbox, words: Sequence[Word]) -> bool:
    """Whether most lines in a box are running text, and not labels with values, as in a card."""
    lines = lines_of(word for word in words if middle_inside(word.bbox, box))
    prose = sum(len(line.words) >= _FEWEST_WORDS and not labels_of(line) for line in lines)
    return len(lines) >= _FEWEST_LINES and 2 * prose >= len(lines)
