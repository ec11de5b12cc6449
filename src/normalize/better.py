"""Which way of a measure is better, where its own line does not say so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from styrmatt.records import Record
from styrmatt.sole_values import sole_values


def with_better(records: Iterable[Record], stated: Mapping[str, str]) -> tuple[Record, ...]:
    """The records with the way that is better, and what says so, where it was unknown.

    ``stated`` is what texts say in so many words, by measure. Else a result that missed its target
    tells: below the target and not met, higher is better. A result that met it tells nothing, as
    some reports call met what is nearly so. The words of the text must say that it was missed, or
    a mark in the row that has the result, too: a mark may be another line's than the result. Where
    lines of a measure tell different ways none is filled.
    """
    records = tuple(records)
    by_result = sole_values(
        (record.measure_id, way)
        for record in records
        if (way := _told_by_result(record)) is not None
    )
    return tuple(_with_better(record, stated, by_result) for record in records)


def _with_better(record: Record, stated: Mapping[str, str], by_result: Mapping[str, str]) -> Record:
    if record.better is not None:
        return record
    for source, ways in (("stated", stated), ("result", by_result)):
        if record.measure_id in ways:
            return replace(record, better=ways[record.measure_id], better_source=source)
    return record


def _told_by_result(record: Record) -> str | None:
    """The way that is better, as a result shows that missed its target; None where none does."""
    value, target = record.outcome_value, record.target_value
    said = {record.status, record.status_stated} - {None}
    in_one_row = record.outcome_source == "table" and record.status == "not_met"
    missed = said == {"not_met"} and (in_one_row or record.status_stated == "not_met")
    is_level = record.target_kind == "threshold" and not record.target_is_change
    if value is None or target is None or value == target or not (missed and is_level):
        return None
    if record.outcome_unit != record.target_unit or record.review:
        return None
    return "higher" if value < target else "lower"
