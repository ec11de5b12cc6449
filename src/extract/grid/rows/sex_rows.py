"""Rows that are women, men or both of one measure: below its name, or with its name before each.

Such rows become lines of one measure. The word for the sex may be a row's whole name ("women",
"of whom men"), or the end of it ("sick leave, women", "waiting time M."). The end of a name is a
sex only where a row beside it has the same name with another one: a measure may be about women
alone. An abbreviation that stood so once is always one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from styrmatt.extract.headers.header_words import HeaderWords
from styrmatt.extract.tables.cells import EntryLine, TableCell, TableEntry, share_target
from styrmatt.vocabulary import Vocabulary
from styrmatt.whitespace import single_spaced, squeeze

_BULLET = re.compile(r"^[\s–—•·*-]+")
_END = re.compile(r"[\s,;:–—(-]+$")
_LONGEST_LETTERS = 2
"""Letters of an abbreviation for a sex without a full stop at most."""
_TOTAL = "T"
_FOR_ALL = ("status", "trend")
"""What stands once for all lines of a measure: it is the total's."""
_STROKE = "/"
"""Between two words for one sex: those for children and for adults."""


@dataclass(frozen=True)
class SexRows:
    """Joins the rows of one measure by the words for sexes.

    ``sexes`` are the words by code (T, K, M), ``endings`` short ones that only end a name, and
    ``leads`` words before a sex ("varav").
    """

    sexes: Mapping[str, Sequence[str]]
    endings: Mapping[str, Sequence[str]] = field(default_factory=dict)
    leads: Sequence[str] = ()
    told: set[str] = field(default_factory=set)
    """The abbreviations, as printed, that ended names beside others of the report so far."""

    @classmethod
    def of(
        cls, vocabulary: Vocabulary, words: HeaderWords, told: set[str] | None = None
    ) -> SexRows:
        """What joins them by the words of a vocabulary and of its headers."""
        rows = words.words.rows
        told = set() if told is None else told
        return cls(vocabulary.sexes, rows.sex_endings, rows.sex_leads, told)

    def joined(self, entries: Sequence[TableEntry]) -> list[TableEntry]:
        """The entries with the lines of one measure together, in their order."""
        out: list[TableEntry] = []
        self._note_abbreviations(entries)
        for n, entry in enumerate(entries):
            name = single_spaced(entry.text("measure"))
            if (sex := self.whole(name)) is not None:
                self._add(out, entry, sex)
                continue
            found = self.ending(name)
            if found is not None and (
                _printed_end(name, found[0]) in self.told or self._has_sibling(entries, n, found)
            ):
                self._add_named(out, entry, *found)
                continue
            out.append(entry)
        for entry in out:
            share_target(entry)
        for role in _FOR_ALL:
            _give_to_totals(out, role)
        return out

    def _note_abbreviations(self, entries: Sequence[TableEntry]) -> None:
        """Note the abbreviations for a sex by which names of rows beside each other differ."""
        for n, entry in enumerate(entries):
            name = single_spaced(entry.text("measure"))
            if (found := self.ending(name)) is not None:
                end = _printed_end(name, found[0])
                is_short = end.endswith(".") or len(end) <= _LONGEST_LETTERS
                if is_short and self._has_sibling(entries, n, found):
                    self.told.add(end)

    def take_rest(self, last: TableEntry, overleaf: list[TableEntry]) -> None:
        """Let rows for a sex at the top of a page be lines of the last measure of the page before.

        They are taken out of ``overleaf``.
        """
        while overleaf:
            sex = self.whole(single_spaced(overleaf[0].text("measure")))
            if sex is None or not last.text("measure"):
                return
            if _takes(last, sex):
                _add_line(last, overleaf.pop(0), sex)
            elif sex == _TOTAL and _fills_total(last, overleaf[0]):
                overleaf.pop(0)
            else:
                return
            share_target(last)

    def whole(self, name: str) -> str | None:
        """The sex that a row's whole name is; None where it is more."""
        text = _BULLET.sub("", name)
        for lead in self.leads:
            if text.casefold().startswith(f"{lead} "):
                text = text[len(lead) + 1 :]
        codes = {self._code_of(squeeze(part)) for part in _parts(text)}
        return codes.pop() if len(codes) == 1 else None

    def _code_of(self, squeezed: str) -> str | None:
        for code, words in self.sexes.items():
            if any(len(word) > 1 and squeeze(word) == squeezed for word in words):
                return code
        return None

    def begins_row(self, line: str) -> bool:
        """Whether a line is a sex, or a part of the measure above by its first word."""
        first, _, rest = _BULLET.sub("", line).casefold().partition(" ")
        return self.whole(line) is not None or (bool(rest) and first in self.leads)

    def ending(self, name: str) -> tuple[str, str] | None:
        """The name without the sex at its end, and that sex; None where it ends in none."""
        for code, words in self._ends():
            for word in words:
                text = name.rstrip(" )")
                if not text.casefold().endswith(word.casefold()):
                    continue
                base = self._without_other_word(text[: len(text) - len(word)], code)
                if base and base[-1] in " ,;:–—(-" and (stripped := _END.sub("", base)):
                    return stripped, code
        return None

    def _without_other_word(self, base: str, code: str) -> str:
        """A name's beginning without another word for the same sex and a stroke at its end."""
        start, stroke, _ = base.rpartition(_STROKE)
        if not stroke or base[len(start) + 1 :].strip():
            return base
        first = start.rstrip().rpartition(" ")
        return first[0] + first[1] if self._code_of(squeeze(first[2])) == code else base

    def _ends(self) -> Iterator[tuple[str, list[str]]]:
        for code, words in self.sexes.items():
            ends = [word for word in words if len(word) > 1] + list(self.endings.get(code, ()))
            yield code, sorted(ends, key=len, reverse=True)

    def _has_sibling(self, entries: Sequence[TableEntry], n: int, found: tuple[str, str]) -> bool:
        """Whether a row right beside has the same name with another sex, or with none."""
        base, code = found
        for other in (n - 2, n - 1, n + 1, n + 2):
            if not 0 <= other < len(entries):
                continue
            name = single_spaced(entries[other].text("measure"))
            theirs = self.ending(name)
            if theirs is not None and squeeze(theirs[0]) == squeeze(base) and theirs[1] != code:
                return True
            if squeeze(name) == squeeze(base):
                return True
        return False

    def _add(self, out: list[TableEntry], entry: TableEntry, sex: str) -> None:
        """Add a row that is a sex alone to the measure above it."""
        above = out[-1] if out and _is_under(out[-1], entry) else None
        if above is None and entry.heading is not None:
            above = _named(entry, entry.heading)
            out.append(above)
        if above is None or not self._is_measure(above):
            out.append(entry)
        elif _takes(above, sex):
            _add_line(above, entry, sex)
        elif sex != _TOTAL or not _fills_total(above, entry):
            out.append(entry)

    def _is_measure(self, entry: TableEntry) -> bool:
        """Whether an entry is no line for a sex whose measure stands on the page before."""
        return self.whole(single_spaced(entry.text("measure"))) is None

    def _add_named(self, out: list[TableEntry], entry: TableEntry, base: str, sex: str) -> None:
        """Add a row whose name ends in a sex to the measure of that name."""
        above = out[-1] if out else None
        if (
            above is None
            or squeeze(above.text("measure")) != squeeze(base)
            or not _takes(above, sex)
        ):
            cell = entry.cells["measure"]
            first = TableEntry({**entry.cells}, [], entry.review, entry.goal, entry.factor)
            first.goal_above, first.goal_is_lower = entry.goal_above, entry.goal_is_lower
            first.cells["measure"] = TableCell([base], cell.bbox, cell.page, cell.page_last)
            out.append(first)
            above = first
        _add_line(above, entry, sex)


