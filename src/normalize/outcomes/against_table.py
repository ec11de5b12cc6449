"""Results that the text gives otherwise than the table: one of the two may be read wrongly."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from styrmatt.records import Outcome, Record

_REASON: Final = "outcome_differs"
_HALF: Final = 0.5
_DIGITS: Final = 10
"""Significant digits of a figure that are looked at: more come from binary fractions."""
_SLACK: Final = 1e-9
"""For sums of binary fractions: less than any printed place."""


def flag_differing(in_text: Iterable[Outcome], in_tables: Sequence[Outcome]) -> tuple[Outcome, ...]:
    """The results of the text, those flagged that a table has differently for the same thing."""
    by_key = {_key(row): row for row in in_tables if row.value is not None}
    return tuple(
        replace(row, review=(*row.review, _REASON))
        if (cell := by_key.get(_key(row))) is not None and _differs(row, cell)
        else row
        for row in in_text
    )


def flag_records(records: Iterable[Record], in_text: Iterable[Outcome]) -> tuple[Record, ...]:
    """The records whose result the text gives otherwise than the table, flagged."""
    differing = {(row.measure_id, row.sex) for row in in_text if _REASON in row.review}
    return tuple(
        replace(record, review=(*record.review, _REASON))
        if (record.measure_id, record.sex) in differing
        else record
        for record in records
    )


def _key(row: Outcome) -> tuple[str | int | None, ...]:
    return row.measure_id, row.sex, row.kind, row.area, row.outcome_year, row.period


def _differs(row: Outcome, cell: Outcome) -> bool:
    """Whether two figures are not one, whichever of the two is rounded more."""
    if row.value is None or cell.value is None:
        return False
    return abs(row.value - cell.value) > max(map(_half_step, (row.value, cell.value))) + _SLACK


def _half_step(value: float) -> float:
    """Half of the last place that a figure is printed with: 0.05 for 78.4, 0.5 for 80."""
    _, _, places = f"{value:.{_DIGITS}g}".partition(".")
    return _HALF * 10.0 ** -len(places)
