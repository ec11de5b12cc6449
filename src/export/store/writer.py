"""Writes the rows of reports below a root: one Parquet file per dataset and document.

The files of one batch of documents, the register of series and the manifest change together or not
at all (:mod:`styrmatt.export.store.transaction`).
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from styrmatt.errors import ConflictError, DefectError
from styrmatt.export.parquet.footer import footer
from styrmatt.export.parquet.tables import content_hash, numbered, to_table, write_file
from styrmatt.export.schema.row_checks import check_extract, check_row
from styrmatt.export.store.files import FileEntry, file_entry, file_path
from styrmatt.export.store.manifest import (
    ALL_PAGES,
    MANIFEST_NAME,
    SOME_PAGES,
    DocumentBasis,
    ManifestEntry,
    ReadActivity,
    entry_of,
)
from styrmatt.export.store.manifest_file import CachedManifest
from styrmatt.export.store.manifest_json import basis_text
from styrmatt.export.store.observations import ObservationRegister
from styrmatt.export.store.series_register import SeriesRegister
from styrmatt.export.store.stale_findings import stale_findings
from styrmatt.export.store.transaction import Transaction, open_transaction, root_lock
from styrmatt.export.store.unreadable_reports import UnreadableReport
from styrmatt.records import AUDITS, DATASETS, REGISTERS, Document, Extract, Issue, Series

_SAFE_NAME: Final = re.compile(r"[\w-][\w.-]{0,199}")
"""Document ids that can be file names: no separators, no leading dot. File systems take 255 bytes
for a name; 200 characters leave room for the extension and for letters of two bytes."""
_SHOWN_HASH: Final = 12
"""Hexadecimal digits (48 bits) of a hash that people compare: too many to agree by chance."""
LinkedReport = tuple[Extract, tuple[Series, ...]]
"""A report whose goals and measures have series ids, and the updated series of its organisation."""
LinkSeries = Callable[[Extract, tuple[Series, ...], Collection[str]], LinkedReport]
"""Links a report, given the series of its organisation and the ids of documents it replaces."""


class StoreWriter:
    """Writes batches of documents below a root."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._manifest = CachedManifest(root)

    @property
    def document_count(self) -> int:
        """How many documents the root held when it was last written or read."""
        return len(self._manifest.entries)

    def restore_manifest(self) -> None:
        """Write the manifest again where it was deleted by hand. Raises OutputError."""
        if not self._manifest.exists:
            with self.batch():
                pass

    @contextmanager
    def batch(self) -> Iterator[DocumentBatch]:
        """A batch of documents: when the block ends all of them are written, or none.

        The root is locked meanwhile. Raises OutputError where it cannot be written.
        """
        with root_lock(self.root):
            self._manifest.refresh()
            try:
                with open_transaction(self.root) as transaction:
                    batch = DocumentBatch(transaction, self._manifest)
                    yield batch
                    batch.close()
                    transaction.commit()
            except BaseException:
                self._manifest.discard()
                raise
            self._manifest.mark_current()


