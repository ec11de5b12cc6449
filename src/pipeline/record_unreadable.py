"""Reports that were given up, so that nobody misses them in the data: an issue says so of each."""

from __future__ import annotations

import unicodedata
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
class Lost:
    """A report that was given up, and why."""

    source: ReportSource
    error: GivenUpError


def tell_given_up(
    lost: Sequence[Lost], known: Iterable[UnreadableReport], read: Iterable[Document], root: Path
) -> Iterator[Failure]:
    """Write an issue for each report that was given up; each comes back as a failure.

    Of those ``known`` from earlier runs, the issues go whose file has been ``read`` since, by its
    bytes or its name.
    """
    from styrmatt.export.store.unreadable_reports import unread_id
    from styrmatt.export.store.writer import StoreWriter

    again = {unread_id(one.source.sha256) for one in lost}
    named = {name for document in read for name in (document.source_sha256, document.source_name)}
    found = [
        one.document_id
        for one in known
        if one.document_id not in again and {one.source_sha256, one.source_name} & named
    ]
    errors: dict[Path | Url, OutputError] = {}
    if lost or found:
        try:
            with StoreWriter(root).batch() as batch:
                for one in lost:
                    source = one.source
                    batch.add_unreadable(
                        _issue(one, unread_id(source.sha256)),
                        source.path.name,
                        source.sha256,
                        __version__,
                    )
                for unread in found:
                    batch.remove_unreadable(unread)
        except OutputError as error:  # what was only to be taken away goes with the next run
            errors = {one.source.path: error for one in lost}
    for one in lost:
        path = one.source.path
        yield Failure(path, errors.get(path, one.error))


def _issue(lost: Lost, unread: str) -> Issue:
    from styrmatt.export.store.unreadable_reports import UNKNOWN_YEAR
    from styrmatt.normalize.issues import IssueBook

    year = lost.source.options.identity.get("fiscal_year")
    book = IssueBook(unread, int(year) if year else UNKNOWN_YEAR)
    name = unicodedata.normalize("NFC", lost.source.path.name)
    book.note("report_given_up", single_spaced(lost.error.message), name)
    (issue,) = book.rows()
    return issue
