"""Some columns and rows of an extract, as dicts: what a page shows, and no more of the files."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from styrmatt.errors import OutputError
from styrmatt.export.schema.columns import arrow_schema
from styrmatt.export.schema.versions import RENAMED, check_version, version_of
from styrmatt.export.store.scan import all_nullable, conform

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class SelectedRows:
    """Rows of one file, and how many there are in all."""

    rows: tuple[dict[str, Any], ...]
    total: int
    """Rows that fit, those included that were not asked for."""


def select_rows(
    file: Path,
    dataset: str,
    columns: Sequence[str],
    *,
    where: Mapping[str, Collection[Any]] | None = None,
    offset: int = 0,
    limit: int | None = None,
) -> SelectedRows:
    """The rows of a file whose columns have one of these values, from ``offset`` on.

    ``where`` maps columns to the values that they may have; None stands for null. A file that is
    not there has no rows. Raises OutputError for one that cannot be read.
    """
    table = _table(
        file, dataset, [*columns, *(name for name in where or () if name not in columns)]
    )
    if table is None:
        return SelectedRows((), 0)
    for name, values in (where or {}).items():
        table = table.filter(_is_one_of(table[name], values))
    part = table.select(list(columns)).slice(offset, limit)
    return SelectedRows(tuple(part.to_pylist()), table.num_rows)


def _table(file: Path, dataset: str, columns: Sequence[str]) -> pa.Table | None:
    """These columns of a file; None where there is no file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    if not file.exists():
        return None
    declared = arrow_schema(dataset)
    schema = all_nullable(pa.schema([declared.field(name) for name in columns]))
    older = RENAMED.get(dataset, {})
    try:
        with pq.ParquetFile(file, pre_buffer=False) as opened:
            check_version(version_of(opened.metadata.metadata), file)
            names = set(opened.schema_arrow.names)
            there = [n for n in (*columns, *older.values()) if n in names]
            batches = [
                conform(batch, schema, older)
                for batch in opened.read(columns=there, use_threads=False).to_batches()
            ]
    except (pa.ArrowException, OSError) as error:
        raise OutputError(
            f"{file} is not a Parquet file of this dataset that can be read.",
            hint="Run the report once more.",
        ) from error
    return pa.Table.from_batches(batches, schema=schema)


def _is_one_of(column: pa.ChunkedArray, values: Collection[Any]) -> pa.ChunkedArray:
    import pyarrow as pa
    import pyarrow.compute as pc

    fits = pc.is_in(column, pa.array([v for v in values if v is not None], type=column.type))
    return pc.or_(fits, pc.is_null(column)) if None in values else fits
