"""Rows of outcomes, and the outcome columns of the records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from styrmatt.normalize.ids import UniqueIds
from styrmatt.normalize.outcomes.candidate import OutcomeCandidate
from styrmatt.records import Outcome, Record

_AS_SURE = 0.05
"""How much less sure a further result of a measure may be."""
_SLACK = 0.5
"""What rounding may do to a total."""


def settle(found: Iterable[OutcomeCandidate], fiscal_year: int) -> list[OutcomeCandidate]:
    """The results of each measure and sex, with what other sentences add to them.

    The record gets one (:attr:`OutcomeCandidate.best`): of the latest year, then the surer one,
    then the first; an earlier year's becomes its previous value. A further result is kept where it
    is as surely the measure's: the same figure said again, one of another period, or another figure
    for the same year, which is for an auditor to see. A less sure one is most likely a neighbour's,
    and so is another count: two plans in the making beside six that are adopted.
    """
    settled: list[OutcomeCandidate] = []
    found = _plausible(list(found))
    groups: dict[tuple[str, str], list[OutcomeCandidate]] = {}
    for item in found:
        groups.setdefault((item.measure_id, item.sex), []).append(item)
    for items in groups.values():
        valued = [item for item in items if item.value is not None]
        if not valued:
            settled.append(_merged(items[0], items[1:]))
            continue
        best = min(valued, key=lambda f: (-_year(f, fiscal_year), -round(f.score, 2), f.order))
        further = [f for f in valued if f is not best and _is_further(f, best, fiscal_year)]
        older = [
            f
            for f in valued
            if f.year is not None and _year(f, fiscal_year) < _year(best, fiscal_year)
        ]
        if best.previous_value is None and older:
            last = max(older, key=lambda f: (f.year or 0, f.score))
            if last.unit == best.unit:
                best.previous_value, best.previous_year = last.value, last.year
                for sentence in last.text:
                    best.add(sentence)
        others = [item for item in items if item.value is None]
        settled.append(_merged(best, others))
        settled += [replace(item, best=False) for item in further]
    return sorted(settled, key=lambda item: (item.order, item.measure_id, item.sex))


def _is_further(item: OutcomeCandidate, best: OutcomeCandidate, fiscal_year: int) -> bool:
    """Whether a result is a further one of the year that the best is of, in words of its own."""
    if item.text == best.text or item.unit != best.unit:
        return False
    if _year(item, fiscal_year) != _year(best, fiscal_year):
        return False
    if item.value == best.value:
        return True
    periods = {item.period, best.period}
    apart = len(periods) == 2 and None not in periods
    return item.score > best.score - _AS_SURE and (item.unit != "count" or apart)


def _plausible(found: list[OutcomeCandidate]) -> list[OutcomeCandidate]:
    """Without totals that cannot be: shares lie between women and men, counts not below."""
    sexes: dict[str, dict[str, OutcomeCandidate]] = {}
    for item in found:
        if item.value is not None and item.sex != "T":
            best = sexes.setdefault(item.measure_id, {})
            if item.sex not in best or best[item.sex].score < item.score:
                best[item.sex] = item
    out = []
    for item in found:
        both = sexes.get(item.measure_id, {})
        if item.value is not None and item.sex == "T" and len(both) == 2:
            values = [b.value for b in both.values() if b.value is not None and b.unit == item.unit]
            counted = item.unit == "count"
            if values and (
                item.value < (max if counted else min)(values) - _SLACK
                or (not counted and item.value > max(values) + _SLACK)
            ):
                continue
        out.append(item)
    return out


def _year(found: OutcomeCandidate, fiscal_year: int) -> int:
    return fiscal_year if found.year is None else found.year


def _merged(best: OutcomeCandidate, others: Sequence[OutcomeCandidate]) -> OutcomeCandidate:
    for other in others:
        if other.status and best.status is None:
            best.status = other.status
            best.add(other.text[0])
        if other.change and best.change is None and best.previous_value is None:
            best.change = other.change
            best.amount = best.amount if best.amount is not None else other.amount
            best.add(other.text[0])
    return best


def outcome_rows(
    found: Iterable[OutcomeCandidate], document_id: str, fiscal_year: int
) -> tuple[Outcome, ...]:
    """The rows of the dataset."""
    ids = UniqueIds(document_id)
    return tuple(
        Outcome(
            outcome_id=ids.of("o", item.measure_id, item.sex, *item.text),
            document_id=document_id,
            fiscal_year=fiscal_year,
            measure_id=item.measure_id,
            sex=item.sex,
            value=item.value,
            unit=item.unit if item.value is not None else None,
            outcome_year=(item.year or fiscal_year)
            if item.value is not None or item.change
            else item.year,
            period=item.period,
            previous_value=item.previous_value,
            previous_year=item.previous_year,
            change=item.change,
            change_amount=item.amount,
            status_stated=item.status,
            score=round(item.score, 3),
            text=" ".join(item.text),
            page=item.page,
        )
        for item in found
    )


def with_outcomes(
    records: Iterable[Record], outcomes: Iterable[Outcome], found: Iterable[OutcomeCandidate]
) -> tuple[Record, ...]:
    """The records with the result that is stated for their very measure and sex."""
    found = list(found)
    by_key = {
        (row.measure_id, row.sex): row
        for row, item in zip(outcomes, found, strict=True)
        if item.best
    }
    ways: dict[str, set[str]] = {}
    for item in found:
        if item.better:
            ways.setdefault(item.measure_id, set()).add(item.better)
    better = {name: said.pop() for name, said in ways.items() if len(said) == 1}
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
    return replace(
        record,
        outcome_value=outcome.value,
        outcome_unit=outcome.unit,
        outcome_year=outcome.outcome_year,
        outcome_period=outcome.period,
        previous_value=outcome.previous_value,
        previous_year=outcome.previous_year,
        outcome_change=outcome.change,
        outcome_change_amount=outcome.change_amount,
        status_stated=outcome.status_stated,
        outcome_text=outcome.text,
        outcome_page=outcome.page,
        outcome_bbox=outcome.bbox,
    )
