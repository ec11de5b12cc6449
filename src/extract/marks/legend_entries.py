"""Finds the entries of legends on a page: a mark with words beside it that say what it means.

A summary of goals or a table row is none: the words have to be a phrase of the vocabulary and
filling words alone, and a page has to give meanings to at least two different marks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from styrmatt.extract.marks.candidates import MarkCandidate, mark_candidates, shading_in
from styrmatt.extract.marks.colour_difference import difference, lch
from styrmatt.extract.marks.find import Mark, read_mark, read_shading
from styrmatt.extract.marks.status_phrases import label
from styrmatt.extract.model.page import Page, PageLine, Word, join_words, lines_of, union
from styrmatt.extract.model.symbols import all_symbols
from styrmatt.printed import Bbox
from styrmatt.vocabulary import Vocabulary
from styrmatt.whitespace import squeeze

_FAR = 70.0
"""Points between a mark and its words at most."""
_WIDE = 2.2
"""A gap of so many font sizes ends the words of an entry."""


_Told = tuple[Literal["status", "trend"], str]
"""Of what a text tells, and the value."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A mark and what a legend says about it."""

    kind: Literal["status", "trend"]
    value: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: Literal["status", "trend"]
    value: str
    group: tuple[MarkCandidate, ...]


def pairs_on(page: Page, vocabulary: Vocabulary) -> list[Pair]:
    """The legend entries of a page."""
    if not (page.shapes or page.pictures or page.glyphs or page.fills) or not _has_words(
        page, vocabulary
    ):
        return []
    entries = _entries(page, vocabulary)
    if len({entry.value for entry in entries}) < 2:
        return []
    pairs = [pair for entry in entries if (pair := _pair(page, entry, vocabulary)) is not None]
    return [pair for pair in pairs if _told_apart(pair, pairs)]


def _has_words(page: Page, vocabulary: Vocabulary) -> bool:
    """Whether two different meanings can be on the page at all."""
    text = "".join(page.letters)
    known = (vocabulary.status_phrases, vocabulary.trend_phrases)
    told = {value for of in known for phrase, value in of.items() if phrase in text}
    return len(told) >= 2


def _entries(page: Page, vocabulary: Vocabulary) -> list[_Entry]:
    whole = (0.0, 0.0, page.width, page.height)
    groups = [tuple(group) for group in mark_candidates(page, whole)]
    boxes = [union(ink.bbox for ink in group) for group in groups]
    words = [word for word in page.words if not all_symbols(word.text, word.font)]
    lines = page.lines if len(words) == len(page.words) else lines_of(words)
    known = _phrases(vocabulary)
    found: list[_Entry] = []
    for group, box in zip(groups, boxes, strict=True):
        told = _told(_texts_beside(box, boxes, lines), vocabulary, known)
        if told is not None:
            found.append(_Entry(*told, group))
    return found + _shaded(page, vocabulary, known)


def _phrases(vocabulary: Vocabulary) -> tuple[str, ...]:
    """The phrases for statuses and trends, squeezed."""
    return (*vocabulary.status_phrases, *vocabulary.trend_phrases)


def _told(texts: Sequence[str], vocabulary: Vocabulary, known: Sequence[str]) -> _Told | None:
    """What the first text that tells what a mark means says."""
    return next((told for text in texts if (told := _read(text, vocabulary, known))), None)


def _read(text: str, vocabulary: Vocabulary, known: Sequence[str]) -> _Told | None:
    letters = squeeze(text)
    if not any(phrase in letters for phrase in known):  # as in most table cells
        return None
    status = label(text, vocabulary.statuses, vocabulary)
    trend = label(text, vocabulary.trends, vocabulary)
    if status is not None and trend is None:
        return "status", status
    if trend is not None and status is None:
        return "trend", trend
    return None


