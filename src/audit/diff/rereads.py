"""Compares two extracts of one report, row by row and column by column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any, Final, NamedTuple

from styrmatt.audit.diff.pairing import Pairing
from styrmatt.audit.diff.row_pairing import (
    IdMapping,
    is_equal,
    key_names,
    key_of,
    name_of,
    page_of,
    pair_rows,
    rows_with_places,
)
from styrmatt.audit.diff.texts import display_text
from styrmatt.differences import Change, RowCounts
from styrmatt.records import DATASETS, Document, Extract

RUN_COLUMNS: Final = (
    *("tool_version", "schema_version", "layout", "source_name", "source_sha256", "source_kind"),
    *("doc_version", "replaces"),
)
"""Columns of a document on how the extract was made, not on what the report says."""


_ROW_NUMBER: Final = "row_no"
"""The column of a row's place: a row more at the top would make all others differ."""


class _PlaceColumns(NamedTuple):
    """The columns that hold the page and the quote of another column."""

    page: str
    quote: str


_OUTCOME_PLACE: Final = _PlaceColumns("outcome_page", "outcome_text")
_PLACES_BY_PREFIX: Final = {
    "assessment": _PlaceColumns("assessment_page", "assessment_text"),
    "outcome": _OUTCOME_PLACE,
    "gap": _OUTCOME_PLACE,
    "previous": _OUTCOME_PLACE,
    "status_stated": _OUTCOME_PLACE,
    "target": _PlaceColumns("page", "target_raw"),
}
"""By the beginning of a column's name."""
_QUOTE_COLUMNS: Final = ("measure_raw", "goal", "success_factor", "text", "raw_text", "heading")

Columns = Mapping[str, Mapping[str, str]]
"""The columns of each dataset's file and their types."""


def diff_rereads(
    left: Extract, right: Extract, left_columns: Columns, right_columns: Columns
) -> tuple[list[Change], list[RowCounts]]:
    """The changes between two extracts of one report, and the counts of rows.

    A column that only one of the two files has is a difference of schema and is not compared.
    """
    ids = IdMapping()
    sides = [
        rows_with_places({name: side.rows(name) for name in ("measures", "records")})
        for side in (left, right)
    ]
    changes: list[Change] = []
    counts = []
    for dataset in DATASETS:
        rows = left.rows(dataset), right.rows(dataset)
        paired = _pair(dataset, *rows, ids)
        ids.add(paired.pairs)
        one_sided_columns = set(left_columns.get(dataset, ())) ^ set(right_columns.get(dataset, ()))
        for one, other in paired.pairs:
            changes += _pair_changes(
                dataset, one, other, one_sided_columns, ids, left, right, sides
            )
        changes += [_one_sided_change(dataset, row, sides[0], is_left=True) for row in paired.left]
        changes += [
            _one_sided_change(dataset, row, sides[1], is_left=False) for row in paired.right
        ]
        one_sided_counts = [
            sum(1 for c in changes if c.dataset == dataset and c.kind == kind)
            for kind in ("row_removed", "row_added")
        ]
        counts.append(
            RowCounts(dataset, len(rows[0]), len(rows[1]), len(paired.pairs), *one_sided_counts)
        )
    return changes, counts


def _pair(
    dataset: str, left: tuple[Any, ...], right: tuple[Any, ...], ids: IdMapping
) -> Pairing[Any]:
    """The rows of a dataset in pairs; the two documents form one, whatever their ids."""
    if dataset == "documents":
        return Pairing(((left[0], right[0]),), (), ())
    return pair_rows(left, right, ids)


