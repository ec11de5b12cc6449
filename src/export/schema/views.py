"""Views of the exported databases, in SQL that both DuckDB and SQLite understand."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from styrmatt.records import STATUSES


@dataclass(frozen=True, slots=True)
class View:
    """A view of a database."""

    name: str
    purpose: str
    """What a row stands for, in a sentence."""
    query: str
    needs: frozenset[str]
    """Datasets that the query reads."""


def views(datasets: Collection[str]) -> Iterator[View]:
    """The views that can be made from these datasets."""
    for view in (_records_by_year(), _series_over_years("series" in datasets)):
        if view.needs <= set(datasets):
            yield view


def _records_by_year() -> View:
    counts = ",\n  ".join(
        f"count(CASE WHEN status = '{status}' THEN 1 END) AS {status}" for status in STATUSES
    )
    query = f"""SELECT
  fiscal_year, organisation, body, document_id,
  count(DISTINCT measure_id) AS measures,
  count(*) AS entries,
  {counts},
  count(CASE WHEN status IS NULL THEN 1 END) AS unknown,
  count(outcome_value) AS with_result
FROM records
GROUP BY fiscal_year, organisation, body, document_id
ORDER BY fiscal_year, document_id"""
    return View(
        "records_by_year",
        "One row per report: its measures, entries and statuses.",
        query,
        frozenset({"records"}),
    )


def _series_over_years(has_register: bool) -> View:
    """A measure over the years; with the span of years of its series if there is a register."""
    extra_columns = ", s.first_year, s.last_year, s.predecessor_series_id" if has_register else ""
    join = "\nLEFT JOIN series s ON s.series_id = r.series_id" if has_register else ""
    query = f"""SELECT
  r.series_id, r.organisation, r.measure, r.board_code, r.sex, r.fiscal_year{extra_columns},
  r.target_text, r.target_value, r.target_unit, r.outcome_value, r.outcome_unit, r.outcome_year,
  r.status, r.trend, r.document_id, r.page, r.record_id
FROM records r{join}
WHERE r.series_id IS NOT NULL
ORDER BY r.series_id, r.sex, r.fiscal_year, r.document_id"""
    return View(
        "series_over_years",
        "One row per series, sex and year: targets, results, status and where they stand.",
        query,
        frozenset({"records"}),
    )
