"""The words before marks in running text, where these say what the marks mean.

"Pilen visar om värdet har ökat ↑, minskat ↓ eller är oförändrat →": each mark stands behind its own
words. Read as a legend whose words stand behind the marks, each would have those of the next one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from styrmatt.extract.model.text_lines import PageLine, Word
from styrmatt.geometry import middle_height
from styrmatt.printed import Bbox

_WORD_GAP: Final = 2.2
"""A gap of so many ems ends a run of words and marks: the next column begins."""
_LINE_SLACK: Final = 2.0
"""Points above and below a line within which the middle of a mark is on it."""
_LINE_GAP: Final = 0.7
"""Ems between two lines of one text at most."""
_FLUSH: Final = 2.0
"""Points by which the left ends of two lines of one text differ at most."""
_FEWEST: Final = 2
"""Marks of one text that explains them: a single one may stand behind any words."""
_AROUND: Final = " ,;:.()[]/–—-"
"""What stands between a mark and words, and says nothing."""
_STOP: Final = re.compile(r"[,.;:()]|\s[–—-]\s")
"""What ends a part of a sentence."""

Run = list[tuple[Bbox, str]]
"""Marks of one text, each with the last part of the words before it."""
_Item = Word | Bbox


def runs_of_marks(
    boxes: Sequence[Bbox], lines: Sequence[PageLine], joining: Collection[str]
) -> Iterator[Run]:
    """The marks of each text that has several of them and words before the first.

    Each comes with the words between it and the mark before, from the last stop on and without
    ``joining`` words at their start: those of a mark without words are empty.
    """
    if len(boxes) < _FEWEST:
        return
    for items in _texts(boxes, lines):
        run: Run = []
        words: list[Word] = []
        for item in items:
            if isinstance(item, Word):
                words.append(item)
            else:
                run.append((item, _last_part(words, joining)))
                words = []
        if len(run) >= _FEWEST and run[0][1]:
            yield run


def _last_part(words: Sequence[Word], joining: Collection[str]) -> str:
    """The words behind the last stop, without joining words at their start."""
    text = " ".join(word.text for word in words).strip(_AROUND)
    parts = _STOP.split(text)[-1].split()
    while parts and parts[0].casefold() in joining:
        parts.pop(0)
    return " ".join(parts)


def _texts(boxes: Sequence[Bbox], lines: Sequence[PageLine]) -> Iterator[list[_Item]]:
    """The words and marks of each text that has marks, in reading order."""
    text: list[_Item] = []
    last: list[_Item] = []
    heights = [(middle_height(box), box) for box in boxes]
    for line in lines:
        high, low = line.top - _LINE_SLACK, line.bottom + _LINE_SLACK
        pieces = _pieces(line, [box for height, box in heights if high <= height <= low])
        goes_on = bool(last) and _goes_on(last, pieces[0], line.size)
        if not goes_on:
            yield from _with_marks(text)
            text = []
        text = text + pieces[0]
        for piece in pieces[1:]:
            yield from _with_marks(text)
            text = piece
        last = pieces[0] if len(pieces) == 1 else []
    yield from _with_marks(text)


def _with_marks(text: list[_Item]) -> Iterator[list[_Item]]:
    if any(not isinstance(item, Word) for item in text):
        yield text


def _pieces(line: PageLine, marks: Sequence[Bbox]) -> list[list[_Item]]:
    """The words and marks of a line, cut at wide gaps; without what is set together with a mark."""
    items: list[_Item] = list(line.words)
    if marks:
        middles = [(box[0] + box[2]) / 2 for box in marks]
        words = (w for w in line.words if not any(w.x0 <= x <= w.x1 for x in middles))
        items = sorted([*words, *marks], key=lambda item: _ends(item)[0])
    pieces: list[list[_Item]] = []
    for item in items:
        gap = _ends(item)[0] - _ends(pieces[-1][-1])[1] if pieces else float("inf")
        if gap > _WORD_GAP * line.size:
            pieces.append([])
        pieces[-1].append(item)
    return pieces or [[]]


def _goes_on(above: Sequence[_Item], below: Sequence[_Item], size: float) -> bool:
    """Whether a piece of a line is the next line of the text above it."""
    if not above or not below:
        return False
    ends = [item.bottom for item in above if isinstance(item, Word)]
    starts = [item.top for item in below if isinstance(item, Word)]
    if not ends or not starts or not 0 <= min(starts) - max(ends) + size <= (1 + _LINE_GAP) * size:
        return False
    return abs(_ends(above[0])[0] - _ends(below[0])[0]) <= _FLUSH


def _ends(item: _Item) -> tuple[float, float]:
    return (item.x0, item.x1) if isinstance(item, Word) else (item[0], item[2])
