"""Columns of results of two years: ``Utfall 2022 (2021)`` over cells such as ``82 (79)``."""

from __future__ import annotations

import re
from typing import Final

from styrmatt.printed import ColumnHead

_BRACKET: Final = re.compile(r"\((?P<words>[^()\d]*)(?P<year>(?:19|20)\d\d)\s*\)\s*$")
_CELL: Final = re.compile(r"(?P<own>[^()]*)\((?P<earlier>[^()]*)\)\s*", re.DOTALL)
_YEAR: Final = re.compile(r"(?:19|20)\d\d")


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
