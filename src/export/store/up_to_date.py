"""Which stored documents are up to date: same source, basis and version, files unchanged."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from styrmatt.errors import OutputError
from styrmatt.export.parquet.rows import read_rows
from styrmatt.export.store.files import FileEntry, file_path
from styrmatt.export.store.manifest import DocumentBasis, ManifestEntry
from styrmatt.export.store.manifest_file import manifest_identity, read_contents
from styrmatt.export.store.series_register import registered_documents
from styrmatt.export.store.transaction import read_consistently
from styrmatt.records import Document, Issue


@dataclass(frozen=True, slots=True)
class StoredReport:
    """A stored document with its issues and the number of its rows."""

    document: Document
    issues: tuple[Issue, ...]
    rows: dict[str, int]
    """By dataset."""


class StoredReports:
    """The documents below a root, as they were when this object was made."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._identity = manifest_identity(root)
        contents, registered = read_consistently(
            root, lambda: (read_contents(root), registered_documents(root))
        )
        self._entries = contents.entries
        self.unreadable = contents.unreadable
        """The reports that could not be read when they were last tried."""
        self._registered = frozenset(
            entry.document_id
            for entry in self._entries
            if entry.document_id in registered or not any(map(_has_linkable_rows, entry.files))
        )
        """Documents that are in the register of series, or have no row that could be."""
        self._by_source = {entry.source_sha256: entry for entry in self._entries}

    def refreshed(self) -> StoredReports:
        """This object, or a new one where the root has changed since. Raises OutputError."""
        return (
            self if manifest_identity(self._root) == self._identity else StoredReports(self._root)
        )

    def source_hashes(self) -> dict[str, str]:
        """The SHA-256 of each document's source, by document id."""
        return {entry.document_id: entry.source_sha256 for entry in self._entries}

    def find_unchanged(
        self,
        name: str,
        sha256: str,
        tool_version: str,
        basis: DocumentBasis,
        *,
        corrections: Callable[[str], str | None],
    ) -> StoredReport | None:
        """The document that was made from this source on this basis; None where it must be made.

        Its files must have the hashes of the manifest. ``corrections`` gives the hash of the
        corrections of a document, by its id.
        """
        entry = self._by_source.get(sha256)
        if entry is None:
            return None
        if entry.basis != replace(basis, corrections_sha256=corrections(entry.document_id)):
            return None
        if (entry.source_name, entry.tool_version) != (name, tool_version):
            return None
        if entry.document_id not in self._registered:
            return None
        if not all(map(self._is_intact, entry.files)):
            return None
        try:
            return self._read(entry)
        except OutputError:  # another process has just removed it
            return None

    def _is_intact(self, file: FileEntry) -> bool:
        try:
            with (self._root / file.path).open("rb") as opened:
                return hashlib.file_digest(opened, "sha256").hexdigest() == file.sha256
        except OSError:
            return False

    def _read(self, entry: ManifestEntry) -> StoredReport | None:
        def rows(dataset: str) -> tuple[object, ...]:
            return read_rows(
                self._root / file_path(dataset, entry.fiscal_year, entry.document_id), dataset
            )

        documents = [row for row in rows("documents") if isinstance(row, Document)]
        issues = tuple(row for row in rows("issues") if isinstance(row, Issue))
        counts = {file.dataset: file.rows for file in entry.files}
        return StoredReport(documents[0], issues, counts) if documents else None


def _has_linkable_rows(file: FileEntry) -> bool:
    return file.dataset in ("goals", "measures") and file.rows > 0
