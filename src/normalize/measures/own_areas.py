"""Which columns of figures are of the organisation itself, though their headers name its place.

Reports that compare regions or municipalities head their own figures with their own short name:
"Dalarna 2020" beside "Uppsala 2020". Whose a column is the report's identity says.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from styrmatt.normalize.issues import IssueBook
from styrmatt.printed import ColumnHead, Row
from styrmatt.swedish.publishers import PublisherNames
from styrmatt.whitespace import single_spaced, squeeze

_OF_A_COUNTY: Final = 2
"""Digits of a county's code; those of municipalities have more."""


@dataclass(frozen=True)
class OwnAreas:
    """Knows the names of one organisation: its own, and where it has a code those of its place."""

    organisation: str
    code: str | None
    names: PublisherNames

    def with_own(self, rows: Sequence[Row], issues: IssueBook) -> list[Row]:
        """The rows; what stands below the organisation's own name is of no area.

        A table is noted whose results are all of others.
        """
        found: list[Row] = []
        for _, group in groupby(rows, key=lambda row: row.table_no):
            of_table = list(group)
            heads = [value.head for row in of_table for value in row.values]
            areas = dict.fromkeys(head.area for head in heads if head.area)
            own = {area for area in areas if self._is_own(area, areas)}
            found += [_of_no_area(row, own) for row in of_table] if own else of_table
            self._note_others(of_table, heads, own, issues)
        return found

    def _is_own(self, area: str, areas: Iterable[str]) -> bool:
        """Whether an area is the organisation; ``areas`` are all that the table's headers name."""
        if squeeze(area) == squeeze(self.organisation):
            return True
        codes = self.names.codes(area)
        if self.code is None or self.code not in codes:
            return False
        if len(codes) == 1:
            return True
        # A region and a municipality of it may have one name: the others say which of them it is.
        others = [found for one in areas if one != area and (found := self.names.codes(one))]
        return not others or any(_is_county(code) == _is_county(self.code) for code in _all(others))

    def _note_others(
        self, rows: Sequence[Row], heads: Iterable[ColumnHead], own: set[str], issues: IssueBook
    ) -> None:
        """Note a table whose results are all of others, of whom one is named as it might be."""
        results = {head.text: head.area for head in heads if head.role == "result"}
        areas = set(results.values())
        named = [area for area in areas if area and self.names.codes(area)]
        if own or None in areas or not named:
            return
        columns = ", ".join(map(single_spaced, results))
        message = (
            f"No column of results is of {self.organisation} by its header: {columns}. They are "
            "kept as results of others."
        )
        issues.note("unknown_header", message, columns, rows[0].place)


def _is_county(code: str) -> bool:
    return len(code) == _OF_A_COUNTY


def _all(groups: Iterable[Iterable[str]]) -> list[str]:
    return [one for group in groups for one in group]


def _of_no_area(row: Row, own: set[str]) -> Row:
    values = tuple(
        replace(value, head=replace(value.head, area=None)) if value.head.area in own else value
        for value in row.values
    )
    return replace(row, values=values)
