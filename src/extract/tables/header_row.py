"""Finds the header row of a table on a page by the layout's column headers.

A header cell may be broken anywhere (``Sty-`` / ``relse/`` / ``näm`` / ``nd``) and stand with or
without rulings, so it is put together word by word from what stands beside and below its start.
Lengths are in points, or in ems where they are multiplied with a font size.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from styrmatt.extract.model.page import Page
from styrmatt.extract.model.text_lines import Word
from styrmatt.geometry import overlaps, union
from styrmatt.layout import LayoutColumn, LayoutTable
from styrmatt.printed import Bbox
from styrmatt.whitespace import squeeze

_YEAR = re.compile(r"^20\d\d$")
_MOST_WORDS = 8
"""Pieces of a label at most: the longest headers have three words, each broken twice or less."""
_ROW_GAP = 1.0
"""Ems between the heights of two labels of one header row: in cells aligned at the top or bottom, a
label of one line may stand beside none of the lines of a longer one."""
_SIDEWAYS_OVERLAP = 1.0
"""Points by which labels of two columns may overlap sideways: rounding of boxes."""
_SAME_LINE = 0.4
"""Ems by which the middles of words on one line differ at most: less than half a line."""
_WORD_SPACE = 0.6
"""Ems: a word nearer to a label than this goes on with it; twice a usual space."""
_NEXT_WORD = 0.8
"""Ems from a label's word to the next at most; justified narrow cells stretch their spaces."""
_NEXT_WORD_BEFORE = 0.5
"""Points by which the next word may begin before the end of the one before: rounding."""
_NEXT_LINE_ABOVE, _NEXT_LINE_BELOW = 0.5, 0.9
"""Ems by which the next line of a label may begin above or below the end of the line before: tight
leading lets boxes overlap, wide leading leaves less than a line between them."""
_BELOW_CELL = 1.0
"""Points by which a word of the next line may only touch the label above sideways."""
_SAME_SIZE = 1.0
"""Points by which font sizes within a label differ at most."""


@dataclass(frozen=True)
class Label:
    """A header cell: the field it stands for, the box of its words."""

    field: str
    bbox: Bbox
    words: tuple[Word, ...]


@dataclass(frozen=True)
class Header:
    """The header row of a table, labels from left to right; ``unknown`` are other words in it."""

    table: LayoutTable
    labels: tuple[Label, ...]
    unknown: tuple[Word, ...] = ()

    @property
    def bbox(self) -> Bbox:
        """Box around all labels."""
        return union(label.bbox for label in self.labels)

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields from left to right."""
        return tuple(label.field for label in self.labels)

    @property
    def year(self) -> int | None:
        """The year printed in a label, as in that of targets, if any."""
        years = [int(w.text) for label in self.labels for w in label.words if _YEAR.match(w.text)]
        return years[0] if years else None


def find_headers(page: Page, tables: Sequence[LayoutTable]) -> list[Header]:
    """All header rows of the given tables on the page, top to bottom."""
    found: list[Header] = []
    words = _Words(page)
    for table in tables:
        labels = _labels_of(words, table)
        if labels is None:
            continue
        for anchor in _anchors(table, labels):
            header = _assemble(page, table, labels, anchor)
            if header is not None and not any(overlaps(header.bbox, h.bbox) for h in found):
                found.append(header)
    return sorted(found, key=lambda header: header.bbox[1])


class _Words:
    """The words of a page in its order, to be looked up by their first letter."""

    def __init__(self, page: Page) -> None:
        self._by_letter: dict[str, list[tuple[int, Word, str]]] = {}
        self._signs: list[tuple[int, Word]] = []
        self._years: list[Word] = []
        for n, (word, letters) in enumerate(zip(page.words, page.letters, strict=True)):
            if letters:
                self._by_letter.setdefault(letters[0], []).append((n, word, letters))
            elif word.text in "/-":
                self._signs.append((n, word))
            if _YEAR.match(word.text):
                self._years.append(word)

    def beginning(self, wanted: str) -> list[Word]:
        """The words that the letters ``wanted`` begin with."""
        alike = self._by_letter.get(wanted[:1], ())
        return [word for _, word, letters in alike if wanted.startswith(letters)]

    def continuing(self, wanted: str) -> list[Word]:
        """The words that ``wanted``, the rest of a label, begins with, and signs between words."""
        alike = self._by_letter.get(wanted[:1], ())
        found = [(n, word) for n, word, letters in alike if wanted.startswith(letters)]
        return [word for _, word in sorted(found + self._signs, key=itemgetter(0))]

    def years(self) -> list[Word]:
        """The words that are years."""
        return self._years


def _labels_of(words: _Words, table: LayoutTable) -> dict[str, list[Label]] | None:
    """The labels of each column; None as soon as a required column has none, as on most pages."""
    labels: dict[str, list[Label]] = {}
    for column in sorted(table.columns, key=lambda column: column.optional):
        labels[column.field] = list(_labels(words, column))
        if not labels[column.field] and not column.optional:
            return None
    return labels


def _anchors(table: LayoutTable, labels: Mapping[str, list[Label]]) -> list[Label]:
    """The labels of the required column that has the fewest: each may be part of one header."""
    required = [column.field for column in table.columns if not column.optional]
    return min((labels[field] for field in required), key=len)


def _assemble(
    page: Page, table: LayoutTable, labels: Mapping[str, list[Label]], anchor: Label
) -> Header | None:
    chosen = [anchor]
    for column in table.columns:
        if column.field == anchor.field:
            continue
        near = [label for label in labels[column.field] if _in_row(label, anchor)]
        near = [
            label for label in near if not any(_overlaps_sideways(label, other) for other in chosen)
        ]
        if near:
            chosen.append(min(near, key=lambda label: _distance(label, anchor)))
        elif not column.optional:
            return None
    fields = {label.field for label in chosen}
    if table.distinguishing and not fields & set(table.distinguishing):
        return None
    ordered = tuple(sorted(chosen, key=lambda label: label.bbox[0]))
    unknown = _unknown(page, ordered)
    if any(_touches(word, label) for word in unknown for label in ordered):
        return None  # a sentence that happens to hold the words
    return Header(table, ordered, unknown)


def _in_row(label: Label, anchor: Label) -> bool:
    """Whether two labels may stand in one header row: their heights overlap or nearly so."""
    size = anchor.words[0].size
    gap = max(label.bbox[1], anchor.bbox[1]) - min(label.bbox[3], anchor.bbox[3])
    return gap <= _ROW_GAP * size


def _overlaps_sideways(label: Label, other: Label) -> bool:
    """Whether the labels overlap sideways, so that they cannot be two columns."""
    return min(label.bbox[2], other.bbox[2]) - max(label.bbox[0], other.bbox[0]) > _SIDEWAYS_OVERLAP


def _distance(label: Label, anchor: Label) -> float:
    """How far the labels are from being aligned at their tops, bottoms or middles, in points."""
    return min(
        abs(label.bbox[1] - anchor.bbox[1]),
        abs(label.bbox[3] - anchor.bbox[3]),
        abs(label.bbox[1] + label.bbox[3] - anchor.bbox[1] - anchor.bbox[3]) / 2,
    )


def _unknown(page: Page, labels: tuple[Label, ...]) -> tuple[Word, ...]:
    """Words within the header row that belong to no label."""
    x0, top, x1, bottom = union(label.bbox for label in labels)
    known = {id(word) for label in labels for word in label.words}
    return tuple(
        word
        for word in page.words
        if id(word) not in known and top <= word.middle <= bottom and word.x1 > x0 and word.x0 < x1
    )


def _touches(word: Word, label: Label) -> bool:
    """Whether a word stands beside a word of the label as in a sentence."""
    if not (label.bbox[1] <= word.middle <= label.bbox[3]):
        return False
    same_line = [w for w in label.words if abs(w.middle - word.middle) < _SAME_LINE * w.size]
    gap = _WORD_SPACE * word.size
    return any(word.x0 - w.x1 < gap and w.x0 - word.x1 < gap for w in same_line)


def _labels(words: _Words, column: LayoutColumn) -> Iterator[Label]:
    """Every place where one of the column's headers stands; the longest header at each place."""
    best: dict[int, Label] = {}
    for header in column.headers:
        wanted = squeeze(header.replace("{year}", ""))
        for word in words.beginning(wanted):
            found = _complete(words, (word,), wanted, with_year="{year}" in header)
            if found and not _same_signs(found, header):
                continue
            if found and len(found) > len(best[id(word)].words if id(word) in best else ()):
                best[id(word)] = Label(column.field, union(w.bbox for w in found), found)
    yield from best.values()


