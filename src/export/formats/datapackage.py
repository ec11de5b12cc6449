"""Frictionless Data Package: plain CSV files and a JSON description of every column."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any, Final

from styrmatt.export.formats.csv_file import PLAIN_CSV, write_csv
from styrmatt.export.schema.columns import Column, columns, declared, key_columns, purpose
from styrmatt.export.store.scan import ExtractReader
from styrmatt.printed import Bbox
from styrmatt.records import SCHEMA_VERSION

NAME: Final = "datapackage.json"
_UNLINKED: Final = ("issues", "document_id")
"""Dataset and column that get no foreign key: an unreadable report has an issue and no document."""
_TYPES: Final = {int: "integer", float: "number", bool: "boolean", date: "date", str: "string"}


def write_datapackage(extract: ExtractReader, folder: Path) -> dict[str, int]:
    """Write a CSV file per dataset and datapackage.json; returns the number of rows by dataset."""
    counts, resources = {}, []
    names = extract.datasets()
    for name in names:
        path = folder / f"{name}.csv"
        counts[name] = write_csv(extract, name, path, PLAIN_CSV)
        resources.append(_resource(name, path, names))
    package = {
        "name": "styrmatt",
        "title": "Goals, measures, targets and results of Swedish regions and municipalities",
        "version": SCHEMA_VERSION,
        "profile": "tabular-data-package",
        "sources": [
            {
                "title": row["source_name"],
                "path": row["source_name"],
                "sha256": row["source_sha256"],
            }
            for row in extract.documents()
        ],
        "resources": resources,
    }
    text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    (folder / NAME).write_text(text, encoding="utf-8", newline="\n")
    return counts


def table_schema(dataset: str, packaged: tuple[str, ...] | None = None) -> dict[str, Any]:
    """A dataset's columns as a Table Schema, with foreign keys to the ``packaged`` datasets."""
    schema = {
        "fields": [_field(column) for column in columns(dataset)],
        "missingValues": [""],
        "primaryKey": list(key_columns(dataset)),
    }
    foreign_keys = _foreign_keys(dataset, tuple(declared()) if packaged is None else packaged)
    return schema | ({"foreignKeys": foreign_keys} if foreign_keys else {})


def _resource(dataset: str, path: Path, packaged: tuple[str, ...]) -> dict[str, Any]:
    content = path.read_bytes()
    return {
        "name": dataset,
        "path": path.name,
        "profile": "tabular-data-resource",
        "description": purpose(dataset),
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "header": True},
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": table_schema(dataset, packaged),
    }


def _field(column: Column) -> dict[str, Any]:
    listed = column.is_list or column.kind is Bbox
    field: dict[str, Any] = {
        "name": column.name,
        "type": "array" if listed else _TYPES[column.kind],
        "description": column.meaning,
        "source": column.source,
    }
    if column.unit:
        field["unit"] = column.unit
    constraints: dict[str, Any] = {}
    if not column.nullable:
        constraints["required"] = True
    if column.values and listed:
        field["values"] = list(column.values)
    elif column.values:
        constraints["enum"] = list(column.values)
    if constraints:
        field["constraints"] = constraints
    return field


def _foreign_keys(dataset: str, packaged: tuple[str, ...]) -> list[dict[str, Any]]:
    """The columns of a dataset that are the key of another packaged one."""
    keys: dict[str, str] = {}
    for name in packaged:
        if name != dataset and len(key_columns(name)) == 1 and name != "records":
            keys.setdefault(key_columns(name)[0], name)
    return [
        {"fields": [c.name], "reference": {"resource": keys[c.name], "fields": [c.name]}}
        for c in columns(dataset)
        if c.name in keys and not c.key and (dataset, c.name) != _UNLINKED
    ]