def _printed_end(name: str, base: str) -> str:
    """What stands behind the beginning of a name, without the signs before it."""
    return name[len(base) :].lstrip(" ,;:–—(-").rstrip(" )")


def _parts(text: str) -> list[str]:
    """The words between strokes; the text alone where there are none."""
    return text.split(_STROKE) if _STROKE in text else [text]


def lines_of_measures(entries: Sequence[TableEntry]) -> list[TableEntry]:
    """Rows with a column for the sex as lines of measures: a new one begins where a sex recurs.

    The name may stand beside any of a measure's lines but all the last ones; two names are two
    measures.
    """
    begins_with_name = _begin_with_names(entries)
    out: list[TableEntry] = []
    for entry in entries:
        mine = {squeeze(line.text("sex")) for line in entry.lines} - {""}
        above = out[-1] if out else None
        if begins_with_name and entry.text("measure"):
            above = None
        if above is not None and mine and above.goal == entry.goal:
            theirs = {squeeze(line.text("sex")) for line in above.lines}
            names = {squeeze(one.text("measure")) for one in (above, entry)} - {""}
            if "" not in theirs and not mine & theirs and len(names) < len("KM"):
                _take_lines(above, entry)
                continue
        out.append(entry)
    return out


def _begin_with_names(entries: Sequence[TableEntry]) -> bool:
    """Whether the names stand beside the first lines of measures, which the table begins within.

    The lines at its top are then of a measure overleaf: they have no name, and the line behind each
    name has the letter of the first of them.
    """
    if len(entries) < len("KM") or entries[0].text("measure") or entries[-1].text("measure"):
        return False
    first = squeeze(entries[0].lines[0].text("sex"))
    behind = [
        squeeze(below.lines[0].text("sex"))
        for one, below in pairwise(entries)
        if one.text("measure")
    ]
    return bool(first) and len(behind) > 1 and set(behind) == {first}


