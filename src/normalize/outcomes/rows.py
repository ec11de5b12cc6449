"""Chooses the results of each measure, and makes their rows and the outcome columns of records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from styrmatt.normalize.ids import UniqueIds
from styrmatt.normalize.outcomes.candidate import OutcomeCandidate
from styrmatt.records import Outcome, Record
from styrmatt.sole_values import sole_values

_MAX_SCORE_DEFICIT: Final = 0.05
"""By how much less a further result of a measure may score than the one that records show.

As much as two measures may differ and still be hard to tell apart (MIN_LEAD of
:mod:`styrmatt.normalize.outcomes.weights`); a result that is less sure is mostly a neighbour's.
"""
_ROUNDING_SLACK: Final = 0.5
"""By how much a total may lie outside of what women and men allow, in the result's unit.

Printed figures are rounded to whole numbers at the coarsest; each may be off by half of one.
"""


def choose_results(
    candidates: Iterable[OutcomeCandidate], fiscal_year: int
) -> list[OutcomeCandidate]:
    """The results of each measure and sex, with what other sentences add to them.

    One is primary (:attr:`OutcomeCandidate.is_primary`), the one records show: of the latest year,
    then the highest score, then the first. An earlier year's becomes its previous value. A further
    result of the same year is kept if it is the same figure, or scores nearly as high and is not a
    count of the same period, so that an audit sees that the report states two. Others are dropped:
    a lower score, or a second count ("two plans are being made" beside "six are adopted"), mostly
    belongs to another measure.
    """
    chosen: list[OutcomeCandidate] = []
    groups: dict[tuple[str, str], list[OutcomeCandidate]] = {}
    for item in _without_impossible_totals(list(candidates)):
        groups.setdefault((item.measure_id, item.sex), []).append(item)
    for items in groups.values():
        valued = [item for item in items if item.value is not None]
        if not valued:
            chosen.append(_merged(items[0], items[1:]))
            continue
        primary = min(valued, key=lambda c: (-_year(c, fiscal_year), -round(c.score, 2), c.order))
        further = [c for c in valued if c is not primary and _is_further(c, primary, fiscal_year)]
        _add_previous(primary, valued, fiscal_year)
        chosen.append(_merged(primary, [item for item in items if item.value is None]))
        chosen += [replace(item, is_primary=False) for item in further]
    return sorted(chosen, key=lambda item: (item.order, item.measure_id, item.sex))


def _add_previous(
    primary: OutcomeCandidate, valued: Sequence[OutcomeCandidate], fiscal_year: int
) -> None:
    """Make the latest of the earlier years' results the previous one, where none is stated."""
    earlier = [
        c
        for c in valued
        if c.year is not None and _year(c, fiscal_year) < _year(primary, fiscal_year)
    ]
    if primary.previous_value is not None or not earlier:
        return
    latest = max(earlier, key=lambda c: (c.year or 0, c.score))
    if latest.unit == primary.unit:
        primary.previous_value, primary.previous_year = latest.value, latest.year
        for sentence in latest.sentences:
            primary.add_sentence(sentence)


def _is_further(item: OutcomeCandidate, primary: OutcomeCandidate, fiscal_year: int) -> bool:
    """Whether a result is a further one of the primary one's year, from another sentence."""
    if item.sentences == primary.sentences or item.unit != primary.unit:
        return False
    if _year(item, fiscal_year) != _year(primary, fiscal_year):
        return False
    if item.value == primary.value:
        return True
    periods = {item.period, primary.period}
    other_period = len(periods) == 2 and None not in periods
    as_sure = item.score > primary.score - _MAX_SCORE_DEFICIT
    return as_sure and (item.unit != "count" or other_period)


def _without_impossible_totals(candidates: list[OutcomeCandidate]) -> list[OutcomeCandidate]:
    """Drop totals that women and men rule out: a share outside of theirs, a count below either."""
    by_sex: dict[str, dict[str, OutcomeCandidate]] = {}
    for item in candidates:
        if item.value is not None and item.sex != "T":
            best = by_sex.setdefault(item.measure_id, {})
            if item.sex not in best or best[item.sex].score < item.score:
                best[item.sex] = item
    return [c for c in candidates if not _is_impossible(c, by_sex.get(c.measure_id, {}))]


def _is_impossible(total: OutcomeCandidate, by_sex: dict[str, OutcomeCandidate]) -> bool:
    if total.value is None or total.sex != "T" or len(by_sex) != 2:
        return False
    values = [c.value for c in by_sex.values() if c.value is not None and c.unit == total.unit]
    if not values:
        return False
    if total.unit == "count" and total.is_sum:
        return total.value < max(values) - _ROUNDING_SLACK
    return not min(values) - _ROUNDING_SLACK <= total.value <= max(values) + _ROUNDING_SLACK


