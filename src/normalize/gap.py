"""How far a result is from its target, where the two can be compared."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from styrmatt.records import Record

_DECIMALS: Final = 9
"""Decimals that a difference keeps: printed figures have fewer, and more are the computer's own."""

_ANOTHER_SCALE: Final = 1000.0
"""Times that two bare figures differ from which one of them is printed in thousands or millions."""


def with_gap(record: Record) -> Record:
    """The record with its result minus its target, or with the reason why there is none."""
    reason = _reason(record)
    if reason is not None or record.outcome_value is None or record.target_value is None:
        return replace(record, gap=None, gap_reason=reason)
    gap = round(record.outcome_value - record.target_value, _DECIMALS)
    return replace(record, gap=gap + 0.0, gap_reason=None)


def _reason(record: Record) -> str | None:
    """Why result and target cannot be compared, see GAP_REASONS; None where they can."""
    if record.outcome_value is None:
        return "no_result"
    if record.target_value is None or record.target_kind == "direction":
        return "no_target"
    if record.target_is_change:
        return "target_is_change"
    units = {record.outcome_unit, record.target_unit}
    if len(units - {None}) > 1:
        return "units_differ"
    bare = units == {None} and record.outcome_source == "table"  # both stand in one row
    if None in units and not (bare and _of_one_scale(record.outcome_value, record.target_value)):
        return "unit_unknown"
    return "direction_unknown" if record.better is None else None


def _of_one_scale(one: float, other: float) -> bool:
    """Whether two figures without a unit may be levels of one: not 14 (million) and 13 900 000."""
    low, high = sorted((abs(one), abs(other)))
    return low == 0 or high < _ANOTHER_SCALE * low