def _take_lines(above: TableEntry, entry: TableEntry) -> None:
    above.lines += entry.lines
    above.review |= entry.review
    for role, cell in entry.cells.items():
        if role not in above.cells or not above.cells[role].lines:
            above.cells[role] = cell


def _give_to_totals(entries: Sequence[TableEntry], role: str) -> None:
    """Give the total what stands once for all lines of its measure, in a cell that is merged.

    It stands beside one of the lines in the middle, in each measure that has three or more. Lines
    that have marks of their own have them in some measure beside the first or last, too.
    """
    moves: list[tuple[EntryLine, EntryLine]] = []
    for entry in entries:
        filled = [n for n, line in enumerate(entry.lines) if _is_filled_with(line, role)]
        total = next((line for line in entry.lines if _sex_of(line) == _TOTAL), None)
        if not filled or len(entry.lines) < len("KMT"):
            continue
        if len(filled) > 1 or total is None or not 0 < filled[0] < len(entry.lines) - 1:
            return
        moves.append((entry.lines[filled[0]], total))
    for line, total in moves:
        if line is not total:
            nothing = total.cells.get(role) or TableCell([], line.bbox, line.page, line.page_last)
            total.cells[role], line.cells[role] = line.cells[role], nothing


def _is_filled_with(line: EntryLine, role: str) -> bool:
    return role in line.cells and _is_filled(line.cells[role])


def _sex_of(line: EntryLine) -> str:
    return squeeze(line.text("sex")).upper()


def _is_under(above: TableEntry, entry: TableEntry) -> bool:
    """Whether two rows stand under one goal, or one is named by the other's heading."""
    return above.goal == entry.goal or (
        entry.heading is not None and above.cells["measure"] is entry.heading
    )


def _named(entry: TableEntry, heading: TableCell) -> TableEntry:
    """A measure that a row over the whole width names, without lines."""
    outer = entry.outer_goal
    return TableEntry({"measure": heading}, [], set(entry.review), outer, entry.factor)


def _takes(above: TableEntry, sex: str) -> bool:
    """Whether a measure has no line yet for a sex; one without a letter is its total."""
    codes = {squeeze(line.text("sex")).upper() or _TOTAL for line in above.lines}
    return sex not in codes


def _fills_total(above: TableEntry, entry: TableEntry) -> bool:
    """Fill a measure's own line with the row for its total, where none prints what the other has.

    False, and nothing done, where a cell of both holds something.
    """
    if len(entry.lines) != 1:
        return False
    (total,) = entry.lines
    own = next(line for line in above.lines if squeeze(line.text("sex")).upper() in ("", _TOTAL))
    cells = {role: c for role, c in total.cells.items() if role != "sex" and _is_filled(c)}
    taken = [own.cells[role] for role in cells if role in own.cells]
    pairs = list(zip(own.values, total.values, strict=False))
    given = [_is_filled(theirs.cell) for _, theirs in pairs]
    taken += [mine.cell for (mine, _), is_given in zip(pairs, given, strict=True) if is_given]
    if not any(given) or len(own.values) != len(total.values) or any(map(_is_filled, taken)):
        return False
    own.cells.update(cells)
    own.values[:] = [pair[is_given] for pair, is_given in zip(pairs, given, strict=True)]
    above.review |= entry.review
    for role, cell in entry.cells.items():
        above.cells.setdefault(role, cell)
    return True


def _is_filled(cell: TableCell) -> bool:
    return bool(cell.lines or cell.marks)


def _add_line(above: TableEntry, entry: TableEntry, sex: str) -> None:
    """Add a row's line to a measure as its line for a sex."""
    for line in above.lines:
        line.cells.setdefault("sex", _letter(line.cells, above, _TOTAL))
    for line in entry.lines:
        line.cells["sex"] = _letter(line.cells, entry, sex)
        above.lines.append(line)
    for role, cell in entry.cells.items():
        if role != "measure" and role not in above.cells:
            above.cells[role] = cell


def _letter(cells: Mapping[str, TableCell], entry: TableEntry, sex: str) -> TableCell:
    own = cells.get("sex")
    if own is not None and own.lines:
        return own
    name = entry.cells["measure"]
    return TableCell([sex], name.bbox, name.page, name.page_last)
