"""XLSX: a sheet per dataset. The one module that knows XlsxWriter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from styrmatt.export.formats.cells import holds_text, list_text
from styrmatt.export.formats.page_links import page_link
from styrmatt.export.schema.columns import Column, columns, purpose
from styrmatt.export.schema.describe import explain
from styrmatt.export.store.scan import ExtractReader
from styrmatt.records import SCHEMA_VERSION

_LONGEST: Final = 32_767
"""Characters that a cell can hold."""
_CUT: Final = " [cut]"
_MOST_LINKS: Final = 65_000
"""Excel opens no sheet with more than 65,530."""
_CREATED: Final = datetime(2000, 1, 1)
"""A date that is always the same, so that the same data give the same bytes."""
_WIDTHS: Final = (8, 48)
_MEASURED: Final = 200
"""Rows whose cells decide the width of a column."""


@dataclass(frozen=True, slots=True)
class XlsxResult:
    """Rows by dataset, and what a sheet could not hold."""

    counts: dict[str, int]
    notes: tuple[str, ...]


def write_xlsx(extracted: ExtractReader, path: Path, sources: str | None) -> XlsxResult:
    """Write the datasets as sheets after one about them.

    ``sources`` is the folder or address that the reports stand in; without it a link leads to the
    report beside the workbook. Rows are written as they are read, so memory does not grow.
    """
    import xlsxwriter

    names = extracted.datasets()
    documents = {row["document_id"]: row for row in extracted.documents()}
    counts, notes = {}, []
    with TemporaryDirectory() as scratch:
        options = {
            "constant_memory": True,
            "tmpdir": scratch,
            "strings_to_formulas": False,
            "strings_to_urls": False,
        }
        with xlsxwriter.Workbook(str(path), options) as book:
            book.set_properties({"title": "styrmatt", "created": _CREATED})
            formats = _Formats(book)
            _write_about(book.add_worksheet("about"), formats, extracted, names)
            for name in names:
                sheet = _Sheet(book.add_worksheet(name), formats, name, documents, sources)
                counts[name] = sheet.fill(extracted)
                notes += sheet.notes()
    return XlsxResult(counts, tuple(notes))


class _Formats:
    def __init__(self, book: Any) -> None:
        self.head = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        self.bold = book.add_format({"bold": True})
        self.text = book.add_format({"valign": "top"})
        self.date = book.add_format({"num_format": "yyyy-mm-dd", "align": "left", "valign": "top"})
        self.link = book.add_format({"font_color": "#0563C1", "underline": 1, "valign": "top"})


class _Sheet:
    """A sheet on its way: every row is written once, from the top."""

    def __init__(
        self,
        sheet: Any,
        formats: _Formats,
        dataset: str,
        documents: dict[str, Any],
        sources: str | None,
    ) -> None:
        self.sheet = sheet
        self.formats = formats
        self.columns = columns(dataset)
        self.documents = documents
        self.sources = sources
        self.widths = [len(column.name) + 3 for column in self.columns]
        self.links = self.unlinked = self.cut = 0

    def fill(self, extracted: ExtractReader) -> int:
        """Write head and rows; their number comes back."""
        for number, column in enumerate(self.columns):
            self.sheet.write_string(0, number, column.name, self.formats.head)
        count = 0
        for row in extracted.rows(self.sheet.get_name()):
            count += 1
            for number, column in enumerate(self.columns):
                self._write(count, number, column, row)
        self.sheet.freeze_panes(1, 1)
        self.sheet.autofilter(0, 0, max(count, 1), len(self.columns) - 1)
        for number, width in enumerate(self.widths):
            self.sheet.set_column(number, number, min(max(width, _WIDTHS[0]), _WIDTHS[1]))
        return count

    def _write(self, at: int, number: int, column: Column, row: dict[str, Any]) -> None:
        value, formats = row[column.name], self.formats
        if value is None:
            return
        if isinstance(value, list):
            value = list_text(value)
        if at <= _MEASURED:
            self.widths[number] = max(self.widths[number], _width(value))
        if holds_text(column):
            self.sheet.write_string(at, number, self._fitting(value), formats.text)
        elif isinstance(value, bool):
            self.sheet.write_boolean(at, number, value, formats.text)
        elif isinstance(value, date):
            self.sheet.write_datetime(at, number, value, formats.date)
        elif column.is_page and (link := self._link(row, value)):
            self.sheet.write_url(at, number, link, formats.link, str(value))
            self.sheet.write_number(at, number, value, formats.link)
        else:
            self.sheet.write_number(at, number, value, formats.text)

    def _link(self, row: dict[str, Any], page: int) -> str | None:
        link = page_link(self.documents.get(row.get("document_id", "")), page, self.sources)
        if link is not None and self.links >= _MOST_LINKS:
            self.unlinked += 1
            return None
        self.links += link is not None
        return link if link is None or "://" in link else f"external:{link}"

    def _fitting(self, text: str) -> str:
        """The text, cut with a mark where a cell cannot hold it."""
        units = text.encode("utf-16-le")  # two bytes each, which is what Excel counts
        if len(units) <= 2 * _LONGEST:
            return text
        self.cut += 1
        return units[: 2 * (_LONGEST - len(_CUT))].decode("utf-16-le", "ignore") + _CUT

    def notes(self) -> list[str]:
        """What the sheet could not hold."""
        said = {
            f"long texts cut at {_LONGEST} characters, which is all that a cell holds": self.cut,
            f"pages without a link: a sheet can hold {_MOST_LINKS} links": self.unlinked,
        }
        return [f"{self.sheet.get_name()}: {n} {what}." for what, n in said.items() if n]


def _write_about(
    sheet: Any, formats: _Formats, extracted: ExtractReader, names: Sequence[str]
) -> None:
    """What the workbook holds: its reports, its sheets, and every column with its meaning."""
    lines: list[tuple[str, ...]] = [("styrmatt", f"schema {SCHEMA_VERSION}"), ()]
    lines += [("report", "year", "organisation", "source", "SHA-256")]
    for row in extracted.documents():
        year = str(row["fiscal_year"])
        kept = (row["organisation"], row["source_name"], row["source_sha256"])
        lines.append((row["document_id"], year, *(text or "" for text in kept)))
    lines += [(), ("sheet", "one row per")]
    lines += [(name, purpose(name)) for name in names]
    lines += [(), ("sheet", "column", "type", "source", "meaning")]
    lines += [
        (name, c.name, c.type_name, c.source, explain(c)) for name in names for c in columns(name)
    ]
    heads = {"report", "sheet", "styrmatt"}
    for at, line in enumerate(lines):
        shape = formats.bold if line and line[0] in heads else formats.text
        for number, text in enumerate(line):
            sheet.write_string(at, number, text, shape)
    first = max(len(line[0]) for line in lines if line)
    for number, width in enumerate((min(first + 2, 80), 26, 26, 34, 66)):
        sheet.set_column(number, number, width)


def _width(value: Any) -> int:
    return max(map(len, str(value).split("\n"))) + 1
