"""What a comparison reads from a root: documents, the rows of one report, columns of its files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from styrmatt.errors import OutputError
from styrmatt.export.parquet.rows import read_rows
from styrmatt.export.store.extracts import read_extracts
from styrmatt.export.store.files import file_path
from styrmatt.export.store.manifest import SOME_PAGES
from styrmatt.export.store.series_register import REGISTER_PATH
from styrmatt.export.store.transaction import read_consistently
from styrmatt.records import DATASETS, Document, Extract


def read_documents(root: Path) -> tuple[Document, ...]:
    """The documents below ``root``, by year and id.

    Raises OutputError for a folder without an extract or with one that is half written.
    """

    def read() -> tuple[Document, ...]:
        files = sorted((root / "documents").glob("year=*/*.parquet"))
        return tuple(row for file in files for row in read_rows(file, "documents"))

    documents = read_consistently(root, read)
    if not documents:
        raise OutputError(f"{root} holds no extract.", hint="Make one: styrmatt run --out FOLDER.")
    return documents


def read_extract(root: Path, document: Document) -> Extract:
    """All rows of one report below ``root``. Raises OutputError."""
    extracts = read_extracts(root, document=document.document_id)
    return next(e for e in extracts if e.document.document_id == document.document_id)


def read_columns(root: Path, document: Document) -> dict[str, dict[str, str]]:
    """The columns in the files of a report with their types, by dataset.

    They may differ from this version's declarations. Raises OutputError.
    """
    paths = {name: _file(root, name, document) for name in DATASETS}
    return {name: _columns(path) for name, path in paths.items()}


def is_partial(root: Path, document: Document) -> bool:
    """Whether only chosen pages of a report were read (``--pages``)."""
    footer = _schema(_file(root, "documents", document)).metadata or {}
    return bool(footer.get(b"styrmatt.pages") == SOME_PAGES.encode())


def read_predecessors(root: Path) -> dict[str, str]:
    """By series with a changed definition, the series that it came from. Raises OutputError."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = root / REGISTER_PATH
    if not path.exists():
        return {}
    try:
        with pq.ParquetFile(path) as file:
            rows = file.read(columns=["series_id", "predecessor_series_id"]).to_pylist()
    except (pa.ArrowException, OSError) as error:
        raise OutputError(f"{path} is not a register of series that can be read.") from error
    pairs = ((row["series_id"], row["predecessor_series_id"]) for row in rows)
    return {series: before for series, before in pairs if before is not None}


def _file(root: Path, dataset: str, document: Document) -> Path:
    return root / file_path(dataset, document.fiscal_year, document.document_id)


def _columns(path: Path) -> dict[str, str]:
    return {field.name: str(field.type) for field in _schema(path)} if path.exists() else {}


def _schema(path: Path) -> Any:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return pq.read_schema(path)
    except (pa.ArrowException, OSError) as error:
        raise OutputError(
            f"{path} is not a Parquet file that can be read.", hint="Run the report once more."
        ) from error
