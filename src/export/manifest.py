"""manifest.json: which documents a root holds, what each was made from, and its files with hashes.

The words are those of the W3C's PROV: an activity used a source and generated files. The file is
made anew from the documents' own files where it is missing, so that it can always be thrown away.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from styrmatt.errors import OutputError
from styrmatt.records import DATASETS, SCHEMA_VERSION, Document

NAME: Final = "manifest.json"
WHOLE: Final = "all"
PART: Final = "part"


@dataclass(frozen=True, slots=True)
class Generated:
    """A file of a document."""

    dataset: str
    path: str
    rows: int
    sha256: str
    content_sha256: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A document that a root holds."""

    document_id: str
    fiscal_year: int
    pages: str
    source_name: str
    source_sha256: str
    source_kind: str
    doc_version: str | None
    replaces: str | None
    tool_version: str
    layout: str
    page_count: int
    generated: tuple[Generated, ...]

    @property
    def is_partial(self) -> bool:
        """Whether only some pages of the source were read."""
        return self.pages == PART


def entry_of(document: Document, generated: tuple[Generated, ...], *, partial: bool) -> Entry:
    """The entry of a document with these files."""
    return Entry(
        document_id=document.document_id,
        fiscal_year=document.fiscal_year,
        pages=PART if partial else WHOLE,
        source_name=document.source_name,
        source_sha256=document.source_sha256,
        source_kind=document.source_kind,
        doc_version=document.doc_version,
        replaces=document.replaces,
        tool_version=document.tool_version,
        layout=document.layout,
        page_count=document.page_count,
        generated=generated,
    )


def file_path(dataset: str, fiscal_year: int, document_id: str) -> str:
    """Where the file of a document stands below a root."""
    return f"{dataset}/year={fiscal_year}/{document_id}.parquet"


def read_manifest(root: Path) -> tuple[Entry, ...]:
    """The documents below ``root``, from its manifest, else from their files. Raises OutputError.

    A document all of whose files were deleted by hand is no longer there.
    """
    path = root / NAME
    if not path.exists():
        return _from_files(root)
    try:
        documents = json.loads(path.read_text(encoding="utf-8"))["documents"]
        entries = [_from_json(document) for document in documents]
    except (ValueError, KeyError, TypeError) as error:
        raise OutputError(
            f"{path} is not a manifest that this version of styrmatt can read.",
            hint="Move it away: the next run makes it anew from the data.",
        ) from error
    return tuple(e for e in entries if any((root / file.path).exists() for file in e.generated))


def manifest_text(entries: tuple[Entry, ...]) -> str:
    """The manifest as JSON, documents by year and id."""
    ordered = sorted(entries, key=lambda entry: (entry.fiscal_year, entry.document_id))
    content = {
        "format": "styrmatt-extract",
        "schema_version": SCHEMA_VERSION,
        "documents": [_to_json(entry) for entry in ordered],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def describe(root: Path, dataset: str, path: str, *, at: Path | None = None) -> Generated:
    """Rows and hashes of the file ``path`` below ``root``; ``at`` is where it stands until then."""
    import pyarrow.parquet as pq

    file = at or root / path
    metadata = pq.read_metadata(file)
    return Generated(
        dataset=dataset,
        path=path,
        rows=metadata.num_rows,
        sha256=hashlib.sha256(file.read_bytes()).hexdigest(),
        content_sha256=metadata.metadata[b"styrmatt.content_sha256"].decode(),
    )


def _to_json(entry: Entry) -> dict[str, Any]:
    return {
        "document_id": entry.document_id,
        "fiscal_year": entry.fiscal_year,
        "activity": {
            "tool": "styrmatt",
            "tool_version": entry.tool_version,
            "layout": entry.layout,
            "pages": entry.pages,
        },
        "used": {
            "name": entry.source_name,
            "sha256": entry.source_sha256,
            "kind": entry.source_kind,
            "page_count": entry.page_count,
            "doc_version": entry.doc_version,
            "replaces": entry.replaces,
        },
        "generated": [asdict(file) for file in entry.generated],
    }


def _from_json(document: dict[str, Any]) -> Entry:
    used, activity = document["used"], document["activity"]
    return Entry(
        document_id=document["document_id"],
        fiscal_year=document["fiscal_year"],
        pages=activity["pages"],
        source_name=used["name"],
        source_sha256=used["sha256"],
        source_kind=used["kind"],
        doc_version=used["doc_version"],
        replaces=used["replaces"],
        tool_version=activity["tool_version"],
        layout=activity["layout"],
        page_count=used["page_count"],
        generated=tuple(Generated(**file) for file in document["generated"]),
    )


def _from_files(root: Path) -> tuple[Entry, ...]:
    return tuple(map(_entry_of_file, sorted((root / "documents").glob("year=*/*.parquet"))))


def _entry_of_file(path: Path) -> Entry:
    import pyarrow.parquet as pq

    root = path.parents[2]
    with pq.ParquetFile(path) as file:
        row = file.read().to_pylist()[0]
        pages = file.metadata.metadata[b"styrmatt.pages"].decode()
    paths = {name: file_path(name, row["fiscal_year"], row["document_id"]) for name in DATASETS}
    generated = tuple(
        describe(root, name, path) for name, path in paths.items() if (root / path).exists()
    )
    document = Document(**{name: row[name] for name in Document.__dataclass_fields__})
    return entry_of(document, generated, partial=pages == PART)
