"""What an extract holds, counted for each report: read once, then only what has changed."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any, Final, NamedTuple

from styrmatt.export.store.files import file_path
from styrmatt.export.store.scan import check_readable, dataset_files
from styrmatt.export.store.select_rows import select_rows
from styrmatt.export.store.transaction import read_consistently

_THREADS: Final = 4
"""Files that are read at a time: most of it is waiting for the disk, the rest is Arrow's, which
leaves other threads running."""
_LOOK_AGAIN: Final = 0.1
"""Seconds for which the folder is taken to be as it was: a view asks for its reports some hundred
times, and each look takes a millisecond."""
_DOCUMENT_COLUMNS: Final = (
    *("document_id", "fiscal_year", "organisation", "organisation_code", "kolada_id", "body"),
    *("title", "report_kind", "period_end", "page_count", "source_name", "source_sha256"),
    *("source_kind", "boards_covered"),
)
_KOLADA: Final = re.compile(r"(?<![^\W_])[NU]\d{5}(?![^\W_])")
"""Kolada, the Swedish database of municipalities and regions, calls its indicators so: N for those
of all, U for those that some report themselves, and five figures."""
_COUNTED: Final[Mapping[str, tuple[str, ...]]] = {
    "records": (
        *("measure_id", "status", "outcome_value", "review", "perspective", "measure"),
        *("measure_number", "series_id"),
    ),
    "issues": ("severity", "kind"),
    "findings": ("severity",),
}
"""The columns that are counted, by dataset."""


@dataclass(frozen=True, slots=True)
class ReportSummary:
    """A report and what its rows amount to."""

    document_id: str
    fiscal_year: int
    organisation: str
    organisation_code: str | None
    kolada_id: str | None
    body: str | None
    title: str | None
    report_kind: str
    period_end: Any
    page_count: int
    source_name: str
    source_sha256: str
    source_kind: str
    boards_covered: Sequence[str]
    lines: int = 0
    """Rows of records: one for each measure and sex."""
    measures: int = 0
    statuses: Mapping[str | None, int] = field(default_factory=dict)
    """Lines by status; None for those without a mark."""
    results: int = 0
    """Lines with a result of the report's own year."""
    doubts: int = 0
    """Lines that give a reason why a person should look."""
    by_perspective: Mapping[str | None, Mapping[str | None, int]] = field(default_factory=dict)
    """Lines by perspective and status."""
    reasons: Mapping[str, int] = field(default_factory=dict)
    """Lines by review reason."""
    issues: int = 0
    """Issues that are more than information."""
    issue_kinds: Mapping[str, int] = field(default_factory=dict)
    """Those issues by kind."""
    findings: int = 0
    """What `styrmatt check` found, information aside."""
    all_findings: int = 0
    """What it found, information included."""
    kolada: Mapping[str, Collection[str]] = field(default_factory=dict)
    """The series whose measures name an indicator of Kolada, by its id."""

    @property
    def publisher(self) -> tuple[str, str | None, str]:
        """Whose reports of which kind this is one of; they are compared over the years."""
        return (self.organisation, self.body, self.report_kind)


class _Known(NamedTuple):
    stamp: tuple[int, int]
    """When the file was changed, in nanoseconds, and its size."""
    counts: Mapping[str, Any]


