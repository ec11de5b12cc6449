"""Whole extracts read back from a root, and the findings on them written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from styrmatt.errors import OutputError, UsageError
from styrmatt.export.parquet.footer import footer
from styrmatt.export.parquet.rows import read_rows
from styrmatt.export.parquet.tables import content_hash, to_table, write_file
from styrmatt.export.schema.row_checks import check_row
from styrmatt.export.store.files import file_path
from styrmatt.export.store.transaction import open_transaction, read_consistently, root_lock
from styrmatt.records import DATASETS, Extract, Finding


def read_extracts(root: Path, *, document: str | None = None) -> tuple[Extract, ...]:
    """The extracts below ``root``, by year and id.

    ``document``: only those whose id contains it. Raises OutputError for a folder without an
    extract or with one that is half written, and UsageError where no report has such an id.
    """
    files = read_consistently(root, lambda: sorted((root / "documents").glob("year=*/*.parquet")))
    if not files:
        raise OutputError(f"{root} holds no extract.", hint="Make one: styrmatt run --out FOLDER.")
    chosen = [file for file in files if document is None or document in file.stem]
    if not chosen:
        raise UsageError(
            f"There is no document {document!r} in {root}.",
            hint="There are: " + ", ".join(file.stem for file in files) + ".",
        )

    def read(file: Path) -> Extract:
        return read_consistently(root, lambda: _read_extract(root, file.parent.name, file.name))

    return tuple(map(read, chosen))


def write_findings(root: Path, extracts: Iterable[Extract], findings: Sequence[Finding]) -> None:
    """Write the findings on each of these reports in place of earlier ones.

    A report without findings gets a file without rows. Raises OutputError where ``root`` cannot be
    written.
    """
    for number, row in enumerate(findings):
        check_row("findings", row, f"findings, row {number}")
    with root_lock(root), open_transaction(root) as transaction:
        for extract in extracts:
            document = extract.document
            rows = tuple(f for f in findings if f.document_id == document.document_id)
            table = to_table("findings", rows)
            metadata = footer(
                "findings",
                content_hash(table),
                document_id=document.document_id,
                source_sha256=document.source_sha256,
                tool_version=document.tool_version,
            )
            path = file_path("findings", document.fiscal_year, document.document_id)
            write_file(table.replace_schema_metadata(metadata), transaction.put(path))
        transaction.commit()


def _read_extract(root: Path, year: str, name: str) -> Extract:
    datasets = {dataset: read_rows(root / dataset / year / name, dataset) for dataset in DATASETS}
    if len(datasets["documents"]) != 1:
        raise OutputError(f"{root}/documents/{year}/{name} is not the file of one document.")
    rest = {dataset: rows for dataset, rows in datasets.items() if dataset != "documents"}
    return Extract(document=datasets["documents"][0], **rest)
