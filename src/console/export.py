"""What an export wrote, printed."""

from __future__ import annotations

from styrmatt.console.style import plain_table, stdout_console
from styrmatt.pipeline.use_cases.export import Exported


def print_exported(exported: Exported) -> None:
    """How much was written of what, where, and what to know about it."""
    console = stdout_console()
    table = plain_table()
    table.add_column("")
    table.add_column(exported.unit, justify="right")
    for name, count in exported.counts.items():
        table.add_row(name, str(count))
    console.print(table)
    for note in exported.notes:
        console.print(note, soft_wrap=True)
    console.print(f"Written to {exported.output}.", soft_wrap=True)
