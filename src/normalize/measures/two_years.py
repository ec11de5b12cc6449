"""Cells of results of two years, the earlier one in brackets: ``82 (79)``, ``82 (2021: 79)``.

The header says of which year the second figure is (``Utfall 2022 (2021)``), or the cell, or a
sentence of the report: "The figures in brackets are those of 2021."
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from styrmatt.printed import ColumnHead

_BRACKET: Final = re.compile(r"\((?P<words>[^()\d]*)(?P<year>(?:19|20)\d\d)\s*\)\s*$")
_CELL: Final = re.compile(r"(?P<own>[^()]*)\((?P<earlier>[^()]*)\)\s*", re.DOTALL)
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+")
_LONGEST: Final = 200
"""Characters of the longest sentence that explains brackets."""


def year_in_brackets(head: ColumnHead) -> int | None:
    """The earlier year whose results a header says to stand in brackets; None where it does not.

    Words beside it in the bracket have to stand before the bracket as well: a result of 2022
    ``(enligt enkäten 2021)`` is one result.
    """
    found = _BRACKET.search(head.text)
    if found is None or head.role != "result" or head.year is None:
        return None
    before = head.text[: found.start()]
    repeated = set(found["words"].casefold().split()) <= set(before.casefold().split())
    in_period = head.period is not None and _YEAR.search(head.period) is not None
    year = int(found["year"])
    earlier = year < head.year and str(head.year) in before
    return year if repeated and earlier and not in_period else None


def split_at_brackets(text: str) -> tuple[str, str] | None:
    """What stands before the brackets of a cell and within them; None where it has no one pair."""
    found = _CELL.fullmatch(text)
    return (found["own"].strip(), found["earlier"].strip()) if found else None


def year_of_brackets(texts: Iterable[str], words: Sequence[str], year: int) -> int | None:
    """The earlier year of which the texts say that figures in brackets are; None where none does.

    ``words`` are those for brackets, ``year`` is the report's own. Sentences with another year
    beside it, and sentences that name different years, say nothing.
    """
    found = {
        frozenset(map(int, _YEAR.findall(sentence)))
        for text in texts
        if any(word in text for word in words)
        for sentence in _SENTENCE.split(text)
        if len(sentence) <= _LONGEST and any(word in sentence for word in words)
    }
    years = {one for named in found for one in named}
    return years.pop() if len(years) == 1 and max(years) < year else None
