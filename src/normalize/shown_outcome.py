"""Which row of ``outcomes`` a record shows as its result."""

from __future__ import annotations

from collections.abc import Iterable

from styrmatt.records import Outcome, Record


def may_be_shown(outcome: Outcome, record: Record) -> bool:
    """Whether a row is a result of the record's own measure, sex and year."""
    return (
        (outcome.measure_id, outcome.sex) == (record.measure_id, record.sex)
        and outcome.kind == "outcome"
        and outcome.area is None
        and outcome.outcome_year in (None, record.fiscal_year)
    )


def shown_outcome(record: Record, outcomes: Iterable[Outcome]) -> Outcome | None:
    """The row whose result the record shows; None where it shows none."""
    stated = (record.outcome_source, record.outcome_text, record.outcome_page)
    return next(
        (
            outcome
            for outcome in outcomes
            if (outcome.measure_id, outcome.sex) == (record.measure_id, record.sex)
            and outcome.kind == "outcome"
            and (outcome.source, outcome.text, outcome.page) == stated
            and outcome.value == record.outcome_value
        ),
        None,
    )
