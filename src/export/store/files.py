"""The files below a root: where each stands, and what it is known by."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file of a document."""

    dataset: str
    path: str
    rows: int
    sha256: str
    content_sha256: str


def file_path(dataset: str, fiscal_year: int, document_id: str) -> str:
    """Where the file of a document stands below a root."""
    return f"{dataset}/year={fiscal_year}/{document_id}.parquet"


def describe(root: Path, dataset: str, path: str, *, at: Path | None = None) -> FileEntry:
    """Rows and hashes of the file ``path`` below ``root``; ``at`` is where it stands until then."""
    import pyarrow.parquet as pq

    file = at or root / path
    metadata = pq.read_metadata(file)
    return FileEntry(
        dataset=dataset,
        path=path,
        rows=metadata.num_rows,
        sha256=hashlib.sha256(file.read_bytes()).hexdigest(),
        content_sha256=metadata.metadata[b"styrmatt.content_sha256"].decode(),
    )