class DocumentBatch:
    """Documents to be written below a root. The files of all other documents stay as they are."""

    def __init__(self, transaction: Transaction, manifest: CachedManifest) -> None:
        self.root = transaction.root
        self._transaction = transaction
        self._manifest = manifest
        self._changed = False
        self._register: SeriesRegister | None = None
        self._observations: ObservationRegister | None = None
        self._changed_documents: set[str] = set()
        """Ids of stored documents whose rows this batch changes; findings on them are stale."""

    def add(
        self,
        extract: Extract,
        *,
        replace: bool,
        partial: bool,
        basis: DocumentBasis | None = None,
        link: LinkSeries | None = None,
        activity: ReadActivity | None = None,
    ) -> Extract:
        """Stage the datasets of one report in place of its earlier ones; returns what is written.

        ``link`` gives goals and measures their series; the register is written with the batch.
        Raises, before anything is staged: ConflictError where the report is stored from another
        source (unless ``replace``) or with all pages while this extract is ``partial``;
        DefectError where a row breaks its declaration.
        """
        check_extract(extract)
        document = extract.document
        _check_name(document.document_id)
        replaced = self._manifest.matching(document.document_id, document.source_sha256)
        _check_replaceable(document, replaced, replace=replace, partial=partial)
        extract = _with_replaces(extract, replaced)
        if link is not None:
            extract = self._link(extract, link, {entry.document_id for entry in replaced})
        extract = _numbered(extract)
        if link is not None:
            self._observe(extract, replaced, partial=partial)
        files = tuple(
            _stage_dataset(self._transaction, extract, name, partial, basis) for name in DATASETS
        )
        self._remove(replaced, new_paths={file.path for file in files})
        hashes = {file.content_sha256 for file in files}
        self._changed_documents |= {
            entry.document_id
            for entry in replaced
            if {file.content_sha256 for file in entry.files} != hashes
        }
        entry = entry_of(extract.document, files, partial=partial, basis=basis, activity=activity)
        self._manifest.put(entry, instead_of=replaced)
        self._changed = True
        return extract

    def add_unreadable(self, issue: Issue, name: str, sha256: str, tool_version: str) -> None:
        """Stage the issue that a source could not be read, in place of an earlier one."""
        check_row("issues", issue, "issues, row 0")
        _check_name(issue.document_id)
        self.remove_unreadable(issue.document_id)
        facts = {"source_name": name, "source_sha256": sha256, "tool_version": tool_version}
        report_id, year = issue.document_id, issue.fiscal_year
        file = _stage_rows(self._transaction, "issues", (issue,), report_id, year, **facts)
        report = UnreadableReport(report_id, year, issue_file=file, **facts)
        self._manifest.unreadable[report_id] = report
        self._changed = True

    def remove_unreadable(self, unread_id: str) -> None:
        """Stage the removal of the issue that a source could not be read, if there is one."""
        report = self._manifest.unreadable.pop(unread_id, None)
        if report is not None:
            self._transaction.remove(report.issue_file.path)
            self._changed = True

    def _link(self, extract: Extract, link: LinkSeries, replaced: Collection[str]) -> Extract:
        if self._register is None:
            self._register = SeriesRegister(self._transaction.root)
        organisation = extract.document.organisation
        linked, series = link(extract, self._register.series_of(organisation), replaced)
        check_extract(linked, checked=extract)
        self._register.put(organisation, series)
        return linked

    def _observe(
        self, extract: Extract, replaced: tuple[ManifestEntry, ...], *, partial: bool
    ) -> None:
        if self._observations is None:
            self._observations = ObservationRegister(self._transaction.root)
        ids = [entry.document_id for entry in replaced]
        self._observations.put(extract, partial=partial, replaced=ids)

    def _remove(self, replaced: tuple[ManifestEntry, ...], new_paths: set[str]) -> None:
        """Stage the removal of files that the document no longer has.

        Findings go with a document whose year or id, and so its place, changed.
        """
        for entry in replaced:
            audits = [file_path(name, entry.fiscal_year, entry.document_id) for name in AUDITS]
            moved = not any(file.path in new_paths for file in entry.files)
            for path in (*(file.path for file in entry.files), *(audits if moved else ())):
                if path not in new_paths:
                    self._transaction.remove(path)

    def close(self) -> None:
        """Stage the register and the manifest, and the removal of stale findings."""
        if self._changed_documents:
            for path in stale_findings(self._transaction.root, self._changed_documents):
                self._transaction.remove(path)
        if self._register is not None:
            self._register.write(self._transaction)
        if self._observations is not None:
            self._observations.write(self._transaction)
        if self._changed or (self._manifest.entries and not self._manifest.exists):
            text = self._manifest.text(self._registers())
            self._transaction.put(MANIFEST_NAME).write_text(text, encoding="utf-8", newline="\n")

    def _registers(self) -> Iterator[FileEntry]:
        """The files of all documents together, as they will be after the commit."""
        for name in REGISTERS:
            path = f"{name}/{name}.parquet"
            staged = self._transaction.staged(path)
            if staged is not None or (self._transaction.root / path).exists():
                yield file_entry(self._transaction.root, name, path, staged_at=staged)


