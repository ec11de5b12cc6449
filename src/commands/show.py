"""`styrmatt show`: one measure or goal over the years."""

from __future__ import annotations

from pathlib import Path

import click

from styrmatt.commands.options import data_option, debug_option, format_option
from styrmatt.errors import ExitCode


@click.command(
    short_help="Show one measure or goal over the years.",
    epilog="Exit codes: 0 shown, 1 several fit and are listed, others: see styrmatt --help.",
)
@click.argument("words", nargs=-1, required=True, metavar="SERIES|MEASURE|WORDS...")
@data_option
@format_option("How to print it.", "text", "json")
@debug_option
def show(words: tuple[str, ...], data: Path, format: str, debug: bool) -> int:
    """Show one measure or goal over the years: names, targets, results, status, and where.

    Name it by a series_id, a measure_id or goal_id, or by words of its name. Where several fit,
    they are listed with their ids.

    \b
    Examples:
      styrmatt show sjukfrånvaro
      styrmatt show ms-130aca5b77b14a --format json
    """
    from styrmatt.console.show import print_candidates, print_history
    from styrmatt.pipeline.use_cases.show import SeriesHistory, show

    found = show(data, " ".join(words))
    if isinstance(found, SeriesHistory):
        print_history(found, format)
        return int(ExitCode.DONE)
    print_candidates(found, format)
    return int(ExitCode.FINDINGS)
