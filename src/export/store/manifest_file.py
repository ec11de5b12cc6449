"""The file manifest.json below a root: read, and kept in memory by those who write it often."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from styrmatt.errors import OutputError
from styrmatt.export.store.files import FileEntry
from styrmatt.export.store.manifest import MANIFEST_NAME, ManifestEntry, RootContents
from styrmatt.export.store.manifest_json import manifest_text, parse_contents, parse_registers
from styrmatt.export.store.manifest_rebuild import rebuild_contents
from styrmatt.export.store.unreadable_reports import UnreadableReport


def read_manifest(root: Path) -> tuple[ManifestEntry, ...]:
    """The documents below ``root``; see :func:`read_contents`."""
    return read_contents(root).entries


def read_contents(root: Path, *, also_missing: bool = False) -> RootContents:
    """What is stored below ``root``, from its manifest, else from the files themselves.

    A document all of whose files were deleted by hand is left out, unless ``also_missing``. Raises
    OutputError for a manifest that cannot be read.
    """
    path = root / MANIFEST_NAME
    if not path.exists():
        return rebuild_contents(root)
    try:
        contents = parse_contents(path.read_text(encoding="utf-8"))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise OutputError(
            f"{path} is not a manifest that this version of styrmatt can read.",
            hint="Move it away: the next run makes it anew from the data.",
        ) from error
    present = tuple(
        entry
        for entry in contents.entries
        if also_missing or any((root / file.path).exists() for file in entry.files)
    )
    return RootContents(present, contents.unreadable)


def read_registers(root: Path) -> tuple[FileEntry, ...]:
    """The files of all documents together that the manifest names; none where it is missing."""
    path = root / MANIFEST_NAME
    return parse_registers(path.read_text(encoding="utf-8")) if path.exists() else ()


def manifest_identity(root: Path) -> tuple[int, ...] | None:
    """Inode, mtime (ns) and size of the manifest, which change whenever it is replaced.

    None where there is no manifest.
    """
    try:
        stat = (root / MANIFEST_NAME).stat()
    except OSError:
        return None
    return (stat.st_ino, stat.st_mtime_ns, stat.st_size)


class CachedManifest:
    """The contents of a root in memory, for a writer that changes them many times."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.entries: dict[str, ManifestEntry] = {}
        """By document id."""
        self.unreadable: dict[str, UnreadableReport] = {}
        """By the id that stands for the report."""
        self._ids_by_source: dict[str, set[str]] = {}
        """Document ids by the hash of their source."""
        self._texts: dict[str, str] = {}
        """JSON by document id, so that writing one document does not encode all others again."""
        self._identity: tuple[int, ...] | None = None

    @property
    def exists(self) -> bool:
        """Whether the file is there."""
        return (self._root / MANIFEST_NAME).exists()

    def refresh(self) -> None:
        """Read the file unless it is the one of :meth:`mark_current`. Raises OutputError."""
        if self._identity is not None and self._identity == manifest_identity(self._root):
            return
        self.discard()
        contents = read_contents(self._root)
        for entry in contents.entries:
            self._add(entry)
        self.unreadable = {report.document_id: report for report in contents.unreadable}

    def matching(self, document_id: str, source_sha256: str) -> tuple[ManifestEntry, ...]:
        """The entries of this document and those that were made from this source, by id."""
        ids = {document_id} | self._ids_by_source.get(source_sha256, set())
        return tuple(self.entries[id] for id in sorted(ids) if id in self.entries)

    def put(self, entry: ManifestEntry, *, instead_of: Iterable[ManifestEntry]) -> None:
        """Put an entry in place of others; of two that differ in times alone the old one stays."""
        for old in instead_of:
            if entry.equals_but_times(old):
                entry = old
            del self.entries[old.document_id]
            self._ids_by_source[old.source_sha256].discard(old.document_id)
            self._texts.pop(old.document_id, None)
        self._add(entry)

    def text(self, registers: Iterable[FileEntry] = ()) -> str:
        """The new content of the file."""
        reports = self.unreadable.values()
        return manifest_text(self.entries.values(), self._texts, registers, reports)

    def mark_current(self) -> None:
        """Note that the file holds what is in memory: it has just been written."""
        self._identity = manifest_identity(self._root)

    def discard(self) -> None:
        """Drop everything: writing failed, and the file may hold something else."""
        self.entries, self._ids_by_source, self._texts, self._identity = {}, {}, {}, None
        self.unreadable = {}

    def _add(self, entry: ManifestEntry) -> None:
        self.entries[entry.document_id] = entry
        self._ids_by_source.setdefault(entry.source_sha256, set()).add(entry.document_id)
