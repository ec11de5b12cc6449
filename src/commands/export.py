"""`styrmatt export`: an extract in the formats that other programs take."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from styrmatt.commands.options import data_option, debug_option, document_option

FORMATS = ("csv", "xlsx", "parquet", "duckdb", "sqlite", "datapackage", "dcat", "stratml")
"""The keys of ``FORMATS`` in :mod:`styrmatt.pipeline.use_cases.export`, without importing it."""


@click.command(
    short_help="Write an extract in another format.",
    epilog="Exit codes: 0 done, 2 the request does not fit, 9 nothing to read or no place to "
    "write, others: see styrmatt --help.",
)
@click.argument("format", metavar="FORMAT", type=click.Choice(FORMATS))
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="The file or folder to write.",
)
@data_option
@click.option("--dataset", "datasets", multiple=True, metavar="NAME", help="Only this dataset (*).")
@click.option("--year", "years", multiple=True, type=int, help="Only this fiscal year (*).")
@document_option
@click.option(
    "--decimal",
    type=click.Choice(["comma", "point"]),
    help="csv: decimal separator; comma by default.",
)
@click.option(
    "--sources-url",
    "sources",
    metavar="URL",
    help="xlsx, stratml: folder or address of the reports, for links to their pages.",
)
@click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="TOML",
    help="dcat: who publishes, contact, licence.",
)
@click.option("--force", is_flag=True, help="Overwrite what an earlier export wrote there.")
@debug_option
def export(
    format: str,
    output: Path,
    data: Path,
    datasets: tuple[str, ...],
    years: tuple[int, ...],
    document: str | None,
    decimal: Literal["comma", "point"] | None,
    sources: str | None,
    config: Path | None,
    force: bool,
    debug: bool,
) -> None:
    """Write an extract in another format.

    FORMAT is csv, xlsx, parquet, duckdb, sqlite, datapackage, dcat or stratml. The file or folder
    appears when it is complete; an earlier one stays if anything fails. Options with (*) may be
    given several times. For csv and parquet a PATH with that ending holds one dataset (records if
    none is named), any other is a folder with a file for each.

    \b
    Examples:
      styrmatt export xlsx -o report.xlsx --sources-url https://www.example.se/reports
      styrmatt export csv -o records.csv --year 2022
      styrmatt export duckdb -o styrmatt.duckdb
      styrmatt export dcat -o catalog.ttl --config publisher.toml
    """
    from styrmatt.console.export import print_exported
    from styrmatt.pipeline.use_cases.export import ExportRequest
    from styrmatt.pipeline.use_cases.export import export as write

    request = ExportRequest(
        format, output, data, datasets, years, document, decimal, sources, config, force
    )
    print_exported(write(request))
