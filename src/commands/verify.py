"""`styrmatt verify`: proves an extract."""

from __future__ import annotations

from pathlib import Path

import click

from styrmatt.commands.options import (
    data_argument,
    debug_option,
    document_option,
    format_option,
    layouts_option,
    password_option,
    rules_option,
    sources_option,
)
from styrmatt.errors import ExitCode


@click.command(
    short_help="Prove an extract from its sources.",
    epilog="Exit codes: 0 proved, 1 something is wrong, others: see styrmatt --help.",
)
@data_argument
@sources_option("DATA")
@click.option("--no-sources", is_flag=True, help="Do not look for the reports.")
@click.option("--re-extract", is_flag=True, help="Read the reports again and compare every row.")
@click.option(
    "--signed-by",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="KEY",
    help="Public key (of ssh-keygen, or PEM) that has to have signed the extract.",
)
@document_option
@layouts_option
@rules_option
@password_option
@format_option("How to print what was found.", "text", "json")
@click.option("--quiet", is_flag=True, help="Show no progress.")
@debug_option
def verify(
    data: Path,
    sources: tuple[Path, ...],
    no_sources: bool,
    re_extract: bool,
    signed_by: Path | None,
    document: str | None,
    layouts: Path | None,
    rules: tuple[Path, ...],
    password: str | None,
    format: str,
    quiet: bool,
    debug: bool,
) -> int:
    """Prove an extract: sources, files, schema, rows and links are as the manifest says.

    DATA is a folder that styrmatt run has written; data/parquet if none is given. For each report:
    its source has the hash that was read; every dataset is there; each file has its recorded hash,
    content and schema; ids are unique, and every link leads to a row; versions, times, layout and
    corrections of the manifest fit the data. That proves the files by the manifest. With
    --re-extract the source is read again with the same options and corrections, and every row must
    be the same: the rows are proved by the source. With --signed-by all files have to be those that
    styrmatt sign has signed with that key. Nothing is written.

    \b
    Examples:
      styrmatt verify
      styrmatt verify out --sources data/raw --re-extract
      styrmatt verify out --no-sources --format json
      styrmatt verify --signed-by key.pub
    """
    from styrmatt.console.progress import display
    from styrmatt.console.quiet import libraries_silenced
    from styrmatt.console.verify import print_verification
    from styrmatt.errors import UsageError
    from styrmatt.pipeline.use_cases.verify import VerifyOptions
    from styrmatt.pipeline.use_cases.verify import verify as prove

    if no_sources and (sources or re_extract):
        raise UsageError("--no-sources goes with neither --sources nor --re-extract.")
    options = VerifyOptions(
        data, sources, not no_sources, re_extract, document, layouts, rules, password, signed_by
    )
    with libraries_silenced(quiet), display(quiet=quiet or not re_extract) as shown:
        found = prove(options, shown.on_progress)
    print_verification(found, format)
    return int(ExitCode.DONE if found.is_proved else ExitCode.FINDINGS)
