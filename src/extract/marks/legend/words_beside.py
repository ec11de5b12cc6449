"""The words beside a mark that may say what it means: on its line, and on the lines around it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from styrmatt.extract.marks.legend.shared_words import is_joining
from styrmatt.extract.model.text_lines import PageLine, Word, join_words
from styrmatt.geometry import middle_height
from styrmatt.printed import Bbox

_MAX_GAP = 70.0
"""Points between a mark and its words at most: a wide tab stop or a column of marks."""
_WORD_GAP = 2.2
"""A gap of so many ems ends the words of an entry: the next column begins."""
_LINE_SLACK = 2.0
"""Points above and below a line, or a mark, within which the middle of the other is beside it."""
_MARK_OVERLAP = 1.0
"""Points by which the next mark may reach into the one whose words are read."""
_WORD_OVERLAP = 1.5
"""Points by which words may reach into their mark, or start left of the words above them."""
_STOP = 0.5
"""Points before the next mark at which words already belong to it."""
_STOPS = ",;:.–"
"""What parts the entries of a running text."""
_LINE_GAP = 0.7
"""Ems between two lines of one entry at most: entries are set further apart than their lines."""
_FLUSH = 2.0
"""Points by which the start of an entry's second line may be off that of its first, or a mark
beside it may reach into its words."""


def texts_beside(
    box: Bbox, boxes: Sequence[Bbox], lines: Sequence[PageLine], joining: Collection[str] = ()
) -> list[str]:
    """Words to the right of a mark: its own line, then with the line below and above.

    Without joining words at their end, which lead on to the next mark.
    """
    middle = middle_height(box)
    beside = [
        n
        for n, line in enumerate(lines)
        if line.top - _LINE_SLACK <= middle <= line.bottom + _LINE_SLACK
    ] or [
        n
        for n, line in enumerate(lines)
        if box[1] - _LINE_SLACK <= line.middle_height <= box[3] + _LINE_SLACK
    ]
    texts: list[str] = []
    for n in beside:
        chunk = _words_right_of(box, lines[n], boxes)
        if not chunk:
            if _is_led_to(box, lines[n], joining) and (
                rest := _wrapped(box, lines, n, boxes, joining)
            ):
                texts.append(rest)
            continue
        if len(chunk) > 1 and is_joining(chunk[-1], joining):
            chunk.pop()
        text = join_words(chunk)
        if hanging := _below_mark(box, lines, n, boxes):
            texts.append(f"{text}\n{hanging}")
        below = _continued(lines, n + 1, chunk, boxes)
        above = _continued(lines, n - 1, chunk, boxes)
        texts += [text] if not (below or above) else [text, f"{text}\n{below}", f"{above}\n{text}"]
        if chunk[-1] is lines[n].words[-1] and (rest := _wrapped(box, lines, n, boxes, joining)):
            texts.append(f"{text}\n{rest}")
    return texts


def _is_led_to(box: Bbox, line: PageLine, joining: Collection[str]) -> bool:
    """Whether a mark at the end of a line begins an entry of running text: a stop is before it.

    A mark behind its own words has none.
    """
    before = [word for word in line.words if word.x1 <= box[0] + _WORD_OVERLAP]
    ends = len(before) == len(line.words) and bool(before)
    return ends and (before[-1].text[-1] in _STOPS or is_joining(before[-1], joining))


def _below_mark(box: Bbox, lines: Sequence[PageLine], n: int, boxes: Sequence[Bbox]) -> str:
    """The words in small letters that go on right below a mark, as in a narrow cell."""
    if n + 1 >= len(lines) or lines[n + 1].top - lines[n].bottom > _LINE_GAP * lines[n].size:
        return ""
    below = lines[n + 1]
    if any(
        abs(x0 - box[0]) <= _FLUSH and top <= below.middle_height <= bottom
        for x0, top, _, bottom in boxes
    ):
        return ""
    words = [word for word in below.words if word.x0 >= box[0] - _FLUSH]
    if not words or words[0].x0 > box[0] + _FLUSH or not words[0].text[:1].islower():
        return ""
    return _chain_text(words)


def _wrapped(
    box: Bbox,
    lines: Sequence[PageLine],
    n: int,
    boxes: Sequence[Bbox],
    joining: Collection[str] = (),
) -> str:
    """The words that the last of several entries leaves to the next line, which begins at the left.

    ``box`` is that of the entry's mark, ``n`` the number of its line. The words end at a mark.
    """
    if n + 1 >= len(lines):
        return ""
    line, below = lines[n], lines[n + 1]
    marks = [other[0] for other in boxes if other[1] <= line.middle_height <= other[3]]
    margin = min([line.words[0].x0, *marks])
    if below.top - line.bottom > _LINE_GAP * line.size or margin >= box[0]:
        return ""
    next_marks = (other[0] for other in boxes if other[1] <= below.middle_height <= other[3])
    end = min(next_marks, default=float("inf"))
    words = [word for word in below.words if word.x1 <= end + _WORD_OVERLAP]
    if not words or abs(words[0].x0 - margin) > _FLUSH:
        return ""
    if len(words) > 1 and len(words) < len(below.words) and is_joining(words[-1], joining):
        words.pop()
    return join_words(words)


def _words_right_of(box: Bbox, line: PageLine, boxes: Sequence[Bbox]) -> list[Word]:
    """The words right of a box, up to the next mark or a wide gap."""
    stops = [
        other[0]
        for other in boxes
        if other[0] >= box[2] - _MARK_OVERLAP and other[1] < line.bottom and other[3] > line.top
    ]
    stop = min(stops, default=float("inf"))
    chunk: list[Word] = []
    for word in line.words:
        if word.x0 < box[2] - _WORD_OVERLAP or word.x0 >= stop - _STOP:
            continue
        gap = word.x0 - (chunk[-1].x1 if chunk else box[2])
        if gap > (_WORD_GAP * word.size if chunk else _MAX_GAP):
            break
        chunk.append(word)
    return chunk


def _continued(
    lines: Sequence[PageLine], n: int, chunk: Sequence[Word], boxes: Sequence[Bbox]
) -> str:
    """The words of line ``n`` that go on below or above the chunk, where no mark is beside."""
    if not 0 <= n < len(lines):
        return ""
    line, left, size = lines[n], chunk[0].x0, chunk[0].size
    if min(abs(line.top - chunk[0].bottom), abs(chunk[0].top - line.bottom)) > _LINE_GAP * size:
        return ""
    words = [word for word in line.words if word.x0 >= left - _WORD_OVERLAP]
    if not words or abs(words[0].x0 - left) > _FLUSH:
        return ""
    if any(
        box[2] <= left + _FLUSH
        and left - box[2] < _MAX_GAP
        and box[1] <= line.middle_height <= box[3]
        for box in boxes
    ):
        return ""
    return _chain_text(words)


def _chain_text(words: Sequence[Word]) -> str:
    """The words up to the next wide gap."""
    found = [words[0]]
    for word in words[1:]:
        if word.x0 - found[-1].x1 > _WORD_GAP * word.size:
            break
        found.append(word)
    return join_words(found)
