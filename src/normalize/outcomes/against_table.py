"""Results that the text gives otherwise than the table: one of the two may be read wrongly.

A count of another order than all that the table has for its measure is of something else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from styrmatt.normalize.outcomes.candidate import OutcomeCandidate
from styrmatt.records import Outcome, Record

_REASON: Final = "outcome_differs"
_OTHER_ORDER: Final = 100.0
"""Times of a table's figures from which a count is of another order: figures of one measure differ
by ten times from one year to the next at most, and a whole from its rate by thousands."""
_HALF: Final = 0.5
_DIGITS: Final = 10
"""Significant digits of a figure that are looked at: more come from binary fractions."""
_SLACK: Final = 1e-9
"""For sums of binary fractions: less than any printed place."""


def without_other_counts(
    candidates: Iterable[OutcomeCandidate], in_tables: Sequence[Outcome]
) -> Iterator[OutcomeCandidate]:
    """The results of the text without bare counts that tables show to be of something else.

    All children are no result of "children per employee", though the sentence has its words.
    """
    sizes: dict[str, list[float]] = {}
    for row in in_tables:
        if row.area is None and row.value is not None and row.value > 0:
            sizes.setdefault(row.measure_id, []).append(row.value)
    for item in candidates:
        values = sizes.get(item.measure_id)
        bare = item.unit == "count" and item.value is not None and item.value > 0
        if values and bare and not _is_of_size(item.value or 0.0, values):
            continue
        yield item


def _is_of_size(value: float, values: Sequence[float]) -> bool:
    return min(values) <= _OTHER_ORDER * value and value <= _OTHER_ORDER * max(values)


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
