"""The contents of a root from the footers of its Parquet files, for a manifest that is missing.

Times and agents are known to the manifest alone and are lost with it.
"""

from __future__ import annotations

import json
from pathlib import Path

from styrmatt.export.store import unreadable_reports
from styrmatt.export.store.files import file_entry, file_path
from styrmatt.export.store.manifest import SOME_PAGES, ManifestEntry, RootContents, entry_of
from styrmatt.export.store.manifest_json import parse_basis
from styrmatt.records import DATASETS, Document


def rebuild_contents(root: Path) -> RootContents:
    """The documents and the unreadable reports below ``root``, from their own files."""
    documents = sorted((root / "documents").glob("year=*/*.parquet"))
    entries = tuple(_entry_from_file(root, path) for path in documents)
    return RootContents(entries, tuple(unreadable_reports.from_files(root)))


def _entry_from_file(root: Path, path: Path) -> ManifestEntry:
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        row = file.read().to_pylist()[0]
        footer = file.metadata.metadata
    paths = {name: file_path(name, row["fiscal_year"], row["document_id"]) for name in DATASETS}
    files = tuple(
        file_entry(root, name, path) for name, path in paths.items() if (root / path).exists()
    )
    document = Document(**{name: row[name] for name in Document.__dataclass_fields__})
    partial = footer[b"styrmatt.pages"] == SOME_PAGES.encode()
    basis = parse_basis(json.loads(footer.get(b"styrmatt.basis", b"null")))
    return entry_of(document, files, partial=partial, basis=basis)
