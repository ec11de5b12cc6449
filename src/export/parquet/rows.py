"""Parquet files and Arrow tables read back as the row dataclasses of :mod:`styrmatt.records`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import is_dataclass
from pathlib import Path
from typing import Any

from styrmatt.errors import OutputError
from styrmatt.export.schema.columns import Column, columns_of, declared
from styrmatt.export.schema.versions import RENAMED, check_version, version_of


def read_rows(path: Path, dataset: str) -> tuple[Any, ...]:
    """The rows of a file; empty where the file does not exist (older runs wrote fewer datasets).

    Raises OutputError for a file that is not Parquet, is of another major schema version, or lacks
    a column that is required.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    if not path.exists():
        return ()
    try:
        with pq.ParquetFile(path) as file:
            check_version(version_of(file.metadata.metadata), path)
            table = _with_current_names(file.read(), dataset)
    except (pa.ArrowException, OSError) as error:
        raise OutputError(
            f"{path} is not a Parquet file that can be read.", hint="Run the report once more."
        ) from error
    try:
        return as_rows(table, dataset)
    except TypeError as error:
        raise OutputError(
            f"{path} lacks columns that this version of styrmatt needs.",
            hint="Run the report once more.",
        ) from error


def as_rows(table: Any, dataset: str) -> tuple[Any, ...]:
    """The rows of an Arrow table. Raises TypeError where it lacks a required column."""
    row_type = declared()[dataset]
    return tuple(_row(row_type, row) for row in table.to_pylist())


def _with_current_names(table: Any, dataset: str) -> Any:
    """The table with columns of older versions under the names that they have now."""
    current = {old: name for name, old in RENAMED.get(dataset, {}).items()}
    return table.rename_columns([current.get(name, name) for name in table.column_names])


def _row(row_type: type, row: Mapping[str, Any]) -> Any:
    """A dict as its dataclass; columns that an older file lacks have their defaults."""
    present = (column for column in columns_of(row_type) if column.name in row)
    return row_type(**{column.name: _value(column, row[column.name]) for column in present})


def _value(column: Column, value: Any) -> Any:
    if not isinstance(value, list):
        return value
    item_type: type = column.kind
    if is_dataclass(item_type):
        return tuple(_row(item_type, item) for item in value)
    return tuple(value)
