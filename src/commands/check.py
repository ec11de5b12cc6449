"""`styrmatt check`: where reports contradict themselves."""

from __future__ import annotations

from pathlib import Path

import click

from styrmatt.commands.options import (
    data_argument,
    debug_option,
    document_option,
    format_option,
)
from styrmatt.errors import ExitCode


@click.command(
    short_help="Find where reports contradict themselves.",
    epilog="Exit codes: 0 nothing found, 1 findings, others: see styrmatt --help.",
)
@data_argument
@document_option
@format_option("How to print the findings.", "text", "json", "csv")
@click.option("--no-write", is_flag=True, help="Do not write the findings dataset.")
@debug_option
def check(data: Path, document: str | None, format: str, no_write: bool, debug: bool) -> int:
    """Find where reports contradict themselves, or what an earlier report said.

    DATA is a folder that styrmatt run has written; data/parquet if none is given. Totals, marks,
    arrows, words, results, changes and targets are compared; each finding has both places with
    quote, page and box. What cannot be compared gives no finding. The findings are printed, and
    written as a dataset beside the others.

    \b
    Examples:
      styrmatt check
      styrmatt check data/parquet --document 2023 --format csv
    """
    from styrmatt.console.check import print_findings
    from styrmatt.pipeline.use_cases.check import check_reports

    done = check_reports(data, document=document, write=not no_write)
    print_findings(done, format)
    return int(ExitCode.FINDINGS if done.findings else ExitCode.DONE)
