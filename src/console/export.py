"""Prints what an export wrote."""

from __future__ import annotations

from styrmatt.console.style import plain_table, stdout_console
from styrmatt.pipeline.use_cases.export import ExportResult


def print_exported(result: ExportResult) -> None:
    """Print how much of each dataset or report was written, the notes, and where it is."""
    console = stdout_console()
    table = plain_table()
    table.add_column("")
    table.add_column(result.unit, justify="right")
    for name, count in result.counts.items():
        table.add_row(name, str(count))
    console.print(table)
    for note in result.notes:
        console.print(note, soft_wrap=True)
    console.print(f"Written to {result.output}.", soft_wrap=True)
