"""Which source of a report counts where a run was given several."""

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


@dataclass(frozen=True, slots=True)
class ReportSource:
    """A report's file and what its rows rest on besides."""

    path: Path | Url
    sha256: str
    options: ReadOptions
    basis: DocumentBasis
    fetched: Fetched | None = None
    """The file itself where it came from a URL, until it has been read."""

    @property
    def file(self) -> Path | Url | Fetched:
        """What to read it from."""
        return self.fetched or self.path

    @property
    def key(self) -> str:
        """Where its rows wait between reading and writing."""
        return self.options.key(self.path.name, self.sha256)


@dataclass(frozen=True, slots=True)
class PendingReport:
    """A report between reading and writing: what to know of it while its rows wait on disk."""

    source: ReportSource
    document: Document
    stands: Result | None = None
    """What it amounts to where it stands in the output already, unchanged."""
    copies: tuple[Path | Url, ...] = ()
    """Other files of the run that hold the very same."""

    @property
    def path(self) -> Path | Url:
        """The report's file."""
        return self.source.path


def choose_sources(
    drafts: Iterable[PendingReport], standing: Mapping[str, str]
) -> tuple[list[PendingReport], list[Failure]]:
    """The drafts to write, by year and id, and those that another one excludes.

    Of a report's sources comes first the one whose hash is ``standing`` (by document id), then a
    PDF, then the first by name: never the order in which they were named.
    """
    by_id: dict[str, PendingReport] = {}
    by_source: dict[str, PendingReport] = {}
    failures = []
    for draft in sorted(drafts, key=lambda draft: _preference(draft, standing)):
        document = draft.document
        same_source = by_source.get(document.source_sha256)
        same_report = by_id.get(document.document_id)
        if same_source is not None and same_source is same_report:
            copied = replace(same_source, copies=(*same_source.copies, draft.path))
            by_id[document.document_id] = by_source[document.source_sha256] = copied
        elif other := same_report or same_source:
            failures.append(Failure(draft.path, _conflict(draft, other)))
        else:
            by_id[document.document_id] = by_source[document.source_sha256] = draft
    order = sorted(by_id.values(), key=lambda d: (d.document.fiscal_year, d.document.document_id))
    return order, failures


def _preference(
    draft: PendingReport, standing: Mapping[str, str]
) -> tuple[bool, bool, str, str, str]:
    document = draft.document
    return (
        standing.get(document.document_id) != document.source_sha256,
        document.source_kind != "pdf",
        document.source_name,
        document.source_sha256,
        document.document_id,
    )


def _conflict(draft: PendingReport, other: PendingReport) -> ConflictError:
    names = (draft.path.name, other.path.name)
    ours, theirs = names if names[0] != names[1] else (str(draft.path), str(other.path))
    if draft.document.document_id != other.document.document_id:
        message = f"{ours} is the same file as {theirs}, which is {other.document.document_id}."
    else:
        message = f"{ours} is the same report as {theirs} ({other.document.document_id})."
    return ConflictError(
        message, hint="Run with one of the two, or write them to folders of their own with --out."
    )