def _pair_changes(
    dataset: str,
    one: Any,
    other: Any,
    one_sided_columns: set[str],
    ids: IdMapping,
    left: Extract,
    right: Extract,
    sides: list[dict[str, Any]],
) -> Iterator[Change]:
    keys = key_names(type(one))
    skipped = (
        one_sided_columns
        | set(keys)
        | {_ROW_NUMBER}
        | set(RUN_COLUMNS if dataset == "documents" else ())
    )
    if key_of(one) != key_of(other):
        field = ", ".join(keys)
        yield _change("id_changed", dataset, field, one, other, sides, key_of(one), key_of(other))
    for name in (f.name for f in fields(one)):
        if name in skipped or is_equal(name, one, other, ids):
            continue
        first, second = getattr(one, name), getattr(other, name)
        if dataset != "documents" and _is_inherited(name, first, second, left, right):
            continue
        yield _change("value", dataset, name, one, other, sides, first, second)


def _is_inherited(name: str, first: Any, second: Any, left: Extract, right: Extract) -> bool:
    """Whether a column repeats one of its document and differs only because that does."""
    if name not in Document.__dataclass_fields__:
        return False
    of_documents = getattr(left.document, name), getattr(right.document, name)
    return (first, second) == of_documents


def _change(
    kind: str,
    dataset: str,
    field: str,
    one: Any,
    other: Any,
    sides: list[dict[str, Any]],
    first: Any,
    second: Any,
) -> Change:
    places = [_place(row, field, side) for row, side in zip((one, other), sides, strict=True)]
    sex = getattr(other, "sex", None)
    return Change(
        kind=kind,
        dataset=dataset,
        series_id=_shared_series(one, other),
        old_id=key_of(one),
        new_id=key_of(other),
        old_name=_name(one, sides[0]),
        new_name=_name(other, sides[1]),
        sexes=(sex,) if sex and sex == getattr(one, "sex", None) else (),
        field=field,
        old=display_text(first),
        new=display_text(second),
        old_value=first if isinstance(first, float) else None,
        new_value=second if isinstance(second, float) else None,
        old_page=places[0][0],
        new_page=places[1][0],
        old_quote=places[0][1],
        new_quote=places[1][1],
    )


def _shared_series(one: Any, other: Any) -> str | None:
    ids = [getattr(row, "series_id", getattr(row, "goal_series_id", None)) for row in (one, other)]
    return ids[0] if ids[0] == ids[1] else None


def _one_sided_change(dataset: str, row: Any, side: dict[str, Any], *, is_left: bool) -> Change:
    page, quote = _place(row, "", side)
    sex = getattr(row, "sex", None)
    which = "old" if is_left else "new"
    values = {"id": key_of(row), "name": _name(row, side), "page": page, "quote": quote}
    return Change(
        kind="row_removed" if is_left else "row_added",
        dataset=dataset,
        sexes=(sex,) if sex else (),
        **{which: values["name"]},  # type: ignore[arg-type]
        **{f"{which}_{name}": value for name, value in values.items()},  # type: ignore[arg-type]
    )


def _row_with_place(row: Any, side: dict[str, Any]) -> Any:
    """The record or measure that a row without a page belongs to; else the row itself."""
    if page_of(row) is not None:
        return row
    for name in ("record_id", "measure_id"):
        if getattr(row, name, None) in side:
            return side[getattr(row, name)]
    return row


def _name(row: Any, side: dict[str, Any]) -> str | None:
    owner = side.get(getattr(row, "record_id", None) or getattr(row, "measure_id", None) or "")
    return name_of(owner if owner is not None else row)


def _place(row: Any, field: str, side: dict[str, Any]) -> tuple[int | None, str | None]:
    """The page and the quote that go with a column of a row."""
    placed = _row_with_place(row, side)
    prefix = next((start for start in _PLACES_BY_PREFIX if field.startswith(start)), None)
    page = quote = None
    if prefix is not None:
        columns = _PLACES_BY_PREFIX[prefix]
        page, quote = getattr(placed, columns.page, None), getattr(row, columns.quote, None)
    if quote is None:
        quote = next((text for n in _QUOTE_COLUMNS if (text := getattr(placed, n, None))), None)
    return page or page_of(placed), quote
