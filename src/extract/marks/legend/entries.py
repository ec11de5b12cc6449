"""Finds the entries of legends on a page: a mark with words beside it that say what it means.

A summary of goals or a table row is none: the words have to be a phrase of the vocabulary and
filling words alone, and a page has to give meanings to at least two different marks.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from styrmatt.extract.marks.candidates import MarkCandidate
from styrmatt.extract.marks.find import read_mark, read_shading
from styrmatt.extract.marks.gauges import marks_of, parts_of_gauge
from styrmatt.extract.marks.legend.same_look import look_alike
from styrmatt.extract.marks.legend.shared_words import with_shared_words
from styrmatt.extract.marks.legend.words_before import runs_of_marks
from styrmatt.extract.marks.legend.words_beside import texts_beside
from styrmatt.extract.marks.mark import Mark
from styrmatt.extract.marks.picture.colour_difference import difference, lch
from styrmatt.extract.marks.shaded_cells import shaded_cells
from styrmatt.extract.marks.status_phrases import (
    Words,
    ending_value,
    has_more_clauses,
    legend_value,
    may_tell,
)
from styrmatt.extract.model.page import Page
from styrmatt.extract.model.symbols import all_symbols, may_hold_symbols
from styrmatt.extract.model.text_lines import PageLine, lines_of
from styrmatt.geometry import contains, union
from styrmatt.printed import Bbox
from styrmatt.vocabulary import Vocabulary
from styrmatt.whitespace import squeeze

_MEANINGS = 2
"""Different meanings that a page needs for a legend: a single one may be a summary's or a row's."""
_MIN_SHADED_WIDTH, _MAX_SHADED_WIDTH = 6.0, 0.6
"""Points, and share of the page's width: a legend's shaded box is no line and no banner."""
_MAX_SHADED_HEIGHT = 60.0
"""Points: the height of a legend's shaded box at most, which is some lines of text."""
_BAR_WIDTH = (1.5, 2.5)
"""Points: the width of a bar that is no mark. Thinner ones are lines between columns."""
_BAR_HEIGHT = (5.0, 30.0)
"""Points: the height of a bar beside one or two lines of text."""
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
    drawn = page.shapes or page.pictures or page.glyphs or page.fills or page.verticals
    if not drawn or not _has_phrases(page, vocabulary):
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
        found += any(map(text.__contains__, phrases))
        if found >= _MEANINGS:
            return True
    return False


def _candidates(page: Page, vocabulary: Vocabulary) -> list[_Candidate]:
    whole_page = (0.0, 0.0, page.width, page.height)
    groups = [tuple(group) for group in marks_of(page, whole_page)]
    boxes = [union(part.bbox for part in group) for group in groups]
    lines = _lines_without_symbols(page) if groups else ()
    found: list[_Candidate] = []
    joining = frozenset(map(str.casefold, vocabulary.targets.also))
    meanings: dict[Bbox, _Meaning | None] = {}
    before = _meanings_before(boxes, lines, joining, vocabulary)
    for group, box in zip(groups, boxes, strict=True):
        texts = [*_text_within(page, box), *texts_beside(box, boxes, lines, joining)]
        meaning = meanings[box] = before.get(box) or _first_meaning(texts, vocabulary)
        if meaning is not None:
            found.append(_Candidate(meaning, group))
    gauges = {b: g for g, b in zip(groups, boxes, strict=True) if parts_of_gauge(g)}
    if any(meanings.values()):
        shared = with_shared_words(gauges, lines, joining)
        for box, other in shared.items():
            meaning = meanings.get(other)
            if meaning is not None and meanings[box] is None:
                found.append(_Candidate(meaning, gauges[box]))
    return found + _shaded(page, gauges, vocabulary) + _bars(page, vocabulary)


