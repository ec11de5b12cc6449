"""Writing a report's rows as Parquet: one file per dataset, all of them or none."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from styrmatt.errors import ConflictError, DefectError
from styrmatt.export.parquet.footer import footer
from styrmatt.export.parquet.tables import content_hash, to_table, write_file
from styrmatt.export.schema.row_checks import check_extract, check_row
from styrmatt.export.store.files import FileEntry, describe, file_path
from styrmatt.export.store.manifest import (
    NAME,
    PART,
    WHOLE,
    Activity,
    Basis,
    Manifest,
    ManifestEntry,
    basis_text,
    entry_of,
)
from styrmatt.export.store.series_register import Register
from styrmatt.export.store.stale_findings import outdated_findings
from styrmatt.export.store.transaction import Transaction, root_lock, staging
from styrmatt.export.store.unreadable_reports import GivenUp
from styrmatt.records import AUDITS, DATASETS, REGISTERS, Document, Extract, Issue, Series

_SAFE_NAME = re.compile(r"[\w-][\w.-]{0,199}")
Linked = tuple[Extract, tuple[Series, ...]]
"""A report with its series, and the series of its organisation with the report in them."""
Linking = Callable[[Extract, tuple[Series, ...], Collection[str]], Linked]
"""Given a report, the series of its organisation, and ids of the reports that it replaces."""


class Writer:
    """Writes documents below a root, some or many at a time."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._manifest = Manifest(root)

    @property
    def document_count(self) -> int:
        """How many documents the root held when it was last written or looked at."""
        return len(self._manifest.entries)

    def mend(self) -> None:
        """Write the manifest anew where someone took it away. Raises OutputError."""
        if not self._manifest.exists:
            with self.together():
                pass

    @contextmanager
    def together(self) -> Iterator[Batch]:
        """A batch of documents that are all written at the end, or none of them.

        Raises OutputError where the root cannot be written.
        """
        with root_lock(self.root):
            self._manifest.refresh()
            try:
                with staging(self.root) as stage:
                    batch = Batch(stage, self._manifest)
                    yield batch
                    batch.close()
                    stage.commit()
            except BaseException:
                self._manifest.forget()
                raise
            self._manifest.remember()


class Batch:
    """Documents on their way to a root. The files of others stay as they are."""

    def __init__(self, stage: Transaction, manifest: Manifest) -> None:
        self.root = stage.root
        self._stage = stage
        self._manifest = manifest
        self._changed = False
        self._register: Register | None = None
        self._outdated: set[str] = set()
        """The reports that were there with other rows."""

    def add(
        self,
        extract: Extract,
        *,
        replace: bool,
        partial: bool,
        basis: Basis | None = None,
        link: Linking | None = None,
        activity: Activity | None = None,
    ) -> Extract:
        """Put the datasets of one report in place of what it wrote there before.

        ``link`` gives the report its series; the register is written with it. The report as it is
        written comes back. Raises, before anything is staged: ConflictError where the report is
        there from another source (unless ``replace``) or whole while this extract is ``partial``;
        DefectError where a row breaks its declaration.
        """
        check_extract(extract)
        document = extract.document
        _check_name(document.document_id)
        outdated = self._manifest.of(document.document_id, document.source_sha256)
        _check_outdated(document, outdated, replace=replace, partial=partial)
        extract = _with_history(extract, outdated)
        if link is not None:
            extract = self._link(extract, link, {entry.document_id for entry in outdated})
        generated = tuple(
            _stage_dataset(self._stage, extract, name, partial, basis) for name in DATASETS
        )
        self._remove(outdated, kept={file.path for file in generated})
        rows = {file.content_sha256 for file in generated}
        self._outdated |= {
            entry.document_id
            for entry in outdated
            if {file.content_sha256 for file in entry.generated} != rows
        }
        entry = entry_of(
            extract.document, generated, partial=partial, basis=basis, activity=activity
        )
        self._manifest.put(entry, instead_of=outdated)
        self._changed = True
        return extract

    def give_up(self, issue: Issue, name: str, sha256: str, tool_version: str) -> None:
        """Put an issue that a source could not be read in place of an earlier one."""
        check_row("issues", issue, "issues, row 0")
        _check_name(issue.document_id)
        self.take_back(issue.document_id)
        facts = {"source_name": name, "source_sha256": sha256, "tool_version": tool_version}
        unread, year = issue.document_id, issue.fiscal_year
        file = _stage_rows(self._stage, "issues", (issue,), unread, year, **facts)
        self._manifest.given_up[unread] = GivenUp(unread, year, generated=file, **facts)
        self._changed = True

    def take_back(self, unread_id: str) -> None:
        """Take away the issue of a source that could not be read, if it is there."""
        known = self._manifest.given_up.pop(unread_id, None)
        if known is not None:
            self._stage.remove(known.generated.path)
            self._changed = True

    def _link(self, extract: Extract, link: Linking, replaced: Collection[str]) -> Extract:
        if self._register is None:
            self._register = Register(self._stage.root)
        organisation = extract.document.organisation
        linked, series = link(extract, self._register.of(organisation), replaced)
        check_extract(linked, checked=extract)
        self._register.put(organisation, series)
        return linked

    def _remove(self, outdated: tuple[ManifestEntry, ...], kept: set[str]) -> None:
        """Stage the removal of files that the document no longer has."""
        for entry in outdated:
            audits = [file_path(name, entry.fiscal_year, entry.document_id) for name in AUDITS]
            moved = not any(file.path in kept for file in entry.generated)
            for path in (*(file.path for file in entry.generated), *(audits if moved else ())):
                if path not in kept:
                    self._stage.remove(path)

    def close(self) -> None:
        """Stage what tells of all documents, and take away findings that are no longer true."""
        for path in outdated_findings(self._stage.root, self._outdated) if self._outdated else ():
            self._stage.remove(path)
        if self._register is not None:
            self._register.write(self._stage)
        if self._changed or (self._manifest.entries and not self._manifest.exists):
            text = self._manifest.text(self._registers())
            self._stage.put(NAME).write_text(text, encoding="utf-8", newline="\n")

    def _registers(self) -> Iterator[FileEntry]:
        """The files of all documents together, as they will be."""
        for name in REGISTERS:
            path = f"{name}/{name}.parquet"
            staged = self._stage.staged(path)
            if staged is not None or (self._stage.root / path).exists():
                yield describe(self._stage.root, name, path, at=staged)