def load_libraries() -> None:
    """Import what writes files ahead of time, while reports are still being read."""
    import pyarrow.parquet  # noqa: F401


def load_for_many() -> None:
    """Import what the register needs besides where there are several organisations."""
    import pyarrow.compute  # noqa: F401


def _check_name(document_id: str) -> None:
    if not _SAFE_NAME.fullmatch(document_id):
        raise DefectError(f"The document id {document_id!r} cannot be a file name.")


def _check_replaceable(
    document: Document, stored: tuple[ManifestEntry, ...], *, replace: bool, partial: bool
) -> None:
    """Raises ConflictError where the document must not take the place of these entries."""
    for entry in stored:
        if partial and not entry.is_partial:
            raise ConflictError(
                f"{entry.document_id} is there with all its pages; this run read only some.",
                hint="Choose another folder for it with --out.",
            )
        if entry.source_sha256 != document.source_sha256 and not replace:
            raise ConflictError(
                f"{document.source_name} holds the report {document.document_id}, "
                f"which is there already from {_other_source(entry, document)}.",
                hint="Put it in its place with --replace, or choose another folder with --out.",
            )


def _other_source(entry: ManifestEntry, document: Document) -> str:
    """How a stored entry's source differs from the document's, as the end of a sentence."""
    if entry.source_name != document.source_name:
        return entry.source_name
    facts = (
        ("version", entry.doc_version, document.doc_version),
        ("number of pages", entry.page_count, document.page_count),
        ("SHA-256", entry.source_sha256[:_SHOWN_HASH], document.source_sha256[:_SHOWN_HASH]),
    )
    changed = ", ".join(
        f"the {what} was {before or 'not printed'} and is {now or 'not printed'}"
        for what, before, now in facts
        if before != now
    )
    return f"another state of this file ({changed})"


def _with_replaces(extract: Extract, replaced: tuple[ManifestEntry, ...]) -> Extract:
    """The extract with its document's ``replaces``.

    Reading the same source again keeps the stored value; another source sets its hash.
    """
    document = extract.document
    for entry in replaced:
        if entry.source_sha256 == document.source_sha256:
            document = dataclasses.replace(document, replaces=entry.replaces)
        else:
            document = dataclasses.replace(document, replaces=entry.source_sha256)
            break
    return dataclasses.replace(extract, document=document)


def _numbered(extract: Extract) -> Extract:
    """The extract with the place of each row in its dataset."""
    rows = {name: numbered(extract.rows(name)) for name in DATASETS}
    (document,) = rows.pop("documents")
    return dataclasses.replace(extract, document=document, **rows)


def _stage_dataset(
    transaction: Transaction,
    extract: Extract,
    dataset: str,
    partial: bool,
    basis: DocumentBasis | None,
) -> FileEntry:
    document = extract.document
    facts = {
        "source_sha256": document.source_sha256,
        "pages": SOME_PAGES if partial else ALL_PAGES,
        "tool_version": document.tool_version,
    }
    if dataset == "documents":  # a manifest that was deleted is rebuilt from it
        facts["basis"] = basis_text(basis)
    rows = extract.rows(dataset)
    return _stage_rows(
        transaction, dataset, rows, document.document_id, document.fiscal_year, **facts
    )


def _stage_rows(
    transaction: Transaction,
    dataset: str,
    rows: tuple[Any, ...],
    document_id: str,
    fiscal_year: int,
    **facts: str,
) -> FileEntry:
    table = to_table(dataset, rows)
    metadata = footer(dataset, content_hash(table), document_id=document_id, **facts)
    path = file_path(dataset, fiscal_year, document_id)
    staged = transaction.put(path)
    write_file(table.replace_schema_metadata(metadata), staged)
    return file_entry(transaction.root, dataset, path, staged_at=staged)
