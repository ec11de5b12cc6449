"""The columns of the datasets for people: plain text, Markdown, JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from styrmatt.errors import ExitCode
from styrmatt.export.schema import Column, columns
from styrmatt.records import AUDITS, DATASETS, REGISTERS, SCHEMA_VERSION


def as_text(datasets: Iterable[str] = ()) -> str:
    """The columns as aligned lines."""
    parts = []
    for dataset in _chosen(datasets):
        lines = [f"{dataset}: {_purpose(dataset)}"]
        for column in columns(dataset):
            null = "?" if column.nullable else ""
            lines.append(f"  {column.name:24} {_short_type(column) + null:14} {_explain(column)}")
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def column_table(datasets: Iterable[str] = ()) -> str:
    """The columns as Markdown tables under headings."""
    parts = []
    for dataset in _chosen(datasets):
        head = ["| column | type | null | meaning |", "| --- | --- | --- | --- |"]
        rows = [_markdown_row(column) for column in columns(dataset)]
        parts.append("\n".join([f"### {dataset}", "", _purpose(dataset), "", *head, *rows]))
    return "\n\n".join(parts)


def as_data(datasets: Iterable[str] = ()) -> dict[str, Any]:
    """The columns as plain data for JSON."""
    return {
        "schema_version": SCHEMA_VERSION,
        "datasets": {
            dataset: {
                "purpose": _purpose(dataset),
                "columns": [
                    {
                        "name": column.name,
                        "type": column.type_name,
                        "nullable": column.nullable,
                        "key": column.key,
                        "meaning": column.meaning,
                        "unit": column.unit,
                        "values": None if column.values is None else list(column.values),
                    }
                    for column in columns(dataset)
                ],
            }
            for dataset in _chosen(datasets)
        },
    }


def exit_code_table() -> str:
    """The exit codes as a Markdown table."""
    rows = [f"| {int(code)} | {code.name} | {code.meaning} |" for code in ExitCode]
    return "\n".join(["| code | name | meaning |", "| --- | --- | --- |", *rows])


def _chosen(datasets: Iterable[str]) -> tuple[str, ...]:
    """The datasets named, all by default. Raises UsageError for a name that is none."""
    chosen = tuple(datasets) or (*DATASETS, *AUDITS, *REGISTERS)
    for dataset in chosen:
        columns(dataset)
    return chosen


def _purpose(dataset: str) -> str:
    return ((DATASETS | AUDITS | REGISTERS)[dataset].__doc__ or "").strip()


def _short_type(column: Column) -> str:
    return "list<struct>" if "struct<" in column.type_name else column.type_name


def _markdown_row(column: Column) -> str:
    meaning = _explain(column, quote="`").replace("|", "\\|")
    null = "yes" if column.nullable else "no"
    return f"| `{column.name}` | `{column.type_name}` | {null} | {meaning} |"


def _explain(column: Column, quote: str = "") -> str:
    text = column.meaning + (f", in {column.unit}" if column.unit else "")
    if column.values:
        text += ": " + ", ".join(f"{quote}{value}{quote}" for value in column.values)
    return text