def _same_signs(words: Sequence[Word], header: str) -> bool:
    """Whether the words have the header's slash, if it has one, and no colon of a lead-in word."""
    text = "".join(word.text for word in words)
    return ("/" in header) == ("/" in text.rstrip("/")) and ":" not in text


def _complete(
    words: _Words, so_far: tuple[Word, ...], wanted: str, *, with_year: bool
) -> tuple[Word, ...] | None:
    """``so_far`` and the words after it that make up ``wanted``; None where they do not."""
    have = "".join(squeeze(word.text) for word in so_far)
    if have == wanted:
        if not with_year:
            return so_far
        years = _following(words.years(), so_far)
        return (*so_far, years[0]) if years else None
    if len(so_far) >= _MOST_WORDS or not wanted.startswith(have):
        return None
    for word in _following(words.continuing(wanted[len(have) :]), so_far):
        found = _complete(words, (*so_far, word), wanted, with_year=with_year)
        if found:
            return found
    return None


def _is_below(word: Word, cell: tuple[float, float, float], size: float) -> bool:
    """Whether a word stands on the line below a cell (x0, bottom, x1) of that font size."""
    x0, bottom, x1 = cell
    next_line = -_NEXT_LINE_ABOVE * size < word.top - bottom < _NEXT_LINE_BELOW * size
    return next_line and word.x0 < x1 + _BELOW_CELL and word.x1 > x0 - _BELOW_CELL


def _following(words: Iterable[Word], so_far: tuple[Word, ...]) -> list[Word]:
    """Those words that may go on a cell: right beside its last word, or on the line below it."""
    last = so_far[-1]
    x0, _, x1, bottom = union(word.bbox for word in so_far)
    beside, below = [], []
    for word in words:
        if word.top >= bottom + last.size:
            continue
        if word in so_far or word.bold != last.bold or abs(word.size - last.size) > _SAME_SIZE:
            continue
        if abs(word.middle - last.middle) < _SAME_LINE * last.size:
            if -_NEXT_WORD_BEFORE <= word.x0 - last.x1 < _NEXT_WORD * last.size:
                beside.append(word)
        elif _is_below(word, (x0, bottom, x1), last.size):
            below.append(word)
    return beside + sorted(below, key=lambda word: (word.top, abs(word.x0 - x0)))
