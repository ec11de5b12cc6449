"""`styrmatt where`: from a value to its place."""

from __future__ import annotations

from pathlib import Path

import click

from styrmatt.commands.options import (
    data_option,
    debug_option,
    format_option,
    password_option,
    sources_option,
)


@click.command(
    short_help="Show where a value stands: source, page and box.",
    epilog="Exit codes: 0 shown, 2 no such row or field, others: see styrmatt --help.",
)
@click.argument("row_id", metavar="RECORD_ID")
@click.argument("field", required=False, metavar="[FIELD]")
@data_option
@sources_option("--data")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="PNG",
    help="Draw the page with a box around it.",
)
@password_option
@format_option("How to print it.", "text", "json")
@debug_option
def where(
    row_id: str,
    field: str | None,
    data: Path,
    sources: tuple[Path, ...],
    output: Path | None,
    password: str | None,
    format: str,
    debug: bool,
) -> None:
    """Show where a value stands: the file that was read, the page and the box on it.

    RECORD_ID is a record_id, or another id of a row: of a measure, goal, result, issue. With FIELD
    the box is that of the cell, the mark or the sentence which the field was read from; without,
    all boxes of the row are listed. Boxes are left, top, right and bottom in points from the
    page's top left corner.

    \b
    Examples:
      styrmatt where m-0af5f060eb3b1b-K
      styrmatt where m-0af5f060eb3b1b-K status -o place.png
    """
    from styrmatt.console.where import print_whereabouts
    from styrmatt.pipeline.use_cases.where import WhereOptions
    from styrmatt.pipeline.use_cases.where import where as find

    options = WhereOptions(data, row_id, field, sources, output, password)
    print_whereabouts(find(options), format, output)
