"""Checks of rows against their declarations, made before anything is written.

The normalize stage turns whatever a report holds into values that pass them, so a failure is a
defect of styrmatt and not of a report.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import is_dataclass
from itertools import chain
from typing import Any, Final

from styrmatt.errors import DefectError
from styrmatt.export.schema.columns import Column, columns, columns_of, key_columns
from styrmatt.printed import Bbox
from styrmatt.records import DATASETS, Extract

_MULTILINE_COLUMNS: Final = frozenset({"text"})
"""Columns whose text may hold line breaks, besides those of :func:`is_verbatim`."""
_INT32_LIMIT: Final = 2**31


def check_extract(extract: Extract, checked: Extract | None = None) -> None:
    """Raises DefectError with dataset, row and column of the first value that is not as declared.

    Rows that are the same objects as in an already ``checked`` extract are skipped; keys and the
    links between rows are always checked.
    """
    ids = {name: set(_column_values(extract, name)) for name in _id_columns()}
    checked_rows = (
        {id(row) for name in DATASETS for row in checked.rows(name)} if checked else set()
    )
    for dataset in DATASETS:
        keys: set[tuple[Any, ...]] = set()
        rows = extract.rows(dataset)
        fits = _all_fit(dataset, [row for row in rows if id(row) not in checked_rows])
        links = [column.name for column in columns(dataset) if column.name in ids]
        for number, row in enumerate(rows):
            where = f"{dataset}, row {number}"
            if not fits:
                check_row(dataset, row, where)
            _check_belongs(extract, row, where)
            _check_links(ids, links, row, where)
            key = tuple(getattr(row, name) for name in key_columns(dataset))
            if key in keys:
                raise DefectError(f"{where}: the key {key} is there twice.")
            keys.add(key)


def _all_fit(dataset: str, rows: Sequence[Any]) -> bool:
    """Whether no row can fail :func:`check_row`; False where that is not certain.

    Checks each distinct value of a column once, however many rows have it.
    """
    return all(
        _column_fits(column, [getattr(row, column.name) for row in rows])
        for column in columns(dataset)
    )


def _column_fits(column: Column, values: Sequence[Any]) -> bool:
    given = [value for value in values if value is not None]
    if len(given) < len(values) and not column.nullable:
        return False
    if column.is_list or column.kind is Bbox:
        if set(map(type, given)) - {tuple}:
            return False
        distinct = set(given) if column.kind is Bbox else set(chain.from_iterable(given))
    else:
        distinct = set(given)
    kinds = set(map(type, given if not column.is_list else chain.from_iterable(given)))
    allowed = {tuple} if column.kind is Bbox else {column.kind}
    if kinds - (allowed | {int} if column.kind is float else allowed):
        return False  # equal values of two types are one of a set
    try:
        for value in distinct:
            _check_column(column, (value,) if column.is_list else value, "")
    except DefectError:
        return False
    return True


def check_rows(dataset: str, rows: Sequence[Any]) -> None:
    """Raises DefectError for the first value of the rows that its column does not allow."""
    if not _all_fit(dataset, rows):
        for number, row in enumerate(rows):
            check_row(dataset, row, f"{dataset}, row {number}")


def check_row(dataset: str, row: Any, where: str) -> None:
    """Raises DefectError for the first value of ``row`` that its column does not allow."""
    for column in columns(dataset):
        _check_column(column, getattr(row, column.name), f"{where}, {column.name}")


def is_verbatim(name: str) -> bool:
    """Whether a column holds text with the line breaks and spaces of the report."""
    return name.endswith("_raw") or name == "raw_text"


def _check_column(column: Column, value: Any, where: str) -> None:
    if value is None:
        if not column.nullable:
            raise DefectError(f"{where}: a value is missing.")
    elif column.kind is Bbox:
        _check_box(value, where)
    elif column.is_list:
        if not isinstance(value, tuple):
            raise DefectError(f"{where}: {value!r} is no tuple.")
        for item in value:
            _check_value(column, item, where)
    else:
        _check_value(column, value, where)


def _check_value(column: Column, value: Any, where: str) -> None:
    allowed = (int, float) if column.kind is float else (column.kind,)
    if type(value) not in allowed:
        raise DefectError(f"{where}: {value!r} is not of type {column.type_name}.")
    if column.values is not None and value not in column.values:
        raise DefectError(f"{where}: {value!r} is not among {', '.join(column.values)}.")
    if isinstance(value, str):
        _check_text(column.name, value, where)
    elif isinstance(value, float) and not math.isfinite(value):
        raise DefectError(f"{where}: {value!r} is no number.")
    elif column.kind is int and not -_INT32_LIMIT <= value < _INT32_LIMIT:
        raise DefectError(f"{where}: {value!r} does not fit int32.")
    elif isinstance(column.kind, type) and is_dataclass(column.kind):
        for inner in columns_of(column.kind):
            _check_column(inner, getattr(value, inner.name), f"{where}.{inner.name}")


def _check_text(name: str, text: str, where: str) -> None:
    if not text.strip():
        raise DefectError(f"{where}: an empty text; missing is null.")
    if not unicodedata.is_normalized("NFC", text):
        raise DefectError(f"{where}: {text!r} is not NFC.")
    if is_verbatim(name):
        return
    lines = text.split("\n") if name in _MULTILINE_COLUMNS else [text]
    if any(line != " ".join(line.split()) for line in lines) or text != text.strip():
        raise DefectError(f"{where}: {text!r} is not single-spaced.")


def _check_box(value: Any, where: str) -> None:
    if not isinstance(value, tuple) or len(value) != 4 or not all(map(_is_finite, value)):
        raise DefectError(f"{where}: {value!r} is no box of x0, top, x1, bottom.")


def _is_finite(value: Any) -> bool:
    return type(value) in (int, float) and math.isfinite(value)


def _check_belongs(extract: Extract, row: Any, where: str) -> None:
    for name in ("document_id", "fiscal_year"):
        if getattr(row, name) != getattr(extract.document, name):
            raise DefectError(f"{where}, {name}: {getattr(row, name)!r} is another document's.")


def _check_links(ids: dict[str, set[Any]], links: Sequence[str], row: Any, where: str) -> None:
    for name in links:
        value = getattr(row, name)
        if value is not None and value not in ids[name]:
            raise DefectError(f"{where}, {name}: no row has the id {value!r}.")


def _id_columns() -> list[str]:
    """Names of key columns; in other datasets they are links."""
    return sorted({name for dataset in DATASETS for name in key_columns(dataset)})


def _column_values(extract: Extract, name: str) -> Iterator[Any]:
    """Values of a key column in the datasets that have it as their key."""
    for dataset in DATASETS:
        if name in key_columns(dataset):
            yield from (getattr(row, name) for row in extract.rows(dataset))
