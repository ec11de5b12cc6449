"""The figures of one report as rows of ``observations``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from styrmatt.records import Extract, Observation, Outcome, Record


def observations_of(extract: Extract, *, partial: bool) -> tuple[Observation, ...]:
    """A row for each figure that the report states of a measure with a series.

    Of two figures for the same the one comes first that records show, then the one from a table,
    then the surer one. ``partial`` says that some of its pages were not read. Which row is to be
    preferred and which can be compared is for the register of all reports to say.
    """
    document = extract.document
    series = {row.measure_id: row.series_id for row in extract.measures if row.series_id}
    names = {row.measure_id: row.measure for row in extract.measures}
    whole = not partial and document.report_kind == "annual"
    return tuple(
        Observation(
            **figure,
            document_id=document.document_id,
            fiscal_year=document.fiscal_year,
            row_no=n,
            series_id=series[figure["measure_id"]],
            organisation=document.organisation,
            body=document.body,
            measure=names[figure["measure_id"]],
            whole=whole,
            preferred=False,
        )
        for n, figure in enumerate(_figures(extract), 1)
        if figure["measure_id"] in series
    )


def _figures(extract: Extract) -> Iterator[dict[str, Any]]:
    shown = {(r.measure_id, r.sex): (r.outcome_source, r.outcome_text) for r in extract.records}

    def order(outcome: Outcome) -> tuple[bool, bool, float]:
        is_shown = shown.get((outcome.measure_id, outcome.sex)) == (outcome.source, outcome.text)
        return not is_shown, outcome.source != "table", -outcome.score

    for outcome in sorted(extract.outcomes, key=order):
        yield from _of_outcome(outcome)
    for record in extract.records:
        yield from _of_target(record)


def _of_outcome(outcome: Outcome) -> Iterator[dict[str, Any]]:
    """The figure of an outcome, and the earlier one that it is compared with."""
    shared = {
        "measure_id": outcome.measure_id,
        "sex": outcome.sex,
        "area": outcome.area,
        "unit": outcome.unit,
        "source": outcome.source,
        "page": outcome.page,
        "review": outcome.review,
    }
    if outcome.value is not None:
        yield {
            **shared,
            "observation_id": outcome.outcome_id,
            "kind": outcome.kind,
            "observation_year": outcome.outcome_year,
            "period": outcome.period,
            "value": outcome.value,
        }
    if outcome.previous_value is not None:
        yield {
            **shared,
            "observation_id": f"{outcome.outcome_id}-previous",
            "kind": "previous",
            "observation_year": outcome.previous_year,
            "period": None,
            "value": outcome.previous_value,
        }


def _of_target(record: Record) -> Iterator[dict[str, Any]]:
    if record.target_value is None:
        return
    yield {
        "observation_id": f"{record.record_id}-target",
        "measure_id": record.measure_id,
        "sex": record.sex,
        "kind": "target",
        "observation_year": record.fiscal_year,
        "period": None,
        "area": None,
        "value": record.target_value,
        "unit": record.target_unit,
        "is_change": bool(record.target_is_change),
        "source": "table",
        "page": record.page,
        "review": record.review,
    }