def _texts_beside(box: Bbox, boxes: Sequence[Bbox], lines: Sequence[PageLine]) -> list[str]:
    """Words to the right of a mark: its own line, then with the line below and above."""
    middle = (box[1] + box[3]) / 2
    own = [n for n, line in enumerate(lines) if line.top - 2 <= middle <= line.bottom + 2]
    if not own:
        near = [
            n
            for n, line in enumerate(lines)
            if box[1] - 2 <= (line.top + line.bottom) / 2 <= box[3] + 2
        ]
        own = near
    texts: list[str] = []
    for n in own:
        chunk = _chunk(lines[n], box, boxes)
        if not chunk:
            continue
        text = join_words(chunk)
        below = _continued(lines, n + 1, chunk, boxes)
        above = _continued(lines, n - 1, chunk, boxes)
        texts += [text] if not (below or above) else [text, f"{text}\n{below}", f"{above}\n{text}"]
    return texts


def _chunk(line: PageLine, box: Bbox, boxes: Sequence[Bbox]) -> list[Word]:
    """The words right of the box, up to the next mark or a wide gap."""
    stops = [
        other[0] for other in boxes
        if other[0] >= box[2] - 1 and other[1] < line.bottom and other[3] > line.top
    ]  # fmt: skip
    stop = min(stops, default=float("inf"))
    chunk: list[Word] = []
    for word in line.words:
        if word.x0 < box[2] - 1.5 or word.x0 >= stop - 0.5:
            continue
        gap = word.x0 - (chunk[-1].x1 if chunk else box[2])
        if gap > (_WIDE * word.size if chunk else _FAR):
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
    if min(abs(line.top - chunk[0].bottom), abs(chunk[0].top - line.bottom)) > 0.7 * size:
        return ""
    words = [word for word in line.words if word.x0 >= left - 1.5]
    if not words or abs(words[0].x0 - left) > 2:
        return ""
    middle = (line.top + line.bottom) / 2
    if any(
        box[2] <= left + 2 and left - box[2] < _FAR and box[1] <= middle <= box[3] for box in boxes
    ):
        return ""
    taken = [words[0]]
    for word in words[1:]:
        if word.x0 - taken[-1].x1 > _WIDE * word.size:
            break
        taken.append(word)
    return join_words(taken)


def _shaded(page: Page, vocabulary: Vocabulary, known: Sequence[str]) -> list[_Entry]:
    """Shaded boxes with the words in them, or beside them."""
    found: list[_Entry] = []
    lines = page.lines if page.fills else ()
    for fill in page.fills:
        x0, top, x1, bottom = fill.bbox
        if fill.colour is None or bottom - top > 60 or x1 - x0 > 0.6 * page.width or x1 - x0 < 6:
            continue
        if lch(fill.colour).white:
            continue
        inner = [w for w in page.words_at(top, bottom) if x0 <= (w.x0 + w.x1) / 2 <= x1]
        texts = (
            ["\n".join(line.text for line in lines_of(inner))]
            if inner
            else _texts_beside(
                fill.bbox, [f.bbox for f in page.fills if f.bbox != fill.bbox], lines
            )
        )
        told = _told(texts, vocabulary, known)
        inks = shading_in(page, fill.bbox) if told is not None else []
        if told is not None and len(inks) == 1:
            found.append(_Entry(*told, (inks[0],)))
    return found


def _pair(page: Page, entry: _Entry, vocabulary: Vocabulary) -> Pair | None:
    shading = entry.group[0].kind == "shading"
    mark = (
        read_shading(page, entry.group[0]) if shading else read_mark(page, entry.group, vocabulary)
    )
    if mark is None:
        return None
    if entry.kind == "trend":
        return Pair("trend", entry.value, mark) if mark.direction is not None else None
    if mark.way is not None and not (mark.colour and lch(mark.colour).saturated):
        return None
    return Pair("status", entry.value, mark)


def _told_apart(pair: Pair, pairs: Sequence[Pair]) -> bool:
    """Whether another entry of its kind looks different and means something else."""
    return any(
        other.kind == pair.kind and other.value != pair.value and not _alike(other.mark, pair.mark)
        for other in pairs
    )


def _alike(one: Mark, other: Mark) -> bool:
    return (
        one.sign == other.sign
        and one.way == other.way
        and one.filled == other.filled
        and one.colour is not None
        and other.colour is not None
        and difference(one.colour, other.colour) < 3
    )
