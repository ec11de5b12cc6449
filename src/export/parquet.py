"""Writing a report's rows as Parquet: one file per dataset, all of them or none."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from styrmatt.errors import ConflictError, DefectError
from styrmatt.export.changes import Staging, locked, staging
from styrmatt.export.checks import check_extract
from styrmatt.export.footer import footer
from styrmatt.export.manifest import (
    NAME,
    PART,
    WHOLE,
    Entry,
    Generated,
    describe,
    entry_of,
    file_path,
    manifest_text,
    read_manifest,
)
from styrmatt.export.schema import arrow_schema, key_columns
from styrmatt.records import DATASETS, Document, Extract

if TYPE_CHECKING:
    import pyarrow as pa

_SAFE_NAME = re.compile(r"[\w-][\w.-]{0,199}")


def write_extract(extract: Extract, root: Path, *, replace: bool, partial: bool) -> None:
    """Write the datasets of one report below ``root`` in place of what it wrote there before.

    Files of other reports stay as they are. Raises ConflictError where the report is there from
    another source (unless ``replace``) or whole while this extract is ``partial``; OutputError
    where ``root`` cannot be written; DefectError where a row breaks its declaration.
    """
    check_extract(extract)
    _check_name(extract.document.document_id)
    with locked(root):
        entries = read_manifest(root)
        outdated = _outdated(extract.document, entries, replace=replace, partial=partial)
        extract = _with_history(extract, outdated)
        with staging(root) as stage:
            generated = tuple(_stage_dataset(stage, extract, name, partial) for name in DATASETS)
            entry = entry_of(extract.document, generated, partial=partial)
            _stage_rest(stage, entry, entries, outdated)
            stage.commit()


def to_table(dataset: str, rows: tuple[Any, ...]) -> pa.Table:
    """The rows as an Arrow table, sorted by the dataset's key columns."""
    import pyarrow as pa

    keys = key_columns(dataset)
    ordered = sorted(rows, key=lambda row: tuple(getattr(row, key) for key in keys))
    schema = arrow_schema(dataset)
    arrays = [
        pa.array([_plain(getattr(row, field.name)) for row in ordered], type=field.type)
        for field in schema
    ]
    return pa.table(arrays, schema=schema)


def content_hash(table: pa.Table) -> str:
    """SHA-256 of a table's names and values, the same whatever wrote the file that holds them."""
    digest = RowsHash(table.column_names)
    digest.add(table)
    return digest.hexdigest()


class RowsHash:
    """The content hash of a table that comes in parts."""

    def __init__(self, names: Sequence[str]) -> None:
        self._digest = hashlib.sha256(_canonical(names))

    def add(self, rows: pa.Table | pa.RecordBatch) -> None:
        """Take in the next rows."""
        for row in rows.to_pylist():
            self._digest.update(b"\n" + _canonical(list(row.values())))

    def hexdigest(self) -> str:
        """The hash of all rows so far."""
        return self._digest.hexdigest()


def _check_name(document_id: str) -> None:
    if not _SAFE_NAME.fullmatch(document_id):
        raise DefectError(f"The document id {document_id!r} cannot be a file name.")


def _outdated(
    document: Document, entries: tuple[Entry, ...], *, replace: bool, partial: bool
) -> tuple[Entry, ...]:
    """The entries that this document takes the place of. Raises ConflictError."""
    outdated = []
    for entry in entries:
        same_source = entry.source_sha256 == document.source_sha256
        same_id = entry.document_id == document.document_id
        if not (same_source or same_id):
            continue
        if partial and not entry.is_partial:
            raise ConflictError(
                f"{entry.document_id} is there with all its pages; this run read only some.",
                hint="Choose another folder for it with --out.",
            )
        if not (same_source or replace or _is_rerun(entry, document)):
            raise ConflictError(
                f"{document.source_name} holds the report {document.document_id}, "
                f"which is there already from {entry.source_name}.",
                hint="Put it in its place with --replace, or choose another folder with --out.",
            )
        outdated.append(entry)
    return tuple(outdated)


def _is_rerun(entry: Entry, document: Document) -> bool:
    """Whether an entry of the same id is an earlier run of the same file, mended since."""
    return (entry.source_name, entry.doc_version) == (document.source_name, document.doc_version)


def _with_history(extract: Extract, outdated: tuple[Entry, ...]) -> Extract:
    """The extract with its document's ``replaces``: kept by a re-run, set by another source."""
    document = extract.document
    for entry in outdated:
        if entry.source_sha256 == document.source_sha256:
            document = dataclasses.replace(document, replaces=entry.replaces)
        else:
            document = dataclasses.replace(document, replaces=entry.source_sha256)
            break
    return dataclasses.replace(extract, document=document)


def _stage_dataset(stage: Staging, extract: Extract, dataset: str, partial: bool) -> Generated:
    import pyarrow.parquet as pq

    document = extract.document
    table = to_table(dataset, extract.rows(dataset))
    said = footer(
        dataset,
        content_hash(table),
        document_id=document.document_id,
        source_sha256=document.source_sha256,
        pages=PART if partial else WHOLE,
        tool_version=document.tool_version,
    )
    table = table.replace_schema_metadata(said)
    path = file_path(dataset, document.fiscal_year, document.document_id)
    staged = stage.put(path)
    pq.write_table(table, staged, compression="zstd", write_page_index=True, write_statistics=True)
    return describe(stage.root, dataset, path, at=staged)


def _stage_rest(
    stage: Staging, entry: Entry, entries: tuple[Entry, ...], outdated: tuple[Entry, ...]
) -> None:
    """Stage the new manifest and the removal of files that the document no longer has."""
    kept = {file.path for file in entry.generated}
    for old in outdated:
        for file in old.generated:
            if file.path not in kept:
                stage.remove(file.path)
    others = tuple(other for other in entries if other not in outdated)
    stage.put(NAME).write_text(manifest_text((*others, entry)), encoding="utf-8", newline="\n")


def _plain(value: Any) -> Any:
    """A value as pyarrow takes it: components as dicts."""
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return dataclasses.asdict(value) if dataclasses.is_dataclass(value) else value  # type: ignore[arg-type]


def _canonical(value: Any) -> bytes:
    text = json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_iso
    )
    return text.encode()


def _iso(value: Any) -> str:
    return str(value.isoformat())
