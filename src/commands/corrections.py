"""`styrmatt corrections`: what people overruled, and lines to overrule more."""

from __future__ import annotations

from pathlib import Path

import click

from styrmatt.commands.options import (
    DATA,
    data_argument,
    debug_option,
    document_option,
    format_option,
)


@click.group(short_help="Show what people corrected; write lines to correct more.")
def corrections() -> None:
    """Show what people corrected; write lines to correct more.

    \b
    A corrections file has a line for each field that a person overrules: document_id, id, field,
    machine_value, value, why, who (a role), when. styrmatt run applies corrections.csv or .toml
    in the folder of the reports or the one above it, or the one that --corrections names.

    \b
    Examples:
      styrmatt corrections template m-b296fe3136c076-T --field target_value > draft.csv
      styrmatt corrections show
    """


@corrections.command(
    short_help="List the corrections in an extract.",
    epilog="Exit codes: 0 all applied, 1 some not applied, others: see styrmatt --help.",
)
@data_argument
@document_option
@format_option("How to print them.", "text", "json", "csv")
@debug_option
def show(data: Path, document: str | None, format: str, debug: bool) -> int:
    """List the corrections in an extract: the machine's value, the person's, why, who and when.

    DATA is a folder that styrmatt run has written; data/parquet if none is given. Corrections that
    were not applied are listed, too; the dataset issues says why.

    \b
    Examples:
      styrmatt corrections show
      styrmatt corrections show --document 2023 --format csv
    """
    from styrmatt.console.corrections import print_corrections
    from styrmatt.pipeline.use_cases.corrections import corrections_in

    rows = corrections_in(data, document=document)
    print_corrections(rows, format)
    return int(not all(row.applied for row in rows))


@corrections.command(
    short_help="Print lines for a corrections file.",
    epilog="Exit codes: 0 done, 2 no such row or field, others: see styrmatt --help.",
)
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option("--data", default=DATA, show_default=True, type=click.Path(path_type=Path))
@click.option("--field", "fields", multiple=True, metavar="NAME", help="Only this field.")
@click.option("--no-header", is_flag=True, help="Print no header, to append to an existing file.")
@debug_option
def template(
    ids: tuple[str, ...], data: Path, fields: tuple[str, ...], no_header: bool, debug: bool
) -> None:
    """Print lines for a corrections file, with the machine's values filled in.

    ID is the id of a row of any dataset: record_id, measure_id, goal_id, outcome_id ... Fill in
    value, why and who, and delete the lines that stay as they are. Separated by semicolons, with a
    decimal comma; styrmatt reads commas and points as well.

    \b
    Examples:
      styrmatt corrections template m-b296fe3136c076-T > draft.csv
      styrmatt corrections template g-d3b97ae0d86766 --field assessment --no-header
    """
    from styrmatt.console.corrections import print_template
    from styrmatt.pipeline.use_cases.corrections import draft_lines

    print_template(draft_lines(data, ids, fields), header=not no_header)
