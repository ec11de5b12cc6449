"""Descriptions of the datasets' columns as plain text, Markdown and JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from styrmatt.errors import ExitCode
from styrmatt.export.schema.columns import Column, columns, declared, purpose
from styrmatt.records import SCHEMA_VERSION, SOURCES


def as_text(datasets: Iterable[str] = ()) -> str:
    """The columns as aligned lines."""
    parts = []
    for dataset in _chosen(datasets):
        lines = [f"{dataset}: {purpose(dataset)}"]
        for column in columns(dataset):
            kind = _short_type(column) + ("?" if column.nullable else "")
            lines.append(f"  {column.name:24} {kind:14} {column.source:9} {explain(column)}")
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def column_table(datasets: Iterable[str] = ()) -> str:
    """The columns as Markdown tables under headings."""
    parts = []
    for dataset in _chosen(datasets):
        head = ["| column | type | null | source | meaning |", "| --- | --- | --- | --- | --- |"]
        rows = [_markdown_row(column) for column in columns(dataset)]
        parts.append("\n".join([f"### {dataset}", "", purpose(dataset), "", *head, *rows]))
    return "\n\n".join(parts)


def as_data(datasets: Iterable[str] = ()) -> dict[str, Any]:
    """The columns as plain data for JSON."""
    return {
        "schema_version": SCHEMA_VERSION,
        "sources": dict(SOURCES),
        "datasets": {
            dataset: {
                "purpose": purpose(dataset),
                "columns": [
                    {
                        "name": column.name,
                        "type": column.type_name,
                        "nullable": column.nullable,
                        "key": column.key,
                        "meaning": column.meaning,
                        "unit": column.unit,
                        "values": None if column.values is None else list(column.values),
                        "source": column.source,
                    }
                    for column in columns(dataset)
                ],
            }
            for dataset in _chosen(datasets)
        },
    }


def source_table() -> str:
    """The values of the columns' ``source`` and their meanings, as a Markdown table."""
    rows = [f"| {name} | {meaning} |" for name, meaning in SOURCES.items()]
    return "\n".join(["| source | the value |", "| --- | --- |", *rows])


def exit_code_table() -> str:
    """The exit codes as a Markdown table."""
    rows = [f"| {int(code)} | {code.name} | {code.meaning} |" for code in ExitCode]
    return "\n".join(["| code | name | meaning |", "| --- | --- | --- |", *rows])


def _chosen(datasets: Iterable[str]) -> tuple[str, ...]:
    """The named datasets, all where none is named. Raises UsageError for an unknown name."""
    chosen = tuple(datasets) or tuple(declared())
    for dataset in chosen:
        columns(dataset)
    return chosen


def _short_type(column: Column) -> str:
    return "list<struct>" if "struct<" in column.type_name else column.type_name


def _markdown_row(column: Column) -> str:
    meaning = explain(column, quote="`").replace("|", "\\|")
    null = "yes" if column.nullable else "no"
    return f"| `{column.name}` | `{column.type_name}` | {null} | {column.source} | {meaning} |"


def explain(column: Column, quote: str = "") -> str:
    """The meaning of a column with its unit and allowed values; ``quote`` encloses each value."""
    text = column.meaning + (f", in {column.unit}" if column.unit else "")
    if column.values:
        text += ": " + ", ".join(f"{quote}{value}{quote}" for value in column.values)
    return text
