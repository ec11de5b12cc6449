"""`styrmatt schema`: the datasets and their columns."""

from __future__ import annotations

import json

import click

from styrmatt.commands.options import format_option


@click.command(short_help="Print the datasets and their columns.")
@click.argument("datasets", nargs=-1, metavar="[DATASET]...")
@format_option("How to print the columns.", "text", "markdown", "json")
def schema(datasets: tuple[str, ...], format: str) -> None:
    """Print the columns of the datasets: type, whether null occurs, meaning, allowed values.

    \b
    Examples:
      styrmatt schema records
      styrmatt schema --format json
    """
    from styrmatt.export.schema import describe

    if format == "json":
        click.echo(json.dumps(describe.as_data(datasets), ensure_ascii=False, indent=2))
    else:
        click.echo(
            describe.column_table(datasets) if format == "markdown" else describe.as_text(datasets)
        )
