"""Writes an issue for each report that was given up, so that its absence shows in the data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from styrmatt import __version__
from styrmatt.errors import GivenUpError, OutputError
from styrmatt.pipeline.choose_sources import ReportSource
from styrmatt.pipeline.results import Failure
from styrmatt.records import Document, Issue
from styrmatt.urls import Url
from styrmatt.whitespace import single_spaced

if TYPE_CHECKING:
    from styrmatt.export.store.unreadable_reports import UnreadableReport


@dataclass(frozen=True, slots=True)
class GivenUpReport:
    """A report that was given up, and why."""

    source: ReportSource
    error: GivenUpError


def record_unreadable(
    unreadable: Sequence[GivenUpReport],
    recorded: Iterable[UnreadableReport],
    read: Iterable[Document],
    root: Path,
) -> Iterator[Failure]:
    """Write an issue for each unreadable report, and yield a failure for each.

    Of those ``recorded`` by earlier runs, the issue is removed where the file has been ``read``
    since, recognised by its hash or its name.
    """
    from styrmatt.export.store.unreadable_reports import unread_id
    from styrmatt.export.store.writer import StoreWriter

    unreadable_ids = {unread_id(report.source.sha256) for report in unreadable}
    read_files = {
        key for document in read for key in (document.source_sha256, document.source_name)
    }
    outdated_ids = [
        issue.document_id
        for issue in recorded
        if issue.document_id not in unreadable_ids
        and {issue.source_sha256, issue.source_name} & read_files
    ]
    write_errors: dict[Path | Url, OutputError] = {}
    if unreadable or outdated_ids:
        try:
            with StoreWriter(root).batch() as batch:
                for report in unreadable:
                    source = report.source
                    batch.add_unreadable(
                        _issue(report, unread_id(source.sha256)),
                        source.name,
                        source.sha256,
                        __version__,
                    )
                for document_id in outdated_ids:
                    batch.remove_unreadable(document_id)
        except OutputError as error:  # outdated issues are removed by the next run instead
            write_errors = {report.source.path: error for report in unreadable}
    for report in unreadable:
        path = report.source.path
        yield Failure(path, write_errors.get(path, report.error))


def _issue(report: GivenUpReport, document_id: str) -> Issue:
    from styrmatt.export.store.unreadable_reports import UNKNOWN_YEAR
    from styrmatt.normalize.issues import IssueBook

    year = report.source.options.identity.get("fiscal_year")
    book = IssueBook(document_id, int(year) if year else UNKNOWN_YEAR)
    book.note("report_given_up", single_spaced(report.error.message), report.source.name)
    (issue,) = book.rows()
    return issue
