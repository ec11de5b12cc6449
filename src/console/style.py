"""What everything printed has in common: one kind of table, colours on a terminal only."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_PLAIN_WIDTH: Final = 140
"""Columns of output that goes to no terminal: fixed, so that two files can be compared, and wide
enough for tables with quotes."""


def plain_table() -> Table:
    """An empty table without lines between its cells."""
    from rich.table import Table

    return Table(box=None, pad_edge=False, padding=(0, 2, 0, 2), header_style="dim")


def stdout_console() -> Console:
    """A console on standard output, of a fixed width where that is not a terminal."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else _PLAIN_WIDTH
    return Console(width=width, highlight=False, markup=False)
