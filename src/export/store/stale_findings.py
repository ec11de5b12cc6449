"""Findings that a run makes untrue.

They are no part of the manifest: it names what a run made from a source, while a check makes
findings from all the reports of a folder, and may be asked for again at any time. What they rest on
changes with a report, so its findings go when its rows change, and so do those of other reports
that quote it. A report that is new changes no quote.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path


def stale_findings(root: Path, document_ids: Collection[str]) -> Iterator[str]:
    """The files of findings below ``root`` that quote any of the reports, as paths with slashes."""
    for path in sorted((root / "findings").glob("year=*/*.parquet")):
        if path.stem in document_ids or _quoted(path) & set(document_ids):
            yield path.relative_to(root).as_posix()


def _quoted(path: Path) -> set[str]:
    """The reports that findings quote beside their own; none where the file cannot be read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            column = file.read(columns=["other_document_id"])["other_document_id"]
    except (pa.ArrowException, OSError, KeyError):
        return set()
    return set(column.to_pylist()) - {None}