def _year(candidate: OutcomeCandidate, fiscal_year: int) -> int:
    return fiscal_year if candidate.year is None else candidate.year


def _merged(candidate: OutcomeCandidate, others: Sequence[OutcomeCandidate]) -> OutcomeCandidate:
    """The candidate with the first status and change of others, where it has none."""
    for other in others:
        if other.status and candidate.status is None:
            candidate.status = other.status
            candidate.add_sentence(other.sentences[0])
        if other.change and candidate.change is None and candidate.previous_value is None:
            candidate.change = other.change
            if candidate.change_amount is None:
                candidate.change_amount = other.change_amount
            candidate.add_sentence(other.sentences[0])
    return candidate


def outcome_rows(
    candidates: Iterable[OutcomeCandidate], ids: UniqueIds, document_id: str, fiscal_year: int
) -> tuple[Outcome, ...]:
    """The rows of the dataset ``outcomes``, one for each candidate."""
    return tuple(
        Outcome(
            outcome_id=ids.of("o", item.measure_id, item.sex, *item.sentences),
            document_id=document_id,
            fiscal_year=fiscal_year,
            measure_id=item.measure_id,
            sex=item.sex,
            value=item.value,
            unit=item.unit if item.value is not None else None,
            outcome_year=(item.year or fiscal_year)
            if item.value is not None or item.change or item.in_words
            else item.year,
            period=item.period,
            previous_value=item.previous_value,
            previous_year=item.previous_year,
            change=item.change,
            change_amount=item.change_amount,
            status_stated=item.status,
            score=round(item.score, 3),
            text=" ".join(item.sentences),
            page=item.page,
            bbox=item.bbox,
        )
        for item in candidates
    )


def with_outcomes(
    records: Iterable[Record], outcomes: Iterable[Outcome], candidates: Iterable[OutcomeCandidate]
) -> tuple[Record, ...]:
    """The records with the primary result of their measure and sex, and which way is better.

    ``outcomes`` are the rows of ``candidates``, in the same order.
    """
    candidates = list(candidates)
    by_key = {
        (row.measure_id, row.sex): row
        for row, item in zip(outcomes, candidates, strict=True)
        if item.is_primary
    }
    better = sole_values((item.measure_id, item.better) for item in candidates if item.better)
    return tuple(
        _with_outcome(
            record, by_key.get((record.measure_id, record.sex)), better.get(record.measure_id)
        )
        for record in records
    )


def _with_outcome(record: Record, outcome: Outcome | None, better: str | None) -> Record:
    if better and record.better is None:
        record = replace(record, better=better, better_source="stated")
    if outcome is None:
        return record
    record = replace(record, status_stated=outcome.status_stated)
    if record.outcome_source == "table" and record.outcome_value is not None:
        agrees = outcome.value is None or outcome.value == record.outcome_value
        return _with_what_text_adds(record, outcome) if agrees else record
    if outcome.value is not None and _is_of_older_year(outcome):
        return _with_previous(record, outcome)
    record = _with_what_text_adds(record, outcome)
    if outcome.value is None and record.outcome_text is not None:
        return record
    return replace(
        record,
        outcome_value=outcome.value,
        outcome_unit=outcome.unit,
        outcome_year=outcome.outcome_year,
        outcome_period=outcome.period,
        outcome_source="narrative",
        outcome_text=outcome.text,
        outcome_page=outcome.page,
        outcome_bbox=outcome.bbox,
    )


def _is_of_older_year(outcome: Outcome) -> bool:
    return outcome.outcome_year is not None and outcome.outcome_year < outcome.fiscal_year


def _with_what_text_adds(record: Record, outcome: Outcome) -> Record:
    """The record with the change and the earlier result that the text states, where it has none."""
    if record.previous_value is None and outcome.previous_value is not None:
        record = replace(
            record,
            previous_value=outcome.previous_value,
            previous_year=outcome.previous_year,
        )
    if record.outcome_change is None:
        record = replace(
            record,
            outcome_change=outcome.change,
            outcome_change_amount=outcome.change_amount,
        )
    return record


def _with_previous(record: Record, outcome: Outcome) -> Record:
    """The record with a result of an older year, which is never its own, as the earlier one."""
    if record.previous_value is not None:
        return record
    return replace(
        record,
        previous_value=outcome.value,
        previous_year=outcome.outcome_year,
        outcome_unit=outcome.unit,
    )
