"""`styrmatt export`: an extract in the formats that other programs take."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from styrmatt.commands.options import data_option, debug_option, document_option
from styrmatt.errors import UsageError
from styrmatt.review.messages import LANGUAGES

FORMATS = ("csv", "xlsx", "parquet", "duckdb", "sqlite", "datapackage", "dcat", "stratml")
"""The keys of ``FORMATS`` in :mod:`styrmatt.pipeline.use_cases.export`, without importing it."""
SITE = "site"
"""The page for people as plain files: it is written by :mod:`styrmatt.review.site`."""


@click.command(
    short_help="Write an extract in another format.",
    epilog="Exit codes: 0 done, 2 the request does not fit, 9 nothing to read or no place to "
    "write, others: see styrmatt --help.",
)
@click.argument("format", metavar="FORMAT", type=click.Choice((*FORMATS, SITE)))
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
@click.option(
    "--sources",
    "source_paths",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="site: folder with the reports (*); by default the folders around --data.",
)
@click.option("--lang", type=click.Choice(LANGUAGES), help="site: its language.")
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
    source_paths: tuple[Path, ...],
    lang: str | None,
    force: bool,
    debug: bool,
) -> None:
    """Write an extract in another format.

    FORMAT is csv, xlsx, parquet, duckdb, sqlite, datapackage, dcat, stratml or site. The file or
    folder appears when it is complete; an earlier one stays if anything fails. Options with (*)
    may be given several times. For csv and parquet a PATH with that ending holds one dataset
    (records if none is named), any other is a folder with a file for each. A site is a folder of
    pages to open from the disk or to publish: the reports beside their records. It needs
    styrmatt[review].

    \b
    Examples:
      styrmatt export xlsx -o report.xlsx --sources-url https://www.example.se/reports
      styrmatt export csv -o records.csv --year 2022
      styrmatt export duckdb -o styrmatt.duckdb
      styrmatt export dcat -o catalog.ttl --config publisher.toml
      styrmatt export site -o site
    """
    if format == SITE:
        if datasets or decimal or sources or config:
            raise UsageError(
                "A site takes no --dataset, --decimal, --sources-url and --config.",
                hint="Choose reports with --year and --document.",
            )
        _site(output, data, years, document, source_paths, lang, force=force)
        return
    if source_paths or lang:
        raise UsageError("--sources and --lang are for site.")
    from styrmatt.console.export import print_exported
    from styrmatt.pipeline.use_cases.export import ExportRequest
    from styrmatt.pipeline.use_cases.export import export as write

    request = ExportRequest(
        format, output, data, datasets, years, document, decimal, sources, config, force
    )
    print_exported(write(request))


def _site(
    output: Path,
    data: Path,
    years: tuple[int, ...],
    document: str | None,
    sources: tuple[Path, ...],
    lang: str | None,
    *,
    force: bool,
) -> None:
    from styrmatt.review.messages import language_of_reports
    from styrmatt.review.site import write_site
    from styrmatt.review.web.serve import open_workspace

    workspace = open_workspace(data, sources, years=years, document=document)
    written = write_site(workspace, output, lang or language_of_reports(), force=force)
    megabytes = written.bytes / 1_000_000
    click.echo(
        f"{written.folder}: {written.reports} reports, {written.files} files, {megabytes:.1f} MB"
    )
