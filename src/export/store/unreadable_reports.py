"""Reports that were given up: of each an issue says so, and there is no document of it.

Its file stands among those of the other issues, and the manifest names it apart from the
documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from styrmatt.export.store.files import FileEntry, describe, file_path

UNKNOWN_YEAR: Final = 0
"""The year of a report that could not be read where nothing else says it."""
_PREFIX: Final = "unread-"


@dataclass(frozen=True, slots=True)
class GivenUp:
    """A report that was given up, and the file of its issue."""

    document_id: str
    fiscal_year: int
    source_name: str
    source_sha256: str
    tool_version: str
    generated: FileEntry


def unread_id(source_sha256: str) -> str:
    """What stands for the report in the dataset issues: nothing but its bytes is known of it."""
    return f"{_PREFIX}{source_sha256[:12]}"


def from_json(said: Iterable[Mapping[str, Any]]) -> Iterator[GivenUp]:
    """What the manifest says of them. Raises KeyError and TypeError."""
    for one in said:
        yield GivenUp(**{**one, "generated": FileEntry(**one["generated"])})


def from_files(root: Path) -> Iterator[GivenUp]:
    """What the files themselves say, where the manifest does not."""
    import pyarrow.parquet as pq

    for path in sorted((root / "issues").glob(f"year=*/{_PREFIX}*.parquet")):
        with pq.ParquetFile(path) as file:
            row = file.read().to_pylist()[0]
            footer = {key.decode(): value.decode() for key, value in file.metadata.metadata.items()}
        name = file_path("issues", row["fiscal_year"], row["document_id"])
        yield GivenUp(
            document_id=row["document_id"],
            fiscal_year=row["fiscal_year"],
            source_name=footer["styrmatt.source_name"],
            source_sha256=footer["styrmatt.source_sha256"],
            tool_version=footer["styrmatt.tool_version"],
            generated=describe(root, "issues", name),
        )
