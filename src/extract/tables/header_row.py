"""Finds the header row of a table on a page by the layout's column headers.

A header cell may be broken anywhere (``Sty-`` / ``relse/`` / ``näm`` / ``nd``) and stand with or
without rulings, so it is put together word by word from what stands beside and below its start.
Lengths are in points, or in ems where they are multiplied with a font size.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import Final

from styrmatt.extract.model.page import Page
from styrmatt.extract.model.text_lines import Word, is_footnote, lines_of
from styrmatt.extract.tables.table_edges import ruled_edges
from styrmatt.geometry import overlaps, union
from styrmatt.layout import LayoutColumn, LayoutTable
from styrmatt.printed import Bbox
from styrmatt.whitespace import squeeze

_YEAR = re.compile(r"^20\d\d$")
_YEAR_BEGINS = "2"
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
_CELL_LEADING = 0.6
"""Ems: lines of one header cell lie nearer to each other than this; wide leading has half an em
between its lines, and a row's padding makes more."""
_MOST_QUALIFYING = 4
"""Words that qualify a label at most; a sentence goes on."""
_RULE_OFF = 1.5
"""Points by which a ruling may lie within the boxes of the words that it parts: the boxes of
letters are a little larger than what is drawn."""


UNKNOWN: Final = "unknown"
"""The field of a column whose header the layout does not know. Its cells are not read, but it keeps
them out of the columns beside it."""


@dataclass(frozen=True)
class Label:
    """A header cell: the field it stands for, the box of its words."""

    field: str
    bbox: Bbox
    words: tuple[Word, ...]
    unknown: tuple[Word, ...] = ()
    """Those of its words that are no part of the field's header, as a qualification below it."""

    @property
    def text(self) -> str:
        """Its words, line by line, with single spaces."""
        return " ".join(line.text for line in lines_of(self.words))


@dataclass(frozen=True)
class Header:
    """The header row of a table, labels of known fields from left to right.

    ``others`` are the labels of columns that the layout does not know, from left to right.
    """

    table: LayoutTable
    labels: tuple[Label, ...]
    others: tuple[Label, ...] = ()

    @cached_property
    def bbox(self) -> Bbox:
        """Box around all labels."""
        return union(label.bbox for label in self.cells)

    @property
    def size(self) -> float:
        """The font size of its labels, in points."""
        return self.labels[0].words[0].size

    @cached_property
    def cells(self) -> tuple[Label, ...]:
        """All labels from left to right, those of unknown columns too."""
        if not self.others:
            return self.labels
        return tuple(sorted((*self.labels, *self.others), key=lambda label: label.bbox[0]))

    @property
    def fields(self) -> tuple[str, ...]:
        """The known fields from left to right."""
        return tuple(label.field for label in self.labels)

    @property
    def years(self) -> tuple[int, ...]:
        """The years printed in the labels of known fields, as in that of targets."""
        words = (word for label in self.labels for word in label.words)
        return tuple(int(word.text) for word in words if _YEAR.match(word.text))

    @property
    def year(self) -> int | None:
        """The first of :attr:`years`, if any."""
        return next(iter(self.years), None)


def find_headers(
    page: Page, tables: Sequence[LayoutTable], year: str | None = None
) -> list[Header]:
    """All header rows of the given tables on the page, top to bottom, with their known labels.

    ``year`` is the report's, if it is known: where a column is printed for several years, it is
    read for that one.
    """
    found: list[Header] = []
    seen = set(page.letters)
    possible = [table for table in tables if _may_have(seen, table)]
    if not possible:  # as on most pages, and their words need no look
        return found
    words = _Words(page)
    for table in possible:
        labels = _labels_of(words, table)
        if labels is None:
            continue
        for anchor in _anchors(page, table, labels, year):
            header = _assemble(page, table, labels, anchor, year)
            if header is not None and not any(overlaps(header.bbox, h.bbox) for h in found):
                found.append(header)
    return sorted(found, key=lambda header: header.bbox[1])


