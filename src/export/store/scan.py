"""Finds and reads the files of an extract: by dataset, year and document, in a fixed order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from styrmatt.errors import OutputError, UsageError
from styrmatt.export.schema.columns import arrow_schema, columns, declared
from styrmatt.export.schema.versions import RENAMED, check_version, version_of
from styrmatt.export.store.transaction import read_consistently

if TYPE_CHECKING:
    import pyarrow as pa

_DOCUMENTS: Final = "documents"
"""The dataset that every extract has."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rows of an extract are read; everything by default."""

    datasets: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    document: str | None = None
    """Only documents whose id contains this."""


class ExtractReader:
    """The selected rows of an extract below a root, by year, document and key."""

    def __init__(self, root: Path, selection: Selection | None = None) -> None:
        """Raises OutputError for a folder without an extract, UsageError for an empty selection."""
        self.root = root
        self.selection = selection or Selection()
        for dataset in self.selection.datasets:
            columns(dataset)
        check_readable(root)
        self._check_selection()

    def datasets(self) -> tuple[str, ...]:
        """The selected datasets, else all that have files, in the order of their declaration.

        Raises OutputError for a selected one that has no file.
        """
        existing = [name for name in declared() if dataset_files(self.root, name)]
        for name in self.selection.datasets:
            check_dataset_exists(self.root, name)
        return tuple(name for name in existing if name in (self.selection.datasets or existing))

    def files(self, dataset: str) -> tuple[Path, ...]:
        """The files that may hold rows of the selection."""
        return tuple(
            file
            for file in dataset_files(self.root, dataset)
            if self._is_selected(file) or file.parent.name == dataset
        )

    def batches(self, dataset: str) -> Iterator[pa.RecordBatch]:
        """The rows in batches with the declared columns; those that a file lacks are null."""
        for path in self.files(dataset):
            for batch in read_batches((path,), dataset):
                yield self._selected_rows(batch, path)

    def rows(self, dataset: str) -> Iterator[dict[str, Any]]:
        """The rows as dicts of plain values."""
        for batch in self.batches(dataset):
            yield from batch.to_pylist()

    def documents(self) -> tuple[dict[str, Any], ...]:
        """The rows of the dataset documents in the selection."""
        return tuple(self.rows(_DOCUMENTS))

    def _is_selected(self, file: Path) -> bool:
        years, document = self.selection.years, self.selection.document
        year = file.parent.name.removeprefix("year=")
        in_years = not years or year in map(str, years)
        return in_years and (document is None or document in file.stem)

    def _selected_rows(self, batch: pa.RecordBatch, path: Path) -> pa.RecordBatch:
        """The rows of the selection in a batch of a file that holds several documents."""
        import pyarrow.compute as pc

        if path.parent.name.startswith("year="):
            return batch
        years, document = self.selection.years, self.selection.document
        if years and "fiscal_year" in batch.schema.names:
            batch = batch.filter(pc.is_in(batch["fiscal_year"], _year_array(years)))
        if document is not None and "document_id" in batch.schema.names:
            batch = batch.filter(pc.match_substring(batch["document_id"], document))
        return batch

    def _check_selection(self) -> None:
        files = dataset_files(self.root, _DOCUMENTS)
        if any(map(self._is_selected, files)):
            return
        existing = ", ".join(
            f"{file.stem} ({file.parent.name.removeprefix('year=')})" for file in files
        )
        raise UsageError(
            f"{self.root} has no such year or document.", hint=f"There are: {existing}."
        )


def check_readable(root: Path) -> None:
    """Raises OutputError for a folder without an extract or with one that is half written.

    An extract of unreadable reports alone has issues and no documents.
    """

    def has_extract() -> bool:
        return any(dataset_files(root, name) for name in (_DOCUMENTS, "issues"))

    if not read_consistently(root, has_extract):
        raise OutputError(f"{root} holds no extract.", hint="Make one: styrmatt run --out FOLDER.")


def dataset_files(root: Path, dataset: str, year: int | None = None) -> tuple[Path, ...]:
    """The files of a dataset, by year and document; of a register the one file that it has."""
    folder = root / dataset
    dated = sorted(folder.glob(f"year={'*' if year is None else year}/*.parquet"))
    return tuple(dated) or tuple(sorted(folder.glob("*.parquet")))


def read_batches(files: Sequence[Path], dataset: str) -> Iterator[pa.RecordBatch]:
    """The rows of these files with the declared columns; those that a file lacks are null.

    Raises OutputError for a file that cannot be read or is of another major schema version.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = all_nullable(arrow_schema(dataset))
    for path in files:
        try:
            with pq.ParquetFile(path) as file:
                check_version(version_of(file.metadata.metadata), path)
                for batch in file.iter_batches():
                    yield conform(batch, schema, RENAMED.get(dataset))
        except (pa.ArrowException, OSError) as error:
            raise OutputError(
                f"{path} is not a Parquet file of this dataset that can be read.",
                hint="Run the report once more.",
            ) from error


def has_row(path: Path, key: str, value: str) -> bool:
    """Whether a file has a row with this value of its key. Raises OutputError."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            return value in file.read(columns=[key]).column(key).to_pylist()
    except (pa.ArrowException, OSError, KeyError) as error:
        raise OutputError(
            f"{path} is not a Parquet file of this dataset that can be read.",
            hint="Run the report once more.",
        ) from error


def check_dataset_exists(root: Path, dataset: str) -> None:
    """Raises OutputError where the extract has no file of a dataset."""
    if not dataset_files(root, dataset):
        raise _missing_dataset(root, dataset)


def _missing_dataset(root: Path, dataset: str) -> OutputError:
    """The error about a dataset that an extract does not have."""
    return OutputError(
        f"The extract in {root} has no dataset {dataset!r}: nothing has written it yet, or an "
        "older styrmatt that did not know it wrote the extract.",
        hint="Run the reports once more; findings are written by styrmatt check.",
    )


def all_nullable(schema: pa.Schema) -> pa.Schema:
    """The schema with every column nullable: files from before a column was added lack it."""
    import pyarrow as pa

    return pa.schema([field.with_nullable(True) for field in schema])


def conform(
    batch: pa.RecordBatch, schema: pa.Schema, renamed: Mapping[str, str] | None = None
) -> pa.RecordBatch:
    """The batch with the columns of ``schema``; missing ones are null.

    ``renamed`` maps columns to the names that older files have for them.
    """
    import pyarrow as pa

    existing = set(batch.schema.names)
    older = {name: old for name, old in (renamed or {}).items() if name not in existing}
    arrays = [
        batch.column(older.get(field.name, field.name)).cast(field.type)
        if older.get(field.name, field.name) in existing
        else pa.nulls(batch.num_rows, field.type)
        for field in schema
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _year_array(values: tuple[int, ...]) -> pa.Array:
    """Years as an Arrow array of the type of fiscal_year."""
    import pyarrow as pa

    return pa.array(values, type=pa.int32())
