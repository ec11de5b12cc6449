"""CSV in two dialects: for spreadsheets with Swedish settings, and plain for the Data Package."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from styrmatt.export.formats.cells import as_json, escape_formula, list_text, number_text
from styrmatt.export.schema.columns import columns
from styrmatt.export.store.scan import ExtractReader


@dataclass(frozen=True, slots=True)
class CsvDialect:
    """How a CSV file is written."""

    encoding: str
    separator: str
    line_end: str
    decimal: str
    """The decimal separator."""
    list_cell: Callable[[list[Any]], str]
    """Makes the text of a list's cell."""
    text_cell: Callable[[str], str]
    """Makes the text of a text's cell."""


def spreadsheet_dialect(decimal: str = ",") -> CsvDialect:
    """UTF-8 with a byte order mark, semicolons, and cells escaped that would run as formulas."""
    return CsvDialect(
        "utf-8-sig",
        ";",
        "\r\n",
        decimal,
        lambda items: escape_formula(list_text(items)),
        escape_formula,
    )


PLAIN_CSV: Final = CsvDialect("utf-8", ",", "\n", ".", as_json, str)
"""RFC 4180 with commas; lists as JSON, texts unchanged."""


def write_csv(extract: ExtractReader, dataset: str, path: Path, dialect: CsvDialect) -> int:
    """Write a dataset as CSV and return the number of rows. Missing values are empty cells."""
    with path.open("w", encoding=dialect.encoding, newline="") as file:
        writer = csv.writer(file, delimiter=dialect.separator, lineterminator=dialect.line_end)
        names = [column.name for column in columns(dataset)]
        writer.writerow(names)
        return _write_rows(writer, extract.rows(dataset), names, dialect)


def _write_rows(writer: Any, rows: Iterable[Any], names: list[str], dialect: CsvDialect) -> int:
    count = 0
    for row in rows:
        writer.writerow([_cell(row[name], dialect) for name in names])
        count += 1
    return count


def _cell(value: Any, dialect: CsvDialect) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return dialect.text_cell(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return number_text(value, dialect.decimal)
    if isinstance(value, list):
        return dialect.list_cell(value)
    return value.isoformat() if isinstance(value, date) else str(value)