class ExtractIndex:
    """The reports below a root by id. What is asked of it may come from several threads."""

    def __init__(
        self, root: Path, *, years: Collection[int] = (), document: str | None = None
    ) -> None:
        """Only reports of these years, and those whose id contains ``document``; else all.

        Raises OutputError for a folder without an extract.
        """
        check_readable(root)
        self.root = root
        self._years, self._document = years, document
        self._lock = Lock()
        self._known: dict[Path, _Known] = {}
        self._stamp: tuple[Any, ...] = ()
        self._looked = 0.0
        self._reports: dict[str, ReportSummary] = {}
        self._by_publisher: dict[tuple[str, str | None, str], list[ReportSummary]] = {}

    def reports(self) -> Mapping[str, ReportSummary]:
        """All reports by id, by organisation, body and year. Raises OutputError."""
        with self._lock:
            if time.monotonic() - self._looked < _LOOK_AGAIN and self._stamp:
                return self._reports
            stamp = self._folder_stamp()
            self._looked = time.monotonic()
            if stamp != self._stamp:
                self._reports = read_consistently(self.root, self._read)
                self._by_publisher = {}
                for report in self._reports.values():
                    self._by_publisher.setdefault(report.publisher, []).append(report)
                self._stamp = stamp
            return self._reports

    @property
    def is_selection(self) -> bool:
        """Whether reports of the extract are left out."""
        return bool(self._years) or self._document is not None

    def file(self, dataset: str, document_id: str) -> Path:
        """The file of a report's dataset; KeyError where there is no such report."""
        report = self.reports()[document_id]
        return self.root / file_path(dataset, report.fiscal_year, report.document_id)

    def siblings(self, document_id: str) -> tuple[ReportSummary, ...]:
        """The reports of the same organisation, body and kind, the earliest first."""
        publisher = self.reports()[document_id].publisher
        return tuple(self._by_publisher[publisher])

    def previous(self, document_id: str) -> ReportSummary | None:
        """The latest earlier report of the same organisation, body and kind; None without one."""
        year = self.reports()[document_id].fiscal_year
        earlier = [report for report in self.siblings(document_id) if report.fiscal_year < year]
        return earlier[-1] if earlier else None

    def _folder_stamp(self) -> tuple[Any, ...]:
        """What is another whenever a file below the root was added, replaced or removed."""
        folders = [
            folder
            for dataset in ("documents", *_COUNTED)
            for folder in sorted((self.root / dataset).glob("year=*"))
        ]
        return tuple((folder, folder.stat().st_mtime_ns) for folder in folders)

    def _read(self) -> dict[str, ReportSummary]:
        files = [file for file in dataset_files(self.root, "documents") if self._is_wanted(file)]
        with ThreadPoolExecutor(_THREADS) as threads:
            found = [report for report in threads.map(self._summary, files) if report is not None]
        found.sort(key=lambda r: (r.organisation, r.body or "", r.fiscal_year, r.document_id))
        return {report.document_id: report for report in found}

    def _is_wanted(self, file: Path) -> bool:
        year = file.parent.name.removeprefix("year=")
        in_years = not self._years or year in map(str, self._years)
        return in_years and (self._document is None or self._document in file.stem)

    def _summary(self, file: Path) -> ReportSummary | None:
        rows = self._once(file, lambda: _first_row(file))
        if not rows:
            return None
        counts: dict[str, Any] = {}
        for dataset, columns in _COUNTED.items():
            path = self.root / dataset / file.parent.name / file.name
            counts |= self._once(path, partial(_counts, path, dataset, columns))
        return ReportSummary(**{**rows, **counts})

    def _once(self, file: Path, read: Callable[[], Mapping[str, Any]]) -> Mapping[str, Any]:
        try:
            stat = file.stat()
        except FileNotFoundError:
            return read()
        stamp = (stat.st_mtime_ns, stat.st_size)
        known = self._known.get(file)
        if known is None or known.stamp != stamp:
            known = self._known[file] = _Known(stamp, read())
        return known.counts


def indicators(*texts: str | None) -> set[str]:
    """The ids of Kolada's indicators in names and numbers of measures, such as N00401 or U07417.

    The same id in two reports says that both measure the same.
    """
    return {id for text in texts if text for id in _KOLADA.findall(text)}


def _first_row(file: Path) -> Mapping[str, Any]:
    rows = select_rows(file, "documents", _DOCUMENT_COLUMNS, limit=1).rows
    return rows[0] if rows else {}


def _counts(file: Path, dataset: str, columns: Sequence[str]) -> Mapping[str, Any]:
    rows = select_rows(file, dataset, columns).rows
    if dataset == "records":
        return _record_counts(rows)
    grave = [row for row in rows if row["severity"] != "info"]
    if dataset == "findings":
        return {"findings": len(grave), "all_findings": len(rows)}
    return {"issues": len(grave), "issue_kinds": Counter(row["kind"] for row in grave)}


def _record_counts(rows: Iterable[Mapping[str, Any]]) -> Mapping[str, Any]:
    rows = list(rows)
    by_perspective: dict[str | None, Counter[str | None]] = {}
    kolada: dict[str, set[str]] = {}
    for row in rows:
        by_perspective.setdefault(row["perspective"], Counter())[row["status"]] += 1
        for id in indicators(row["measure"], row["measure_number"]) if row["series_id"] else ():
            kolada.setdefault(id, set()).add(row["series_id"])
    return {
        "lines": len(rows),
        "measures": len({row["measure_id"] for row in rows}),
        "statuses": Counter(row["status"] for row in rows),
        "results": sum(row["outcome_value"] is not None for row in rows),
        "doubts": sum(bool(row["review"]) for row in rows),
        "reasons": Counter(reason for row in rows for reason in row["review"] or ()),
        "by_perspective": by_perspective,
        "kolada": kolada,
    }
