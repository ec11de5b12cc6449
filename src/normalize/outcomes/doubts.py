"""Why a person should look at a result that was found in the narrative and tied to a measure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from styrmatt.normalize.issues import IssueBook
from styrmatt.normalize.outcomes.candidate import OutcomeCandidate
from styrmatt.printed import Location
from styrmatt.records import Outcome, Record


@dataclass(frozen=True)
class OutcomeDoubt:
    """A review reason of the record that shows a result, and what is the matter in a sentence."""

    reason: str
    message: str


_FAR_POINTS: Final = 50
"""Percentage points between a share and its target or the year before, above which one is doubtful.

Shares of the samples and of real reports are at most some 40 points from their targets, as of a
target of 100 that is far off; a share of another thing lies anywhere."""
_FAR_TIMES: Final = 5
"""How many times one amount may be the other. Counts of events double or halve from year to year;
one that is of a part, or in thousands, is five or a thousand times less."""

OutcomeDoubts = dict[tuple[str, str], list[OutcomeDoubt]]
"""By measure and sex."""


def outcome_doubts(candidates: Iterable[OutcomeCandidate], fiscal_year: int) -> OutcomeDoubts:
    """The doubts by measure and sex; nothing for results that no other statement speaks against.

    ``candidates`` are the chosen ones (:func:`styrmatt.normalize.outcomes.rows.choose_results`).
    """
    groups: dict[tuple[str, str], list[OutcomeCandidate]] = {}
    for item in candidates:
        groups.setdefault((item.measure_id, item.sex), []).append(item)
    found: OutcomeDoubts = {}
    for key, items in groups.items():
        shown = next((item for item in items if item.is_primary), None)
        if shown is not None and shown.value is not None:
            doubts = list(_doubts(shown, items, fiscal_year))
            if doubts:
                found[key] = doubts
    return found


def _doubts(
    shown: OutcomeCandidate, all_of_it: Sequence[OutcomeCandidate], fiscal_year: int
) -> Iterator[OutcomeDoubt]:
    others = {
        item.value
        for item in all_of_it
        if item is not shown and item.value is not None and item.value != shown.value
    }
    if others:
        figures = ", ".join(f"{value:g}" for value in sorted(others))
        message = f"The text states {shown.value:g} and also {figures}; the record shows the first."
        yield OutcomeDoubt("outcome_of_several", message)
    if shown.year is not None and shown.year != fiscal_year:
        message = f"The result that the text states is of {shown.year}, not of {fiscal_year}."
        yield OutcomeDoubt("outcome_of_other_year", message)
    if _contradicts_change(shown):
        message = (
            f"The text says that it has {shown.change}, but compares {shown.value:g} with "
            f"{shown.previous_value:g}: the two may be the other way round."
        )
        yield OutcomeDoubt("outcome_compared", message)


def doubts_beside_targets(records: Iterable[Record]) -> OutcomeDoubts:
    """The doubts about results of the text that the table's own figures speak against."""
    found: OutcomeDoubts = {}
    for record in records:
        if record.outcome_source == "narrative" and record.outcome_value is not None:
            doubts = list(_beside_target(record, record.outcome_value))
            if doubts:
                found[record.measure_id, record.sex] = doubts
    return found


def _beside_target(record: Record, value: float) -> Iterator[OutcomeDoubt]:
    is_level = record.target_kind == "threshold" and not record.target_is_change
    units = {record.outcome_unit, record.target_unit}
    if is_level and None not in units and len(units) > 1:
        message = (
            f"The text states the result in {record.outcome_unit}, "
            f"the target is in {record.target_unit}."
        )
        yield OutcomeDoubt("outcome_unit_differs", message)
        return
    others = {"the year before": record.previous_value}
    if is_level and units != {None}:
        others["the target"] = record.target_value
    for what, other in others.items():
        if other is not None and _is_far(value, other, record.outcome_unit):
            message = f"The result that the text states, {value:g}, is far from {other:g}, {what}."
            yield OutcomeDoubt("outcome_far", message)
            return


def _is_far(value: float, other: float, unit: str | None) -> bool:
    """Whether a measure hardly has both values: shares far apart, or one many times the other."""
    if unit == "percent":
        return abs(value - other) > _FAR_POINTS
    if value <= 0 or other <= 0:
        return False
    return max(value, other) > _FAR_TIMES * min(value, other)


def joined(*found: OutcomeDoubts) -> OutcomeDoubts:
    """Doubts from several sides as one."""
    all_of_them: OutcomeDoubts = {}
    for doubts in found:
        for key, items in doubts.items():
            all_of_them[key] = [*all_of_them.get(key, []), *items]
    return all_of_them


def _contradicts_change(shown: OutcomeCandidate) -> bool:
    """Whether the two figures of a comparison differ the other way than its words say."""
    if shown.value is None or shown.previous_value is None or shown.change is None:
        return False
    rise = shown.value - shown.previous_value
    return {"increased": rise < 0, "decreased": rise > 0}.get(shown.change, False)


def with_reasons(outcomes: Iterable[Outcome], doubts: OutcomeDoubts) -> tuple[Outcome, ...]:
    """The results of the narrative with the doubts about their measure's result as reasons."""
    return tuple(
        replace(row, review=tuple(doubt.reason for doubt in found))
        if (found := doubts.get((row.measure_id, row.sex))) and row.value is not None
        else row
        for row in outcomes
    )


def with_doubts(
    records: Iterable[Record],
    doubts: OutcomeDoubts,
    issues: IssueBook,
) -> tuple[Record, ...]:
    """The records with the doubts about their results as review reasons; notes each as an issue."""
    return tuple(
        _with_doubts(record, doubts.get((record.measure_id, record.sex), ()), issues)
        for record in records
    )


def _with_doubts(record: Record, doubts: Sequence[OutcomeDoubt], issues: IssueBook) -> Record:
    if not doubts or record.outcome_value is None or record.outcome_source != "narrative":
        return record
    page = record.outcome_page
    for doubt in doubts:
        issues.note(
            "outcome_contested",
            doubt.message,
            record.outcome_text,
            None if page is None else Location(page, page),
            measure_id=record.measure_id,
            record_id=record.record_id,
        )
    return replace(record, review=(*record.review, *(doubt.reason for doubt in doubts)))