def _meanings_before(
    boxes: Sequence[Bbox],
    lines: Sequence[PageLine],
    joining: frozenset[str],
    vocabulary: Vocabulary,
) -> dict[Bbox, _Meaning]:
    """The meanings of marks that stand behind their words, in texts where all marks do.

    Any words may lead to those of the first one. The last one has no meaning behind it: else those
    words may be a heading's.
    """
    found: dict[Bbox, _Meaning] = {}
    leads = joining.union(map(str.casefold, vocabulary.legend.joints))
    for run in runs_of_marks(boxes, lines, leads):
        meanings = [_meaning(run[0][1], vocabulary, ending_value)]
        meanings += [_meaning(text, vocabulary) for _, text in run[1:]]
        known = [meaning for meaning in meanings if meaning is not None]
        values = {meaning.value for meaning in known}
        one_kind = len({meaning.kind for meaning in known}) == 1
        if len(known) < len(run) or len(values) < _MEANINGS or not one_kind:
            continue
        last = run[-1][0]
        if _first_meaning(texts_beside(last, boxes, lines, joining), vocabulary) is None:
            found |= {box: meaning for (box, _), meaning in zip(run, known, strict=True)}
    return found


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


def _meaning(
    text: str,
    vocabulary: Vocabulary,
    value_of: Callable[[str, Words, Vocabulary], str | None] = legend_value,
) -> _Meaning | None:
    letters = squeeze(text)
    if not may_tell(letters, vocabulary):
        return None  # as of most table cells
    status = value_of(text, vocabulary.statuses, vocabulary)
    trend = value_of(text, vocabulary.trends, vocabulary)
    if status is not None and trend is None:
        return _Meaning("status", status, text)
    if trend is not None and status is None:
        return _Meaning("trend", trend, text)
    return None


def _shaded(page: Page, gauges: Collection[Bbox], vocabulary: Vocabulary) -> list[_Candidate]:
    """Shaded boxes with the words in them, or beside them; none are parts of gauges."""
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
            or any(contains(gauge, fill.bbox) for gauge in gauges)
        ):
            continue
        within = [w for w in page.words_at(top, bottom) if x0 <= (w.x0 + w.x1) / 2 <= x1]
        if within:
            texts = ["\n".join(line.text for line in lines_of(within))]
        else:
            others = [other.bbox for other in page.fills if other.bbox != fill.bbox]
            texts = texts_beside(fill.bbox, others, lines)
        meaning = _first_meaning(texts, vocabulary)
        cells = shaded_cells(page, fill.bbox) if meaning is not None else []
        if meaning is not None and len(cells) == 1:
            found.append(_Candidate(meaning, (cells[0],)))
    return found


def _bars(page: Page, vocabulary: Vocabulary) -> list[_Candidate]:
    """Upright bars too thin for marks, as the edges of cards are, with the words beside them."""
    bars: list[MarkCandidate] = []
    for shape in page.shapes:
        if shape.fill and _is_thin_bar(shape.bbox):
            bars.append(MarkCandidate("shading", shape.bbox, shape.fill))
    for ruling in page.verticals:
        half = ruling.thickness / 2
        box = (ruling.at - half, ruling.start, ruling.at + half, ruling.end)
        if ruling.colour and not ruling.edge_of_fill and _is_thin_bar(box):
            bars.append(MarkCandidate("shading", box, ruling.colour))
    bars = [bar for bar in bars if lch(str(bar.fill)).saturated]
    boxes = [bar.bbox for bar in bars]
    told = (_first_meaning(texts_beside(box, boxes, page.lines), vocabulary) for box in boxes)
    return [_Candidate(one, (bar,)) for one, bar in zip(told, bars, strict=True) if one is not None]


def _is_thin_bar(box: Bbox) -> bool:
    low, high = _BAR_WIDTH
    return low <= box[2] - box[0] < high and _BAR_HEIGHT[0] <= box[3] - box[1] <= _BAR_HEIGHT[1]


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
        return None if mark.doubt else LegendEntry(kind, value, mark, text)
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


def without_comments(entries: Sequence[LegendEntry]) -> list[LegendEntry]:
    """The entries without longer texts that contradict one which is nothing but a status.

    A comment right of a shaded cell of a table may begin as an explanation of its colour does.
    """
    short = [one for one in entries if not has_more_clauses(one.text)]
    return [
        one
        for one in entries
        if not has_more_clauses(one.text)
        or not any(
            other.kind == one.kind and other.value != one.value and _alike(other.mark, one.mark)
            for other in short
        )
    ]


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
