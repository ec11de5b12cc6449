"""The Parquet files below a root: their paths, row counts and hashes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A Parquet file below a root, as the manifest lists it."""

    dataset: str
    path: str
    """Below the root, with slashes."""
    rows: int
    sha256: str
    """Of the bytes of the file."""
    content_sha256: str
    """Of column names and values, whatever wrote the file; see docs/RUNS.md."""


def file_path(dataset: str, fiscal_year: int, document_id: str) -> str:
    """The path of a document's file below a root, with slashes."""
    return f"{dataset}/year={fiscal_year}/{document_id}.parquet"


def file_entry(root: Path, dataset: str, path: str, *, staged_at: Path | None = None) -> FileEntry:
    """The entry of the file ``path`` below ``root``; it is read at ``staged_at`` if given."""
    import pyarrow.parquet as pq

    file = staged_at or root / path
    metadata = pq.read_metadata(file)
    return FileEntry(
        dataset=dataset,
        path=path,
        rows=metadata.num_rows,
        sha256=hashlib.sha256(file.read_bytes()).hexdigest(),
        content_sha256=metadata.metadata[b"styrmatt.content_sha256"].decode(),
    )
