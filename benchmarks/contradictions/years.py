"""What a report says of the year before, against that year's report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from contradictions.plan import Plan, Subject, number, plants


@plants("restated")
def other_value_of_then(subject: Subject) -> Iterator[Plan]:
    """The cell of the year before has another result than that year's report."""
    for measure_id, row, at in _cells_of_year_before(subject):
        yield _plan(subject, measure_id, row, at, swap=False)


@plants("year_differs")
def columns_exchanged(subject: Subject) -> Iterator[Plan]:
    """The cells of this year and of the one before stand in each other's columns."""
    for measure_id, row, at in _cells_of_year_before(subject):
        yield _plan(subject, measure_id, row, at, swap=True)


def _cells_of_year_before(subject: Subject) -> Iterator[tuple[str, object, tuple[int, int]]]:
    """Rows with a result of this year and of the one before that the report of then gives, too."""
    if subject.before is None:
        return
    then = {
        (subject.before.measure(o.measure_id).measure, o.sex): o.value
        for o in subject.before.extract.outcomes
        if o.outcome_year == subject.before.year and o.kind == "outcome" and o.area is None
    }
    for line in subject.extract.records:
        row, known = subject.row(line), then.get((line.measure, line.sex))
        if row is None or known is None or line.previous_value != known or line.review:
            continue
        if line.outcome_value is None or line.outcome_value == known:
            continue
        own, before = (
            [n for n, v in enumerate(row.values) if v.head.role == "result" and v.head.year == year]
            for year in (subject.year, subject.year - 1)
        )
        if len(own) == len(before) == 1:
            yield line.measure_id, row, (own[0], before[0])


def _plan(subject: Subject, measure_id: str, row, at: tuple[int, int], *, swap: bool) -> Plan:  # type: ignore[no-untyped-def]
    values = list(row.values)
    own, before = (values[n] for n in at)
    if swap:
        values[at[0]] = replace(own, cell=replace(own.cell, text=before.cell.text))
        values[at[1]] = replace(before, cell=replace(before.cell, text=own.cell.text))
    else:
        text = before.cell.text
        digit = next(n for n, c in enumerate(text) if c.isdigit())
        other = number((int(text[digit]) + 2) % 9 or 1)
        changed = text[:digit] + other + text[digit + 1 :]
        values[at[1]] = replace(before, cell=replace(before.cell, text=changed))
    changed_row = replace(row, values=tuple(values))
    return Plan(subject.with_rows((row, changed_row)), (measure_id,))
