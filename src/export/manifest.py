"""manifest.json: which documents a root holds, what each was made from, and its files with hashes.

The words are those of the W3C's PROV: an activity used a source and generated files. The file is
made anew from the documents' own files where it is missing, so that it can always be thrown away.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
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
class Basis:
    """What a document's rows rest on besides its source: where it is equal, they would be."""

    code_sha256: str
    """Hash of styrmatt's own code and the versions of the libraries that read."""
    layouts_sha256: str
    """Hash of all layouts that were there to choose from."""
    asked: Mapping[str, Any]
    """What options and sidecar said: identity, layout, pages."""
    corrections_sha256: str | None = None
    """Hash of the corrections that were there to apply; None where there were none."""


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
    basis: Basis | None = None
    """None where it is not known; then the document is never taken for unchanged."""

    @property
    def is_partial(self) -> bool:
        """Whether only some pages of the source were read."""
        return self.pages == PART


def entry_of(
    document: Document,
    generated: tuple[Generated, ...],
    *,
    partial: bool,
    basis: Basis | None = None,
) -> Entry:
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
        basis=basis,
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


def manifest_text(entries: Iterable[Entry], known: dict[str, str] | None = None) -> str:
    """The manifest as JSON, documents by year and id.

    ``known`` holds the text of entries, by document id, from one call to the next.
    """
    texts = {} if known is None else known
    ordered = sorted(entries, key=lambda entry: (entry.fiscal_year, entry.document_id))
    for entry in ordered:
        if entry.document_id not in texts:
            text = json.dumps(_to_json(entry), ensure_ascii=False, indent=2)
            texts[entry.document_id] = text.replace("\n", "\n    ")
    head = {"format": "styrmatt-extract", "schema_version": SCHEMA_VERSION, "documents": []}
    opening, closing = json.dumps(head, ensure_ascii=False, indent=2).split("[]")
    between = ",\n    "
    body = between.join(texts[entry.document_id] for entry in ordered)
    return f"{opening}[\n    {body}\n  ]{closing}\n" if ordered else f"{opening}[]{closing}\n"


class Manifest:
    """The entries below a root, for one who writes there many times over."""

    def __init__(self, root: Path) -> None:
        self._path = root / NAME
        self.entries: dict[str, Entry] = {}
        """By document id."""
        self._ids: dict[str, set[str]] = {}
        """Document ids by the hash of their source."""
        self._texts: dict[str, str] = {}
        self._stamp: tuple[int, ...] | None = None

    def refresh(self) -> None:
        """Read the manifest unless it is as :meth:`remember` saw it. Raises OutputError."""
        if self._stamp is not None and self._stamp == self._on_disk():
            return
        self.forget()
        for entry in read_manifest(self._path.parent):
            self._hold(entry)

    def of(self, document_id: str, source_sha256: str) -> tuple[Entry, ...]:
        """The entries of this document and those that were made from this source."""
        ids = {document_id} | self._ids.get(source_sha256, set())
        return tuple(self.entries[id] for id in sorted(ids) if id in self.entries)

    def put(self, entry: Entry, *, instead_of: Iterable[Entry]) -> None:
        """Take in an entry in place of others."""
        for old in instead_of:
            del self.entries[old.document_id]
            self._ids[old.source_sha256].discard(old.document_id)
            self._texts.pop(old.document_id, None)
        self._hold(entry)

    def text(self) -> str:
        """What the file is to hold."""
        return manifest_text(self.entries.values(), self._texts)

    def remember(self) -> None:
        """What is held is what stands on disk."""
        self._stamp = self._on_disk()

    def forget(self) -> None:
        """What is held may not be what stands on disk."""
        self.entries, self._ids, self._texts, self._stamp = {}, {}, {}, None

    def _hold(self, entry: Entry) -> None:
        self.entries[entry.document_id] = entry
        self._ids.setdefault(entry.source_sha256, set()).add(entry.document_id)

    def _on_disk(self) -> tuple[int, ...] | None:
        try:
            stat = self._path.stat()
        except OSError:
            return None
        return (stat.st_ino, stat.st_mtime_ns, stat.st_size)


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
            **({} if entry.basis is None else asdict(entry.basis)),
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
        basis=_basis(activity),
    )


def basis_text(basis: Basis | None) -> str:
    """A basis as a line of JSON, for a file's footer."""
    return json.dumps(None if basis is None else asdict(basis), ensure_ascii=False, sort_keys=True)


def _basis(said: dict[str, Any] | None) -> Basis | None:
    names = [field.name for field in fields(Basis)]
    if said is None or not {"code_sha256", "layouts_sha256", "asked"} <= set(said):
        return None
    return Basis(**{name: said[name] for name in names if name in said})


def _from_files(root: Path) -> tuple[Entry, ...]:
    return tuple(map(_entry_of_file, sorted((root / "documents").glob("year=*/*.parquet"))))


def _entry_of_file(path: Path) -> Entry:
    import pyarrow.parquet as pq

    root = path.parents[2]
    with pq.ParquetFile(path) as file:
        row = file.read().to_pylist()[0]
        footer = file.metadata.metadata
    paths = {name: file_path(name, row["fiscal_year"], row["document_id"]) for name in DATASETS}
    generated = tuple(
        describe(root, name, path) for name, path in paths.items() if (root / path).exists()
    )
    document = Document(**{name: row[name] for name in Document.__dataclass_fields__})
    basis = _basis(json.loads(footer.get(b"styrmatt.basis", b"null")))
    return entry_of(
        document, generated, partial=footer[b"styrmatt.pages"] == PART.encode(), basis=basis
    )
