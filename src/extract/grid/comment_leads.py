"""The words with which a report's comments below rows begin: each row's own has the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from styrmatt.extract.grid.table_span import GridLine
from styrmatt.extract.model.text_lines import PageLine


@dataclass
class CommentLeads:
    """Takes tables in order; knows which of the ``words`` led to comments between their rows.

    A text below a table that begins with another of them may be about all of its rows.
    """

    words: Sequence[str]
    _seen: set[str] = field(default_factory=set)

    def note(self, body: Sequence[GridLine]) -> None:
        """Take the lines of a table."""
        for one, below in pairwise(body):
            if not one.is_row and below.is_row and (lead := _lead(one.line)) in self.words:
                self._seen.add(lead)

    def begin(self, line: PageLine) -> bool:
        """Whether a line begins as comments between rows did."""
        return bool(self._seen) and _lead(line) in self._seen


def _lead(line: PageLine) -> str:
    """The word before a colon that a line begins with; empty where it has none."""
    first = line.words[0].text
    return first[:-1].casefold() if first.endswith(":") and len(line.words) > 1 else ""
