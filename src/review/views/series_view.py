"""A measure or goal over the years: its figures, marks and wordings, and where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from styrmatt.export.store.select_rows import select_rows
from styrmatt.pipeline.use_cases.show import SeriesHistory, history
from styrmatt.records import SEXES
from styrmatt.review.messages import Messages
from styrmatt.review.views.joined_series import ALONE, joined_series, register_file
from styrmatt.review.views.view import (
    NotFoundError,
    PageView,
    Query,
    Table,
    Workspace,
    whole_number,
)

_LISTED: Final = 150
"""Series that are listed at a time: some screens to scroll."""
_OBSERVATIONS: Final = "observations/observations.parquet"
_FIGURES: Final = (
    *("series_id", "organisation", "sex", "observation_year", "period", "kind", "area"),
    *("value", "unit", "is_change", "document_id", "page", "preferred", "comparable"),
)
_LIST_COLUMNS: Final = (
    *("series_id", "kind", "organisation", "name", "names", "first_year", "last_year"),
    "predecessor_series_id",
)


@dataclass(frozen=True, slots=True)
class YearFigures:
    """What a series has for one year and sex."""

    series_id: str
    organisation: str
    year: int
    sex: str
    result: float | None
    result_page: int | None
    result_document: str | None
    target: float | None
    unit: str | None
    status: str | None
    earlier_definition: bool
    """Whether it is of the series that this one took the place of."""


def measures(
    workspace: Workspace, query: Query, say: Messages, at_a_time: int = _LISTED
) -> PageView:
    """All measures and goals over the years. ``q`` limits them by words, ``kind`` to one kind."""
    rows = _listed_series(workspace)
    words = (query.get("q") or "").casefold().split()
    kind, organisation = query.get("kind"), query.get("organisation")
    found = [
        row
        for row in rows
        if (kind in (None, "", row["kind"]))
        and (organisation in (None, "", row["organisation"]))
        and any(all(word in name.casefold() for word in words) for name in row["names"])
    ]
    found.sort(key=lambda r: (r["organisation"], r["kind"] != "goal", r["names"][-1].casefold()))
    part = whole_number(query.get("part"), 1) or 1
    values = {
        "series": found[(part - 1) * at_a_time : part * at_a_time],
        "total": len(found),
        "part": part,
        "parts": max(-(-len(found) // at_a_time), 1),
        "q": query.get("q", ""),
        "kind": kind,
        "organisation": organisation,
        "organisations": sorted({row["organisation"] for row in rows}),
    }
    table = Table("series", _LIST_COLUMNS, [[row[c] for c in _LIST_COLUMNS] for row in found])
    return PageView("measures.html.j2", say("measures.title"), values, table)


def _listed_series(workspace: Workspace) -> list[dict[str, Any]]:
    """The series of the register that have a part in a report that is shown."""
    file = register_file(workspace.root)
    if not workspace.index.is_selection:
        return list(select_rows(file, "series", _LIST_COLUMNS).rows)
    shown = workspace.index.reports().keys()
    return [
        row
        for row in select_rows(file, "series", (*_LIST_COLUMNS, "members")).rows
        if any(member["document_id"] in shown for member in row["members"])
    ]


def series(workspace: Workspace, series_id: str, query: Query, say: Messages) -> PageView:
    """One measure or goal. ``with`` names series that are joined to it. Raises NotFoundError."""
    found = history(workspace.root, series_id)
    if found is None:
        raise NotFoundError(series_id)
    together = joined_series(workspace, found.series, query.get("with"))
    figures = figures_of(workspace, found, together.ids)
    values: dict[str, Any] = {
        "history": found,
        "series": found.series,
        "is_goal": found.series.kind == "goal",
        "figures": figures,
        "has_chart": _has_chart(found, figures),
        "reports": workspace.index.reports(),
        "partial": workspace.index.is_selection,
        "together": together,
        "joined": together.ids,
        "alone": ALONE,
    }
    header = ("organisation", "year", "sex", "target", "result", "unit", "status", "series_id")
    rows: list[tuple[Any, ...]] = [
        (f.organisation, f.year, f.sex, f.target, f.result, f.unit, f.status, f.series_id)
        for f in figures
    ]
    if found.series.kind == "goal":
        rows = [
            (
                found.series.organisation,
                a.fiscal_year,
                None,
                None,
                None,
                None,
                line.status,
                series_id,
            )
            for a in found.appearances
            for line in a.lines
        ]
    return PageView(
        "series.html.j2", found.series.names[-1], values, Table(series_id, header, rows)
    )


def figures_of(
    workspace: Workspace, found: SeriesHistory, joined: Sequence[str] = ()
) -> tuple[YearFigures, ...]:
    """The figures of a series by year and sex, those of its predecessor and joined ones included.

    Of several reports that say one figure, it is that of the preferred one; amounts of change are
    no levels and left out.
    """
    before = found.predecessor.series_id if found.predecessor else None
    ids = [found.series.series_id, *([before] if before else []), *joined]
    rows = select_rows(
        workspace.root / _OBSERVATIONS, "observations", _FIGURES, where={"series_id": ids}
    ).rows
    levels = [
        row
        for row in rows
        if row["preferred"]
        and row["area"] is None
        and row["period"] is None
        and not row["is_change"]
        and row["observation_year"] is not None
    ]
    statuses: dict[tuple[str, int, str], str | None] = {}
    whose: dict[str, str] = {}
    for history_of in (found, *(history(workspace.root, id) for id in ids[1:])):
        if history_of is not None:
            statuses |= _statuses(history_of)
            whose[history_of.series.series_id] = history_of.series.organisation
    keys = {(r["series_id"], r["observation_year"], r["sex"]) for r in levels} | statuses.keys()
    of_key: dict[tuple[str, int, str], list[dict[str, Any]]] = {}
    for row in levels:
        of_key.setdefault((row["series_id"], row["observation_year"], row["sex"]), []).append(row)
    found_figures = [
        _year_figures(key, of_key.get(key, ()), statuses.get(key), before, whose) for key in keys
    ]
    return tuple(
        sorted(
            found_figures,
            key=lambda f: (
                f.series_id in joined,
                f.organisation,
                f.year,
                SEXES.index(f.sex),
                f.series_id,
            ),
        )
    )


def _statuses(found: SeriesHistory) -> dict[tuple[str, int, str], str | None]:
    """The mark of each year and sex; of the latest report of the year."""
    return {
        (found.series.series_id, appearance.fiscal_year, line.sex): line.status
        for appearance in found.appearances
        for line in appearance.lines
        if line.sex is not None
    }


def _year_figures(
    key: tuple[str, int, str],
    rows: Iterable[dict[str, Any]],
    status: str | None,
    before: str | None,
    whose: Mapping[str, str],
) -> YearFigures:
    series_id, year, sex = key
    by_kind = {row["kind"]: row for row in rows}
    result = by_kind.get("outcome") or by_kind.get("previous")
    target = by_kind.get("target")
    any_row = result or target
    return YearFigures(
        series_id=series_id,
        organisation=any_row["organisation"] if any_row else whose.get(series_id, ""),
        year=year,
        sex=sex,
        result=result["value"] if result else None,
        result_page=result["page"] if result else None,
        result_document=result["document_id"] if result else None,
        target=target["value"] if target else None,
        unit=(result or target or {}).get("unit"),
        status=status,
        earlier_definition=series_id == before,
    )


def _has_chart(found: SeriesHistory, figures: Sequence[YearFigures]) -> bool:
    if found.series.kind == "goal":
        return any(line.status for a in found.appearances for line in a.lines)
    return any(f.result is not None or f.target is not None for f in figures)
