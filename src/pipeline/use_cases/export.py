"""Writes an extract in other formats, and says which there are and what options each takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from styrmatt.errors import UsageError

if TYPE_CHECKING:
    from styrmatt.export.store.scan import ExtractReader

ExportOption = Literal["dataset", "decimal", "sources", "config"]
"""An option that not every format takes: ``dataset`` limits the datasets, the others are fields of
:class:`ExportRequest`."""
_REQUEST_OPTIONS: Final[tuple[Literal["decimal", "sources", "config"], ...]] = (
    "decimal",
    "sources",
    "config",
)
_FLAGS: Final = {"sources": "--sources-url"}
"""The command's flags, where they are not called as the option."""


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What to export, and how; an empty choice means all rows."""

    format: str
    """A key of ``FORMATS``."""
    output: Path
    data: Path
    """The folder of the extract."""
    datasets: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    document: str | None = None
    """Only reports whose document_id contains this."""
    decimal: Literal["comma", "point"] | None = None
    """The decimal separator; None for the format's own."""
    sources: str | None = None
    """Folder or address of the reports, for links to their pages."""
    config: Path | None = None
    """A TOML file with who publishes the data."""
    force: bool = False
    """Overwrite what an earlier export wrote to ``output``."""


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What was written."""

    output: Path
    """The file or folder."""
    counts: Mapping[str, int]
    """How much of each dataset or report was written, in units of ``unit``."""
    unit: str = "rows"
    notes: tuple[str, ...] = ()
    """Sentences that the user should know about the file."""


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A format that an extract can be written in."""

    meaning: str
    """What it is, for the user."""
    write: Callable[[ExtractReader, ExportRequest], ExportResult]
    suffixes: tuple[str, ...] = ()
    """The endings of its files."""
    folder: bool = False
    """Whether it can be a folder of files."""
    options: frozenset[ExportOption] = field(default_factory=frozenset)


def export(request: ExportRequest) -> ExportResult:
    """Write an extract in another format. What was there before stays if anything fails.

    Raises UsageError for a request that does not fit the format, OutputError where there is
    nothing to read or no place to write.
    """
    from styrmatt.export.store.scan import ExtractReader, Selection

    format = FORMATS[request.format]
    _check_options(request, format)
    _check_output(request, format)
    selection = Selection(request.datasets, request.years, request.document)
    return format.write(ExtractReader(request.data, selection), request)


def _check_options(request: ExportRequest, format: ExportFormat) -> None:
    for option in _REQUEST_OPTIONS:
        if getattr(request, option) is not None and option not in format.options:
            takers = ", ".join(name for name, other in FORMATS.items() if option in other.options)
            flag = _FLAGS.get(option, f"--{option}")
            raise UsageError(
                f"{flag} has no meaning for {request.format}.", hint=f"It is for {takers}."
            )
    if request.datasets and "dataset" not in format.options:
        raise UsageError(
            f"{request.format} takes no --dataset: it writes complete reports.",
            hint="Choose reports with --year and --document.",
        )


def _check_output(request: ExportRequest, format: ExportFormat) -> None:
    suffix = request.output.suffix.lower()
    if suffix in format.suffixes or (format.folder and not suffix):
        return
    if format.folder and suffix not in _ALL_SUFFIXES:
        return  # a folder whose name contains a dot
    wanted = " or ".join([*format.suffixes, *(["a folder"] if format.folder else [])])
    raise UsageError(
        f"{request.output} does not fit the format {request.format}.",
        hint=f"Name {wanted} with -o.",
    )


def _csv(extracted: ExtractReader, request: ExportRequest) -> ExportResult:
    from styrmatt.export.formats.csv_file import spreadsheet_dialect, write_csv

    dialect = spreadsheet_dialect("." if request.decimal == "point" else ",")
    return _tables(
        extracted, request, ".csv", lambda name, path: write_csv(extracted, name, path, dialect)
    )


def _parquet(extracted: ExtractReader, request: ExportRequest) -> ExportResult:
    from styrmatt.export.formats.parquet_file import write_parquet

    return _tables(
        extracted, request, ".parquet", lambda name, path: write_parquet(extracted, name, path)
    )


def _tables(
    extracted: ExtractReader, request: ExportRequest, suffix: str, write: Callable[[str, Path], int]
) -> ExportResult:
    """Write one dataset to a file, or each to a file of its own in a folder.

    ``write`` writes the dataset of this name to this path and returns the number of rows.
    """
    from styrmatt.export.formats.atomic_output import new_file, new_folder
    from styrmatt.export.schema.columns import declared
    from styrmatt.export.store.scan import check_dataset_exists

    if request.output.suffix.lower() == suffix:
        names = request.datasets or ("records",)
        if len(names) > 1:
            raise UsageError(
                f"{request.output} can hold one dataset, not {len(names)}.",
                hint="Name a folder with -o: it gets a file for each.",
            )
        check_dataset_exists(request.data, names[0])
        with new_file(request.output, force=request.force) as draft:
            return ExportResult(request.output, {names[0]: write(names[0], draft)})
    ours = [f"{name}{suffix}" for name in declared()]
    with new_folder(request.output, ours, force=request.force) as draft:
        counts = {name: write(name, draft / f"{name}{suffix}") for name in extracted.datasets()}
    return ExportResult(request.output, counts)


