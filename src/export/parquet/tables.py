"""Rows as Arrow tables: made, written as Parquet files, and hashed."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from styrmatt.export.parquet.arrays import array_of
from styrmatt.export.schema.columns import arrow_schema, key_columns

if TYPE_CHECKING:
    import pyarrow as pa

_HASHED_ROWS: Final = 1000
"""Rows turned into Python objects at a time for hashing. Any number gives the same hash: a small
one makes many calls into Arrow, a large one holds many rows in memory."""
ROW_NUMBER: Final = "row_no"
"""The column of a row's place in its report."""
_PAGE_CHECK_ROWS: Final = 128
"""Rows after which the Parquet writer checks whether a data page is full. Texts are long, so that
at pyarrow's 1024 rows a page grows far beyond its limit of 1 MiB and a reader of one row loads it
whole. The number decides where pages end, hence the bytes of every file."""


def to_table(dataset: str, rows: tuple[Any, ...]) -> pa.Table:
    """The rows as an Arrow table with the declared schema, in the order of the report.

    Rows of a dataset without such an order, the register of series, are sorted by its key columns.
    """
    import pyarrow as pa

    schema = arrow_schema(dataset)
    if ROW_NUMBER in schema.names:
        ordered = sorted(numbered(rows), key=lambda row: row.row_no)
    else:
        keys = key_columns(dataset)
        ordered = sorted(rows, key=lambda row: tuple(getattr(row, key) for key in keys))
    arrays = [
        array_of([_arrow_value(getattr(row, field.name)) for row in ordered], field.type)
        for field in schema
    ]
    return pa.table(arrays, schema=schema)


def numbered(rows: tuple[Any, ...]) -> tuple[Any, ...]:
    """The rows with their places in the order given, from 1; numbered ones stay as they are."""
    if all(row.row_no for row in rows):
        return rows
    return tuple(dataclasses.replace(row, row_no=n) for n, row in enumerate(rows, 1))


def write_file(table: pa.Table, path: Path) -> None:
    """Write a table with the settings of all dataset files: equal rows give equal bytes."""
    import pyarrow.parquet as pq

    pq.write_table(
        table,
        path,
        compression="zstd",
        write_page_index=True,
        write_statistics=True,
        write_batch_size=_PAGE_CHECK_ROWS,
    )


def content_hash(table: pa.Table) -> str:
    """SHA-256 (hex) of a table's column names and values, whatever wrote the file that holds them.

    docs/RUNS.md defines it line by line; it can be recomputed without pyarrow.
    """
    digest = RowsHash(table.column_names)
    for rows in table.to_batches(max_chunksize=_HASHED_ROWS):
        digest.add(rows)
    return digest.hexdigest()


class RowsHash:
    """The content hash of a table that arrives in batches."""

    def __init__(self, column_names: Sequence[str]) -> None:
        self._digest = hashlib.sha256(_canonical_json(column_names))

    def add(self, rows: pa.Table | pa.RecordBatch) -> None:
        """Add the next rows."""
        for row in rows.to_pylist():
            self._digest.update(b"\n" + _canonical_json(list(row.values())))

    def hexdigest(self) -> str:
        """The hash of all rows added so far."""
        return self._digest.hexdigest()


def _arrow_value(value: Any) -> Any:
    """A value as :func:`array_of` takes it: tuples as lists, dataclasses as dicts."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, tuple):
        return [_arrow_value(item) for item in value]
    return dataclasses.asdict(value) if dataclasses.is_dataclass(value) else value  # type: ignore[arg-type]


def _canonical_json(value: Any) -> bytes:
    return _ENCODER.encode(value).encode()


def _iso_date(value: Any) -> str:
    return str(value.isoformat())


_ENCODER: Final = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_iso_date
)
"""Made once: building an encoder takes as long as encoding one of the many short rows."""
