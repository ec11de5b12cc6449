"""Finds the entries of legends on a page: a mark with words beside it that say what it means.

A summary of goals or a table row is none: the words have to be a phrase of the vocabulary and
filling words alone, and a page has to give meanings to at least two different marks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from styrmatt.extract.marks.candidates import MarkCandidate
from styrmatt.extract.marks.colour_difference import difference, lch
from styrmatt.extract.marks.find import read_mark, read_shading
from styrmatt.extract.marks.gauges import marks_of
from styrmatt.extract.marks.mark import Mark
from styrmatt.extract.marks.same_look import look_alike
from styrmatt.extract.marks.shaded_cells import shaded_cells
from styrmatt.extract.marks.status_phrases import legend_value
from styrmatt.extract.model.page import Page
from styrmatt.extract.model.symbols import all_symbols, may_hold_symbols
from styrmatt.extract.model.text_lines import PageLine, Word, join_words, lines_of
from styrmatt.geometry import middle_height, union
from styrmatt.printed import Bbox
from styrmatt.vocabulary import Vocabulary
from styrmatt.whitespace import squeeze

_MAX_GAP = 70.0
"""Points between a mark and its words at most: a wide tab stop or a column of marks."""
_WORD_GAP = 2.2
"""A gap of so many ems ends the words of an entry: the next column begins."""
_MEANINGS = 2
"""Different meanings that a page needs for a legend: a single one may be a summary's or a row's."""
_LINE_SLACK = 2.0
"""Points above and below a line, or a mark, within which the middle of the other is beside it."""
_MARK_OVERLAP = 1.0
"""Points by which the next mark may reach into the one whose words are read."""
_WORD_OVERLAP = 1.5
"""Points by which words may reach into their mark, or start left of the words above them."""
_STOP = 0.5
"""Points before the next mark at which words already belong to it."""
_LINE_GAP = 0.7
"""Ems between two lines of one entry at most: entries are set further apart than their lines."""
_FLUSH = 2.0
"""Points by which the start of an entry's second line may be off that of its first, or a mark
beside it may reach into its words."""
_MIN_SHADED_WIDTH, _MAX_SHADED_WIDTH = 6.0, 0.6
"""Points, and share of the page's width: a legend's shaded box is no line and no banner."""
_MAX_SHADED_HEIGHT = 60.0
"""Points: the height of a legend's shaded box at most, which is some lines of text."""
_LOOKS_ALIKE = 3.0
"""CIEDE2000 below which two marks of a legend look the same, so that it says nothing."""

MarkKind = Literal["status", "trend"]


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A mark, and the status or trend that a legend says it stands for."""

    kind: MarkKind
    value: str
    mark: Mark
    text: str = ""
    """The words beside the mark, as printed."""
    by_look: bool = False
    """Whether only its picture tells it from the others, and neither colour nor shape nor sign."""


class _Meaning(NamedTuple):
    """What a legend's text says of a mark."""

    kind: MarkKind
    value: str
    text: str


class _Candidate(NamedTuple):
    """What is drawn beside a text that gives it a meaning; not yet looked at."""

    meaning: _Meaning
    group: tuple[MarkCandidate, ...]


def legend_entries(page: Page, vocabulary: Vocabulary) -> list[LegendEntry]:
    """The legend entries of a page; nothing is rendered on a page that cannot have any."""
    if not (page.shapes or page.pictures or page.glyphs or page.fills) or not _has_phrases(
        page, vocabulary
    ):
        return []
    candidates = _candidates(page, vocabulary)
    if len({candidate.meaning.value for candidate in candidates}) < _MEANINGS:
        return []
    entries = [
        entry
        for candidate in candidates
        if (entry := _entry(page, candidate, vocabulary)) is not None
    ]
    return [known for entry in entries if (known := _known_by(entry, entries)) is not None]


def _has_phrases(page: Page, vocabulary: Vocabulary) -> bool:
    """Whether the page's words can have as many meanings as a legend needs."""
    text = "".join(page.letters)
    found = 0
    for phrases in vocabulary.telling_phrases:
        found += any(phrase in text for phrase in phrases)
        if found >= _MEANINGS:
            return True
    return False


def _candidates(page: Page, vocabulary: Vocabulary) -> list[_Candidate]:
    whole_page = (0.0, 0.0, page.width, page.height)
    groups = [tuple(group) for group in marks_of(page, whole_page)]
    boxes = [union(part.bbox for part in group) for group in groups]
    lines = _lines_without_symbols(page) if groups else ()
    found: list[_Candidate] = []
    for group, box in zip(groups, boxes, strict=True):
        texts = [*_text_within(page, box), *_texts_beside(box, boxes, lines)]
        meaning = _first_meaning(texts, vocabulary)
        if meaning is not None:
            found.append(_Candidate(meaning, group))
    return found + _shaded(page, vocabulary)


def _text_within(page: Page, box: Bbox) -> list[str]:
    """The words in a mark, which explain it before those beside it do: a shaded box of the line."""
    within = [w for w in page.words_at(box[1], box[3]) if box[0] <= w.x0 and w.x1 <= box[2]]
    return ["\n".join(line.text for line in lines_of(within))] if within else []