def _may_have(seen: Set[str], table: LayoutTable) -> bool:
    """Whether the words of a page, as letters, may make up a header of each required column."""
    return not any(
        seen.isdisjoint(_beginnings(column.headers))
        for column in table.columns
        if not column.optional
    )


@lru_cache(maxsize=1024)  # the columns of some dozens of layouts
def _beginnings(headers: tuple[str, ...]) -> frozenset[str]:
    """The letters that the first words of headers can have, however they are broken."""
    wanted = [squeeze(header.replace("{year}", "")) for header in headers]
    return frozenset(letters[:end] for letters in wanted for end in range(1, len(letters) + 1))


class _Words:
    """The words of a page in its order, to be looked up by their first letter."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._by_letter: dict[str, list[tuple[int, Word, str]]] = {}
        self._signs: list[tuple[int, Word]] = []
        self._years: list[Word] = []
        for n, (word, letters) in enumerate(zip(page.words, page.letters, strict=True)):
            if letters:
                self._by_letter.setdefault(letters[0], []).append((n, word, letters))
            elif word.text in "/-":
                self._signs.append((n, word))
            if letters[:1] == _YEAR_BEGINS and _YEAR.match(word.text):
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


def _anchors(
    page: Page, table: LayoutTable, labels: Mapping[str, list[Label]], year: str | None
) -> list[Label]:
    """The labels of the required column that has the fewest: each may be part of one header."""
    required = [column.field for column in table.columns if not column.optional]
    fewest = min((labels[field] for field in required), key=len)
    if len(fewest) < 2:
        return fewest
    return sorted(fewest, key=lambda label: _rank(page, label, year))


def _rank(page: Page, label: Label, year: str | None) -> tuple[int, int]:
    """How little a label is the one to take among several of a column: the least one is.

    A whole header cell comes before words within a longer one ("deviation from the *target*"), one
    of the report's year before one without a year, and that before one of another year.
    """
    years = [word.text for word in label.words if _YEAR.match(word.text)]
    of_year = 1 if not years else 0 if year in years else 2
    return _place_in_cell(page, label), of_year if year is not None else 0


def _place_in_cell(page: Page, label: Label) -> int:
    """0 where the label is a whole header cell, 1 where it begins a longer one, 2 else."""
    x0, top, x1, bottom = label.bbox
    first = label.words[0]
    reach = _CELL_LEADING * first.size
    place = 0
    for word in page.words_at(top - reach - first.size, bottom + reach + first.size):
        if word in label.words:
            continue
        if touches(page, word, label.words):
            place = max(place, 2 if word.x0 < x0 else 1)
        alike = word.bold == first.bold and abs(word.size - first.size) <= _SAME_SIZE
        if not alike or word.x1 <= x0 or word.x0 >= x1:
            continue
        upper, lower = sorted([(word.top, word.bottom), (top, bottom)])
        if lower[0] - upper[1] < reach and not any(
            rule.start < x1 and rule.end > x0
            for rule in page.horizontals_within(upper[1] - _RULE_OFF, lower[0] + _RULE_OFF)
        ):
            place = max(place, 2 if word.top < top else 1)
    return place


def _assemble(
    page: Page,
    table: LayoutTable,
    labels: Mapping[str, list[Label]],
    anchor: Label,
    year: str | None,
) -> Header | None:
    chosen = [anchor]
    for column in table.columns:
        if column.field == anchor.field:
            continue
        near = [label for label in labels[column.field] if _in_row(label, anchor)]
        near = [
            label for label in near if not any(_overlaps_sideways(label, other) for other in chosen)
        ]
        if len(near) > 1:
            near.sort(key=lambda label: (*_rank(page, label, year), _distance(label, anchor)))
        if near:
            chosen.append(near[0])
        elif not column.optional:
            return None
    fields = {label.field for label in chosen}
    if table.distinguishing and not fields & set(table.distinguishing):
        return None
    ordered = tuple(sorted(chosen, key=lambda label: label.bbox[0]))
    unknown = _unknown(page, ordered)
    if unknown and _is_sentence(page, ordered, unknown):
        return None  # it happens to hold the words
    return Header(table, ordered)


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


def touches(page: Page, word: Word, words: Sequence[Word]) -> bool:
    """Whether a word stands beside one of the words as in a sentence, with no rule between."""
    gap = _WORD_SPACE * word.size
    return any(
        abs(w.middle - word.middle) < _SAME_LINE * w.size
        and word.x0 - w.x1 < gap
        and w.x0 - word.x1 < gap
        and not is_footnote(w, word)
        and not _is_parted(page, word, w)
        for w in words
    )


def _is_sentence(page: Page, labels: Sequence[Label], unknown: Sequence[Word]) -> bool:
    """Whether words beside the labels make a sentence of them and no header.

    A label may be qualified by some words ("target *(percent)*"), where rulings, shading or bold
    type show that the row is a header, and if they do not lead on to another label.
    """
    first = labels[0].words[0]
    is_header: bool | None = None
    for label in labels:
        rest, run = list(unknown), list(label.words)
        while beside := [word for word in rest if touches(page, word, run)]:
            run += beside
            rest = [word for word in rest if word not in beside]
        added = len(run) - len(label.words)
        if not added:
            continue
        if is_header is None:
            box = union(one.bbox for one in labels)
            is_header = first.bold or ruled_edges(page, box, first.size) is not None
        others = [word for other in labels if other is not label for word in other.words]
        leads_on = any(touches(page, word, others) for word in run[len(label.words) :])
        if not is_header or added > _MOST_QUALIFYING or leads_on:
            return True
    return False


def _is_parted(page: Page, one: Word, other: Word) -> bool:
    """Whether a vertical ruling stands between two words of a line."""
    left, right = sorted((one, other), key=lambda word: word.x0)
    return any(
        rule.orientation == "v"
        and left.x1 - _RULE_OFF <= rule.at <= right.x0 + _RULE_OFF
        and rule.start <= left.middle <= rule.end
        for rule in page.rulings
    )


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
        years = [
            year
            for year in _following(words.page, words.years(), so_far)
            if not _is_below_other(words.page, year, so_far)
        ]
        return (*so_far, years[0]) if years else None
    if len(so_far) >= _MOST_WORDS or not wanted.startswith(have):
        return None
    for word in _following(words.page, words.continuing(wanted[len(have) :]), so_far):
        found = _complete(words, (*so_far, word), wanted, with_year=with_year)
        if found:
            return found
    return None


def _is_below(word: Word, cell: tuple[float, float, float], size: float) -> bool:
    """Whether a word stands on the line below a cell (x0, bottom, x1) of that font size."""
    x0, bottom, x1 = cell
    next_line = -_NEXT_LINE_ABOVE * size < word.top - bottom < _NEXT_LINE_BELOW * size
    return next_line and word.x0 < x1 + _BELOW_CELL and word.x1 > x0 - _BELOW_CELL


def _is_below_other(page: Page, year: Word, so_far: tuple[Word, ...]) -> bool:
    """Whether a year beside a label is the next line of another label."""
    if abs(year.middle - so_far[-1].middle) >= _SAME_LINE * year.size:
        return False
    return any(
        0 <= year.top - word.bottom < _CELL_LEADING * year.size
        and word.bold == year.bold
        and abs(word.size - year.size) <= _SAME_SIZE
        and word.x0 < year.x1
        and word.x1 > year.x0
        and word not in so_far
        for word in page.words_at(year.top - year.size - _CELL_LEADING * year.size, year.top)
    )


def _following(page: Page, words: Iterable[Word], so_far: tuple[Word, ...]) -> list[Word]:
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
            near = -_NEXT_WORD_BEFORE <= word.x0 - last.x1 < _NEXT_WORD * last.size
            if near and not _is_parted(page, word, last):
                beside.append(word)
        elif _is_below(word, (x0, bottom, x1), last.size):
            below.append(word)
    return beside + sorted(below, key=lambda word: (word.top, abs(word.x0 - x0)))
