"""SQLite: a file with a table per dataset, views, and tables that describe the columns."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, Final

from styrmatt.export.formats.cells import as_json
from styrmatt.export.schema.columns import Column, columns, key_columns, purpose
from styrmatt.export.schema.describe import explain
from styrmatt.export.schema.views import views
from styrmatt.export.store.scan import ExtractReader
from styrmatt.records import SCHEMA_VERSION

_TYPES: Final = {int: "INTEGER", bool: "INTEGER", float: "REAL"}


def write_sqlite(extract: ExtractReader, path: Path) -> dict[str, int]:
    """Write the datasets as tables; returns the number of rows by dataset.

    Lists are stored as JSON texts, dates as ISO texts, booleans as 0 and 1.
    """
    counts: dict[str, int] = {}
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode = MEMORY")
        with database:
            names = extract.datasets()
            for name in names:
                database.execute(_table(name))
                placeholders = ", ".join("?" * len(columns(name)))
                rows = (tuple(map(_sql_value, row.values())) for row in extract.rows(name))
                cursor = database.executemany(f'INSERT INTO "{name}" VALUES ({placeholders})', rows)
                counts[name] = max(cursor.rowcount, 0)
            for view in views(names):
                database.execute(f"CREATE VIEW {view.name} AS\n{view.query}")
            _describe(database, names)
        database.execute("VACUUM")
    return counts


def _table(dataset: str) -> str:
    lines = [f'  "{column.name}" {_column(column)}' for column in columns(dataset)]
    keys = ", ".join(f'"{name}"' for name in key_columns(dataset))
    return f'CREATE TABLE "{dataset}" (\n' + ",\n".join([*lines, f"  PRIMARY KEY ({keys})"]) + "\n)"


def _column(column: Column) -> str:
    kind = "TEXT" if column.is_list else _TYPES.get(column.kind, "TEXT")
    return kind + ("" if column.nullable or not column.key else " NOT NULL")


def _describe(database: sqlite3.Connection, names: tuple[str, ...]) -> None:
    """Write the tables ``about`` and ``about_columns``, as SQLite has no comments on columns."""
    database.execute("CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT)")
    rows = [("schema_version", SCHEMA_VERSION), *((name, purpose(name)) for name in names)]
    rows += [(view.name, view.purpose) for view in views(names)]
    database.executemany("INSERT INTO about VALUES (?, ?)", rows)
    database.execute(
        "CREATE TABLE about_columns (dataset TEXT, name TEXT, type TEXT, source TEXT, meaning TEXT,"
        " PRIMARY KEY (dataset, name))"
    )
    described = [
        (name, c.name, c.type_name, c.source, explain(c)) for name in names for c in columns(name)
    ]
    database.executemany("INSERT INTO about_columns VALUES (?, ?, ?, ?, ?)", described)


def _sql_value(value: Any) -> Any:
    if isinstance(value, list):
        return as_json(value)
    return value.isoformat() if isinstance(value, date) else value