def _xlsx(extracted: ExtractReader, request: ExportRequest) -> ExportResult:
    from styrmatt.export.formats.atomic_output import new_file
    from styrmatt.export.formats.xlsx_file import write_xlsx

    with new_file(request.output, force=request.force) as draft:
        written = write_xlsx(extracted, draft, request.sources)
    return ExportResult(request.output, written.counts, notes=written.notes)


def _duckdb(extracted: ExtractReader, request: ExportRequest) -> ExportResult:
    from styrmatt.export.formats.atomic_output import new_file
    from styrmatt.export.formats.duckdb_file import write_duckdb

    with new_file(request.output, force=request.force) as draft:
        return ExportResult(request.output, write_duckdb(extracted, draft))


def _sqlite(extracted: ExtractReader, request: ExportRequest) -> ExportResult:
    from styrmatt.export.formats.atomic_output import new_file
    from styrmatt.export.formats.sqlite_file import write_sqlite

    with new_file(request.output, force=request.force) as draft:
        return ExportResult(request.output, write_sqlite(extracted, draft))


def _datapackage(extracted: ExtractReader, request: ExportRequest) -> ExportResult:
    from styrmatt.export.formats.atomic_output import new_folder
    from styrmatt.export.formats.datapackage import NAME, write_datapackage
    from styrmatt.export.schema.columns import declared

    ours = [NAME, *(f"{name}.csv" for name in declared())]
    with new_folder(request.output, ours, force=request.force) as draft:
        return ExportResult(request.output, write_datapackage(extracted, draft))


def _dcat(extracted: ExtractReader, request: ExportRequest) -> ExportResult:
    from styrmatt.export.formats.atomic_output import new_file
    from styrmatt.export.formats.dcat import write_dcat
    from styrmatt.export.formats.publisher import read_publishing_config

    publishing = read_publishing_config(request.config)
    json_ld = request.output.suffix.lower() != ".ttl"
    with new_file(request.output, force=request.force) as draft:
        count = write_dcat(extracted, draft, publishing, json_ld=json_ld)
    return ExportResult(request.output, {"datasets": count}, unit="described")


def _stratml(extracted: ExtractReader, request: ExportRequest) -> ExportResult:
    from styrmatt.export.formats.atomic_output import new_file, new_folder
    from styrmatt.export.formats.stratml import write_stratml

    names = [row["document_id"] for row in extracted.documents()]
    if request.output.suffix.lower() == ".xml":
        if len(names) > 1:
            raise UsageError(
                f"{request.output} can hold one report, not {len(names)}.",
                hint="Choose one with --document, or name a folder with -o.",
            )
        with new_file(request.output, force=request.force) as draft:
            counts = {names[0]: write_stratml(extracted, names[0], draft, request.sources)}
            return ExportResult(request.output, counts, unit="measures")
    ours = [f"{name}.xml" for name in names]
    with new_folder(request.output, ours, force=request.force) as draft:
        counts = {
            name: write_stratml(extracted, name, draft / f"{name}.xml", request.sources)
            for name in names
        }
    return ExportResult(request.output, counts, unit="measures")


_BY_DATASET: Final[frozenset[ExportOption]] = frozenset({"dataset"})
FORMATS: dict[str, ExportFormat] = {
    "csv": ExportFormat(
        "for Excel in Swedish: semicolons, byte order mark, decimal comma",
        _csv,
        (".csv",),
        folder=True,
        options=frozenset({"dataset", "decimal"}),
    ),
    "xlsx": ExportFormat(
        "a workbook with a sheet per dataset, pages linked",
        _xlsx,
        (".xlsx",),
        options=frozenset({"dataset", "sources"}),
    ),
    "parquet": ExportFormat(
        "one file per dataset instead of one per report",
        _parquet,
        (".parquet",),
        folder=True,
        options=_BY_DATASET,
    ),
    "duckdb": ExportFormat(
        "a DuckDB file with views", _duckdb, (".duckdb", ".db"), options=_BY_DATASET
    ),
    "sqlite": ExportFormat(
        "an SQLite file with views", _sqlite, (".sqlite", ".db"), options=_BY_DATASET
    ),
    "datapackage": ExportFormat(
        "a Frictionless Data Package: plain CSV and datapackage.json",
        _datapackage,
        folder=True,
        options=_BY_DATASET,
    ),
    "dcat": ExportFormat(
        "DCAT-AP-SE 3 metadata for a data portal (needs --config)",
        _dcat,
        (".ttl", ".jsonld", ".json"),
        options=frozenset({"dataset", "config"}),
    ),
    "stratml": ExportFormat(
        "StratML Part 2 XML, a file per report",
        _stratml,
        (".xml",),
        folder=True,
        options=frozenset({"sources"}),
    ),
}
"""The formats by name, in the order in which they are listed."""

_ALL_SUFFIXES = {suffix for format in FORMATS.values() for suffix in format.suffixes}
