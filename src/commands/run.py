"""`styrmatt run`: read reports and write Parquet."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from styrmatt.errors import ExitCode
from styrmatt.extract.engines import EngineName

if TYPE_CHECKING:
    from styrmatt.pipeline.run import Outcome

from styrmatt.commands.options import (
    DATA,
    debug_option,
    engine_option,
    layout_option,
    layouts_option,
    page_numbers,
    password_option,
)


@click.command(
    short_help="Read reports and write Parquet.",
    epilog="Exit codes: 0 done, 1 issues (--strict), 2 and up: see styrmatt --help.",
)
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option(
    "--out",
    default=DATA,
    show_default=True,
    type=click.Path(path_type=Path),
    help="Folder for the Parquet datasets.",
)
@click.option(
    "--pages",
    metavar="PAGES",
    callback=page_numbers,
    help="Read these pages only: 3-40 or 3-40,45.",
)
@layouts_option
@layout_option
@click.option(
    "--year", type=click.IntRange(1990, 2100), help="The report's year, if it prints none."
)
@click.option("--organisation", metavar="NAME", help="Whose report it is, if it does not say.")
@password_option
@click.option("--replace", is_flag=True, help="Let another source of a report replace the first.")
@click.option("--strict", is_flag=True, help="Exit 1 where an issue is a warning or an error.")
@click.option("--quiet", is_flag=True, help="Print errors only.")
@engine_option
@click.option("--timings", is_flag=True, help="Show the seconds of each stage.")
@debug_option
def run(
    paths: tuple[Path, ...],
    out: Path,
    pages: tuple[int, ...] | None,
    layouts: Path | None,
    layout: str | None,
    year: int | None,
    organisation: str | None,
    password: str | None,
    replace: bool,
    strict: bool,
    quiet: bool,
    engine: EngineName,
    timings: bool,
    debug: bool,
) -> int:
    """Read reports and write their goals, measures and targets as Parquet.

    PATH is a PDF, a text file or a folder of them; data/raw if none is given. A report that fails
    does not stop the others, and what was written of it before stays. A file REPORT.toml beside
    REPORT.pdf may say what the report does not: year, organisation, body, board,
    document_number, layout.

    \b
    Examples:
      styrmatt run
      styrmatt run report.pdf --out out --pages 3-40
      styrmatt run reports/ --layouts my-layouts/ --strict
    """
    from styrmatt.console.progress import display
    from styrmatt.console.run import print_summary
    from styrmatt.inputs import find_reports
    from styrmatt.pipeline.run import Options, run_reports

    options = Options(out, pages, layouts, layout, year, organisation, password, replace, engine)
    reports = find_reports(paths or (Path("data/raw"),))
    outcomes: list[Outcome] = []
    with display(quiet=quiet) as shown:
        for outcome in run_reports(reports, options, shown.progress):
            shown.finished(outcome)
            outcomes.append(outcome)
    if debug:
        _print_traces(outcomes)
    if not quiet:
        print_summary(outcomes, out, timings=timings)
    return exit_code(outcomes, strict=strict)


def exit_code(outcomes: Sequence[Outcome], *, strict: bool) -> int:
    """The code of a run: the smallest among its failures; 1 for issues that ``strict`` minds."""
    from styrmatt.pipeline.run import Failure

    codes = [int(o.error.exit_code) for o in outcomes if isinstance(o, Failure)]
    if codes:
        return min(codes)
    issues = (i for o in outcomes if not isinstance(o, Failure) for i in o.extract.issues)
    minded = strict and any(issue.severity in ("warning", "error") for issue in issues)
    return int(ExitCode.FINDINGS if minded else ExitCode.DONE)


def _print_traces(outcomes: Sequence[Outcome]) -> None:
    from styrmatt.pipeline.run import Failure

    for outcome in outcomes:
        if isinstance(outcome, Failure):
            traceback.print_exception(outcome.error)
