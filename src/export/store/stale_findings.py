"""Findings that become outdated when a run changes the rows of a report.

Findings are not part of the manifest: `styrmatt check` makes them from all reports below a root and
can be run again at any time. When the rows of a report change, its findings are removed, and those
of other reports that quote it. A new report outdates none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path


def stale_findings(root: Path, document_ids: Collection[str]) -> Iterator[str]:
    """The files of findings below ``root`` that quote any of the documents, as paths below it."""
    for path in sorted((root / "findings").glob("year=*/*.parquet")):
        if path.stem in document_ids or _quoted_documents(path) & set(document_ids):
            yield path.relative_to(root).as_posix()


def _quoted_documents(path: Path) -> set[str]:
    """Ids of other documents that a file of findings quotes; empty if it cannot be read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            column = file.read(columns=["other_document_id"])["other_document_id"]
    except (pa.ArrowException, OSError, KeyError):
        return set()
    return set(column.to_pylist()) - {None}
