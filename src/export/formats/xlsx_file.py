"""XLSX: a workbook with a sheet per dataset. The only module that uses XlsxWriter."""

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

_MAX_CELL_UNITS: Final = 32_767
"""UTF-16 code units that a cell can hold, a limit of the format."""
_CUT_MARK: Final = " [cut]"
_MAX_LINKS: Final = 65_000
"""Links per sheet. Excel refuses a sheet with more than 65,530; the rest is a margin."""
_CREATED: Final = datetime(2000, 1, 1)
"""Date of creation of every workbook, so that the same data give the same bytes."""
_MIN_WIDTH: Final = 8
"""Width of a column in characters: enough for a year or a short code below its filter button."""
_MAX_WIDTH: Final = 48
"""Width of a column in characters: wider ones push all others off the screen."""
_MEASURED_ROWS: Final = 200
"""Rows whose cells decide the width of a column: enough to see its usual texts. Rows are written as
they are read, and one very long text further down need not widen its column."""
_HEADER_MARGIN: Final = 3
"""Characters that a header cell needs besides its name, for the filter button."""
_ABOUT_FIRST_MAX_WIDTH: Final = 80
_ABOUT_WIDTHS: Final = (26, 26, 34, 66)
"""Widths in characters of the columns of the sheet about, after the first: they fit its usual
texts."""


@dataclass(frozen=True, slots=True)
class XlsxResult:
    """Number of rows by dataset, and what did not fit into a sheet."""

    counts: dict[str, int]
    notes: tuple[str, ...]
    """Sentences on texts that were cut and links that were left out."""


def write_xlsx(extract: ExtractReader, path: Path, sources: str | None) -> XlsxResult:
    """Write the datasets as sheets, after a sheet that describes them.

    ``sources`` is the folder or address of the reports; without it links lead to reports beside the
    workbook. Rows are written as they are read, so memory does not grow with their number.
    """
    import xlsxwriter

    names = extract.datasets()
    documents = {row["document_id"]: row for row in extract.documents()}
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
            _write_about(book.add_worksheet("about"), formats, extract, names)
            for name in names:
                sheet = _Sheet(book.add_worksheet(name), formats, name, documents, sources)
                counts[name] = sheet.fill(extract)
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
    """Writes a sheet row by row, from the top."""

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
        self.widths = [len(column.name) + _HEADER_MARGIN for column in self.columns]
        self.links = self.unlinked = self.cut = 0

    def fill(self, extract: ExtractReader) -> int:
        """Write header and rows; returns the number of rows."""
        for number, column in enumerate(self.columns):
            self.sheet.write_string(0, number, column.name, self.formats.head)
        count = 0
        for row in extract.rows(self.sheet.get_name()):
            count += 1
            for number, column in enumerate(self.columns):
                self._write(count, number, column, row)
        self.sheet.freeze_panes(1, 1)
        self.sheet.autofilter(0, 0, max(count, 1), len(self.columns) - 1)
        for number, width in enumerate(self.widths):
            self.sheet.set_column(number, number, min(max(width, _MIN_WIDTH), _MAX_WIDTH))
        return count

    def _write(self, at: int, number: int, column: Column, row: dict[str, Any]) -> None:
        value, formats = row[column.name], self.formats
        if value is None:
            return
        if isinstance(value, list):
            value = list_text(value)
        if at <= _MEASURED_ROWS:
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
        if link is not None and self.links >= _MAX_LINKS:
            self.unlinked += 1
            return None
        self.links += link is not None
        return link if link is None or "://" in link else f"external:{link}"

    def _fitting(self, text: str) -> str:
        """The text, cut and marked where a cell cannot hold it."""
        units = text.encode("utf-16-le")  # two bytes each, which is what Excel counts
        if len(units) <= 2 * _MAX_CELL_UNITS:
            return text
        self.cut += 1
        return (
            units[: 2 * (_MAX_CELL_UNITS - len(_CUT_MARK))].decode("utf-16-le", "ignore")
            + _CUT_MARK
        )

    def notes(self) -> list[str]:
        """Sentences on what did not fit into the sheet."""
        counts = {
            f"long texts cut at {_MAX_CELL_UNITS} characters, which is all that a cell holds": (
                self.cut
            ),
            f"pages without a link: a sheet can hold {_MAX_LINKS} links": self.unlinked,
        }
        return [f"{self.sheet.get_name()}: {n} {what}." for what, n in counts.items() if n]


def _write_about(
    sheet: Any, formats: _Formats, extract: ExtractReader, names: Sequence[str]
) -> None:
    """The sheet about: reports, sheets, and every column with its meaning."""
    lines: list[tuple[str, ...]] = [("styrmatt", f"schema {SCHEMA_VERSION}"), ()]
    lines += [("report", "year", "organisation", "source", "SHA-256")]
    for row in extract.documents():
        year = str(row["fiscal_year"])
        source = (row["organisation"], row["source_name"], row["source_sha256"])
        lines.append((row["document_id"], year, *(text or "" for text in source)))
    lines += [(), ("sheet", "one row per")]
    lines += [(name, purpose(name)) for name in names]
    lines += [(), ("sheet", "column", "type", "source", "meaning")]
    lines += [
        (name, c.name, c.type_name, c.source, explain(c)) for name in names for c in columns(name)
    ]
    heads = {"report", "sheet", "styrmatt"}
    for at, line in enumerate(lines):
        cell_format = formats.bold if line and line[0] in heads else formats.text
        for number, text in enumerate(line):
            sheet.write_string(at, number, text, cell_format)
    first = max(len(line[0]) for line in lines if line)
    for number, width in enumerate((min(first + 2, _ABOUT_FIRST_MAX_WIDTH), *_ABOUT_WIDTHS)):
        sheet.set_column(number, number, width)


def _width(value: Any) -> int:
    return max(map(len, str(value).split("\n"))) + 1
