"""The same measure in other organisations: joined by an indicator of Kolada, or by a person."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from styrmatt.export.store.select_rows import select_rows
from styrmatt.records import Series
from styrmatt.review.views.view import Workspace
from styrmatt.whitespace import squeeze

MOST_JOINED: Final = 6
"""Other series that are drawn into a chart at most: more lines cannot be told apart."""
ALONE: Final = "none"
"""Stands in an address for no other series."""
_REGISTER: Final = "series/series.parquet"
_COLUMNS: Final = ("series_id", "organisation", "names")


@dataclass(frozen=True, slots=True)
class JoinedSeries:
    """What is drawn and listed together with a series, and what could be."""

    indicators: tuple[str, ...]
    """The ids of Kolada's indicators that its measures name."""
    joined: tuple[Mapping[str, Any], ...]
    others: tuple[Mapping[str, Any], ...]
    """Series of other organisations of the same indicator or name."""
    is_chosen: bool
    """Whether a person chose what is joined."""

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the joined series."""
        return tuple(row["series_id"] for row in self.joined)

    def with_series(self, series_id: str) -> str:
        """The ids in an address that joins one more."""
        return ",".join((*self.ids, series_id)[-MOST_JOINED:])

    def without_series(self, series_id: str) -> str:
        """The ids in an address that leaves one out."""
        return ",".join(id for id in self.ids if id != series_id) or ALONE


def register_file(root: Path) -> Path:
    """The file of the register of series below a root."""
    return root / _REGISTER


def joined_series(workspace: Workspace, series: Series, asked: str | None = None) -> JoinedSeries:
    """What is joined with a series: ``asked`` names ids, else those of the same indicator are."""
    indicators = _indicators_of(workspace, series.series_id)
    same_indicator = _of_indicators(workspace, indicators)
    rows = select_rows(
        register_file(workspace.root), "series", _COLUMNS, where={"kind": (series.kind,)}
    ).rows
    elsewhere = [row for row in rows if row["organisation"] != series.organisation]
    names = set(map(squeeze, series.names))
    alike = [
        row
        for row in elsewhere
        if row["series_id"] in same_indicator or not names.isdisjoint(map(squeeze, row["names"]))
    ]
    wanted: Collection[str] = same_indicator
    if asked:
        wanted = [part for part in asked.split(",") if part != series.series_id]
    joined = _first([r for r in rows if r["series_id"] in wanted], series.series_id)
    if not asked:
        joined = [row for row in joined if row["organisation"] != series.organisation]
    ids = {row["series_id"] for row in joined}
    others = _first([row for row in alike if row["series_id"] not in ids], series.series_id)
    return JoinedSeries(tuple(sorted(indicators)), tuple(joined), tuple(others), bool(asked))


def _first(rows: Sequence[Mapping[str, Any]], own: str) -> list[Mapping[str, Any]]:
    """The first of some rows by organisation, the series itself left out."""
    others = [row for row in rows if row["series_id"] != own]
    return sorted(others, key=lambda r: (r["organisation"], r["series_id"]))[:MOST_JOINED]


def _indicators_of(workspace: Workspace, series_id: str) -> set[str]:
    reports = workspace.index.reports().values()
    return {id for report in reports for id, ids in report.kolada.items() if series_id in ids}


def _of_indicators(workspace: Workspace, indicators: Iterable[str]) -> set[str]:
    """The series whose measures name one of these indicators."""
    wanted = set(indicators)
    if not wanted:
        return set()
    reports = workspace.index.reports().values()
    return {
        series_id
        for report in reports
        for id, ids in report.kolada.items()
        if id in wanted
        for series_id in ids
    }