def load_libraries() -> None:
    """Load what writes files, which is else done when the first is written."""
    import pyarrow.parquet  # noqa: F401


def load_for_many() -> None:
    """Load what else is needed where the reports of several organisations are written."""
    import pyarrow.compute  # noqa: F401


def write_extract(
    extract: Extract,
    root: Path,
    *,
    replace: bool,
    partial: bool,
    basis: Basis | None = None,
    link: Linking | None = None,
) -> None:
    """Write one report below ``root``: a :class:`Batch` of one, with what that raises."""
    with Writer(root).together() as batch:
        batch.add(extract, replace=replace, partial=partial, basis=basis, link=link)


def _check_name(document_id: str) -> None:
    if not _SAFE_NAME.fullmatch(document_id):
        raise DefectError(f"The document id {document_id!r} cannot be a file name.")


def _check_outdated(
    document: Document, outdated: tuple[ManifestEntry, ...], *, replace: bool, partial: bool
) -> None:
    """Raises ConflictError where the document must not take the place of these entries."""
    for entry in outdated:
        if partial and not entry.is_partial:
            raise ConflictError(
                f"{entry.document_id} is there with all its pages; this run read only some.",
                hint="Choose another folder for it with --out.",
            )
        same_source = entry.source_sha256 == document.source_sha256
        if not (same_source or replace or _is_rerun(entry, document)):
            raise ConflictError(
                f"{document.source_name} holds the report {document.document_id}, "
                f"which is there already from {entry.source_name}.",
                hint="Put it in its place with --replace, or choose another folder with --out.",
            )


def _is_rerun(entry: ManifestEntry, document: Document) -> bool:
    """Whether an entry of the same id is an earlier run of the same file, mended since."""
    return (entry.source_name, entry.doc_version) == (document.source_name, document.doc_version)


def _with_history(extract: Extract, outdated: tuple[ManifestEntry, ...]) -> Extract:
    """The extract with its document's ``replaces``: kept by a re-run, set by another source."""
    document = extract.document
    for entry in outdated:
        if entry.source_sha256 == document.source_sha256:
            document = dataclasses.replace(document, replaces=entry.replaces)
        else:
            document = dataclasses.replace(document, replaces=entry.source_sha256)
            break
    return dataclasses.replace(extract, document=document)


def _stage_dataset(
    stage: Transaction, extract: Extract, dataset: str, partial: bool, basis: Basis | None
) -> FileEntry:
    document = extract.document
    facts = {
        "source_sha256": document.source_sha256,
        "pages": PART if partial else WHOLE,
        "tool_version": document.tool_version,
    }
    if dataset == "documents":  # what the manifest says is said here, too, lest it be lost
        facts["basis"] = basis_text(basis)
    rows = extract.rows(dataset)
    return _stage_rows(stage, dataset, rows, document.document_id, document.fiscal_year, **facts)


def _stage_rows(
    stage: Transaction,
    dataset: str,
    rows: tuple[Any, ...],
    document_id: str,
    fiscal_year: int,
    **facts: str,
) -> FileEntry:
    table = to_table(dataset, rows)
    said = footer(dataset, content_hash(table), document_id=document_id, **facts)
    path = file_path(dataset, fiscal_year, document_id)
    staged = stage.put(path)
    write_file(table.replace_schema_metadata(said), staged)
    return describe(stage.root, dataset, path, at=staged)