def _lines_without_symbols(page: Page) -> Sequence[PageLine]:
    if not may_hold_symbols(page.words):
        return page.lines
    return lines_of([word for word in page.words if not all_symbols(word.text, word.font)])


def _first_meaning(texts: Sequence[str], vocabulary: Vocabulary) -> _Meaning | None:
    """The meaning that the first text gives which gives one."""
    return next((found for text in texts if (found := _meaning(text, vocabulary))), None)


def _meaning(text: str, vocabulary: Vocabulary) -> _Meaning | None:
    letters = squeeze(text)
    if not any(phrase in letters for of_value in vocabulary.telling_phrases for phrase in of_value):
        return None  # as of most table cells
    status = legend_value(text, vocabulary.statuses, vocabulary)
    trend = legend_value(text, vocabulary.trends, vocabulary)
    if status is not None and trend is None:
        return _Meaning("status", status, text)
    if trend is not None and status is None:
        return _Meaning("trend", trend, text)
    return None


def _texts_beside(box: Bbox, boxes: Sequence[Bbox], lines: Sequence[PageLine]) -> list[str]:
    """Words to the right of a mark: its own line, then with the line below and above."""
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
            continue
        text = join_words(chunk)
        if hanging := _below_mark(box, lines, n, boxes):
            texts.append(f"{text}\n{hanging}")
        below = _continued(lines, n + 1, chunk, boxes)
        above = _continued(lines, n - 1, chunk, boxes)
        texts += [text] if not (below or above) else [text, f"{text}\n{below}", f"{above}\n{text}"]
        if chunk[-1] is lines[n].words[-1] and (rest := _wrapped(box, lines, n, boxes)):
            texts.append(f"{text}\n{rest}")
    return texts


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


def _wrapped(box: Bbox, lines: Sequence[PageLine], n: int, boxes: Sequence[Bbox]) -> str:
    """The words that the last of several entries leaves to the next line, which begins at the left.

    ``box`` is that of the entry's mark, ``n`` the number of its line.
    """
    if n + 1 >= len(lines):
        return ""
    line, below = lines[n], lines[n + 1]
    marks = [other[0] for other in boxes if other[1] <= line.middle_height <= other[3]]
    margin = min([line.words[0].x0, *marks])
    if below.top - line.bottom > _LINE_GAP * line.size or margin >= box[0]:
        return ""
    has_mark = any(other[1] <= below.middle_height <= other[3] for other in boxes)
    flush = abs(below.words[0].x0 - margin) <= _FLUSH
    return join_words(below.words) if flush and not has_mark else ""


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


def _shaded(page: Page, vocabulary: Vocabulary) -> list[_Candidate]:
    """Shaded boxes with the words in them, or beside them."""
    found: list[_Candidate] = []
    lines = page.lines if page.fills else ()
    for fill in page.fills:
        x0, top, x1, bottom = fill.bbox
        if (
            fill.colour is None
            or bottom - top > _MAX_SHADED_HEIGHT
            or x1 - x0 > _MAX_SHADED_WIDTH * page.width
            or x1 - x0 < _MIN_SHADED_WIDTH
            or lch(fill.colour).white
        ):
            continue
        within = [w for w in page.words_at(top, bottom) if x0 <= (w.x0 + w.x1) / 2 <= x1]
        if within:
            texts = ["\n".join(line.text for line in lines_of(within))]
        else:
            others = [other.bbox for other in page.fills if other.bbox != fill.bbox]
            texts = _texts_beside(fill.bbox, others, lines)
        meaning = _first_meaning(texts, vocabulary)
        cells = shaded_cells(page, fill.bbox) if meaning is not None else []
        if meaning is not None and len(cells) == 1:
            found.append(_Candidate(meaning, (cells[0],)))
    return found


def _entry(page: Page, candidate: _Candidate, vocabulary: Vocabulary) -> LegendEntry | None:
    """The candidate rendered and read; None where it is no mark that can have this meaning."""
    kind, value, text = candidate.meaning
    if candidate.group[0].kind == "shading":
        mark = read_shading(page, candidate.group[0])
    else:
        mark = read_mark(page, candidate.group, vocabulary)
    if mark is None:
        return None
    if kind == "trend":
        return LegendEntry(kind, value, mark, text) if mark.direction is not None else None
    if mark.apparent_direction is not None and not mark.is_coloured:
        return None
    return LegendEntry(kind, value, mark, text)


def _known_by(entry: LegendEntry, entries: Sequence[LegendEntry]) -> LegendEntry | None:
    """The entry where another of its kind looks different and means something else."""
    others = [one for one in entries if one.kind == entry.kind and one.value != entry.value]
    if any(not _alike(other.mark, entry.mark) for other in others):
        return replace(entry, by_look=True) if entry.mark.gauge else entry
    if any(look_alike(other.mark, entry.mark) is False for other in others):
        return replace(entry, by_look=True)
    return None


def _alike(one: Mark, other: Mark) -> bool:
    return (
        one.sign == other.sign
        and one.apparent_direction == other.apparent_direction
        and one.filled == other.filled
        and one.level == other.level
        and one.colour is not None
        and other.colour is not None
        and difference(one.colour, other.colour) < _LOOKS_ALIKE
    )
