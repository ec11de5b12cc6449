"""What the texts below measures' names are: comments, or what the measures mean.

A text in the name's cell is a comment where no other is. Where a row of its own below a measure
comments on it as well, the texts in such cells say what the measures of the table mean.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from styrmatt.extract.headers.header_vocabulary import RowWords
from styrmatt.extract.model.text_lines import PageLine
from styrmatt.extract.tables.cells import TableCell, TableEntry
from styrmatt.geometry import union

_FIGURE = r"(?:[^\W\d_]+ )?[<>≤≥=≈~±]*\s*[-–−+]?\d[\d  .,]*?(?:\s*[^\W\d]{1,12}\.?|\s*%)?"
"""A figure with its limit and unit: "minst 85 %", "<3,0"."""
_YEAR = r"(?:19|20)\d\d"
_OF_YEAR = rf"(?:{_FIGURE}\s*\({_YEAR}\)|\(?{_YEAR}\)?\s*[:=]\s*{_FIGURE})"
_FIGURES_OF_YEARS = re.compile(rf"\s*{_OF_YEAR}(?:\s*[,;/|–—-]?\s*{_OF_YEAR})*\s*[.,;]?\s*")
_FEWEST_TEXTS = 2
"""Texts in rows of their own below a measure, the first of which may be its definition."""


def is_figures_of_years(text: str) -> bool:
    """Whether text is nothing but figures, each with its year: "85 % (2024), 90 % (2025)"."""
    return _FIGURES_OF_YEARS.fullmatch(text) is not None


@dataclass
class BelowNames:
    """Takes the texts below the names of one table, and the comments in rows of their own."""

    words: RowWords
    _texts: list[tuple[TableEntry, TableCell]] = field(default_factory=list)
    """Texts in cells of names that may be comments, or say what measures mean."""
    _rows: list[tuple[TableEntry, TableCell]] = field(default_factory=list)

    def note(self, entry: TableEntry, lines: Sequence[PageLine], role: str, page: int) -> None:
        """Take the text below a name; one that is certain to be no comment is the source."""
        label = lines[0].text.strip(" :").casefold()
        if label in self.words.definition:
            lines = lines[1:]
        figures = [line for line in lines if is_figures_of_years(line.text)]
        texts = [line for line in lines if line not in figures]
        if role == "comment" and texts:
            self._texts.append((entry, _cell(texts, page)))
            lines = figures
        if lines:
            _add_source(entry, _cell(lines, page))

    def note_row(self, entry: TableEntry, cell: TableCell) -> None:
        """Take a comment in a row of its own below a measure."""
        self._rows.append((entry, cell))

    def settle(self, add_comment: Callable[[TableEntry, TableCell], None]) -> None:
        """Add the texts to the entries, top to bottom; ``add_comment`` adds a comment to one."""
        commented = {id(entry) for entry, _ in self._rows}
        explain = any(
            id(entry) in commented and not self._is_led(cell) for entry, cell in self._texts
        )
        for entry, cell in self._texts:
            if explain and not self._is_led(cell):
                _add_source(entry, cell, first=True)
            else:
                add_comment(entry, cell)
        explained = {self._lead(cell) for entry, cell in self._rows if self._explains(entry, cell)}
        firsts: set[int] = set()
        for entry, cell in self._rows:
            if id(entry) not in firsts and self._lead(cell) in explained:
                _add_source(entry, cell)
            else:
                add_comment(entry, cell)
            firsts.add(id(entry))

    def _lead(self, cell: TableCell) -> str:
        return "".join(cell.lines[:1]).partition(":")[0].strip().casefold()

    def _explains(self, entry: TableEntry, cell: TableCell) -> bool:
        """Whether a row's text says what a measure means, before another row comments on it.

        A word for definitions leads to it, which may be one for comments as well; figures of years
        are in it, or a word for comments alone leads to the other text.
        """
        own = [other for one, other in self._rows if one is entry]
        is_led = self._lead(cell) in self.words.definition
        if own[0] is not cell or len(own) < _FEWEST_TEXTS or not is_led:
            return False
        return any(map(is_figures_of_years, cell.lines)) or any(map(self._is_led, own[1:]))

    def _is_led(self, cell: TableCell) -> bool:
        """Whether a text begins with a word for comments that is none for definitions."""
        colon, word = ":" in cell.lines[0], self._lead(cell)
        known = word in self.words.comment and word not in self.words.definition
        return known and (colon or len(cell.lines) > 1)


def _cell(lines: Sequence[PageLine], page: int) -> TableCell:
    box = union(line.bbox for line in lines)
    return TableCell([line.text for line in lines], box, page, page)


def _add_source(entry: TableEntry, cell: TableCell, *, first: bool = False) -> None:
    """Add to what an entry says about its measure, before or behind what it says already."""
    own = entry.cells.setdefault("source", cell)
    if own is not cell:
        own.lines = [*cell.lines, *own.lines] if first else [*own.lines, *cell.lines]
        own.bbox = union([own.bbox, cell.bbox])
