"""`styrmatt diff`: what changed between two years, two reports or two extracts."""

from __future__ import annotations

from pathlib import Path

import click

from styrmatt.commands.options import DATA, debug_option
from styrmatt.differences import KINDS
from styrmatt.errors import ExitCode

FORMATS = ("text", "json", "csv", "html", "markdown")
SUFFIXES = {".json": "json", ".csv": "csv", ".html": "html", ".htm": "html", ".md": "markdown"}


@click.command(
    short_help="Show what changed between two years or extracts.",
    epilog="Exit codes: 0 no difference, 1 differences, others: see styrmatt --help.",
)
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@click.option(
    "--data",
    default=DATA,
    show_default=True,
    type=click.Path(path_type=Path),
    help="Folder where years and documents are looked for.",
)
@click.option("--organisation", metavar="NAME", help="Only reports of this organisation.")
@click.option(
    "--body", metavar="NAME", help="Only reports of this board; - for the whole organisation."
)
@click.option(
    "--only",
    multiple=True,
    metavar="KIND",
    type=click.Choice(tuple(KINDS)),
    help="Only differences of this kind; may be repeated.",
)
@click.option("--summary", is_flag=True, help="Print only the counts.")
@click.option(
    "--format",
    type=click.Choice(FORMATS),
    help="How to print them.  [default: by the ending of -o, else text]",
)
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Write to this file."
)
@debug_option
def diff(
    a: str,
    b: str,
    data: Path,
    organisation: str | None,
    body: str | None,
    only: tuple[str, ...],
    summary: bool,
    format: str | None,
    output: Path | None,
    debug: bool,
) -> int:
    """Show what changed from A to B: old and new value, both pages, both quotes.

    A and B are years, ids of documents or parts of ids that fit one, below --data; or two folders
    with extracts of the same reports, to see what was read differently. Measures are matched by
    their series, whatever their name and place. What the other report does not cover is listed as
    not_covered, never as dropped. Every count adds up, or the command fails.

    \b
    Kinds: see docs/DIFF.md.

    \b
    Examples:
      styrmatt diff 2022 2023 --body -
      styrmatt diff adalen-2022 adalen-2023 --only target --only renamed
      styrmatt diff 2022 2023 --body utvecklings -o changes.html
      styrmatt diff before/parquet data/parquet --summary
    """
    from styrmatt.console.diff import show
    from styrmatt.pipeline.use_cases.diff import ReportFilter, compare

    comparison = compare(a, b, data=data, reports=ReportFilter(organisation, body))
    suffix = output.suffix.lower() if output else ""
    comparison = comparison.only(frozenset(only))
    show(comparison, format or SUFFIXES.get(suffix, "text"), output=output, summary=summary)
    return int(ExitCode.FINDINGS if comparison.differs else ExitCode.DONE)
