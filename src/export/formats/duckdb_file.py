"""DuckDB: a file with a table per dataset, comments and views. The only module that uses duckdb."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from styrmatt.errors import UsageError
from styrmatt.export.schema.columns import Column, columns, columns_of, key_columns, purpose
from styrmatt.export.schema.describe import explain
from styrmatt.export.schema.views import views
from styrmatt.export.store.scan import ExtractReader
from styrmatt.printed import Bbox

_TYPES: Final = {"string": "VARCHAR", "int32": "INTEGER", "float64": "DOUBLE", "bool": "BOOLEAN"}


def write_duckdb(extract: ExtractReader, path: Path) -> dict[str, int]:
    """Write the datasets as tables; returns the number of rows by dataset.

    Raises UsageError where the package duckdb is not installed.
    """
    try:
        import duckdb
    except ImportError as error:
        raise UsageError(
            "The package duckdb is not installed.",
            hint="Install it: pip install 'styrmatt[duckdb]'",
        ) from error
    counts: dict[str, int] = {}
    with duckdb.connect(str(path)) as database:
        database.execute("SET threads = 1")
        names = extract.datasets()
        for name in names:
            database.execute(_table(name))
            counts[name] = _fill(database, extract, name)
            _comment(database, name)
        for view in views(names):
            database.execute(f"CREATE VIEW {view.name} AS {view.query}")
            database.execute(f"COMMENT ON VIEW {view.name} IS {_quoted(view.purpose)}")
        database.execute("CHECKPOINT")
    return counts


def _fill(database: Any, extract: ExtractReader, dataset: str) -> int:
    import pyarrow as pa

    count = 0
    for batch in extract.batches(dataset):
        database.register("batch", pa.Table.from_batches([batch]))
        database.execute(f'INSERT INTO "{dataset}" SELECT * FROM batch')
        database.unregister("batch")
        count += batch.num_rows
    return count


def _table(dataset: str) -> str:
    lines = [f'"{column.name}" {_type(column)}' for column in columns(dataset)]
    keys = ", ".join(f'"{name}"' for name in key_columns(dataset))
    return f'CREATE TABLE "{dataset}" (' + ", ".join([*lines, f"PRIMARY KEY ({keys})"]) + ")"


def _type(column: Column) -> str:
    if column.kind is Bbox:
        return "FLOAT[]"
    if column.type_name in ("date32", "list<date32>"):
        sql_type = "DATE"
    elif column.type_name.removeprefix("list<").startswith("struct<"):
        inner = ", ".join(f'"{c.name}" {_type(c)}' for c in columns_of(column.kind))
        sql_type = f"STRUCT({inner})"
    else:
        sql_type = _TYPES[column.type_name.removeprefix("list<").removesuffix(">")]
    return sql_type + ("[]" if column.is_list else "")


def _comment(database: Any, dataset: str) -> None:
    database.execute(f'COMMENT ON TABLE "{dataset}" IS {_quoted(purpose(dataset))}')
    for column in columns(dataset):
        comment = _quoted(explain(column))
        database.execute(f'COMMENT ON COLUMN "{dataset}"."{column.name}" IS {comment}')


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
