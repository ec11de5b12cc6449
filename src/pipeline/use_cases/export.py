"""An extract in other formats: which there are, what each takes, and writing one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from styrmatt.errors import UsageError

if TYPE_CHECKING:
    from styrmatt.export.store.scan import ExtractReader


@dataclass(frozen=True, slots=True)
class Request:
    """What an export was asked for; of the rows all where a choice is empty."""

    form: str
    output: Path
    data: Path
    datasets: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    document: str | None = None
    decimal: str | None = None
    sources: str | None = None
    config: Path | None = None
    force: bool = False


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: the file or folder, how much of what, and what to know about it."""

    output: Path
    counts: Mapping[str, int]
    unit: str = "rows"
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Format:
    """A format: what it is, the endings of its files (none: a folder), the options it takes."""

    meaning: str
    write: Callable[[ExtractReader, Request], Exported]
    suffixes: tuple[str, ...] = ()
    folder: bool = False
    options: frozenset[str] = field(default_factory=frozenset)


def export(request: Request) -> Exported:
    """Write an extract in another format. What was there before stays if anything fails.

    Raises UsageError for a request that does not fit the format, OutputError where there is
    nothing to read or no place to write.
    """
    from styrmatt.export.store.scan import ExtractReader, Selection

    form = FORMATS[request.form]
    _check_options(request, form)
    _check_output(request, form)
    selection = Selection(request.datasets, request.years, request.document)
    return form.write(ExtractReader(request.data, selection), request)


def _check_options(request: Request, form: Format) -> None:
    for option in ("decimal", "sources", "config"):
        if getattr(request, option) is not None and option not in form.options:
            takers = ", ".join(name for name, other in FORMATS.items() if option in other.options)
            flag = {"sources": "--sources-url"}.get(option, f"--{option}")
            raise UsageError(
                f"{flag} says nothing for {request.form}.", hint=f"It is for {takers}."
            )
    if request.datasets and "dataset" not in form.options:
        raise UsageError(
            f"{request.form} takes no --dataset: it needs the whole of a report.",
            hint="Choose reports with --year and --document.",
        )


def _check_output(request: Request, form: Format) -> None:
    suffix = request.output.suffix.lower()
    if suffix in form.suffixes or (form.folder and not suffix):
        return
    if form.folder and suffix not in _EVERY_SUFFIX:
        return  # a folder whose name has a dot in it
    wanted = " or ".join([*form.suffixes, *(["a folder"] if form.folder else [])])
    raise UsageError(f"{request.output} does not end as {request.form} does: {wanted}.")


def _csv(extracted: ExtractReader, request: Request) -> Exported:
    from styrmatt.export.formats.csv_file import spreadsheet_dialect, write_csv

    dialect = spreadsheet_dialect("." if request.decimal == "point" else ",")
    return _tables(
        extracted, request, ".csv", lambda name, path: write_csv(extracted, name, path, dialect)
    )


def _parquet(extracted: ExtractReader, request: Request) -> Exported:
    from styrmatt.export.formats.parquet_file import write_parquet

    return _tables(
        extracted, request, ".parquet", lambda name, path: write_parquet(extracted, name, path)
    )


def _tables(
    extracted: ExtractReader, request: Request, suffix: str, write: Callable[[str, Path], int]
) -> Exported:
    """A file for one dataset, or a folder with a file for each."""
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
            return Exported(request.output, {names[0]: write(names[0], draft)})
    ours = [f"{name}{suffix}" for name in declared()]
    with new_folder(request.output, ours, force=request.force) as draft:
        counts = {name: write(name, draft / f"{name}{suffix}") for name in extracted.datasets()}
    return Exported(request.output, counts)


def _xlsx(extracted: ExtractReader, request: Request) -> Exported:
    from styrmatt.export.formats.atomic_output import new_file
    from styrmatt.export.formats.xlsx_file import write_xlsx

    with new_file(request.output, force=request.force) as draft:
        written = write_xlsx(extracted, draft, request.sources)
    return Exported(request.output, written.counts, notes=written.notes)


def _duckdb(extracted: ExtractReader, request: Request) -> Exported:
    from styrmatt.export.formats.atomic_output import new_file
    from styrmatt.export.formats.duckdb_file import write_duckdb

    with new_file(request.output, force=request.force) as draft:
        return Exported(request.output, write_duckdb(extracted, draft))


def _sqlite(extracted: ExtractReader, request: Request) -> Exported:
    from styrmatt.export.formats.atomic_output import new_file
    from styrmatt.export.formats.sqlite_file import write_sqlite

    with new_file(request.output, force=request.force) as draft:
        return Exported(request.output, write_sqlite(extracted, draft))


def _datapackage(extracted: ExtractReader, request: Request) -> Exported:
    from styrmatt.export.formats.atomic_output import new_folder
    from styrmatt.export.formats.datapackage import NAME, write_datapackage
    from styrmatt.export.schema.columns import declared

    ours = [NAME, *(f"{name}.csv" for name in declared())]
    with new_folder(request.output, ours, force=request.force) as draft:
        return Exported(request.output, write_datapackage(extracted, draft))


def _dcat(extracted: ExtractReader, request: Request) -> Exported:
    from styrmatt.export.formats.atomic_output import new_file
    from styrmatt.export.formats.dcat import write_dcat
    from styrmatt.export.formats.publisher import read_publishing_config

    publishing = read_publishing_config(request.config)
    json_ld = request.output.suffix.lower() != ".ttl"
    with new_file(request.output, force=request.force) as draft:
        count = write_dcat(extracted, draft, publishing, json_ld=json_ld)
    return Exported(request.output, {"datasets": count}, unit="described")


def _stratml(extracted: ExtractReader, request: Request) -> Exported:
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
            return Exported(request.output, counts, unit="measures")
    ours = [f"{name}.xml" for name in names]
    with new_folder(request.output, ours, force=request.force) as draft:
        counts = {
            name: write_stratml(extracted, name, draft / f"{name}.xml", request.sources)
            for name in names
        }
    return Exported(request.output, counts, unit="measures")


_SOME = frozenset({"dataset"})
FORMATS: dict[str, Format] = {
    "csv": Format(
        "for Excel in Swedish: semicolons, byte order mark, decimal comma",
        _csv,
        (".csv",),
        folder=True,
        options=_SOME | {"decimal"},
    ),
    "xlsx": Format(
        "a workbook with a sheet per dataset, pages linked",
        _xlsx,
        (".xlsx",),
        options=_SOME | {"sources"},
    ),
    "parquet": Format(
        "one file per dataset instead of one per report",
        _parquet,
        (".parquet",),
        folder=True,
        options=_SOME,
    ),
    "duckdb": Format("a DuckDB file with views", _duckdb, (".duckdb", ".db"), options=_SOME),
    "sqlite": Format("an SQLite file with views", _sqlite, (".sqlite", ".db"), options=_SOME),
    "datapackage": Format(
        "a Frictionless Data Package: plain CSV and datapackage.json",
        _datapackage,
        folder=True,
        options=_SOME,
    ),
    "dcat": Format(
        "DCAT-AP-SE 3 metadata for a data portal (needs --config)",
        _dcat,
        (".ttl", ".jsonld", ".json"),
        options=_SOME | {"config"},
    ),
    "stratml": Format(
        "StratML Part 2 XML, a file per report",
        _stratml,
        (".xml",),
        folder=True,
        options=frozenset({"sources"}),
    ),
}
"""The formats by name."""

_EVERY_SUFFIX = {suffix for form in FORMATS.values() for suffix in form.suffixes}
