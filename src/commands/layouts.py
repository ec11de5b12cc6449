"""`styrmatt layouts`: the families of reports that can be read."""

from __future__ import annotations

from pathlib import Path

import click

from styrmatt.commands.options import layouts_option


@click.command(short_help="List the families of reports that can be read.")
@layouts_option
def layouts(layouts: Path | None) -> None:
    """List the families of reports that can be read, with the headers of their tables.

    \b
    Examples:
      styrmatt layouts
      styrmatt layouts --layouts my-layouts/
    """
    from styrmatt.layout_files import load_layouts

    for layout in load_layouts(layouts):
        click.echo(f"{layout.name}\n  {layout.title}")
        for table in layout.tables:
            click.echo(f"  {table.kind} table" + (f" {table.name!r}" if table.name else ""))
            for column in table.columns:
                needed = " (optional)" if column.optional else ""
                click.echo(f"    {column.field}{needed}: {' | '.join(column.headers)}")
            if table.words:
                click.echo(f"    words: {', '.join(table.words)}")
