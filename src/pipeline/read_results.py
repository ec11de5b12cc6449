"""Results of phase 1 on disk, from when a report is read until it is written.

A long run holds none of them in memory, and one that was cut off finds them again. They stand
below the output root, in styrmatt's own folder there, each under the hash of what it depends on.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple

from styrmatt.errors import OutputError, UnreadableSourceError
from styrmatt.pipeline.cache.pickle_store import PickleStore
from styrmatt.pipeline.read_report import ReadReport
from styrmatt.records import Document

FOLDER: Final = ".styrmatt/read"
_FORGOTTEN: Final = 30 * 24 * 3600.0
"""Seconds after which a kept result is thrown away."""


class Receipt(NamedTuple):
    """What was read stands on the shelf; here is what to know of it."""

    document: Document


def check_source(document: Document, sha256: str) -> None:
    """Raises UnreadableSourceError where a report was read from another file than this one."""
    if document.source_sha256 != sha256:
        raise UnreadableSourceError(
            f"{document.source_name} was changed while it was read.", hint="Run it once more."
        )


class ReadResultCache:
    """Results of phase 1 by key."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._kept = PickleStore(root / FOLDER, ReadReport)

    def put(self, key: str, sha256: str, report: ReadReport) -> Receipt:
        """Keep the result for a source; whole or not at all.

        Raises OutputError, and UnreadableSourceError for a result of another source.
        """
        check_source(report.document, sha256)
        try:
            self._kept.folder.mkdir(parents=True, exist_ok=True)
            self._kept.put(key, report)
        except OSError as error:
            raise OutputError(
                f"The output folder {self._root} cannot be written: {error.strerror or error}.",
                hint="Make room or give rights there, or choose another folder with --out.",
            ) from error
        return Receipt(report.document)

    def get(self, key: str, sha256: str) -> ReadReport | None:
        """The result for a source; None where there is none, or it is damaged or another's."""
        report = self._kept.get(key)
        return report if report and report.document.source_sha256 == sha256 else None

    def has(self, key: str) -> bool:
        """Whether there is a result, be it whole or not."""
        return self._kept.has(key)

    def drop(self, key: str) -> None:
        """Forget a result."""
        self._kept.drop(key)

    def tidy(self) -> None:
        """Throw away what killed runs left half written, and what nobody came back for."""
        self._kept.tidy(forgotten=_FORGOTTEN)
