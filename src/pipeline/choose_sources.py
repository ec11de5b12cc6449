"""Which source of a report is written where a run was given several of the same report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from styrmatt.errors import ConflictError
from styrmatt.export.store.manifest import DocumentBasis
from styrmatt.files import Fetched
from styrmatt.pipeline.read_report import ReadOptions
from styrmatt.pipeline.results import Failure, Result
from styrmatt.records import Document
from styrmatt.urls import Url
from styrmatt.whitespace import shown_name


@dataclass(frozen=True, slots=True)
class ReportSource:
    """A report's file and what its rows depend on besides."""

    path: Path | Url
    sha256: str
    options: ReadOptions
    basis: DocumentBasis
    fetched: Fetched | None = None
    """The file's bytes where it came from a URL, until it has been read."""

    @property
    def name(self) -> str:
        """The file's name as it is recorded."""
        return shown_name(self.path.name)

    @property
    def file(self) -> Path | Url | Fetched:
        """What to read it from."""
        return self.fetched or self.path

    @property
    def key(self) -> str:
        """Key of its result in the cache between reading and writing."""
        return self.options.key(self.name, self.sha256)


@dataclass(frozen=True, slots=True)
class PendingReport:
    """A report between reading and writing; its rows are in the result cache meanwhile."""

    source: ReportSource
    document: Document
    unchanged: Result | None = None
    """Its result where the output has it already and nothing has changed."""
    copies: tuple[Path | Url, ...] = ()
    """Other files of the run with the same bytes."""

    @property
    def path(self) -> Path | Url:
        """The report's file."""
        return self.source.path


def choose_sources(
    reports: Iterable[PendingReport], stored: Mapping[str, str]
) -> tuple[list[PendingReport], list[Failure]]:
    """The reports to write, by year and id, and a failure for each that another one excludes.

    ``stored`` has the source's SHA-256 of each document in the output. Of a report's sources that
    one is preferred, then a PDF, then the first by name; the order of ``reports`` does not matter.
    """
    by_id: dict[str, PendingReport] = {}
    by_source: dict[str, PendingReport] = {}
    failures = []
    for report in sorted(reports, key=lambda report: _preference(report, stored)):
        document = report.document
        same_source = by_source.get(document.source_sha256)
        same_report = by_id.get(document.document_id)
        if same_source is not None and same_source is same_report:
            with_copy = replace(same_source, copies=(*same_source.copies, report.path))
            by_id[document.document_id] = by_source[document.source_sha256] = with_copy
        elif other := same_report or same_source:
            failures.append(Failure(report.path, _conflict(report, other)))
        else:
            by_id[document.document_id] = by_source[document.source_sha256] = report
    order = sorted(by_id.values(), key=lambda r: (r.document.fiscal_year, r.document.document_id))
    return order, failures


def _preference(
    report: PendingReport, stored: Mapping[str, str]
) -> tuple[bool, bool, str, str, str]:
    """Sort key: the preferred source of a report comes first."""
    document = report.document
    return (
        stored.get(document.document_id) != document.source_sha256,
        document.source_kind != "pdf",
        document.source_name,
        document.source_sha256,
        document.document_id,
    )


def _conflict(report: PendingReport, other: PendingReport) -> ConflictError:
    names = (report.path.name, other.path.name)
    ours, theirs = names if names[0] != names[1] else (str(report.path), str(other.path))
    if report.document.document_id != other.document.document_id:
        message = f"{ours} is the same file as {theirs}, which is {other.document.document_id}."
    else:
        message = f"{ours} is the same report as {theirs} ({other.document.document_id})."
    return ConflictError(
        message, hint="Run only one of the two, or write each to a folder of its own with --out."
    )
