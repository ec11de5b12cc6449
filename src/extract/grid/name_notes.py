"""What stands below a measure's name in the same cell: its definition, a comment, or a value.

A label on a line of its own or a colon leads to it: "Definition"; or the name is bold, and
sentences in plain type follow it. Both may be wider than the cells of other rows. A value has its
label before it: "Senaste värdet: 71 % (2020)".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, Literal

from styrmatt.extract.grid.columns.grid_columns import GridColumns
from styrmatt.extract.grid.headers.chains import chains_of
from styrmatt.extract.grid.table_span import GridLine
from styrmatt.extract.headers.header_vocabulary import RowWords
from styrmatt.extract.model.page import Page
from styrmatt.extract.model.text_lines import PageLine, Word

_SAME_CELL: Final = 0.6
"""Ems: a wider gap between two lines parts two cells."""
_BELOW_NAME: Final = 1.2
"""Ems between a name and a label on a line of its own at most: its paragraph may have space above.
"""
_FEWEST_LETTERS: Final = 3
"""Letters of a word behind which a full stop ends a sentence: shorter ones are abbreviations."""
_FEWEST_SENTENCE: Final = 16
"""Characters of the shortest sentence."""
_RULE_COVERS: Final = 0.5
"""Share of a line's width that a ruling above it covers, if it parts two cells."""

_Role = Literal["comment", "source", "value"]


def with_notes(
    page: Page,
    columns: GridColumns,
    lines: Sequence[GridLine],
    words: RowWords,
    is_value: Callable[[str], bool] = lambda _: False,
) -> list[GridLine]:
    """The lines, those below names in the same cell with their ``note``; top to bottom.

    ``is_value`` says of a line whether it is a value behind its label. Figures beside them are
    lines of their own: cells may stand in the middle of a row's height.
    """
    out: list[GridLine] = []
    notes = _Notes(page, columns, words, is_value)
    for n, one in enumerate(lines):
        above = lines[n - 1] if n else None
        found = notes.parts(one, above, lines[n:])
        if found[0].note and out and not out[-1].note and not out[-1].is_row:
            notes.mark_name(out)
        out += found
    return out


@dataclass
class _Notes:
    """Takes the lines of a table, top to bottom; knows whether a note goes on."""

    page: Page
    columns: GridColumns
    words: RowWords
    is_value: Callable[[str], bool] = lambda _: False
    _open: tuple[_Role, int, PageLine] | None = None
    """What is open: its role, the column of the names, its last line."""
    _has_row: bool = False
    """Whether the row's other cells stand at or above the note's last line."""

    def parts(
        self, one: GridLine, above: GridLine | None, rest: Sequence[GridLine]
    ) -> list[GridLine]:
        """The line, in two where it is a note with other cells beside it."""
        if self._open is not None and self._goes_on(one, self._open[2]):
            role, column, _ = self._open
        else:
            self._open = None
            if above is None or (begun := self._begun(one, above, rest)) is None:
                return [one]
            role, column = begun
            self._has_row = above.is_row
        chains = chains_of(self.page, one.line)
        own = [w for c in chains if self._column(c) == column for w in c]
        if not own:
            self._has_row = True
            return [one]
        line = PageLine(tuple(own))
        self._open = (role, column, line)
        note = GridLine(line, frozenset([column]), wide=False, note=role)
        others = tuple(w for c in chains if self._column(c) != column for w in c)
        if not others and not one.has_marks:
            return [note]
        self._has_row = True
        if not others:
            return [replace(note, has_marks=True)]
        return [note, replace(one, line=PageLine(others), columns=one.columns - {column})]

    def mark_name(self, above: list[GridLine]) -> None:
        """Mark the last lines as those of the name that a note stands below."""
        for n in range(len(above) - 1, -1, -1):
            one = above[n]
            below = above[n + 1].line if n + 1 < len(above) else one.line
            if one.is_row or one.wide or one.note or not self._same_cell(one.line, below):
                break
            above[n] = replace(one, has_note=True)

    def _column(self, chain: Sequence[Word]) -> int | None:
        """The column in which words begin: they may run over its bound."""
        return self.columns.column_of(chain[0].x0, chain[0].x1)

    def _goes_on(self, one: GridLine, last: PageLine) -> bool:
        is_value = self._open is not None and self._open[0] == "value"
        if is_value or (one.is_row and self._has_row) or one.line.words[0].bold:
            return False
        return self._same_cell(last, one.line)

    def _begun(
        self, one: GridLine, above: GridLine, rest: Sequence[GridLine]
    ) -> tuple[_Role, int] | None:
        """The role and column of the note that a line below another begins; else None."""
        chain = chains_of(self.page, one.line)[0]
        column = self._column(chain)
        names = [c for c in chains_of(self.page, above.line) if self._column(c) == column]
        if column is None or not names or above.wide:
            return None
        label = PageLine(tuple(chain))
        role = None if one.wide else self._labelled(label)
        is_alone = role in ("comment", "source") and ":" not in label.text.rstrip()[:-1]
        gap = _BELOW_NAME if is_alone else _SAME_CELL
        if not self._same_cell(above.line, one.line, gap):
            return None
        if role is not None:
            return role, column
        bold = all(word.bold for word in names[0]) and not any(word.bold for word in chain)
        is_note = bold and above.is_row and not one.is_row and chain[0].text[:1].isupper()
        return ("comment", column) if is_note and self._is_sentence(rest) else None

    def _labelled(self, line: PageLine) -> _Role | None:
        """The role of what the label says that a line is, or begins with; None without one."""
        if self.is_value(line.text):
            return "value"
        label, colon, _ = line.text.partition(":")
        word = label.strip().casefold()
        if not label[:1].isupper() or word not in self.words.definition:
            return None
        is_comment = word in self.words.comment
        return None if is_comment and colon else "comment" if is_comment else "source"

    def _is_sentence(self, lines: Sequence[GridLine]) -> bool:
        """Whether the first lines, as far as they are of one cell, end a sentence."""
        text = lines[0].line.text
        for above, one in pairwise(lines):
            if one.is_row or one.line.words[0].bold or not self._same_cell(above.line, one.line):
                break
            text += " " + one.line.text
        ends = (word for word in text.split() if word.endswith((".", "!")))
        return len(text) >= _FEWEST_SENTENCE and any(len(w) > _FEWEST_LETTERS for w in ends)

    def _same_cell(self, above: PageLine, line: PageLine, gap: float = _SAME_CELL) -> bool:
        """Whether neither a gap, of so many ems, nor a ruling parts two lines."""
        if not 0 <= line.top - above.top <= above.size + (1 + gap) * line.size:
            return False
        if line.top - above.bottom > gap * line.size:
            return False
        width = line.x1 - line.x0
        return not any(
            above.middle_height < rule.at < line.middle_height
            and min(rule.end, line.x1) - max(rule.start, line.x0) > _RULE_COVERS * width
            for rule in self.page.horizontals_within(above.middle_height, line.middle_height)
        )
