"""Reports that could not be read: each has one issue that says so, and no document.

The file of that issue stands among the other files of issues. The manifest lists it apart from the
documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from styrmatt.export.store.files import FileEntry, file_entry, file_path

UNKNOWN_YEAR: Final = 0
"""Fiscal year of an unreadable report where neither an option nor a sidecar file gives one."""
_PREFIX: Final = "unread-"
_ID_DIGITS: Final = 12
"""Hex digits of the source's hash in an id. With 48 bits a million unreadable reports below one
root collide with a chance of one in five hundred; a whole hash makes file names hard to read."""


@dataclass(frozen=True, slots=True)
class UnreadableReport:
    """A report that could not be read, and the file of its issue."""

    document_id: str
    """Made by :func:`unread_id`; no document has it."""
    fiscal_year: int
    source_name: str
    source_sha256: str
    tool_version: str
    issue_file: FileEntry


def unread_id(source_sha256: str) -> str:
    """The ``document_id`` of an unreadable report in the dataset issues."""
    return f"{_PREFIX}{source_sha256[:_ID_DIGITS]}"


def as_json(report: UnreadableReport) -> dict[str, Any]:
    """A report as the manifest lists it."""
    content = asdict(report)
    content["generated"] = content.pop("issue_file")
    return content


def parse(listed: Iterable[Mapping[str, Any]]) -> Iterator[UnreadableReport]:
    """The reports that a manifest lists. Raises KeyError and TypeError."""
    for content in listed:
        facts = {name: value for name, value in content.items() if name != "generated"}
        yield UnreadableReport(**facts, issue_file=FileEntry(**content["generated"]))


def from_files(root: Path) -> Iterator[UnreadableReport]:
    """The reports whose files of issues stand below ``root``, for a manifest that is missing."""
    import pyarrow.parquet as pq

    for path in sorted((root / "issues").glob(f"year=*/{_PREFIX}*.parquet")):
        with pq.ParquetFile(path) as file:
            row = file.read().to_pylist()[0]
            footer = {key.decode(): value.decode() for key, value in file.metadata.metadata.items()}
        name = file_path("issues", row["fiscal_year"], row["document_id"])
        yield UnreadableReport(
            document_id=row["document_id"],
            fiscal_year=row["fiscal_year"],
            source_name=footer["styrmatt.source_name"],
            source_sha256=footer["styrmatt.source_sha256"],
            tool_version=footer["styrmatt.tool_version"],
            issue_file=file_entry(root, "issues", name),
        )
