"""The rows of ``outcomes`` for what tables state in columns."""

from __future__ import annotations

from collections.abc import Iterable

from styrmatt.normalize.ids import UniqueIds
from styrmatt.normalize.measures.group_rows import MeasureDraft, values_of
from styrmatt.normalize.measures.result_cells import StatedValue
from styrmatt.records import Outcome


def table_outcomes(
    drafts: Iterable[MeasureDraft], ids: UniqueIds, document_id: str, fiscal_year: int
) -> tuple[Outcome, ...]:
    """A row for each stated value of the measures, in printed order."""
    return tuple(
        _row(draft.id, value, ids, document_id, fiscal_year)
        for draft in drafts
        for value in values_of(draft)
    )


def _row(
    measure_id: str, value: StatedValue, ids: UniqueIds, document_id: str, fiscal_year: int
) -> Outcome:
    year = None if value.year is None else str(value.year)
    return Outcome(
        outcome_id=ids.of(
            "o", measure_id, value.sex, "table", value.kind, year, value.period, value.area
        ),
        document_id=document_id,
        fiscal_year=fiscal_year,
        measure_id=measure_id,
        sex=value.sex,
        kind=value.kind,
        source="table",
        area=value.area,
        value=value.value,
        unit=value.unit,
        outcome_year=value.year,
        period=value.period,
        previous_value=value.previous_value,
        previous_year=value.previous_year if value.previous_value is not None else None,
        score=1.0,
        text=value.text,
        page=value.place.page,
        bbox=value.place.bbox,
        review=value.review,
    )
