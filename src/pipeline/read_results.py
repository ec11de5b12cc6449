"""Cache of what phase 1 read, on disk from when a report is read until it is written.

A long run holds no report in memory, and a run that was interrupted finds what it had read. The
cache lies below the output root; each result under a key of everything it depends on.
"""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import Final, NamedTuple

from styrmatt.errors import OutputError, StyrmattError, UnreadableSourceError
from styrmatt.pipeline.cache.pickle_store import PickleStore
from styrmatt.pipeline.choose_sources import ReportSource
from styrmatt.pipeline.read_report import ReadReport
from styrmatt.records import Document

FOLDER: Final = ".styrmatt/read"
_MAX_AGE: Final = 30 * 24 * 3600.0
"""Seconds (30 days) after which a result is dropped that no run came back for. An interrupted run
is resumed within days; what is older only takes room."""


class StoredResult(NamedTuple):
    """A result that was put into the cache: what the run has to know of it meanwhile."""

    document: Document


ReadResults = Generator[tuple[ReportSource, ReadReport | StoredResult | StyrmattError], None, None]
"""Each source with what was read, or that it is in the cache, or why it could not be read."""


def check_source(document: Document, sha256: str) -> None:
    """Raise UnreadableSourceError where a report was read from other bytes than these."""
    if document.source_sha256 != sha256:
        raise UnreadableSourceError(
            f"{document.source_name} was changed while it was read.", hint="Run it once more."
        )


class ReadResultCache:
    """Results of phase 1 by key (:meth:`ReadOptions.key`)."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._store = PickleStore(root / FOLDER, ReadReport)

    def put(self, key: str, sha256: str, report: ReadReport) -> StoredResult:
        """Store the result for a source, atomically.

        Raises OutputError, and UnreadableSourceError for a result of another source.
        """
        check_source(report.document, sha256)
        try:
            self._store.folder.mkdir(parents=True, exist_ok=True)
            self._store.put(key, report)
        except OSError as error:
            raise OutputError(
                f"The output folder {self._root} cannot be written: {error.strerror or error}.",
                hint="Free some space or get write access, or choose another folder with --out.",
            ) from error
        return StoredResult(report.document)

    def get(self, key: str, sha256: str) -> ReadReport | None:
        """The result for a source; None where there is none or it is damaged or another's."""
        report = self._store.get(key)
        return report if report and report.document.source_sha256 == sha256 else None

    def has(self, key: str) -> bool:
        """Whether there is a result, intact or damaged."""
        return self._store.has(key)

    def drop(self, key: str) -> None:
        """Remove a result; nothing happens where there is none."""
        self._store.drop(key)

    def tidy(self) -> None:
        """Remove what killed runs left half written, and results older than 30 days."""
        self._store.tidy(max_age=_MAX_AGE)
