"""The rows of one report as its page shows them: filtered, grouped by goal, with their places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from styrmatt.export.store.select_rows import select_rows
from styrmatt.review.extract_index import ExtractIndex

PART: Final = 200
"""Lines that are shown at a time. The longest report so far has 117, so that a whole one is on one
page; a list of any length is a page of some hundred kilobytes."""
NONE: Final = "none"
"""Stands for null where a filter is chosen."""
FILTERS: Final = {
    "status": "status",
    "board": "board_code",
    "perspective": "perspective",
    "sex": "sex",
}
"""The filters by column of records."""
FLAGS: Final = ("doubt", "changed")
LINE_COLUMNS: Final = (
    *("record_id", "measure_id", "series_id", "goal_id", "success_factor_id", "document_id"),
    *("row_no", "perspective", "goal", "success_factor", "measure", "measure_kind", "board"),
    *("measure_number", "sex", "target_text", "target_value", "target_unit", "status"),
    *("status_text", "status_stated", "status_colour", "trend", "trend_text", "fulfilment"),
    *("comment", "responsible", "outcome_value", "outcome_unit", "outcome_year"),
    *("outcome_period", "outcome_source", "outcome_text", "outcome_page", "previous_value"),
    *("previous_year", "forecast_value", "forecast_unit", "gap", "gap_reason", "better"),
    *("page", "page_last", "page_label", "corrected", "verified", "review"),
)
_CHANGED_COLUMNS: Final = ("status", "target_text", "target_value", "outcome_value", "trend")
"""What counts as changed since the year before."""


@dataclass(frozen=True, slots=True)
class MeasureGroup:
    """A measure and those of its lines that are shown."""

    measure_id: str
    lines: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class FactorGroup:
    """A success factor and its measures."""

    name: str | None
    measures: tuple[MeasureGroup, ...]


@dataclass(frozen=True, slots=True)
class GoalGroup:
    """A goal and its success factors."""

    perspective: str | None
    name: str | None
    goal_id: str | None
    factors: tuple[FactorGroup, ...]


@dataclass(frozen=True, slots=True)
class RowChoice:
    """Which lines of a report are shown."""

    values: Mapping[str, str] = field(default_factory=dict)
    """The value wanted of a filter of :data:`FILTERS`; ``none`` for null."""
    flags: frozenset[str] = frozenset()
    """Of :data:`FLAGS`."""
    page: int | None = None
    """Only lines that stand on this page."""
    part: int = 1


@dataclass(frozen=True, slots=True)
class ChosenRows:
    """The lines that were chosen, one part of them."""

    lines: tuple[Mapping[str, Any], ...]
    total: int
    part: int

    @property
    def parts(self) -> int:
        """How many parts there are."""
        return max(-(-self.total // PART), 1)

    def goals(self) -> tuple[GoalGroup, ...]:
        """The lines by goal, success factor and measure, in the order of the report."""
        return tuple(
            GoalGroup(
                lines[0]["perspective"],
                lines[0]["goal"],
                lines[0]["goal_id"],
                tuple(
                    FactorGroup(
                        of_factor[0]["success_factor"],
                        tuple(
                            MeasureGroup(of_measure[0]["measure_id"], tuple(of_measure))
                            for of_measure in _runs(of_factor, "measure_id")
                        ),
                    )
                    for of_factor in _runs(lines, "success_factor_id")
                ),
            )
            for lines in _runs(self.lines, "goal_id")
        )


def choose_rows(
    index: ExtractIndex, document_id: str, choice: RowChoice, row: str | None = None
) -> ChosenRows:
    """The lines of a report that fit, the part with the record ``row`` if that is among them."""
    file = index.file("records", document_id)
    where: dict[str, Any] = {
        FILTERS[name]: (None if value == NONE else value,) for name, value in choice.values.items()
    }
    if choice.page is not None:
        where["page"] = (choice.page,)
    if choice.flags:
        where["record_id"] = _flagged(index, document_id, choice.flags)
    part = choice.part
    if row is not None:
        ids = [
            r["record_id"] for r in select_rows(file, "records", ("record_id",), where=where).rows
        ]
        part = ids.index(row) // PART + 1 if row in ids else part
    found = select_rows(
        file, "records", LINE_COLUMNS, where=where, offset=(part - 1) * PART, limit=PART
    )
    return ChosenRows(found.rows, found.total, part)


def filter_values(index: ExtractIndex, document_id: str) -> Mapping[str, Sequence[str]]:
    """The values that each filter can take in a report, in its order; ``none`` for null."""
    columns = tuple(FILTERS.values())
    rows = select_rows(index.file("records", document_id), "records", columns).rows
    return {
        name: tuple(dict.fromkeys(NONE if row[column] is None else row[column] for row in rows))
        for name, column in FILTERS.items()
    }


def page_of(index: ExtractIndex, document_id: str, record_id: str) -> int | None:
    """The page on which a record begins; None where there is no such record."""
    rows = select_rows(
        index.file("records", document_id), "records", ("page",), where={"record_id": (record_id,)}
    ).rows
    return rows[0]["page"] if rows else None


def pages_with_rows(index: ExtractIndex, document_id: str) -> tuple[int, ...]:
    """The pages on which records begin."""
    rows = select_rows(index.file("records", document_id), "records", ("page",)).rows
    return tuple(sorted({row["page"] for row in rows}))


def changed_since(index: ExtractIndex, document_id: str) -> Mapping[str, tuple[str, ...]]:
    """By record, what is another than in the report of the year before; empty without one."""
    before = index.previous(document_id)
    if before is None:
        return {}
    columns = ("record_id", "series_id", "sex", *_CHANGED_COLUMNS)
    old, new = (
        select_rows(index.file("records", id), "records", columns).rows
        for id in (before.document_id, document_id)
    )
    by_series = {(row["series_id"], row["sex"]): row for row in old}
    found = {}
    for row in new:
        other = by_series.get((row["series_id"], row["sex"]))
        names = tuple(name for name in _CHANGED_COLUMNS if other and row[name] != other[name])
        if names:
            found[row["record_id"]] = names
    return found


def _flagged(index: ExtractIndex, document_id: str, flags: Iterable[str]) -> set[str]:
    """The records that all of these flags hold of."""
    found: list[set[str]] = []
    if "doubt" in flags:
        file = index.file("records", document_id)
        rows = select_rows(file, "records", ("record_id", "review")).rows
        found.append({row["record_id"] for row in rows if row["review"]})
    if "changed" in flags:
        found.append(set(changed_since(index, document_id)))
    return set.intersection(*found) if found else set()


def _runs(rows: Sequence[Mapping[str, Any]], column: str) -> Iterator[list[Mapping[str, Any]]]:
    """The rows in runs of one value of a column."""
    run: list[Mapping[str, Any]] = []
    for row in rows:
        if run and run[-1][column] != row[column]:
            yield run
            run = []
        run.append(row)
    if run:
        yield run
